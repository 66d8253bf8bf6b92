"""What stands between a case and a trial, and what kind of criterion it is."""

from __future__ import annotations

from msgspec.structs import replace

from onkos.criteria import CaseView
from onkos.model import Answer
from onkos.model.criterion import (
    ComedicationIs,
    Compare,
    Criterion,
    DiseaseIs,
    LineIs,
    PriorIs,
    PriorLinesIs,
    SettingIs,
    SexIs,
    StageIs,
    Status,
    atoms,
)
from onkos.model.trial import Part, Trial
from onkos.model.trial_match import RULED_OUT_BY, Asked
from onkos.trials.asking import Asking, WithoutWords
from onkos.trials.prepared import TrialPlan

_COURSE = (ComedicationIs, LineIs, PriorIs, PriorLinesIs, SettingIs, StageIs)
_LONGEST = 240  # letters of a line of free text that are shown


def standing(plan: TrialPlan, asking: Asking, without: WithoutWords) -> tuple[int, ...]:
    """Criteria that are unmet on the nearest way into a trial.

    Where a way is barred by words read by machine alone, that one is the nearest.
    """
    if plan.node is None:
        return ()
    way = (without if plan.reads_text else asking).failing(plan.node)
    return tuple(number for number in sorted(way) if asking.leaf(number) is Answer.UNMET)


def lasting(numbers: tuple[int, ...], asking: Asking) -> tuple[int, ...]:
    """Of these the ones that rule a trial out: not of free text, and not to be overcome."""
    return tuple(n for n in numbers if not (asking.of_text(n) or asking.recovers(n)))


def ruled_out_by(numbers: tuple[int, ...], asking: Asking) -> str:
    """The first of ``RULED_OUT_BY`` that criteria are of."""
    rules = (asking.criterion(number).criterion for number in numbers)
    kinds = {kind_of(leaf, asking.view) for rule in rules if rule for leaf in atoms(rule)}
    return next((kind for kind in RULED_OUT_BY if kind in kinds), "other")


def kind_of(leaf: Criterion, view: CaseView) -> str:
    """Of which of ``RULED_OUT_BY`` one leaf of a criterion is."""
    if isinstance(leaf, DiseaseIs):
        return "diagnosis"
    if isinstance(leaf, SexIs):
        return "sex"
    if isinstance(leaf, _COURSE):
        return "treatment"
    if isinstance(leaf, (Compare, Status)):
        if leaf.name == "age":
            return "age"
        measure = view.measure(leaf.name)
        clinical = view.vocabulary.facts.get("repeated", ())
        return "other" if measure is None or measure.settled_by in clinical else "marker"
    return "marker"


def in_context(asked: Asked, trial: Trial) -> Asked:
    """With the line of the trial's free text in which its words stand."""
    if asked.part is not Part.TEXT:
        return asked
    spans = (
        c.span
        for c in trial.criteria()
        if c.span and c.text == asked.text and str(c.criterion) == asked.criterion
    )
    span = next(spans, None)
    if span is None:
        return asked
    start = trial.eligibility.find(asked.text, *span)  # a span holds all words since the last one
    found = (start, start + len(asked.text)) if start >= 0 else span
    return replace(asked, context=_line(trial.eligibility, *found))


def _line(text: str, start: int, end: int) -> str:
    """The line around a span, cut where it is long."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    spare = max(0, _LONGEST - (end - start)) // 2
    begin, stop = max(first, start - spare), min(last, end + spare)
    cut = " ".join(text[begin:stop].split()).lstrip("*-. ")
    return f"{'...' if begin > first else ''}{cut}{'...' if stop < last else ''}"
