"""Prior therapies as people write them: ``"osimertinib (line 1, progressed)"``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onkos.errors import VocabularyError
from onkos.model import PriorTherapy, Unread, Vocabulary
from onkos.model.names import name_key

_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_LINE = re.compile(
    r"\bline\s*(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th)?[\s-]*line\b"
    r"|\b(first|second|third|fourth|fifth)[\s-]*line\b|\b(\d{1,2})L\b",
    re.IGNORECASE,
)
_NOT_PROGRESSED = re.compile(
    r"\b(?:no|without) progress\w*|\bongoing\b|\bresponding\b|\bcompleted\b|\bin remission\b",
    re.IGNORECASE,
)
_PROGRESSED = re.compile(
    r"\bprogress\w*|\bPD\b|\bfail\w*|\brefractory\b|\bresistan\w*", re.IGNORECASE
)
_PLACES = ("neoadjuvant", "adjuvant", "perioperative", "maintenance", "metastatic", "advanced")
_FILLERS = re.compile(r"\b(?:on|after|prior|previous|treated with|therapy|in|the)\b", re.IGNORECASE)
REMEDY = "write INNs or brand names joined by ' + ', with (line 1, progressed) behind them"


def read_prior(
    texts: Iterable[str], vocabulary: Vocabulary, source: str = "prior"
) -> tuple[list[PriorTherapy], list[Unread]]:
    """Prior therapies, and those that could not be read.

    Parameters
    ----------
    texts : iterable of str
        One regimen each, by INNs, brands, codes or the regimen's name; its line, setting and
        outcome in brackets or behind it.
    """
    therapies: list[PriorTherapy] = []
    unread: list[Unread] = []
    for number, text in enumerate(texts, start=1):
        try:
            therapies.append(_read(text, vocabulary))
        except (VocabularyError, ValueError) as error:
            unread.append(
                Unread(source=source, line=number, text=text[:80], reason=str(error), remedy=REMEDY)
            )
    return therapies, unread


def _read(text: str, vocabulary: Vocabulary) -> PriorTherapy:
    if not text.strip():
        raise ValueError("empty prior therapy")
    names, notes = _split(text, vocabulary)
    line = _LINE.search(notes)
    place = next((word for word in _PLACES if re.search(rf"\b{word}\b", notes, re.I)), "")
    return PriorTherapy(
        drugs=vocabulary.therapy(names),
        progressed=_outcome(notes),
        line=_number(line) if line else None,
        setting=place,
    )


def _outcome(notes: str) -> bool | None:
    if _NOT_PROGRESSED.search(notes):
        return False
    return True if _PROGRESSED.search(notes) else None


def _number(found: re.Match[str]) -> int:
    digits = found.group(1) or found.group(2) or found.group(4)
    number = int(digits) if digits else _ORDINALS[found.group(3).casefold()]
    if number < 1:
        raise ValueError("lines count from 1")
    return number


def _split(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """The drugs, and what is said of them."""
    whole = text.strip()
    if name_key(whole) in vocabulary.drug_by_name or name_key(whole) in vocabulary.regimen_by_name:
        return whole, ""
    bracket = _BRACKETS.search(whole)
    if bracket and _says_course(bracket.group(1)):
        names, notes = whole[: bracket.start()], bracket.group(1)
    else:
        names, notes = whole, ""
    head, comma, tail = names.partition(",")
    if comma and _says_course(tail):
        names, notes = head, f"{notes} {tail}"
    return _bare(names, notes)


def _says_course(text: str) -> bool:
    words = (_LINE, _PROGRESSED, _NOT_PROGRESSED)
    return any(w.search(text) for w in words) or any(p in text.casefold() for p in _PLACES)


def _bare(names: str, notes: str) -> tuple[str, str]:
    """Words of course that stand beside the drugs without comma or bracket."""
    found = [m.group() for w in (_LINE, _NOT_PROGRESSED, _PROGRESSED) for m in w.finditer(names)]
    found += [m.group() for p in _PLACES for m in re.finditer(rf"\b{p}\b", names, re.I)]
    for words in found:
        names = names.replace(words, " ")
    if found:
        names = _FILLERS.sub(" ", names)
    return " ".join(names.split()).strip(" ,;:"), " ".join([notes, *found])
