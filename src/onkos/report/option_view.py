"""Regimens as the page shows them: where each may be had, and what speaks for and against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypedDict

from onkos.model import (
    ANY_MARKER,
    Answer,
    ApprovalHere,
    BasisStanding,
    Dossier,
    Grades,
    Match,
    Option,
    regimen_name,
)
from onkos.report.claim_view import ClaimView, claim_view
from onkos.report.links import Source, once
from onkos.report.phrases import early


class Standing(StrEnum):
    """Where a regimen may be had, read off its approvals; headings of the list of options."""

    ON_LABEL = "Approved here, in this setting"
    OPEN_SETTING = "Approved here, setting not settled"
    OTHER_SETTING = "Approved here, in another setting"
    AT_HOME = "Evidence in this disease, not approved here"
    OTHER_TIME = "Evidence in this disease, in another setting"
    OPEN_DIAGNOSIS = "Depends on the exact diagnosis"
    BORROWED = "Borrowed from another disease"


LOWER = "of lower rank"  # see docs/order.md: a guideline, the setting, the strength of evidence
_BY_SETTING = {
    Answer.MET: Standing.ON_LABEL,
    Answer.UNKNOWN: Standing.OPEN_SETTING,
    Answer.UNMET: Standing.OTHER_SETTING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A regulator and the day, with marks."""

    regulator: str
    on: str
    early: str
    any_marker: bool
    unverified: bool

    @property
    def text(self) -> str:
        """In one phrase."""
        marks = (self.early, self.any_marker and ANY_MARKER, self.unverified and "not verified")
        shown = ", ".join(mark for mark in marks if mark)
        return " ".join(filter(None, (self.regulator, self.on, f"({shown})" if shown else "")))


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalLine:
    """Approvals here for one setting, with the verdict on that setting."""

    who: tuple[Who, ...]
    setting: str
    verdict: str
    why: str

    @property
    def names(self) -> str:
        """All regulators of the line."""
        return ", ".join(who.text for who in self.who)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One regimen.

    Attributes
    ----------
    test, tests : str, tuple of str
        How this patient's test stands to those that the approval rests on, and all of it.
    test_warning : str
        What a page that folds `tests` away must not: that the approved test was not the one used.
    lowered : str
        Why it may stand behind options that are had less easily.
    """

    rank: int
    name: str
    standing: Standing
    approvals: tuple[ApprovalLine, ...]
    elsewhere: tuple[str, ...]
    alterations: tuple[str, ...]
    grades: Grades
    marks: tuple[str, ...]
    cautions: tuple[str, ...]
    reasons: tuple[str, ...]
    claims: tuple[ClaimView, ...]
    test: str = ""
    tests: tuple[str, ...] = ()
    test_warning: str = ""
    lowered: str = ""

    @property
    def sources_against(self) -> tuple[Source, ...]:
        """Sources of the claims against it, each once."""
        return once(source for claim in self.claims if claim.against for source in claim.sources)

    @property
    def fitting(self) -> tuple[ApprovalLine, ...]:
        """Approvals whose setting fits best: those met, else those unknown, else all."""
        best = self.approvals[0].verdict if self.approvals else ""
        return tuple(line for line in self.approvals if line.verdict == best)

    @property
    def other(self) -> tuple[ApprovalLine, ...]:
        """Approvals here for settings that fit less well."""
        return self.approvals[len(self.fitting) :]


def option_view(option: Option, dossier: Dossier) -> OptionView:
    """The view of one option, or of one regimen to avoid."""
    matches = (*option.matches, *option.against)
    labels = dict.fromkeys(label for m in option.matches for label in m.biomarker.alterations)
    against = dict.fromkeys(label for m in option.against for label in m.biomarker.alterations)
    return OptionView(
        rank=option.rank,
        name=regimen_name(option.therapy),
        standing=standing(option),
        approvals=approval_lines(option),
        elsewhere=tuple(dict.fromkeys(_elsewhere(option, dossier))),
        alterations=tuple(labels or against),
        grades=option.grades,
        marks=tuple(_marks(option)),
        cautions=option.cautions,
        reasons=option.reasons,
        claims=tuple(claim_view(match) for match in matches),
        **_tests(option, dossier),
        lowered=_lowered(option, dossier),
    )


class _Tests(TypedDict):
    test: str
    tests: tuple[str, ...]
    test_warning: str


def _tests(option: Option, dossier: Dossier) -> _Tests:
    """What is said of the tests of this option; what is said of a regulator stands once above."""
    basis = option.basis
    if basis is None:
        return {"test": "", "tests": (), "test_warning": ""}
    own = tuple(said for said in basis.sentences if not _of_a_regulator(said, dossier.regulators))
    used = " and ".join(basis.reported_by)
    warning = {
        BasisStanding.OTHER: f"{used} is not among the tests listed as approved: confirm",
        BasisStanding.NOT_TOLD: "not known to be an approved one: confirm",
    }
    return {
        "test": str(basis.standing) if own else "",
        "tests": own,
        "test_warning": warning.get(basis.standing, ""),
    }


def _of_a_regulator(sentence: str, regulators: Iterable[str]) -> bool:
    return any(sentence.startswith(f"{regulator}: ") for regulator in regulators)


def on_tests(dossier: Dossier) -> tuple[str, ...]:
    """What holds of the tests of a regulator whatever the option, each once."""
    said = (s for option in dossier.plan.options if option.basis for s in option.basis.sentences)
    return tuple(dict.fromkeys(s for s in said if _of_a_regulator(s, dossier.regulators)))


def _lowered(option: Option, dossier: Dossier) -> str:
    """In the order in which ranks are given; see ``docs/order.md``."""
    if option.given:
        return "given before"
    failed = (p.drugs for p in dossier.case.prior or () if p.progressed)
    if any(set(drugs) < set(option.therapy) for drugs in failed):
        return "with what the tumour progressed on"
    if option.unverified:
        return "not verified"
    if option.superseded_by:
        return "superseded"
    sure = any(not (a.unverified or a.any_marker) for a in option.approvals)
    return "approval not verified, or whatever the marker" if option.approvals and not sure else ""


def standing(option: Option) -> Standing:
    """Where the regimen may be had; nothing is judged anew, only read."""
    if option.approved_here:
        here = [a for m in option.matches if m.verdict is Answer.MET for a in m.approvals]
        return _BY_SETTING[max(a.setting_verdict for a in here or option.approvals)]
    diseases = {match.disease for match in option.matches}
    if Answer.MET in diseases:
        home = (match for match in option.matches if match.disease is Answer.MET)
        fits = any(match.setting.answer is not Answer.UNMET for match in home)
        return Standing.AT_HOME if fits else Standing.OTHER_TIME
    return Standing.OPEN_DIAGNOSIS if Answer.UNKNOWN in diseases else Standing.BORROWED


def approval_lines(option: Option) -> tuple[ApprovalLine, ...]:
    """Approvals here, one line for each setting, those that fit best first."""
    pairs = [(a, _diagnosis(match)) for match in option.matches for a in match.approvals]
    table: dict[tuple[Answer, str, str], list[ApprovalHere]] = {}
    for approval, doubt in pairs or [(a, "") for a in option.approvals]:
        verdict = approval.setting_verdict
        verdict = min(verdict, Answer.UNKNOWN) if doubt else verdict
        why = "; ".join(filter(None, (doubt, _why(approval))))
        table.setdefault((verdict, approval.setting, why), []).append(approval)
    keys = sorted(table, key=lambda key: -key[0])
    return tuple(
        ApprovalLine(who=_who(table[key]), setting=key[1], verdict=str(key[0]), why=key[2])
        for key in keys
    )


def _diagnosis(match: Match) -> str:
    return match.disease_reason if match.disease is Answer.UNKNOWN else ""


def _who(approvals: Iterable[ApprovalHere]) -> tuple[Who, ...]:
    found = (
        Who(
            regulator=a.regulator,
            on=a.on,
            early=early(a.regulator, a.accelerated),
            any_marker=a.any_marker,
            unverified=a.unverified,
        )
        for a in approvals
    )
    return tuple(dict.fromkeys(found))


def _why(approval: ApprovalHere) -> str:
    if approval.setting_verdict is Answer.MET:
        return ""
    return merged(approval.setting_reasons)


def merged(reasons: Iterable[str]) -> str:
    """Reasons with the same ending, the ending said once.

    >>> merged(["prior a: prior therapy not given", "prior b: prior therapy not given"])
    'prior a, prior b: prior therapy not given'
    """
    table: dict[str, list[str]] = {}
    for reason in dict.fromkeys(reasons):
        asked, _, ending = reason.rpartition(": ")
        table.setdefault(ending, []).append(asked)
    said = ((", ".join(filter(None, asked)), ending) for ending, asked in table.items())
    return "; ".join(f"{asked}: {ending}" if asked else ending for asked, ending in said)


def _elsewhere(option: Option, dossier: Dossier) -> Iterator[str]:
    """What stands in place of an approval here, and approvals that were withdrawn."""
    at_home = [m for m in option.matches if m.disease is Answer.MET]
    gone = dict.fromkeys(a.source_id for m in at_home for a in m.claim.approvals if not a.stands)
    if gone:
        yield f"approval withdrawn: {'; '.join(gone)}"
    if option.approved_here:
        return
    others = dict.fromkeys(
        a.source_id
        for m in at_home
        for a in m.claim.approvals
        if a.stands and a.regulator not in dossier.regulators
    )
    if others:
        yield f"approved elsewhere: {', '.join(others)}"
    prefix = f"{dossier.disease_name} is not "
    for match in option.matches:
        if match.disease is Answer.UNMET and not at_home:
            yield match.disease_reason.removeprefix(prefix)
        elif match.disease is Answer.UNKNOWN and not match.approvals and not at_home:
            yield match.disease_reason


def _marks(option: Option) -> Iterator[str]:
    if option.unverified:
        yield "not verified"
    if option.given:
        yield "given before"
    if option.superseded_by:
        yield f"superseded by {', '.join(option.superseded_by)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionGroup:
    """Neighbouring options of one standing.

    Attributes
    ----------
    heading : str
        The standing; where it comes a second time, with why these do not stand further up.
    """

    standing: Standing
    heading: str
    options: tuple[OptionView, ...]


def in_groups(options: Iterable[OptionView]) -> tuple[OptionGroup, ...]:
    """Neighbours of the same standing together; the order is never changed."""
    found: list[OptionGroup] = []
    for standing, group in groupby(options, key=lambda option: option.standing):
        views = tuple(group)
        again = any(one.standing is standing for one in found)
        whys = dict.fromkeys(view.lowered or LOWER for view in views) if again else ()
        heading = "; ".join(filter(None, (str(standing), " or ".join(whys))))
        found.append(OptionGroup(standing=standing, heading=heading, options=views))
    return tuple(found)
