"""A made-up genome small enough to read: one gene on each strand, the same but mirrored.

The gene FWD has three exons; REV, on chromosome 2, is FWD on the other strand, so that every
change has the same HGVS c. and p. on both.
"""

from __future__ import annotations

from pathlib import Path

from onkos.model.reference import reverse_complement
from onkos.sources.reference import add_reference, open_reference
from onkos.sources.reference.genome import Genome

BEFORE = "TACGTTAGCCATTGCAATCGGATCCTAGTACGATTGCAGC"  # 40
UTR5 = "GACTGACTTA"
CODING1 = "ATGGCTTCCGAACGTTTGCC"  # M A S E R L P (CC, and G of the next)
INTRON1 = "GTAAGTCTGAACTTGCAATTGCATTTTCTTTCCTTTAG"  # 38
CODING2 = "GAAAGGTGGTGGCTACCAAGATCATTGGAAC"  # P K G G G Y Q D H W N(AA|C)
INTRON2 = "GTGAGTATCCGATTACAGGCATTGCTAACTTTTTCCCTGCAG"  # 42
CODING3 = "TGGCGTAGCTTAAGCATATGA"  # W R S L S I *
UTR3 = "CCATAGGATGACTTAGCATAAACGGTC"
AFTER = "TTGCCATGCAATGCCTAGGATTCGAACTGGCATCGATTAC"
FORWARD = BEFORE + UTR5 + CODING1 + INTRON1 + CODING2 + INTRON2 + CODING3 + UTR3 + AFTER
LENGTH = len(FORWARD)


def exons() -> list[tuple[int, int]]:
    """First and last base of each exon of FWD."""
    start = len(BEFORE) + 1
    one = (start, start + len(UTR5 + CODING1) - 1)
    two_at = one[1] + len(INTRON1) + 1
    two = (two_at, two_at + len(CODING2) - 1)
    three_at = two[1] + len(INTRON2) + 1
    return [one, two, (three_at, three_at + len(CODING3 + UTR3) - 1)]


def coding() -> tuple[int, int]:
    """First and last coding base of FWD, the stop codon included."""
    start = len(BEFORE + UTR5) + 1
    return start, exons()[2][0] + len(CODING3) - 1


def place(index: int) -> int:
    """Base of the chromosome of a coding base, from 1."""
    sizes = [(coding()[0], len(CODING1)), (exons()[1][0], len(CODING2)), (exons()[2][0], 10**6)]
    for start, size in sizes:
        if index <= size:
            return start + index - 1
        index -= size
    raise ValueError(index)


def mirrored(start: int, end: int) -> tuple[int, int]:
    """The same stretch on chromosome 2."""
    return LENGTH + 1 - end, LENGTH + 1 - start


def gff3_lines(prefix: str = "") -> list[str]:
    """Both genes as Ensembl writes them."""
    lines = ["##gff-version 3"]
    for name, contig, strand in (("FWD", "1", "+"), ("REV", "2", "-")):
        turn = mirrored if strand == "-" else lambda a, b: (a, b)
        parts = [turn(*exon) for exon in exons()]
        low, high = turn(*coding())
        ends = min(a for a, _ in parts), max(b for _, b in parts)
        head = f"{prefix}{contig}\tmade\t%s\t%d\t%d\t.\t{strand}\t%s\t"
        lines.append(
            head % ("gene", *ends, ".")
            + f"ID=gene:G{name};Name={name};biotype=protein_coding;gene_id=G{name}"
        )
        lines.append(
            head
            % ("mRNA", *ends, ".")
            + f"ID=transcript:T{name};Parent=gene:G{name};biotype=protein_coding;"
            f"transcript_id=T{name};version=1;tag=basic,Ensembl_canonical,MANE_Select"
        )
        done = 0
        for first, last in parts:
            lines.append(head % ("exon", first, last, ".") + f"Parent=transcript:T{name}")
            inside = max(first, low), min(last, high)
            phase = str(-done % 3)
            lines.append(
                head % ("CDS", *inside, phase)
                + f"ID=CDS:P{name};Parent=transcript:T{name};protein_id=P{name}"
            )
            done += inside[1] - inside[0] + 1
    return lines


def write(folder: Path, prefix: str = "") -> tuple[Path, Path]:
    """FASTA and GFF3 of the two chromosomes."""
    fasta, genes = folder / "small.fa", folder / "small.gff3"
    backward = reverse_complement(FORWARD)
    fasta.write_text(f">{prefix}1\n{FORWARD}\n>{prefix}2\n{backward}\n", encoding="utf-8")
    genes.write_text("\n".join(gff3_lines()) + "\n", encoding="utf-8")
    return fasta, genes


def small_genome(folder: Path) -> Genome:
    """The genome, added to a store under the folder and opened."""
    add_reference(*write(folder), "GRCh38", folder / "store")
    return open_reference("GRCh38", folder / "store")
