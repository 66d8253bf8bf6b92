"""Where genes lie on the assembly of the segments: of the user's reference, else built in."""

from __future__ import annotations

from typing import NamedTuple

from onkos.model import GenePlace, Vocabulary
from onkos.model.place import SEEN
from onkos.model.reference import Reference, Transcript

Span = tuple[int, int]


class Stretch(NamedTuple):
    """Where a gene lies: chromosome without ``chr``, first and last base from 1.

    Attributes
    ----------
    exons : tuple of pairs
        In the order of the genome; empty where they are not known.
    twice_in_men : bool
        It lies on both sex chromosomes.
    part : bool
        Only a part of the gene has a known place, and this is it.
    """

    chromosome: str
    start: int
    end: int
    exons: tuple[Span, ...] = ()
    twice_in_men: bool = False
    part: bool = False


def stretches(assembly: str, words: Vocabulary, reference: Reference) -> dict[str, Stretch]:
    """Genes of the vocabulary by symbol; those of unknown place on that assembly are left out.

    A transcript of the user's reference counts for more than the built-in table.
    """
    own = reference.assembly == assembly
    found = {}
    for place in words.places:
        span = place.spans.get(assembly)
        if span is None:
            continue
        gene = words.gene_by_symbol[place.symbol]
        told = _of(reference, place, span, words) if own else None
        start, end = (told.start, told.end) if told else span
        exons = tuple(sorted(told.exons)) if told else place.exons(assembly)
        both = place.chromosome == "X" and "Y" in gene.band
        found[place.symbol] = Stretch(
            place.chromosome, start, end, exons, both, not told and place.extent == SEEN
        )
    return found


def _of(reference: Reference, place: GenePlace, span: Span, words: Vocabulary) -> Transcript | None:
    best: Transcript | None = None
    for one in reference.transcripts_of(place.chromosome, *span):
        if words.symbol_by_name.get(one.gene.upper()) != place.symbol:
            continue
        if best is None or (one.mane, one.canonical) > (best.mane, best.canonical):
            best = one
    return best
