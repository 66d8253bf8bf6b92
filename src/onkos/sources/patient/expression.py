"""Expression of genes as TPM: salmon, kallisto, RSEM, featureCounts, Isofox, plain tables.

Kept for the genes of the vocabulary. Whether a gene is over- or underexpressed is not said
here: it takes a cohort.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from onkos.errors import Unreadable
from onkos.model import Profile, Vocabulary
from onkos.sources.patient.accounting import fits, misfit
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import ABSENT, Rejected, Table, column_key, open_table

COLUMNS = {
    "gene": (
        "gene_name", "GeneName", "gene_symbol", "Hugo_Symbol", "symbol", "gene_id", "Geneid",
        "TargetID", "target_id", "Name", "gene",
    ),
    "tpm": ("TPM", "AdjTPM", "tpm_unstranded"),
    "length": ("Length",),
    "strand": ("Strand",),
    "reads": ("NumReads",),
    "kallisto": ("est_counts",),
    "rsem": ("expected_count",),
    "isofox": ("AdjTPM",),
}  # fmt: skip
UNKNOWN_GENE = "gene without knowledge"
NO_SYMBOL = "named by an identifier without symbol"
ADDED = "another transcript of its gene, added to it"

_TOOLS = (("isofox", "Isofox"), ("rsem", "RSEM"), ("kallisto", "kallisto"), ("reads", "salmon"))
_FEATURE_COUNTS = ("Geneid", "Chr", "Start", "End", "Strand", "Length")
# GENCODE: transcript, gene, two of Havana, transcript name, gene name, length, type.
_GENCODE_FIELDS = 8
_IDENTIFIER = re.compile(r"^ENS[GT]\d+(?:\.\d+)?(?:_PAR_Y)?$")
_PREFIXED = re.compile(r"^ENS[GT]\d+(?:\.\d+)?[_|](.+)$")
_MILLION = 1e6
# TPM of all genes add to a million; a part of them, or RPKM, does not.
_ROUNDING = 0.02


def read_expression(path: Path, vocabulary: Vocabulary) -> dict[str, Observed]:
    """Read amounts of RNA by gene or by transcript.

    Parameters
    ----------
    path : Path
        Tab- or comma-separated, plain or gzip. Transcripts of a gene are added up. Counts of
        featureCounts become TPM by its lengths (of all exons of a gene, not effective ones).

    Returns
    -------
    dict of str to Observed
        With one `Profile` each; under ``""`` except for featureCounts of several samples.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    with open_table(path, COLUMNS, (("gene",),), separators="\t,") as table:
        counts = _count_columns(table)
        if "tpm" not in table.columns and not counts:
            raise Unreadable(path.name, ["line 1: no column for TPM; give TPM, not counts alone"])
        rows = _Rows(table, vocabulary, counts or {"": table.columns["tpm"]}, bool(counts))
        return rows.read()


def _count_columns(table: Table) -> dict[str, int]:
    """Columns of counts by sample, where featureCounts wrote the table."""
    start = tuple(table.header[: len(_FEATURE_COUNTS)])
    if tuple(map(column_key, start)) != tuple(map(column_key, _FEATURE_COUNTS)):
        return {}
    columns = dict(enumerate(table.header[len(start) :], start=len(start)))
    return (
        {name: at for at, name in columns.items()}
        if len(columns) > 1
        else dict.fromkeys([""], len(start))
        if columns
        else {}
    )


