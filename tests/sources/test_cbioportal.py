"""A cBioPortal study folder becomes cases, one a sample; nothing of it is lost."""

from pathlib import Path

import pytest

from onkos.errors import Unreadable
from onkos.model import EVERYTHING, Case, Knowledge, Origin, SmallVariant, Unread
from onkos.sources.patient.cbioportal import read_study

MAF = (
    "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"
    "BRAF\tMissense_Mutation\tS1\tp.V600E\n"
    "TP53\tSilent\tS1\tp.R175=\n"
    "KRAS\tMissense_Mutation\tS2\tp.G12D\n"
    "KRAS\tMissense_Mutation\tSX\tp.G12D\n"
)
SAMPLES = (
    "#Patient Identifier\tSample Identifier\tCode\tSomatic\n"
    "PATIENT_ID\tSAMPLE_ID\tONCOTREE_CODE\tCANCER_TYPE_DETAILED\tSOMATIC_STATUS\tSAMPLE_CLASS\n"
    "P1\tS1\tMEL\tMelanoma\tMatched\tTumor\n"
    "P2\tS2\tXYZZY\tColon Adenocarcinoma\tUnmatched\tcfDNA\n"
    "P3\tS3\t\t\t\t\n"
)
FILES = {
    "meta_study.txt": "type_of_cancer: mixed\ncancer_study_identifier: t\n",
    "meta_clinical_sample.txt": (
        "genetic_alteration_type: CLINICAL\ndatatype: SAMPLE_ATTRIBUTES\n"
        "data_filename: data_clinical_sample.txt\n"
    ),
    "data_clinical_sample.txt": SAMPLES,
    "data_clinical_patient.txt": "PATIENT_ID\tSEX\nP1\tFemale\n",
    "meta_mutations.txt": (
        "genetic_alteration_type: MUTATION_EXTENDED\ndatatype: MAF\nstable_id: mutations\n"
        "profile_description: targeted sequencing\ndata_filename: data_mutations.txt\n"
    ),
    "data_mutations.txt": MAF,
    "meta_cna.txt": (
        "genetic_alteration_type: COPY_NUMBER_ALTERATION\ndatatype: DISCRETE\nstable_id: gistic\n"
        "data_filename: data_cna.txt\n"
    ),
    "data_cna.txt": "Hugo_Symbol\tS1\tS2\nCDKN2A\t-2\t0\nERBB2\t0\t2\n",
    "meta_sv.txt": (
        "genetic_alteration_type: STRUCTURAL_VARIANT\ndatatype: SV\n"
        "stable_id: structural_variants\ndata_filename: data_sv.txt\n"
    ),
    "data_sv.txt": "Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\nS2\tEML4\tALK\n",
    "data_gene_panel_matrix.txt": "SAMPLE_ID\tmutations\tgistic\nS1\tPANEL1\tPANEL1\nS2\tWES\tNA\n",
    "data_gene_panel_panel1.txt": "stable_id: PANEL1\ngene_list: BRAF\tHER2\n",
}


@pytest.fixture
def study(tmp_path: Path, knowledge: Knowledge):
    def read(disease: str | None = None, **changed: str) -> dict[str, Case | Unread]:
        folder = tmp_path / "study"
        folder.mkdir()
        for name, text in {**FILES, **changed}.items():
            if text:
                (folder / name).write_text(text, encoding="utf-8")
        found = read_study(folder, knowledge, disease)
        return {one.id if isinstance(one, Case) else one.text: one for one in found}

    return read


def case(found: dict[str, Case | Unread], name: str) -> Case:
    one = found[name]
    assert isinstance(one, Case)
    return one


def test_a_sample_becomes_a_case_with_all_its_findings(study):
    one = case(study(), "S1")
    assert {a.label for a in one.alterations} == {"BRAF V600E", "CDKN2A deletion"}
    assert (one.disease, one.sex) == ("MEL", "female")
    assert one.filtered == {"synonymous": 1, "copy-neutral": 1}
    assert one.rows == 4


