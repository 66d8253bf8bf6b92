"""The page of one snapshot: which files it is made of, of which day, under whose licence."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from onkos.errors import KnowledgeError
from onkos.model.noun import Noun

FORMAT = 1  # rises when a page changes shape


class KeptFile(Noun, frozen=True, kw_only=True):
    """One file as it came."""

    name: str
    sha256: str
    size: int


class Page(Noun, frozen=True, kw_only=True, omit_defaults=False):
    """What is kept of one snapshot.

    Attributes
    ----------
    on : date
        Of the source's own state, not of the day when it was added.
    files : tuple of KeptFile
        In the order of their names.
    format : int
        Always written, so that an older onkos knows what it cannot read; pages without it are
        of the first.
    """

    source: str
    on: date
    licence: str
    files: tuple[KeptFile, ...]
    format: int = 1

    @property
    def name(self) -> str:
        """``"civic@2026-05-29"``."""
        return f"{self.source}@{self.on}"

    @property
    def sha256(self) -> str:
        """Of its one file; of the list of several."""
        if len(self.files) == 1:
            return self.files[0].sha256
        listed = "".join(f"{file.sha256}  {file.name}\n" for file in self.files)
        return hashlib.sha256(listed.encode()).hexdigest()


def page_of(source: str, files: Sequence[Path], on: date, licence: str) -> Page:
    """The page that files would have; nothing is kept.

    Raises
    ------
    KnowledgeError
        Where one cannot be read.
    """
    try:
        kept = (
            KeptFile(name=path.name, sha256=sha256_of(path), size=path.stat().st_size)
            for path in sorted(files, key=lambda path: path.name)
        )
        return Page(source=source, on=on, licence=licence, files=tuple(kept))
    except OSError as error:
        raise KnowledgeError(f"{error.filename}: {error.strerror}") from error


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
