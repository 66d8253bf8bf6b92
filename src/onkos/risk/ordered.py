"""Ordered rules: the first that is met decides, an unknown above it leaves a range."""

from __future__ import annotations

from onkos.criteria import CaseView, evaluate_in
from onkos.model import Answer, Question, Verdict
from onkos.model.risk import Classified, Clause, Rule, Scheme


def by_rules(scheme: Scheme, view: CaseView) -> Classified:
    """The result of an ordered classification, every clause reported."""
    verdicts = [(rule, _judged(rule, view)) for rule in scheme.rules]
    decisive = next(
        (at for at, (_, verdict) in enumerate(verdicts) if verdict.answer is Answer.MET),
        len(verdicts),
    )
    open_above = [(r, v) for r, v in verdicts[:decisive] if v.answer is Answer.UNKNOWN]
    settled = verdicts[decisive][0].result if decisive < len(verdicts) else scheme.otherwise
    possible = {settled, *(rule.result for rule, _ in open_above)}
    ranked = tuple(result for result in scheme.results if result in possible)
    # an unknown that leads to the result anyway asks for nothing
    asked = [v for r, v in open_above if len(possible) > 1 or r.result != settled]
    return Classified(
        scheme=scheme.id,
        name=scheme.name,
        possible=ranked,
        best=ranked[0] if scheme.ordered else "",
        worst=ranked[-1] if scheme.ordered else "",
        clauses=tuple(
            Clause(
                name=rule.name,
                result=rule.result,
                answer=verdict.answer,
                reasons=verdict.reasons,
                decides=at == decisive,
            )
            for at, (rule, verdict) in enumerate(verdicts)
        ),
        missing=questions(asked),
    )


def _judged(rule: Rule, view: CaseView) -> Verdict:
    if rule.stated and not view.measured.get(rule.stated):
        reason = f"{rule.stated}: not given, and the diagnosis says otherwise"
        return Verdict(answer=Answer.UNMET, reasons=(reason,))
    return evaluate_in(rule.when, view)


def questions(verdicts: list[Verdict]) -> tuple[Question, ...]:
    """What would settle them, each once."""
    return tuple(dict.fromkeys(q for verdict in verdicts for q in verdict.questions))
