"""The layout of an eligibility text: sections, items, what an item belongs to, clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from onkos.sources.knowledge.trials.freetext.labels import label
from onkos.sources.knowledge.trials.freetext.listed import listed
from onkos.sources.knowledge.trials.freetext.tumours import of_tumours

_LINE = re.compile(r"[^\n]+")
_HEAD_WITHIN = re.compile(
    r"\s(?:(?:Key|Main|Major|KEY|MAIN)\s)?(?:Inclusion|Exclusion|INCLUSION|EXCLUSION)"
    r"(?:\s[Cc]riteri(?:a|on)|\sCRITERIA)?\s*:"
)
_PREFIX = re.compile(r"\s*Exclude\s*-\s*", re.IGNORECASE)
_BULLET = re.compile(
    r"\s*(?:\\?[*•●▪·✓○➢►▶➤⦁◦‣§☐❖\u2460-\u2473-]|\\?[\u2013\u2014\uf0b7]|\(?\d{1,2}\\?[.)](?:\d+\.?)*(?=\D)|"
    r"\(?[a-zA-Z]\\?[.)](?=\s)|\(?[ivx]{1,5}\\?[.)](?=\s))\s*"
)
_HEADER = re.compile(
    r"\s*(?:[\w/,()+& -]{0,60}?\b)?(inclusion|exclusion|ineligibility)s?(?:\s+criteri(?:a|on))?"
    r"(?:\s*\([^)]{0,40}\))?(?P<rest>[^:.\n]{0,70})(?P<colon>:)?\s*",
    re.IGNORECASE,
)
_WHOLE_HEADER = re.compile(
    r"\s*(?:(inclusions?|exclusions?|include|exclude)\s*:?|(not eligible|ineligible)\s*:)\s*",
    re.IGNORECASE,
)
_OTHER_WAY = re.compile(r"\bnon[ -]?$|^\s*(?:not eligible|ineligible)\b", re.IGNORECASE)
_OPENS = re.compile(
    r"(?::|\b(?:the following(?: criteria)?|criteria apply|status of|with|harbou?ring|carrying)"
    r"|\b(?:one|any) of the following\b[^.;:]{0,60})\s*$",
    re.IGNORECASE,
)
_EXCLUDED_IF = re.compile(
    r"(?:not be (?:eligible|enrolled|included)|ineligible|excluded|must not)\b.{0,40}:\s*$"
    r"|\b(?:excluded|not eligible) (?:if|from|for (?:the|this)|to (?:enrol|participate))\b"
    r"[^.;]{0,90}(?::|\b(?:following|criteria apply))\s*$"
    r"|\b(?:absence of|lack of|lacking|negative for|free of|without|"
    r"no (?:known|documented|evidence)|"
    r"(?:not|n't) (?:have|harbou?r|carry|contain))"
    r"(?:\s*:|\b[^.;]{0,80}\b(?:following|any of|these|either|mutations?|alterations?|aberrations?|"
    r"rearrangements?|fusions?|drivers?)\b[^.;]{0,40}(?::|(?<=following)))\s*$",
    re.IGNORECASE,
)
_ALL_EXCLUDED = re.compile(
    r"\s*(?:patients|participants|subjects|individuals)\b[^.;]{0,60}?"
    r"\b(?:excluded|ineligible|not (?:be )?(?:eligible|included|enrolled))\b",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"\(?(?:for |in )?(?:the )?(?:participants |patients |subjects )?(?:in |of |enrolled in )?"
    r"(?:the )?(?:[\w-]+ ){0,3}?"
    r"(?:sub-?study|sub-?protocol|panel|cohort|arm|part|group|phase|module|step|"
    r"dose (?:escalation|expansion))s?\b"
    r"[^:,.;()]{0,60}(?::|\)|,|\bonly\b|-)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"([A-Za-z][\w/& +-]{1,40}?)(?: cohorts?| patients| subjects)?(?: only)?\s?:\s")
_LEADS = ("for ", "from ", "include", "are ", "specific ", "related ")
_COHORT = re.compile(
    r"\b(?:sub-?study|sub-?protocol|panel|cohort|arm|part|group|phase|module)s?\s+[\w-]+.*", re.I
)
_ONE_OF = re.compile(
    r"\b(?:(?:at least )?one (?:or more )?of|any (?:one )?of|either)\b[^:]*:\s*$", re.IGNORECASE
)
_ALL_OF = re.compile(r"\b(?:all|both|each)\b[^:]*:\s*$", re.IGNORECASE)
_ARM_ALONE = re.compile(
    r"\(?(?:(?:for|in) )?(?:[\w-]+ ){0,2}"
    r"(?:sub-?study|sub-?protocol|panel|cohort|arm|part|group)s?\s+[\w]+"
    r"(?:\s*\([^()]{1,60}\))?\s*[-\u2013\u2014:.]?\s*",
    re.IGNORECASE,
)
_ONLY_OR = re.compile(r"[\W_]*(?:and\s*/\s*)?or[\W_]*", re.IGNORECASE)
_CLAUSE = re.compile(r";\s+(?!receptor)|(?<=[\w)\]%;])\.\s+(?=[A-Z(\[*•])|\s(?=(?:NOTE|Note)\s*:)")
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|vs|eg|ie|approx|no|etc|v|St|Dr)|^\s*\(?\w{1,2})$", re.I)


class Section(StrEnum):
    """Which part of the text a line stands in."""

    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"
    UNTOLD = "neither"


class Clause(NamedTuple):
    """A sentence, or a part of one between semicolons.

    Attributes
    ----------
    start, end : int
        Of the whole text, from 0; `end` is the first character after it.
    scope : str
        The cohort, arm or disease for which alone it holds; empty for all.
    any_of : int
        Number of the list of alternatives that it is one of; 0 for none.
    lead : tuple of int
        Start and end of the line that opens the list it stands in; equal for none.
    item : int
        Number of the item of its list; clauses of one item hold together.
    sure : bool
        Whether the text says that its list is one of alternatives.
    tumour : str
        The tumour of which alone it is asked; empty for all.
    """

    start: int
    end: int
    section: Section
    scope: str
    any_of: int
    lead: tuple[int, int] = (0, 0)
    item: int = 0
    sure: bool = False
    tumour: str = ""


class _Parent(NamedTuple):
    indent: int
    bullet: str
    scope: str
    any_of: int
    excludes: bool
    lead: tuple[int, int] = (0, 0)
    sure: bool = False


def clauses(text: str) -> Iterator[Clause]:
    """All clauses of a text, left to right; headings and bullets are left out.

    Clauses between which an "or" stands, at the end or the beginning of a line, are one list.
    """
    yield from of_tumours(text, listed(text, list(_clauses(text))))


def _clauses(text: str) -> Iterator[Clause]:
    section, parent, lists = Section.UNTOLD, None, 0
    for start, end in _lines(text):
        here = section
        prefix = _PREFIX.match(text, start, end)
        if prefix:
            here, begin = Section.EXCLUSION, prefix.end()
        else:
            begin = start
        indent = len(text[begin:end]) - len(text[begin:end].lstrip())
        body, bullet = _without_bullets(text, begin, end)
        if _ONLY_OR.fullmatch(text, body, end):
            yield Clause(body, end, here, "", parent.any_of if parent else 0, (0, 0), body)
            continue
        heading = _heading(text[body:end])
        if heading:
            told, length = heading
            here, parent = told, None
            section = section if prefix else told
            cohort = _COHORT.search(text[body : body + length])
            scope = cohort.group().strip(" :") if cohort else label(text[body : body + length])
            if scope:
                parent = _Parent(-1, "", scope, 0, False)
            body += length
        if not text[body:end].strip():
            continue
        if parent and not _below(parent, indent, bullet):
            parent = None
        alone = label(text[body:end])
        scope = _scope_of(text[body:end]) or alone
        if parent and parent.excludes and here is not Section.EXCLUSION:
            here = Section.EXCLUSION
        any_of = parent.any_of if parent else 0
        whole = Clause(body, end, here, scope or (parent.scope if parent else ""), any_of,
                       parent.lead if parent else (0, 0), body,
                       bool(parent and parent.sure))  # fmt: skip
        yield from _parts(text, whole)
        said = text[body:end].rstrip()
        if _OPENS.search(said):
            lists += 1
            sure = bool(_ONE_OF.search(said))
            one = lists if sure or (here is Section.INCLUSION and not _ALL_OF.search(said)) else 0
            excludes = bool(_EXCLUDED_IF.search(said))
            if excludes and not bullet and _ALL_EXCLUDED.match(said):
                section = Section.EXCLUSION
            excludes = excludes or bool(parent and parent.excludes)
            parent = _Parent(indent, bullet, scope, one, excludes, (body, end), sure)
        elif (alone and not (parent and bullet)) or _ARM_ALONE.fullmatch(said.strip("*_ ")):
            excludes = bool(parent and parent.excludes)
            parent = _Parent(indent if bullet else -1, bullet, said.strip("*_ :-"), 0, excludes)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where lines begin and end; a heading after a sentence or a heading begins a line."""
    for line in _LINE.finditer(text):
        start, end = line.span()
        for head in _HEAD_WITHIN.finditer(text, start, end):
            before = text[start : head.start()].rstrip()
            if before.endswith((".", ";", "*", "\u2022")) or "clusion" in before.casefold():
                yield start, head.start()
                start = head.start()
        yield start, end


