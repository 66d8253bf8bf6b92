"""Cancer cell fraction coded a second time, from sections 3.1 and 3.4 alone.

Nothing of onkos is imported. Sums over the grid are plain Python, with exact fractions where a tie
is decided.
"""

from __future__ import annotations

from fractions import Fraction
from math import exp, log
from typing import NamedTuple

GRID = [step / 1000 for step in range(1, 1001)]


class Clonal(NamedTuple):
    """What the section works out of one mutation."""

    copies: float
    multiplicity: int
    ccf: float
    half_max: tuple[float, float]
    credible: tuple[float, float]
    p95: float
    inconsistent: bool


def copies_of(alt: int, depth: int, purity: float, total: int, normal: int = 2) -> Fraction:
    """As told: "u = VAF/p * (p*Ct + 2(1-p))"; the decimal written for purity is taken exactly."""
    p = Fraction(repr(purity))
    return Fraction(alt, depth) / p * (p * total + normal * (1 - p))


def share(c: float, m: int, purity: float, total: int, normal: int = 2) -> float:
    """As told: "f(c) = p*c*m/(2(1-p)+p*Ct)"."""
    return purity * c * m / (normal * (1 - purity) + purity * total)


def log_likelihood(f: float, alt: int, depth: int) -> float:
    """Binomial without its constant; no chance above 1."""
    if f > 1 or (f >= 1 and alt < depth):
        return float("-inf")
    return (alt * log(f) if alt else 0.0) + ((depth - alt) * log(1 - f) if alt < depth else 0.0)


def curve(alt: int, depth: int, m: int, purity: float, total: int, normal: int = 2) -> list[float]:
    """Log-likelihood at every place of the grid."""
    return [log_likelihood(share(c, m, purity, total, normal), alt, depth) for c in GRID]


def multiplicity(alt: int, depth: int, purity: float, total: int, normal: int = 2) -> int:
    """Copies, "1 if u<1 else round(u)"; a tie goes to the more likely of both."""
    u = copies_of(alt, depth, purity, total, normal)
    if u < 1:
        return 1
    if u.denominator != 2:
        return round(u)
    lower = u.numerator // 2
    both = (lower, lower + 1)
    return max(both, key=lambda m: max(curve(alt, depth, m, purity, total, normal)))


def clonal(alt: int, depth: int, purity: float, total: int, normal: int = 2) -> Clonal | None:
    """All of the section's figures; None is "not evaluable" or "NA"."""
    if not purity or depth == 0:
        return None
    total = total or 1  # "Ct==0 treated as 1".
    m = multiplicity(alt, depth, purity, total, normal)
    logs = curve(alt, depth, m, purity, total, normal)
    best = max(logs)
    weights = [exp(value - best) for value in logs]
    whole = sum(weights)
    above = [i for i, w in enumerate(weights) if w > 0.5]
    # "widened by one grid step and clipped to [.001,1]".
    half = (GRID[max(above[0] - 1, 0)], GRID[min(above[-1] + 1, len(GRID) - 1)])
    vaf = alt / depth
    return Clonal(
        copies=float(copies_of(alt, depth, purity, total, normal)),
        multiplicity=m,
        ccf=GRID[weights.index(max(weights))],
        half_max=half,
        credible=(_quantile(weights, 0.025), _quantile(weights, 0.975)),
        p95=sum(w for c, w in zip(GRID, weights, strict=True) if c >= 0.95) / whole,
        inconsistent=vaf > share(1.0, m, purity, total, normal),
    )


def whatever_the_copies(
    alt: int, depth: int, purity: float, total: int, major: int, normal: int = 2
) -> tuple[float, float]:
    """Credible interval over all genotypes: all cells alike, and those without it like normal ones.

    As told of PyClone-VI, with no errors of reading: "E[VAF] = [t f Cv*mu] / [(1-t)Cn + t(1-f)Cr +
    t f Cv]", "for x in 1..major_cn" and Cv*mu = x; and with Cr = Cv, the likelihood of 3.1.
    """
    curves = [
        [
            log_likelihood(
                purity * f * x / ((1 - purity) * normal + purity * ((1 - f) * rest + f * total)),
                alt, depth,
            )
            for f in GRID
        ]
        for x in range(1, major + 1)
        for rest in {total, normal}
    ]  # fmt: skip
    best = max(max(one) for one in curves)
    weights = [sum(exp(one[i] - best) for one in curves) for i in range(len(GRID))]
    return _quantile(weights, 0.025), _quantile(weights, 0.975)


def _quantile(weights: list[float], level: float) -> float:
    """First place of the grid up to which lies at least this much."""
    whole, so_far = sum(weights), 0.0
    for c, w in zip(GRID, weights, strict=True):
        so_far += w
        if so_far >= level * whole:
            return c
    return GRID[-1]


def facets(ccf: float, upper: float, segment: float | None, purity: float) -> str:
    """Indeterminate "if segment cf is NA or < 0.6*purity"; then clonal or subclonal."""
    if segment is None or segment < 0.6 * purity:
        return "indeterminate"
    return "clonal" if ccf > 0.8 or (ccf > 0.7 and upper > 0.9) else "subclonal"
