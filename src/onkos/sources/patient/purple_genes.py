"""Copies per gene of PURPLE (``purple.cnv.gene.tsv``), for the genes of the vocabulary."""

from __future__ import annotations

from pathlib import Path

from onkos.model import CopyCall, CopyNumber, Origin, Vocabulary
from onkos.sources.patient.accounting import account
from onkos.sources.patient.copy_calls import NEUTRAL
from onkos.sources.patient.expression import UNKNOWN_GENE
from onkos.sources.patient.gene_calls import GeneCalls
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.segment_genes import without_call
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "gene": ("gene",),
    "chromosome": ("chromosome",),
    "least": ("minCopyNumber",),
    "most": ("maxCopyNumber",),
    "canonical": ("isCanonical",),
}
OTHER_TRANSCRIPT = "not the canonical transcript"
NOT_CALLED = "copies without a call, see the notices"


def read_purple_genes(
    path: Path,
    vocabulary: Vocabulary,
    origin: Origin = Origin.UNKNOWN,
    amplified_from: float | None = None,
) -> dict[str, Observed]:
    """Read the least copies of each gene, which is what PURPLE itself calls by.

    Parameters
    ----------
    amplified_from : float or None
        Copies from which the laboratory calls an amplification, > 2. Without it no gain is
        called here: PURPLE's own amplifications stand in its catalogue of drivers.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    with open_table(path, COLUMNS, (("gene",), ("least",), ("most",))) as table:
        rows = _Rows(table, vocabulary, origin, amplified_from)
        by_sample = account(table, rows)
        for observed in by_sample.values():
            observed.notices += without_call([], rows.above, rows.sexed)
        return by_sample


class _Rows(GeneCalls):
    """Reads one gene."""

    def __init__(
        self,
        table: Table,
        vocabulary: Vocabulary,
        origin: Origin,
        amplified_from: float | None,
    ) -> None:
        super().__init__(table, vocabulary, origin, amplified_from)
        self._noise = vocabulary.limits.get("copies_noise", 0.0)
        self.above: list[str] = []
        self.sexed: list[str] = []

    def __call__(self, observed: Observed, line: int, cells: list[str]) -> CopyNumber | str:
        """The call of a gene, or why there is none."""
        if self._table.cell(cells, "canonical").casefold() == "false":
            return OTHER_TRANSCRIPT
        place = self._table.cell(cells, "chromosome")
        written = self._table.cell(cells, "gene")
        gene = self._symbols.approved(written, observed, chromosome=place)
        if gene not in self._known:
            return UNKNOWN_GENE
        least = self._table.number(cells, "least")
        if least is None or least < -self._noise:
            remedy = "give copies of at least 0"
            raise Rejected("least", "no number of copies", remedy=remedy)
        call = self._call(gene, max(least, 0.0))
        if call is None:
            (self.sexed if round(least) <= 2 else self.above).append(gene)
            return NOT_CALLED
        if call is CopyCall.NEUTRAL:
            return NEUTRAL
        return CopyNumber(gene=gene, call=call, copies=max(least, 0.0), origin=self._origin)
