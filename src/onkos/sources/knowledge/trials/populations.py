"""Populations that a study's words name beside its keywords, and keywords that mean a group."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from onkos.sources.knowledge.trials.freetext.words import said_words


def wider_population(
    text: str, titles: Iterable[str], conditions: Iterable[str]
) -> tuple[str, ...]:
    """Groups of tumours that titles, keywords or what is included name, such as all solid tumours.

    >>> wider_population("Inclusion: NSCLC or any other advanced solid tumor", (), ())
    ('SOLID',)
    >>> wider_population("Measurable by Response Evaluation Criteria in Solid Tumors", (), ())
    ()
    >>> wider_population("Inclusion: NSCLC. Exclusion Criteria: other solid tumors", (), ())
    ()
    """
    included = _excluded().split(text, maxsplit=1)[0]
    said = " ; ".join((*titles, *conditions, included)).casefold()
    said = " ".join(re.sub(r"[-\u2010-\u2015]", " ", said).split())
    return tuple(group for group, pattern in _patterns() if pattern.search(said))


def named_widely(condition: str) -> str:
    """The group of tumours that a keyword means by its plain name; else empty.

    >>> named_widely("urothelial carcinoma")
    'ANY_UROTHELIAL'
    """
    return str(said_words()["conditions"]["groups"].get(condition.casefold(), ""))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    wider = said_words()["conditions"]["wider"]
    return tuple((group, re.compile(rf"\b(?:{pattern})\b")) for group, pattern in wider.items())


@lru_cache(maxsize=1)
def _excluded() -> re.Pattern[str]:
    return re.compile(said_words()["conditions"]["excluded"], re.IGNORECASE)
