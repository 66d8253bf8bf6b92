"""What can be offered, in order, with reasons; and the dossier that is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onkos.model.archive import Searched
from onkos.model.case import Case
from onkos.model.claim import Claim
from onkos.model.diagnostic import Gap, TestBasis
from onkos.model.finding import Finding, NotAssessed
from onkos.model.investigational import Tried
from onkos.model.karyotype import KaryotypeReading
from onkos.model.knowledge import Snapshot
from onkos.model.noun import Noun
from onkos.model.risk import Classified
from onkos.model.verdict import Answer, Question, Verdict
from onkos.model.voice import Compared

if TYPE_CHECKING:  # most dossiers hold no trials, and no dossier is decoded
    from onkos.model.trial_match import TrialCounts, TrialMatch


class Grade(Noun, frozen=True, kw_only=True):
    """A place on one published scale, computed, with the clause that fired.

    ``tier`` or ``level`` is empty where the scale has nothing to say.
    """

    tier: str = ""
    level: str = ""
    clause: str = ""


class Grades(Noun, frozen=True, kw_only=True):
    """The three scales, never mixed."""

    amp: Grade
    escat: Grade
    oncokb_style: Grade


class ApprovalHere(Noun, frozen=True, kw_only=True):
    """A standing approval by a chosen regulator for this disease and criterion."""

    regulator: str
    on: str = ""
    setting: str = ""
    setting_verdict: Answer
    setting_reasons: tuple[str, ...] = ()
    accelerated: bool = False
    unverified: bool = False
    any_marker: bool = False


class Match(Noun, frozen=True, kw_only=True):
    """A claim weighed for this case.

    Attributes
    ----------
    verdict : Answer
        Criterion and disease together.
    biomarker : Verdict
        The criterion alone.
    disease : Answer
        Whether this is the claim's disease; unknown where the diagnosis is coarser.
    setting : Verdict
        Met where the claim names none.
    raised : Verdict or None
        Of predisposition: whether a change of unknown origin should raise germline testing here.
    """

    claim: Claim
    verdict: Answer
    biomarker: Verdict
    disease: Answer
    disease_reason: str
    setting: Verdict
    grades: Grades
    approvals: tuple[ApprovalHere, ...] = ()
    raised: Verdict | None = None


class Option(Noun, frozen=True, kw_only=True):
    """A regimen with what speaks for and against it, and why it stands where it stands.

    Attributes
    ----------
    basis : TestBasis or None
        The tests that its approvals rest on; None where none of them counts here.
    """

    therapy: tuple[str, ...]
    rank: int = 0
    approved_here: bool = False
    approvals: tuple[ApprovalHere, ...] = ()
    grades: Grades
    matches: tuple[Match, ...] = ()
    against: tuple[Match, ...] = ()
    cautions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    given: bool = False
    superseded_by: tuple[str, ...] = ()
    unverified: bool = False
    basis: TestBasis | None = None


class NextTest(Noun, frozen=True, kw_only=True):
    """A test that would change the plan.

    Attributes
    ----------
    would_settle : tuple of Question
    could_open : tuple of str
        Regimens that a favourable answer would put among the options.
    could_close : tuple of str
        Regimens that an unfavourable answer would take away or caution.
    alternatives : tuple of str
        Other tests that settle the same.
    """

    test: str
    material: str = ""
    cost: float = 0
    would_settle: tuple[Question, ...] = ()
    could_open: tuple[str, ...] = ()
    could_close: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    why: str = ""


class Plan(Noun, frozen=True, kw_only=True):
    """The answer for one case at one time.

    Attributes
    ----------
    gaps : tuple of Gap
        What guidelines ask to be known and is not.
    panels_open : tuple of str
        Panels of finer diagnoses than the one given, which may ask for more.
    """

    options: tuple[Option, ...] = ()
    avoid: tuple[Option, ...] = ()
    prognosis: tuple[Match, ...] = ()
    diagnosis: tuple[Match, ...] = ()
    predisposition: tuple[Match, ...] = ()
    contrary: tuple[Match, ...] = ()
    test_next: tuple[NextTest, ...] = ()
    gaps: tuple[Gap, ...] = ()
    panels_open: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


class Dossier(Noun, frozen=True, kw_only=True):
    """Everything that a page may say, with all pins."""

    case: Case
    disease_name: str
    findings: tuple[Finding | NotAssessed, ...] = ()
    karyotypes: tuple[KaryotypeReading, ...] = ()
    classified: tuple[Classified, ...] = ()
    tried: tuple[Tried, ...] = ()
    plan: Plan
    compared: tuple[Compared, ...] = ()
    trials: tuple[TrialMatch, ...] = ()
    trial_counts: TrialCounts | None = None
    searched: tuple[Searched, ...] = ()
    regulators: tuple[str, ...] = ("FDA", "EMA")
    version: str = ""
    pins: tuple[Snapshot, ...] = ()
