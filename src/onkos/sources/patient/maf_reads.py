"""The numbers of a MAF row: reads, allele fraction, frequency in populations."""

from __future__ import annotations

from typing import NamedTuple

from onkos.sources.patient.maf_words import POPULATION
from onkos.sources.patient.tables import ABSENT, Rejected, Table


class Reads(NamedTuple):
    """Reads of the tumour: with the change, in all, and the fraction in [0, 1].

    Attributes
    ----------
    stated : float or None
        The fraction as the file states it, where counts were preferred to it.
    counted : int or None
        Reads of all alleles by their counts, where the depth stands beside these.
    """

    alternate: int | None
    depth: int | None
    fraction: float | None
    stated: float | None = None
    counted: int | None = None


def reads_of(table: Table, cells: list[str]) -> Reads:
    """Reads and allele fraction of a row; counts are preferred to a stated fraction.

    Raises
    ------
    Rejected
        Where they are impossible: more reads with the change than reads, a fraction
        outside 0 to 1.
    """
    alternate, depth = table.whole(cells, "alt_reads"), table.whole(cells, "depth")
    others = table.whole(cells, "ref_reads") if alternate is not None else None
    counted = alternate + others if alternate is not None and others is not None else None
    depth = counted if depth is None else depth
    if alternate and depth is not None and alternate > depth:
        raise Rejected(
            "alt_reads",
            f"{alternate} reads with the change of {depth} in all",
            remedy="correct the read counts, or leave them empty",
        )
    stated = _stated_fraction(table, cells)
    if not depth:
        return Reads(alternate or None, None, stated)
    if alternate is None:
        return Reads(None, depth, stated)
    return Reads(alternate, depth, alternate / depth, stated, counted)


def _stated_fraction(table: Table, cells: list[str]) -> float | None:
    for name, scale in (("vaf", 1.0), ("vaf_percent", 100.0)):
        text = table.cell(cells, name)
        if not text:
            continue
        percent = text.endswith("%")
        try:
            value = float(text.removesuffix("%")) / (100.0 if percent else scale)
        except ValueError:
            value = -1.0
        if not 0.0 <= value <= 1.0:
            remedy = "give a fraction from 0 to 1, or leave empty"
            raise Rejected(name, "not an allele fraction", text=text, remedy=remedy)
        return value
    return None


def add_population_columns(table: Table) -> tuple[str, ...]:
    """Name the columns of population frequencies as fields of the table."""
    places = [at for at, name in enumerate(table.header) if POPULATION.match(name.strip())]
    names = tuple(f"population {at}" for at in places)
    table.columns.update(zip(names, places, strict=True))
    return names


def population_frequency(table: Table, cells: list[str], names: tuple[str, ...]) -> float | None:
    """The highest allele fraction in any population table of the row, or None.

    Raises
    ------
    Rejected
        Where a cell holds no fraction.
    """
    highest: float | None = None
    for name in names:
        text = table.cell(cells, name)
        for part in text.replace(",", "&").split("&") if text else ():
            remedy = "give a fraction from 0 to 1, or leave empty"
            highest = larger(highest, part.strip(), name, text, remedy)
    return highest


def larger(highest: float | None, part: str, column: str, shown: str, remedy: str) -> float | None:
    """The larger of `highest` and one written allele frequency; `highest` where it is absent.

    Raises
    ------
    Rejected
        Where `part` is no fraction; it shows `shown`.
    """
    if part in ABSENT:
        return highest
    try:
        value = float(part)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise Rejected(column, "not an allele frequency", text=shown, remedy=remedy)
    return value if highest is None else max(highest, value)
