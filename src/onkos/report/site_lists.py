"""Pages of the site that are lists of their own: classifications, and agents not approved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onkos.model import Investigational, Knowledge, Scheme, regimen_name
from onkos.report.links import Source, address, once, sources_of
from onkos.report.tried_view import HEADINGS

CLASSIFICATIONS = "classifications.html"
AGENTS = "investigational.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeView:
    """A classification: rows of result or weight, name and rule."""

    id: str
    name: str
    diseases: str
    setting: str
    unless: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str, str], ...]
    remarks: tuple[tuple[str, str], ...]
    note: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentView:
    """An agent that no regulator approved for a disease."""

    name: str
    diseases: str
    marker: str
    target: str
    mechanism: str
    found: str
    status: str
    sources: tuple[Source, ...]


def scheme_views(knowledge: Knowledge) -> tuple[SchemeView, ...]:
    """Every classification."""
    return tuple(_scheme(scheme, knowledge) for scheme in knowledge.schemes)


def agent_views(knowledge: Knowledge) -> Iterator[tuple[str, tuple[AgentView, ...]]]:
    """Agents by standing, failures first."""
    for standing, heading in HEADINGS.items():
        mine = [a for a in knowledge.investigational if a.standing == standing]
        if mine:
            found = (_agent(a, knowledge) for a in mine)
            yield heading, tuple(sorted(found, key=lambda a: (a.diseases, a.name)))


def _names(codes: tuple[str, ...], knowledge: Knowledge) -> str:
    return ", ".join(knowledge.vocabulary.tree.name(code) for code in codes)


def _scheme(scheme: Scheme, knowledge: Knowledge) -> SchemeView:
    identifier = f"PMID:{scheme.pmid}" if scheme.pmid else f"doi:{scheme.doi}" if scheme.doi else ""
    return SchemeView(
        id=scheme.id,
        name=scheme.name,
        diseases=_names(scheme.disease, knowledge),
        setting=str(scheme.setting or ""),
        unless=tuple((str(r.when), r.text) for r in scheme.unless),
        rows=tuple(_rows(scheme)),
        remarks=tuple((str(r.when), r.text) for r in scheme.remarks),
        note=scheme.note,
        source=Source(scheme.source_id, address(identifier), scheme.unverified),
    )


def _rows(scheme: Scheme) -> Iterator[tuple[str, str, str]]:
    for rule in scheme.rules:
        yield rule.result, rule.name, str(rule.when)
    if scheme.otherwise:
        yield scheme.otherwise, "otherwise", ""
    for term in scheme.terms:
        of = " or ".join(map(str, term.when)) or term.measure or term.scheme
        yield f"{term.weight:+g}", term.name, f"{of} - {term.mean:g}" if term.mean else of
    for band in scheme.bands:
        yield band.result, "above" if band.most is None else f"score up to {band.most:g}", ""


def _agent(agent: Investigational, knowledge: Knowledge) -> AgentView:
    return AgentView(
        name=regimen_name(agent.therapy),
        diseases=_names(agent.disease, knowledge),
        marker=str(agent.when or ""),
        target=agent.target,
        mechanism=agent.mechanism,
        found=agent.found,
        status=agent.status,
        sources=once(source for study in agent.studies for source in sources_of(study)),
    )
