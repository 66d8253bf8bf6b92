"""Functional studies of single changes, from a table of the user's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onkos.model import FunctionalStudy, Unread, Vocabulary
from onkos.model.protein import parse_protein
from onkos.sources.patient.accounting import understood
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "gene": ("gene", "Hugo_Symbol", "SYMBOL"),
    "change": ("change", "protein", "HGVSp_Short", "HGVSp"),
    "effect": ("effect",),
    "source": ("source", "pmid", "doi"),
}
REQUIRED = (("gene",), ("change",), ("effect",), ("source",))

_EFFECTS = {"damaging": True, "oncogenic": True, "neutral": False, "benign": False}


def read_studies(path: Path, vocabulary: Vocabulary) -> Iterator[FunctionalStudy | Unread]:
    """Studies of a tab-separated table with gene, change, effect and source.

    The effect is ``damaging`` or ``neutral``. A study without a source does not count.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    with open_table(path, COLUMNS, REQUIRED) as table:
        yield from understood(table, lambda cells: _study(table, cells, vocabulary))


def _study(table: Table, cells: list[str], vocabulary: Vocabulary) -> FunctionalStudy:
    told = {name: table.cell(cells, name) for name in COLUMNS}
    for name, text in told.items():
        if not text:
            raise Rejected(name, f"names no {name}", remedy=f"fill in the {name}")
    damaging = _EFFECTS.get(told["effect"].casefold())
    if damaging is None:
        remedy = "write damaging or neutral"
        raise Rejected("effect", "not a known effect", text=told["effect"], remedy=remedy)
    try:
        change = parse_protein(told["change"].rpartition(":")[2]).text
    except ValueError as error:
        remedy = "write it as H123R"
        raise Rejected("change", "not a protein change", text=told["change"], remedy=remedy) from (
            error
        )
    gene = vocabulary.symbol_by_name.get(told["gene"].upper(), told["gene"])
    return FunctionalStudy(gene=gene, change=change, damaging=damaging, source=told["source"])
