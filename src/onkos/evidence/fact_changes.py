"""What differs between the facts of two states of one claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from onkos.model import Approval, Claim, Guideline, Study
from onkos.model.change import FieldChange

Fact = Approval | Guideline | Study
WITHDRAWN = "approval withdrawn"
_KINDS = (("approvals", "approval"), ("guidelines", "guideline"), ("studies", "study"))
_OF_THEIR_OWN = {"level": "level", "direction": "positive"}  # told of the claim as a whole


def withdrawn(before: Claim, after: Claim | None) -> tuple[FieldChange, ...]:
    """Approvals that stood and stand no more, or are told no more."""
    stand = {_key(one) for one in after.approvals if one.stands} if after else set()
    now = {_key(one): one.source_id for one in after.approvals} if after else {}
    return tuple(
        FieldChange(field=WITHDRAWN, before=one.source_id, after=now.get(_key(one), ""))
        for one in before.approvals
        if one.stands and _key(one) not in stand
    )


def of_facts(before: Claim, after: Claim) -> Iterator[FieldChange]:
    """Levels and directions, then approvals, guidelines and studies one by one."""
    own = (*_levels(before, after), *_directions(before, after))
    yield from own
    left_out = frozenset(_OF_THEIR_OWN[change.field] for change in own)
    told = {change.before for change in withdrawn(before, after)}
    for field, name in _KINDS:
        old, new = _by_key(getattr(before, field)), _by_key(getattr(after, field))
        found = list(_one_by_one(name, old, new, left_out))
        yield from (change for change in found if change.before not in told)
        if not found and list(old) != list(new):
            yield FieldChange(field=f"order of {field}", wording=True)


def _levels(before: Claim, after: Claim) -> Iterator[FieldChange]:
    old, new = (", ".join(sorted({s.level for s in one.studies} - {""})) for one in (before, after))
    if old != new:
        yield FieldChange(field="level", before=old, after=new)


def _directions(before: Claim, after: Claim) -> Iterator[FieldChange]:
    old, new = (_direction(one) for one in (before, after))
    if old != new:
        yield FieldChange(field="direction", before=old, after=new)


def _direction(claim: Claim) -> str:
    return ", ".join(sorted({"supports" if s.positive else "contrary" for s in claim.studies}))


def _one_by_one(
    name: str, old: Mapping[str, Fact], new: Mapping[str, Fact], left_out: frozenset[str]
) -> Iterator[FieldChange]:
    for key, fact in old.items():
        if key not in new:
            yield FieldChange(field=name, before=fact.source_id)
    for key, fact in new.items():
        if key not in old:
            yield FieldChange(field=name, after=fact.source_id)
        elif fact != old[key]:
            yield from _inside(name, old[key], fact, left_out)


def _inside(name: str, old: Fact, new: Fact, left_out: frozenset[str]) -> Iterator[FieldChange]:
    """What differs inside one fact, but for what is told of the claim as a whole."""
    for field in new.__struct_fields__:
        was, is_ = getattr(old, field), getattr(new, field)
        if was != is_ and field not in left_out:
            where = f"{name} {new.source_id}: {field.replace('_', ' ')}"
            by_name = field == "name" and old.source_id == new.source_id
            yield FieldChange(
                field=where,
                before=_text(was),
                after=_text(is_),
                wording=by_name or field in {"title", "source"},
            )


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _by_key(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Facts by what identifies them; a number tells twins apart."""
    found: dict[str, Fact] = {}
    for fact in facts:
        key, number = _key(fact), 2
        while key in found:
            key, number = f"{_key(fact)} ({number})", number + 1
        found[key] = fact
    return found


def _key(fact: Fact) -> str:
    match fact:
        case Approval(regulator=regulator, on=on, setting=setting):
            return f"{regulator} {on or ''} {setting or ''}"
        case Guideline(body=body, title=title):
            return f"{body} {title}"
        case _:
            return fact.source_id
