"""One case planned with the options of the command line."""

from __future__ import annotations

from onkos import pipeline
from onkos.cli.choice import regulators_of
from onkos.model import Case, Dossier, Knowledge


def plan_case(case: Case, knowledge: Knowledge, regulators: str | None) -> Dossier:
    """The case's dossier; the pipeline's own regulators where none are named."""
    chosen = regulators_of(regulators, knowledge)
    return pipeline.run(case, knowledge, chosen) if chosen else pipeline.run(case, knowledge)


def explain_drug(
    drug: str, case: Case, knowledge: Knowledge, regulators: str | None
) -> tuple[str, ...]:
    """Why the drug is, or is not, an option."""
    chosen = regulators_of(regulators, knowledge)
    if chosen:
        return pipeline.explain(case, knowledge, drug, chosen)
    return pipeline.explain(case, knowledge, drug)
