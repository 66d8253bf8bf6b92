"""The comments of a file and its first line after them."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from onkos.sources.patient.tables import LONGEST_LINE

_GZIP = b"\x1f\x8b"
_HEADER_LINES = 200


def first_lines(path: Path, more: int = 0) -> list[str]:
    """Lines up to the first that is no comment, and `more`; empty where the file is unreadable."""
    lines: list[str] = []
    try:
        with path.open("rb") as raw:
            packed = raw.peek(2)[:2] == _GZIP
            stream = gzip.GzipFile(fileobj=raw) if packed else raw
            for _ in range(_HEADER_LINES):
                line = stream.readline(LONGEST_LINE).decode("utf-8-sig", errors="replace")
                lines.append(line.rstrip("\r\n"))
                if not line or not line.startswith(("#", "@")):
                    if not line or not more:
                        break
                    more -= 1
    except (OSError, EOFError, zlib.error):
        return []
    return lines
