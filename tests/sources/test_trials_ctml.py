"""CTML into criteria of our language: every leaf read, or listed with its reason."""

import pytest

from onkos.errors import InputError, VocabularyError
from onkos.model import Answer, Case, Unread
from onkos.model.trial import AllOf, AnyOf, Part, Polarity, Trial, TrialStatus
from onkos.pipeline import match_trials
from onkos.sources.knowledge.trials import read_trials
from onkos.sources.knowledge.trials.ctml import trial_of
from onkos.sources.knowledge.trials.ctml_clinical import diagnosis


def document(*match, **fields):
    step = {"step_code": "1", "match": list(match)}
    return {"nct_id": "NCT00000001", "treatment_list": {"step": [step]}, **fields}


@pytest.fixture
def leaf(vocabulary):
    """The one criterion of a genomic leaf."""

    def leaf(**keys):
        words = {key: str(value) for key, value in keys.items()}
        (found,) = trial_of(document({"genomic": words}), "t.json", vocabulary).criteria()
        return found

    return leaf


ANY_ALK = "ALK mutation or ALK amplification or ALK deletion or ALK rearrangement"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"hugo_symbol": "KRAS", "variant_category": "Mutation", "protein_change": "p.G12C"},
         "KRAS G12C"),
        ({"hugo_symbol": "BRAF", "wildcard_protein_change": "p.V600"}, "BRAF V600"),
        ({"hugo_symbol": "KRAS", "variant_category": "Mutation", "protein_change": "p.G12X"},
         "KRAS G12"),
        ({"hugo_symbol": "EGFR", "exon": 20, "variant_classification": "In_Frame_Ins"},
         "EGFR exon 20 insertion"),
        ({"hugo_symbol": "EGFR", "exon": 19, "variant_classification": "In_Frame_Del"},
         "EGFR exon 19 deletion"),
        ({"hugo_symbol": "MET", "exon": 14, "variant_classification": "Splice_Site"},
         "MET exon 14 splice mutation or MET exon 14 skipping"),
        ({"hugo_symbol": "F5", "protein_change": "p.R506Q",
          "variant_classification": "Missense_Mutation"}, "F5 R506Q"),
        ({"hugo_symbol": "ALK", "variant_category": "!Any Variation"}, f"excluded: {ANY_ALK}"),
        ({"hugo_symbol": "MLL", "variant_category": "SV"}, "KMT2A rearrangement"),
        ({"hugo_symbol": "PDGFRα", "variant_category": "Mutation"}, "PDGFRA mutation"),
        ({"hugo_symbol": "NTRK", "variant_category": "Structural Variation"},
         "NTRK1/NTRK2/NTRK3 rearrangement"),
        ({"hugo_symbol": "CDKN2A", "cnv_call": "Homozygous Deletion"}, "CDKN2A deletion"),
        ({"hugo_symbol": "FH", "cnv_call": "!Low Amplification"}, "excluded: FH gain"),
        ({"hugo_symbol": "PIK3CA", "wildtype": "True"}, "PIK3CA wild-type"),
        ({"mmr_status": "MMR-Deficient", "hugo_symbol": "1"}, "dMMR or MSI-H"),
        ({"ms_status": "!MSI-H"}, "excluded: MSI-H"),
        ({"hugo_symbol": "EML4", "variant_category": "SV", "fusion_partner_hugo_symbol": "ALK",
          "display_name": "EML4-ALK"}, "EML4::ALK rearrangement or ALK::EML4 rearrangement"),
        ({"hugo_symbol": "KRAS", "variant_category": "SV",
          "fusion_partner_hugo_symbol": "any_gene"}, "KRAS rearrangement"),
    ],
)  # fmt: skip
def test_a_genomic_leaf_is_one_criterion(leaf, keys, expected):
    assert str(leaf(**keys)) == expected


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"hugo_symbol": "NRTK", "variant_category": "Mutation"}, "unknown gene 'NRTK'"),
        ({"hugo_symbol": "BRCA1", "protein_change": "p.W1815X"}, "any residue or a stop"),
        ({"hugo_symbol": "KRAS", "protein_change": "p.G12C", "variant_classification":
          "Frameshift"}, "G12C is not a frameshift"),
        ({"hugo_symbol": "NPM1", "fusion_partner_hugo_symbol": "intergenic"}, "between genes"),
        ({"hugo_symbol": "any_gene", "variant_category": "SV"}, "any gene with any gene"),
        ({"tobacco_signature": "Yes", "hugo_symbol": "None"}, "from which share"),
        ({"hugo_symbol": "KRAS", "hgvs_genomic": "g.1A>T"}, "no key of ours: hgvs_genomic"),
        ({"variant_category": "Mutation"}, "names no gene"),
        ({"hugo_symbol": "KRAS", "variant_category": "Methylation"}, "no category of ours"),
        ({"hugo_symbol": "KRAS", "wildtype": "True", "protein_change": "p.G12C"}, "wild-type with"),
        ({"hugo_symbol": "KRAS", "wildcard_protein_change": "p.G12C"}, "not a residue"),
        ({"hugo_symbol": "KRAS", "variant_category": "Mutation", "cnv_call": "High Amplification"},
         "cnv_call of a leaf that speaks of a mutation"),
        ({"hugo_symbol": "KRAS", "variant_category": "CNV", "protein_change": "p.G12C"},
         "protein_change of a leaf that speaks of copy number"),
        ({"hugo_symbol": "MET", "variant_category": "SV", "exon": "14"}, "exon of a leaf that"),
        ({"hugo_symbol": "RET", "variant_category": "Any Variation",
          "fusion_partner_hugo_symbol": "KIF5B"}, "fusion_partner_hugo_symbol of a leaf"),
        ({"hugo_symbol": "ALK", "variant_category": "SV", "wildtype": "True"}, "wild-type with SV"),
        ({"hugo_symbol": "KRAS", "wildtype": "perhaps"}, "neither true nor false"),
    ],
)  # fmt: skip
def test_a_leaf_that_is_not_understood_is_listed_and_never_guessed(leaf, keys, why):
    found = leaf(**keys)
    assert found.criterion is None
    assert why in found.unread


