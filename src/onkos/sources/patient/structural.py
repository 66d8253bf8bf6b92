"""Structural variants of a VCF: the two records of a junction paired, its genes, the fusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onkos.model import Fusion, Junction, Origin, Vocabulary
from onkos.model.junction import NO_GENE_TOLD as NO_GENE
from onkos.sources.patient.cut_files import inside_chromosome
from onkos.sources.patient.fusion_words import inside
from onkos.sources.patient.maf_reads import Reads
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.sv_ends import Ends, ends_of, info_list
from onkos.sources.patient.sv_genes import Broken, broken_genes
from onkos.sources.patient.sv_reads import support
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Rejected
from onkos.sources.patient.vcf_header import Layout
from onkos.sources.patient.vcf_reads import values_of

if TYPE_CHECKING:
    from pysam import VariantRecord, VariantRecordSample

ONE_GENE = "structural variant: one end in a gene, the other in none"
SEVERAL = "structural variant: several genes at one end"
OPPOSED = "structural variant: joins two genes head to head, no fusion transcript"
SECOND = "second record of a structural variant"
SAME_FUSION = "same fusion, another row"
NO_READS = "no read of the tumour has the allele"
# Names of the field that holds the other breakend's ID: the specification's and GRIDSS's own.
_MATES = ("MATEID", "PARID")

_BY_PLACE = "with a reference its event is worked out, and a notice says so; else, "

Outcome = Fusion | str | Rejected


@dataclass(slots=True, kw_only=True)
class _Row:
    """One allele of one record, read and waiting for its mate."""

    line: int
    name: str
    mates: tuple[str, ...]
    junctions: list[Ends]
    broken: Broken
    reads: Reads
    origin: Origin


class Structural:
    """Gathers the structural variants of one file.

    Parameters
    ----------
    layout : Layout or None
        Of the annotations; None where there are none.
    observed : Observed
        Takes the junctions, and notices about gene names.
    """

    def __init__(
        self, layout: Layout | None, vocabulary: Vocabulary, observed: Observed, assembly: str
    ) -> None:
        self._layout = layout
        self._observed = observed
        self._assembly = assembly
        self._symbols = Symbols(vocabulary)
        self._vocabulary = vocabulary
        self._known = vocabulary.gene_by_symbol
        self._rows: list[_Row] = []

    def take(
        self,
        line: int,
        record: VariantRecord,
        at: int,
        rows: Sequence[Sequence[str]],
        sample: VariantRecordSample | None,
        origin: Origin,
    ) -> str:
        """Read one allele that passed the caller's filters; why it is left out, or empty.

        Raises
        ------
        Rejected
            Where the allele is not understood.
        """
        found = ends_of(record, (record.alts or ())[at])
        if isinstance(found, str):
            return found
        for end in (end for one in found for end in (one.own, one.mate) if end is not None):
            inside_chromosome(end.chromosome, end.position, self._assembly, self._vocabulary)
        reads = Reads(None, None, None)
        if sample is not None:
            reads = support(values_of(sample), _length(found[0]))
        if reads.alternate == 0:
            return NO_READS
        broken = Broken({})
        if self._layout and rows:
            broken = broken_genes(self._layout, rows, self._approved, self._known.__contains__)
        mates = tuple(name for key in _MATES for name in info_list(record, key) if name != ".")
        self._rows.append(
            _Row(
                line=line,
                name=record.id or "",
                mates=mates,
                junctions=found,
                broken=broken,
                reads=reads,
                origin=origin,
            )
        )
        return ""

    def unmarked(self, record: VariantRecord) -> bool:
        """Whether a caller that marks the tumour's own did not mark this one (Manta)."""
        return "SOMATIC" in record.header.info and "SOMATIC" not in record.info

    def outcomes(self) -> Iterator[tuple[int, Outcome]]:
        """What became of each allele taken, with its line, once all records are read."""
        found: list[tuple[int, Outcome]] = []
        for one, mate in self._paired():
            self._observed.junctions += self._junctions(one, mate)
            if mate is not None:
                found.append((mate.line, SECOND))
            try:
                found.append((one.line, self._fusion(one, mate)))
            except Rejected as problem:
                found.append((one.line, problem))
        best: dict[tuple[str, ...], Fusion] = {}
        for _, outcome in found:
            if isinstance(outcome, Fusion):
                best[_pair(outcome)] = min(best.get(_pair(outcome), outcome), outcome, key=_most)
        told = set(map(id, best.values()))
        for line, outcome in found:
            again = isinstance(outcome, Fusion) and id(outcome) not in told
            yield line, SAME_FUSION if again else outcome

    def _paired(self) -> Iterator[tuple[_Row, _Row | None]]:
        """Rows in their order, each with the one that tells the same junction from its other end.

        By the name of the mate, else by the places.
        """
        by_name = {row.name: at for at, row in enumerate(self._rows) if row.name}
        by_places: dict[object, int] = {}
        used: set[int] = set()
        for at, row in enumerate(self._rows):
            if row.junctions[0].mate is not None and not row.mates:
                by_places.setdefault((row.junctions[0].own, row.junctions[0].mate), at)
        for at, row in enumerate(self._rows):
            if at in used:
                continue
            used.add(at)
            ends = row.junctions[0]
            other = next((by_name[name] for name in row.mates if name in by_name), None)
            if other is None and len(row.junctions) == 1:
                other = by_places.get((ends.mate, ends.own))
            if other is None or other in used:
                yield row, None
                continue
            used.add(other)
            yield row, self._rows[other]

    def _junctions(self, one: _Row, mate: _Row | None) -> list[Junction]:
        genes = tuple(sorted(one.broken.genes))
        others = tuple(sorted(mate.broken.genes)) if mate else ()
        return [
            Junction(
                kind=ends.kind,
                chromosome=ends.own.chromosome,
                position=ends.own.position,
                side=ends.own.side,
                mate_chromosome=ends.mate.chromosome if ends.mate else "",
                mate_position=ends.mate.position if ends.mate else 0,
                mate_side=ends.mate.side if ends.mate else "",
                genes=genes,
                mate_genes=others,
                inserted=ends.inserted,
                reads=one.reads.alternate,
                vaf=one.reads.fraction,
                origin=one.origin,
                assembly=self._assembly,
                name=one.name,
            )
            for ends in one.junctions
        ]

    def _fusion(self, one: _Row, mate: _Row | None) -> Fusion | str:
        joined = one.broken.joined or (mate.broken.joined if mate else ())
        if joined:
            opposed = one.broken.opposed or bool(mate and mate.broken.opposed)
            return OPPOSED if opposed else self._made(one, joined[0], joined[1], ordered=False)
        here = self._named(one.broken)
        there = self._named(mate.broken) if mate else here
        genes = here | there
        if not genes:
            return NO_GENE
        if len(genes) == 1:
            if not (here and there) or one.junctions[0].mate is None:
                return ONE_GENE
            gene = next(iter(genes))
            return inside(gene, gene in self._known, _BY_PLACE) if mate else ONE_GENE
        if len(genes) > 2:
            return SEVERAL
        strands = one.broken.strands | (mate.broken.strands if mate else {})
        if mate and len(here) == len(there) == 1:
            return self._placed(one, next(iter(here)), next(iter(there)), strands)
        return self._unplaced(one, sorted(genes), strands)

    def _placed(self, row: _Row, here: str, there: str, strands: dict[str, str]) -> Fusion | str:
        """Each gene's end is known: it is 5' where the kept DNA runs into the break with it."""
        ends = row.junctions[0]
        if ends.mate is None or not (strands.get(here) and strands.get(there)):
            return self._made(row, here, there, ordered=False)
        first, second = strands[here] == ends.own.side, strands[there] == ends.mate.side
        if first is second:
            return OPPOSED
        five, three = (here, there) if first else (there, here)
        return self._made(row, five, three, ordered=True)

    def _unplaced(self, row: _Row, genes: list[str], strands: dict[str, str]) -> Fusion | str:
        """Two genes, but not which at which end: only whether they can be read through."""
        ends = row.junctions[0]
        known = [strands.get(gene, "") for gene in genes]
        if ends.mate is not None and all(known):
            alike = known[0] == known[1]
            if alike is (ends.own.side == ends.mate.side):
                return OPPOSED
        return self._made(row, genes[0], genes[1], ordered=False)

    def _made(self, row: _Row, five: str, three: str, ordered: bool) -> Fusion:
        return Fusion(
            five=five,
            three=three,
            ordered=ordered,
            reads=row.reads.alternate,
            vaf=row.reads.fraction,
            breakpoints=_places(row.junctions[0]),
            origin=row.origin,
        )

    def _named(self, broken: Broken) -> frozenset[str]:
        """Genes at one end; where several overlap, those that the vocabulary knows."""
        known = frozenset(gene for gene in broken.genes if gene in self._known)
        return known if len(broken.genes) > 1 and known else broken.genes

    def _approved(self, symbol: str) -> str:
        try:
            return self._symbols.approved(symbol, self._observed, "symbol")
        except Rejected:
            return symbol


def _pair(fusion: Fusion) -> tuple[str, ...]:
    names = (fusion.five, fusion.three)
    return names if fusion.ordered else tuple(sorted(names))


def _most(fusion: Fusion) -> tuple[int, str]:
    """The junction with the most reads, then the first by place: not by its row."""
    return -(fusion.reads or 0), fusion.breakpoints


def _length(ends: Ends) -> int | None:
    if ends.mate is None or ends.mate.chromosome != ends.own.chromosome:
        return None
    return abs(ends.mate.position - ends.own.position)


def _places(ends: Ends) -> str:
    one = f"{ends.own.chromosome}:{ends.own.position}"
    return f"{one} - {ends.mate.chromosome}:{ends.mate.position}" if ends.mate else one
