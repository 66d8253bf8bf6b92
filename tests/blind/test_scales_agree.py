"""Two independent codings of ``docs/grading.md`` must give the same tiers, levels and clauses."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pytest
import scales_again as again
from scales_again import Approved, Facts, Studied

from onkos.evidence import grade as first
from onkos.model import Approval, Claim, Effect, Guideline, Study, StudyKind
from onkos.model.criterion import LossOfFunction

SEED = 20261121
COUNT = 20_000
OFTEN = 100

EFFECTS = [str(effect) for effect in Effect]
KINDS = [str(kind) for kind in StudyKind]
FORMS = ("solid", "blood", "neither")
REGULATORS = ("FDA", "EMA", "PMDA", "NMPA", "MHRA")
CHOSEN = (("FDA", "EMA"), ("FDA",), ("EMA",), ("PMDA", "NMPA"), ("MHRA",), ())
ENDPOINTS = (*again.SURVIVAL, "", "ORR", "DoR", "pCR", "PFS2", "TTP", "IDFS", "os")
SIZES = (None, 0, 1, 12, 49, 50, 51, 99, 100, 101, 650)
THRESHOLDS = ((100.0, 50.0), (100.0, 50.0), (49.5, 12.5), (0.0, 0.0), (50.0, 100.0))

# Where the patient's node stands to the claim's, and what that makes of (same, excepted).
SITUATIONS = {
    "same": (True, False),
    "coarser than the claim's": (False, False),
    "coarser than an excepted one": (False, True),
    "other": (False, False),
    "excepted": (False, True),
}

# A claim's nodes, their form, and whether its disease is a group.
DISEASES = (
    (("NSCLC",), "solid", False),
    (("MEL", "BREAST"), "solid", False),
    (("SOLID",), "solid", True),
    (("AML",), "blood", False),
    (("AML", "BLL"), "blood", False),
    (("BLOOD",), "blood", True),
    (("SOLID", "BLOOD"), "neither", True),
    (("NSCLC", "BLOOD"), "neither", True),
    (("ECD", "LCH"), "neither", False),
)

AMP_CLAUSES = {"A1", "A2", "B1", "B2", "C1", "C4", "C2", "C3", "D1", "none", "not-propagated"}
ESCAT_CLAUSES = (
    {"randomised-survival", "basket", "prospective-benefit", "prospective-response"}
    | {"retrospective", "response-without-survival", "case-or-preclinical", "inferred"}
    | {"benefit-only", "no-evidence", "no-study-listed", "excepted", "other-disease"}
)
ONCOKB_CLAUSES = (
    {"fda", "standard-care", "clinical-evidence", "weaker-evidence", "other-indication"}
    | {"standard-care-resistance", "clinical-resistance", "benefit-or-resistance-only"}
    | {"none", "excepted", "not-propagated"}
)


class Answer(NamedTuple):
    """What one coding says on all three scales."""

    amp: tuple[str, str, str]
    escat: tuple[str, str]
    oncokb_style: tuple[str, str]


class Drawn(NamedTuple):
    """One generated claim and patient, in both shapes."""

    situation: str
    forms: tuple[str, str]
    facts: Facts
    claim: Claim


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


def _drawn_study(draw: random.Random) -> Studied:
    """One study, supporting more often than contrary."""
    return Studied(
        kind=draw.choice(KINDS),
        n=draw.choice(SIZES),
        endpoint=draw.choice(ENDPOINTS),
        positive=draw.random() < 0.6,
        response_rate=draw.choice((None, 0.0, 0.05, 0.4, 1.0)),
        has_medians=draw.random() < 0.35,
    )


def _drawn_studies(draw: random.Random, count: int) -> tuple[Studied, ...]:
    """Studies; beside one in four a trial that failed to lengthen survival."""
    studies = [_drawn_study(draw) for _ in range(count)]
    if studies and draw.random() < 0.25:
        failed = Studied("randomised", 650, draw.choice(again.SURVIVAL), positive=False)
        studies.insert(draw.randrange(len(studies) + 1), failed)
    return tuple(studies)


def _counts(draw: random.Random) -> tuple[int, int, int]:
    """How many approvals, guidelines and studies: none often, but one fact at least."""
    while True:
        counts = (
            draw.choice((0, 0, 1, 2)),
            draw.choice((0, 0, 0, 1, 2)),
            draw.choice((0, 1, 2, 3)),
        )
        if any(counts):
            return counts


def _drawn(draw: random.Random, effect: str, situation: str, patient_form: str) -> Drawn:
    """One claim and one patient."""
    disease, claim_form, group = draw.choice(DISEASES)
    approvals, guidelines, studies = _counts(draw)
    same, excepted = SITUATIONS[situation]
    names = ("well_powered_randomised", "well_powered_prospective")
    facts = Facts(
        effect=effect,
        same_disease=same,
        excepted=excepted,
        patient_solid=patient_form == "solid",
        claim_solid=claim_form == "solid",
        claim_is_group=group,
        approvals=tuple(
            Approved(draw.choice(REGULATORS), draw.random() < 0.7) for _ in range(approvals)
        ),
        guidelines=tuple(draw.random() < 0.6 for _ in range(guidelines)),
        studies=_drawn_studies(draw, studies),
        regulators=draw.choice(CHOSEN),
        thresholds=dict(zip(names, draw.choice(THRESHOLDS), strict=True)),
    )
    claim = as_claim(facts, disease, shown=draw.random() < 0.5)
    return Drawn(situation, (patient_form, claim_form), facts, claim)


def _all_drawn() -> Iterator[Drawn]:
    """All effects, situations and forms of the patient in turn; everything else at random."""
    draw = random.Random(SEED)
    # Benefit in the same disease has the most clauses, so it gets the most draws.
    effects = [*EFFECTS, *["benefit"] * 9, "resistance"]
    situations = [*SITUATIONS, "same", "same"]
    cells = [(e, s, f) for e in effects for s in situations for f in FORMS]
    for place in range(COUNT):
        yield _drawn(draw, *cells[place % len(cells)])


@pytest.fixture(scope="module")
def drawn() -> list[Drawn]:
    """The generated claims and patients."""
    return list(_all_drawn())


def test_the_draw_covers_every_clause_and_situation(drawn: list[Drawn]) -> None:
    """Agreement means little where a clause never fired."""
    assert len(drawn) == COUNT
    cells = {(d.facts.effect, d.situation, *d.forms) for d in drawn}
    assert len(cells) == len(EFFECTS) * len(SITUATIONS) * len(FORMS) ** 2
    answers = [second_answer(d.facts) for d in drawn]
    for fired, clauses in (
        (Counter(a.amp[-1] for a in answers), AMP_CLAUSES),
        (Counter(a.escat[-1] for a in answers), ESCAT_CLAUSES),
        (Counter(a.oncokb_style[-1] for a in answers), ONCOKB_CLAUSES),
    ):
        assert set(fired) == clauses
        assert min(fired.values()) >= OFTEN, fired


def test_the_draw_covers_every_combination_of_facts(drawn: list[Drawn]) -> None:
    """For benefit: each study kind, with and without approvals and guidelines, in each verdict."""
    seen: set[tuple[object, ...]] = set()
    for facts in (d.facts for d in drawn if d.facts.effect == "benefit"):
        kinds = {s.kind for s in facts.studies}
        verdict = (facts.same_disease, facts.excepted)
        backing = (bool(facts.approvals), bool(facts.guidelines))
        seen |= {(verdict, backing, k) for k in kinds or {""}}
    verdicts, backings = 3, 4
    assert len(seen) == verdicts * (backings * (len(KINDS) + 1) - 1), (
        "all but a claim without facts"
    )


@pytest.mark.parametrize("scale", Answer._fields)
def test_both_codings_agree(drawn: list[Drawn], scale: str) -> None:
    """No difference on this scale in any generated claim and patient."""
    differences = []
    for case in drawn:
        one = getattr(first_answer(case.facts, case.claim), scale)
        two = getattr(second_answer(case.facts), scale)
        if one != two:
            differences.append(f"{one} and {two}: {case.situation}, {case.forms}, {case.facts}")
    shown = "\n".join(differences[:5])
    assert not differences, f"{len(differences)} of {COUNT} differ (first, second):\n{shown}"


def agreed(facts: Facts) -> Answer:
    """The answer of both codings."""
    form = ("SOLID", "NSCLC") if facts.claim_solid else ("BLOOD", "AML")
    answer = second_answer(facts)
    assert (
        first_answer(facts, as_claim(facts, form[:1] if facts.claim_is_group else form[1:]))
        == answer
    )
    return answer


FDA, EMA = Approved("FDA"), Approved("EMA")
FOR = Facts(effect="benefit")
ELSEWHERE = replace(FOR, same_disease=False)
EXCEPTED = replace(ELSEWHERE, excepted=True)
AGNOSTIC = replace(FOR, claim_is_group=True)
LABELLED = replace(FOR, approvals=(FDA, EMA))
LABELLED_ELSEWHERE = replace(ELSEWHERE, approvals=(FDA, EMA))

BY_LABEL, BY_GUIDELINE, OFF_LABEL = ("I", "A", "A1"), ("I", "A", "A2"), ("II", "C", "C1")


def by_guideline(effect: str, solid: bool = True) -> Facts:
    """A claim in the patient's disease that rests on a guideline alone."""
    return Facts(effect=effect, guidelines=(True,), claim_solid=solid, patient_solid=solid)


