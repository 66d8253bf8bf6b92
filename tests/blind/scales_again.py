"""The three scales coded a second time, from ``docs/grading.md`` alone.

Nothing of onkos is imported here: two codings of one text are worth comparing only while neither
has seen the other. Sentences of the document stand beside the lines that follow them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

PROSPECTIVE = ("randomised", "single-arm", "basket")
TREATED = (*PROSPECTIVE, "retrospective", "case")
SURVIVAL = ("OS", "PFS", "rPFS", "DFS", "iDFS", "EFS", "RFS", "MFS")
BY_DEFAULT = ("FDA", "EMA")
THRESHOLDS = {"well_powered_randomised": 100.0, "well_powered_prospective": 50.0}


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
        The patient's node lies at or below an excepted node of the claim.
    patient_solid, claim_solid : bool
        False for blood as well as for an unspecified form.
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

    def approved_by(self, regulators: tuple[str, ...] | None = None) -> bool:
        """Whether an approval stands, by one of the regulators or by any."""
        return any(
            a.stands and (regulators is None or a.regulator in regulators) for a in self.approvals
        )

    def recommended(self) -> bool:
        """Whether a guideline is for it."""
        return any(self.guidelines)

    def supporting(self, *kinds: str) -> list[Studied]:
        """Supporting studies of these kinds; of any kind where none is named."""
        return [s for s in self.studies if s.positive and (not kinds or s.kind in kinds)]


def amp(facts: Facts) -> tuple[str, str, str]:
    """AMP/ASCO/CAP 2017: tier, level, clause."""
    # "Where the effect is not benefit and the disease is not the same, there is no level (tier III,
    # clause `not-propagated`)": it overrides C2 and D1, which would fit in any disease.
    if facts.effect != "benefit" and not facts.same_disease:
        return "III", "", "not-propagated"
    clause = _amp_at_home(facts) if facts.same_disease else ""
    if not clause and not facts.excepted:
        clause = _amp_anywhere(facts)
    if not clause:
        return "III", "", "none"
    level = clause[0]
    return ("I" if level in "AB" else "II"), level, clause


def _amp_at_home(facts: Facts) -> str:
    """The clauses that need the same disease, except C3, which C2 precedes."""
    if facts.approved_by(facts.regulators):
        return "A1"
    if facts.recommended():
        return "A2"
    if _well_powered(facts, "well_powered_randomised", "randomised"):
        return "B1"
    if _well_powered(facts, "well_powered_prospective", "single-arm", "basket"):
        return "B2"
    return ""


def _amp_anywhere(facts: Facts) -> str:
    """Clauses C1 to D1."""
    elsewhere = not facts.same_disease
    if elsewhere and (facts.approved_by(facts.regulators) or facts.recommended()):
        return "C1"
    if facts.supporting(*PROSPECTIVE):
        return "C2"
    if facts.same_disease and facts.supporting("retrospective"):
        return "C3"
    return "D1" if facts.supporting() else ""


def _well_powered(facts: Facts, threshold: str, *kinds: str) -> bool:
    """Whether a supporting study is large enough; "an unknown n is smaller than any threshold"."""
    least = facts.thresholds[threshold]
    return any(s.n is not None and s.n >= least for s in facts.supporting(*kinds))


def escat(facts: Facts) -> tuple[str, str]:
    """ESCAT: tier, clause."""
    if facts.effect != "benefit":
        return "", "benefit-only"
    tier, clause = _escat_at_home(facts)
    if facts.same_disease:
        return tier, clause
    if facts.excepted:
        return "X", "excepted"
    if tier.startswith(("I-", "II-")):
        return "III-A", "other-disease"
    return tier, clause


def _escat_at_home(facts: Facts) -> tuple[str, str]:
    """The tier in the claim's own disease."""
    backed = facts.approved_by() or facts.recommended()
    if not facts.supporting():
        # A contrary study is not a supporting one: the claim still rests on its approvals alone.
        return "X", ("no-study-listed" if backed else "no-evidence")
    if any(s.endpoint in SURVIVAL for s in facts.supporting("randomised")):
        return "I-A", "randomised-survival"
    if facts.claim_is_group and facts.supporting("basket"):
        return "I-C", "basket"
    trials = facts.supporting(*PROSPECTIVE)
    if trials and (backed or any(s.has_medians for s in trials)):
        return "I-B", "prospective-benefit"
    if trials:
        return "II-B", "prospective-response"
    if facts.supporting("retrospective"):
        return "II-A", "retrospective"
    if _survival_refuted(facts) and facts.supporting("case"):
        return "V", "response-without-survival"
    if facts.supporting("case", "preclinical"):
        return "IV-A", "case-or-preclinical"
    return "IV-B", "inferred"


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
    # "Effect no-benefit and harm: none (`none`)", whatever the disease: the sentence on what never
    # propagates names resistance only.
    if facts.effect in ("no-benefit", "harm"):
        return "", "none"
    return "", "benefit-or-resistance-only"


def _sensitive(facts: Facts) -> tuple[str, str]:
    """Levels 1 to 4."""
    level, clause = _sensitive_at_home(facts)
    if facts.same_disease:
        return level, clause
    if facts.excepted:
        return "", "excepted"
    if not level:
        # The document is silent here; nothing at home leaves nothing to propagate.
        return "", clause
    if level != "4" and facts.patient_solid and facts.claim_solid:
        return "3B", "other-indication"
    return "", "not-propagated"


def _sensitive_at_home(facts: Facts) -> tuple[str, str]:
    """The level in the claim's own disease."""
    if facts.approved_by(("FDA",)):
        return "1", "fda"
    if facts.recommended() or facts.approved_by():
        return "2", "standard-care"
    if facts.supporting(*PROSPECTIVE):
        return "3A", "clinical-evidence"
    return ("4", "biological") if facts.supporting() else ("", "none")


def _resistant(facts: Facts) -> tuple[str, str]:
    """Levels R1 and R2."""
    if not facts.same_disease:
        return "", "not-propagated"
    if facts.recommended() or facts.approved_by():
        return "R1", "standard-care-resistance"
    if facts.supporting(*TREATED):
        return "R2", "clinical-resistance"
    return "", "none"
