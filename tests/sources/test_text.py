"""Changes, events and fusions are read from plain words as clinicians and laboratories write."""

from __future__ import annotations

import pytest
from read_text import one, read, substitution

from onkos.model import (
    Consequence,
    Event,
    Fusion,
    GeneEvent,
    Oncogenicity,
    Origin,
    SmallVariant,
    Vocabulary,
)


@pytest.mark.parametrize(
    "text",
    [
        "EGFR L858R",
        "EGFR p.Leu858Arg",
        "EGFR p.(Leu858Arg)",
        "EGFR:p.L858R",
        "EGFR-L858R",
        "EGFR_L858R",
        "EGFR(L858R)",
        "EGFR: L858R",
        "egfr l858r",
        "EGFR L858R mutation",
        "EGFR L858R positive",
        "EGFR L858R detected",
        "Detected: EGFR L858R",
        "  EGFR   L858R. ",
        "EGFR L858R+",
    ],
)
def test_one_change_has_many_spellings(text: str, vocabulary: Vocabulary) -> None:
    assert one(text, vocabulary) == substitution("EGFR", "L858R")


@pytest.mark.parametrize(
    ("text", "gene", "protein", "consequence"),
    [
        ("EGFR E746_A750del", "EGFR", "E746_A750del", Consequence.INFRAME_DELETION),
        (
            "EGFR exon 19 deletion E746_A750del",
            "EGFR",
            "E746_A750del",
            Consequence.INFRAME_DELETION,
        ),
        ("ERBB2 A775_G776insYVMA", "ERBB2", "A775_G776insYVMA", Consequence.INFRAME_INSERTION),
        ("TP53 R213*", "TP53", "R213*", Consequence.NONSENSE),
        ("APC p.R1450Ter", "APC", "R1450*", Consequence.NONSENSE),
        ("POLE P286R", "POLE", "P286R", Consequence.MISSENSE),
        ("NPM1 type A", "NPM1", "W288Cfs*12", Consequence.FRAMESHIFT),
        ("MLH1 Q426FS", "MLH1", "Q426fs", Consequence.FRAMESHIFT),
        ("TP53 X125_splice", "TP53", "X125_splice", Consequence.SPLICE),
    ],
)
def test_protein_changes(
    text: str, gene: str, protein: str, consequence: Consequence, vocabulary: Vocabulary
) -> None:
    variant = one(text, vocabulary)
    assert isinstance(variant, SmallVariant)
    assert (variant.gene, variant.protein, variant.consequence) == (gene, protein, consequence)


@pytest.mark.parametrize(
    ("text", "coding", "consequence", "first"),
    [
        ("TP53 c.672+1G>A", "c.672+1G>A", Consequence.SPLICE, 224),
        ("TP53 c.376-15A>G", "c.376-15A>G", Consequence.INTRONIC, 126),
        ("BRCA2 c.5946delT", "c.5946delT", Consequence.FRAMESHIFT, 1982),
        ("BRCA1 185delAG", "c.68_69delAG", Consequence.FRAMESHIFT, 23),
        ("EGFR c.2235_2249del", "c.2235_2249del", Consequence.INFRAME_DELETION, 745),
        ("PIK3CA c.3140A>G", "c.3140A>G", Consequence.UNKNOWN, 1047),
        ("TERT C228T", "c.-124C>T", Consequence.PROMOTER, 0),
        ("TERT c.-146C>T", "c.-146C>T", Consequence.PROMOTER, 0),
    ],
)
def test_coding_changes(
    text: str, coding: str, consequence: Consequence, first: int, vocabulary: Vocabulary
) -> None:
    variant = one(text, vocabulary)
    assert isinstance(variant, SmallVariant)
    assert (variant.coding, variant.consequence, variant.first) == (coding, consequence, first)
    assert variant.protein == ""


def test_protein_and_coding_change_of_one_variant(vocabulary: Vocabulary) -> None:
    expected = substitution("BRAF", "V600E", coding="c.1799T>A")
    assert one("BRAF p.V600E c.1799T>A", vocabulary) == expected
    assert one("BRAF V600E (c.1799T>A)", vocabulary) == expected


def test_a_full_hgvs_name_keeps_its_transcript(vocabulary: Vocabulary) -> None:
    variant = one("NM_005228.5(EGFR):c.2573T>G (p.Leu858Arg)", vocabulary)
    expected = substitution("EGFR", "L858R", coding="c.2573T>G", transcript="NM_005228.5")
    assert variant == expected


