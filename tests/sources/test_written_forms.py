"""Findings as people and laboratories write them: each is what they meant, or is listed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.sources.patient import observe

FOUND = [
    ("EGFR p.Leu858Arg", ["EGFR L858R"]),
    ("EGFR p.(Leu858Arg)", ["EGFR L858R"]),
    ("egfr l858r", ["EGFR L858R"]),
    ("BRAF V600E", ["BRAF V600E"]),
    ("EGFR E746_A750del", ["EGFR E746_A750del"]),
    ("EML4-ALK", ["EML4::ALK fusion"]),
    ("EML4-ALK fusion", ["EML4::ALK fusion"]),
    ("ERBB2 amp", ["ERBB2 amplification"]),
    ("ERBB2 Amplification", ["ERBB2 amplification"]),
    ("HER2 amplification", ["ERBB2 amplification"]),
    ("MET exon14 skipping", ["MET exon 14 skipping"]),
    ("MSI-High", ["MSI-H"]),
    ("TMB 12", ["TMB 12 mut/Mb"]),
    ("PD-L1 TPS 80%", ["PD-L1 TPS 80 %"]),
    ("NF1 loss of function", ["NF1 loss of function"]),
    ("PTEN deletion", ["PTEN deletion"]),
    ("CDKN2A loss", ["CDKN2A loss"]),
    ("ERBB2 activating mutation", ["ERBB2 oncogenic mutation"]),
    ("EGFR kinase domain activating mutation", ["EGFR kinase oncogenic mutation"]),
    ("KEAP1 frameshift mutation", ["KEAP1 frameshift"]),
    ("TP53 c.672+1G>A", ["TP53 c.672+1G>A"]),
    ("KRAS wild type", ["no KRAS mutation"]),
    ("no KIT D816V", ["no KIT D816V mutation"]),
    ("17p deletion", ["del(17p)"]),
    ("HER2 low", ["HER2 low"]),
    ("CD20 positive", ["CD20 positive"]),
    ("EGFR C797S and T790M in trans",
     ["EGFR C797S", "EGFR T790M", "EGFR C797S in trans with T790M"]),
    ("FLT3 ITD", ["FLT3-ITD"]),
    ("HR+/HER2-", ["HR positive", "HER2 negative"]),
    ("HER2 IHC 2+ FISH negative", ["HER2 IHC 2+", "HER2 ISH negative"]),
    ("RAS wild-type", ["no KRAS mutation", "no NRAS mutation"]),
    ("BCR::ABL1 T315I", ["BCR::ABL1 fusion", "ABL1 T315I"]),
    ("loss of MLH1 and PMS2 expression", ["MLH1 protein loss", "PMS2 protein loss"]),
]  # fmt: skip


def labels(seen):
    return [x.label for x in (*seen.alterations, *seen.measurements, *seen.phases)]


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_written_forms(text, wanted, vocabulary):
    seen = observe([text], vocabulary)
    assert seen.unread == []
    assert labels(seen) == wanted


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("PD-L1 80%", "PD-L1 TPS"),
        ("TP53 R213X", "R213*"),
        ("EGRF L858R", "EGFR"),
        ("EGFR", "EGFR mutation"),
        ("NTRK fusion", "NTRK1"),
        ("chr7:g.55191822T>G", "protein change"),
        ("complete nonsense", "EGFR L858R"),
    ],
)
def test_what_cannot_be_read_comes_with_the_way_out(text, remedy, vocabulary):
    seen = observe([text], vocabulary)
    assert labels(seen) == []
    assert len(seen.unread) == 1
    assert remedy in seen.unread[0].remedy


def test_germline_and_share_are_read(vocabulary):
    (inherited,) = observe(["BRCA1 pathogenic variant (germline)"], vocabulary).alterations
    assert str(inherited.origin) == "germline"
    (seen,) = observe(["EGFR L858R (VAF 12%)"], vocabulary).alterations
    assert seen.vaf == pytest.approx(0.12)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_is_accounted_for(text, vocabulary):
    seen = observe([text], vocabulary)
    assert labels(seen) or seen.unread or seen.notices
