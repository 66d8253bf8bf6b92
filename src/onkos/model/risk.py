"""Published classifications written as criteria: risk groups, classes of disease, scores."""

from __future__ import annotations

from onkos.model.criterion import Criterion
from onkos.model.noun import Noun, require
from onkos.model.verdict import Answer, Question


class Rule(Noun, frozen=True, kw_only=True):
    """One clause of an ordered classification: the first that is met decides.

    Attributes
    ----------
    stated : str
        Speaks against the diagnosis itself, and so counts only where this measure is given:
        without it the rule is unmet, not unknown.
    """

    name: str
    result: str
    when: Criterion
    stated: str = ""


class Remark(Noun, frozen=True, kw_only=True):
    """A sentence to add where a criterion holds, whatever the result; or a reason not to apply."""

    when: Criterion
    text: str


class Term(Noun, frozen=True, kw_only=True):
    """One summand of a score: ``weight * (x - mean)``.

    Attributes
    ----------
    when : tuple of Criterion
        x is how many of these hold; one for a plain yes or no.
    measure : str
        x is this measured value, in its own unit, held within `least` and `most`, over `per`.
    scheme : str
        x is what `values` gives for the result of another scheme.
    group : str
        Terms of one group exclude one another: at most one counts.
    least, most : float
        Bounds of x, in the unit of the measure; for counts, `most` is a cap.
    """

    name: str
    weight: float
    when: tuple[Criterion, ...] = ()
    measure: str = ""
    scheme: str = ""
    values: dict[str, float] = {}
    group: str = ""
    mean: float = 0.0
    least: float = 0.0
    most: float = 1.0
    per: float = 1.0

    def __post_init__(self) -> None:
        kinds = [bool(self.when), bool(self.measure), bool(self.scheme)]
        require(sum(kinds) == 1, f"{self.name}: a term has criteria, a measure or a scheme")


class Band(Noun, frozen=True, kw_only=True):
    """A result by score: up to and including `most`; the last band has none."""

    result: str
    most: float | None = None


class Scheme(Noun, frozen=True, kw_only=True):
    """A published classification.

    Attributes
    ----------
    results : tuple of str
        Best first where `ordered`.
    unless : tuple of Remark
        Where one holds the scheme does not apply, for that reason.
    rules, otherwise
        Of an ordered classification.
    terms, bands, logarithmic
        Of a score; `logarithmic` divides it by ln 2, so that one unit is a doubled hazard.
    needs : tuple of str
        Measures without which the whole says nothing (all else unknown stays a range).
    helper : bool
        A part of another scheme, not shown by itself.
    """

    id: str
    name: str
    disease: tuple[str, ...]
    disease_except: tuple[str, ...] = ()
    setting: Criterion | None = None
    results: tuple[str, ...]
    ordered: bool = True
    helper: bool = False
    unless: tuple[Remark, ...] = ()
    rules: tuple[Rule, ...] = ()
    otherwise: str = ""
    terms: tuple[Term, ...] = ()
    bands: tuple[Band, ...] = ()
    logarithmic: bool = False
    remarks: tuple[Remark, ...] = ()
    title: str = ""
    year: int | None = None
    pmid: int | None = None
    doi: str = ""
    source: str = ""
    note: str = ""
    unverified: bool = False

    def __post_init__(self) -> None:
        named = [rule.result for rule in self.rules] + [band.result for band in self.bands]
        named += [self.otherwise] if self.otherwise else []
        strange = sorted(set(named) - set(self.results))
        require(not strange, f"{self.id}: {', '.join(strange)} is not among its results")
        require(bool(self.rules) != bool(self.terms), f"{self.id}: rules or terms, one of them")
        require(not self.rules or bool(self.otherwise), f"{self.id}: what otherwise?")
        require(not self.terms or bool(self.bands), f"{self.id}: a score without bands")

    @property
    def source_id(self) -> str:
        """How the publication is found again."""
        where = f"PMID:{self.pmid}" if self.pmid else f"doi:{self.doi}" if self.doi else self.source
        return " ".join(filter(None, [self.title, str(self.year or ""), where]))


class Clause(Noun, frozen=True, kw_only=True):
    """One rule or term as it stands for a case.

    Attributes
    ----------
    points : tuple of float
        Of a term: least and most that it adds; one number where it is known.
    decides : bool
        Of a rule: the first that is met.
    """

    name: str
    result: str = ""
    answer: Answer
    reasons: tuple[str, ...] = ()
    points: tuple[float, ...] = ()
    decides: bool = False


class Classified(Noun, frozen=True, kw_only=True):
    """What a scheme says of a case.

    Attributes
    ----------
    possible : tuple of str
        Results that what is known allows: one where it is settled. Empty where it does not apply.
    score : tuple of float
        Least and most, where the scheme is a score; with the averages of the published patients
        a central one between them, which takes those for what is not known.
    why_not : str
        Why it does not apply.
    missing : tuple of Question
        What would settle it.
    """

    scheme: str
    name: str
    possible: tuple[str, ...] = ()
    best: str = ""
    worst: str = ""
    central: str = ""
    score: tuple[float, ...] = ()
    clauses: tuple[Clause, ...] = ()
    remarks: tuple[str, ...] = ()
    why_not: str = ""
    missing: tuple[Question, ...] = ()
    source: str = ""
    note: str = ""
    unverified: bool = False

    @property
    def settled(self) -> bool:
        """Whether one result alone is possible."""
        return len(self.possible) == 1
