"""Criteria about the loss of a gene's function, by whatever change."""

from __future__ import annotations

from collections.abc import Iterable

from onkos.criteria.answers import unknown, unmet
from onkos.criteria.coverage import ask, class_gap, denied
from onkos.criteria.small_variants import (
    MAYBE,
    NO,
    NULL,
    SILENT,
    YES,
    absent,
    doubtful,
    origin_fits,
    present,
)
from onkos.criteria.view import CaseView
from onkos.model import (
    Alteration,
    Answer,
    Consequence,
    CopyCall,
    CopyNumber,
    Event,
    Expression,
    Fusion,
    GeneEvent,
    Origin,
    Question,
    SmallVariant,
    Stated,
    StatedClass,
    Verdict,
)
from onkos.model.criterion import (
    LossOfFunction,
    Mutation,
)


def loss_of_function(rule: LossOfFunction, view: CaseView) -> Verdict:
    """Any of the genes lost, by whatever change."""
    candidates = [
        (a, _abolishes(rule, a, view))
        for symbol in rule.genes
        for a in view.by_gene.get(symbol, ())
    ]
    hits = [a for a, answer in candidates if answer is YES]
    if rule.biallelic and hits and not _both_copies(hits, view):
        labels = ", ".join(a.label for a in hits)
        if all(isinstance(a, SmallVariant) and a.biallelic is False for a in hits):
            return unmet(f"{rule}: {labels}; on one copy only")
        question = ask("copy-number", rule.genes[0], f"second copy of {rule.genes[0]}")
        return unknown(f"{rule}: {labels}; the other copy is not known", question)
    if hits:
        return present(str(rule), hits, 2, view)
    doubts = [a for a, answer in candidates if answer is MAYBE]
    if doubts:
        return doubtful(rule, doubts, view)
    as_mutation = Mutation(genes=rule.genes, origin=rule.origin)
    not_there = absent(as_mutation, view)
    if not_there.answer is Answer.UNMET and (gaps := _copies_unread(rule, view)):
        questions = [_copies_question(rule, symbol) for symbol in gaps]
        text = "no small variant found, but deletions were not looked for"
        return unknown(f"{rule}: {text}", *questions)
    text = not_there.reasons[0].replace(str(as_mutation), str(rule), 1)
    return Verdict(answer=not_there.answer, reasons=(text,), questions=not_there.questions)


def _copies_unread(rule: LossOfFunction, view: CaseView) -> list[str]:
    """Suppressors whose loss by deletion no test of this case would have seen.

    A laboratory that denies any mutation of the gene is taken at its word.
    """
    return [
        symbol
        for symbol in rule.genes
        if _suppressor(view, (symbol,))
        and not any(isinstance(a, CopyNumber) for a in view.by_gene.get(symbol, ()))
        and not denied(view, symbol, rule.origin)
        and class_gap(view, symbol, "copy_number", StatedClass.DELETION, origin=rule.origin)
    ]


def _copies_question(rule: LossOfFunction, symbol: str) -> Question:
    if rule.origin is Origin.GERMLINE:
        return ask("germline-variant", symbol, f"germline variants of {symbol}")
    return ask("copy-number", symbol, f"copies of {symbol}")


def _abolishes(rule: LossOfFunction, alteration: Alteration, view: CaseView) -> Answer:
    match alteration:
        case SmallVariant():
            loses = _variant_abolishes(alteration, view)
            return min(origin_fits(rule.origin, alteration.origin), loses)
        case Stated(present=True):
            return min(
                origin_fits(rule.origin, alteration.origin), _stated_abolishes(alteration, view)
            )
        case CopyNumber(call=CopyCall.DELETION):
            return min(origin_fits(rule.origin, alteration.origin), YES)
        case Expression(level="loss"):
            return MAYBE
        case GeneEvent(event=Event.EXONS_LOST | Event.BROKEN) if _only_suppressor(view, alteration):
            return min(origin_fits(rule.origin, alteration.origin), YES)
        case Fusion() | GeneEvent():
            return MAYBE if _suppressor(view, rule.genes) else NO
        case _:
            return NO


def _only_suppressor(view: CaseView, event: GeneEvent) -> bool:
    """Whether exons lost from the gene, or a cut, can mean loss alone (Horak 2022, OVS1)."""
    gene = view.vocabulary.gene(event.gene)
    return gene is not None and gene.role == "tumour suppressor"


def _suppressor(view: CaseView, symbols: Iterable[str]) -> bool:
    genes = (view.vocabulary.gene(symbol) for symbol in symbols)
    return any(gene is not None and gene.suppressor for gene in genes)


def _variant_abolishes(variant: SmallVariant, view: CaseView) -> Answer:
    known = variant.oncogenicity
    if known and known.harmless:
        return NO
    if variant.consequence in NULL:
        return YES
    if variant.consequence in SILENT or variant.consequence is Consequence.PROMOTER:
        return NO
    if known and known.drives:
        return YES if _suppressor(view, (variant.gene,)) else NO
    return MAYBE


def _stated_abolishes(stated: Stated, view: CaseView) -> Answer:
    match stated.finding:
        case (
            StatedClass.LOSS_OF_FUNCTION
            | StatedClass.LOSS
            | StatedClass.DELETION
            | StatedClass.FRAMESHIFT
        ):
            return YES
        case StatedClass.ONCOGENIC:
            return YES if _suppressor(view, (stated.gene,)) else NO
        case StatedClass.MUTATION | StatedClass.PROTEIN_LOSS:
            return MAYBE
        case _:
            return NO


def _both_copies(hits: list[Alteration], view: CaseView) -> bool:
    """By what was stated or measured of a hit, a second one, or a copy lost beside it."""
    hits = [a for a in hits if not (isinstance(a, SmallVariant) and a.biallelic is False)]
    for hit in hits:
        if isinstance(hit, CopyNumber) and hit.call is CopyCall.DELETION:
            return True
        if isinstance(hit, (SmallVariant, Stated)) and hit.biallelic:
            return True
        for symbol in [hit.gene] if isinstance(hit, SmallVariant) else []:
            others = view.by_gene.get(symbol, ())
            if any(isinstance(o, CopyNumber) and o.call is CopyCall.LOSS for o in others):
                return True
    distinct = {(hit.gene, hit.label) for hit in hits if isinstance(hit, SmallVariant)}
    genes = [gene for gene, _ in distinct]
    return any(genes.count(gene) >= 2 for gene in genes)
