"""Which criteria of the oncogenicity standard hold for a variant, and which stay open."""

import msgspec
import pytest

from onkos.annotate.sop import Key
from onkos.annotate.sop_judge import Judge
from onkos.model import (
    Consequence,
    FunctionalStudy,
    Hotspot,
    Oncogenicity,
    Prediction,
    SmallVariant,
)
from onkos.model.protein import parse_protein


@pytest.fixture(scope="module")
def judge(vocabulary):
    return Judge(vocabulary)


def with_facts(vocabulary, **changed):
    facts = msgspec.structs.replace(vocabulary.oncogenicity, **changed)
    return Judge(msgspec.structs.replace(vocabulary, oncogenicity=facts))


def small(gene, protein, **more):
    change = parse_protein(protein)
    return SmallVariant(gene=gene, protein=change.text, consequence=change.consequence,
                        first=change.first, last=change.last, **more)  # fmt: skip


def said(*pairs, kind="protein"):
    return tuple(Prediction(tool=tool, kind=kind, says=says) for tool, says in pairs)


@pytest.mark.parametrize(
    ("gene", "protein", "labels", "points"),
    [
        ("TP53", "R213*", ("OVS1", "OP4"), 9),
        ("BRAF", "V600E", ("OS3", "OP4"), 5),
        ("IDH1", "R132H", ("OS3", "OP4"), 5),
        ("BRAF", "V600L", ("OM1", "OP4"), 3),
        ("KRAS", "G12F", ("OM3", "OP4"), 3),
        ("EGFR", "E746_A750del", ("OM2", "OP4"), 3),
        ("MLH1", "*757Lext*33", ("OM2", "OP4"), 3),
        ("EGFR", "A1000T", ("OP4",), 1),
        ("BRAF", "R719fs", ("OP4",), 1),
    ],
)
def test_criteria_of_variants_absent_from_populations(judge, gene, protein, labels, points):
    found = judge.weigh(small(gene, protein, population_af=0.0))
    assert (found.labels, found.points) == (labels, points)


def test_what_holds_and_does_not_count_is_told_with_what_excludes_it(judge):
    """BRAF V600E lies in the activation segment; OS3 counts, so OM1 and OM3 do not."""
    found = judge.weigh(small("BRAF", "V600E"))
    assert found.sentences[0] == "OS3: 893 tumours have a change at V600, 833 of them this one"
    assert any(s.startswith("OM1 (not counted beside OS3): residue 600") for s in found.sentences)


@pytest.mark.parametrize(
    ("gene", "protein", "holds"),
    [
        ("APC", "R1450*", True),  # last exon, but before 2645: the panel counts it
        ("APC", "S2700fs", False),
        ("TP53", "R342*", True),
        ("TP53", "E388*", False),
        ("ARID1A", "R1989*", True),  # last exon, with recurrent stops further on (R2158)
        ("ARID1A", "S2264*", False),
        ("BRCA2", "K3326*", False),
        ("RB1", "R579*", True),
    ],
)
def test_a_stop_where_the_transcript_may_not_decay_is_left_open(judge, gene, protein, holds):
    found = judge.weigh(small(gene, protein))
    assert ("OVS1" in found.labels) is holds
    assert found.is_open(Key.NULL_IN_SUPPRESSOR) is not holds


def test_a_frameshift_counts_by_where_it_ends(judge):
    """It begins before the last exon of SMAD4 (from residue 483) and may end in it."""
    assert "OVS1" in judge.weigh(small("SMAD4", "S400Pfs*12")).labels
    assert judge.weigh(small("SMAD4", "S460Pfs*40")).is_open(Key.NULL_IN_SUPPRESSOR)


def test_a_splice_variant_counts_unless_its_exon_is_lost_in_frame(judge, vocabulary):
    """TP53 exon 6 shares one junction codon (187) and ends with codon 224: the frame is lost."""
    exons = vocabulary.gene("TP53").exons
    assert exons["5"][1] == exons["6"][0]
    assert exons["6"][1] + 1 == exons["7"][0]
    lost = SmallVariant(gene="TP53", coding="c.672+1G>A", consequence=Consequence.SPLICE)
    found = judge.weigh(lost)
    assert found.labels == ("OVS1",)
    assert "the frame is lost without exon 6" in found.sentences[0]


