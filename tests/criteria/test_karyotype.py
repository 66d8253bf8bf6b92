"""What a karyotype shows: words, counts, and what banding cannot settle."""

import pytest

from onkos.criteria import parse
from onkos.criteria.evaluate import evaluate
from onkos.criteria.karyotype import words_shown
from onkos.criteria.karyotype_seen import count, seen
from onkos.model import Answer, Case
from onkos.sources.knowledge import builtin
from onkos.sources.patient.iscn import karyogram
from onkos.sources.patient.statement import NotUnderstood

WORDS = builtin().vocabulary
YES, NO, MAYBE = Answer.MET, Answer.UNMET, Answer.UNKNOWN


def shown(text):
    variants = WORDS.facts["normal_variants"]
    return words_shown(karyogram(text, variants), WORDS.karyotypes, WORDS.limits)


def asked(criterion, *texts, disease="AML"):
    case = Case(id="1", disease=disease, alterations=tuple(karyogram(t) for t in texts))
    return evaluate(parse(criterion, WORDS), case, WORDS)


@pytest.mark.parametrize(("text", "word", "answer"), [
    ("46,XX,t(8;21)(q22;q22)", "t(8;21)", YES),
    ("46,XX,t(8;21;5)(q22;q22;q31)", "t(8;21)", YES),  # a three-way translocation holds it
    ("46,XX,t(8;21)(q13;q22)", "t(8;21)", MAYBE),  # another band of the arm: FISH must say
    ("46,XX,t(8;21)(p11;q22)", "t(8;21)", NO),
    ("46,XY,t(16;16)(p13.1;q22)", "inv(16)", YES),
    ("46,XY,inv(16)(p13q22)", "inv(16)", YES),
    ("46,XX,t(11;14)(q23;q32)", "t(11;14)", MAYBE),
    ("45,XX,inv(3)(p25q26),-7", "inv(3)", NO),
    ("45,XX,inv(3)(p25q26),-7", "3q26 rearrangement", YES),
    ("46,XY,t(11;19)(q23;p13.1)", "t(v;11q23)", YES),
    ("46,XY,del(11)(q23)", "t(v;11q23)", NO),
    ("46,XY,i(17)(q10)", "del(17p)", YES),
    ("46,XY,i(17)(q10)", "abn(17p)", YES),
    ("46,XY,add(17)(p11)", "del(17p)", MAYBE),
    ("46,XY,add(17)(p11)", "abn(17p)", YES),
    ("45,XY,-17", "del(17p)", YES),
    ("46,XY,-17,+mar", "del(17p)", MAYBE),  # a marker may hold it
    ("46,XY,r(17)", "del(17p)", MAYBE),
    ("46,XY,r(17)", "abn(17p)", MAYBE),
    ("45,XX,-5", "del(5q)", MAYBE),
    ("45,XY,der(5;17)(p10;q10)[15]", "del(5q)", YES),
    ("45,XY,der(5;17)(p10;q10)[15]", "del(17p)", YES),
    ("45,XY,der(5;17)(p10;q10)[15]", "abn(17p)", YES),
    ("46,XY,+1,der(1;7)(q10;p10)[15]", "del(7q)", YES),
    ("46,XY,+1,der(1;7)(q10;p10)[15]", "gain(1q)", YES),
    ("45,XY,der(7;12)(q10;q10)", "del(7q)", NO),
    ("45,XY,der(7;12)(q10;q10)", "del(12p)", YES),
    ("46,XX,?inv(16)(p13q22)[20]", "inv(16)", MAYBE),
    ("46,XX,?t(8;21)(q22;q22)[20]", "t(8;21)", MAYBE),
    ("46,XX,?del(5)(q13q33)[20]", "del(5q)", MAYBE),
    ("46,XX,del(5)(q13?q33)[20]", "del(5q)", YES),  # the arm is not in question
    ("46,XX,dic(17;?)(p11;?)", "abn(17p)", YES),
    ("46,XX,t(11;17)(q23;q21)[20]", "t(v;11q23)", NO),  # ZBTB16::RARA
    ("46,XX,t(11;17)(q23;q21)[20]", "t(11;17)", YES),
    ("46,XX,t(9;11)(p21;q23)[20]", "t(v;11q23)", YES),
    ("46,XX,inv(3)(q21;q26)", "inv(3)", YES),
    ("46,XX,inv(3)(q21;q26)", "3q26 rearrangement", YES),
    ("46,XX,t(8,21)(q22,q22)", "t(8;21)", YES),
    ("92,XXYY[3]", "normal karyotype", MAYBE),
    ("55,XX,+X,+4,+6,+10,+14,+17,+18,+21,+21", "hyperdiploidy", YES),
    ("36,XX,-2,-3,-4,-7,-9,-12,-13,-15,-16,-20", "hypodiploidy", YES),
    ("46,XX", "hyperdiploidy", NO),
    ("46,XX[20] normal female karyotype", "normal karyotype", YES),
    ("46,XX,-7,and more", "complex karyotype", MAYBE),
    ("45,XY,-17", "monosomy 17", YES),
    ("46,XX,del(5)(q13q33)", "del(5q)", YES),
    ("46,XX,der(5)t(5;17)(q13;q11)", "del(5q)", MAYBE),
    ("46,XX,add(5)(p15)", "del(5q)", NO),
    ("46,XY,dup(1)(q21q32)", "gain(1q)", YES),
    ("46,XX", "normal karyotype", YES),
    ("46,XY,inv(9)(p11q13)", "normal karyotype", YES),  # a variant of the population
    ("46,XY,9qh+", "normal karyotype", YES),
    ("47,XY,+8[1]/46,XY[19]", "trisomy 8", MAYBE),  # one cell is no clone
    ("45,XX,-7[2]/46,XX[18]", "monosomy 7", MAYBE),  # a loss asks for three
    ("45,XX,-7[3]/46,XX[18]", "monosomy 7", YES),
])  # fmt: skip
def test_a_word_in_a_karyotype(text, word, answer):
    assert shown(text)[word] is answer


