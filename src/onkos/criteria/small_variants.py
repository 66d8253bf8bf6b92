"""Criteria about small variants: does this one fit, and does the absence of one settle."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from onkos.criteria.answers import met, unknown, unmet
from onkos.criteria.carried import thinly
from onkos.criteria.coverage import ask, region_spans, small_variant_gap, white_cell_doubt
from onkos.criteria.view import CaseView
from onkos.model import (
    Alteration,
    Answer,
    Consequence,
    Gene,
    GeneEvent,
    Oncogenicity,
    Origin,
    Question,
    SmallVariant,
    Stated,
    StatedClass,
    Verdict,
    genes_of,
)
from onkos.model.criterion import LossOfFunction, Mutation
from onkos.model.protein import same_change

YES, NO, MAYBE = Answer.MET, Answer.UNMET, Answer.UNKNOWN

NULL = frozenset(
    {Consequence.NONSENSE, Consequence.FRAMESHIFT, Consequence.SPLICE, Consequence.START_LOST}
)
SILENT = frozenset(
    {
        Consequence.SYNONYMOUS,
        Consequence.INTRONIC,
        Consequence.UTR,
        Consequence.NONCODING,
        Consequence.SPLICE_REGION,
    }
)
_CLASSES = {
    "missense": frozenset({Consequence.MISSENSE}),
    "nonsense": frozenset({Consequence.NONSENSE}),
    "frameshift": frozenset({Consequence.FRAMESHIFT}),
    "truncating mutation": NULL,
    "splice mutation": frozenset({Consequence.SPLICE}),
    "deletion": frozenset({Consequence.INFRAME_DELETION, Consequence.DELINS}),
    "insertion": frozenset({Consequence.INFRAME_INSERTION, Consequence.DELINS}),
    "in-frame mutation": frozenset(
        {Consequence.INFRAME_DELETION, Consequence.INFRAME_INSERTION, Consequence.DELINS}
    ),
}


def mutation(rule: Mutation, view: CaseView) -> Verdict:
    """Any of the genes carries a small variant that fits."""
    candidates = [
        (a, fits(rule, a, view)) for symbol in rule.genes for a in view.by_gene.get(symbol, ())
    ]
    hits = [a for a, answer in candidates if answer is YES]
    if hits:
        return present(str(rule), hits, _precision(rule), view)
    doubts = [a for a, answer in candidates if answer is MAYBE]
    if doubts:
        return doubtful(rule, doubts, view)
    return absent(rule, view)


def present(what: str, hits: list[Alteration], precision: int, view: CaseView) -> Verdict:
    """Met, with what makes a hit less than certain."""
    labels = [a.label for a in hits]
    cautions, questions = thinly(hits, view)
    for a in hits:
        if isinstance(a, SmallVariant) and a.filters:
            cautions.append(f"{a.label} was kept despite the filter {', '.join(a.filters)}")
        if _may_be_white_cells(a, view):
            cautions.append(
                f"{a.label} was seen in plasma without matched white cells: "
                "it may come from clonal haematopoiesis"
            )
            questions.append(_of_white_cells(a))
    return met(f"{what}: {', '.join(labels)}", labels, precision, cautions, questions)


def _precision(rule: Mutation) -> int:
    if rule.change:
        return 5 if rule.change[-1:].isalpha() or rule.change[-1:] == "*" else 4
    if rule.exons or rule.codons or rule.domain or rule.promoter:
        return 3
    return 1 if rule.what == "mutation" else 2


def doubtful(rule: Mutation | LossOfFunction, doubts: list[Alteration], view: CaseView) -> Verdict:
    """Something is there that may be what was asked for."""
    labels = ", ".join(dict.fromkeys(a.label for a in doubts))
    kind = "germline-variant" if rule.origin is not None else "interpretation"
    asked = ask(kind, rule.genes[0], f"does {labels} amount to {rule}")
    blood = [_of_white_cells(a) for a in doubts if _may_be_white_cells(a, view)]
    return unknown(f"{rule}: {labels} may or may not be one", *dict.fromkeys((*blood, asked)))


def _may_be_white_cells(seen: Alteration, view: CaseView) -> bool:
    return isinstance(seen, SmallVariant) and white_cell_doubt(view, seen)


def _of_white_cells(seen: Alteration) -> Question:
    gene = genes_of(seen)[0]
    return ask("clonal-haematopoiesis", gene, f"is {seen.label} of the tumour or of white cells")


def absent(rule: Mutation, view: CaseView) -> Verdict:
    """Nothing fits: unmet where the tests would have seen it, else unknown."""
    reasons, questions = [], []
    for symbol in rule.genes:
        spans = spans_of(rule, view.vocabulary.gene(symbol))
        gap = "" if _residues_read(rule, symbol, spans, view) else _gap(rule, symbol, spans, view)
        if gap:
            reasons.append(gap)
            questions.append(_question(rule, symbol))
    if reasons:
        return unknown(f"{rule}: {'; '.join(dict.fromkeys(reasons))}", *questions)
    return unmet(f"{rule}: tested, not found")


def _residues_read(
    rule: Mutation, symbol: str, spans: tuple[tuple[int, int], ...], view: CaseView
) -> bool:
    """Whether another change was seen at the very residues asked for: then they were read."""
    if rule.origin is Origin.GERMLINE or not rule.change or not spans:
        return False
    if symbol in view.case.open_genes:
        return False
    read = {
        residue
        for a in view.by_gene.get(symbol, ())
        if isinstance(a, SmallVariant) and a.first == a.last
        for residue in (a.first,)
    }
    return all(first == last and first in read for first, last in spans)


def _gap(rule: Mutation, symbol: str, spans: tuple[tuple[int, int], ...], view: CaseView) -> str:
    if rule.promoter:
        return _promoter_gap(symbol, view)
    asked = rule.change or f"{rule.place} {rule.what}"
    return small_variant_gap(view, symbol, spans, rule.origin, asked)


def _promoter_gap(symbol: str, view: CaseView) -> str:
    covered = any(symbol in a.promoters or "all" in a.promoters for _, a in view.assays)
    return "" if covered else f"the promoter of {symbol} is not covered"


def _question(rule: Mutation, symbol: str) -> Question:
    if rule.origin is Origin.GERMLINE:
        return ask("germline-variant", symbol, f"germline variants of {symbol}")
    return ask("small-variant", symbol, f"small variants of {symbol}")


def spans_of(rule: Mutation, gene: Gene | None) -> tuple[tuple[int, int], ...]:
    """Residues that a rule speaks of; empty for the whole gene."""
    if rule.change:
        digits = "".join(ch if ch.isdigit() else " " for ch in rule.change.split("fs")[0]).split()
        return ((int(digits[0]), int(digits[min(1, len(digits) - 1)])),) if digits else ()
    if rule.codons:
        return rule.codons
    if rule.exons and gene:
        numbers = range(rule.exons[0], rule.exons[1] + 1)
        return tuple(gene.exons[str(n)] for n in numbers if str(n) in gene.exons)
    if rule.domain and gene and rule.domain in gene.domains:
        return (gene.domains[rule.domain],)
    return ()


def fits(rule: Mutation, alteration: Alteration, view: CaseView) -> Answer:
    """Whether one alteration is what a rule asks for; unknown where it may be."""
    match alteration:
        case SmallVariant():
            return min(
                origin_fits(rule.origin, alteration.origin),
                _change_fits(rule, alteration, view),
                _biallelic_fits(rule.biallelic, alteration.biallelic),
            )
        case Stated(present=True):
            return min(
                origin_fits(rule.origin, alteration.origin), _stated_fits(rule, alteration, view)
            )
        case GeneEvent():
            return NO
        case _:
            return NO


def _biallelic_fits(asked: bool, stated: bool | None) -> Answer:
    if not asked or stated:
        return YES
    return MAYBE if stated is None else NO


def origin_fits(asked: Origin | None, seen: Origin) -> Answer:
    """Whether an alteration is of the origin asked for."""
    if asked is None or asked is seen:
        return YES
    return MAYBE if seen is Origin.UNKNOWN else NO


def _change_fits(rule: Mutation, variant: SmallVariant, view: CaseView) -> Answer:
    if any(_is_change(text, variant) for text in rule.excepted):
        return NO
    if rule.change:
        return YES if _is_change(rule.change, variant) else _unnamed(rule, variant, view)
    if rule.promoter:
        return YES if variant.consequence is Consequence.PROMOTER else NO
    if variant.consequence is Consequence.PROMOTER:
        return MAYBE if rule.what == "oncogenic mutation" and not rule.place else NO
    return min(_place_fits(rule, variant, view), _class_fits(rule.what, variant))


def _unnamed(rule: Mutation, variant: SmallVariant, view: CaseView) -> Answer:
    """A change reported by its region only ("exon 19 deletion") may be the one asked for."""
    if variant.protein or variant.coding or variant.chromosome or not variant.first:
        return NO
    spans = spans_of(rule, view.vocabulary.gene(variant.gene))
    inside = any(variant.first <= first and last <= variant.last for first, last in spans)
    return MAYBE if inside else NO


def _is_change(text: str, variant: SmallVariant) -> bool:
    """``"V600E/K"`` and ``"V600"`` (any substitution) included."""
    if text == variant.protein:
        return True
    if not variant.protein:
        return False
    neighbours = variant.consequence is Consequence.MISSENSE and "delins" in variant.protein
    if neighbours and any(_is_change(text, one) for one in substitutions(variant)):
        return True
    head, *others = text.split("/")
    if others:
        return any(variant.protein == head[:-1] + letter for letter in (head[-1], *others))
    if head[-1:].isdigit():
        is_substitution = variant.consequence in {Consequence.MISSENSE, Consequence.START_LOST}
        return is_substitution and variant.protein[:-1] == head
    return same_change(head, variant.protein)


def substitutions(variant: SmallVariant) -> Iterator[SmallVariant]:
    """The single substitutions that neighbours replaced together amount to, where told.

    ``S768_V769delinsIL`` is S768I and V769L; only the outer residues are named.
    """
    span, _, new = variant.protein.partition("delins")
    for end, letter in zip(span.split("_"), (new[0], new[-1]), strict=False):
        at = int(end[1:]) if end[:1].isalpha() and end[1:].isdigit() else 0
        if at and end[0] != letter:
            yield msgspec.structs.replace(variant, protein=end + letter, first=at, last=at)


def _place_fits(rule: Mutation, variant: SmallVariant, view: CaseView) -> Answer:
    if not rule.place:
        return YES
    spans = spans_of(rule, view.vocabulary.gene(variant.gene))
    if not variant.first or not spans:
        return MAYBE
    inside = any(a <= variant.first and variant.last <= b for a, b in spans)
    overlaps = any(variant.first <= b and a <= variant.last for a, b in spans)
    return YES if inside or overlaps else NO


def _class_fits(what: str, variant: SmallVariant) -> Answer:
    known = variant.oncogenicity
    if what == "reversion mutation":
        return NO
    if variant.consequence in SILENT:
        return NO
    if what == "mutation":
        return NO if known and known.harmless else YES
    if what == "oncogenic mutation":
        if known is None or known is Oncogenicity.UNCERTAIN:
            return MAYBE
        return YES if known.drives else NO
    if variant.consequence is Consequence.UNKNOWN:
        return MAYBE
    fits_class = variant.consequence in _CLASSES[what] and _grows_or_shrinks(what, variant)
    return YES if fits_class and not (known and known.harmless) else NO


def _grows_or_shrinks(what: str, variant: SmallVariant) -> bool:
    """Whether a replacement lengthens (an insertion) or shortens (a deletion) the protein."""
    if variant.consequence is not Consequence.DELINS or what not in {"deletion", "insertion"}:
        return True
    added = variant.protein.partition("delins")[2]
    if not added or not variant.first:
        return True
    grown = len(added) - (variant.last - variant.first + 1)
    return grown > 0 if what == "insertion" else grown < 0


def _stated_fits(rule: Mutation, stated: Stated, view: CaseView) -> Answer:
    """A laboratory's summary: meets its own class, leaves narrower ones open.

    A reversion restores the gene, so it is no other class of change, nor any other a reversion.
    """
    if StatedClass.REVERSION in {stated.finding, rule.what}:
        return YES if stated.finding == rule.what and not rule.place else NO
    if stated.finding is StatedClass.FRAMESHIFT:
        words = {"frameshift", "mutation", "truncating mutation"}
    elif stated.finding is StatedClass.ONCOGENIC:
        words = {"oncogenic mutation", "mutation"}
    elif stated.finding is StatedClass.MUTATION:
        words = {"mutation"}
    elif stated.finding is StatedClass.LOSS_OF_FUNCTION:
        gene = view.vocabulary.gene(stated.gene)
        return MAYBE if gene and gene.suppressor else NO
    else:
        return NO
    if rule.change:
        same = stated.region.casefold() == rule.change.casefold()
        if same and rule.what in words:
            return MAYBE if rule.excepted else YES
        return MAYBE if _region_may_hold(rule, stated, view) else NO
    if rule.place:
        same = stated.region.casefold() == rule.place.casefold()
        if not same and not _region_may_hold(rule, stated, view):
            return NO
        return YES if same and rule.what in words else MAYBE
    return YES if rule.what in words else MAYBE


def _region_may_hold(rule: Mutation, stated: Stated, view: CaseView) -> bool:
    if not stated.region:
        return True
    gene = view.vocabulary.gene(stated.gene)
    ours, theirs = spans_of(rule, gene), region_spans(stated.region, gene)
    if not ours or not theirs:
        return True
    return any(a <= d and c <= b for a, b in ours for c, d in theirs)
