"""What ruled a trial out is told: by its kind, or in the words that a machine read."""

from __future__ import annotations

import json

import jsonschema
import pytest

from onkos.model.trial import StudyType, TrialStatus
from onkos.pipeline import run, survey_trials, with_trials
from onkos.report import render
from onkos.report.json_form import to_json
from onkos.sources.knowledge.trials.ctgov import trial_of
from onkos.sources.knowledge.trials.freetext import extract
from onkos.trials.distance import nearest_site
from tests.report.test_trial_view import _schema
from tests.trials.ctml_text import patient


def study(vocabulary, number, text="", conditions=("Non-small Cell Lung Cancer",), **said):
    """A study of the registry; `text` is one line that is required."""
    status, kind = said.pop("status", "RECRUITING"), said.pop("kind", "INTERVENTIONAL")
    section = {
        "identificationModule": {"nctId": f"NCT{number:08}", "briefTitle": f"Study {number}"},
        "statusModule": {"overallStatus": status} if status else {},
        "conditionsModule": {"conditions": list(conditions)},
        "designModule": {"studyType": kind, **said.pop("design", {})},
        "eligibilityModule": {
            "eligibilityCriteria": f"Inclusion Criteria:\n\n* {text or 'Consent'}\n", **said,
        },
    }  # fmt: skip
    return trial_of({"protocolSection": section}, "s.json", vocabulary, extract)


@pytest.fixture
def lung(knowledge):
    return patient(knowledge, "LUAD", "EGFR L858R", assay="WES", age=60, sex="female")


@pytest.fixture
def trials(vocabulary):
    return [
        study(vocabulary, 1, "KRAS G12C mutation"),
        study(vocabulary, 2, "EGFR L858R mutation"),
        study(vocabulary, 3, conditions=["Acute Myeloid Leukemia"]),
        study(vocabulary, 4, minimumAge="70 Years"),
        study(vocabulary, 5, "KRAS G12C mutation", sex="MALE"),
        study(vocabulary, 6, "KRAS G12C mutation", status="COMPLETED"),
    ]


def test_a_trial_that_free_text_alone_rules_out_stays_in_the_list(knowledge, lung, trials):
    survey = survey_trials(lung, trials, knowledge)
    assert [(m.id[-1], m.by_words) for m in survey.matches] == [
        ("2", False), ("1", True), ("6", True),
    ]  # fmt: skip
    counts = survey.counts
    assert (counts.read, counts.not_ruled_out, counts.by_words, counts.not_now) == (6, 1, 2, 0)
    assert {kind: n for kind, n in counts.ruled_out.items() if n} == {
        "diagnosis": 1, "age": 1, "sex": 1,
    }  # fmt: skip
    (asked,) = survey.matches[1].unmet
    assert asked.context == "KRAS G12C mutation"


@pytest.mark.parametrize("everything", [False, True])
def test_the_counts_add_up(knowledge, lung, trials, everything):
    wanted = [TrialStatus.RECRUITING]
    survey = survey_trials(lung, trials, knowledge, statuses=wanted, everything=everything)
    counts = survey.counts
    assert counts.other_status == 1
    whole = counts.not_ruled_out + counts.by_words + counts.not_now + counts.other_status
    assert whole + sum(counts.ruled_out.values()) == counts.read == 6
    assert len(survey.matches) == (5 if everything else 2)


def test_a_structured_criterion_beside_free_text_hides_a_trial(knowledge, lung, vocabulary):
    both = study(vocabulary, 1, "KRAS G12C mutation", minimumAge="70 Years")
    survey = survey_trials(lung, [both], knowledge)
    assert survey.matches == ()
    assert survey.counts.ruled_out["age"] == 1


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_each_form_says_how_many_and_by_what(knowledge, lung, trials, form):
    dossier = with_trials(run(lung, knowledge), trials, knowledge)
    page = " ".join(render(dossier, form).replace("&#34;", '"').split())
    assert "6 trials read: 1 not ruled out; 2 with words against them" in page
    assert "diagnosis 1, age 1, sex 1" in page
    assert "words read by machine speak against it: look" in page.casefold()
    assert 'the text says "KRAS G12C mutation", read as KRAS G12C' in page
    assert "of the patient: " in page


