"""The seam where free text becomes criteria: who reads it is handed in.

An extractor is a function from the eligibility text and the vocabulary to criteria, each with the
span of the text that it rests on (``TrialCriterion.span``), its polarity, and, where a sentence
was not understood, `unread` with the reason. What it leaves out counts as not read.
"""

from __future__ import annotations

from collections.abc import Callable

from onkos.model import Vocabulary
from onkos.model.trial import Eligibility, Part, Trial, TrialCriterion

Extractor = Callable[[str, Vocabulary], tuple[Eligibility, ...]]


def unparsed(text: str, vocabulary: Vocabulary) -> tuple[TrialCriterion, ...]:
    """The text as one criterion that nobody understood, so that no trial is met unread."""
    if not text.strip():
        return ()
    return (
        TrialCriterion(
            text="eligibility in free text",
            part=Part.TEXT,
            unread="free text, not read",
            span=(0, len(text)),
        ),
    )


def letters_read(trial: Trial) -> tuple[int, int]:
    """Letters of the eligibility text that rest in criteria that were read, and all of them.

    Both are 0 where no free text was given to an extractor. Spaces do not count.
    """
    told = [c for c in trial.criteria() if c.part is Part.TEXT and c.span]
    if not told:
        return 0, 0
    read = sum(_letters(criterion.text) for criterion in told if not criterion.unread)
    return read, _letters(trial.eligibility)


def _letters(text: str) -> int:
    return sum(not letter.isspace() for letter in text)
