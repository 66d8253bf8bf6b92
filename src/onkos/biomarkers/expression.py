"""Amounts of RNA against a cohort: which genes of the tumour are outliers, and how far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from onkos.model import (
    Answer,
    Case,
    ExpressionCohort,
    ExpressionRules,
    Finding,
    Knowledge,
    NotAssessed,
    Origin,
    Profile,
    genes_of,
    logged,
)
from onkos.model.criterion import genes_named

if TYPE_CHECKING:
    from onkos.stats.outlier import Placed

NAME = "expression"
_ASK = "a cohort was given, but no amounts of RNA of this tumour in TPM"
_SAME = "does not vary among most of these tumours: no outlier is called"


def expression_outliers(
    case: Case, findings: tuple[Finding | NotAssessed, ...], knowledge: Knowledge
) -> Iterator[Finding | NotAssessed]:
    """Genes of the tumour against every cohort that the user gave; nothing without one.

    Said are the genes that are changed in this tumour, whatever their amount, and the outliers
    among the genes that claims of this diagnosis speak of. No criterion rests on them.
    """
    rules = knowledge.biomarkers.expression
    if rules is None or not knowledge.expression_cohorts:
        return
    profiles = [one for one in case.profiles if one.analyte == "RNA" and one.unit == "TPM"]
    if not profiles:
        yield NotAssessed(name=NAME, reason=_ASK)
    changed, asked = _changed(case), _asked(case.disease, knowledge)
    for profile in profiles:
        for cohort in knowledge.expression_cohorts:
            yield from _against(profile, cohort, rules, changed, asked - changed)


def _against(
    profile: Profile,
    cohort: ExpressionCohort,
    rules: ExpressionRules,
    changed: frozenset[str],
    asked: frozenset[str],
) -> Iterator[Finding | NotAssessed]:
    of = f" in {profile.sample}" if profile.sample else ""
    trouble = _not_alike(profile, cohort, rules)
    if trouble:
        yield NotAssessed(name=f"{NAME}{of} against {cohort.name}", reason=trouble)
        return
    for gene in sorted(changed):
        yield _told(gene, profile, cohort, rules)
    outliers = 0
    both = sorted(gene for gene in asked if gene in profile.values and gene in cohort.values)
    for gene in both:
        found = _placed(gene, profile, cohort, rules)
        if _called(profile.values[gene], found, rules):
            outliers += 1
            yield _finding(gene, profile, cohort, found, rules)
    count = f"{outliers} outlier{'' if outliers == 1 else 's'}"
    yield Finding(
        name=f"{NAME}{of} against {cohort.name}",
        value=f"{count} among {len(both)} genes that are not changed in this tumour",
        method=f"{cohort.n} tumours; {_METHOD.format(rules.ranges)}",
        note="genes that claims of this diagnosis speak of; some of so many are outliers by chance",
        settles=False,
    )


_METHOD = "log2(TPM + 1), beyond the quartiles by {:g} interquartile ranges"


def _not_alike(profile: Profile, cohort: ExpressionCohort, rules: ExpressionRules) -> str:
    """Why tumour and cohort do not compare; empty where they do."""
    import numpy as np

    if cohort.n < rules.fewest:
        return f"the cohort has {cohort.n} tumours, and quartiles ask for {rules.fewest}"
    both = [gene for gene in profile.values if gene in cohort.values]
    if len(both) < rules.fewest_genes:
        return (
            f"{len(both)} genes in common, and {rules.fewest_genes} are asked for; name the genes "
            "of both by symbol"
        )
    medians = (float(np.median(_values(cohort, gene))) for gene in both)
    shift = float(
        np.median([logged(profile.values[g]) - m for g, m in zip(both, medians, strict=True)])
    )
    if abs(shift) > rules.most_shift:
        return (
            f"over {len(both)} genes the tumour lies {2 ** abs(shift):.1f}-fold "
            f"{'above' if shift > 0 else 'below'} the cohort: another unit or another way of "
            "measuring; give TPM of the same pipeline"
        )
    return ""


def _told(
    gene: str, profile: Profile, cohort: ExpressionCohort, rules: ExpressionRules
) -> Finding | NotAssessed:
    for where, has in (("the tumour's file", profile.values), (cohort.name, cohort.values)):
        if gene not in has:
            return NotAssessed(name=f"{gene} {NAME}", reason=f"{where} has no amount of it")
    return _finding(gene, profile, cohort, _placed(gene, profile, cohort, rules), rules)


def _placed(
    gene: str, profile: Profile, cohort: ExpressionCohort, rules: ExpressionRules
) -> Placed:
    from onkos.stats.outlier import place

    return place(logged(profile.values[gene]), _values(cohort, gene), rules.ranges)


def _finding(
    gene: str, profile: Profile, cohort: ExpressionCohort, found: Placed, rules: ExpressionRules
) -> Finding:
    tpm = profile.values[gene]
    called = _called(tpm, found, rules)
    low, high = found.interval
    z = "" if found.z is None else f"; robust z {found.z:.1f}"
    return Finding(
        name=f"{gene} {NAME}",
        value=(
            f"{gene} {tpm:.3g} TPM{f', {called} outlier' if called else ''}: above "
            f"{found.share:.0%} of {cohort.n} tumours (95 % {low:.0%} to {high:.0%})"
        ),
        method=(
            f"{cohort.name}; outliers below {_tpm(found.low)} and above {_tpm(found.high)} TPM{z}"
        ),
        note=_SAME if found.low == found.high else "",
        settles=False,
    )


def _called(tpm: float, found: Placed, rules: ExpressionRules) -> str:
    """``"high"``, ``"low"`` or neither; none among values of which most are the same."""
    value = logged(tpm)
    if found.low == found.high:
        return ""
    if value > found.high:
        return "high" if tpm >= rules.least_tpm else ""
    return "low" if value < found.low else ""


def _tpm(value: float) -> str:
    return f"{max(0.0, 2**value - 1):.3g}"


def _values(cohort: ExpressionCohort, gene: str) -> Any:
    import numpy as np

    return np.frombuffer(cohort.values[gene], dtype="<f4").astype(np.float64)


def _changed(case: Case) -> frozenset[str]:
    """Genes with a change; of those withheld not even the name is told."""
    return frozenset(
        gene
        for alteration in case.alterations
        if not case.withholds_germline or alteration.origin is Origin.SOMATIC
        for gene in genes_of(alteration)
    )


def _asked(disease: str, knowledge: Knowledge) -> frozenset[str]:
    """Genes that claims of this diagnosis speak of."""
    tree = knowledge.vocabulary.tree
    return frozenset(
        gene
        for claim in knowledge.claims
        if tree.judge(disease, claim.disease, claim.disease_except)[0] is not Answer.UNMET
        for gene in genes_named(claim.when)
    )
