"""The dossier as plain text for a terminal, 100 columns wide, the answer first."""

from __future__ import annotations

import textwrap
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
from onkos.report.clean import one_line
from onkos.report.compared_view import compared_sections
from onkos.report.gap_view import gap_section
from onkos.report.links import once
from onkos.report.next_view import NextView
from onkos.report.notice import NOTICE, SHORT
from onkos.report.option_view import OptionView
from onkos.report.page import Page, page_of
from onkos.report.phrases import amp_badge, counted, escat_badge, inside, oncokb_badge
from onkos.report.record_view import records_section
from onkos.report.said import approval_sentences, claim_sentence, source_words

WIDTH = 100
_MOST_REST = 20  # alterations that nothing rests on, named in the terminal


def to_text(dossier: Dossier) -> str:
    """The page as text; ends with a line break."""
    page = page_of(dossier)
    parts = (
        _head(page),
        _options(page),
        _avoid(page),
        _cautions(page),
        _tests(page.test_next),
        _sections(gap_section(page.gaps)),
        _sections(risk_section(page)),
        _sections(germline_section(page)),
        _meaning(page),
        _sections(page.trials),
        _sections(compared_sections(page.compared)),
        _sections(records_section(page.records)),
        _sections(tried_section(page, names_only=True)),
        _sections(karyotype_section(page)),
        _alterations(page),
        _measures(page),
        _intake(page),
        _foot(page),
    )
    return "\n".join(line.rstrip() for part in parts for line in part) + "\n"


def _wrap(text: str, indent: int = 0, first: str = "") -> Iterator[str]:
    """Lines of at most `WIDTH` columns; `first` stands before the text, what follows hangs."""
    hang = " " * (indent + len(first))
    yield from textwrap.wrap(
        one_line(text),
        WIDTH,
        initial_indent=" " * indent + first,
        subsequent_indent=hang,
        break_on_hyphens=False,
    )


def _title(text: str) -> Iterator[str]:
    yield ""
    yield text.upper()


def _head(page: Page) -> Iterator[str]:
    yield from _wrap(f"{page.case_id} · {page.disease} ({page.disease_code})")
    facts = (f"{inside(name)}: {value}" for name, value in page.context)
    yield from _wrap(" · ".join(facts))
    yield from _wrap(SHORT)


def _options(page: Page) -> Iterator[str]:
    here = " or ".join(page.regulators)
    yield from _title("Options")
    for statement in page.statements:
        yield from _wrap(statement, first="! ")
    if page.options:
        yield from _wrap(f"Here means {here}. Scales are computed: AMP, ESCAT, OncoKB-style.")
    for sentence in page.on_tests:
        yield from _wrap(f"Tests: {sentence}")
    for group in page.groups:
        yield ""
        yield from _wrap(group.heading, 2)
        for option in group.options:
            yield from _option(option)


def _option(option: OptionView) -> Iterator[str]:
    yield from _named(option, f"{option.rank:>3}  ")
    for sentence in approval_sentences(option):
        yield from _wrap(sentence, 5)
    for sentence in option.tests:
        yield from _wrap(sentence, 5, "test: ")
    for caution in option.cautions:
        yield from _wrap(f"caution: {caution}", 5, "! ")
    yield from _claims(option.claims, 5)


def _named(option: OptionView, first: str) -> Iterator[str]:
    """The regimen with its scales at the right edge, and what it is offered because of."""
    grades = option.grades
    scales = (
        f"AMP {amp_badge(grades):<5} ESCAT {escat_badge(grades):<5} "
        f"OncoKB-style {oncokb_badge(grades):<2}"
    )
    marks = f" [{'; '.join(option.marks)}]" if option.marks else ""
    *lines, last = _wrap(f"{option.name}{marks}", first=first)
    yield from lines
    fits = len(last) + 2 + len(scales) <= WIDTH
    yield f"{last}{scales:>{WIDTH - len(last)}}" if fits else last
    if not fits:
        yield f"{scales:>{WIDTH}}"
    if option.alterations:
        yield from _wrap(f"because of {', '.join(option.alterations)}", 5)


def _claims(claims: Iterable[ClaimView], indent: int, named: bool = False) -> Iterator[str]:
    """Each claim of this disease with its studies and sources, then those borrowed."""
    found = tuple(claims)
    home = any(claim.at_home for claim in found)
    for claim in found:
        if claim.at_home or not home:
            told = claim_sentence(claim, studies=claim.at_home, named=named)
            yield from _wrap(f"{told} [{source_words(claim.sources)}]", indent, "- ")
            if named and claim.advice:
                yield from _wrap(f"What to do: {claim.advice}", indent + 2)
            if claim.note and claim.at_home:
                yield from _wrap(claim.note, indent + 2)
            if claim.cascade:
                yield from _wrap(f"Relatives: {claim.cascade}", indent + 2)
    borrowed = [claim for claim in found if home and not claim.at_home]
    if borrowed:
        sources = once(source for claim in borrowed for source in claim.sources)
        told = f"and {counted(len(borrowed), 'claim')} from other diseases or a finer diagnosis"
        yield from _wrap(f"{told} [{source_words(sources)}]", indent, "- ")


