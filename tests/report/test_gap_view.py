"""What guidelines ask for, and the tests that approvals rest on, in every form."""

import json

import jsonschema
import pytest

from onkos.model import Case, Sample
from onkos.pipeline import run
from onkos.report import render, to_json
from onkos.report.gap_view import TITLE, gap_page
from tests.properties.cases import small_variant
from tests.report.test_json import SCHEMA, strict


@pytest.fixture(scope="module")
def dossier(knowledge):
    sample = Sample(id="t", material="tissue", purity=0.5, assay=knowledge.assay("MSK-IMPACT"))
    seen = (small_variant("EGFR", "L858R"),)
    case = Case(id="p", disease="LUAD", stage="IV", line=1, alterations=seen, samples=(sample,))
    return run(case, knowledge)


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_every_form_says_the_test_and_what_is_asked_for(dossier, form):
    told = " ".join(str(render(dossier, form)).split())
    assert TITLE.casefold() in told.casefold()
    assert "companion test approved by FDA: FoundationOne CDx" in told
    assert "this report came from MSK-IMPACT (505 genes)" in told
    assert "written from memory, not verified" in told


def test_what_was_not_read_is_marked_beside_what_was(dossier):
    page = gap_page(dossier.plan.gaps)
    assert "what is marked so was written from memory, not verified" in page.asked_by
    marked = {i.name for r in (*page.rows, *page.considered) for i in r.items
              if "not verified" in i.marks}  # fmt: skip
    unread = {gap.name for gap in dossier.plan.gaps if gap.unverified and not gap.in_test_next}
    assert marked == unread


def test_nothing_is_said_twice(dossier):
    page = gap_page(dossier.plan.gaps)
    new = {item.name for row in (*page.rows, *page.considered) for item in row.items}
    assert new
    assert page.above
    assert not new & set(page.above)


def test_a_marker_negative_in_plasma_stands_in_one_place(knowledge):
    sample = Sample(id="p", material="plasma", assay=knowledge.assay("Guardant360 CDx"))
    plan = run(Case(id="p", disease="LUAD", stage="IV", line=1, samples=(sample,)), knowledge).plan
    page = gap_page(plan.gaps)
    new = [item.name for row in (*page.rows, *page.considered) for item in row.items]
    assert "BRAF V600E" in page.reflex
    told = [*new, *page.reflex, *page.above, *(name for a in page.repeat for name in a.names)]
    assert len(told) == len(set(told)) == len(plan.gaps)


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_every_form_says_that_the_diagnosis_is_too_coarse(knowledge, form):
    case = Case(id="p", disease="PROSTATE", stage="IV")
    told = " ".join(str(render(run(case, knowledge), form)).split())
    if form != "json":
        assert "The diagnosis as given is too coarse for these lists, which may ask" in told
    assert "prostate cancer, metastatic" in told


def test_json_tells_all_of_them_and_keeps_the_schema(dossier):
    schema = strict(json.loads(SCHEMA.read_text(encoding="utf-8")))
    form = to_json(dossier)
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(form)))
    assert {gap["marker"] for gap in form["gaps"]} == {g.name for g in dossier.plan.gaps}
    basis = form["options"][0]["test_basis"]
    assert basis["standing"] == "another test"
    assert basis["approved"]
    assert basis["unverified"]
