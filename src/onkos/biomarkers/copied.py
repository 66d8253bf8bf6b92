"""The case with the copies of its genes, worked out of the segments of each sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from onkos.biomarkers.gene_copies import Copies, gene_copies, why_not
from onkos.biomarkers.gene_places import stretches
from onkos.biomarkers.profile import Profile, profiles
from onkos.model import (
    Case,
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

    What the file itself, or a laboratory, called of a gene wins.
    """
    if not case.segments:
        return case
    words = knowledge.vocabulary
    man = {"male": True, "female": False}.get((case.sex or "").casefold())
    called: list[CopyNumber] = []
    notices: list[str] = []
    for profile in profiles(case):
        if _reason(profile, knowledge):
            continue
        places = stretches(profile.assembly, words, reference)
        found = gene_copies(profile, places, words.limits, man)
        own = tuple(c for c in found.calls if not _told(c, case))
        called += own
        notices += _said(profile, found, own, len(places), len(words.genes))
    if not called and not notices:
        return case
    changed = tuple(c for c in called if c.call in _TOLD)
    return msgspec.structs.replace(
        case,
        alterations=(*case.alterations, *changed),
        copied=tuple(c for c in called if c.call not in _TOLD),
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


def _reason(profile: Profile, knowledge: Knowledge) -> str:
    reason = why_not(profile, knowledge.vocabulary.limits)
    return reason or ("" if profile.assembly else NO_ASSEMBLY)


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
        "are not covered from end to end, or lie on X or Y and the sex is not told"
    )
    if found.cut:
        more = f" and {len(found.cut) - _SHOWN} more" if len(found.cut) > _SHOWN else ""
        names = ", ".join(sorted(found.cut)[:_SHOWN])
        yield f"a part of {names}{more} is amplified and the rest is not: not called"
