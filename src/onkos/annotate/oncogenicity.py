"""Whether a change drives cancer: what is known of it, and the points of the standard.

Known changes first, the exact one before its class; then frequency in the population; then
truncation of a tumour suppressor. Beside that, each small variant is weighed by the points of
ClinGen, CGC and VICC (Horak 2022, PMID 35101336). They decide where the table says nothing;
where they contradict it, the table stands and the contradiction is told.
"""

from __future__ import annotations

from typing import NamedTuple

from onkos.annotate.sop import POINTS, Key
from onkos.annotate.sop_annotation import frequency_band
from onkos.annotate.sop_judge import Judge, Weighed
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
    Event,
    Fusion,
    Gene,
    GeneEvent,
    KnownChange,
    Oncogenicity,
    Origin,
    SmallVariant,
    Vocabulary,
)
from onkos.model.criterion import CopyNumberIs, EventIs, FusionIs, LossOfFunction, Mutation

Standing = tuple[Oncogenicity | None, str]
Structural = CopyNumber | Fusion | GeneEvent
_KEPT = 8_000  # assessments remembered; a cohort repeats its hotspots many times
_UNCERTAIN: Standing = (Oncogenicity.UNCERTAIN, "no rule of the built-in table applies")
_BY_POINTS = "points by ClinGen/CGC/VICC"
_STRONGLY = POINTS[Key.FUNCTIONAL_NEUTRAL]  # points of strong evidence against
_OF_SOMATIC = "the points are of somatic changes; this one is germline"


class Assessed(NamedTuple):
    """Standing of a small variant, the rule behind it, and its points with their criteria."""

    standing: Oncogenicity | None
    reason: str
    points: int | None = None
    criteria: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


_NOT_KNOWN = Assessed(None, "")


