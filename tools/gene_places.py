"""Make ``src/onkos/knowledge/places.toml`` again from tables of gene models.

    python tools/gene_places.py FOLDER > src/onkos/knowledge/places.toml

FOLDER holds ``knowledge/civic`` (Ensembl 75 in UCSC's ensGene form, GRCh37), ``knowledge/reference``
(coding bases of cancer genes on GRCh38, MANE, chains) and ``patients/tcga`` (MAFs, whose bases and
coding changes tell the strand of genes that the first table lacks).
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pyliftover import LiftOver

from onkos.model import Vocabulary
from onkos.model.criterion import Criterion, EventIs, FusionIs, atoms
from onkos.sources.knowledge.builtin import builtin

APART = 0.02  # a gene that the other assembly holds in another length is not placed there
LEAST_VOTES = 2
AGREED = 0.95  # a few calls are named on a neighbour's or an antisense transcript
HEAD = """\
# Where genes lie, from 1, both ends included. Where `extent` is "transcript": the whole transcript named, from Ensembl 75
# (GRCh37, Gencode 19, https://grch37.ensembl.org) as the table ensGene of UCSC has it; the transcript of the gene's own entry, else that of MANE, else
# Ensembl's canonical one. Where it is "coding": from the first to the last coding base of all transcripts, of the coding
# bases of cancer genes of UMCCR (Ensembl, GRCh38; github.com/umccr/gpgr); untranslated exons and what lies before them are
# outside. Where it is "seen": between the outermost coding changes of TCGA's MC3 calls (GRCh37): a part of the gene.
# The other assembly: UCSC's chains between hg19 and hg38; a gene whose length differs there by over 2 % is not placed.
# Strand of "coding" and "seen" genes: the coding changes and bases of these calls; left out where these do not tell. Exons: of genes that fuse, that have events of
# their own or that are lost; on GRCh38, in the order of the genome; on GRCh37 they are as far from the start, unless
# given. `coding`: first and last coding base, on GRCh38. Coordinates are facts; made by tools/gene_places.py.
"""

LEAST_SEEN = 5
LONGEST = 1_500_000
CODING = frozenset(
    "Missense_Mutation Nonsense_Mutation Silent Frame_Shift_Del Frame_Shift_Ins".split()
)

Span = tuple[int, int]


class Model(NamedTuple):
    """A gene on one assembly."""

    chromosome: str
    strand: str
    exons: tuple[Span, ...]
    coding: Span | None
    transcript: str

    @property
    def span(self) -> Span:
        return self.exons[0][0], self.exons[-1][1]


def main(folder: Path) -> None:
    words = builtin().vocabulary
    wanted = _with_exons(words)
    up = LiftOver(str(folder / "knowledge/reference/hg19ToHg38.over.chain.gz"))
    down = LiftOver(str(folder / "knowledge/reference/hg38ToHg19.over.chain.gz"))
    whole = _ensembl(folder, words)
    coding = _coding(folder, words)
    others = {gene.symbol for gene in words.genes} - set(whole)
    strands, seen = _called(folder, words, others)
    print(HEAD, end="")
    missing = []
    for gene in sorted(words.genes, key=lambda g: g.symbol):
        symbol = gene.symbol
        if symbol in whole:
            old = whole[symbol]
            new = _lifted(old, up)
            extent = "transcript"
        elif symbol in coding:
            new = coding[symbol]._replace(strand=strands.get(symbol, ""))
            old = _lifted(new, down)
            extent = "coding"
        elif symbol in seen:
            old = seen[symbol]._replace(strand=strands.get(symbol, ""))
            new = _lifted(old, up)
            extent = "seen"
        else:
            missing.append(symbol)
            continue
        print("\n".join(_entry(symbol, extent, new, old, symbol in wanted)))
    print(f"{len(missing)} genes without a place: {' '.join(missing)}", file=sys.stderr)


def _entry(
    symbol: str, extent: str, new: Model | None, old: Model | None, exons: bool
) -> Iterator[str]:
    known = new or old
    yield f'\n[places."{symbol}"]'
    yield f'chromosome = "{known.chromosome}"'
    if known.strand:
        yield f'strand = "{known.strand}"'
    yield f'extent = "{extent}"'
    if known.transcript:
        yield f'transcript = "{known.transcript}"'
    if new:
        yield f"GRCh38 = [{new.span[0]}, {new.span[1]}]"
    if old:
        yield f"GRCh37 = [{old.span[0]}, {old.span[1]}]"
    if exons and new and extent != "seen":
        yield f'exons = "{_written(new.exons)}"'
        if new.coding:
            yield f"coding = [{new.coding[0]}, {new.coding[1]}]"
        if old:
            far = old.span[0] - new.span[0]
            moved = tuple((a + far, b + far) for a, b in new.exons)
            if moved != old.exons:
                yield f'exons_GRCh37 = "{_written(old.exons)}"'
                if old.coding:
                    yield f"coding_GRCh37 = [{old.coding[0]}, {old.coding[1]}]"


def _written(exons: tuple[Span, ...]) -> str:
    return " ".join(f"{a}-{b}" for a, b in exons)


def _with_exons(words: Vocabulary) -> set[str]:
    """Genes that fuse, have events of their own, or are lost."""
    rules: list[Criterion] = [claim.when for claim in builtin().claims]
    rules += [when for gene in words.genes for change in gene.changes for when in change.when]
    found = {g.symbol for g in words.genes if g.suppressor or g.fusion_end or g.skipped_exons}
    found |= {g.symbol for g in words.genes if "tandem duplications" in g.domains}
    for rule in rules:
        for atom in atoms(rule):
            if isinstance(atom, FusionIs):
                found |= set(atom.genes or (atom.five, atom.three))
            elif isinstance(atom, EventIs):
                found.add(atom.gene)
    # Partners of fusions: those without a transcript of their own in the vocabulary.
    return found | {g.symbol for g in words.genes if not g.transcript and g.role == "other"}


def _approved(words: Vocabulary, name: str) -> str:
    return words.symbol_by_name.get(name.upper(), name)


def _ensembl(folder: Path, words: Vocabulary) -> dict[str, Model]:
    civic, reference = folder / "knowledge/civic", folder / "knowledge/reference"
    models: dict[str, dict[str, Model]] = defaultdict(dict)
    named = "Ensembl-v75_build37-hg19_UcscGenePred_CIViC-Genes.ensGene"
    for line in (civic / named).read_text().splitlines()[1:]:
        cells = line.split("\t")
        symbol = _approved(words, cells[12].strip("*").rpartition("_")[0])
        chromosome = cells[2].removeprefix("chr")
        if symbol not in words.gene_by_symbol or "_" in chromosome:
            continue
        starts, ends = (tuple(map(int, c.strip(",").split(","))) for c in (cells[9], cells[10]))
        exons = tuple((a + 1, b) for a, b in zip(starts, ends, strict=True))
        cds = (int(cells[6]) + 1, int(cells[7]))
        coding = cds if cds[0] <= cds[1] and cells[13] == cells[14] == "cmpl" else None
        name = cells[1].partition(".v75")[0]
        models[symbol][name.partition(".")[0]] = Model(chromosome, cells[3], exons, coding, name)
    with gzip.open(reference / "mane_gene_to_enst.txt.gz", "rt") as lines:
        mane = {_approved(words, a): b.partition(".")[0] for a, b in map(str.split, lines)}
    canonical = {
        line.partition(".")[0]
        for line in (civic / "Ensembl-v75_build37_CanonicalTranscripts.txt").open()
    }
    found = {}
    for symbol, own in models.items():
        gene = words.gene_by_symbol[symbol]
        first = [t for t in (gene.transcript, mane.get(symbol, "")) if t in own]
        others = [t for t in own if t in canonical and own[t].coding]
        picked = (first + others)[:1]
        if picked and own[picked[0]].chromosome == _chromosome(gene.chromosome):
            found[symbol] = own[picked[0]]
    return found


def _chromosome(text: str) -> str:
    return text.split(",")[0].split(" ")[0].partition("/")[0]


def _coding(folder: Path, words: Vocabulary) -> dict[str, Model]:
    table = folder / "knowledge/reference/umccr_cancer_genes_hg38_coding.bed.gz"
    spans: dict[str, list[Span]] = defaultdict(list)
    with gzip.open(table, "rt") as lines:
        for chromosome, start, end, name in (line.split()[:4] for line in lines):
            gene = words.gene_by_symbol.get(_approved(words, name))
            if gene and chromosome.removeprefix("chr") == _chromosome(gene.chromosome):
                spans[gene.symbol].append((int(start) + 1, int(end)))
    return {
        symbol: Model(
            _chromosome(words.gene_by_symbol[symbol].chromosome), "", _merged(own), None, ""
        )
        for symbol, own in spans.items()
    }


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return tuple(found)


def _called(
    folder: Path, words: Vocabulary, genes: set[str]
) -> tuple[dict[str, str], dict[str, Model]]:
    """Strands, and the outermost coding changes, of genes in the calls of TCGA (GRCh37)."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, list[int]] = defaultdict(list)
    turned = dict(zip("ACGT", "TGCA", strict=True))
    for path in sorted((folder / "patients/tcga").glob("*.MC3.maf.gz")):
        with gzip.open(path, "rt") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                symbol = _approved(words, row["Hugo_Symbol"])
                if symbol not in genes:
                    continue
                gene = words.gene_by_symbol[symbol]
                if row["Chromosome"] != _chromosome(gene.chromosome):
                    continue
                if row["Variant_Classification"] in CODING and row["HGVSc"]:
                    places[symbol].append(int(row["Start_Position"]))
                change = (row["Reference_Allele"], row["Tumor_Seq_Allele2"])
                said = tuple(row["HGVSc"][-3:].split(">"))
                if not set(change) <= set("ACGT") or len(said) != 2:
                    continue
                if said == change:
                    votes[symbol]["+"] += 1
                elif said == tuple(turned[base] for base in change):
                    votes[symbol]["-"] += 1
    strands = {
        symbol: count.most_common(1)[0][0]
        for symbol, count in votes.items()
        if count.total() >= LEAST_VOTES and count.most_common(1)[0][1] >= AGREED * count.total()
    }
    seen = {
        symbol: Model(
            _chromosome(words.gene_by_symbol[symbol].chromosome),
            "",
            ((min(own), max(own)),),
            None,
            "",
        )
        for symbol, own in places.items()
        if len(own) >= LEAST_SEEN and max(own) - min(own) <= LONGEST
    }
    return strands, seen


def _lifted(model: Model, chain: LiftOver) -> Model | None:
    """The gene on the other assembly; without its exons where one of these has no place there."""

    def place(base: int) -> int | None:
        hits = chain.convert_coordinate(f"chr{model.chromosome}", base - 1)
        good = [h for h in hits or () if h[0] == f"chr{model.chromosome}" and h[2] == "+"]
        return good[0][1] + 1 if good else None

    span = tuple(place(base) for base in model.span)
    if None in span or span[0] >= span[1]:
        return None
    length = model.span[1] - model.span[0]
    if abs(span[1] - span[0] - length) > APART * length:
        return None
    exons = [(place(a), place(b)) for a, b in model.exons]
    same = all(
        a and b and b - a == high - low
        for (a, b), (low, high) in zip(exons, model.exons, strict=True)
    )
    if not same:
        print(f"an exon of {model} differs on the other assembly", file=sys.stderr)
        return model._replace(exons=(span,), coding=None)
    coding = model.coding and tuple(place(base) for base in model.coding)
    return model._replace(exons=tuple(exons), coding=coding)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
