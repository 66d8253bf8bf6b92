"""An output that appears whole or not at all, or flows to standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onkos.errors import UsageError

STANDARD = "-"


@contextmanager
def output(path: str) -> Iterator[BinaryIO]:
    """A binary stream to write to.

    A file is written beside its place and renamed when all is well; on an error or an
    interrupt nothing is left. A device or a pipe is written to as it is.

    Raises
    ------
    UsageError
        Where the folder is not there.
    """
    if path == STANDARD:
        stream = sys.stdout.buffer
        yield stream
        stream.flush()
        return
    target = Path(path)
    check_folder(target)
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    with _whole(target) as stream:
        yield stream


def check_folder(target: Path) -> None:
    """Refuse a target whose folder is not there, before any work is done.

    Raises
    ------
    UsageError
    """
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {target.parent}")


@contextmanager
def _whole(target: Path) -> Iterator[BinaryIO]:
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