def _below(parent: _Parent, indent: int, bullet: str) -> bool:
    if parent.indent < 0:
        return True
    return indent > parent.indent or bullet != parent.bullet


def _without_bullets(text: str, at: int, end: int) -> tuple[int, str]:
    """Where the words of a line begin, and the kind of its last bullet."""
    kind = ""
    for _ in range(3):
        found = _BULLET.match(text, at, end)
        if not found or found.end() == at:
            break
        kind = re.sub(r"\d+", "1", found.group().strip())
        kind = re.sub(r"[a-zA-Z]+", "a", kind)
        at = found.end()
    while at < end and text[at].isspace():
        at += 1
    return at, kind


def _heading(said: str) -> tuple[Section, int] | None:
    """The section that a line opens, and how long the heading is."""
    plain = said.rstrip().rstrip("*_~")
    if len(plain) < len(said.rstrip()):
        told = _heading(plain)
        return (told[0], len(said)) if told and told[1] == len(plain) else None
    whole = _WHOLE_HEADER.match(said)
    if whole and (whole.end() == len(said) or ":" in whole.group()):
        return _section(whole.group()), whole.end()
    found = _HEADER.match(said)
    if not found:
        return None
    word = found.group(0).casefold()
    if "criteri" not in word and not found.group("colon"):
        return None
    rest = found.group("rest").strip()
    if found.group("colon") and (len(rest) <= 40 or rest.casefold().startswith(_LEADS)):
        return _section(said[: found.end(1)]), found.end()
    if found.end() >= len(said.rstrip()) and rest.casefold().startswith(_LEADS):
        return _section(said[: found.end(1)]), len(said)
    if found.end() >= len(said.rstrip()) and len(said) < 90 and not found.group("rest").strip():
        return _section(said[: found.end(1)]), len(said)
    return None


