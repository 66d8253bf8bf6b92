"""Criteria about copies, fusions, named events, proteins, methylation and karyotype."""

from __future__ import annotations

from collections.abc import Callable

from onkos.criteria.answers import met, unknown, unmet
from onkos.criteria.carried import thinly
from onkos.criteria.coverage import ask, class_gap
from onkos.criteria.numbers import compare
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
    Karyotype,
    SmallVariant,
    Stated,
    StatedClass,
    Verdict,
)
from onkos.model.criterion import (
    Copies,
    CopyNumberIs,
    CytogeneticIs,
    EventIs,
    FusionIs,
    ProteinIs,
)

YES, NO, MAYBE = Answer.MET, Answer.UNMET, Answer.UNKNOWN
TANDEM = "tandem duplications"  # the domain in which a gene has them
_NEAR_SITE = frozenset({Consequence.SPLICE_REGION, Consequence.INTRONIC})
_STATED_COPY = {
    CopyCall.AMPLIFICATION: StatedClass.AMPLIFICATION,
    CopyCall.DELETION: StatedClass.DELETION,
}


def _settle(
    rule: object,
    genes: tuple[str, ...],
    fits: Callable[[Alteration], Answer],
    absent: Callable[[str], str],
    kind: str,
    precision: int,
    view: CaseView,
) -> Verdict:
    """Met by one that fits; unknown by one that may; else by what the tests covered."""
    found = [(a, fits(a)) for gene in genes for a in view.by_gene.get(gene, ())]
    fitting = [a for a, answer in found if answer is YES]
    if fitting:
        hits = list(dict.fromkeys(a.label for a in fitting))
        return met(f"{rule}: {', '.join(hits)}", hits, precision, *thinly(fitting, view))
    doubts = list(dict.fromkeys(a.label for a, answer in found if answer is MAYBE))
    questions = [ask(kind, gene, _asked(rule, kind, gene)) for gene in genes]
    if doubts:
        return unknown(f"{rule}: {', '.join(doubts)} may or may not be one", *questions[:1])
    gaps = [(gap, q) for gene, q in zip(genes, questions, strict=True) if (gap := absent(gene))]
    if gaps:
        reasons = dict.fromkeys(gap for gap, _ in gaps)
        return unknown(f"{rule}: {'; '.join(reasons)}", *(q for _, q in gaps))
    return unmet(f"{rule}: tested, not found")


def _asked(rule: object, kind: str, gene: str) -> str:
    return f"is there {rule}" if isinstance(rule, EventIs) else f"{_NOUNS[kind]} of {gene}"


_NOUNS = {
    "fusion": "fusions",
    "copy-number": "copies",
    "protein": "protein",
}


def copy_number(rule: CopyNumberIs, view: CaseView) -> Verdict:
    """A gene amplified, gained, or deleted on both copies."""

    def fits(a: Alteration) -> Answer:
        match a:
            case CopyNumber(call=call):
                return YES if call is rule.call else NO
            case Stated(present=True, finding=StatedClass.LOSS):
                return MAYBE if rule.call in {CopyCall.DELETION, CopyCall.LOSS} else NO
            case Stated(present=True, finding=StatedClass.LOSS_OF_FUNCTION):
                return MAYBE if rule.call is CopyCall.DELETION else NO
            case Stated(present=True, finding=finding):
                return YES if finding is _STATED_COPY.get(rule.call) else NO
        return NO

    finding = _STATED_COPY.get(rule.call, StatedClass.LOSS)

    def absent(gene: str) -> str:
        return "" if _counted(view, gene) else class_gap(view, gene, "copy_number", finding)

    verdict = _settle(rule, rule.genes, fits, absent, "copy-number", 2, view)
    seen = _changed(view, rule.genes) if verdict.answer is NO else ""
    return unmet(f"{rule}: {seen}") if seen else verdict


