"""The text around and inside a karyotype made even before the grammar reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLANKS = re.compile(r"[\s\u00ad\u200b\"']+")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "×": "x", "→": ">"})
_WORD = re.compile(r"[a-z_]{3,}", re.IGNORECASE)
_ISCN_WORD = re.compile(
    r"[xy]+c?|or(?:[pqit]|der|del|add|dup|inv|i?dic)?|idem(?:or)?|sdl|inc|x?(?:psu)?i?dic|iso|x?i?der|x?(?:del|dup|add|ins|inv|hsr|trc|trp"
    r"|qdp|tas|abn|rob|rcp|rec|fra|fis|neo|upd)|dirins|invins|invdup|mar|dmin|min|ace|cen|[pq](?:ter"
    r"|h|s|stk|ps)|pstk|dn",
    re.IGNORECASE,
)
_SPACED = re.compile(
    r"^(\s*~?\d{2})(?:\s+|\s*,\s*)([xy]{1,3}c?)\s+(?:(?=\[)|(?=[+-]\d|[a-z]{1,4}\())", re.IGNORECASE
)
_NO_COMMA = re.compile(r"(?<=[)\]xy])(?=[+-][\dxym?a-z])|(?<=idem)(?=[+-])", re.IGNORECASE)
_NO_FIRST_COMMA = re.compile(r"^(~?\d{2})(?=[xy]+(?:[,\[/]|$))", re.IGNORECASE)
_SEMICOLON = re.compile(r";(?=~?\d{2,3}(?:[~-]\d{2,3})?,)")
_PAIR = re.compile(
    r"\(((?:\d{1,2}|[xy])|[pq][\d.?]+),((?:\d{1,2}|[xy])|[pq][\d.?]+)\)", re.IGNORECASE
)
_NEXT_CLONE = re.compile(r"\],(?=~?\d{2}(?:[~-]\d{2})?,?[xy])", re.IGNORECASE)
_BEGINS = re.compile(
    r"~?\d{2,3}(?:[~-]\d{2,3})?(?:<[^<>]*>)?,?(?:[xy?]+c?(?=[,\[/;.+-]|$)|idem|sl|sdl\d*)",
    re.IGNORECASE,
)


def begins_karyotype(text: str) -> bool:
    """Whether a text starts as a karyotype does.

    >>> begins_karyotype("44~46,XX,-7"), begins_karyotype("46 cells were seen")
    (True, False)
    """
    return bool(_BEGINS.match(squeezed(text)))


def squeezed(text: str) -> str:
    """One kind of dash, no blanks and no quotes; ``46 XX del(5q)`` gets its commas first.

    >>> squeezed("46 XX del(5q) [20]"), squeezed("46 XX [20]")
    ('46,XX,del(5q)[20]', '46,XX[20]')
    """
    spaced = _SPACED.sub(_commas, text.translate(_DASHES))
    return _BLANKS.sub("", spaced)


def _commas(head: re.Match[str]) -> str:
    more = head.string[head.end() : head.end() + 1] != "["
    return f"{head[1]},{head[2]}{',' if more else ''}"


def end_of_karyotype(text: str) -> int:
    """Where the karyotype ends and other words begin (``.ish``, ``FISH:``, a remark)."""
    strange = (m for m in _WORD.finditer(text) if not _ISCN_WORD.fullmatch(m.group()))
    found = next(strange, None)
    if found is None:
        return len(text)
    return found.start() - (text[found.start() - 1 : found.start()] in {"(", "."})


def with_commas(text: str) -> str:
    """Commas that laboratories leave out or write for a semicolon, and marks between clones.

    >>> with_commas("45,XY,-7;t(8,21)(q22,q22)[15],46,XY[5]")
    '45,XY,-7,t(8;21)(q22;q22)[15]/46,XY[5]'
    """
    outside = []
    depth = 0
    text = _NO_FIRST_COMMA.sub(r"\1,", text)
    for piece in re.split(r"([()])", text):
        depth += (piece == "(") - (piece == ")")
        outside.append(piece if depth else _SEMICOLON.sub("/", piece).replace(";", ","))
    whole = _PAIR.sub(r"(\1;\2)", text if depth else "".join(outside))
    return _NEXT_CLONE.sub("]/", _NO_COMMA.sub(",", whole))


def pieces(text: str, mark: str) -> Iterator[str]:
    """Pieces between marks outside brackets; between all marks where brackets do not close."""
    if text.count("(") != text.count(")"):
        yield from text.split(mark)
        return
    depth, start = 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "([<") - (letter in ")]>")
        if letter == mark and depth <= 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]