@pytest.mark.parametrize("word", ["True", "yes", "Y", "1"])
def test_wild_type_is_never_read_as_its_opposite(leaf, word):
    found = leaf(hugo_symbol="KRAS", variant_category="Mutation", wildtype=word)
    assert str(found) == "KRAS wild-type"
    assert str(leaf(hugo_symbol="KRAS", variant_category=" !Mutation")) == "excluded: KRAS mutation"


BRAF = {"genomic": {"hugo_symbol": "BRAF", "protein_change": "p.V600E"}}


@pytest.mark.parametrize("key", ["Match", "arms", "matches"])
def test_a_tree_under_a_key_that_ctml_has_not_is_not_lost(vocabulary, key):
    """A trial that asks for BRAF V600E is not told as fitting everybody."""
    found = document({"clinical": {"gender": "Female"}})
    found["treatment_list"]["step"][0][key] = [BRAF]
    trial = trial_of(found, "t", vocabulary)
    assert [bool(c.unread) for c in trial.criteria()] == [False, True]
    assert f"{key}, a key that CTML has not" in trial.unread[0].reason


@pytest.mark.parametrize("place", ["root", "treatment", "arm"])
def test_a_tree_that_stands_elsewhere_binds_all_the_same(vocabulary, place):
    found = document({"clinical": {"gender": "Female"}})
    (step,) = found["treatment_list"]["step"]
    if place == "arm":
        step["arm"] = [{"arm_code": "A", "arm_suspended": "N", "and": [BRAF]}]
    else:
        (found if place == "root" else found["treatment_list"])["match"] = [BRAF]
    trial = trial_of(found, "t", vocabulary)
    assert sorted(str(c) for c in trial.criteria()) == ["BRAF V600E", "sex female"]


