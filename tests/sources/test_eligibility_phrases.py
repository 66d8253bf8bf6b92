"""How sponsors put what they ask of the genes: one sentence of our own for each rule."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.model.trial import AnyOf, Polarity, criteria_of
from onkos.sources.knowledge.trials.freetext import extract
from onkos.sources.knowledge.trials.freetext.words import words_of

QUIET = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def criteria(text, vocabulary):
    return [c for rule in extract(text, vocabulary) for c in criteria_of(rule)]


def read(text, vocabulary):
    return [str(c) for c in criteria(text, vocabulary) if not c.unread]


def asked(said, vocabulary, section="Inclusion"):
    return read(f"{section} Criteria:\n* {said}\n* Able to walk", vocabulary)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        # glued and shortened names
        ("Carcinoma of the pancreas, gBRCAm", ["germline BRCA1/BRCA2 mutation"]),
        ("Ovarian tumour, tBRCAwt", ["BRCA1/BRCA2 wild-type"]),
        ("Lung cancer with METex14 skipping", ["MET exon 14 skipping"]),
        ("Leukaemia that is KMT2A-r", ["KMT2A rearrangement"]),
        ("JAK2V617F found in blood", ["JAK2 V617F"]),
        ("RAD51C/D mutation", ["RAD51C/RAD51D mutation"]),
        ("CCND1, 2, or 3 amplification", ["CCND1/CCND2/CCND3 amplification"]),
        ("T790M positive after progression", ["EGFR T790M"]),
        # exons
        ("KRAS exons 2, 3 and 4 mutation",
         ["KRAS exon 2 mutation or KRAS exon 3 mutation or KRAS exon 4 mutation"]),
        ("KIT exons 17-18 mutation", ["KIT exon 17 mutation or KIT exon 18 mutation"]),
        ("An exon 19 deletion or exon 21 L858R mutation in EGFR",
         ["EGFR exon 19 deletion or EGFR L858R"]),
        # fusions of two named genes
        ("Sarcoma with an EWSR1-FLI1 fusion", ["EWSR1::FLI1 fusion"]),
        ("A CD74::NRG1 fusion", ["CD74::NRG1 fusion"]),
        # wild-type of a change, and of exons that are listed
        ("BRAF V600E wild-type tumour", ["excluded: BRAF V600E"]),
        ("FLT3-ITD wildtype and NPM1-mutated leukaemia", ["excluded: FLT3-ITD", "NPM1 mutation"]),
        ("RAS wild-type (exons 2 and 3 of KRAS and NRAS)",
         ["excluded: KRAS/NRAS exon 2 mutation or KRAS/NRAS exon 3 mutation"]),
        # genes of a group in brackets
        ("RAS mutation (KRAS)", ["KRAS mutation"]),
        ("FGFR fusions (FGFR2 or FGFR3)", ["FGFR2/FGFR3 rearrangement"]),
        # words of classes
        ("Amplified MDM2 (at least 8 copies)", ["MDM2 amplification"]),
        ("Gain of function mutation of EZH2", ["EZH2 mutation"]),
        ("Copy number gain of FGFR1", ["FGFR1 gain"]),
        ("BRCA2 carriers", ["BRCA2 mutation"]),
        ("Rearrangement involving the RET gene", ["RET rearrangement"]),
        ("Pathogenic variants (PVs) in ATM", ["ATM mutation"]),
        ("EGFR TKI-sensitising mutation", ["EGFR oncogenic mutation"]),
        # a status that is told
        ("TP53 status must be wild-type", ["TP53 wild-type"]),
        ("KRAS status: mutant", ["KRAS mutation"]),
        ("Melanoma of BRAF V600E-mutant status", ["BRAF V600E"]),
        # illness, not treatment
        ("Relapsed or refractory FLT3-mutated leukaemia", ["FLT3 mutation"]),
        # denials
        ("Philadelphia chromosome negative leukaemia", ["excluded: BCR::ABL1 fusion"]),
        ("Non-EGFR mutated lung cancer", ["excluded: EGFR mutation"]),
        ("HER2 non-amplified tumour", ["excluded: ERBB2 amplification"]),
        ("EGFR mutation, ALK fusion and ROS1 fusion are all negative",
         ["excluded: EGFR mutation", "excluded: ALK rearrangement",
          "excluded: ROS1 rearrangement"]),
        ("Gene testing excludes EGFR mutations", ["excluded: EGFR mutation"]),
        ("Tumour positive for ALK or RET", ["ALK rearrangement or RET rearrangement"]),
    ],
)  # fmt: skip
def test_what_is_asked_for(vocabulary, said, meant):
    assert asked(said, vocabulary) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Risk factors, defined as: TP53 mutation, bulky disease",
        "Stratification by: KRAS mutation, region",
        "KRAS status must be known",
        "AR-V7 positive cancer of the prostate",
        "SDH-deficient stromal tumour",
        "TERT promoter mutation",
        "Biallelic loss of 17p",
    ],
)
def test_what_asks_for_no_alteration(vocabulary, said):
    assert asked(said, vocabulary) == []


def test_a_class_of_something_else_is_not_that_of_the_gene(vocabulary):
    assert asked("TP53 mutation or loss of 17p", vocabulary) == ["TP53 mutation"]


def test_bearers_told_by_the_treatment_that_they_missed_are_not_excluded(vocabulary):
    said = "Tumours that have HER2 amplification and have not received trastuzumab"
    assert asked(said, vocabulary, "Exclusion") == []


def test_a_list_of_drivers_that_is_denied_denies_any_alteration(vocabulary):
    (out,) = asked("Negative for driver genes (RET, MET)", vocabulary)
    assert out.startswith("excluded: ")
    assert "MET amplification" in out


def test_a_condition_on_the_kind_of_tumour_limits_what_is_denied(vocabulary):
    text = "Inclusion Criteria:\n* If non-squamous, tumours must be negative for EGFR mutations"
    (out,) = [rule for rule in extract(text, vocabulary) if isinstance(rule, AnyOf)]
    assert str(out.of[0]) == "excluded: EGFR mutation"
    assert out.of[1].unread


def test_a_cohort_is_of_the_alteration_at_its_head(vocabulary):
    text = "Inclusion Criteria:\n* Cohort B: KRAS G12C, patients must have received platinum"
    assert read(text, vocabulary) == ["KRAS G12C"]


def test_genes_of_a_list_have_the_class_of_the_line_that_opens_it(vocabulary):
    text = "Inclusion Criteria:\n* A mutation in one of these genes:\n  * ATM\n  * PALB2\n* Adults"
    (ways,) = [rule for rule in extract(text, vocabulary) if isinstance(rule, AnyOf)]
    assert [str(c) for c in ways.of] == ["ATM mutation", "PALB2 mutation"]


@pytest.mark.parametrize("opens", ["Absence of:", "The tumour must not have any of these:",
                                   "Without any of the following"])  # fmt: skip
def test_a_denial_opens_a_list_of_what_is_excluded(vocabulary, opens):
    text = f"Inclusion Criteria:\n* {opens}\n  - KRAS mutation\n  - ALK fusion\n"
    told = [c for c in criteria(text, vocabulary) if not c.unread]
    assert [c.polarity for c in told] == [Polarity.EXCLUDED] * 2


HEADINGS = st.sampled_from(
    ["Exclusion Criteria:", "EXCLUSION CRITERIA", "Non-inclusion criteria:", "*Exclusion Criteria*",
     "Non inclusion criteria", "Ineligibility criteria:", "Not eligible:", "Exclusion:",
     "Patients will be excluded if they have any of the following",
     "Participants are excluded from this study if any of the following criteria apply:",
     "Subjects are not eligible if any of the following apply:", "2. Exclusion criteria"]
)  # fmt: skip
BULLETS = st.sampled_from(["* ", "- ", "1. ", "1) ", "• ", "➢ ", "① ", "a. ", ""])
GENES = st.sampled_from(["EGFR", "KRAS", "BRAF", "MET", "ERBB2"])
CLASSES = st.sampled_from(["mutation", "amplification", "fusion", "alterations"])


@QUIET
@given(heading=HEADINGS, bullet=BULLETS, gene=GENES, kind=CLASSES)
def test_what_stands_below_a_heading_that_excludes_is_excluded(
    vocabulary, heading, bullet, gene, kind
):
    text = (
        f"Inclusion Criteria:\n{bullet}Adults\n\n{heading}\n{bullet}Frail\n{bullet}{gene} {kind}\n"
    )
    told = [c for c in criteria(text, vocabulary) if not c.unread]
    assert told
    assert all(c.polarity is Polarity.EXCLUDED for c in told)


@QUIET
@given(gene=GENES, kind=CLASSES, between=st.sampled_from([" ", "; ", ". ", " * ", " - "]))
def test_a_heading_within_a_line_opens_its_section(vocabulary, gene, kind, between):
    text = f"Inclusion Criteria: 1. Adults{between}Exclusion Criteria: 1. {gene} {kind}"
    told = [c for c in criteria(text, vocabulary) if not c.unread]
    assert told
    assert all(c.polarity is Polarity.EXCLUDED for c in told)


@QUIET
@given(
    gene=GENES,
    denial=st.sampled_from(["{} mutation is negative", "no {} mutation", "{} wild-type",
                            "{} mutation negative", "absence of {} mutation", "{} V600E wild-type",
                            "negative for {} mutations", "does not have {} mutations"]),
    lead=st.sampled_from(["", "Tumour with ", "Confirmed "]),
)  # fmt: skip
def test_a_denial_never_requires(vocabulary, gene, denial, lead):
    """Of whatever is read from a denial nothing asks for the mutation."""
    for found in asked(lead + denial.format(gene), vocabulary):
        assert found.startswith("excluded: ") or found.endswith("wild-type")


@QUIET
@given(first=GENES, second=GENES, mark=st.sampled_from(["::", "-"]))
def test_a_fusion_of_two_is_one_word_over_both(vocabulary, first, second, mark):
    text = f"a {first}{mark}{second} fusion"
    told = words_of(vocabulary).of(text, 0, len(text))
    ends = [word.end for word in told]
    assert ends == sorted(ends)
    fused = [word for word in told if word.kind == "PHRASE"]
    assert bool(fused) is (first != second)
    assert all(text[w.start : w.end] == f"{first}{mark}{second}" for w in fused)
