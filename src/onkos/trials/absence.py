"""Answers without those that rest on something not being there, where its absence is in doubt."""

from __future__ import annotations

from collections.abc import Callable

from onkos.criteria import CaseView, evaluate_in
from onkos.criteria.answers import both, either, opposite, unknown
from onkos.criteria.coverage import ask
from onkos.model import Answer, Origin, Verdict
from onkos.model.criterion import (
    AlleleFraction,
    And,
    Copies,
    CopyNumberIs,
    CountIs,
    Criterion,
    CytogeneticIs,
    EventIs,
    FusionIs,
    LossOfFunction,
    Mutation,
    Not,
    Or,
    ProteinIs,
    WildType,
    genes_named,
)

WITHHELD_GENE = "inherited findings are withheld: an inherited change is not told apart from none"
_SEEN = (
    AlleleFraction, Copies, CopyNumberIs, CountIs, CytogeneticIs, EventIs, FusionIs,
    LossOfFunction, Mutation, ProteinIs,
)  # fmt: skip
_OF_THE_TUMOUR = (Copies, CopyNumberIs, CytogeneticIs, FusionIs, ProteinIs)
Doubt = Callable[[Criterion, CaseView], bool]


def absent(leaf: Criterion, answer: Answer) -> bool:
    """Whether an answer says that something of the tumour's genome is not there."""
    if isinstance(leaf, WildType):
        return answer is Answer.MET
    return answer is Answer.UNMET and isinstance(leaf, _SEEN)


def without_absences(rule: Criterion, view: CaseView, doubted: Doubt) -> Verdict:
    """The verdict, had what is doubted not been found absent: unknown in its place.

    Parameters
    ----------
    doubted : callable
        Whether the absence that a leaf asks about is in doubt.
    """
    match rule:
        case And(of=parts):
            return both([without_absences(part, view, doubted) for part in parts])
        case Or(of=parts):
            return either([without_absences(part, view, doubted) for part in parts])
        case Not(of=inner):
            return opposite(without_absences(inner, view, doubted))
    found = evaluate_in(rule, view)
    if not (absent(rule, found.answer) and doubted(rule, view)):
        return found
    asked = (ask("germline-variant", g, f"germline variants of {g}") for g in _genes(rule))
    return unknown(f"{rule}: {WITHHELD_GENE}", *asked)


def answer_without_absences(rule: Criterion, view: CaseView, doubted: Doubt) -> Answer:
    """The same without its reasons, which is quicker."""
    match rule:
        case And(of=parts):
            return min(answer_without_absences(part, view, doubted) for part in parts)
        case Or(of=parts):
            return max(answer_without_absences(part, view, doubted) for part in parts)
        case Not(of=inner):
            return Answer(Answer.MET - answer_without_absences(inner, view, doubted))
    answer = evaluate_in(rule, view).answer
    return Answer.UNKNOWN if absent(rule, answer) and doubted(rule, view) else answer


def inherited_matters(leaf: Criterion, view: CaseView) -> bool:
    """Whether a patient who withholds inherited findings may carry there what was not found.

    So of each question of an inherited change, but in genes of drug safety, which are told; and
    of each change of any origin in a gene in which an inherited one is acted on. It is asked of
    the criterion alone, never of what the patient carries, so that no answer tells.
    """
    origin = getattr(leaf, "origin", None)
    if origin is Origin.SOMATIC or isinstance(leaf, _OF_THE_TUMOUR):
        return False
    genes = _genes(leaf)
    if any(_acted_on(gene, view) for gene in genes):
        return True
    safe = {gene.symbol for gene in view.vocabulary.pharmacogenes}
    return origin is Origin.GERMLINE and not set(genes) <= safe


def stale(leaf: Criterion, view: CaseView) -> bool:
    """Whether treatment may have brought what was not there before: all but what is inherited."""
    return getattr(leaf, "origin", None) is not Origin.GERMLINE


def _genes(leaf: Criterion) -> tuple[str, ...]:
    return tuple(sorted(genes_named(leaf)))


def _acted_on(symbol: str, view: CaseView) -> bool:
    gene = view.vocabulary.gene(symbol)
    return gene is not None and gene.actionable_germline
