"""Hotspots from the files of cancerhotspots.org, or from answers of its API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onkos.errors import Unreadable
from onkos.model import Hotspot, Unread, Vocabulary
from onkos.sources.knowledge.json_file import read_json, unread_entry
from onkos.sources.patient.accounting import understood
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "gene": ("Hugo_Symbol",),
    "residue": ("Residue",),
    "changes": ("Variant_Amino_Acid",),
    "tumours": ("Tumor_Count",),
    "class": ("Class",),
}
REQUIRED = (("gene",), ("residue",), ("changes",), ("tumours",))

_ONE = re.compile(r"^([A-Z*])(\d+)$")
_RANGE = re.compile(r"^(\d+)(?:-(\d+))?$")
_SPLICE = "X"


def read_hotspots(path: Path, vocabulary: Vocabulary) -> Iterator[Hotspot | Unread]:
    """Hotspots of a file of residues: ``v2_multi_type_residue.txt``, ``v3_...``, Genome Nexus.

    Parameters
    ----------
    path : Path
        Tab-separated, plain or gzip; or ``.json``, as ``api/hotspots/single`` answers.
    vocabulary : Vocabulary
        Former symbols become those of today.

    Yields
    ------
    Hotspot or Unread
        Clusters in three dimensions come out unread: they are not counted by tumours.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    if path.suffix == ".json":
        yield from _of_answer(path, vocabulary)
        return
    with open_table(path, COLUMNS, REQUIRED) as table:
        yield from understood(table, lambda cells: _hotspot(table, cells, vocabulary))


def _hotspot(table: Table, cells: list[str], vocabulary: Vocabulary) -> Hotspot:
    if table.cell(cells, "class"):
        raise Rejected("class", "a cluster in three dimensions, which is not counted by tumours")
    changes = _changes(table.cell(cells, "changes"))
    total = table.whole(cells, "tumours")
    return _made(
        table.cell(cells, "gene"), table.cell(cells, "residue"), changes, total, vocabulary
    )


def _of_answer(path: Path, vocabulary: Vocabulary) -> Iterator[Hotspot | Unread]:
    """Hotspots of an answer of the API; each entry is one, or told as unread."""
    entries = read_json(path)
    if not isinstance(entries, list):
        raise Unreadable(path.name, ["no list of hotspots; give the answer of its API"])
    for number, entry in enumerate(entries, 1):
        try:
            yield _of_entry(entry, vocabulary)
        except ValueError as error:
            why = error if isinstance(error, Rejected) else Rejected("", str(error))
            yield unread_entry(path.name, number, why)


def _of_entry(entry: Any, vocabulary: Vocabulary) -> Hotspot:
    if not isinstance(entry, dict):
        raise Rejected("", "not a hotspot")
    changes, total = entry.get("variantAminoAcid"), entry.get("tumorCount")
    counted = isinstance(changes, dict) and all(type(n) is int for n in changes.values())
    gene, residue = str(entry.get("hugoSymbol") or ""), str(entry.get("residue") or "")
    if not isinstance(changes, dict) or not counted or type(total) is not int:
        raise Rejected("changes", "not changes with their tumours", text=f"{gene} {residue}")
    return _made(gene, residue, changes, total, vocabulary)


def _made(
    gene: str, residue: str, changes: dict[str, int], total: int | None, vocabulary: Vocabulary
) -> Hotspot:
    if not gene:
        raise Rejected("gene", "names no gene", remedy="fill in the gene")
    first, last, reference = _place(residue)
    if total != sum(changes.values()):
        reason = f"{total} tumours, but {sum(changes.values())} in the single changes"
        raise Rejected("tumours", reason, remedy="get the file again")
    symbol = vocabulary.symbol_by_name.get(gene.upper(), gene)
    return Hotspot(gene=symbol, first=first, last=last, reference=reference, changes=changes)


def _place(text: str) -> tuple[int, int, str]:
    """First and last residue, and the letter of a single one; none for a splice site."""
    one = _ONE.match(text)
    if one:
        letter = "" if one[1] == _SPLICE else one[1]
        return int(one[2]), int(one[2]), letter
    several = _RANGE.match(text)
    if several:
        return int(several[1]), int(several[2] or several[1]), ""
    remedy = "write it as V600, X187 or 745-759"
    raise Rejected("residue", "not a residue", text=text, remedy=remedy)


def _changes(text: str) -> dict[str, int]:
    """``"E:833|K:24"`` as tumours by change."""
    found: dict[str, int] = {}
    for part in text.split("|"):
        change, _, number = part.rpartition(":")
        if not change or not number.isascii() or not number.isdigit() or change in found:
            remedy = "write changes as E:833|K:24"
            raise Rejected("changes", "not changes with their tumours", text=text, remedy=remedy)
        found[change] = int(number)
    return found
