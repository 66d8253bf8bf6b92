"""Mutational burden coded a second time, from section 2.1 alone; nothing of onkos is imported.

The exact interval is found by halving on the Poisson sum itself, not through chi-square.
"""

from __future__ import annotations

from math import exp, lgamma, log

HIGH, LOW, REFUSED = "high", "low", "refused"


def at_most(k: int, mean: float) -> float:
    """Chance of k or fewer."""
    if k < 0:
        return 0.0
    if mean == 0:
        return 1.0
    return sum(exp(i * log(mean) - mean - lgamma(i + 1)) for i in range(k + 1))


def _halve(k: int, level: float) -> float:
    """Mean at which k or fewer have this chance."""
    low, high = 0.0, 10.0 * (k + 5)
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(k, middle) > level else (low, middle)
    return (low + high) / 2


def interval(count: int, size: float) -> tuple[float, float]:
    """As told: "Poisson exact CI", mutations per Mb; "size 0 or missing -> error, never inf"."""
    if not size or size <= 0:
        raise ValueError("the size of the territory is missing")
    lower = _halve(count - 1, 0.975) if count else 0.0
    return lower / size, _halve(count, 0.025) / size


def call(count: int, size: float) -> str:
    """As told: ">=10 inclusive"; "refuse H/L when CI straddles 10 and size<0.8 Mb"."""
    low, high = interval(count, size)
    if size < 0.8 and low < 10 < high:
        return REFUSED
    # 300/30 and 8/0.8 are ten: the product is compared, so that no quotient falls short of it.
    return HIGH if count >= round(10 * size, 9) else LOW
