"""The built-in table of known changes: what it holds, and that it is right where that shows."""

import re

import pytest

from onkos.annotate.chosen import Chooser
from onkos.annotate.consequence import Annotator
from onkos.annotate.layout import CODONS
from onkos.model import Consequence
from onkos.model.reference import reverse_complement
from onkos.sources.knowledge.entries import Problems
from onkos.sources.knowledge.known_changes import read_known_changes

SUBSTITUTION = re.compile(r"^([A-Z])(\d+)([A-Z*])$")


@pytest.fixture(scope="module")
def table(knowledge):
    return knowledge.built_in_changes


def test_it_is_large_and_every_row_has_both_places_and_a_source(table):
    assert len(table) > 3000
    assert all(one.grch37 and one.grch38 and one.source and one.transcript for one in table)
    assert all(one.protein or one.consequence is Consequence.PROMOTER for one in table)


def test_no_place_and_bases_stand_twice(table, knowledge):
    places = {(c.chromosome, c.grch38, c.reference, c.alternate) for c in table}
    assert len(places) == len(table)


def test_genes_lie_on_their_chromosomes_and_within_them(table, vocabulary):
    for one in table:
        gene = vocabulary.gene(one.gene)
        assert gene.chromosome in {"", one.chromosome}
        for assembly in ("GRCh37", "GRCh38"):
            length = vocabulary.chromosome[assembly, one.chromosome].length
            assert one.place(assembly) <= length


def test_coding_base_residue_and_letters_of_single_substitutions_agree(table):
    """c.2573 lies in codon 858, and some codon of the old residue makes the new one so."""
    judged = 0
    for one in table:
        coding = re.match(r"^c\.(\d+)([ACGT])>([ACGT])$", one.coding)
        protein = SUBSTITUTION.match(one.protein)
        if not coding or not protein:
            continue
        at = int(coding[1]) - 1
        assert at // 3 + 1 == int(protein[2]), one
        made = {
            CODONS[codon[: at % 3] + coding[3] + codon[at % 3 + 1 :]]
            for codon, residue in CODONS.items()
            if residue == protein[1] and codon[at % 3] == coding[2]
        }
        assert protein[3] in made, one
        forward = (one.reference, one.alternate)
        backward = tuple(map(reverse_complement, forward))
        assert (coding[2], coding[3]) in {forward, backward}, one
        judged += 1
    assert judged > 2500


def test_the_traps_of_the_sources_did_not_enter(table):
    have = {(one.gene, one.protein) for one in table}
    for one in table:  # CIViC calls the stop at S68 one at S65
        if one.gene == "VHL" and one.protein == "S65*":
            assert one.coding.startswith("c.194")
    assert ("TERT", "C228T") not in have
    assert ("BRCA1", "W1815X") not in have
    assert not any(gene == "H3-3A" and "27M" in protein for gene, protein in have)
    assert not any(protein.endswith("X") for _, protein in have)


def test_residues_are_those_of_the_reference_proteins(table, vocabulary, shared_data):
    path = shared_data / "knowledge" / "reference" / "oncokb_gene_protein_sequences_2020-11.tsv"
    known = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) > 4:
            sequence = cells[4].rstrip("*")
            known.setdefault(
                (vocabulary.symbol_by_name.get(cells[1], cells[1]), len(sequence)), set()
            ).add(sequence)
    judged = 0
    for one in table:
        protein = SUBSTITUTION.match(one.protein)
        sequences = known.get((one.gene, vocabulary.gene(one.gene).length))
        if not protein or not sequences:
            continue
        residue = int(protein[2])
        assert any((s + "*")[residue - 1] == protein[1] for s in sequences), one
        judged += 1
    assert judged > 2500


def test_where_a_genome_is_at_hand_it_describes_each_change_the_same(table, tiny, vocabulary):
    annotator, chooser = Annotator(tiny), Chooser(vocabulary)
    judged = 0
    for one in table:
        there = tiny.sequence(one.chromosome, one.grch38, one.grch38)
        if not there.strip("N"):
            continue
        place = one.chromosome, one.grch38, one.reference, one.alternate
        effects = [e for e in annotator.effects(*place) if chooser.symbol(e) == one.gene]
        effect = chooser.choose(effects)
        if effect is None:
            continue
        assert not annotator.mismatch(one.chromosome, one.grch38, one.reference), one
        assert (effect.protein, effect.coding) == (one.protein, one.coding), one
        judged += 1
    assert judged > 400


def test_both_places_are_one_by_the_chain(table, tiny):
    for one in table[::7]:
        there = tiny.lift("GRCh37", one.chromosome, one.grch37 - (not one.reference))
        assert there is not None
        assert (there.position + (not one.reference), there.strand) == (one.grch38, 1), one


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("L858R c.2573T>G 1 2 T G 0", "7 columns"),
        ("L9858R c.2573T>G 1 2 T G 0 x", "beyond its 1210"),
        ("nonsense c.2573T>G 1 2 T G 0 x", "not a protein change"),
        ("L858R c.2573T>G 1 2 T T 0 x", "nothing changes"),
    ],
)
def test_a_wrong_row_is_named(vocabulary, row, says):
    problems = Problems()
    rows = {"EGFR": {"chromosome": "7", "transcript": "t", "changes": row}}
    entries = {"known_changes": [(rows, "known_changes.toml")]}
    read_known_changes(entries, vocabulary.genes, problems)
    assert says in problems[0]
    assert "EGFR" in problems[0]


def test_a_gene_without_knowledge_is_named(vocabulary):
    problems = Problems()
    entries = {"known_changes": [({"NONE1": {}}, "known_changes.toml")]}
    assert read_known_changes(entries, vocabulary.genes, problems) == ()
    assert "NONE1" in problems[0]
