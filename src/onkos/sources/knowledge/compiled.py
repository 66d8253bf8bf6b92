"""What adapters make of a snapshot, and the knowledge with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from onkos.errors import KnowledgeError
from onkos.model import (
    Claim,
    FunctionalStudy,
    Hotspot,
    Knowledge,
    OncogenicityFacts,
    PlacedChange,
    Source,
    Unread,
)
from onkos.model.source import RECORDS


class GeneRole(NamedTuple):
    """What a list says that a gene does."""

    gene: str
    role: str


Row = Claim | Hotspot | FunctionalStudy | PlacedChange | GeneRole | str | Unread


class Compiled(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the adapter made of one snapshot.

    Attributes
    ----------
    differences : tuple of str
        Between a vocabulary and ours.
    records : int
        Of an archive, which are looked up where they lie.
    more : dict of str to int
        Rows not understood by reason, beside those in `unread`.
    """

    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = ()
    hotspots: tuple[Hotspot, ...] = ()
    studies: tuple[FunctionalStudy, ...] = ()
    changes: tuple[PlacedChange, ...] = ()
    roles: dict[str, str] = {}
    differences: tuple[str, ...] = ()
    records: int = 0
    more: dict[str, int] = {}

    @property
    def not_understood(self) -> int:
        """All rows that were not, those that are listed and those that are counted alone."""
        return len(self.unread) + sum(self.more.values())

    def count(self, kind: str) -> int:
        """How many facts of a kind it holds; a vocabulary may differ in none, and is read."""
        if kind == RECORDS:
            return self.records
        if kind == "vocabulary":
            return max(1, len(self.differences))
        return len(getattr(self, kind))


def parted(rows: Iterable[Row]) -> Compiled:
    """Rows by what they are."""
    found: dict[type, list[Row]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    told = {name: tuple(found.get(kind, ())) for name, kind in _FIELDS.items()}
    roles = {row.gene: row.role for row in found.get(GeneRole, ()) if isinstance(row, GeneRole)}
    return Compiled(**told, roles=roles)  # type: ignore[arg-type]


_FIELDS: dict[str, type] = {
    "claims": Claim,
    "unread": Unread,
    "hotspots": Hotspot,
    "studies": FunctionalStudy,
    "changes": PlacedChange,
    "differences": str,
}


def with_facts(knowledge: Knowledge, source: Source, compiled: Compiled, name: str) -> Knowledge:
    """The knowledge with what a snapshot tells.

    Claims of others stand beside ours. Hotspots take the place of the built-in ones, and one
    list of them can be whole; roles and studies of several sources are put together, and the
    first source, by its id, to give a gene a role is the one that counts.

    Raises
    ------
    KnowledgeError
        Where a second list of hotspots would take the place of a first.
    """
    if source.kind == "claims":
        return msgspec.structs.replace(knowledge, others=(*knowledge.others, *compiled.claims))
    if source.kind == "changes":
        changes = (*knowledge.added_changes, *compiled.changes)
        return msgspec.structs.replace(knowledge, added_changes=changes)
    if source.kind in {"vocabulary", RECORDS}:
        return knowledge
    facts = _facts(knowledge.vocabulary.oncogenicity, source, compiled, name)
    vocabulary = msgspec.structs.replace(knowledge.vocabulary, oncogenicity=facts)
    return msgspec.structs.replace(knowledge, vocabulary=vocabulary)


def _facts(
    facts: OncogenicityFacts, source: Source, compiled: Compiled, name: str
) -> OncogenicityFacts:
    if source.kind == "roles":
        return msgspec.structs.replace(facts, roles={**compiled.roles, **facts.roles})
    if source.kind == "studies":
        return msgspec.structs.replace(facts, studies=(*facts.studies, *compiled.studies))
    if facts.whole_list:
        raise KnowledgeError(f"{name} and {facts.whole_list} are both whole lists; read one")
    return msgspec.structs.replace(facts, hotspots=compiled.hotspots, whole_list=name)
