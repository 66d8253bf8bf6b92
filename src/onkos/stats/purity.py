"""What a mixture of tumour and normal cells shows: allele fractions, log ratios, and back.

References
----------
ASCAT: Van Loo 2010, doi:10.1073/pnas.1009843107. FACETS: Shen 2016, doi:10.1093/nar/gkw520.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def mean_copies(lengths: Sequence[float], copies: Sequence[float]) -> float:
    """Copies averaged over the genome: the ploidy.

    Parameters
    ----------
    lengths : sequence of float, shape (n,), bases, above 0 in sum
    copies : sequence of float, shape (n,), at least 0

    Raises
    ------
    ValueError
        Where there is nothing to average.

    Examples
    --------
    >>> mean_copies([100, 300], [2, 4])
    3.5
    """
    whole = sum(lengths)
    if not whole > 0:
        raise ValueError("no length to average over")
    return sum(n * c for n, c in zip(lengths, copies, strict=True)) / whole


def alleles(purity: float, total: float, normal: float = 2) -> float:
    """Copies of a place per cell of the mixture, tumour and normal cells together.

    >>> alleles(0.5, 3)
    2.5
    """
    _check(purity)
    return purity * total + normal * (1 - purity)


def expected_vaf(
    purity: float, mutant: float, total: float, germline: float = 0, normal: float = 2
) -> float:
    """Allele fraction of a change at `mutant` of `total` copies per cancer cell.

    Parameters
    ----------
    purity : float, in (0, 1]
    mutant, total : float, at least 0
        Copies per cancer cell; `mutant` may be an average over cancer cells.
    germline : float
        Mutant copies per normal cell: 0 of a somatic change, 1 of a heterozygous germline one.
    normal : float
        Copies per normal cell: 1 of X and Y in a man.

    Examples
    --------
    >>> round(expected_vaf(0.6, 1, 2), 3), round(expected_vaf(0.6, 1, 1, germline=1), 3)
    (0.3, 0.714)
    """
    whole = alleles(purity, total, normal)
    if not whole > 0:
        raise ValueError("no copy is left in any cell")
    return (purity * mutant + germline * (1 - purity)) / whole


def mutant_copies(
    vaf: float, purity: float, total: float, germline: float = 0, normal: float = 2
) -> float:
    """Mutant copies per cancer cell, averaged: `expected_vaf` the other way round.

    It may come out above `total` or under 0 where purity or copies are wrong.

    Examples
    --------
    >>> round(mutant_copies(0.3, 0.6, 2), 3), round(mutant_copies(0.8, 0.6, 2, germline=1), 3)
    (1.0, 2.0)
    """
    return (vaf * alleles(purity, total, normal) - germline * (1 - purity)) / purity


def expected_log2(purity: float, copies: float, ploidy: float) -> float:
    """log2 of the coverage ratio of a place; minus infinity where no copy is left in any cell.

    Examples
    --------
    >>> round(expected_log2(0.6, 1, 2), 4), round(expected_log2(0.6, 2, 3.5), 4)
    (-0.5146, -0.5361)
    """
    here, level = alleles(purity, copies), alleles(purity, ploidy)
    return math.log2(here / level) if here > 0 else -math.inf


def expected_baf(purity: float, major: float, minor: float) -> float:
    """Fraction of the rarer allele of a heterozygous site, in [0, 0.5].

    Examples
    --------
    >>> round(expected_baf(0.6, 2, 0), 4), round(expected_baf(0.8, 2, 1), 4)
    (0.2, 0.3571)
    """
    return expected_vaf(purity, minor, major + minor, germline=1)


def fraction_interval(alt: float, depth: float) -> tuple[float, float]:
    """95 % interval of a fraction of reads, by Wilson's score.

    References
    ----------
    Wilson 1927, doi:10.1080/01621459.1927.10502953

    Examples
    --------
    >>> [round(end, 3) for end in fraction_interval(30, 100)]
    [0.219, 0.396]
    """
    if not (depth >= 1 and 0 <= alt <= depth):
        raise ValueError(f"{alt} of {depth} reads")
    z = 1.959963984540054
    middle = (alt + z * z / 2) / (depth + z * z)
    half = z * math.sqrt(alt * (depth - alt) / depth + z * z / 4) / (depth + z * z)
    return max(0.0, middle - half), min(1.0, middle + half)


def exact_interval(count: int, among: int) -> tuple[float, float]:
    """Exact 95 % interval of a share, by the binomial tails.

    References
    ----------
    Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404

    Examples
    --------
    >>> [round(end, 3) for end in exact_interval(3, 10)], exact_interval(0, 5)[0]
    ([0.067, 0.652], 0.0)
    """
    from scipy.special import betaincinv

    if not (among >= 1 and 0 <= count <= among):
        raise ValueError(f"{count} of {among}")
    low = float(betaincinv(count, among - count + 1, 0.025)) if count else 0.0
    high = float(betaincinv(count + 1, among - count, 0.975)) if count < among else 1.0
    return low, high


def _check(purity: float) -> None:
    if not 0 < purity <= 1:
        raise ValueError(f"tumour content {purity}: above 0 and at most 1")
