"""Vectors of the note on trial matching: the matchengine's rules in three values."""

import pytest

from onkos.model import Answer
from onkos.model.trial import Recovery
from tests.trials.ctml_text import clinical, genomic, match_of, patient, trial

T, F, U = Answer.MET, Answer.UNMET, Answer.UNKNOWN
NSCLC = "Non-Small Cell Lung Cancer"
KRAS_G12C = genomic(hugo_symbol="KRAS", variant_category="Mutation", protein_change="p.G12C")
NO_EGFR = genomic(hugo_symbol="EGFR", variant_category="!Mutation")


@pytest.fixture
def answer(knowledge, vocabulary):
    def answer(match, *case, **said):
        found = match_of(knowledge, trial(vocabulary, match), patient(knowledge, *case, **said))
        return found.answer

    return answer


def test_a_marker_that_is_there_is_a_match_and_another_letter_is_none(knowledge, vocabulary):
    both = {"and": [clinical(oncotree_primary_diagnosis=NSCLC, age_numerical=">=18"), KRAS_G12C]}
    asked = trial(vocabulary, both)
    met = match_of(knowledge, asked, patient(knowledge, "LUAD", "KRAS G12C", age=60))
    assert met.answer is T
    assert met.biomarker == 5
    other = match_of(knowledge, asked, patient(knowledge, "LUAD", "KRAS G12D", age=60))
    assert other.answer is F
    untested = match_of(knowledge, asked, patient(knowledge, "LUAD", age=60))
    assert untested.answer is U
    assert untested.untested == ("KRAS G12C",)
    assert [(q.kind, q.subject) for q in untested.missing] == [("small-variant", "KRAS")]


def test_a_wildcard_is_any_substitution_at_the_residue_and_nothing_else(answer):
    wild = genomic(
        hugo_symbol="BRAF", variant_category="Mutation", wildcard_protein_change="p.V600"
    )
    exact = genomic(hugo_symbol="BRAF", variant_category="Mutation", protein_change="p.V600E")
    either = {"or": [wild, exact]}
    assert answer(either, "MEL", "BRAF V600K", assay="WES") is T
    assert answer(either, "MEL", "BRAF K601E", assay="WES") is F
    for no_substitution in ("BRAF V600_K601delinsE", "BRAF V600fs", "BRAF V600*"):
        assert answer(wild, "MEL", no_substitution, assay="WES") is F


def test_a_gene_that_was_not_tested_is_not_absent(knowledge, vocabulary, answer):
    """Differs by design: the matchengine subtracts the positive from all samples, so that a patient
    who was never tested for EGFR matches ``!EGFR``. Here the answer is unknown."""
    assert answer(NO_EGFR, "LUAD", "EGFR L858R", assay="WES") is F
    assert answer(NO_EGFR, "LUAD", "KRAS G12C", assay="WES") is T
    assert answer(NO_EGFR, "LUAD", "KRAS G12C") is U
    match = match_of(knowledge, trial(vocabulary, NO_EGFR), patient(knowledge, "LUAD", "KRAS G12C"))
    assert match.untested == ("not (EGFR mutation)",)


def test_a_negated_key_negates_the_whole_leaf(answer):
    leaf = genomic(
        hugo_symbol="BRAF", variant_category="!Mutation", wildcard_protein_change="p.V600"
    )
    assert answer(leaf, "MEL", "BRAF V600E", assay="WES") is F
    assert answer(leaf, "MEL", "BRAF K601E", assay="WES") is T


def test_a_finer_diagnosis_fits_a_coarser_one_asked_and_the_reverse_is_unknown(answer):
    assert answer(clinical(oncotree_primary_diagnosis=NSCLC), "LUAD", "KRAS G12C") is T
    luad = clinical(oncotree_primary_diagnosis="Lung Adenocarcinoma")
    assert answer(luad, "NSCLC", "KRAS G12C") is U
    assert answer(luad, "MEL", "KRAS G12C") is F


def test_all_solid_and_all_liquid_tumours(answer):
    solid, liquid = (clinical(oncotree_primary_diagnosis=w) for w in ("_SOLID_", "_LIQUID_"))
    assert answer(solid, "AML", "NPM1 frameshift") is F
    assert answer(solid, "LUAD", "KRAS G12C") is T
    assert answer(liquid, "DLBCLNOS", "MYC fusion") is T
    assert answer(clinical(oncotree_primary_diagnosis=f"!{NSCLC}"), "LUAD", "KRAS G12C") is F
    assert answer(clinical(oncotree_primary_diagnosis=f"!{NSCLC}"), "MEL", "KRAS G12C") is T


def test_unstable_repeats(answer):
    unstable = genomic(ms_status="MSI-H")
    assert answer(unstable, "COAD", measurements=["MSI-L"]) is F
    assert answer(unstable, "COAD", measurements=["MSI-H"]) is T
    deficient = genomic(mmr_status="MMR-Deficient", hugo_symbol="1")
    assert answer(deficient, "COAD", measurements=["MSI-H"]) is T
    assert answer(deficient, "COAD", measurements=["dMMR"]) is T
    assert answer(genomic(mmr_status="MMR-Proficient"), "COAD", measurements=["MSI-L"]) is T


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [(">=10", ["TMB 10"], T), (">10", ["TMB 10"], F), ("==40", ["TMB 40"], T), (">=10", [], U)],
)
def test_mutational_burden(answer, asked, said, expected):
    leaf = clinical(tmb_numerical=asked)
    assert answer(leaf, "LUAD", "KRAS G12C", measurements=said) is expected


