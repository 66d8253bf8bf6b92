"""Prior therapies as people write them: ``"osimertinib (line 1, progressed)"``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onkos.errors import VocabularyError
from onkos.model import PriorTherapy, Unread, Vocabulary
from onkos.model.names import name_key
from onkos.sources.patient.statement import LONGEST_STATEMENT, NotUnderstood, clean

LONGEST_TEXT_SHOWN = 80
REMEDY = "write INNs or brand names joined by ' + ', with (line 1, progressed) behind them"

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_LINE = re.compile(
    r"\bline\s*(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th)?[\s-]*line\b"
    rf"|\b({'|'.join(_ORDINALS)})[\s-]*line\b|\b(\d{{1,2}})L\b|\bL(\d)\b",
    re.IGNORECASE,
)
_PROGRESS = r"(?:progress(?:ed|ion|ing|ive disease|ive|es)?|PD(?!-)|fail(?:ed|ure|ing)?)"
_NOT_PROGRESSED = re.compile(
    r"\b(?:no|not|never|without|did not|didn't|has not|hasn't|yet to)\s+(?:yet\s+|evidence of\s+"
    rf"|signs? of\s+|disease\s+|tumou?r\s+)*{_PROGRESS}\b|\bprogression[\s-]free\b"
    r"|\b(?:still )?(?:ongoing|responding)\b|\bin remission\b",
    re.IGNORECASE,
)
_PROGRESSED = re.compile(
    rf"\b(?:(?:disease|tumou?r) )?{_PROGRESS}\b(?:\s+(?:in|at)\s+(?:the\s+)?[\w.]+|\s+after\s+\d+"
    r"(?:\s+(?:months?|weeks?|cycles?|years?))?)?"
    r"|\brefractory\b|\bresistan(?:t|ce)\b|\bbest response PD\b",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b(neo-?adjuvant|adjuvant|peri-?operative|pre-?operative|maintenance|metastatic|advanced)\b"
    r"(?:\s+(?:setting|disease|stage))?",
    re.IGNORECASE,
)
_SEQUENCE = re.compile(r"\b(?:then|followed by|switched to|later)\b|->|>", re.IGNORECASE)
_NONE = re.compile(
    r"^(?:none|nil|no (?:prior|previous)\b.*|untreated|never treated|treatment[\s-]naive|naive)$",
    re.IGNORECASE,
)
# Said of a course and of no use here: doses, times, responses, why it ended.
_ASIDE = re.compile(
    r"\bbest response\s*:?\s*(?:CR|PR|SD|NE)\b|\b(?:CR|PR|SD)\b|\b(?:complete|partial) response\b"
    r"|\bstable disease\b"
    r"|\b(?:stopped|discontinued|ended)?\s*(?:for|due to|because of)?\s*(?:toxicity|intolerance)\b"
    r"|\b(?:stopped|discontinued|completed|finished)\b"
    r"|\b\d+(?:\.\d+)?\s?(?:mg|g|MBq|GBq|mCi|Gy)(?:/(?:m2|m²|kg|day|d))?\b|\bAUC\s?\d\b"
    r"|\b(?:daily|weekly|monthly|BID|QD|once|twice|q\d?w|every \d (?:weeks|days))\b"
    r"|\bx\s?\d+\b|\b\d+\s?(?:cycles?|courses?|months?|weeks?|doses?|years?)\b"
    r"|\b(?:from|since|until|to|in)?\s*\b(?:19|20)\d\d(?:-\d\d){0,2}\b",
    re.IGNORECASE,
)
_FILLERS = re.compile(
    r"\b(?:prior|previous|previously|treated with|received|given|on|after|for|the|therapy"
    r"|treatment|regimen|setting|best response)\b",
    re.IGNORECASE,
)
_JOINERS = re.compile(r"\s+(?:and|&|with|plus)\s+", re.IGNORECASE)


@dataclass(slots=True)
class _Course:
    """What is said of a course beside its drugs."""

    progressed: bool | None = None
    line: int | None = None
    setting: str = ""


def read_prior(
    texts: Iterable[str], vocabulary: Vocabulary, source: str = "prior"
) -> tuple[list[PriorTherapy], list[Unread]]:
    """Prior therapies, and those that could not be read.

    Parameters
    ----------
    texts : iterable of str
        One regimen each, by INNs, brands, codes or the regimen's name; its line, setting and
        outcome in brackets or beside it.

    Returns
    -------
    list of PriorTherapy, list of Unread
        Each text is in one of the two.
    """
    therapies: list[PriorTherapy] = []
    unread: list[Unread] = []
    for number, text in enumerate(texts, start=1):
        try:
            therapies.append(_read(str(text), vocabulary))
        except NotUnderstood as error:
            unread.append(_unread(str(text), number, source, error.reason, error.remedy or REMEDY))
        except (VocabularyError, ValueError) as error:
            unread.append(_unread(str(text), number, source, str(error), REMEDY))
    return therapies, unread


def _unread(text: str, number: int, source: str, reason: str, remedy: str) -> Unread:
    shown = text[:LONGEST_TEXT_SHOWN]
    return Unread(source=source, line=number, text=shown, reason=reason, remedy=remedy)


def _read(text: str, vocabulary: Vocabulary) -> PriorTherapy:
    whole = clean(text)
    if not whole:
        raise NotUnderstood("empty prior therapy")
    if len(whole) > LONGEST_STATEMENT:
        raise NotUnderstood("too long for one prior therapy", "give one entry for each line")
    if _NONE.match(whole):
        raise NotUnderstood("says that there was none", "give an empty list of prior therapies")
    if "?" in whole:
        raise NotUnderstood("says nothing definite", "give what is known to have been given")
    if _is_name(whole, vocabulary):
        return PriorTherapy(drugs=vocabulary.therapy(whole))
    names, course = _course(whole, vocabulary)
    return PriorTherapy(
        drugs=_drugs(names, vocabulary),
        progressed=course.progressed,
        line=course.line,
        setting=course.setting,
    )


def _is_name(text: str, vocabulary: Vocabulary) -> bool:
    key = name_key(text)
    return key in vocabulary.drug_by_name or key in vocabulary.regimen_by_name


def _course(text: str, vocabulary: Vocabulary) -> tuple[str, _Course]:
    """The drugs' names, and what was said beside them."""
    course = _Course()
    text, denied = _NOT_PROGRESSED.subn(" ", text)
    text, affirmed = _PROGRESSED.subn(" ", text)
    if denied and affirmed:
        raise NotUnderstood("says both that it progressed and that it did not", "say one")
    if denied or affirmed:
        course.progressed = bool(affirmed)
    course.line = _line(text)
    text = _LINE.sub(" ", text)
    course.setting = _setting(text, vocabulary)
    text = _ASIDE.sub(" ", _PLACES.sub(" ", text))
    if _SEQUENCE.search(text):
        raise NotUnderstood("one treatment after another", "give one entry for each line")
    plain = _FILLERS.sub(" ", re.sub(r"[()\[\]:]", " ", text.replace(";", ",")))
    return re.sub(r"(?:\s*,\s*)+(?=,|$)|^\s*,\s*", "", " ".join(plain.split())).strip(" ,-"), course


