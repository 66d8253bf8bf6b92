"""Delimited text from anywhere, opened safely; all problems of a file told at once."""

from __future__ import annotations

import csv
import gzip
import io
import math
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from onkos.errors import Unreadable
from onkos.model import Unread

# A small gzip can unpack to anything: the largest real cohort tables are a few hundred MB.
LARGEST_TEXT = 4 * 1024**3
# A matrix of 10,000 samples has header lines of some 300 kB; more is not a table.
LONGEST_LINE = 1024**2
# A file in another encoding is wrong in thousands of lines; a few tell the user.
PROBLEMS_SHOWN = 5
# No read count or position comes near; beyond it floats are no longer whole numbers.
LARGEST_COUNT = 10**12
LONGEST_TEXT_SHOWN = 80

ABSENT = frozenset({"", ".", "-", "NA", "N/A", "na", "nan", "NaN", "NULL", "null", "None", "none"})

_GZIP = b"\x1f\x8b"
_NOT_TEXT = {
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"%PDF": "a PDF",
    b"BZh": "compressed with bzip2",
    b"\xfd7zX": "compressed with xz",
    b"\x28\xb5\x2f\xfd": "compressed with zstd",
}
_SEPARATORS = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}
_NOT_NAME = re.compile(r"[^0-9a-z]+")

Row = tuple[int, list[str]]


class Rejected(ValueError):
    """One row that is not understood; becomes an `Unread`.

    Parameters
    ----------
    column : str
        Field of the reader's column table that is to blame; empty for the row.
    """

    def __init__(self, column: str, reason: str, *, text: str = "", remedy: str = "") -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.text = text
        self.remedy = remedy


@dataclass(slots=True, kw_only=True)
class Table:
    """An open table: where each field stands, and its rows as they come.

    Attributes
    ----------
    header : tuple of str
        Column names as written.
    columns : dict of str to int
        Position of each field that the file has.
    problems : list of str
        What makes the whole file unusable; raised together when the table is closed.
    """

    source: str
    header: tuple[str, ...]
    columns: dict[str, int]
    rows: Iterator[Row]
    problems: list[str] = field(default_factory=list)

    def cell(self, cells: list[str], name: str) -> str:
        """The text of a field; empty where the file has no such column or no value."""
        at = self.columns.get(name)
        if at is None:
            return ""
        text = cells[at].strip()
        return "" if text in ABSENT else text

    def number(self, cells: list[str], name: str) -> float | None:
        """A finite number, or None where there is no value.

        Raises
        ------
        Rejected
            Where the cell holds anything else.
        """
        text = self.cell(cells, name)
        if not text:
            return None
        try:
            value = math.nan if "_" in text else float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise Rejected(name, "not a number", text=text, remedy="give a number, or leave empty")
        return value

    def whole(self, cells: list[str], name: str) -> int | None:
        """A whole number of at least 0 (``12`` or ``12.0``), or None.

        Raises
        ------
        Rejected
            Where the cell holds anything else.
        """
        value = self.number(cells, name)
        if value is None:
            return None
        if not 0 <= value <= LARGEST_COUNT or value != int(value):
            text = self.cell(cells, name)
            remedy = "give a whole number of at least 0, or leave empty"
            raise Rejected(name, "not a count", text=text, remedy=remedy)
        return int(value)

    def unread(self, line: int, problem: Rejected) -> Unread:
        """What the user sees of a row that was not understood."""
        at = self.columns.get(problem.column)
        return Unread(
            source=self.source,
            line=line,
            column=self.header[at] if at is not None else "",
            text=problem.text[:LONGEST_TEXT_SHOWN],
            reason=problem.reason,
            remedy=problem.remedy,
        )


@contextmanager
def open_table(
    path: Path,
    names: Mapping[str, Sequence[str]],
    required: Sequence[Sequence[str]] = (),
    separators: str = "\t",
) -> Iterator[Table]:
    """Open a delimited text file, plain or gzip, and find its columns.

    Parameters
    ----------
    path : Path
    names : mapping of str to sequence of str
        Field, and the column names that mean it, the preferred first. Case and
        punctuation do not count.
    required : sequence of sequence of str
        Groups of fields; the file must have at least one of each group.
    separators : str
        Characters that may separate columns in this kind of file.

    Raises
    ------
    Unreadable
        With every problem found, on opening or, for what only reading shows, on closing.
    """
    with _opened(path) as stream:
        table = _find_header(path.name, stream, names, required, separators)
        yield table
        if table.problems:
            raise Unreadable(path.name, table.problems)


def open_lines(path: Path, problems: list[str]) -> Iterator[tuple[int, str]]:
    """Numbered lines of a text file, plain or gzip, for formats that have no header.

    Parameters
    ----------
    problems : list of str
        What cannot be read is added to it.

    Raises
    ------
    Unreadable
        Where the file cannot be opened or is no text.
    """
    with _opened(path) as stream:
        yield from _lines(stream, problems)


@contextmanager
def _opened(path: Path) -> Iterator[io.TextIOWrapper]:
    """The file as text; bytes that are not UTF-8 become surrogates, found line by line."""
    try:
        with path.open("rb") as raw:
            yield _as_text(path.name, raw)
    except OSError as error:
        why = error.strerror or "reading failed"
        _refuse(path.name, f"cannot be opened: {why}; check the path")


