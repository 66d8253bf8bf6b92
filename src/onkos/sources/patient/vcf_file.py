"""A VCF or BCF opened safely: looked over as bytes first, then given to htslib."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn, cast

from onkos.errors import Unreadable
from onkos.sources.patient.tables import LARGEST_TEXT, LONGEST_LINE

if TYPE_CHECKING:
    from pysam import VariantFile, VariantRecord

_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_BCF = b"BCF\x02"
# The empty block that ends each bgzip file: SAM specification, section 4.1.2.
_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
_CHUNK = 1 << 20
# A row of a joint call of thousands of samples is long; beyond this it is no row.
LARGEST_LINE = 64 * LONGEST_LINE
# Fixed columns of a VCF up to INFO; those of samples may be absent.
_FIXED = 8
# htslib reports each row that it cannot parse and goes on; this many in a row are no VCF.
BAD_ROWS = 100
_CUT = "the gzip file is damaged or cut short; copy or download it again"
_ROW_REMEDY = "check the columns of this row (position, alleles, number of samples)"


@dataclass(slots=True, frozen=True, kw_only=True)
class _Start:
    """What the bytes of a file say before it is parsed."""

    lines: int
    binary: bool
    marked: bool
    compressed: bool
    blocked: bool


@dataclass(slots=True, frozen=True)
class BadRow:
    """A row that htslib cannot parse."""

    reason: str = "not understood as a row of a VCF"
    remedy: str = _ROW_REMEDY


@dataclass(slots=True, frozen=True, kw_only=True)
class Variants:
    """An open VCF or BCF.

    Attributes
    ----------
    first : int
        Line of the first record; 1 for a BCF, whose records are counted.
    """

    source: str
    file: VariantFile
    first: int

    def records(self) -> Iterator[tuple[int, VariantRecord | BadRow]]:
        """Records as they come, each with its line; rows that cannot be parsed among them."""
        line, bad, rows = self.first - 1, 0, iter(self.file)
        while True:
            line += 1
            try:
                record = next(rows)
            except StopIteration:
                return
            except (OSError, ValueError):
                bad += 1
                if bad > BAD_ROWS:
                    _refuse(self.source, f"line {line}: {bad} rows on end are no rows of a VCF")
                yield line, BadRow()
                continue
            bad = 0
            yield line, record if _named(record) else BadRow("not UTF-8", "save the file in UTF-8")


def _named(record: VariantRecord) -> bool:
    """Whether the names of the chromosome and the record, and its alleles, are words."""
    try:
        _ = record.contig, record.id, record.ref, record.alts
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def open_variants(path: Path) -> Iterator[Variants]:
    """Open a VCF (plain, gzip or bgzip, told by content) or BCF.

    Raises
    ------
    Unreadable
        For what is not a VCF, has no header, or is cut short.
    """
    import pysam

    start = _look(path)
    loudness = pysam.set_verbosity(0)
    try:
        with path.open("rb", buffering=0) as raw:
            file = _open(path, raw, start)
            try:
                first = 1 if start.binary else start.lines + 1
                yield Variants(source=path.name, file=file, first=first)
            finally:
                _close(file)
    finally:
        pysam.set_verbosity(loudness)


def _open(path: Path, raw: IO[bytes], start: _Start) -> VariantFile:
    """By name; from an open file where htslib needs it placed, or cannot seek in it."""
    import pysam

    if start.marked and start.compressed:
        _refuse(path.name, "a byte order mark inside gzip; save the file without it")
    by_name = start.blocked or not (start.compressed or start.marked)
    try:
        if by_name:
            return pysam.VariantFile(str(path))
        raw.seek(len(_BOM) if start.marked else 0)
        return pysam.VariantFile(raw)
    except (OSError, ValueError, NotImplementedError):
        _refuse(path.name, "the header is not that of a VCF; check it with bcftools view -h")


def _close(file: VariantFile) -> None:
    try:
        file.close()
    except OSError:
        return


def _look(path: Path) -> _Start:
    try:
        with path.open("rb") as raw:
            magic = raw.read(18)
            raw.seek(0)
            compressed = magic.startswith(_GZIP)
            stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw) if compressed else raw)
            start = _header(path.name, stream, compressed, blocked=magic[12:14] == b"BC")
            if compressed:
                _sound(path.name, stream)
            if start.blocked:
                raw.seek(-len(_END), os.SEEK_END)
                if raw.read() != _END:
                    _refuse(path.name, _CUT)
            return start
    except (gzip.BadGzipFile, EOFError, zlib.error):
        _refuse(path.name, _CUT)
    except OSError as error:
        _refuse(path.name, f"cannot be opened: {error.strerror or 'reading failed'}")


def _header(source: str, stream: IO[bytes], compressed: bool, blocked: bool) -> _Start:
    """Read up to the line of column names."""
    lines, line = 0, stream.readline(LONGEST_LINE + 1)
    binary = line.startswith(_BCF)
    marked = line.startswith(_BOM)
    if not binary:
        _check_first(source, line.removeprefix(_BOM))
    while not binary and line.startswith((b"##", _BOM)):
        lines += 1
        line = stream.readline(LONGEST_LINE + 1)
        if len(line) > LONGEST_LINE:
            _refuse(source, f"line {lines + 1}: longer than {LONGEST_LINE} characters")
    if not binary:
        _check_names(source, lines + 1, line)
    return _Start(
        lines=lines + 1, binary=binary, marked=marked, compressed=compressed, blocked=blocked
    )


def _check_first(source: str, line: bytes) -> None:
    if line.startswith(b"##fileformat=VCF"):
        return
    if not line.strip():
        _refuse(source, "the file is empty; give the whole file")
    if b"\0" in line or line.startswith((b"PK\x03\x04", b"%PDF", b"BZh", b"\xfd7zX", b"\x28\xb5")):
        _refuse(source, "this is a binary file, not a VCF; give the VCF as text, gzip or bgzip")
    if b"Hugo_Symbol" in line:
        _refuse(source, "line 1: this is a table of genes, not a VCF; give it as a MAF")
    _refuse(
        source,
        "line 1: not a VCF: it does not start with ##fileformat=VCF; give the file whole, header "
        "included",
    )


def _check_names(source: str, number: int, line: bytes) -> None:
    if not line.startswith(b"#CHROM"):
        _refuse(
            source,
            f"line {number}: the header has no line of column names (#CHROM ...); it is cut or "
            "damaged; give the whole file",
        )
    if line.count(b"\t") + 1 < _FIXED:
        _refuse(source, f"line {number}: columns are not separated by tabs; save it with tabs")


def _sound(source: str, stream: IO[bytes]) -> None:
    """Unpack the rest once: damage and endless lines show before anything is parsed."""
    size = 0
    since = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        end = chunk.rfind(b"\n")
        since = since + len(chunk) if end < 0 else len(chunk) - end
        if size > LARGEST_TEXT or since > LARGEST_LINE:
            _refuse(source, f"unpacks to more than {size:,} bytes or has no lines; split the file")


def _refuse(source: str, *problems: str) -> NoReturn:
    raise Unreadable(source, problems)
