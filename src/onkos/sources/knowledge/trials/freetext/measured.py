"""Numbers and performance that a clause asks for."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Criterion
from onkos.sources.knowledge.trials.freetext.context import Judged, Standing, limited
from onkos.sources.knowledge.trials.freetext.layout import Section
from onkos.sources.knowledge.trials.freetext.meaning import NotRead, expression
from onkos.sources.knowledge.trials.freetext.words import Word, Words

_GAP = frozenset({"FILL", "BRACKET", "CUE_bearing", "CUE_condition_after", "MARK"})
_OPS = {"\u2265": ">=", "\u2264": "<=", ">": ">", "<": "<", "=": "="}
_OPPOSITE = {">=": "<", "<=": ">", ">": "<=", "<": ">="}
_MOST = 6  # words between a measure and its number
_LEFT_ALONE = frozenset({"CUE_negation", "CUE_exception", "CUE_optional", "CUE_left_open"})
_SOFTEN = frozenset({"CUE_therapy", "OP", "CUE_condition_after", "CUE_admitted"})
Read = tuple[int, int, Criterion, Judged, str]


def measured(told: list[Word], section: Section, scoped: bool, words: Words) -> Iterator[Read]:
    """Comparisons of a clause: where from and to, what must hold, how it stands, a note."""
    if any(word.kind in _LEFT_ALONE for word in told):
        return
    for n, word in enumerate(told):
        if word.kind != "MEASURE":
            continue
        found = _comparison(told, n, words)
        if found is None:
            continue
        end, text = found
        try:
            rule = expression(text, words.vocabulary)
        except NotRead:
            continue
        out = section is Section.EXCLUSION
        standing = Standing.EXCLUDED if out else Standing.REQUIRED
        stands = Judged(standing, "", _limit(told, n, end, out, scoped))
        yield word.start, told[end].end, rule, stands, ""


def _limit(told: list[Word], n: int, end: int, out: bool, scoped: bool) -> str:
    rest = [*told[:n], *told[end + 1 :]]
    if any(w.kind == "SEP" and w.value.casefold() == "or" for w in rest):
        return "the text names another way"
    if out and any(w.kind in _SOFTEN or w.value.casefold() == "and" for w in rest):
        return "the text says more of whom it excludes"
    return limited(told, n, end, False, scoped)


def _comparison(told: list[Word], n: int, words: Words) -> tuple[int, str] | None:
    """The last word of a comparison, and the comparison in the language."""
    name = told[n].value
    at = n + 1
    while at < len(told) and at - n <= _MOST and (told[at].kind in _GAP or told[at] == told[n]
                                                 or told[at].value == name):  # fmt: skip
        at += 1
    op, at = _operator(told, at)
    if at >= len(told) or told[at].kind != "NUMBER":
        return None
    number, last = _number(told, at)
    if not op:
        return _range(told, at, name) if name in words.said["scales_from_nought"]["names"] else None
    unit = words.said["units"].get(name, [])
    if not _unit_fits(told, last + 1, unit):
        return None
    return last, f"{name} {op} {number}"


def _operator(told: list[Word], at: int) -> tuple[str, int]:
    op = ""
    while at < len(told) and told[at].kind == "OP":
        op += _OPS[told[at].value]
        at += 1
    op = {">=": ">=", "<=": "<=", "=<": "<=", "=>": ">="}.get(op, op)
    return (op if op in _OPPOSITE else ""), at


def _number(told: list[Word], at: int) -> tuple[str, int]:
    point = at + 2 < len(told) and told[at + 1].value == "." and told[at + 2].kind == "NUMBER"
    if point and told[at + 2].start == told[at].end + 1:
        return f"{told[at].value}.{told[at + 2].value}", at + 2
    return told[at].value, at


def _range(told: list[Word], at: int, name: str) -> tuple[int, str] | None:
    """``ECOG 0-1``, ``0 or 1``, ``0 to 2``, ``0, 1 or 2``: from nothing up to the last."""
    if told[at].value != "0":
        return None
    last, top = at, 0
    while last + 2 < len(told) and told[last + 2].kind == "NUMBER":
        if told[last + 1].kind not in {"SEP", "MARK", "FILL"}:
            break
        if int(told[last + 2].value) != top + 1 and told[last + 1].kind == "SEP":
            break
        last, top = last + 2, int(told[last + 2].value)
    return last, f"{name} <= {top}"


def _unit_fits(told: list[Word], at: int, units: list[str]) -> bool:
    """Whether what follows a number is a unit of the measure, where it has one."""
    if "" in units:
        return True
    text = "".join(w.value.casefold() for w in told[at : at + 5])
    return any(text.startswith(unit.casefold().replace(" ", "")) for unit in units)
