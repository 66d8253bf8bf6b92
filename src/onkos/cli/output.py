"""An output that appears whole or not at all, or flows to standard output."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

STANDARD = "-"


@contextmanager
def output(path: str) -> Iterator[BinaryIO]:
    """A binary stream to write to.

    A file is written beside its place and renamed when all is well; on an error or an
    interrupt nothing is left. A device or a pipe is written to as it is.
    Its folder is made where it is missing. The file is readable by its owner alone, for it
    holds patients' data.
    """
    if path == STANDARD:
        stream = sys.stdout.buffer
        yield stream
        stream.flush()
        return
    target = Path(path)
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    with _whole(target) as stream:
        yield stream


@contextmanager
def _whole(target: Path) -> Iterator[BinaryIO]:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".onkos-", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