def _changed(view: CaseView, genes: tuple[str, ...]) -> str:
    """Copies that were found and are not what was asked for: ``"ERBB2 gain, 8.5 copies"``."""
    told = (
        f"{a.label}, {a.copies:.3g} copies"
        for gene in genes
        for a in view.by_gene.get(gene, ())
        if isinstance(a, CopyNumber) and a.copies is not None and a.call is not CopyCall.NEUTRAL
    )
    return "; ".join(dict.fromkeys(told))


def _counted(view: CaseView, gene: str) -> bool:
    """Whether the gene has a copy-number call of its own, which rules the others out."""
    return any(isinstance(a, CopyNumber) for a in view.by_gene.get(gene, ()))


def copies(rule: Copies, view: CaseView) -> Verdict:
    """A gene's copies against a number; unknown where a call came without copies."""

    def fits(a: Alteration) -> Answer:
        match a:
            case CopyNumber(copies=None, call=call):
                return NO if call is CopyCall.NEUTRAL else MAYBE
            case CopyNumber(copies=float(number)):
                return YES if compare(number, rule.op, rule.value) else NO
            case Stated(present=True, finding=StatedClass.AMPLIFICATION | StatedClass.DELETION):
                return MAYBE
        return NO

    def absent(gene: str) -> str:
        return class_gap(view, gene, "copy_number", StatedClass.AMPLIFICATION)

    return _settle(rule, rule.genes, fits, absent, "copy-number", 3, view)


def fusion(rule: FusionIs, view: CaseView) -> Verdict:
    """A fusion by both partners, or of a gene with any partner."""
    genes = rule.genes or (rule.five, rule.three)
    precise = 5 if rule.five else 2

    def fits(a: Alteration) -> Answer:
        match a:
            case Fusion():
                return _fusion_fits(rule, a, view)
            case Stated(present=True, finding=StatedClass.FUSION):
                return YES if rule.genes else MAYBE
        return NO

    def absent(gene: str) -> str:
        denied = _karyotype_denies(rule, view)
        return "" if denied else class_gap(view, gene, "fusions", StatedClass.FUSION)

    if rule.five:
        # either partner covered is enough to have seen the pair
        open_genes = [gene for gene in genes if absent(gene)]
        genes = genes if len(open_genes) == len(genes) else ()
        genes = genes or tuple(gene for gene in (rule.five, rule.three) if gene not in open_genes)
    return _settle(rule, genes, fits, absent, "fusion", precise, view)


def _fusion_fits(rule: FusionIs, seen: Fusion, view: CaseView) -> Answer:
    if rule.genes:
        named = set(rule.genes) & set(seen.genes)
        driven = max((at_its_end(gene, seen, view) for gene in named), default=NO)
        if seen.basis and len(seen.genes) == 1 and not rule.rearrangement:
            driven = min(driven, MAYBE)  # broken in DNA; whether it is joined to a gene is open
        return min(driven, MAYBE) if out_of_frame(seen, rule) else driven
    pair = (rule.five, rule.three)
    reversed_pair = not seen.ordered and (seen.three, seen.five) == pair
    if (seen.five, seen.three) == pair or reversed_pair:
        return MAYBE if out_of_frame(seen, rule) or seen.lost else YES
    alone = len(seen.genes) == 1 and seen.genes[0] in pair
    return MAYBE if alone else NO


def out_of_frame(seen: Fusion, rule: FusionIs) -> bool:
    """Whether a caller says that the junction shifts the frame, so that no fused protein is made.

    A rule that asks for any rearrangement does not look at the frame.
    """
    return seen.in_frame is False and not rule.rearrangement


def at_its_end(symbol: str, seen: Fusion, view: CaseView) -> Answer:
    """Met where a fusion has the gene at the end at which it drives; unknown at the other.

    Unknown too where the part by which it drives is not surely kept.
    """
    if symbol in seen.lost:
        return MAYBE
    gene = view.vocabulary.gene(symbol)
    end = gene.fusion_end if gene else ""
    if not end or not seen.ordered or len(seen.genes) == 1:
        return YES
    return YES if getattr(seen, end) == symbol else MAYBE


def _karyotype_denies(rule: FusionIs, view: CaseView) -> bool:
    return any(
        (w.five, w.three) == (rule.five, rule.three) and view.karyotype.get(w.name) is False
        for w in (view.vocabulary.karyotypes if view.karyotype else ())
        if w.five
    )