def _as_text(source: str, raw: io.BufferedReader) -> io.TextIOWrapper:
    stream = raw
    if raw.peek(2)[:2] == _GZIP:
        stream = io.BufferedReader(gzip.GzipFile(fileobj=raw))
    try:
        start = stream.peek(4096)[:4096]
    except (OSError, EOFError, zlib.error):
        _refuse(source, "line 1: the gzip file is damaged or cut short; copy or download it again")
    for magic, what in _NOT_TEXT.items():
        if start.startswith(magic):
            _refuse(source, f"this is {what}; save it as tab-separated text in UTF-8")
    if b"\0" in start:
        _refuse(source, "this is a binary file, not text; give the table as text")
    return io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline=None)


def _refuse(source: str, *problems: str) -> NoReturn:
    raise Unreadable(source, problems)


def _lines(stream: io.TextIOWrapper, problems: list[str]) -> Iterator[tuple[int, str]]:
    """Numbered lines without their ends; stops at the first thing that cannot be read."""
    number, size, foreign = 0, 0, 0
    while True:
        number += 1
        try:
            line = stream.readline(LONGEST_LINE + 1)
        except (OSError, EOFError, zlib.error):
            problems.append(
                f"line {number}: the gzip file is damaged or cut short; copy or download it again"
            )
            return
        if not line:
            return
        size += len(line)
        if len(line) > LONGEST_LINE or size > LARGEST_TEXT or "\0" in line:
            problems.append(_not_a_table(number, line))
            return
        if not line.isascii() and _foreign(line):
            foreign += 1
            if foreign <= PROBLEMS_SHOWN:
                problems.append(f"line {number}: not UTF-8; save the file in UTF-8")
            continue
        if line != "\n":
            yield number, line.rstrip("\n")


def _not_a_table(number: int, line: str) -> str:
    if "\0" in line:
        return f"line {number}: binary content; give the table as text"
    if len(line) > LONGEST_LINE:
        return f"line {number}: longer than {LONGEST_LINE} characters; this is not a table"
    return f"line {number}: more than {LARGEST_TEXT} characters in all; split the file"


def _foreign(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return True
    return False


def _find_header(
    source: str,
    stream: io.TextIOWrapper,
    names: Mapping[str, Sequence[str]],
    required: Sequence[Sequence[str]],
    separators: str,
) -> Table:
    problems: list[str] = []
    lines = _lines(stream, problems)
    for number, line in lines:
        if line.startswith(("##", "@")) or line.isspace():
            continue
        text = line.lstrip("#")
        separator = max(separators, key=lambda s: len(_columns(_split(text, s), names)[0]))
        header = tuple(_split(text, separator))
        columns, doubtful = _columns(header, names)
        missing = [group for group in required if not any(f in columns for f in group)]
        if line.startswith("#") and missing:
            continue
        if missing or doubtful:
            remedies = [_missing(number, group, names) for group in missing] + doubtful
            separated = _separated(number, text, names, separators, columns)
            _refuse(source, *problems, *separated, *remedies)
        rows = _rows(lines, header, separator)
        return Table(source=source, header=header, columns=columns, rows=rows, problems=problems)
    empty = [] if problems else ["the file is empty: no line of column names; give the whole file"]
    _refuse(source, *problems, *empty)


def _missing(line: int, group: Sequence[str], names: Mapping[str, Sequence[str]]) -> str:
    shown = 4 if len(group) == 1 else 1
    known = ", ".join(name for one in group for name in names[one][:shown])
    return f"line {line}: no column for {' or '.join(group)}; name one of: {known}"


def _separated(
    line: int, text: str, names: Mapping[str, Sequence[str]], separators: str, found: object
) -> list[str]:
    """Says so where another separator would have found the columns."""
    best = len(found) if isinstance(found, dict) else 0
    for other, word in _SEPARATORS.items():
        if other not in separators and len(_columns(_split(text, other), names)[0]) > best:
            wanted = " or ".join(_SEPARATORS[s] for s in separators)
            return [f"line {line}: columns are separated by {word}; save the file with {wanted}"]
    return []


def _columns(
    header: Sequence[str], names: Mapping[str, Sequence[str]]
) -> tuple[dict[str, int], list[str]]:
    """Where each field stands, and the names that stand twice."""
    places: dict[str, list[int]] = {}
    for at, written in enumerate(header):
        places.setdefault(column_key(written), []).append(at)
    columns: dict[str, int] = {}
    doubtful: list[str] = []
    for name, spellings in names.items():
        spelling = next((s for s in spellings if column_key(s) in places), None)
        if spelling is None:
            continue
        found = places[column_key(spelling)]
        columns[name] = found[0]
        if len(found) > 1:
            doubtful.append(f"the column {spelling} is there {len(found)} times; keep one")
    return columns, doubtful


def column_key(name: str) -> str:
    """A column name without case and punctuation.

    >>> column_key("Start_position") == column_key("Start_Position")
    True
    """
    return _NOT_NAME.sub("", name.casefold())


def _split(line: str, separator: str) -> list[str]:
    if separator == ",":
        try:
            return next(csv.reader((line,), strict=True), [])
        except csv.Error:
            return []
    cells = line.split(separator)
    return [_unquoted(cell) for cell in cells] if '"' in line else cells


def _unquoted(cell: str) -> str:
    if len(cell) >= 2 and cell[0] == '"' == cell[-1]:
        return cell[1:-1].replace('""', '"')
    return cell


def _rows(
    lines: Iterator[tuple[int, str]], header: tuple[str, ...], separator: str
) -> Iterator[Row]:
    """Rows under the header; a header repeated by joining files is no row."""
    for number, line in lines:
        if line.startswith("##") or line.isspace():
            continue
        cells = _split(line, separator)
        if cells[:1] != list(header[:1]) or tuple(cells) != header:
            yield number, cells
