"""Nouns: frozen, checked when made, refusing what cannot be."""

import pytest

from onkos.model import (
    Approval,
    Case,
    Claim,
    CopyCall,
    CopyNumber,
    Effect,
    Fusion,
    Measurement,
    PriorTherapy,
    Sample,
    SmallVariant,
    Study,
    StudyKind,
)
from onkos.model.criterion import And, LossOfFunction, Mutation
from onkos.model.protein import parse_protein, same_change

BRCA = LossOfFunction(genes=("BRCA1",))


@pytest.mark.parametrize(
    "make",
    [
        lambda: SmallVariant(gene="EGFR", vaf=1.2),
        lambda: SmallVariant(gene="EGFR", alt_reads=30, depth=20),
        lambda: CopyNumber(gene="MET", call=CopyCall.GAIN, copies=-1.0),
        lambda: Fusion(),
        lambda: Measurement(name="TMB"),
        lambda: PriorTherapy(drugs=()),
        lambda: Sample(purity=60.0),
        lambda: Case(id="x", disease="LUAD", age=200),
        lambda: Case(id="x", disease="LUAD", line=0),
        lambda: Study(kind=StudyKind.CASE, nct="NCT123"),
        lambda: Study(kind=StudyKind.CASE, response_rate=80.0),
        lambda: Study(kind=StudyKind.CASE, year=7540),
        lambda: Study(kind=StudyKind.CASE, year=1949),
        lambda: Study(kind=StudyKind.RANDOMISED, hazard_ratio=0.5, ci95=(0.6, 0.7)),
        lambda: Claim(id="x", when=BRCA, disease=("OVT",), therapy=("a",), effect=Effect.BENEFIT),
        lambda: Claim(id="x", when=BRCA, disease=("OVT",), effect=Effect.BENEFIT,
                      approvals=(Approval(regulator="FDA"),)),
        lambda: And(of=(BRCA,)),
        lambda: Mutation(genes=("EGFR",), what="loss"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(make):
    with pytest.raises(ValueError, match=r".+"):
        make()


def test_nouns_are_frozen():
    case = Case(id="x", disease="LUAD")
    with pytest.raises(AttributeError):
        case.disease = "COAD"


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("p.Leu858Arg", "L858R"),
        ("p.(Glu746_Ala750del)", "E746_A750del"),
        ("p.Trp288CysfsTer12", "W288Cfs*12"),
        ("L747_A750>P", "L747_A750delinsP"),
        ("p.Arg213Ter", "R213*"),
        ("p.A68A", "A68="),
    ],
)
def test_protein_changes_in_one_letter_hgvs(written, short):
    assert parse_protein(written).text == short


@pytest.mark.parametrize("text", ["R213X", "W288CfsX12", "G12", "p.?", "L858R/M", ""])
def test_what_is_no_protein_change_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_protein(text)


def test_the_same_change_in_two_notations():
    assert same_change("W288fs", "W288Cfs*12")
    assert not same_change("W288Cfs*12", "W288Cfs*13")
    assert same_change("763_764insFQEA", "A763_Y764insFQEA")
    assert not same_change("E746_A750del", "L747_A750del")
