"""The criteria of trials asked of one case: each once, joined by strong Kleene logic."""

from __future__ import annotations

from onkos.criteria import CaseView, evaluate_in
from onkos.criteria.answers import opposite
from onkos.model import Answer, Verdict
from onkos.model.criterion import DiseaseIs
from onkos.model.trial import Part, Polarity, TrialCriterion
from onkos.model.trial_match import Asked
from onkos.trials.absence import inherited_matters, without_absences
from onkos.trials.conditions import keyword_verdict
from onkos.trials.prepared import ALL, Node, Prepared
from onkos.trials.recovery import recovery_of

_NOT_READ = Verdict(answer=Answer.UNKNOWN)


class Answers:
    """Answers to criteria joined by strong Kleene logic; whose they are, those below say."""

    def __init__(self) -> None:
        self._answers: dict[int, Answer] = {}  # by identity: nodes live as long as the trials

    def leaf(self, number: int) -> Answer:
        """The answer to one criterion."""
        raise NotImplementedError

    def recovers(self, number: int) -> bool:
        """Whether one that is unmet may come to be met."""
        raise NotImplementedError

    def answer(self, node: Node) -> Answer:
        """The answer of a node; each is worked out once, and no further than it takes."""
        if isinstance(node, int):
            return self.leaf(node)
        known = self._answers.get(id(node))
        if known is None:
            known = self._answers[id(node)] = self._joined(node)
        return known

    def _joined(self, node: tuple[str, tuple[Node, ...]]) -> Answer:
        kind, parts = node
        join, settled = (min, Answer.UNMET) if kind == ALL else (max, Answer.MET)
        found = Answer(Answer.MET - settled)
        for part in parts:
            found = join(found, self.answer(part))
            if found is settled:
                break
        return found

    def deciding(self, node: Node) -> set[int]:
        """Criteria on which the answer of a node hangs."""
        if isinstance(node, int):
            return {node}
        kind, parts = node
        answers = [self.answer(part) for part in parts]
        wanted = min(answers) if kind == ALL else max(answers)
        found = (self.deciding(p) for p, a in zip(parts, answers, strict=True) if a is wanted)
        return set().union(*found)

    def failing(self, node: Node) -> frozenset[int]:
        """The fewest criteria that would have to become met for the node to be.

        Of several ways the one with the fewest unmet, those that can be recovered counting
        less, then with the fewest unknown.
        """
        if self.answer(node) is Answer.MET:
            return frozenset()
        if isinstance(node, int):
            return frozenset({node})
        kind, parts = node
        ways = [self.failing(part) for part in parts]
        return frozenset().union(*ways) if kind == ALL else min(ways, key=self.weight)

    def weight(self, failing: frozenset[int]) -> tuple[int, int, int, list[int]]:
        """How far criteria that fail are from being met: the less, the nearer."""
        unmet = [n for n in failing if self.leaf(n) is Answer.UNMET]
        lasting = sum(not self.recovers(n) for n in unmet)
        return lasting, len(unmet), len(failing) - len(unmet), sorted(failing)


class Asking(Answers):
    """One case before prepared trials.

    Parameters
    ----------
    view : CaseView
    trials : Prepared
    """

    def __init__(self, view: CaseView, trials: Prepared) -> None:
        super().__init__()
        self.view, self._criteria = view, trials.criteria
        self._verdicts: list[Verdict | None] = [None] * len(trials.criteria)
        self._asked: dict[tuple[int, bool], Asked] = {}
        self._recovers: dict[int, bool] = {}

    def criterion(self, number: int) -> TrialCriterion:
        """The criterion itself."""
        return self._criteria[number]

    def verdict(self, number: int) -> Verdict:
        """Whether the patient fits one criterion."""
        known = self._verdicts[number]
        if known is None:
            known = self._verdicts[number] = self._judge(self._criteria[number])
        return known

    def _judge(self, criterion: TrialCriterion) -> Verdict:
        if criterion.criterion is None:
            return _NOT_READ
        rule, view = criterion.criterion, self.view
        if view.case.withholds_germline:
            found = without_absences(rule, view, inherited_matters)
        else:
            found = evaluate_in(rule, view)
        if criterion.wider is not None and isinstance(rule, DiseaseIs):
            return keyword_verdict(criterion, rule.code, found, view)
        return opposite(found) if criterion.polarity is Polarity.EXCLUDED else found

    def leaf(self, number: int) -> Answer:
        """Whether the patient fits one criterion."""
        return self.verdict(number).answer

    def recovers(self, number: int) -> bool:
        """Whether the source, or what it asks, says how it may come to be met."""
        known = self._recovers.get(number)
        if known is None:
            known = bool(recovery_of(self._criteria[number], self.view))
            self._recovers[number] = known
        return known

    def of_text(self, number: int) -> bool:
        """Whether a machine read it in free text."""
        return self._criteria[number].part is Part.TEXT

    def asked(self, number: int, decides: bool = False) -> Asked:
        """One criterion with its answer, as it is shown."""
        known = self._asked.get((number, decides))
        if known is None:
            known = self._asked[number, decides] = self._shown(number, decides)
        return known

    def _shown(self, number: int, decides: bool) -> Asked:
        criterion, verdict = self._criteria[number], self.verdict(number)
        unmet = verdict.answer is Answer.UNMET
        return Asked(
            text=criterion.text,
            criterion=str(criterion.criterion) if criterion.criterion is not None else "",
            part=criterion.part,
            polarity=criterion.polarity,
            answer=verdict.answer,
            decides=decides,
            reasons=verdict.reasons or ((criterion.unread,) if criterion.unread else ()),
            alterations=verdict.alterations,
            missing=verdict.questions if verdict.answer is Answer.UNKNOWN else (),
            cautions=verdict.cautions,
            note=criterion.note,
            recovery=recovery_of(criterion, self.view) if unmet else criterion.recovery,
            precision=verdict.precision,
        )


class WithoutWords(Answers):
    """The same case, had what was read in free text never spoken against it.

    A trial that is unmet, and is not so here, is ruled out by words that a machine read and by
    nothing else.
    """

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self._asking = asking

    def leaf(self, number: int) -> Answer:
        """As asked; of free text what is unmet is unknown."""
        answer = self._asking.leaf(number)
        against = answer is Answer.UNMET and self._asking.of_text(number)
        return Answer.UNKNOWN if against else answer

    def recovers(self, number: int) -> bool:
        """As asked."""
        return self._asking.recovers(number)
