"""Snapshots of an archive of alleles: their index is made once, and asked in every report."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from onkos.errors import KnowledgeError
from onkos.model import Archive, Source
from onkos.sources.knowledge.archive_build import About, Reader, build_index, index_path
from onkos.sources.knowledge.archive_index import Index, Told, about_index
from onkos.sources.knowledge.compiled import Compiled
from onkos.sources.knowledge.pages import Page
from onkos.sources.knowledge.store import kept_files, store_path

_ADAPTERS = "onkos.sources.knowledge.adapters"


def indexed(
    page: Page, source: Source, files: Iterable[Path], store: Path | None = None
) -> Compiled:
    """Make the index of files that are to be kept under a page.

    Raises
    ------
    KnowledgeError
        Where not one record was understood.
    """
    path = index_path(store or store_path(), page.sha256)
    about = about_index(path) or build_index(files, _reader(source), path)
    if not about.records:
        path.unlink(missing_ok=True)
        first = f": {about.unread[0].reason}" if about.unread else ""
        raise KnowledgeError(f"{source.name}: not one of its records was understood{first}")
    return _compiled(about)


def compiled_archive(page: Page, source: Source, store: Path | None = None) -> Compiled:
    """What is kept of a snapshot, counted."""
    return _compiled(_about(page, source, store))


def archive(page: Page, source: Source, store: Path | None = None) -> Archive:
    """A snapshot to be asked; nothing of it is loaded."""
    about = _about(page, source, store)
    return Index(
        name=page.name,
        source=source.name,
        version=str(page.on),
        assemblies=about.assemblies,
        farthest=about.farthest,
        path=index_path(store or store_path(), page.sha256),
        tell=_teller(source),
    )


def _about(page: Page, source: Source, store: Path | None) -> About:
    """Of the index; made again where it is gone, or of another form."""
    path = index_path(store or store_path(), page.sha256)
    about = about_index(path)
    if about is None:
        with kept_files(page, store) as files:
            about = build_index(files, _reader(source), path)
    return about


def _compiled(about: About) -> Compiled:
    return Compiled(records=about.records, unread=about.unread, more=about.more)


def _reader(source: Source) -> Reader:
    module, _, name = source.reads.partition(":")
    found: Reader = getattr(import_module(f"{_ADAPTERS}.{module}"), name)
    return found


def _teller(source: Source) -> Told:
    """What reads a row when it is asked for; the adapter is loaded then."""
    module = source.reads.partition(":")[0]

    def told(*row: object) -> object:
        return import_module(f"{_ADAPTERS}.{module}").record(*row)

    return told  # type: ignore[return-value]
