"""Whose change it is, by its reads: somatic, inherited, or of white cells. Numbers in and out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

_GRID = 9  # values of a tumour content that is told with an error, over three errors each way
_UNKNOWN = tuple(k / 20 for k in range(1, 20))  # values of one that is not told
_SHARES = tuple((k + 0.5) / 10 for k in range(10))  # cancer cells with a subclonal change
_FINE = 250  # allele fractions told apart; reads tell them apart ten times less
_CLONES = 12  # sizes of a clone of white cells
_NEAR_ALL = 0.99  # reads of a homozygous change; the rest are errors


class Copies(NamedTuple):
    """Copies per cancer cell at the place; `minor` of the rarer allele, None where not told."""

    total: float
    minor: float | None = None


class Assumptions(NamedTuple):
    """What the likelihood takes for granted; values stand in ``knowledge/limits.toml``.

    Attributes
    ----------
    precision : float, > 0
        Of the beta-binomial: its beta has the parameters precision * v and precision * (1 - v).
    purity_error : float
        Standard deviation of a tumour content that is told.
    subclonal : float in [0, 1]
        Prior share of somatic changes that are not in every cancer cell.
    clone : pair of floats
        Smallest and largest allele fraction of a clone in white cells; log-uniform between.
    white_cells : pair of floats
        Least and most white cells among the cells of the sample that are not cancer.
    read_error : float
        Share of variant reads in a normal sample that has not the change.
    copies : tuple of (Copies, float)
        Prior over the copies at a place of which nothing is told.
    """

    precision: float
    purity_error: float
    subclonal: float
    clone: tuple[float, float]
    white_cells: tuple[float, float]
    read_error: float
    copies: tuple[tuple[Copies, float], ...]


class Whose(NamedTuple):
    """Probabilities, or weights, of the four origins."""

    somatic: float
    heterozygous: float
    homozygous: float
    white_cells: float

    @property
    def germline(self) -> float:
        """Inherited, from one parent or from both."""
        return self.heterozygous + self.homozygous


def expected_vaf(
    purity: float, total: float, mutant: float, germline: float = 0.0, normal: float = 2.0
) -> float:
    """Share of reads that carry a change.

    Parameters
    ----------
    purity : float in [0, 1]
    total, mutant : float, at least 0
        Copies per cancer cell, and those that carry the change.
    germline : float
        Copies per normal cell that carry it: 0 somatic, 1 heterozygous, 2 homozygous.
    normal : float
        Copies per normal cell: 2; 1 of X and Y in men.

    Raises
    ------
    ValueError
        Where no copy is left at the place: the copies told are wrong if there are reads.

    References
    ----------
    Sun 2018, doi:10.1371/journal.pcbi.1005965

    Examples
    --------
    >>> round(expected_vaf(0.6, total=2, mutant=1), 3)
    0.3
    >>> round(expected_vaf(0.6, total=1, mutant=1, germline=1), 3)
    0.714
    """
    copies = purity * total + (1 - purity) * normal
    if not copies > 0:
        raise ValueError(f"no copy is left with purity {purity} and {total} copies")
    return (purity * mutant + (1 - purity) * germline) / copies


def origin_posterior(
    alt: int,
    depth: int,
    prior: Whose,
    assumed: Assumptions,
    purity: float | None = None,
    copies: Copies | None = None,
    male_x: bool = False,
    normal_reads: tuple[int, int] | None = None,
) -> Whose:
    """Posterior over the origins of one change of a tumour sample.

    What is not told is summed over: tumour content over all values alike, copies over their
    prior, multiplicity and share of cancer cells likewise. Where the origins lead to the same
    allele fractions the answer stays near the prior.

    Parameters
    ----------
    alt, depth : int
        Reads with the change, and all reads; 0 <= alt <= depth, depth at least 1.
    prior : Whose
        Weights before the reads were seen, at least 0; they need not sum to 1.
    purity : float in [0, 1] or None
    copies : Copies or None
        A total of nearly 0 is taken as not told: reads of a place that is gone say nothing.
    male_x : bool
        One copy in normal cells.
    normal_reads : pair of int or None
        The same reads of a normal sample of the patient; they mostly decide.

    Returns
    -------
    Whose
        Probabilities that sum to 1.

    Raises
    ------
    ValueError
        If an input leaves its range.

    References
    ----------
    Sun 2018, doi:10.1371/journal.pcbi.1005965; Halperin 2017, doi:10.1186/s12920-017-0296-8
    """
    import numpy as np

    _check(alt, depth, purity)
    if normal_reads is not None:
        _check(*normal_reads, purity)
    told = None if copies is None or copies.total < 0.5 else copies
    look = (assumed, purity, told, male_x)
    if normal_reads is None:
        likelihood = _by_tumour(alt, depth, look)
    else:
        likelihood = _by_both((alt, depth), normal_reads, look)
    joint = np.asarray(prior, dtype=float) * likelihood
    if not joint.sum() > 0:
        raise ValueError("every prior weight is zero")
    return Whose(*(float(value) for value in joint / joint.sum()))


def _check(alt: int, depth: int, purity: float | None) -> None:
    if not 0 <= alt <= depth or depth < 1:
        raise ValueError(f"{alt} variant reads of {depth}")
    if purity is not None and not 0 <= purity <= 1:
        raise ValueError(f"tumour content {purity} is outside 0 to 1")


class _States(NamedTuple):
    """Allele fractions in tumour and normal sample, each with its log weight."""

    tumour: Any
    normal: Any
    weight: Any


_LEAST = 1e-300  # of a likelihood, so that it has a logarithm
_Look = tuple[Assumptions, float | None, Copies | None, bool]


def _by_tumour(alt: int, depth: int, look: _Look) -> Any:
    """Likelihood of the tumour's reads under each origin, up to one factor; shape (4,)."""
    import numpy as np

    grid, weight = _on_grid(*look)
    logs = _log_reads(alt, depth, grid, look[0].precision)
    return weight @ np.exp(logs - logs.max())


