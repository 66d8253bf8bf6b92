"""Protein changes of older tools mean the same as their HGVS form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.model import Consequence
from onkos.model.protein import RESIDUES, parse_protein
from onkos.sources.patient.oncotator import read_change


@pytest.mark.parametrize(
    ("written", "hgvs"),
    [
        ("p.ELREA746del", "E746_A750del"),
        ("p.709_710ET>D", "E709_T710delinsD"),
        ("p.776_776G>VC", "G776delinsVC"),
        ("p.55_56SS>S", "S56del"),
        ("p.310_311TQ>TKQNPQ", "T310_Q311insKQNP"),
        ("p.243_243P>PP", "P243dup"),
        ("p.1101_1103ACA>A", "C1102_A1103del"),
        ("p.52_53DI>EV", "D52_I53delinsEV"),
        ("p.94_95RL>RL", "R94="),
        ("p.KSH562NAP", "K562_H564delinsNAP"),
        ("p.WGW4*G*", "W4*"),
        ("p.WQE421*QK", "W421*"),
        ("p.169_170CL>*M", "C169*"),
        ("p.46_47EQ>D*", "E46_Q47delinsD*"),
        ("p.758_759SG>*", "S758*"),
        ("ENSP00000288602.6:p.Val600Glu", "V600E"),
        ("p.(Val600Glu)", "V600E"),
        ("p.Ser209%3D", "S209="),
    ],
)
def test_the_lost_residues_name_the_change(written: str, hgvs: str) -> None:
    assert read_change(written) == parse_protein(hgvs)


def test_an_insertion_between_unnamed_residues_keeps_its_place() -> None:
    change = read_change("p.769_770insASV")
    assert change is not None
    assert change[:4] == ("769_770insASV", Consequence.INFRAME_INSERTION, 769, 770)
    beside = read_change("p.771_771A>AYVMA")
    assert beside is not None
    assert beside[:4] == ("771_772insYVMA", Consequence.INFRAME_INSERTION, 771, 772)


def test_an_insertion_with_a_stop_is_no_in_frame_insertion() -> None:
    change = read_change("p.601_602insQRI*I*F")
    assert change is not None
    assert change.consequence is Consequence.NONSENSE


def test_a_frameshift_without_its_residue_names_none() -> None:
    change = read_change("p.-287fs")
    assert change is not None
    assert change[:4] == ("", Consequence.FRAMESHIFT, 287, 287)


@pytest.mark.parametrize("text", ["", "p.?", "Promoter", "splice", "p."])
def test_a_cell_without_a_residue_says_nothing(text: str) -> None:
    assert read_change(text) is None


@pytest.mark.parametrize("text", ["p.M1?", "p.M1_?7", "p.0?", "p.0"])
def test_a_lost_start_is_told(text: str) -> None:
    change = read_change(text)
    assert change is not None
    assert change.consequence is Consequence.START_LOST


@pytest.mark.parametrize(
    "text", ["p.R213X", "p.100_102AB>C", "p.5_9insA", "p.DSRC*252del", "p.V600", "12", "p.0_1insA"]
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_change(text)


residues = st.text(alphabet=RESIDUES.replace("U", ""), min_size=1, max_size=5)


@given(start=st.integers(2, 3000), lost=residues, gained=residues)
def test_rewriting_keeps_the_protein(start: int, lost: str, gained: str) -> None:
    """Applying the rewritten change to the residues gives the residues the file gave.

    From the second residue on: before the first there is no place for an insertion.
    """
    change = read_change(f"p.{start}_{start + len(lost) - 1}{lost}>{gained}")
    assert change is not None
    assert start - 1 <= change.first <= change.last <= start + len(lost)
    at, end = change.first - start, change.last - start + 1
    if change.consequence is Consequence.SYNONYMOUS:
        assert lost == gained
    elif change.text.endswith("dup"):
        assert lost[:end] + lost[at:end] + lost[end:] == gained
    elif "delins" in change.text or (len(change.alternate) == 1 and "ins" not in change.text):
        assert lost[:at] + change.alternate + lost[end:] == gained
    elif "ins" in change.text:
        assert lost[: at + 1] + change.alternate + lost[at + 1 :] == gained
    else:
        assert lost[:at] + lost[end:] == gained
