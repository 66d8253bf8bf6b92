"""Coding sequences as places of GRCh37, and the codons that sources let us know."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import NamedTuple

from onkos.annotate.layout import CODONS
from onkos.model import Gene
from onkos.model.reference import reverse_complement

_BY_RESIDUE: dict[str, list[str]] = defaultdict(list)
for _codon, _residue in CODONS.items():
    _BY_RESIDUE[_residue].append(_codon)


class Model(NamedTuple):
    """One transcript of a gene, its coding bases as places of GRCh37.

    Attributes
    ----------
    places : tuple of int
        Coding bases in the order of transcription, the stop codon included.
    exons : tuple of pairs of int
        Coding parts, lowest and highest base, in the order of transcription.
    protein : str
        One-letter, without the stop.
    """

    chromosome: str
    strand: int
    places: tuple[int, ...]
    exons: tuple[tuple[int, int], ...]
    protein: str

    def codon(self, residue: int) -> tuple[int, ...]:
        """Places of a codon's bases, in the order of transcription."""
        return self.places[3 * residue - 3 : 3 * residue]

    def base(self, forward: str) -> str:
        """A base of the forward strand in the direction of transcription, and back."""
        return forward if self.strand > 0 else reverse_complement(forward)


def proteins(shared: Path) -> dict[str, dict[int, set[str]]]:
    """Protein sequences by gene and length."""
    path = shared / "knowledge" / "reference" / "oncokb_gene_protein_sequences_2020-11.tsv"
    found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    with path.open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t"):
            if len(row) > 4 and row[4]:
                sequence = row[4].rstrip("*")
                found[row[1]][len(sequence)].add(sequence)
    return found


def models(
    shared: Path,
    genes: dict[str, Gene],
    names: dict[str, str],
    sequences: dict[str, dict[int, set[str]]],
) -> dict[str, Model]:
    """For each gene the transcript whose protein has the length that the vocabulary says."""
    by_gene: dict[str, list[tuple[bool, Model]]] = defaultdict(list)
    folder = shared / "knowledge" / "civic"
    path = folder / "Ensembl-v75_build37-hg19_UcscGenePred_CIViC-Genes.ensGene"
    with path.open(encoding="utf-8") as file:
        next(file)
        for row in csv.reader(file, delimiter="\t"):
            symbol = row[12].strip("*").partition("_ENST")[0]
            symbol = names.get(symbol.upper(), symbol)
            gene = genes.get(symbol)
            known = sequences.get(symbol, {}).get(gene.length, set()) if gene else set()
            if gene is None or len(known) != 1 or "_" in row[2]:
                continue
            strand = 1 if row[3] == "+" else -1
            low, high = int(row[6]), int(row[7])
            ends = zip(row[9].split(","), row[10].split(","), strict=True)
            parts = [(max(int(a), low) + 1, min(int(b), high)) for a, b in ends if a]
            parts = [(a, b) for a, b in parts if a <= b][::strand]
            places = tuple(p for a, b in parts for p in range(a, b + 1)[::strand])
            if len(places) != 3 * (gene.length + 1):
                continue
            own = row[1].partition(".")[0] == gene.transcript
            model = Model(
                row[2].removeprefix("chr"), strand, places, tuple(parts), next(iter(known))
            )
            by_gene[symbol].append((own, model))
    found = {}
    for name, candidates in by_gene.items():
        best = [model for own, model in candidates if own] or [model for _, model in candidates]
        if len({model.places for model in best}) == 1:
            found[name] = best[0]
    return found


def triplets(model: Model, residue: int, bases: dict[tuple[str, int], str]) -> list[str]:
    """Codons that the protein and the known bases of the genome allow at a residue."""
    letter = model.protein[residue - 1] if residue <= len(model.protein) else "*"
    known = [bases.get((model.chromosome, place), "") for place in model.codon(residue)]
    return [
        codon for codon in _BY_RESIDUE[letter]
        if all(not b or model.base(b) == c for b, c in zip(known, codon, strict=True))
    ]  # fmt: skip


def codons_for(residue: str) -> list[str]:
    """Codons of a residue."""
    return _BY_RESIDUE[residue]


def single_changes(codon: str) -> list[tuple[int, str, str]]:
    """Index, base and residue of every single change of a codon."""
    return [
        (at, base, CODONS[codon[:at] + base + codon[at + 1 :]])
        for at, base in product(range(3), "ACGT")
        if codon[at] != base
    ]
