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
from onkos.model.noun import Noun

FORMAT = 1  # rises when a page changes shape
WAIT = 60.0  # seconds that a writer waits for another one
_CURRENT, _LOCK, _MAKING = "current", ".lock", ".making-"
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


class KeptFile(Noun, frozen=True, kw_only=True):
    """One file as it came."""

    name: str
    sha256: str
    size: int


class Page(Noun, frozen=True, kw_only=True):
    """What is kept of one snapshot.

    Attributes
    ----------
    on : date
        Of the source's own state, not of the day when it was added.
    files : tuple of KeptFile
        In the order of their names.
    """

    source: str
    on: date
    licence: str
    files: tuple[KeptFile, ...]
    format: int = FORMAT

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


def store_path() -> Path:
    """Where the user's snapshots are kept; ``ONKOS_KNOWLEDGE`` names another place."""
    named = os.environ.get("ONKOS_KNOWLEDGE", "")
    return Path(named) if named else user_data_path("onkos") / "knowledge"


def add_snapshot(
    source: str, files: Sequence[Path], on: date, licence: str, store: Path | None = None
) -> Page:
    """Keep files as the state of a source on a day, and make it the one that is read.

    The same files under the same day again change nothing.

    Raises
    ------
    KnowledgeError
        Where other files are kept for this day already, a file cannot be read, the disk is full,
        or another writer does not end.
    """
    if not _NAME.match(source):
        raise KnowledgeError(f"{source!r} is no name of a source")
    root = store or store_path()
    with _writing(root):
        kept = tuple(sorted((_object(root, path) for path in files), key=lambda one: one.name))
        page = Page(source=source, on=on, licence=licence, files=kept)
        before = _page(_page_path(root, source, on))
        if before is not None and before.sha256 != page.sha256:
            raise KnowledgeError(
                f"{page.name} is kept already, with other content; give another day with --date, "
                f"or remove the old one: onkos knowledge remove {page.name}"
            )
        if before is None:
            _write(_page_path(root, source, on), msgspec.json.format(msgspec.json.encode(page)))
        _write(root / source / _CURRENT, f"{on}\n".encode())
    return before or page


def page_of(source: str, files: Sequence[Path], on: date, licence: str) -> Page:
    """The page that files would have; nothing is kept.

    Raises
    ------
    KnowledgeError
        Where one cannot be read.
    """
    try:
        kept = (
            KeptFile(name=path.name, sha256=_sha256(path), size=path.stat().st_size)
            for path in sorted(files, key=lambda path: path.name)
        )
        return Page(source=source, on=on, licence=licence, files=tuple(kept))
    except OSError as error:
        raise KnowledgeError(f"{error.filename}: {error.strerror}") from error


def snapshots(store: Path | None = None) -> tuple[Page, ...]:
    """All that is kept, by source and day."""
    root = store or store_path()
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
    source, at, day = name.partition("@")
    found = _page(root / source / f"{day}.json") if at else current(source, root)
    if not _NAME.match(source) or found is None:
        kept = ", ".join(page.name for page in snapshots(root)) or "nothing"
        raise KnowledgeError(f"no snapshot {name!r} is kept (kept: {kept}); onkos knowledge add")
    return found


def use(name: str, store: Path | None = None) -> Page:
    """Make a kept snapshot the one that is read."""
    root = store or store_path()
    page = snapshot(name, root)
    with _writing(root):
        _write(root / page.source / _CURRENT, f"{page.on}\n".encode())
    return page


def rollback(source: str, store: Path | None = None) -> Page:
    """Go back to the snapshot before the current one.

    Raises
    ------
    KnowledgeError
        Where there is none before it.
    """
    root = store or store_path()
    now = snapshot(source, root)
    older = [page for page in snapshots(root) if page.source == source and page.on < now.on]
    if not older:
        raise KnowledgeError(f"{now.name} is the oldest snapshot of {source} that is kept")
    return use(max(older, key=lambda page: page.on).name, root)


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
    if now is not None and now.name == page.name and any(o.source == page.source for o in others):
        raise KnowledgeError(f"{page.name} is the one in use; onkos knowledge rollback first")
    with _writing(root):
        _page_path(root, page.source, page.on).unlink(missing_ok=True)
        if not any(one.source == page.source for one in others):
            shutil.rmtree(root / page.source, ignore_errors=True)
        if not any(one.sha256 == page.sha256 for one in snapshots(root)):
            for index in root.glob(f"indexes/{page.sha256}-*"):
                index.unlink(missing_ok=True)
        held = {file.sha256 for one in snapshots(root) for file in one.files}
        for file in page.files:
            if file.sha256 not in held:
                object_path(root, file.sha256).unlink(missing_ok=True)
    return page


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
            if not path.is_file() or _sha256(path) != file.sha256:
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
        with path.open("rb") as file, _made(root / "objects" / path.name) as made:
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
def _made(beside: Path) -> Iterator[tempfile._TemporaryFileWrapper[bytes]]:
    """A file to fill beside its place; gone at the end unless it was renamed."""
    beside.parent.mkdir(parents=True, exist_ok=True)
    made = tempfile.NamedTemporaryFile(dir=beside.parent, prefix=_MAKING, delete=False)  # noqa: SIM115
    try:
        yield made
    finally:
        made.close()
        Path(made.name).unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with _made(path) as made:
        made.write(data)
        made.flush()
        os.fsync(made.fileno())
        Path(made.name).replace(path)


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    """One writer at a time; what a killed one left half-made is swept away."""
    from filelock import FileLock, Timeout

    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / _LOCK, timeout=WAIT):
            for left in root.glob(f"**/{_MAKING}*"):
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


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
