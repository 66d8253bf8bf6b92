"""Which claims a case meets, and what crosses from one disease to another."""

import msgspec

from onkos.criteria import CaseView
from onkos.evidence import match, weigh
from onkos.model import Answer, Case, Claim, Effect, Measurement, Sample, Study, StudyKind
from onkos.model.criterion import Mutation
from tests.properties.cases import small_variant


def matches(knowledge, disease, *alterations, **fields):
    case = Case(id="e", disease=disease, alterations=alterations, **fields)
    return match(case, (), knowledge)


def test_a_claim_of_this_disease_is_kept_unless_its_criterion_is_unmet(knowledge):
    exome = (Sample(assay=knowledge.assay("WES")),)
    open_case = matches(knowledge, "LUAD")
    tested = matches(knowledge, "LUAD", samples=exome)
    sotorasib = "KRAS G12C"
    assert any(str(m.claim.when) == sotorasib for m in open_case)
    at_home = [m for m in tested if str(m.claim.when) == sotorasib and m.disease is Answer.MET]
    assert at_home == []


def test_resistance_that_was_looked_for_and_not_found_holds_for_nobody(knowledge):
    def claim(name, *positive):
        studies = tuple(Study(kind=StudyKind.CASE, pmid=1 + p, positive=p) for p in positive)
        return Claim(
            id=name, when=Mutation(genes=("KIT",), change="D816V"), disease=("AML",),
            therapy=("dasatinib",), effect=Effect.RESISTANCE, studies=studies,
        )  # fmt: skip

    claims = (claim("not-found", False), claim("disputed", True, False), claim("found", True))
    known = msgspec.structs.replace(knowledge, claims=claims)
    found = matches(known, "AML", small_variant("KIT", "D816V"))
    assert {m.claim.id for m in found} == {"disputed", "found"}


def test_only_benefit_crosses_diseases_and_only_for_what_the_tumour_carries(knowledge):
    crossed = [
        m
        for m in matches(knowledge, "PAAD", small_variant("BRAF", "V600E"))
        if m.disease is Answer.UNMET
    ]
    assert crossed
    assert all(m.claim.effect is Effect.BENEFIT for m in crossed)
    assert all(m.biomarker.alterations for m in crossed)


def test_wild_type_hormones_and_markers_of_one_disease_stay_at_home(knowledge):
    exome = (Sample(assay=knowledge.assay("WES")),)
    found = matches(knowledge, "MEL", small_variant("BRCA2", "S1982fs"), samples=exome)
    regimens = {m.claim.therapy for m in found if m.disease is Answer.UNMET}
    assert ("olaparib",) in regimens
    assert not any({"cetuximab", "abiraterone", "enzalutamide"} & set(r) for r in regimens)


def test_an_approval_counts_for_a_chosen_regulator_and_only_while_it_stands(knowledge):
    case = Case(id="e", disease="CHOL")
    view = CaseView(case, knowledge.vocabulary)
    for claim in knowledge.claims:
        shown = {a.regulator for a in weigh(claim, view, knowledge, ("FDA",)).approvals}
        standing = {a.regulator for a in claim.approvals if a.stands}
        assert shown <= standing & {"FDA"}


def test_the_grade_of_a_claim_depends_on_the_patient_and_not_on_the_verdict(knowledge):
    claim = next(c for c in knowledge.claims if str(c.when) == "KRAS G12C" and "NSCLC" in c.disease)
    for disease, level in (("LUAD", "1"), ("PAAD", "3B"), ("AML", "")):
        view = CaseView(Case(id="e", disease=disease), knowledge.vocabulary)
        graded = weigh(claim, view, knowledge)
        assert graded.grades.oncokb_style.level == level


def test_what_the_diagnosis_alone_selects_stands_on_no_scale(knowledge):
    by_diagnosis = {m.claim.id: m for m in matches(knowledge, "PCM")}
    stained = {
        m.claim.id: m
        for m in matches(
            knowledge, "PCM", measurements=(Measurement(name="BCMA", status="positive"),)
        )
    }
    one = next(i for i in stained if str(by_diagnosis[i].claim.when).startswith("BCMA positive or"))
    assert by_diagnosis[one].grades.amp.tier == "" == by_diagnosis[one].grades.escat.tier
    assert by_diagnosis[one].grades.amp.clause == "no-marker"
    assert stained[one].grades.amp.tier == "I"
