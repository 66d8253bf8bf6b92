"""Studies that go on with an earlier one: they take its participants alone, as their titles say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onkos.model.trial import Part, TrialCriterion
from onkos.sources.knowledge.trials.freetext.words import said_words


def earlier_study(*titles: str) -> list[TrialCriterion]:
    """What a title asks for that says so, and nothing of others.

    Whether a patient took part is not known of a case, so that such a trial is never met.

    >>> [str(one) for one in earlier_study("A Rollover Study of Drug X")]
    ['[not read] took part in the earlier study (rollover)']
    >>> earlier_study("A Study of Drug X")
    []
    """
    found = next((word for title in titles for word in _said(_plain(title))), "")
    if not found:
        return []
    return [
        TrialCriterion(
            text=f"took part in the earlier study ({found})",
            part=Part.CLINICAL,
            unread="by its title the trial takes participants of an earlier study",
        )
    ]


def _plain(title: str) -> str:
    return " ".join(re.sub(r"[-\u2010-\u2015]", " ", title.casefold()).split())


def _said(title: str) -> Iterator[str]:
    """Words of a plain title by which it takes participants of an earlier study."""
    for says, unless in _patterns():
        found = says.search(title)
        if found and not (unless and unless.search(title)):
            yield found[0]


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    told = said_words()["continuation"]["titles"]
    return tuple(
        (
            re.compile(rf"\b(?:{one['says']})"),
            re.compile(one["unless"]) if "unless" in one else None,
        )
        for one in told
    )
