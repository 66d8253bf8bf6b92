"""What sources say of a regimen, and why they differ."""

import msgspec
import pytest

from onkos.criteria import parse
from onkos.evidence import compare, match
from onkos.evidence.conflict import UNEXPLAINED, consensus, reasons
from onkos.model import Case, Claim, Consensus, CopyCall, Effect, Stance, Study, StudyKind, Voice
from onkos.model.criterion import CopyNumberIs, Mutation
from onkos.model.names import name_key
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


def compared(knowledge, mine, theirs, *alterations, disease="LUAD", settings=()):
    known = msgspec.structs.replace(knowledge, claims=tuple(mine), others=tuple(theirs))
    found = alterations or (small_variant("EGFR", "L858R"),)
    case = Case(id="c", disease=disease, alterations=found, settings=settings)
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
    failed = claim("f", "CIViC", Effect.HARM, year=2021)
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
    failed = claim("f", "CIViC", Effect.HARM, **theirs)
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
    assert one.why == (
        f"another population: for it in {wide}, against it in {narrow} "
        "(MOAlmanac for it, onkos against it)",
        "unexplained, read both: CIViC (level B) for it, onkos (AMP II-C) against it",
    )


def test_one_source_that_grades_both_sides(knowledge):
    theirs = [claim("b", "CIViC", Effect.HARM), claim("c", "CIViC", level="C")]
    (one,) = compared(knowledge, [], theirs)
    assert one.why == ("weight: CIViC for it at C, against it at B",)
    theirs = [claim("b", "CIViC", Effect.HARM), claim("c", "CGI", level="C")]
    (one,) = compared(knowledge, [], theirs)
    assert one.why == (UNEXPLAINED,)  # levels of two sources are not one scale


def test_a_source_that_asks_for_a_marker_not_known_here_is_not_silent(knowledge):
    amplified = CopyNumberIs(genes=("EGFR",), call=CopyCall.AMPLIFICATION)
    mine = [claim("a", "onkos", when=amplified), claim("h", "onkos", when=C797S, disease="BRCA")]
    theirs = [claim("b", "CIViC"), claim("c", "CGI", drug="gefitinib")]
    one = next(c for c in compared(knowledge, mine, theirs) if c.therapy == ("osimertinib",))
    assert one.asks == ("onkos: EGFR amplification",)
    assert one.silent == ("CGI",)


def test_a_benefit_that_another_source_denies_does_not_speak_against_the_drug(knowledge):
    """CIViC EID501: the progesterone receptor does not affect the outcome of tamoxifen."""
    denied = claim("d", "CIViC", Effect.NO_BENEFIT, when=C797S)
    both = small_variant("EGFR", "L858R"), small_variant("EGFR", "C797S")
    (one,) = compared(knowledge, [claim("a", "onkos")], [denied], *both)
    assert one.consensus is Consensus.SUPPORTED
    assert [voice.stance for voice in one.voices] == [Stance.FOR, Stance.NO_EFFECT]
    assert one.why == ()


def test_a_denied_benefit_is_against_the_drug_where_patients_fared_worse(knowledge):
    denied = claim("d", "CIViC", Effect.NO_BENEFIT)
    worse = msgspec.structs.replace(denied.studies[0], hazard_ratio=1.6, ci95=(1.1, 2.3))
    harmed = msgspec.structs.replace(denied, studies=(worse,))
    (one,) = compared(knowledge, [claim("a", "onkos")], [harmed])
    assert one.consensus is Consensus.CONFLICT
    uncertain = msgspec.structs.replace(worse, ci95=(0.9, 2.3))
    (one,) = compared(
        knowledge,
        [claim("a", "onkos")],
        [msgspec.structs.replace(denied, studies=(uncertain,))],
    )
    assert one.consensus is Consensus.SUPPORTED


def test_a_built_in_claim_of_no_benefit_stays_against_the_drug(knowledge):
    mine = [claim("a", "", Effect.NO_BENEFIT)]
    (one,) = compared(knowledge, mine, [claim("b", "CIViC")])
    assert one.consensus is Consensus.CONFLICT


def test_a_trial_that_runs_supports_nothing(knowledge):
    told = claim("m", "MOAlmanac", drug="cabozantinib")
    running = msgspec.structs.replace(told.studies[0], ongoing=True)
    (one,) = compared(knowledge, [], [msgspec.structs.replace(told, studies=(running,))])
    assert one.consensus is Consensus.IN_TRIALS
    assert [voice.stance for voice in one.voices] == [Stance.IN_TRIALS]


