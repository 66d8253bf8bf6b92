"""A change of DNA as HGVS writes it, on a genome and on a transcript."""

from __future__ import annotations

from collections.abc import Callable

from onkos.annotate.edit import Edit, forms, trimmed
from onkos.annotate.layout import Layout
from onkos.model.reference import Reference, reverse_complement

# Versions of the RefSeq accessions NC_000001 to NC_000024 in each assembly (NCBI Assembly
# GCF_000001405.13 and .26).
_VERSIONS = {
    "GRCh37": "10 11 11 11 9 11 13 10 11 10 9 11 10 8 9 9 10 9 9 10 8 10 10 9".split(),
    "GRCh38": "11 12 12 12 10 12 14 11 12 11 10 12 11 9 10 10 11 10 10 11 9 11 11 10".split(),
}
_NUMBERS = {"X": 23, "Y": 24}


def accession(assembly: str, chromosome: str) -> str:
    """RefSeq accession of a chromosome; the name itself where there is none.

    >>> accession("GRCh38", "7"), accession("GRCh37", "X"), accession("T2T", "7")
    ('NC_000007.14', 'NC_000023.10', '7')
    """
    if chromosome == "MT" and assembly in _VERSIONS:
        return "NC_012920.1"
    number = int(chromosome) if chromosome.isdecimal() else _NUMBERS.get(chromosome, 0)
    if assembly not in _VERSIONS or not 1 <= number <= len(_VERSIONS[assembly]):
        return chromosome
    return f"NC_{number:06d}.{_VERSIONS[assembly][number - 1]}"


def genomic(
    genome: Reference, chromosome: str, position: int, reference: str, alternate: str
) -> str:
    """HGVS g. of a record, moved as far along the chromosome as it can be."""
    last = forms(trimmed(chromosome, position, reference, alternate), genome)[-1]
    text = change_text(last, 1, str, genome)
    kind = "m" if chromosome == "MT" else "g"
    return f"{accession(genome.assembly, chromosome)}:{kind}.{text}"


def coding_text(edit: Edit, layout: Layout, genome: Reference) -> str:
    """HGVS c., or n. for a transcript without a protein, of an edit already put in its place."""
    kind = "c." if layout.first >= 0 else "n."
    strand = layout.transcript.strand
    return kind + change_text(edit, strand, lambda base: layout.name(layout.place(base)), genome)


def change_text(edit: Edit, strand: int, name: Callable[[int], str], genome: Reference) -> str:
    """Place and change in the direction of the strand, bases named by `name`."""
    removed, bases = edit.removed, edit.bases
    if strand < 0:
        removed, bases = reverse_complement(removed), reverse_complement(bases)
    if not removed:
        return _insertion(edit, strand, name, bases, genome)
    place = _range(edit.start, edit.end, strand, name)
    if len(removed) == len(bases) == 1:
        return f"{place}{removed}>{bases}"
    if not bases:
        return f"{place}del"
    if bases == reverse_complement(removed):
        return f"{place}inv"
    return f"{place}delins{bases}"


def _insertion(
    edit: Edit, strand: int, name: Callable[[int], str], bases: str, genome: Reference
) -> str:
    """A copy of the bases before it is a duplication."""
    size = len(bases)
    low = edit.start - size if strand > 0 else edit.start
    if genome.sequence(edit.chromosome, low, low + size - 1) == edit.bases:
        return f"{_range(low, low + size - 1, strand, name)}dup"
    return f"{_range(edit.start - 1, edit.start, strand, name)}ins{bases}"


def _range(low: int, high: int, strand: int, name: Callable[[int], str]) -> str:
    ends = (low, high) if strand > 0 else (high, low)
    return name(low) if low == high else f"{name(ends[0])}_{name(ends[1])}"
