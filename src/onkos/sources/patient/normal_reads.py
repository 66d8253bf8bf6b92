"""What the reads of the patient's normal sample say of a change."""

from __future__ import annotations

from collections.abc import Mapping

from onkos.sources.patient.maf_reads import Reads
from onkos.sources.patient.tables import Rejected, Table

NOTHING = Reads(None, None, None)


def normal_reads_of(table: Table, cells: list[str]) -> Reads:
    """Reads of the normal in a row of a MAF; nothing where the row does not tell them.

    A fraction alone counts only beside a depth: of few reads it says nothing.
    """
    try:
        alternate, depth = table.whole(cells, "normal_alt"), table.whole(cells, "normal_depth")
        others = table.whole(cells, "normal_ref")
        fraction = _fraction(table, cells)
    except Rejected:
        return NOTHING
    if depth is None and alternate is not None and others is not None:
        depth = alternate + others
    if alternate is None and depth and others is None and fraction is not None:
        alternate = round(fraction * depth)
    if not depth or alternate is None or alternate > depth:
        return NOTHING
    return Reads(alternate, depth, alternate / depth)


def _fraction(table: Table, cells: list[str]) -> float | None:
    for name, scale in (("normal_vaf", 1.0), ("normal_percent", 100.0)):
        value = table.number(cells, name)
        if value is not None:
            return value / scale if 0 <= value <= scale else None
    return None


def in_normal(normal: Reads, tumour: Reads, limits: Mapping[str, float]) -> bool:
    """Whether the normal sample carries the change as an inherited one is carried.

    So few of its reads that tumour cells in the normal may have brought them do not tell.

    >>> limits = {"normal_least_depth": 10, "normal_inherited_from": 0.25,
    ...           "tumour_in_normal_most": 0.3}
    >>> in_normal(Reads(50, 100, 0.5), Reads(95, 100, 0.95), limits)
    True
    >>> in_normal(Reads(27, 100, 0.27), Reads(95, 100, 0.95), limits)
    False
    """
    if not normal.depth or normal.alternate is None or "normal_least_depth" not in limits:
        return False
    share = normal.alternate / normal.depth
    enough = normal.depth >= limits["normal_least_depth"]
    brought = limits["tumour_in_normal_most"] * (tumour.fraction or 0.0)
    return enough and share >= limits["normal_inherited_from"] and share > brought
