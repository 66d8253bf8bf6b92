"""How far a denial reaches, and for whom a sentence holds: sentences of our own."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.model.trial import AnyOf, Polarity, TrialCriterion
from onkos.sources.knowledge.trials.freetext import extract

QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def standings(rule, beside_unread=False):
    """Read criteria as "required: X", "excluded: X" or, as one of several ways, "one way: ..."."""
    if isinstance(rule, TrialCriterion):
        if not rule.unread:
            how = "excluded" if rule.polarity is Polarity.EXCLUDED else "required"
            said = f"{how}: {rule.criterion}"
            yield f"one way: {said}" if beside_unread else said
        return
    for part in rule.of:
        yield from standings(part, beside_unread or isinstance(rule, AnyOf))


def told(said, vocabulary, section="Inclusion"):
    text = f"{section} Criteria:\n* {said}\n* Able to walk"
    return [one for rule in extract(text, vocabulary) for one in standings(rule)]


REQUIRED = [
    ("Only patients with a KRAS mutation are eligible", "KRAS mutation"),
    ("gBRCA-positive breast cancer", "germline BRCA1/BRCA2 mutation"),
    ("Myeloma with t(11;14)", "t(11;14) or IGH::CCND1 fusion"),
    # a denial ends with its bracket, and where a comma or an "and" opens anew
    ("AML (no APL) with an IDH2 mutation", "IDH2 mutation"),
    ("NSCLC [not small cell] with a MET amplification", "MET amplification"),
    ("Adenocarcinoma (not squamous) harbouring a MET exon 14 skipping mutation",
     "MET exon 14 skipping"),
    ("Disease that is not amenable to curative surgery, with a documented RET fusion",
     "RET rearrangement"),
    ("Disease not suitable for radiotherapy and with an ALK fusion", "ALK rearrangement"),
    ("AML, excluding APL, with NPM1 mutation", "NPM1 mutation"),
    ("Melanoma, not uveal, with BRAF V600 mutation", "BRAF V600"),
    ("No evidence of other cancers, and has a BRCA2 mutation", "BRCA2 mutation"),
    ("No prior TKI, whose tumour has an EGFR mutation", "EGFR mutation"),
    ("Patient has not been treated with osimertinib and has EGFR T790M mutation", "EGFR T790M"),
    ("Never treated, with ALK fusion", "ALK rearrangement"),
    ("Non-smoker with EGFR mutation", "EGFR mutation"),
    # what is denied after it
    ("RET fusion, not previously treated with selpercatinib", "RET rearrangement"),
    ("Unresectable disease, RET fusion, no brain metastases", "RET rearrangement"),
    ("Not candidates for surgery but with an EGFR mutation", "EGFR mutation"),
    ("Not suited for transplant; FLT3-ITD", "FLT3-ITD"),
    ("KRAS G12C mutation with no brain metastases", "KRAS G12C"),
    # plain sentences stay hard
    ("Patients must have an EGFR mutation and must have received osimertinib", "EGFR mutation"),
    ("An EGFR mutation needs to be documented", "EGFR mutation"),
    ("Tumour has to have a RET fusion", "RET rearrangement"),
    ("Adults of at least 18 years with an NTRK fusion", "NTRK1/NTRK2/NTRK3 rearrangement"),
    ("Diagnosis of BCR-ABL1 positive CML in chronic phase", "BCR::ABL1 fusion"),
    ("In this study a KRAS G12C mutation, known from tissue", "KRAS G12C"),
    ("KRAS G12C mutation found in part by a blood test", "KRAS G12C"),
    ("In tumour tissue, KRAS G12C mutation", "KRAS G12C"),
    ("PIK3CA mutation in tumour tissue or blood", "PIK3CA mutation"),
    ("In the opinion of the physician, the participant has ECOG 0-1", "ECOG <= 1"),
    ("AML with KMT2A rearrangement or NPM1 mutation only",
     "KMT2A rearrangement or NPM1 mutation"),
    # a refusal of a treatment is none of the trial
    ("IDH1 R132 mutated AML ineligible for intensive chemotherapy", "IDH1 R132"),
    ("AML not eligible for intensive chemotherapy with IDH1 R132 mutation", "IDH1 R132"),
    ("KRAS mutation, disease-free interval of 6 months", "KRAS mutation"),
]  # fmt: skip

DENIED = [
    ("Do not have an EGFR mutation", "EGFR mutation"),
    ("Tumour not carrying an EGFR mutation", "EGFR mutation"),
    ("EGFR mutation not found", "EGFR mutation"),
    ("EGFR mutation is excluded", "EGFR mutation"),
    ("ALK fusion was not identified", "ALK rearrangement"),
    ("Patients with ALK fusion are not eligible", "ALK rearrangement"),
    ("No active infection or KRAS G12C mutation", "KRAS G12C"),
    ("Patients who lack EGFR mutations", "EGFR mutation"),
    ("Free from EGFR mutation", "EGFR mutation"),
    ("Devoid of FLT3 mutation", "FLT3 mutation"),
    ("FLT3-ITD must be absent", "FLT3-ITD"),
    ("A KRAS mutation should be absent", "KRAS mutation"),
    ("KRAS mutation-free", "KRAS mutation"),
    ("EGFR mutation-free disease", "EGFR mutation"),
    ("EGFR mutation is an exclusion", "EGFR mutation"),
    ("Patients with KRAS G12C are ineligible", "KRAS G12C"),
]

ONE_WAY = [
    ("Subjects with advanced RET-mutant MTC who require systemic therapy",
     "required: RET mutation"),
    # for some alone, before or after
    ("EGFR T790M mutation is required for patients who progressed on a first TKI",
     "required: EGFR T790M"),
    ("PD-L1 TPS >= 50% for Arm A", "required: PD-L1 TPS >= 50"),
    ("KRAS G12C mutation (Arm A)", "required: KRAS G12C"),
    ("KRAS G12C mutation for Cohort 2 only", "required: KRAS G12C"),
    ("KRAS G12C mutation, only for Part 1", "required: KRAS G12C"),
    ("BRAF V600E mutation when the tumour is melanoma", "required: BRAF V600E"),
    ("EGFR mutation in patients with adenocarcinoma", "required: EGFR mutation"),
    ("For patients with adenocarcinoma, KRAS G12C mutation", "required: KRAS G12C"),
    ("In patients over 70, ECOG 0", "required: ECOG <= 0"),
    ("LVEF >= 50% in patients who had an anthracycline", "required: LVEF >= 50"),
    ("Documented disease. For squamous histology, PD-L1 TPS >= 1%", "required: PD-L1 TPS >= 1"),
    ("HER2 positive in Sub-study 2", "required: HER2 positive"),
    ("Phase 1b and Phase 2 Arms A and B: documented TP53 mutation", "required: TP53 mutation"),
    ("Melanoma: BRAF V600E mutation", "required: BRAF V600E"),
    ("Documented disease. Non-squamous histology: no EGFR mutation", "excluded: EGFR mutation"),
    ("Non-squamous histology: no ALK translocation", "excluded: ALK rearrangement"),
    ("Approximately 30 patients will have KRAS mutation", "required: KRAS mutation"),
    ("Up to 20 patients with KRAS G12C mutation", "required: KRAS G12C"),
    ("Patients with an EGFR mutation and brain metastases must have had radiotherapy",
     "required: EGFR mutation"),
    ("EGFR mutation in a tumour other than of the thymus", "required: EGFR mutation"),
    ("Age >= 65: ECOG 0", "required: ECOG <= 0"),
    ("No EGFR mutation for Arm A", "excluded: EGFR mutation"),
    ("No EGFR mutation, if non-squamous", "excluded: EGFR mutation"),
    # another way beside it
    ("ER-positive (>=10%) or ER-low (1-9%)", "required: ER positive"),
    ("Triple-negative breast cancer or HR-low disease",
     "required: HER2 negative and ER negative and PR negative"),
    ("BRAF V600E mutation or", "required: BRAF V600E"),
    # a denial with more words of whom
    ("Patients with a KRAS mutation of any kind are not eligible", "excluded: KRAS mutation"),
]  # fmt: skip

UNREAD = [
    "Other oncogenic drivers (EGFR, ALK) are treated with approved drugs",
    "Patients with an EGFR mutation who have received osimertinib are eligible",
    "Germline ALK positive",
    # a denial that may reach or not
    "No symptomatic brain metastases, KRAS G12C mutation",
    "Tumor without a curative option, HER2 amplification",
    "Prostate cancer with no evidence of neuroendocrine differentiation, BRCA2 mutation",
    "Absence of leptomeningeal disease, EGFR L858R",
    "Neither small cell nor squamous histology, EGFR mutation",
    "No brain metastases (or treated ones) and KRAS G12C mutation",
    "Not pregnant, KRAS G12C mutation",
    "Never-smokers with RET fusion",
    "Patients without measurable disease whose tumour has a BRAF V600E mutation",
    "Tumour that does not respond to endocrine drugs, PIK3CA mutation",
    "Treatment is not stopped for toxicity, ALK fusion",
    "Lack of response to imatinib and KIT mutation",
    "Must not be negative for EGFR mutation",
    "Not without a RET fusion",
    "EGFR mutation, symptomatic brain metastases excluded",
    "Patients with EGFR mutation and prior osimertinib are excluded",
    "Tumours with KRAS mutation and liver metastases are ineligible",
    # nothing is asked for
    "Patients need not have KRAS mutation",
    "Tumors may or may not have PIK3CA mutation",
    "Absence of EGFR mutation is not required",
    "KIT D816V mutation positive or negative",
    "PIK3CA mutation (not mandatory)",
    "Preferably with TP53 mutation",
    "No requirement for EGFR mutation",
    "Not limited to KRAS G12C mutation",
    "No exclusion of KRAS mutation",
    "KRAS mutation does not exclude participation",
    "KRAS mutation is not an exclusion",
    "BRAF mutation optional",
    "EGFR mutation unknown",
    "ECOG 0-1 preferred",
    "An EGFR mutation is no prerequisite",
    "EGFR mutation is allowed but not required",
    "Tumour may have a KRAS mutation",
    "Enrichment for PIK3CA mutation",
    "Not all patients need an EGFR mutation",
    "Test for ALK fusion is not done",
    "Not tested for ALK fusion",
    "No more than 10 patients with KRAS mutation",
    "No KRAS mutation other than G12C",
    # a condition for those who bear it
    "In EGFR-mutated disease, prior osimertinib",
    "Among patients with BRAF V600E, prior encorafenib",
    "Patients with EGFR mutation need prior TKI",
    "Those with EGFR mutation should have progressed on a TKI",
    "Subjects with NSCLC and EGFR mutation of the tumour must have progressed on an EGFR TKI",
    # some of what is named is taken out
    "Non-V600 BRAF mutation",
    "BRAF non-V600 mutation",
    "BRAF mutation (non-V600E)",
    "BRAF mutation, not V600",
    "BRAF mutation, but not V600",
    "KRAS mutation (excluding G12C)",
    "Any KRAS mutation but G12C",
    "KRAS mutation at any codon besides G12C",
    "IDH1 mutation apart from R132H",
    "BRAF V600 (excluding V600E)",
    "EGFR mutation other than exon 20 insertion",
    "EGFR mutation (no exon 20 insertion)",
    "Any EGFR mutation except exon 20 insertion",
    "Non-exon 20 EGFR mutation",
    "Other than V600E, any BRAF mutation",
]

EXCLUDED = [
    ("Documented KRAS mutation", ["excluded: KRAS mutation"]),
    ("Presence of an EGFR mutation", ["excluded: EGFR mutation"]),
    ("Known EGFR mutation or ALK fusion",
     ["excluded: EGFR mutation", "excluded: ALK rearrangement"]),
    ("Active hepatitis, EGFR mutation, or ALK fusion",
     ["excluded: EGFR mutation", "excluded: ALK rearrangement"]),
    ("ECOG > 1", ["excluded: ECOG > 1"]),
    ("LVEF < 50% by echocardiography", ["excluded: LVEF < 50"]),
    # only those who have both
    ("Tumors harboring both BRAF V600E and NRAS mutations",
     ["excluded: BRAF V600E and NRAS mutation"]),
    ("Tumours with both a KRAS and an EGFR mutation",
     ["excluded: KRAS mutation and EGFR mutation"]),
    ("EGFR mutation with concurrent MET amplification",
     ["excluded: EGFR mutation and MET amplification"]),
    ("EGFR mutation with MET amplification",
     ["excluded: EGFR mutation and MET amplification"]),
    ("TP53 and RB1 co-mutation", ["excluded: TP53 mutation and RB1 mutation"]),
    ("Dual EGFR and MET mutations", ["excluded: EGFR mutation and MET mutation"]),
    ("BCR-ABL T315I", ["excluded: ABL1 T315I"]),
    ("T315I mutation of BCR-ABL1", ["excluded: ABL1 T315I"]),
    ("BCR-ABL1 with T315I mutation", ["excluded: ABL1 T315I"]),
    # each
    ("Concurrent EGFR mutation or ALK fusion",
     ["excluded: EGFR mutation", "excluded: ALK rearrangement"]),
    ("Known concurrent EGFR mutation", ["excluded: EGFR mutation"]),
]  # fmt: skip

SOFTENED = [
    ("Patients with NSCLC who have EGFR mutation and have not had EGFR TKI", "EGFR mutation"),
    ("EGFR mutation without a prior TKI", "EGFR mutation"),
    ("Osimertinib-naive patients with EGFR mutation", "EGFR mutation"),
    ("EGFR-mutated disease for which osimertinib was never given", "EGFR mutation"),
    ("Has not received a TKI and has EGFR mutation", "EGFR mutation"),
    ("ALK-positive NSCLC that is treatment naive", "ALK rearrangement"),
    ("BRAF V600E mutated CRC without prior encorafenib", "BRAF V600E"),
    ("EGFR mutation, if not yet treated", "EGFR mutation"),
    ("EGFR mutation in patients under 18", "EGFR mutation"),
    ("EGFR mutation and ECOG 2", "EGFR mutation"),
    ("Age < 60 and FLT3-ITD", "FLT3-ITD"),
    ("Aged below 60 with FLT3-ITD", "FLT3-ITD"),
    ("Men with BRCA2 mutation", "BRCA2 mutation"),
    ("NSCLC with EGFR mutation", "EGFR mutation"),
    ("Tumours of squamous histology harbouring an EGFR mutation", "EGFR mutation"),
    ("Only for Arm B: KRAS mutation", "KRAS mutation"),
    ("BRAF mutation other than V600E", "BRAF mutation"),
    ("KRAS mutation is required", "KRAS mutation"),
    ("ECOG >= 2 and age over 70", "ECOG >= 2"),
    ("LVEF < 50% and prior trastuzumab", "LVEF < 50"),
    ("LVEF < 50% in patients to be given trastuzumab", "LVEF < 50"),
    ("Uveal melanoma, BRAF V600E", "BRAF V600E"),
    ("EGFR mutation, aged under 18", "EGFR mutation"),
    ("PD-L1 TPS < 1% (Arm B)", "PD-L1 TPS < 1"),
    ("Previously treated BRAF V600E mutated colorectal cancer", "BRAF V600E"),
    ("Negative for EGFR, positive for KRAS G12C", "KRAS G12C"),
    ("IDH1 mutated AML ineligible for intensive chemotherapy", "IDH1 mutation"),
    ("Co-occurring STK11 and KEAP1 mutations", "STK11/KEAP1 mutation"),
    ("Concurrent EGFR and KRAS mutations", "EGFR/KRAS mutation"),
]

UNREAD_EXCLUSIONS = [
    "Subjects with EGFR or ALK alterations must have received prior TKI",
    "Patients must have an EGFR mutation",
    "The tumour must carry a KRAS mutation",
    "Participants should have a RET fusion",
    "Non-V600E BRAF mutation",
    "KRAS mutation, excluding G12C",
    "KRAS mutation (not G12C)",
    "Absence of KRAS mutation",
    "Tumour without RET fusion",
    "Not EGFR mutated",
    "No prior TKI, EGFR mutation",
    "KRAS mutation is not required",
    "EGFR mutation not detected",
    "EGFR mutation-free disease",
    "FLT3-ITD must be absent",
    "Patients who lack a KRAS mutation",
]


@pytest.mark.parametrize(("said", "meant"), REQUIRED, ids=[said for said, _ in REQUIRED])
def test_what_is_required_of_everyone(vocabulary, said, meant):
    assert told(said, vocabulary) == [f"required: {meant}"]


@pytest.mark.parametrize(("said", "meant"), DENIED, ids=[said for said, _ in DENIED])
def test_what_a_denial_plainly_reaches_is_excluded(vocabulary, said, meant):
    assert told(said, vocabulary) == [f"excluded: {meant}"]


@pytest.mark.parametrize(("said", "meant"), ONE_WAY, ids=[said for said, _ in ONE_WAY])
def test_what_holds_for_some_is_one_way_beside_an_unread_one(vocabulary, said, meant):
    assert told(said, vocabulary) == [f"one way: {meant}"]


def test_heads_that_were_all_read_are_ways_and_none_is_open(vocabulary):
    text = "Inclusion Criteria:\n* Melanoma: BRAF V600E\n* Colorectal cancer: RAS wild-type"
    (ways,) = (rule for rule in extract(text, vocabulary) if isinstance(rule, AnyOf))
    assert [str(way) for way in ways.of] == ["BRAF V600E", "KRAS/NRAS wild-type"]


def test_a_head_within_a_cohort_limits_all_the_same(vocabulary):
    text = "Inclusion Criteria:\n* Cohort A: able to walk. Squamous histology: KRAS G12C mutation"
    found = [one for rule in extract(text, vocabulary) for one in standings(rule)]
    assert found == ["one way: required: KRAS G12C"]


@pytest.mark.parametrize("said", UNREAD)
def test_what_is_not_plain_is_left_unread(vocabulary, said):
    assert told(said, vocabulary) == []


@pytest.mark.parametrize(("said", "meant"), EXCLUDED, ids=[said for said, _ in EXCLUDED])
def test_what_an_exclusion_plainly_names_is_excluded(vocabulary, said, meant):
    assert told(said, vocabulary, "Exclusion") == meant


@pytest.mark.parametrize(("said", "meant"), SOFTENED, ids=[said for said, _ in SOFTENED])
def test_a_condition_beside_an_exclusion_softens_it(vocabulary, said, meant):
    assert told(said, vocabulary, "Exclusion") == [f"one way: excluded: {meant}"]


@pytest.mark.parametrize("said", UNREAD_EXCLUSIONS)
def test_what_an_exclusion_denies_or_asks_for_is_left_unread(vocabulary, said):
    assert told(said, vocabulary, "Exclusion") == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("NPM1 mutation with wild-type FLT3",
         ["required: NPM1 mutation", "required: FLT3 wild-type"]),
        ("NSCLC without EGFR mutation and with KRAS G12C mutation",
         ["excluded: EGFR mutation", "required: KRAS G12C"]),
        ("No mutation of EGFR, with a KRAS G12C mutation",
         ["excluded: EGFR mutation", "required: KRAS G12C"]),
        ("KRAS G12C mutation, no EGFR mutation",
         ["required: KRAS G12C", "excluded: EGFR mutation"]),
        ("No EGFR mutation, ALK fusion, or ROS1 fusion",
         ["excluded: EGFR mutation", "excluded: ALK rearrangement",
          "excluded: ROS1 rearrangement"]),
        ("Free of EGFR mutation and ALK fusion",
         ["excluded: EGFR mutation", "excluded: ALK rearrangement"]),
        ("ECOG performance status of 0 or 1. For patients > 70, ECOG 0",
         ["required: ECOG <= 1", "one way: required: ECOG <= 0"]),
        ("EGFR exon 19 deletion; or L858R",
         ["one way: required: EGFR exon 19 deletion", "one way: required: EGFR L858R"]),
        # a denial ends where what is asked for opens
        ("Wild type for EGFR and ALK, positive for KRAS G12C",
         ["required: EGFR/ALK wild-type", "required: KRAS G12C"]),
        ("Negative for EGFR mutation, positive for MET amplification",
         ["excluded: EGFR mutation", "required: MET amplification"]),
        ("Positive for MET amplification, negative for EGFR mutation",
         ["required: MET amplification", "excluded: EGFR mutation"]),
        ("Tumors must be negative for EGFR, and positive for KRAS G12C",
         ["excluded: EGFR mutation", "required: KRAS G12C"]),
        ("Tumor must be negative for ALK, positive for ROS1 or RET",
         ["excluded: ALK rearrangement",
          "required: ROS1 rearrangement or RET rearrangement"]),
        ("negative for HER2, positive for PIK3CA mutation",
         ["excluded: HER2 positive", "required: PIK3CA mutation"]),
        ("negative for EGFR, ALK and ROS1 and to carry MET exon 14 skipping",
         ["excluded: EGFR mutation or ALK rearrangement or ROS1 rearrangement",
          "required: MET exon 14 skipping"]),
        ("Negative for EGFR and ALK and be positive for a RET fusion",
         ["excluded: EGFR mutation or ALK rearrangement", "required: RET rearrangement"]),
        ("No EGFR mutation, presence of KRAS G12C",
         ["excluded: EGFR mutation", "required: KRAS G12C"]),
        ("No EGFR mutation and must carry a KRAS G12C mutation",
         ["excluded: EGFR mutation", "required: KRAS G12C"]),
        ("Patients whose tumors lack EGFR mutations and carry KRAS G12C",
         ["excluded: EGFR mutation", "required: KRAS G12C"]),
        ("EGFR mutation not detected, KRAS G12C detected",
         ["excluded: EGFR mutation", "required: KRAS G12C"]),
        ("KRAS G12C detected, EGFR mutation not detected",
         ["required: KRAS G12C", "excluded: EGFR mutation"]),
        ("HER2 amplified, absence of RAS mutation",
         ["required: ERBB2 amplification", "excluded: KRAS/NRAS mutation"]),
        # what has a trait of its own after a denial may be denied or not
        ("Not HER2 positive, ER positive", ["excluded: HER2 positive"]),
        ("Absence of RAS mutation, HER2 amplified", ["excluded: KRAS/NRAS mutation"]),
        ("No EGFR mutation, KRAS mutated", ["excluded: EGFR mutation"]),
        ("No EGFR mutated or KRAS mutated disease",
         ["excluded: EGFR mutation", "excluded: KRAS mutation"]),
    ],
)  # fmt: skip
def test_two_in_one_sentence(vocabulary, said, meant):
    assert told(said, vocabulary) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Concomitant EGFR mutation and KRAS mutation", ["EGFR mutation", "KRAS mutation"]),
        ("KRAS mutation and concomitant STK11 mutation", ["KRAS mutation", "STK11 mutation"]),
        ("KRAS mutation co-occurring with STK11 mutation", ["KRAS mutation", "STK11 mutation"]),
    ],
)
def test_an_exclusion_that_may_be_of_both_shuts_nobody_out_by_one(vocabulary, said, meant):
    assert told(said, vocabulary, "Exclusion") == [f"one way: excluded: {one}" for one in meant]


GENES = st.sampled_from(["EGFR", "KRAS", "BRAF", "PIK3CA", "IDH1", "FGFR3", "TP53"])
NOUNS = st.sampled_from([
    "brain metastases", "active infection", "squamous histology", "curative option",
    "prior immunotherapy", "measurable disease",
])  # fmt: skip
LEFT_OPEN = st.sampled_from(["not mandatory", "not required", "preferred", "optional"])
DENIALS = st.sampled_from(["No", "Without", "Absence of", "Lack of", "Never", "Free of"])


@QUIET
@given(gene=GENES, noun=NOUNS, denial=DENIALS, mark=st.sampled_from([", ", " and ", " with "]))
def test_a_denial_of_something_else_never_excludes(vocabulary, gene, noun, denial, mark):
    found = told(f"{denial} {noun}{mark}{gene} mutation", vocabulary)
    assert not any("excluded" in one for one in found)


@QUIET
@given(gene=GENES, noun=NOUNS, opens=st.sampled_from(["with a", "harbouring a", "and with a"]))
def test_a_denial_in_brackets_stays_there(vocabulary, gene, noun, opens):
    found = told(f"Carcinoma (no {noun}) {opens} {gene} mutation", vocabulary)
    assert found == [f"required: {gene} mutation"]


@QUIET
@given(gene=GENES, open_=LEFT_OPEN,
       form=st.sampled_from(["{g} mutation ({o})", "{g} mutation is {o}", "{g} mutation, {o}",
                             "{g} mutation {o}"]),
       section=st.sampled_from(["Inclusion", "Exclusion"]))  # fmt: skip
def test_what_is_left_open_is_asked_of_nobody(vocabulary, gene, open_, form, section):
    said = form.format(g=gene, o=open_)
    assert told(said, vocabulary, section) == []


@QUIET
@given(gene=GENES,
       beside=st.sampled_from(["and no prior inhibitor", "who were not treated", "if untreated",
                               "in adults under 60", "with complex karyotype",
                               "and brain metastases"]),
       before=st.sampled_from(["", "Known ", "Documented ", "Patients with "]))  # fmt: skip
def test_no_exclusion_with_a_condition_shuts_out_alone(vocabulary, gene, beside, before):
    for one in told(f"{before}{gene} mutation {beside}", vocabulary, "Exclusion"):
        assert one.startswith("one way: ")


@QUIET
@given(gene=GENES, whom=st.sampled_from(["for patients who progressed", "for Arm B", "(Cohort 2)",
                                         "in patients over 70", "if the tumour is squamous"]),
       before=st.sampled_from(["", "Documented ", "Patients must have a "]))  # fmt: skip
def test_what_is_asked_of_some_shuts_nobody_out(vocabulary, gene, whom, before):
    for one in told(f"{before}{gene} mutation {whom}", vocabulary):
        assert one.startswith("one way: ")
