"""Structural variants inside one gene: duplicated and lost exons, tandem duplications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from onkos.annotate.cut import Place, cuts
from onkos.annotate.events import duplicated_exons, lost_exons, tandem_duplication
from onkos.model import Case, Event, GeneEvent, Junction, Origin, Vocabulary
from onkos.model.reference import Reference

DELETED, DUPLICATED, INSERTED = "deletion", "duplication", "insertion"
_KINDS = frozenset({"DEL", "DUP", "BND"})
NOT_UNDERSTOOD = "structural variant: inside a known gene, not understood"
SAME_EVENT = "same event, another row"
# A stretch that another assembly holds in another length is not the same stretch.
_LENGTHS_APART = 0.01

Named = tuple[str, Event, int, int]


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

    One that is known already, as stated or by another caller, is not told twice. A known gene of
    which a variant is not understood is left open.

    Parameters
    ----------
    of : frozenset of str or None
        Assemblies whose junctions are looked at; None for all.
    """
    found = _Found(case, vocabulary, genome)
    for junction in case.junctions:
        if not junction.filters and (of is None or junction.assembly in of):
            found.take(junction)
    return found.case()


def told_here(
    case: Case, vocabulary: Vocabulary, genome: Reference, of: frozenset[str]
) -> dict[int, str]:
    """By the identity of a junction: empty where it is told as an event, else why it is not."""
    found = _Found(case, vocabulary, genome)
    read = {
        id(one): found.take(one)
        for one in case.junctions
        if not one.filters
        and one.assembly in of
        and not (case.withholds_germline and one.origin is Origin.GERMLINE)
    }
    return {at: reason for at, reason in read.items() if reason is not None}


class _Found:
    """Gathers what the junctions of one case do within genes."""

    def __init__(self, case: Case, vocabulary: Vocabulary, genome: Reference) -> None:
        self._case, self._words, self._genome = case, vocabulary, genome
        self._known = {(a.label, a.sample) for a in case.alterations if isinstance(a, GeneEvent)}
        self._events: list[GeneEvent] = []
        self._notices: list[str] = []
        self._open: dict[str, str] = {}
        self._unplaced = 0

    def take(self, junction: Junction) -> str | None:
        """Read one junction: empty where an event is told of it, else why none; None: nothing."""
        stretch = stretch_of(junction)
        events: tuple[GeneEvent, ...] = ()
        if stretch is not None:
            placed = _placed(stretch, junction.assembly, self._genome)
            if placed is None:
                self._unplaced += 1
                return None
            events = tuple(_events(placed, junction, self._words, self._genome))
        before = len(self._events)
        for event in events:
            self._add(event, f"worked out here of a {stretch}")
        found = [*events, *self._cut(junction, {one.gene for one in events})]
        if len(self._events) > before:
            return ""
        if any(isinstance(one, GeneEvent) for one in found):
            return SAME_EVENT
        return NOT_UNDERSTOOD if found else None

    def _add(self, event: GeneEvent, how: str) -> None:
        if self._known.isdisjoint({(event.label, event.sample), (event.label, "")}):
            self._known.add((event.label, event.sample))
            self._events.append(event)
            # The gene stands alone, so that a notice of one that is withheld is known by it.
            self._notices.append(f"{event.gene}: {event.label}, {how}")

    def _cut(self, junction: Junction, told: set[str]) -> Iterator[GeneEvent | str]:
        """Events of genes that are cut, and genes of which that is not understood."""
        ends = _ends(junction, self._genome)
        for one in cuts(ends, self._genome, self._words) if ends else ():
            if one.gene in told:
                continue
            if one.event is not None:
                event = _event(junction, one.gene, one.event, one.first, one.last)
                self._add(event, f"worked out here of {junction.place}: {one.said}")
                yield event
                continue
            yield one.gene
            if junction.origin is Origin.GERMLINE and self._case.withholds_germline:
                continue
            why = f"{one.said} ({junction.place}), which is not understood"
            self._open.setdefault(one.gene, f"{one.gene}: {why}")
            self._notices.append(f"{one.gene}: {why}: nothing is concluded from an absence in it")

    def case(self) -> Case:
        """The case with all of it."""
        if self._unplaced:
            self._notices.append(
                f"{self._unplaced} structural variants have no place on {self._genome.assembly}, "
                "or their file states no assembly: events inside one gene were not looked for "
                "among them"
            )
        if not self._notices:
            return self._case
        lost = {g: why for g, why in self._open.items() if self._loses(g)}
        return msgspec.structs.replace(
            self._case,
            alterations=(*self._case.alterations, *self._events),
            notices=tuple(dict.fromkeys((*self._case.notices, *self._notices))),
            open_genes={**lost, **self._case.open_genes},
            open_structures={**self._open, **self._case.open_structures},
        )

    def _loses(self, symbol: str) -> bool:
        gene = self._words.gene(symbol)
        return gene is not None and gene.suppressor


def _ends(junction: Junction, genome: Reference) -> tuple[Place, Place] | None:
    """Both ends on the genome at hand; None where one has no place."""
    if not junction.mate_chromosome:
        return None
    own = (junction.chromosome, junction.position, junction.side)
    mate = (junction.mate_chromosome, junction.mate_position, junction.mate_side)
    if junction.assembly != genome.assembly:
        if junction.assembly not in genome.lifts_from:
            return None
        lifted = [lifted_end(genome, junction.assembly, *end) for end in (own, mate)]
        one, other = lifted
        return (Place(*one), Place(*other)) if one and other else None
    return Place(*own), Place(*mate)


def _events(
    stretch: Stretch, junction: Junction, vocabulary: Vocabulary, genome: Reference
) -> Iterator[GeneEvent]:
    for gene, event, first, last in _found(stretch, junction.inserted, vocabulary, genome):
        yield _event(junction, gene, event, first, last)


def _event(junction: Junction, gene: str, event: Event, first: int, last: int) -> GeneEvent:
    return GeneEvent(
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
) -> tuple[Named, ...]:
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


def _skipped(found: Named, vocabulary: Vocabulary) -> Named:
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
