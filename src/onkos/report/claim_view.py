"""One weighed claim as the page shows it: verdicts with reasons, and its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onkos.model import Approval, Claim, Grades, Guideline, Match, Study, regimen_name
from onkos.report.links import Source, address, claim_sources, sources_of
from onkos.report.phrases import AGAINST, DESIGNS, EFFECTS, decimal, early, interval, percent

_URL = re.compile(r"https?://([^/\s?#]+)\S*", re.ASCII)
_PLACE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+", re.ASCII)  # a URL written without its scheme
_PMC = re.compile(r"PMC\d+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One question to the case and its answer."""

    name: str
    verdict: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalFact:
    """An approval as recorded; withdrawn ones are shown as withdrawn."""

    regulator: str
    on: str
    withdrawn: str
    early: str
    any_marker: bool
    setting: str
    sources: tuple[Source, ...]
    note: str
    unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineFact:
    """That a body recommends it, or recommends against it."""

    name: str
    title: str
    recommends: bool
    sources: tuple[Source, ...]
    note: str
    unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFact:
    """A study with its result, in the words of the page."""

    name: str
    design: str
    n: str
    comparator: str
    endpoint: str
    hazard_ratio: str
    ci95: str
    medians: str
    response: str
    contrary: bool
    sources: tuple[Source, ...]
    note: str
    unverified: bool

    @property
    def ratio(self) -> str:
        """Hazard ratio with its interval."""
        return f"{self.hazard_ratio} ({self.ci95})" if self.ci95 else self.hazard_ratio

    @property
    def result(self) -> str:
        """Effect sizes in one line."""
        ratio = f"HR {self.ratio}" if self.hazard_ratio else ""
        response = f"response rate {self.response}" if self.response else ""
        return ", ".join(filter(None, (ratio, self.medians, response)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """A claim, what it says and what it rests on, whoever the patient."""

    id: str
    effect: str
    against: bool
    therapy: str
    criterion: str
    condition: str
    mechanism: str
    note: str
    advice: str
    cascade: str
    raise_when: str
    approvals: tuple[ApprovalFact, ...]
    guidelines: tuple[GuidelineFact, ...]
    studies: tuple[StudyFact, ...]
    sources: tuple[Source, ...]
    unverified: bool

    @property
    def facts(self) -> int:
        """How many facts it rests on, or that contradict it."""
        return len(self.approvals) + len(self.guidelines) + len(self.studies)

    @property
    def contrary(self) -> int:
        """How many of them contradict it."""
        opposed = sum(not guideline.recommends for guideline in self.guidelines)
        return opposed + sum(study.contrary for study in self.studies)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView(ClaimFacts):
    """A claim weighed for one case: whether it holds here, and how it is graded."""

    judged: tuple[Judged, ...]
    alterations: tuple[str, ...]
    cautions: tuple[str, ...]
    grades: Grades

    @property
    def at_home(self) -> bool:
        """Whether this is the claim's disease."""
        return all(j.verdict == "met" for j in self.judged if j.name == "disease")

    @property
    def verdicts(self) -> str:
        """All verdicts in one line."""
        return ", ".join(f"{judged.name} {judged.verdict}" for judged in self.judged)


def claim_view(match: Match) -> ClaimView:
    """The view of one match."""
    return ClaimView(
        **_said(match.claim),
        judged=tuple(_judged(match)),
        alterations=match.biomarker.alterations,
        cautions=match.biomarker.cautions,
        grades=match.grades,
    )


def claim_facts(claim: Claim) -> ClaimFacts:
    """The view of a claim by itself."""
    return ClaimFacts(**_said(claim))


def _said(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "effect": EFFECTS[claim.effect],
        "against": claim.effect in AGAINST,
        "therapy": regimen_name(claim.therapy),
        "criterion": str(claim.when),
        "condition": claim.condition,
        "mechanism": claim.mechanism,
        "note": claim.note,
        "advice": claim.advice,
        "cascade": claim.cascade,
        "raise_when": str(claim.raise_when or ""),
        "approvals": tuple(_approval(approval) for approval in claim.approvals),
        "guidelines": tuple(_guideline(guideline) for guideline in claim.guidelines),
        "studies": tuple(_study(study) for study in claim.studies),
        "sources": claim_sources(claim),
        "unverified": claim.all_unverified,
    }


def where_read(text: str) -> Source:
    """A page on which a fact was read: its host, linked, where it is a URL; else as written.

    >>> where_read("https://ascopost.com/news/x")
    Source(text='ascopost.com', url='https://ascopost.com/news/x', unverified=False, contrary=False)
    >>> where_read("FDA announcement").url
    ''
    """
    url = _URL.fullmatch(text)
    if url:
        return Source(url[1].removeprefix("www."), re.sub("^http:", "https:", text))
    if _PLACE.fullmatch(text):
        return Source(text.partition("/")[0].removeprefix("www."), f"https://{text}")
    if _PMC.fullmatch(text):
        return Source(text, f"https://pmc.ncbi.nlm.nih.gov/articles/{text}/")
    text = re.sub(r"^PMID (?=\d+$)", "PMID:", text)
    return Source(text, address(text))


def _read_at(fact: Guideline | Study) -> tuple[Source, ...]:
    """Its identifiers, or else the page on which it was read."""
    known = fact.pmid or fact.doi or (isinstance(fact, Study) and fact.nct)
    if fact.source and not known:
        return (where_read(fact.source),)
    return sources_of(fact) if known or isinstance(fact, Guideline) else ()


def _judged(match: Match) -> Iterator[Judged]:
    biomarker, setting = match.biomarker, match.setting
    yield Judged(name="criterion", verdict=str(biomarker.answer), reasons=biomarker.reasons)
    yield Judged(name="disease", verdict=str(match.disease), reasons=_present(match.disease_reason))
    if match.claim.setting is not None:
        reasons = _present(str(match.claim.setting), *setting.reasons)
        yield Judged(name="setting", verdict=str(setting.answer), reasons=reasons)


def _present(*sentences: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in dict.fromkeys(sentences) if sentence)


def _approval(approval: Approval) -> ApprovalFact:
    gone = str(approval.withdrawn_on or "date not recorded") if not approval.stands else ""
    return ApprovalFact(
        regulator=approval.regulator,
        on=str(approval.on or ""),
        withdrawn=gone,
        early=early(approval.regulator, approval.accelerated),
        any_marker=approval.any_marker,
        setting=str(approval.setting) if approval.setting else "",
        sources=(where_read(approval.source),) if approval.source else (),
        note=approval.note,
        unverified=approval.unverified,
    )


def _guideline(guideline: Guideline) -> GuidelineFact:
    version = str(guideline.year or guideline.version or "")
    return GuidelineFact(
        name=" ".join(filter(None, (guideline.body, version))),
        title=guideline.title,
        recommends=guideline.recommends,
        sources=_read_at(guideline),
        note=guideline.note,
        unverified=guideline.unverified,
    )


def _study(study: Study) -> StudyFact:
    medians = " v ".join(f"{months:g}" for months in study.median_months)
    return StudyFact(
        name=study.name,
        design=DESIGNS[study.kind],
        n=str(study.n or ""),
        comparator=study.comparator,
        endpoint=study.endpoint,
        hazard_ratio="" if study.hazard_ratio is None else decimal(study.hazard_ratio),
        ci95=interval(study.ci95),
        medians=f"{medians} months" if medians else "",
        response=percent(study.response_rate),
        contrary=not study.positive,
        sources=_read_at(study),
        note=study.note,
        unverified=study.unverified,
    )
