"""The Cancer Genome Interpreter's table: each biomarker once, every row accounted for."""

import csv
import re

import pytest

from onkos.model import Claim, Effect, StudyKind, Unread
from onkos.model.criterion import atoms, genes_named
from onkos.sources.knowledge.adapters.cgi import read, words

HEADER = (
    "Alteration", "Alteration type", "Assay type", "Association", "Biomarker", "Drug",
    "Drug family", "Evidence level", "Gene", "Metastatic Tumor Type", "Primary Tumor acronym",
    "Source", "individual_mutation",
)  # fmt: skip
ROW = {
    "Alteration": "BRAF:V600E,V600K", "Alteration type": "MUT", "Association": "Responsive",
    "Biomarker": "BRAF (V600E,V600K)", "Drug": "Dabrafenib;Trametinib",
    "Drug family": "BRAF inhibitor;MEK inhibitor", "Evidence level": "FDA guidelines",
    "Gene": "BRAF", "Primary Tumor acronym": "CM", "Source": "PMID:12345678;NCT01234567",
    "individual_mutation": "BRAF:V600E",
}  # fmt: skip


@pytest.fixture
def reads(tmp_path, vocabulary):
    """What is read of rows that differ from a plain one in these cells."""

    def read_rows(*changes):
        path = tmp_path / "cgi.tsv"
        rows = [{**ROW, **change} for change in changes]
        lines = ["\t".join(row.get(name, "") for name in HEADER) for row in rows]
        path.write_text("\n".join(["\t".join(HEADER), *lines]) + "\n", encoding="utf-8")
        return list(read(path, vocabulary))

    return read_rows


def test_rows_of_one_biomarker_are_one_claim_with_all_its_variants(reads):
    (claim,) = reads({}, {"individual_mutation": "BRAF:V600K"})
    assert str(claim.when) == "BRAF V600E or BRAF V600K"
    assert claim.therapy == ("dabrafenib", "trametinib")
    assert (claim.effect, claim.source) == (Effect.BENEFIT, "CGI")
    assert [study.pmid or study.nct for study in claim.studies] == [12345678, "NCT01234567"]
    assert {study.kind for study in claim.studies} == {StudyKind.RETROSPECTIVE}
    assert {study.level for study in claim.studies} == {"FDA guidelines"}
    assert claim.approvals == claim.guidelines == ()


def test_a_claim_keeps_its_name_wherever_its_row_stands(reads):
    other = {"Alteration": "KRAS:G12C", "Biomarker": "KRAS (G12C)", "Gene": "KRAS"}
    assert reads({})[0].id == reads(other, {})[1].id


@pytest.mark.parametrize(
    ("alteration", "kind", "criterion"),
    [
        ("EZH2:Y641.,A677.", "MUT", "EZH2 Y641 or EZH2 A677"),
        ("ESR1:.537.", "MUT", "ESR1 codon 537 mutation"),
        ("PIK3CA:.", "MUT", "PIK3CA oncogenic mutation"),
        ("TP53::wildtype:.", "MUT", "TP53 wild-type"),
        ("MLL__.", "FUS", "KMT2A fusion"),
        ("ABL1__BCR", "FUS", "ABL1::BCR fusion or BCR::ABL1 fusion"),
        ("MET:amp;EGFR:.", "CNA;MUT", "MET amplification and EGFR oncogenic mutation"),
        ("MET:Y1230C;Y1235D", "MUT", "MET Y1230C and MET Y1235D"),
        ("ATM:.", "BIA", "biallelic ATM loss of function"),
    ],
)
def test_alterations_become_criteria(reads, alteration, kind, criterion):
    claim = reads({"Alteration": alteration, "Alteration type": kind})[0]
    assert str(claim.when) == criterion


@pytest.mark.parametrize(
    ("alteration", "words", "criterion"),
    [
        ("EGFR::consequence::inframe_deletion:729-761", "EGFR exon 19 deletions",
         "EGFR codons 729-761 deletion"),
        ("KIT::consequence::inframe_deletion:416-422,::inframe_insertion:416-422",
         "KIT inframe deletion (416-422),inframe insertion (416-422)",
         "KIT codons 416-422 deletion or KIT codons 416-422 insertion"),
        ("EGFR::consequence::inframe_deletion:6-273", "EGFR inframe deletion (6-273)",
         "EGFR-vIII"),
        ("KIT::consequence::inframe_deletion:577-579", "KIT inframe deletion (577-579)",
         "KIT P577_D579del"),
        ("MAP2K1::consequence::inframe_deletion:56-60", "MAP2K1 inframe deletion (56-60)",
         "MAP2K1 Q56_V60del"),
        ("ERBB2::consequence::inframe_deletion:755-759", "ERBB2 inframe deletion (755-759)",
         "ERBB2 L755_T759del"),
        ("EGFR::consequence::inframe_deletion:30-336", "EGFR inframe deletion (30-336)", ""),
    ],
)  # fmt: skip
def test_a_range_is_one_deletion_unless_it_is_told_to_be_a_region(
    reads, alteration, words, criterion
):
    """`6-273`, read as any deletion inside, was met by EGFR S50del and not by EGFRvIII."""
    (row,) = reads({"Alteration": alteration, "Biomarker": words})
    assert str(getattr(row, "when", "")) == criterion
    assert criterion or "one deletion, or any inside the range" in row.reason


