"""Which gene and transcript speak for a change, and whether the change is kept."""

from __future__ import annotations

from collections.abc import Sequence

from onkos.annotate.consequence import Effect
from onkos.model import Consequence, Gene, Vocabulary
from onkos.model.criterion import Mutation, atoms
from onkos.model.reference import Transcript

# Why a change of each silent kind is left out, in the words of the readers of annotated files.
REASONS = {
    Consequence.SYNONYMOUS: "synonymous",
    Consequence.INTRONIC: "intronic",
    Consequence.UTR: "untranslated region",
    Consequence.NONCODING: "non-coding RNA",
    Consequence.PROMOTER: "upstream of a gene",
}
BETWEEN = "between genes"
REGION_ELSEWHERE = "splice region in a gene without knowledge"
# The most severe first, as Ensembl VEP orders its terms.
_SEVERITY = (
    Consequence.SPLICE, Consequence.NONSENSE, Consequence.FRAMESHIFT, Consequence.STOP_LOST,
    Consequence.START_LOST, Consequence.DELINS, Consequence.INFRAME_INSERTION,
    Consequence.INFRAME_DELETION, Consequence.MISSENSE, Consequence.UNKNOWN,
    Consequence.SPLICE_REGION, Consequence.SYNONYMOUS, Consequence.UTR, Consequence.NONCODING,
    Consequence.INTRONIC, Consequence.PROMOTER,
)  # fmt: skip
_SEX = frozenset({"X", "Y"})  # genes of the pseudoautosomal regions are on both
_RANK = {kind: number for number, kind in enumerate(_SEVERITY)}


class Chooser:
    """Chooses among effects by the genes of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._genes = vocabulary.gene_by_symbol
        self._approved = vocabulary.symbol_by_name
        self._promoters = frozenset(g.symbol for g in vocabulary.genes if _has_promoter_rule(g))

    def symbol(self, effect: Effect) -> str:
        """The approved symbol of the transcript's gene."""
        return self._symbol(effect.transcript)

    def _symbol(self, transcript: Transcript) -> str:
        written, chromosome = transcript.gene, transcript.chromosome
        found = self._approved.get(written.upper(), written)
        gene = self._genes.get(found)
        elsewhere = gene and gene.chromosome and gene.chromosome != chromosome
        return written if elsewhere and chromosome not in _SEX else found

    def speakers(self, transcripts: Sequence[Transcript]) -> Sequence[Transcript]:
        """Of each gene the transcripts of the best rank: the others cannot be chosen."""
        by_gene: dict[str, list[tuple[tuple[bool, bool, bool], Transcript]]] = {}
        for one in transcripts:
            by_gene.setdefault(one.gene, []).append((self._rank(one), one))
        kept = []
        for own in by_gene.values():
            best = min(rank for rank, _ in own)
            kept += [one for rank, one in own if rank == best]
        return kept

    def choose(self, effects: Sequence[Effect]) -> Effect | None:
        """The one that speaks: of each gene one transcript, of the genes the one that matters.

        MANE Select first, then the transcript of the knowledge, then Ensembl's canonical, then
        the most severe. A known gene whose protein changes comes before all others.
        """
        by_gene: dict[str, list[Effect]] = {}
        for effect in effects:
            by_gene.setdefault(self.symbol(effect), []).append(effect)
        best = [min(own, key=self._place) for own in by_gene.values()]
        return min(best, key=self._weight, default=None)

    def left_out(self, effect: Effect | None) -> str:
        """Why a change is not kept as an alteration; empty where it is."""
        if effect is None:
            return BETWEEN
        gene = self._genes.get(self.symbol(effect))
        kind = effect.kind
        if kind is Consequence.PROMOTER and gene and gene.symbol in self._promoters:
            return ""
        if kind is Consequence.INTRONIC and gene and gene.skipped_exons:
            return ""
        if kind is Consequence.SPLICE_REGION and gene is None:
            return REGION_ELSEWHERE
        return REASONS.get(kind, "")

    def _place(self, effect: Effect) -> tuple[tuple[bool, bool, bool], int]:
        return self._rank(effect.transcript), _RANK[effect.kind]

    def _rank(self, transcript: Transcript) -> tuple[bool, bool, bool]:
        gene = self._genes.get(self._symbol(transcript))
        known = gene.transcript.partition(".")[0] if gene else ""
        own = transcript.id.partition(".")[0] == known
        return not transcript.mane, not own, not transcript.canonical

    def _weight(self, effect: Effect) -> tuple[bool, bool, int]:
        return (
            bool(self.left_out(effect)),
            self.symbol(effect) not in self._genes,
            _RANK[effect.kind],
        )


def _has_promoter_rule(gene: Gene) -> bool:
    """Whether a promoter mutation of the gene is known to drive cancer."""
    return any(
        isinstance(atom, Mutation) and atom.promoter
        for change in gene.changes
        for when in change.when
        for atom in atoms(when)
    )
