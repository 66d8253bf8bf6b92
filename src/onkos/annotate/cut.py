"""Genes that a structural variant cuts, turns or takes away, beside the events that have names.

Single and multiple exons lost from a tumour suppressor are null changes (Horak 2022, OVS1,
doi:10.1016/j.gim.2022.01.001); a suppressor one end of which is joined elsewhere is cut through.
What is not understood of a gene leaves its negatives open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onkos.annotate.events import speakers, whole_exons
from onkos.model import Event, Gene, Vocabulary
from onkos.model.reference import Reference, Transcript


class Place(NamedTuple):
    """One end of a junction on the genome at hand."""

    chromosome: str
    position: int
    side: str


class Cut(NamedTuple):
    """What a junction does to one gene.

    Attributes
    ----------
    event : Event or None
        None where it is not understood.
    first, last : int
        Exons lost; 0 where none are told.
    said : str
        For the reader, without the gene.
    """

    gene: str
    event: Event | None
    said: str
    first: int = 0
    last: int = 0


def cuts(ends: tuple[Place, Place], genome: Reference, vocabulary: Vocabulary) -> Iterator[Cut]:
    """What a junction does to the known genes at its ends, and to suppressors between them.

    Parameters
    ----------
    ends : pair of Place
        On the genome at hand.
    """
    low, high = sorted(ends, key=lambda end: (end.chromosome, end.position))
    at_low, at_high = (_known_at(end, genome, vocabulary) for end in (low, high))
    one = low.chromosome == high.chromosome
    tandem = one and (low.side, high.side) == ("-", "+")
    lost = one and (low.side, high.side) == ("+", "-")
    for symbol, transcript in at_low.items():
        if symbol in at_high:
            found = _within(symbol, transcript, (low.position, high.position), tandem, lost)
            yield from _as_broken(found, vocabulary)
    if lost:
        yield from _lost_to_an_end(low.position, high.position, genome, vocabulary, low)
    elif not tandem:
        other = {**at_low, **at_high}
        for symbol in at_low.keys() ^ at_high.keys():
            if len(other) == 1:
                said = "one end of a rearrangement lies in it, the other in no gene that is known"
                yield from _as_broken([Cut(symbol, Event.BROKEN, said)], vocabulary)


def _within(
    symbol: str, transcript: Transcript, ends: tuple[int, int], tandem: bool, lost: bool
) -> list[Cut]:
    """A stretch within one gene: doubled, lost in part of an exon, or turned round."""
    touched = _coding_exons(transcript, *ends)
    if not touched:
        return []
    exons = f"exons {touched[0]}-{touched[-1]}" if len(touched) > 1 else f"exon {touched[0]}"
    if tandem:
        return [Cut(symbol, None, f"{exons} are doubled, whole or in part")]
    if lost:
        whole = whole_exons(transcript, ends[0] + 1, ends[1] - 1)
        return [] if whole else [Cut(symbol, None, f"coding bases of {exons} are lost")]
    return [Cut(symbol, Event.BROKEN, f"{exons} are turned round")]


def _lost_to_an_end(
    low: int, high: int, genome: Reference, vocabulary: Vocabulary, at: Place
) -> Iterator[Cut]:
    """Suppressors that a deletion takes whole, or from one end into the gene."""
    most = vocabulary.limits.get("lost_by_junction_most", 0)
    for transcript in speakers(genome, at.chromosome, low + 1, high - 1):
        inside = transcript.start < low + 1 and high - 1 < transcript.end
        gene = vocabulary.gene(_symbol(transcript, vocabulary))
        if inside or gene is None or not gene.suppressor:
            continue
        if not _coding_exons(transcript, low, high):
            continue
        length = (high - low - 1) / 1e6
        if high - low - 1 > most or gene.role != "tumour suppressor" or not transcript.coding:
            yield Cut(
                gene.symbol, None, f"a deletion of {length:,.2f} Mb takes it, or a part of it"
            )
            continue
        whole = whole_exons(transcript, low + 1, high - 1)
        first, last = (whole[0], whole[-1]) if whole else (0, 0)
        event = Event.EXONS_LOST if whole else Event.BROKEN
        yield Cut(gene.symbol, event, f"a deletion of {length:,.2f} Mb", first, last)


def _as_broken(found: list[Cut], vocabulary: Vocabulary) -> Iterator[Cut]:
    """An event where the gene is a suppressor and nothing else; else not understood."""
    for one in found:
        gene = vocabulary.gene(one.gene)
        if gene is None or (one.event is None or _suppressor(gene)):
            yield one
        elif gene.suppressor or one.said.endswith("turned round"):
            yield one._replace(event=None)


def _suppressor(gene: Gene) -> bool:
    return gene.role == "tumour suppressor"


def _known_at(end: Place, genome: Reference, vocabulary: Vocabulary) -> dict[str, Transcript]:
    """Known genes between whose first and last coding base an end lies."""
    found = {}
    for one in speakers(genome, end.chromosome, end.position, end.position):
        first, last = one.coding or (one.start, one.end)
        symbol = _symbol(one, vocabulary)
        if first <= end.position <= last and vocabulary.gene(symbol):
            found[symbol] = one
    return found


def _coding_exons(transcript: Transcript, low: int, high: int) -> list[int]:
    """Exons with a coding base between two places, neither included."""
    first, last = transcript.coding or (transcript.start, transcript.end)
    numbered = enumerate(transcript.exons, 1)
    return [
        number
        for number, (start, end) in numbered
        if max(start, first, low + 1) <= min(end, last, high - 1)
    ]


def _symbol(transcript: Transcript, vocabulary: Vocabulary) -> str:
    return vocabulary.symbol_by_name.get(transcript.gene.upper(), transcript.gene)
