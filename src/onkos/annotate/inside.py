"""Structural variants inside one gene: duplicated and lost exons, tandem duplications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from onkos.annotate.events import duplicated_exons, lost_exons, tandem_duplication
from onkos.model import Case, Event, GeneEvent, Junction, Vocabulary
from onkos.model.reference import Reference

DELETED, DUPLICATED, INSERTED = "deletion", "duplication", "insertion"
_KINDS = frozenset({"DEL", "DUP", "BND"})
# A stretch that another assembly holds in another length is not the same stretch.
_LENGTHS_APART = 0.01

Found = tuple[str, Event, int, int]


class Stretch(NamedTuple):
    """Bases that a junction takes out, doubles, or puts something behind.

    Attributes
    ----------
    what : str
        ``"deletion"``, ``"duplication"`` or ``"insertion"``.
    first, last : int
        From 1, both included; of an insertion the base before it, twice.
    """

    what: str
    chromosome: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.what} at {self.chromosome}:{self.first}-{self.last}"


def stretch_of(junction: Junction) -> Stretch | None:
    """What a junction within one chromosome does; None where it turns or joins two.

    Breakends are read by their sides, as some callers write deletions so.

    Examples
    --------
    >>> stretch_of(Junction(kind="BND", chromosome="7", position=100, side="+",
    ...                     mate_chromosome="7", mate_position=900, mate_side="-"))
    Stretch(what='deletion', chromosome='7', first=101, last=899)
    """
    here = junction.chromosome
    if junction.kind == "INS" and junction.inserted:
        return Stretch(INSERTED, here, junction.position, junction.position)
    if junction.kind not in _KINDS or junction.mate_chromosome != here:
        return None
    own, mate = (junction.position, junction.side), (junction.mate_position, junction.mate_side)
    (low, below), (high, above) = sorted((own, mate))
    if (below, above) == ("+", "-") and low + 1 < high:
        return Stretch(DELETED, here, low + 1, high - 1)
    if (below, above) == ("-", "+"):
        return Stretch(DUPLICATED, here, low, high)
    return None


def with_inner_events(
    case: Case, vocabulary: Vocabulary, genome: Reference, of: frozenset[str] | None = None
) -> Case:
    """The case with the events that its structural variants within one gene amount to.

    One that is known already, as stated or by another caller, is not told twice.

    Parameters
    ----------
    of : frozenset of str or None
        Assemblies whose junctions are looked at; None for all.
    """
    known = {(a.label, a.sample) for a in case.alterations if isinstance(a, GeneEvent)}
    events: list[GeneEvent] = []
    notices: list[str] = []
    unplaced = 0
    for junction in case.junctions:
        stretch = stretch_of(junction)
        if stretch is None or junction.filters or (of is not None and junction.assembly not in of):
            continue
        placed = _placed(stretch, junction.assembly, genome)
        if placed is None:
            unplaced += 1
            continue
        for event in _events(placed, junction, vocabulary, genome):
            if known.isdisjoint({(event.label, event.sample), (event.label, "")}):
                known.add((event.label, event.sample))
                events.append(event)
                # The gene stands alone, so that a notice of one that is withheld is known by it.
                notices.append(f"{event.gene}: {event.label}, worked out here of a {stretch}")
    if unplaced:
        notices.append(
            f"{unplaced} structural variants have no place on {genome.assembly}, or their file "
            "states no assembly: events inside one gene were not looked for among them"
        )
    if not notices:
        return case
    return msgspec.structs.replace(
        case,
        alterations=(*case.alterations, *events),
        notices=tuple(dict.fromkeys((*case.notices, *notices))),
    )


def _events(
    stretch: Stretch, junction: Junction, vocabulary: Vocabulary, genome: Reference
) -> Iterator[GeneEvent]:
    for gene, event, first, last in _found(stretch, junction.inserted, vocabulary, genome):
        yield GeneEvent(
            gene=gene,
            event=event,
            first_exon=first,
            last_exon=last,
            origin=junction.origin,
            sample=junction.sample,
            vaf=junction.vaf,
        )


def _found(
    stretch: Stretch, inserted: str, vocabulary: Vocabulary, genome: Reference
) -> tuple[Found, ...]:
    where = stretch.chromosome, stretch.first, stretch.last
    match stretch.what:
        case "deletion":
            lost = lost_exons(genome, vocabulary, *where)
            return tuple(_skipped(one, vocabulary) for one in lost)
        case "duplication":
            whole = duplicated_exons(genome, vocabulary, *where)
            return whole or tandem_duplication(
                genome, vocabulary, *where, added=len(inserted), doubled=True
            )
        case _:
            return tandem_duplication(
                genome, vocabulary, *where, added=len(inserted), doubled=False
            )


def _skipped(found: Found, vocabulary: Vocabulary) -> Found:
    """An exon known to be skipped, taken out of the gene, is missing from the RNA as well."""
    symbol, _, first, last = found
    gene = vocabulary.gene(symbol)
    if gene and first == last and first in gene.skipped_exons:
        return symbol, Event.SKIPPING, first, last
    return found


def lifted_end(
    genome: Reference, assembly: str, chromosome: str, position: int, side: str
) -> tuple[str, int, str] | None:
    """One end of a junction on the genome at hand; None where it has no place there."""
    lifted = genome.lift(assembly, chromosome, position)
    if lifted is None:
        return None
    turned = side if lifted.strand > 0 else {"+": "-", "-": "+"}[side]
    return lifted.chromosome, lifted.position, turned


def _placed(stretch: Stretch, assembly: str, genome: Reference) -> Stretch | None:
    """The stretch on the genome at hand; None where it has no place there."""
    if assembly == genome.assembly:
        return stretch
    if assembly not in genome.lifts_from:
        return None
    ends = [genome.lift(assembly, stretch.chromosome, at) for at in (stretch.first, stretch.last)]
    one, other = ends
    if one is None or other is None:
        return None
    if (one.chromosome, one.strand) != (other.chromosome, other.strand):
        return None
    low, high = sorted((one.position, other.position))
    length = stretch.last - stretch.first
    if abs(high - low - length) > _LENGTHS_APART * length:
        return None
    return Stretch(stretch.what, one.chromosome, low, high)
