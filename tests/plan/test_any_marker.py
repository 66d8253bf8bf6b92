"""Labels that ask for no marker: had here, half a step behind, counted by no scale."""

from datetime import date

import msgspec
import pytest

from onkos.model import Answer, Approval, Case, Guideline
from onkos.pipeline import run
from onkos.plan.order import match_key, on_label
from tests.properties.cases import small_variant
from tests.report.dossiers import L858R, claim, here, match

FDA = Approval(regulator="FDA", on=date(2018, 4, 18))
ANY = msgspec.structs.replace(FDA, any_marker=True)
ESMO = Guideline(body="ESMO", year=2023, doi="10.1016/j.annonc.2022.12.009")
WEAK = {"studies": (), "guidelines": (ESMO,)}
L858R_FOUND = (small_variant("EGFR", "L858R"),)
TWO_WAYS = [("erlotinib", "gefitinib"), ("gefitinib", "erlotinib")]


@pytest.fixture
def plan(knowledge):
    """The plan of an EGFR L858R tumour where these claims are all that is known."""

    def make(*claims, alterations=L858R_FOUND, **fields):
        case = Case(id="m", disease="LUAD", alterations=alterations, **fields)
        return run(case, msgspec.structs.replace(knowledge, claims=claims)).plan

    return make


def drugs(plan):
    return [option.therapy[0] for option in plan.options]


@pytest.mark.parametrize(
    ("asks", "asks_not"), [("erlotinib", "gefitinib"), ("gefitinib", "erlotinib")]
)
def test_a_label_that_asks_for_the_marker_comes_before_one_that_does_not(plan, asks, asks_not):
    made = plan(
        claim("asks", (asks,), approvals=(FDA,), guidelines=(ESMO,)),
        claim("asks-not", (asks_not,), approvals=(ANY,), guidelines=(ESMO,)),
    )
    assert drugs(made) == [asks, asks_not]
    assert all(option.approved_here for option in made.options)


@pytest.mark.parametrize(
    ("first", "last"), [("erlotinib", "gefitinib"), ("gefitinib", "erlotinib")]
)
def test_a_label_whatever_the_marker_comes_before_no_label(plan, first, last):
    made = plan(claim("any", (first,), approvals=(ANY,)), claim("none", (last,)))
    assert drugs(made) == [first, last]
    assert [option.approved_here for option in made.options] == [True, False]


@pytest.mark.parametrize("setting", [Answer.MET, Answer.UNKNOWN])
def test_it_is_half_a_step_behind_and_never_a_whole_one(setting):
    asked, not_asked = (
        on_label(match(claim("x"), approvals=(here("FDA", "2018", setting, any_marker=marked),)))
        for marked in (False, True)
    )
    assert asked - not_asked == 1
    worse = on_label(match(claim("x"), approvals=(here("FDA", "2018", Answer(setting - 1)),)))
    assert not_asked > worse


@pytest.mark.parametrize("facts", [{}, WEAK], ids=["study", "guideline"])
def test_no_scale_counts_it(plan, facts):
    bare, marked, asked = (
        plan(claim("x", approvals=approvals, **facts)).options[0].grades
        for approvals in ((), (ANY,), (FDA,))
    )
    assert marked == bare
    assert asked != bare


def test_it_is_no_fact_looked_up_for_the_marker_and_not_recent():
    unverified = msgspec.structs.replace(ESMO, unverified=True)
    facts = {"studies": (), "guidelines": (unverified,)}
    recent = msgspec.structs.replace(ANY, on=date(2026, 1, 1))
    key = match_key(match(claim("x", approvals=(recent,), **facts)), superseded=False)
    assert not key.looked_up
    assert key.recency == 2023
    asked = msgspec.structs.replace(recent, any_marker=False)
    key = match_key(match(claim("x", approvals=(asked,), **facts)), superseded=False)
    assert key.looked_up
    assert key.recency == 2026


def test_a_marker_is_not_tested_for_where_the_label_does_not_ask(plan):
    open_case = {"alterations": (), "settings": ("metastatic",)}
    not_asked = plan(claim("x", approvals=(ANY,)), **open_case)
    assert not_asked.test_next == ()
    asked = plan(claim("x", approvals=(FDA,)), **open_case)
    assert [test.could_open for test in asked.test_next] == [("osimertinib",)]


def test_the_reason_of_its_rank_says_so(plan):
    told = " ".join(plan(claim("x", approvals=(ANY,), when=L858R)).options[0].reasons)
    assert "whatever the marker" in told
    assert "whatever" not in " ".join(plan(claim("x", approvals=(FDA,))).options[0].reasons)
