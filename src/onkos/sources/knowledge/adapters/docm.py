"""DoCM, the Database of Curated Mutations: changes by their places on GRCh37, and their papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onkos.model import PlacedChange, Unread, Vocabulary
from onkos.model.protein import parse_protein
from onkos.sources.patient.accounting import understood
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "hgvs": ("hgvs",),
    "chromosome": ("chromosome",),
    "start": ("start",),
    "reference": ("read",),
    "alternate": ("variant",),
    "assembly": ("reference_version",),
    "gene": ("gene",),
    "protein": ("amino_acid",),
    "papers": ("pubmed_sources",),
}
REQUIRED = tuple((name,) for name in COLUMNS if name != "papers")
_ASSEMBLIES = ("GRCh37", "GRCh38")


def read(path: Path, vocabulary: Vocabulary) -> Iterator[PlacedChange | Unread]:
    """Known changes of ``variants.tsv``, plain or gzip.

    They are said to be recurrent or of consequence, not to answer to a drug, and become no claims.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    with open_table(path, COLUMNS, REQUIRED) as table:
        yield from understood(table, lambda cells: _change(table, cells, vocabulary))


def _change(table: Table, cells: list[str], vocabulary: Vocabulary) -> PlacedChange:
    told = {name: table.cell(cells, name) for name in COLUMNS}
    said = f"{told['gene']} {told['protein']} ({told['hgvs']})"
    start = table.whole(cells, "start")
    if told["assembly"] not in _ASSEMBLIES or not start:
        raise Rejected("assembly", "no place on GRCh37 or GRCh38", text=said)
    try:
        protein = parse_protein(told["protein"])
    except ValueError:
        raise Rejected("protein", "no change of a protein that can be told", text=said) from None
    transcript, _, coding = told["hgvs"].partition(":")
    reference, alternate = (told[n].strip("-").upper() for n in ("reference", "alternate"))
    papers = told["papers"].split(",")
    try:
        return PlacedChange(
            gene=vocabulary.symbol_by_name.get(told["gene"].upper(), told["gene"]),
            chromosome=told["chromosome"].removeprefix("chr"),
            grch37=start if told["assembly"] == "GRCh37" else 0,
            grch38=start if told["assembly"] == "GRCh38" else 0,
            reference=reference,
            alternate=alternate,
            protein=protein.text,
            coding=coding,
            consequence=protein.consequence,
            first=protein.first,
            last=protein.last,
            transcript=transcript,
            source=f"DoCM:PMID{papers[0]}" if papers[0] else "DoCM",
            added=True,
        )
    except ValueError as error:
        raise Rejected("reference", str(error), text=said) from None
