"""Whether a change is in a sample, is not, or cannot be told from so many reads."""

from __future__ import annotations

import math
from typing import NamedTuple


class Least(NamedTuple):
    """From what on a change is present.

    Attributes
    ----------
    reads : float
    vaf : float, in (0, 1)
        Share of the reads.
    by_chance : float, in (0, 1)
        Forced genotyping: rarer than this by error alone.
    """

    reads: float
    vaf: float
    by_chance: float


def presence(
    alt: int,
    depth: int,
    fraction: float,
    least: Least,
    error: float | None = None,
    power: float = 0.95,
) -> str:
    """``"present"``, ``"absent"`` or ``"unknown"`` in one sample of several.

    Present with the least reads and the least share of them; with an error rate given, also where
    so many variant reads come by error more rarely than by chance. Absent only where the depth
    would have shown a change of `fraction` with probability `power`.

    Parameters
    ----------
    alt, depth : int, 0 <= alt <= depth
    fraction : float, in (0, 1)
        Allele fraction that the change would have here.
    least : Least
    error : float, in (0, 1), optional
        Of the reads at such a place, known to be wanted: the change was seen elsewhere.
    power : float, in (0, 1)

    Examples
    --------
    >>> least = Least(reads=3, vaf=0.01, by_chance=0.01)
    >>> presence(5, 100, 0.05, least), presence(0, 59, 0.05, least), presence(0, 58, 0.05, least)
    ('present', 'absent', 'unknown')
    >>> presence(2, 200, 0.05, least), presence(2, 200, 0.05, least, error=0.0005)
    ('unknown', 'present')
    """
    if not 0 <= alt <= depth:
        raise ValueError(f"{alt} variant reads of {depth}")
    if alt >= least.reads and alt >= least.vaf * depth:
        return "present"
    if error is not None and alt and _at_least(alt, depth, error) < least.by_chance:
        return "present"
    if not alt and depth >= depth_to_exclude(fraction, power):
        return "absent"
    return "unknown"


def _at_least(alt: int, depth: int, rate: float) -> float:
    """Probability of so many of so many reads, or more."""
    under = (math.comb(depth, k) * rate**k * (1 - rate) ** (depth - k) for k in range(alt))
    return max(0.0, 1 - math.fsum(under))


def depth_to_exclude(fraction: float, power: float = 0.95) -> int:
    """Reads that must be there for none of them to show a change of this fraction to count.

    At that depth at least one read would carry it with probability `power`; with fewer, not
    seen is unknown, not absent.

    Parameters
    ----------
    fraction : float, in (0, 1)
        Allele fraction that is looked for.
    power : float, in (0, 1)

    Examples
    --------
    >>> depth_to_exclude(0.05), depth_to_exclude(0.30), depth_to_exclude(0.01)
    (59, 9, 299)
    """
    if not (0 < fraction < 1 and 0 < power < 1):
        raise ValueError(f"fraction {fraction} and power {power}: both between 0 and 1")
    return math.ceil(math.log1p(-power) / math.log1p(-fraction))
