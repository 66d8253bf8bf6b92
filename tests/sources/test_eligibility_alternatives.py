"""Alternatives, origins and words that narrow: sentences of our own, and what they ask for.

``( | )`` are ways of which one is enough, ``( & )`` what is asked for together, ``?`` what was not
read. A stretch that was not read beside a criterion is told apart: ``untold``.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.model.trial import AllOf, AnyOf, TrialCriterion
from onkos.sources.knowledge.trials.freetext import extract
from onkos.sources.knowledge.trials.freetext.words import said_words

QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
IN, OUT = "Inclusion Criteria:\n", "Exclusion Criteria:\n"


def shown(rule):
    if isinstance(rule, TrialCriterion):
        return "?" if rule.unread else str(rule)
    joint = {AnyOf: " | ", AllOf: " & "}[type(rule)]
    return f"({joint.join(map(shown, rule.of))})"


def asked(text, vocabulary):
    """Rules of a text; stretches that were not read stand beside them and are left out."""
    return [one for one in map(shown, extract(text, vocabulary)) if one != "?"]


def untold(text, vocabulary):
    """Stretches that were not read."""
    rules = extract(text, vocabulary)
    return [c.text for c in rules if isinstance(c, TrialCriterion) and c.unread]


def one_line(said, vocabulary, section=IN):
    return asked(f"{section}* {said}\n", vocabulary)


PROTEINS = [
    ("ER, PR and HER2 negative", ["ER negative and PR negative and HER2 negative"]),
    ("ER and PR negative", ["ER negative and PR negative"]),
    ("ER, PR, and HER2-negative breast cancer", ["ER negative and PR negative and HER2 negative"]),
    ("ER/PR negative", ["ER negative and PR negative"]),
    ("ER negative, PR negative and HER2 negative",
     ["ER negative", "PR negative", "HER2 negative"]),
    ("ER-, PR-, HER2-", ["ER negative", "PR negative", "HER2 negative"]),
    ("Hormone receptor and HER2 negative", ["HR negative and HER2 negative"]),
    ("ER, PR or HER2 negative", ["ER negative or PR negative or HER2 negative"]),
    ("ER and PR positive", ["ER positive and PR positive"]),
    ("ER or PR positive", ["ER positive or PR positive"]),
    ("ER/PR positive and HER2 negative", ["ER positive or PR positive", "HER2 negative"]),
    ("ER and/or PR positive, HER2 negative", ["ER positive or PR positive", "HER2 negative"]),
    ("HR+/HER2- or TNBC",
     ["(HR positive and HER2 negative) or (HER2 negative and ER negative and PR negative)"]),
    ("EGFR and ALK positive", []),
]  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), PROTEINS)
def test_several_negatives_are_all_asked_for(vocabulary, said, meant):
    assert one_line(said, vocabulary) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ER, PR and HER2 negative", ["excluded: ER negative and PR negative and HER2 negative"]),
        ("HR positive and HER2 negative disease", ["excluded: HR positive and HER2 negative"]),
        ("HER2-positive, ER-negative tumours", ["excluded: HER2 positive and ER negative"]),
        ("HER2-positive or ER-negative tumours",
         ["excluded: HER2 positive", "excluded: ER negative"]),
    ],
)  # fmt: skip
def test_results_told_together_are_excluded_together(vocabulary, said, meant):
    assert one_line(said, vocabulary, OUT) == meant


NARROWED = [
    ("Previously untreated patients with EGFR mutation", "EGFR mutation", "Previously untreated"),
    ("Treatment-naive EGFR mutation", "EGFR mutation", "Treatment-naive"),
    ("Untreated ALK fusion", "ALK rearrangement", "Untreated"),
    ("EGFR mutation, previously untreated", "EGFR mutation", "previously untreated"),
    ("Platinum resistant disease with BRAF V600E", "BRAF V600E", "Platinum resistant"),
    ("Castration-resistant cancer with ATM mutation", "ATM mutation", "Castration-resistant"),
    ("Relapsed or refractory AML with IDH2 mutation", "IDH2 mutation", "Relapsed or refractory"),
    ("R/R AML with NPM1 mutation", "NPM1 mutation", "R/R"),
    ("Atypical EGFR mutation", "EGFR mutation", "Atypical"),
    ("Uncommon EGFR mutation", "EGFR mutation", "Uncommon"),
    ("Monoallelic TP53 mutation", "TP53 mutation", "Monoallelic"),
    ("Acquired KRAS mutation", "KRAS mutation", "Acquired"),
    ("Newly diagnosed leukaemia with NPM1 mutation", "NPM1 mutation", "Newly diagnosed"),
    ("Selected KRAS mutations", "KRAS mutation", "Selected"),
]


@pytest.mark.parametrize(("said", "meant", "beside"), NARROWED)
def test_a_word_that_narrows_is_never_swallowed(vocabulary, said, meant, beside):
    text = f"{IN}* {said}\n"
    assert asked(text, vocabulary) == [meant]
    assert any(beside in one for one in untold(text, vocabulary))


@pytest.mark.parametrize("said", [said for said, _, _ in NARROWED if "TP53" not in said])
def test_an_exclusion_that_is_narrowed_shuts_nobody_out_alone(vocabulary, said):
    (rule,) = asked(f"{OUT}* {said}\n", vocabulary)
    assert rule.startswith("(excluded: ")
    assert rule.endswith(" | ?)")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("FLT3 TKD mutation", ["FLT3 TKD mutation"]),
        ("FLT3 tyrosine kinase domain mutation", ["FLT3 TKD mutation"]),
        ("Leukaemia with FLT3-ITD or TKD mutation", ["FLT3-ITD or FLT3 TKD mutation"]),
        ("FLT3-ITD and/or TKD mutations", ["FLT3-ITD or FLT3 TKD mutation"]),
        ("FLT3 (ITD or TKD) mutation", ["FLT3-ITD or FLT3 TKD mutation"]),
        ("FLT3-ITD and TKD mutation", []),
        ("POLE exonuclease domain mutation", ["POLE exonuclease mutation"]),
        ("ABL1 kinase domain mutation", ["ABL1 kinase mutation"]),
        ("ESR1 ligand-binding domain mutation", ["ESR1 LBD mutation"]),
        ("KRAS proofreading domain mutation", []),
        ("Biallelic TP53 mutation", ["biallelic TP53 mutation"]),
        ("Bi-allelic ATM loss of function", ["biallelic ATM loss of function"]),
        ("TP53 and RB1 mutations", ["(TP53/RB1 mutation & ?)"]),
        ("KRAS and NRAS wild-type", ["KRAS/NRAS wild-type"]),
    ],
)
def test_domains_and_alleles_are_read(vocabulary, said, meant):
    assert one_line(said, vocabulary) == meant


@pytest.mark.parametrize("word", said_words()["narrowing"]["words"])
def test_every_word_that_narrows_leaves_a_doubt(vocabulary, word):
    for said in (f"{word} EGFR mutation", f"EGFR {word} mutation", f"EGFR mutation, {word}"):
        text = f"{IN}* {said}\n"
        assert any("?" in rule for rule in asked(text, vocabulary)) or untold(text, vocabulary)
        hard = [rule for rule in one_line(said, vocabulary, OUT) if "?" not in rule]
        assert hard == []


ORIGINS = [
    ("Deleterious germline BRCA1 or BRCA2 mutation", "germline BRCA1/BRCA2 oncogenic mutation"),
    ("Germline BRCA1/2 mutation", "germline BRCA1/BRCA2 mutation"),
    ("BRCA1 or BRCA2 germline mutation", "germline BRCA1/BRCA2 mutation"),
    ("Mutation in BRCA1 or BRCA2 in the germline", "germline BRCA1/BRCA2 mutation"),
    ("BRCA1/2 mutation (germline)", "germline BRCA1/BRCA2 mutation"),
    ("gBRCA1/2 mutation", "germline BRCA1/BRCA2 mutation"),
    ("gBRCAm", "germline BRCA1/BRCA2 mutation"),
    ("gPALB2 mutation", "germline PALB2 mutation"),
    ("sBRCA mutation", "somatic BRCA1/BRCA2 mutation"),
    ("tBRCA mutation", "BRCA1/BRCA2 mutation"),
    ("Somatic KRAS G12C mutation", "somatic KRAS G12C"),
    ("KRAS mutation of somatic origin", "somatic KRAS mutation"),
    ("Hereditary BRCA1 mutation", "germline BRCA1 mutation"),
    ("Germline or somatic PALB2 mutation", "PALB2 mutation"),
    ("Germline/somatic PALB2 mutation", "PALB2 mutation"),
    ("Germline and/or somatic PALB2 mutation", "PALB2 mutation"),
    ("PALB2 mutation (germline or somatic)", "PALB2 mutation"),
    ("PALB2 mutation, germline or somatic", "PALB2 mutation"),
    ("Germline variants in BRCA1, BRCA2, PALB2 or ATM",
     "germline BRCA1/BRCA2/PALB2/ATM mutation"),
    ("Germline BRCA1/2 alteration", "germline BRCA1/BRCA2 mutation"),
    ("Germline BRCA wild-type", "excluded: germline BRCA1/BRCA2 mutation"),
    ("No germline BRCA1/2 mutation", "excluded: germline BRCA1/BRCA2 mutation"),
    ("Negative for germline BRCA mutation", "excluded: germline BRCA1/BRCA2 mutation"),
    ("Germline BRCA1 mutation or PALB2 mutation",
     "(germline BRCA1 mutation or PALB2 mutation & ?)"),
    ("Germline BRCA1 and somatic ATM mutation", "(BRCA1/ATM mutation & ?)"),
    ("gBRCA or ATM mutation", "(BRCA1/BRCA2/ATM mutation & ?)"),
    ("Germline or tumour BRCA1/2 mutation", "(BRCA1/BRCA2 mutation & ?)"),
    ("Tumour and/or germline BRCA1/2 mutation", "(BRCA1/BRCA2 mutation & ?)"),
    ("Germline BRCA1 mutation or somatic BRCA1 mutation",
     "germline BRCA1 mutation or somatic BRCA1 mutation"),
    ("HER2-low disease or germline BRCA1 mutation", "((BRCA1 mutation & ?) | ?)"),
    ("Non-germline BRCA1 mutation", "(BRCA1 mutation & ?)"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), ORIGINS)
def test_the_origin_is_read(vocabulary, said, meant):
    assert one_line(said, vocabulary) == [meant]


def test_an_origin_without_a_word_of_the_language_is_not_read(vocabulary):
    assert one_line("Germline RET rearrangement", vocabulary) == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Germline BRCA mutations", "excluded: germline BRCA1/BRCA2 mutation"),
        ("Known germline TP53 mutation", "excluded: germline TP53 mutation"),
        ("Somatic BRCA1/2 mutation", "excluded: somatic BRCA1/BRCA2 mutation"),
        ("BRCA1/2 mutation", "excluded: BRCA1/BRCA2 mutation"),
        ("gBRCA or ATM mutation", "(excluded: BRCA1/BRCA2/ATM mutation | ?)"),
    ],
)
def test_an_excluded_origin_is_excluded_alone(vocabulary, said, meant):
    assert one_line(said, vocabulary, OUT) == [meant]


LINES = [
    ("1. BRAF V600E, or\n2. BRAF fusion, or\n3. NRAS mutation",
     "(BRAF V600E | BRAF rearrangement | NRAS mutation)"),
    ("1. BRAF V600E,\n2. BRAF fusion, or\n3. NRAS mutation",
     "(BRAF V600E | BRAF rearrangement | NRAS mutation)"),
    ("- BRAF V600E; or\n- NRAS mutation", "(BRAF V600E | NRAS mutation)"),
    ("* ROS1 rearrangement by FISH\n\nOR\n\n* ALK rearrangement",
     "(ROS1 rearrangement | ALK rearrangement)"),
    ("ROS1 fusion or\nALK fusion", "(ROS1 rearrangement | ALK rearrangement)"),
    ("- ROS1 fusion\n- or ALK fusion", "(ROS1 rearrangement | ALK rearrangement)"),
    ("\u2022 ROS1 fusion\n\u2022 OR: ALK fusion", "(ROS1 rearrangement | ALK rearrangement)"),
    ("a. EGFR exon 20 insertion,\nb. HER2 mutation, or\nc. a tumour that nobody knows",
     "(EGFR exon 20 insertion | ERBB2 mutation | ?)"),
    ("KRAS G12C,\nor\nfrailty", "(KRAS G12C | ?)"),
    ("EGFR exon 19 deletion; or L858R", "(EGFR exon 19 deletion | EGFR L858R)"),
    ("AML with NPM1 mutation; or KMT2A rearrangement", "(NPM1 mutation | KMT2A rearrangement)"),
    ("* EGFR mutation confirmed here. Must be treated, OR\n* ALK fusion",
     "(EGFR mutation | ALK rearrangement)"),
    ("* One or more of the following:\n  * EGFR mutation\n  * ALK fusion",
     "(EGFR mutation | ALK rearrangement)"),
    ("* One or more of the following:\n  * EGFR mutation\n  * great frailty",
     "(EGFR mutation | ?)"),
    ("* Disease as follows:\n  * EGFR mutation\n  * TP53 mutation",
     "(EGFR mutation | TP53 mutation | ?)"),
    ("Arm 1 -\nEGFR mutation\nArm 2 -\nALK fusion", "(EGFR mutation | ALK rearrangement)"),
    ("* Arm 1 -\n\n  * EGFR mutation\n* Arm 2 -\n\n  * ALK fusion",
     "(EGFR mutation | ALK rearrangement)"),
    ("* Cohort 1\n  * EGFR mutation\n* Cohort 2\n  * ALK fusion",
     "(EGFR mutation | ALK rearrangement)"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), LINES)
def test_lines_between_which_or_stands_are_ways(vocabulary, said, meant):
    assert asked(f"{IN}{said}\n", vocabulary) == [meant]


def test_all_of_the_following_are_all_asked_for(vocabulary):
    text = f"{IN}* All of the following:\n  * EGFR mutation\n  * TP53 mutation\n"
    assert asked(text, vocabulary) == ["EGFR mutation", "TP53 mutation"]


def test_an_or_between_two_lines_leaves_the_third_as_it_is(vocabulary):
    text = f"{IN}* KRAS G12C mutation\n* STK11 mutation or\n* KEAP1 mutation\n* ECOG 0-1\n"
    assert asked(text, vocabulary) == [
        "KRAS G12C", "(STK11 mutation | KEAP1 mutation)", "ECOG <= 1"
    ]  # fmt: skip


def test_an_or_does_not_reach_into_another_section(vocabulary):
    text = f"{IN}* KRAS G12C mutation or\n\n{OUT}* STK11 mutation\n"
    assert asked(text, vocabulary) == ["(KRAS G12C | ?)", "excluded: STK11 mutation"]


SOFT = [
    "KRAS G12C mutation (Arm A and B) or KRAS G12D (Arm C)",
    "HR positive HER2 negative breast cancer or triple negative breast cancer",
    "MSI-H, dMMR, or TMB-H (>= 10 mut/Mb) or POLE mutated",
    "FGFR2 fusion (Cohort 1); other FGFR mutations (Cohort 2)",
    "Leukaemia with del(17p) or TP53 mutation",
    "MSS/pMMR bowel cancer, or MSI-H bowel cancer which progressed on a checkpoint inhibitor",
    "BRAF V600E carcinoma, V600E or V600K melanoma, or BRAF fusion glioma",
    "One or more of the following: Philadelphia chromosome positive or\n* failed remission or\n"
    "* hypodiploidy or KMT2A rearrangement",
    "EGFR mutation in Cohort 2",
    "PD-L1 TPS >= 50% for Arm A",
    "EGFR mutation [Part 2]",
    "HER2 negative or HER2 low",
    "Brain metastases, or KRAS G12C mutation",
    "EGFR mutation or frailty",
    "EGFR mutation or other driver",
    "EGFR mutation in tissue, or metastatic disease",
    "ECOG 0-1, or frail",
    "(i) EGFR mutation, (ii) a stage that is late",
    "Either: EGFR mutation, ALK fusion, frailty",
    "No EGFR mutation, or progressed on a TKI",
    "MSI-H disease, or no KRAS mutation",
    "KRAS G12C mutation, STK11 wild-type or KEAP1 mutation",
    "EGFR mutation and frailty or ALK fusion",
]


@pytest.mark.parametrize("said", SOFT)
def test_what_stands_beside_another_way_decides_nothing_alone(vocabulary, said):
    rules = one_line(said, vocabulary)
    assert rules
    assert all(rule.startswith("(") and rule.endswith(" | ?)") for rule in rules)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Locally advanced or metastatic NSCLC with KRAS G12C mutation", ["KRAS G12C"]),
        ("Locally advanced, recurrent, or metastatic disease with RET fusion",
         ["RET rearrangement"]),
        ("Stage III or IV melanoma with BRAF V600E or V600K mutation",
         ["BRAF V600E or BRAF V600K"]),
        ("Newly diagnosed or relapsed AML with FLT3-ITD", ["FLT3-ITD"]),
        ("Age 18 or older with EGFR mutation", ["EGFR mutation"]),
        ("EGFR mutation (local or central testing)", ["EGFR mutation"]),
        ("KRAS G12C mutation in tissue or blood", ["KRAS G12C"]),
        ("Histologically or cytologically confirmed NSCLC with MET amplification",
         ["MET amplification"]),
        ("MET exon 14 skipping or MET amplification",
         ["MET exon 14 skipping or MET amplification"]),
        ("NPM1 mutation and FLT3-ITD or IDH2 mutation",
         ["(NPM1 mutation and FLT3-ITD) or IDH2 mutation"]),
        ("No EGFR mutation or ALK fusion", ["excluded: EGFR mutation",
                                            "excluded: ALK rearrangement"]),
    ],
)  # fmt: skip
def test_an_or_of_words_that_name_no_other_way_softens_nothing(vocabulary, said, meant):
    assert one_line(said, vocabulary) == meant


REQUIRED = st.sampled_from(
    ["KRAS G12C mutation", "EGFR mutation", "ALK or ROS1 fusion", "HER2-positive disease",
     "ER, PR and HER2 negative", "MSI-H", "germline BRCA1 mutation", "PD-L1 TPS >= 50%",
     "ECOG 0-1", "FLT3-ITD", "EGFR exon 19 deletion or L858R", "KRAS wild-type",
     "NTRK1-3 fusion in tissue", "BRAF V600E confirmed by a local test"]
)  # fmt: skip
STRANGE = st.lists(
    st.text("bcdfgjklquvwxyz", min_size=4, max_size=9).map(lambda word: word + "oq"),
    min_size=1,
    max_size=4,
).map(" ".join)
LEADS = st.sampled_from(["", "patients with ", "metastatic ", "a ", "progressed on ", "untreated "])
JOINTS = st.sampled_from([", or ", " or ", "; or ", ",\n  or ", " or\n* ", "\n* or ", "\nOR\n* "])


@QUIET
@given(REQUIRED, JOINTS, LEADS, STRANGE)
def test_a_way_that_is_not_understood_leaves_nothing_a_hard_requirement(
    vocabulary, said, joint, lead, strange
):
    rules = asked(f"{IN}* {said}{joint}{lead}{strange}\n", vocabulary)
    assert all(rule.startswith("(") and rule.endswith(" | ?)") for rule in rules)


@QUIET
@given(REQUIRED, st.sampled_from([", or ", " or ", "; or ", " or\n* "]), STRANGE)
def test_a_way_that_is_not_understood_may_come_first(vocabulary, said, joint, strange):
    rules = asked(f"{IN}* {strange}{joint}{said}\n", vocabulary)
    assert all(rule.startswith("(") and rule.endswith(" | ?)") for rule in rules)


@pytest.mark.parametrize(
    "said", ["CRC with BRAF V600E mutation, MSS", "KRAS G12C mutated, STK11 mutated NSCLC"]
)
def test_a_bare_list_of_markers_is_never_met_by_one(vocabulary, said):
    (rule,) = [one for one in extract(f"{IN}* {said}", vocabulary) if isinstance(one, AllOf)]
    assert any(part.unread for part in rule.of if isinstance(part, TrialCriterion))


def test_a_medicine_that_is_had_is_no_target(vocabulary):
    text = "Exclusion Criteria:\n* Other drivers (e.g. EGFR, ALK mutation) with approved therapies"
    (way,) = [one for one in extract(text, vocabulary) if isinstance(one, AnyOf)]
    assert "EGFR" in str(way.of[0])


MENDED = [
    ("ER+HER2- breast cancer", ["ER positive", "HER2 negative"]),
    ("HR+HER2- disease", ["HR positive", "HER2 negative"]),
    ("ER-PR-HER2+", ["ER negative", "PR negative", "HER2 positive"]),
    ("ER+PR+HER2- tumour", ["ER positive", "PR positive", "HER2 negative"]),
    ("ER-positive, HER2-negative", ["ER positive", "HER2 negative"]),
    ("HER2 non-amplified, FGFR2 amplified", ["excluded: ERBB2 amplification",
                                             "FGFR2 amplification"]),
    ("EGFR mutated, T790M negative", ["EGFR mutation", "excluded: EGFR T790M"]),
    ("EGFR mutant, L858R negative", ["EGFR mutation", "excluded: EGFR L858R"]),
    ("HER2-positive/amplified", ["HER2 positive or ERBB2 amplification"]),
    ("HRR mutated (BRCA1, BRCA2, ATM and 12 other genes)", ["(BRCA1/BRCA2/ATM mutation | ?)"]),
    ("FGFR3 mutation S249C, R248C or fusion FGFR3-TACC3",
     ["(FGFR3 S249C or FGFR3 R248C) or FGFR3::TACC3 fusion"]),
    ("Double-hit lymphoma (MYC and BCL2 or BCL6 rearrangement)",
     ["(MYC/BCL2/BCL6 rearrangement & ?)"]),
    ("KIT mutation exon 11 and exon 17 or 18",
     ["(KIT exon 11 mutation or KIT exon 17 mutation or KIT exon 18 mutation & ?)"]),
    ("BRCA1/2 mutations (germline and/or somatic), HER2 negative",
     ["BRCA1/BRCA2 mutation", "HER2 negative"]),
    ("AKT1 E17K mutation", ["AKT1 E17K"]),
    ("EGFR E19del", ["EGFR exon 19 deletion"]),
    ("H3 K27M", ["H3-3A/H3-3B/H3C2/H3C3 K28M or H3-3A/H3-3B/H3C2/H3C3 K27M"]),
    ("NSCLC with EGFR mutation; CRC with KRAS mutation; melanoma with BRAF mutation",
     ["((EGFR mutation & ?) | (KRAS mutation & ?) | (BRAF mutation & ?) | ?)"]),
    ("NSCLC with EGFR mutation, CRC with KRAS mutation",
     ["(EGFR mutation | ?)", "(KRAS mutation | ?)"]),
    ("Participants with melanoma must have BRAF V600; with colorectal cancer must have BRAF V600E",
     ["((BRAF V600 & ?) | (BRAF V600E & ?) | ?)"]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), MENDED)
def test_one_line_asks_for_what_it_says(vocabulary, said, meant):
    assert one_line(said, vocabulary) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ER+HER2-", "excluded: ER positive and HER2 negative"),
        ("Tumours with driver mutations (EGFR, ALK, RET)",
         "excluded: EGFR/ALK/RET oncogenic mutation or ALK/RET rearrangement"),
        ("Driver mutations such as EGFR, ALK or ROS1",
         "excluded: EGFR/ALK/ROS1 oncogenic mutation or ALK/ROS1 rearrangement"),
        ("Actionable mutations in EGFR, ROS1, or RET",
         "excluded: EGFR/ROS1/RET oncogenic mutation or ROS1/RET rearrangement"),
        ("RET, MET exon 14, NTRK", "excluded: MET exon 14 mutation"),
        ("HER2-positive/amplified", "excluded: HER2 positive or ERBB2 amplification"),
        ("Any EGFR mutation. Exception: exon 20 insertion", "(excluded: EGFR mutation | ?)"),
        ("Any EGFR mutation\n  * Exception: exon 20 insertion", "(excluded: EGFR mutation | ?)"),
        ("EGFR mutation. Note: patients with exon 20 insertions may be enrolled",
         "(excluded: EGFR mutation | ?)"),
        ("EGFR mutation. Exception: KRAS mutations are not excluded", "excluded: EGFR mutation"),
    ],
)  # fmt: skip
def test_one_line_excludes_what_it_says(vocabulary, said, meant):
    assert meant in one_line(said, vocabulary, OUT)


BELOW = [
    ("* Any solid tumor with\n  * EGFR exon 20 insertion\n  * HER2 amplification",
     "(EGFR exon 20 insertion | ERBB2 amplification | ?)"),
    ("* A tumour harbouring\n  * RET fusion\n  * BRAF V600E",
     "(RET rearrangement | BRAF V600E | ?)"),
    ("* HER2 status of:\n  * overexpression/amplification\n  * activating HER2 mutations",
     "(ERBB2 oncogenic mutation | ?)"),
    ("* BRAF V600 mutated tumour\n* other BRAF fusions", "(BRAF V600 | BRAF rearrangement)"),
    ("* One of the following tumor types\n  * Advanced HER2-negative breast cancer\n"
     "  * lung cancer", "(HER2 negative | ?)"),
    ("* Advanced HER2-negative breast cancer\n* Advanced NSCLC\n* Ovarian cancer",
     "((HER2 negative & ?) | ?)"),
    ("* HR+ & HER2- : cT1-4\n* HR- & HER2- : cT2-4",
     "((HR positive & HER2 negative) | (HR negative & HER2 negative))"),
    ("Panel 2\n* NSCLC\n* IDH1/2-mutant glioma", "(IDH1/IDH2 mutation | ?)"),
    ("Dose Expansion only\n* MSI-H tumours", "(MSI-H | ?)"),
    ("3-3. Part 2, MSI-H Cohort:\n* confirmed", "(MSI-H | ?)"),
    ("HR+/HER2- BC:\n* prior CDK4/6", "((HR positive & HER2 negative) | ?)"),
    ("Subprotocol C\n* RAS mutation", "(KRAS/NRAS mutation | ?)"),
    ("* NSCLC with EGFR mutation\n* CRC with KRAS mutation",
     "((EGFR mutation & ?) | (KRAS mutation & ?) | ?)"),
    ("* Patients with NSCLC must have EGFR mutation\n"
     "* Patients with breast cancer must have HER2 positive disease",
     "((EGFR mutation & ?) | (HER2 positive & ?) | ?)"),
    ("* AML with FLT3-ITD\n* MDS with IDH1 mutation",
     "((FLT3-ITD & ?) | (IDH1 mutation & ?) | ?)"),
    ("* Two cohorts:\n  * Cohort A: EGFR mutation\n  * Cohort B / ALK positive: closed\n"
     "  * RET fusion", "(EGFR mutation | ALK rearrangement | RET rearrangement | ?)"),
    ("* PD-L1 TPS >= 50% or metastatic bbbboq", "(PD-L1 TPS >= 50 | ?)"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), BELOW)
def test_siblings_panels_and_tumours_are_ways(vocabulary, said, meant):
    assert asked(f"{IN}{said}\n", vocabulary) == [meant]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Additional Inclusion Criteria for CRC Participants\n* MSS disease\n", ["(MSS | ?)"]),
        ("Cohort B (HER2+ Breast Cancer) Inclusion Criteria\n* HER2+ disease\n",
         ["(HER2 positive | ?)"]),
        (f"{IN}* NSCLC with EGFR mutation\n* ECOG 0-1\n", ["EGFR mutation", "ECOG <= 1"]),
        (f"{IN}* Patients with NSCLC must have EGFR mutation\n", ["EGFR mutation"]),
    ],
)  # fmt: skip
def test_headings_of_some_hold_for_some(vocabulary, text, meant):
    assert asked(text, vocabulary) == meant
