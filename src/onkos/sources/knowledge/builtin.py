"""The built-in knowledge: TOML compiled once into a typed snapshot keyed by its hash."""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import lru_cache
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from onkos import __version__
from onkos.errors import KnowledgeError
from onkos.model import Knowledge

FOLDER = Path(__file__).resolve().parent.parent.parent / "knowledge"
FORMAT = 19  # rises when a noun changes shape, so that an old snapshot is not read as a new one
KEPT = 4  # snapshots in the cache; each is of one state of the files
_ENCODER = msgspec.msgpack.Encoder()


@lru_cache(maxsize=1)
def builtin() -> Knowledge:
    """The knowledge that ships with onkos.

    Reads the compiled snapshot from the user's cache; where there is none for these very
    files, compiles it and keeps it. A cache that cannot be written is done without.

    Raises
    ------
    KnowledgeError
        Where an entry is wrong; every problem of every file is listed.
    """
    files = knowledge_files(FOLDER)
    key = digest(files)
    path = snapshot_path(key)
    kept = _read(path)
    if kept is not None:
        return kept
    from onkos.sources.knowledge.compile import compile_folder

    knowledge = compile_folder(FOLDER, key)
    _write(path, _ENCODER.encode(knowledge))
    return knowledge


def snapshot_path(key: str) -> Path:
    """Where the snapshot of the files with this digest is kept."""
    return user_cache_path("onkos") / f"builtin-{FORMAT}-{__version__}-{key[:24]}.msgpack"


def knowledge_files(folder: Path) -> list[Path]:
    """All TOML files of a knowledge folder, in a fixed order."""
    found = sorted(folder.rglob("*.toml"))
    if not found:
        raise KnowledgeError(f"no knowledge files in {folder.name}: is the installation whole?")
    return found


def digest(files: list[Path]) -> str:
    """SHA-256 over names and bytes."""
    total = hashlib.sha256()
    for path in files:
        data = path.read_bytes()
        total.update(f"{path.parent.name}/{path.name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def _read(path: Path) -> Knowledge | None:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=Knowledge)
    except (OSError, msgspec.DecodeError):
        return None


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a half-written snapshot is never visible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
        _prune(path.parent)
    except OSError:
        return


def _prune(folder: Path) -> None:
    """Keep the snapshots of the last few states of the files only."""
    kept = sorted(folder.glob("builtin-*.msgpack"), key=lambda p: p.stat().st_mtime)
    for old in kept[:-KEPT]:
        old.unlink(missing_ok=True)