def test_an_unknown_diagnosis_raises(vocabulary):
    with pytest.raises(VocabularyError, match="Lung Adenocarcinomatosis"):
        diagnosis("Lung Adenocarcinomatosis", vocabulary)
    assert diagnosis("_SOLID_", vocabulary) == "SOLID"
    assert diagnosis("__SOLID__", vocabulary) == "SOLID"
    assert diagnosis("_LIQUID_", vocabulary) == "BLOOD"
    assert diagnosis("Non-Small Cell Lung Cancer", vocabulary) == "NSCLC"


def test_each_key_of_a_clinical_leaf_is_a_criterion(vocabulary):
    clinical = {
        "oncotree_primary_diagnosis": "!Lung Adenocarcinoma", "age_numerical": ">=0.083",
        "gender": "Female", "tmb_numerical": ">=10", "her2_status": "Negative",
        "er_status": "Positive", "pr_status": "!Positive", "disease_status": ["Metastatic",
        "Recurrent"], "pdl1_status": "High", "favourite_colour": "red",
    }  # fmt: skip
    trial = trial_of(document({"clinical": clinical}), "t.json", vocabulary)
    assert [str(c) for c in trial.criteria()] == [
        "excluded: disease LUAD", "age >= 0.083", "sex female", "TMB >= 10", "HER2 negative",
        "ER positive", "excluded: PR positive", "setting metastatic or setting relapsed",
        "[not read] pdl1_status: High", "[not read] favourite_colour: red",
    ]  # fmt: skip
    assert [u.text for u in trial.unread] == ["pdl1_status: High", "favourite_colour: red"]


def test_locally_advanced_alone_is_not_metastatic(vocabulary):
    """In our vocabulary advanced holds for metastatic disease too; the trial's word does not."""
    leaf = {"clinical": {"disease_status": ["Locally Advanced"]}}
    (found,) = trial_of(document(leaf), "t.json", vocabulary).criteria()
    assert str(found.criterion) == "setting advanced and (not setting metastatic)"


@pytest.mark.parametrize(
    ("names", "disease", "answer"),
    [
        (["!Lung Adenocarcinoma", "!Melanoma"], "LUAD", Answer.UNMET),
        (["!Lung Adenocarcinoma", "!Melanoma"], "COAD", Answer.MET),
        (["Melanoma", "!Lung Adenocarcinoma"], "COAD", Answer.UNMET),
        (["Non-Small Cell Lung Cancer", "Melanoma", " !Lung Adenocarcinoma"], "LUAD", Answer.UNMET),
        (["Non-Small Cell Lung Cancer", "Melanoma", "!Lung Adenocarcinoma"], "LUSC", Answer.MET),
    ],
)
def test_each_word_that_a_list_excludes_keeps_out(knowledge, names, disease, answer):
    """Two exclusions of one list once undid one another: everybody is one of the two not."""
    leaf = {"clinical": {"oncotree_primary_diagnosis": names}}
    trial = trial_of(document(leaf), "t.json", knowledge.vocabulary)
    case = Case(id="1", disease=disease)
    (match,) = match_trials(case, [trial], knowledge, everything=True)
    assert match.answer is answer


def test_the_tree_keeps_its_shape(vocabulary):
    kras = {"genomic": {"hugo_symbol": "KRAS", "variant_category": "Mutation"}}
    braf = {"genomic": {"hugo_symbol": "BRAF", "variant_category": "Mutation"}}
    trial = trial_of(document({"and": [{"or": [kras, braf]}, {"not": [kras]}]}), "t", vocabulary)
    (step,) = trial.levels
    assert isinstance(step.rule, AllOf)
    assert isinstance(step.rule.of[0], AnyOf)
    assert type(step.rule.of[1]).__name__ == "NoneOf"
    both = trial_of(document({**kras, "clinical": {"gender": "Male"}}), "t", vocabulary)
    assert isinstance(both.levels[0].rule, AllOf)


