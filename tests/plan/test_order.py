"""The order between a label for another setting and evidence for this one."""

from datetime import date

import msgspec
import pytest

from onkos.model import Answer, Approval, Case, Guideline, Study, StudyKind
from onkos.model.criterion import SettingIs
from onkos.pipeline import run
from onkos.plan.order import match_key
from tests.properties.cases import small_variant
from tests.report.dossiers import claim, here, match

FDA = Approval(regulator="FDA", on=date(2018, 4, 18))
ESMO = Guideline(body="ESMO", year=2023, doi="10.1016/j.annonc.2022.12.009")
ONE_PATIENT = Study(kind=StudyKind.CASE, name="one patient", pmid=7)
ADJUVANT = {"setting": SettingIs(setting="adjuvant")}
BOTH_WAYS = pytest.mark.parametrize(
    ("first", "last"), [("erlotinib", "gefitinib"), ("gefitinib", "erlotinib")]
)


@pytest.fixture
def therapies(knowledge):
    """Regimens in order for a metastatic EGFR L858R tumour, by these claims alone."""

    def make(*claims):
        case = Case(
            id="o",
            disease="LUAD",
            alterations=(small_variant("EGFR", "L858R"),),
            settings=("metastatic",),
        )
        options = run(case, msgspec.structs.replace(knowledge, claims=claims)).plan.options
        return [option.therapy[0] for option in options]

    return make


@BOTH_WAYS
def test_a_guideline_for_this_setting_comes_before_a_label_for_another(therapies, first, last):
    recommended = claim("here", (first,), guidelines=(ESMO,), studies=(ONE_PATIENT,))
    elsewhere = claim("elsewhere", (last,), approvals=(FDA,), **ADJUVANT)
    assert therapies(elsewhere, recommended) == [first, last]


@BOTH_WAYS
def test_a_guideline_for_another_setting_does_not_lift_its_label(therapies, first, last):
    recommended = claim("here", (first,), guidelines=(ESMO,), studies=(ONE_PATIENT,))
    elsewhere = claim("elsewhere", (last,), approvals=(FDA,), guidelines=(ESMO,), **ADJUVANT)
    assert therapies(elsewhere, recommended) == [first, last]


@BOTH_WAYS
def test_a_label_for_another_setting_comes_before_a_study_alone(therapies, first, last):
    elsewhere = claim("elsewhere", (first,), approvals=(FDA,), studies=(ONE_PATIENT,), **ADJUVANT)
    assert therapies(claim("study", (last,)), elsewhere) == [first, last]


@BOTH_WAYS
def test_a_label_for_this_setting_comes_before_a_guideline(therapies, first, last):
    labelled = claim("label", (first,), approvals=(FDA,), studies=(ONE_PATIENT,))
    assert therapies(claim("guideline", (last,), guidelines=(ESMO,)), labelled) == [first, last]


@BOTH_WAYS
def test_what_was_shown_in_this_setting_comes_before_stronger_evidence_in_another(
    therapies, first, last
):
    weak = claim("weak", (first,), studies=(ONE_PATIENT,))
    assert therapies(claim("strong", (last,), **ADJUVANT), weak) == [first, last]


@pytest.mark.parametrize(
    ("more", "worth"), [({}, 2), ({"unverified": True}, 1), ({"any_marker": True}, 1)]
)
def test_a_label_for_another_setting_is_worth_less_where_in_doubt(more, worth):
    elsewhere = match(claim("x"), approvals=(here("FDA", "2018", Answer.UNMET, **more),))
    key = match_key(elsewhere, superseded=False)
    assert (key.on_label, key.label_elsewhere) == (0, worth)