def _by_both(reads: tuple[int, int], normal: tuple[int, int], look: _Look) -> Any:
    """The same of the reads of tumour and normal sample together."""
    import numpy as np

    grid, fractions, weights = _on_both(*look)
    precision = look[0].precision
    tumour = _log_reads(*reads, grid, precision)
    there = weights @ np.exp(tumour - tumour.max())
    logs = np.log(np.maximum(there, _LEAST)) + _log_reads(*normal, fractions, precision)
    return np.exp(logs - logs.max()).sum(axis=1)


@lru_cache(maxsize=4096)
def _on_both(
    assumed: Assumptions, purity: float | None, copies: Copies | None, male_x: bool
) -> tuple[Any, Any, Any]:
    """Fractions in the tumour, in the normal sample (few), and weights; (g,), (k,), (4, k, g)."""
    import numpy as np

    states = _states(assumed, purity, copies, male_x)
    fractions = np.unique(np.concatenate([state.normal for state in states]))
    grid = (np.arange(_FINE) + 0.5) / _FINE
    weights = np.zeros((len(states), fractions.size, _FINE))
    for own, state in zip(weights, states, strict=True):
        at = np.searchsorted(fractions, state.normal), (state.tumour * _FINE).astype(int)
        np.add.at(own, at, np.exp(state.weight))
    return grid, fractions, weights


@lru_cache(maxsize=4096)
def _on_grid(
    assumed: Assumptions, purity: float | None, copies: Copies | None, male_x: bool
) -> tuple[Any, Any]:
    """Allele fractions of all origins on one fine grid, and the weight of each; (g,), (4, g)."""
    import numpy as np

    grid = (np.arange(_FINE) + 0.5) / _FINE
    weight = np.zeros((len(Whose._fields), _FINE))
    for row, state in zip(weight, _states(assumed, purity, copies, male_x), strict=True):
        np.add.at(row, (state.tumour * _FINE).astype(int), np.exp(state.weight))
    return grid, weight


def _log_reads(alt: int, depth: int, vaf: Any, precision: float) -> Any:
    """Beta-binomial, without the factor that all origins share."""
    from scipy.special import betaln

    a, b = precision * vaf, precision * (1 - vaf)
    return betaln(a + alt, b + depth - alt) - betaln(a, b)


