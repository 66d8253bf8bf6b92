"""The two codings of ``docs/grading.md`` side by side: one claim and patient, put to both."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import scales_again as again
from scales_again import Approved, Facts, Studied

from onkos.evidence import grade as first
from onkos.model import Approval, Claim, Effect, Guideline, Study, StudyKind
from onkos.model.criterion import LossOfFunction


class Answer(NamedTuple):
    """What one coding says on all three scales."""

    amp: tuple[str, str, str]
    escat: tuple[str, str]
    oncokb_style: tuple[str, str]


def first_answer(facts: Facts, claim: Claim) -> Answer:
    """The coding of the package."""
    standing = first.Standing(
        claim,
        same=facts.same_disease,
        excepted=facts.excepted,
        both_solid=facts.patient_solid and facts.claim_solid,
        regulators=facts.regulators,
        thresholds=facts.thresholds,
    )
    amp, escat, oncokb = (f(standing) for f in (first.amp, first.escat, first.oncokb_style))
    assert (escat.level, oncokb.tier) == ("", ""), "ESCAT has tiers only, OncoKB levels only"
    return Answer(
        (amp.tier, amp.level, amp.clause), (escat.tier, escat.clause), (oncokb.level, oncokb.clause)
    )


def second_answer(facts: Facts) -> Answer:
    """The coding beside this test."""
    return Answer(again.amp(facts), again.escat(facts), again.oncokb_style(facts))


def as_claim(facts: Facts, disease: tuple[str, ...], shown: bool = False) -> Claim:
    """The same facts as a claim; with `shown`, also what the page shows and no scale looks at."""
    effect = Effect(facts.effect)
    treats = facts.effect in ("benefit", "no-benefit", "resistance", "harm")
    return Claim(
        id="drawn",
        when=LossOfFunction(genes=("BRCA1",)),
        disease=disease,
        disease_except=("BOWEL",) if facts.excepted else (),
        therapy=("olaparib",) if treats else (),
        effect=effect,
        approvals=tuple(_approval(i, a, shown) for i, a in enumerate(facts.approvals)),
        guidelines=tuple(
            Guideline(body="ESMO", recommends=for_it, unverified=shown)
            for for_it in facts.guidelines
        ),
        studies=tuple(_study(s, shown) for s in facts.studies),
    )


def _approval(place: int, approved: Approved, shown: bool) -> Approval:
    """An approval; a withdrawn one has a date, or only the fact, by its place."""
    gone = not approved.stands
    return Approval(
        regulator=approved.regulator,
        withdrawn=gone and place % 2 == 1,
        withdrawn_on=date(2022, 8, 26) if gone and place % 2 == 0 else None,
        accelerated=shown,
        setting=LossOfFunction(genes=("BRCA2",)) if shown else None,
        unverified=shown,
    )


def _study(studied: Studied, shown: bool) -> Study:
    """A study with these facts; a single median where it gives one."""
    return Study(
        kind=StudyKind(studied.kind),
        n=studied.n,
        endpoint=studied.endpoint,
        positive=studied.positive,
        response_rate=studied.response_rate,
        median_months=(7.5,) if studied.has_medians else (),
        hazard_ratio=0.5 if shown else None,
        unverified=shown,
    )


def agreed(facts: Facts) -> Answer:
    """The answer of both codings."""
    group, single = ("SOLID", "NSCLC") if facts.claim_solid else ("BLOOD", "AML")
    claim = as_claim(facts, (group if facts.claim_is_group else single,))
    answer = second_answer(facts)
    assert first_answer(facts, claim) == answer
    return answer
