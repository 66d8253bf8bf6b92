"""Agents under investigation as the page shows them: never among the options."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from onkos.model import Answer, Tried, regimen_name
from onkos.report.links import Source, once, sources_of

HEADINGS = {
    "failed": "Tried, and failed",
    "stopped": "Tried, and stopped",
    "in trials": "In trials",
    "no active development known": "No active development known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedView:
    """One agent."""

    name: str
    target: str
    mechanism: str
    marker: str
    found: str
    status: str
    sources: tuple[Source, ...]


def tried_views(found: tuple[Tried, ...]) -> tuple[tuple[str, tuple[TriedView, ...]], ...]:
    """By heading, in the order given: failures first."""
    groups = groupby(found, key=lambda tried: tried.agent.standing)
    return tuple((HEADINGS[standing], tuple(map(_view, group))) for standing, group in groups)


def _view(tried: Tried) -> TriedView:
    agent = tried.agent
    return TriedView(
        name=regimen_name(agent.therapy),
        target=agent.target,
        mechanism=agent.mechanism,
        marker=_marker(tried),
        found=agent.found,
        status=agent.status,
        sources=once(source for study in agent.studies for source in sources_of(study)),
    )


def _marker(tried: Tried) -> str:
    if tried.marker is None:
        return ""
    if tried.marker.answer is Answer.MET:
        return f"{tried.agent.when}: there"
    return f"{tried.agent.when}: not known"
