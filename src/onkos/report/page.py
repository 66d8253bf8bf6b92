"""The dossier in the order in which it is read, the answer first; every form renders this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onkos.model import (
    Case,
    Dossier,
    Finding,
    KaryotypeReading,
    Match,
    Measurement,
    NotAssessed,
    Snapshot,
    Unread,
    entry_of,
    regimen_name,
)
from onkos.report.alteration_view import AlterationView, matched_labels, split_alterations
from onkos.report.claim_view import ClaimView, claim_view
from onkos.report.compared_view import ComparedPage, compared_page
from onkos.report.gap_view import GapPage, gap_page
from onkos.report.germline_view import GermlineView, germline_views
from onkos.report.next_view import NextView, next_view
from onkos.report.option_view import OptionGroup, OptionView, in_groups, on_tests, option_view
from onkos.report.record_view import RecordsPage, records_page
from onkos.report.risk_view import RiskView, in_short, risk_views
from onkos.report.tried_view import TriedView, tried_views


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that is said, in words and in order; forms choose only how it looks."""

    case_id: str
    disease: str
    disease_code: str
    context: tuple[tuple[str, str], ...]
    options: tuple[OptionView, ...]
    groups: tuple[OptionGroup, ...]
    on_tests: tuple[str, ...]
    avoid: tuple[OptionView, ...]
    contrary: tuple[ClaimView, ...]
    test_next: tuple[NextView, ...]
    gaps: GapPage
    risks: tuple[RiskView, ...]
    karyotypes: tuple[KaryotypeReading, ...]
    tried: tuple[tuple[str, tuple[TriedView, ...]], ...]
    compared: ComparedPage
    records: RecordsPage
    trials: tuple[tuple[str, tuple[str, ...]], ...]
    germline: tuple[GermlineView, ...]
    meaning: tuple[tuple[str, tuple[ClaimView, ...]], ...]
    statements: tuple[str, ...]
    matched: frozenset[str]
    first: tuple[AlterationView, ...]
    rest: tuple[AlterationView, ...]
    phases: tuple[str, ...]
    findings: tuple[Finding, ...]
    not_assessed: tuple[NotAssessed, ...]
    measurements: tuple[Measurement, ...]
    unread: tuple[Unread, ...]
    filtered: tuple[tuple[str, int], ...]
    rows: int
    notices: tuple[str, ...]
    regulators: tuple[str, ...]
    version: str
    pins: tuple[Snapshot, ...]


def page_of(dossier: Dossier) -> Page:
    """What every form renders."""
    case, plan = dossier.case, dossier.plan
    options = tuple(option_view(option, dossier) for option in plan.options)
    matched = matched_labels(plan)
    first, rest = split_alterations(dossier, matched)
    shown = {f.name for f in dossier.findings}
    return Page(
        case_id=case.id,
        disease=dossier.disease_name,
        disease_code=case.disease,
        context=(*_context(case), *in_short(dossier.classified)),
        options=options,
        groups=in_groups(options),
        on_tests=on_tests(dossier),
        avoid=tuple(option_view(option, dossier) for option in plan.avoid),
        contrary=_by_entry(_claims(plan.contrary)),
        test_next=tuple(next_view(test) for test in plan.test_next),
        gaps=gap_page(plan.gaps, plan.panels_open),
        risks=risk_views(dossier.classified),
        karyotypes=dossier.karyotypes,
        tried=tried_views(dossier.tried),
        compared=compared_page(dossier),
        records=records_page(dossier),
        trials=_trials(dossier),
        germline=germline_views(dossier),
        meaning=(
            ("Prognosis", _claims(plan.prognosis)),
            ("Diagnosis", _claims(plan.diagnosis)),
            ("Predisposition", _claims(plan.predisposition)),
        ),
        statements=plan.statements,
        matched=matched,
        first=first,
        rest=rest,
        phases=tuple(phase.label for phase in case.phases),
        findings=tuple(f for f in dossier.findings if isinstance(f, Finding)),
        not_assessed=tuple(f for f in dossier.findings if isinstance(f, NotAssessed)),
        measurements=tuple(m for m in case.measurements if m.name not in shown),
        unread=case.unread,
        filtered=tuple(case.filtered.items()),
        rows=case.rows,
        notices=case.notices,
        regulators=dossier.regulators,
        version=dossier.version,
        pins=dossier.pins,
    )


def _trials(dossier: Dossier) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Headings and sentences; most dossiers were given no trials, and load nothing for them."""
    if not dossier.trials and dossier.trial_counts is None:
        return ()
    from onkos.report.trial_view import MOST_TRIALS, trials_section

    return tuple(trials_section(dossier.trials, dossier.trial_counts, MOST_TRIALS))


def _claims(matches: tuple[Match, ...]) -> tuple[ClaimView, ...]:
    return tuple(claim_view(match) for match in matches)


def _by_entry(claims: tuple[ClaimView, ...]) -> tuple[ClaimView, ...]:
    """Claims of one entry that differ only in the regimen, as one."""
    table: dict[tuple[object, ...], ClaimView] = {}
    for claim in claims:
        key = (entry_of(claim.id), claim.judged, claim.alterations, claim.cautions)
        first = table.setdefault(key, claim)
        if first is not claim:
            table[key] = replace(first, therapy=f"{first.therapy}; {claim.therapy}")
    return tuple(table.values())


def _context(case: Case) -> Iterator[tuple[str, str]]:
    """What is known of the patient; what is not known is said to be unknown."""
    yield "Stage", case.stage or "not given"
    yield "Line to choose", str(case.line) if case.line else "not given"
    if case.settings:
        yield "Setting", ", ".join(case.settings)
    yield "Prior therapy", _prior(case)
    if case.comedication is not None:
        yield "Comedication", ", ".join(case.comedication) or "none"
    who = [case.sex or "", f"{case.age:g} years" if case.age is not None else ""]
    if any(who):
        yield "Patient", ", ".join(filter(None, who))
    for sample in case.samples:
        assay = sample.assay.name if sample.assay else "assay not given"
        content = _content(sample.purity, "tumour cells") or _content(
            sample.tumour_fraction, "tumour DNA"
        )
        where = " ".join(filter(None, (sample.material, sample.site and f"({sample.site})")))
        parts = (where, assay, sample.collected, content)
        yield f"Sample {sample.id}".strip(), ", ".join(filter(None, parts))
    if case.as_of:
        yield "As of", case.as_of
    if case.earlier:
        yield "Earlier case", case.earlier


def _content(fraction: float | None, of: str) -> str:
    return "" if fraction is None else f"{fraction:.0%} {of}"


def _prior(case: Case) -> str:
    if case.prior is None:
        return "not given"
    told = {True: ", progressed", False: ", no progression", None: ""}
    lines = (
        regimen_name(p.drugs)
        + (f" (line {p.line}{told[p.progressed]})" if p.line else told[p.progressed])
        for p in case.prior
    )
    return "; ".join(lines) or "none"
