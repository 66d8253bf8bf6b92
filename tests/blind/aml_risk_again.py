"""ELN risk of acute myeloid leukaemia coded a second time, from the specification's text alone.

Nothing of onkos is imported here: two codings of one text are worth comparing only while neither
has seen the other. Sentences of sections 6.1 to 6.3 stand beside the lines that follow them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product

CLASSES = ("favourable", "intermediate", "adverse")
CBF = ("t8_21", "inv16")
# "any listed adverse cytogenetic class, KMT2A-r other than t(9;11)"
ADVERSE_CYTO = (
    "t6_9",
    "kmt2a_other",
    "t9_22",
    "t8_16",
    "inv3",
    "mecom_other",
    "minus5_or_del5q",
    "minus7",
    "abn17p",
    "complex_karyotype",
    "monosomal",
)
READ_2022 = (*CBF, *ADVERSE_CYTO, "t9_11", "npm1", "cebpa_bzip", "itd", "mr_gene")
READ_2024 = ("idh1", "idh2", "ddx41", "npm1", "itd", "nras", "kras", "tp53")

HIGH_VAF = 0.10
ABSENT, BELOW, ABOVE = 0.0, 0.05, 0.50

# Rearrangements that define a class of their own, with the bands either break may lie in.
DEFINING = {
    "t(8;21)": (("q22",), ("q22",)),
    "inv(16)": (("p13",), ("q22",)),
    "t(16;16)": (("p13",), ("q22",)),
    "t(15;17)": (("q22", "q24"), ("q12", "q21")),
    "t(9;11)": (("p21", "p22"), ("q23",)),
    "t(6;9)": (("p22", "p23"), ("q34",)),
    "inv(3)": (("q21",), ("q26",)),
    "t(3;3)": (("q21",), ("q26",)),
    "t(9;22)": (("q34",), ("q11",)),
    "t(8;16)": (("p11",), ("p13",)),
}
CBF_NAMES = {"t(8;21)", "inv(16)", "t(16;16)"}
KMT2A_OTHER = "t(v;11q23)"

WHOLE = re.compile(r"([+-])(\d+|X|Y)")
COPIES = re.compile(r"(.+)[x×](\d+)")
MARKERS = re.compile(r"\+(\d+)(?:~\d+)?(mar|r|dmin)")
REARRANGED = re.compile(
    r"(?<![a-z])(t|inv)\((\w+)(?:;(\w+))?\)(?:\(([pq]\d+)(?:\.\d+)?;?([pq]\d+)(?:\.\d+)?\))?"
)

# One way the unknowns could turn out. The VAF of TP53 stands apart, being no bool.
Way = dict[str, bool]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What was found in one leukaemia; None where it was not tested.

    Attributes
    ----------
    kmt2a_other : bool or None
        A rearrangement of KMT2A other than t(9;11). A partial tandem duplication is not one.
    cebpa_bzip : bool or None
        An in-frame mutation in the bZIP region of CEBPA, mono- or biallelic.
    mr_gene : bool or None
        Any of the nine myelodysplasia-related genes is mutated.
    tp53_vaf : float or None
        A fraction; None where TP53 is mutated says that the VAF was not given.
    """

    apl: bool | None = False
    t8_21: bool | None = False
    inv16: bool | None = False
    t6_9: bool | None = False
    t9_22: bool | None = False
    t8_16: bool | None = False
    inv3: bool | None = False
    mecom_other: bool | None = False
    kmt2a_other: bool | None = False
    t9_11: bool | None = False
    minus5_or_del5q: bool | None = False
    minus7: bool | None = False
    abn17p: bool | None = False
    complex_karyotype: bool | None = False
    monosomal: bool | None = False
    npm1: bool | None = False
    itd: bool | None = False
    cebpa_bzip: bool | None = False
    tp53: bool | None = False
    mr_gene: bool | None = False
    tp53_vaf: float | None = None
    idh1: bool | None = False
    idh2: bool | None = False
    ddx41: bool | None = False
    nras: bool | None = False
    kras: bool | None = False


def eln_2022(f: Findings) -> tuple[str, str] | None:
    """Best and worst class for intensive therapy; None where APL is present.

    An unknown APL adds nothing: only the ways without APL count.
    """
    if f.apl:
        return None
    return _best_and_worst(_class_2022(way, vaf) for way in _ways(f, READ_2022) for vaf in _vafs(f))


def review(f: Findings) -> bool:
    """Whether a REVIEW flag is raised however the unknowns turn out."""
    if f.apl:
        return False
    return all(_flagged(way, vaf) for way in _ways(f, READ_2022) for vaf in _vafs(f))


def eln_2024(f: Findings) -> tuple[str, str]:
    """Best and worst class for less-intensive therapy, IDH1 read for azacitidine + ivosidenib."""
    return _best_and_worst(_class_2024(way) for way in _ways(f, READ_2024))


def _ways(f: Findings, names: tuple[str, ...]) -> Iterator[Way]:
    """Every assignment of these fields that agrees with what was tested."""
    known = [getattr(f, name) for name in names]
    for values in product(*((False, True) if v is None else (v,) for v in known)):
        yield dict(zip(names, values, strict=True))


def _vafs(f: Findings) -> tuple[float, ...]:
    """VAFs that TP53 could have, nought where it is not mutated."""
    mutated = (BELOW, ABOVE) if f.tp53_vaf is None else (f.tp53_vaf,)
    if f.tp53 is None:
        return (ABSENT, *mutated)
    return mutated if f.tp53 else (ABSENT,)


