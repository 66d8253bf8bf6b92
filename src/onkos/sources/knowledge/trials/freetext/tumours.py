"""Clauses that speak of one tumour among several: each is one way beside the others."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from onkos.sources.knowledge.trials.freetext.words import said_words

if TYPE_CHECKING:
    from onkos.sources.knowledge.trials.freetext.layout import Clause

_FIRST = 2_000_000  # numbers of lists of tumours: apart from those of "or" and of opening lines
_LONGEST = 160  # letters of an item that names a tumour and what is asked of it
_MUST = re.compile(
    r"^\W*(?:for\s+)?(?:all\s+)?(?:(?:patients|participants|subjects|those|individuals)\s+)?"
    r"(?:with\b[^.;:]{0,80}|[^.;:,]{0,60}\b(?:patients|participants|subjects))\s+"
    r"(?:must|should|need|have to)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Names of each kind of tumour, as whole words."""
    return {
        kind: re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE)
        for kind, names in said_words()["tumours"].items()
    }


def kinds_of(said: str) -> frozenset[str]:
    """Kinds of tumour that a stretch of text names."""
    return frozenset(kind for kind, names in _patterns().items() if names.search(said))


def of_tumours(text: str, clauses: list[Clause]) -> list[Clause]:
    """Clauses with the list that neighbours of different tumours make, and the tumour of each.

    Items in a row that each name a tumour, not all the same, are ways of which one is enough.
    So is what the patients with a tumour "must" have, where the text names another tumour.
    """
    asked = [clause.section != "exclusion" for clause in clauses]
    kinds = [
        kinds_of(text[clause.start : clause.end]) if here else frozenset()
        for clause, here in zip(clauses, asked, strict=True)
    ]
    named = frozenset().union(*kinds)
    found = list(clauses)
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and _item(found[end], kinds[end]) and _alike(found, at, end):
            end += 1
        several = end - at > 1 and any(kinds[n] - kinds[at] for n in range(at, end))
        for n in range(at, end):
            said = text[found[n].start : found[n].end]
            if several or (len(named) > 1 and _MUST.match(said)):
                number = _FIRST + (at if several else n)
                name = " or ".join(sorted(kinds[n]))
                found[n] = found[n]._replace(any_of=number, item=found[n].start, tumour=name)
        at = max(end, at + 1)
    return found


def _item(clause: Clause, kinds: frozenset[str]) -> bool:
    """Whether a clause of no list yet is short and names a tumour."""
    short = clause.end - clause.start <= _LONGEST
    return bool(kinds) and short and not clause.any_of and not clause.scope


def _alike(clauses: list[Clause], at: int, end: int) -> bool:
    return clauses[at].section is clauses[end].section


def among_tumours(said: str, starts: list[int]) -> bool:
    """Whether tumours are named between the criteria of one clause: "NSCLC with A, CRC with B"."""
    if len(starts) < 2:
        return False
    edges = [0, *sorted(starts)]
    parts = [kinds_of(said[one:after]) for one, after in pairwise(edges)]
    return bool(parts[0]) and any(part - parts[0] for part in parts[1:])
