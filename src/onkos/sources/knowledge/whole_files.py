"""Files made beside their place and renamed: a reader sees the old one or the new one, whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MAKING = ".making-"  # how the name of one that is not ready begins


@contextmanager
def made_at(beside: Path) -> Iterator[tempfile._TemporaryFileWrapper[bytes]]:
    """A file to fill beside its place; gone at the end unless it was renamed."""
    beside.parent.mkdir(parents=True, exist_ok=True)
    made = tempfile.NamedTemporaryFile(dir=beside.parent, prefix=MAKING, delete=False)  # noqa: SIM115
    try:
        yield made
    finally:
        made.close()
        Path(made.name).unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """The file with these bytes, whole or as it was."""
    with made_at(path) as made:
        made.write(data)
        made.flush()
        os.fsync(made.fileno())
        Path(made.name).replace(path)
