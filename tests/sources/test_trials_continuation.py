"""Studies that take the participants of an earlier one are never met."""

from __future__ import annotations

import pytest

from onkos.model import Vocabulary
from onkos.model.trial import criteria_of
from onkos.sources.knowledge import builtin
from onkos.sources.knowledge.trials import ctgov, ctml
from onkos.sources.knowledge.trials.continuation import earlier_study


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return builtin().vocabulary


def _asked(trial) -> list[str]:
    return [c.text for c in criteria_of(trial.rule) if "earlier study" in c.text]


def _study(brief: str, official: str = ""):
    named = {"nctId": "NCT00000011", "briefTitle": brief, "officialTitle": official}
    eligibility = {"eligibilityCriteria": "Inclusion Criteria:\n* Adults", "minimumAge": "18 Years"}
    return {"protocolSection": {"identificationModule": named, "eligibilityModule": eligibility}}


@pytest.mark.parametrize(
    "titles",
    [
        ("A Roll-Over Study of Drug A",),
        ("Study of Drug A", "A Continuation Study for Those Continuing From Earlier Trials"),
    ],
)
def test_a_registry_title_that_says_so_asks_for_the_earlier_study(titles, vocabulary):
    trial = ctgov.trial_of(_study(*titles), "a.json", vocabulary, lambda *_: ())
    assert len(_asked(trial)) == 1


def test_another_title_asks_for_nothing_more(vocabulary):
    trial = ctgov.trial_of(_study("Drug A in Lung Cancer"), "a.json", vocabulary, lambda *_: ())
    assert _asked(trial) == []


def test_a_tree_alone_does_not_meet_a_rollover_study(vocabulary):
    document = {
        "nct_id": "NCT00000012",
        "short_title": "Drug A",
        "long_title": "A Rollover Study of Drug A",
        "treatment_list": {"step": [{"match": [{"clinical": {"age_numerical": ">=18"}}]}]},
    }
    trial = ctml.trial_of(document, "a.yaml", vocabulary)
    assert _asked(trial) == ["took part in the earlier study (rollover)"]
    assert all(c.unread for c in criteria_of(trial.rule))


@pytest.mark.parametrize(
    "title",
    [
        "A Study to Provide Continued Treatment With Olaparib to Participants From Prior Studies",
        "Open-label Extension of Study XY-101 in Patients With NSCLC",
        "A Long-term Extension (LTE) of Lorlatinib Trials",
        "Study of Pembrolizumab in Participants Previously Treated in a Merck Trial",
        "An Extended Access Program for Selpercatinib",
        "Umbrella Roll-Over Protocol",
        "Extended Treatment Protocol for Subjects Benefitting From Nivolumab in Parental Studies",
        "Master Protocol for Long\u2010Term Access",
        "Post-Trial Provision of X",
        "A Trial for Participants Currently Being Treated in a Sponsored Study of Alectinib",
        "Continuation Treatment With Capivasertib for Patients in AZ Studies",
        "A Protocol to Continue Treatment With Larotrectinib",
        "Long-term Follow-up of Participants Treated in a Study of Gene-modified T Cells",
    ],
)
def test_titles_that_go_on_with_an_earlier_study(title):
    assert len(earlier_study(title)) == 1


@pytest.mark.parametrize(
    "title",
    [
        "A Phase III Study of X vs Y With Previously Enrolled Registry Controls",
        "Study of Maintenance Olaparib as Continuation Study of First Line",
        "Phase 1b Study of X With Extension Study in New Patients",
        "Phase 1 Study of X With Open-label Extension in Melanoma",
        "Study of X in Patients Previously Treated in the First-line Setting: a Phase 2 Trial",
        "Patients Previously Treated With Osimertinib: a Randomized Study",
        "Randomized Study to Continue Treatment Versus to Stop in Chronic Leukemia",
        "Long-Term Follow-up of Patients With Sarcoma",
        "Study of Continued Treatment With Trastuzumab in Breast Cancer: a Phase III Study",
    ],
)
def test_titles_that_take_other_patients_too(title):
    assert earlier_study(title) == []
