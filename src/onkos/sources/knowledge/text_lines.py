"""Lines of a large file, plain or gzip, without ever holding it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from onkos.errors import Unreadable

_BLOCK = 1 << 20
LONGEST = 1 << 22  # bytes of one line; what is longer is no table
_GZIP = b"\x1f\x8b"


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers from 1, without their ends.

    Raises
    ------
    Unreadable
        Where the file is damaged, cannot be read, or has no lines.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
        with gzip.open(path, "rb") if packed else path.open("rb") as file:
            number, rest = 0, b""
            while block := file.read(_BLOCK):
                lines = (rest + block).split(b"\n")
                rest = lines.pop()
                if len(rest) > LONGEST:
                    raise Unreadable(path.name, [f"line {number + 1} does not end"])
                for line in lines:
                    number += 1
                    yield number, line.removesuffix(b"\r")
            if rest:
                yield number + 1, rest.removesuffix(b"\r")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable(path.name, ["damaged, or not whole: fetch it again"]) from error
    except OSError as error:
        raise Unreadable(path.name, [error.strerror or str(error)]) from error
