"""The snapshots of other people's knowledge that a user has added: whole, dated, side by side.

A store is a folder that only grows until the user removes something:

``objects/ab/ab12...``         the files as they came, each under its own SHA-256
``civic/2026-05-29.json``      the page of one snapshot: which files, how many bytes, whose licence
``indexes/ab12...-1.sqlite``   made of the files of a page where they are too large to be held
``civic/current``              the date of the snapshot that a report reads

Every file is written beside its place and then renamed, so that a reader sees the old one or the
new one and never a part; writers wait for each other at a lock.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec
from platformdirs import user_data_path

from onkos.errors import KnowledgeError
from onkos.sources.knowledge.pages import FORMAT, KeptFile, Page, sha256_of
from onkos.sources.knowledge.whole_files import MAKING, made_at, write

WAIT = 60.0  # seconds that a writer waits for another one
_CURRENT, _LOCK = "current", ".lock"
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_HASH_LENGTH = 64
_HASH = re.compile(rb"[0-9a-f]{64}")
BUILT_IN = "onkos"  # editions of the built-in knowledge, read only where one is named


class _Form(msgspec.Struct):
    """Only the format of a page, of whatever else it holds."""

    format: int = 0


def store_path() -> Path:
    """Where the user's snapshots are kept; ``ONKOS_KNOWLEDGE`` names another place.

    Raises
    ------
    KnowledgeError
        Where that is no folder, or may not be read: no report loses its sources in silence.
    """
    named = os.environ.get("ONKOS_KNOWLEDGE", "")
    root = Path(named) if named else user_data_path("onkos") / "knowledge"
    if root.exists() and not root.is_dir():
        raise KnowledgeError(f"{root} is no folder; name one for snapshots with ONKOS_KNOWLEDGE")
    _refuse_closed(root)
    return root


def _refuse_closed(folder: Path) -> None:
    if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):
        raise KnowledgeError(
            f"{folder} may not be read by this user; ask for leave to read it, or name another "
            "folder for snapshots with ONKOS_KNOWLEDGE"
        )


def add_snapshot(
    source: str, files: Sequence[Path], on: date, licence: str, store: Path | None = None
) -> Page:
    """Keep files as the state of a source on a day, and make it the one that is read.

    The same files under the same day again change nothing.

    Raises
    ------
    KnowledgeError
        Where other files, or what a newer onkos wrote, are kept for this day already, a file
        cannot be read, the disk is full, or another writer does not end.
    """
    if not _NAME.match(source):
        raise KnowledgeError(f"{source!r} is no name of a source")
    root = store or store_path()
    with _writing(root):
        kept = tuple(sorted((_object(root, path) for path in files), key=lambda one: one.name))
        page = Page(source=source, on=on, licence=licence, files=kept, format=FORMAT)
        before = kept_already(page, root)
        if before is None:
            write(_page_path(root, source, on), msgspec.json.format(msgspec.json.encode(page)))
        write(root / source / _CURRENT, f"{on}\n".encode())
    return before or page


def kept_already(page: Page, store: Path | None = None) -> Page | None:
    """The page of the same source and day, which has the same files; None where none is kept.

    Raises
    ------
    KnowledgeError
        Where it has other files, or a newer onkos wrote it: to be asked before hours of reading.
    """
    root = store or store_path()
    path = _page_path(root, page.source, page.on)
    before = _page(path)
    if before is None:
        _refuse_newer(path, page.name)
    elif before.sha256 != page.sha256:
        raise KnowledgeError(
            f"{page.name} is kept already, with other content ({_listed(before)}; now given "
            f"{_listed(page)}); nothing was replaced. Give another day with --date, or remove "
            f"the old one first: onkos knowledge remove {page.name}"
        )
    return before


def _listed(page: Page) -> str:
    return ", ".join(f"{f.name} of {f.size:,} bytes, {f.sha256[:12]}" for f in page.files)


def _refuse_newer(path: Path, name: str) -> None:
    """A page that is damaged may be written again, one of a newer onkos may not."""
    try:
        form = msgspec.json.decode(path.read_bytes(), type=_Form).format
    except (OSError, msgspec.DecodeError):
        return
    if form > FORMAT:
        raise KnowledgeError(
            f"{name} is kept already by a newer onkos, in a form that this one cannot read; "
            "nothing was replaced. Add it with that onkos, or give another day with --date"
        )


def snapshots(store: Path | None = None) -> tuple[Page, ...]:
    """All that is kept, by source and day.

    Raises
    ------
    KnowledgeError
        Where the folder of a source may not be read: it is not passed over in silence.
    """
    root = store or store_path()
    for folder in root.glob("*"):
        _refuse_closed(folder)
    found = (_page(path) for path in sorted(root.glob("*/*.json")))
    return tuple(page for page in found if page is not None)


def current(source: str, store: Path | None = None) -> Page | None:
    """The snapshot of a source that is read where none is named; None where none is kept.

    Raises
    ------
    KnowledgeError
        Where one is kept and cannot be read: a report never loses a source in silence.
    """
    root = store or store_path()
    try:
        on = date.fromisoformat((root / source / _CURRENT).read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unreadable(f"which snapshot of {source} is in use", source) from error
    path = _page_path(root, source, on)
    page = _page(path)
    if page is None and path.exists():
        raise _unreadable(f"{source}@{on}", source)
    return page


def _unreadable(what: str, source: str) -> KnowledgeError:
    return KnowledgeError(
        f"{what} cannot be read: damaged, or written by a newer onkos; "
        f"onkos knowledge use {source}@DATE names another, --knowledge none reads none"
    )


def snapshot(name: str, store: Path | None = None) -> Page:
    """The snapshot with this name: ``"civic@2026-05-29"``, or ``"civic"`` for the current one.

    Raises
    ------
    KnowledgeError
        Where none is kept under it, with those that are.
    """
    root = store or store_path()
    source, at, day = name.strip().casefold().partition("@")
    known = _NAME.match(source)
    path = root / source / f"{day}.json"
    found = (_page(path) if at else current(source, root)) if known else None
    if known and at and found is None and path.exists():
        raise _unreadable(name, source)
    if found is None:
        kept = ", ".join(page.name for page in snapshots(root)) or "nothing"
        raise KnowledgeError(f"no snapshot {name!r} is kept (kept: {kept}); onkos knowledge add")
    return found


def use(name: str, store: Path | None = None) -> Page:
    """Make a kept snapshot the one that is read.

    Raises
    ------
    KnowledgeError
        Where it is not kept, or is an edition of the built-in knowledge.
    """
    root = store or store_path()
    _refuse_built_in(name)
    page = snapshot(name, root)
    with _writing(root):
        write(root / page.source / _CURRENT, f"{page.on}\n".encode())
    return page


def rollback(source: str, store: Path | None = None) -> Page:
    """Go back to the snapshot before the current one.

    Raises
    ------
    KnowledgeError
        Where there is none before it, or for the built-in knowledge.
    """
    root = store or store_path()
    _refuse_built_in(source)
    now = snapshot(source, root)
    older = [page for page in snapshots(root) if page.source == source and page.on < now.on]
    if not older:
        raise KnowledgeError(f"{now.name} is the oldest snapshot of {source} that is kept")
    return use(max(older, key=lambda page: page.on).name, root)


def _refuse_built_in(name: str) -> None:
    """The built-in knowledge is that of the program: an edition is read where it is named."""
    source, at, day = name.partition("@")
    if source == BUILT_IN:
        raise KnowledgeError(
            "the built-in knowledge is always that of this onkos; a kept edition is read where a "
            f"command names it: --knowledge {BUILT_IN}@{day if at and day else 'DATE'} (name the "
            "other snapshots to read beside it)"
        )


def remove(name: str, store: Path | None = None) -> Page:
    """Forget one snapshot, and the files that no other one holds.

    Raises
    ------
    KnowledgeError
        Where it is not kept, or is the current one of several.
    """
    root = store or store_path()
    page = snapshot(name, root)
    others = [one for one in snapshots(root) if one.name != page.name]
    now = current(page.source, root)
    rest = [one.name for one in others if one.source == page.source != BUILT_IN]
    if now is not None and now.name == page.name and rest:
        raise KnowledgeError(
            f"{page.name} is the one in use; first name another: onkos knowledge use {rest[-1]}"
        )
    with _writing(root):
        _page_path(root, page.source, page.on).unlink(missing_ok=True)
        if not any((root / page.source).glob("*.json")):
            shutil.rmtree(root / page.source, ignore_errors=True)
        _sweep_indexes(root)
        held = _held(root)
        for file in page.files:
            if file.sha256 not in held:
                object_path(root, file.sha256).unlink(missing_ok=True)
    return page


def _sweep_indexes(root: Path) -> None:
    """Forget indexes that no page names, those of files that were refused among them.

    One that is still wanted, of a page of a newer onkos, is made again when it is asked for.
    """
    named = {page.sha256 for page in snapshots(root)}
    for index in root.glob("indexes/*.sqlite"):
        sha256 = index.name.partition("-")[0]
        if len(sha256) == _HASH_LENGTH and sha256 not in named:
            index.unlink(missing_ok=True)


def _held(root: Path) -> set[str]:
    """Hashes that any page names, those of a newer onkos among them."""
    pages = (path.read_bytes() for path in root.glob("*/*.json"))
    return {found.decode() for page in pages for found in _HASH.findall(page)}


@contextmanager
def kept_files(page: Page, store: Path | None = None) -> Iterator[tuple[Path, ...]]:
    """The files of a snapshot under their own names, each checked against its SHA-256.

    Raises
    ------
    KnowledgeError
        Where one is gone or has changed.
    """
    root = store or store_path()
    with tempfile.TemporaryDirectory(prefix="onkos-") as folder:
        paths = []
        for number, file in enumerate(page.files):
            path = object_path(root, file.sha256)
            if not path.is_file() or sha256_of(path) != file.sha256:
                raise KnowledgeError(
                    f"{page.name}: {file.name} is gone or damaged; remove it and add it again: "
                    f"onkos knowledge remove {page.name}"
                )
            link = Path(folder) / str(number) / file.name
            link.parent.mkdir()
            link.symlink_to(path.resolve())
            paths.append(link)
        yield tuple(paths)


def object_path(root: Path, sha256: str) -> Path:
    """Where the file with this hash is kept."""
    return root / "objects" / sha256[:2] / sha256


def _object(root: Path, path: Path) -> KeptFile:
    """The file, copied into the store under its hash; hashed as it is copied."""
    try:
        with path.open("rb") as file, made_at(root / "objects" / path.name) as made:
            total, size = hashlib.sha256(), 0
            while block := file.read(1 << 20):
                total.update(block)
                size += len(block)
                made.write(block)
            sha256 = total.hexdigest()
            target = object_path(root, sha256)
            target.parent.mkdir(parents=True, exist_ok=True)
            made.flush()
            os.fsync(made.fileno())
            Path(made.name).replace(target)
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise KnowledgeError(f"{path} is a folder; name the files in it") from error
    return KeptFile(name=path.name, sha256=sha256, size=size)


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    """One writer at a time; what a killed one left half-made is swept away."""
    from filelock import FileLock, Timeout

    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / _LOCK, timeout=WAIT):
            for left in root.glob(f"**/{MAKING}*"):
                left.unlink(missing_ok=True)
            yield
    except Timeout as error:
        raise KnowledgeError(
            f"another onkos has been writing snapshots for {WAIT:.0f} s; try again when it ended"
        ) from error
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        way = "free some space" if full else "give another place with ONKOS_KNOWLEDGE"
        said = "the disk is full" if full else error.strerror or str(error)
        raise KnowledgeError(f"{root}: {said}; what was kept before is whole; {way}") from error


def _page_path(root: Path, source: str, on: date) -> Path:
    return root / source / f"{on}.json"


def _page(path: Path) -> Page | None:
    try:
        page = msgspec.json.decode(path.read_bytes(), type=Page)
    except (OSError, msgspec.DecodeError):
        return None
    return page if page.format == FORMAT else None