def protein(rule: ProteinIs, view: CaseView) -> Verdict:
    """A protein lost or overexpressed."""
    for gene in rule.genes:
        measured = _measured_protein(rule, gene, view)
        if measured is not None:
            return measured

    def fits(a: Alteration) -> Answer:
        match a:
            case Expression(analyte="protein", level=level):
                return YES if level == rule.level else NO
            case Stated(present=True, finding=StatedClass.PROTEIN_LOSS):
                return YES if rule.level == "loss" else NO
            case Stated(present=True, finding=StatedClass.LOSS):
                return MAYBE if rule.level == "loss" else NO
        return NO

    def absent(gene: str) -> str:
        tested = any(
            isinstance(a, Expression) and a.analyte == "protein" for a in view.by_gene.get(gene, ())
        )
        return "" if tested else class_gap(view, gene, "proteins", StatedClass.PROTEIN_LOSS)

    return _settle(rule, rule.genes, fits, absent, "protein", 2, view)


def _measured_protein(rule: ProteinIs, gene: str, view: CaseView) -> Verdict | None:
    """Where the vocabulary has a measure ``GENE IHC`` with a word for overexpression."""
    measure = view.measure(f"{gene} IHC")
    if rule.level != "overexpression" or measure is None or measure.name not in view.measured:
        return None
    if "overexpression" not in measure.statuses:
        return None
    from onkos.criteria.evaluate import evaluate_in
    from onkos.model.criterion import Status

    return evaluate_in(Status(name=measure.name, status="overexpression"), view)


def event(rule: EventIs, view: CaseView) -> Verdict:
    """A named structural change inside one gene."""
    label = str(rule)
    gene = view.vocabulary.gene(rule.gene)
    labels = {label}.union(*(pair for pair in (gene.same_events if gene else ()) if label in pair))

    def fits(a: Alteration) -> Answer:
        match a:
            case GeneEvent():
                same = a.label in labels or (
                    a.event is rule.event is Event.ITD and a.gene == rule.gene
                )
                return YES if same else MAYBE if _overlaps(a, rule) else NO
            case Stated(present=True, finding=StatedClass.EVENT, region=region):
                return YES if region in labels else NO
            case SmallVariant(consequence=Consequence.INFRAME_INSERTION):
                return _tandem(a, rule, view)
            case SmallVariant() if rule.event is Event.SKIPPING:
                return _splice_at(a, rule, view)
        return NO

    def absent(gene: str) -> str:
        small = rule.event in {Event.SKIPPING, Event.ITD}
        return class_gap(view, gene, "events", StatedClass.EVENT, label, small=small)

    kind = "splice-variant" if rule.event is Event.SPLICE_VARIANT else "small-variant"
    if rule.event in {Event.SKIPPING, Event.EXONS_LOST, Event.PTD}:
        kind = "fusion"
    return _settle(rule, (rule.gene,), fits, absent, kind, 4, view)


def _overlaps(seen: GeneEvent, rule: EventIs) -> bool:
    """Whether other exons were lost, the ones asked for in part or besides others."""
    asked = rule.event in {Event.SKIPPING, Event.EXONS_LOST}
    both = seen.first_exon <= rule.last_exon and rule.first_exon <= seen.last_exon
    return asked and seen.gene == rule.gene and seen.event is Event.EXONS_LOST and both


def _tandem(variant: SmallVariant, rule: EventIs, view: CaseView) -> Answer:
    """An in-frame insertion where the gene's tandem duplications lie is one of them."""
    gene = view.vocabulary.gene(rule.gene)
    span = gene.domains.get(TANDEM) if gene else None
    if span is None or rule.event is not Event.ITD:
        return NO
    return YES if variant.first <= span[1] and span[0] <= variant.last else NO


