"""What a classification and an agent under investigation say, as lines to print."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.cli.entries import diseases, row, study_line
from onkos.model import Investigational, Knowledge, Scheme, regimen_name


def scheme_lines(scheme: Scheme, knowledge: Knowledge) -> Iterator[str]:
    """A classification with every rule or term."""
    yield f"{scheme.id}  {scheme.name}"
    yield from row("disease", diseases(scheme.disease, knowledge))
    yield from row("except", diseases(scheme.disease_except, knowledge))
    yield from row("setting", scheme.setting)
    for remark in scheme.unless:
        yield from row("not where", f"{remark.when}: {remark.text}")
    for rule in scheme.rules:
        yield from row(rule.result, f"{rule.name}: {rule.when}")
    if scheme.otherwise:
        yield from row(scheme.otherwise, "otherwise")
    for term in scheme.terms:
        of = " or ".join(map(str, term.when)) or term.measure or term.scheme
        mean = f" x ({of} - {term.mean:g})" if term.mean else f" where {of}"
        yield from row(f"{term.weight:+g}", f"{term.name}{mean}")
    for band in scheme.bands:
        yield from row(band.result, "above" if band.most is None else f"up to {band.most:g}")
    for remark in scheme.remarks:
        yield from row("remark", f"where {remark.when}: {remark.text}")
    yield from row("note", scheme.note)
    yield from row("source", scheme.source_id)


def agent_lines(agent: Investigational, knowledge: Knowledge) -> Iterator[str]:
    """An agent with its trials, failures first."""
    yield f"{agent.id}  {regimen_name(agent.therapy)}, not approved for this: {agent.standing}"
    yield from row("disease", diseases(agent.disease, knowledge))
    yield from row("marker", agent.when)
    yield from row("target", agent.target)
    yield from row("mechanism", agent.mechanism)
    yield from row("found", agent.found)
    yield from row("today", agent.status)
    for study in agent.studies:
        yield from row("study" if study.positive else "failed", study_line(study))
