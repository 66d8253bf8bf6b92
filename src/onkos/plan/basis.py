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

MOST_NAMED = 4  # tests named in one sentence


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
    unlisted = _without_a_list(matches, knowledge)
    return replace(option, basis=_basis(tuple(tests), tuple(seen), bool(met), unlisted))


class Unlisted(NamedTuple):
    """What is said of regulators that keep no list of tests, and whether they are all there are."""

    told: tuple[str, ...]
    alone: bool


def _without_a_list(matches: Iterable[Match], knowledge: Knowledge) -> Unlisted:
    here = dict.fromkeys(a.regulator for m in matches for a in m.approvals if not a.any_marker)
    lines = knowledge.vocabulary.facts.get("regulators_without_a_list_of_tests", ())
    said = {line.partition(":")[0]: line for line in lines}
    told = tuple(said[regulator] for regulator in here if regulator in said)
    return Unlisted(told, alone=len(told) == len(here))


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
    tests: tuple[Diagnostic, ...], seen: tuple[Source, ...], read: bool, unlisted: Unlisted
) -> TestBasis:
    approved = [t for t in tests if t.stands and t.kind is DiagnosticKind.COMPANION]
    beside = [t for t in tests if t.stands and t.kind is not DiagnosticKind.COMPANION]
    unread = [t for t in tests if not t.stands]
    standing = _standing(approved, unread, seen if read else ())
    told = tuple(dict.fromkeys(source.name for source in seen))
    return TestBasis(
        standing=standing,
        reported_by=told,
        approved=tuple(t.id for t in approved),
        complementary=tuple(t.id for t in beside),
        unverified=tuple(t.id for t in unread),
        sentences=(
            *_sentences(standing, approved, beside, unread, told, read, unlisted.alone),
            *unlisted.told,
        ),
    )


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


def _sentences(
    standing: BasisStanding,
    approved: list[Diagnostic],
    beside: list[Diagnostic],
    unread: list[Diagnostic],
    told: tuple[str, ...],
    read: bool,
    no_list: bool,
) -> Iterator[str]:
    report = f"this report came from {' and '.join(told)}" if told else ""
    confirm = "confirm with an approved test where the label asks for one"
    ending = {
        BasisStanding.SAME: f"{report}, {'one of these' if len(approved) > 1 else 'that test'}",
        BasisStanding.LIKE: f"{report}, a name that laboratories also use for versions of their "
        "own: ask whether it was the approved kit",
        BasisStanding.OTHER: f"{report}: {confirm}",
        BasisStanding.NOT_TOLD: f"which test gave this finding is not told: {confirm}"
        if read
        else f"its own reading is not among the results here: {confirm}",
    }
    if approved:
        by = _approved_by(approved)
        yield f"companion test approved by {by}: {_named(approved)}; {ending[standing]}"
    if beside:
        yield f"complementary, informs and is not required: {_named(beside)}"
    if unread:
        yield f"commonly used, approval not verified: {_named(unread)}; verify"
    if standing is BasisStanding.NONE_LISTED and not no_list:
        yield (
            "no companion diagnostic is listed here: any validated test, unless the label asks "
            "for an approved one"
        )


def _approved_by(tests: list[Diagnostic]) -> str:
    return " and ".join(dict.fromkeys(t.regulator for t in tests))


def _named(tests: list[Diagnostic]) -> str:
    names = list(dict.fromkeys(t.name for t in tests))
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
