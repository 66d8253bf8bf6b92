"""Worked examples of the published scales, and sentences of ``docs/grading.md`` once in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest
import scales_again as again
from scales_again import Approved, Facts, Studied
from two_codings import agreed, as_claim

from onkos.evidence import grade as first

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
BASKET = Studied("basket", 55, "ORR", response_rate=0.75)
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
        *("C2", "response-without-survival", "clinical-evidence"),
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
