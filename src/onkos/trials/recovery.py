"""Whether a criterion that is not met today may come to be met, and how."""

from __future__ import annotations

from onkos.criteria import CaseView
from onkos.model.criterion import (
    ComedicationIs,
    Compare,
    Criterion,
    LineIs,
    Not,
    PriorIs,
    PriorLinesIs,
)
from onkos.model.trial import Polarity, Recovery, TrialCriterion

_MORE = frozenset({">=", ">"})


def recovery_of(criterion: TrialCriterion, view: CaseView) -> Recovery:
    """How an unmet criterion can be met: as the source says, else by what it asks.

    Another medicine can be stopped, a laboratory value or a performance status measured again, a
    therapy that is asked for given first. What the tumour carries, its kind, age and sex, and a
    therapy that must not have been given cannot be undone.
    """
    if criterion.recovery or criterion.criterion is None:
        return criterion.recovery
    rule, required = criterion.criterion, criterion.polarity is Polarity.REQUIRED
    while isinstance(rule, Not):
        rule, required = rule.of, not required
    return _by_kind(rule, required, view)


def _by_kind(rule: Criterion, required: bool, view: CaseView) -> Recovery:
    match rule:
        case ComedicationIs() if not required:
            return Recovery.WASHOUT
        case PriorIs() if required:
            return Recovery.LATER_LINE
        case PriorLinesIs(op=op) if required and op in _MORE:
            return Recovery.LATER_LINE
        case LineIs(op=op, value=value) if required:
            later = op in _MORE or (view.case.line is not None and view.case.line < value)
            return Recovery.LATER_LINE if later else Recovery.NONE
        case Compare(name=name) if name != "age":
            measure = view.measure(name)
            repeated = view.vocabulary.facts.get("repeated", ())
            return Recovery.REPEAT if measure and measure.settled_by in repeated else Recovery.NONE
    return Recovery.NONE
