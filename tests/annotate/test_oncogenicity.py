"""Whether a change drives cancer, by the compact table."""

import pytest

from onkos.annotate import describe
from onkos.model import (
    Case,
    Consequence,
    CopyCall,
    CopyNumber,
    Event,
    Fusion,
    GeneEvent,
    Oncogenicity,
    SmallVariant,
)
from onkos.model.protein import parse_protein


def described(alteration, knowledge):
    return describe(Case(id="a", disease="LUAD", alterations=(alteration,)), knowledge).alterations[
        0
    ]


def small(gene, protein, **more):
    change = parse_protein(protein)
    return SmallVariant(gene=gene, protein=change.text, consequence=change.consequence,
                        first=change.first, last=change.last, **more)  # fmt: skip


@pytest.mark.parametrize(
    ("gene", "protein", "drives"),
    [
        ("EGFR", "L858R", True),
        ("EGFR", "E746_A750del", True),
        ("EGFR", "T790M", True),
        ("KRAS", "G12C", True),
        ("BRAF", "V600E", True),
        ("TP53", "R273H", True),
        ("PIK3CA", "H1047R", True),
        ("BRCA2", "S1982fs", True),
        ("PTEN", "R130*", True),
        ("IDH1", "R132H", True),
        ("NPM1", "W288Cfs*12", True),
        ("EGFR", "A1000T", False),
        ("BRCA2", "N372H", False),
        ("TP53", "P72R", False),
        ("BRAF", "R719fs", False),
    ],
)
def test_known_drivers_and_others(gene, protein, drives, knowledge):
    standing = described(small(gene, protein), knowledge)
    assert standing.oncogenicity.drives is drives
    assert standing.oncogenicity_reason


@pytest.mark.parametrize(("gene", "protein"), [("BRCA2", "N372H"), ("TP53", "P72R")])
def test_polymorphisms_are_harmless(gene, protein, knowledge):
    """dbSNP: both are common in every population."""
    assert described(small(gene, protein), knowledge).oncogenicity.harmless


def test_frequency_in_a_population_makes_a_variant_harmless(knowledge):
    """AMP/ASCO/CAP 2017 (PMID 27993330): 1 % as the primary cut-off."""
    common = described(small("ATM", "A2000T", population_af=0.02), knowledge)
    rare = described(small("ATM", "A2000T", population_af=0.0002), knowledge)
    assert common.oncogenicity is Oncogenicity.LIKELY_BENIGN
    assert rare.oncogenicity is Oncogenicity.UNCERTAIN


def test_a_known_driver_stays_one_whatever_its_frequency(knowledge):
    seen = described(small("JAK2", "V617F", population_af=0.011), knowledge)
    assert seen.oncogenicity.drives


def test_a_splice_variant_truncates_a_suppressor_and_not_an_oncogene(knowledge):
    def splice(gene):
        return SmallVariant(gene=gene, coding="c.672+1G>A", consequence=Consequence.SPLICE)

    assert described(splice("TP53"), knowledge).oncogenicity.drives
    assert not described(splice("KRAS"), knowledge).oncogenicity.drives


def test_structures(knowledge):
    def standing(alteration):
        return described(alteration, knowledge).oncogenicity

    assert standing(CopyNumber(gene="CDKN2A", call=CopyCall.DELETION)).drives
    assert standing(CopyNumber(gene="ERBB2", call=CopyCall.AMPLIFICATION)).drives
    assert not standing(CopyNumber(gene="ERBB2", call=CopyCall.GAIN)).drives
    assert standing(Fusion(five="EML4", three="ALK")).drives
    assert not standing(Fusion(five="COL1A1", three="CITED4")).drives
    assert standing(GeneEvent(gene="FLT3", event=Event.ITD)).drives
    assert standing(GeneEvent(gene="MET", event=Event.SKIPPING, first_exon=14, last_exon=14)).drives


def test_a_gene_outside_the_vocabulary_is_left_open(knowledge):
    assert described(small("OR4F5", "A10T"), knowledge).oncogenicity is None


def test_a_standing_of_the_input_is_kept(knowledge):
    given = small("EGFR", "A1000T", oncogenicity=Oncogenicity.ONCOGENIC)
    assert described(given, knowledge).oncogenicity is Oncogenicity.ONCOGENIC


def test_a_common_stop_in_the_last_exon_of_brca2_is_no_loss(knowledge):
    assert described(small("BRCA2", "K3326*"), knowledge).oncogenicity.harmless
