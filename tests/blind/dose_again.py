"""Pharmacogenetics and dose formulas coded a second time, from the specification's text alone.

Nothing of onkos is imported here: two codings of one text are worth comparing only while neither
has seen the other. Sentences of section 10 stand beside the lines that follow them.
"""

from __future__ import annotations

from math import sqrt

NORMAL, INTERMEDIATE, POOR = (
    "normal metaboliser",
    "intermediate metaboliser",
    "poor metaboliser",
)
ULTRARAPID = "ultrarapid metaboliser"
INDETERMINATE = "indeterminate"

# "Activity values 0 (no function)".
DPYD_NONE = frozenset(
    """c.61C>T c.295_298del c.601A>C c.632A>G c.703C>T c.1024G>A c.1057C>T c.1156G>T c.1475C>T
    c.1484A>G c.1679T>G c.1774C>T c.1775G>A c.1777G>A c.1898delC c.1905+1G>A c.2021G>A c.2639G>T
    c.2872A>G c.2933A>G c.2983G>T""".split()
)
# "0.5"; "all other listed = 1.0".
DPYD_HALF = frozenset("c.557A>G c.868A>G c.1129-5923C>G c.1314T>G c.2279C>T c.2846A>T".split())
HAPB3, HAPB3_EXONIC = "c.1129-5923C>G", "c.1236G>A"

# "PharmCAT: *80 (rs887829) reported as *80+*28 (LD proxy)".
UGT1A1_DECREASED = frozenset(("*6", "*28", "*37", "*80", "*80+*28"))
TPMT_NONE = frozenset(("*2", "*3A", "*3B", "*3C", "*4"))
NUDT15_NONE = frozenset(("*2", "*3", "*9"))

# "Doxorubicin-equivalent (daunorubicin 0.5, epirubicin 0.67, idarubicin 5, mitoxantrone 4/10)".
# The text leaves mitoxantrone open between 4 and 10; the larger one warns the sooner.
DOXORUBICIN_FACTORS = {
    "doxorubicin": 1.0,
    "daunorubicin": 0.5,
    "epirubicin": 0.67,
    "idarubicin": 5.0,
    "mitoxantrone": 10.0,
}


def dpyd_score(
    variants: dict[str, int], phased: tuple[list[str], list[str]] | None = None
) -> float:
    """Activity score: "sum of the two lowest-function variants", or of the two strands.

    Where ``phased`` is given it alone counts. Copies of 0 say that a site was read and is
    reference.
    """
    if phased is not None:
        intronic = any(HAPB3 in strand for strand in phased)
        # "Phased -> lowest on each strand".
        return sum(min([1.0, *(_dpyd_value(v, intronic) for v in s)]) for s in phased)
    if not set(variants.values()) <= {0, 1, 2}:
        raise ValueError("copies are 0, 1 or 2")
    # "Hom counts twice; none -> Reference 1+1=2".
    values = [1.0, 1.0]
    for name, copies in variants.items():
        values += [_dpyd_value(name, HAPB3 in variants)] * copies
    return sum(sorted(values)[:2])


def _dpyd_value(name: str, intronic_known: bool) -> float:
    """Activity value of one variant; "exonic rs56038477 only if intronic missing"."""
    if name in DPYD_NONE:
        return 0.0
    if name in DPYD_HALF or (name == HAPB3_EXONIC and not intronic_known):
        return 0.5
    return 1.0


def dpyd_phenotype(score: float) -> str:
    """Phenotype: "2.0 NM; 1.0, 1.5 IM; 0, 0.5 PM"."""
    return {2.0: NORMAL, 1.5: INTERMEDIATE, 1.0: INTERMEDIATE, 0.5: POOR, 0.0: POOR}[score]


def dpyd_dose_fraction(score: float) -> float | None:
    """Share of the label dose to start with (CPIC, November 2018); None is "avoid"."""
    return {2.0: 1.0, 1.5: 0.5, 1.0: 0.5, 0.5: None, 0.0: None}[score]


def _by_alleles(a: str, b: str, reduced: frozenset[str]) -> str:
    """Phenotype by the number of reduced alleles; an allele the text does not name raises."""
    for allele in (a, b):
        if allele != "*1" and allele not in reduced:
            raise KeyError(allele)
    return (NORMAL, INTERMEDIATE, POOR)[(a in reduced) + (b in reduced)]


