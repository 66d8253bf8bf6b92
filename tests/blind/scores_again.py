"""Prognostic scores coded a second time, from a written statement of their rules alone.

Nothing of onkos is imported here: two codings of one text are worth comparing only while neither
has seen the other.
"""

from __future__ import annotations

from math import log

CYTOGENETICS = ("very good", "good", "intermediate", "poor", "very poor")

# Linear predictor of IPSS-M: weight and mean of each term.
IPSS_M = {
    "HB1": (-0.171, 9.87),
    "TRANSF_PLT100": (-0.222, 1.41),
    "BLAST5": (0.352, 0.922),
    "CYTOVEC": (0.287, 1.39),
    "TP53multi": (1.18, 0.0710),
    "FLT3": (0.798, 0.0108),
    "MLL_PTD": (0.798, 0.0247),
    "SF3B1_5q": (0.504, 0.0166),
    "NPM1": (0.430, 0.0112),
    "RUNX1": (0.423, 0.1260),
    "NRAS": (0.417, 0.0362),
    "ETV6": (0.391, 0.0216),
    "IDH2": (0.379, 0.0429),
    "CBL": (0.295, 0.0473),
    "EZH2": (0.270, 0.0588),
    "U2AF1": (0.247, 0.0866),
    "SRSF2": (0.239, 0.1580),
    "DNMT3A": (0.221, 0.1610),
    "ASXL1": (0.213, 0.2520),
    "KRAS": (0.202, 0.0271),
    "SF3B1_alpha": (-0.0794, 0.1860),
    "Nres2": (0.231, 0.388),
}
RESIDUAL = frozenset(
    """BCOR BCORL1 CEBPA ETNK1 GATA2 GNB1 IDH1 NF1 PHF6 PPM1D PRPF8 PTPN11 SETBP1 STAG2
    WT1""".split()
)
NOT_ALPHA = frozenset("SRSF2 STAG2 BCOR BCORL1 RUNX1 NRAS".split())

# Highest value of each category; above the last one comes the name that stands alone.
Steps = tuple[tuple[float, str], ...]


def _category(value: float, steps: Steps, above: str) -> str:
    """First category whose highest value is not exceeded."""
    return next((name for highest, name in steps if value <= highest), above)


def cll_ipi(
    tp53: bool, ighv_unmutated: bool, b2m: float, stage_advanced: bool, age: float
) -> tuple[int, str]:
    """CLL-IPI: points and risk; ``tp53`` is mutated or del(17p), advanced is Rai I-IV, Binet B-C.

    Beta-2 microglobulin in mg/L.
    """
    points = 4 * bool(tp53) + 2 * bool(ighv_unmutated) + 2 * (b2m > 3.5)
    points += bool(stage_advanced) + (age > 65)
    return points, _category(points, ((1, "low"), (3, "intermediate"), (6, "high")), "very high")


def iss(b2m: float, albumin: float) -> str:
    """Stage of myeloma from beta-2 microglobulin (mg/L) and albumin (g/dL)."""
    if b2m >= 5.5:
        return "III"
    return "I" if b2m < 3.5 and albumin >= 3.5 else "II"


def r_iss(iss: str, high_risk: bool, ldh_high: bool) -> str:
    """Revised stage; high risk is del(17p), t(4;14) or t(14;16)."""
    if iss not in ("I", "II", "III"):
        raise ValueError(iss)
    unfavourable = high_risk or ldh_high
    if iss == "I" and not unfavourable:
        return "I"
    return "III" if iss == "III" and unfavourable else "II"


def r2_iss(iss: str, del17p: bool, ldh_high: bool, t4_14: bool, gain1q: bool) -> tuple[float, str]:
    """Second revision of the stage: points and group."""
    points = {"I": 0.0, "II": 1.0, "III": 1.5}[iss]
    points += bool(del17p) + bool(ldh_high) + bool(t4_14) + 0.5 * bool(gain1q)
    steps = ((0.0, "low (I)"), (1.0, "low-intermediate (II)"), (2.5, "intermediate-high (III)"))
    return points, _category(points, steps, "high (IV)")


def ipss_r_cytogenetics(abnormalities: int, present: set[str]) -> str:
    """Cytogenetic group of IPSS-R from the number of abnormalities and those of them with a name.

    A double abnormality with del(5q) and -7 or del(7q) fits poor and good; poor is read first.
    """
    if len(present) > abnormalities:
        raise ValueError("more abnormalities are named than counted")
    if abnormalities >= 3:
        return "very poor" if abnormalities > 3 else "poor"
    if abnormalities == 2:
        if present & {"-7", "del(7q)"}:
            return "poor"
        return "good" if "del(5q)" in present else "intermediate"
    if abnormalities == 0 or present & {"del(5q)", "del(12p)", "del(20q)"}:
        return "good"
    if present & {"-7", "3q"}:
        return "poor"
    return "very good" if present & {"-Y", "del(11q)"} else "intermediate"


def ipss_r(cyto: str, blasts: float, hb: float, platelets: float, anc: float) -> tuple[float, str]:
    """IPSS-R: points and risk; blasts in %, haemoglobin in g/dL, counts in 10^9/L."""
    points = float(CYTOGENETICS.index(cyto))
    if blasts > 10:
        points += 3
    elif blasts >= 5:
        points += 2
    elif blasts > 2:
        points += 1
    if hb < 8:
        points += 1.5
    elif hb < 10:
        points += 1
    if platelets < 50:
        points += 1
    elif platelets < 100:
        points += 0.5
    if anc < 0.8:
        points += 0.5
    steps = ((1.5, "very low"), (3.0, "low"), (4.5, "intermediate"), (6.0, "high"))
    return points, _category(points, steps, "very high")


def ipss_m(
    *,
    hb: float,
    platelets: float,
    blasts: float,
    cyto: str,
    genes: set[str],
    tp53_mutations: int = 0,
    tp53_vaf: float = 0.0,
    del17p: bool = False,
    del5q: bool = False,
    del7: bool = False,
    abnormalities: int = 0,
) -> tuple[float, str]:
    """IPSS-M: score rounded to two digits, and the category of the rounded score.

    ``tp53_vaf`` is a fraction; ``del17p`` includes -17, ``del7`` is -7 or del(7q).
    """
    with_5q = "SF3B1" in genes and del5q and not del7 and abnormalities < 3
    alpha = "SF3B1" in genes and not with_5q and not genes & NOT_ALPHA
    multi = tp53_mutations >= 2 or (tp53_mutations == 1 and (tp53_vaf > 0.55 or del17p))
    values = {
        "HB1": min(max(hb, 4.0), 20.0),
        "TRANSF_PLT100": min(platelets, 250.0) / 100.0,
        "BLAST5": min(blasts, 20.0) / 5.0,
        "CYTOVEC": float(CYTOGENETICS.index(cyto)),
        "TP53multi": float(multi),
        "SF3B1_5q": float(with_5q),
        "SF3B1_alpha": float(alpha),
        "Nres2": float(min(2, len(genes & RESIDUAL))),
    }
    total = sum(
        beta * (values.get(term, float(term in genes)) - mean)
        for term, (beta, mean) in IPSS_M.items()
    )
    score = round(total / log(2), 2) + 0.0
    return score, _ipss_m_category(score)


def _ipss_m_category(score: float) -> str:
    """Category: "very low <= -1.5 < low <= -0.5 < moderate low <= 0 < ... <= 1.5 < very high"."""
    steps = (
        (-1.5, "very low"),
        (-0.5, "low"),
        (0.0, "moderate low"),
        (0.5, "moderate high"),
        (1.5, "high"),
    )
    return _category(score, steps, "very high")