@pytest.mark.parametrize(
    ("text", "vaf"),
    [
        ("EGFR L858R (VAF 12%)", 0.12),
        ("EGFR L858R 12%", 0.12),
        ("EGFR L858R VAF 0.12", 0.12),
        ("EGFR L858R, VAF: 12 %", 0.12),
        ("EGFR L858R 12.5 % VAF", 0.125),
        ("EGFR L858R VAF 12", 0.12),
    ],
)
def test_allele_fractions(text: str, vaf: float, vocabulary: Vocabulary) -> None:
    assert one(text, vocabulary) == substitution("EGFR", "L858R", vaf=vaf)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("germline TP53 R175H", Origin.GERMLINE),
        ("TP53 R175H (germline)", Origin.GERMLINE),
        ("TP53 R175H somatic", Origin.SOMATIC),
    ],
)
def test_origins(text: str, origin: Origin, vocabulary: Vocabulary) -> None:
    assert one(text, vocabulary) == substitution("TP53", "R175H", origin=origin)


def test_what_a_laboratory_says_of_a_change_is_kept(vocabulary: Vocabulary) -> None:
    variant = one("BRCA2 c.5946delT (pathogenic, germline)", vocabulary)
    assert isinstance(variant, SmallVariant)
    assert variant.oncogenicity is Oncogenicity.ONCOGENIC
    assert variant.origin is Origin.GERMLINE


def test_a_variant_of_unknown_significance_without_its_change(vocabulary: Vocabulary) -> None:
    variant = one("BRCA1 VUS", vocabulary)
    assert isinstance(variant, SmallVariant)
    assert variant.oncogenicity is Oncogenicity.UNCERTAIN


@pytest.mark.parametrize(
    "text", ["EGFR exon 19 del", "EGFR exon 19 deletion", "EGFR ex19del", "EGFR EXON 19 DELETION"]
)
def test_a_small_deletion_in_an_exon(text: str, vocabulary: Vocabulary) -> None:
    variant = one(text, vocabulary)
    assert isinstance(variant, SmallVariant)
    assert variant.consequence is Consequence.INFRAME_DELETION
    assert (variant.exon, variant.protein) == ("19", "")
    gene = vocabulary.gene("EGFR")
    assert gene is not None
    assert gene.exons["19"][0] <= variant.first < variant.last <= gene.exons["19"][1]


def test_the_place_of_an_exon_never_reaches_into_the_next(vocabulary: Vocabulary) -> None:
    nineteen, twenty = (one(f"FLT3 exon {n} insertion", vocabulary) for n in (19, 20))
    assert isinstance(nineteen, SmallVariant)
    assert isinstance(twenty, SmallVariant)
    assert nineteen.last < twenty.first


@pytest.mark.parametrize("text", ["EGFR exon 20 insertion", "EGFR ex20ins"])
def test_an_insertion_in_an_exon(text: str, vocabulary: Vocabulary) -> None:
    variant = one(text, vocabulary)
    assert isinstance(variant, SmallVariant)
    assert variant.consequence is Consequence.INFRAME_INSERTION


def test_a_deleted_exon_of_a_suppressor_is_the_whole_exon(vocabulary: Vocabulary) -> None:
    lost = GeneEvent(gene="BRCA1", event=Event.EXONS_LOST, first_exon=13, last_exon=13)
    assert read("BRCA1 exon 13 deletion", vocabulary).alterations == [lost]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "MET exon14 skipping",
            GeneEvent(gene="MET", event=Event.SKIPPING, first_exon=14, last_exon=14),
        ),
        ("MET ex14", GeneEvent(gene="MET", event=Event.SKIPPING, first_exon=14, last_exon=14)),
        ("METex14", GeneEvent(gene="MET", event=Event.SKIPPING, first_exon=14, last_exon=14)),
        ("FLT3-ITD", GeneEvent(gene="FLT3", event=Event.ITD)),
        ("FLT3 ITD", GeneEvent(gene="FLT3", event=Event.ITD)),
        (
            "FLT3-ITD (allelic ratio 0.6)",
            GeneEvent(gene="FLT3", event=Event.ITD, allelic_ratio=0.6),
        ),
        ("FLT3-ITD VAF 35%", GeneEvent(gene="FLT3", event=Event.ITD, vaf=0.35)),
        ("KMT2A-PTD", GeneEvent(gene="KMT2A", event=Event.PTD)),
        ("AR-V7", GeneEvent(gene="AR", event=Event.SPLICE_VARIANT, name="V7")),
        ("EGFRvIII", GeneEvent(gene="EGFR", event=Event.SPLICE_VARIANT, name="vIII")),
        (
            "EGFR exons 2-7 lost",
            GeneEvent(gene="EGFR", event=Event.EXONS_LOST, first_exon=2, last_exon=7),
        ),
    ],
)
def test_named_events(text: str, event: GeneEvent, vocabulary: Vocabulary) -> None:
    assert one(text, vocabulary) == event


