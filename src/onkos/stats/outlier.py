"""One value among many of its kind: share, robust distance, and the fences of Tukey."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_TO_SD = 1.4826  # the median absolute deviation of a normal distribution, as its standard deviation


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a value lies.

    Attributes
    ----------
    share : float
        Of the others that are lower, equal ones counted by half, in [0, 1].
    interval : pair of floats
        Exact 95 % interval of that share (Clopper and Pearson), for a larger cohort of its kind.
    z : float or None
        Distance from the median in robust standard deviations; None where these do not vary.
    low, high : float
        The fences.
    """

    share: float
    interval: tuple[float, float]
    z: float | None
    low: float
    high: float


def place(value: float, others: NDArray[np.floating], ranges: float) -> Placed:
    """Place a value among others.

    Parameters
    ----------
    others : array, shape (n,), ascending, n at least 1
    ranges : float
        Interquartile ranges beyond the quartiles at which the fences stand.

    References
    ----------
    Tukey 1977, Exploratory Data Analysis. Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404

    Examples
    --------
    >>> found = place(9.0, np.arange(9.0), 1.5)
    >>> found.share, found.low, found.high
    (1.0, -4.0, 12.0)
    """
    count = len(others)
    lower = int(np.searchsorted(others, value, "left"))
    below = lower + (int(np.searchsorted(others, value, "right")) - lower) / 2
    first, middle, third = (float(q) for q in np.quantile(others, (0.25, 0.5, 0.75)))
    spread = _TO_SD * float(np.median(np.abs(others - middle)))
    reach = ranges * (third - first)
    return Placed(
        share=below / count,
        interval=_interval(below, count),
        z=(value - middle) / spread if spread > 0 else None,
        low=first - reach,
        high=third + reach,
    )


def _interval(hits: float, count: int) -> tuple[float, float]:
    from scipy.special import betaincinv

    low = float(betaincinv(hits, count - hits + 1, 0.025)) if hits > 0 else 0.0
    high = float(betaincinv(hits + 1, count - hits, 0.975)) if hits < count else 1.0
    return low, high
