"""How many bases a BED file covers: the territory of an assay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from onkos.errors import Unreadable
from onkos.model import Assay
from onkos.sources.patient.symbols import chromosome_name
from onkos.sources.patient.tables import open_lines

_COMMENTS = ("#", "track", "browser")
_PROBLEMS_SHOWN = 5
_NO_BASE = (
    "line {line}: {start} to {end} holds no base, as a BED counts from 0 and leaves the end out; "
    "if the file counts from 1, take 1 from every start or name it .interval_list"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """Merged intervals of a file.

    Attributes
    ----------
    bases : int
        Covered at least once.
    notices : tuple of str
        What the reader decided and the user must know.
    """

    bases: int
    intervals: int
    notices: tuple[str, ...] = ()


def read_territory(path: Path) -> Territory:
    """Bases of a BED (from 0, end left out) or of an interval list (from 1, end included).

    Overlapping and touching intervals count once. An interval list is known by its header
    (``@HD`` or ``@SQ``) or by its name.

    Parameters
    ----------
    path : Path
        Plain or gzip; ``chr`` before the chromosome or not.

    Raises
    ------
    Unreadable
        Where a line is no interval, or holds no base: the sign of a file that counts from 1.
    """
    problems: list[str] = []
    listed = path.name.removesuffix(".gz").endswith((".interval_list", ".intervals"))
    by_chromosome: dict[str, list[tuple[int, int]]] = {}
    apart = 0
    for line, text in open_lines(path, problems):
        if text.startswith("@"):
            listed = True
        if text.startswith((*_COMMENTS, "@")) or text.isspace():
            continue
        try:
            chromosome, start, end = _interval(line, text, listed)
        except ValueError as error:
            problems.append(str(error))
            continue
        known = by_chromosome.setdefault(chromosome, [])
        apart += bool(known) and not listed and start == known[-1][1] + 1
        known.append((start, end))
    if not by_chromosome and not problems:
        problems.append("no interval in the file; give the assay's target as BED")
    if problems:
        raise Unreadable(path.name, problems[:_PROBLEMS_SHOWN])
    count = sum(map(len, by_chromosome.values()))
    merged = [list(_merged(sorted(one))) for one in by_chromosome.values()]
    return Territory(
        bases=sum(end - start for one in merged for start, end in one),
        intervals=sum(map(len, merged)),
        notices=tuple(_notices(path.name, listed, apart, count)),
    )


def with_territory(assay: Assay, territory: Territory) -> Assay:
    """The assay with the size of a territory for its own."""
    return replace(assay, megabases=territory.bases / 1e6)


def sized(assay: Assay, path: Path) -> tuple[Assay, list[str]]:
    """The assay with the size of the territory of a file, and what the user must know of it.

    Raises
    ------
    Unreadable
        Where the file is none.
    """
    territory = read_territory(path)
    size = f"{territory.bases / 1e6:.4g} Mb in {territory.intervals:,} intervals"
    notice = f"{path.name}: {size}, taken as the territory of {assay.name}"
    return with_territory(assay, territory), [notice, *territory.notices]


def _interval(line: int, text: str, listed: bool) -> tuple[str, int, int]:
    """Chromosome, and start and end as a BED counts them."""
    cells = text.split("\t") if "\t" in text else text.split()
    if len(cells) < 3:
        raise ValueError(f"line {line}: not chromosome, start and end; separate them by tabs")
    written = [cell.strip() for cell in cells[1:3]]
    if not all(cell.isascii() and cell.isdigit() for cell in written):
        raise ValueError(
            f"line {line}: {' to '.join(written)[:60]} are no positions; give whole numbers"
        )
    start, end = (int(cell) for cell in written)
    first = start - 1 if listed else start
    if first < 0 or end <= first:
        raise ValueError(_NO_BASE.format(line=line, start=start, end=end))
    return chromosome_name(cells[0].strip()), first, end


def _merged(intervals: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begun, ends = intervals[0]
    for start, end in intervals[1:]:
        if start > ends:
            yield begun, ends
            begun, ends = start, end
        else:
            ends = max(ends, end)
    yield begun, ends


def _notices(name: str, listed: bool, apart: int, count: int) -> Iterator[str]:
    if listed:
        yield f"{name}: an interval list, read as counting from 1 with the end included"
    elif apart and apart * 2 >= count:
        yield (
            f"{name}: most intervals begin one base after the last one ends, as in a file that "
            "counts from 1; read as BED, it then has one base too few per interval"
        )