# Worked examples of the published scale: Li MM et al. 2017, PMID 27993330, levels A to D.
AMP_EXAMPLES = {
    "EGFR L858R, NSCLC: osimertinib": (LABELLED, BY_LABEL),
    "PIK3CA H1047R, HR+ HER2- breast": (LABELLED, BY_LABEL),
    "PIK3CA H1047R, endometrial": (LABELLED_ELSEWHERE, OFF_LABEL),
    "KRAS G12C, NSCLC or colorectal": (replace(FOR, approvals=(FDA,)), BY_LABEL),
    "KRAS G12, colorectal, against anti-EGFR": (by_guideline("resistance"), BY_GUIDELINE),
    "TP53 R175H, AML: ELN 2022": (by_guideline("worse-prognosis", solid=False), BY_GUIDELINE),
    "IDH1 R132H, glioma: diagnosis": (by_guideline("diagnosis"), BY_GUIDELINE),
    "IDH1 R132H, glioma: vorasidenib": (replace(FOR, approvals=(FDA,)), BY_LABEL),
    "BRAF V600E, melanoma": (LABELLED, BY_LABEL),
    "BRAF V600E before 2022, no approval in the tumour": (LABELLED_ELSEWHERE, OFF_LABEL),
    "BRAF V600E since 2022, agnostic": (replace(AGNOSTIC, approvals=(FDA,)), BY_LABEL),
    "BRAF V600E since 2022, colorectal is excepted": (
        replace(EXCEPTED, approvals=(FDA,), claim_is_group=True),
        ("III", "", "none"),
    ),
}


