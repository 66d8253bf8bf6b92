"""CTML documents and cases made for a test."""

from __future__ import annotations

from onkos.model import Case, Vocabulary
from onkos.model.trial import Trial
from onkos.model.trial_match import TrialMatch
from onkos.sources.knowledge.trials import ctml
from onkos.sources.patient.record import case_of_record


def genomic(**keys):
    return {"genomic": {key: str(value) for key, value in keys.items()}}


def clinical(**keys):
    return {"clinical": keys}


def document(*match, **fields):
    """A trial with one step; more fields of the document by name."""
    step = {"step_code": "1", "match": list(match)}
    whole = {"nct_id": "NCT00000001", "status": "open to accrual", "phase": "PHASE2"}
    return {**whole, "treatment_list": {"step": [step]}, **fields}


def trial(vocabulary: Vocabulary, *match, **fields) -> Trial:
    return ctml.trial_of(document(*match, **fields), "trial.yaml", vocabulary)


def patient(knowledge, disease="LUAD", *alterations, **said) -> Case:
    record = {"id": "p", "disease": disease, "alterations": list(alterations), **said}
    return case_of_record(record, knowledge)


def match_of(knowledge, found: Trial, case: Case, **options) -> TrialMatch:
    """The one match of one trial, whatever its answer."""
    from onkos.pipeline import match_trials

    (match,) = match_trials(case, [found], knowledge, everything=True, **options)
    return match
