"""A transcript laid out: its bases in order, and what each place of the genome is called on it.

Places are named as HGVS names them (https://hgvs-nomenclature.org, 21.0): ``c.`` counts from the
first coding base, ``-`` before it, ``*`` after the stop codon, ``+`` and ``-`` into introns.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from onkos.model.reference import Reference, Transcript, reverse_complement

STOP = "*"
_AMINO = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"  # order T, C, A, G
CODONS = {
    a + b + c: _AMINO[16 * i + 4 * j + k]
    for i, a in enumerate("TCAG")
    for j, b in enumerate("TCAG")
    for k, c in enumerate("TCAG")
}
# The vertebrate mitochondrial code differs from the standard one in four codons (NCBI table 2).
MITOCHONDRIAL = CODONS | {"AGA": "*", "AGG": "*", "ATA": "M", "TGA": "W"}


class Place(NamedTuple):
    """A base of the genome as a transcript sees it.

    Attributes
    ----------
    at : int
        Base of the spliced transcript, from 0; of the nearest exon base for an intron; below 0
        before the first exon.
    offset : int
        Bases into the intron: above 0 after an exon, below 0 before one; 0 in an exon.
    exon : int
        Number of the exon, or of the nearest one.
    """

    at: int
    offset: int
    exon: int


class Layout:
    """One transcript with its bases.

    Parameters
    ----------
    transcript : Transcript
    genome : Reference

    Attributes
    ----------
    bases : str
        The spliced transcript, in the direction of transcription.
    first, last : int
        First and last coding base, as indices of `bases`; -1 without a protein.
    protein : str
        One-letter, the stop ``*`` included where it is there.
    """

    def __init__(self, transcript: Transcript, genome: Reference) -> None:
        self.transcript = transcript
        sizes = [high - low + 1 for low, high in transcript.exons]
        self._starts = [0, *accumulate(sizes)]
        self._ends = [high if transcript.strand > 0 else -low for low, high in transcript.exons]
        parts = (genome.sequence(transcript.chromosome, a, b) for a, b in transcript.exons)
        forward = transcript.strand > 0
        self.bases = "".join(p if forward else reverse_complement(p) for p in parts)
        self.first = self.last = -1
        self._codons = MITOCHONDRIAL if transcript.chromosome == "MT" else CODONS
        if transcript.coding:
            ends = transcript.coding if forward else transcript.coding[::-1]
            self.first, self.last = (self.place(base).at for base in ends)
        self.pad = (3 - transcript.phase) % 3  # bases of the first codon that are not known
        self.protein = self.translated(self.coding) if transcript.coding else ""

    @property
    def coding(self) -> str:
        """Coding bases, the stop codon included, with N for those before a start not known."""
        return "N" * self.pad + self.bases[self.first : self.last + 1]

    @property
    def sound(self) -> bool:
        """Whether the bases were all there, and the protein has no stop but at its end."""
        complete = len(self.bases) == self._starts[-1]
        return complete and STOP not in self.protein[:-1]

    def translated(self, coding: str) -> str:
        """One-letter residues of whole codons; X where a base is not known."""
        table = self._codons
        return "".join(table.get(coding[i : i + 3], "X") for i in range(0, len(coding) - 2, 3))

    def until_stop(self, coding: str) -> str:
        """Residues to the first stop, it included; without one where there is none."""
        table, found = self._codons, []
        for i in range(0, len(coding) - 2, 3):
            residue = table.get(coding[i : i + 3], "X")
            found.append(residue)
            if residue == STOP:
                break
        return "".join(found)

    def place(self, base: int) -> Place:
        """Where a base of the genome lies on the transcript."""
        strand, exons = self.transcript.strand, self.transcript.exons
        along = base * strand
        at = bisect_left(self._ends, along)
        if at == len(exons):
            beyond = along - self._ends[-1]
            return Place(self._starts[-1] - 1 + beyond, 0, len(exons))
        head = exons[at][0] if strand > 0 else -exons[at][1]
        if along >= head:
            return Place(self._starts[at] + along - head, 0, at + 1)
        if at == 0:
            return Place(along - head, 0, 1)
        after, before = along - self._ends[at - 1], head - along
        if after <= before:
            return Place(self._starts[at] - 1, after, at)
        return Place(self._starts[at], -before, at + 1)

    def exonic(self, low: int, high: int) -> int:
        """Number of the exon that holds all bases from `low` to `high`; 0 where none does."""
        for number, (first, last) in enumerate(self.transcript.exons, 1):
            if first <= low and high <= last:
                return number
        return 0

    def name(self, place: Place) -> str:
        """The place as HGVS writes it, without ``c.`` or ``n.``."""
        index, offset = place.at, place.offset
        into = f"{offset:+d}" if offset else ""
        if self.first < 0:
            length = self._starts[-1]
            before, after = index < 0, index >= length
            at = f"{index}" if before else f"*{index - length + 1}" if after else f"{index + 1}"
        elif index < self.first:
            at = f"-{self.first - index}"
        elif index > self.last:
            at = f"*{index - self.last}"
        else:
            at = f"{index - self.first + 1 + self.pad}"
        return at + into

    def introns(self) -> list[tuple[int, int]]:
        """Lowest and highest base of each intron, in the order of transcription."""
        pairs = zip(self.transcript.exons, self.transcript.exons[1:], strict=False)
        if self.transcript.strand > 0:
            return [(one[1] + 1, other[0] - 1) for one, other in pairs]
        return [(other[1] + 1, one[0] - 1) for one, other in pairs]