@pytest.mark.parametrize("name", AMP_EXAMPLES)
def test_worked_examples_of_amp(name: str) -> None:
    """Expected tiers are the published ones, not those of either coding."""
    facts, expected = AMP_EXAMPLES[name]
    assert agreed(facts).amp == expected


def test_nothing_known_is_tier_three() -> None:
    """A missense VUS without evidence (PMID 27993330); a claim needs a fact, so only the second."""
    assert again.amp(FOR) == ("III", "", "none")


# Shape vectors of OncoKB's own tests (IndicatorUtilsTest): sensitive and resistance level of one
# alteration in one tumour. Each claim is given the facts that its published level stands for.
ON_LABEL = replace(FOR, approvals=(FDA,))
TRIAL, CASES = Studied("single-arm", 40, "ORR"), Studied("case", 15)
ONCOKB_SHAPES = {
    "BRAF V600E, melanoma": ([ON_LABEL], ["1"]),
    "EGFR S768_V769delinsIL, NSCLC": ([ON_LABEL], ["1"]),
    "KRAS Q61K, colorectal": (
        [replace(ELSEWHERE, studies=(TRIAL,)), by_guideline("resistance")],
        ["3B", "R1"],
    ),
    "EGFR C797S, lung adenocarcinoma": (
        [ON_LABEL, Facts(effect="resistance", studies=(CASES,))],
        ["1", "R2"],
    ),
    "ALK I1171N, lung adenocarcinoma": (
        [Facts(effect="resistance", studies=(CASES, Studied("preclinical")))],
        ["R2"],
    ),
    "BRCA2 structural deletion, ovarian": ([ON_LABEL], ["1"]),
}


@pytest.mark.parametrize("name", ONCOKB_SHAPES)
def test_shape_vectors_of_oncokb(name: str) -> None:
    """Sensitive and resistance levels stand side by side, neither hides the other."""
    claims, expected = ONCOKB_SHAPES[name]
    assert [agreed(facts).oncokb_style[0] for facts in claims] == expected


