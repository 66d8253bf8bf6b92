"""Three published scales, computed from facts for this patient's disease. See docs/grading.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from onkos.model import (
    SURVIVAL_ENDPOINTS,
    Answer,
    Claim,
    DiseaseTree,
    Effect,
    Grade,
    Grades,
    Study,
    StudyKind,
)

_TRAVELS = frozenset({"I-A", "I-B", "I-C", "II-A", "II-B"})


class Standing:
    """What the scales look at: one claim's facts and how the patient's disease relates.

    Parameters
    ----------
    same : bool
        The patient's disease is the claim's.
    excepted : bool
        The patient's disease is one that the claim excepts.
    both_solid : bool
        Patient's and claim's tumours are both solid.
    thresholds : dict of str to float
        ``well_powered_randomised`` and ``well_powered_prospective``, patients, and
        ``basket_response``, a fraction.
    """

    def __init__(
        self,
        claim: Claim,
        *,
        same: bool,
        excepted: bool = False,
        both_solid: bool = False,
        regulators: Iterable[str] = ("FDA", "EMA"),
        thresholds: dict[str, float],
    ) -> None:
        if same and excepted:
            raise ValueError(f"{claim.id}: a disease cannot be the claim's and excepted from it")
        self.claim, self.same, self.excepted, self.both_solid = claim, same, excepted, both_solid
        self.chosen, self.thresholds = frozenset(regulators), thresholds
        self.supporting = tuple(study for study in claim.studies if study.positive)
        self.recommended = any(guideline.recommends for guideline in claim.guidelines)
        self.regulators = frozenset(
            a.regulator for a in claim.approvals if a.stands and not a.any_marker
        )

    def supported_by(self, *kinds: StudyKind) -> tuple[Study, ...]:
        """Supporting studies of these kinds."""
        return tuple(study for study in self.supporting if study.kind in kinds)

    @property
    def prospective(self) -> tuple[Study, ...]:
        """Supporting trials."""
        return tuple(study for study in self.supporting if study.kind.prospective)


def grades(standing: Standing) -> Grades:
    """All three scales."""
    return Grades(amp=amp(standing), escat=escat(standing), oncokb_style=oncokb_style(standing))


def amp(standing: Standing) -> Grade:
    """AMP/ASCO/CAP 2017 tier and level (Li, PMID 27993330)."""
    if standing.claim.effect is not Effect.BENEFIT and not standing.same:
        return Grade(tier="III", clause="not-propagated")
    for level, clause, holds in _AMP_CLAUSES:
        if holds(standing):
            return Grade(tier="I" if level in "AB" else "II", level=level, clause=clause)
    return Grade(tier="III", clause="none")


def _powered(standing: Standing, kinds: tuple[StudyKind, ...], threshold: str) -> bool:
    least = standing.thresholds[threshold]
    sizes = (study.n for study in standing.supported_by(*kinds))
    return any(n is not None and n >= least for n in sizes)


_RANDOMISED = (StudyKind.RANDOMISED,)
_PROSPECTIVE = (StudyKind.RANDOMISED, StudyKind.SINGLE_ARM, StudyKind.BASKET)
_Clause = tuple[str, str, Callable[[Standing], bool]]
_AMP_CLAUSES: tuple[_Clause, ...] = (
    ("A", "A1", lambda s: s.same and bool(s.regulators & s.chosen)),
    ("A", "A2", lambda s: s.same and s.recommended),
    ("B", "B1", lambda s: _own(s) and _powered(s, _RANDOMISED, "well_powered_randomised")),
    ("B", "B2", lambda s: _own(s) and _powered(s, _PROSPECTIVE, "well_powered_prospective")),
    (
        "C",
        "C1",
        lambda s: (
            not s.same
            and not s.excepted
            and s.claim.effect is Effect.BENEFIT
            and (bool(s.regulators & s.chosen) or s.recommended)
        ),
    ),
    (
        "C",
        "C4",
        lambda s: (
            not s.excepted and s.claim.effect is Effect.BENEFIT and bool(s.regulators - s.chosen)
        ),
    ),
    ("C", "C2", lambda s: bool(s.prospective) and not s.excepted),
    ("C", "C3", lambda s: s.same and bool(s.supported_by(StudyKind.RETROSPECTIVE))),
    ("D", "D1", lambda s: bool(s.supporting) and not s.excepted),
)


def escat(standing: Standing) -> Grade:
    """ESCAT tier (Mateo, PMID 30137196)."""
    if standing.claim.effect is not Effect.BENEFIT:
        return Grade(clause="benefit-only")
    home = _escat_at_home(standing)
    if standing.same:
        return home
    if standing.excepted:
        return Grade(tier="X", clause="excepted")
    return Grade(tier="III-A", clause="other-disease") if home.tier in _TRAVELS else home


def _escat_at_home(standing: Standing) -> Grade:
    for tier, clause, holds in _ESCAT_CLAUSES:
        if holds(standing):
            return Grade(tier=tier, clause=clause)
    return Grade(tier="X", clause="no-evidence")


def _survival(studies: Iterable[Study]) -> bool:
    return any(study.endpoint in SURVIVAL_ENDPOINTS for study in studies)


def _benefit_shown(standing: Standing) -> bool:
    accepted = bool(standing.regulators) or standing.recommended
    return any(study.median_months or accepted for study in standing.prospective)


def _across_tumours(standing: Standing) -> bool:
    """A basket trial whose responses are worth the name, or that regulators or guidelines took."""
    baskets = standing.supported_by(StudyKind.BASKET)
    least = standing.thresholds["basket_response"]
    accepted = bool(standing.regulators) or standing.recommended
    rates = [study.response_rate for study in baskets if study.response_rate is not None]
    return bool(baskets) and (accepted or any(rate >= least for rate in rates))


def _without_survival(standing: Standing) -> bool:
    randomised = [s for s in standing.claim.studies if s.kind is StudyKind.RANDOMISED]
    failed = _survival(s for s in randomised if not s.positive)
    shown = _survival(s for s in randomised if s.positive)
    responses = standing.supported_by(StudyKind.SINGLE_ARM, StudyKind.BASKET, StudyKind.CASE)
    return failed and not shown and bool(responses)


def _own(standing: Standing) -> bool:
    """Shown in this disease itself, not over many diseases of which it may be none."""
    return standing.same and not _group(standing)


def _group(standing: Standing) -> bool:
    return bool({"SOLID", "BLOOD"} & set(standing.claim.disease))


_ESCAT_CLAUSES: tuple[_Clause, ...] = (
    (
        "I-A",
        "randomised-survival",
        lambda s: not _group(s) and _survival(s.supported_by(StudyKind.RANDOMISED)),
    ),
    ("V", "response-without-survival", _without_survival),
    ("I-B", "prospective-benefit", lambda s: not _group(s) and _benefit_shown(s)),
    ("I-C", "basket", lambda s: _group(s) and _across_tumours(s)),
    ("II-A", "retrospective", lambda s: bool(s.supported_by(StudyKind.RETROSPECTIVE))),
    ("II-B", "prospective-response", lambda s: bool(s.prospective)),
    (
        "IV-A",
        "case-or-preclinical",
        lambda s: bool(s.supported_by(StudyKind.CASE, StudyKind.PRECLINICAL)),
    ),
    ("IV-B", "inferred", lambda s: bool(s.supported_by(StudyKind.INFERRED))),
    ("", "no-study-listed", lambda s: bool(s.regulators) or s.recommended),
)


def oncokb_style(standing: Standing) -> Grade:
    """A level in the manner of OncoKB (Chakravarty 2017, PMID 28890946), from our own facts."""
    match standing.claim.effect:
        case Effect.BENEFIT:
            return _sensitive(standing)
        case Effect.RESISTANCE:
            return _resistant(standing)
        case Effect.NO_BENEFIT | Effect.HARM:
            return Grade(clause="none")
        case _:
            return Grade(clause="benefit-or-resistance-only")


def _sensitive(standing: Standing) -> Grade:
    home = _sensitive_at_home(standing)
    if standing.same:
        return home
    if standing.excepted:
        return Grade(clause="excepted")
    if not home.level:
        return home
    if home.level in {"1", "2", "3A"} and standing.both_solid:
        return Grade(level="3B", clause="other-indication")
    return Grade(clause="not-propagated")


def _sensitive_at_home(standing: Standing) -> Grade:
    if "FDA" in standing.regulators:
        return Grade(level="1", clause="fda")
    if standing.recommended or standing.regulators:
        return Grade(level="2", clause="standard-care")
    if standing.prospective:
        return Grade(level="3A", clause="clinical-evidence")
    return (
        Grade(level="4", clause="weaker-evidence") if standing.supporting else Grade(clause="none")
    )


def _resistant(standing: Standing) -> Grade:
    if not standing.same:
        return Grade(clause="not-propagated")
    if standing.recommended or standing.regulators:
        return Grade(level="R1", clause="standard-care-resistance")
    if any(study.kind.clinical for study in standing.supporting):
        return Grade(level="R2", clause="clinical-resistance")
    return Grade(clause="none")


def claim_is_solid(claim: Claim, tree: DiseaseTree) -> bool:
    """True where every disease of the claim is a solid tumour."""
    return all(code == "SOLID" or tree.solid(code) for code in claim.disease)


def disease_relation(claim: Claim, patient: str, tree: DiseaseTree) -> tuple[Answer, str, bool]:
    """Disease verdict, its reason, and whether the patient's disease is excepted."""
    answer, reason = tree.judge(patient, claim.disease, claim.disease_except)
    touched = tree.covers(claim.disease_except, patient) is not Answer.UNMET
    excepted = touched and answer is not Answer.MET
    return answer, reason, excepted
