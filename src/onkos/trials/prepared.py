"""Trials laid out once for many cases: each different criterion once, trials by disease."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from onkos.model import Answer, Vocabulary
from onkos.model.criterion import DiseaseIs
from onkos.model.trial import (
    AllOf,
    Eligibility,
    Level,
    NoneOf,
    Part,
    Polarity,
    Trial,
    TrialCriterion,
)
from onkos.trials.conditions import of_disease

Node = int | tuple[str, tuple["Node", ...]]  # a criterion by number; or all, or any, of nodes
ALL, ANY = "all", "any"
NO_OPEN_ARM = "no arm is open: every one is suspended"


class LevelPlan(NamedTuple):
    """A level with criteria of its own."""

    label: str
    description: str
    suspended: bool
    node: Node
    numbers: tuple[int, ...]


class TrialPlan(NamedTuple):
    """A trial with its criteria by number.

    Attributes
    ----------
    node : Node or None
        The whole trial: its own criteria, and those of one step with one of its open arms; where
        none is open, with one of all. None where it has no criteria.
    numbers : tuple of int
        Criteria of `node`, left to right, each once.
    shut : bool
        Whether no arm takes patients: then nobody can enter, whatever `node` says.
    text_unread : bool
        Whether its eligibility has free text of which no criterion was made.
    reads_text : bool
        Whether a criterion of it was read from free text.
    """

    trial: Trial
    node: Node | None
    numbers: tuple[int, ...]
    levels: tuple[LevelPlan, ...]
    shut: bool
    text_unread: bool
    reads_text: bool


class Prepared:
    """Trials ready to be asked of cases.

    Parameters
    ----------
    trials : iterable of Trial
    vocabulary : Vocabulary

    Attributes
    ----------
    criteria : list of TrialCriterion
        Each different one once.
    """

    def __init__(self, trials: Iterable[Trial], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.criteria: list[TrialCriterion] = []
        self._numbers: dict[TrialCriterion, int] = {}
        self._nodes: dict[Node, Node] = {}
        self.plans = tuple(self._plan(trial) for trial in trials)
        self.for_disease = lru_cache(maxsize=None)(self._for_disease)

    def _plan(self, trial: Trial) -> TrialPlan:
        levels = [
            _level_plan(level.label, level, self._node(level.rule))
            for level in trial.all_levels()
            if level.rule is not None
        ]
        own = self._node(trial.rule) if trial.rule is not None else None
        if own is not None:
            levels.insert(0, LevelPlan("trial", "", False, own, numbers_of(own)))
        shut = bool(trial.levels) and all(map(_is_shut, trial.levels))
        steps = [self._below(one, shut) for one in trial.levels if shut or not _is_shut(one)]
        whole = self._joined(ALL, [own, self._joined(ANY, steps)])
        read = any(criterion.part is Part.TEXT for criterion in trial.criteria())
        return TrialPlan(
            trial=trial,
            node=whole,
            numbers=() if whole is None else numbers_of(whole),
            levels=tuple(levels),
            shut=shut,
            text_unread=bool(trial.eligibility) and not read,
            reads_text=read,
        )

    def _below(self, level: Level, shut: bool) -> Node | None:
        """A level's own criteria with those of one open level below it that has any.

        Where one open level below has none, the level itself is enough. Of a trial that is shut
        every level counts: what would be asked if it opened again.
        """
        own = self._node(level.rule) if level.rule is not None else None
        nodes = [self._below(one, shut) for one in level.levels if shut or not _is_shut(one)]
        below = None if None in nodes else self._joined(ANY, nodes)
        return self._joined(ALL, [own, below])

    def _joined(self, kind: str, nodes: list[Node | None]) -> Node | None:
        """Several nodes as one; equal ones are one object."""
        told = tuple(node for node in nodes if node is not None)
        if len(told) <= 1:
            return told[0] if told else None
        return self._nodes.setdefault((kind, told), (kind, told))

    def _node(self, rule: Eligibility, negated: bool = False) -> Node:
        """A rule with what is negated brought down to its criteria, by De Morgan's laws."""
        if isinstance(rule, TrialCriterion):
            return self._number_of(rule, negated)
        if isinstance(rule, NoneOf):
            kind, negated = ANY if negated else ALL, not negated
        else:
            kind = ALL if isinstance(rule, AllOf) is not negated else ANY
        node = kind, tuple(self._node(part, negated) for part in rule.of)
        return self._nodes.setdefault(node, node)

    def _number_of(self, rule: TrialCriterion, negated: bool) -> int:
        """One criterion's number; where it stands in its file makes it no other one."""
        key = replace(rule, span=None, line=0, polarity=_flipped(rule.polarity, negated))
        number = self._numbers.setdefault(key, len(self.criteria))
        if number == len(self.criteria):
            self.criteria.append(key)
        return number

    def _for_disease(self, code: str) -> tuple[TrialPlan, ...]:
        """Trials that the diagnosis alone, as the source gives it apart, does not rule out."""
        known = {
            number: self._of_disease(criterion, code)
            for number, criterion in enumerate(self.criteria)
        }
        return tuple(
            plan
            for plan in self.plans
            if plan.node is None or _bounds(plan.node, known)[1] is not Answer.UNMET
        )

    def _of_disease(self, criterion: TrialCriterion, code: str) -> tuple[Answer, Answer]:
        """Least and greatest answer that a criterion can have in a disease."""
        if not isinstance(criterion.criterion, DiseaseIs) or criterion.part is Part.TEXT:
            return Answer.UNMET, Answer.MET
        answer = of_disease(criterion, criterion.criterion.code, code, self.vocabulary.tree)
        if criterion.polarity is Polarity.EXCLUDED:
            answer = Answer(Answer.MET - answer)
        return answer, answer


def prepared(trials: Iterable[Trial] | Prepared, vocabulary: Vocabulary) -> Prepared:
    """The trials laid out, or as they are where they were."""
    return trials if isinstance(trials, Prepared) else Prepared(trials, vocabulary)


def _is_shut(level: Level) -> bool:
    """Whether it is suspended itself, or all that it holds is."""
    return level.suspended or (bool(level.levels) and all(map(_is_shut, level.levels)))


def _level_plan(label: str, level: Level, node: Node) -> LevelPlan:
    return LevelPlan(label, level.description, level.suspended, node, numbers_of(node))


def numbers_of(node: Node) -> tuple[int, ...]:
    """Criteria of a node, left to right, each once."""
    found: dict[int, None] = {}
    todo = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, int):
            found[one] = None
        else:
            todo += reversed(one[1])
    return tuple(found)


def _bounds(node: Node, known: dict[int, tuple[Answer, Answer]]) -> tuple[Answer, Answer]:
    """Least and greatest answer of a node, by Kleene's rules on both ends."""
    if isinstance(node, int):
        return known[node]
    kind, parts = node
    low, high = zip(*(_bounds(part, known) for part in parts), strict=True)
    join = min if kind == ALL else max
    return join(low), join(high)


def _flipped(polarity: Polarity, negated: bool) -> Polarity:
    if not negated:
        return polarity
    return Polarity.REQUIRED if polarity is Polarity.EXCLUDED else Polarity.EXCLUDED