def test_an_exon_between_whole_codons_is_lost_in_frame(judge, vocabulary):
    for gene in vocabulary.genes:
        exons = sorted(gene.exons.items(), key=lambda e: e[1])
        for before, (number, (first, last)), after in zip(
            exons, exons[1:], exons[2:], strict=False
        ):
            clean = before[1][1] + 1 == first and last + 1 == after[1][0]
            if gene.suppressor and clean:
                site = f"c.{3 * last}+1G>A"
                kept = SmallVariant(gene=gene.symbol, coding=site, consequence=Consequence.SPLICE)
                found = judge.weigh(kept)
                assert found.is_open(Key.NULL_IN_SUPPRESSOR), (gene.symbol, number)
                return
    pytest.fail("no suppressor has such an exon")


def test_a_null_variant_of_an_oncogene_is_no_ovs1(judge):
    found = judge.weigh(small("KRAS", "Q61*"))
    assert "OVS1" not in found.labels
    assert not found.is_open(Key.NULL_IN_SUPPRESSOR)


@pytest.mark.parametrize(
    ("changes", "alternate", "label"),
    [
        ({"E": 10, "K": 40}, "E", "OS3"),
        ({"E": 9, "K": 41}, "E", "OP3"),
        ({"E": 10, "K": 39}, "E", "OM4"),
        ({"E": 9, "K": 3}, "E", "OP3"),
        ({"K": 60}, "E", "OP3"),
        ({"E": 10, "*": 60}, "E", "OM4"),  # stops do not make a residue of missense
        ({"E": 10, "V": 60}, "E", "OM4"),  # nor do silent changes
    ],
)
def test_hotspots_by_tumours_at_the_residue_and_with_the_change(
    vocabulary, changes, alternate, label
):
    spot = Hotspot(gene="MAP2K2", first=300, last=300, reference="V", changes=changes)
    found = with_facts(vocabulary, hotspots=(spot,)).weigh(small("MAP2K2", f"V300{alternate}"))
    assert found.labels == (label,)


def test_a_hotspot_in_frame_is_told_by_its_very_change(vocabulary):
    changes = {"N486_P490del": 12, "V487_P490del": 3}
    spot = Hotspot(gene="BRAF", first=486, last=491, changes=changes)
    judge = with_facts(vocabulary, hotspots=(spot,))
    assert "OM4" in judge.weigh(small("BRAF", "N486_P490del")).labels
    assert "OP3" in judge.weigh(small("BRAF", "V487_P490del")).labels


def test_a_hotspot_under_another_numbering_is_left_open(vocabulary):
    spot = Hotspot(gene="MAP2K2", first=300, last=300, reference="V", changes={"E": 90})
    found = with_facts(vocabulary, hotspots=(spot,)).weigh(small("MAP2K2", "L300E"))
    assert found.is_open(Key.HOTSPOT_STRONG)
    assert not found.labels


def test_outside_the_compact_table_rare_hotspots_stay_open_until_a_list_is_added(judge, vocabulary):
    rare = small("MAP2K2", "V300E")
    assert judge.weigh(rare).is_open(Key.HOTSPOT_MODERATE)
    assert not judge.weigh(rare).is_open(Key.HOTSPOT_STRONG)
    whole = with_facts(vocabulary, whole_list="hotspots.txt")
    assert not whole.weigh(rare).is_open(Key.HOTSPOT_MODERATE)


def test_a_change_known_from_the_list_of_hotspots_alone_is_not_established_twice(judge):
    """KRAS G12D rests on the hotspots (OS3); BRAF L597R on papers of its own (OS1)."""
    assert "OS1" not in judge.weigh(small("KRAS", "G12D")).labels
    assert judge.weigh(small("BRAF", "L597R")).labels[0] == "OS1"


def test_another_missense_counts_where_it_differs_as_much(vocabulary):
    """Known at KRAS G12: A (60) to R (125). G12S is known itself; a milder change would not do."""
    judge = Judge(vocabulary)
    assert "OM3" in judge.weigh(small("KRAS", "G12Y")).labels
    mild = small("EGFR", "L858I")  # Grantham 5 against 102 of L858R
    assert "OM3" not in judge.weigh(mild).labels


