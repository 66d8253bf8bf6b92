"""What is said of tests beside the options, and headings that come a second time."""

import re

import msgspec
import pytest

from onkos.model import Answer, BasisStanding, PriorTherapy, TestBasis
from onkos.report import render
from onkos.report.option_view import in_groups, on_tests, option_view
from tests.report.dossiers import claim, here, lung, match, option

EU = "EMA: the EU keeps no list of companion tests"
SAID = (
    "companion test approved by FDA: Kit A (tissue); this report came from Panel B: confirm",
    "complementary, informs and is not required: Kit C (tissue)",
    "commonly used, approval not verified: Kit D (tissue); verify",
)


def with_tests(*standings):
    """The lung dossier whose options rest on tests of these standings."""
    dossier = lung()
    given = tuple(
        msgspec.structs.replace(
            option(rank, match(claim(f"c{rank}"), approvals=(here("FDA", "2018-04-18"),))),
            basis=TestBasis(standing=standing, reported_by=("Panel B",), sentences=(*SAID, EU)),
        )
        for rank, standing in enumerate(standings, 1)
    )
    plan = msgspec.structs.replace(dossier.plan, options=given)
    return msgspec.structs.replace(dossier, plan=plan, regulators=("FDA", "EMA"))


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_every_form_says_the_same_of_tests_and_the_european_sentence_once(form):
    dossier = with_tests(BasisStanding.OTHER, BasisStanding.SAME)
    told = " ".join(str(render(dossier, form)).split())
    for sentence in SAID:
        assert told.count(sentence) == 2, sentence
    assert told.count(EU) == 1
    assert told.index(EU) < told.index(SAID[0])
    assert on_tests(dossier) == (EU,)


def test_the_page_shows_unfolded_that_another_test_was_used():
    told = str(render(with_tests(BasisStanding.OTHER), "html"))
    unfolded = re.sub(r"<details.*?</details>", "", told, flags=re.S)
    assert "Panel B is not among the tests listed as approved: confirm" in unfolded
    told = str(render(with_tests(BasisStanding.SAME), "html"))
    assert "not among the tests" not in told


def test_a_heading_that_comes_again_says_why():
    dossier = lung()
    case = msgspec.structs.replace(
        dossier.case, prior=(PriorTherapy(drugs=("enzalutamide",), progressed=True),)
    )
    dossier = msgspec.structs.replace(dossier, case=case)
    on_label = here("FDA", "2020-05-19")
    talazoparib = ("talazoparib", "enzalutamide")
    options = (
        option(1, match(claim("a", ("olaparib",)), approvals=(on_label,))),
        option(2, match(claim("b", ("niraparib",)), disease=Answer.UNMET)),
        option(3, match(claim("c", talazoparib), approvals=(on_label,))),
        option(4, match(claim("d", ("niraparib", "x")), disease=Answer.UNMET), unverified=True),
        option(5, match(claim("e", ("y",)), approvals=(on_label,))),
    )
    groups = in_groups(option_view(one, dossier) for one in options)
    assert [group.heading for group in groups] == [
        "Approved here, in this setting",
        "Borrowed from another disease",
        "Approved here, in this setting; with what the tumour progressed on",
        "Borrowed from another disease; not verified",
        "Approved here, in this setting; of lower rank",
    ]