def _section(heading: str) -> Section:
    """The section of a heading up to its word: "non-inclusion" and "ineligibility" exclude."""
    word = re.split(r"[^a-z]+", heading.casefold().strip(" :"))[-1]
    before = heading.rstrip(" :")[: -len(word)] if word else ""
    other = _OTHER_WAY.search(before) or _OTHER_WAY.search(heading)
    out = other or word.startswith(("exclu", "inel"))
    return Section.EXCLUSION if out else Section.INCLUSION


def _scope_of(said: str) -> str:
    """The cohort that a line names at its head; empty where it names none."""
    found = _SCOPE.match(said) or _NAMED.match(said)
    if not found:
        return ""
    words = found.group().strip(" :,()-")
    return "" if words.casefold() in {"note", "notes", "or", "and", "either"} else words


def _parts(text: str, whole: Clause) -> Iterator[Clause]:
    """Sentences of a line, and parts of them between semicolons."""
    start, end = whole.start, whole.end
    at = start
    for mark in _CLAUSE.finditer(text, start, end):
        if mark.group().strip() == "." and _SHORT.search(
            text[max(at, mark.start() - 8) : mark.start()]
        ):
            continue
        if _open_bracket(text[at : mark.start()]):
            continue
        if text[at : mark.end()].strip():
            yield whole._replace(start=at, end=mark.end())
            at = mark.end()
    if text[at:end].strip():
        yield whole._replace(start=at)


def _open_bracket(said: str) -> bool:
    return said.count("(") > said.count(")") or said.count("[") > said.count("]")
