"""Hotspots and roles of genes from files that the user adds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.cli.proteins import read_proteins
from onkos.errors import KnowledgeError, OnkosError, Unreadable
from onkos.model import FunctionalStudy, Hotspot, Unread, Vocabulary
from onkos.sources.knowledge.added import with_hotspots, with_roles, with_studies
from onkos.sources.knowledge.hotspot_files import read_hotspots
from onkos.sources.knowledge.role_files import read_roles

HEADER = "Hugo_Symbol\tResidue\tClass\tVariant_Amino_Acid\tTumor_Count"
ROWS = (
    "BRAF\tV600\t\tE:833|K:24|V:4|*:1\t862",
    "EGFR\t745-759\t\tE746_A750del:40|L747_P753delinsS:9\t49",
    "TP53\tX187\t\tsp:100\t100",
    "MLL2\tR5048\t\tC:4|H:3\t7",
)


def write(folder, *lines):
    path = folder / "hotspots.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_hotspots_of_a_file(tmp_path, vocabulary):
    found = list(read_hotspots(write(tmp_path, HEADER, *ROWS), vocabulary))
    assert found == [
        Hotspot(gene="BRAF", first=600, last=600, reference="V",
                changes={"E": 833, "K": 24, "V": 4, "*": 1}),
        Hotspot(gene="EGFR", first=745, last=759,
                changes={"E746_A750del": 40, "L747_P753delinsS": 9}),
        Hotspot(gene="TP53", first=187, last=187, changes={"sp": 100}),
        Hotspot(gene="KMT2D", first=5048, last=5048, reference="R", changes={"C": 4, "H": 3}),
    ]  # fmt: skip
    assert (found[0].missense, found[0].total) == (857, 862)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("BRAF\tV600\t\tE:833\t834", "834 tumours, but 833 in the single changes"),
        ("BRAF\tV600\t\tE\t1", "not changes with their tumours"),
        ("BRAF\tV600\t\tE:1|E:2\t3", "not changes with their tumours"),
        ("BRAF\tVal\t\tE:3\t3", "not a residue"),
        ("BRAF\t9-3\t\tE:3\t3", "BRAF: residues 9-3"),
        ("\tV600\t\tE:3\t3", "names no gene"),
        ("BRAF\tV600\t\tE:3\t-3", "not a count"),
        ("BRAF\tV600\tHotspot-linked\tE:3\t3", "a cluster in three dimensions"),
        ("BRAF\tV600\t\tE:0\t0", "BRAF: tumours below 1"),
        ("BRAF\tV600", "the row has 2 cells"),
    ],
)
def test_a_row_that_is_wrong_is_named(tmp_path, vocabulary, row, reason):
    (found,) = read_hotspots(write(tmp_path, HEADER, row), vocabulary)
    assert isinstance(found, Unread)
    assert found.line == 2
    assert found.reason.startswith(reason)


def test_another_kind_of_file_is_refused(tmp_path, knowledge):
    with pytest.raises(Unreadable, match="hotspots"):
        with_hotspots(knowledge, write(tmp_path, "a\tb", "1\t2"))
    with pytest.raises(KnowledgeError, match="holds no hotspot"):
        with_hotspots(knowledge, write(tmp_path, HEADER))


def test_what_is_added_is_pinned_and_what_was_not_read_is_kept(tmp_path, knowledge):
    more = with_hotspots(knowledge, write(tmp_path, HEADER, *ROWS, "BRAF\tx\t\tE:1\t1"))
    assert len(more.vocabulary.oncogenicity.hotspots) == 4
    assert more.vocabulary.oncogenicity.whole_list == "hotspots.txt"
    assert [pin.version for pin in more.pins[-1:]] == ["hotspots.txt"]
    assert len(more.pins[-1].sha256) == 64
    assert more.unread[-1].text == "x"
    assert knowledge.vocabulary.oncogenicity.whole_list == ""


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        (("SYMBOL\tROLE", "TP53\tLoF", "KRAS\tAct", "ABI1\tambiguous", "MLL2\tLoF"),
         {"TP53": "tumour suppressor", "KRAS": "oncogene", "KMT2D": "tumour suppressor"}),
        (("gene_normalized\trole\tcitation_count", "TP53\tTumor_Suppressor\t3",
          "TP53\tTumor_Suppressor\t2", "TP53\tOncogene\t4", "X1\tOncogene\t9",
          "X1\tTumor_Suppressor\t9", "X2\tDriver\t90", "X3\tOncogene\t80",
          "X3\tTumor_Suppressor\t20"),
         {"TP53": "tumour suppressor", "X1": "both", "X3": "oncogene"}),
        (("gene\trole", "NEW1\ttumour suppressor"), {"NEW1": "tumour suppressor"}),
    ],
)  # fmt: skip
def test_roles_of_a_file(tmp_path, vocabulary, lines, roles):
    assert read_roles(write(tmp_path, *lines), vocabulary) == (roles, [])


def test_a_role_that_is_none_is_named(tmp_path, knowledge):
    roles, unread = read_roles(write(tmp_path, "gene\trole", "A1\tboss"), knowledge.vocabulary)
    assert (roles, unread[0].reason, unread[0].line) == ({}, "not a known role", 2)
    with pytest.raises(KnowledgeError, match="gives no gene a role"):
        with_roles(knowledge, write(tmp_path, "gene\trole", "A1\tboss"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cells=st.lists(st.text(max_size=12), min_size=5, max_size=5))
def test_each_row_is_a_hotspot_or_unread_whatever_it_holds(tmp_path, cells):
    row = "\t".join(cell.replace("\t", " ") for cell in cells)
    path = tmp_path / "any.txt"
    path.write_bytes(f"{HEADER}\n{row}\n".encode(errors="surrogatepass"))
    try:
        found = list(read_hotspots(path, Vocabulary()))
    except OnkosError:
        return
    assert all(isinstance(one, (Hotspot, Unread)) for one in found)


@pytest.mark.parametrize(
    ("name", "hotspots"), [("v2_multi_type_residue.txt", 1165), ("v3_multi_type_residue.txt", 1329)]
)
def test_the_files_of_cancerhotspots_are_read_whole(shared_data, knowledge, name, hotspots):
    more = with_hotspots(knowledge, shared_data / "knowledge" / "cancerhotspots" / name)
    assert len(more.vocabulary.oncogenicity.hotspots) == hotspots
    assert more.unread == knowledge.unread


def test_the_compact_table_agrees_with_the_file_that_it_is_from(shared_data, knowledge):
    path = shared_data / "knowledge" / "cancerhotspots" / "v2_multi_type_residue.txt"
    whole = with_hotspots(knowledge, path).vocabulary.oncogenicity.hotspots_of
    for spot in knowledge.vocabulary.oncogenicity.hotspots:
        assert spot in whole[spot.gene]
    built_in = knowledge.vocabulary.oncogenicity.hotspots_of
    genes = knowledge.vocabulary.gene_by_symbol
    for gene, spots in whole.items():
        for spot in spots:
            if gene in genes and spot.reference and spot.total >= 50:
                assert spot in built_in[gene], (gene, spot.first)


def test_roles_of_intogen_and_cancermine(shared_data, knowledge):
    intogen = shared_data / "knowledge" / "intogen" / "Compendium_Cancer_Genes_20200202.tsv"
    roles = with_roles(knowledge, intogen).vocabulary.oncogenicity.roles
    assert (roles["TP53"], roles["KRAS"], len(roles)) == ("tumour suppressor", "oncogene", 454)
    mined = shared_data / "knowledge" / "cancermine" / "cancermine_collated.v47.tsv.gz"
    roles = with_roles(knowledge, mined).vocabulary.oncogenicity.roles
    assert (roles["RB1"], roles["EGFR"]) == ("tumour suppressor", "oncogene")


def test_residues_of_the_compact_table_are_those_of_the_proteins(shared_data, knowledge):
    path = shared_data / "knowledge" / "reference" / "oncokb_gene_protein_sequences_2020-11.tsv"
    proteins = read_proteins(path)
    checked = 0
    for spot in knowledge.vocabulary.oncogenicity.hotspots:
        letters = {p[spot.first - 1 : spot.first] for p in proteins.get(spot.gene, ())}
        checked += bool(letters)
        assert not letters or spot.reference in letters, (spot.gene, spot.first)
    assert checked > 90


def test_functional_studies_of_a_table(tmp_path, knowledge):
    lines = ("gene\tchange\teffect\tsource", "PTEN\tp.His123Arg\tdamaging\town assay",
             "MLL2\tR10C\tneutral\tlaboratory", "PTEN\tH123R\tperhaps\tx", "PTEN\tH123\tneutral\tx",
             "PTEN\tH93R\tneutral\t")  # fmt: skip
    more = with_studies(knowledge, write(tmp_path, *lines))
    assert more.vocabulary.oncogenicity.studies == (
        FunctionalStudy(gene="PTEN", change="H123R", damaging=True, source="own assay"),
        FunctionalStudy(gene="KMT2D", change="R10C", damaging=False, source="laboratory"),
    )
    reasons = ["not a known effect", "not a protein change", "names no source"]
    assert [row.reason for row in more.unread[-3:]] == reasons
    with pytest.raises(KnowledgeError, match="holds no functional study"):
        with_studies(knowledge, write(tmp_path, lines[0]))
