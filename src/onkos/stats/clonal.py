"""Cancer cell fraction and multiplicity of somatic changes, and the timing of gains.

References
----------
McGranahan 2015, doi:10.1126/scitranslmed.aaa1408. Grid, intervals and words as in facets-suite
(``ccf-annotate-maf``). What is weighed for the wide interval: the genotypes of PyClone-VI
(Gillis and Roth 2020, doi:10.1186/s12859-020-03919-2), beside those with one set of copies in all
cancer cells. Timing: Gerstung 2020, doi:10.1038/s41586-019-1907-7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

GRID = np.arange(1, 1001) / 1000  # cancer cell fractions that are weighed
STEP = 0.001
_ROWS = 2000  # of the grid at a time: 16 MB
_ROUNDING = 1e-9
_TIE = 1e-9  # how near to half a copy is half a copy


class CellFractions(NamedTuple):
    """Of each change, shape (n,) each.

    Attributes
    ----------
    ccf : array of float, in (0, 1]
        Fraction of the cancer cells that carry it: the most likely one.
    multiplicity : array of float
        Copies of it in a cell that carries it.
    mutant_copies : array of float
        Copies per cancer cell, averaged over all.
    half_low, half_high : array of float
        Where the likelihood is over half of its maximum.
    low, high : array of float
        95 % credible interval, were the multiplicity known.
    surely_clonal : array of float, in [0, 1]
        Probability that it is in 95 % of the cancer cells or more.
    wide_low, wide_high : array of float
        95 % credible interval over every multiplicity up to the commoner allele's copies, and
        over whether the other cancer cells have the copies of the place or those of a normal
        cell: what the reads alone leave open.
    inconsistent : array of bool
        More variant reads than even all of the cells could give: purity, copies or
        multiplicity is wrong.
    """

    ccf: Floats
    multiplicity: Floats
    mutant_copies: Floats
    half_low: Floats
    half_high: Floats
    low: Floats
    high: Floats
    surely_clonal: Floats
    wide_low: Floats
    wide_high: Floats
    inconsistent: NDArray[np.bool_]


def cell_fractions(
    alt: ArrayLike,
    depth: ArrayLike,
    purity: ArrayLike,
    total: ArrayLike,
    most: ArrayLike | None = None,
    normal: ArrayLike = 2,
) -> CellFractions:
    """Fraction of the cancer cells that carry each change, with intervals.

    The multiplicity is the nearest whole number to the mutant copies per cell, at least 1. At
    half a copy both neighbours are weighed and the likelier kept.

    Parameters
    ----------
    alt, depth : array of int, shape (n,)
        Variant and all reads; depth at least 1.
    purity : float or array of float, in (0, 1]
    total : array of float, shape (n,)
        Copies per cancer cell; 0 is taken for 1, since reads were seen.
    most : array of float, shape (n,), optional
        Copies of the commoner allele: the most that can carry the change. `total` without it.
    normal : array of float
        Copies per normal cell: 1 of X and Y in a man.

    Raises
    ------
    ValueError
        For a purity outside (0, 1], no reads, or more variant reads than reads.

    Examples
    --------
    >>> found = cell_fractions([15], [100], 0.6, [2])
    >>> found.ccf, found.low, found.high
    (array([0.5]), array([0.311]), array([0.776]))
    """
    wide = np.broadcast_arrays(
        *(np.asarray(x, float) for x in (alt, depth, purity, total, normal)),
        np.asarray(total if most is None else most, float),
    )
    a, n, p, c, g, m = (np.atleast_1d(x).astype(float) for x in wide)
    if not (np.all((p > 0) & (p <= 1)) and np.all(n >= 1) and np.all((a >= 0) & (a <= n))):
        raise ValueError("purity above 0 and at most 1, and 0 <= variant reads <= reads, 1 or more")
    c = np.where(c < 1, 1.0, c)
    whole = p * c + g * (1 - p)
    parts = [
        _weighed(
            a[at],
            n[at],
            p[at] / whole[at],
            np.clip(np.round(m[at]), 1, np.round(c[at])),
            c[at] - g[at],
        )
        for at in np.array_split(np.arange(a.size), max(1, -(-a.size // _ROWS)))
    ]
    return CellFractions(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _weighed(
    alt: Floats, depth: Floats, per_copy: Floats, most: Floats, more: Floats
) -> CellFractions:
    """Of changes at places with `more` copies in a cancer cell than in a normal one.

    `per_copy`: allele fraction that one mutant copy in every cancer cell gives.
    """
    copies = alt / depth / per_copy
    multiplicity = _multiplicity(alt, depth, per_copy, most)
    log = _log_likelihood(alt, depth, per_copy * multiplicity)
    weights = np.exp(log - log.max(axis=1, keepdims=True))
    top = weights.argmax(axis=1)
    high = weights > 0.5
    first, last = high.argmax(axis=1), GRID.size - 1 - high[:, ::-1].argmax(axis=1)
    cumulative = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    low, upper = _quantiles(cumulative)
    wide_low, wide_high = _over_genotypes(alt, depth, per_copy, most, more)
    return CellFractions(
        ccf=GRID[top],
        multiplicity=multiplicity,
        mutant_copies=copies,
        half_low=np.clip(GRID[first] - STEP, STEP, 1),
        half_high=np.clip(GRID[last] + STEP, STEP, 1),
        low=low,
        high=upper,
        surely_clonal=np.maximum(0, 1 - cumulative[:, 948]),  # 0.950 and above
        wide_low=wide_low,
        wide_high=wide_high,
        inconsistent=_too_many(alt, depth, np.minimum(per_copy * most, 1)),
    )


def _multiplicity(alt: Floats, depth: Floats, per_copy: Floats, most: Floats) -> Floats:
    copies = alt / depth / per_copy
    nearest = np.clip(np.round(copies), 1, most)
    under, over = np.clip(np.floor(copies), 1, most), np.clip(np.ceil(copies), 1, most)
    tie = (np.abs(copies - np.floor(copies) - 0.5) < _TIE) & (copies > 1)
    better = _log_likelihood(alt, depth, per_copy * over).max(axis=1) > _log_likelihood(
        alt, depth, per_copy * under
    ).max(axis=1)
    return np.where(tie, np.where(better, over, under), nearest)


def _log_likelihood(
    alt: Floats, depth: Floats, most: Floats, spread: Floats | None = None
) -> Floats:
    """Of every fraction of the grid, shape (n, 1000), without the constant of the binomial.

    `most`: allele fraction where all cancer cells carry the change. `spread`: copies that the
    cells with the change have more than those without, for each copy changed; none without it.
    """
    expected = GRID[None, :] * most[:, None]
    if spread is not None:
        expected = expected / (1 - (most * spread)[:, None] * (1 - GRID[None, :]))
    expected = np.clip(expected, _ROUNDING, 1 - _ROUNDING)
    found = alt[:, None] * np.log(expected) + (depth - alt)[:, None] * np.log1p(-expected)
    return np.asarray(found, float)


def _quantiles(cumulative: Floats) -> tuple[Floats, Floats]:
    """2.5 and 97.5 % points of distributions over the grid, shape (n, 1000)."""
    return (
        np.asarray(GRID[(cumulative >= 0.025).argmax(axis=1)], float),
        np.asarray(GRID[(cumulative >= 0.975).argmax(axis=1)], float),
    )


def _over_genotypes(
    alt: Floats, depth: Floats, per_copy: Floats, most: Floats, more: Floats
) -> tuple[Floats, Floats]:
    """95 % credible interval over all copies of the change, and of the cells without it."""
    best = _log_likelihood(alt, depth, per_copy * most).max(axis=1, keepdims=True)
    weights = np.zeros((alt.size, GRID.size))
    for copies in range(1, int(most.max(initial=1)) + 1):
        for cells_differ in (False, True):
            rows = (most >= copies) & ((more != 0) | (not cells_differ))
            spread = more[rows] if cells_differ else np.zeros(int(rows.sum()))
            log = _log_likelihood(alt[rows], depth[rows], per_copy[rows] * copies, spread / copies)
            weights[rows] += np.exp(log - best[rows])
    return _quantiles(np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1))


def _too_many(alt: Floats, depth: Floats, fraction: Floats) -> NDArray[np.bool_]:
    """Whether so many variant reads come by chance in fewer than 2.5 of 100 cases."""
    from scipy.special import betainc

    tail = np.where(alt > 0, betainc(np.maximum(alt, 1), depth - alt + 1, fraction), 1.0)
    return np.asarray(tail < 0.025, bool)


class ClonalFrom(NamedTuple):
    """Cut-offs of `clonality`, each in (0, 1).

    Attributes
    ----------
    ccf : float
        Above it a change is clonal.
    maybe, upper : float
        Above the first it is clonal where the upper end lies above the second.
    share : float
        Copies in fewer of the cancer cells leave it open.
    """

    ccf: float
    maybe: float
    upper: float
    share: float


def clonality(ccf: float, upper: float, least: ClonalFrom, share: float = 1) -> str:
    """``"clonal"``, ``"subclonal"`` or ``"indeterminate"``, by the rule of facets-suite.

    Parameters
    ----------
    ccf : float, in (0, 1]
    upper : float
        Upper end of the half-maximum range.
    least : ClonalFrom
    share : float, in [0, 1]
        Fraction of the cancer cells that have the copies of the place.

    Examples
    --------
    >>> least = ClonalFrom(ccf=0.8, maybe=0.7, upper=0.9, share=0.6)
    >>> clonality(0.75, 0.95, least), clonality(0.75, 0.85, least), clonality(1, 1, least, 0.5)
    ('clonal', 'subclonal', 'indeterminate')
    """
    if share < least.share:
        return "indeterminate"
    clonal = ccf > least.ccf or (ccf > least.maybe and upper > least.upper)
    return "clonal" if clonal else "subclonal"


def time_of_gain(major: int, minor: int, twice: float, once: float) -> float:
    """Share of the mutations' time that had passed when a region was gained, in [0, 1].

    Parameters
    ----------
    major, minor : int
        Copies of the alleles: 2 and 1, 2 and 0, or 2 and 2 (the whole genome doubled).
    twice, once : float, at least 0
        Clonal changes of the region on two copies and on one.

    Raises
    ------
    ValueError
        For other copies, whose history has more than one step, and without any change.

    Examples
    --------
    >>> time_of_gain(2, 1, 20, 60), time_of_gain(2, 0, 30, 20)
    (0.6, 0.75)
    >>> round(time_of_gain(2, 2, 10, 40), 3), time_of_gain(2, 1, 0, 50)
    (0.333, 0.0)
    """
    if (major, minor) not in {(2, 0), (2, 1), (2, 2)}:
        raise ValueError(f"copies {major} and {minor}: timed are 2 and 1, 2 and 0, 2 and 2")
    if twice < 0 or once < 0 or twice + once == 0:
        raise ValueError(f"{twice} and {once} changes: at least 0, and not both 0")
    early = (3 if minor == 1 else 2) * twice
    return min(1.0, early / (2 * twice + once))


def time_of_change(multiplicity: int, major: int, clonal: bool) -> str:
    """When a change came about, as far as its copies tell.

    >>> [time_of_change(m, c, True) for m, c in ((2, 2), (1, 2), (1, 1))]
    ['clonal, before the gain', 'clonal, after the gain or on the other allele', 'clonal']
    >>> time_of_change(1, 2, False)
    'subclonal'
    """
    if not clonal:
        return "subclonal"
    if major < 2:
        return "clonal"
    if multiplicity >= 2:
        return "clonal, before the gain"
    return "clonal, after the gain or on the other allele"