LEVELS = {
    "1": {"approvals": (FDA,)},
    "2": {"guidelines": (True,)},
    "3A": {"studies": (TRIAL,)},
    "4": {"studies": (Studied("preclinical"),)},
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("patient_solid", [True, False])
@pytest.mark.parametrize("claim_solid", [True, False])
def test_propagation_of_oncokb(level: str, patient_solid: bool, claim_solid: bool) -> None:
    """Curators' default: 1, 2, 3A become 3B from solid to solid; 4 and any blood do not travel."""
    facts = replace(
        ELSEWHERE, patient_solid=patient_solid, claim_solid=claim_solid, **LEVELS[level]
    )
    travels = patient_solid and claim_solid and level != "4"
    assert agreed(facts).oncokb_style[0] == ("3B" if travels else "")
    assert agreed(replace(facts, same_disease=True)).oncokb_style[0] == level
    assert agreed(replace(facts, excepted=True)).oncokb_style == ("", "excepted")


@pytest.mark.parametrize(
    "backing", [{"guidelines": (True,)}, {"approvals": (FDA,)}, {"studies": (TRIAL,)}]
)
def test_resistance_never_travels(backing: dict[str, tuple[object, ...]]) -> None:
    """R1 and R2 never propagate (Chakravarty 2017, PMID 28890946)."""
    facts = Facts(effect="resistance", same_disease=False, **backing)  # type: ignore[arg-type]
    assert agreed(facts).oncokb_style == ("", "not-propagated")


# Tier table of Mateo J et al. 2018, PMID 30137196, with the facts that each row asks for.
LASTING = Studied("randomised", 300, "PFS", has_medians=True)
FAILED = Studied("randomised", 300, "OS", positive=False)
BASKET = Studied("basket", 55, "ORR")
ESCAT_ROWS = {
    "I-A": replace(FOR, studies=(LASTING,)),
    "I-B": replace(FOR, studies=(TRIAL._replace(has_medians=True),)),
    "I-C": replace(AGNOSTIC, studies=(BASKET,)),
    "II-A": replace(FOR, studies=(Studied("retrospective", 80, "OS"),)),
    "II-B": replace(FOR, studies=(TRIAL,)),
    "III-A": replace(ELSEWHERE, studies=(LASTING,)),
    "V": replace(FOR, studies=(FAILED, TRIAL)),
    "IV-A": replace(FOR, studies=(Studied("preclinical"),)),
    "IV-B": replace(FOR, studies=(Studied("inferred"),)),
    "X": replace(FOR, studies=(FAILED,)),
}


@pytest.mark.parametrize("tier", ESCAT_ROWS)
def test_rows_of_escat(tier: str) -> None:
    """One row of the published table each; III-B is never computed."""
    facts = ESCAT_ROWS[tier]
    assert agreed(facts).escat[0] == tier


PMDA_ONLY = {"approvals": (Approved("PMDA"), Approved("FDA", stands=False))}
REFUTED = {"studies": (FAILED, TRIAL._replace(has_medians=True)), "approvals": (FDA,)}
# Sentences of the document that two codings once read differently, and what follows from each.
SETTLED = {
    "C4 at home": (replace(FOR, **PMDA_ONLY), "C4", "no-study-listed", "standard-care"),
    "C4 elsewhere": (replace(ELSEWHERE, **PMDA_ONLY), "C4", "no-study-listed", "other-indication"),
    "excepted": (replace(EXCEPTED, **PMDA_ONLY), "none", "excepted", "excepted"),
    "excepted without support": (
        replace(EXCEPTED, studies=(FAILED,)),
        *("none", "excepted", "excepted"),
    ),
    "B2 of a randomised study": (
        replace(FOR, studies=(Studied("randomised", 50, "ORR"),)),
        *("B2", "prospective-response", "clinical-evidence"),
    ),
    "V before I-B": (replace(FOR, **REFUTED), "A1", "response-without-survival", "fda"),
    "V before I-C": (
        replace(AGNOSTIC, studies=(FAILED, BASKET)),
        *("B2", "response-without-survival", "clinical-evidence"),
    ),
    "V travels": (
        replace(ELSEWHERE, **REFUTED),
        *("C1", "response-without-survival", "other-indication"),
    ),
    "no V beside lengthened survival": (
        replace(FOR, studies=(FAILED, LASTING, CASES)),
        *("B1", "randomised-survival", "clinical-evidence"),
    ),
    "a group claim is never I-A or I-B": (
        replace(AGNOSTIC, studies=(LASTING,), approvals=(FDA,)),
        *("A1", "prospective-response", "fda"),
    ),
    "I-C stops at the claim's form": (
        replace(ELSEWHERE, claim_is_group=True, patient_solid=False, studies=(BASKET,)),
        *("C2", "other-disease", "not-propagated"),
    ),
    "retrospective is weaker evidence": (
        replace(FOR, studies=(Studied("retrospective", 80, "OS"),)),
        *("C3", "retrospective", "weaker-evidence"),
    ),
}


@pytest.mark.parametrize("name", SETTLED)
def test_settled_sentences(name: str) -> None:
    """The clauses of all three scales, as the document has them."""
    facts, *expected = SETTLED[name]
    assert [scale[-1] for scale in agreed(facts)] == expected


def test_excepted_is_never_the_same_disease() -> None:
    """Both codings refuse the two together."""
    with pytest.raises(ValueError, match="excepted"):
        replace(FOR, excepted=True)
    with pytest.raises(ValueError, match="excepted"):
        first.Standing(
            as_claim(LABELLED, ("NSCLC",)),
            same=True,
            excepted=True,
            both_solid=True,
            regulators=("FDA",),
            thresholds=LABELLED.thresholds,
        )
