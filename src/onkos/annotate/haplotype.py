"""Changes that lie together on one molecule, read as the one change of the protein that they are.

Two substitutions in a codon, or two frameshifts of which the second restores the frame, are read
by the ribosome together. So does ``bcftools csq`` (Danecek and McCarthy 2017,
doi:10.1093/bioinformatics/btx100). Their DNA is written as HGVS asks: a delins where no unchanged
base lies between, or where they share a codon; else each by itself, in square brackets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from onkos.annotate.assembly import Put
from onkos.annotate.consequence import Annotator, Effect
from onkos.annotate.edit import Edit, as_record, forms, trimmed
from onkos.annotate.layout import Layout
from onkos.annotate.residues import residues_changed
from onkos.annotate.written import coding_text
from onkos.model.reference import Reference, Transcript, reverse_complement


class Spliced(NamedTuple):
    """A change as a range of the spliced transcript, its end not included.

    Attributes
    ----------
    low, high : int
    bases : str
        What stands there instead, in the direction of transcription.
    edit : Edit
        The same on the genome.
    exon : int
        That holds it.
    """

    low: int
    high: int
    bases: str
    edit: Edit
    exon: int

    @property
    def shift(self) -> int:
        """Bases gained."""
        return len(self.bases) - (self.high - self.low)


class Joined(NamedTuple):
    """Several changes read as one.

    Attributes
    ----------
    members : tuple of int
        Which of those that were given.
    effect : Effect
    record : tuple of int, str, str or None
        Position, REF and ALT of all together; None where an intron lies between.
    """

    members: tuple[int, ...]
    effect: Effect
    record: tuple[int, str, str] | None


def joined(
    places: Sequence[Put], transcript: Transcript, annotator: Annotator, reach: int
) -> Iterator[Joined]:
    """The changes of one molecule that a transcript's frame reads together.

    Parameters
    ----------
    places : sequence of Put
        Of one chromosome and haplotype.
    transcript : Transcript
        With a protein.
    reach : int
        Codons between two changes up to which the second may restore the frame of the first.
    """
    layout = annotator.layout(transcript)
    if not layout.sound or transcript.coding is None:
        return
    found = [(at, one) for at, place in enumerate(places) if (one := _spliced(place, layout))]
    found.sort(key=lambda pair: (pair[1].low, pair[1].high))
    for first, last in _runs([one for _, one in found], layout, reach):
        members = tuple(at for at, _ in found[first : last + 1])
        parts = [one for _, one in found[first : last + 1]]
        yield Joined(members, *_as_one(parts, layout, annotator.genome))


def _spliced(place: Put, layout: Layout) -> Spliced | None:
    """Where a change of coding bases lies on the transcript; None for any other."""
    edit, strand = trimmed(*place), layout.transcript.strand
    if edit.removed == edit.bases:
        return None
    ends = (edit.start, edit.end) if edit.removed else (edit.start - 1, edit.start)
    exon = layout.exonic(*ends)
    if not exon:
        return None
    one, other = sorted(layout.place(base).at for base in ends)
    low, high = (one, other + 1) if edit.removed else (other, other)
    if low < layout.first + (3 - layout.pad if layout.pad else 0) or high > layout.last + 1:
        return None
    return Spliced(
        low, high, edit.bases if strand > 0 else reverse_complement(edit.bases), edit, exon
    )


def _runs(parts: Sequence[Spliced], layout: Layout, reach: int) -> Iterator[tuple[int, int]]:
    """First and last of each run that is read together."""
    at = 0
    while at < len(parts):
        last = _run_from(at, parts, layout, reach)
        if last > at:
            yield at, last
        at = last + 1


def _run_from(at: int, parts: Sequence[Spliced], layout: Layout, reach: int) -> int:
    last, shift = at, parts[at].shift
    for number in range(at + 1, len(parts)):
        before, one = parts[number - 1], parts[number]
        if one.low < before.high or (one.low, one.high) == (before.low, before.high):
            break  # two changes of the same bases are no one molecule
        one_codon = _codons(one, layout)[0] <= _codons(before, layout)[1]
        shifted = shift % 3 != 0
        if not one_codon and not (shifted and one.low - before.high <= 3 * reach):
            break
        shift += one.shift
        if (one_codon and last == number - 1) or (shifted and shift % 3 == 0):
            last = number
    return last


def _codons(part: Spliced, layout: Layout) -> tuple[int, int]:
    """First and last codon touched, from 0; an insertion before a codon touches the one before."""
    into = layout.pad - layout.first
    if part.low == part.high:
        return (part.low + into) // 3, (part.low - 1 + into) // 3
    return (part.low + into) // 3, (part.high - 1 + into) // 3


def _as_one(
    parts: Sequence[Spliced], layout: Layout, genome: Reference
) -> tuple[Effect, tuple[int, str, str] | None]:
    bases = parts[0].bases
    for before, one in pairwise(parts):
        bases += layout.bases[before.high : one.low] + one.bases
    low, high = parts[0].low, parts[-1].high
    found = residues_changed(layout, low, high, bases)
    whole = _whole(parts, genome)
    touching = all(a.high == b.low for a, b in pairwise(parts))
    into = layout.pad - layout.first
    one_codon = (low + into) // 3 == (high - 1 + into) // 3
    if whole is not None and (touching or one_codon):
        text = _named(whole, None, layout, genome)
    else:
        after = [one.edit for one in parts[1:]]
        each = [
            _named(one.edit, beyond, layout, genome)[2:]
            for one, beyond in zip(parts, [*after, None], strict=True)
        ]
        text = f"c.[{';'.join(each)}]"
    effect = Effect(
        layout.transcript, found.kind, text, found.text, found.first, found.last, parts[0].exon
    )
    return effect, as_record(whole, genome) if whole is not None else None


def _named(edit: Edit, beyond: Edit | None, layout: Layout, genome: Reference) -> str:
    """HGVS of an edit as far to the 3' end as its exon, and the next edit, let it go."""
    ways = forms(edit, genome)
    if layout.transcript.strand < 0:
        ways = ways[::-1]
    kept = edit
    for way in ways[ways.index(edit) :]:
        if not layout.exonic(way.start, max(way.end, way.start)):
            break
        if beyond is not None and way.start <= beyond.end and beyond.start <= way.end:
            break
        kept = way
    return coding_text(kept, layout, genome)


def _whole(parts: Sequence[Spliced], genome: Reference) -> Edit | None:
    """All of them as one edit of the genome; None where they lie in several exons."""
    if len({one.exon for one in parts}) > 1:
        return None
    edits = sorted((one.edit for one in parts), key=lambda edit: (edit.start, edit.end))
    chromosome, bases = edits[0].chromosome, edits[0].bases
    for before, edit in pairwise(edits):
        bases += genome.sequence(chromosome, before.end + 1, edit.start - 1) + edit.bases
    start, end = edits[0].start, edits[-1].end
    return trimmed(chromosome, start, genome.sequence(chromosome, start, end), bases)
