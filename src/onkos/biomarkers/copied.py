"""The case with the copies of its genes, worked out of the segments of each sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from onkos.biomarkers.copy_levels import Cells, Levels
from onkos.biomarkers.gene_copies import Copies, Open, gene_copies, why_not
from onkos.biomarkers.gene_places import Stretch, stretches
from onkos.biomarkers.profile import Profile, profiles
from onkos.biomarkers.purity import ploidy_of
from onkos.model import (
    Case,
    Chromosome,
    CopyCall,
    CopyNumber,
    Finding,
    Knowledge,
    NotAssessed,
    Stated,
    StatedClass,
)
from onkos.model.reference import Reference

NO_ASSEMBLY = "their assembly is not told, or they differ: give assembly beside the file"
_TOLD = frozenset({CopyCall.AMPLIFICATION, CopyCall.DELETION})
_STATED = frozenset({StatedClass.AMPLIFICATION, StatedClass.DELETION, StatedClass.LOSS})
_SHOWN = 8


def with_gene_copies(case: Case, knowledge: Knowledge, reference: Reference) -> Case:
    """The case with genes amplified or gone by its segments, and those that are neither.

    Oncogenes gained to many copies are shown with those. What the file itself, or a laboratory,
    called of a gene wins.
    """
    if not case.segments:
        return case
    words = knowledge.vocabulary
    man = _man(case)
    called: list[CopyNumber] = []
    shown: list[CopyNumber] = []
    notices: list[str] = []
    for profile in profiles(case):
        if _reason(profile, knowledge):
            continue
        places = stretches(profile.assembly, words, reference)
        of_it = _chromosomes(profile, knowledge)
        found = gene_copies(profile, places, words.limits, man, of_it)
        own = tuple(c for c in found.calls if not _told(c, case))
        called += own
        shown += (c for c in own if c.call in _TOLD or _high(c, found, knowledge))
        notices += _said(profile, found, own, len(places), len(words.genes))
        notices += (*_broad(found, places), *_short_of(own, found, knowledge))
    if not called and not notices:
        return case
    return msgspec.structs.replace(
        case,
        alterations=(*case.alterations, *shown),
        copied=tuple(c for c in called if c not in shown),
        notices=tuple(dict.fromkeys((*case.notices, *notices))),
    )


def copies_of_genes(
    case: Case, findings: tuple[Finding | NotAssessed, ...], knowledge: Knowledge
) -> Iterator[Finding | NotAssessed]:
    """Why the copies of genes were not worked out of segments, where they were not."""
    del findings
    for profile in profiles(case):
        reason = _reason(profile, knowledge)
        if reason:
            yield NotAssessed(name=f"copies of genes{profile.suffix}", reason=reason)
        else:
            yield from _misfits(profile, case, knowledge)


def _misfits(profile: Profile, case: Case, knowledge: Knowledge) -> Iterator[NotAssessed]:
    """Chromosomes whose copies cannot be."""
    content, ploidy = profile.sample.purity, ploidy_of(profile)
    if content is None or ploidy is None:
        return
    cells = Cells(content, ploidy, _man(case))
    limits = knowledge.vocabulary.limits
    long = Levels(profile, cells, limits, _chromosomes(profile, knowledge)).too_long()
    for chromosome, (start, end) in sorted(long.items()):
        yield NotAssessed(
            name=f"copies on chromosome {chromosome}{profile.suffix}",
            reason=f"no copy over {(end - start + 1) / 1e6:.0f} million bases, which no cell "
            "survives: tumour content or ploidy of the fit is wrong; so may its other copies be",
        )


def _man(case: Case) -> bool | None:
    """None where the sex is not told."""
    return {"male": True, "female": False}.get((case.sex or "").casefold())


def _reason(profile: Profile, knowledge: Knowledge) -> str:
    reason = why_not(profile, knowledge.vocabulary.limits, _chromosomes(profile, knowledge))
    return reason or ("" if profile.assembly else NO_ASSEMBLY)


def _chromosomes(profile: Profile, knowledge: Knowledge) -> tuple[Chromosome, ...]:
    """Of the assembly of the segments."""
    table = knowledge.vocabulary.chromosomes
    return tuple(c for c in table if c.assembly == profile.assembly)


def _high(call: CopyNumber, found: Copies, knowledge: Knowledge) -> bool:
    """Whether a gain is shown: of an oncogene, just short of an amplification."""
    role = knowledge.vocabulary.gene_by_symbol[call.gene].role
    return call.gene in found.high and role in {"oncogene", "both"}


def _told(call: CopyNumber, case: Case) -> bool:
    """Whether a caller or a laboratory has a call of the gene in the same sample."""
    return any(
        a.gene == call.gene and (not a.sample or not call.sample or a.sample == call.sample)
        for a in case.alterations
        if isinstance(a, CopyNumber) or (isinstance(a, Stated) and a.finding in _STATED)
    )


def _said(
    profile: Profile, found: Copies, own: tuple[CopyNumber, ...], placed: int, genes: int
) -> Iterator[str]:
    counts = Counter(call.call for call in own)
    told = len(found.calls) - len(own)
    named = f"; {told} have a call of their own in the input, which stands" if told else ""
    open_ = genes - len(found.calls)
    yield (
        f"copies of {len(found.calls)} genes were worked out of the segments{profile.suffix} "
        f"({profile.assembly}): {counts[CopyCall.AMPLIFICATION]} amplified, "
        f"{counts[CopyCall.DELETION]} with no copy left in the gene or a part of it{named}. Of "
        f"{open_} genes nothing is said: {genes - placed} have no place in the table, the others "
        "are not covered from end to end, lie on X or Y and the sex is not told, or are in doubt"
    )
    for why, names in found.left.items():
        if why is Open.IN_PART:
            yield f"a part of {_named(names)} is amplified and the rest is not: not called"
        else:
            yield f"{_named(names)}: {why}; neither called nor ruled out"


def _broad(found: Copies, places: dict[str, Stretch]) -> Iterator[str]:
    """Chromosomes of which most of an arm has many copies."""
    copies = {call.gene: call.copies or 0.0 for call in found.calls}
    by_chromosome: dict[str, list[str]] = {}
    for gene in found.broad:
        by_chromosome.setdefault(places[gene].chromosome, []).append(gene)
    for chromosome, genes in by_chromosome.items():
        least, most = min(copies[g] for g in genes), max(copies[g] for g in genes)
        ends = f"{least:.3g}" if f"{least:.3g}" == f"{most:.3g}" else f"{least:.3g} to {most:.3g}"
        yield (
            f"most of an arm of chromosome {chromosome}, or all of it, has {ends} copies: polysomy,"
            f" not amplification, of {_named(genes)}"
        )


def _short_of(own: Sequence[CopyNumber], found: Copies, knowledge: Knowledge) -> Iterator[str]:
    """Oncogenes with almost the copies of an amplification."""
    near = [f"{c.gene} {c.copies:.3g}" for c in own if _high(c, found, knowledge)]
    if near:
        yield (
            f"copies of {', '.join(near)}: twice the ploidy, and short of the one more that makes "
            "an amplification: a gain"
        )


def _named(genes: Sequence[str]) -> str:
    more = f" and {len(genes) - _SHOWN} more" if len(genes) > _SHOWN else ""
    return f"{', '.join(sorted(genes)[:_SHOWN])}{more}"