def _avoid(page: Page) -> Iterator[str]:
    if page.avoid:
        yield from _title("Avoid")
    for option in page.avoid:
        yield from _named(option, "  x  ")
        for reason in option.reasons:
            yield from _wrap(reason, 5)
        yield from _claims(option.claims, 5)


def _cautions(page: Page) -> Iterator[str]:
    if page.contrary:
        yield from _title("Evidence against regimens that are not offered")
        yield from _claims(page.contrary, 2, named=True)


def _tests(tests: Iterable[NextView]) -> Iterator[str]:
    for number, test in enumerate(tests):
        if number == 0:
            yield from _title("Test next")
        yield from _wrap(f"{test.test} ({test.effort})", first="  ?  ")
        yield from _wrap(f"settles {'; '.join(test.settles)}", 5)
        if test.opens:
            yield from _wrap(f"could open {test.opened}", 5)
        if test.closes:
            yield from _wrap(f"could close or caution {', '.join(test.closes)}", 5)
        if test.why:
            yield from _wrap(test.why, 5)


def _meaning(page: Page) -> Iterator[str]:
    for title, claims in page.meaning:
        if claims:
            yield from _title(title)
            yield from _claims(claims, 2)


def _sections(sections: Iterable[Section]) -> Iterator[str]:
    for title, lines in sections:
        yield from _title(title)
        for line in lines:
            yield from _wrap(line, 2, "- ")


def _alterations(page: Page) -> Iterator[str]:
    yield from _title("Alterations")
    for view in page.first:
        yield from _wrap(_alteration(view), first="  * " if view.matched else "    ")
    if page.rest:
        named = ", ".join(view.label for view in page.rest[:_MOST_REST])
        more = len(page.rest) - _MOST_REST
        others = f"; {more} more, see the report or JSON" if more > 0 else ""
        total = counted(len(page.rest), "other")
        yield from _wrap(f"{total} that nothing rests on: {named}{others}", 4)
    if page.first:
        yield from _wrap("* the plan rests on it", 4)


def _alteration(view: AlterationView) -> str:
    parts = (
        view.label,
        view.vaf_text,
        view.origin,
        f"origin: {view.origin_reason}" if view.origin_reason else "",
        view.sample,
        view.detail,
        f"{view.standing} ({view.reason})" if view.reason else view.standing,
        f"filter {', '.join(view.filters)}" if view.filters else "",
        *(record.sentence for record in view.records),
    )
    return " · ".join(filter(None, parts))


def _measures(page: Page) -> Iterator[str]:
    if page.findings or page.measurements:
        yield from _title("Measured")
    for finding in page.findings:
        yield from _wrap(f"{finding.value} ({finding.method or 'as reported'}) {finding.note}", 2)
    for measured in page.measurements:
        yield from _wrap(measured.label, 2)
    if page.not_assessed:
        yield from _title("Not assessed (not tested is not negative)")
    by_reason: dict[str, list[str]] = {}
    for gap in page.not_assessed:
        by_reason.setdefault(gap.reason, []).append(gap.name)
    for reason, names in by_reason.items():
        yield from _wrap(f"{', '.join(names)}: {reason}", 2)


def _intake(page: Page) -> Iterator[str]:
    if not (page.rows or page.unread or page.filtered or page.notices):
        return
    yield from _title("How the input was read")
    if page.rows:
        yield f"  {counted(page.rows, 'row')} read"
    if page.filtered:
        left = "; ".join(f"{number} {reason}" for reason, number in page.filtered)
        yield from _wrap(f"left out: {left}", 2)
    for notice in page.notices:
        yield from _wrap(notice, 2)
    for row in page.unread:
        line = f"line {row.line}" if row.line else ""
        place = ", ".join(filter(None, (row.source, line, row.column)))
        remedy = f"; {row.remedy}" if row.remedy else ""
        yield from _wrap(f"not understood: {place}: {row.text!r}: {row.reason}{remedy}", 2)


def _foot(page: Page) -> Iterator[str]:
    yield from _title("Provenance")
    yield from _wrap(f"onkos {page.version}", 2)
    for pin in page.pins:
        read = f", read on {pin.read_on}" if pin.read_on else ""
        told = f"{pin.source} {pin.version}{read}, sha256 {pin.sha256[:16]}, {pin.licence}"
        yield from _wrap(told, 2)
    yield ""
    yield from _wrap(NOTICE)