@pytest.mark.parametrize(("text", "number"), [
    ("46,XX", (0, 0)),
    ("48,XX,+8,+8", (2, 2)),
    ("46,XY,der(9)t(9;22)(q34;q11)", (1, 1)),
    ("46,XX,t(8;21)(q22;q22)[7]/46,XX,t(8;21)(q22;q22),del(9)(q13q22)[15]", (2, 2)),
    ("44~46,XX,-3,-5,+1~3mar", (3, 5)),
    ("46,XY,inv(9)(p11q13)c,+8", (1, 1)),
    ("47,XY,+8[1]/46,XY[19]", (0, 0)),
])  # fmt: skip
def test_abnormalities_are_counted(text, number):
    variants = WORDS.facts["normal_variants"]
    assert count(seen(karyogram(text, variants), WORDS.limits)) == number


@pytest.mark.parametrize(("text", "is_complex", "is_monosomal"), [
    ("44,XX,-5,-7,del(17)(p11)", YES, YES),
    ("49,XX,+8,+13,+21", NO, NO),  # gains alone of three chromosomes
    ("49,XX,+8,+8,+13", YES, NO),  # of two only
    ("48,XX,+8,+13,del(5)(q13q33)", YES, NO),
    ("46,XX,t(8;21)(q22;q22),del(9)(q22),+8", NO, NO),  # a class of its own
    ("45,XX,add(12)(p13),-18", NO, YES),
    ("44,X,-Y,-18", NO, NO),  # a lost Y is no monosomy
    ("44,XX,-3,-18", NO, YES),
    ("90,XXXX,-3,-18,del(5)(q13)", YES, NO),  # told against four sets
    ("44,XX,-3,-18,inv(16)(p13q22)", NO, NO),  # not with core-binding factor
])  # fmt: skip
def test_complex_and_monosomal_as_eln_2022_has_them(text, is_complex, is_monosomal):
    found = shown(text)
    assert (found["complex karyotype"], found["monosomal karyotype"]) == (is_complex, is_monosomal)


def test_a_partial_karyotype_settles_no_absence():
    found = shown("45,XX,der(,-7")
    assert found["monosomy 7"] is YES
    assert found["inv(3)"] is MAYBE
    assert found["complex karyotype"] is MAYBE


def test_a_normal_karyotype_does_not_settle_what_banding_misses():
    assert asked("t(8;21)", "46,XX[20]").answer is NO
    assert asked("t(12;21)", "46,XX[20]", disease="BLL").answer is MAYBE
    assert asked("del(17p)", "46,XX[20]", disease="CLLSLL").answer is MAYBE
    assert asked("del(17p)", "46,XX[20]").answer is NO


def test_a_karyotype_makes_the_fusion_that_its_translocation_is():
    assert asked("RUNX1::RUNX1T1 fusion", "46,XX,t(8;21)(q22;q22)").answer is YES
    assert asked("KMT2A rearrangement", "46,XX,t(9;11)(p22;q23)").answer is YES


def test_a_break_at_11q23_does_not_name_the_gene():
    """ZBTB16 lies there too: a menin inhibitor asks for KMT2A by FISH."""
    assert asked("t(v;11q23)", "46,XX,t(2;11)(q33;q23)").answer is YES
    assert asked("KMT2A rearrangement", "46,XX,t(2;11)(q33;q23)").answer is MAYBE


def test_the_number_can_be_asked_for():
    assert asked("karyotype abnormalities >= 3", "44,XX,-5,-7,del(20)(q11)").answer is YES
    assert asked("karyotype abnormalities >= 5", "44~46,XX,-3,-5,-7,+1~3mar").answer is MAYBE


@pytest.mark.parametrize(("text", "least"), [
    ("47,XY,+8x2[20]", 2),  # twice chromosome 8, not eight of chromosome 2
    ("47,XY,+2x8[20]", 2),
    ("48,XX,+21x2", 2),
    ("46,XX,t(2;12)(p21;q13)[10]/47,XX,t(2;12),+8[10]", 2),  # bands are told once
    ("46,XX,del(5)(q13q33)[10]/47,XX,del(5),+8[10]", 2),
    ("46,XX,del(20)(q11.2q13.3)[10]/47,XX,del(20)(q11q13),+8[5]", 2),
    ("46,XX,del(5)(q13q33)[10]/46,XX,del(5)(q31q35)[10]", 2),  # other bands, another change
    ("46,XX,t(1;2)(p36;q21),+8[10]/47,sl,-8,+21[5]", 3),  # the added 8 is gone again
    ("46,XY,+1,der(1;7)(q10;p10)[15]", 1),  # written so for its balance
    ("45,XY,rob(13;14)(q10;q10)", 1),
    ("45,XY,-7;del(5)(q13q33)[15],46,XY[5]", 2),
])  # fmt: skip
def test_what_counts_as_one_change(text, least, vocabulary):
    assert count(seen(karyogram(text), vocabulary.limits))[0] == least


def test_a_loss_in_a_subclone_that_undoes_a_gain_is_no_monosomy():
    found = shown("46,XX,t(1;2)(p36;q21),+8[10]/47,sl,-8,+21[5]")
    assert found["monosomal karyotype"] is NO
    assert found["trisomy 21"] is YES


def test_cells_of_the_donor_say_nothing():
    with pytest.raises(NotUnderstood, match="donor"):
        karyogram("//46,XY[20]")
