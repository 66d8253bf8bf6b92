"""Words that say more of a group: its origin, its alleles, its domain, how its names are joined."""

from __future__ import annotations

from itertools import pairwise

from onkos.sources.knowledge.trials.freetext.islands import Group, Island
from onkos.sources.knowledge.trials.freetext.words import Word

_OWN = frozenset({"CHANGE", "EXON"})
_MUTATED = frozenset({"mutation", "alteration", "loss", "loss of function"})
_MARKS = frozenset({"ORIGIN", "DOMAIN"})
_AROUND = frozenset({"FILL", "SEP", "BRACKET", "MARK", "CUE_bearing", "NARROW", *_MARKS})
_STROKES = frozenset({"or", "OR", "Or", "and", "/", ",", "(", ")", "-"})
_SOME = "whether the origin or domain that is named is meant here too is not told"
_DENIED_MARK = "an origin that is denied, or named beside another"


def qualified(told: list[Word], island: Island, groups: list[Group]) -> list[Group]:
    """Groups with the origin and domain that the words around them tell."""
    groups = [group._replace(joined=_joined(told, group)) for group in groups]
    marks = [n for n in _region(told, island) if told[n].kind in _MARKS]
    if not marks or not groups:
        return groups
    places = [place(told, group) for group in groups]
    given: list[list[int]] = [[] for _ in groups]
    for n in marks:
        owner = _owner(told, places, n)
        if owner >= 0:
            given[owner].append(n)
    carried = _carried(groups, given)
    return [
        _marked(told, group, given[i], carried[i], _of_another(i, groups, places, given))
        for i, group in enumerate(groups)
    ]


def place(told: list[Word], group: Group) -> tuple[int, int]:
    """The first and the last word of a group, by their numbers in the clause."""
    first = group.names[0].start
    kinds = [k for k in group.kinds if group.leading or (first <= k.start and not group.borrowed)]
    starts = [word.start for word in (*group.names, *kinds)]
    inside = [n for n, word in enumerate(told) if min(starts) <= word.start <= max(starts)]
    return inside[0], inside[-1]


def _region(told: list[Word], island: Island) -> range:
    """An island with the words around it that mean nothing of their own."""
    first, last = island.first, island.last
    while first > 0 and told[first - 1].kind in _AROUND:
        first -= 1
    while last + 1 < len(told) and told[last + 1].kind in _AROUND:
        last += 1
    return range(first, last + 1)


def _owner(told: list[Word], places: list[tuple[int, int]], n: int) -> int:
    """The group that a mark stands in, before, or behind in brackets."""
    for i, (first, last) in enumerate(places):
        if first <= n <= last:
            return i
    after = next((i for i, (first, _) in enumerate(places) if first > n), -1)
    before = max((i for i, (_, last) in enumerate(places) if last < n), default=-1)
    brackets = [w.value for w in told[:n] if w.kind == "BRACKET"]
    bracketed = brackets[-1:] in (["("], ["["]) and places[before][1] < _opened(told, n)
    return before if after < 0 or (bracketed and before >= 0) else after


def _opened(told: list[Word], n: int) -> int:
    """The last bracket that opens before a word."""
    return max((m for m in range(n) if told[m].value in {"(", "["}), default=-1)


def _carried(groups: list[Group], given: list[list[int]]) -> list[list[int]]:
    """Marks of a list whose class stands at its end or its head: they hold for all of it."""
    found = [list(one) for one in given]
    for i, group in enumerate(groups[1:], 1):
        if groups[i - 1].borrowed or not group.leading:
            found[i] = found[i] or found[i - 1]
    return found


def _of_another(
    i: int, groups: list[Group], places: list[tuple[int, int]], given: list[list[int]]
) -> bool:
    """Whether a mark of another mutation of the list may be meant of this one too."""
    if not any(k.kind in _OWN or k.value in _MUTATED for k in groups[i].kinds):
        return False
    before = any(n < places[j][0] for j in range(i) for n in given[j])
    return before or any(n > places[j][1] for j in range(i + 1, len(groups)) for n in given[j])


def _marked(
    told: list[Word], group: Group, own: list[int], carried: list[int], another: bool
) -> Group:
    if group.target:
        return group
    if not carried:
        return group._replace(doubt=_SOME if another else "")
    if any(_denied(told, n) or _one_of_others(told, n) for n in carried):
        return group._replace(doubt=_DENIED_MARK)
    if _of_one_name(told, group, carried):
        letters = tuple(told[n] for n in own if told[n].end == group.names[0].start)
        return group._replace(doubt=_SOME, beside=letters)
    marks, beside = tuple(told[n] for n in carried), tuple(told[n] for n in own)
    if group.names[0].kind == "PHRASE":
        ends = [word.start for word in (*marks, *group.kinds)]
        group = group._replace(joined=_between(told, group.names[0].start, max(ends)))
    return group._replace(marks=marks, beside=beside)


def _of_one_name(told: list[Word], group: Group, carried: list[int]) -> bool:
    """Whether a mark is told of one gene of several: "gBRCA or ATM", "germline A, somatic B"."""
    first, last = group.names[0].start, group.names[-1].start
    if any(first < told[n].start < last for n in carried):
        return True
    touching = any(told[n].end == group.names[0].start for n in carried)
    ends = [one.end == other.start for one, other in pairwise(group.names)]
    return touching and not all(ends)


def _denied(told: list[Word], n: int) -> bool:
    before = [w.value.casefold() for w in told[max(0, n - 2) : n] if w.value != "-"]
    return before[-1:] in (["non"], ["not"])


def _one_of_others(told: list[Word], n: int) -> bool:
    """Whether "or" joins an origin to words that are none: "germline or tumour"."""
    after = [w for w in told[n + 1 :] if w.value not in _STROKES]
    before = [w for w in told[:n][::-1] if w.value not in _STROKES]
    for side, near in ((told[n + 1 :], after), (told[:n][::-1], before)):
        joined = {w.value.casefold() for w in side[:3] if w.kind == "SEP"} & {"or", "/"}
        next_to = bool(side) and side[0].kind in {"SEP", "MARK"}
        if joined and next_to and near and near[0].kind in {"FILL", "OTHER", "NARROW"}:
            return True
    return False


def _joined(told: list[Word], group: Group) -> str:
    """How the names of a group are joined."""
    return _between(told, group.names[0].start, group.names[-1].start)


def _between(told: list[Word], first: int, last: int) -> str:
    between = [w.value.casefold() for w in told if first < w.start < last]
    if any(word in {"or", "and or", "either"} for word in between):
        return "or"
    return "and" if {"and", "&"} & set(between) else ""