def test_a_class_joins_the_regimens_of_its_members(knowledge):
    theirs = [
        claim("t", "CGI", drug='class "EGFR TKI"', level="FDA"),
        claim("g", "CGI", drug='class "EGFR inhibitor 3rd gen"'),
        claim("h", "CGI", drug='class "HSP90 inhibitor"'),
    ]
    found = {c.therapy[0]: c for c in compared(knowledge, [claim("a", "")], theirs)}
    assert set(found) == {"osimertinib", 'class "HSP90 inhibitor"'}
    one = found["osimertinib"]
    assert one.silent == ()
    assert [voice.of_class for voice in one.voices] == [
        "",
        "EGFR TKI",
        "EGFR inhibitor 3rd gen",
    ]


def test_what_is_said_of_a_class_does_not_contradict_what_is_said_of_the_drug(knowledge):
    """Resistance to EGFR TKI by T790M is older than the drugs made for it."""
    against = claim("t", "CIViC", Effect.RESISTANCE, drug='class "EGFR TKI"')
    (one,) = compared(knowledge, [claim("a", "")], [against])
    assert one.consensus is Consensus.SUPPORTED
    assert one.voices[1].stance is Stance.AGAINST


def test_a_steroid_that_goes_along_makes_no_other_regimen(knowledge):
    def of(name, source, *drugs):
        return msgspec.structs.replace(claim(name, source), therapy=drugs)

    mine = [of("a", "", "olaparib", "abiraterone"), of("b", "", "dexamethasone", "carfilzomib")]
    theirs = [
        of("c", "MOAlmanac", "abiraterone", "olaparib", "prednisone"),
        of("d", "CIViC", "carfilzomib"),
    ]
    found = {c.therapy: c for c in compared(knowledge, mine, theirs)}
    one = found["olaparib", "abiraterone"]
    assert {voice.source for voice in one.voices} == {"onkos", "MOAlmanac"}
    assert len(found) == 3  # in myeloma the steroid treats
    assert found["carfilzomib",].within == ("onkos: dexamethasone + carfilzomib",)
    assert found["carfilzomib",].silent == ("MOAlmanac",)


def test_the_facts_name_drugs_and_classes_of_the_vocabulary(knowledge):
    words = knowledge.vocabulary
    for name in ("supportive_steroids", "given_with_a_steroid"):
        assert words.facts[name]
        assert set(words.facts[name]) <= set(words.drug_by_inn)
    for line in words.facts["classes_of_others"]:
        name, _, own = line.partition(":")
        assert name_key(name) not in words.drug_classes, name
        assert all(name_key(one) in words.drug_classes for one in own.split(",")), line


def test_an_agent_that_was_given_up_says_so(knowledge):
    """Lestaurtinib failed in acute myeloid leukaemia, and the same page tells it."""
    known = claim("c", "CIViC", drug="lestaurtinib", disease="AML")
    (one,) = compared(knowledge, [], [known], disease="AML")
    assert one.tried == "failed"
    assert "onkos" not in one.silent


def test_what_is_said_of_another_setting_makes_no_conflict(knowledge):
    """ALTTO was adjuvant; it does not speak against lapatinib in metastatic disease."""
    adjuvant = msgspec.structs.replace(
        claim("a", "", Effect.NO_BENEFIT),
        setting=parse("setting adjuvant", knowledge.vocabulary),
    )
    metastatic = {"settings": ("metastatic",)}
    (one,) = compared(knowledge, [adjuvant], [claim("b", "CIViC")], **metastatic)
    assert one.consensus is Consensus.SUPPORTED
    assert [(v.stance, v.fits) for v in one.voices] == [
        (Stance.AGAINST, False),
        (Stance.FOR, True),
    ]
    (one,) = compared(knowledge, [adjuvant], [claim("b", "CIViC")])  # the setting is not known
    assert one.consensus is Consensus.CONFLICT


def test_weight_and_date_are_told_only_where_both_speak_of_the_same(knowledge):
    theirs = [claim("r", "CIViC", Effect.RESISTANCE, when=C797S, level="D", year=2010)]
    theirs += [claim("b", "CIViC")]
    both = small_variant("EGFR", "L858R"), small_variant("EGFR", "C797S")
    (one,) = compared(knowledge, [], theirs, *both)
    assert one.why == ("another change: EGFR L858R for it, EGFR C797S against it",)


def test_a_claim_against_on_the_same_marker_does_not_hide_behind_another(knowledge):
    """All that speaks against it must rest on a second change, not some of it."""
    theirs = [
        claim("r", "CIViC", Effect.RESISTANCE, when=C797S),
        claim("s", "CIViC", Effect.RESISTANCE),
    ]
    both = small_variant("EGFR", "L858R"), small_variant("EGFR", "C797S")
    (one,) = compared(knowledge, [claim("a", "")], theirs, *both)
    assert one.why == (UNEXPLAINED,)


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
