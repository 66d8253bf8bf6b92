"""What differs between two states of one source, claim by claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from onkos.evidence.fact_changes import of_facts, withdrawn
from onkos.model import Claim, Unread, entry_of, regimen_name
from onkos.model.change import ChangeKind, ClaimChange, FieldChange

_Words = Callable[[Claim], str]


def _plain(field: str) -> _Words:
    return lambda claim: str(getattr(claim, field) or "")


def _list(field: str) -> _Words:
    return lambda claim: ", ".join(getattr(claim, field))


# Every field of a claim but its facts, as a reader names it; in the order of their weight.
FIELDS: dict[str, tuple[str, _Words]] = {
    "effect": ("effect", _plain("effect")),
    "therapy": ("therapy", lambda claim: regimen_name(claim.therapy)),
    "when": ("criterion", _plain("when")),
    "disease": ("disease", _list("disease")),
    "disease_except": ("disease excepted", _list("disease_except")),
    "setting": ("setting", _plain("setting")),
    "mechanism": ("mechanism", _plain("mechanism")),
    "condition": ("condition", _plain("condition")),
    "over": ("over", lambda claim: ", ".join(map(regimen_name, claim.over))),
    "home_only": ("this disease only", _plain("home_only")),
    "in_any_regimen": ("in any regimen", _plain("in_any_regimen")),
    "advice": ("advice", _plain("advice")),
    "cascade": ("advice for relatives", _plain("cascade")),
    "raise_when": ("raised where", _plain("raise_when")),
    "unverified": ("not verified", _plain("unverified")),
    "note": ("note", _plain("note")),
    "source": ("source", _plain("source")),
    "id": ("id", _plain("id")),
}

_WORDING = frozenset({"note", "source"})


def changes(
    before: Iterable[Claim],
    after: Iterable[Claim],
    unread_before: Sequence[Unread] = (),
    unread_after: Sequence[Unread] = (),
) -> tuple[ClaimChange, ...]:
    """Claims that are new, gone or not the same.

    Claims are paired by id; then those of one entry of which a single one is left on either
    side, as where a row names another drug.

    Parameters
    ----------
    unread_before, unread_after : sequence of Unread
        Rows that were not understood, so that a claim lost to the reader is told from one that
        its source took back.

    Returns
    -------
    tuple of ClaimChange
        Withdrawn approvals first; then changed, removed and added ones, by id. Applied to the
        first claims they give the second.

    Raises
    ------
    ValueError
        Where an id stands twice on one side.
    """
    old, new = _by_id(before), _by_id(after)
    pairs = [(old[id_], new[id_]) for id_ in old.keys() & new.keys() if old[id_] != new[id_]]
    gone = {id_: claim for id_, claim in old.items() if id_ not in new}
    come = {id_: claim for id_, claim in new.items() if id_ not in old}
    for one, other in _renamed(gone, come):
        pairs.append((gone.pop(one), come.pop(other)))
    lost, found = _reasons(unread_after), _reasons(unread_before)
    made = [_changed(*pair) for pair in pairs]
    made += [
        ClaimChange(before=claim, withdrawn=bool(withdrawn(claim, None)), unread=_why(claim, lost))
        for claim in gone.values()
    ]
    made += [ClaimChange(after=claim, unread=_why(claim, found)) for claim in come.values()]
    return tuple(sorted(made, key=_order))


def applied(claims: Iterable[Claim], made: Iterable[ClaimChange]) -> tuple[Claim, ...]:
    """Claims with the changes made to them, by id.

    Raises
    ------
    ValueError
        Where a claim is not as the change says that it was.
    """
    table = _by_id(claims)
    made = tuple(made)
    for change in made:
        if change.before is not None and table.pop(change.before.id, None) != change.before:
            raise ValueError(f"{change.before.id} is not as the change says that it was")
    for change in made:
        if change.after is not None:
            if change.after.id in table:
                raise ValueError(f"{change.after.id} is there already")
            table[change.after.id] = change.after
    return tuple(table[id_] for id_ in sorted(table))


def _by_id(claims: Iterable[Claim]) -> dict[str, Claim]:
    found: dict[str, Claim] = {}
    for claim in claims:
        if claim.id in found:
            raise ValueError(f"the id {claim.id!r} stands twice")
        found[claim.id] = claim
    return found


def _renamed(gone: dict[str, Claim], come: dict[str, Claim]) -> list[tuple[str, str]]:
    """Ids of one entry of which one claim is gone and one has come."""
    left, right = _by_entry(gone), _by_entry(come)
    shared = left.keys() & right.keys()
    return [(left[e][0], right[e][0]) for e in shared if len(left[e]) == len(right[e]) == 1]


def _by_entry(claims: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id_ in claims:
        found.setdefault(entry_of(id_), []).append(id_)
    return found


def _changed(before: Claim, after: Claim) -> ClaimChange:
    gone = withdrawn(before, after)
    fields = (*gone, *_fields(before, after), *of_facts(before, after))
    return ClaimChange(
        before=before,
        after=after,
        fields=fields,
        withdrawn=bool(gone),
    )


def _fields(before: Claim, after: Claim) -> Iterator[FieldChange]:
    for field, (name, words) in FIELDS.items():
        if getattr(before, field) != getattr(after, field):
            yield FieldChange(
                field=name,
                before=words(before),
                after=words(after),
                wording=_only_wording(field, before, after),
            )


def _only_wording(field: str, before: Claim, after: Claim) -> bool:
    """Notes, and the order in which drugs or diseases are written."""
    if field in {"therapy", "disease", "disease_except"}:
        return sorted(getattr(before, field)) == sorted(getattr(after, field))
    return field in _WORDING


def _reasons(rows: Iterable[Unread]) -> dict[str, str]:
    """Reasons by the id that a row is told with."""
    return {row.text.partition(":")[0].strip(): row.reason for row in rows}


def _why(claim: Claim, reasons: dict[str, str]) -> str:
    return reasons.get(entry_of(claim.id).partition(":")[2], "")


_KINDS = (ChangeKind.CHANGED, ChangeKind.REMOVED, ChangeKind.ADDED)


def _order(change: ClaimChange) -> tuple[bool, int, str]:
    return (not change.withdrawn, _KINDS.index(change.kind), change.claim.id)
