"""What a change of the genome does on each transcript that it touches.

A change that can be written in several ways (a base of a run deleted) is one molecule; it is
judged in the form that harms least, and named in the form farthest to the 3' end, within its
exon or intron. An insertion at the very border of an exon leaves the intron whole and so belongs
to the exon.

References
----------
Terms of Ensembl VEP: https://www.ensembl.org/info/genome/variation/prediction/predicted_data.html
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from onkos.annotate.edit import Edit, forms, trimmed
from onkos.annotate.layout import Layout, Place
from onkos.annotate.residues import Residues, residues_changed, three_letter
from onkos.annotate.written import coding_text
from onkos.model import Consequence
from onkos.model.reference import Reference, Transcript, reverse_complement

ESSENTIAL = 2  # bases of an intron at each end without which it is not cut out
REGION_INTRON, REGION_EXON = 8, 3  # bases beside the border that are its splice region
_LAYOUTS_KEPT = 4096


class Site(NamedTuple):
    """An essential splice site that is hit.

    Attributes
    ----------
    exon : int
        The exon that it belongs to.
    donor : bool
        At the end of the exon; else the acceptor before it.
    """

    exon: int
    donor: bool


class Effect(NamedTuple):
    """What a change does on one transcript.

    Attributes
    ----------
    coding : str
        HGVS ``c.`` or ``n.``.
    protein : str
        One-letter HGVS without ``p.``; ``"X1010_splice"`` at an essential splice site.
    first, last : int
        Residues touched, from 1; 0 where none.
    exon : int
        Exon that holds it; 0 in an intron or outside.
    sites : tuple of Site
        Essential splice sites hit.
    place : Place or None
        Of a change in an intron: its base nearest to an exon.
    """

    transcript: Transcript
    kind: Consequence
    coding: str
    protein: str = ""
    first: int = 0
    last: int = 0
    exon: int = 0
    sites: tuple[Site, ...] = ()
    place: Place | None = None

    @property
    def hgvs_c(self) -> str:
        """With the transcript before it."""
        return f"{self.transcript.id}:{self.coding}"

    @property
    def hgvs_p(self) -> str:
        """Three-letter, with the protein before it."""
        return f"{self.transcript.protein or self.transcript.id}:{three_letter(self.protein)}"


class Annotator:
    """Works out effects on one genome, keeping the transcripts it has laid out.

    Parameters
    ----------
    promoter_reach : int
        Bases before a transcript in which a change may be in its promoter.
    """

    def __init__(self, genome: Reference, promoter_reach: int = 0) -> None:
        self.genome = genome
        self._reach = promoter_reach
        self._layouts: dict[str, Layout] = {}

    def mismatch(self, chromosome: str, position: int, reference: str) -> str:
        """The bases of the genome where they are not `reference`; empty where they agree.

        N in the genome, and a chromosome that it does not hold, say nothing.
        """
        end = position + len(reference) - 1
        there = self.genome.sequence(chromosome, position, end)
        if not there or "N" in there or there == reference.upper():
            return ""
        return there

    def effects(
        self,
        chromosome: str,
        position: int,
        reference: str,
        alternate: str,
        among: Callable[[Sequence[Transcript]], Sequence[Transcript]] | None = None,
    ) -> tuple[Effect, ...]:
        """Effects on all transcripts, MANE Select first, then Ensembl's canonical.

        Parameters
        ----------
        chromosome : str
            Without ``chr``.
        position : int
            Of the first base of `reference`, from 1.
        reference, alternate : str
            As in a VCF, or with one of them empty; an insertion without a base of reference
            goes before `position`.
        among : callable, optional
            Takes the transcripts that lie there and gives those that are looked at.
        """
        edit = trimmed(chromosome, position, reference, alternate)
        if edit.removed == edit.bases:
            return ()
        ways = forms(edit, self.genome)
        low, high = ways[0].start - self._reach - 1, ways[-1].end + self._reach + 1
        near = self.genome.transcripts_of(chromosome, max(1, low), high)
        found = (self._effect(ways, one) for one in (among(near) if among else near))
        return tuple(sorted((e for e in found if e), key=_place_in_list))

    def layout(self, transcript: Transcript) -> Layout:
        """The transcript with its bases, laid out once."""
        kept = self._layouts.get(transcript.id)
        if kept is None:
            if len(self._layouts) >= _LAYOUTS_KEPT:
                self._layouts.clear()
            kept = self._layouts[transcript.id] = Layout(transcript, self.genome)
        return kept

    def beside(self, effect: Effect, exons: tuple[int, ...], reach: int) -> int:
        """The residue at the border of one of the exons, within `reach` bases of an intron; 0.

        For an effect in an intron alone.
        """
        layout = self.layout(effect.transcript)
        if effect.place is None or not 0 < abs(effect.place.offset) <= reach:
            return 0
        if effect.place.exon not in exons or not layout.first <= effect.place.at <= layout.last:
            return 0
        return (effect.place.at - layout.first + layout.pad) // 3 + 1

    def _effect(self, ways: list[Edit], transcript: Transcript) -> Effect | None:
        if transcript.strand < 0:
            ways = ways[::-1]
        outside = _outside(ways[-1], transcript, self._reach)
        if outside is not None:
            if not outside:
                return None
            layout = self.layout(transcript)
            text = coding_text(ways[-1], layout, self.genome)
            return Effect(transcript, Consequence.PROMOTER, text)
        layout = self.layout(transcript)
        in_exon = [(way, exon) for way in ways if (exon := _exon_of(way, layout))]
        if in_exon:
            way, exon = in_exon[-1]
            return self._in_exon(way, exon, layout)
        return self._beside_exon(ways, layout)

    def _in_exon(self, way: Edit, exon: int, layout: Layout) -> Effect:
        transcript = layout.transcript
        text = coding_text(way, layout, self.genome)
        if transcript.coding is None:
            return Effect(transcript, Consequence.NONCODING, text, exon=exon)
        low, high = _indices(way, exon, layout)
        if high <= layout.first or low > layout.last:
            return Effect(transcript, Consequence.UTR, text, exon=exon)
        bases = way.bases if transcript.strand > 0 else reverse_complement(way.bases)
        found = residues_changed(layout, low, high, bases)
        kind = found.kind
        if kind is Consequence.SYNONYMOUS and _near_border(way, exon, layout):
            kind = Consequence.SPLICE_REGION
        return Effect(transcript, kind, text, found.text, found.first, found.last, exon)

    def _beside_exon(self, ways: list[Edit], layout: Layout) -> Effect:
        """In an intron, or over a border of an exon."""
        transcript, way = layout.transcript, ways[-1]
        text = coding_text(way, layout, self.genome)
        hit = [_sites(one, layout) for one in ways]
        if all(hit):
            at = _splice_residue(hit[-1][0], layout)
            protein = f"X{at}_splice" if at else ""
            return Effect(
                transcript, Consequence.SPLICE, text, protein, at, at, sites=tuple(hit[-1])
            )
        if any(
            one.start <= high and low <= one.end for one in ways for low, high in transcript.exons
        ):
            return Effect(transcript, _at_the_end(way, layout).kind, text)
        # Of each form the base nearest to an exon; of the forms the one that lies farthest off.
        nearest = [min(map(layout.place, _bases_of(one)), key=_into) for one in ways]
        place = max(nearest, key=_into)
        near = _into(place) <= REGION_INTRON
        kind = Consequence.SPLICE_REGION if near else Consequence.INTRONIC
        return Effect(transcript, kind, text, place=place)


def _place_in_list(effect: Effect) -> tuple[bool, bool, bool, bool, int, str]:
    one = effect.transcript
    size = -sum(high - low + 1 for low, high in one.exons)
    before = effect.kind is Consequence.PROMOTER
    return before, not one.mane, not one.canonical, one.coding is None, size, one.id


def _into(place: Place) -> int:
    return abs(place.offset)


def _outside(way: Edit, transcript: Transcript, reach: int) -> bool | None:
    """None where it touches the transcript; else whether it lies within `reach` before it."""
    low, high = (way.start, way.end) if way.removed else (way.start - 1, way.start)
    if low <= transcript.end and transcript.start <= high:
        return None
    if transcript.strand > 0:
        return high < transcript.start <= high + reach
    return low > transcript.end >= low - reach


def _exon_of(way: Edit, layout: Layout) -> int:
    """The exon that holds the whole edit; 0 where none does."""
    if way.removed:
        return layout.exonic(way.start, way.end)
    return layout.exonic(way.start - 1, way.start - 1) or layout.exonic(way.start, way.start)


def _indices(way: Edit, exon: int, layout: Layout) -> tuple[int, int]:
    """The edit as a range of the spliced transcript, its end not included."""
    forward = layout.transcript.strand > 0
    if way.removed:
        one, other = layout.place(way.start).at, layout.place(way.end).at
        return min(one, other), max(one, other) + 1
    low, high = layout.transcript.exons[exon - 1]
    if forward:
        before = way.start - 1
        at = layout.place(before).at + 1 if before >= low else layout.place(way.start).at
    else:
        at = (
            layout.place(way.start).at + 1
            if way.start <= high
            else (layout.place(way.start - 1).at)
        )
    return at, at


def _near_border(way: Edit, exon: int, layout: Layout) -> bool:
    """Within the last bases of an exon beside an intron."""
    exons = layout.transcript.exons
    low, high = exons[exon - 1]
    to_low, to_high = way.start - low, high - way.end
    if layout.transcript.strand < 0:
        to_low, to_high = to_high, to_low
    return (exon > 1 and to_low < REGION_EXON) or (exon < len(exons) and to_high < REGION_EXON)


def _sites(way: Edit, layout: Layout) -> list[Site]:
    """Essential splice sites that the edit hits, in the order of transcription."""
    found = []
    forward = layout.transcript.strand > 0
    for number, (low, high) in enumerate(layout.introns(), 1):
        if way.end < low - 1 or way.start > high + 1 or high - low + 1 < 2 * ESSENTIAL:
            continue
        first, last = (low, low + ESSENTIAL - 1), (high - ESSENTIAL + 1, high)
        donor, acceptor = (first, last) if forward else (last, first)
        if _breaks(way, donor):
            found.append(Site(number, donor=True))
        if _breaks(way, acceptor):
            found.append(Site(number + 1, donor=False))
    return found


def _overlaps(way: Edit, stretch: tuple[int, int]) -> bool:
    return way.start <= stretch[1] and stretch[0] <= way.end


def _breaks(way: Edit, site: tuple[int, int]) -> bool:
    if way.removed:
        return way.start <= site[1] and site[0] <= way.end
    return site[0] < way.start <= site[1]


def _splice_residue(site: Site, layout: Layout) -> int:
    """The residue of the exon's base beside the site; 0 outside the coding sequence."""
    low, high = layout.transcript.exons[site.exon - 1]
    at_high = site.donor == (layout.transcript.strand > 0)
    index = layout.place(high if at_high else low).at
    if layout.first < 0 or not layout.first <= index <= layout.last:
        return 0
    return (index - layout.first + layout.pad) // 3 + 1


def _bases_of(way: Edit) -> tuple[int, int]:
    return (way.start, way.end) if way.removed else (way.start - 1, way.start)


def _at_the_end(way: Edit, layout: Layout) -> Residues:
    """Over an end of the transcript: it may take the start codon away, else it is untranslated."""
    coding = layout.transcript.coding
    if coding is None:
        return Residues("", Consequence.NONCODING)
    if way.start <= coding[1] and coding[0] <= way.end:
        start = coding[0] if layout.transcript.strand > 0 else coding[1]
        lost = way.start <= start <= way.end
        return Residues("", Consequence.START_LOST if lost else Consequence.UNKNOWN)
    return Residues("", Consequence.UTR)
