"""The dossier as Markdown, the answer first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onkos.model import Dossier
from onkos.report.alteration_view import AlterationView
from onkos.report.blood_sections import (
    Section,
    germline_section,
    karyotype_section,
    risk_section,
    tried_section,
)
from onkos.report.claim_view import ClaimView
from onkos.report.clean import markdown as md
from onkos.report.compared_view import compared_sections
from onkos.report.gap_view import gap_section
from onkos.report.links import Source
from onkos.report.next_view import NextView
from onkos.report.notice import NOTICE, SHORT
from onkos.report.option_view import OptionView
from onkos.report.page import Page, page_of
from onkos.report.phrases import amp_badge, counted, escat_badge, oncokb_badge
from onkos.report.record_view import records_section
from onkos.report.said import approval_sentences, claim_sentence


def to_markdown(dossier: Dossier) -> str:
    """The page as Markdown with tables; ends with a line break."""
    page = page_of(dossier)
    parts = (
        _head(page),
        _options(page),
        _avoid(page),
        _contrary(page),
        _tests(page.test_next),
        _sections(gap_section(page.gaps)),
        _sections(risk_section(page)),
        _sections(germline_section(page)),
        _meaning(page),
        _evidence(page),
        _sections(page.trials),
        _sections(compared_sections(page.compared)),
        _sections(records_section(page.records)),
        _sections(tried_section(page)),
        _sections(karyotype_section(page)),
        _alterations(page),
        _measures(page),
        _intake(page),
        _foot(page),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _table(names: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Cells are given escaped."""
    head = list(names)
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _links(sources: Iterable[Source]) -> str:
    """Sources with their marks, linked where they resolve."""
    return ", ".join(
        (f"[{md(source.text)}]({source.url})" if source.url else md(source.text))
        + (" (not verified)" if source.unverified else "")
        + (" (contrary)" if source.contrary else "")
        for source in sources
    )


def _marks(words: Iterable[str]) -> str:
    return "".join(f" *({md(word)})*" for word in words)


def _head(page: Page) -> Iterator[str]:
    yield f"# {md(page.case_id)}"
    yield ""
    yield f"**{md(page.disease)}** ({md(page.disease_code)})"
    yield ""
    for name, value in page.context:
        yield f"- {md(name)}: {md(value)}"
    yield ""
    yield f"> {SHORT}"


def _options(page: Page) -> Iterator[str]:
    yield from ("", "## Options", "")
    for statement in page.statements:
        yield f"**{md(statement)}**"
        yield ""
    if page.options:
        here = " or ".join(page.regulators)
        yield f"Here means {md(here)}. AMP, ESCAT and OncoKB-style are computed."
    for sentence in page.on_tests:
        yield from ("", f"Tests: {md(sentence)}.")
    for group in page.groups:
        options = group.options
        yield from ("", f"### {group.heading}")
        heads = ("#", "Regimen", "Because of", "Approved here", "AMP", "ESCAT", "OncoKB-style")
        yield from _table(heads, (_row(option) for option in options))
        for option in options:
            for caution in option.cautions:
                yield f"- **Caution, option {option.rank}:** {md(caution)}"
        for option in options:
            for sentence in option.tests:
                yield f"- Test, option {option.rank}: {md(sentence)}"


def _row(option: OptionView) -> tuple[str, ...]:
    grades = option.grades
    return (
        str(option.rank),
        f"**{md(option.name)}**{_marks(option.marks)}",
        md(", ".join(option.alterations)),
        "<br>".join(md(sentence) for sentence in approval_sentences(option)),
        amp_badge(grades),
        escat_badge(grades),
        oncokb_badge(grades),
    )


def _avoid(page: Page) -> Iterator[str]:
    if page.avoid:
        yield from ("", "## Avoid")
        rows = (
            (
                f"**{md(option.name)}**{_marks(option.marks)}",
                "<br>".join(md(reason) for reason in option.reasons),
                _links(option.sources_against),
            )
            for option in page.avoid
        )
        yield from _table(("Regimen", "Why", "Sources"), rows)


def _claims(claims: Iterable[ClaimView], named: bool = False) -> Iterator[str]:
    for claim in claims:
        yield f"- {md(claim_sentence(claim, named=named))} [{_links(claim.sources)}]"
        if named and claim.advice:
            yield f"  What to do: {md(claim.advice)}"
        if claim.note:
            yield f"  {md(claim.note)}"
        if claim.cascade:
            yield f"  Relatives: {md(claim.cascade)}"


