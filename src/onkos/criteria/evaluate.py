"""A criterion asked of a case: met, unmet or unknown, with reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onkos.criteria import clinic, loss, measured, readings, small_variants, structures
from onkos.criteria.answers import both, either, opposite
from onkos.criteria.view import CaseView
from onkos.model import Case, Criterion, Verdict, Vocabulary
from onkos.model import criterion as c


def evaluate(criterion: Criterion, case: Case, vocabulary: Vocabulary) -> Verdict:
    """The verdict of one criterion for one case.

    Parameters
    ----------
    case : Case
        With its alterations described, so that oncogenicity is set.

    Returns
    -------
    Verdict
        Strong Kleene logic throughout; every unknown carries what would settle it.
    """
    return evaluate_in(criterion, CaseView(case, vocabulary))


def evaluate_in(criterion: Criterion, view: CaseView) -> Verdict:
    """The same for a case already laid out."""
    match criterion:
        case c.And(of=parts):
            return both([evaluate_in(part, view) for part in parts])
        case c.Or(of=parts):
            return either([evaluate_in(part, view) for part in parts])
        case c.Not(of=inner):
            return opposite(evaluate_in(inner, view))
        case c.Status():
            return measured.status(criterion, view, evaluate_in)
    return _ATOMS[type(criterion)](criterion, view)


_ATOMS: dict[type, Callable[[Any, CaseView], Verdict]] = {
    c.Mutation: small_variants.mutation,
    c.LossOfFunction: loss.loss_of_function,
    c.WildType: readings.wild_type,
    c.PhaseIs: readings.phase,
    c.AlleleFraction: readings.allele_fraction,
    c.CountIs: readings.count,
    c.CopyNumberIs: structures.copy_number,
    c.Copies: structures.copies,
    c.FusionIs: structures.fusion,
    c.ProteinIs: structures.protein,
    c.EventIs: structures.event,
    c.MethylationIs: structures.methylation,
    c.CytogeneticIs: structures.cytogenetic,
    c.HlaIs: structures.hla,
    c.Compare: measured.compared,
    c.SexIs: clinic.sex,
    c.StageIs: clinic.stage,
    c.SettingIs: clinic.setting,
    c.LineIs: clinic.line,
    c.PriorIs: clinic.prior,
    c.ComedicationIs: clinic.comedication,
    c.DiseaseIs: clinic.disease,
}
