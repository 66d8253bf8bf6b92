"""Kinetics and intervals: numbers in, numbers out."""

from __future__ import annotations

import math
from collections.abc import Sequence


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

    Conversion from negative to positive, or a rise of `least_rise` powers of ten between two
    consecutive positive samples.

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
    """
    if any(not level >= 0 for level in levels):
        raise ValueError("levels are at least 0")
    for at in range(1, len(levels)):
        before, after = levels[at - 1], levels[at]
        if before == 0 < after:
            return at
        if before > 0 and after > 0 and log10_rise(before, after) >= least_rise:
            return at
    return None
