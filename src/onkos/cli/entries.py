"""What one entry of the knowledge says, as lines to print."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from onkos.model import (
    ANY_MARKER,
    Approval,
    Claim,
    Disease,
    Drug,
    Gene,
    Guideline,
    Knowledge,
    Study,
    regimen_name,
)
from onkos.model.criterion import genes_named

WIDTH = 100
NAMES = 18  # columns for the names of fields


def row(name: str, value: object) -> Iterator[str]:
    """A named value, wrapped; nothing where it is empty."""
    if value:
        yield from textwrap.wrap(
            f"  {name:<{NAMES}}{value}",
            WIDTH,
            subsequent_indent=" " * (NAMES + 2),
            break_long_words=False,
            break_on_hyphens=False,
        )


def claim_lines(claim: Claim, knowledge: Knowledge) -> Iterator[str]:
    """A claim with all its facts."""
    yield claim.id
    yield from row("effect", f"{claim.effect}{f', {claim.mechanism}' if claim.mechanism else ''}")
    yield from row("therapy", regimen_name(claim.therapy))
    yield from row("when", claim.when)
    yield from row("disease", diseases(claim.disease, knowledge))
    yield from row("except", diseases(claim.disease_except, knowledge))
    yield from row("setting", claim.setting)
    yield from row("condition", claim.condition)
    yield from row("supersedes", ", ".join(regimen_name(drugs) for drugs in claim.over))
    for approval in claim.approvals:
        yield from row("approval", _approval(approval))
    for guideline in claim.guidelines:
        yield from row("guideline", _guideline(guideline))
    for study in claim.studies:
        yield from row("study" if study.positive else "contrary", study_line(study))
    yield from row("relatives", claim.cascade)
    yield from row("raised when", claim.raise_when)
    yield from row("advice", claim.advice)
    yield from row("note", claim.note)
    yield from row("unverified", "the whole claim" if claim.unverified else "")
    yield from row("source", claim.source)


def diseases(codes: Iterable[str], knowledge: Knowledge) -> str:
    tree = knowledge.vocabulary.tree
    named = (f"{code} ({tree.name(code)})" if tree.name(code) != code else code for code in codes)
    return ", ".join(named)


def _doubt(fact: Approval | Guideline | Study) -> str:
    return "not verified" if fact.unverified else ""


def _approval(approval: Approval) -> str:
    accelerated = "accelerated" if approval.accelerated else ""
    marker = ANY_MARKER if approval.any_marker else ""
    setting = f"where {approval.setting}" if approval.setting else ""
    return _joined(
        approval.source_id,
        accelerated,
        marker,
        setting,
        approval.source,
        _doubt(approval),
        approval.note,
    )


def _guideline(guideline: Guideline) -> str:
    against = "" if guideline.recommends else "recommends against"
    return _joined(
        guideline.source_id, guideline.title, against, guideline.source, _doubt(guideline),
        guideline.note,
    )  # fmt: skip


def study_line(study: Study) -> str:
    months = " v ".join(f"{value:g}" for value in study.median_months)
    return _joined(
        study.name,
        str(study.kind),
        f"n = {study.n}" if study.n else "",
        f"against {study.comparator}" if study.comparator else "",
        _result(study),
        f"median {months} months" if months else "",
        f"response rate {study.response_rate:.0%}" if study.response_rate is not None else "",
        study.nct,
        f"PMID:{study.pmid}" if study.pmid else "",
        f"doi:{study.doi}" if study.doi else "",
        study.source,
        _doubt(study),
        study.note,
    )


def _result(study: Study) -> str:
    if study.hazard_ratio is None:
        return study.endpoint
    interval = f" (95 % CI {study.ci95[0]:g} to {study.ci95[1]:g})" if study.ci95 else ""
    return f"{study.endpoint or 'endpoint not said'} hazard ratio {study.hazard_ratio:g}{interval}"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def gene_lines(gene: Gene, knowledge: Knowledge) -> Iterator[str]:
    """A gene, its known changes, and the claims that ask for it."""
    yield f"{gene.symbol}{f', {gene.name}' if gene.name else ''}"
    yield from row("HGNC", gene.hgnc)
    yield from row("role", gene.role)
    yield from row("also", ", ".join((*gene.aliases, *gene.former)))
    yield from row("place", gene.band or gene.chromosome)
    yield from row("transcript", _joined(gene.transcript, gene.refseq))
    yield from row("residues", gene.length)
    yield from row("blood", "clonal haematopoiesis" if gene.clonal_haematopoiesis else "")
    yield from row("germline", "actionable" if gene.actionable_germline else "")
    for change in gene.changes:
        rules = ", ".join(str(rule) for rule in change.when)
        papers = ", ".join(f"PMID:{pmid}" for pmid in change.pmid)
        doubt = "not verified" if change.unverified else ""
        yield from row(change.standing, _joined(rules, papers, doubt, change.note))
    yield from row("note", gene.note)
    asking = [c for c in knowledge.claims if gene.symbol in genes_named(c.when)]
    yield from _claims(asking)


def drug_lines(drug: Drug, knowledge: Knowledge) -> Iterator[str]:
    """A drug, its names, and the claims about any regimen that contains it."""
    yield drug.name
    yield from row("brands", ", ".join(drug.brands))
    yield from row("also", ", ".join((*drug.codes, *drug.synonyms)))
    yield from row("class", ", ".join(drug.drug_class))
    yield from row("targets", ", ".join(drug.targets))
    yield from row("modality", drug.modality)
    paper = f"PMID:{drug.pmid}" if drug.pmid else ""
    yield from row("source", _joined(drug.source, paper, "not verified" if drug.unverified else ""))
    yield from row("note", drug.note)
    yield from _claims(knowledge.about(drug.name))


def disease_lines(disease: Disease, knowledge: Knowledge) -> Iterator[str]:
    """A disease, what lies above it, and the claims made for this very node."""
    tree = knowledge.vocabulary.tree
    yield f"{disease.code}, {disease.name}"
    above = sorted(tree.ancestors(disease.code) - {disease.code})
    yield from row("kind of", diseases(above, knowledge))
    yield from row("also", ", ".join((*disease.synonyms, *disease.former)))
    yield from row("TCGA", disease.tcga)
    yield from _claims(c for c in knowledge.claims if disease.code in c.disease)


def _claims(claims: Iterable[Claim]) -> Iterator[str]:
    found = sorted(claims, key=lambda claim: (claim.effect, claim.id))
    yield f"  {len(found)} claim{'' if len(found) == 1 else 's'}"
    for claim in found:
        yield f"    {claim_line(claim)}"


def claim_line(claim: Claim) -> str:
    """A claim in one line, its id first."""
    what = regimen_name(claim.therapy) or claim.condition
    doubt = " (not verified)" if claim.all_unverified else ""
    where = ", ".join(claim.disease)
    return f"{claim.id}: {claim.effect}{f', {what}' if what else ''} in {where}{doubt}"
