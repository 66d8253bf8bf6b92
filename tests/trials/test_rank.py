"""The order of trials, and how far they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.model import Answer
from onkos.model.trial import AllOf, Part, Site, Trial, TrialCriterion, TrialStatus
from onkos.pipeline import match_trials
from onkos.trials.distance import EARTH_RADIUS_KM, great_circle, nearest_site
from tests.trials.ctml_text import clinical, genomic, patient, trial

OPEN = TrialStatus.RECRUITING
latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
places = st.tuples(latitudes, longitudes)


@pytest.fixture
def order(knowledge, vocabulary):
    """Names of trials as they are ranked for one case."""
    from onkos.criteria import parse

    def order(case, trials, **options):
        made = [
            Trial(
                id=name,
                rule=AllOf(of=tuple(
                    TrialCriterion(text=text, part=Part.GENOMIC, criterion=parse(text, vocabulary))
                    for text in rules
                )),
                **fields,
            )
            for name, (rules, fields) in trials.items()
        ]  # fmt: skip
        return [m.id for m in match_trials(case, made, knowledge, **options)]

    return order


def test_the_finer_marker_and_diagnosis_stand_first(knowledge, order):
    case = patient(knowledge, "LUAD", "KRAS G12C", assay="WES")
    trials = {
        "gene": (["KRAS mutation", "disease LUAD"], {"status": OPEN}),
        "change, any tumour": (["KRAS G12C", "disease SOLID"], {"status": OPEN}),
        "change, lung": (["KRAS G12C", "disease LUNG"], {"status": OPEN}),
        "change, this": (["KRAS G12C", "disease LUAD"], {"status": OPEN}),
        "residue": (["KRAS G12", "disease LUAD"], {"status": OPEN}),
        "absence": (["not EGFR mutation", "disease LUAD"], {"status": OPEN}),
    }
    assert order(case, trials) == [
        "change, this", "change, lung", "change, any tumour", "residue", "gene", "absence",
    ]  # fmt: skip


def test_what_is_known_to_fit_stands_before_what_may_and_open_before_closed(knowledge, order):
    case = patient(knowledge, "LUAD", "KRAS G12C")
    trials = {
        "may": (["KRAS G12C", "ALK fusion"], {"status": OPEN}),
        "closed": (["KRAS G12C"], {"status": TrialStatus.COMPLETED}),
        "early": (["KRAS G12C"], {"status": OPEN, "phases": ("1",)}),
        "late": (["KRAS G12C"], {"status": OPEN, "phases": ("2", "3")}),
        "recoverable": (["KRAS G12C", "lines >= 2"], {"status": OPEN}),
    }
    with_line = patient(knowledge, "LUAD", "KRAS G12C", line=1)
    assert order(case, trials)[:2] == ["late", "early"]
    assert order(with_line, trials) == ["late", "early", "closed", "may", "recoverable"]
    assert order(case, trials, statuses=[TrialStatus.COMPLETED]) == ["closed"]


def test_the_nearer_of_two_equal_trials_stands_first(knowledge, order):
    paris, boston = (48.8566, 2.3522), (42.3601, -71.0589)
    here = {"status": OPEN, "sites": (Site(city="Paris", latitude=48.85, longitude=2.35),)}
    there = {"status": OPEN, "sites": (Site(city="Boston", latitude=42.36, longitude=-71.06),)}
    trials = {"a": (["KRAS G12C"], there), "b": (["KRAS G12C"], here),
              "c": (["KRAS G12C"], {"status": OPEN})}  # fmt: skip
    case = patient(knowledge, "LUAD", "KRAS G12C")
    assert order(case, trials, near=paris) == ["b", "a", "c"]
    assert order(case, trials, near=boston) == ["a", "b", "c"]


def test_distances_by_a_worked_example():
    """A quarter of a meridian, and half the globe."""
    quarter = 3.141592653589793 * EARTH_RADIUS_KM / 2
    assert great_circle((0, 0), (90, 0)) == pytest.approx(quarter)
    assert great_circle((0, 0), (0, 180)) == pytest.approx(2 * quarter)
    assert great_circle((0, 179.5), (0, -179.5)) == pytest.approx(quarter / 90)


@given(one=places, other=places)
def test_a_distance_has_no_direction_and_stays_on_the_globe(one, other):
    there, back = great_circle(one, other), great_circle(other, one)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016
    assert great_circle(one, one) == 0


def test_a_site_that_no_longer_recruits_is_passed_over():
    sites = (
        Site(city="near", latitude=1, longitude=1, status="COMPLETED"),
        Site(city="far", latitude=10, longitude=10, status="RECRUITING"),
        Site(city="nowhere"),
    )
    assert nearest_site(sites, (0, 0))[1].city == "far"
    assert nearest_site(sites[:1], (0, 0))[1].city == "near"
    assert nearest_site(sites, None) is None


def test_levels_answer_by_their_own_criteria(knowledge, vocabulary, shared_data):
    """``closed_step_arm``: step of lung, a suspended arm of NSCLC, a dose level of another tumour.

    Each level answers for itself, as in the matchengine; the trial is not met: no arm takes
    patients.
    """
    from onkos.sources.knowledge.trials import read_trials

    folder = shared_data / "knowledge" / "trials" / "matchengine_v2_tests" / "integration_trials"
    trials = read_trials([folder / "closed_step_arm.json"], vocabulary)
    case = patient(knowledge, "NSCLC", "EGFR exon 19 deletion", age=60, assay="WES")
    (match,) = match_trials(case, trials, knowledge)
    answers = {level.label: (level.answer, level.suspended) for level in match.levels}
    assert answers["step 1"] == (Answer.MET, False)
    assert answers["arm ARM 1"] == (Answer.MET, True)
    assert answers["dose LEVEL 1"] == (Answer.UNMET, False)
    assert match.answer is Answer.UNMET
    assert not match.open
    assert match.unmet[0].text == "no arm is open: every one is suspended"


def test_a_trial_without_an_open_arm_stands_behind_those_that_may_be_entered(knowledge, vocabulary):
    from onkos.report.trial_view import trials_section

    arms = [{"arm_code": code, "arm_suspended": "Y",
             "match": [genomic(hugo_symbol="KRAS", protein_change="p.G12C")]}
            for code in "AB"]  # fmt: skip
    shut = trial(vocabulary, nct_id="NCT1", treatment_list={"step": [{"step_code": "1",
                                                                     "arm": arms}]})  # fmt: skip
    may = trial(vocabulary, genomic(hugo_symbol="ALK", protein_change="p.F1174L"), nct_id="NCT2")
    other = trial(vocabulary, nct_id="NCT3", treatment_list={"step": [{
        "step_code": "1", "match": [clinical(age_numerical=">=80")], "arm": arms}]})  # fmt: skip
    case = patient(knowledge, "LUAD", "KRAS G12C", age=60)
    found = match_trials(case, [shut, may, other], knowledge)
    assert [(one.id, one.answer) for one in found] == [
        ("NCT2", Answer.UNKNOWN), ("NCT1", Answer.UNMET),
    ]  # fmt: skip
    assert "but no arm is open" in found[1].reasons[1]
    (_, last) = list(trials_section(found))[-1]
    assert "TAKES NO PATIENTS NOW" in last[0]
    assert "stands in the way: no arm is open" in last[0]
    every = match_trials(case, [other], knowledge, everything=True)
    assert len(every[0].unmet) == 2  # the age too, which does not come to be met
