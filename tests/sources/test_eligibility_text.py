"""Free text of eligibility: what is required, what is excluded, and what is left unread."""

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.model.trial import AnyOf, Part, Polarity, Recovery, criteria_of
from onkos.sources.knowledge.trials.freetext import extract

QUIET = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def criteria(text, vocabulary):
    return [c for rule in extract(text, vocabulary) for c in criteria_of(rule)]


def read(text, vocabulary):
    """What was understood, as it is printed."""
    return [str(c) for c in criteria(text, vocabulary) if not c.unread]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("EGFR exon 19 deletion or L858R", ["EGFR exon 19 deletion or EGFR L858R"]),
        ("activating mutations of KRAS, NRAS or BRAF", ["KRAS/NRAS/BRAF oncogenic mutation"]),
        ("ALK or ROS1 rearrangements", ["ALK/ROS1 rearrangement"]),
        ("HER2-positive breast cancer", ["HER2 positive"]),
        ("MSI-H/dMMR tumor", ["MSI-H or dMMR"]),
        ("BRCA1/2 mutated tumor", ["BRCA1/BRCA2 mutation"]),
        ("NTRK1-3 fusion", ["NTRK1/NTRK2/NTRK3 rearrangement"]),
        ("wild-type KRAS", ["KRAS wild-type"]),
        ("KRAS, NRAS, and BRAF wild-type tumor", ["KRAS/NRAS/BRAF wild-type"]),
        ("c-MET exon 14 skipping mutation", ["MET exon 14 skipping"]),
        ("PD-L1 TPS \u2265 50%", ["PD-L1 TPS >= 50"]),
        ("ECOG performance status 0-1", ["ECOG <= 1"]),
        ("Creatinine clearance \u2265 60 mL/min", ["creatinine clearance >= 60"]),
        ("epidermal growth factor receptor (EGFR) mutation", ["EGFR mutation"]),
        ("no known EGFR mutations or ALK rearrangements",
         ["excluded: EGFR mutation", "excluded: ALK rearrangement"]),
        ("Tumor must be negative for EGFR mutations", ["excluded: EGFR mutation"]),
        ("Negative for EGFR and ALK", ["excluded: EGFR mutation or ALK rearrangement"]),
        ("HR+/HER2- breast cancer", ["HR positive", "HER2 negative"]),
        ("EGFR mutation positive (ex19del, L858R), T790M negative", []),
        ("Patients with EGFR mutations are excluded", ["excluded: EGFR mutation"]),
    ],
)  # fmt: skip
def test_what_is_asked_for(vocabulary, said, meant):
    assert read(f"Inclusion Criteria:\n* {said}.\n", vocabulary) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Prior treatment with an EGFR inhibitor is required",
        "No prior KRAS G12C inhibitor",
        "Anti-EGFR antibody within 4 weeks",
        "Testing for ALK rearrangement is allowed",
        "Eligible regardless of HER2 status or EGFR mutation",
        "Patients with EGFR mutations must have received osimertinib",
        "Patients with KRAS mutations are eligible",
        "Unknown EGFR mutation status",
        "BRAF mutation testing results",
    ],
)
def test_what_is_no_criterion_of_the_tumour(vocabulary, said):
    assert read(f"Inclusion Criteria:\n* {said}.\n", vocabulary) == []


def test_an_example_of_what_is_required_is_one_way_beside_an_unread_one(vocabulary):
    text = "Inclusion Criteria:\n1. An actionable alteration such as EGFR mutation or RET fusion"
    (way,) = [rule for rule in extract(text, vocabulary) if isinstance(rule, AnyOf)]
    read, left = way.of
    assert str(read) == "EGFR oncogenic mutation or RET rearrangement"
    assert left.unread == "these are examples: another may count too"


def test_an_example_of_what_is_named_itself_asks_for_nothing_more(vocabulary):
    text = "Inclusion Criteria:\n1. MET fusion, such as PTPRZ1-MET fusion"
    assert not [rule for rule in extract(text, vocabulary) if isinstance(rule, AnyOf)]


def test_examples_of_what_is_excluded_are_excluded(vocabulary):
    text = "Exclusion Criteria:\n1. Known driver mutations (e.g., EGFR mutation, ALK fusion)"
    assert read(text, vocabulary) == [
        "excluded: EGFR mutation", "excluded: ALK rearrangement",
    ]  # fmt: skip


def test_a_change_after_a_list_is_of_the_last_gene_alone(vocabulary):
    text = "Exclusion Criteria:\n* Mutations of EGFR, NRAS, and KRAS G12C"
    assert read(text, vocabulary) == ["excluded: EGFR/NRAS mutation", "excluded: KRAS G12C"]


