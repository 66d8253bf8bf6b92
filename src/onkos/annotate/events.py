"""Events inside one gene that a small change or a duplicated stretch amounts to."""

from __future__ import annotations

from onkos.annotate.consequence import Effect
from onkos.annotate.layout import Layout
from onkos.criteria.structures import TANDEM
from onkos.model import Consequence, Event, Gene, GeneEvent, SmallVariant, Vocabulary
from onkos.model.criterion import EventIs, atoms
from onkos.model.reference import Reference, Transcript

_LONGER = frozenset({Consequence.INFRAME_INSERTION, Consequence.DELINS})


def event_of(variant: SmallVariant, effect: Effect, gene: Gene | None) -> GeneEvent | None:
    """The event that a described variant is, by what the knowledge says of its gene.

    An in-frame insertion where the gene has its tandem duplications is one of them; an essential
    splice site of an exon that is known to be skipped, once hit, skips it.
    """
    if gene is None:
        return None
    span = gene.domains.get(TANDEM)
    longer = len(variant.alternate) > len(variant.reference)
    if span and effect.kind in _LONGER and longer:
        inside = effect.first <= span[1] and span[0] <= effect.last
        return _event(variant, Event.ITD, 0) if inside else None
    for site in effect.sites:
        if site.exon in gene.skipped_exons:
            return _event(variant, Event.SKIPPING, site.exon)
    return None


def _event(variant: SmallVariant, event: Event, exon: int) -> GeneEvent:
    return GeneEvent(
        gene=variant.gene,
        event=event,
        first_exon=exon,
        last_exon=exon,
        origin=variant.origin,
        sample=variant.sample,
        vaf=variant.vaf,
    )


def duplicated_exons(
    genome: Reference, vocabulary: Vocabulary, chromosome: str, start: int, end: int
) -> tuple[tuple[str, Event, int, int], ...]:
    """Partial tandem duplications that a duplicated stretch makes: gene, event, exons.

    Parameters
    ----------
    start, end : int
        First and last duplicated base, from 1; both lie within the gene.
    """
    known = _genes_with(Event.PTD, vocabulary)
    found = []
    for transcript in speakers(genome, chromosome, start, end):
        whole = whole_exons(transcript, start, end)
        inside = transcript.start <= start and end <= transcript.end
        symbol = vocabulary.symbol_by_name.get(transcript.gene.upper(), transcript.gene)
        if symbol in known and inside and whole:
            found.append((symbol, Event.PTD, whole[0], whole[-1]))
    return tuple(found)


def lost_exons(
    genome: Reference, vocabulary: Vocabulary, chromosome: str, start: int, end: int
) -> tuple[tuple[str, Event, int, int], ...]:
    """Exons that a deleted stretch within a known gene takes out: gene, event, exons."""
    found = []
    for transcript in speakers(genome, chromosome, start, end):
        whole = whole_exons(transcript, start, end)
        inside = transcript.start < start and end < transcript.end
        symbol = vocabulary.symbol_by_name.get(transcript.gene.upper(), transcript.gene)
        if inside and whole and vocabulary.gene(symbol):
            found.append((symbol, Event.EXONS_LOST, whole[0], whole[-1]))
    return tuple(found)


def tandem_duplication(
    genome: Reference,
    vocabulary: Vocabulary,
    chromosome: str,
    start: int,
    end: int,
    *,
    added: int,
    doubled: bool,
) -> tuple[tuple[str, Event, int, int], ...]:
    """Internal tandem duplications that a doubled stretch, or inserted bases, make.

    Both ends lie in the exons in which the knowledge has the gene's tandem duplications, and the
    bases that the transcript gains keep its frame.

    Parameters
    ----------
    added : int
        Bases put in besides.
    doubled : bool
        Whether the stretch itself is there twice.
    """
    found = []
    for transcript in speakers(genome, chromosome, start, end):
        symbol = vocabulary.symbol_by_name.get(transcript.gene.upper(), transcript.gene)
        gene = vocabulary.gene(symbol)
        span = gene.domains.get(TANDEM) if gene else None
        if span is None or not transcript.coding:
            continue
        layout = Layout(transcript, genome)
        gained = added + doubled * _exonic_bases(transcript, start, end)
        if gained and gained % 3 == 0 and _within(layout, span, start, end):
            found.append((symbol, Event.ITD, 0, 0))
    return tuple(found)


def _within(layout: Layout, span: tuple[int, int], start: int, end: int) -> bool:
    """Whether both ends lie in exons that hold residues of the span."""
    ends = sorted((layout.place(start), layout.place(end)))
    if any(place.offset for place in ends):
        return False
    first, last = (layout.first - layout.pad + 3 * (residue - 1) for residue in span)
    numbers = {place.exon for place in ends}
    sizes = [high - low + 1 for low, high in layout.transcript.exons]
    at, holding = 0, set[int]()
    for number, size in enumerate(sizes, 1):
        if at <= last + 2 and first <= at + size - 1:
            holding.add(number)
        at += size
    return numbers <= holding


def _exonic_bases(transcript: Transcript, start: int, end: int) -> int:
    return sum(max(0, min(high, end) - max(low, start) + 1) for low, high in transcript.exons)


def speakers(genome: Reference, chromosome: str, start: int, end: int) -> list[Transcript]:
    """One transcript for each gene: MANE Select, else the canonical one."""
    best: dict[str, Transcript] = {}
    for one in genome.transcripts_of(chromosome, start, end):
        kept = best.get(one.gene)
        if kept is None or (one.mane, one.canonical) > (kept.mane, kept.canonical):
            best[one.gene] = one
    return list(best.values())


def whole_exons(transcript: Transcript, start: int, end: int) -> list[int]:
    """Numbers of the exons between two bases, both included."""
    exons = enumerate(transcript.exons, 1)
    return [number for number, (low, high) in exons if start <= low and high <= end]


def _genes_with(event: Event, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(
        gene.symbol
        for gene in vocabulary.genes
        for change in gene.changes
        for when in change.when
        for atom in atoms(when)
        if isinstance(atom, EventIs) and atom.event is event
    )
