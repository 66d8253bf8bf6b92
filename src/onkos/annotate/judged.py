"""What is said of one criterion of the oncogenicity standard: it holds, or it is left open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onkos.annotate.sop import Key, label
from onkos.model import Consequence

IN_FRAME = frozenset(
    {Consequence.INFRAME_DELETION, Consequence.INFRAME_INSERTION, Consequence.DELINS}
)


class Met(NamedTuple):
    """A criterion that holds, and one sentence why."""

    key: Key
    reason: str


class Open(NamedTuple):
    """Criteria that could not be judged, and why. Not judged is not absent."""

    keys: tuple[Key, ...]
    reason: str

    def __str__(self) -> str:
        return f"{', '.join(label(key) for key in self.keys)}: {self.reason}"


# Of a criterion that does not hold nothing is said.
Judged = Iterator[Met | Open]
