"""Studies that go on with an earlier one: they take its participants alone, as their titles say."""

from __future__ import annotations

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
    found = next((word for title in titles for word in _words() if word in _plain(title)), "")
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
    return " ".join(title.casefold().replace("-", " ").split())


@lru_cache(maxsize=1)
def _words() -> tuple[str, ...]:
    return tuple(_plain(word) for word in said_words()["continuation"]["titles"])
