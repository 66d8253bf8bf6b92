"""What lint refuses: one spoilt claim, one sentence."""

from datetime import date

import msgspec
import pytest

from onkos.model import Approval, Effect, Guideline, Study, StudyKind
from onkos.model.criterion import Mutation, SettingIs
from onkos.sources.knowledge.lint import LAST_PMID, lint
from tests.report.dossiers import L858R, claim

PAGE = "https://blog.example.org/egfr"


def study(**more):
    return Study(kind=StudyKind.CASE, name="one patient", **more)


def fda(**more):
    return Approval(regulator="FDA", **{"on": date(2018, 4, 18), **more})


def problems(knowledge, spoilt):
    """All that lint says of this one claim, in the place of all others."""
    return lint(msgspec.structs.replace(knowledge, claims=(spoilt,)))


CLEAN = {
    "a benefit": claim("clean", approvals=(fda(),)),
    "an approval whatever the marker": claim("clean", approvals=(fda(any_marker=True),)),
    "an approval withdrawn after it was given": claim(
        "clean", approvals=(fda(withdrawn_on=date(2020, 1, 1)),)
    ),
    "a resistance that says how": claim("clean", effect=Effect.RESISTANCE, mechanism="on-target"),
    "a family matter": claim(
        "clean", (), effect=Effect.PREDISPOSITION, cascade="tell them", raise_when=L858R
    ),
    "the last PMID there may be": claim("clean", studies=(study(pmid=LAST_PMID - 1),)),
    "a DOI with a prefix of two parts": claim("clean", studies=(study(doi="10.1000.10/x(1)2"),)),
    "a page that counts": claim("clean", studies=(study(source="https://www.fda.gov/a?b=c"),)),
    "an approval read on a page that counts": claim(
        "clean", approvals=(fda(source="ema.europa.eu, overview"),)
    ),
    "another page, marked": claim("clean", studies=(study(source=PAGE, unverified=True),)),
    "another page beside an identifier": claim("clean", studies=(study(source=PAGE, pmid=7),)),
    "a mutation of one place": claim(
        "clean", when=Mutation(genes=("EGFR",), what="mutation", exons=(19, 19))
    ),
    "a bare mutation that resists": claim(
        "clean",
        when=Mutation(genes=("EGFR",), what="mutation"),
        effect=Effect.RESISTANCE,
        mechanism="bypass",
    ),
}


@pytest.mark.parametrize("clean", CLEAN.values(), ids=CLEAN)
def test_a_clean_claim_gives_no_problem(knowledge, clean):
    assert problems(knowledge, clean) == []


SPOILT = [
    (
        claim("bad", cascade="tell the relatives"),
        "bad: cascade and raise_when belong to predisposition",
    ),
    (
        claim("bad", raise_when=SettingIs(setting="adjuvant")),
        "bad: cascade and raise_when belong to predisposition",
    ),
    (claim("bad", studies=(study(pmid=LAST_PMID),)), f"bad: {LAST_PMID} cannot be a PMID"),
    (claim("bad", studies=(study(pmid=-7),)), "bad: -7 cannot be a PMID"),
    (
        claim("bad", guidelines=(Guideline(body="ESMO", pmid=LAST_PMID),)),
        f"bad: {LAST_PMID} cannot be a PMID",
    ),
    (
        claim("bad", studies=(study(doi="doi.org/10.1056/x"),)),
        "bad: 'doi.org/10.1056/x' is not a DOI",
    ),
    (claim("bad", studies=(study(doi="10.1056"),)), "bad: '10.1056' is not a DOI"),
    (claim("bad", studies=(study(doi="10.x/y"),)), "bad: '10.x/y' is not a DOI"),
    (
        claim("bad", guidelines=(Guideline(body="ESMO", doi="11.1056/x"),)),
        "bad: '11.1056/x' is not a DOI",
    ),
    (
        claim("bad", approvals=(fda(withdrawn_on=date(2018, 4, 17)),)),
        "bad: FDA approval withdrawn 2018-04-17, before it was given",
    ),
    (
        claim("bad", studies=(study(source=PAGE),)),
        "bad: blog.example.org is not in facts.toml: mark what it says unverified",
    ),
    (
        claim("bad", approvals=(fda(source=PAGE),)),
        "bad: blog.example.org is not in facts.toml: mark what it says unverified",
    ),
    (
        claim("bad", guidelines=(Guideline(body="ESMO", source="notfda.gov"),)),
        "bad: notfda.gov is not in facts.toml: mark what it says unverified",
    ),
    (
        claim("bad", effect=Effect.NO_BENEFIT, approvals=(fda(any_marker=True),)),
        "bad: any_marker belongs to approvals of a benefit",
    ),
    (claim("bad", effect=Effect.RESISTANCE), "bad: resistance without a mechanism"),
    (
        claim("bad", when=Mutation(genes=("EGFR",), what="mutation")),
        "bad: benefit for the bare 'EGFR mutation'",
    ),
]


@pytest.mark.parametrize(("spoilt", "said"), SPOILT)
def test_a_spoilt_claim_gives_exactly_its_problem(knowledge, spoilt, said):
    assert problems(knowledge, spoilt) == [said]


def test_an_approval_later_than_the_edition_is_refused(knowledge):
    today = knowledge.pins[0].read_on
    ahead = date(int(today[:4]) + 1, 1, 1)
    assert problems(knowledge, claim("bad", approvals=(fda(on=ahead),))) == [
        f"bad: FDA approval on {ahead} is later than this edition of {today}"
    ]
    assert problems(knowledge, claim("bad", approvals=(fda(withdrawn_on=ahead),))) == [
        f"bad: FDA approval withdrawn {ahead}, later than this edition"
    ]
    same_day = fda(on=date.fromisoformat(today))
    assert problems(knowledge, claim("clean", approvals=(same_day,))) == []


@pytest.mark.parametrize("nct", ["NCT123", "NCT0229612S", "nct02296125", "02296125"])
def test_a_malformed_trial_number_is_refused_before_lint_sees_it(nct):
    with pytest.raises(ValueError, match="is not an NCT number"):
        study(nct=nct)
