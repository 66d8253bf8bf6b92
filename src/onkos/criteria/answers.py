"""Building verdicts, and joining them by strong Kleene logic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from onkos.model import Answer, Question, Verdict

T = TypeVar("T")


def met(
    reason: str,
    labels: Iterable[str] = (),
    precision: int = 0,
    cautions: Iterable[str] = (),
    questions: Iterable[Question] = (),
) -> Verdict:
    """A criterion that holds."""
    return Verdict(
        answer=Answer.MET,
        reasons=(reason,),
        alterations=tuple(dict.fromkeys(labels)),
        precision=precision,
        cautions=tuple(dict.fromkeys(cautions)),
        questions=tuple(dict.fromkeys(questions)),
    )


def unmet(reason: str) -> Verdict:
    """A criterion that does not hold."""
    return Verdict(answer=Answer.UNMET, reasons=(reason,))


def unknown(reason: str, *questions: Question) -> Verdict:
    """A criterion that cannot be told, with what would settle it."""
    return Verdict(answer=Answer.UNKNOWN, reasons=(reason,), questions=questions)


def both(verdicts: Sequence[Verdict]) -> Verdict:
    """And: the least of the answers, with the reasons of those that decide it."""
    return _join(verdicts, min(v.answer for v in verdicts))


def either(verdicts: Sequence[Verdict]) -> Verdict:
    """Or: the greatest of the answers, with the reasons of those that decide it."""
    return _join(verdicts, max(v.answer for v in verdicts))


def opposite(verdict: Verdict) -> Verdict:
    """Not: met and unmet change places, unknown stays."""
    swapped = Answer(Answer.MET - verdict.answer)
    return Verdict(answer=swapped, reasons=verdict.reasons, questions=verdict.questions)


def _join(verdicts: Sequence[Verdict], answer: Answer) -> Verdict:
    deciding = [v for v in verdicts if v.answer is answer]
    if len(deciding) == 1:
        return deciding[0]
    return Verdict(
        answer=answer,
        reasons=_once(v.reasons for v in deciding),
        questions=_once(v.questions for v in deciding),
        alterations=_once(v.alterations for v in deciding),
        precision=max(v.precision for v in deciding),
        cautions=_once(v.cautions for v in deciding),
    )


def _once(groups: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))
