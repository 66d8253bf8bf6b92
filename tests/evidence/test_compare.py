"""What sources say of a regimen, and why they differ."""

import msgspec
import pytest

from onkos.evidence import compare, match
from onkos.evidence.conflict import UNEXPLAINED, consensus, reasons
from onkos.model import Case, Claim, Consensus, CopyCall, Effect, Stance, Study, StudyKind, Voice
from onkos.model.criterion import CopyNumberIs, Mutation
from tests.properties.cases import small_variant

L858R = Mutation(genes=("EGFR",), change="L858R")
C797S = Mutation(genes=("EGFR",), change="C797S")


def claim(name, source, effect=Effect.BENEFIT, *, when=L858R, drug="osimertinib", disease="NSCLC",
          kind=StudyKind.RETROSPECTIVE, year=2020, level="B", positive=True):  # fmt: skip
    study = Study(kind=kind, pmid=1, year=year, level=level, positive=positive)
    return Claim(
        id=name, when=when, disease=(disease,), therapy=(drug,), effect=effect, studies=(study,),
        source=source,
    )  # fmt: skip


def compared(knowledge, mine, theirs, *alterations, disease="LUAD"):
    known = msgspec.structs.replace(knowledge, claims=tuple(mine), others=tuple(theirs))
    found = alterations or (small_variant("EGFR", "L858R"),)
    case = Case(id="c", disease=disease, alterations=found)
    return compare(case, (), match(case, (), known), known)


def test_without_other_sources_nothing_is_compared(knowledge):
    assert compared(knowledge, [claim("a", "onkos")], []) == ()


def test_agreement_and_silence(knowledge):
    (one,) = compared(
        knowledge,
        [claim("a", "onkos")],
        [claim("b", "CIViC", level="A"), claim("c", "CIViC"), claim("d", "CGI", when=C797S)],
    )
    assert one.consensus is Consensus.SUPPORTED
    assert one.silent == ("CGI",)
    civic = next(voice for voice in one.voices if voice.source == "CIViC")
    assert (civic.level, civic.items, civic.elsewhere) == ("A", 2, 0)
    assert civic.claims == ("b", "c")
    assert one.why == ()


def test_a_second_change_explains_resistance(knowledge):
    resistance = claim("r", "CIViC", Effect.RESISTANCE, when=C797S)
    both = small_variant("EGFR", "L858R"), small_variant("EGFR", "C797S")
    (one,) = compared(knowledge, [claim("a", "onkos")], [resistance], *both)
    assert one.consensus is Consensus.CONFLICT
    assert one.why == ("another change: EGFR L858R for it, EGFR C797S against it",)


def test_resistance_looked_for_and_not_found_is_no_conflict(knowledge):
    denied = claim("r", "CIViC", Effect.RESISTANCE, positive=False)
    (one,) = compared(knowledge, [claim("a", "onkos")], [denied])
    assert one.consensus is Consensus.SUPPORTED
    assert [voice.stance for voice in one.voices] == [Stance.FOR, Stance.NEITHER]


def test_support_in_another_disease_against_failure_in_this_one(knowledge):
    failed = claim("f", "CIViC", Effect.NO_BENEFIT, year=2021)
    (one,) = compared(knowledge, [claim("a", "onkos", disease="BRCA", year=2021)], [failed])
    assert one.why == ("another population: for it in other diseases, against it in this one",)


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        ({"kind": StudyKind.PRECLINICAL}, {}, "models for it, patients against it"),
        ({}, {"kind": StudyKind.PRECLINICAL}, "patients for it, models against it"),
        ({"year": 2024}, {"year": 2015}, "newer: for it from 2024 on, against it until 2015"),
        ({"year": 2015}, {"year": 2024}, "newer: against it from 2024 on, for it until 2015"),
        ({}, {}, UNEXPLAINED),
    ],
)
def test_each_conflict_has_its_reason(knowledge, mine, theirs, why):
    failed = claim("f", "CIViC", Effect.NO_BENEFIT, **theirs)
    (one,) = compared(knowledge, [claim("a", "onkos", **mine)], [failed])
    assert one.consensus is Consensus.CONFLICT
    assert one.why == (why,)


def test_a_wider_population_explains_support(knowledge):
    everywhere = claim("e", "MOAlmanac", disease="SOLID", year=2020)
    (one,) = compared(knowledge, [claim("f", "onkos", Effect.NO_BENEFIT)], [everywhere])
    wide, narrow = (knowledge.vocabulary.tree.name(code) for code in ("SOLID", "NSCLC"))
    assert one.why == (f"another population: for it in {wide}, against it in {narrow}",)
    (one,) = compared(
        knowledge,
        [claim("f", "onkos", Effect.NO_BENEFIT)],
        [everywhere, claim("g", "CIViC")],
    )
    assert one.why == (UNEXPLAINED,)  # what CIViC says of this very disease stays unexplained


def test_one_source_that_grades_both_sides(knowledge):
    theirs = [claim("b", "CIViC", Effect.NO_BENEFIT), claim("c", "CIViC", level="C")]
    (one,) = compared(knowledge, [], theirs)
    assert one.why == ("weight: CIViC for it at C, against it at B",)
    theirs = [claim("b", "CIViC", Effect.NO_BENEFIT), claim("c", "CGI", level="C")]
    (one,) = compared(knowledge, [], theirs)
    assert one.why == (UNEXPLAINED,)  # levels of two sources are not one scale


def test_a_source_that_asks_for_a_marker_not_known_here_is_not_silent(knowledge):
    amplified = CopyNumberIs(genes=("EGFR",), call=CopyCall.AMPLIFICATION)
    mine = [claim("a", "onkos", when=amplified), claim("h", "onkos", when=C797S, disease="BRCA")]
    theirs = [claim("b", "CIViC"), claim("c", "CGI", drug="gefitinib")]
    one = next(c for c in compared(knowledge, mine, theirs) if c.therapy == ("osimertinib",))
    assert one.asks == ("onkos: EGFR amplification",)
    assert one.silent == ("CGI",)


def test_no_other_source_moves_the_plan(knowledge):
    """What others say, for or against, changes no option, no rank and no caution."""
    from onkos import pipeline

    case = Case(id="c", disease="LUAD", alterations=(small_variant("EGFR", "L858R"),))
    others = (
        claim("x", "CIViC", Effect.RESISTANCE),
        claim("y", "CIViC", drug="imatinib", level="A"),
    )
    told = msgspec.structs.replace(knowledge, others=others)
    assert pipeline.run(case, told).plan == pipeline.run(case, knowledge).plan


def test_consensus_is_the_same_in_whatever_order_voices_stand():
    voices = [
        Voice(source="A", stance=Stance.FOR),
        Voice(source="B", stance=Stance.AGAINST, clinical=False),
        Voice(source="C", stance=Stance.NEITHER),
    ]
    assert consensus(voices) == consensus(voices[::-1]) is Consensus.CONFLICT
    assert reasons(voices) == reasons(voices[::-1])
    assert consensus(voices[2:]) is Consensus.OPEN
    assert consensus(voices[1:]) is Consensus.CONTRADICTED
