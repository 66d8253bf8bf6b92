"""What the reads of the patient's normal sample say of a change."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum

from onkos.model import Origin
from onkos.sources.patient.maf_reads import Reads
from onkos.sources.patient.tables import Rejected, Table

NOTHING = Reads(None, None, None)
_MANY = 20  # reads that no error makes in a tenth of them


class Normal(StrEnum):
    """What the normal sample says of a change."""

    SILENT = ""
    UNSURE = "may carry it"
    CARRIES = "carries it"


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


def normal_says(
    normal: Reads,
    tumour: Reads,
    limits: Mapping[str, float],
    genotype: bool | None = None,
    somatic_caller: bool = False,
) -> Normal:
    """Whether the normal sample carries a change, by its reads, else by its genotype.

    Parameters
    ----------
    genotype : bool or None
        Whether the genotype that was called of the normal holds the allele; None where none was.
    somatic_caller : bool
        Whether the caller looks for what the normal has not: its genotype of the normal then
        contradicts its own call, and settles nothing.

    Examples
    --------
    >>> limits = {"normal_least_depth": 10, "normal_inherited_from": 0.25,
    ...           "tumour_in_normal_most": 0.3, "normal_clear_below": 0.1,
    ...           "origin_read_error": 0.01, "normal_by_chance": 0.01}
    >>> normal_says(Reads(5, 9, 5 / 9), Reads(50, 100, 0.5), limits).value
    'may carry it'
    >>> normal_says(NOTHING, NOTHING, limits, genotype=True).value
    'carries it'
    """
    if in_normal(normal, tumour, limits):
        return Normal.CARRIES
    if "normal_by_chance" not in limits:
        return Normal.SILENT
    if normal.depth and normal.alternate is not None:
        few = normal.depth < limits["normal_least_depth"]
        if _over_error(normal.alternate, normal.depth, tumour, limits) or (few and genotype):
            return Normal.UNSURE
        return Normal.SILENT
    if not genotype:
        return Normal.SILENT
    return Normal.UNSURE if somatic_caller else Normal.CARRIES


def holds(alleles: set[str], reference: str, alternate: str) -> bool | None:
    """Whether the normal's two alleles hold the tumour's; None where they are not told.

    A lost base is written "-", as is what is not told: it counts beside another allele.

    >>> holds({"T", "-"}, "T", "-"), holds({"T"}, "T", "-"), holds({"-"}, "T", "-")
    (True, False, None)
    """
    told = alleles - {""}
    if not told or told == {"-"} != {reference}:
        return None
    return bool(alternate) and alternate != reference and alternate in told


def whose(says: Normal, said: Origin) -> Origin:
    """Inherited where the normal carries it, open where it may, else as the caller says."""
    if says is Normal.UNSURE and said is not Origin.GERMLINE:
        return Origin.UNKNOWN
    return Origin.GERMLINE if says is Normal.CARRIES else said


def _over_error(alternate: int, depth: int, tumour: Reads, limits: Mapping[str, float]) -> bool:
    """Whether neither errors nor tumour cells in the normal account for its reads."""
    share = alternate / depth
    brought = limits["tumour_in_normal_most"] * (tumour.fraction or 0.0)
    if share < limits["normal_clear_below"] or share <= brought:
        return False
    if alternate > _MANY:
        return True
    error = limits["origin_read_error"]
    fewer = sum(
        math.comb(depth, n) * error**n * (1 - error) ** (depth - n) for n in range(alternate)
    )
    return 1 - fewer < limits["normal_by_chance"]
