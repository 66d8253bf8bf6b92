"""Remakes ``src/onkos/knowledge/known_changes.toml``: ``python -m benchmarks.known_changes``."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.known_changes.agreed import Known, Said, others, substitutions, trusted
from benchmarks.known_changes.beside import beside
from benchmarks.known_changes.models import Model, models, proteins
from benchmarks.known_changes.rows import Row, cgi, civic, clinvar, docm, oncovi, tcga
from benchmarks.known_changes.stretches import within, written
from benchmarks.known_changes.wanted import Wanted
from benchmarks.timing import SHARED
from onkos.annotate.chosen import Chooser
from onkos.annotate.consequence import Annotator
from onkos.annotate.edit import forms, trimmed
from onkos.model import Gene, Knowledge
from onkos.model.protein import parse_protein, same_change
from onkos.sources.knowledge import builtin
from onkos.sources.reference import add_reference, open_reference
from onkos.sources.reference.chains import Chain
from onkos.sources.reference.genome import Genome
from tests.tiny_genome import write_fasta, write_gff3

REFERENCE = SHARED / "knowledge" / "reference"
CHAIN = REFERENCE / "hg19ToHg38.over.chain.gz"
BACK = REFERENCE / "hg38ToHg19.over.chain.gz"
TARGET = Path(__file__).resolve().parents[2] / "src/onkos/knowledge/known_changes.toml"
HEADER = """\
# Known changes of DNA, each with its place on both assemblies, so that a call is described without
# a reference. Protein, coding change, place on GRCh38, on GRCh37, bases (forward strand, - for
# none), bases that it can be moved to the right without being another change, source. Made by
# python -m benchmarks.known_changes: a change enters where two sources agree, or one with the
# reference protein. "codon:" marks a change that no source has, worked out of a codon that the
# source named behind it shows; Ensembl is the transcript and its protein alone, GRCh38 its bases.
#
# Sources: CIViC (CC0), by variant; DoCM (CC BY 4.0; Ainscough 2016, doi:10.1038/nmeth.4000), by
# its first PMID; Cancer Genome Interpreter (CC0); ClinVar (public domain), by variation; TCGA
# (MC3, doi:10.1016/j.cels.2018.03.002; Firehose).
"""


# Last base on GRCh37 of the transcript of a gene on the reverse strand whose promoter matters.
PROMOTERS = {"TERT": 1_295_162}
REACH = 1000


class Placed(NamedTuple):
    """A change for the table, by its places on both assemblies."""

    gene: str
    chromosome: str
    protein: str
    coding: str
    grch38: int
    grch37: int
    reference: str
    alternate: str
    moves: int
    source: str


def small_reference(folder: Path) -> Genome:
    """The windows of GRCh38 of the shared data."""
    write_fasta(SHARED, folder / "genome.fa.gz")
    write_gff3(SHARED, folder / "genes.gff3")
    files = folder / "genome.fa.gz", folder / "genes.gff3"
    add_reference(*files, "GRCh38", folder / "store", chains=[CHAIN])
    return open_reference("GRCh38", folder / "store")


class Placer:
    """Finds places on GRCh38, and checks a change against the bases where they are at hand."""

    def __init__(self, genome: Genome, knowledge: Knowledge) -> None:
        self.genome, self.annotator = genome, Annotator(genome)
        self._back = Chain(BACK)
        self._chooser = Chooser(knowledge.vocabulary)
        self.dropped: Counter[str] = Counter()

    def placed(self, known: Known) -> Placed | None:
        """The change with both places; None where something does not agree."""
        chromosome, start, reference, alternate = known.key
        there = self.lifted(chromosome, start, max(len(reference), 1), bool(reference))
        if there is None:
            self.dropped["no place, or another strand, on GRCh38"] += 1
            return None
        found = Placed(known.gene, chromosome, known.protein, known.coding, there, start,
                       reference or "", alternate or "", 0, known.source)  # fmt: skip
        if not self.genome.sequence(chromosome, there, there).strip("N"):
            return found
        return self._described(found)

    def lifted(self, chromosome: str, start: int, size: int, bases: bool) -> int | None:
        """First base on GRCh38, where the whole stretch goes there and back."""
        first = start if bases else start - 1
        last = start + size - 1 if bases else start
        ends = [self.genome.lift("GRCh37", chromosome, at) for at in (first, last)]
        if any(e is None or e.strand != 1 or e.chromosome != chromosome for e in ends):
            return None
        low, high = (e.position for e in ends if e)
        back = self._back.lift(chromosome, low)
        if high - low != last - first or back is None or back.position != first:
            return None
        return low if bases else low + 1

    def _described(self, found: Placed) -> Placed | None:
        place = found.chromosome, found.grch38, found.reference, found.alternate
        if self.annotator.mismatch(found.chromosome, found.grch38, found.reference):
            self.dropped["the base is not that of GRCh38"] += 1
            return None
        effects = [e for e in self.annotator.effects(*place) if e.transcript.gene == found.gene]
        effect = self._chooser.choose(effects)
        if effect is None:
            return found
        if self._chooser.left_out(effect):
            self.dropped["no change of the protein by GRCh38"] += 1
            return None
        if found.protein and not same_change(effect.protein, found.protein):
            self.dropped["described otherwise by GRCh38"] += 1
        ways = forms(trimmed(*place), self.genome)
        move = ways[-1].start - ways[0].start
        shifted = ways[0].start - trimmed(*place).start
        first = ways[0]
        return found._replace(
            protein=effect.protein, coding=effect.coding, grch38=first.start,
            grch37=found.grch37 + shifted, reference=first.removed, alternate=first.bases,
            moves=move)  # fmt: skip


def with_windows(said: Said, by_gene: dict[str, Model], genome: Genome) -> None:
    """Add the bases of the windows to those that the sources let us know."""
    for model in by_gene.values():
        for place in model.places:
            there = genome.lift("GRCh37", model.chromosome, place)
            if there is None or there.strand != 1 or not genome.length(there.chromosome):
                continue
            base = genome.sequence(there.chromosome, there.position, there.position)
            if base in {"A", "C", "G", "T"}:
                said.bases[model.chromosome, place] = base


def known(knowledge: Knowledge, genome: Genome) -> Iterator[Known]:
    """All changes on which sources agree."""
    genes = knowledge.vocabulary.gene_by_symbol
    wanted = Wanted(knowledge)
    rows = [*civic(SHARED), *docm(SHARED), *cgi(SHARED), *clinvar(SHARED)]
    names = knowledge.vocabulary.symbol_by_name
    sequences = {names.get(g, g): found for g, found in proteins(SHARED).items()}
    all_models = models(SHARED, genes, names, sequences)
    rows += somatic(all_models, genome)
    rows = [row._replace(gene=names.get(row.gene.upper(), row.gene)) for row in rows]
    said = Said([*rows, *tcga(SHARED, genes, names)])
    by_gene = {g: m for g, m in all_models.items() if trusted(g, m, said)}
    print(f"{len(by_gene)} transcripts explain what the sources say of their genes")
    with_windows(said, by_gene, genome)
    for gene, model in by_gene.items():
        yield from substitutions(gene, model, said, wanted)
        yield from beside(gene, genes[gene], model, said)
        yield from within(model, gene, said.bases)
    for gene, found in genes.items():
        alike = sequences.get(gene, {}).get(found.length, set())
        protein = next(iter(alike)) if len(alike) == 1 else ""
        yield from others(gene, found, protein, by_gene.get(gene), said, wanted)
    for row in rows:
        if row.gene in PROMOTERS and row.start > PROMOTERS[row.gene]:
            yield Known(row.gene, row.key, "", "", row.source)


def asked(knowledge: Knowledge, placer: Placer) -> Iterator[Placed]:
    """Deletions with insertions that a rule names, where the genome makes them so."""
    names, genes = knowledge.vocabulary.symbol_by_name, knowledge.vocabulary.gene_by_symbol
    sequences = {names.get(g, g): found for g, found in proteins(SHARED).items()}
    wanted, said = Wanted(knowledge), Said(())
    by_gene = {
        g: m for g, m in models(SHARED, genes, names, sequences).items() if g in wanted.written
    }
    with_windows(said, by_gene, placer.genome)
    for gene, model in by_gene.items():
        for one, change in written(model, gene, said.bases, wanted):
            placed = placer.placed(one)
            if placed is not None and placed.protein == change:
                yield placed


def somatic(by_gene: dict[str, Model], genome: Genome) -> list[Row]:
    """ClinVar's somatic changes, each given to the gene in whose coding sequence it lies."""
    holder = {(m.chromosome, at): gene for gene, m in by_gene.items() for at in m.places}
    back, found = Chain(BACK), []
    for chromosome, start, reference, alternate in oncovi(SHARED):
        there = back.lift(chromosome, start)
        if there is None or there.strand != 1:
            continue
        gene = holder.get((chromosome, there.position), "")
        near = [g for g, at in PROMOTERS.items() if 0 < there.position - at < REACH]
        if chromosome == "5" and near:
            gene = near[0]
        if gene:
            found.append(Row("ClinVar", gene, chromosome, there.position, reference, alternate, ""))
    return found


