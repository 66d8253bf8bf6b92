"""Known changes of the user's own, from a MAF or a table with places and HGVS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onkos.errors import Unreadable
from onkos.model import PlacedChange, SmallVariant, Unread, Vocabulary
from onkos.model.placed import least
from onkos.model.protein import same_change
from onkos.sources.patient.maf import read_maf
from onkos.sources.patient.maf_words import COLUMNS
from onkos.sources.patient.observed import Observed

# Besides the names of the MAF dialects, those that a table made by hand has.
_COLUMNS = {
    **COLUMNS,
    "gene": (*COLUMNS["gene"], "Gene"),
    "build": (*COLUMNS["build"], "Assembly"),
    "sample": (),  # whose change it was does not matter
}


def read_changes(
    path: Path, vocabulary: Vocabulary, assembly: str = ""
) -> tuple[tuple[PlacedChange, ...], tuple[Unread, ...]]:
    """Changes with a place and a description; the rest is told as unread.

    Silent changes, and those that a filter marks, are left out. Of one place and its bases that
    rows describe in two ways, neither counts.

    Parameters
    ----------
    path : Path
        Tab-separated: ``Chromosome``, ``Start``, ``Ref``, ``Alt``, ``Gene``, ``HGVSc``,
        ``HGVSp``, or any MAF.
    assembly : str
        Of rows that do not name theirs.

    Raises
    ------
    Unreadable
        Where the file is none, or rows name no assembly and none was stated.
    """
    observed = Observed()
    for one in read_maf(path, vocabulary, columns=_COLUMNS).values():
        observed.add(one)
    placed = [v for v in observed.alterations if isinstance(v, SmallVariant) and _is_placed(v)]
    if not assembly and any(not variant.assembly for variant in placed):
        raise Unreadable(
            path.name, ["rows name no assembly; add a column Assembly, or state it for the table"]
        )
    by_place: dict[tuple[object, ...], list[PlacedChange]] = {}
    for change in _changes(placed, path.name, assembly):
        place = (change.chromosome, change.grch37, change.grch38, *_bases(change))
        by_place.setdefault(place, []).append(change)
    kept = [rows[0] for rows in by_place.values() if all(_same(rows[0], one) for one in rows[1:])]
    twice = [
        Unread(
            source=path.name,
            text=f"{rows[0].chromosome}:{rows[0].grch37 or rows[0].grch38}",
            reason="rows describe one change in two ways",
            remedy="keep the right one",
        )
        for rows in by_place.values()
        if not all(_same(rows[0], one) for one in rows[1:])
    ]
    return tuple(kept), (*observed.unread, *twice)


def _is_placed(variant: SmallVariant) -> bool:
    told = variant.protein or variant.coding
    changed = variant.reference != variant.alternate
    return bool(variant.position and variant.chromosome and variant.gene and told and changed)


def _changes(variants: list[SmallVariant], source: str, assembly: str) -> Iterator[PlacedChange]:
    for variant in variants:
        start, reference, alternate = _least(variant)
        of = variant.assembly or assembly
        yield PlacedChange(
            gene=variant.gene,
            chromosome=variant.chromosome,
            grch38=start if of == "GRCh38" else 0,
            grch37=start if of == "GRCh37" else 0,
            reference=reference,
            alternate=alternate,
            protein=variant.protein,
            coding=variant.coding,
            consequence=variant.consequence,
            first=variant.first,
            last=variant.last,
            transcript=variant.transcript,
            source=source,
            added=True,
        )


def _least(variant: SmallVariant) -> tuple[int, str, str]:
    """First base and bases, those that both alleles share left out."""
    reference = variant.reference.strip("-").upper()
    alternate = variant.alternate.strip("-").upper()
    return least(variant.position + (not reference), reference, alternate)


def _bases(change: PlacedChange) -> tuple[str, str]:
    return change.reference, change.alternate


def _same(one: PlacedChange, other: PlacedChange) -> bool:
    if one.gene != other.gene:
        return False
    if one.protein and other.protein:
        return same_change(one.protein, other.protein)
    return one.protein == other.protein and one.coding == other.coding
