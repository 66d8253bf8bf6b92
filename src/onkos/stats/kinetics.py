"""Kinetics and intervals: numbers in, numbers out."""

from __future__ import annotations

import math
from collections.abc import Sequence

_ROUNDING = 1e-9  # a rise of exactly the limit counts


def log10_rise(before: float, after: float) -> float:
    """How many powers of ten a level rose; negative where it fell.

    Parameters
    ----------
    before, after : float, > 0, in one unit

    Raises
    ------
    ValueError
        If a level is not above zero: a rise from nothing has no logarithm.

    Examples
    --------
    >>> round(log10_rise(0.05, 0.6), 3)
    1.079
    """
    if not (before > 0 and after > 0):
        raise ValueError(f"levels {before} and {after}: both must be above zero")
    return math.log10(after / before)


def molecular_relapse(levels: Sequence[float], least_rise: float) -> int | None:
    """Which sample first shows molecular relapse, to be confirmed in a second one.

    Conversion from negative to positive, or a rise of `least_rise` powers of ten between any
    two positive samples: from the lowest before, so that a slow rise in steps is not missed.

    Parameters
    ----------
    levels : sequence of float, shape (n,), at least 0, in one unit and in the order of time
        0 is negative.
    least_rise : float
        In powers of ten; ELN 2021 asks for 1.

    Returns
    -------
    int or None
        Position from 0; None where there is none.

    References
    ----------
    Heuser 2021, doi:10.1182/blood.2021013626

    Examples
    --------
    >>> molecular_relapse([0, 0, 0.01], 1), molecular_relapse([0.05, 0.4], 1)
    (2, None)
    >>> molecular_relapse([0.05, 0.3, 0.8], 1)
    2
    """
    if any(not level >= 0 for level in levels):
        raise ValueError("levels are at least 0")
    lowest: float | None = None
    for at, level in enumerate(levels):
        if at and levels[at - 1] == 0 < level:
            return at
        if lowest and level > 0 and log10_rise(lowest, level) >= least_rise - _ROUNDING:
            return at
        lowest = min(filter(None, (lowest, level)), default=None)
    return None
