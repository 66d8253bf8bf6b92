"""In how many of the cancer cells a change is: of what drives, and summed up over all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from onkos.biomarkers.place import Place, place_of
from onkos.biomarkers.profile import profiles
from onkos.model import Case, Finding, Knowledge, NotAssessed, Origin, SmallVariant

NAME = "clonality"
IN_DOUBT = "in doubt"
NO_READS = "no counts of reads"
NOT_SOMATIC = "germline or a polymorphism"
_METHOD = "reads, tumour content and copies at the place; words by the rule of facets-suite"
_WHATEVER = "whatever its copies per cell"
_Placed = tuple[SmallVariant, Place]


def clonality(
    case: Case, findings: tuple[Finding | NotAssessed, ...], knowledge: Knowledge
) -> Iterator[Finding | NotAssessed]:
    """Cancer cell fraction of each change that drives, and how many of all are clonal.

    Nothing is yielded for a case without copies per cancer cell or without small variants.
    Changes of unknown origin are taken as somatic unless they are common in a population.
    """
    del findings
    found = [profile for profile in profiles(case) if profile.copied]
    variants = [a for a in case.alterations if isinstance(a, SmallVariant) and not a.by_diagnosis]
    if not found or not variants:
        return
    limits = knowledge.vocabulary.limits
    placed: list[_Placed] = []
    left: Counter[str] = Counter()
    for variant in variants:
        if _inherited(variant, limits["population_benign"]):
            left[NOT_SOMATIC] += 1
            continue
        place = place_of(variant, case, found, limits["copies_least_purity"])
        if isinstance(place, str):
            left[place] += 1
        elif _reads(variant) is None:
            left[NO_READS] += 1
        else:
            placed.append((variant, place))
    why = "; ".join(f"{count} left out: {reason}" for reason, count in left.most_common())
    if placed:
        yield from _told(placed, why, limits)
    else:
        yield NotAssessed(name=NAME, reason=why)


def _inherited(variant: SmallVariant, common: float) -> bool:
    seen = variant.population_af or 0.0
    return variant.origin is Origin.GERMLINE or (
        variant.origin is Origin.UNKNOWN and seen >= common
    )


def _reads(variant: SmallVariant) -> tuple[int, int] | None:
    """Variant and all reads; None where either is not told."""
    if not variant.depth:
        return None
    if variant.alt_reads is not None:
        return variant.alt_reads, variant.depth
    return None if variant.vaf is None else (round(variant.vaf * variant.depth), variant.depth)


class _Cells(NamedTuple):
    """What the reads say of one change; fractions of the cancer cells."""

    ccf: float
    low: float
    high: float
    wide_low: float
    wide_high: float
    multiplicity: int
    word: str


def _told(placed: Sequence[_Placed], why: str, limits: Mapping[str, float]) -> Iterator[Finding]:
    estimates = _estimates(placed, limits)
    words = Counter(one.word for one in estimates)
    parts = ", ".join(f"{count} {word}" for word, count in words.most_common())
    value = f"clonality of {len(placed)} {'change' if len(placed) == 1 else 'changes'}: {parts}"
    yield Finding(name=NAME, value=value, method=_METHOD, note=why)
    for (variant, place), cells in zip(placed, estimates, strict=True):
        if variant.oncogenicity is not None and variant.oncogenicity.drives:
            doubtful = cells.word == IN_DOUBT
            narrower = limits["ccf_narrower_told"]
            told = _in_doubt(variant, place) if doubtful else None
            yield told or _finding(variant, place, cells, narrower)


def _estimates(placed: Sequence[_Placed], limits: Mapping[str, float]) -> list[_Cells]:
    from onkos.stats.clonal import ClonalFrom, cell_fractions
    from onkos.stats.clonal import clonality as word_for

    least = ClonalFrom(
        ccf=limits["ccf_clonal"],
        maybe=limits["ccf_maybe_clonal"],
        upper=limits["ccf_upper_clonal"],
        share=limits["ccf_least_share"],
    )
    reads = [_reads(variant) or (0, 1) for variant, _ in placed]
    found = cell_fractions(
        [alt for alt, _ in reads],
        [depth for _, depth in reads],
        [place.purity for _, place in placed],
        [place.total for _, place in placed],
        [place.most for _, place in placed],
        [place.normal for _, place in placed],
    )
    words = [
        IN_DOUBT
        if place.total == 0 or found.inconsistent[at]
        else word_for(float(found.ccf[at]), float(found.half_high[at]), least, place.share or 0.0)
        for at, (_, place) in enumerate(placed)
    ]
    return [
        _Cells(
            ccf=float(found.ccf[at]),
            low=float(found.low[at]),
            high=float(found.high[at]),
            wide_low=float(found.wide_low[at]),
            wide_high=float(found.wide_high[at]),
            multiplicity=int(found.multiplicity[at]),
            word=word,
        )
        for at, word in enumerate(words)
    ]


def _finding(variant: SmallVariant, place: Place, cells: _Cells, narrower: float) -> Finding:
    ends = f"{100 * cells.wide_low:.0f} to {100 * cells.wide_high:.0f}"
    times = "on one" if cells.multiplicity == 1 else f"on {cells.multiplicity}"
    notes = [f"{place.told} there, the change most likely {times} of them"]
    if cells.low - cells.wide_low > narrower or cells.wide_high - cells.high > narrower:
        sure = f"{100 * cells.low:.0f} to {100 * cells.high:.0f}"
        notes.append(f"{sure} % were it surely {times}, and all cancer cells alike")
    if variant.origin is Origin.UNKNOWN:
        notes.append("taken as somatic: origin not told")
    told = f"{100 * cells.ccf:.0f} % of the cancer cells (95 % interval {ends}, {_WHATEVER})"
    return Finding(
        name=f"cancer cell fraction of {variant.label}",
        value=f"{variant.label} {cells.word}: in {told}",
        method=_METHOD,
        note="; ".join(notes),
        number=cells.ccf,
        interval=(cells.wide_low, cells.wide_high),
    )


def _in_doubt(variant: SmallVariant, place: Place) -> Finding:
    seen = "no copy there" if place.total == 0 else f"{place.told} there in all cancer cells"
    return Finding(
        name=f"cancer cell fraction of {variant.label}",
        value=f"{variant.label}: share of the cancer cells in doubt",
        method=_METHOD,
        note=f"more reads show it than {seen} would give: copies, purity or origin is wrong",
    )
