"""What a trial's criteria say of one case, and of a cohort."""

from __future__ import annotations

from onkos.model.noun import Noun
from onkos.model.trial import Part, Polarity, Recovery, StudyType, TrialStatus
from onkos.model.verdict import Answer, Question


class Asked(Noun, frozen=True, kw_only=True):
    """One criterion of a trial asked of a case.

    Attributes
    ----------
    text : str
        The source's words.
    criterion : str
        What was asked, in the language; empty where the words were not understood.
    answer : Answer
        Whether the patient fits: an excluded criterion is met where the patient has it not.
    decides : bool
        Whether the answer of the trial hangs on it.
    alterations : tuple of str
        Labels of what settled it.
    missing : tuple of Question
        What would settle it, where it is unknown.
    recovery : Recovery
        How it may come to be met, where it is not.
    precision : int
        As of ``Verdict``.
    context : str
        Of free text, the line of the trial in which the words stand, where it keeps the patient
        out; else empty.
    """

    text: str
    criterion: str = ""
    part: Part
    polarity: Polarity = Polarity.REQUIRED
    answer: Answer
    decides: bool = False
    reasons: tuple[str, ...] = ()
    alterations: tuple[str, ...] = ()
    missing: tuple[Question, ...] = ()
    cautions: tuple[str, ...] = ()
    note: str = ""
    recovery: Recovery = Recovery.NONE
    precision: int = 0
    context: str = ""


class LevelMatch(Noun, frozen=True, kw_only=True):
    """The answer of one step, arm or dose level, by its own criteria alone."""

    label: str
    description: str = ""
    suspended: bool = False
    answer: Answer
    criteria: tuple[Asked, ...] = ()


class TrialMatch(Noun, frozen=True, kw_only=True):
    """One trial for one case.

    Attributes
    ----------
    answer : Answer
        Met: every criterion that was read holds. Unknown: none is known to fail, and what is
        `missing` would settle it.
    shut : bool
        No arm takes patients: the answer is unmet, whatever the criteria say.
    levels : tuple of LevelMatch
        Those with criteria of their own; the first is the trial as a whole, where it has any.
    missing : tuple of Question
        What would turn an unknown answer.
    untested : tuple of str
        Criteria of the tumour's genome on which the answer hangs and that no test settled.
    not_read : tuple of str
        Words of the trial that were not understood and on which the answer hangs.
    unmet : tuple of Asked
        What stands in the way, where the answer is unmet.
    by_words : bool
        The answer is unmet, and of what stands in the way for good all was read from free text
        by machine: a person has to look.
    biomarker, disease : int
        How exactly the case fits the trial's markers (as ``Verdict.precision``), and depth in the
        tree of the diagnosis that the trial names; 0 for all tumours.
    distance_km : float or None
        To the nearest site, along the great circle.
    reasons : tuple of str
        Why it stands where it stands in the list.
    """

    id: str
    title: str = ""
    status: TrialStatus = TrialStatus.UNKNOWN
    study_type: StudyType = StudyType.UNKNOWN
    phases: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    answer: Answer
    shut: bool = False
    levels: tuple[LevelMatch, ...] = ()
    missing: tuple[Question, ...] = ()
    untested: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()
    unmet: tuple[Asked, ...] = ()
    by_words: bool = False
    cautions: tuple[str, ...] = ()
    biomarker: int = 0
    disease: int = 0
    distance_km: float | None = None
    nearest_site: str = ""
    reasons: tuple[str, ...] = ()
    updated: str = ""
    source: str = ""

    @property
    def open(self) -> bool:
        """True where it is known to take patients now, in one arm at least."""
        return self.status.open and not self.shut

    @property
    def closed(self) -> bool:
        """True where it is known to take none; of an unknown status neither is known."""
        return self.shut or (self.status.known and not self.status.open)

    @property
    def recoverable(self) -> bool:
        """True where all that stands in the way may come to be met."""
        return bool(self.unmet) and all(asked.recovery for asked in self.unmet)


class TrialCounts(Noun, frozen=True, kw_only=True):
    """What became of all trials that were read; the numbers add up to `read`.

    Attributes
    ----------
    not_ruled_out : int
        Met or unknown.
    by_words : int
        Words that a machine read in free text stand against them, and nothing else for good.
    not_now : int
        Not met, and all that stands in the way may change.
    other_status : int
        Left out, since their status was not among those asked for.
    ruled_out : dict of str to int
        By the kind of criterion that rules them out, each trial once, under the first of
        ``RULED_OUT_BY`` that does.
    """

    read: int
    not_ruled_out: int = 0
    by_words: int = 0
    not_now: int = 0
    other_status: int = 0
    ruled_out: dict[str, int] = {}


RULED_OUT_BY = ("diagnosis", "age", "sex", "marker", "treatment", "other")


class Survey(Noun, frozen=True, kw_only=True):
    """Trials for one case, best first, and how many of them were left out, and why."""

    matches: tuple[TrialMatch, ...]
    counts: TrialCounts


class Cost(Noun, frozen=True, kw_only=True):
    """What one criterion costs a trial in a cohort.

    Attributes
    ----------
    unmet, unknown : int
        Patients for whom it is, on the nearest of several ways into the trial.
    alone : int
        Patients for whom it is the only one that is not met.
    alone_unmet : int
        Of these, patients for whom it is unmet, and not merely unknown.
    disagree : int
        Of those for whom it is unknown, patients of whom one sample says met, another unmet.
    """

    criterion: str
    text: str = ""
    unmet: int = 0
    unknown: int = 0
    alone: int = 0
    alone_unmet: int = 0
    disagree: int = 0


class Feasibility(Noun, frozen=True, kw_only=True):
    """A trial, or a criterion, over a cohort.

    Attributes
    ----------
    patients : int
        Each counts once.
    samples, several : int
        Samples, or cases, that they have; patients who have several.
    eligible, possible, not_eligible : int
        Patients by answer: met, unknown, unmet.
    disagree : int
        Patients kept from being met by what their samples say against each other.
    one_unmet, one_unknown : int
        Patients whom one criterion alone keeps out, by what it is for them.
    costs : tuple of Cost
        Dearest first.
    ids : dict of str to tuple of str
        Opaque ids by group, where they were asked for.
    """

    trial: str
    title: str = ""
    patients: int
    samples: int = 0
    several: int = 0
    eligible: int
    possible: int
    not_eligible: int
    disagree: int = 0
    one_unmet: int
    one_unknown: int
    costs: tuple[Cost, ...] = ()
    ids: dict[str, tuple[str, ...]] = {}
