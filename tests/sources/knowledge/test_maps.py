"""Other systems' diseases and drugs on our tree and in our names."""

import csv

import pytest

from onkos.criteria import parse
from onkos.sources.knowledge.maps import disease_map, drug_map


@pytest.fixture(scope="module")
def diseases(vocabulary):
    return disease_map(vocabulary)


@pytest.fixture(scope="module")
def drugs(vocabulary):
    return drug_map(vocabulary)


def test_every_code_is_on_the_tree_and_every_criterion_parses(diseases, vocabulary):
    tree = vocabulary.tree
    for term in diseases.terms:
        assert all(code in tree.by_code or code in tree.groups for code in term.oncotree), term
        for code in term.excepted:
            assert str(tree.covers(term.oncotree, code)) == "met", term
        if term.when:
            parse(term.when, vocabulary)


def test_no_term_stands_twice(diseases):
    doids = [term.doid for term in diseases.terms if term.doid]
    assert len(doids) == len(set(doids))
    assert all(doid.isdigit() for doid in doids)


@pytest.mark.parametrize(
    ("name", "doid", "codes", "relation", "when"),
    [
        ("Cancer", "162", ("SOLID", "BLOOD"), "exact", ""),
        ("All Tumors", "", ("SOLID", "BLOOD"), "exact", ""),  # OncoKB's words for all
        ("All Solid Tumors", "", ("SOLID",), "exact", ""),
        ("All Liquid Tumors", "", ("BLOOD",), "exact", ""),
        ("Pseudomyxoma Peritonei", "3559", ("LAMN", "MAAP"), "broader", ""),
        ("", "DOID:3908", ("NSCLC",), "exact", ""),
        ("Solid Tumor", "", ("SOLID",), "exact", ""),
        ("Acute Lymphoblastic Leukemia", "9952", ("BLL", "TLL"), "exact", ""),
        ("Childhood Acute Lymphocytic Leukemia", "0080144", ("BLL", "TLL"), "exact", "age < 18"),
        ("Stomach Cancer", "10534", ("STAD",), "narrower", ""),
        ("Glioblastoma Multiforme", "3068", ("GB",), "narrower", ""),
        ("Merkel cell carcinoma", "", ("MCC",), "exact", ""),
    ],
)
def test_a_disease_and_its_relation(diseases, name, doid, codes, relation, when):
    term = diseases.find(name, doid)
    assert (term.oncotree, term.relation, term.when) == (codes, relation, when)


def test_melanoma_is_not_uveal(diseases, vocabulary):
    term = diseases.find("Melanoma", "1909")
    assert str(vocabulary.tree.covers(term.oncotree, "UM")) == "unmet"


def test_a_benign_tumour_is_not_the_cancer_of_its_branch(diseases, vocabulary):
    term = diseases.find("Ovarian Cancer", "2394")
    judge = vocabulary.tree.judge
    assert str(judge("SBOV", term.oncotree, term.excepted)[0]) == "unmet"
    assert str(judge("OVT", term.oncotree, term.excepted)[0]) == "met"


@pytest.mark.parametrize(
    ("name", "codes", "outside"),
    [
        ("Male Germ Cell Tumor", ("SEM", "NSGCT"), "OGCT"),
        ("Female Germ Cell Tumor", ("OGCT",), "SEM"),
        ("Anaplastic Oligodendroglioma", ("ODG3",), "ODG2"),
        ("Astrocytoma", ("ASTR",), "GB"),
        ("Urinary Tract Carcinoma", ("BLCA", "UTUC", "UCU"), "UPA"),
    ],
)
def test_terms_of_cgi_leave_out_what_they_do_not_mean(diseases, vocabulary, name, codes, outside):
    term = diseases.find(name)
    assert (term.oncotree, term.relation) == (codes, "narrower")
    assert str(vocabulary.tree.judge(outside, term.oncotree, term.excepted)[0]) == "unmet"


def test_a_cancer_of_the_tube_is_not_one_of_the_ovary(diseases, vocabulary):
    """Both stand under one organ of the tree, and are two terms of the ontology."""
    term = diseases.find("Ovarian Cancer", "2394")
    assert str(vocabulary.tree.judge("HGSFT", term.oncotree, term.excepted)[0]) == "unmet"


@pytest.mark.parametrize("doid", ["14175", "0070626"])
def test_a_syndrome_and_a_nameless_term_have_no_codes(diseases, doid):
    assert not diseases.find(doid=doid).safe


def test_an_unknown_disease_is_none(diseases):
    assert diseases.find("Blue fever", "1") is None
    assert diseases.find() is None


def test_every_disease_of_both_files_is_in_the_map(diseases, shared_data):
    folder = shared_data / "knowledge" / "civic"
    for name in (
        "civic_accepted_evidence_2026-05.tsv",
        "2021-08-01/01-Aug-2021-ClinicalEvidenceSummaries.tsv",
    ):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            terms = {(row["disease"], row["doid"]) for row in rows if row["disease"]}
        assert [term for term in terms if diseases.find(*term) is None] == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Imatinib Mesylate", ("imatinib",)),
        ("Regorafenib Anhydrous", ("regorafenib",)),
        ("Retaspimycin Hydrochloride", ("retaspimycin",)),
        ("MEK Inhibitor PD0325901", ("mirdametinib",)),
        ("MTOR Kinase Inhibitor PP242", ("pp242",)),
        ("ALK Inhibitor TAE684", ("tae684",)),
        ("TAE684", ("tae684",)),
        ("JQ-1", ("jq1",)),
        ("FOLFOX Regimen", ("fluorouracil", "oxaliplatin")),
        ("FOLFOX-4 Regimen", ("fluorouracil", "oxaliplatin")),
        ("Dabrafenib/Trametinib Regimen", ("dabrafenib", "trametinib")),
        ("Epidermal Growth Factor Receptor Tyrosine Kinase Inhibitor", ('class "EGFR TKI"',)),
        ("PD173074", ("pd173074",)),
    ],
)
def test_what_a_name_of_a_drug_means(drugs, name, meant):
    assert sorted(drugs.read(name).drugs) == sorted(meant)


@pytest.mark.parametrize("name", ["Not Applicable", "Cytoreductive Surgery", "New Inhibitor"])
def test_what_is_no_drug_is_refused(drugs, name):
    assert drugs.read(name).refused
    assert not drugs.read(name).drugs


def test_a_comma_in_a_name_parts_nothing(drugs):
    assert drugs.split("Erlotinib,HER2 Inhibitor CP-724,714, Gefitinib") == (
        "Erlotinib",
        "HER2 Inhibitor CP-724,714",
        "Gefitinib",
    )
