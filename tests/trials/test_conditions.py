"""Keywords of a registry: what they leave out is not known, unless it is plainly another branch."""

from __future__ import annotations

import pytest

from onkos.model import Answer
from onkos.pipeline import survey_trials
from onkos.sources.knowledge.trials.populations import wider_population
from tests.trials.ctml_text import clinical, match_of, patient, trial
from tests.trials.test_ruled_out import study

T, F, U = Answer.MET, Answer.UNMET, Answer.UNKNOWN


def _condition(knowledge, vocabulary, disease, conditions, text=""):
    found = study(vocabulary, 1, text, conditions)
    match = match_of(knowledge, found, patient(knowledge, disease))
    asked = [one for one in match.levels[0].criteria if one.text.startswith("condition")]
    return max(one.answer for one in asked), match


@pytest.mark.parametrize(
    ("disease", "conditions", "answer"),
    [
        ("UTUC", ["Urothelial Carcinoma"], T),
        ("UTUC", ["Bladder Cancer"], U),
        ("HGSFT", ["Ovarian Cancer"], U),
        ("UM", ["Melanoma"], U),
        ("MEL", ["Melanoma"], T),
        ("GEJ", ["Gastric Adenocarcinoma", "Esophageal Adenocarcinoma"], U),
        ("LUSC", ["Lung Adenocarcinoma"], U),
        ("NSCLC", ["Lung Adenocarcinoma"], U),
        ("LUAD", ["Non-small Cell Lung Cancer"], T),
        ("PAAD", ["Non-small Cell Lung Cancer", "Colorectal Cancer"], F),
        ("AML", ["Non-small Cell Lung Cancer"], F),
        ("AML", ["Chronic Lymphocytic Leukemia"], F),
        ("LUAD", ["Acute Myeloid Leukemia"], F),
    ],
)
def test_a_keyword_is_no_rule(knowledge, vocabulary, disease, conditions, answer):
    found, _ = _condition(knowledge, vocabulary, disease, conditions)
    assert found is answer


@pytest.mark.parametrize(
    ("disease", "text", "answer"),
    [
        ("PAAD", "NSCLC, colorectal cancer or any other advanced solid tumor", U),
        ("AML", "NSCLC, colorectal cancer or any other advanced solid tumor", F),
        ("AML", "NSCLC or a hematologic malignancy", U),
        ("PAAD", "Measurable by Response Evaluation Criteria in Solid Tumors (RECIST)", F),
        ("PAAD", "Consent\n\nExclusion Criteria:\n\n* Another solid tumour", F),
    ],
)
def test_a_wider_population_in_the_words_leaves_it_open(
    knowledge, vocabulary, disease, text, answer
):
    conditions = ["Non-small Cell Lung Cancer", "Colorectal Cancer"]
    found, _ = _condition(knowledge, vocabulary, disease, conditions, text)
    assert found is answer


def test_a_heading_of_both_does_not_end_what_is_included():
    text = "Inclusion and Exclusion Criteria:\n* Any solid tumour\nExclusion Criteria:\n* Leukemia"
    assert wider_population(text, (), ()) == ("SOLID",)


def test_it_says_what_the_registry_names_and_the_trial_is_shown(knowledge, vocabulary):
    _, match = _condition(knowledge, vocabulary, "HGSFT", ["Ovarian Cancer"])
    asked = " ".join(question.text for question in match.missing)
    assert "the registry names Ovarian" in asked
    assert "whether it takes High-Grade Serous Fallopian Tube Cancer" in asked
    case = patient(knowledge, "HGSFT")
    survey = survey_trials(case, [study(vocabulary, 1, conditions=["Ovarian Cancer"])], knowledge)
    assert survey.counts.not_ruled_out == 1


def test_another_organ_is_counted_under_diagnosis(knowledge, vocabulary):
    case = patient(knowledge, "PAAD")
    survey = survey_trials(case, [study(vocabulary, 1, conditions=["Melanoma"])], knowledge)
    assert (survey.matches, survey.counts.ruled_out["diagnosis"]) == ((), 1)


def test_a_diagnosis_of_a_tree_stays_a_rule(knowledge, vocabulary):
    asked = trial(vocabulary, clinical(oncotree_primary_diagnosis="Lung Adenocarcinoma"))
    assert match_of(knowledge, asked, patient(knowledge, "LUSC")).answer is F
