"""A patient who withholds inherited findings: what one could answer is unknown, carrier or not."""

from __future__ import annotations

import msgspec
import pytest

from onkos.model import Answer
from onkos.pipeline import run, survey_trials, with_trials
from onkos.report import render
from onkos.sources.patient.record import case_of_record
from tests.trials.test_ruled_out import study

T, F, U = Answer.MET, Answer.UNMET, Answer.UNKNOWN


def _case(knowledge, *carried, germline="withhold", tumour=("TP53 R175H",)):
    record = {
        "id": "w", "disease": "HGSOC", "age": 60, "germline": germline,
        "alterations": [*carried, *tumour], "assay": "WES",
    }  # fmt: skip
    return case_of_record(record, knowledge)


def _trial(vocabulary, language, excluded=False):
    from onkos.criteria import parse
    from onkos.model.trial import AllOf, Part, Polarity, Trial, TrialCriterion, TrialStatus

    polarity = Polarity.EXCLUDED if excluded else Polarity.REQUIRED
    asked = TrialCriterion(
        text=language, part=Part.GENOMIC, criterion=parse(language, vocabulary), polarity=polarity
    )
    return Trial(id="x", status=TrialStatus.RECRUITING, rule=AllOf(of=(asked,)))


@pytest.mark.parametrize(
    ("language", "excluded", "answer"),
    [
        ("BRCA1 oncogenic mutation", False, U),
        ("BRCA1 oncogenic mutation", True, U),
        ("BRCA1/BRCA2 loss of function", False, U),
        ("germline BRCA1 mutation", True, U),
        ("BRCA1 wild-type", False, U),
        ("(not BRCA1 mutation) or KRAS G12C", False, U),
        ("somatic BRCA1 mutation", False, F),
        ("KRAS G12C", False, F),
        ("TP53 R175H", False, T),
        ("EGFR mutation", False, F),
    ],
)
def test_the_answer_is_unknown_and_the_same_for_a_carrier(
    knowledge, vocabulary, language, excluded, answer
):
    trial = _trial(vocabulary, language, excluded)
    told = [
        survey_trials(_case(knowledge, *carried), [trial], knowledge, everything=True)
        for carried in ((), ("BRCA1 C61G germline",))
    ]
    assert told[0].matches[0].answer is answer
    assert msgspec.json.encode(told[0]) == msgspec.json.encode(told[1])


def test_who_withholds_nothing_is_answered(knowledge, vocabulary):
    trial = _trial(vocabulary, "BRCA1 oncogenic mutation")
    plain = _case(knowledge, germline="report")
    assert survey_trials(plain, [trial], knowledge, everything=True).matches[0].answer is F


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_no_page_tells_a_carrier_from_another(knowledge, vocabulary, form):
    trials = [
        _trial(vocabulary, "BRCA1/BRCA2 oncogenic mutation", excluded=True),
        study(
            vocabulary, 2, "High-grade serous ovarian cancer\n\nExclusion Criteria:\n\n"
            "* BRCA1/2 mutation", ["Ovarian Cancer"],
        ),
    ]  # fmt: skip
    pages = []
    for carried in ((), ("BRCA1 C61G germline",)):
        found = run(_case(knowledge, *carried), knowledge)
        pages.append(render(with_trials(found, trials, knowledge), form))
    assert pages[0] == pages[1]


def test_a_cohort_counts_them_as_unknown_too(knowledge, vocabulary):
    from onkos.pipeline import feasible_trials

    trial = _trial(vocabulary, "BRCA1 oncogenic mutation", excluded=True)
    cohort = [_case(knowledge, "BRCA1 C61G germline"), _case(knowledge)]
    for one in cohort:
        (found,) = feasible_trials([one], [trial], knowledge)
        assert (found.eligible, found.possible) == (0, 1)
