"""Trials in every form of the report: what is not known is said in each."""

import json

import jsonschema
import pytest

from onkos.model.trial import TrialStatus
from onkos.pipeline import run, with_trials
from onkos.report import render
from onkos.report.json_form import to_json
from onkos.sources.knowledge.trials import ctml
from onkos.sources.patient.record import case_of_record


def document(number, *match, **fields):
    step = {"step_code": "1", "match": list(match)}
    return {
        "nct_id": f"NCT0000000{number}", "status": "open to accrual", "phase": "PHASE2",
        "prior_treatment_requirements": ["Inclusion: more"], "treatment_list": {"step": [step]},
        **fields,
    }  # fmt: skip


KRAS = {"genomic": {"hugo_symbol": "KRAS", "protein_change": "p.G12C"}}
NO_ALK = {"genomic": {"hugo_symbol": "ALK", "variant_category": "!Structural Variation"}}
NRTK = {"genomic": {"hugo_symbol": "NRTK", "variant_category": "SV"}}


@pytest.fixture(scope="module")
def dossier(knowledge, vocabulary):
    documents = [
        document(1, KRAS, short_title="Fits <b>well</b>"),
        document(2, KRAS, NO_ALK, short_title="Asks for ALK"),
        document(3, KRAS, NRTK, status="closed"),
    ]
    trials = [ctml.trial_of(one, "t.json", vocabulary) for one in documents]
    record = {"id": "p", "disease": "LUAD", "alterations": ["KRAS G12C"]}
    return with_trials(run(case_of_record(record, knowledge), knowledge), trials, knowledge)


def test_arms_answer_each_for_itself(knowledge, vocabulary):
    arms = [
        {"arm_code": "A", "match": [KRAS]},
        {"arm_code": "B", "arm_suspended": "Y", "match": [NO_ALK]},
    ]
    written = document(4)
    written["treatment_list"]["step"][0]["arm"] = arms
    trial = ctml.trial_of(written, "t.json", vocabulary)
    record = {"id": "p", "disease": "LUAD", "alterations": ["KRAS G12C"]}
    one = with_trials(run(case_of_record(record, knowledge), knowledge), [trial], knowledge)
    page = " ".join(render(one, "text").split())
    assert "by part: arm A met; arm B unknown (suspended)" in page
    assert "NOT TESTED:" not in page  # the suspended arm is no way in


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_each_form_names_what_was_not_tested_and_not_read(dossier, form):
    page = " ".join(render(dossier, form).split())
    assert "NOT TESTED: not (ALK rearrangement)" in page
    assert "NOT READ: hugo\\_symbol: NRTK" in page or "NOT READ: hugo_symbol: NRTK" in page
    assert "TAKES NO PATIENTS NOW" in page
    assert page.count("in free text is not part of this answer") == 1
    assert "<b>well</b>" not in page or form == "text"


def test_the_json_holds_to_its_schema(dossier):
    schema = json.loads(_schema().read_text(encoding="utf-8"))
    written = to_json(dossier)
    jsonschema.validate(json.loads(json.dumps(written)), schema)
    answers = {trial["id"]: trial["answer"] for trial in written["trials"]}
    assert answers == {"NCT00000001": "met", "NCT00000002": "unknown", "NCT00000003": "unknown"}
    assert written["trials"][-1]["status"] == str(TrialStatus.CLOSED)


def _schema():
    from pathlib import Path

    import onkos.report

    return Path(onkos.report.__file__).parent / "schema.json"


def test_without_trials_nothing_is_said_of_them(knowledge):
    record = {"id": "p", "disease": "LUAD", "alterations": ["KRAS G12C"]}
    plain = run(case_of_record(record, knowledge), knowledge)
    assert "trials" not in to_json(plain)
    assert 'id="trials"' not in render(plain, "html")
