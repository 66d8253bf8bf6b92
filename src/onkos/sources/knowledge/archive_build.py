"""An index of an archive's alleles: one SQLite file, made once and never written again.

Rows stand in the order of their places, so that some hundreds of alleles cost some hundreds of
steps down one tree. What many rows say alike is kept once. The file is made beside its place and
renamed; its name is the hash of the files that it was made of.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

import msgspec

from onkos.errors import KnowledgeError
from onkos.model import Unread
from onkos.sources.knowledge.archive_rows import Filed, Head, Refused

FORMAT = 1  # rises when the tables change
FOLDER = "indexes"
LISTED = 20  # rows not understood that are kept of each reason; the rest are counted
CHROMOSOMES = {name: n for n, name in enumerate([*map(str, range(1, 23)), "X", "Y", "MT"], 1)}
ASSEMBLIES = ("GRCh37", "GRCh38")
_TWICE = "the same variation and alleles stand twice"
_MAKING = ".building-"
_STALE = 24 * 3600.0  # seconds after which what was half-made is swept away
_BATCH = 20_000
_TABLES = """
create table about (text text not null);
create table said (id integer primary key, text text not null);
create table condition (id integer primary key, text text not null);
create table record (
    place integer not null, removed text not null, bases text not null, id integer not null,
    moves integer not null, said integer not null, conditions text not null,
    primary key (place, removed, bases, id)
) without rowid;
"""
Reader = Callable[[Path], Iterator[Head | Filed | Refused]]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What an index holds.

    Attributes
    ----------
    day : str
        Of the files, by their own word; empty where they do not say it.
    farthest : int
        The most that a record can be put further right.
    more : dict of str to int
        Rows not understood by reason, beside those that are listed.
    """

    assemblies: tuple[str, ...]
    day: str
    records: int
    farthest: int
    unread: tuple[Unread, ...] = ()
    more: dict[str, int] = {}


def index_path(store: Path, sha256: str) -> Path:
    """Where the index of files with this hash is."""
    return store / FOLDER / f"{sha256}-{FORMAT}.sqlite"


def place_of(assembly: str, chromosome: str, start: int) -> int | None:
    """A place as one number, in the order of the genome; None for one that is not held."""
    number = CHROMOSOMES.get(chromosome)
    if number is None or assembly not in ASSEMBLIES or not 0 < start < 1 << 31:
        return None
    return (ASSEMBLIES.index(assembly) * 32 + number) << 31 | start


def build_index(files: Iterable[Path], read: Reader, target: Path) -> About:
    """Make the index of some files; what was at its place is replaced.

    Raises
    ------
    KnowledgeError
        Where the files are not of one day, two are of one assembly, or the disk is full.
    Unreadable
        Where a file is none of this archive.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    handle, name = tempfile.mkstemp(prefix=_MAKING, suffix=".sqlite", dir=target.parent)
    os.close(handle)
    made = Path(name)
    try:
        with closing(sqlite3.connect(made, isolation_level=None)) as base:
            about = _Filling(base).all(files, read)
        with made.open("rb+") as file:
            os.fsync(file.fileno())
        made.replace(target)
    except sqlite3.Error as error:
        raise KnowledgeError(
            f"{target.parent}: no index could be written ({error}); what was kept before is "
            "whole; free some space, or give another place with ONKOS_KNOWLEDGE"
        ) from error
    finally:
        made.unlink(missing_ok=True)
    return about


def _sweep(folder: Path) -> None:
    """Forget what a killed one left half-made long ago."""
    for left in folder.glob(f"{_MAKING}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()


class _Filling:
    """One index, being filled."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._said: dict[str, int] = {}
        self._conditions: dict[str, int] = {}
        self._listed: dict[str, list[Unread]] = {}
        self._refused: Counter[str] = Counter()
        self._farthest = 0
        self._heads: dict[str, tuple[str, str]] = {}

    def all(self, files: Iterable[Path], read: Reader) -> About:
        """Fill it from files, one after the other."""
        for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -65536"):
            self._base.execute(f"pragma {pragma}")
        self._base.executescript(_TABLES)
        self._base.execute("begin")
        for path in sorted(files, key=lambda path: path.name):
            self._file(path, read(path))
        self._base.executemany("insert into said values (?, ?)", _numbered(self._said))
        self._base.executemany("insert into condition values (?, ?)", _numbered(self._conditions))
        about = self._about()
        self._base.execute("insert into about values (?)", (msgspec.json.encode(about).decode(),))
        self._base.execute("commit")
        return about

    def _about(self) -> About:
        (records,) = self._base.execute("select count(*) from record").fetchone()
        days = {day for _, day in self._heads.values() if day}
        if len(days) > 1:
            told = ", ".join(f"{name} of {day}" for name, day in self._heads.values())
            raise KnowledgeError(f"files of two days are no one state: {told}")
        return About(
            assemblies=tuple(sorted(self._heads)),
            day=next(iter(days), ""),
            records=records,
            farthest=self._farthest,
            unread=tuple(row for rows in self._listed.values() for row in rows),
            more={
                why: left
                for why, n in self._refused.items()
                if (left := n - len(self._listed.get(why, ())))
            },
        )

    def _file(self, path: Path, rows: Iterator[Head | Filed | Refused]) -> None:
        head = next(rows)
        if not isinstance(head, Head):
            raise KnowledgeError(f"{path.name} has no head")
        if head.assembly in self._heads:
            other = self._heads[head.assembly][0]
            raise KnowledgeError(f"{other} and {path.name} are both of {head.assembly}: give one")
        self._heads[head.assembly] = (path.name, head.day)
        while batch := list(islice(rows, _BATCH)):
            kept = [self._record(head.assembly, r) for r in batch if isinstance(r, Filed)]
            before = self._base.total_changes
            self._base.executemany("insert or ignore into record values (?,?,?,?,?,?,?)", kept)
            self._refused.update(
                [_TWICE] * (len(kept) - self._base.total_changes + before)
            )  # of which row is not known here; it is counted
            for row in batch:
                if isinstance(row, Refused):
                    self._refuse(path.name, row)

    def _record(self, assembly: str, row: Filed) -> tuple[object, ...]:
        said = self._said.setdefault(row.said, len(self._said) + 1)
        known = self._conditions
        conditions = [str(known.setdefault(name, len(known) + 1)) for name in row.conditions]
        self._farthest = max(self._farthest, row.moves)
        place = place_of(assembly, row.chromosome, row.start)
        return place, row.removed, row.bases, row.id, row.moves, said, " ".join(conditions)

    def _refuse(self, source: str, row: Refused) -> None:
        self._refused[row.reason] += 1
        listed = self._listed.setdefault(row.reason, [])
        if len(listed) < LISTED:
            listed.append(Unread(source=source, line=row.line, text=row.text, reason=row.reason))


def _numbered(found: dict[str, int]) -> Iterator[tuple[int, str]]:
    return ((number, text) for text, number in found.items())
