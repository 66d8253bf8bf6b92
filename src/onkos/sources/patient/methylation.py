"""Methylation of promoters as a laboratory calls it: MGMT, MLH1, BRCA1 and others.

A beta value alone is no call: its cut-off belongs to the assay and the sites that it looks at.
"""

from __future__ import annotations

from pathlib import Path

from onkos.model import Methylation, Origin, Vocabulary
from onkos.sources.patient.accounting import account
from onkos.sources.patient.expression import UNKNOWN_GENE
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.once import OncePerGene
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "sample": ("sample", "Sample_Id", "SampleID", "Tumor_Sample_Barcode"),
    "gene": ("gene", "Hugo_Symbol", "gene_symbol", "symbol", "promoter"),
    "call": ("methylation_call", "methylation_status", "methylation", "call", "status"),
    "beta": ("beta", "beta_value", "average_beta", "methylation_level", "mean_beta"),
}
_METHYLATED = frozenset({"methylated", "hypermethylated", "m", "positive", "yes"})
_UNMETHYLATED = frozenset({"unmethylated", "not methylated", "u", "negative", "no"})


def read_methylation(path: Path, vocabulary: Vocabulary) -> dict[str, Observed]:
    """Read calls of promoters, one gene on each row.

    Parameters
    ----------
    path : Path
        Tab- or comma-separated, plain or gzip, with a gene and a call, or a beta value, which
        is checked and stays unread without a call.

    Returns
    -------
    dict of str to Observed
        By sample.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    with open_table(path, COLUMNS, (("gene",), ("call", "beta")), separators="\t,") as table:
        return account(table, _Rows(table, vocabulary))


class _Rows:
    """Reads one gene's promoter."""

    def __init__(self, table: Table, vocabulary: Vocabulary) -> None:
        self._table = table
        self._symbols = Symbols(vocabulary)
        self._known = vocabulary.gene_by_symbol
        self._once = OncePerGene[Methylation](
            table, lambda one: one.methylated, "keep the call of the promoter"
        )

    def __call__(self, observed: Observed, line: int, cells: list[str]) -> Methylation | str:
        """The call of a row, or why it is left out."""
        gene = self._symbols.approved(cells[self._table.columns["gene"]], observed)
        beta = self._table.number(cells, "beta")
        if beta is not None and not 0 <= beta <= 1:
            remedy = "give a fraction in 0 to 1"
            raise Rejected("beta", "a beta value outside 0 to 1", text=f"{beta:g}", remedy=remedy)
        if gene not in self._known:
            return UNKNOWN_GENE
        text = self._table.cell(cells, "call")
        if not text:
            raise Rejected(
                "beta" if beta is not None else "call",
                f"{gene}: a beta value is no call" if beta is not None else f"{gene}: no call",
                remedy="add the laboratory's call: methylated or unmethylated",
            )
        methylated = _truth(text)
        change = Methylation(gene=gene, methylated=methylated, origin=Origin.SOMATIC)
        return self._once(observed, line, change)


def _truth(text: str) -> bool:
    word = " ".join(text.casefold().replace("_", " ").split())
    if word in _METHYLATED:
        return True
    if word in _UNMETHYLATED:
        return False
    remedy = "write methylated or unmethylated"
    raise Rejected("call", "not a call of methylation", text=text, remedy=remedy)
