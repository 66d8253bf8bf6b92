"""Mutational signatures of a tumour: which, how many mutations each, how sure, how good a fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onkos.model import (
    Case,
    Finding,
    Knowledge,
    NotAssessed,
    Share,
    SignatureCatalogue,
    SignatureRules,
    Spectrum,
)

_KINDS = {"SBS96": "SBS signatures", "DBS78": "DBS signatures", "ID83": "ID signatures"}
_SUBSTITUTIONS = "SBS96"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Mutations laid to one signature.

    Attributes
    ----------
    mutations : float
    share : float
        Of all mutations, in [0, 1].
    interval : tuple of two floats
        95 % of the shares in spectra drawn anew, in [0, 1].
    """

    name: str
    mutations: float
    share: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A spectrum taken apart.

    Attributes
    ----------
    exposures : tuple of Exposure
        Of every signature of the catalogue, in its order.
    cosine : float
        Similarity of spectrum and reconstruction, in [0, 1].
    relative_l2 : float
        Norm of what is left over the norm of the spectrum.
    """

    exposures: tuple[Exposure, ...]
    cosine: float
    relative_l2: float


def mutational_signatures(
    case: Case, findings: tuple[Finding | NotAssessed, ...], knowledge: Knowledge
) -> Iterator[Finding | NotAssessed]:
    """Signatures of every spectrum of the case that a catalogue at hand explains.

    One finding tells the whole fit, or why there is none. Beside a fit, one more is given for each
    signature that is a measure of the vocabulary, its share as its number; a share that was
    reported stands.
    """
    rules = knowledge.biomarkers.signatures
    if rules is None:
        return
    known = {m.name for m in case.measurements} | {f.name for f in findings}
    measures = {m.name for m in knowledge.vocabulary.measures} - known
    seen = {spectrum.kind for spectrum in case.spectra}
    for catalogue in knowledge.catalogues:
        if catalogue.kind not in seen:
            yield NotAssessed(name=_KINDS[catalogue.kind], reason=_way_to(catalogue.kind))
    for spectrum in case.spectra:
        for catalogue in knowledge.catalogues:
            if catalogue.kind == spectrum.kind:
                yield from _of(spectrum, catalogue, rules, measures)


def assign(
    spectrum: Spectrum, catalogue: SignatureCatalogue, rules: SignatureRules, seed: int = 0
) -> Assignment:
    """Take a spectrum apart, with intervals from spectra drawn anew.

    Parameters
    ----------
    seed : int
        Of the draws; the same seed gives the same intervals.

    Raises
    ------
    ValueError
        Where spectrum and catalogue are of two kinds, or the spectrum is empty.
    """
    import numpy as np

    from onkos.refit import bootstrap, refit

    if spectrum.kind != catalogue.kind:
        raise ValueError(f"a spectrum of {spectrum.kind} and signatures of {catalogue.kind}")
    names = tuple(catalogue.signatures)
    counts = np.array([spectrum.counts.get(one, 0.0) for one in catalogue.channels])
    signatures = np.array([catalogue.signatures[name] for name in names]).T
    background, connected = places(names, spectrum.kind, rules)
    found = refit(counts, signatures, background, connected)
    drawn = bootstrap(counts, signatures, background, connected, draws=rules.draws, seed=seed)
    total = float(counts.sum())
    low, high = np.quantile(drawn / drawn.sum(axis=1, keepdims=True), [0.025, 0.975], axis=0)
    return Assignment(
        exposures=tuple(
            Exposure(
                name=name,
                mutations=float(found.exposures[at]),
                share=float(found.exposures[at]) / total,
                interval=(float(low[at]), float(high[at])),
            )
            for at, name in enumerate(names)
        ),
        cosine=found.cosine,
        relative_l2=found.relative_l2,
    )


def places(
    names: tuple[str, ...], kind: str, rules: SignatureRules
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """Where background and connected signatures stand; only substitutions have them."""
    if kind != _SUBSTITUTIONS:
        return (), ()
    at = {name: place for place, name in enumerate(names)}
    background = tuple(at[name] for name in rules.background if name in at)
    connected = tuple(tuple(at[n] for n in group if n in at) for group in rules.connected)
    return background, connected


def _of(
    spectrum: Spectrum, catalogue: SignatureCatalogue, rules: SignatureRules, measures: set[str]
) -> Iterator[Finding | NotAssessed]:
    title = _KINDS[spectrum.kind]
    refusal = _refusal(spectrum, rules)
    if refusal:
        yield NotAssessed(name=title, reason=refusal)
        return
    found = assign(spectrum, catalogue, rules)
    poor = found.cosine < rules.least_cosine
    method = (
        f"{spectrum.total:g} mutations fitted to {catalogue.name}, "
        f"{len(catalogue.signatures)} signatures; 95 % of {rules.draws} draws"
    )
    fit = f"cosine {found.cosine:.3f}, relative L2 {found.relative_l2:.3f}"
    doubt = f"; below {rules.least_cosine:g}: these signatures do not explain it" if poor else ""
    present = sorted((e for e in found.exposures if e.mutations > 0), key=lambda e: -e.mutations)
    yield Finding(
        name=title,
        value="; ".join(_said(exposure, rules) for exposure in present),
        method=method,
        note=fit + doubt,
        shares=tuple(Share(name=e.name, share=e.share, interval=e.interval) for e in present),
    )
    for exposure in found.exposures:
        if exposure.name in measures:
            yield _share(exposure, method, fit + doubt, believed=not poor)


def _way_to(kind: str) -> str:
    counted = "; or raw somatic calls, with a reference" if kind == _SUBSTITUTIONS else ""
    return f"no {kind} spectrum of this tumour: give its table of counts in a case file{counted}"


def _refusal(spectrum: Spectrum, rules: SignatureRules) -> str:
    if not spectrum.territory:
        return "exome or genome is not told: how many mutations a fit needs depends on it"
    least = rules.fewest.get(spectrum.territory)
    if least is None:
        return f"a fit of {spectrum.territory} data is not supported: an exome or a genome is"
    if spectrum.total < least:
        return (
            f"{spectrum.total:g} mutations are too few for a fit: {least} for "
            f"{'an' if spectrum.territory[0] in 'aeiou' else 'a'} {spectrum.territory}"
        )
    return ""


def _said(exposure: Exposure, rules: SignatureRules) -> str:
    low, high = exposure.interval
    cause = rules.causes.get(exposure.name, "")
    return (
        f"{exposure.name} {exposure.share:.0%} ({low:.0%} to {high:.0%})"
        f"{f', {cause}' if cause else ''}"
    )


def _share(exposure: Exposure, method: str, note: str, believed: bool) -> Finding:
    low, high = exposure.interval
    return Finding(
        name=exposure.name,
        value=f"{exposure.name} {exposure.share:.2f} of mutations (95 % {low:.2f} to {high:.2f})",
        method=method,
        note=note,
        number=exposure.share if believed else None,
        interval=exposure.interval if believed else None,
    )