def test_cohorts_are_ways_into_the_trial(vocabulary):
    text = (
        "Inclusion Criteria:\nCohort 1: EGFR mutation\nCohort 2: ALK rearrangement\n"
        "Exclusion Criteria:\nCohort 1: BRAF mutation"
    )
    ways, out = [rule for rule in extract(text, vocabulary) if isinstance(rule, AnyOf)]
    assert [str(c) for c in ways.of] == ["EGFR mutation", "ALK rearrangement"]
    assert [bool(c.unread) for c in out.of] == [False, True]


def test_an_exception_leaves_an_exclusion_open(vocabulary):
    text = "Exclusion Criteria:\n* EGFR mutation unless previously treated with osimertinib"
    (out,) = [rule for rule in extract(text, vocabulary) if isinstance(rule, AnyOf)]
    assert next(str(c) for c in out.of) == "excluded: EGFR mutation"
    assert out.of[1].unread


def test_a_negation_within_an_exclusion_is_not_guessed(vocabulary):
    assert read("Exclusion Criteria:\n* Patients without EGFR mutation", vocabulary) == []


def test_a_contradiction_is_left_unread(vocabulary):
    text = (
        "Inclusion Criteria:\n* MET exon 14 skipping\n"
        "Exclusion Criteria:\n* NSCLC with MET exon 14 skipping"
    )
    assert read(text, vocabulary) == ["MET exon 14 skipping"]


def test_waiting_ends_a_treatment_within_weeks(vocabulary):
    text = "Exclusion Criteria:\n* Chemotherapy within 4 weeks before the first dose"
    (out,) = criteria(text, vocabulary)
    assert out.recovery is Recovery.WASHOUT
    assert out.unread


def test_the_words_are_kept(vocabulary):
    text = "Inclusion Criteria:\n1. NSCLC with EGFR mutation\n"
    found = [c for c in criteria(text, vocabulary) if not c.unread]
    assert [(c.text, c.part) for c in found] == [("EGFR mutation", Part.TEXT)]
    assert "read from free text" in found[0].note


