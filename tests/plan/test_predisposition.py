"""Inherited risk: advice for relatives, and whom a finding in the tumour should make us ask."""

import msgspec
import pytest

from onkos.criteria import parse
from onkos.model import Case, Effect, Origin
from onkos.pipeline import run
from onkos.report import render
from tests.properties.cases import small_variant
from tests.report.dossiers import claim

ADVICE = "First-degree relatives can be offered testing for this very variant."
BRCA2 = small_variant("BRCA2", "S1982fs")


@pytest.fixture
def dossier(knowledge, vocabulary):
    """A melanoma, where one claim of predisposition is all that is known."""

    def make(alteration=BRCA2, raise_when="age < 40", cascade=ADVICE, **fields):
        known = claim(
            "family",
            (),
            when=parse("germline BRCA2 loss of function", vocabulary),
            disease=("SOLID",),
            effect=Effect.PREDISPOSITION,
            condition="an inherited condition",
            cascade=cascade,
            raise_when=parse(raise_when, vocabulary) if raise_when else None,
        )
        case = Case(id="f", disease="MEL", alterations=(alteration,), **fields)
        return run(case, msgspec.structs.replace(knowledge, claims=(known,)))

    return make


def asked(dossier):
    return [q for test in dossier.plan.test_next for q in test.would_settle]


@pytest.mark.parametrize("fmt", ["text", "md", "html"])
def test_the_advice_for_relatives_is_printed_where_the_change_is_inherited(dossier, fmt):
    inherited = msgspec.structs.replace(BRCA2, origin=Origin.GERMLINE)
    assert ADVICE in " ".join(render(dossier(inherited), fmt).split())
    assert ADVICE not in " ".join(render(dossier(age=30), fmt).split())


def test_no_heading_for_relatives_stands_without_advice(dossier):
    inherited = msgspec.structs.replace(BRCA2, origin=Origin.GERMLINE)
    assert "Relatives:" in render(dossier(inherited), "text")
    assert "Relatives:" not in render(dossier(inherited, cascade=""), "text")


@pytest.mark.parametrize(("raise_when", "age"), [("age < 40", 30), ("", 70), ("", None)])
def test_a_tumour_finding_raises_the_germline_test_in_whom_it_should(dossier, raise_when, age):
    made = dossier(raise_when=raise_when, age=age)
    assert {(q.kind, q.subject) for q in asked(made)} == {("germline-variant", "BRCA2")}
    assert made.plan.test_next[0].why == "would confirm an inherited condition"


@pytest.mark.parametrize(("raise_when", "age"), [("age < 40", 70), ("disease BREAST", 30)])
def test_in_others_the_germline_test_is_not_asked_for(dossier, raise_when, age):
    assert dossier(raise_when=raise_when, age=age).plan.test_next == ()


def test_where_it_is_open_what_decides_is_asked_first(dossier):
    made = dossier()
    assert {(q.kind, q.subject) for q in asked(made)} == {("clinical", "age")}
    assert made.plan.test_next[0].why == (
        "would confirm whether germline testing for an inherited condition is due"
    )


def test_a_change_known_to_be_somatic_asks_nothing(dossier):
    somatic = msgspec.structs.replace(BRCA2, origin=Origin.SOMATIC)
    assert asked(dossier(somatic, raise_when="")) == []