@pytest.mark.parametrize(
    ("frequency", "labels"),
    [(None, ()), (0.0, ("OP4",)), (1e-5, ("OP4",)), (2e-5, ()), (0.01, ()),
     (0.0101, ("SBS1",)), (0.05, ("SBS1",)), (0.0501, ("SBVS1",))],
)  # fmt: skip
def test_population_frequency(judge, frequency, labels):
    """More than 1 % and more than 5 %, as the paper says; SBS1 is not counted beside SBVS1."""
    found = judge.weigh(small("EGFR", "A1000T", population_af=frequency))
    assert found.labels == labels
    assert found.is_open(Key.ABSENT_IN_POPULATION) is (frequency is None)


@pytest.mark.parametrize(
    ("predictions", "labels", "still_open"),
    [
        ((), (), True),
        (said(("REVEL", "damaging")), (), True),
        (said(("REVEL", "damaging"), ("SIFT", "damaging")), ("OP1",), False),
        (said(("REVEL", "neutral"), ("SIFT", "neutral")), ("SBP1",), False),
        (said(("REVEL", "damaging"), ("SIFT", "neutral")), (), False),
        (said(("REVEL", "damaging"), ("SIFT", "between")), (), False),
        (
            said(("REVEL", "neutral"), ("SIFT", "neutral"))
            + said(("SpliceAI", "damaging"), kind="splice"),
            (),
            False,
        ),
    ],
)
def test_computed_evidence_counts_where_all_of_it_agrees(judge, predictions, labels, still_open):
    found = judge.weigh(small("EGFR", "A1000T", predictions=predictions))
    assert found.labels == labels
    assert found.is_open(Key.COMPUTED_DAMAGING) is still_open


def test_predictions_for_a_protein_say_nothing_of_a_stop(judge):
    given = said(("REVEL", "damaging"), ("SIFT", "damaging"))
    assert judge.weigh(small("TP53", "R213*", predictions=given)).is_open(Key.COMPUTED_DAMAGING)


def test_a_silent_change_counts_where_splicing_and_conservation_were_looked_at(judge):
    quiet = said(("SpliceAI", "neutral"), kind="splice")
    quiet += said(("GERP++", "neutral"), kind="conservation")
    assert "SBP2" in judge.weigh(small("EGFR", "A1000=", predictions=quiet)).labels
    assert judge.weigh(small("EGFR", "A1000=")).is_open(Key.SILENT)
    half = said(("SpliceAI", "neutral"), kind="splice")
    assert judge.weigh(small("EGFR", "A1000=", predictions=half)).is_open(Key.SILENT)


def test_one_gene_alone_causes_retinoblastoma(judge):
    assert judge.single_causes("RBL") == {"RB1"}
    assert judge.single_causes("LUAD") == frozenset()
    assert judge.weigh(small("RB1", "R579*"), single_cause=True).labels == ("OVS1", "OP2")


@pytest.mark.parametrize(
    ("shown", "labels", "still_open"),
    [((), (), True), ((True,), ("OS2",), False), ((False,), ("SBS2",), False),
     ((True, True), ("OS2",), False), ((True, False), (), True)],
)  # fmt: skip
def test_experiments_that_the_user_added(vocabulary, shown, labels, still_open):
    studies = tuple(
        FunctionalStudy(gene="EGFR", change="A1000T", damaging=damaging, source=f"paper {at}")
        for at, damaging in enumerate(shown)
    )
    found = with_facts(vocabulary, studies=studies).weigh(small("EGFR", "A1000T"))
    assert found.labels == labels
    assert found.is_open(Key.FUNCTIONAL_DAMAGING) is still_open


def test_a_role_from_a_file_serves_a_gene_without_one(vocabulary):
    judge = with_facts(vocabulary, roles={"NEWGENE": "tumour suppressor", "KRAS": "both"})
    assert judge.knows("NEWGENE")
    assert "OVS1" in judge.weigh(small("NEWGENE", "R10*")).labels
    assert "OVS1" not in judge.weigh(small("KRAS", "Q61*")).labels


def test_nothing_judged_is_of_uncertain_significance(judge):
    found = judge.weigh(SmallVariant(gene="OR4F5"))
    assert (found.points, found.standing) == (0, Oncogenicity.UNCERTAIN)
    assert {Key.FUNCTIONAL_DAMAGING, Key.ABSENT_IN_POPULATION} <= {
        key for one in found.open for key in one.keys
    }
