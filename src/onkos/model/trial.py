"""A clinical trial: who may take part, where, and whether it is open."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from onkos.model.criterion import Criterion
from onkos.model.noun import Noun, require
from onkos.model.unread import Unread


class TrialStatus(StrEnum):
    """Whether a trial takes patients, in the registry's words."""

    RECRUITING = "recruiting"
    BY_INVITATION = "enrolling by invitation"
    AVAILABLE = "available"
    NOT_YET = "not yet recruiting"
    UNKNOWN = "unknown"
    ACTIVE = "active, not recruiting"
    SUSPENDED = "suspended"
    CLOSED = "closed to accrual"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    NOT_AVAILABLE = "temporarily not available"
    NO_LONGER = "no longer available"
    MARKETED = "approved for marketing"

    @property
    def open(self) -> bool:
        """True where patients are taken now; expanded access is *available*."""
        taking = {TrialStatus.RECRUITING, TrialStatus.BY_INVITATION, TrialStatus.AVAILABLE}
        return self in taking

    @property
    def known(self) -> bool:
        """False where the source does not say, or has not had it confirmed for years."""
        return self is not TrialStatus.UNKNOWN


class StudyType(StrEnum):
    """What kind of study it is; a tree in CTML does not say, and is a trial."""

    TRIAL = "interventional"
    EXPANDED_ACCESS = "expanded access"
    OBSERVATIONAL = "observational"
    REGISTRY = "patient registry"
    UNKNOWN = ""

    @property
    def gives_treatment(self) -> bool:
        """False where patients are only watched."""
        return self not in {StudyType.OBSERVATIONAL, StudyType.REGISTRY}


class Polarity(StrEnum):
    """Whether a patient must have something, or must not."""

    REQUIRED = "required"
    EXCLUDED = "excluded"


class Recovery(StrEnum):
    """How a criterion that is not met may come to be met."""

    NONE = ""
    WASHOUT = "washout"
    REPEAT = "repeat of the measurement"
    LATER_LINE = "another line of treatment"
    REOPENING = "an arm that opens again"


class Part(StrEnum):
    """What a criterion was read from."""

    GENOMIC = "genomic"
    CLINICAL = "clinical"
    TEXT = "text"


class TrialCriterion(Noun, frozen=True, kw_only=True, tag="criterion"):
    """One condition of a trial: the source's own words, and what was understood of them.

    Attributes
    ----------
    text : str
        As the source says it.
    criterion : Criterion or None
        What must hold, or with ``excluded`` must not; None where it was not understood: then
        the answer is unknown, whatever the case.
    unread : str
        Why it was not understood.
    note : str
        How the words were read, where there was a choice.
    span : pair of ints or None
        First character, and the one after the last, in ``Trial.eligibility``; from 0.
    line : int
        Line of the file, from 1; 0 where not known.
    recovery : Recovery
        How an unmet one can be met, where the source says so.
    wider : tuple of str or None
        Of a disease that a registry names as a keyword, and not as a rule: the groups of tumours
        that the study's words name beside its keywords; None for every other criterion.
    """

    text: str
    part: Part
    criterion: Criterion | None = None
    polarity: Polarity = Polarity.REQUIRED
    unread: str = ""
    note: str = ""
    span: tuple[int, int] | None = None
    line: int = 0
    recovery: Recovery = Recovery.NONE
    wider: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        require((self.criterion is None) == bool(self.unread), f"{self.text}: read, or why not")

    def __str__(self) -> str:
        said = str(self.criterion) if self.criterion is not None else f"[not read] {self.text}"
        return f"excluded: {said}" if self.polarity is Polarity.EXCLUDED else said


class AllOf(Noun, frozen=True, kw_only=True, tag="all of"):
    """Every one must hold."""

    of: tuple[Eligibility, ...]

    def __post_init__(self) -> None:
        require(bool(self.of), "all of nothing")


class AnyOf(Noun, frozen=True, kw_only=True, tag="any of"):
    """One is enough."""

    of: tuple[Eligibility, ...]

    def __post_init__(self) -> None:
        require(bool(self.of), "any of nothing")


class NoneOf(Noun, frozen=True, kw_only=True, tag="none of"):
    """None may hold."""

    of: tuple[Eligibility, ...]

    def __post_init__(self) -> None:
        require(bool(self.of), "none of nothing")


Eligibility = TrialCriterion | AllOf | AnyOf | NoneOf


def criteria_of(rule: Eligibility | None) -> Iterator[TrialCriterion]:
    """All single criteria of a rule, left to right."""
    if isinstance(rule, TrialCriterion):
        yield rule
    elif rule is not None:
        for part in rule.of:
            yield from criteria_of(part)


class Level(Noun, frozen=True, kw_only=True):
    """A step, an arm or a dose level of a trial, with criteria of its own where it has them."""

    kind: str
    code: str = ""
    description: str = ""
    suspended: bool = False
    rule: Eligibility | None = None
    levels: tuple[Level, ...] = ()

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        return f"{self.kind} {self.code}".strip()


class Site(Noun, frozen=True, kw_only=True):
    """Where a trial runs.

    Attributes
    ----------
    latitude, longitude : float or None
        Degrees, WGS 84.
    """

    facility: str = ""
    city: str = ""
    country: str = ""
    status: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def __post_init__(self) -> None:
        both = (self.latitude is None) == (self.longitude is None)
        require(both, f"{self.city}: a latitude and a longitude, or neither")
        require(self.latitude is None or -90 <= self.latitude <= 90, f"latitude {self.latitude}")
        require(
            self.longitude is None or -180 <= self.longitude <= 180, f"longitude {self.longitude}"
        )

    @property
    def label(self) -> str:
        """Facility, city and country, as far as given."""
        return ", ".join(word for word in (self.facility, self.city, self.country) if word)


class Trial(Noun, frozen=True, kw_only=True):
    """One trial as one source describes it.

    Attributes
    ----------
    id : str
        NCT number, or the protocol's own where there is none.
    phases : tuple of str
        ``"early 1"``, ``"1"``, ``"2"``, ``"3"``, ``"4"``; empty where the trial has none.
    conditions, interventions : tuple of str
        As the source names them.
    rule : Eligibility or None
        What holds for the whole trial.
    levels : tuple of Level
        Steps, which hold arms, which hold dose levels.
    eligibility : str
        The free text of the source, which criteria with a span point into.
    updated : str
        ISO date of the last change; empty where not said.
    source : str
        Name of the file, without its folder.
    """

    id: str
    title: str = ""
    status: TrialStatus = TrialStatus.UNKNOWN
    study_type: StudyType = StudyType.UNKNOWN
    phases: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    rule: Eligibility | None = None
    levels: tuple[Level, ...] = ()
    sites: tuple[Site, ...] = ()
    eligibility: str = ""
    updated: str = ""
    source: str = ""
    unread: tuple[Unread, ...] = ()

    def __post_init__(self) -> None:
        require(bool(self.id), "a trial needs an identifier")

    def all_levels(self) -> Iterator[Level]:
        """Steps, arms and dose levels, each before what it holds."""
        todo = list(reversed(self.levels))
        while todo:
            level = todo.pop()
            yield level
            todo += reversed(level.levels)

    def criteria(self) -> Iterator[TrialCriterion]:
        """Every single criterion of the trial and its levels."""
        yield from criteria_of(self.rule)
        for level in self.all_levels():
            yield from criteria_of(level.rule)
