"""Scores: a weighted sum over what is known, with its bounds over what is not."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from onkos.criteria import CaseView, evaluate_in
from onkos.criteria.coverage import ask
from onkos.model import Answer, Question
from onkos.model.risk import Classified, Clause, Scheme, Term
from onkos.risk.ordered import questions

DIGITS = 2  # as published scores are read against their bands


@dataclass(frozen=True, slots=True)
class Share:
    """What one term adds: least, central and most, and what is known of it."""

    term: Term
    low: float
    central: float
    high: float
    answer: Answer
    reasons: tuple[str, ...] = ()
    missing: tuple[Question, ...] = ()


def by_score(scheme: Scheme, view: CaseView, done: dict[str, Classified]) -> Classified:
    """The band of a score, and the bands that are still possible."""
    shares = [_share(term, view, done) for term in scheme.terms]
    unit = math.log(2) if scheme.logarithmic else 1.0
    low, central, high = (round(total / unit, DIGITS) for total in _totals(shares))
    best, middle, worst = (band_of(scheme, value) for value in (low, central, high))
    averaged = any(term.mean for term in scheme.terms)
    first, last = sorted((scheme.results.index(best), scheme.results.index(worst)))
    asked = [q for share in shares for q in share.missing] if first != last else []
    return Classified(
        scheme=scheme.id,
        name=scheme.name,
        possible=scheme.results[first : last + 1],
        best=best,
        worst=worst,
        central=middle if averaged else "",
        score=(low, central, high) if averaged else (low, high),
        clauses=tuple(_clause(share, unit) for share in shares),
        missing=tuple(dict.fromkeys(asked)),
    )


def band_of(scheme: Scheme, score: float) -> str:
    """The result of a score."""
    return next(b.result for b in scheme.bands if b.most is None or score <= b.most)


def _totals(shares: Iterable[Share]) -> tuple[float, float, float]:
    """Sums of the bounds; of a group that excludes itself, at most one term counts.

    Until one is known to hold, none may: the best class of such a group scores nothing.
    """
    groups: dict[str, list[Share]] = {}
    for number, share in enumerate(shares):
        groups.setdefault(share.term.group or f"#{number}", []).append(share)
    low = central = high = 0.0
    for group in groups.values():
        if len(group) == 1:
            low, central, high = (
                low + group[0].low, central + group[0].central, high + group[0].high,
            )  # fmt: skip
            continue
        held = [s for s in group if s.answer is Answer.MET]
        open_ = held or [s for s in group if s.answer is Answer.UNKNOWN]
        floor = [] if held else [0.0]
        low += min([*(s.high for s in open_), *floor], default=0.0)
        high += max([*(s.high for s in open_), *floor], default=0.0)
        central += max((s.central for s in open_), default=0.0) if held else 0.0
    return low, central, high


def _clause(share: Share, unit: float) -> Clause:
    points = tuple(dict.fromkeys(round(p / unit, DIGITS) for p in (share.low, share.high)))
    return Clause(name=share.term.name, answer=share.answer, reasons=share.reasons, points=points)


def _share(term: Term, view: CaseView, done: dict[str, Classified]) -> Share:
    if term.when:
        return _counted(term, view)
    if term.scheme:
        return _of_scheme(term, done)
    return _measured(term, view)


def _between(
    term: Term,
    xs: Iterable[float],
    answer: Answer,
    reasons: tuple[str, ...],
    missing: tuple[Question, ...] = (),
) -> Share:
    values = [term.weight * (x - term.mean) for x in xs]
    known = len(set(values)) == 1
    central = values[0] if known else 0.0  # the published average, at which the term is nought
    return Share(term, min(values), central, max(values), answer, reasons, () if known else missing)


def _counted(term: Term, view: CaseView) -> Share:
    verdicts = [evaluate_in(rule, view) for rule in term.when]
    sure = sum(v.answer is Answer.MET for v in verdicts)
    perhaps = sum(v.answer is Answer.UNKNOWN for v in verdicts)
    least, most = min(sure, term.most), min(sure + perhaps, term.most)
    answer = max((v.answer for v in verdicts), default=Answer.UNMET)
    told = [v for v in verdicts if v.answer is answer]
    reasons = tuple(dict.fromkeys(reason for v in told for reason in v.reasons))
    return _between(term, (least, most), answer, reasons, questions(verdicts))


def _measured(term: Term, view: CaseView) -> Share:
    found = [m for m in view.measured.get(term.measure, ()) if m.value is not None]
    values = {min(max(m.value or 0.0, term.least), term.most) / term.per for m in found}
    if not values:
        bounds = (term.least / term.per, term.most / term.per)
        measure = view.measure(term.measure)
        kind = (measure.settled_by if measure else "") or term.measure
        question = ask(kind, term.measure, f"{term.measure}?")
        return _between(
            term, bounds, Answer.UNKNOWN, (f"{term.measure}: not measured",), (question,)
        )
    return _between(term, values, Answer.MET, tuple(m.label for m in found))


def _of_scheme(term: Term, done: dict[str, Classified]) -> Share:
    other = done.get(term.scheme)
    if other is None or not other.possible:
        reason = other.why_not if other else f"{term.scheme}: not asked"
        return _between(term, term.values.values(), Answer.UNKNOWN, (reason,))
    answer = Answer.MET if other.settled else Answer.UNKNOWN
    reasons = (f"{other.name}: {' or '.join(other.possible)}",)
    return _between(term, [term.values[p] for p in other.possible], answer, reasons, other.missing)
