"""One case planned with the options of the command line."""

from __future__ import annotations

from onkos import pipeline
from onkos.cli.choice import regulators_of
from onkos.cli.genome import reference_for
from onkos.model import Case, Dossier, Knowledge


def plan_case(
    case: Case, knowledge: Knowledge, regulators: str | None, reference: str | None = None
) -> Dossier:
    """The case's dossier; the pipeline's own regulators where none are named."""
    chosen = regulators_of(regulators, knowledge) or pipeline.REGULATORS
    return pipeline.run(case, knowledge, chosen, reference_for(case, reference))


def explain_drug(
    drug: str,
    case: Case,
    knowledge: Knowledge,
    regulators: str | None,
    reference: str | None = None,
) -> tuple[str, ...]:
    """Why the drug is, or is not, an option."""
    chosen = regulators_of(regulators, knowledge) or pipeline.REGULATORS
    return pipeline.explain(case, knowledge, drug, chosen, reference_for(case, reference))
