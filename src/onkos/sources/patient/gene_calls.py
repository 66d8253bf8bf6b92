"""What every reader of copies per gene has in hand: the genes, and the call that copies make."""

from __future__ import annotations

from onkos.model import CopyCall, Origin, Vocabulary
from onkos.sources.patient.copy_calls import SEX_CHROMOSOMES, call_from_copies
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Table


class GeneCalls:
    """Base of the readers of copies per gene.

    Parameters
    ----------
    table : Table
    vocabulary : Vocabulary
    origin : Origin
        Whose changes the file tells of.
    amplified_from : float or None
        Copies from which the laboratory calls an amplification, > 2.
    """

    def __init__(
        self,
        table: Table,
        vocabulary: Vocabulary,
        origin: Origin,
        amplified_from: float | None,
    ) -> None:
        self._table = table
        self._symbols = Symbols(vocabulary)
        self._known = vocabulary.gene_by_symbol
        self._origin = origin
        self._amplified_from = amplified_from

    def _call(self, gene: str, copies: float) -> CopyCall | None:
        """What copies of a gene amount to without a threshold of ours; None where it takes one."""
        known = self._known.get(gene)
        sex = known is not None and known.chromosome in SEX_CHROMOSOMES
        return call_from_copies(copies, sex, self._amplified_from)