def _line(text: str) -> int | None:
    numbers = {_number(found) for found in _LINE.finditer(text)}
    if len(numbers) > 1:
        raise NotUnderstood("names two lines", "give one entry for each line")
    number = numbers.pop() if numbers else None
    if number is not None and number < 1:
        raise NotUnderstood("lines count from 1", "correct the line")
    return number


def _number(found: re.Match[str]) -> int:
    word = found.group(3)
    if word:
        return _ORDINALS[word.casefold()]
    return int(next(digits for digits in found.groups() if digits))


def _setting(text: str, vocabulary: Vocabulary) -> str:
    words = {found.group(1).casefold() for found in _PLACES.finditer(text)}
    known = {_named_setting(word, vocabulary) for word in words}
    if len(known) > 1:
        raise NotUnderstood("names two settings", "give one entry for each")
    return known.pop() if known else ""


def _named_setting(word: str, vocabulary: Vocabulary) -> str:
    found = vocabulary.setting_by_name.get(name_key(word))
    return found.name if found else word.replace("-", "")


def _drugs(names: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """INNs of a combination; a comma, which may also part two lines, is refused.

    Raises
    ------
    NotUnderstood
    VocabularyError
        With the nearest drugs.
    """
    if not names:
        raise NotUnderstood("names no drug")
    if _is_name(names, vocabulary) or _is_whole(names, vocabulary):
        return vocabulary.therapy(names)
    if name_key(names) in vocabulary.drug_classes:
        raise NotUnderstood("a class of drugs", "name the drug that was given")
    if "," in names:
        raise NotUnderstood(
            "a comma may join drugs or part two lines, or a word was not understood",
            "join the drugs of one regimen by ' + ', and give one entry for each line",
        )
    joined = _JOINERS.sub(" + ", names)
    slashed = joined.replace("/", " + ")
    return vocabulary.therapy(slashed if _is_whole(slashed, vocabulary) else joined)


def _is_whole(names: str, vocabulary: Vocabulary) -> bool:
    """Whether every part of a combination is known."""
    return all(_is_name(part, vocabulary) for part in names.split("+"))
