"""Criteria of a text as its cohorts, its lists and its exceptions bind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onkos.model.trial import AllOf, AnyOf, Eligibility, Part, Polarity, TrialCriterion
from onkos.sources.knowledge.trials.freetext.layout import Clause

_OTHERS = "other cohorts or alternatives of the trial, not read"


class Found(NamedTuple):
    """A criterion of one clause, and how it is bound.

    Attributes
    ----------
    criterion : TrialCriterion
    scope : str
        The cohort for which alone it holds.
    any_of : int
        The list of alternatives that it is one of.
    item : int
        The item of that list.
    limit : str
        Why it may hold for fewer patients.
    narrower : str
        Why its words ask for more than was read.
    """

    criterion: TrialCriterion
    scope: str = ""
    any_of: int = 0
    item: int = 0
    limit: str = ""
    narrower: str = ""


def bound(found: list[Found], clauses: list[Clause]) -> Iterator[Eligibility]:
    """Rules of the whole text: alternatives joined where their first one stands."""
    ways: dict[int, list[Found]] = {}
    for one in found:
        if _one_way(one):
            ways.setdefault(_list_of(one), []).append(one)
    for one in found:
        if one.criterion.unread or not (one.scope or one.any_of or one.limit):
            yield _rule(one)
        elif _one_way(one):
            if one is ways[_list_of(one)][0]:
                yield _any_of(ways[_list_of(one)], clauses)
        else:
            why = one.limit or f"holds for {one.scope or 'one of several'} alone"
            yield AnyOf(of=(_rule(one), _open(why)))


def _rule(one: Found) -> Eligibility:
    """A criterion, beside what its own words ask for more."""
    if not one.narrower:
        return one.criterion
    return AllOf(of=(one.criterion, _open(one.narrower)))


def _list_of(one: Found) -> int:
    """The list of a way: all cohorts are one."""
    return 0 if one.scope else one.any_of


def _one_way(one: Found) -> bool:
    required = one.criterion.polarity is Polarity.REQUIRED
    return required and not one.criterion.unread and bool(one.scope or one.any_of)


def _open(why: str) -> TrialCriterion:
    return TrialCriterion(text=why, part=Part.TEXT, unread=why)


def _any_of(ways: list[Found], clauses: list[Clause]) -> Eligibility:
    """One way in for each cohort or item of a list; another where some were not read."""
    by_way: dict[tuple[str, int, int], list[Eligibility]] = {}
    for one in ways:
        key = (one.scope, one.any_of, one.item if one.any_of else 0)
        by_way.setdefault(key, []).append(_rule(one))
    parts: list[Eligibility] = [
        rules[0] if len(rules) == 1 else AllOf(of=tuple(rules)) for rules in by_way.values()
    ]
    if len(parts) == 1 or any(one.limit for one in ways) or _unread(ways, clauses):
        parts.append(_open(_OTHERS))
    return AnyOf(of=tuple(parts))


def _unread(ways: list[Found], clauses: list[Clause]) -> bool:
    """Whether a cohort or an item has nothing that was read, or the list is not told as one."""
    read = {one.scope for one in ways}
    if not {clause.scope for clause in clauses if clause.scope} <= read and read != {""}:
        return True
    lists = {one.any_of for one in ways if one.any_of}
    items = {one.item for one in ways if one.any_of}
    mine = [clause for clause in clauses if clause.any_of in lists]
    return any(clause.item not in items or not clause.sure for clause in mine)