class _Rows:
    """Reads all rows; amounts gather by gene, in the file's unit."""

    def __init__(
        self, table: Table, vocabulary: Vocabulary, samples: dict[str, int], counts: bool
    ) -> None:
        self._table = table
        self._symbols = Symbols(vocabulary)
        self._known = vocabulary.gene_by_symbol
        self._samples = samples
        self._counts = counts
        self._amounts: dict[str, Counter[str]] = {name: Counter() for name in samples}
        self._totals: Counter[str] = Counter()
        self._genes = 0
        self._observed = {name: Observed() for name in samples}

    def read(self) -> dict[str, Observed]:
        """By sample."""
        for line, cells in self._table.rows:
            for sample, at in self._samples.items():
                observed = self._observed[sample]
                observed.rows += 1
                try:
                    reason = self._row(sample, at, cells)
                except Rejected as problem:
                    observed.unread.append(self._table.unread(line, problem))
                    continue
                if reason:
                    observed.filtered[reason] += 1
            self._genes += 1
        for sample, observed in self._observed.items():
            self._settle(sample, observed)
        return self._observed

    def _row(self, sample: str, at: int, cells: list[str]) -> str:
        """Take one amount; why it is not kept, empty where it is."""
        if not fits(cells, len(self._table.header)):
            raise misfit(cells, len(self._table.header))
        amount = self._amount(at, cells)
        self._totals[sample] += amount  # type: ignore[assignment]
        written = symbol_of(self._table.cell(cells, "gene"))
        if not written:
            return NO_SYMBOL
        gene = self._symbols.approved(written, self._observed[sample])
        if gene not in self._known:
            return UNKNOWN_GENE
        amounts = self._amounts[sample]
        again = gene in amounts
        amounts[gene] += amount  # type: ignore[assignment]
        return ADDED if again else ""

    def _amount(self, at: int, cells: list[str]) -> float:
        """TPM, or reads per base where the file counts reads."""
        name = self._table.header[at]
        text = cells[at].strip()
        remedy = "give a number of at least 0"
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if text in ABSENT or not 0 <= value < float("inf"):
            raise Rejected("tpm", f"not an amount in {name}", text=text, remedy=remedy)
        if not self._counts:
            return value
        length = self._table.number(cells, "length")
        if not length or length <= 0:
            raise Rejected("length", "a gene without length", remedy="give its length in bases")
        return value / length

    def _settle(self, sample: str, observed: Observed) -> None:
        total = self._totals[sample]
        amounts = self._amounts[sample]
        if self._counts:
            scale = _MILLION / total if total else 0.0
            values = {gene: amount * scale for gene, amount in amounts.items()}
            method = "featureCounts, TPM by length of all exons"
        else:
            values = dict(amounts)
            method = self._method()
            _check_total(total, observed)
        nameless = observed.filtered[NO_SYMBOL]
        observed.filtered = +observed.filtered
        if nameless and not values:
            observed.notices.append(
                f"all {nameless} rows are named by identifiers without symbol: nothing is read; "
                "give the file with gene symbols (for salmon: quant.genes.sf by gene_name)"
            )
        if values:
            observed.profiles.append(
                Profile(analyte="RNA", unit="TPM", values=values, genes=self._genes, method=method)
            )

    def _method(self) -> str:
        found = (tool for name, tool in _TOOLS if name in self._table.columns)
        return next(found, "")


def _check_total(total: float, observed: Observed) -> None:
    """TPM of a whole transcriptome add to a million."""
    if total and abs(total / _MILLION - 1) > _ROUNDING:
        observed.notices.append(
            f"the amounts add to {total:.3g}, not to a million: not TPM, or of part of the genes"
        )


def symbol_of(written: str) -> str:
    """The gene's symbol in what tools write; empty where they write an identifier only.

    >>> symbol_of("ENST01.1|ENSG01.2|-|-|BRAF-201|BRAF|6459|protein_coding|")
    'BRAF'
    >>> symbol_of("ENSG00000157764.14_BRAF"), symbol_of("ENSG00000157764"), symbol_of("BRAF")
    ('BRAF', '', 'BRAF')
    """
    parts = written.split("|")
    if len(parts) >= _GENCODE_FIELDS:
        return parts[5]
    if _IDENTIFIER.match(written):
        return ""
    prefixed = _PREFIXED.match(written)
    return prefixed.group(1) if prefixed else written
