"""The order of options: lexicographic, explained, and never worse for a fact in favour.

First what was not given before, and adds nothing to what failed; then what rests on a fact
that was looked up; then

1. on-label here: a chosen regulator approves it for this disease and criterion, its setting
   met, then unknown; then what is approved where the diagnosis is too coarse to tell;
2. not superseded head to head by another option; then a verified approval that asks for the
   marker before any other;
3. recommended by a guideline for this disease, in this setting or one that may be this;
4. approved here for another setting;
5. shown in this setting, or in one that may be this: not in another line or stage;
6. strength of evidence: at home before elsewhere, then kind of study and endpoint (hazard
   ratios are never compared across comparators);
7. precision of the match;
8. recency;
9. how many studies are as strong as the strongest;
10. share of the tumour, which breaks ties only.
"""

from __future__ import annotations

from typing import NamedTuple

from onkos.model import SURVIVAL_ENDPOINTS, Answer, ApprovalHere, Match, Study, StudyKind

_KINDS = {
    StudyKind.RANDOMISED: 6,
    StudyKind.SINGLE_ARM: 5,
    StudyKind.BASKET: 4,
    StudyKind.RETROSPECTIVE: 3,
    StudyKind.CASE: 2,
    StudyKind.PRECLINICAL: 1,
    StudyKind.INFERRED: 0,
}


class Key(NamedTuple):
    """What one match is worth; greater comes first."""

    looked_up: bool
    on_label: int
    not_superseded: bool
    sure_label: int
    guideline: bool
    label_elsewhere: int
    in_setting: bool
    strength: tuple[int, int, int]
    precision: int
    recency: int
    repeated: int
    share: float


def match_key(match: Match, superseded: bool, share: float = 0.0) -> Key:
    """The key of one match of benefit whose criterion is met.

    Parameters
    ----------
    superseded : bool
        Whether another option beat this regimen head to head.
    share : float
        Largest allele fraction among the alterations that settled it, in [0, 1].
    """
    label = on_label(match)
    return Key(
        looked_up=_looked_up(match),
        on_label=(label + 1) // 2,
        not_superseded=not superseded,
        sure_label=label,
        guideline=_guideline(match),
        label_elsewhere=_label_elsewhere(match),
        in_setting=_in_setting(match),
        strength=_strength(match),
        precision=match.biomarker.precision,
        recency=_recency(match),
        repeated=_repeated(match),
        share=share,
    )


def _looked_up(match: Match) -> bool:
    claim = match.claim
    verified = (
        *(not a.unverified for a in claim.approvals if a.stands and not a.any_marker),
        *(not g.unverified for g in claim.guidelines if g.recommends),
        *(not s.unverified for s in claim.studies if s.positive),
    )
    return not claim.unverified and any(verified)


def on_label(match: Match) -> int:
    """6 to 0: setting met, unknown, then a diagnosis too coarse to tell; 0 is not on label here.

    In each, a verified approval that asks for this marker comes before any other.
    """
    if match.disease is Answer.UNMET or match.biomarker.answer is not Answer.MET:
        return 0
    coarse = match.disease is Answer.UNKNOWN
    steps = {Answer.MET: 2 if coarse else 6, Answer.UNKNOWN: 2 if coarse else 4}
    found = (steps.get(a.setting_verdict, 0) - _doubt(a) for a in match.approvals)
    return max((step for step in found if step > 0), default=0)


def _label_elsewhere(match: Match) -> int:
    """2 to 0: approved here for another setting, a verified approval for this marker first."""
    if match.disease is not Answer.MET or match.biomarker.answer is not Answer.MET:
        return 0
    return max((2 - _doubt(a) for a in match.approvals), default=0)


def _doubt(approval: ApprovalHere) -> int:
    return int(approval.unverified or approval.any_marker)


def _in_setting(match: Match) -> bool:
    return match.setting.answer is not Answer.UNMET


def _guideline(match: Match) -> bool:
    recommended = any(g.recommends for g in match.claim.guidelines)
    return recommended and match.disease is Answer.MET and _in_setting(match)


def _strength(match: Match) -> tuple[int, int, int]:
    return (int(match.disease), *max(_strengths(match), default=(-1, 0)))


def _strengths(match: Match) -> list[tuple[int, int]]:
    supporting = (s for s in match.claim.studies if s.positive and not s.unverified)
    return [study_strength(study) for study in supporting]


def _repeated(match: Match) -> int:
    strengths = _strengths(match)
    return strengths.count(max(strengths)) if strengths else 0


def study_strength(study: Study) -> tuple[int, int]:
    """Kind of study, then endpoint: overall survival, other survival, anything else."""
    endpoint = 2 if study.endpoint == "OS" else int(study.endpoint in SURVIVAL_ENDPOINTS)
    return _KINDS[study.kind], endpoint


def strongest(match: Match) -> Study | None:
    """The supporting study that decides a match's strength."""
    supporting = [s for s in match.claim.studies if s.positive]
    return max(supporting, key=lambda s: (not s.unverified, study_strength(s)), default=None)


def _recency(match: Match) -> int:
    years = [a.on.year for a in match.claim.approvals if a.on and a.stands and not a.any_marker]
    years += [g.year for g in match.claim.guidelines if g.year]
    years += [s.year for s in match.claim.studies if s.year and s.positive]
    return max(years, default=0)
