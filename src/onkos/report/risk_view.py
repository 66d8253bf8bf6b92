"""Risk groups, classes and scores as the page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onkos.model import Answer
from onkos.model.risk import Classified, Clause
from onkos.report.clean import one_line
from onkos.report.links import Source, address
from onkos.report.next_view import grouped

_SAID = 3  # how many possible classes, or genes of one kind of test, are named in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseView:
    """One rule or term as it stands here."""

    name: str
    result: str
    answer: str
    why: str
    points: str
    decides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskView:
    """One classification: the answer, what decided it, and what would settle it."""

    name: str
    answer: str
    settled: bool
    applies: bool
    decided_by: str
    score: str
    missing: tuple[str, ...]
    remarks: tuple[str, ...]
    clauses: tuple[ClauseView, ...]
    source: Source
    note: str


def risk_views(found: tuple[Classified, ...]) -> tuple[RiskView, ...]:
    """What every form renders, in the order of the knowledge."""
    return tuple(_view(one) for one in found)


def in_short(found: tuple[Classified, ...]) -> Iterator[tuple[str, str]]:
    """Name and answer of each risk group, for the head of the page; classes have long names."""
    for one in found:
        if one.possible and one.best:
            yield one.name, _answer(one)


def _view(one: Classified) -> RiskView:
    decisive = next((c for c in one.clauses if c.decides), None)
    return RiskView(
        name=one.name,
        answer=_answer(one),
        settled=one.settled,
        applies=bool(one.possible),
        decided_by=decisive.name if decisive and one.settled else "",
        score=_score(one.score),
        missing=grouped(one.missing, most=_SAID),
        remarks=one.remarks,
        clauses=tuple(_clause(c) for c in one.clauses),
        source=_source(one),
        note=one.note,
    )


def _answer(one: Classified) -> str:
    if one.why_not:
        return f"does not apply: {one.why_not}"
    if one.settled:
        return one.possible[0]
    if one.best:
        central = f", {one.central} at the average" if one.score and one.central else ""
        return f"{one.best} to {one.worst}{central}"
    if len(one.possible) > _SAID:
        first = ", ".join(one.possible[: _SAID - 1])
        return f"one of {len(one.possible)}: {first}, ..."
    return " or ".join(one.possible)


def _score(score: tuple[float, ...]) -> str:
    if not score:
        return ""
    low, *_, high = score
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _clause(clause: Clause) -> ClauseView:
    points = " to ".join(f"{p:g}" for p in sorted(clause.points))
    return ClauseView(
        name=clause.name,
        result=clause.result,
        answer=str(clause.answer) if clause.answer is not Answer.MET or clause.result else "counts",
        why="; ".join(one_line(reason) for reason in clause.reasons),
        points=points,
        decides=clause.decides,
    )


def _source(one: Classified) -> Source:
    identifier = one.source.rsplit(" ", 1)[-1]
    url = address(identifier)
    return Source(one.source, url, unverified=one.unverified)
