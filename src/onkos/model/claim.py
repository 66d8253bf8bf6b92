"""What is claimed of a therapy or a tumour, and the facts that support it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from onkos.model.criterion import Criterion
from onkos.model.noun import Noun, require


class Effect(StrEnum):
    """What a claim says."""

    BENEFIT = "benefit"
    NO_BENEFIT = "no-benefit"
    RESISTANCE = "resistance"
    HARM = "harm"
    BETTER_PROGNOSIS = "better-prognosis"
    WORSE_PROGNOSIS = "worse-prognosis"
    DIAGNOSIS = "diagnosis"
    PREDISPOSITION = "predisposition"


FIRST_YEAR = 1950  # of studies of which a claim is made


class StudyKind(StrEnum):
    """Design of a study, strongest first."""

    RANDOMISED = "randomised"
    SINGLE_ARM = "single-arm"
    BASKET = "basket"
    RETROSPECTIVE = "retrospective"
    CASE = "case"
    PRECLINICAL = "preclinical"
    INFERRED = "inferred"

    @property
    def prospective(self) -> bool:
        """True for trials."""
        return self in {StudyKind.RANDOMISED, StudyKind.SINGLE_ARM, StudyKind.BASKET}

    @property
    def clinical(self) -> bool:
        """True where patients were treated."""
        return self not in {StudyKind.PRECLINICAL, StudyKind.INFERRED}


ANY_MARKER = "whatever the marker"  # said of an approval whose label asks for none
SURVIVAL_ENDPOINTS = frozenset({"OS", "PFS", "DFS", "EFS", "RFS", "iDFS", "rPFS", "MFS"})


class Approval(Noun, frozen=True, kw_only=True):
    """A regulator's approval of this therapy for this criterion and disease.

    Attributes
    ----------
    accelerated : bool
        Accelerated or conditional today; one made regular since is not, and its note says so.
    any_marker : bool
        The label covers this disease and setting and asks for no marker: it may be had here, but
        says nothing for the marker, so that no scale counts it.
    """

    regulator: str
    on: date | None = None
    withdrawn_on: date | None = None
    withdrawn: bool = False
    accelerated: bool = False
    any_marker: bool = False
    setting: Criterion | None = None
    source: str = ""
    note: str = ""
    unverified: bool = False

    @property
    def stands(self) -> bool:
        """False where it was withdrawn."""
        return not (self.withdrawn or self.withdrawn_on)

    @property
    def source_id(self) -> str:
        """How the fact is found again."""
        gone = f", withdrawn {self.withdrawn_on or 'since'}" if not self.stands else ""
        return f"{self.regulator} {self.on or 'date not verified'}{gone}"


class Guideline(Noun, frozen=True, kw_only=True):
    """That a body recommends it, or recommends against it, is a fact."""

    body: str
    title: str = ""
    year: int | None = None
    version: str = ""
    doi: str = ""
    pmid: int | None = None
    recommends: bool = True
    source: str = ""
    note: str = ""
    unverified: bool = False

    @property
    def source_id(self) -> str:
        """How the fact is found again."""
        where = (
            f"PMID:{self.pmid}" if self.pmid else f"doi:{self.doi}" if self.doi else self.version
        )
        return " ".join(filter(None, [self.body, str(self.year or ""), where]))


class Study(Noun, frozen=True, kw_only=True):
    """A study's design and result; contrary ones have ``positive = false``.

    Attributes
    ----------
    hazard_ratio : float or None
        Of `endpoint`, this therapy against the comparator; under 1 favours the therapy.
    median_months : tuple of floats
        This arm, then the comparator's.
    response_rate : float or None
        Fraction in [0, 1].
    positive : bool
        Whether it supports the claim, so that a failed trial supports a claim of no benefit.
    ongoing : bool
        Said to run, and no result told: it supports nothing.
    year : int or None
        From `FIRST_YEAR` on, and none to come but the next.
    level : str
        As the source of the claim grades it, on its own scale.
    source : str
        Page on which it was read, where no identifier leads there.
    """

    kind: StudyKind
    name: str = ""
    nct: str = ""
    pmid: int | None = None
    doi: str = ""
    n: int | None = None
    comparator: str = ""
    endpoint: str = ""
    hazard_ratio: float | None = None
    ci95: tuple[float, float] | None = None
    median_months: tuple[float, ...] = ()
    response_rate: float | None = None
    positive: bool = True
    ongoing: bool = False
    year: int | None = None
    level: str = ""
    source: str = ""
    note: str = ""
    unverified: bool = False

    def __post_init__(self) -> None:
        require(not self.nct or _is_nct(self.nct), f"{self.nct!r} is not an NCT number")
        rate = self.response_rate
        require(rate is None or 0 <= rate <= 1, f"response rate {rate} is outside 0 to 1")
        last = date.today().year + 1  # an issue may be dated ahead
        require(self.year is None or FIRST_YEAR <= self.year <= last, f"{self.year} is no year")
        if self.ci95 and self.hazard_ratio is not None:
            low, high = self.ci95
            require(
                low <= self.hazard_ratio <= high, f"{self.name}: hazard ratio outside its interval"
            )

    @property
    def source_id(self) -> str:
        """How the fact is found again."""
        if self.pmid:
            return f"PMID:{self.pmid}"
        return self.nct or (f"doi:{self.doi}" if self.doi else self.name)


def _is_nct(text: str) -> bool:
    return len(text) == 11 and text.startswith("NCT") and text[3:].isdigit()


class Claim(Noun, frozen=True, kw_only=True):
    """When a criterion holds in a disease, a therapy has an effect, by these facts.

    Attributes
    ----------
    therapy : tuple of str
        Drugs of the regimen, lower-case INNs; empty for prognosis and the like.
    over : tuple of regimens
        Regimens that this one superseded head to head.
    mechanism : str
        Of resistance: ``"on-target"``, ``"bypass"``, ``"lineage"``...
    home_only : bool
        The marker selects in this disease only (a sequence of treatments, a lineage), so that
        the benefit is not borrowed for another disease.
    advice : str
        Of harm that is managed and not a reason to withhold: what the label or guideline says to
        do ("start at half the dose, then titrate"), in our own words.
    in_any_regimen : bool
        Of harm that lies in the patient (an enzyme, another medicine), so that it holds for every
        regimen that contains the drug.
    cascade : str
        Of predisposition: advice for relatives, one sentence.
    raise_when : Criterion or None
        Of predisposition: in whom a change of unknown origin, seen in the tumour, should raise
        germline testing (an age, a disease); None means in everybody.
    """

    id: str
    when: Criterion
    disease: tuple[str, ...]
    disease_except: tuple[str, ...] = ()
    setting: Criterion | None = None
    therapy: tuple[str, ...] = ()
    effect: Effect
    mechanism: str = ""
    condition: str = ""
    over: tuple[tuple[str, ...], ...] = ()
    home_only: bool = False
    cascade: str = ""
    raise_when: Criterion | None = None
    advice: str = ""
    in_any_regimen: bool = False
    note: str = ""
    approvals: tuple[Approval, ...] = ()
    guidelines: tuple[Guideline, ...] = ()
    studies: tuple[Study, ...] = ()
    unverified: bool = False
    source: str = "onkos"

    def __post_init__(self) -> None:
        require(bool(self.facts), f"{self.id}: no approval, guideline or study")
        treats = self.effect in TREATMENT_EFFECTS
        require(treats == bool(self.therapy), f"{self.id}: {self.effect} and therapy do not agree")

    @property
    def facts(self) -> tuple[Approval | Guideline | Study, ...]:
        """All facts that the claim rests on, or that contradict it."""
        return (*self.approvals, *self.guidelines, *self.studies)

    @property
    def only_contradicted(self) -> bool:
        """True where every fact is a study against it: another source asked and found it not so."""
        return not (self.approvals or self.guidelines or any(s.positive for s in self.studies))

    @property
    def all_unverified(self) -> bool:
        """True where no supporting fact was looked up."""
        return self.unverified or all(fact.unverified for fact in self.facts)


TREATMENT_EFFECTS = frozenset({Effect.BENEFIT, Effect.NO_BENEFIT, Effect.RESISTANCE, Effect.HARM})


def entry_of(claim_id: str) -> str:
    """The id of the entry as written, from which a claim of several regimens was made.

    >>> entry_of("ros1-fusion-resistance/crizotinib")
    'ros1-fusion-resistance'
    """
    return claim_id.partition("/")[0]


def regimen_name(drugs: tuple[str, ...]) -> str:
    """The written form of a regimen."""
    return " + ".join(drugs)
