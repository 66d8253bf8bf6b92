"""In situ hybridisation as ISCN writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.model import Cytogenetic, Fusion, Karyogram
from onkos.sources.patient.in_situ import in_situ, is_in_situ
from tests.sources.read_text import read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nuc ish(TP53x1,D17Z1x2)[70/200]", {"del(17p)"}),
        ("nuc ish(TP53,D17Z1)x1[70/200]", {"monosomy 17"}),
        ("nuc ish(CEP12x3)[50/200]", {"trisomy 12"}),
        ("nuc ish 5q31(EGR1x1),5p15(D5S23x2)[100/200]", {"del(5q)"}),
        ("nuc ish(D5S23,EGR1)x1[100/200]", {"monosomy 5"}),
        ("nuc ish(D13S319x0,LAMP1x2)[9/100]", {"del(13q)"}),
        ("nuc ish(CKS1Bx3,CDKN2Cx2)[30/100]", {"gain(1q)"}),
        ("nuc ish(CKS1Bx4,CDKN2Cx1)[30/100]/(CKS1B,CDKN2C)x2[70]", {"amp(1q)", "del(1p32)"}),
        ("nuc ish(ABL1,BCR)x3(ABL1 con BCRx2)[180/200]", {"t(9;22)"}),
        ("nuc ish(CCND1,IGH)x3(CCND1 con IGHx2)[99/100]", {"IGH::CCND1 fusion"}),
        ("nuc ish(KMT2Ax2)(5'KMT2A sep 3'KMT2Ax1)[150/200]", {"KMT2A rearrangement"}),
        ("nuc ish(CHIC2x1)[90/100]", {"FIP1L1::PDGFRA fusion"}),
        ("ish t(15;17)(PML+;RARA+)", {"t(15;17)"}),
        ("nuc ish(TP53x2)[200]", set()),
        ("nuc ish(ABL1,BCR)x2[200]", set()),
    ],
)
def test_signals_are_read_as_what_they_show(vocabulary, text, found):
    seen = in_situ(text, vocabulary)
    assert {words for words, present in seen.said.items() if present} == found
    assert seen.unread == []


def test_two_signals_exclude_a_loss_and_no_rearrangement(vocabulary):
    assert in_situ("nuc ish(TP53,D17Z1)x2[200]", vocabulary).said == {
        "del(17p)": False,
        "monosomy 17": False,
    }
    assert in_situ("nuc ish(KMT2Ax2)[200]", vocabulary).said == {}


def test_found_in_one_clone_is_found(vocabulary):
    both = in_situ("nuc ish(TP53x2)[150]/(TP53x1)[50]", vocabulary)
    assert both.said == {"del(17p)": True}


def test_a_probe_that_is_not_known_is_named(vocabulary):
    assert in_situ("nuc ish(MYCx3,TP53x1)", vocabulary).unread == ["nuc ish MYCx3"]


def test_hybridisation_behind_a_karyotype_leaves_it_whole(vocabulary):
    text = "46,XX,t(15;17)(q24;q21)[18]/46,XX[2].ish t(15;17)(PML+;RARA+)"
    karyogram, seen = read(text, vocabulary).alterations
    assert isinstance(karyogram, Karyogram)
    assert karyogram.unread == ()
    assert seen == Cytogenetic(name="t(15;17)", present=True)


def test_fish_before_a_karyotype_word_says_how_it_was_found(vocabulary):
    assert read("FISH: del(17p) 35 %", vocabulary).alterations[0].name == "del(17p)"
    (denied,) = read("FISH: t(11;14) not detected", vocabulary).alterations
    assert (denied.name, denied.present) == ("t(11;14)", False)


def test_a_fusion_gets_the_order_of_its_name(vocabulary):
    (fusion,) = read("nuc ish(IGH,CCND1)x3(CCND1 con IGHx2)[99/100]", vocabulary).alterations
    assert isinstance(fusion, Fusion)
    assert (fusion.five, fusion.three) == ("IGH", "CCND1")


@given(st.text(alphabet="nucish ().,x123[]/'TPABCRL5+-con sep;", max_size=60))
def test_no_text_is_a_crash(vocabulary, text):
    for whole in (text, f"nuc ish{text}", f"ish {text}"):
        if is_in_situ(whole):
            in_situ(whole, vocabulary)
