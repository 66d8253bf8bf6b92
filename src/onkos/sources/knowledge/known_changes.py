"""The built-in table of known changes of DNA."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Consequence, Gene, PlacedChange
from onkos.model.protein import parse_protein
from onkos.sources.knowledge.entries import Entries, Problems, Table

_NONE = "-"
_COLUMNS = 8


def read_known_changes(
    entries: Entries, genes: tuple[Gene, ...], problems: Problems
) -> tuple[PlacedChange, ...]:
    """All changes of the table, each gene checked against the vocabulary."""
    known = {gene.symbol: gene for gene in genes}
    found: list[PlacedChange] = []
    for table, where in entries.get("known_changes", []):
        for gene, rows in table.items():
            if gene not in known:
                problems.add(where, f"{gene!r} is not a gene of the vocabulary")
                continue
            try:
                found += _of_gene(gene, rows, known[gene].length)
            except (ValueError, KeyError) as error:
                problems.add(f"{where} [{gene}]", error)
    return tuple(found)


def _of_gene(gene: str, rows: Table, length: int) -> Iterator[PlacedChange]:
    for line in rows["changes"].split("\n"):
        cells = line.split()
        if not cells:
            continue
        if len(cells) != _COLUMNS:
            raise ValueError(f"{line!r} has {len(cells)} columns, not {_COLUMNS}")
        protein, coding, new, old, reference, alternate, moves, source = (
            "" if cell == _NONE else cell for cell in cells
        )
        change = parse_protein(protein) if protein else None
        if change and length and change.first > length + 1:
            raise ValueError(f"{protein} lies beyond its {length} residues")
        yield PlacedChange(
            gene=gene,
            chromosome=rows["chromosome"],
            grch38=int(new),
            grch37=int(old),
            reference=reference,
            alternate=alternate,
            protein=change.text if change else "",
            coding=coding,
            consequence=change.consequence if change else Consequence.PROMOTER,
            first=change.first if change else 0,
            last=change.last if change else 0,
            transcript=rows["transcript"],
            moves=int(moves),
            source=source,
        )