def _splice_at(variant: SmallVariant, rule: EventIs, view: CaseView) -> Answer:
    """A splice variant at the borders of the exon may skip it, or is known to.

    A place told by coding bases alone says little: transcripts of one gene count differently.
    The last residue of an exon that is known to be skipped reaches into its donor site.
    """
    gene = view.vocabulary.gene(rule.gene)
    span = gene.exons.get(str(rule.first_exon)) if gene else None
    known = gene is not None and rule.first_exon in gene.skipped_exons
    if known and span is not None and variant.consequence in _NEAR_SITE:
        # Near a border of the exon, without an essential base: RNA tells whether it is skipped.
        return MAYBE if variant.first in span else NO
    if variant.consequence is not Consequence.SPLICE:
        last = known and span is not None and variant.first == variant.last == span[1]
        return MAYBE if last and variant.consequence is Consequence.MISSENSE else NO
    if not span or not variant.first or not variant.protein:
        return MAYBE
    if min(abs(variant.first - span[0]), abs(variant.first - span[1])) > 1:
        return NO
    return YES if known and _own_site(variant, span) else MAYBE


def _own_site(variant: SmallVariant, span: tuple[int, int]) -> bool:
    """Acceptor before the exon's first residue, or donor after its last; not a neighbour's.

    Where the bases are given, ``-`` is an acceptor and ``+`` a donor.
    """
    sides = {span[0]: "+", span[1]: "-"}  # what the bases of the neighbour's site would hold
    neighbour = sides.get(variant.first)
    return neighbour is not None and neighbour not in variant.coding.partition(">")[0]


def cytogenetic(rule: CytogeneticIs, view: CaseView) -> Verdict:
    """An arm event, a rearrangement by band, a class of karyotype."""
    stated = view.karyotype.get(rule.name)
    if stated is not None:
        label = view.karyotype_label(rule.name)
        return met(label, (label,), 3) if stated else unmet(f"no {rule.name}")
    word = view.vocabulary.karyotype_by_name.get(rule.name.casefold().replace(" ", ""))
    as_fusion = _as_fusion(word, view)
    if as_fusion is not None and as_fusion.answer is not Answer.UNKNOWN:
        return as_fusion
    doubt = _not_settled_by_banding(rule, word, view)
    if doubt:
        return unknown(doubt, ask("karyotype", rule.name, f"is there {rule.name} (FISH)"))
    if _looked_at(rule.name, view):
        return unmet(f"{rule.name}: tested, not found")
    if as_fusion is not None:
        return unknown(f"{rule.name}: no karyotype", *as_fusion.questions)
    return unknown(
        f"{rule.name}: no karyotype", ask("karyotype", rule.name, f"is there {rule.name}")
    )


def _as_fusion(word: Karyotype | None, view: CaseView) -> Verdict | None:
    """What a test of the genes says of a word that stands for their fusion."""
    if word is None:
        return None
    if word.shown_by:
        return fusion(FusionIs(genes=word.shown_by, rearrangement=True), view)
    if word.five and word.three:
        return fusion(FusionIs(five=word.five, three=word.three), view)
    return None


def _not_settled_by_banding(rule: CytogeneticIs, word: Karyotype | None, view: CaseView) -> str:
    """Why the karyotype does not settle it; empty where it does, or where there is none."""
    banded = view.banded.get(rule.name)
    if banded is Answer.UNKNOWN:
        return f"{rule.name}: the karyotype does not tell"
    looked = banded is Answer.UNMET or view.karyotype.get("normal karyotype")
    return f"{rule.name}: banding may miss it" if looked and _hidden(word, view) else ""


def _looked_at(name: str, view: CaseView) -> bool:
    """Whether a karyotype or an assay would have shown it."""
    if view.banded.get(name) is Answer.UNMET or view.karyotype.get("normal karyotype"):
        return True
    return any(
        ("all" in assay.cytogenetics or name in assay.cytogenetics)
        and not any(doubt.about == "cytogenetics" for doubt in sample.doubts)
        for sample, assay in view.assays
    )


def _hidden(word: Karyotype | None, view: CaseView) -> bool:
    """Whether banding misses this in the patient's disease."""
    if word is None or not word.hidden_in:
        return False
    return not view.vocabulary.tree.ancestors(view.case.disease).isdisjoint(word.hidden_in)