@pytest.mark.parametrize("text", ["EML4-ALK", "EML4::ALK", "EML4--ALK", "EML4-ALK fusion"])
def test_fusions_of_two_partners(text: str, vocabulary: Vocabulary) -> None:
    assert one(text, vocabulary) == Fusion(five="EML4", three="ALK")


@pytest.mark.parametrize(
    ("text", "fusion"),
    [
        ("ALK fusion", Fusion(three="ALK", ordered=False)),
        ("ALK rearrangement", Fusion(three="ALK", ordered=False)),
        ("ALK+", Fusion(three="ALK", ordered=False)),
        ("v::ALK fusion", Fusion(three="ALK", ordered=False)),
        ("MLL rearrangement", Fusion(three="KMT2A", ordered=False)),
        ("EML4 ALK fusion", Fusion(five="EML4", three="ALK", ordered=False)),
        ("EML4(13)-ALK(20)", Fusion(five="EML4", three="ALK", breakpoints="e13::e20")),
        ("EML4-ALK (E13;A20)", Fusion(five="EML4", three="ALK", breakpoints="E13;A20")),
        ("KIF5B-RET (K15;R12)", Fusion(five="KIF5B", three="RET", breakpoints="K15;R12")),
        ("MLL-AF9", Fusion(five="KMT2A", three="MLLT3")),
        ("BCR-ABL1", Fusion(five="BCR", three="ABL1")),
    ],
)
def test_other_fusions(text: str, fusion: Fusion, vocabulary: Vocabulary) -> None:
    assert one(text, vocabulary) == fusion


def test_a_pair_known_in_the_other_order_has_none(vocabulary: Vocabulary) -> None:
    """ELN 2022 writes MLLT3::KMT2A for what t(9;11) joins as KMT2A::MLLT3."""
    assert one("MLLT3::KMT2A", vocabulary) == Fusion(five="MLLT3", three="KMT2A", ordered=False)


def test_a_fusion_and_a_change_of_its_kinase(vocabulary: Vocabulary) -> None:
    found = read("BCR::ABL1 T315I", vocabulary).alterations
    assert found == [Fusion(five="BCR", three="ABL1"), substitution("ABL1", "T315I")]
    five_prime = read("FGFR2-BICC1 N549K", vocabulary).alterations
    assert five_prime == [Fusion(five="FGFR2", three="BICC1"), substitution("FGFR2", "N549K")]


@pytest.mark.parametrize(
    ("text", "cis"),
    [
        ("EGFR C797S and T790M in trans", False),
        ("EGFR C797S in cis with T790M", True),
        ("EGFR C797S/T790M (trans)", False),
    ],
)
def test_two_changes_in_cis_or_in_trans(text: str, cis: bool, vocabulary: Vocabulary) -> None:
    observed = read(text, vocabulary)
    assert len(observed.alterations) == 2
    [phase] = observed.phases
    assert (phase.gene, phase.first, phase.second, phase.cis) == ("EGFR", "C797S", "T790M", cis)


@pytest.mark.parametrize(
    ("text", "written", "symbol"),
    [("HER2 S310F", "HER2", "ERBB2"), ("c-KIT D816V", "c-KIT", "KIT"), ("MLL-PTD", "MLL", "KMT2A")],
)
def test_another_name_of_a_gene_is_replaced_and_told(
    text: str, written: str, symbol: str, vocabulary: Vocabulary
) -> None:
    observed = read(text, vocabulary)
    assert observed.notices == [f"{written} read as {symbol}"]
    assert observed.alterations[0].gene == symbol  # type: ignore[union-attr]


def test_histones_are_counted_with_their_first_methionine(vocabulary: Vocabulary) -> None:
    observed = read("H3 K27M", vocabulary)
    assert observed.alterations == [substitution("H3-3A", "K28M")]
    assert "first methionine" in observed.notices[0]


def test_a_gene_without_knowledge_is_kept(vocabulary: Vocabulary) -> None:
    assert read("TTN R123C", vocabulary).notices == []
    observed = read("FOOBAR1 V12E", vocabulary)
    assert observed.alterations == [substitution("FOOBAR1", "V12E")]
    assert "FOOBAR1 is not a gene that onkos knows" in observed.notices[0]
