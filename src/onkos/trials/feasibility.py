"""The other way round: how many patients of a cohort a trial admits, and what costs it most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from onkos.criteria import CaseView
from onkos.criteria.worked_out import with_measures
from onkos.model import Answer, Case, Finding, Knowledge, NotAssessed
from onkos.model.trial import Polarity, Trial
from onkos.model.trial_match import Cost, Feasibility
from onkos.trials.asking import Asking
from onkos.trials.prepared import NO_OPEN_ARM, Prepared, TrialPlan

Patient = tuple[Case, Iterable[Finding | NotAssessed]]
OPEN_ARM = "an arm that is open"
GROUPS = ("eligible", "possible", "one unmet", "one unknown")


@dataclass(slots=True)
class _Count:
    unmet: int = 0
    unknown: int = 0
    alone: int = 0
    alone_unmet: int = 0


@dataclass(slots=True)
class _Tally:
    answers: dict[Answer, int] = field(default_factory=lambda: dict.fromkeys(Answer, 0))
    one: dict[Answer, int] = field(default_factory=lambda: dict.fromkeys(Answer, 0))
    counts: dict[int, _Count] = field(default_factory=dict)
    shut: _Count = field(default_factory=_Count)
    ids: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in GROUPS})

    def add(self, plan: TrialPlan, asking: Asking) -> None:
        """One patient before one trial."""
        if plan.shut:
            self._before_shut(plan, asking)
            return
        if plan.node is None:
            self._put(Answer.UNKNOWN, "possible", asking)
            return
        answer = asking.answer(plan.node)
        self._put(answer, {2: "eligible", 1: "possible"}.get(answer, ""), asking)
        failing = asking.failing(plan.node)
        for number in failing:
            self._count(number, asking.verdict(number).answer)
        if len(failing) == 1:
            (number,) = failing
            verdict = asking.verdict(number).answer
            self.one[verdict] += 1
            self.counts[number].alone += 1
            self.counts[number].alone_unmet += verdict is Answer.UNMET
            self.ids[f"one {verdict}"].append(asking.view.case.id)

    def _before_shut(self, plan: TrialPlan, asking: Asking) -> None:
        """Nobody enters a trial without an open arm; who fits all else is one criterion off."""
        self._put(Answer.UNMET, "", asking)
        failing = () if plan.node is None else asking.failing(plan.node)
        for number in failing:
            self._count(number, asking.verdict(number).answer)
        self.shut.unmet += 1
        if not failing:
            self.one[Answer.UNMET] += 1
            self.shut.alone += 1
            self.shut.alone_unmet += 1
            self.ids["one unmet"].append(asking.view.case.id)

    def _put(self, answer: Answer, group: str, asking: Asking) -> None:
        self.answers[answer] += 1
        if group:
            self.ids[group].append(asking.view.case.id)

    def _count(self, number: int, answer: Answer) -> None:
        count = self.counts.setdefault(number, _Count())
        count.unmet += answer is Answer.UNMET
        count.unknown += answer is Answer.UNKNOWN


def feasible(
    trials: Iterable[Trial],
    patients: Iterable[Patient],
    knowledge: Knowledge,
    *,
    with_ids: bool = False,
) -> tuple[Feasibility, ...]:
    """Who of a cohort is eligible for each trial, who nearly, and which criterion costs most.

    Parameters
    ----------
    patients : iterable of a case and what was worked out of it
        Walked once; only counts are kept of each.
    with_ids : bool
        Also the opaque ids of those who are eligible or nearly so.

    Returns
    -------
    tuple of Feasibility
        One a trial. A patient whom one criterion alone keeps out counts under ``one_unmet`` or
        ``one_unknown`` by what that criterion is; of several ways into a trial the one that is
        nearest counts.
    """
    laid_out = Prepared(trials, knowledge.vocabulary)
    tallies = [_Tally() for _ in laid_out.plans]
    total = 0
    for case, findings in patients:
        total += 1
        view = CaseView(with_measures(case, findings), knowledge.vocabulary)
        asking = Asking(view, laid_out)
        for plan, tally in zip(laid_out.plans, tallies, strict=True):
            tally.add(plan, asking)
    pairs = zip(laid_out.plans, tallies, strict=True)
    return tuple(_told(plan, tally, laid_out, total, with_ids) for plan, tally in pairs)


def _told(
    plan: TrialPlan, tally: _Tally, laid_out: Prepared, total: int, with_ids: bool
) -> Feasibility:
    costs = [_cost(number, count, laid_out) for number, count in tally.counts.items()]
    if plan.shut:
        costs.append(_cost_of(OPEN_ARM, NO_OPEN_ARM, tally.shut))
    costs.sort(key=lambda c: (-c.alone, -c.alone_unmet, -c.unmet, -c.unknown, c.criterion))
    return Feasibility(
        trial=plan.trial.id,
        title=plan.trial.title,
        patients=total,
        eligible=tally.answers[Answer.MET],
        possible=tally.answers[Answer.UNKNOWN],
        not_eligible=tally.answers[Answer.UNMET],
        one_unmet=tally.one[Answer.UNMET],
        one_unknown=tally.one[Answer.UNKNOWN],
        costs=tuple(costs),
        ids={name: tuple(ids) for name, ids in tally.ids.items()} if with_ids else {},
    )


def _cost(number: int, count: _Count, laid_out: Prepared) -> Cost:
    criterion = laid_out.criteria[number]
    said = str(criterion.criterion) if criterion.criterion is not None else criterion.text
    excluded = criterion.polarity is Polarity.EXCLUDED
    return _cost_of(f"not ({said})" if excluded else said, criterion.text, count)


def _cost_of(criterion: str, text: str, count: _Count) -> Cost:
    return Cost(
        criterion=criterion,
        text=text,
        unmet=count.unmet,
        unknown=count.unknown,
        alone=count.alone,
        alone_unmet=count.alone_unmet,
    )
