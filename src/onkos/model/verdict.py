"""Met, unmet or unknown, with reasons and with what would settle it."""

from __future__ import annotations

from enum import IntEnum

from onkos.model.noun import Noun


class Answer(IntEnum):
    """Strong Kleene logic: and = min, or = max, not swaps met and unmet."""

    UNMET = 0
    UNKNOWN = 1
    MET = 2

    def __str__(self) -> str:
        return self.name.lower()


class Question(Noun, frozen=True, kw_only=True):
    """Something not known that would settle a criterion.

    Attributes
    ----------
    kind : str
        Kind of test that answers it, from the closed list of ``knowledge/tests.toml``:
        ``"small-variant"``, ``"fusion"``, ``"clinical"``... or the name of a measure.
    subject : str
        Gene, measure or field asked for.
    text : str
        The question in words.
    """

    kind: str
    subject: str
    text: str


class Verdict(Noun, frozen=True, kw_only=True):
    """The answer of one criterion for one case.

    Attributes
    ----------
    alterations : tuple of str
        Labels of what settled it.
    precision : int
        How exactly the case fits: 5 the very change, 4 the residue, 3 a region or a measured
        value, 2 a functional class, 1 the gene, 0 nothing of the tumour.
    cautions : tuple of str
        What makes a met answer less than certain.
    """

    answer: Answer
    reasons: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    alterations: tuple[str, ...] = ()
    precision: int = 0
    cautions: tuple[str, ...] = ()
