"""Reference proteins for ``onkos knowledge lint``, read from a tab-separated file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from onkos.errors import Unreadable

GENE = frozenset({"gene", "symbol", "hugo_symbol", "gene_symbol", "genename"})
SEQUENCE = frozenset({"sequence", "protein", "aminoacids", "amino_acids"})
# The longest human protein, titin, has 35,991 residues.
LONGEST_CELL = 200_000


def read_proteins(path: Path) -> dict[str, list[str]]:
    """Sequences by gene; a gene may have several.

    Parameters
    ----------
    path : Path
        With a header that names a column of genes and one of sequences, in any order;
        or without a header, gene first and sequence second.

    Raises
    ------
    Unreadable
        Where the file has neither, or is not text.
    """
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _sequences(csv.reader(file, delimiter="\t"), path.name)
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise Unreadable(path.name, [f"not tab-separated text ({type(error).__name__})"]) from error


def _sequences(rows: Iterator[list[str]], name: str) -> dict[str, list[str]]:
    first = next(rows, [])
    gene, sequence = _columns(first, name)
    table: dict[str, list[str]] = {}
    if not _header(first):
        table[first[gene]] = [first[sequence]]
    for row in rows:
        if len(row) > max(gene, sequence) and row[sequence].isalpha():
            table.setdefault(row[gene], []).append(row[sequence])
    return table


def _header(first: list[str]) -> bool:
    return any(_word(cell) in SEQUENCE for cell in first)


def _columns(first: list[str], name: str) -> tuple[int, int]:
    if not _header(first):
        if len(first) == 2 and first[1].isalpha():
            return 0, 1
        raise Unreadable(name, ["no header with a gene and a sequence, nor two columns of them"])
    words = [_word(cell) for cell in first]
    genes = [at for at, word in enumerate(words) if word in GENE]
    if not genes:
        raise Unreadable(name, ["line 1: no column of genes; name one 'gene' or 'symbol'"])
    return genes[0], next(at for at, word in enumerate(words) if word in SEQUENCE)


def _word(cell: str) -> str:
    return cell.strip().lstrip("# ").casefold().replace(" ", "_")
