"""Findings named by their class, and several in one text, are read from plain words."""

from __future__ import annotations

import pytest
from read_text import FUSION, MUTATION, absent, one, read, substitution

from onkos.model import (
    Alteration,
    Consequence,
    CopyCall,
    CopyNumber,
    Cytogenetic,
    Expression,
    Methylation,
    Origin,
    SmallVariant,
    Stated,
    StatedClass,
    Vocabulary,
)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("ERBB2 amp", CopyNumber(gene="ERBB2", call=CopyCall.AMPLIFICATION)),
        ("HER2 amplification", CopyNumber(gene="ERBB2", call=CopyCall.AMPLIFICATION)),
        ("amplification of ERBB2", CopyNumber(gene="ERBB2", call=CopyCall.AMPLIFICATION)),
        ("CDKN2A homozygous deletion", CopyNumber(gene="CDKN2A", call=CopyCall.DELETION)),
        ("CDKN2A heterozygous loss", CopyNumber(gene="CDKN2A", call=CopyCall.LOSS)),
        (
            "MET amplification (copies 12)",
            CopyNumber(gene="MET", call=CopyCall.AMPLIFICATION, copies=12),
        ),
        ("MET copy number 12", CopyNumber(gene="MET", call=CopyCall.AMPLIFICATION, copies=12)),
        ("MET copy number 3", CopyNumber(gene="MET", call=CopyCall.GAIN, copies=3)),
        ("CDKN2A copies 0", CopyNumber(gene="CDKN2A", call=CopyCall.DELETION, copies=0)),
        ("PTEN protein loss", Expression(gene="PTEN", level="loss")),
        ("PTEN loss (IHC)", Expression(gene="PTEN", level="loss")),
        ("MLH1 expression absent", Expression(gene="MLH1", level="loss")),
        ("MSH6 retained", Expression(gene="MSH6", level="normal")),
        ("MET overexpression", Expression(gene="MET", level="overexpression")),
        ("MLH1 promoter methylation", Methylation(gene="MLH1", methylated=True)),
        ("MGMT methylated", Methylation(gene="MGMT", methylated=True)),
        ("MGMT promoter unmethylated", Methylation(gene="MGMT", methylated=False)),
        ("17p deletion", Cytogenetic(name="del(17p)")),
        ("del(17p)", Cytogenetic(name="del(17p)")),
        ("t(15;17)", Cytogenetic(name="t(15;17)")),
        ("t(15;17)(q24;q21)", Cytogenetic(name="t(15;17)")),
        ("complex karyotype", Cytogenetic(name="complex karyotype")),
        ("normal karyotype", Cytogenetic(name="normal karyotype")),
        ("Philadelphia chromosome", Cytogenetic(name="t(9;22)")),
        ("no del(17p)", Cytogenetic(name="del(17p)", present=False)),
    ],
)
def test_copies_proteins_promoters_and_karyotypes(
    text: str, change: Alteration, vocabulary: Vocabulary
) -> None:
    assert one(text, vocabulary) == change


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("KRAS mutation", Stated(gene="KRAS", finding=MUTATION)),
        ("KRAS mutated", Stated(gene="KRAS", finding=MUTATION)),
        ("KRAS-mutant", Stated(gene="KRAS", finding=MUTATION)),
        ("germline BRCA2 mutation", Stated(gene="BRCA2", finding=MUTATION, origin=Origin.GERMLINE)),
        ("gBRCA1 mutation", Stated(gene="BRCA1", finding=MUTATION, origin=Origin.GERMLINE)),
        (
            "BRCA1 pathogenic variant (germline)",
            Stated(gene="BRCA1", finding=StatedClass.ONCOGENIC, origin=Origin.GERMLINE),
        ),
        (
            "BRCA2 likely pathogenic (germline)",
            Stated(gene="BRCA2", finding=StatedClass.ONCOGENIC, origin=Origin.GERMLINE),
        ),
        ("NF1 loss of function", Stated(gene="NF1", finding=StatedClass.LOSS_OF_FUNCTION)),
        ("PTEN deletion", Stated(gene="PTEN", finding=StatedClass.DELETION)),
        ("PTEN loss", Stated(gene="PTEN", finding=StatedClass.LOSS)),
        ("biallelic RB1 loss", Stated(gene="RB1", finding=StatedClass.LOSS, biallelic=True)),
        ("KEAP1 frameshift mutation", Stated(gene="KEAP1", finding=StatedClass.FRAMESHIFT)),
        ("NPM1 mutated", Stated(gene="NPM1", finding=StatedClass.FRAMESHIFT)),
        ("ERBB2 activating mutation", Stated(gene="ERBB2", finding=StatedClass.ONCOGENIC)),
        (
            "EGFR kinase domain activating mutation",
            Stated(gene="EGFR", finding=StatedClass.ONCOGENIC, region="kinase"),
        ),
        ("KRAS exon 2 mutation", Stated(gene="KRAS", finding=MUTATION, region="exon 2")),
        ("KIT codon 816 mutation", Stated(gene="KIT", finding=MUTATION, region="codon 816")),
        ("BRAF V600 mutation", Stated(gene="BRAF", finding=MUTATION, region="V600")),
        ("FLT3-TKD", Stated(gene="FLT3", finding=MUTATION, region="TKD")),
        ("KRAS wild type", absent("KRAS")),
        ("KRAS wt", absent("KRAS")),
        ("KRAS exon 2 wild type", absent("KRAS", "exon 2")),
        ("no KIT D816V", absent("KIT", "D816V")),
        ("EGFR T790M not detected", absent("EGFR", "T790M")),
        ("BRAF V600E negative", absent("BRAF", "V600E")),
        ("no EGFR mutation detected", absent("EGFR")),
        ("EGFR exon 19 deletion not detected", absent("EGFR", "exon 19 deletion")),
        ("EGFR negative", absent("EGFR")),
        ("ALK negative", absent("ALK", finding=FUSION)),
        ("ROS1 negative", absent("ROS1", finding=FUSION)),
        ("ERBB2 not amplified", absent("ERBB2", finding=StatedClass.AMPLIFICATION)),
        ("FLT3-ITD negative", absent("FLT3", "FLT3-ITD", StatedClass.EVENT)),
    ],
)
def test_what_a_laboratory_sums_up(text: str, stated: Stated, vocabulary: Vocabulary) -> None:
    assert one(text, vocabulary) == stated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RAS wild-type", [absent("KRAS"), absent("NRAS")]),
        ("KRAS, NRAS and BRAF wild type", [absent("KRAS"), absent("NRAS"), absent("BRAF")]),
        ("no KRAS, NRAS or BRAF mutation", [absent("KRAS"), absent("NRAS"), absent("BRAF")]),
        (
            "no EGFR mutation or ALK fusion detected",
            [absent("EGFR"), absent("ALK", finding=FUSION)],
        ),
        (
            "TP53 wild type, MDM2 amplification",
            [absent("TP53"), CopyNumber(gene="MDM2", call=CopyCall.AMPLIFICATION)],
        ),
        ("EGFR L858R, T790M", [substitution("EGFR", "L858R"), substitution("EGFR", "T790M")]),
        ("EGFR L858R and T790M", [substitution("EGFR", "L858R"), substitution("EGFR", "T790M")]),
        ("EGFR L858R without T790M", [substitution("EGFR", "L858R"), absent("EGFR", "T790M")]),
        ("TP53 R175H, del(17p)", [substitution("TP53", "R175H"), Cytogenetic(name="del(17p)")]),
        (
            "loss of MLH1 and PMS2 expression",
            [Expression(gene="MLH1", level="loss"), Expression(gene="PMS2", level="loss")],
        ),
        (
            "EGFR wild type, amplified",
            [absent("EGFR"), CopyNumber(gene="EGFR", call=CopyCall.AMPLIFICATION)],
        ),
    ],
)
def test_several_findings_in_one_text(
    text: str, expected: list[Alteration], vocabulary: Vocabulary
) -> None:
    assert read(text, vocabulary).alterations == expected


def test_a_promoter_mutation_beside_another(vocabulary: Vocabulary) -> None:
    found = read("BRAF V600E, TERT promoter mutation", vocabulary).alterations
    promoter = SmallVariant(gene="TERT", consequence=Consequence.PROMOTER)
    assert found == [substitution("BRAF", "V600E"), promoter]


@pytest.mark.parametrize(
    "text", ["BRCA2 reversion", "BRCA2 reversion mutation", "BRCA2 secondary reversion mutations"]
)
def test_a_reversion_is_read(vocabulary, text):
    assert one(text, vocabulary) == Stated(gene="BRCA2", finding=StatedClass.REVERSION)
