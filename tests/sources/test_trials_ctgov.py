"""Studies of ClinicalTrials.gov v2: structured parts exactly, free text never passed over."""

import msgspec
import pytest

from onkos.model import Unread
from onkos.model.trial import AnyOf, Part, Polarity, Trial, TrialCriterion, TrialStatus
from onkos.sources.knowledge.trials import read_trials
from onkos.sources.knowledge.trials.ctgov import trial_of


def study(**modules):
    section = {
        "identificationModule": {"nctId": "NCT00000002", "briefTitle": "A study "},
        "statusModule": {
            "overallStatus": "RECRUITING", "lastUpdatePostDateStruct": {"date": "2026-08-01"},
        },
        "designModule": {"phases": ["PHASE1", "PHASE2"]},
        "eligibilityModule": {"eligibilityCriteria": "Inclusion: anything"},
    }  # fmt: skip
    return {"protocolSection": {**section, **modules}}


def criteria(vocabulary, **modules):
    return [str(c) for c in trial_of(study(**modules), "s.json", vocabulary).criteria()]


def test_the_frame_of_a_study(vocabulary):
    found = trial_of(study(), "s.json", vocabulary)
    assert (found.id, found.title) == ("NCT00000002", "A study")
    assert (found.status, found.phases) == (TrialStatus.RECRUITING, ("1", "2"))
    assert (found.updated, found.eligibility) == ("2026-08-01", "Inclusion: anything")


@pytest.mark.parametrize(
    ("minimum", "maximum", "read"),
    [
        ("18 Years", "N/A", ["age >= 18"]),
        ("N/A", "N/A (No limit)", []),
        ("0 Days", "17 Years", ["age < 18"]),
        (" 6 Months ", "n/a", ["age >= 0.5"]),
        ("6Months", "75years", ["age >= 0.5", "age < 76"]),
    ],
)
def test_an_age_without_limit_asks_for_nothing(vocabulary, minimum, maximum, read):
    module = {"minimumAge": minimum, "maximumAge": maximum, "sex": "ALL"}
    assert [c for c in criteria(vocabulary, eligibilityModule=module) if "age" in c] == read


def test_ages_and_sex(vocabulary):
    """Who is 75 may join a study up to 75 years; who is 76 may not."""
    module = {"minimumAge": "6 Months", "maximumAge": "75 Years", "sex": "FEMALE"}
    assert criteria(vocabulary, eligibilityModule=module)[:3] == [
        "age >= 0.5", "age < 76", "sex female",
    ]  # fmt: skip
    assert criteria(vocabulary, eligibilityModule={"minimumAge": "soon", "sex": "ALL"})[0] == (
        "[not read] minimumAge: soon"
    )


def test_conditions_are_mapped_where_their_name_is_a_tumours(vocabulary):
    module = {"conditions": ["Melanoma", "Brain Metastases", "Solid Tumors"]}
    found = trial_of(study(conditionsModule=module), "s.json", vocabulary)
    (conditions,) = [rule for rule in found.rule.of if isinstance(rule, AnyOf)]
    assert [str(c) for c in conditions.of] == [
        "disease MEL", "[not read] condition: Brain Metastases", "disease SOLID",
    ]  # fmt: skip
    assert found.conditions == tuple(module["conditions"])


def test_free_text_without_an_extractor_is_one_criterion_not_read(vocabulary):
    *_, last = trial_of(study(), "s.json", vocabulary).criteria()
    assert (last.part, last.span) == (Part.TEXT, (0, len("Inclusion: anything")))
    assert last.unread


def test_a_study_that_came_without_its_eligibility_stays_open(vocabulary):
    """A search page may leave fields out: then nobody can be known to fit."""
    assert criteria(vocabulary, eligibilityModule={}) == ["[not read] eligibility"]


def test_an_extractor_is_handed_the_text(vocabulary):
    from onkos.criteria import parse

    def extract(text, words):
        rule = parse("EGFR mutation", words)
        return (TrialCriterion(text=text[:9], part=Part.TEXT, criterion=rule, span=(0, 9),
                               polarity=Polarity.EXCLUDED),)  # fmt: skip

    found = trial_of(study(), "s.json", vocabulary, extract)
    assert [str(c) for c in found.criteria()] == ["excluded: EGFR mutation"]