def test_the_assay_is_the_panel_of_each_profile(study):
    found = study()
    panel = case(found, "S1").samples[0].assay
    assert panel is not None
    assert panel.small_variants == panel.copy_number == ("BRAF", "ERBB2")
    assert panel.fusions == ()
    exome = case(found, "S2").samples[0].assay
    assert exome is not None
    assert exome.small_variants == (EVERYTHING,)
    assert exome.copy_number == ()


def test_nothing_is_claimed_where_the_study_says_nothing(study):
    found = study(**{"data_gene_panel_matrix.txt": ""})
    assert case(found, "S1").samples[0].assay is None


def test_a_description_may_say_whole_exome(study):
    meta = FILES["meta_mutations.txt"].replace("targeted", "whole exome")
    found = study(**{"data_gene_panel_matrix.txt": "", "meta_mutations.txt": meta})
    assay = case(found, "S1").samples[0].assay
    assert assay is not None
    assert assay.small_variants == (EVERYTHING,)
    assert assay.paired_normal


def test_a_matched_normal_settles_the_origin(study):
    found = study()
    origins = {
        name: {a.origin for a in case(found, name).alterations if isinstance(a, SmallVariant)}
        for name in ("S1", "S2")
    }
    assert origins == {"S1": {Origin.SOMATIC}, "S2": {Origin.UNKNOWN}}


def test_plasma_is_told(study):
    assert case(study(), "S2").samples[0].material == "plasma"


def test_an_unknown_code_falls_back_on_the_name_and_says_so(study):
    one = case(study(), "S2")
    assert one.disease == "COAD"
    assert any("'XYZZY' is not a known disease" in notice for notice in one.notices)


def test_a_sample_without_disease_is_unread_unless_one_is_given(study, tmp_path, knowledge):
    found = study()
    assert isinstance(found["S3"], Unread)
    assert found["S3"].source == "data_clinical_sample.txt"
    cases = list(read_study(tmp_path / "study", knowledge, "LUAD"))
    assert [one.disease for one in cases if isinstance(one, Case)] == ["MEL", "COAD", "LUAD"]


def test_findings_without_a_clinical_row_are_told(study):
    left = study()["SX"]
    assert isinstance(left, Unread)
    assert "1 rows of a sample without a clinical row" in left.reason


def test_conventional_names_do_without_meta_files(study):
    found = study(**{name: "" for name in FILES if name.startswith("meta_")})
    assert len(case(found, "S1").alterations) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"data_mutations.txt": ""}, "data_filename 'data_mutations.txt'"),
        ({"data_clinical_sample.txt": "A\tB\n1\t2\n"}, "no column for sample"),
        ({"data_mutations.txt": "A\tB\n", "data_cna.txt": "A\tB\n"}, "data_cna.txt: line 1"),
    ],
)
def test_every_problem_of_the_folder_is_told(study, changed, said):
    with pytest.raises(Unreadable) as caught:
        study(**changed)
    assert said in str(caught.value)


def test_what_is_no_study(tmp_path, knowledge):
    with pytest.raises(Unreadable):
        list(read_study(tmp_path, knowledge))
    with pytest.raises(Unreadable):
        list(read_study(tmp_path / "none", knowledge))


def test_lower_grade_gliomas(shared_data, knowledge):
    folder = shared_data / "patients" / "cbioportal_lgg_ucsf_2014" / "lgg_ucsf_2014"
    cases = list(read_study(folder, knowledge))
    assert len(cases) == 61
    assert all(isinstance(one, Case) for one in cases)
    carriers = [c for c in cases if any(a.label == "IDH1 R132H" for a in c.alterations)]
    assert len(carriers) > 40
    assert {c.samples[0].assay.name for c in cases} == {"whole exome"}
    for one in cases:
        assert one.rows == len(one.alterations) + sum(one.filtered.values()) + len(one.unread)


def test_cbioportal_s_own_test_study(shared_data, knowledge):
    folder = shared_data / "patients" / "cbioportal_study_es_0" / "study_es_0"
    found = list(read_study(folder, knowledge, "BRCA"))
    cases = {one.id: one for one in found if isinstance(one, Case)}
    assert len(cases) == 845
    panel = cases["TCGA-A1-A0SB-01"].samples[0].assay
    assert panel is not None
    assert "ATM" in panel.small_variants
    assert panel.small_variants == panel.copy_number