class Assessor:
    """Assesses changes against one vocabulary, remembering what it has seen."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.judge = Judge(vocabulary)
        self._view = CaseView(Case(id="", disease=""), vocabulary)
        self._seen: dict[tuple[object, ...], Assessed] = {}

    def assess(self, alteration: Structural) -> Standing:
        """Standing and the rule behind it; (None, "") for a gene outside the vocabulary."""
        if isinstance(alteration, Fusion):
            return self._fusion(alteration)
        gene = self.vocabulary.gene(alteration.gene)
        return self._structural(alteration, gene) if gene else (None, "")

    def assess_small(self, variant: SmallVariant, single_cause: bool = False) -> Assessed:
        """Standing, rule and points; nothing for a gene of which nothing is known.

        Parameters
        ----------
        single_cause : bool
            Whether its gene alone causes the cancer of this patient.
        """
        gene = self.vocabulary.gene(variant.gene)
        if gene is None and not self.judge.knows(variant.gene):
            return _NOT_KNOWN
        band = frequency_band(variant.population_af, self.vocabulary.oncogenicity)
        coding = variant.coding if variant.consequence is Consequence.SPLICE else ""
        what = (variant.gene, variant.protein, coding, variant.consequence, variant.first)
        inherited = variant.origin is Origin.GERMLINE
        key = (*what, variant.last, band, variant.predictions, single_cause, inherited)
        found = self._seen.get(key)
        if found is None:
            weigh = self._of_table if inherited else self._weighed
            found = weigh(variant, gene, single_cause)
            if len(self._seen) < _KEPT:
                self._seen[key] = found
        return self._common(found, variant.population_af or 0.0)

    def _of_table(self, variant: SmallVariant, gene: Gene | None, _: bool) -> Assessed:
        """What is known of a germline change, which is not weighed by points."""
        if gene is None:
            return _NOT_KNOWN
        standing, reason = self._by_rule(variant, gene)
        return Assessed(standing, reason, open=(_OF_SOMATIC,))

    def _weighed(self, variant: SmallVariant, gene: Gene | None, single_cause: bool) -> Assessed:
        weighed = self.judge.weigh(variant, single_cause)
        standing, reason = self._by_rule(variant, gene) if gene else _UNCERTAIN
        if standing is Oncogenicity.UNCERTAIN:
            standing, reason = _by_points(weighed, reason)
        elif standing is not None:
            reason += _contradiction(standing, weighed)
        still_open = tuple(str(one) for one in weighed.open)
        return Assessed(standing, reason, weighed.points, weighed.sentences, still_open)

    def _common(self, found: Assessed, frequency: float) -> Assessed:
        """What is frequent in a population is harmless, unless it is a known change."""
        exact = found.reason.startswith("known change")
        if frequency < self.vocabulary.limits.get("population_benign", 1.0) or exact:
            return found
        harmless = found.standing is Oncogenicity.BENIGN
        standing = Oncogenicity.BENIGN if harmless else Oncogenicity.LIKELY_BENIGN
        return found._replace(
            standing=standing, reason=f"{frequency:.1%} of a population carries it"
        )

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
        null = isinstance(seen, GeneEvent) and seen.event in {Event.EXONS_LOST, Event.BROKEN}
        if null and gene.role == "tumour suppressor":
            return Oncogenicity.LIKELY_ONCOGENIC, "takes exons from a tumour suppressor, or cuts it"
        return _UNCERTAIN

    def _fusion(self, seen: Fusion) -> Standing:
        genes = [gene for symbol in seen.genes if (gene := self.vocabulary.gene(symbol))]
        for gene in genes:
            for known in gene.changes:
                for rule in known.when:
                    if isinstance(rule, FusionIs) and self._same_fusion(rule, seen):
                        return _standing(known, rule, 0)
        if seen.lost:
            who = " and ".join(seen.lost)
            return Oncogenicity.UNCERTAIN, f"what {who} drives by is not kept whole"
        return _UNCERTAIN if genes else (None, "")

    def _same_fusion(self, rule: FusionIs, seen: Fusion) -> bool:
        if out_of_frame(seen, rule):
            return False
        if rule.five:
            return (rule.five, rule.three) == (seen.five, seen.three) and not seen.lost
        named = set(rule.genes) & set(seen.genes)
        return any(at_its_end(gene, seen, self._view) is Answer.MET for gene in named)


def _by_points(weighed: Weighed, otherwise: str) -> Standing:
    """The class of the points; harmless only where frequency in the population was known."""
    standing = weighed.standing
    if standing is Oncogenicity.UNCERTAIN or not weighed.labels:
        return Oncogenicity.UNCERTAIN, otherwise
    if standing.harmless and weighed.is_open(Key.ABSENT_IN_POPULATION):
        return Oncogenicity.UNCERTAIN, otherwise
    return standing, f"{weighed.points} {_BY_POINTS} ({' + '.join(weighed.labels)})"


def _contradiction(standing: Oncogenicity, weighed: Weighed) -> str:
    """What the points hold against a standing from the table; empty where they agree with it.

    Points that merely do not suffice are no contradiction, as some criteria are always open;
    nor are computed lines alone.
    """
    against = any(POINTS[key] <= _STRONGLY for key in weighed.score.counted)
    against |= weighed.is_open(Key.NULL_IN_SUPPRESSOR)
    other_side = standing.harmless and weighed.standing.drives
    too_low = standing.drives and against and not weighed.standing.drives
    if not other_side and not too_low:
        return ""
    unsure = weighed.standing is Oncogenicity.UNCERTAIN
    as_what = f"leave it of {weighed.standing}" if unsure else f"make it {weighed.standing}"
    return f"; {weighed.points} {_BY_POINTS} would {as_what}{_doubt(weighed)}"


def _doubt(weighed: Weighed) -> str:
    opened = (one.reason for one in weighed.open if Key.NULL_IN_SUPPRESSOR in one.keys)
    return "".join(f" ({reason})" for reason in opened)


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
