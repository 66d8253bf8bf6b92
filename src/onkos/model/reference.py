"""What the genome is at a place: bases, transcripts, and the way from another assembly.

The protocol alone; files are read in ``sources/reference``.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol

from onkos.model.noun import Noun, require

COMPLEMENT = str.maketrans("ACGTNacgtn", "TGCANtgcan")


def reverse_complement(bases: str) -> str:
    """The other strand, read in its own direction.

    >>> reverse_complement("GATT")
    'AATC'
    """
    return bases.translate(COMPLEMENT)[::-1]


class Transcript(Noun, frozen=True, kw_only=True, cache_hash=True):
    """A transcript placed on a chromosome. All places are counted from 1, both ends included.

    Attributes
    ----------
    id, protein : str
        Accessions with version where the file had them.
    strand : int
        1 or -1.
    exons : tuple of pairs of ints
        Lowest and highest base of each exon, in the order of transcription.
    coding : pair of ints or None
        Lowest and highest coding base, the stop codon included; None for a transcript without
        a protein.
    phase : int
        Bases before the first whole codon, where the start of the coding sequence is not known.
    whole : bool
        False where the start or the end of the coding sequence is not known.
    mane : bool
        MANE Select.
    canonical : bool
        The one that Ensembl calls canonical.
    """

    id: str
    gene: str
    chromosome: str
    strand: int
    exons: tuple[tuple[int, int], ...]
    coding: tuple[int, int] | None = None
    gene_id: str = ""
    protein: str = ""
    biotype: str = ""
    phase: int = 0
    whole: bool = True
    mane: bool = False
    canonical: bool = False

    def __post_init__(self) -> None:
        require(self.strand in {1, -1}, f"{self.id}: strand {self.strand}")
        require(bool(self.exons), f"{self.id} has no exon")
        require(
            all(1 <= a <= b for a, b in self.exons), f"{self.id}: an exon ends before it starts"
        )
        forward = self.exons if self.strand == 1 else self.exons[::-1]
        apart = all(one[1] < other[0] for one, other in pairwise(forward))
        require(apart, f"{self.id}: exons overlap or are out of order")
        if self.coding:
            first, last = self.coding
            inside = (any(a <= base <= b for a, b in self.exons) for base in (first, last))
            require(first <= last and all(inside), f"{self.id}: coding bases outside its exons")

    @property
    def start(self) -> int:
        """Lowest base."""
        return min(self.exons[0][0], self.exons[-1][0])

    @property
    def end(self) -> int:
        """Highest base."""
        return max(self.exons[0][1], self.exons[-1][1])


class Lifted(Noun, frozen=True, kw_only=True):
    """A place of another assembly on this one.

    Attributes
    ----------
    strand : int
        -1 where this assembly has the other strand there: bases are to be complemented.
    """

    chromosome: str
    position: int
    strand: int = 1


class Reference(Protocol):
    """A genome with its transcripts.

    Chromosomes are named without ``chr``, ``MT`` for the mitochondrion; bases are counted from
    1, both ends included.
    """

    @property
    def assembly(self) -> str:
        """``"GRCh37"`` or ``"GRCh38"``; empty where there is no reference at all."""

    @property
    def lifts_from(self) -> tuple[str, ...]:
        """Assemblies whose places it can find on its own."""

    def length(self, chromosome: str) -> int:
        """Bases of a chromosome; 0 where it is not held."""

    def sequence(self, chromosome: str, start: int, end: int) -> str:
        """Bases in capitals; shorter where the chromosome ends, empty where it is not held."""

    def transcripts_of(self, chromosome: str, start: int, end: int) -> tuple[Transcript, ...]:
        """Transcripts that share a base with the stretch."""

    def lift(self, assembly: str, chromosome: str, position: int) -> Lifted | None:
        """Where a place of another assembly lies on this one; None where it does not."""


class NoReference:
    """No genome at hand: everything that asks for one stays unanswered, and says so."""

    assembly = ""
    lifts_from: tuple[str, ...] = ()

    def length(self, chromosome: str) -> int:
        """Holds none."""
        return 0

    def sequence(self, chromosome: str, start: int, end: int) -> str:
        """Holds none."""
        return ""

    def transcripts_of(self, chromosome: str, start: int, end: int) -> tuple[Transcript, ...]:
        """Holds none."""
        return ()

    def lift(self, assembly: str, chromosome: str, position: int) -> Lifted | None:
        """Holds none."""
        return None


NO_REFERENCE = NoReference()