def _contrary(page: Page) -> Iterator[str]:
    if page.contrary:
        yield from ("", "## Cautions: evidence against regimens that are not offered", "")
        yield from _claims(page.contrary, named=True)


def _tests(tests: tuple[NextView, ...]) -> Iterator[str]:
    if not tests:
        return
    yield from ("", "## Test next")
    rows = (
        (
            f"**{md(test.test)}** ({md(test.effort)})",
            "<br>".join(md(question) for question in test.settles),
            md(test.opened),
            md(", ".join(test.closes)),
            md(test.why),
        )
        for test in tests
    )
    heads = ("Test", "Settles", "Could open", "Could close or caution", "And")
    yield from _table(heads, rows)


def _meaning(page: Page) -> Iterator[str]:
    for title, claims in page.meaning:
        if claims:
            yield from ("", f"## {title}", "")
            yield from _claims(claims)


def _sections(sections: Iterable[Section]) -> Iterator[str]:
    for title, lines in sections:
        yield from ("", f"## {title}", "")
        yield from (f"- {md(line)}" for line in lines)


def _evidence(page: Page) -> Iterator[str]:
    if page.options or page.avoid:
        yield from ("", "## Evidence")
    for option in (*page.options, *page.avoid):
        number = f"{option.rank} " if option.rank else "Against "
        yield from ("", f"### {number}{md(option.name)}", "")
        for reason in option.reasons:
            yield f"1. {md(reason)}"
        yield ""
        yield from _claims(option.claims)


def _alterations(page: Page) -> Iterator[str]:
    yield from ("", "## Alterations")
    if not page.first and not page.rest:
        yield from ("", "None reported.")
        return
    views = (*page.first, *page.rest)
    heads = ("Alteration", "Plan rests on it", "VAF", "Origin", "Oncogenicity", "Notes")
    yield from _table(heads, (_alteration(view) for view in views))


def _alteration(view: AlterationView) -> tuple[str, ...]:
    reason = f" ({view.reason})" if view.reason else ""
    flagged = f"filter {', '.join(view.filters)}" if view.filters else ""
    absent = "" if view.present else "stated absent"
    origin = f"origin: {view.origin_reason}" if view.origin_reason else ""
    notes = ", ".join(filter(None, (view.detail, flagged, absent, origin)))
    return (
        md(view.label),
        "yes" if view.matched else "",
        view.vaf_text,
        md(", ".join(filter(None, (view.origin or "not known", view.sample)))),
        md(f"{view.standing}{reason}"),
        md("; ".join(filter(None, (notes, *(r.sentence for r in view.records))))),
    )


def _measures(page: Page) -> Iterator[str]:
    if page.findings or page.measurements:
        yield from ("", "## Measured", "")
    for finding in page.findings:
        told = f"{finding.value} ({finding.method or 'as reported'}) {finding.note}"
        yield f"- {md(told.rstrip())}"
    for measured in page.measurements:
        yield f"- {md(measured.label)}"
    if page.not_assessed:
        yield from ("", "## Not assessed", "", "Not tested is not negative.", "")
    for gap in page.not_assessed:
        yield f"- {md(gap.name)}: {md(gap.reason)}"


def _intake(page: Page) -> Iterator[str]:
    if not (page.rows or page.unread or page.filtered or page.notices):
        return
    yield from ("", "## How the input was read", "")
    if page.rows:
        yield f"- {counted(page.rows, 'row')} read"
    for reason, number in page.filtered:
        yield f"- left out: {number} {md(reason)}"
    for notice in page.notices:
        yield f"- {md(notice)}"
    if page.unread:
        rows = (
            (md(r.source), str(r.line or ""), md(r.column), md(r.text), md(r.reason), md(r.remedy))
            for r in page.unread
        )
        heads = ("Not understood in", "Line", "Column", "Text", "What is wrong", "Way out")
        yield from _table(heads, rows)


def _foot(page: Page) -> Iterator[str]:
    yield from ("", "## Provenance", "")
    yield f"- onkos {md(page.version)}"
    for pin in page.pins:
        read = f", read on {pin.read_on}" if pin.read_on else ""
        told = f"{pin.source} {pin.version}{read}, {pin.licence}, sha256 {pin.sha256[:16]}"
        yield f"- {md(told)}"
    yield from ("", f"> {NOTICE}")
