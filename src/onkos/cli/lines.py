"""A stream of cases cut into lines of bounded length, and lines into chunks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

LONGEST_LINE = 32 * 2**20  # a whole genome's non-silent variants take a few megabytes
CHUNK_LINES = 32  # enough that handing a chunk over costs nothing beside planning it
CHUNK_BYTES = 8 * 2**20  # so that chunks of long lines stay bounded too


class Line(NamedTuple):
    """One line of the input.

    Attributes
    ----------
    number : int
        From 1.
    data : bytes
        A record in JSON, or a case of a study as this program encodes it.
    size : int
        Bytes that it took in the input.
    problem : str
        Why it cannot be a case; empty for most.
    id : str
        Of the case, where it is known before the data are read.
    encoded : bool
        Whether the data are a case as this program encodes it, among records in JSON.
    """

    number: int
    data: bytes
    size: int
    problem: str = ""
    id: str = ""
    encoded: bool = False

    @property
    def name(self) -> str:
        """What to call it where its id cannot be read."""
        return f"line {self.number}"


def lines(stream: BinaryIO) -> Iterator[Line]:
    """Lines that are not blank; one that is too long has a problem and no data."""
    number = 0
    while data := stream.readline(LONGEST_LINE + 1):
        number += 1
        size = len(data)
        if size > LONGEST_LINE:
            size += _skip_rest(stream, data)
            limit = LONGEST_LINE // 2**20
            yield Line(number, b"", size, f"line {number} is longer than {limit} MB")
        elif data.strip():
            yield Line(number, data, size)


def _skip_rest(stream: BinaryIO, data: bytes) -> int:
    skipped = 0
    while data and not data.endswith(b"\n"):
        data = stream.readline(LONGEST_LINE)
        skipped += len(data)
    return skipped


def chunks(found: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines in groups, bounded in number and in bytes."""
    chunk: list[Line] = []
    held = 0
    for line in found:
        if chunk and (len(chunk) >= CHUNK_LINES or held + len(line.data) > CHUNK_BYTES):
            yield tuple(chunk)
            chunk, held = [], 0
        chunk.append(line)
        held += len(line.data)
    if chunk:
        yield tuple(chunk)
