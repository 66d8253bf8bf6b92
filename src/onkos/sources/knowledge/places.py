"""Where the genes of the vocabulary lie, from the table of the knowledge."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Chromosome, Gene, GenePlace
from onkos.model.place import Span
from onkos.sources.knowledge.entries import Entries, Problems, Table

_STRANDS = {"+": 1, "-": -1, "": 0}
_FIRST, _SECOND = "GRCh38", "GRCh37"
_KNOWN = frozenset(
    {"chromosome", "strand", "extent", "transcript", _FIRST, _SECOND, "exons", "coding",
     "exons_GRCh37", "coding_GRCh37", "reach"}
)  # fmt: skip


def read_places(
    entries: Entries,
    genes: tuple[Gene, ...],
    chromosomes: tuple[Chromosome, ...],
    problems: Problems,
) -> tuple[GenePlace, ...]:
    """The places, each gene checked against the vocabulary and its chromosome's length."""
    on = {gene.symbol: gene.chromosome for gene in genes}
    lengths = {(one.assembly, one.name): one.length for one in chromosomes}
    found = []
    for table, where in entries.get("places", []):
        for symbol, row in table.items():
            try:
                place = _place(symbol, row)
            except (ValueError, KeyError, TypeError) as error:
                problems.add(f"{where} [{symbol}]", error)
                continue
            for problem in _wrong(place, on, lengths):
                problems.add(f"{where} [{symbol}]", problem)
            found.append(place)
    return tuple(found)


def _place(symbol: str, row: Table) -> GenePlace:
    if unknown := row.keys() - _KNOWN:
        raise ValueError(f"unknown words {sorted(unknown)}")
    spans: dict[str, Span] = {a: (row[a][0], row[a][1]) for a in (_FIRST, _SECOND) if a in row}
    exons, coding = {}, {}
    if "exons" in row:
        exons[_FIRST] = _spans(row["exons"])
        if "coding" in row:
            coding[_FIRST] = (row["coding"][0], row["coding"][1])
    if "exons_GRCh37" in row:
        exons[_SECOND] = _spans(row["exons_GRCh37"])
        if "coding_GRCh37" in row:
            coding[_SECOND] = (row["coding_GRCh37"][0], row["coding_GRCh37"][1])
    elif _FIRST in exons and _SECOND in spans:
        far = spans[_SECOND][0] - spans[_FIRST][0]
        exons[_SECOND] = tuple((a + far, b + far) for a, b in exons[_FIRST])
        if _FIRST in coding:
            coding[_SECOND] = coding[_FIRST][0] + far, coding[_FIRST][1] + far
    reach: dict[str, Span] = {}
    if "reach" in row:
        reach = {
            a: (row["reach"][0] + far, row["reach"][1] + far)
            for a, far in ((a, s[0] - spans[_FIRST][0]) for a, s in spans.items())
        }
    return GenePlace(
        symbol=symbol,
        chromosome=row["chromosome"],
        strand=_STRANDS[row.get("strand", "")],
        extent=row["extent"],
        transcript=row.get("transcript", ""),
        spans=spans,
        reach=reach,
        bounds={a: tuple(base for span in own for base in span) for a, own in exons.items()},
        coding=coding,
    )


def _spans(text: str) -> tuple[Span, ...]:
    pairs = (part.partition("-") for part in text.split())
    return tuple((int(a), int(b)) for a, _, b in pairs)


def _wrong(
    place: GenePlace, on: dict[str, str], lengths: dict[tuple[str, str], int]
) -> Iterator[str]:
    if place.symbol not in on:
        yield f"{place.symbol!r} is not a gene of the vocabulary"
    elif place.chromosome not in on[place.symbol].replace("/", " ").replace(",", " ").split():
        yield f"on chromosome {place.chromosome}, in its own entry {on[place.symbol]}"
    for assembly, (start, end) in place.spans.items():
        if not 1 <= start <= end:
            yield f"{assembly}: {start} to {end}"
        if end > lengths.get((assembly, place.chromosome), 0):
            yield f"{assembly}: {end} lies beyond the end of chromosome {place.chromosome}"
    for assembly in place.bounds:
        exons = place.exons(assembly)
        if not exons or (exons[0][0], exons[-1][1]) != place.spans[assembly]:
            yield f"{assembly}: the exons do not end where the gene does"
        if any(a > b for a, b in exons) or sorted(exons) != list(exons):
            yield f"{assembly}: an exon ends before it starts, or they are out of order"
