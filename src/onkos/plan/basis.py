"""The tests that an approval rests on, beside the test that this patient had.

Annotates options, and never moves one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from onkos.criteria import CaseView, evaluate_in, subjects
from onkos.criteria.worked_out import laid_out
from onkos.model import (
    Answer,
    BasisStanding,
    Case,
    Diagnostic,
    DiagnosticKind,
    Finding,
    Knowledge,
    Match,
    NotAssessed,
    Option,
    Plan,
    TestBasis,
)
from onkos.model.names import name_key
from onkos.plan.basis_said import Said, sentences


class Source(NamedTuple):
    """What a finding was seen with, and in which material; empty where that is not told."""

    assay: str
    name: str
    material: str


def with_diagnostics(
    plan: Plan, case: Case, findings: Iterable[Finding | NotAssessed], knowledge: Knowledge
) -> Plan:
    """The plan with the tests that each option's approval rests on.

    A diagnostic concerns an option where its regulator approves the option here for a claim
    that asks for a marker, where it selects for the regimen, speaks of the claim's marker, has
    the patient's disease, and its own result is met. Withdrawn ones are never named; a row that
    was not read on a page is named as a commonly used test and no more.

    Returns
    -------
    Plan
        The same options in the same order.
    """
    if not any(option.approved_here for option in plan.options):
        return plan
    view = laid_out(case, findings, knowledge.vocabulary)
    options = tuple(_with_basis(option, view, knowledge) for option in plan.options)
    return replace(plan, options=options)


def _with_basis(option: Option, view: CaseView, knowledge: Knowledge) -> Option:
    matches = [m for m in option.matches if _rests_on_a_marker(m)]
    if not matches:
        return option
    found = [pair for match in matches for pair in _concerning(match, view, knowledge)]
    met = [one for one, labels in found if labels]
    labels = [label for _, own in found for label in own]
    labels = labels or [label for m in matches for label in m.biomarker.alterations]
    seen = dict.fromkeys(s for label in labels for s in _sources(label, view, knowledge))
    tests = dict.fromkeys(met or [one for one, _ in found])
    parts = _parts(tests, option.therapy, knowledge)
    unlisted = _without_a_list(matches, knowledge)
    return replace(option, basis=_basis(tuple(tests), parts, tuple(seen), bool(met), unlisted))


class Unlisted(NamedTuple):
    """What is said of regulators that keep no list of tests, and those that may keep one."""

    told: tuple[str, ...]
    kept: tuple[str, ...]


def _without_a_list(matches: Iterable[Match], knowledge: Knowledge) -> Unlisted:
    here = dict.fromkeys(a.regulator for m in matches for a in m.approvals if not a.any_marker)
    lines = knowledge.vocabulary.facts.get("regulators_without_a_list_of_tests", ())
    said = {line.partition(":")[0]: line for line in lines}
    told = tuple(said[regulator] for regulator in here if regulator in said)
    return Unlisted(told, tuple(regulator for regulator in here if regulator not in said))


def _rests_on_a_marker(match: Match) -> bool:
    """Approved here for something that was found, and not whatever the marker."""
    asked = any(not a.any_marker for a in match.approvals)
    return match.verdict is Answer.MET and asked and bool(match.biomarker.alterations)


def _concerning(
    match: Match, view: CaseView, knowledge: Knowledge
) -> Iterator[tuple[Diagnostic, tuple[str, ...]]]:
    """Diagnostics for the match's regimen here, each with the findings by which it selects.

    None where its own result is not known: another stain or score than its own was reported. A
    test of a change that nobody looked for is another matter: the option does not rest on it.
    """
    words, here = knowledge.vocabulary, view.case.disease
    regulators = {a.regulator for a in match.approvals if not a.any_marker}
    for one in knowledge.diagnostics_for(match.claim.therapy):
        if one.regulator not in regulators:
            continue
        if not subjects(one.when, words) & subjects(match.claim.when, words):
            continue
        if words.tree.judge(here, one.disease, one.disease_except)[0] is not Answer.MET:
            continue
        if one.setting and evaluate_in(one.setting, view).answer is Answer.UNMET:
            continue
        result = evaluate_in(one.when, view)
        elsewhere = {question.kind for question in result.questions} == {"small-variant"}
        if result.answer is Answer.MET or (result.answer is Answer.UNKNOWN and not elsewhere):
            yield one, result.alterations if result.answer is Answer.MET else ()


def _sources(label: str, view: CaseView, knowledge: Knowledge) -> Iterator[Source]:
    """The tests and materials that gave a finding, as far as they are told."""
    for seen in (*view.case.alterations, *view.case.measurements):
        if seen.label != label:
            continue
        sample = view.samples.get(seen.sample)
        stated = knowledge.assay_by_name.get(name_key(getattr(seen, "method", "") or "-"))
        assay = stated or (sample.assay if sample else None)
        if assay is not None:
            only = assay.material[0] if len(assay.material) == 1 else ""
            told = sample.material if sample else ""
            yield Source(assay.id, assay.name, told or only)


def _basis(
    tests: tuple[Diagnostic, ...],
    parts: dict[str, tuple[str, ...]],
    seen: tuple[Source, ...],
    read: bool,
    unlisted: Unlisted,
) -> TestBasis:
    """What is said of `tests`; `parts` holds by id what of the regimen a test is approved for."""
    companions = [t for t in tests if t.stands and t.kind is DiagnosticKind.COMPANION]
    companions.sort(key=lambda test: not any(_is(source, test, test.assays) for source in seen))
    whole = [t for t in companions if t.id not in parts]
    devices = {t.device for t in whole}
    some = [t for t in companions if t.id in parts and t.device not in devices]
    beside = [t for t in tests if t.stands and t not in companions and t.id not in parts]
    unread = [t for t in tests if not t.stands]
    had = _standing(whole or some, unread, seen if read else ())
    told = tuple(dict.fromkeys(source.name for source in seen))
    by_part = {t: parts[t.id] for t in some}
    of_some = any(_is(source, t, t.assays) for source in seen for t in some)
    said = Said(whole, by_part, beside, unread, told, of_some, read, unlisted.kept)
    return TestBasis(
        standing=had if whole or not some else BasisStanding.PART,
        reported_by=told,
        approved=tuple(t.id for t in whole),
        complementary=tuple(t.id for t in beside),
        unverified=tuple(t.id for t in unread),
        for_a_part=tuple(t.id for t in some),
        sentences=(*sentences(had, said), *unlisted.told),
    )


def _parts(
    tests: Iterable[Diagnostic], therapy: Iterable[str], knowledge: Knowledge
) -> dict[str, tuple[str, ...]]:
    """By the id of a test that is not for the whole regimen, what of it that test is for."""
    regimen = frozenset(therapy)
    drugs = knowledge.entries_of(regimen)
    return {t.id: t.parts(regimen, drugs) for t in tests if not t.covers(regimen, drugs)}


def _standing(
    approved: list[Diagnostic], unread: list[Diagnostic], seen: tuple[Source, ...]
) -> BasisStanding:
    if not approved:
        return BasisStanding.UNVERIFIED if unread else BasisStanding.NONE_LISTED
    if any(_is(source, t, t.assays) for source in seen for t in approved):
        return BasisStanding.SAME
    if any(_is(source, t, t.like) for source in seen for t in approved):
        return BasisStanding.LIKE
    return BasisStanding.OTHER if seen else BasisStanding.NOT_TOLD


def _is(source: Source, test: Diagnostic, ids: tuple[str, ...]) -> bool:
    return source.assay in ids and (not source.material or source.material in test.specimen)
