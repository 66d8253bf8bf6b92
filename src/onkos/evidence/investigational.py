"""Agents under investigation in this disease: told apart from what can be had, never ranked."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.criteria import CaseView, evaluate_in
from onkos.model import Answer, Case, Knowledge, Tried
from onkos.model.investigational import STANDINGS


def under_investigation(case: Case, knowledge: Knowledge) -> tuple[Tried, ...]:
    """Agents tried in the case's disease, failures first, unless their marker is absent."""
    found = _concerning(case, knowledge)
    return tuple(sorted(found, key=lambda t: (STANDINGS.index(t.agent.standing), t.agent.id)))


def _concerning(case: Case, knowledge: Knowledge) -> Iterator[Tried]:
    view = CaseView(case, knowledge.vocabulary)
    tree = knowledge.vocabulary.tree
    for agent in knowledge.investigational:
        if tree.judge(case.disease, agent.disease, agent.disease_except)[0] is not Answer.MET:
            continue
        if agent.setting and evaluate_in(agent.setting, view).answer is Answer.UNMET:
            continue
        marker = evaluate_in(agent.when, view) if agent.when is not None else None
        if marker is None or marker.answer is not Answer.UNMET:
            yield Tried(agent=agent, marker=marker)
