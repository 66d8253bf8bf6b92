"""An approval whatever the marker is told as one, in every form."""

from datetime import date

import msgspec
import pytest

from onkos.model import ANY_MARKER, Approval, Case
from onkos.pipeline import run
from onkos.report import render, to_json
from onkos.report.site import pages
from tests.properties.cases import small_variant
from tests.report.dossiers import claim


def approved(**more):
    given = (Approval(regulator="FDA", on=date(2018, 4, 18), **more),)
    return claim("any-marker" if more else "asked", approvals=given)


@pytest.fixture
def dossier(knowledge):
    def make(one):
        case = Case(id="m", disease="LUAD", alterations=(small_variant("EGFR", "L858R"),))
        return run(case, msgspec.structs.replace(knowledge, claims=(one,)))

    return make


@pytest.mark.parametrize("fmt", ["text", "md", "html"])
def test_every_form_for_reading_says_it_and_only_of_such_a_label(dossier, fmt):
    told = " ".join(render(dossier(approved(any_marker=True)), fmt).split())
    assert any(ANY_MARKER in after[:80] for after in told.split("FDA 2018-04-18")[1:])
    assert ANY_MARKER not in render(dossier(approved()), fmt)


@pytest.mark.parametrize(
    ("one", "marked"), [(approved(any_marker=True), True), (approved(), False)]
)
def test_the_json_says_it_of_the_option_and_of_the_claim(dossier, one, marked):
    form = to_json(dossier(one))
    assert [a["any_marker"] for a in form["options"][0]["approvals"]] == [marked]
    assert [a["any_marker"] for a in form["claims"][one.id]["approvals"]] == [marked]


def test_the_page_of_the_drug_says_it(knowledge):
    for one, said in ((approved(any_marker=True), True), (approved(), False)):
        site = dict(pages(msgspec.structs.replace(knowledge, claims=(one,))))
        assert (ANY_MARKER in site["drugs/osimertinib.html"]) is said


def test_the_page_marks_it_beside_the_option_and_among_the_facts(dossier):
    html = render(dossier(approved(any_marker=True)), "html")
    mark = f'<span class="mark plain">{ANY_MARKER}</span>'
    assert f"FDA 2018-04-18 {mark}" in html
    assert f"approved {mark}" in html
