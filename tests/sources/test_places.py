"""The table of gene places agrees with itself, with the vocabulary and with gene models at hand."""

import csv

import pytest

from onkos.sources.knowledge import entries, places
from onkos.sources.knowledge.builtin import builtin

WORDS = builtin().vocabulary
LAID_OUT = [(place, assembly) for place in WORDS.places for assembly in place.coding if place.whole]


def coding_sizes(place, assembly):
    """Coding bases of each exon, in the order of transcription."""
    first, last = place.coding[assembly]
    sizes = [max(0, min(b, last) - max(a, first) + 1) for a, b in place.exons(assembly)]
    return sizes if place.strand > 0 else sizes[::-1]


def test_the_genes_that_treatment_turns_on_have_a_place_on_both_assemblies():
    both = [p for p in WORDS.places if {"GRCh37", "GRCh38"} <= p.spans.keys()]
    assert len(both) >= 520
    named = "ERBB2 EGFR MET ALK RET ROS1 BRAF NTRK1 NTRK2 NTRK3 FGFR2 FGFR3 KMT2A NRG1 CDKN2A PTEN"
    assert {p.symbol for p in both if p.whole and p.strand} >= set(named.split())


@pytest.mark.parametrize(("place", "assembly"), LAID_OUT, ids=lambda x: getattr(x, "symbol", x))
def test_a_coding_sequence_is_made_of_whole_codons(place, assembly):
    assert sum(coding_sizes(place, assembly)) % 3 == 0


def test_exons_hold_the_codons_that_the_vocabulary_gives_them():
    """Codons of each exon were taken from Ensembl apart from this table."""
    looked = wrong = 0
    for place, assembly in LAID_OUT:
        gene = WORDS.gene(place.symbol)
        if not gene.exons or gene.transcript != place.transcript.partition(".")[0]:
            continue
        at = 0
        for number, size in enumerate(coding_sizes(place, assembly), 1):
            span = gene.exons.get(str(number))
            first, last = at // 3 + 1, (at + size - 1) // 3 + 1
            at += size
            if size and span:
                looked += 1
                # The stop codon stands in the coding bases and not in the protein.
                wrong += (first, min(last, gene.length)) != (span[0], min(span[1], gene.length))
    assert looked > 1000
    assert wrong == 0


def test_places_agree_with_ensembls_own_on_grch38(shared_data):
    folder = shared_data / "knowledge" / "reference" / "hmf_tinygenome"
    with (folder / "ensembl_gene_data.csv").open() as lines:
        rows = [r for r in csv.DictReader(lines) if r["GeneName"] in WORDS.place_by_gene]
    assert len(rows) >= 10
    for row in rows:
        place = WORDS.place_by_gene[row["GeneName"]]
        start, end = place.spans["GRCh38"]
        assert place.chromosome == row["Chromosome"]
        assert place.strand == int(row["Strand"])
        # A gene holds its transcripts; their ends differ between releases.
        shared = min(end, int(row["GeneEnd"])) - max(start, int(row["GeneStart"]))
        assert shared > 0.9 * (end - start)


def test_an_entry_that_is_wrong_is_named():
    problems = entries.Problems()
    table = {
        "EGFR": {"chromosome": "7", "strand": "+", "extent": "coding", "GRCh38": [5, 999_999_999]},
        "NOGENE": {"chromosome": "7", "strand": "-", "extent": "coding", "GRCh38": [5, 9]},
        "ALK": {"chromosome": "3", "extent": "coding", "GRCh37": [9, 5]},
        "MET": {"chromosome": "7", "extent": "coding", "GRCh37": [5, 9], "bases": 3},
    }
    places.read_places({"places": [(table, "p.toml")]}, WORDS.genes, WORDS.chromosomes, problems)
    told = "\n".join(problems)
    for part in ("[EGFR]: GRCh38: 999999999 lies beyond", "'NOGENE' is not a gene",
                 "[ALK]: on chromosome 3", "[ALK]: GRCh37: 9 to 5", "['bases']"):  # fmt: skip
        assert part in told


def test_of_a_few_genes_only_a_part_has_a_place():
    by_extent = {p.symbol: p.extent for p in WORDS.places}
    assert len(by_extent) >= 570
    assert by_extent["GPRC5D"] == "seen"
    assert WORDS.place_by_gene["GPRC5D"].chromosome == "12"
    assert sum(extent == "seen" for extent in by_extent.values()) < 60
