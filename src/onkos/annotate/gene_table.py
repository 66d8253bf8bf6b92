"""Genes at a place: of the user's reference, and where it has none, of the built-in table."""

from __future__ import annotations

from collections.abc import Iterable

from onkos.model import GenePlace, Vocabulary
from onkos.model.reference import NO_REFERENCE, Lifted, Reference, Transcript

_TABLES: dict[tuple[int, str], tuple[Vocabulary, dict[str, tuple[Transcript, ...]]]] = {}


class Genes:
    """A reference whose gaps the built-in table fills; the table alone where there is none.

    Bases and lengths are the reference's own. Exons are those of one transcript of each gene;
    a gene whose exons are not held has one, from end to end.

    Parameters
    ----------
    assembly : str
        Of the places that are asked for.
    reference : Reference
        Of the same assembly, or none.
    """

    def __init__(
        self, assembly: str, vocabulary: Vocabulary, reference: Reference = NO_REFERENCE
    ) -> None:
        self.assembly = assembly
        self._reference = reference
        self._table = _table(vocabulary, assembly)
        self._reach = {p.symbol: p.reach.get(assembly) for p in vocabulary.places if p.reach}

    @property
    def told(self) -> str:
        """Whose genes these are."""
        return "the reference" if self._reference.assembly else "the built-in table"

    def source(self, transcript: Transcript) -> str:
        """Whose a transcript is that was found here."""
        known = transcript in self._table.get(transcript.chromosome, ())
        return "the built-in table" if known else "the reference"

    @property
    def lifts_from(self) -> tuple[str, ...]:
        """Those of the reference."""
        return self._reference.lifts_from

    def length(self, chromosome: str) -> int:
        """Bases of a chromosome; 0 without a reference."""
        return self._reference.length(chromosome)

    def sequence(self, chromosome: str, start: int, end: int) -> str:
        """Bases; empty without a reference."""
        return self._reference.sequence(chromosome, start, end)

    def transcripts_of(self, chromosome: str, start: int, end: int) -> tuple[Transcript, ...]:
        """Transcripts of the reference there, else of the table."""
        found = self._reference.transcripts_of(chromosome, start, end)
        if found:
            return found
        table = self._table.get(chromosome, ())
        return tuple(t for t in table if _meets(t, self._reach.get(t.gene), start, end))

    def lift(self, assembly: str, chromosome: str, position: int) -> Lifted | None:
        """Where a place of another assembly lies on this one; None where it does not."""
        return self._reference.lift(assembly, chromosome, position)


def genes_on(assembly: str, vocabulary: Vocabulary, reference: Reference) -> Genes | None:
    """What tells the genes at places of an assembly; None where nothing does.

    A reference of another assembly serves where it has the chain between them.
    """
    if reference.assembly and assembly in {reference.assembly, *reference.lifts_from}:
        return Genes(reference.assembly, vocabulary, reference)
    known = any(assembly in place.spans for place in vocabulary.places) if assembly else False
    return Genes(assembly, vocabulary) if known else None


def _meets(one: Transcript, reach: tuple[int, int] | None, start: int, end: int) -> bool:
    """Whether a stretch meets a gene, other transcripts of it included."""
    low, high = reach or (one.start, one.end)
    return min(low, one.start) <= end and start <= max(high, one.end)


def _table(vocabulary: Vocabulary, assembly: str) -> dict[str, tuple[Transcript, ...]]:
    key = id(vocabulary), assembly
    kept = _TABLES.get(key)
    if kept is None or kept[0] is not vocabulary:
        _TABLES.clear()
        kept = _TABLES[key] = vocabulary, _made(vocabulary.places, assembly)
    return kept[1]


def _made(places: Iterable[GenePlace], assembly: str) -> dict[str, tuple[Transcript, ...]]:
    by_chromosome: dict[str, list[Transcript]] = {}
    for place in places:
        if assembly in place.spans and place.strand:
            by_chromosome.setdefault(place.chromosome, []).append(_transcript(place, assembly))
    return {name: tuple(own) for name, own in by_chromosome.items()}


def _transcript(place: GenePlace, assembly: str) -> Transcript:
    exons = place.exons(assembly) if place.whole else ()
    exons = exons or (place.spans[assembly],)
    return Transcript(
        id=place.transcript or place.symbol,
        gene=place.symbol,
        chromosome=place.chromosome,
        strand=place.strand,
        exons=exons if place.strand > 0 else exons[::-1],
        coding=place.coding.get(assembly) if place.whole else None,
        mane=True,
    )