def table(found: list[Placed], genes: dict[str, Gene]) -> str:
    """The file."""
    by_gene: dict[str, list[Placed]] = defaultdict(list)
    for one in found:
        by_gene[one.gene].append(one)
    parts = [HEADER]
    for gene in sorted(by_gene):
        own = sorted(by_gene[gene], key=lambda p: (p.grch38, p.reference, p.alternate))
        lines = [
            f"{p.protein or '-'} {p.coding or '-'} {p.grch38} {p.grch37} {p.reference or '-'} "
            f"{p.alternate or '-'} {p.moves} {p.source}"
            for p in own
        ]
        parts.append(
            f'[known_changes.{_key(gene)}]\nchromosome = "{own[0].chromosome}"\n'
            f'transcript = "{genes[gene].transcript}"\nchanges = """\n'
            + "\n".join(lines)
            + '\n"""\n'
        )
    return "\n".join(parts)


def _key(gene: str) -> str:
    return gene if gene.replace("-", "").isalnum() else f'"{gene}"'


def unique(found: list[Placed]) -> list[Placed]:
    """One row for each place and bases; those that say different things of one are left out."""
    by_place: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in found:
        by_place[one.chromosome, one.grch38, one.reference, one.alternate].append(one)
    kept = []
    for rows in by_place.values():
        same = all(r.gene == rows[0].gene and _agree(r.protein, rows[0].protein) for r in rows)
        if same:
            kept.append(max(rows, key=lambda r: (len(r.protein), bool(r.coding))))
    return kept


def _agree(one: str, other: str) -> bool:
    return one == other or same_change(one, other)


def main() -> None:
    """Write the table and print what it holds."""
    knowledge = builtin()
    genes = knowledge.vocabulary.gene_by_symbol
    with tempfile.TemporaryDirectory() as folder:
        genome = small_reference(Path(folder))
        placer = Placer(genome, knowledge)
        seen = list(known(knowledge, genome))
        placed = [one for one in map(placer.placed, seen) if one is not None]
        found = unique([*placed, *asked(knowledge, placer)])
    for one in found:
        if one.protein:
            parse_protein(one.protein)
    TARGET.write_text(table(found, genes), encoding="utf-8")
    print(f"{len(seen)} agreed, {len(found)} written of {len({p.gene for p in found})} genes")
    print("left out:", dict(placer.dropped))
    print(Counter(p.source.partition(":")[0] for p in found))


if __name__ == "__main__":
    main()
