"""Criteria about what is typed once: methylation of a promoter, HLA alleles."""

from __future__ import annotations

from onkos.criteria.answers import met, unknown, unmet
from onkos.criteria.coverage import ask
from onkos.criteria.view import CaseView
from onkos.model import Methylation, Verdict
from onkos.model.criterion import HlaIs, MethylationIs


def methylation(rule: MethylationIs, view: CaseView) -> Verdict:
    """A promoter methylated."""
    for a in view.by_gene.get(rule.gene, ()):
        if isinstance(a, Methylation):
            return met(a.label, (a.label,), 2) if a.methylated else unmet(a.label)
    question = ask("methylation", rule.gene, f"promoter methylation of {rule.gene}")
    return unknown(f"{rule}: not tested", question)


def hla(rule: HlaIs, view: CaseView) -> Verdict:
    """An HLA allele carried."""
    locus = rule.allele.split("*")[0]
    if any(a == rule.allele or a.startswith(rule.allele + ":") for a in view.alleles):
        return met(rule.allele, (rule.allele,), 3)
    typed = [a for a in view.alleles if a.split("*")[0] == locus]
    if any(rule.allele.startswith(a + ":") for a in typed):
        return unknown(
            f"{rule.allele}: typed less finely", ask("HLA", locus, f"{locus} at two fields")
        )
    if typed:
        return unmet(f"{rule.allele}: typed as {', '.join(typed)}")
    return unknown(f"{rule.allele}: HLA not typed", ask("HLA", locus, f"type of {locus}"))
