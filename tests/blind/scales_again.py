"""The three scales coded a second time, from ``docs/grading.md`` alone.

Nothing of onkos is imported here: two codings of one text are worth comparing only while neither
has seen the other. Sentences of the document stand beside the lines that follow them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

PROSPECTIVE = ("randomised", "single-arm", "basket")
TREATED = (*PROSPECTIVE, "retrospective", "case")
RESPONDING = ("single-arm", "basket", "case")
SURVIVAL = ("OS", "PFS", "rPFS", "DFS", "iDFS", "EFS", "RFS", "MFS")
BY_DEFAULT = ("FDA", "EMA")
THRESHOLDS = {
    "well_powered_randomised": 100.0,
    "well_powered_prospective": 50.0,
    "basket_response": 0.2,
}

# Rows of one table of the document, in its order: what they give, and whether they fit.
Rows = tuple[tuple[str, str, bool], ...]


class Approved(NamedTuple):
    """One approval: whose, and whether it was withdrawn since."""

    regulator: str
    stands: bool = True


class Studied(NamedTuple):
    """What the scales ask of one study."""

    kind: str
    n: int | None = None
    endpoint: str = ""
    positive: bool = True
    response_rate: float | None = None
    has_medians: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One claim and one patient, as far as ``docs/grading.md`` looks at them.

    Attributes
    ----------
    same_disease : bool
        The disease verdict is met; a coarser diagnosis is not the same disease.
    excepted : bool
        The patient's node lies at or below an excepted node of the claim, or may. "Excepted and
        same disease never hold together."
    patient_solid, claim_solid : bool
        False for blood as well as for an unspecified form.
    claim_is_group : bool
        SOLID or BLOOD is among the claim's diseases.
    guidelines : tuple of bool
        Whether each recommends.
    """

    effect: str
    same_disease: bool = True
    excepted: bool = False
    patient_solid: bool = True
    claim_solid: bool = True
    claim_is_group: bool = False
    approvals: tuple[Approved, ...] = ()
    guidelines: tuple[bool, ...] = ()
    studies: tuple[Studied, ...] = ()
    regulators: tuple[str, ...] = BY_DEFAULT
    thresholds: dict[str, float] = field(default_factory=lambda: dict(THRESHOLDS))

    def __post_init__(self) -> None:
        if self.excepted and self.same_disease:
            raise ValueError("excepted and same disease never hold together")

    @property
    def approvers(self) -> set[str]:
        """Regulators whose approval stands."""
        return {a.regulator for a in self.approvals if a.stands}

    @property
    def backed(self) -> bool:
        """Whether an approval of any regulator stands, or a guideline is for it."""
        return bool(self.approvers) or self.recommended()

    def recommended(self) -> bool:
        """Whether a guideline is for it."""
        return any(self.guidelines)

    def supporting(self, *kinds: str) -> list[Studied]:
        """Supporting studies of these kinds; of any kind where none is named."""
        return [s for s in self.studies if s.positive and (not kinds or s.kind in kinds)]


def _first(rows: Rows) -> tuple[str, str]:
    """Grade and clause: "the first that fits"."""
    return next((grade, clause) for grade, clause, fits in rows if fits)


def amp(facts: Facts) -> tuple[str, str, str]:
    """AMP/ASCO/CAP 2017: tier, level, clause."""
    # "Where the effect is not benefit and the disease is not the same, there is no level (tier III,
    # clause `not-propagated`)": it overrides C2 and D1, which would fit in any disease.
    if facts.effect != "benefit" and not facts.same_disease:
        return "III", "", "not-propagated"
    level, clause = _first(_amp_levels(facts))
    # "Tier: I for A and B, II for C and D, III where there is no level."
    return {"A": "I", "B": "I", "C": "II", "D": "II", "": "III"}[level], level, clause


def _amp_levels(facts: Facts) -> Rows:
    """The table of levels."""
    same, allowed = facts.same_disease, not facts.excepted
    benefit = facts.effect == "benefit"
    chosen = bool(facts.approvers & set(facts.regulators))
    not_chosen = bool(facts.approvers - set(facts.regulators))
    randomised = _well_powered(facts, "well_powered_randomised", "randomised")
    prospective = _well_powered(facts, "well_powered_prospective", *PROSPECTIVE)
    backed = chosen or facts.recommended()
    return (
        ("A", "A1", same and chosen),
        ("A", "A2", same and facts.recommended()),
        ("B", "B1", same and randomised and not facts.claim_is_group),
        ("B", "B2", same and prospective and not facts.claim_is_group),
        ("C", "C1", not same and allowed and benefit and backed),
        ("C", "C4", allowed and benefit and not_chosen),
        ("C", "C2", bool(facts.supporting(*PROSPECTIVE)) and allowed),
        ("C", "C3", same and bool(facts.supporting("retrospective"))),
        ("D", "D1", bool(facts.supporting()) and allowed),
        ("", "none", True),
    )