def _best_and_worst(classes: Iterable[str]) -> tuple[str, str]:
    """The ends of what was met; the search stops once every class was."""
    met: set[str] = set()
    for found in classes:
        met.add(found)
        if len(met) == len(CLASSES):
            break
    ordered = [c for c in CLASSES if c in met]
    return ordered[0], ordered[-1]


def _any(way: Way, names: tuple[str, ...]) -> bool:
    """Whether one of these is present."""
    return any(way[name] for name in names)


def _class_2022(way: Way, vaf: float) -> str:
    """The decision order of section 6.1, with nothing unknown and no APL."""
    if _any(way, CBF):  # "also with KIT/FLT3/MR-gene co-mutation"
        return "favourable"
    if _any(way, ADVERSE_CYTO):  # "wins over NPM1, CEBPA"
        return "adverse"
    if way["t9_11"]:  # "precedence over adverse GENE mutations"
        return "intermediate"
    if vaf >= HIGH_VAF:  # "the MR-gene exemption does not cover TP53"
        return "adverse"
    if way["npm1"] and not way["itd"]:  # "MR genes ignored here"
        return "favourable"
    if way["cebpa_bzip"]:  # "MR genes ignored here"
        return "favourable"
    if way["mr_gene"]:  # "includes NPM1+ITD+MR gene"
        return "adverse"
    return "intermediate"


def _flagged(way: Way, vaf: float) -> bool:
    """The REVIEW flags of section 6.1, with nothing unknown and no APL."""
    adverse = _any(way, ADVERSE_CYTO)
    # "if an adverse cytogenetic lesion or TP53 VAF>=10% co-occurs -> emit FAVOURABLE + REVIEW"
    if _any(way, CBF):
        return adverse or vaf >= HIGH_VAF
    # "if t(9;11) also present add REVIEW"
    return adverse and way["t9_11"]


def _class_2024(way: Way) -> str:
    """The table of section 6.2, with nothing unknown."""
    # "Adverse: TP53 mut", whatever its VAF.
    if way["tp53"]:
        return "adverse"
    # "IDH1 (TP53 wt)", "irrespective of signalling"; DDX41 stands without a condition.
    if way["idh1"] or way["ddx41"]:
        return "favourable"
    # NPM1, IDH2 and "other" ask the same: "ITD-neg, NRAS wt, KRAS wt, TP53 wt".
    return "intermediate" if _any(way, ("itd", "nras", "kras")) else "favourable"


def counts(karyotype: str) -> tuple[int, bool, bool]:
    """Number of abnormalities, whether complex, whether monosomal.

    Parameters
    ----------
    karyotype : str
        One diploid clone without cell counts: ``46,XY,+8,del(5)(q13q33),-17``.
    """
    terms = _terms(karyotype)
    whole = [m.groups() for m in map(WHOLE.fullmatch, terms) if m]
    gained = [chromosome for sign, chromosome in whole if sign == "+"]
    lost = [chromosome for sign, chromosome in whole if sign == "-"]
    # Whatever is not a whole chromosome more or less is structural, markers and rings too.
    structural = len(terms) - len(whole)
    defining = {name for term in terms for name in _defining(term)}

    # "excludes hyperdiploid with >=3 trisomies (or polysomies) and no structural abnormality"
    hyperdiploid = len(gained) > len(lost) and len(set(gained)) >= 3 and not structural
    # ">=3 unrelated chromosome abnormalities without other class-defining [...] abnormalities"
    is_complex = len(terms) >= 3 and not defining and not hyperdiploid

    # ">=2 autosomal monosomies, or 1 autosomal monosomy (not X/Y) + >=1 structural abnormality"
    monosomies = set(lost) - {"X", "Y"}
    monosomal = len(monosomies) >= 2 or (len(monosomies) == 1 and structural >= 1)
    return len(terms), is_complex, monosomal and not defining & CBF_NAMES


def _terms(karyotype: str) -> list[str]:
    """The acquired abnormalities, each copy on its own."""
    if "/" in karyotype:
        raise ValueError("one clone only")
    _number, _sex, *written = karyotype.replace(" ", "").replace("?", "").split(",")
    terms: list[str] = []
    for term in written:
        if not term or term.endswith("c"):  # constitutional
            continue
        if copies := COPIES.fullmatch(term):
            terms += [copies[1]] * int(copies[2])
        elif markers := MARKERS.fullmatch(term):
            terms += ["+" + markers[2]] * int(markers[1])
        else:
            terms.append(term)
    return terms


def _defining(term: str) -> Iterator[str]:
    """Class-defining rearrangements written in one term."""
    for kind, first, second, *bands in REARRANGED.findall(term):
        name = f"{kind}({first};{second})" if second else f"{kind}({first})"
        known = DEFINING.get(name)
        # Without breakpoints the name alone has to do.
        if known and (not bands[0] or all(b in k for b, k in zip(bands, known, strict=True))):
            yield name
        elif kind == "t" and ("11", "q23") in zip((first, second), bands, strict=True):
            yield KMT2A_OTHER


def molecular_relapse(levels: list[float], least_rise: float = 1.0) -> bool:
    """Whether molecular MRD relapsed.

    Parameters
    ----------
    levels : list of float
        In percent and in time order; nought is negative.
    least_rise : float
        In log10, between two consecutive positive samples.
    """
    for before, after in pairwise(levels):
        if after <= 0:
            continue
        if before <= 0:  # "conversion negative->positive"
            return True
        rise = math.log10(after / before)
        if rise > least_rise or math.isclose(rise, least_rise, abs_tol=1e-9):
            return True
    return False
