"""Criteria about measured values and words."""

from __future__ import annotations

from collections.abc import Callable

from onkos.criteria.answers import met, unknown, unmet
from onkos.criteria.coverage import ask
from onkos.criteria.numbers import compare
from onkos.criteria.view import CaseView
from onkos.model import Answer, Criterion, Measure, Measurement, Question, Verdict
from onkos.model.criterion import Compare, Status

Evaluate = Callable[[Criterion, CaseView], Verdict]


def _question(name: str, view: CaseView) -> Question:
    measure = view.measure(name)
    kind = (measure.settled_by if measure else "") or name
    return ask(kind, name, f"{name}?")


def compared(rule: Compare, view: CaseView) -> Verdict:
    """A value against a number."""
    if rule.name == "age":
        return _age(rule, view)
    found = view.measured.get(rule.name, [])
    values = [m for m in found if m.value is not None and (not rule.at or m.at == rule.at)]
    answers = {compare(m.value, rule.op, rule.value) for m in values if m.value is not None}
    if len(answers) == 2:
        labels = ", ".join(m.label for m in values)
        return unknown(f"{rule}: measurements disagree ({labels})", _question(rule.name, view))
    if values:
        return _told(rule, values[-1], answers.pop())
    if found:
        text = f"{rule}: reported as {found[-1].label} only"
        return unknown(text, _question(rule.name, view))
    return unknown(f"{rule}: not measured", _question(rule.name, view))


def _told(rule: Compare, measurement: Measurement, holds: bool) -> Verdict:
    label = measurement.label
    return met(f"{rule}: {label}", (label,), 3) if holds else unmet(f"{rule}: {label}")


def _age(rule: Compare, view: CaseView) -> Verdict:
    age = view.case.age
    if age is None:
        return unknown(f"{rule}: age not given", ask("clinical", "age", "age?"))
    text = f"age {age:g}"
    return met(text) if compare(age, rule.op, rule.value) else unmet(f"{rule}: {text}")


def status(rule: Status, view: CaseView, evaluate: Evaluate) -> Verdict:
    """A word: reported as such, amounting to it by a rule, or ruled out by another word."""
    measure = view.measure(rule.name)
    words = [m for m in view.measured.get(rule.name, []) if m.status]
    said = {m.status for m in words}
    other = _amounts_to_another(rule, measure, said, view, evaluate)
    if (rule.status in said and len(said) > 1) or (said and other):
        told = "; ".join(filter(None, (", ".join(sorted(said)), other)))
        return unknown(f"{rule}: measurements disagree ({told})", _question(rule.name, view))
    if other:
        return unmet(f"{rule}: {other}")
    if rule.status in said:
        label = words[-1].label
        return met(label, (label,), _status_precision(measure))
    derived = measure.derived.get(rule.status) if measure else None
    if measure is not None and derived is not None:
        by_rule = evaluate(derived, view)
        if by_rule.answer is not Answer.UNKNOWN:
            return by_rule
        if not said and measure.settled_by != measure.name:  # no test reports the word itself
            return by_rule
    if not said:
        return unknown(f"{rule}: not tested", _question(rule.name, view))
    last = words[-1]
    left_open = measure.leaves_open.get(last.status, ()) if measure else ()
    if rule.status in left_open:
        text = f"{rule}: {last.label} does not rule it out"
        return unknown(text, _question(rule.name, view))
    return unmet(f"{rule}: {last.label}")


def _amounts_to_another(
    rule: Status, measure: Measure | None, said: set[str], view: CaseView, evaluate: Evaluate
) -> str:
    """What amounts to another word, of words that rule one another out; empty for nothing."""
    if measure is None or not measure.exclusive:
        return ""
    unsaid = (word for word in measure.derived if word not in said)
    for word in unsaid:
        if said or word != rule.status:
            found = evaluate(measure.derived[word], view)
            if found.answer is Answer.MET:
                return "; ".join(found.reasons)
    return ""


def _status_precision(measure: object) -> int:
    settled_by = getattr(measure, "settled_by", "")
    return 0 if settled_by == "clinical" else 3