@lru_cache(maxsize=4096)
def _states(
    assumed: Assumptions, purity: float | None, copies: Copies | None, male_x: bool
) -> tuple[_States, ...]:
    """What each origin may look like, in the order of `Whose`."""
    found: tuple[list[tuple[float, float, float]], ...] = ([], [], [], [])
    for p, weight in _purities(purity, assumed.purity_error):
        for total, minor, likely in _places(copies, assumed, male_x):
            here = weight * likely
            normal = 1.0 if male_x else 2.0
            inherited = [total] if male_x else [minor, total - minor]
            mutants = _mutant_copies(total - minor, assumed.subclonal)
            for mutant, w in mutants:
                vaf = expected_vaf(p, total, mutant, normal=normal)
                found[0].append((vaf, assumed.read_error, here * w))
            for mutant in inherited:
                vaf = expected_vaf(p, total, mutant, germline=1, normal=normal)
                found[1].append((vaf, 1 / normal, here / len(inherited)))
            found[2].append((_NEAR_ALL, _NEAR_ALL, here))
            cells = (1 - p) * normal / (p * total + (1 - p) * normal)
            for clone, w in _clones(assumed):
                for white in assumed.white_cells:
                    found[3].append((clone * white * cells, clone, here * w / 2))
    return tuple(_arrays(rows, assumed.read_error) for rows in found)


def _arrays(rows: list[tuple[float, float, float]], error: float) -> _States:
    import numpy as np

    table = np.asarray(rows)
    tumour, normal = (np.clip(table[:, k], error, _NEAR_ALL) for k in (0, 1))
    return _States(tumour, normal, np.log(table[:, 2] / table[:, 2].sum()))


def _purities(purity: float | None, error: float) -> Sequence[tuple[float, float]]:
    """Tumour contents with their weights: all alike, or a bell round the one told."""
    import math

    if purity is None:
        return [(p, 1.0) for p in _UNKNOWN]
    if purity == 0:
        return [(0.0, 1.0)]
    steps = [3 * (2 * k / (_GRID - 1) - 1) for k in range(_GRID)]
    bell = ((purity + z * error, math.exp(-z * z / 2)) for z in steps)
    inside = [(p, w) for p, w in bell if 0.01 <= p <= 0.99]
    return inside or [(min(max(purity, 0.01), 0.99), 1.0)]


def _places(
    copies: Copies | None, assumed: Assumptions, male_x: bool
) -> Sequence[tuple[float, float, float]]:
    """Total and minor copies with their weights."""
    if male_x:
        total = 1.0 if copies is None else copies.total
        return [(total, 0.0, 1.0)]
    if copies is None:
        return [(c.total, c.minor or 0.0, w) for c, w in assumed.copies]
    if copies.minor is not None:
        return [(copies.total, min(max(copies.minor, 0.0), copies.total / 2), 1.0)]
    whole = round(copies.total)
    known = {(c.total, c.minor): w for c, w in assumed.copies}
    minors = [float(k) for k in range(whole // 2 + 1)]
    return [(copies.total, min(k, copies.total / 2), known.get((whole, k), 0.01)) for k in minors]


def _mutant_copies(major: float, subclonal: float) -> Sequence[tuple[float, float]]:
    """Mutant copies per cancer cell of a somatic change: one, several, or a share of one."""
    clonal = 1 - subclonal
    most = max(round(major), 1)
    single = [(min(1.0, major) or 1.0, clonal if most == 1 else clonal / 2)]
    several = [(float(m), clonal / 2 / (most - 1)) for m in range(2, most + 1)]
    part = [(share, subclonal / len(_SHARES)) for share in _SHARES]
    return single + several + part


def _clones(assumed: Assumptions) -> Sequence[tuple[float, float]]:
    """Allele fractions of a clone in white cells, log-uniform."""
    least, most = assumed.clone
    ratio = (most / least) ** (1 / (_CLONES - 1))
    return [(least * ratio**k, 1 / _CLONES) for k in range(_CLONES)]
