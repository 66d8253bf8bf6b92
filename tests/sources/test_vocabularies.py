"""Vocabularies: names that must resolve, names that must not, agreement with OncoTree."""

import json

import pytest

from onkos.errors import VocabularyError
from onkos.model import Answer
from onkos.sources.knowledge import lint


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("NSCLC", "NSCLC"),
        ("Non-Small Cell Lung Cancer", "NSCLC"),
        ("lung adenocarcinoma", "LUAD"),
        ("breast cancer", "BRCA"),
        ("AML", "AML"),
        ("acute myeloid leukaemia", "AML"),
        ("acute myeloid leukemia", "AML"),
        ("colon cancer", "COAD"),
        ("CRC", "COADREAD"),
        ("prostate cancer", "PRAD"),
        ("GIST", "GIST"),
        ("anaplastic thyroid cancer", "THAP"),
        ("hairy cell leukaemia", "HCL"),
        ("LAML", "AML"),
        ("KIRC", "CCRCC"),
        ("SKCM", "SKCM"),
    ],
)
def test_names_of_diseases(name, code, vocabulary):
    assert vocabulary.tree.resolve(name) == code


def test_a_misspelled_disease_is_an_error_with_the_nearest_names(vocabulary):
    with pytest.raises(VocabularyError) as caught:
        vocabulary.tree.resolve("lung adenocarcinom")
    assert any("adenocarcinoma" in name.casefold() for name in caught.value.nearest)
    assert vocabulary.tree.clear_nearest("lung adenocarcinom") == "LUAD"
    assert vocabulary.tree.clear_nearest("zzz") is None


def test_a_name_with_two_meanings_is_refused(vocabulary):
    with pytest.raises(VocabularyError):
        vocabulary.tree.resolve("TNBC")


@pytest.mark.parametrize("regulatory_size", [250])
def test_at_least_250_tumour_types_have_names_of_their_own(regulatory_size, vocabulary):
    assert sum(bool(d.synonyms) for d in vocabulary.diseases) >= regulatory_size


def test_codes_and_ancestry_agree_with_oncotree(vocabulary, shared_data):
    file = shared_data / "knowledge" / "oncotree" / "oncotree_2025_10_03.json"
    tree = json.loads(file.read_text(encoding="utf-8"))["TISSUE"]
    theirs = {}

    def walk(node, parent):
        theirs[node["code"]] = (node["name"], parent)
        for child in (node.get("children") or {}).values():
            walk(child, node["code"])

    walk(tree, "")
    ours = {d.code: (d.name, d.parent) for d in vocabulary.diseases}
    assert ours == theirs


@pytest.mark.parametrize(
    ("patient", "claim", "answer"),
    [
        ("LUAD", "NSCLC", Answer.MET),
        ("NSCLC", "LUAD", Answer.UNKNOWN),
        ("LUNG", "NSCLC", Answer.UNKNOWN),
        ("SCLC", "NSCLC", Answer.UNMET),
        ("COAD", "SOLID", Answer.MET),
        ("AML", "SOLID", Answer.UNMET),
        ("TISSUE", "SOLID", Answer.UNKNOWN),
        ("BREAST", "BRCA", Answer.UNKNOWN),
    ],
)
def test_evidence_flows_down_the_tree(patient, claim, answer, vocabulary):
    assert vocabulary.tree.judge(patient, (claim,))[0] is answer


def test_an_exception_is_out_and_a_coarser_diagnosis_may_be_it(vocabulary):
    judge = vocabulary.tree.judge
    assert judge("COAD", ("SOLID",), ("COADREAD",))[0] is Answer.UNMET
    assert judge("BOWEL", ("SOLID",), ("COADREAD",))[0] is Answer.UNKNOWN
    assert judge("MEL", ("SOLID",), ("COADREAD",))[0] is Answer.MET


def test_what_a_disease_turns_into_is_not_a_finer_name_for_it(vocabulary):
    judge = vocabulary.tree.judge
    assert judge("PV", ("PVMF",))[0] is Answer.UNMET
    assert judge("MPN", ("PVMF",))[0] is Answer.UNKNOWN
    assert judge("PVMF", ("PVMF",))[0] is Answer.MET


@pytest.mark.parametrize(
    ("name", "inn"),
    [
        ("Tagrisso", "osimertinib"),
        ("AZD-9291", "osimertinib"),
        ("azd 9291", "osimertinib"),
        ("T-DXd", "trastuzumab deruxtecan"),
        ("Glivec", "imatinib"),
        ("177Lu-PSMA-617", "lutetium (177Lu) vipivotide tetraxetan"),
    ],
)
def test_names_of_drugs(name, inn, vocabulary):
    assert vocabulary.drug(name).name == inn


def test_regimens_by_name(vocabulary):
    assert set(vocabulary.therapy("cetuximab + FOLFIRI")) == {
        "cetuximab", "fluorouracil", "irinotecan"
    }  # fmt: skip
    assert len(vocabulary.therapy("7+3")) == 2


@pytest.mark.parametrize(
    ("name", "symbol"), [("HER2", "ERBB2"), ("MLL", "KMT2A"), ("WHSC1", "NSD2"), ("EGFR", "EGFR")]
)
def test_names_of_genes(name, symbol, vocabulary):
    assert vocabulary.symbol_by_name[name] == symbol


@pytest.mark.parametrize(
    ("gene", "exon", "codons"),
    [
        ("EGFR", "19", (729, 761)),
        ("EGFR", "20", (762, 823)),
        ("MET", "14", (963, 1010)),
        ("KIT", "11", (550, 592)),
        ("BRAF", "15", (581, 620)),
        ("KRAS", "2", (1, 37)),
        ("PDGFRA", "18", (814, 854)),
    ],
)
def test_codons_of_exons(gene, exon, codons, vocabulary):
    """Ensembl and RefSeq exon tables of the named transcripts."""
    assert vocabulary.gene(gene).exons[exon] == codons


def test_the_built_in_knowledge_is_clean(knowledge):
    assert lint(knowledge) == []
    assert len(knowledge.claims) >= 120


# Numberings that differ from the reference protein on purpose; the gene's note says which.
OTHER_NUMBERING = {"H3-3A", "H3-3B", "H3C2", "H3C3", "CD79B", "MYD88", "RAC1", "FGFR1", "FGFR2"}


def test_every_residue_agrees_with_the_reference_protein(knowledge, shared_data):
    table = shared_data / "knowledge" / "reference" / "oncokb_gene_protein_sequences_2020-11.tsv"
    proteins = {}
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) > 4:
            proteins.setdefault(fields[1], []).append(fields[4])
    wrong = [p for p in lint(knowledge, proteins) if p.split(":")[0] not in OTHER_NUMBERING]
    assert wrong == []


def test_both_assemblies_have_their_chromosomes(vocabulary):
    names = {*(str(number) for number in range(1, 23)), "X", "Y"}
    for assembly, autosomes in (("GRCh37", 2_881_033_286), ("GRCh38", 2_875_001_522)):
        own = {name: c for (where, name), c in vocabulary.chromosome.items() if where == assembly}
        assert own.keys() == names
        assert sum(c.length for name, c in own.items() if name.isdigit()) == autosomes
