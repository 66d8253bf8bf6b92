"""Whether a change drives cancer, from the compact table that ships with the genes.

Known changes first, the exact one before its class; then frequency in the population; then
truncation of a tumour suppressor; everything else is of uncertain significance. The full
point system of ClinGen, CGC and VICC (Horak 2022, PMID 35101336) is not computed here.
"""

from __future__ import annotations

from onkos.criteria import CaseView
from onkos.criteria.small_variants import NULL, SILENT, fits
from onkos.criteria.structures import at_its_end, out_of_frame
from onkos.model import (
    Answer,
    Case,
    Consequence,
    CopyCall,
    CopyNumber,
    Criterion,
    Fusion,
    Gene,
    GeneEvent,
    KnownChange,
    Oncogenicity,
    SmallVariant,
    Vocabulary,
)
from onkos.model.criterion import CopyNumberIs, EventIs, FusionIs, LossOfFunction, Mutation

Standing = tuple[Oncogenicity | None, str]
Assessed = SmallVariant | CopyNumber | Fusion | GeneEvent
_KEPT = 20_000  # assessments remembered; a cohort repeats its hotspots many times
_UNCERTAIN: Standing = (Oncogenicity.UNCERTAIN, "no rule of the built-in table applies")


class Assessor:
    """Assesses changes against one vocabulary, remembering what it has seen."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._view = CaseView(Case(id="", disease=""), vocabulary)
        self._seen: dict[tuple[object, ...], Standing] = {}

    def assess(self, alteration: Assessed) -> Standing:
        """Standing and the rule behind it; (None, "") for a gene outside the vocabulary."""
        match alteration:
            case SmallVariant():
                return self._small_variant(alteration)
            case Fusion():
                return self._fusion(alteration)
            case _:
                gene = self.vocabulary.gene(alteration.gene)
                return self._structural(alteration, gene) if gene else (None, "")

    def _small_variant(self, variant: SmallVariant) -> Standing:
        gene = self.vocabulary.gene(variant.gene)
        if gene is None:
            return None, ""
        key = (variant.gene, variant.protein, variant.consequence, variant.first, variant.last)
        found = self._seen.get(key)
        if found is None:
            found = self._by_rule(variant, gene)
            if len(self._seen) < _KEPT:
                self._seen[key] = found
        exact = found[1].startswith("known change")
        frequency = variant.population_af or 0.0
        if frequency >= self.vocabulary.limits.get("population_benign", 1.0) and not exact:
            return Oncogenicity.LIKELY_BENIGN, f"{frequency:.1%} of a population carries it"
        return found

    def _by_rule(self, variant: SmallVariant, gene: Gene) -> Standing:
        known = self._known(variant, gene)
        if known:
            return known
        if variant.consequence is Consequence.SYNONYMOUS:
            return Oncogenicity.LIKELY_BENIGN, "does not change the protein"
        if variant.consequence in SILENT or variant.consequence is Consequence.PROMOTER:
            return _UNCERTAIN
        if variant.consequence in NULL and gene.suppressor:
            return Oncogenicity.LIKELY_ONCOGENIC, "truncates a tumour suppressor"
        return _UNCERTAIN

    def _known(self, variant: SmallVariant, gene: Gene) -> Standing | None:
        """The exact change before a residue, a residue before a region or class."""
        best: tuple[int, Standing] | None = None
        for known in gene.changes:
            for rule in known.when:
                if self._is(rule, variant):
                    rank = _exactness(rule)
                    if best is None or rank > best[0]:
                        best = (rank, _standing(known, rule, rank))
        return best[1] if best else None

    def _is(self, rule: Criterion, variant: SmallVariant) -> bool:
        match rule:
            case Mutation():
                return fits(rule, variant, self._view) is Answer.MET
            case LossOfFunction():
                return variant.consequence in NULL
            case _:
                return False

    def _structural(self, seen: CopyNumber | GeneEvent, gene: Gene) -> Standing:
        for known in gene.changes:
            for rule in known.when:
                if _same_structure(rule, seen):
                    return _standing(known, rule, 0)
        lost = isinstance(seen, CopyNumber) and seen.call is CopyCall.DELETION
        if lost and gene.suppressor:
            return Oncogenicity.LIKELY_ONCOGENIC, "deletes a tumour suppressor"
        return _UNCERTAIN

    def _fusion(self, seen: Fusion) -> Standing:
        genes = [gene for symbol in seen.genes if (gene := self.vocabulary.gene(symbol))]
        for gene in genes:
            for known in gene.changes:
                for rule in known.when:
                    if isinstance(rule, FusionIs) and self._same_fusion(rule, seen):
                        return _standing(known, rule, 0)
        return _UNCERTAIN if genes else (None, "")

    def _same_fusion(self, rule: FusionIs, seen: Fusion) -> bool:
        if out_of_frame(seen, rule):
            return False
        if rule.five:
            return (rule.five, rule.three) == (seen.five, seen.three)
        named = set(rule.genes) & set(seen.genes)
        return any(at_its_end(gene, seen, self._view) is Answer.MET for gene in named)


def _same_structure(rule: Criterion, seen: CopyNumber | GeneEvent) -> bool:
    match rule:
        case CopyNumberIs(call=call):
            return isinstance(seen, CopyNumber) and seen.call is call
        case LossOfFunction():
            return isinstance(seen, CopyNumber) and seen.call is CopyCall.DELETION
        case EventIs():
            return isinstance(seen, GeneEvent) and str(rule) == seen.label
        case _:
            return False


def _exactness(rule: Criterion) -> int:
    if not isinstance(rule, Mutation):
        return 0
    if rule.change:
        return 2 if not rule.change[-1:].isdigit() else 1
    return 1 if len(rule.codons) == 1 and rule.codons[0][0] == rule.codons[0][1] else 0


def _standing(known: KnownChange, rule: Criterion, rank: int) -> Standing:
    source = ", ".join(f"PMID:{pmid}" for pmid in known.pmid) or (
        "not verified" if known.unverified else "built-in table"
    )
    word = "known change" if rank == 2 else "known class of change"
    return Oncogenicity(known.standing), f"{word}: {rule} ({source})"
