"""Karyotype strings read by the grammar, as laboratories write them."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.sources.knowledge import builtin
from onkos.sources.patient.iscn import abnormality, karyogram
from onkos.sources.patient.iscn_text import begins_karyotype
from onkos.sources.patient.statement import NotUnderstood
from onkos.sources.patient.text import observe


def changes(text):
    """Abnormalities of each clone by their text."""
    return [[a.text for a in clone.abnormalities] for clone in karyogram(text).clones]


@pytest.mark.parametrize(("text", "expected"), [
    ("46,XX", [[]]),
    ("46,XY[20]", [[]]),
    ("45,XY,inv(3)(q21q26),-7", [["inv(3)(q21q26)", "-7"]]),
    ("47,XX,+8[11]/46,XX[10]", [["+8"], []]),
    ("48,XX,+8,+8[10]", [["+8", "+8"]]),
    ("46,XX,t(8;21)(q22;q22)[9]/46,idem,del(9)(q22q34)[10]",
     [["t(8;21)(q22;q22)"], ["t(8;21)(q22;q22)", "del(9)(q22q34)"]]),
    ("45,X,-Y,t(8;21)(q22;q22.1)", [["-Y", "t(8;21)(q22;q22.1)"]]),
    ("46,XY,der(9)t(9;22)(q34;q11)", [["der(9)t(9;22)(q34;q11)"]]),
    ("46,XX,del(5q)", [["del(5)"]]),
    ("46,XX,5q-,7q-", [["del(5)(q)", "del(7)(q)"]]),
    ("44~46,XX,-3,+2~4mar[cp15]", [["-3", "+2~4mar"]]),
    ("46,XY,t(3;4)(p2?3;q27)[12]/46,XY[13]", [["t(3;4)(p2?3;q27)"], []]),
    ("46,XX,iso(17)(q10)", [["i(17)(q10)"]]),
    ("47,XX,+8[12]; 46,XX[4]", [["+8"], []]),  # a semicolon for the slash
    ("47,XX+8,i(17)(q10)", [["+8", "i(17)(q10)"]]),  # a comma forgotten
    ("45 X,-Y", [["-Y"]]),
    ("46,XX,2xadd(21)(p11)", [["add(21)(p11)"]]),
    ("46,XX,t(9;22)(q34;q11.2) [20]", [["t(9;22)(q34;q11.2)"]]),
    ("46,XY,?del(12)(p12p13)[3]/46,XY[22]", [["del(12)(p12p13)"], []]),
    ("46,XX,inv(9)(p11q13)c,inv(16)(p13q22)", [["inv(9)(p11q13)c", "inv(16)(p13q22)"]]),
    ("46,XX,ins(2;4)(p?;q?,q?)", [["ins(2;4)(p?;q?;q?)"]]),
    ("46,XY,der(5)t(5;7;15)(q31;?;q1?)", [["der(5)t(5;7;15)(q31;?;q1?)"]]),
])  # fmt: skip
def test_karyotypes_as_written(text, expected):
    read = karyogram(text)
    assert changes(text) == expected
    assert read.unread == ()


def test_a_subclone_may_lose_what_it_inherited():
    text = "46,XY,-7,+mar[2]/47,idem,+8,-mar[2]"
    assert changes(text)[1] == ["-7", "+8"]


def test_cells_are_the_clones_unless_each_change_has_its_own():
    first = karyogram("47,XX,+8[11]/46,XX[10]")
    assert [clone.cells for clone in first.clones] == [11, 10]
    assert first.metaphases == 21
    listed = karyogram("45~47,XX,+8[3],-7[5],del(5)(q13q33)[8]").clones[0]
    assert [a.cells for a in listed.abnormalities] == [3, 5, 8]


def test_near_tetraploid_losses_are_told_against_four_sets():
    assert karyogram("88,XXYY,-3,-3,-8").clones[0].ploidy == 4


def test_what_follows_the_karyotype_is_named_and_not_read():
    read = karyogram("46,XX / FISH: t(15;17)")
    assert read.unread == ("FISH:t(15;17)",)
    assert read.partial


def test_a_part_that_is_not_understood_is_named_and_the_rest_is_read():
    read = karyogram("45,XX,inv(3)(q21q26),der(,-7[20]")
    assert read.unread == ("der(",)
    assert [a.text for a in read.clones[0].abnormalities] == ["inv(3)(q21q26)", "-7"]


@pytest.mark.parametrize("text", ["", "no metaphases", "complex", "46", "TP53 R175H", "XX,46"])
def test_what_is_no_karyotype_is_refused(text):
    assert not begins_karyotype(text)
    with pytest.raises(NotUnderstood):
        karyogram(text)


def test_a_paragraph_is_refused():
    with pytest.raises(NotUnderstood, match="too long"):
        karyogram("46,XX," + "+8," * 2000)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="0123456789,XYxy+-/()[];?pqtdelinvadrm~c .<>n", max_size=80))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    for start in ("", "46,XX,"):
        try:
            read = karyogram(start + text)
        except NotUnderstood:
            continue
        assert read.clones
        assert read.label


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789XY+-();?pqtdelinvadrm~c", max_size=30))
def test_any_single_change_is_read_or_none(text):
    found = abnormality(text)
    assert found is None or found.text


def test_a_karyotype_among_the_alterations_is_one_finding():
    found = observe(["Karyotype: 46,XX,t(8;21)(q22;q22)[20]"], builtin().vocabulary)
    assert [type(a).__name__ for a in found.alterations] == ["Karyogram"]


def test_a_single_change_is_known_by_its_bands():
    found = observe(["t(15;17)(q22;q21)", "del(17)(p13)", "inv(3)(p25q26)"], builtin().vocabulary)
    assert [a.label for a in found.alterations] == ["t(15;17)", "del(17p)", "3q26 rearrangement"]


@pytest.mark.parametrize("text", ["no t(4;14)", "t(14;16) not detected", "no gain(1q)"])
def test_a_lesion_denied_keeps_its_brackets(text):
    (found,) = observe([text], builtin().vocabulary).alterations
    assert not found.present


def test_ninety_seven_in_a_hundred_strings_of_a_real_cohort_are_wholly_read(shared_data):
    """1,540 patients of AMLSG; remarks and blanks are no karyotypes."""
    path = shared_data / "patients/aml_papaemmanuil2016/data/AMLSG_Karyotypes.txt"
    with path.open(encoding="latin-1", newline="") as stream:
        text = stream.read().replace("\r\n", "\n").replace("\r", "\n")
    texts = [row[2].strip() for row in list(csv.reader(io.StringIO(text), delimiter="\t"))[1:]]
    strings = [t for t in texts if t[:1].isdigit() or t[:1] == "~"]
    whole = sum(not karyogram(t).unread for t in strings if begins_karyotype(t))
    assert len(strings) > 1400
    assert whole / len(strings) >= 0.97
