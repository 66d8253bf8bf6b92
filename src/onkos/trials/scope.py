"""Over which records of a patient each criterion is asked, and what of an older one still holds."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from onkos.model import Vocabulary
from onkos.model.criterion import (
    ComedicationIs,
    Compare,
    Criterion,
    LineIs,
    Not,
    PriorIs,
    PriorLinesIs,
    SettingIs,
    SexIs,
    StageIs,
    Status,
    atoms,
)
from onkos.model.trial import Polarity, TrialCriterion
from onkos.trials.told import Told

ANY_ANSWER = frozenset(Told)
_GOOD, _BAD = frozenset({Told.MET}), frozenset({Told.LASTING, Told.UNMET})
_MORE, _LESS = frozenset({">=", ">"}), frozenset({"<", "<="})


class Scope(IntEnum):
    """Whose latest record tells."""

    FOUND = 0  # every record of the tumour: what was found of it
    COURSE = 1  # the latest of the tumour: stage, setting, line
    PERSON = 2  # the latest of the person: age, performance status, laboratory values


class Asked(NamedTuple):
    """How one criterion is asked of several records.

    Attributes
    ----------
    scope : Scope
    keeps : frozenset of Told
        Answers of older records that hold for good: a therapy that was given stays given, and
        who was 18 is no younger now.
    """

    scope: Scope
    keeps: frozenset[Told] = frozenset()


def scope_of(criterion: TrialCriterion, vocabulary: Vocabulary) -> Asked:
    """How a criterion is asked; one that speaks of the tumour too counts as found in it."""
    rule, required = criterion.criterion, criterion.polarity is Polarity.REQUIRED
    if rule is None:
        return Asked(Scope.FOUND)
    repeated = vocabulary.facts.get("repeated", ())
    clinical = {m.name for m in vocabulary.measures if m.settled_by in repeated} | {"age"}
    scopes = {_scope(leaf, clinical) for leaf in atoms(rule)}
    if Scope.FOUND in scopes:
        return Asked(Scope.FOUND)
    while isinstance(rule, Not):
        rule, required = rule.of, not required
    return Asked(max(scopes), _kept(rule, required))


def _scope(leaf: Criterion, clinical: set[str]) -> Scope:
    if isinstance(leaf, (StageIs, SettingIs, LineIs, PriorLinesIs)):
        return Scope.COURSE
    if isinstance(leaf, (SexIs, ComedicationIs, PriorIs)):
        return Scope.PERSON
    if isinstance(leaf, (Compare, Status)) and leaf.name in clinical:
        return Scope.PERSON
    return Scope.FOUND


def _kept(rule: Criterion, required: bool) -> frozenset[Told]:
    """Answers that no later day undoes."""
    match rule:
        case SexIs():
            return ANY_ANSWER
        case PriorIs():
            return _GOOD if required else _BAD
        case Compare(name="age", op=op) | PriorLinesIs(op=op):
            if op in _MORE:
                return _GOOD if required else _BAD
            if op in _LESS:
                return _BAD if required else _GOOD
    return frozenset()
