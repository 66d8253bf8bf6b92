"""Clauses between which an "or" stands, as one list of alternatives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onkos.sources.knowledge.trials.freetext.layout import Clause

_ENDS = re.compile(r"\b(?:and\s*/\s*)?or\W*$", re.IGNORECASE)
_BEGINS = re.compile(r"[\W_]*(?:and\s*/\s*)?or\b(?!\s*[-/])", re.IGNORECASE)
_OTHER = re.compile(
    r"[\W_]*(?:any )?other\b(?! than)[^.;:,]{0,50}\b"
    r"(?:mutation|alteration|aberration|fusion|variant|rearrangement|amplification)s?\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\W_]*(?:and\s*/\s*)?or[\W_]*", re.IGNORECASE)
_GOES_ON = re.compile(r"[,;][\s)\]]*$")
_FIRST = 1_000_000  # numbers of lists that are told by "or": apart from those of opening lines


def listed(text: str, clauses: list[Clause]) -> list[Clause]:
    """Clauses with the number of the list that an "or" at an end or a beginning makes of them."""
    found = list(clauses)
    at = 0
    while at < len(found):
        end = at
        while end + 1 < len(found) and _joins(text, found[end], found[end + 1]):
            end = _whole_line(found, end + 1) if _on(found, end, end + 1) else end + 1
        if end > at:
            first = _first(text, found, at)
            number = found[end].any_of or found[at].any_of or _FIRST + first
            item = found[first].start
            for n in range(first, end + 1):
                new = n > first and _parts_items(text, found, n)
                item = found[n].start if new else item
                found[n] = found[n]._replace(any_of=number, item=item, sure=True)
        at = end + 1
    return found


def _on(clauses: list[Clause], one: int, after: int) -> bool:
    """Whether a clause stands on another line than the one before."""
    return clauses[one].item != clauses[after].item


def _whole_line(clauses: list[Clause], at: int) -> int:
    """The last clause of the line in which one stands: later sentences belong to it."""
    while at + 1 < len(clauses) and not _on(clauses, at, at + 1):
        at += 1
    return at


def _joins(text: str, one: Clause, after: Clause) -> bool:
    """Whether "or" stands at the end of a clause, or at the beginning of the next."""
    if one.section is not after.section:
        return False
    ends = _ENDS.search(text[one.start : one.end].rstrip())
    said = text[after.start : after.end]
    others = one.section == "inclusion" and _OTHER.match(said)
    return bool(ends) or bool(_BEGINS.match(said)) or bool(others)


def _first(text: str, clauses: list[Clause], at: int) -> int:
    """Where a list begins: with its line, and with lines before it that end with a comma."""
    while at and clauses[at - 1].section is clauses[at].section:
        before = clauses[at - 1]
        goes_on = _GOES_ON.search(text[before.start : before.end].rstrip())
        if not goes_on and (_on(clauses, at - 1, at) or text[before.end - 1 : before.end] == ";"):
            break
        if clauses[at - 1].any_of != clauses[at].any_of:
            break
        at -= 1
    return at


def _parts_items(text: str, clauses: list[Clause], n: int) -> bool:
    """Whether a clause of a list is another way than the one before it."""
    before = clauses[n - 1]
    if _BARE.fullmatch(text, clauses[n].start, clauses[n].end):
        return False  # an "or" on a line of its own is no way
    if _joins(text, before, clauses[n]):
        return True
    said = text[before.start : before.end].rstrip()
    return bool(_GOES_ON.search(said)) or text.find("\n", before.start, clauses[n].start) >= 0
