"""Exons that a break in a gene leaves, and whether two genes joined there keep the frame."""

from __future__ import annotations

from typing import NamedTuple

from onkos.model import GenePlace
from onkos.model.place import Span
from onkos.model.reference import Transcript


class Kept(NamedTuple):
    """What a break leaves of a transcript.

    Attributes
    ----------
    exon : int
        Last whole exon of the 5' part, first spliced one of the 3' part; 0 where the break lies
        in an exon, or none is left.
    phase : int or None
        Coding bases before the break, modulo 3; None where the break is outside the coding
        sequence, or that is not known.
    """

    exon: int
    phase: int | None


def five_kept(transcript: Transcript, position: int) -> Kept:
    """What is left of the 5' partner; `position` is its last base kept."""
    sizes = _coding_sizes(transcript)
    number = bases = 0
    for exon, size in zip(transcript.exons, sizes, strict=True):
        low, high = exon
        last = high if transcript.strand > 0 else low
        first = low if transcript.strand > 0 else high
        ahead = (position - last) * transcript.strand
        if ahead < 0:
            if (position - first) * transcript.strand >= 0:
                return Kept(0, None)
            break
        number, bases = number + 1, bases + size
    whole = sum(sizes)
    return Kept(number, bases % 3 if 0 < bases < whole else None)


def three_kept(transcript: Transcript, position: int) -> Kept:
    """What is left of the 3' partner; `position` is its first base kept.

    Its own first exon has no acceptor to be spliced to.
    """
    sizes = _coding_sizes(transcript)
    number = bases = 0
    for exon, size in zip(transcript.exons, sizes, strict=True):
        low, high = exon
        first, last = (low, high) if transcript.strand > 0 else (high, low)
        if (position - first) * transcript.strand <= 0:
            break
        if (position - last) * transcript.strand <= 0:
            return Kept(0, None)
        number, bases = number + 1, bases + size
    if number == len(sizes):
        return Kept(0, None)
    if number == 0:
        if len(sizes) < 2:
            return Kept(0, None)
        number, bases = 1, sizes[0]
    whole = sum(sizes)
    return Kept(number + 1, bases % 3 if 0 < bases < whole else None)


def in_frame(five: Kept, three: Kept) -> bool | None:
    """Whether the 3' part is read as its own protein; None where that is not known.

    >>> in_frame(Kept(13, 1), Kept(20, 1)), in_frame(Kept(1, None), Kept(4, 0))
    (True, None)
    """
    if five.phase is None or three.phase is None:
        return None
    return five.phase == three.phase


def driving_part(place: GenePlace, assembly: str, exons: Span) -> Span | None:
    """First and last base of exons, by their numbers; None where the assembly has no such."""
    known = place.exons(assembly) if place.whole else ()
    own = (known if place.strand > 0 else known[::-1])[exons[0] - 1 : exons[1]]
    if len(own) != exons[1] - exons[0] + 1:
        return None
    return min(low for low, _ in own), max(high for _, high in own)


def keeps(span: Span, strand: int, part: str, position: int) -> bool:
    """Whether a partner whose kept DNA ends at `position` keeps all bases of a span.

    >>> keeps((500, 900), 1, "three", 450), keeps((500, 900), 1, "five", 450)
    (True, False)
    """
    lower_kept = (part == "five") is (strand > 0)
    return span[1] <= position if lower_kept else position <= span[0]


def _coding_sizes(transcript: Transcript) -> list[int]:
    """Coding bases of each exon; none where the coding sequence is not known as a whole."""
    if transcript.coding is None or not transcript.whole:
        return [0 for _ in transcript.exons]
    first, last = transcript.coding
    return [max(0, min(high, last) - max(low, first) + 1) for low, high in transcript.exons]
