"""Editions of the built-in knowledge that a user keeps, so that what changed can be told later.

An edition is kept as it is written: the texts of all its files in one JSON object. It is compiled
by the onkos that reads it, and has the hash that the reports of its time name.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import msgspec

from onkos.errors import KnowledgeError
from onkos.model import Knowledge
from onkos.sources.knowledge.builtin import (
    FOLDER,
    builtin,
    compiled,
    digest,
    knowledge_files,
)
from onkos.sources.knowledge.pages import Page
from onkos.sources.knowledge.store import (
    BUILT_IN,
    add_snapshot,
    kept_files,
    snapshots,
)

FILE = "onkos-knowledge.json"


def freeze(on: date | None = None, store: Path | None = None) -> Page:
    """Keep the present built-in knowledge under its own date, or another.

    Raises
    ------
    KnowledgeError
        Where another edition is kept for this day.
    """
    known = builtin()
    files = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes().decode()
        for path in knowledge_files(FOLDER)
    }
    day = on or date.fromisoformat(known.pins[0].read_on)
    with tempfile.TemporaryDirectory(prefix="onkos-") as folder:
        path = Path(folder) / FILE
        path.write_bytes(msgspec.json.encode(files))
        return add_snapshot(BUILT_IN, [path], day, known.pins[0].licence, store)


def edition(page: Page, store: Path | None = None) -> Knowledge:
    """The built-in knowledge as it was kept.

    Raises
    ------
    KnowledgeError
        Where its file is gone or damaged, or this onkos cannot read its entries.
    """
    with kept_files(page, store) as (path,), tempfile.TemporaryDirectory() as place:
        folder = Path(place) / FOLDER.name
        for name, text in _texts(path, page).items():
            target = (folder / name).resolve()
            if not target.is_relative_to(folder.resolve()) or target.suffix != ".toml":
                raise KnowledgeError(f"{page.name}: {name!r} is no file of an edition")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        try:
            return compiled(folder, digest(knowledge_files(folder)))
        except KnowledgeError as error:
            raise KnowledgeError(
                f"{page.name} is written in a way that this onkos does not read: {error}"
            ) from error


def edition_with(sha256: str, store: Path | None = None) -> Page | None:
    """The kept edition with this hash, as pins of reports name it; None where there is none."""
    for page in snapshots(store):
        if page.source == BUILT_IN and edition_sha256(page, store) == sha256:
            return page
    return None


def edition_sha256(page: Page, store: Path | None = None) -> str:
    """The hash of an edition's files, as pins of reports name it."""
    return edition(page, store).pins[0].sha256


def _texts(path: Path, page: Page) -> dict[str, str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"{page.name}: {path.name} is no edition: {error}") from error
