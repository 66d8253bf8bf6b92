"""Mutational signatures fitted to a spectrum: arrays in, arrays out.

Forward and backward selection over non-negative least squares, as SigProfilerAssignment does
it: Díaz-Gay 2023, doi:10.1093/bioinformatics/btad756.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Relative L2 that a signature must be worth: to survive the first pass, to be added, to stay.
FIRST_REMOVE, ADD, REMOVE = 0.05, 0.05, 0.01
_SAME = 1e-12  # differences of relative L2 below this are rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """Signatures found in one spectrum.

    Attributes
    ----------
    exposures : ndarray of float, shape (signatures,)
        Mutations laid to each signature; they sum to those of the spectrum.
    cosine : float
        Similarity of spectrum and reconstruction, in [0, 1].
    relative_l2 : float
        Norm of what is left over the norm of the spectrum.
    """

    exposures: Floats
    cosine: float
    relative_l2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalties:
    """Relative L2 that a signature must be worth, at least 0."""

    first_remove: float = FIRST_REMOVE
    add: float = ADD
    remove: float = REMOVE


PENALTIES = Penalties()


def refit(
    spectrum: Floats,
    signatures: Floats,
    background: Collection[int] = (),
    connected: Sequence[Collection[int]] = (),
    penalties: Penalties = PENALTIES,
) -> Refit:
    """The few signatures that explain a spectrum.

    Parameters
    ----------
    spectrum : ndarray, shape (channels,)
        Counts, at least 0.
    signatures : ndarray, shape (channels, signatures)
        Probabilities; columns sum to 1.
    background : collection of int
        Signatures of every cell (the clocks): tried in every round, never removed as such.
    connected : sequence of collections of int
        Signatures of one process: where one is present the others are tried with it.

    Raises
    ------
    ValueError
        For an empty spectrum, or arrays that do not fit.

    Examples
    --------
    >>> clock, cut, flat = (.6, .2, .1, .1), (.1, .1, .2, .6), (.25,) * 4
    >>> found = refit(np.array([45., 17, 13, 25]), np.array([clock, cut, flat]).T)
    >>> found.exposures.round(3).tolist(), round(found.relative_l2, 6)
    ([70.0, 30.0, 0.0], 0.0)
    """
    spectrum, signatures = _checked(spectrum, signatures)
    fitting = _Fitting(spectrum, signatures)
    everything = fitting.of(range(signatures.shape[1]))
    chosen = fitting.pruned(everything, penalties.first_remove, frozenset())
    best: _Fit | None = None
    while True:
        base = _with_connected({*chosen.kept, *background}, connected)
        layer = fitting.layer(base, penalties, frozenset(background))
        if best is not None and layer.distance >= best.distance - _SAME:
            break
        best = chosen = layer
    exposures = np.zeros(signatures.shape[1])
    exposures[list(best.kept)] = best.weights
    return Refit(
        exposures=rescaled(exposures, float(spectrum.sum())),
        cosine=cosine(spectrum, signatures @ exposures),
        relative_l2=best.distance,
    )


def nnls_fit(spectrum: Floats, signatures: Floats) -> Refit:
    """All signatures at once, by non-negative least squares, without selection.

    Raises
    ------
    ValueError
        For an empty spectrum, or arrays that do not fit.
    """
    spectrum, signatures = _checked(spectrum, signatures)
    fitting = _Fitting(spectrum, signatures)
    fit = fitting.of(range(signatures.shape[1]))
    exposures = np.zeros(signatures.shape[1])
    exposures[list(fit.kept)] = fit.weights
    return Refit(
        exposures=rescaled(exposures, float(spectrum.sum())),
        cosine=cosine(spectrum, signatures @ exposures),
        relative_l2=fit.distance,
    )


def bootstrap(
    spectrum: Floats,
    signatures: Floats,
    background: Collection[int] = (),
    connected: Sequence[Collection[int]] = (),
    penalties: Penalties = PENALTIES,
    draws: int = 200,
    seed: int = 0,
) -> Floats:
    """Exposures of spectra drawn anew from the one observed, selection and all.

    Parameters
    ----------
    spectrum, signatures, background, connected, penalties
        As for `refit`.
    draws : int, at least 1
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    ndarray, shape (draws, signatures)
        In mutations; every row sums to the mutations of the spectrum.

    References
    ----------
    Huang, Wojtowicz & Przytycka 2018, doi:10.1093/bioinformatics/btx604
    """
    spectrum, signatures = _checked(spectrum, signatures)
    total = round(float(spectrum.sum()))
    drawn = np.random.default_rng(seed).multinomial(total, spectrum / spectrum.sum(), size=draws)
    again = partial(refit, background=background, connected=connected, penalties=penalties)
    return np.array([again(one.astype(float), signatures).exposures for one in drawn])


def cosine(one: Floats, other: Floats) -> float:
    """Cosine similarity; 0 where either has no length.

    >>> round(cosine(np.array([1., 0]), np.array([1., 1])), 4)
    0.7071
    """
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / length if length else 0.0


def rescaled(exposures: Floats, total: float) -> Floats:
    """Exposures that sum to `total`.

    >>> rescaled(np.array([1., 3.]), 8).tolist()
    [2.0, 6.0]
    """
    have = float(exposures.sum())
    return exposures * (total / have) if have > 0 else exposures


def round_conserving(exposures: Floats) -> Floats:
    """Whole numbers with the rounded sum of `exposures`: the largest remainders go up.

    >>> round_conserving(np.array([75.297, 44.703, 0.])).tolist()
    [75.0, 45.0, 0.0]
    >>> round_conserving(np.array([0.5, 0.5, 1.0])).tolist()
    [1.0, 0.0, 1.0]
    """
    low = np.floor(exposures)
    missing = round(float(exposures.sum())) - int(low.sum())
    order = np.argsort(low - exposures, kind="stable")
    low[order[: max(missing, 0)]] += 1
    return low


@dataclass(frozen=True, slots=True)
class _Fit:
    """Signatures with weights above 0, and how far off they leave the spectrum."""

    kept: tuple[int, ...]
    weights: Floats
    distance: float


class _Fitting:
    """Least-squares fits of one spectrum to subsets of the signatures."""

    def __init__(self, spectrum: Floats, signatures: Floats) -> None:
        from scipy.optimize import nnls

        self._nnls = nnls
        self._spectrum = spectrum
        self._signatures = signatures
        self._length = float(np.linalg.norm(spectrum))

    def of(self, subset: Collection[int]) -> _Fit:
        """Fit of a subset; signatures without weight are let go."""
        asked = sorted(subset)
        if not asked:
            return _Fit((), np.zeros(0), 1.0)
        weights, left = self._nnls(self._signatures[:, asked], self._spectrum)
        kept = np.flatnonzero(weights > _SAME * weights.sum())
        return _Fit(tuple(asked[at] for at in kept), weights[kept], float(left) / self._length)

    def pruned(self, fit: _Fit, penalty: float, protected: frozenset[int]) -> _Fit:
        """Signatures taken away one by one, while the loss of each is at most `penalty`."""
        while len(fit.kept) > 1:
            without = [self.of(set(fit.kept) - {one}) for one in fit.kept if one not in protected]
            best = min(without, key=lambda f: f.distance, default=None)
            if best is None or best.distance - fit.distance > penalty:
                break
            fit = best
        return fit

    def layer(self, base: set[int], penalties: Penalties, protected: frozenset[int]) -> _Fit:
        """The best of all ways to add one signature, or none, and prune what is left."""
        start = self.of(base)
        best = self.pruned(start, penalties.remove, protected)
        for one in self._worth_trying(base, start.distance - penalties.add):
            more = self.of({*base, one})
            if start.distance - more.distance > penalties.add:
                left = self.pruned(more, penalties.remove, protected)
                best = min(best, left, key=lambda f: f.distance)
        return best

    def _worth_trying(self, base: set[int], wanted: float) -> list[int]:
        """Signatures that could bring the distance under `wanted`.

        Unbounded least squares fits at least as well as non-negative, and is cheap for all
        signatures at once: what it cannot reach, they cannot.
        """
        if wanted <= 0:
            return []
        span = np.linalg.qr(self._signatures[:, sorted(base)])[0]
        outside = self._signatures - span @ (span.T @ self._signatures)
        left = self._spectrum - span @ (span.T @ self._spectrum)
        norms = (outside**2).sum(axis=0)
        gain = np.where(norms > _SAME, (outside.T @ left) ** 2 / np.maximum(norms, _SAME), 0.0)
        reach = np.sqrt(np.maximum(float(left @ left) - gain, 0.0)) / self._length
        return [int(at) for at in np.flatnonzero(reach < wanted + _SAME) if at not in base]


def _with_connected(base: set[int], connected: Sequence[Collection[int]]) -> set[int]:
    groups = [group for group in connected if base & set(group)]
    return base.union(*groups)


def _checked(spectrum: Floats, signatures: Floats) -> tuple[Floats, Floats]:
    spectrum = np.asarray(spectrum, dtype=float)
    signatures = np.asarray(signatures, dtype=float)
    if spectrum.ndim != 1 or signatures.ndim != 2 or signatures.shape[0] != spectrum.size:
        raise ValueError(
            f"a spectrum of {spectrum.shape} channels and signatures of {signatures.shape}"
        )
    if not (np.isfinite(spectrum).all() and (spectrum >= 0).all()):
        raise ValueError("counts of a spectrum are numbers of at least 0")
    if not (np.isfinite(signatures).all() and (signatures >= 0).all()):
        raise ValueError("probabilities of a signature are numbers of at least 0")
    if not math.isfinite(float(spectrum.sum())) or spectrum.sum() <= 0:
        raise ValueError("a spectrum without mutations has no signatures")
    return spectrum, signatures
