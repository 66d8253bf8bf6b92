"""A criterion asked of a case: met, unmet or unknown, with reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onkos.criteria import clinic, loss, measured, readings, small_variants, structures, typed
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
    """The same for a case already laid out; each criterion is worked out once in a view."""
    known = view.verdicts.get(criterion)
    if known is None:
        known = view.verdicts[criterion] = _ASKED[type(criterion)](criterion, view)
    return known


def _all(rule: c.And, view: CaseView) -> Verdict:
    return both([evaluate_in(part, view) for part in rule.of])


def _any(rule: c.Or, view: CaseView) -> Verdict:
    return either([evaluate_in(part, view) for part in rule.of])


def _not(rule: c.Not, view: CaseView) -> Verdict:
    return opposite(evaluate_in(rule.of, view))


def _status(rule: c.Status, view: CaseView) -> Verdict:
    return measured.status(rule, view, evaluate_in)


_ASKED: dict[type, Callable[[Any, CaseView], Verdict]] = {
    c.And: _all,
    c.Or: _any,
    c.Not: _not,
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
    c.MethylationIs: typed.methylation,
    c.CytogeneticIs: structures.cytogenetic,
    c.HlaIs: typed.hla,
    c.Compare: measured.compared,
    c.Status: _status,
    c.SexIs: clinic.sex,
    c.StageIs: clinic.stage,
    c.SettingIs: clinic.setting,
    c.LineIs: clinic.line,
    c.PriorIs: clinic.prior,
    c.PriorLinesIs: clinic.prior_lines,
    c.ComedicationIs: clinic.comedication,
    c.DiseaseIs: clinic.disease,
}
