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
COUNT = 10_000

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
    "coarser than an excepted one": (False, False),
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
    (("SOLID", "AML"), "neither", True),
    (("ECD", "LCH"), "neither", False),
)

AMP_CLAUSES = {"A1", "A2", "B1", "B2", "C1", "C2", "C3", "D1", "none", "not-propagated"}
ESCAT_CLAUSES = (
    {"randomised-survival", "basket", "prospective-benefit", "prospective-response"}
    | {"retrospective", "response-without-survival", "case-or-preclinical", "inferred"}
    | {"benefit-only", "no-evidence", "no-study-listed", "excepted", "other-disease"}
)
ONCOKB_CLAUSES = (
    {"fda", "standard-care", "clinical-evidence", "biological", "other-indication"}
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


def as_claim(facts: Facts, disease: tuple[str, ...], name: str = "drawn") -> Claim:
    """The same facts as a claim of the package's model."""
    effect = Effect(facts.effect)
    treats = facts.effect in ("benefit", "no-benefit", "resistance", "harm")
    return Claim(
        id=name,
        when=LossOfFunction(genes=("BRCA1",)),
        disease=disease,
        therapy=("olaparib",) if treats else (),
        effect=effect,
        approvals=tuple(_approval(i, a) for i, a in enumerate(facts.approvals)),
        guidelines=tuple(Guideline(body="ESMO", recommends=for_it) for for_it in facts.guidelines),
        studies=tuple(_study(s) for s in facts.studies),
    )


def _approval(place: int, approved: Approved) -> Approval:
    """An approval; a withdrawn one has a date, or only the fact, by its place."""
    if approved.stands or place % 2:
        return Approval(regulator=approved.regulator, withdrawn=not approved.stands)
    return Approval(regulator=approved.regulator, withdrawn_on=date(2022, 8, 26))


def _study(studied: Studied) -> Study:
    """A study with these facts; a single median where it gives one."""
    return Study(
        kind=StudyKind(studied.kind),
        n=studied.n,
        endpoint=studied.endpoint,
        positive=studied.positive,
        response_rate=studied.response_rate,
        median_months=(7.5,) if studied.has_medians else (),
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
        studies=tuple(_drawn_study(draw) for _ in range(studies)),
        regulators=draw.choice(CHOSEN),
        thresholds=dict(zip(names, draw.choice(THRESHOLDS), strict=True)),
    )
    return Drawn(situation, (patient_form, claim_form), facts, as_claim(facts, disease))


def _all_drawn() -> Iterator[Drawn]:
    """All effects, situations and forms of the patient in turn; everything else at random."""
    draw = random.Random(SEED)
    cells = [(e, s, f) for e in EFFECTS for s in SITUATIONS for f in FORMS]
    # Benefit has the most clauses, so it gets half of all draws.
    benefit = [cell for cell in cells if cell[0] == "benefit"]
    for place in range(COUNT):
        turn = place // 2
        effect, situation, form = (
            benefit[turn % len(benefit)] if place % 2 else cells[turn % len(cells)]
        )
        yield _drawn(draw, effect, situation, form)


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
        assert min(fired.values()) >= 10, fired


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


def agreed(facts: Facts, disease: tuple[str, ...]) -> Answer:
    """The answer of both codings."""
    answer = second_answer(facts)
    assert first_answer(facts, as_claim(facts, disease)) == answer
    return answer


FDA, EMA = Approved("FDA"), Approved("EMA")
FOR = Facts(effect="benefit")
ELSEWHERE = Facts(effect="benefit", same_disease=False)

# Worked examples of the published scale: Li MM et al. 2017, PMID 27993330, levels A to D.
AMP_EXAMPLES = {
    "EGFR L858R, NSCLC: osimertinib": (replace(FOR, approvals=(FDA, EMA)), ("I", "A", "A1")),
    "PIK3CA H1047R, HR+ HER2- breast": (replace(FOR, approvals=(FDA, EMA)), ("I", "A", "A1")),
    "PIK3CA H1047R, endometrial": (replace(ELSEWHERE, approvals=(FDA, EMA)), ("II", "C", "C1")),
    "KRAS G12C, NSCLC": (replace(FOR, approvals=(FDA,)), ("I", "A", "A1")),
    "KRAS G12C, colorectal": (replace(FOR, approvals=(FDA,)), ("I", "A", "A1")),
    "KRAS G12, colorectal, against anti-EGFR": (
        Facts(effect="resistance", guidelines=(True,)),
        ("I", "A", "A2"),
    ),
    "TP53 R175H, AML: adverse (ELN 2022)": (
        Facts(effect="worse-prognosis", guidelines=(True,), claim_solid=False, patient_solid=False),
        ("I", "A", "A2"),
    ),
    "IDH1 R132H, glioma: diagnosis": (
        Facts(effect="diagnosis", guidelines=(True,)),
        ("I", "A", "A2"),
    ),
    "IDH1 R132H, glioma: vorasidenib": (replace(FOR, approvals=(FDA,)), ("I", "A", "A1")),
    "BRAF V600E, melanoma": (replace(FOR, approvals=(FDA, EMA)), ("I", "A", "A1")),
    "BRAF V600E before 2022, a tumour without approval": (
        replace(ELSEWHERE, approvals=(FDA, EMA)),
        ("II", "C", "C1"),
    ),
    "BRAF V600E since 2022, tissue-agnostic": (
        replace(FOR, approvals=(FDA,), claim_is_group=True),
        ("I", "A", "A1"),
    ),
    "BRAF V600E since 2022, colorectal is excepted": (
        replace(ELSEWHERE, approvals=(FDA,), excepted=True, claim_is_group=True),
        ("III", "", "none"),
    ),
}


@pytest.mark.parametrize("name", AMP_EXAMPLES)
def test_worked_examples_of_amp(name: str) -> None:
    """Expected tiers are the published ones, not those of either coding."""
    facts, expected = AMP_EXAMPLES[name]
    assert agreed(facts, ("SOLID",) if facts.claim_is_group else ("NSCLC",)).amp == expected


def test_nothing_known_is_tier_three() -> None:
    """A missense VUS without evidence (PMID 27993330); a claim needs a fact, so only the second."""
    assert again.amp(FOR) == ("III", "", "none")


# Shape vectors of OncoKB's own tests (IndicatorUtilsTest): sensitive and resistance level of one
# alteration in one tumour. Each claim is given the facts that its published level stands for.
ONCOKB_SHAPES = {
    "BRAF V600E, melanoma": ([replace(FOR, approvals=(FDA,))], ["1"]),
    "EGFR S768_V769delinsIL, NSCLC": ([replace(FOR, approvals=(FDA,))], ["1"]),
    "KRAS Q61K, colorectal": (
        [
            replace(ELSEWHERE, studies=(Studied("single-arm", 40, "ORR"),)),
            Facts(effect="resistance", guidelines=(True,)),
        ],
        ["3B", "R1"],
    ),
    "EGFR C797S, lung adenocarcinoma": (
        [
            replace(FOR, approvals=(FDA,)),
            Facts(effect="resistance", studies=(Studied("case", 15),)),
        ],
        ["1", "R2"],
    ),
    "ALK I1171N, lung adenocarcinoma": (
        [Facts(effect="resistance", studies=(Studied("case", 3), Studied("preclinical")))],
        ["R2"],
    ),
    "BRCA2 structural deletion, ovarian": ([replace(FOR, approvals=(FDA,))], ["1"]),
}


@pytest.mark.parametrize("name", ONCOKB_SHAPES)
def test_shape_vectors_of_oncokb(name: str) -> None:
    """Sensitive and resistance levels stand side by side, neither hides the other."""
    claims, expected = ONCOKB_SHAPES[name]
    assert [agreed(facts, ("LUAD",)).oncokb_style[0] for facts in claims] == expected


TRIAL = Studied("single-arm", 40, "ORR")
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
    node = ("NSCLC" if claim_solid else "AML",)
    assert agreed(facts, node).oncokb_style[0] == ("3B" if travels else "")
    assert agreed(replace(facts, same_disease=True), node).oncokb_style[0] == level
    assert agreed(replace(facts, excepted=True), node).oncokb_style == ("", "excepted")


@pytest.mark.parametrize(
    "backing", [{"guidelines": (True,)}, {"approvals": (FDA,)}, {"studies": (TRIAL,)}]
)
def test_resistance_never_travels(backing: dict[str, tuple[object, ...]]) -> None:
    """R1 and R2 never propagate (Chakravarty 2017, PMID 28890946)."""
    facts = Facts(effect="resistance", same_disease=False, **backing)  # type: ignore[arg-type]
    assert agreed(facts, ("NSCLC",)).oncokb_style == ("", "not-propagated")


# Tier table of Mateo J et al. 2018, PMID 30137196, with the facts that each row asks for.
ESCAT_ROWS = {
    "I-A": replace(FOR, studies=(Studied("randomised", 300, "PFS"),)),
    "I-B": replace(FOR, studies=(Studied("single-arm", 60, "ORR", has_medians=True),)),
    "I-C": replace(FOR, studies=(Studied("basket", 55, "ORR"),), claim_is_group=True),
    "II-A": replace(FOR, studies=(Studied("retrospective", 80, "OS"),)),
    "II-B": replace(FOR, studies=(Studied("single-arm", 60, "ORR"),)),
    "III-A": replace(ELSEWHERE, studies=(Studied("randomised", 300, "PFS"),)),
    "V": replace(
        FOR, studies=(Studied("randomised", 300, "OS", positive=False), Studied("case", 4))
    ),
    "IV-A": replace(FOR, studies=(Studied("preclinical"),)),
    "IV-B": replace(FOR, studies=(Studied("inferred"),)),
    "X": replace(FOR, studies=(Studied("randomised", 300, "PFS", positive=False),)),
}


@pytest.mark.parametrize("tier", ESCAT_ROWS)
def test_rows_of_escat(tier: str) -> None:
    """One row of the published table each; III-B is never computed."""
    facts = ESCAT_ROWS[tier]
    assert agreed(facts, ("SOLID",) if facts.claim_is_group else ("NSCLC",)).escat[0] == tier
