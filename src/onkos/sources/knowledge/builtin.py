"""The built-in knowledge: TOML compiled once into a typed snapshot keyed by its hash."""

from __future__ import annotations

import gc
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from onkos import __version__
from onkos.errors import KnowledgeError
from onkos.model import Knowledge

FOLDER = Path(__file__).resolve().parent.parent.parent / "knowledge"
FORMAT = 27  # rises when a noun changes shape, so that an old snapshot is not read as a new one
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
    return compiled(FOLDER, digest(knowledge_files(FOLDER)))


def compiled(folder: Path, key: str) -> Knowledge:
    """The knowledge of a folder with this digest, from the cache or made anew.

    Raises
    ------
    KnowledgeError
        Where an entry is wrong; every problem of every file is listed.
    """
    path = snapshot_path(key)
    kept = _read(path)
    if kept is not None:
        return kept
    from onkos.sources.knowledge.compile import compile_folder

    knowledge = compile_folder(folder, key)
    write_whole(path, _ENCODER.encode(knowledge), "builtin-*.msgpack", KEPT)
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
        with uncollected():
            return msgspec.msgpack.decode(path.read_bytes(), type=Knowledge)
    except (OSError, msgspec.DecodeError):
        return None


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many things that stay, without looking through them for garbage as they are made.

    What is there at the end is left out of later collections too: knowledge is not given back.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if collects:
            gc.enable()


def write_whole(path: Path, data: bytes, like: str, kept: int) -> None:
    """Keep something in the cache, whole or not at all, and the last few of its kind only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
        for old in sorted(path.parent.glob(like), key=lambda p: p.stat().st_mtime)[:-kept]:
            old.unlink(missing_ok=True)
    except OSError:
        return