PIECES = st.sampled_from(
    ["Inclusion Criteria:\n", "Exclusion Criteria:\n", "\n", "* ", "1. ", "EGFR", "ALK", "HER2",
     "KRAS G12C", "mutation", "fusion", "no ", "without ", "or ", "and ", ", ", "(", ")", "e.g. ",
     "including ", "exon 19 deletion", "wild-type", "positive", "negative", "inhibitor", "prior ",
     "are excluded", "; ", ". ", "unless ", "Cohort 1: ", "ECOG ", "0-1", "\u2265 ", "50%", "TPS ",
     "in the following genes: ", "loss of function", "anti-", "the moon ", "BCR-ABL1 ", "+", "-"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=200)


@pytest.mark.parametrize(
    "said",
    [
        "For subjects with a BRAF V600E mutation, a prior BRAF inhibitor is required",
        "EGFR mutation positive subjects must be previously treated with an EGFR TKI",
        "In case of EGFR mutation previously treated with a TKI",
        "These subtypes may be included: ALK-positive lymphoma, ALK-negative lymphoma",
        "EGFR-mutant lung cancer; EGFR wild-type head and neck cancer",
        "UGT1A1 wild-type",
    ],
)
def test_what_asks_for_no_alteration(vocabulary, said):
    assert read(f"Inclusion Criteria:\n* {said}.\n", vocabulary) == []


@pytest.mark.parametrize(
    "said",
    [
        "BRAF V600 mutation-positive tumor received prior adjuvant therapy only",
        "Lung cancer (except where there is co-existing HER2 amplification)",
        "Deficiency in G6PD",
    ],
)
def test_what_excludes_no_alteration(vocabulary, said):
    assert read(f"Exclusion Criteria:\n* {said}\n", vocabulary) == []


def test_how_a_status_is_found_is_not_asked_for_beside_it(vocabulary):
    text = "Inclusion Criteria:\n* HER2-positive (IHC 3+ or IHC 2+ and HER2 amplification by ISH)"
    assert read(text, vocabulary) == ["HER2 positive"]


def test_an_exception_ends_with_its_bracket(vocabulary):
    text = "Exclusion Criteria:\n* Known mutation of EGFR (except in cohort C), ALK rearrangement"
    assert "excluded: ALK rearrangement" in read(text, vocabulary)


def test_a_denial_reaches_the_examples_of_its_clause(vocabulary):
    text = "No mutation in any other driver for which there are approved therapies (e.g. BRAF, RET)"
    assert read(f"Inclusion Criteria:\n* {text}", vocabulary) == ["excluded: BRAF/RET mutation"]


def test_or_presence_of_opens_another_way(vocabulary):
    text = "Inclusion Criteria:\n* Absence of ALK rearrangements or presence of a KRAS mutation"
    assert not [one for one in read(text, vocabulary) if "excluded: KRAS" in one]


def test_what_a_medicine_is_for_does_not_end_the_list_before_it(vocabulary):
    text = "Exclusion Criteria:\n* Mutation of EGFR or BRAF for which therapy is available"
    assert read(text, vocabulary) == ["excluded: EGFR/BRAF mutation"]
    text = "Exclusion Criteria:\n* EGFR mutations that can be treated with targeted therapy"
    assert read(text, vocabulary) == ["excluded: EGFR mutation"]


def test_only_the_named_genes_of_a_pathway_are_read(vocabulary):
    text = "Inclusion Criteria:\n* HRR gene mutation (BRCA1, BRCA2, ATM)"
    assert read(text, vocabulary) == ["BRCA1/BRCA2/ATM mutation"]
    assert read("Inclusion Criteria:\n* HRR mutation", vocabulary) == []
    text = "Inclusion Criteria:\n* Mutation of BRCA1, BRCA2 or other HRR genes"
    found = extract(text, vocabulary)
    assert [type(one) for one in found if isinstance(one, AnyOf)] == [AnyOf]


def test_any_mutation_excluded_where_one_is_required_is_not_read(vocabulary):
    text = "Inclusion Criteria:\n* KRAS G12C mutation\nExclusion Criteria:\n* KRAS mutation\n"
    assert read(text, vocabulary) == ["KRAS G12C"]
    text = "Inclusion Criteria:\n* KRAS mutation\nExclusion Criteria:\n* KRAS G12C mutation\n"
    assert read(text, vocabulary) == ["KRAS mutation", "excluded: KRAS G12C"]


@QUIET
@given(text=TEXTS)
def test_every_word_lies_in_one_span(vocabulary, text):
    spans = sorted(c.span for c in criteria(text, vocabulary) if c.span)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    covered = {n for a, b in spans for n in range(a, b)}
    assert all(n in covered for n, letter in enumerate(text) if not letter.isspace())


@QUIET
@given(text=TEXTS)
def test_an_unrelated_sentence_changes_no_other_criterion(vocabulary, text):
    before = read(text, vocabulary)
    after = read(f"{text}\nExclusion Criteria:\n* Able to swallow tablets.", vocabulary)
    assert after == before


@QUIET
@given(
    gene=st.sampled_from(["EGFR", "ALK", "KRAS", "BRAF", "MET"]),
    kind=st.sampled_from(["mutation", "fusion", "amplification", "alterations"]),
    lead=st.sampled_from(["Known ", "Patients with ", "Any ", "", "Tumors harboring "]),
    tail=st.sampled_from(["", ".", " are not eligible", " are excluded", " unless treated"]),
)
def test_an_exclusion_never_requires(vocabulary, gene, kind, lead, tail):
    found = criteria(f"Exclusion Criteria:\n* {lead}{gene} {kind}{tail}", vocabulary)
    told = [c for c in found if not c.unread]
    assert told
    assert all(c.polarity is Polarity.EXCLUDED for c in told)


def test_a_trial_with_unread_sentences_is_never_met(vocabulary, knowledge):
    from onkos.criteria import parse
    from onkos.model import Answer, Case, SmallVariant
    from onkos.pipeline import match_trials
    from onkos.sources.knowledge.trials.ctgov import trial_of

    text = "Inclusion Criteria:\n* EGFR L858R\n* Able to swallow tablets"
    study = {
        "protocolSection": {
            "identificationModule": {"nctId": "N"},
            "eligibilityModule": {"eligibilityCriteria": text},
        }
    }
    trial = trial_of(study, "s", vocabulary, extract)
    case = Case(id="p", disease="LUAD", alterations=(SmallVariant(gene="EGFR", protein="L858R"),))
    (match,) = match_trials(case, [trial], knowledge, everything=True)
    assert match.answer is Answer.UNKNOWN
    asked = {a.criterion: a for level in match.levels for a in level.criteria}
    assert asked[str(parse("EGFR L858R", vocabulary))].answer is Answer.MET


def test_the_share_that_was_read_counts_letters(vocabulary):
    from onkos.sources.knowledge.trials import letters_read
    from onkos.sources.knowledge.trials.ctgov import trial_of

    text = "Inclusion Criteria:\n* ALK fusion\n* Able to walk"
    study = {
        "protocolSection": {
            "identificationModule": {"nctId": "N"},
            "eligibilityModule": {"eligibilityCriteria": text},
        }
    }
    whole = sum(not letter.isspace() for letter in text)
    assert letters_read(trial_of(study, "s", vocabulary, extract)) == (len("ALKfusion"), whole)
    assert letters_read(trial_of(study, "s", vocabulary)) == (0, whole)


def test_the_text_of_all_trials_is_covered(shared_data, vocabulary):
    from onkos.model.trial import Trial
    from onkos.sources.knowledge.trials import read_trials

    folder = shared_data / "knowledge" / "trials" / "nct2ctml"
    for trial in read_trials([folder], vocabulary):
        if isinstance(trial, Trial):
            text = trial.eligibility
            spans = sorted(c.span for c in criteria(text, vocabulary) if c.span)
            outside = list(text)
            for start, end in spans:
                outside[start:end] = " " * (end - start)
            assert not re.sub(r"\s", "", "".join(outside)), trial.id
