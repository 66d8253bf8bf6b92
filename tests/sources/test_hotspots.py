"""A residue counts as a hotspot where the vocabulary's own criteria name it."""

from __future__ import annotations

import pytest
from small_vocabulary import SMALL, gene

from onkos.model import Vocabulary
from onkos.model.criterion import Mutation, Or
from onkos.model.protein import parse_protein
from onkos.sources.patient.hotspots import hotspots, promoter_genes, skipping_genes


def hot(symbol: str, change: str, *criteria: object, standing: str = "oncogenic") -> bool:
    words = Vocabulary(genes=(gene(symbol, *criteria, standing=standing),))  # type: ignore[arg-type]
    return hotspots(words)(symbol, parse_protein(change))


@pytest.mark.parametrize(
    ("written", "change", "expected"),
    [
        ("V600E/K", "V600E", True),
        ("V600E/K", "V600K", True),
        ("V600E/K", "V600R", False),
        ("V600", "V600R", True),
        ("V600", "V600fs", False),
        ("V600", "V600*", False),
        ("V600", "V600=", False),
        ("V600", "V601E", False),
        ("E746_A750del", "E746_A750del", True),
        ("W288fs", "W288Cfs*12", True),
        ("W288fs", "W289fs", False),
    ],
)
def test_a_change_is_hot_where_it_is_the_written_one(
    written: str, change: str, expected: bool
) -> None:
    assert hot("GENE", change, Mutation(genes=("GENE",), change=written)) is expected


def test_codons_are_hot_up_to_five_in_a_row() -> None:
    near = Mutation(genes=("GENE",), codons=((12, 13),))
    assert hot("GENE", "G13D", near)
    assert not hot("GENE", "G13=", near)
    assert not hot("GENE", "G14D", near)
    assert hot("GENE", "G13D", Mutation(genes=("GENE",), codons=((11, 15),)))
    assert not hot("GENE", "G13D", Mutation(genes=("GENE",), codons=((10, 15),)))


def test_the_class_and_the_exceptions_of_a_criterion_count() -> None:
    missense = Mutation(genes=("GENE",), codons=((12, 13),), what="missense", excepted=("G12A",))
    assert hot("GENE", "G12D", missense)
    assert not hot("GENE", "G12fs", missense)
    assert not hot("GENE", "G12A", missense)


def test_only_what_drives_cancer_is_hot() -> None:
    change = Mutation(genes=("GENE",), change="V600E")
    assert hot("GENE", "V600E", change, standing="resistance")
    assert not hot("GENE", "V600E", change, standing="benign")
    assert not hot("GENE", "V600E", change, standing="uncertain significance")


def test_whole_genes_and_exons_are_no_hotspots() -> None:
    assert not hot("GENE", "V600E", Mutation(genes=("GENE",)))
    assert not hot("GENE", "V600E", Mutation(genes=("GENE",), exons=(15, 15)))


def test_alternatives_count_and_other_genes_do_not() -> None:
    either = Or(
        of=(Mutation(genes=("GENE",), change="A1B"), Mutation(genes=("GENE",), change="V600E"))
    )
    assert hot("GENE", "V600E", either)
    assert not hot("GENE", "V600E", Mutation(genes=("OTHER",), change="V600E"))


def test_promoters_and_skipped_exons_come_from_the_vocabulary() -> None:
    assert promoter_genes(SMALL) == {"TERT"}
    assert skipping_genes(SMALL) == {"MET"}


def test_the_built_in_vocabulary_names_what_the_intake_relies_on(vocabulary: Vocabulary) -> None:
    assert "TERT" in promoter_genes(vocabulary)
    assert "MET" in skipping_genes(vocabulary)
    is_hot = hotspots(vocabulary)
    for symbol, change in [("BRAF", "V600E"), ("KRAS", "G12C"), ("NPM1", "W288Cfs*12")]:
        assert is_hot(symbol, parse_protein(change))
    assert not is_hot("BRAF", parse_protein("V601E"))
