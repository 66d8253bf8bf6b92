"""Expression of a cohort from a table of the user's: genes by tumours, as TPM."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onkos.errors import KnowledgeError
from onkos.model import ExpressionCohort, ExpressionRules, Unread, Vocabulary
from onkos.sources.patient.accounting import understood
from onkos.sources.patient.expression import symbol_of
from onkos.sources.patient.tables import Rejected, Table, open_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COLUMNS = {
    "gene": ("gene_name", "gene_symbol", "Hugo_Symbol", "symbol", "Gene", "gene_id", "Name"),
}
_NO_TUMOUR = frozenset(
    "gene_id entrez_gene_id entrez description gene_type biotype length chromosome "
    "hugo_symbol gene_name gene_symbol symbol ensembl_id".split()
)
_MILLION = 1e6


def read_expression_cohort(
    path: Path, vocabulary: Vocabulary, rules: ExpressionRules
) -> tuple[ExpressionCohort, list[Unread]]:
    """Read a matrix row by row; amounts of the genes of the vocabulary are kept, no others.

    TPM and log2(TPM + 1) are told apart by what the columns add to: TPM of all genes add to a
    million. Anything else is refused, for its amounts do not compare with those of a patient.

    Parameters
    ----------
    path : Path
        Tab- or comma-separated, plain or gzip; one column of genes, one for each tumour.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    KnowledgeError
        Where the amounts are no TPM, or no gene is one of the vocabulary.
    """
    unread: list[Unread] = []
    with open_table(path, COLUMNS, (("gene",),), separators="\t,") as table:
        matrix = _Matrix(table, vocabulary)
        for row in understood(table, matrix.take):
            if isinstance(row, Unread):
                unread.append(row)
    return matrix.cohort(path, rules), unread


class _Matrix:
    """Sums of every tumour, and amounts of the genes of the vocabulary, under both readings."""

    def __init__(self, table: Table, vocabulary: Vocabulary) -> None:
        import numpy as np

        self._table = table
        self._vocabulary = vocabulary
        gene = table.columns["gene"]
        self._columns = [
            at
            for at, name in enumerate(table.header)
            if at != gene and name.strip().casefold().replace(" ", "_") not in _NO_TUMOUR
        ]
        self._plain = np.zeros(len(self._columns))
        self._unlogged = np.zeros(len(self._columns))
        self._kept: dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
        self._genes = 0

    def take(self, cells: list[str]) -> None:
        """One gene; several rows of one gene are added up."""
        import numpy as np

        try:
            amounts = np.array([cells[at] for at in self._columns], dtype=np.float64)
        except ValueError:
            raise Rejected("", "an amount is no number", remedy="fill in every tumour") from None
        if not np.isfinite(amounts).all() or (amounts < 0).any():
            raise Rejected("", "an amount below 0 or missing", remedy="give TPM of every tumour")
        unlogged = np.exp2(np.minimum(amounts, 64)) - 1
        self._plain += amounts
        self._unlogged += unlogged
        self._genes += 1
        written = symbol_of(self._table.cell(cells, "gene"))
        symbol = self._vocabulary.symbol_by_name.get(written.upper(), written)
        if symbol not in self._vocabulary.gene_by_symbol:
            return
        pair = (amounts.astype(np.float32), unlogged.astype(np.float32))
        before = self._kept.get(symbol)
        self._kept[symbol] = (before[0] + pair[0], before[1] + pair[1]) if before else pair

    def cohort(self, path: Path, rules: ExpressionRules) -> ExpressionCohort:
        """What was gathered, where the unit is proven."""
        import numpy as np

        if not self._columns:
            raise KnowledgeError(f"{path.name} has no column of a tumour beside the genes")
        if not self._kept:
            raise KnowledgeError(
                f"{path.name} names no gene of the knowledge in its first column; give symbols"
            )
        which = self._unit(path, rules.rounding)
        return ExpressionCohort(
            name=path.name.removesuffix(".gz").rpartition(".")[0],
            n=len(self._columns),
            genes=self._genes,
            values={
                gene: np.sort(np.log2(pair[which] + 1)).astype("<f4").tobytes()
                for gene, pair in self._kept.items()
            },
        )

    def _unit(self, path: Path, rounding: float) -> int:
        """0 for TPM, 1 for log2(TPM + 1)."""
        import numpy as np

        for which, sums in enumerate((self._plain, self._unlogged)):
            if (np.abs(sums / _MILLION - 1) <= rounding).all():
                return which
        off = int(np.argmax(np.abs(self._plain / _MILLION - 1)))
        column = self._table.header[self._columns[off]]
        raise KnowledgeError(
            f"{path.name}: not TPM of all genes, for column {column} adds to "
            f"{self._plain[off]:.3g}, not to a million (nor as log2(TPM + 1)); give TPM of the "
            "whole transcriptome"
        )
