"""Risk, karyotype, germline and agents under investigation in sentences, for the plain forms."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import KaryotypeReading
from onkos.report.page import Page
from onkos.report.phrases import counted, inside
from onkos.report.risk_view import RiskView
from onkos.report.said import source_words
from onkos.report.tried_view import TriedView

Section = tuple[str, tuple[str, ...]]


def risk_section(page: Page) -> Iterator[Section]:
    """One sentence a classification, with what is missing."""
    if page.risks:
        yield "Risk and class", tuple(_risk(risk) for risk in page.risks)


def karyotype_section(page: Page) -> Iterator[Section]:
    """What each karyotype says."""
    if page.karyotypes:
        yield "Karyotype", tuple(line for one in page.karyotypes for line in _karyotype(one))


def germline_section(page: Page) -> Iterator[Section]:
    """Inherited findings, each with referral and what relatives can be offered."""
    if page.germline:
        yield "Germline findings", tuple(found.sentence for found in page.germline)


def tried_section(page: Page, names_only: bool = False) -> Iterator[Section]:
    """Agents by heading, failures first; for a terminal their names alone."""
    title = "Under investigation or given up, approved by no regulator here"
    if names_only and page.tried:
        lines = (f"{h}: {', '.join(agent.name for agent in agents)}" for h, agents in page.tried)
        yield title, tuple(lines)
        return
    for heading, agents in page.tried:
        yield f"{title}: {inside(heading)}", tuple(_tried(a) for a in agents)


def _risk(risk: RiskView) -> str:
    parts = [f"{risk.name}: {risk.answer}"]
    if risk.score:
        parts.append(f"score {risk.score}")
    if risk.decided_by:
        parts.append(f"by {risk.decided_by}")
    if risk.missing:
        parts.append(f"missing: {'; '.join(risk.missing)}")
    parts += [remark.rstrip(".") for remark in risk.remarks]
    return f"{'; '.join(parts)} [{risk.source.text}]"


def _karyotype(read: KaryotypeReading) -> Iterator[str]:
    least, most = read.abnormalities
    range_ = " or more" if most < 0 else f" to {most}" if most > least else ""
    number = counted(least, "clonal abnormality", "clonal abnormalities")
    yield f"{read.text}: {number}{range_}"
    for name, words in (
        ("shows", read.shows),
        ("in too few cells to be clonal", read.single),
        ("not settled by it", read.may_show),
        ("not read", read.unread),
        ("note", read.remarks),
    ):
        if words:
            yield f"{name}: {', '.join(words)}"


def _tried(agent: TriedView) -> str:
    marker = f" ({agent.marker})" if agent.marker else ""
    told = f"{agent.name}{marker}: {agent.target}, {agent.mechanism}. {agent.found} {agent.status}"
    return f"{told} [{source_words(agent.sources)}]"
