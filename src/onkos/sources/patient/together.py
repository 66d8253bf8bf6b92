"""Findings of all inputs of a case together, none of them counted twice."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from onkos.model import Alteration, Origin, SmallVariant
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.swallowed import counted_once

A = TypeVar("A", bound=Alteration)

TWICE = "stated, and read from a file too"
ANOTHER_FILE = "in another file of the sample too"


def together(told: Observed, observed: Sequence[Observed]) -> Observed:
    """All that was told and read; a plain statement of what a file has too counts once."""
    in_files = {
        (a.gene, a.protein)
        for one in observed
        for a in one.alterations
        if isinstance(a, SmallVariant) and a.protein
    }
    kept = [a for a in told.alterations if not _stated_again(a, in_files)]
    again = len(told.alterations) - len(kept)
    filtered = Counter({TWICE: again}) if again else Counter[str]()
    whole = Observed(
        alterations=kept,
        phases=list(told.phases),
        measurements=list(told.measurements),
        unread=list(told.unread),
        filtered=told.filtered + filtered,
        rows=told.rows,
        notices=list(told.notices),
        beside=told.beside,
    )
    seen = _Seen()
    if len(observed) > 1:
        found = (a for one in observed for a in (*one.alterations, *one.calls))
        seen.inherited |= {_change_of(a) for a in found if a.origin is Origin.GERMLINE}
    for one in observed:
        whole.add(_unseen(one, seen) if len(observed) > 1 else one)
    counted_once(whole)
    return whole


@dataclasses.dataclass(slots=True)
class _Seen:
    """Changes that earlier files told, and those that any file calls inherited."""

    origin: dict[tuple[str, ...], Origin] = dataclasses.field(default_factory=dict)
    inherited: set[tuple[str, ...] | None] = dataclasses.field(default_factory=set)


def _unseen(one: Observed, seen: _Seen) -> Observed:
    """What a file tells that no earlier file of the same sample told; adds it to `seen`.

    A change counted twice would tell of two changes: callers are often given together.
    """
    alterations, calls = _first_told(one.alterations, seen), _first_told(one.calls, seen)
    again = len(one.alterations) - len(alterations) + len(one.calls) - len(calls)
    if not again:
        return one
    return dataclasses.replace(
        one,
        alterations=alterations,
        calls=calls,
        filtered=one.filtered + Counter({ANOTHER_FILE: again}),
    )


def _first_told(found: Sequence[A], seen: _Seen) -> list[A]:
    keys = [_change_of(alteration) for alteration in found]
    kept = [
        alteration
        for alteration, key in zip(found, keys, strict=True)
        if key is None or not _told_elsewhere(alteration, key, seen)
    ]
    for alteration, key in zip(found, keys, strict=True):
        if key is not None and not _called_inherited(alteration, key, seen):
            seen.origin.setdefault(key, alteration.origin)
    return kept


def _told_elsewhere(alteration: Alteration, key: tuple[str, ...], seen: _Seen) -> bool:
    if _called_inherited(alteration, key, seen):
        return True
    return _same_origin(seen.origin.get(key), alteration.origin)


def _called_inherited(alteration: Alteration, key: tuple[str, ...], seen: _Seen) -> bool:
    """Of unknown origin here, and called inherited by some file."""
    return alteration.origin is Origin.UNKNOWN and key in seen.inherited


def _change_of(alteration: Alteration) -> tuple[str, ...] | None:
    """By what a change is known again: its gene and words, or its place where it has no gene."""
    if not isinstance(alteration, SmallVariant):
        return None
    if not alteration.gene:
        place = (alteration.assembly, alteration.chromosome, str(alteration.position))
        return (alteration.sample, *place, alteration.reference, alteration.alternate)
    change = alteration.protein or alteration.coding
    return (alteration.sample, alteration.gene, change) if change else None


def _same_origin(one: Origin | None, other: Origin) -> bool:
    return one is not None and (one is other or Origin.UNKNOWN in {one, other})


def _stated_again(alteration: Alteration, in_files: set[tuple[str, str]]) -> bool:
    return (
        isinstance(alteration, SmallVariant)
        and (alteration.gene, alteration.protein) in in_files
        and alteration.origin is not Origin.GERMLINE
        and alteration.vaf is None
        and alteration.biallelic is None
    )
