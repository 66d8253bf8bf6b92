"""Inherited findings that are withheld leave no trace in any form, and no wrong negative."""

import json

import pytest

from onkos import pipeline
from onkos.annotate.consent import of_drug_safety
from onkos.errors import VocabularyError
from onkos.report import render
from onkos.sources.patient.record import case_of_record

FORMS = ("text", "md", "html", "json")
TUMOUR = ["TP53 R175H", "PIK3CA H1047R"]
PATIENT = {"id": "1", "disease": "BRCA", "germline": "withhold"}


def shown(knowledge, form, alterations, **more):
    case = case_of_record({**PATIENT, "alterations": alterations, **more}, knowledge)
    return render(pipeline.run(case, knowledge), form, knowledge.vocabulary.gene_by_symbol)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "finding",
    [
        ["germline BRCA2 S1882*"],
        ["germline BRCA2 loss of function"],
        ["germline PALB2 mutation", "germline TP53 R273H"],
        ["gBRCA1 mutation"],
        ["no germline BRCA1 mutation"],
        ["germline CHEK2 T367fs VAF 48%"],
        ["germline MSH2 deletion"],
    ],
)
def test_every_form_is_that_of_a_patient_without_the_finding(knowledge, form, finding):
    assert shown(knowledge, form, [*TUMOUR, *finding]) == shown(knowledge, form, TUMOUR)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_change_in_the_tumour_is_withheld_with_it(knowledge, form):
    seen = [*TUMOUR, "germline BRCA2 S1882*", "BRCA2 S1882* VAF 71%"]
    assert shown(knowledge, form, seen) == shown(knowledge, form, TUMOUR)


def test_a_change_that_the_laboratory_calls_somatic_stays(knowledge):
    text = shown(knowledge, "text", ["germline BRCA2 S1882*", "somatic BRCA2 K1058fs"])
    assert "K1058fs" in text
    assert "S1882" not in text


@pytest.mark.parametrize("form", FORMS)
def test_what_could_not_be_read_does_not_tell_either(knowledge, form):
    told = shown(knowledge, form, [*TUMOUR, "germline BRCA2 something odd 17q"])
    assert "BRCA2 something" not in told
    assert "withheld" in told


@pytest.mark.parametrize("form", FORMS)
def test_a_germline_test_that_found_nothing_counts_as_not_done(knowledge, form):
    """Told as a negative it would be wrong where the finding is withheld."""
    tested = shown(knowledge, form, ["BRCA1 R1751*"], assay="germline-panel")
    assert "R1751" not in tested
    assert tested == shown(knowledge, form, [], assay="germline-panel")
    assert "BRCA1 loss of function: tested, not found" not in tested


def test_what_is_withheld_is_said_whether_or_not_there_is_any(knowledge):
    plan = json.loads(shown(knowledge, "json", TUMOUR))
    assert any("withheld" in sentence for sentence in plan["statements"])
    assert plan["predisposition"] == []


def test_a_change_that_makes_a_drug_harmful_is_told_all_the_same(knowledge):
    """DPYD is a matter of the dose, not of the family's cancer."""
    kept = of_drug_safety(knowledge)
    assert {"DPYD", "TPMT", "NUDT15", "UGT1A1"} <= kept
    assert not kept & {g.symbol for g in knowledge.vocabulary.genes if g.actionable_germline}
    assert "DPYD" in shown(knowledge, "text", ["germline DPYD D949V"], disease="COAD")


def test_without_a_word_the_laboratorys_germline_finding_is_told(knowledge):
    case = case_of_record(
        {"id": "1", "disease": "BRCA", "alterations": ["germline BRCA2 S1882*"]}, knowledge
    )
    plan = pipeline.run(case, knowledge).plan
    assert any("germline-brca2" in match.claim.id for match in plan.predisposition)


def test_no_probability_of_inheritance_is_left(knowledge):
    dossier = pipeline.run(
        case_of_record({**PATIENT, "alterations": ["BRCA2 S1882* VAF 51%"]}, knowledge), knowledge
    )
    (seen,) = (a for a in dossier.case.alterations if not a.by_diagnosis)
    assert seen.germline_probability is None
    assert seen.origin_reason == ""


@pytest.mark.parametrize("word", ["maybe", "no"])
def test_a_word_for_consent_that_is_not_known_is_refused(knowledge, word):
    with pytest.raises(VocabularyError, match="withhold"):
        case_of_record({**PATIENT, "germline": word}, knowledge)