@pytest.mark.parametrize(
    ("asked", "age", "expected"),
    [(">=18", 18, T), (">18", 18, F), ("<0.5", 0.4, T), (">=18", None, U)],
)
def test_age_at_the_birthday(answer, asked, age, expected):
    """``>18`` on the eighteenth birthday is false; the matchengine's second version says true."""
    said = {} if age is None else {"age": age}
    assert answer(clinical(age_numerical=asked), "LUAD", "KRAS G12C", **said) is expected


def test_all_keys_of_a_leaf_speak_of_one_alteration(answer):
    leaf = genomic(hugo_symbol="EGFR", variant_category="Mutation", exon=20,
                   variant_classification="In_Frame_Ins")  # fmt: skip
    assert answer(leaf, "LUAD", "EGFR exon 19 deletion", assay="WES") is F
    assert answer(leaf, "LUAD", "EGFR D770_N771insSVD", assay="WES") is T
    # an insertion elsewhere and a substitution in exon 20 are not an insertion in exon 20
    assert answer(leaf, "LUAD", "EGFR T790M", "EGFR exon 19 deletion", assay="WES") is F


def test_any_variation_is_also_a_rearrangement(answer):
    """An ALK fusion is what ``!Any Variation`` of ALK means to keep out."""
    leaf = genomic(hugo_symbol="ALK", variant_category="!Any Variation")
    assert answer(leaf, "LUAD", "EML4::ALK fusion") is F


def test_rearrangements_with_a_partner_at_either_end(answer):
    leaf = genomic(hugo_symbol="BCR", variant_category="Structural Variation",
                   fusion_partner_hugo_symbol="ABL1")  # fmt: skip
    assert answer(leaf, "CML", "BCR::ABL1 fusion") is T
    turned = genomic(hugo_symbol="ABL1", variant_category="SV", fusion_partner_hugo_symbol="BCR")
    assert answer(turned, "CML", "BCR::ABL1 fusion") is T
    assert answer(leaf, "LUAD", "EML4::ALK fusion") is not T


def test_copies(answer):
    deleted = genomic(hugo_symbol="MTAP", variant_category="Copy Number Variation",
                      cnv_call="Homozygous Deletion")  # fmt: skip
    assert answer(deleted, "GB", "MTAP deletion") is T
    assert answer(deleted, "GB", "MTAP amplification") is F
    bare = genomic(hugo_symbol="ERBB2", variant_category="CNV")
    assert answer(bare, "BRCA", "ERBB2 amplification") is T


def test_what_was_not_understood_leaves_the_answer_open(knowledge, vocabulary):
    leaf = genomic(hugo_symbol="NRTK", variant_category="!Any Variation")
    asked = trial(vocabulary, {"and": [leaf, clinical(age_numerical=">=18")]})
    match = match_of(knowledge, asked, patient(knowledge, "LUAD", "KRAS G12C", age=60))
    assert match.answer is U
    assert match.not_read == ("hugo_symbol: NRTK, variant_category: !Any Variation",)
    assert match.untested == ()


def test_a_trial_without_criteria_is_never_met(knowledge, vocabulary):
    match = match_of(knowledge, trial(vocabulary), patient(knowledge, "LUAD", "KRAS G12C"))
    assert match.answer is U
    assert "no criterion of the trial was read" in match.cautions


def test_what_stands_in_the_way_says_whether_it_can_be_overcome(knowledge, vocabulary):
    from onkos.criteria import parse
    from onkos.model.trial import AllOf, Part, Polarity, Trial, TrialCriterion, TrialStatus

    def criterion(text, excluded=False):
        polarity = Polarity.EXCLUDED if excluded else Polarity.REQUIRED
        rule = parse(text, vocabulary)
        return TrialCriterion(text=text, part=Part.TEXT, criterion=rule, polarity=polarity)

    def one(*criteria):
        return Trial(id="x", status=TrialStatus.RECRUITING, rule=AllOf(of=criteria))

    case = patient(
        knowledge, "LUAD", "KRAS G12C", measurements=["ECOG 2"], prior=["sotorasib"], line=2,
        comedication=["itraconazole"], age=17,
    )  # fmt: skip
    expected = {
        criterion("ECOG <= 1"): Recovery.REPEAT,
        criterion("lines >= 3"): Recovery.LATER_LINE,
        criterion("prior osimertinib"): Recovery.LATER_LINE,
        criterion('prior lines of class "chemotherapy" >= 2'): Recovery.LATER_LINE,
        criterion("prior lines of sotorasib < 1"): Recovery.NONE,
        criterion("comedication itraconazole", excluded=True): Recovery.WASHOUT,
        criterion("prior sotorasib", excluded=True): Recovery.NONE,
        criterion("age >= 18"): Recovery.NONE,
        criterion("KRAS G12C", excluded=True): Recovery.NONE,
    }
    for asked, recovery in expected.items():
        match = match_of(knowledge, one(asked), case)
        assert match.answer is F
        assert [one.recovery for one in match.unmet] == [recovery], str(asked)
        assert match.recoverable is bool(recovery)


def test_trials_that_cannot_be_joined_are_left_out_unless_asked_for(knowledge, vocabulary):
    from onkos.pipeline import match_trials

    egfr = trial(vocabulary, genomic(hugo_symbol="EGFR", variant_category="Mutation"))
    case = patient(knowledge, "LUAD", "KRAS G12C", assay="WES")
    assert match_trials(case, [egfr], knowledge) == ()
    assert [m.answer for m in match_trials(case, [egfr], knowledge, everything=True)] == [F]
