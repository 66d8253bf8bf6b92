"""Known genes that a record of a VCF lies in, or ends in, by its annotation or its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from onkos.model import Vocabulary
from onkos.sources.patient.sv_ends import ends_of
from onkos.sources.patient.symbols import chromosome_name
from onkos.sources.patient.tables import Rejected

if TYPE_CHECKING:
    from pysam import VariantRecord

Place = tuple[str, int]


class OpenEnds:
    """Finds genes by the annotation of a record, else by their built-in places.

    Parameters
    ----------
    assembly : str
        Of the records; empty where it is not told, for a gene's place on any.
    """

    def __init__(self, vocabulary: Vocabulary, assembly: str) -> None:
        self._names = vocabulary.symbol_by_name
        self._places = vocabulary.places
        self._assembly = assembly

    @cached_property
    def _spans(self) -> dict[str, list[tuple[int, int, str]]]:
        """First and last base of genes, by chromosome; made where a record asks."""
        spans: dict[str, list[tuple[int, int, str]]] = {}
        for place in self._places:
            own = spans.setdefault(place.chromosome, [])
            for name, (first, last) in place.spans.items():
                if self._assembly in {"", name}:
                    own.append((first, last, place.symbol))
        return spans

    def genes(self, record: VariantRecord, at: int, annotated: Sequence[str]) -> set[str]:
        """Known genes that one allele breaks, or may break."""
        named = {self._names[g.upper()] for g in annotated if g.upper() in self._names}
        return named or {
            symbol
            for chromosome, position in _places(record, at)
            for first, last, symbol in self._spans.get(chromosome, ())
            if first <= position <= last
        }


def _places(record: VariantRecord, at: int) -> list[Place]:
    here = (chromosome_name(record.contig), record.pos)
    if (record.alts or ())[at].isalpha():
        return [here]
    try:
        found = ends_of(record, (record.alts or ())[at])
    except Rejected:
        return [here]
    if isinstance(found, str):
        return []
    ends = [end for one in found for end in (one.own, one.mate) if end is not None]
    return [(end.chromosome, end.position) for end in ends]
