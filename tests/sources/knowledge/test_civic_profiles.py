"""Molecular profiles of CIViC to criteria, and what the language cannot say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.criteria import parse
from onkos.model.criterion import genes_named
from onkos.sources.knowledge.adapters.civic_profile import ProfileReader
from onkos.sources.patient.tables import Rejected


@pytest.fixture(scope="module")
def reader(vocabulary):
    return ProfileReader(vocabulary)


@pytest.mark.parametrize(
    ("profile", "criterion"),
    [
        ("EGFR L858R AND EGFR T790M", "EGFR L858R and EGFR T790M"),
        ("NOT KIT D816V", "not KIT D816V"),
        ("MET Amplification AND NOT KRAS Mutation", "MET amplification and (not KRAS mutation)"),
        ("KRAS Mutation", "KRAS oncogenic mutation"),
        (
            "BCR::ABL1 Fusion AND ( ABL1 F317L OR ABL1 F317V )",
            "BCR::ABL1 fusion and (ABL1 F317L or ABL1 F317V)",
        ),
        ("KRAS G12/G13", "KRAS G12 or KRAS G13"),
        ("U2AF1 Q157P/R", "U2AF1 Q157P/R"),
        ("BRAF V600", "BRAF V600"),
        ("BRAF Non-V600", "BRAF oncogenic mutation except V600"),
        ("EGFR Exon 19 Deletion", "EGFR exon 19 deletion"),
        ("EGFR Exon 4 Deletion", "EGFR exons 4-4 lost"),
        ("EGFR Exon 20 Insertion", "EGFR exon 20 insertion"),
        ("KIT Exon 11 Mutation", "KIT exon 11 mutation"),
        ("CALR EXON 9 FRAMESHIFT", "CALR exon 9 frameshift"),
        ("MET Exon 14 Skipping Mutation", "MET exon 14 skipping"),
        ("PTEN Loss", "PTEN deletion or PTEN protein loss"),
        ("MYC Loss", "MYC deletion"),
        ("BRCA1 Loss-of-function", "BRCA1 loss of function"),
        ("PALB2 Biallelic Inactivation", "biallelic PALB2 loss of function"),
        ("MTAP Deletion", "MTAP deletion"),
        ("v::ALK Fusion", "ALK fusion"),
        ("EML4::ALK Fusion", "EML4::ALK fusion"),
        ("FGFR2::v Fusion OR FGFR2::? Fusion", "FGFR2 fusion"),
        ("MECOM rearrangement", "MECOM rearrangement"),
        ("CCND1 Overexpression", "cyclin D1 positive"),
        ("EGFR Overexpression", "EGFR protein overexpression"),
        ("ERBB2 Overexpression", "HER2 IHC 3+"),
        ("ATM Underexpression", "ATM protein loss"),
        ("SMARCB1 LOSS OF NUCLEAR PROTEIN EXPRESSION", "SMARCB1 protein loss"),
        ("TP53 Wildtype", "TP53 wild-type"),
        ("MGMT Promoter Methylation", "MGMT promoter methylation"),
        ("TERT Promoter Mutation", "TERT promoter mutation"),
        ("VHL S65L (c.194C>T)", "VHL S65L"),
        ("VHL E55RfsTer11 (c.163delG)", "VHL E55Rfs*11"),
        ("NPM1 W288FS", "NPM1 W288fs"),
        ("BRCA1 W1815X", "BRCA1 W1815*"),
        ("EGFR E746_T751>I", "EGFR E746_T751delinsI"),
        ("ERBB2 M774DELINSWLV", "ERBB2 M774delinsWLV"),
        ("FLT3 ITD", "FLT3-ITD"),
        ("FLT3 TKD MUTATION", "FLT3 TKD mutation"),
        ("EGFR VIII", "EGFR-vIII"),
        ("AR AR-V7", "AR-V7"),
        ("TMB High", "TMB high"),
        ("MSI High", "MSI-H"),
        ("CSF1 Overexpression AND ABCZ9 L12P", "CSF1 protein overexpression and ABCZ9 L12P"),
    ],
)
def test_a_profile_becomes_a_criterion(reader, profile, criterion):
    assert str(reader.read(profile)) == criterion


@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        ("EML4::ALK e6::e20", "not by the exons that they join"),
        ("TERT C228T", "a change of bases"),
        ("GNAS c.393T>C", "not by coding bases"),
        ("VHL Splice Site (c.340+1G>A)", "not by coding bases"),
        ("VHL R176fs (c.526del)", "the protein's name is of several changes"),
        ("VHL P154= (c.462A>C)", "a silent change"),
        ("KRAS RS61764370", "no inherited polymorphisms"),
        ("UGT1A1 UGT1A1*28", "no inherited polymorphisms"),
        ("PSMB8 NUCLEAR EXPRESSION", "no place of a protein"),
        ("RB1 PHOSPHORYLATION", "no phosphorylation"),
        ("MMP2 SERUM LEVELS", "no levels in serum"),
        ("PTCH1 LOH", "no loss of heterozygosity"),
        ("ALK Alternative Transcript (ATI)", "no alternative transcripts"),
        ("BRAF intron 9 rearrangement", "narrower than any rearrangement"),
        ("EGFR Copy Number Variation", "gain or loss is not told"),
        ("EGFR Rare Mutation", "rare mutations"),
        ("WT1 Exon 7 Mutation", "does not know the codons"),
        ("ASXL1 EXON 12 MUTATION", "counted in two ways"),
        ("v::FGFR1 Fusion", "does not say that fusions of FGFR1 have it at this end"),
        ("TP53 Gain-of-Function", "tumour suppressor"),
        ("C19MC Amplification", "not one gene"),
        ("?? Amplification", "not one gene"),
        ("EGFR L858R AND BRAF V600E OR KRAS G12C", "read in two ways"),
        ("MYC Overexpression", "'MYC protein' is a measure"),
        ("NOT PTEN Loss", "to deny"),
        ("NOT CCND1 Expression", "to deny"),
        ("Kataegis Positive", "no word of the language"),
        ("EGFR", "no word of the language"),
        ("EGFR L858R AND", "no word of the language"),
        ("", "no word of the language"),
    ],
)
def test_what_the_language_cannot_say_is_refused(reader, profile, reason):
    with pytest.raises(Rejected, match=reason):
        reader.read(profile)


def test_what_is_inherited_is_asked_for_as_such(reader):
    assert str(reader.read("BRCA1 Mutation", germline=True)) == "germline BRCA1 oncogenic mutation"
    with pytest.raises(Rejected, match="inherited"):
        reader.read("STK11 Loss", germline=True)


WORDS = st.sampled_from(
    ["EGFR", "TP53", "EML4::ALK", "v::ALK", "KRAS", "L858R", "G12/G13", "Exon", "19", "Deletion",
     "Mutation", "Loss", "Fusion", "AND", "OR", "NOT", "(", ")", "(c.1A>G)", "fs", "::",
     "Expression", "Wildtype", "e6::e20", "*", "p.", "ITD", "Amplification", "V600E", "MYC"]
)  # fmt: skip


@given(profile=st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.text(max_size=30)))
def test_any_text_is_a_criterion_of_the_language_or_refused(reader, vocabulary, profile):
    try:
        rule = reader.read(profile)
    except Rejected:
        return
    if genes_named(rule) <= vocabulary.gene_by_symbol.keys():
        assert parse(str(rule), vocabulary) == rule
