"""One finding a gene and sample: rows that say the same count once, rows that differ not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from onkos.model import CopyNumber, Methylation
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.tables import Rejected, Table

Change = TypeVar("Change", CopyNumber, Methylation)


class OncePerGene(Generic[Change]):
    """Remembers what each sample was told of each gene.

    Parameters
    ----------
    said : callable
        What of a change another row of the gene may contradict.
    remedy : str
        The way out of a contradiction.
    """

    def __init__(self, table: Table, said: Callable[[Change], object], remedy: str) -> None:
        self._table = table
        self._said: Callable[[Change], object] = said
        self._remedy = remedy
        self._seen: dict[tuple[int, str], tuple[int, Change | None]] = {}

    def __call__(self, observed: Observed, line: int, change: Change) -> Change | str:
        """The change, unless the sample has it; two that differ undo each other.

        Raises
        ------
        Rejected
            For a row that contradicts another, which is then unread too.
        """
        key = (id(observed), change.gene)
        if key not in self._seen:
            self._seen[key] = (line, change)
            return change
        earlier_line, earlier = self._seen[key]
        if earlier is not None and self._said(earlier) is self._said(change):
            return "duplicate row"
        problem = Rejected("gene", f"{change.gene} has different calls", remedy=self._remedy)
        if earlier is not None:
            observed.alterations = [one for one in observed.alterations if one is not earlier]
            observed.unread.append(self._table.unread(earlier_line, problem))
            self._seen[key] = (line, None)
        raise problem