def test_a_report_whose_trials_are_all_ruled_out_says_so(knowledge, lung, trials):
    dossier = with_trials(run(lung, knowledge), trials[2:4], knowledge)
    assert "2 trials read: none not ruled out" in " ".join(render(dossier, "text").split())
    written = json.loads(json.dumps(to_json(dossier)))
    assert written["trials"] == []
    assert written["trial_counts"]["ruled_out"]["diagnosis"] == 1


def test_the_json_says_it_and_holds_to_its_schema(knowledge, lung, trials):
    written = json.loads(json.dumps(to_json(with_trials(run(lung, knowledge), trials, knowledge))))
    jsonschema.validate(written, json.loads(_schema().read_text(encoding="utf-8")))
    assert [trial["by_words"] for trial in written["trials"]] == [False, True, True]
    assert written["trials"][1]["unmet"][0]["context"] == "KRAS G12C mutation"


@pytest.mark.parametrize(
    ("status", "read", "said"),
    [
        ("UNKNOWN", TrialStatus.UNKNOWN, "STATUS NOT KNOWN: ASK"),
        ("", TrialStatus.UNKNOWN, "STATUS NOT KNOWN: ASK"),
        ("AVAILABLE", TrialStatus.AVAILABLE, ""),
        ("NO_LONGER_AVAILABLE", TrialStatus.NO_LONGER, "TAKES NO PATIENTS NOW"),
        ("COMPLETED", TrialStatus.COMPLETED, "TAKES NO PATIENTS NOW"),
    ],
)
def test_only_what_is_known_to_be_closed_is_called_closed(
    knowledge, vocabulary, lung, status, read, said
):
    found = study(vocabulary, 1, "EGFR L858R mutation", status=status)
    assert found.status is read
    page = " ".join(render(with_trials(run(lung, knowledge), [found], knowledge), "text").split())
    for mark in ("STATUS NOT KNOWN: ASK", "TAKES NO PATIENTS NOW"):
        assert (mark in page) is (mark == said)


def test_open_keeps_what_is_not_known_to_be_closed():
    from onkos.cli.trial_files import statuses_of

    assert statuses_of(("open",), doubtful=True) == {
        TrialStatus.RECRUITING, TrialStatus.BY_INVITATION, TrialStatus.AVAILABLE,
        TrialStatus.UNKNOWN,
    }  # fmt: skip
    assert TrialStatus.UNKNOWN not in (statuses_of(("open",)) or ())


def test_a_site_that_gives_expanded_access_is_open():
    from onkos.model.trial import Site

    near = Site(city="near", latitude=1, longitude=1, status="WITHDRAWN")
    far = Site(city="far", latitude=9, longitude=9, status="AVAILABLE")
    assert nearest_site([near, far], (0, 0))[1].city == "far"


def test_what_gives_no_treatment_stands_last_and_says_so(knowledge, vocabulary, lung):
    trials = [
        study(vocabulary, 1, kind="OBSERVATIONAL"),
        study(vocabulary, 2, kind="OBSERVATIONAL", design={"patientRegistry": True}),
        study(vocabulary, 3, kind="EXPANDED_ACCESS", status="AVAILABLE"),
        study(vocabulary, 4, status="COMPLETED"),
        study(vocabulary, 5),
        study(vocabulary, 6, status="UNKNOWN"),
    ]
    assert trials[1].study_type is StudyType.REGISTRY
    dossier = with_trials(run(lung, knowledge), trials, knowledge)
    assert [match.id[-1] for match in dossier.trials] == ["5", "3", "6", "4", "1", "2"]
    page = " ".join(render(dossier, "text").split())
    assert "(OBSERVATIONAL: NO TREATMENT IS GIVEN BY IT)" in page
    assert "(EXPANDED ACCESS: TREATMENT OUTSIDE A TRIAL)" in page
    assert to_json(dossier)["trials"][1]["study_type"] == "expanded access"
