"""A case as it would have been read, had its inherited changes not stood in the input."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from onkos.model.noun import Noun
from onkos.model.unread import Unread

if TYPE_CHECKING:
    from onkos.model.case import Case

_WORDS = re.compile(
    r"germ[\s_-]?line|hereditar|inherit|constitutional|familial|carrier|lynch|fraumeni|\bg[A-Z]"
)
NO_ROWS = "the file has column names and no rows"
_WITHHELD = "withheld: it may speak of inherited changes"


class Apart(Noun, frozen=True, kw_only=True):
    """What rows that call themselves inherited told beside their findings.

    All of it stands in the case too; it is taken out where inherited findings are withheld.

    Attributes
    ----------
    notices : tuple of str
        Those that no other row gave.
    instead : tuple of str
        What would have been said, had these rows not been there.
    """

    rows: int = 0
    filtered: dict[str, int] = {}
    called: dict[str, int] = {}
    unread: tuple[Unread, ...] = ()
    notices: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


NOTHING_APART = Apart()


def both(one: Apart, notices: Iterable[str], other: Apart, other_notices: Iterable[str]) -> Apart:
    """Two of them as one; a notice that any other row gave, by `notices`, is not theirs alone."""
    if one is NOTHING_APART and other is NOTHING_APART:
        return NOTHING_APART
    own = (set(notices) - set(one.notices)) | (set(other_notices) - set(other.notices))
    return Apart(
        rows=one.rows + other.rows,
        filtered=dict(Counter(one.filtered) + Counter(other.filtered)),
        called=dict(Counter(one.called) + Counter(other.called)),
        unread=(*one.unread, *other.unread),
        notices=tuple(n for n in (*one.notices, *other.notices) if n not in own),
        instead=(*one.instead, *other.instead),
    )


def speaks_of_inheritance(text: str) -> bool:
    """Whether a text is about inherited changes.

    >>> speaks_of_inheritance("gBRCA1 mutation"), speaks_of_inheritance("EGFR L858R")
    (True, False)
    """
    return bool(_WORDS.search(text) or _WORDS.search(text.casefold()))


def without_rows_of_inherited(case: Case) -> Case:
    """The case without the rows that call themselves inherited, but for their findings.

    What was not understood loses its words and its line: both may speak of a row before it.
    """
    apart = case.apart
    gone = set(map(id, _among(apart.unread, case.unread)))
    # A file may have no rows because all were inherited: of none it is told that it is empty.
    gone_too = {*apart.notices, NO_ROWS}
    notices = [*(n for n in case.notices if n not in gone_too), *apart.instead]
    return msgspec.structs.replace(
        case,
        rows=max(case.rows - apart.rows, 0),
        filtered=dict(Counter(case.filtered) - Counter(apart.filtered)),
        called=dict(Counter(case.called) - Counter(apart.called)),
        unread=tuple(
            _blank(one) for one in case.unread if id(one) not in gone and not _speaks(one)
        ),
        notices=tuple(dict.fromkeys(n for n in notices if not speaks_of_inheritance(n))),
        apart=NOTHING_APART,
    )


def _among(some: Iterable[Unread], found: Iterable[Unread]) -> list[Unread]:
    """Of what was found, one for each of `some` that equals it."""
    left = Counter(msgspec.json.encode(one) for one in some)
    gone = []
    for one in found if left else ():
        key = msgspec.json.encode(one)
        if left[key]:
            left[key] -= 1
            gone.append(one)
    return gone


def _speaks(item: Unread) -> bool:
    return speaks_of_inheritance(item.text) or speaks_of_inheritance(item.remedy)


def _blank(item: Unread) -> Unread:
    """Without its words: what was not understood may be of any gene."""
    return Unread(source=item.source, reason=_WITHHELD)