def ugt1a1_phenotype(a: str, b: str) -> str:
    """PM is "homozygous or compound heterozygous *6/*28/*37"; IM is "*1/*28 etc."."""
    return _by_alleles(a, b, UGT1A1_DECREASED)


def ugt1a1_fraction(phenotype: str) -> float:
    """Irinotecan (DPWG 2022): "PM start 70 % of normal dose", "IM no action"."""
    return {NORMAL: 1.0, INTERMEDIATE: 1.0, POOR: 0.7}[phenotype]


def tpmt_phenotype(a: str, b: str) -> str:
    """TPMT: "no-function *2,*3A,*3B,*3C,*4"; no allele of uncertain function is named."""
    return _by_alleles(a, b, TPMT_NONE)


def nudt15_phenotype(a: str, b: str) -> str:
    """NUDT15: "no-function *2,*3,*9"; no allele of uncertain function is named."""
    return _by_alleles(a, b, NUDT15_NONE)


def thiopurine_start(tpmt: str, nudt15: str) -> tuple[float, float]:
    """Mercaptopurine in malignancy: least and most of one dose, as a share of the normal one.

    The normal dose is 75 mg/m2 a day. The share is of the dose on a day on which it is taken:
    TPMT PM, "daily dose /10 and thrice weekly", gives (0.1, 0.1), which over the week is 0.1 * 3/7
    of normal. NUDT15 PM, "MP 10 mg/m2/d", gives 10/75 every day. Where one gene is poor, the other
    does not raise the share; where both are poor the text is silent, and the lower share is given.
    Indeterminate has no dose in the text (enzyme activity, monitoring) and raises ValueError.
    """
    for phenotype in (tpmt, nudt15):
        if phenotype not in (NORMAL, INTERMEDIATE, POOR):
            raise ValueError(f"no dose for {phenotype}")
    if tpmt == POOR:
        return 0.1, 0.1
    if nudt15 == POOR:
        return 10 / 75, 10 / 75
    # "IM of either gene: MP start 30-80 %"; "IM of both: 20-50 %".
    by_count = ((1.0, 1.0), (0.3, 0.8), (0.2, 0.5))
    return by_count[(tpmt == INTERMEDIATE) + (nudt15 == INTERMEDIATE)]


def cyp2d6_phenotype(score: float) -> str:
    """CYP2D6: "AS 0 PM, 0<AS<1.25 IM, 1.25-2.25 NM, >2.25 UM"."""
    if score < 0:
        raise ValueError("an activity score is not negative")
    if score == 0:
        return POOR
    if score < 1.25:
        return INTERMEDIATE
    return NORMAL if score <= 2.25 else ULTRARAPID


def calvert(auc: float, gfr: float, measured: bool = False) -> float:
    """Carboplatin in mg: "AUC x (GFR + 25)", "with estimated GFR cap GFR at 125"."""
    return auc * ((gfr if measured else min(gfr, 125.0)) + 25.0)


def cockcroft_gault(age: float, weight: float, creatinine: float, female: bool) -> float:
    """Clearance in mL/min: "(140-age) x kg x (0.85 if F)/(72 x SCr)"; creatinine in mg/dL."""
    return (140.0 - age) * weight * (0.85 if female else 1.0) / (72.0 * creatinine)


def ckd_epi_2021(creatinine: float, age: float, female: bool) -> float:
    """Estimated GFR in mL/min/1.73 m2; creatinine in mg/dL."""
    kappa, alpha, factor = (0.7, -0.241, 1.012) if female else (0.9, -0.302, 1.0)
    ratio = creatinine / kappa
    return 142.0 * min(ratio, 1.0) ** alpha * max(ratio, 1.0) ** -1.2 * 0.9938**age * factor


def bsa_mosteller(height: float, weight: float) -> float:
    """Body surface in m2 from cm and kg."""
    return sqrt(height * weight / 3600.0)


def bsa_dubois(height: float, weight: float) -> float:
    """Body surface in m2 from cm and kg."""
    return 0.007184 * weight**0.425 * height**0.725


def doxorubicin_equivalent(drug: str, dose: float) -> float:
    """Dose in doxorubicin's terms; an anthracycline the text does not name raises KeyError."""
    return DOXORUBICIN_FACTORS[drug] * dose
