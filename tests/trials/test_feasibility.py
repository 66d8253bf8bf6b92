"""Who of a cohort a trial admits, who nearly, and what costs it most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.cli.trial_files import trial_of_words
from onkos.pipeline import feasible_trials
from onkos.report.feasibility_view import Cells
from tests.trials.ctml_text import clinical, genomic, patient, trial


@pytest.fixture(scope="module")
def cohort(knowledge):
    """Eligible; one unmet (twice the same); two unmet; one unknown; two unknown."""
    said = [
        ("LUAD", ["KRAS G12C"], {"age": 60, "measurements": ["ECOG 1"], "assay": "WES"}),
        ("LUAD", ["KRAS G12C"], {"age": 60, "measurements": ["ECOG 2"], "assay": "WES"}),
        ("LUAD", ["KRAS G12C"], {"age": 60, "measurements": ["ECOG 3"], "assay": "WES"}),
        ("LUAD", ["KRAS G12D"], {"age": 16, "measurements": ["ECOG 0"], "assay": "WES"}),
        ("LUAD", [], {"age": 60, "measurements": ["ECOG 0"]}),
        ("LUAD", [], {"measurements": ["ECOG 0"]}),
    ]
    cases = [patient(knowledge, disease, *changes, **rest) for disease, changes, rest in said]
    from msgspec.structs import replace

    return [replace(case, id=f"p{number}") for number, case in enumerate(cases)]


def test_counts_by_hand(knowledge, vocabulary, cohort):
    asked = trial_of_words("KRAS G12C and ECOG <= 1 and age >= 18", vocabulary)
    (found,) = feasible_trials(cohort, [asked], knowledge, with_ids=True)
    assert (found.patients, found.eligible, found.possible, found.not_eligible) == (6, 1, 2, 3)
    assert (found.one_unmet, found.one_unknown) == (2, 1)
    costs = {c.criterion: (c.alone, c.alone_unmet, c.unmet, c.unknown) for c in found.costs}
    assert costs == {
        "ECOG <= 1": (2, 2, 2, 0), "KRAS G12C": (1, 0, 1, 2), "age >= 18": (0, 0, 1, 1),
    }  # fmt: skip
    assert found.costs[0].criterion == "ECOG <= 1"
    assert found.ids == {
        "eligible": ("p0",), "possible": ("p4", "p5"), "one unmet": ("p1", "p2"),
        "one unknown": ("p4",),
    }  # fmt: skip


def test_nobody_is_eligible_for_a_trial_without_an_open_arm(knowledge, vocabulary, cohort):
    from onkos.model.trial import Level, Trial

    arm = Level(kind="arm", suspended=True)
    rule = trial_of_words("KRAS G12C and ECOG <= 1 and age >= 18", vocabulary).rule
    shut = Trial(id="t", rule=rule, levels=(Level(kind="step", levels=(arm,)),))
    (found,) = feasible_trials(cohort, [shut], knowledge, with_ids=True)
    assert (found.eligible, found.possible, found.not_eligible) == (0, 0, 6)
    assert (found.costs[0].criterion, found.costs[0].alone) == ("an arm that is open", 1)
    assert found.ids["one unmet"] == ("p0",)


def test_a_patient_of_several_samples_counts_once(knowledge, vocabulary):
    """One sample tells what the other leaves open; what they tell otherwise is not known."""
    from onkos.report.feasibility_view import feasibility_json, feasibility_lines

    def of(id_, change, ecog, **said):
        told = {"measurements": [ecog] if ecog else [], "assay": "WES", **said}
        return replace(patient(knowledge, "LUAD", *([change] if change else []), **told), id=id_)

    from msgspec.structs import replace

    cohort = [
        of("a1", "KRAS G12C", "", patient="A"), of("a2", "KRAS G12C", "ECOG 1", patient="A"),
        of("b1", "KRAS G12C", "ECOG 1", patient="B"), of("b2", "KRAS G12D", "ECOG 1", patient="B"),
        of("c1", "KRAS G12C", "ECOG 1"), of("c2", "KRAS G12C", "ECOG 0", earlier="c1"),
        of("d", "KRAS G12C", "ECOG 3"), of("d", "KRAS G12C", "ECOG 3"),
        of("e", "KRAS G12C", "ECOG 1"),
    ]  # fmt: skip
    asked = trial_of_words("KRAS G12C and ECOG <= 1", vocabulary)
    (found,) = feasible_trials(cohort, [asked], knowledge, with_ids=True)
    assert (found.patients, found.samples, found.several) == (5, 9, 4)
    assert (found.eligible, found.possible, found.not_eligible) == (3, 1, 1)
    assert found.disagree == 1
    assert found.ids["eligible"] == ("A", "c1", "e")
    assert found.ids["one unknown"] == ("B",)
    costs = {cost.criterion: (cost.unmet, cost.unknown, cost.disagree) for cost in found.costs}
    assert costs == {"KRAS G12C": (0, 1, 1), "ECOG <= 1": (1, 0, 0)}
    page = "\n".join(feasibility_lines(found, Cells()))
    assert "5   (of 9 samples; 4 with several, joined by the patient's id" in page
    assert "samples disagree  1" in page
    hidden = feasibility_json(found, Cells(5))
    assert (hidden["samples"], hidden["samples_disagree"]) == ("withheld", "<5")
    turned = feasible_trials(cohort[::-1], [asked], knowledge)[0]
    assert (turned.eligible, turned.possible, turned.disagree) == (3, 1, 1)


def test_ids_are_kept_only_where_they_are_asked_for(knowledge, vocabulary, cohort):
    asked = trial_of_words("KRAS G12C", vocabulary)
    (found,) = feasible_trials(cohort, [asked], knowledge)
    assert found.ids == {}


def test_of_several_ways_in_the_nearest_counts(knowledge, vocabulary, cohort):
    """Melanoma with BRAF, or lung with KRAS: a lung patient is not charged with the first."""
    braf = {"and": [clinical(oncotree_primary_diagnosis="Melanoma"),
                    genomic(hugo_symbol="BRAF", variant_category="Mutation")]}  # fmt: skip
    kras = {"and": [clinical(oncotree_primary_diagnosis="Lung Adenocarcinoma"),
                    genomic(hugo_symbol="KRAS", protein_change="p.G12D")]}  # fmt: skip
    asked = trial(vocabulary, {"or": [braf, kras]})
    (found,) = feasible_trials(cohort[:4], [asked], knowledge)
    assert (found.eligible, found.not_eligible, found.one_unmet) == (1, 3, 3)
    assert [(c.criterion, c.alone) for c in found.costs] == [("KRAS G12D", 3)]


def test_a_negated_rule_keeps_out_by_what_is_there(knowledge, vocabulary, cohort):
    asked = trial(vocabulary, {"not": [genomic(hugo_symbol="KRAS", protein_change="p.G12C")]})
    (found,) = feasible_trials(cohort[:4], [asked], knowledge)
    assert (found.eligible, found.one_unmet) == (1, 3)
    assert found.costs[0].criterion == "not (KRAS G12C)"


@given(counts=st.lists(st.integers(0, 40), min_size=2, max_size=6), smallest=st.integers(2, 12))
def test_a_count_that_is_withheld_cannot_be_told_from_the_sum(counts, smallest):
    shown = Cells(smallest).of_a_whole(counts)
    hidden = [n for n, value in enumerate(shown) if not isinstance(value, int)]
    for n, count in enumerate(counts):
        assert (0 < count < smallest) <= (n in hidden)
        assert shown[n] == count or n in hidden
    assert len(hidden) != 1


def test_without_a_limit_all_counts_are_shown():
    assert Cells().of_a_whole([1, 2, 0]) == [1, 2, 0]


def _two(knowledge, *records):
    """Cases of one patient, by their records."""
    from onkos.sources.patient.record import case_of_record

    return [case_of_record({"id": f"r{n}", "patient": "P", **one}, knowledge)
            for n, one in enumerate(records)]  # fmt: skip


def _answer(knowledge, vocabulary, cohort, language):
    asked = trial_of_words(language, vocabulary)
    told = [feasible_trials(cases, [asked], knowledge)[0] for cases in (cohort, cohort[::-1])]
    counts = [(one.eligible, one.possible, one.not_eligible, one.disagree) for one in told]
    assert counts[0] == counts[1]  # whatever the order of the files
    return {(1, 0, 0): "eligible", (0, 1, 0): "possible", (0, 0, 1): "not"}[counts[0][:3]]


def test_records_of_two_tumours_of_one_person_are_not_joined(knowledge, vocabulary):
    cohort = _two(
        knowledge,
        {"disease": "IDC", "alterations": ["PIK3CA H1047R"], "assay": "WES"},
        {"disease": "LUAD", "alterations": ["KRAS G12C"]},
    )
    found = lambda language: _answer(knowledge, vocabulary, cohort, language)  # noqa: E731
    assert found("KRAS G12C and PIK3CA H1047R") == "possible"  # the lung was not tested for it
    assert found("disease LUAD and KRAS G12C and not APC mutation") == "possible"
    assert found("disease LUAD and KRAS G12C") == "eligible"
    assert found("disease IDC and PIK3CA H1047R") == "eligible"


def test_a_coarser_name_of_the_same_tumour_is_joined(knowledge, vocabulary):
    cohort = _two(
        knowledge,
        {"disease": "NSCLC", "alterations": ["KRAS G12C"]},
        {"disease": "LUAD", "measurements": ["ECOG 1"]},
    )
    assert _answer(knowledge, vocabulary, cohort, "KRAS G12C and ECOG <= 1") == "eligible"
    third = _two(
        knowledge,
        {"disease": "NSCLC", "alterations": ["KRAS G12C"]},
        {"disease": "LUAD", "alterations": ["EGFR L858R"]},
        {"disease": "LUSC", "alterations": []},
    )
    language = "KRAS G12C and EGFR L858R"
    assert _answer(knowledge, vocabulary, third, language) == "possible"


OLD = {"disease": "LUAD", "age": 60, "as_of": "2019-03-02", "assay": "WES", "prior": [],
       "alterations": ["EGFR L858R"], "measurements": ["ECOG 0"], "sex": "female"}  # fmt: skip
NEW = {"disease": "LUAD", "age": 67, "as_of": "2026-03-02", "measurements": ["ECOG 3"],
       "alterations": ["EGFR L858R"], "prior": ["osimertinib (line 1, progressed)"]}  # fmt: skip


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ECOG <= 1", "not"),
        ("age >= 65", "eligible"),
        ("age < 65", "not"),
        ("prior osimertinib", "eligible"),
        ("not prior osimertinib", "not"),
        ("sex female", "eligible"),
        ("EGFR L858R", "eligible"),
        ("not EGFR C797S", "possible"),
        ("EGFR C797S", "possible"),
        ("EGFR L858R and not EGFR C797S", "possible"),
    ],
)
def test_the_latest_record_tells_and_a_negative_before_treatment_does_not(
    knowledge, vocabulary, language, expected, dated
):
    """By the dates, or by the chain of earlier cases."""
    old, new = dict(OLD), dict(NEW)
    if not dated:
        new["earlier"] = "r0"
        del old["as_of"], new["as_of"]
    cohort = _two(knowledge, old, new)
    assert _answer(knowledge, vocabulary, cohort, language) == expected


def test_without_treatment_between_them_an_older_negative_counts(knowledge, vocabulary):
    cohort = _two(knowledge, OLD, {**NEW, "prior": []})
    assert _answer(knowledge, vocabulary, cohort, "not EGFR C797S") == "eligible"


def test_what_was_given_stays_given(knowledge, vocabulary):
    """A later record that is silent of therapy or age does not undo what an older one tells."""
    silent = {"disease": "LUAD", "alterations": ["EGFR L858R"], "as_of": "2027"}
    cohort = _two(knowledge, NEW, silent)
    assert _answer(knowledge, vocabulary, cohort, "prior osimertinib and age >= 65") == "eligible"
    assert _answer(knowledge, vocabulary, cohort, "not prior afatinib") == "possible"
    assert _answer(knowledge, vocabulary, cohort, "age < 70") == "possible"
    assert _answer(knowledge, vocabulary, cohort, "ECOG <= 3") == "possible"
