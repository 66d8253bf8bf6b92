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
from onkos.trials.people import Person, Tumour, people, record_of
from onkos.trials.prepared import NO_OPEN_ARM, Prepared, TrialPlan
from onkos.trials.scope import scope_of

Patient = tuple[Case, Iterable[Finding | NotAssessed]]
OPEN_ARM = "an arm that is open"
GROUPS = ("eligible", "possible", "one unmet", "one unknown")


@dataclass(slots=True)
class _Count:
    unmet: int = 0
    unknown: int = 0
    alone: int = 0
    alone_unmet: int = 0
    disagree: int = 0


@dataclass(slots=True)
class _Tally:
    answers: dict[Answer, int] = field(default_factory=lambda: dict.fromkeys(Answer, 0))
    one: dict[Answer, int] = field(default_factory=lambda: dict.fromkeys(Answer, 0))
    counts: dict[int, _Count] = field(default_factory=dict)
    shut: _Count = field(default_factory=_Count)
    disagree: int = 0
    ids: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in GROUPS})

    def add(self, plan: TrialPlan, person: Person) -> None:
        """One patient before one trial."""
        tumour = person.nearest(plan.node)
        failing = frozenset[int]() if plan.node is None else tumour.failing(plan.node)
        for number in failing:
            self._count(number, tumour)
        self.disagree += any(map(tumour.disagrees, failing))
        if plan.shut:
            self._before_shut(person, alone=not failing)
            return
        answer = Answer.UNKNOWN if plan.node is None else tumour.answer(plan.node)
        self._put(answer, {2: "eligible", 1: "possible"}.get(answer, ""), person)
        if len(failing) == 1:
            (number,) = failing
            verdict = tumour.leaf(number)
            self.one[verdict] += 1
            self.counts[number].alone += 1
            self.counts[number].alone_unmet += verdict is Answer.UNMET
            self.ids[f"one {verdict}"].append(person.id)

    def _before_shut(self, person: Person, alone: bool) -> None:
        """Nobody enters a trial without an open arm; who fits all else is one criterion off."""
        self._put(Answer.UNMET, "", person)
        self.shut.unmet += 1
        if alone:
            self.one[Answer.UNMET] += 1
            self.shut.alone += 1
            self.shut.alone_unmet += 1
            self.ids["one unmet"].append(person.id)

    def _put(self, answer: Answer, group: str, person: Person) -> None:
        self.answers[answer] += 1
        if group:
            self.ids[group].append(person.id)

    def _count(self, number: int, tumour: Tumour) -> None:
        answer, count = tumour.leaf(number), self.counts.setdefault(number, _Count())
        count.unmet += answer is Answer.UNMET
        count.unknown += answer is Answer.UNKNOWN
        count.disagree += tumour.disagrees(number)


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
        Walked once; only the answers to the criteria are kept of each.
    with_ids : bool
        Also the opaque ids of those who are eligible or nearly so.

    Returns
    -------
    tuple of Feasibility
        One a trial. A patient of several samples counts once (``people``): what they tell of one
        tumour is joined, facts of the person are those of the latest record, and of several
        tumours the one that is nearest to the trial counts. One whom one criterion
        alone keeps out counts under ``one_unmet`` or ``one_unknown`` by what that criterion is;
        of several ways into a trial the one that is nearest counts.
    """
    laid_out = Prepared(trials, knowledge.vocabulary)
    records = []
    for case, findings in patients:
        view = CaseView(with_measures(case, findings), knowledge.vocabulary)
        records.append(record_of(case, Asking(view, laid_out), len(laid_out.criteria)))
    asked = [scope_of(one, knowledge.vocabulary) for one in laid_out.criteria]
    found = people(records, knowledge.vocabulary.tree, asked)
    return tuple(_told(plan, found, laid_out, with_ids) for plan in laid_out.plans)


def _told(plan: TrialPlan, found: list[Person], laid_out: Prepared, with_ids: bool) -> Feasibility:
    tally = _Tally()
    for person in found:
        tally.add(plan, person)
    costs = [_cost(number, count, laid_out) for number, count in tally.counts.items()]
    if plan.shut:
        costs.append(_cost_of(OPEN_ARM, NO_OPEN_ARM, tally.shut))
    costs.sort(key=lambda c: (-c.alone, -c.alone_unmet, -c.unmet, -c.unknown, c.criterion))
    return Feasibility(
        trial=plan.trial.id,
        title=plan.trial.title,
        patients=len(found),
        samples=sum(len(person.records) for person in found),
        several=sum(len(person.records) > 1 for person in found),
        disagree=tally.disagree,
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
        disagree=count.disagree,
    )
