"""Studies that take the participants of an earlier one are never met."""

from __future__ import annotations

import pytest

from onkos.model import Vocabulary
from onkos.model.trial import criteria_of
from onkos.sources.knowledge import builtin
from onkos.sources.knowledge.trials import ctgov, ctml


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
