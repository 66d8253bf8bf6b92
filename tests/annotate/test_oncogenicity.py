"""Whether a change drives cancer, by the compact table."""

import msgspec
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
    Hotspot,
    Oncogenicity,
    Origin,
    Prediction,
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


def test_points_and_criteria_stand_beside_what_is_known(knowledge):
    seen = described(small("BRAF", "V600E", population_af=0.0), knowledge)
    assert seen.oncogenicity is Oncogenicity.ONCOGENIC
    assert seen.oncogenicity_reason.startswith("known change")
    assert seen.oncogenicity_points == 5
    assert seen.oncogenicity_criteria[0].startswith("OS3: 893 tumours")
    assert any(text.startswith("OS2, SBS2: ") for text in seen.oncogenicity_open)


def predicted(says, *tools):
    return tuple(Prediction(tool=tool, kind="protein", says=says) for tool in tools)


def test_points_decide_where_the_table_is_silent(knowledge):
    """A hotspot that the table lacks, from a file that was added: 4 + 1 + 1."""
    spot = Hotspot(gene="MAP2K2", first=300, last=300, reference="V", changes={"E": 60})
    words = knowledge.vocabulary
    facts = msgspec.structs.replace(words.oncogenicity, hotspots=(spot,))
    more = msgspec.structs.replace(
        knowledge, vocabulary=msgspec.structs.replace(words, oncogenicity=facts)
    )
    variant = small("MAP2K2", "V300E", population_af=0.0,
                    predictions=predicted("damaging", "SIFT", "REVEL"))  # fmt: skip
    assert described(variant, knowledge).oncogenicity is Oncogenicity.UNCERTAIN
    seen = described(variant, more)
    assert seen.oncogenicity is Oncogenicity.LIKELY_ONCOGENIC
    assert seen.oncogenicity_reason == "6 points by ClinGen/CGC/VICC (OS3 + OP1 + OP4)"


def test_computed_harmlessness_alone_decides_nothing_without_a_frequency(knowledge):
    """One point below zero is likely benign; a missing frequency may hide a point above."""
    quiet = predicted("neutral", "SIFT", "REVEL")
    unknown = described(small("EGFR", "A1000T", predictions=quiet), knowledge)
    assert unknown.oncogenicity_points == -1
    assert unknown.oncogenicity is Oncogenicity.UNCERTAIN
    rare = described(small("EGFR", "A1000T", predictions=quiet, population_af=2e-4), knowledge)
    assert rare.oncogenicity is Oncogenicity.LIKELY_BENIGN
    assert rare.oncogenicity_reason == "-1 points by ClinGen/CGC/VICC (SBP1)"


def test_what_is_common_in_a_population_is_benign(knowledge):
    common = described(small("EGFR", "A1000T", population_af=0.2), knowledge)
    assert common.oncogenicity is Oncogenicity.BENIGN
    assert common.oncogenicity_reason == "20.0% of a population carries it"


def test_a_contradiction_between_table_and_points_is_told_and_the_table_stands(knowledge):
    common = described(small("JAK2", "V617F", population_af=0.06), knowledge)
    assert common.oncogenicity.drives
    assert "; -4 points by ClinGen/CGC/VICC would make it likely benign" in (
        common.oncogenicity_reason
    )
    late = described(small("TP53", "E388*"), knowledge)
    assert late.oncogenicity.drives
    assert "would leave it of uncertain significance (the stop at residue 388" in (
        late.oncogenicity_reason
    )


def test_points_that_merely_do_not_suffice_are_no_contradiction(knowledge):
    seen = described(small("KRAS", "G12D"), knowledge)
    assert seen.oncogenicity_points == 4
    assert "points" not in seen.oncogenicity_reason


@pytest.mark.parametrize("protein", ["V600E", "A1000T"])
def test_a_remembered_assessment_is_not_given_to_another_frequency(protein, knowledge):
    gene = "BRAF" if protein == "V600E" else "EGFR"
    points = [
        described(small(gene, protein, population_af=frequency), knowledge).oncogenicity_points
        for frequency in (None, 0.0, 0.02, 0.2, None, 0.0)
    ]
    assert points[:2] == points[4:]
    assert len(set(points)) == 4


def test_retinoblastoma_counts_its_single_cause(knowledge):
    case = Case(id="a", disease="RBL", alterations=(small("RB1", "R579*"),))
    seen = describe(case, knowledge).alterations[0]
    assert "OP2: RB1 alone causes this cancer" in seen.oncogenicity_criteria
    assert seen.oncogenicity_points == 9


def test_computed_lines_against_a_known_driver_are_told_among_its_criteria_alone(knowledge):
    quiet = predicted("neutral", "SIFT", "PolyPhen-2")
    seen = described(small("TP53", "R175H", population_af=0.0, predictions=quiet), knowledge)
    assert seen.oncogenicity.drives
    assert "points" not in seen.oncogenicity_reason
    assert any(text.startswith("SBP1: ") for text in seen.oncogenicity_criteria)


def test_a_germline_change_is_not_weighed_by_points(knowledge):
    """The standard is of somatic variants; germline ones have ACMG's (Richards 2015)."""
    somatic = described(small("BRCA2", "S1982fs", origin=Origin.SOMATIC), knowledge)
    germline = described(small("BRCA2", "S1982fs", origin=Origin.GERMLINE), knowledge)
    assert somatic.oncogenicity is germline.oncogenicity is Oncogenicity.LIKELY_ONCOGENIC
    assert (somatic.oncogenicity_points, germline.oncogenicity_points) == (8, None)
    assert germline.oncogenicity_criteria == ()