def _well_powered(facts: Facts, threshold: str, *kinds: str) -> bool:
    """Whether a supporting study is large enough; "an unknown n is smaller than any threshold"."""
    least = facts.thresholds[threshold]
    return any(s.n is not None and s.n >= least for s in facts.supporting(*kinds))


def escat(facts: Facts) -> tuple[str, str]:
    """ESCAT: tier, clause."""
    if facts.effect != "benefit":
        return "", "benefit-only"
    if facts.excepted:
        return "X", "excepted"
    tier, clause = _first(_escat_at_home(facts))
    if not facts.same_disease and tier in ("I-A", "I-B", "I-C", "II-A", "II-B"):
        return "III-A", "other-disease"
    # "Anything else stays as it is": IV-A, IV-B, V, X and the empty tier.
    return tier, clause


def _escat_at_home(facts: Facts) -> Rows:
    """The table of tiers in the claim's own disease."""
    single = not facts.claim_is_group
    prospective = facts.supporting(*PROSPECTIVE)
    survival = any(s.endpoint in SURVIVAL for s in facts.supporting("randomised"))
    refuted = _survival_refuted(facts) and not survival
    lasting = any(s.has_medians for s in prospective) or facts.backed
    return (
        ("I-A", "randomised-survival", single and survival),
        ("V", "response-without-survival", refuted and bool(facts.supporting(*RESPONDING))),
        ("I-B", "prospective-benefit", single and bool(prospective) and lasting),
        ("I-C", "basket", facts.claim_is_group and _basket_counts(facts)),
        ("II-A", "retrospective", bool(facts.supporting("retrospective"))),
        ("II-B", "prospective-response", bool(prospective)),
        ("IV-A", "case-or-preclinical", bool(facts.supporting("case", "preclinical"))),
        ("IV-B", "inferred", bool(facts.supporting("inferred"))),
        ("", "no-study-listed", facts.backed),
        ("X", "no-evidence", True),
    )


def _basket_counts(facts: Facts) -> bool:
    """A supporting basket study that is backed, or in which enough tumours responded."""
    baskets = facts.supporting("basket")
    if facts.backed:
        return len(baskets) > 0
    rates = [study.response_rate for study in baskets if study.response_rate is not None]
    return bool(rates) and max(rates) >= facts.thresholds["basket_response"]


def _survival_refuted(facts: Facts) -> bool:
    """Whether a contrary randomised study had a survival endpoint."""
    return any(
        s.kind == "randomised" and not s.positive and s.endpoint in SURVIVAL for s in facts.studies
    )


def oncokb_style(facts: Facts) -> tuple[str, str]:
    """The shape of OncoKB's levels: level, clause."""
    if facts.effect == "benefit":
        return _sensitive(facts)
    if facts.effect == "resistance":
        return _resistant(facts)
    # "Effect no-benefit and harm: none (`none`) in any disease."
    if facts.effect in ("no-benefit", "harm"):
        return "", "none"
    return "", "benefit-or-resistance-only"


def _sensitive(facts: Facts) -> tuple[str, str]:
    """Levels 1 to 4."""
    if facts.excepted:
        return "", "excepted"
    level, clause = _first(
        (
            ("1", "fda", "FDA" in facts.approvers),
            ("2", "standard-care", facts.backed),
            ("3A", "clinical-evidence", bool(facts.supporting(*PROSPECTIVE))),
            ("4", "weaker-evidence", bool(facts.supporting())),
            ("", "none", True),
        )
    )
    # "No level at home gives none (`none`)", so that it is the same in any disease.
    if facts.same_disease or not level:
        return level, clause
    if level in ("1", "2", "3A") and facts.patient_solid and facts.claim_solid:
        return "3B", "other-indication"
    return "", "not-propagated"


def _resistant(facts: Facts) -> tuple[str, str]:
    """Levels R1 and R2."""
    if not facts.same_disease:
        return "", "not-propagated"
    return _first(
        (
            ("R1", "standard-care-resistance", facts.backed),
            ("R2", "clinical-resistance", bool(facts.supporting(*TREATED))),
            ("", "none", True),
        )
    )
