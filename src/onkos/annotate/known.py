"""Calls that are known changes, matched exactly by their place where no reference is at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from onkos.annotate.edit import trimmed
from onkos.annotate.in_phase import phases
from onkos.model import (
    Alteration,
    Case,
    Knowledge,
    Origin,
    PlacedChange,
    PlacedChanges,
    SmallVariant,
)
from onkos.model.placed import ASSEMBLIES
from onkos.model.protein import same_change
from onkos.model.reference import Reference

MATCHED = "known change, matched exactly; no reference"
SHOWN = 3  # changes named in a notice; the rest are counted
_OTHER = dict(zip(ASSEMBLIES, reversed(ASSEMBLIES), strict=True))


class Reading(NamedTuple):
    """On which assembly calls are looked up, and what to tell of that."""

    assembly: str
    notice: str = ""


def recognised(case: Case, knowledge: Knowledge) -> Case:
    """The case, its calls that are known changes described; the others stay as they are.

    A call matches where assembly, place and bases are those of a known change, in any of the
    equal forms of an insertion or deletion that the table knows.
    """
    known, calls = knowledge.known_changes, _calls(case)
    if not calls:
        return case
    least = knowledge.vocabulary.limits.get("known_site_calls", 0)
    found: dict[int, SmallVariant] = {}
    notices: list[str] = []
    for stated in dict.fromkeys(call.assembly for call in calls):
        own = [call for call in calls if call.assembly == stated]
        told = [c for c in own if not (case.withholds_germline and _of_normal(c))]
        reading = _reading(told, stated, known, least)
        notices += [reading.notice] if reading.notice else []
        for call in own if reading.assembly else ():
            change = _at(call, reading.assembly, known)
            if change is not None:
                found[id(call)] = _filled(call, change, reading.assembly)
    notices += map(matched_by_place, found.values())
    if not notices:
        return case
    kept = (*(a for a in case.alterations if id(a) not in found), *found.values())
    return msgspec.structs.replace(
        case,
        alterations=kept,
        phases=phases(kept, case.phases),
        calls=tuple(call for call in case.calls if id(call) not in found),
        notices=tuple(dict.fromkeys((*case.notices, *notices))),
    )


def placed_right(case: Case, knowledge: Knowledge) -> Case:
    """The case, its annotated variants under the assembly that their places are of.

    A known change stands at one place on each assembly. Where those of a file stand at their
    places on the other one than the file says, it is named and read as what it is.
    """
    placed = [a for a in case.alterations if isinstance(a, SmallVariant) and _is_told(a)]
    named: dict[str, str] = {}
    notices = []
    for stated in dict.fromkeys(variant.assembly for variant in placed):
        own = [variant for variant in placed if variant.assembly == stated]
        reading = _of_told(own, stated, knowledge.known_changes)
        notices += [reading.notice] if reading.notice else []
        if reading.assembly and reading.assembly != stated:
            named[stated] = reading.assembly
    if not notices and not named:
        return case
    return msgspec.structs.replace(
        case,
        alterations=tuple(_renamed(a, named) for a in case.alterations),
        notices=tuple(dict.fromkeys((*case.notices, *notices))),
    )


def disagreements(case: Case, knowledge: Knowledge, genome: Reference) -> Case:
    """The case with a notice of each change that the reference describes otherwise than is known.

    The reference decides.
    """
    known, told = knowledge.known_changes, []
    for seen in case.alterations:
        if not isinstance(seen, SmallVariant) or not seen.position or not seen.gene:
            continue
        change = _at(seen, seen.assembly or genome.assembly, known)
        if change is None or not change.protein or change.gene != seen.gene:
            continue
        if not same_change(seen.protein or "?", change.protein):
            what = seen.protein or seen.coding or str(seen.consequence)
            told.append(
                f"{seen.gene}: {what} by the reference, {change.protein} by the known change at "
                f"the same place ({change.source}); the reference decides"
            )
    if not told:
        return case
    return msgspec.structs.replace(case, notices=tuple(dict.fromkeys((*case.notices, *told))))


def _of_normal(call: SmallVariant) -> bool:
    """Inherited by its file, so that nothing is said by it where such findings are withheld."""
    return call.apart or call.origin is Origin.GERMLINE


def _calls(case: Case) -> list[SmallVariant]:
    """Calls, and those that were offered to a reference and got no gene of it."""
    offered = (a for a in case.alterations if isinstance(a, SmallVariant) and not a.gene)
    return [call for call in (*case.calls, *offered) if call.position and call.chromosome]


def _is_told(variant: SmallVariant) -> bool:
    return bool(variant.position and variant.gene and (variant.protein or variant.coding))


def _edit(call: SmallVariant) -> tuple[str, int, str, str]:
    """Chromosome, first base and bases of a call, those that both alleles share left out."""
    behind = not call.reference  # as in a MAF: the base before the insertion
    edit = trimmed(call.chromosome, call.position + behind, call.reference, call.alternate)
    return edit.chromosome, edit.start, edit.removed, edit.bases


def _at(call: SmallVariant, assembly: str, known: PlacedChanges) -> PlacedChange | None:
    return known.at(assembly, *_edit(call))


def _reading(
    calls: Sequence[SmallVariant], stated: str, known: PlacedChanges, least: float
) -> Reading:
    """The assembly on which calls of one stated assembly are looked up."""
    hits = {one: [c for c in calls if _at(c, one, known) is not None] for one in ASSEMBLIES}
    if stated:
        other = _OTHER.get(stated, "")
        wrong = hits[other] if other and not hits[stated] else []
        if not wrong:
            return Reading(stated)
        names = _named([change for c in wrong if (change := _at(c, other, known))])
        return Reading(
            stated,
            f"the calls are said to be of {stated}, but known changes stand at their places on "
            f"{other} "
            f"({names}) and none on {stated}: not described; if they are of {other}, correct the "
            "header of the file, or state the assembly (--assembly)",
        )
    best = max(ASSEMBLIES, key=lambda one: len(hits[one]))
    right, wrong_ = len(hits[best]), len(hits[_OTHER[best]])
    if not right or wrong_ or len(calls) > least * right:
        return Reading("")
    names = _named([change for c in hits[best] if (change := _at(c, best, known))])
    return Reading(
        best,
        f"the assembly is not stated; {_count(right, 'known change')} stand at their places on "
        f"{best} ({names}) and none on {_OTHER[best]}: read as {best}",
    )


def _of_told(variants: Sequence[SmallVariant], stated: str, known: PlacedChanges) -> Reading:
    """The assembly of annotated variants of one stated assembly."""
    fits: dict[str, list[PlacedChange]] = {one: [] for one in ASSEMBLIES}
    for variant in variants:
        edit = _edit(variant)
        for change in known.named(variant.gene, variant.protein or variant.coding):
            bases = (change.chromosome, change.reference, change.alternate)
            if bases != (edit[0], edit[2], edit[3]):
                continue
            for one in ASSEMBLIES:
                if change.place(one) == edit[1]:
                    fits[one].append(change)
    best = max(ASSEMBLIES, key=lambda one: len(fits[one]))
    if not fits[best] or best == stated:
        return Reading(stated)
    names = _named(fits[best])
    if not stated:
        return Reading("" if fits[_OTHER[best]] else best)
    if fits[stated]:
        return Reading(
            stated,
            f"variants said to be of {stated} stand at their places on {best} too ({names}): two "
            "assemblies may be mixed in one file; split it, or lift over one part",
        )
    return Reading(
        best,
        f"variants are said to be of {stated}, but known ones stand at their places on {best} "
        f"({names}) and "
        f"none on {stated}: read as {best}; correct the header of the file",
    )


def _filled(call: SmallVariant, change: PlacedChange, assembly: str) -> SmallVariant:
    by_whom = f"{change.source}, added by the user" if change.added else change.source
    return msgspec.structs.replace(
        call,
        gene=change.gene,
        protein=change.protein,
        coding=change.coding,
        consequence=change.consequence,
        first=change.first,
        last=change.last,
        transcript=change.transcript,
        assembly=assembly,
        described_by=f"{MATCHED} ({by_whom})",
    )


def _renamed(alteration: Alteration, named: dict[str, str]) -> Alteration:
    if not isinstance(alteration, SmallVariant) or alteration.assembly not in named:
        return alteration
    return msgspec.structs.replace(alteration, assembly=named[alteration.assembly])


def _named(changes: Sequence[PlacedChange]) -> str:
    """The first few changes by name, the rest by number."""
    return _listed([f"{c.gene} {c.protein or c.coding}" for c in changes])


def _listed(names: Sequence[str]) -> str:
    unique = list(Counter(names))
    more = f" and {len(unique) - SHOWN} more" if len(unique) > SHOWN else ""
    return ", ".join(unique[:SHOWN]) + more


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def matched_by_place(found: SmallVariant) -> str:
    """Of each change by itself, so that one that is withheld takes no other's word with it."""
    return f"{found.label}: told by its place, and matched to a known change without a reference"
