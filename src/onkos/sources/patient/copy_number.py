"""Copy number per gene: calls in words, GISTIC levels long and wide, tables of copies."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from onkos.errors import Unreadable
from onkos.model import CopyCall, CopyNumber, Origin, Vocabulary
from onkos.sources.patient.accounting import account, fits, misfit, settled
from onkos.sources.patient.copy_calls import (
    DISCRETE,
    NEUTRAL,
    NOT_CALLED,
    call_of,
    kept,
)
from onkos.sources.patient.gene_calls import GeneCalls
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.once import OncePerGene
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import (
    ABSENT,
    Rejected,
    Table,
    column_key,
    open_table,
)

COLUMNS = {
    "gene": ("Hugo_Symbol", "hugoGeneSymbol", "gene", "Gene_Symbol", "symbol"),
    "sample": ("Sample_Id", "sampleId", "Tumor_Sample_Barcode", "Sample", "sample_id"),
    "call": (
        "call", "Value", "alteration", "copy_number_call", "cna", "CNA_call", "cn_call", "status",
        "gistic",
    ),
    "copies": ("copies", "copy_number", "total_cn", "total_copy_number", "cn", "copynumber"),
    "log2": ("log2", "log2_ratio", "log2_copy_ratio", "segment_mean", "seg_mean"),
}  # fmt: skip
# Columns of a wide matrix that are no samples.
NOT_SAMPLES = frozenset(map(column_key, ("Entrez_Gene_Id", "Locus ID", "Gene ID", "Cytoband")))


def read_copy_number(
    path: Path,
    vocabulary: Vocabulary,
    origin: Origin = Origin.UNKNOWN,
    amplified_from: float | None = None,
) -> dict[str, Observed]:
    """Read copy-number calls per gene.

    Parameters
    ----------
    path : Path
        Tab- or comma-separated, plain or gzip: a gene and a call per row, with or without
        a sample; or a gene per row and a sample per column, with GISTIC's levels.
    vocabulary : Vocabulary
    origin : Origin
        Whose changes the file tells of.
    amplified_from : float or None
        Copies from which the laboratory calls an amplification, > 2. Without it, and
        without a call, more than two copies stay unread.

    Returns
    -------
    dict of str to Observed
        By sample; in a matrix each cell counts as a row of its sample.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    with open_table(path, COLUMNS, (("gene",),), separators="\t,") as table:
        columns = table.columns
        if "call" in columns or "copies" in columns:
            return account(table, _Rows(table, vocabulary, origin, amplified_from))
        samples = _samples(table)
        if "log2" in columns or "sample" in columns or not samples:
            problem = "line 1: no column for the call; add one, as log2 ratios alone call nothing"
            raise Unreadable(path.name, [problem])
        return _Matrix(table, vocabulary, origin, samples).read()


def _samples(table: Table) -> dict[int, str]:
    gene = table.columns["gene"]
    return {
        at: name.strip()
        for at, name in enumerate(table.header)
        if at != gene and name.strip() and column_key(name) not in NOT_SAMPLES
    }