def test_sites_and_places_that_are_not_on_the_globe(vocabulary):
    places = [
        {"facility": "A", "city": "Denver", "geoPoint": {"lat": 39.7, "lon": -105.0}},
        {"facility": "B", "city": "Nowhere", "geoPoint": {"lat": 139.7, "lon": 0}},
        {"facility": "C", "city": "Paris", "status": "RECRUITING"},
    ]
    found = trial_of(study(contactsLocationsModule={"locations": places}), "s.json", vocabulary)
    assert [(s.label, s.latitude) for s in found.sites] == [
        ("A, Denver", 39.7), ("B, Nowhere", None), ("C, Paris", None),
    ]  # fmt: skip
    assert any("latitude 139.7" in unread.reason for unread in found.unread)


def test_arms_and_interventions(vocabulary):
    module = {"armGroups": [{"label": "Arm A", "description": "drug"}],
              "interventions": [{"name": "Osimertinib"}, {"type": "DRUG"}]}  # fmt: skip
    found = trial_of(study(armsInterventionsModule=module), "s.json", vocabulary)
    assert found.interventions == ("Osimertinib",)
    assert [level.label for level in found.levels] == ["arm Arm A"]


def test_pages_of_a_search_are_read_and_a_study_on_two_comes_once(vocabulary, tmp_path):
    one, two = study(), study(identificationModule={"nctId": "NCT00000003"})
    shorter = study(eligibilityModule={})
    (tmp_path / "1.json").write_bytes(
        msgspec.json.encode({"studies": [shorter, two], "nextPageToken": "x"})
    )
    (tmp_path / "2.json").write_bytes(msgspec.json.encode({"studies": [one], "totalCount": 3}))
    found = list(read_trials([tmp_path], vocabulary))
    kept = {one.id: one for one in found if isinstance(one, Trial)}
    assert set(kept) == {"NCT00000002", "NCT00000003"}
    assert kept["NCT00000002"].eligibility  # the fuller of the two
    assert [u.text for u in found if isinstance(u, Unread)] == ["NCT00000002"]


def test_captured_answers_are_read(vocabulary, shared_data):
    folder = shared_data / "knowledge" / "api_captures_biomcp"
    found = list(read_trials([folder / "ctgov", folder / "clinicaltrials"], vocabulary))
    trials = {one.id: one for one in found if isinstance(one, Trial)}
    assert len(trials) == 21
    toca = trials["NCT02576665"]
    assert (toca.status, toca.phases) == (TrialStatus.TERMINATED, ("1",))
    assert [str(c) for c in toca.criteria()][:3] == ["age >= 18", "age < 76", "disease COADREAD"]
    assert toca.sites[0].city == "Denver"
    assert toca.sites[0].latitude == pytest.approx(39.73915)
    # not one of them can be met: free text was not read, or not given
    assert all(any(c.unread for c in trial.criteria()) for trial in trials.values())


def test_one_condition_that_is_no_list_still_binds(vocabulary):
    """Without its condition the trial would fit tumours of every kind."""
    section = {"identificationModule": {"nctId": "NCT00000001"},
               "conditionsModule": {"conditions": "Melanoma"}}  # fmt: skip
    trial = trial_of({"protocolSection": section}, "t.json", vocabulary)
    assert "disease MEL" in [str(c) for c in trial.criteria()]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.json", "[]", "an empty list"),
        ("a.json", '{"studies": [', "cut short"),
        ("a.txt", "", "a folder without a file of trials"),
    ],
)
def test_a_folder_or_file_without_a_trial_is_named(tmp_path, vocabulary, name, text, why):
    (tmp_path / name).write_text(text)
    (found,) = read_trials([tmp_path], vocabulary)
    assert isinstance(found, Unread)
    assert why in found.reason


def test_locations_of_another_shape_are_told_and_the_trial_is_read(vocabulary):
    found = trial_of(study(contactsLocationsModule={"locations": 5}), "s.json", vocabulary)
    assert [one.reason for one in found.unread if one.text == "5"] == ["no location"]
