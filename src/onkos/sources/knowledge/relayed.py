"""Statements that a file passes on for their owner, who has one voice and says a thing once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from onkos.model import Claim, Criterion, Effect, Snapshot
from onkos.model.claim import entry_of
from onkos.model.noun import Noun

RELAYED = "va_spec:"  # what ids of claims begin with that were read so
FORMAT_NAME = "VA-Spec"  # the name that their file goes by
_OWNERS = Path(__file__).resolve().parent.parent.parent / "knowledge" / "maps" / "owners.toml"
Said = tuple[Criterion, frozenset[str], Effect, bool]


class Owner(Noun, frozen=True, kw_only=True):
    """Who makes statements: ``knowledge/maps/owners.toml``.

    Attributes
    ----------
    namespace : str
        With which its ids begin: ``"civic"`` of ``"civic.eid:1409"``.
    source : str
        The name that its own file goes by.
    lasting : dict of str to str
        Kinds of id that name the same item in every edition, and how the own file's begin.
    sums_up : tuple of str
        How ids begin of items that sum up others of the same owner.
    collects : bool
        Says again what others say.
    """

    namespace: str
    source: str
    lasting: dict[str, str] = msgspec.field(default_factory=dict)
    sums_up: tuple[str, ...] = ()
    collects: bool = False


@lru_cache(maxsize=1)
def owners() -> dict[str, Owner]:
    """Owners by namespace."""
    rows = tomllib.loads(_OWNERS.read_text(encoding="utf-8"))["owner"]
    return {one.namespace: one for one in msgspec.convert(rows, tuple[Owner, ...])}


def owner_of(*ids: str) -> Owner | None:
    """The owner by the first id that tells one.

    >>> owner_of("moa.assertion:71").source
    'MOAlmanac'
    """
    found = (owners().get(one.partition(":")[0].partition(".")[0]) for one in ids)
    return next(filter(None, found), None)


def each_once(claims: tuple[Claim, ...], pins: Iterable[Snapshot] = ()) -> tuple[Claim, ...]:
    """Claims without those passed on that their owner's own file has too.

    The same item by an id that lasts, or the same said: marker, regimen and effect, in diseases
    that the other's holds all of. What collects other owners' statements, under its own names of
    diseases, says nothing where one of these is there. Where the owner's own snapshot is newer than
    the file that passes on, what is left of it was corrected or dropped since, and goes too. An
    assertion rests on items of evidence, and is no claim beside one of its owner that says the
    same of a disease that both name.

    Parameters
    ----------
    pins : iterable of Snapshot
        Those that the claims were read from: their days tell which edition is newer.
    """
    claims = _without_summaries(claims)
    relayed = [claim for claim in claims if claim.id.startswith(RELAYED)]
    if not relayed:
        return claims
    own = [claim for claim in claims if not claim.id.startswith(RELAYED)]
    entries = {entry_of(claim.id) for claim in own}
    collectors = {one.source for one in owners().values() if one.collects}
    newer = _newer_than_passed_on(pins)
    kinds = {name.rstrip("0123456789") for name in entries}
    of_owners = _by_what_is_said(own)
    of_all = _by_what_is_said(claim for claim in claims if claim.source not in collectors)

    def again(claim: Claim) -> bool:
        codes = set(claim.disease)
        if claim.source in collectors:
            return any(codes & set(other.disease) for other in of_all.get(_said(claim), ()))
        if claim.source in newer and _told_in_own(claim, kinds):
            return True
        return _own_id(claim) in entries or any(
            other.source == claim.source and codes <= set(other.disease)
            for other in of_owners.get(_said(claim), ())
        )

    gone = {claim.id for claim in relayed if again(claim)}
    return tuple(claim for claim in claims if claim.id not in gone)


def _without_summaries(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Claims without an assertion that rests on evidence which is there and says the same."""
    begins = tuple(prefix for one in owners().values() for prefix in one.sums_up)
    summaries = [claim for claim in claims if claim.id.startswith(begins)]
    if not summaries:
        return claims
    items = _by_what_is_said(claim for claim in claims if not claim.id.startswith(begins))
    gone = {
        claim.id
        for claim in summaries
        for other in items.get(_said(claim), ())
        if other.source == claim.source and set(claim.disease) & set(other.disease)
    }
    return tuple(claim for claim in claims if claim.id not in gone)


def _newer_than_passed_on(pins: Iterable[Snapshot]) -> frozenset[str]:
    """Owners whose own snapshot is of a later day than the file that passes theirs on."""
    days = {pin.source: pin.version for pin in pins}
    passed_on = days.get(FORMAT_NAME)
    names = {one.source for one in owners().values()}
    return frozenset(
        name for name in names if passed_on is not None and days.get(name, "") > passed_on
    )


def _told_in_own(claim: Claim, kinds: set[str]) -> bool:
    """Whether the owner's own snapshot has items of this kind: one of evidence has no assertion."""
    begins, _ = _own(claim)
    return not begins or begins in kinds


def _own_id(claim: Claim) -> str:
    """The id of the same item in its owner's own file; empty where ids do not last."""
    begins, number = _own(claim)
    return f"{begins}{number}" if begins else ""


def _own(claim: Claim) -> tuple[str, str]:
    """How the id of the same item begins in its owner's own file, and its number."""
    kind, _, number = entry_of(claim.id).removeprefix(RELAYED).partition(":")
    owner = owner_of(kind)
    return (owner.lasting.get(kind, "") if owner else ""), number


def _by_what_is_said(claims: Iterable[Claim]) -> dict[Said, Sequence[Claim]]:
    found: dict[Said, list[Claim]] = {}
    for claim in claims:
        found.setdefault(_said(claim), []).append(claim)
    return dict(found)


def _said(claim: Claim) -> Said:
    return claim.when, frozenset(claim.therapy), claim.effect, claim.only_contradicted
