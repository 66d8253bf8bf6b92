"""Which annotation of a record speaks for an allele: its allele, its gene, its transcript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onkos.model import Consequence, Gene, Vocabulary
from onkos.sources.patient.consequence import Effect, Effects, effect_of
from onkos.sources.patient.maf_words import BETWEEN
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Rejected
from onkos.sources.patient.vcf_header import Layout

_BETWEEN = Effect(*BETWEEN, severity=1000)
_ELSEWHERE = Effect(Consequence.NONCODING, "annotated on no transcript", severity=1000)
_NO_GENE = ("intergenic", "regulatory", "tf_binding", "tfbs")
# Sequence Ontology terms unknown to us rank behind all known ones.
_LAST = 999
_TRANSCRIPT = frozenset({"Transcript", "transcript"})
_CHOICES = ("MANE Select", "the vocabulary's", "canonical", "most severe", "first listed")


class Annotation(NamedTuple):
    """One annotation of one allele on one transcript.

    Attributes
    ----------
    effect : Effect or None
        None where no term is known.
    chosen : str
        By what the transcript was chosen; empty between genes.
    """

    cells: Sequence[str]
    gene: str
    effect: Effect | None
    distance: int | None
    chosen: str = ""


class Annotations:
    """Chooses among the annotations of a record, by the layout of its file."""

    def __init__(
        self, layout: Layout, vocabulary: Vocabulary, effects: Effects, symbols: Symbols
    ) -> None:
        self._layout = layout
        self._effects = effects
        self._symbols = symbols
        self._genes = vocabulary.gene_by_symbol
        self._approved: dict[tuple[str, str], str] = {}

    def by_allele(
        self, texts: Sequence[str], reference: str, alternates: Sequence[str]
    ) -> list[list[list[str]]]:
        """Cells of the annotations of each alternate allele, in the order of the alleles."""
        rows = [text.split("|") for text in texts]
        if len(alternates) == 1:
            return [rows]
        cell = self._layout.cell
        if "number" in self._layout.columns:
            return [
                [row for row in rows if cell(row, "number") == str(n)]
                for n in range(1, len(alternates) + 1)
            ]
        names = _allele_names(reference, alternates)
        written = [(row, row[self._layout.columns["allele"]].strip()) for row in rows]
        found: list[list[list[str]]] = []
        for alternate, shorter in zip(alternates, names, strict=True):
            own = [row for row, allele in written if allele == alternate]
            found.append(own or [row for row, allele in written if allele == shorter])
        return found

    def choose(self, rows: Sequence[list[str]], chromosome: str) -> Annotation | None:
        """The annotation that speaks for an allele; None where there is none.

        Of each gene one transcript; of the genes the one whose change matters most: a known
        gene whose protein changes, then any such gene, then the most severe.
        """
        on_transcripts = list(rows)
        if "feature_type" in self._layout.columns:
            on_transcripts = [row for row in rows if self._on_transcript(row)]
        if not on_transcripts:
            return Annotation(rows[0], "", self._without(rows), None) if rows else None
        by_gene: dict[str, list[list[str]]] = {}
        for row in on_transcripts:
            by_gene.setdefault(self._symbol(row, chromosome), []).append(row)
        best = [self._of_gene(gene, own) for gene, own in by_gene.items()]
        return best[0] if len(best) == 1 else min(best, key=self._weight)

    def _on_transcript(self, row: list[str]) -> bool:
        """Whether a row is of a transcript: it says so, or says nothing and names a gene."""
        kind = self._layout.cell(row, "feature_type")
        return kind in _TRANSCRIPT or (not kind and bool(self._layout.cell(row, "symbol")))

    def _without(self, rows: Sequence[list[str]]) -> Effect:
        """Why an allele that is annotated on no transcript is left out."""
        terms = " ".join(self._layout.cell(row, "terms") for row in rows).casefold()
        return _BETWEEN if any(word in terms for word in _NO_GENE) else _ELSEWHERE

    def _symbol(self, row: list[str], chromosome: str) -> str:
        """The approved symbol; as written where it is none, which shows once it is chosen."""
        written = self._layout.cell(row, "symbol") or self._layout.cell(row, "gene_id")
        key = (written, chromosome)
        if key not in self._approved:
            try:
                found = self._symbols.approved(written, Observed(), chromosome=chromosome)
            except Rejected:
                found = written
            self._approved[key] = found
        return self._approved[key]

    def _of_gene(self, gene: str, rows: list[list[str]]) -> Annotation:
        known = self._genes.get(gene)
        terms = self._layout.columns["terms"]
        ranks = [self._rank(row, known) for row in rows]
        effects = [effect_of(row[terms] if terms < len(row) else "") for row in rows]
        keys = [(rank, e.severity if e else _LAST) for rank, e in zip(ranks, effects, strict=True)]
        at = min(range(len(rows)), key=keys.__getitem__)
        chosen = _CHOICES[ranks[at]] if len(rows) > 1 or ranks[at] < 2 else "the only one listed"
        return Annotation(rows[at], gene, effects[at], self._distance(rows[at]), chosen)

    def _rank(self, row: list[str], known: Gene | None) -> int:
        """Place of a transcript's claim in `_CHOICES`."""
        cell = self._layout.cell
        if cell(row, "mane"):
            return 0
        transcript = without_version(cell(row, "transcript"))
        if known and transcript and transcript in _transcripts(known):
            return 1
        if not self._layout.vep:
            return 4
        return 2 if cell(row, "canonical") == "YES" or cell(row, "pick") == "1" else 3

    def _distance(self, row: list[str]) -> int | None:
        text = self._layout.cell(row, "distance")
        return int(text) if text.isdigit() else None

    def _weight(self, one: Annotation) -> tuple[bool, bool, int]:
        effect = one.effect
        if effect is None:
            return True, True, _LAST
        silent = self._effects.silent(one.gene, effect, one.distance)
        return silent, one.gene not in self._genes, effect.severity


def _transcripts(gene: Gene) -> frozenset[str]:
    names = (gene.transcript, gene.refseq)
    return frozenset(without_version(name) for name in names if name)


def without_version(transcript: str) -> str:
    """A transcript's accession without its version.

    >>> without_version("ENST00000275493.7")
    'ENST00000275493'
    """
    return transcript.partition(".")[0]


def _allele_names(reference: str, alternates: Sequence[str]) -> list[str]:
    """The alleles as VEP writes those of one record: without the first base that all share.

    >>> _allele_names("CA", ["C", "CAA"])
    ['-', 'AA']
    """
    plain = [a for a in (reference, *alternates) if "*" not in a and not a.startswith("<")]
    lengths, starts = {len(a) for a in plain}, {a[:1] for a in plain}
    if len(lengths) == 1 or len(starts) > 1:
        return list(alternates)
    return [a if "*" in a or a.startswith("<") else a[1:] or "-" for a in alternates]