class _Rows(GeneCalls):
    """Reads one row of a table with a gene and its call or copies."""

    def __init__(
        self,
        table: Table,
        vocabulary: Vocabulary,
        origin: Origin,
        amplified_from: float | None,
    ) -> None:
        super().__init__(table, vocabulary, origin, amplified_from)
        self._once = OncePerGene[CopyNumber](
            table, lambda one: one.call, "keep the row that is right"
        )

    def __call__(self, observed: Observed, line: int, cells: list[str]) -> CopyNumber | str:
        """The change of a row, or why it is left out."""
        table = self._table
        gene = self._symbols.approved(cells[table.columns["gene"]], observed)
        text, copies = table.cell(cells, "call"), table.number(cells, "copies")
        if copies is not None and copies < 0:
            raise Rejected("copies", "fewer than no copies", remedy="give copies of at least 0")
        if not text and copies is None:
            return NOT_CALLED
        call = call_of(text) if text else self._from_copies(gene, copies or 0.0)
        log2 = table.number(cells, "log2")
        change = CopyNumber(gene=gene, call=call, copies=copies, log2=log2, origin=self._origin)
        outcome = kept(change, gene in self._known)
        return outcome if isinstance(outcome, str) else self._once(observed, line, outcome)

    def _from_copies(self, gene: str, copies: float) -> CopyCall:
        """The call that a number of copies amounts to, where that needs no threshold of ours."""
        call = self._call(gene, copies)
        if call is not None:
            return call
        if round(copies) <= 2:
            remedy = "add the laboratory's call"
            raise Rejected("copies", "normal copies depend on the patient's sex", remedy=remedy)
        raise Rejected(
            "copies",
            "whether this is an amplification depends on the laboratory's threshold",
            text=f"{copies:g}",
            remedy="add the laboratory's call, or say from how many copies it amplifies",
        )


class _Matrix:
    """Reads a matrix of genes by samples with GISTIC's levels."""

    def __init__(
        self, table: Table, vocabulary: Vocabulary, origin: Origin, samples: dict[int, str]
    ) -> None:
        self._table = table
        self._symbols = Symbols(vocabulary)
        self._known = vocabulary.gene_by_symbol
        self._origin = origin
        self._samples = samples
        self._genes: set[str] = set()
        twice = [name for name, n in Counter(samples.values()).items() if n > 1]
        if twice:
            raise Unreadable(
                table.source, [f"line 1: {len(twice)} samples have two columns; keep one each"]
            )

    def read(self) -> dict[str, Observed]:
        """All cells, by sample; rows whose gene is not understood are under ``""``."""
        by_sample = {name: Observed() for name in self._samples.values()}
        first = True
        for line, cells in self._table.rows:
            try:
                gene = self._gene(cells)
            except Rejected as problem:
                nameless = by_sample.setdefault("", Observed())
                nameless.rows += 1
                nameless.unread.append(self._table.unread(line, problem))
                continue
            if first:
                self._refuse_ratios(line, cells)
                first = False
            for at, sample in self._samples.items():
                self._cell(by_sample[sample], gene, line, at, cells[at].strip())
        return settled(by_sample)

    def _gene(self, cells: list[str]) -> str:
        if not fits(cells, len(self._table.header)):
            raise misfit(cells, len(self._table.header))
        written = cells[self._table.columns["gene"]].partition("|")[0]
        gene = self._symbols.approved(written, Observed())
        if gene in self._genes:
            raise Rejected("gene", f"{gene} has two rows", remedy="keep one")
        self._genes.add(gene)
        return gene

    def _cell(self, observed: Observed, gene: str, line: int, at: int, text: str) -> None:
        observed.rows += 1
        call = DISCRETE.get(text)
        if call is CopyCall.NEUTRAL:
            observed.filtered[NEUTRAL] += 1
        elif call is not None:
            outcome = kept(
                CopyNumber(gene=gene, call=call, origin=self._origin), gene in self._known
            )
            if isinstance(outcome, str):
                observed.filtered[outcome] += 1
            else:
                observed.alterations.append(outcome)
        elif text in ABSENT:
            observed.filtered[NOT_CALLED] += 1
        else:
            problem = Rejected("", "not one of the levels -2 to 2", text=text, remedy="correct it")
            observed.unread.append(self._table.unread(line, problem))

    def _refuse_ratios(self, line: int, cells: list[str]) -> None:
        """A matrix of log2 ratios is another kind of file, not thousands of bad calls."""
        values = [cells[at].strip() for at in self._samples]
        foreign = sum(value not in DISCRETE and value not in ABSENT for value in values)
        if 2 * foreign > len(values):
            problem = f"line {line}: no discrete levels (-2 to 2); give the discrete matrix"
            raise Unreadable(self._table.source, [problem])
