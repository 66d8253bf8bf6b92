"""Terminal text and Markdown say what the page says, in its order."""

import re

import pytest

from onkos.report import NOTICE, render
from tests.report.dossiers import crowded, empty, hostile, lung


@pytest.mark.parametrize("make", [lung, crowded, empty, lambda: hostile(lung())])
def test_text_is_at_most_100_columns_wide_and_steers_no_terminal(make):
    text = render(make(), "text")
    assert max(len(line) for line in text.splitlines()) <= 100
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)


def test_the_answer_comes_first_in_text():
    text = render(lung(), "text")
    titles = [line for line in text.splitlines() if line.isupper() and not line.startswith(" ")]
    assert titles == [
        "OPTIONS", "AVOID", "EVIDENCE AGAINST REGIMENS THAT ARE NOT OFFERED", "TEST NEXT",
        "GERMLINE FINDINGS", "PROGNOSIS", "DIAGNOSIS", "PREDISPOSITION", "ALTERATIONS", "MEASURED",
        "NOT ASSESSED (NOT TESTED IS NOT NEGATIVE)", "HOW THE INPUT WAS READ", "PROVENANCE",
    ]  # fmt: skip


def joined(fmt):
    """The whole text on one line, Markdown's escapes gone."""
    return re.sub(r"\\(.)", r"\1", " ".join(render(lung(), fmt).split()))


@pytest.mark.parametrize("fmt", ["text", "md"])
def test_every_claim_line_names_its_sources(fmt):
    told = re.sub(r"\]\([^)]*\)", "", joined(fmt)).replace("[", "")
    assert "PMID:29151359, NCT02296125" in told
    assert "EMA 2018-06-08 (not verified)" in told
    assert "NCT04129502 (contrary)" in told


@pytest.mark.parametrize("fmt", ["text", "md"])
def test_what_a_board_must_not_miss_is_there(fmt):
    told = joined(fmt)
    for said in (
        "setting met",
        "setting unknown: prior carboplatin: prior therapy not given",
        "approval withdrawn: FDA 2021-09-15, withdrawn 2024-07-16",
        "EGFR L858R was seen in plasma only",
        "EGFR T790M: resistance to gefitinib (guideline, on-target)",
        "given before",
        "superseded by osimertinib",
        "fusions of ALK, ROS1",
        "Li-Fraumeni syndrome",
        "filter strand_bias",
        "X written for a stop",
        "no assay given: absent is unknown",
        "computed",
    ):
        assert said in told, said


@pytest.mark.parametrize("fmt", ["text", "md"])
def test_the_notice_ends_every_form(fmt):
    assert " ".join(render(lung(), fmt).split()).endswith(NOTICE)


def test_hostile_text_is_no_markup_in_markdown():
    text = render(hostile(lung()), "md")
    assert "<script" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    tables = [re.sub(r"\\.", "", row).count("|") for row in rows]
    assert set(tables) <= {4, 6, 7, 8}
    assert "](javascript" not in text


@pytest.mark.parametrize("fmt", ["text", "md"])
def test_when_nothing_matches_it_says_so(fmt):
    assert "No biomarker-selected option; standard treatment is not listed here." in render(
        empty(), fmt
    )


@pytest.mark.parametrize("fmt", ["text", "md", "json"])
def test_the_same_dossier_gives_the_same_text(fmt):
    assert render(lung(), fmt) == render(lung(), fmt)