def test_keys_that_lost_their_indentation_are_not_read(vocabulary):
    node = {"genomic": None, "hugo_symbol": "EGFR", "exon": "19"}
    (found,) = trial_of(document(node), "t", vocabulary).criteria()
    assert "indentation" in found.unread


def test_status_phase_and_levels(vocabulary):
    level = {"level_code": "2", "level_suspended": "N", "match": []}
    arm = {"arm_code": "A", "arm_suspended": "Y", "dose_level": [level]}
    step = {"step_code": "1", "arm": [arm]}
    trial = trial_of(
        {"protocol_no": "11-111", "status": "Closed to Accrual", "phase": "PHASE1/PHASE2",
         "treatment_list": {"step": [step]},
         "drug_list": {"drug": [{"drug_name": "Drug: Ibrutinib"}]}}, "t", vocabulary,
    )  # fmt: skip
    assert (trial.id, trial.status, trial.phases) == ("11-111", TrialStatus.CLOSED, ("1", "2"))
    assert trial.interventions == ("Ibrutinib",)
    assert [(x.label, x.suspended) for x in trial.all_levels()] == [
        ("step 1", False), ("arm A", True), ("dose 2", False),
    ]  # fmt: skip


@pytest.mark.parametrize("broken", [{}, {"nct_id": "N"}, {"nct_id": "N", "treatment_list":
                                    {"step": ["x"]}}])  # fmt: skip
def test_what_is_no_trial_is_refused(vocabulary, broken):
    with pytest.raises(InputError):
        trial_of({"treatment_list": {}, **broken}, "t", vocabulary)


def test_files_that_hold_no_trial_stop_nothing(vocabulary, tmp_path):
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "b.json").write_text('{"some": "thing"}')
    (tmp_path / "c.json").write_bytes(b"\xff\xfe")
    good = document({"clinical": {"gender": "Male"}})
    import msgspec

    (tmp_path / "d.json").write_bytes(msgspec.json.encode([good, good]))
    found = list(read_trials([tmp_path], vocabulary))
    assert [one.id for one in found if isinstance(one, Trial)] == ["NCT00000001"]
    unread = [one for one in found if isinstance(one, Unread)]
    assert [one.source for one in unread] == ["a.json", "b.json", "c.json", "d.json"]


def test_all_416_trials_load_and_their_genomic_nodes_are_read(vocabulary, shared_data):
    pytest.importorskip("yaml")
    folder = shared_data / "knowledge" / "trials" / "nct2ctml"
    found = list(read_trials([folder], vocabulary))
    trials = [one for one in found if isinstance(one, Trial)]
    assert len(trials) == len(found) == 416
    criteria = [c for trial in trials for c in trial.criteria()]
    genomic = [c for c in criteria if c.part is Part.GENOMIC]
    unread = [c for c in genomic if c.unread]
    assert len(genomic) == 409  # ten of them in an arm that lost its match
    assert len(unread) / len(genomic) < 0.02
    assert sorted(c.unread.split(";")[0].split(",")[0] for c in unread) == [
        "genomic without keys", "unknown gene 'DYPD'", "unknown gene 'NRTK'",
    ]  # fmt: skip
    assert all(c.line for c in unread)
    assert sum(len(trial.unread) for trial in trials) == sum(bool(c.unread) for c in criteria)
    assert sum(c.polarity is Polarity.EXCLUDED for c in genomic) == 196


def test_the_trees_of_the_matchengine_load(vocabulary, shared_data):
    folder = shared_data / "knowledge" / "trials" / "matchengine_v2_tests" / "integration_trials"
    found = list(read_trials(sorted(folder.glob("*.json")), vocabulary))
    assert any(isinstance(one, Trial) and one.id == "11-113" for one in found)
    assert all("told more fully" in one.reason for one in found if isinstance(one, Unread))