def test_the_class_is_claimed_and_not_the_members_named(reads):
    (claim,) = reads(
        {"Drug": "[Nilotinib,Dasatinib]", "Drug family": "[BCR-ABL inhibitor 2nd gen]"}
    )
    assert claim.therapy == ('class "second-generation BCR::ABL1 TKI"',)
    assert "Nilotinib" in claim.note


@pytest.mark.parametrize(
    ("family", "carried"),
    [
        ("EGFR inhibitor 1st gen", "first-generation EGFR TKI"),
        ("EGFR inhibitor 2nd gen", "second-generation EGFR TKI"),
        ("BCR-ABL inhibitor 3rd gen", "third-generation BCR::ABL1 TKI"),
        ("VEGFR inhibitor", "VEGFR TKI"),
        ("PI3K pathway inhibitor", "PI3K pathway inhibitor"),  # wider than any class of ours
    ],
)
def test_families_are_carried_under_the_classes_of_the_vocabulary(reads, family, carried):
    (claim,) = reads({"Drug": "[]", "Drug family": f"[{family}]"})
    assert claim.therapy == (f'class "{carried}"',)


def test_each_family_of_the_map_is_a_class_of_a_drug(vocabulary):
    classes = {name for drug in vocabulary.drugs for name in drug.drug_class}
    known = {name for name in words().classes.values() if name != "Pan-RAF inhibitor"}
    assert not known - classes - {"endocrine therapy"}


def test_toxicity_is_harm_by_an_inherited_change(reads):
    (claim,) = reads(
        {"Alteration": "DPYD:D949V", "Association": "Increased Toxicity (Myelosupression)",
         "Drug": "Capecitabine", "Drug family": "Fluoropyrimidine"}
    )  # fmt: skip
    assert (claim.effect, str(claim.when)) == (Effect.HARM, "germline DPYD D949V")
    assert "myelosupression" in claim.note


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"Alteration": "CYP17A1:norm", "Alteration type": "EXPR"}, "expression that is normal"),
        ({"Drug": "[]", "Drug family": "[MEK inhibitor (alone or in combination)]"}, "alone or"),
        ({"Primary Tumor acronym": "LAM"}, "no node of the tree"),
        ({"Primary Tumor acronym": "??"}, "no acronym"),
        ({"Association": "Perhaps"}, "no association"),
        ({"Evidence level": "hearsay"}, "no level"),
        ({"Metastatic Tumor Type": "BLCA"}, "none of the primary tumours"),
        ({"Alteration": "ERBB2::consequence::inframe_insertion:.780GSP"}, "no place"),
    ],
)
def test_what_cannot_be_said_is_told_for_each_row(reads, change, why):
    rows = reads({**change}, {**change, "individual_mutation": "BRAF:V600K"})
    assert [type(row) for row in rows] == [Unread, Unread]
    assert [row.line for row in rows] == [2, 3]
    assert all(why in row.reason and row.text.startswith("cgi:") for row in rows)


def test_an_alternative_that_cannot_be_said_narrows_the_claim_and_is_told(reads):
    alteration = "EGFR::consequence::inframe_deletion:L747.,::inframe_insertion:P753PS"
    claim, left = reads({"Alteration": alteration, "Biomarker": "EGFR inframe deletion (L747)"})
    assert str(claim.when) == "EGFR codon 747 deletion"
    assert left.reason.startswith("in part: ::inframe_insertion:P753PS")


@pytest.fixture(scope="module")
def real(shared_data, vocabulary):
    path = shared_data / "knowledge" / "cgi" / "cgi_biomarkers_per_variant.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return rows, list(read(path, vocabulary))


def test_of_the_real_table_no_row_is_lost(real):
    rows, said = real
    assert len(rows) == 1442
    claims = [one for one in said if isinstance(one, Claim)]
    whole = {u.line for u in said if isinstance(u, Unread) and not u.reason.startswith("in part")}
    words = {claim.note.partition("profile: ")[2].partition("; disease")[0] for claim in claims}
    for line, row in enumerate(rows, 2):
        assert (line in whole) or row["Biomarker"] in words
    assert len(whole) / len(rows) < 0.06
    assert len({claim.id for claim in claims}) == len(claims)


def test_no_criterion_of_the_real_table_names_what_its_row_does_not(real, vocabulary):
    """Each gene and number of a criterion stands in the biomarker's words or its own row."""
    rows, said = real
    own = dict.fromkeys((row["Biomarker"] for row in rows), "")
    for row in rows:
        own[row["Biomarker"]] += f" {row['Alteration']} {row['Biomarker']}"
    former = {g.symbol: g.former for g in vocabulary.genes}
    for claim in (one for one in said if isinstance(one, Claim)):
        words = own[claim.note.partition("profile: ")[2].partition("; disease")[0]]
        for leaf in atoms(claim.when):
            for gene in genes_named(leaf):
                assert any(name in words for name in (gene, *former.get(gene, ())))
            change = getattr(leaf, "change", "")
            assert change in words or all(n in words for n in re.findall(r"\d+", change))
            for first, last in getattr(leaf, "codons", ()):
                assert str(first) in words
                assert str(last) in words
