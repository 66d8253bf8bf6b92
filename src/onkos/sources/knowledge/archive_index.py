"""The index of an archive, opened where the first allele is asked for."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from onkos.errors import KnowledgeError
from onkos.model import Allele, Record
from onkos.model.placed import turned
from onkos.sources.knowledge.archive_build import About, place_of

Told = Callable[[str, str, int, str, tuple[str, ...]], Record]
_ALL = "select place, removed, bases, moves, record.id, said.text, conditions from record "
_ALL += "join said on said.id = record.said "
_HERE = _ALL + "where place = ? and removed = ? and bases = ? order by record.id"
# Those that stand further left and can be put here.
_LEFT = _ALL + (
    "where place between ? and ? and moves >= ? - place and length(removed) = ? "
    "and length(bases) = ? order by record.id"
)


def about_index(path: Path) -> About | None:
    """What an index holds; None where there is none that can be read."""
    try:
        base = _opened(path)
        try:
            (text,) = base.execute("select text from about").fetchone()
        finally:
            base.close()
        return msgspec.json.decode(text, type=About)
    except (sqlite3.Error, TypeError, msgspec.DecodeError):
        return None


@dataclass(frozen=True)
class Index:
    """One snapshot of an archive, as ``model.Archive`` asks for it.

    Two are equal where they are of the same files.

    Attributes
    ----------
    name : str
        Of the snapshot.
    path : Path
    tell : callable
        What the adapter reads of a row.
    """

    name: str
    source: str
    version: str
    assemblies: tuple[str, ...]
    farthest: int
    path: Path
    tell: Told = field(compare=False)
    _open: dict[int, sqlite3.Connection] = field(default_factory=dict, compare=False, repr=False)

    def find(self, alleles: Iterable[Allele]) -> dict[Allele, tuple[Record, ...]]:
        """What is said of alleles; those that it does not hold are left out.

        An insertion or deletion is found in each of its equal forms that the archive's own
        names tell.

        Raises
        ------
        KnowledgeError
            Where the index is gone or damaged.
        """
        try:
            wanted = dict.fromkeys(alleles)
            return {one: rows for one in wanted if (rows := tuple(self._of(one)))}
        except sqlite3.Error as error:
            raise KnowledgeError(
                f"{self.name}: its index is gone or damaged ({error}); remove it and add it again: "
                f"onkos knowledge remove {self.name}"
            ) from error

    def _of(self, one: Allele) -> Iterator[Record]:
        place = place_of(one.assembly, one.chromosome, one.start)
        if place is None or one.assembly not in self.assemblies:
            return
        base = self._base()
        rows = list(base.execute(_HERE, (place, one.removed, one.bases)))
        if bool(one.removed) != bool(one.bases) and self.farthest:
            lengths = (len(one.removed), len(one.bases))
            first = place - min(self.farthest, one.start - 1)
            rows += [
                row
                for row in base.execute(_LEFT, (first, place - 1, place, *lengths))
                if turned(row[1], place - row[0]) == one.removed
                and turned(row[2], place - row[0]) == one.bases
            ]
        for *_, id_, said, numbers in rows:
            yield self.tell(self.source, self.version, id_, said, self._conditions(numbers))

    def _conditions(self, numbers: str) -> tuple[str, ...]:
        base = self._base()
        asked = "select text from condition where id = ?"
        found = (base.execute(asked, (int(n),)).fetchone() for n in numbers.split())
        return tuple(row[0] for row in found if row)

    def _base(self) -> sqlite3.Connection:
        """A connection of this very process: one that was forked has its own."""
        own = os.getpid()
        if own not in self._open:
            self._open.clear()
            self._open[own] = _opened(self.path)
        return self._open[own]


def _opened(path: Path) -> sqlite3.Connection:
    """Read only, and without a lock: an index is never written again."""
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
