"""What a diagnosis says of the tumour that has it."""

import pytest

from onkos.annotate import describe
from onkos.model import Case, Measurement
from onkos.pipeline import run
from onkos.sources.patient.text import observe


def offered(knowledge, disease, *texts, measurements=(), **fields):
    """Therapies offered, by name."""
    alterations = observe(texts, knowledge.vocabulary).alterations
    case = Case(
        id="d", disease=disease, alterations=tuple(alterations),
        measurements=tuple(Measurement(name=n, status=s) for n, s in measurements), **fields,
    )  # fmt: skip
    return {" + ".join(o.therapy) for o in run(case, knowledge).plan.options}


def implied(knowledge, disease, *texts):
    alterations = tuple(observe(texts, knowledge.vocabulary).alterations)
    case = describe(Case(id="d", disease=disease, alterations=alterations), knowledge)
    return [a.label for a in case.alterations if a.by_diagnosis]


def test_drugs_for_the_defining_lesion_are_offered(knowledge):
    assert "tretinoin + arsenic trioxide" in offered(knowledge, "APLPMLRARA")
    late = {"settings": ("chronic phase",), "line": 3}
    assert {"asciminib", "ponatinib"} <= offered(knowledge, "CML", "ABL1 T315I", **late)
    relapsed = {"settings": ("relapsed",), "line": 2}
    assert {"revumenib", "ziftomenib"} <= offered(knowledge, "AMLNPM1", **relapsed)


def test_antigens_of_nearly_all_are_taken_as_positive_until_measured(knowledge):
    relapsed = {"settings": ("relapsed",), "line": 3}
    taken = offered(knowledge, "DLBCLNOS", **relapsed)
    assert {"axicabtagene ciloleucel", "glofitamab"} <= taken
    lost = offered(knowledge, "DLBCLNOS", measurements=[("CD20", "negative")], **relapsed)
    assert "axicabtagene ciloleucel" in lost
    assert "glofitamab" not in lost


def test_what_is_taken_from_the_diagnosis_is_said_to_be(knowledge):
    case = Case(id="d", disease="FL")
    dossier = run(case, knowledge)
    said = {f.name: f for f in dossier.findings if f.name == "CD20"}
    assert "taken as positive" in said["CD20"].reason
    assert implied(knowledge, "APLPMLRARA") == ["t(15;17) (by the diagnosis)"]


@pytest.mark.parametrize(
    ("disease", "text"),
    [("CML", "no BCR::ABL1 fusion"), ("CML", "no t(9;22)"), ("AMLNPM1", "no NPM1 mutation")],
)
def test_what_the_case_tells_is_not_overruled(knowledge, disease, text):
    assert implied(knowledge, disease, text) == []


def test_a_coarser_diagnosis_implies_nothing(knowledge):
    assert implied(knowledge, "AML") == []
    assert implied(knowledge, "MYELOID") == []


@pytest.mark.parametrize("finding", ["PML::RARA", "46,XX,t(15;17)(q24;q21)[20]", "t(15;17)"])
def test_promyelocytic_leukaemia_given_as_aml_is_read_as_such(knowledge, finding):
    observed = observe([finding], knowledge.vocabulary)
    case = Case(id="c", disease="AML", alterations=tuple(observed.alterations))
    read = describe(case, knowledge)
    assert read.disease == "APLPMLRARA"
    assert any("read as APL with PML-RARA (APLPMLRARA)" in notice for notice in read.notices)


@pytest.mark.parametrize(
    ("disease", "finding"), [("AML", "t(8;21)"), ("AML", "no PML::RARA"), ("MDS", "PML::RARA")]
)
def test_no_other_lesion_changes_the_diagnosis(knowledge, disease, finding):
    observed = observe([finding], knowledge.vocabulary)
    case = Case(id="c", disease=disease, alterations=tuple(observed.alterations))
    assert describe(case, knowledge).disease == disease
