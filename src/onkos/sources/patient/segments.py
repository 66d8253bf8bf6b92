"""Copy-number segments of any caller; calls per gene where the file itself makes them.

Which genes a segment holds depends on a gene model that the file does not carry, and how deep
a change counts on a threshold that it does not state: a segment without genes stays a segment.
"""

from __future__ import annotations

import re
from pathlib import Path

from onkos.model import CopyCall, CopyNumber, Origin, Vocabulary
from onkos.sources.patient.accounting import account
from onkos.sources.patient.chromosomes import LENGTH_OF_1
from onkos.sources.patient.copy_calls import NOT_CALLED, call_of, kept
from onkos.sources.patient.first_lines import first_lines
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.segment_columns import COLUMNS, REQUIRED
from onkos.sources.patient.segment_genes import GeneCopies
from onkos.sources.patient.segment_rows import SegmentRows
from onkos.sources.patient.stated_assembly import checked_ends
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Rejected, Table, open_table

NO_GENE = "segment names no gene"
PART = "segment ends within the gene"

_CALLS = {
    "0": CopyCall.NEUTRAL,
    "+": CopyCall.GAIN,
    "-": CopyCall.LOSS,
    "++": CopyCall.AMPLIFICATION,
}
_STRONG_LOSS = "--"
_QUALITY = re.compile(r"^[#@\s]*(purity|ploidy)\s*[=:\t ]\s*(\d+(?:\.\d+)?)\s*$", re.IGNORECASE)
_LENGTH = re.compile(r"^@SQ\tSN:(?:chr)?1\tLN:(\d+)")
# Oncotator puts the exon at which the segment ends behind the gene: "ABCA1 2+".
_ENDS_IN_GENE = re.compile(r"^(\S+) -?\d+[+-]$")
_THREE_LEVELS = (
    "segments are called +, 0 and - only: strong changes are not told from weak ones, so "
    "amplification and deletion of both copies are not read from them"
)


def read_segments(
    path: Path,
    vocabulary: Vocabulary,
    origin: Origin = Origin.UNKNOWN,
    amplified_from: float | None = None,
    assembly: str = "",
) -> dict[str, Observed]:
    """Read a file of segments; its columns tell which tool wrote it.

    Parameters
    ----------
    path : Path
        Tab- or comma-separated, plain or gzip: PURPLE, FACETS, ASCAT, CNVkit, Sequenza, GATK,
        scarHRD's input, IGV or cBioPortal ``.seg``, CBS, Oncotator.
    vocabulary : Vocabulary
    origin : Origin
        Whose changes the file tells of.
    amplified_from : float or None
        Copies from which the laboratory calls an amplification, > 2.
    assembly : str
        Where the user told it.

    Returns
    -------
    dict of str to Observed
        By sample; one key, ``""``, where the file has no column of samples.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    comments = first_lines(path)
    with open_table(path, COLUMNS, REQUIRED, separators="\t,") as table:
        if {"gene", "call"} <= table.columns.keys():
            return _called(table, vocabulary, origin)
        rows = SegmentRows(
            table,
            half_open=_half_open(table),
            header=told_above(comments),
            assembly=assembly or _assembly_above(comments),
            limits=vocabulary.limits,
        )
        genes = GeneCopies(table, vocabulary, origin, amplified_from)
        by_sample = account(table, genes.beside(rows))
        for observed in by_sample.values():
            rows.remark(observed)
            checked_ends(observed, vocabulary)
            genes.settle(observed)
        return by_sample


def _called(table: Table, vocabulary: Vocabulary, origin: Origin) -> dict[str, Observed]:
    """Segments that name a gene and call it, a row for each gene."""
    rows = _Rows(table, vocabulary, origin)
    by_sample = account(table, rows)
    for observed in by_sample.values():
        rows.remark(observed)
    return by_sample


def _half_open(table: Table) -> bool:
    """Whether it is CNVkit's table, whose positions count from 0 as in BED.

    https://github.com/etal/cnvkit/blob/v0.9.2/doc/fileformats.rst
    """
    return {"gene", "log2", "probes", "weight"} <= table.columns.keys()


def told_above(comments: list[str]) -> dict[str, float]:
    """Purity and ploidy that the comments of a file give.

    >>> told_above(["# Purity = 0.66", "##ploidy=2.1", "chrom"])
    {'purity': 0.66, 'ploidy': 2.1}
    """
    found = (_QUALITY.match(line) for line in comments)
    return {one.group(1).casefold(): float(one.group(2)) for one in found if one}


def _assembly_above(comments: list[str]) -> str:
    """The assembly that the lengths of the header's sequences tell."""
    found = (_LENGTH.match(line) for line in comments)
    lengths = [int(one.group(1)) for one in found if one]
    return next((LENGTH_OF_1[n] for n in lengths if n in LENGTH_OF_1), "")


class _Rows:
    """Reads one segment, or one gene of a segment."""

    def __init__(self, table: Table, vocabulary: Vocabulary, origin: Origin) -> None:
        self._table = table
        self._place = SegmentRows(table, False, {}, "", vocabulary.limits).place
        self._symbols = Symbols(vocabulary)
        self._known = vocabulary.gene_by_symbol
        self._origin = origin
        self._calls: set[str] = set()
        self._seen: set[tuple[int, str, CopyCall]] = set()

    def __call__(self, observed: Observed, line: int, cells: list[str]) -> CopyNumber | str:
        """The change of a gene, or why the row is left out."""
        self._place(cells)
        log2 = self._table.number(cells, "log2")
        written = self._table.cell(cells, "gene")
        if not written:
            return NO_GENE
        text = cells[self._table.columns["call"]].strip()
        self._calls.add(text)
        part = _ENDS_IN_GENE.match(written)
        place = self._table.cell(cells, "chromosome")
        name = part.group(1) if part else written
        gene = self._symbols.approved(name, observed, chromosome=place)
        known = gene in self._known
        call = self._call(text, gene, known)
        if not isinstance(call, CopyCall):
            return call
        outcome = kept(CopyNumber(gene=gene, call=call, log2=log2, origin=self._origin), known)
        if isinstance(outcome, CopyNumber) and part:
            return self._in_part(outcome, known)
        return outcome if isinstance(outcome, str) else self._once(observed, outcome)

    def remark(self, observed: Observed) -> None:
        """Say where the calls have no strength."""
        if {"+", "-"} & self._calls and not {"++", _STRONG_LOSS} & self._calls:
            observed.notices.append(_THREE_LEVELS)

    def _call(self, text: str, gene: str, known: bool) -> CopyCall | str:
        if text in _CALLS:
            return _CALLS[text]
        if text == _STRONG_LOSS:
            return self._strong_loss(gene, known)
        return call_of(text) if text and text not in {".", "NA"} else NOT_CALLED

    def _strong_loss(self, gene: str, known: bool) -> str:
        """``--`` is the tool's lower tail; whether both copies are gone it does not say."""
        if not known:
            return "strong loss in a gene without knowledge"
        raise Rejected(
            "call",
            f"{gene}: -- does not say whether both copies are lost",
            text=_STRONG_LOSS,
            remedy="give gene-level calls: deletion or heterozygous loss",
        )

    def _in_part(self, change: CopyNumber, known: bool) -> str:
        if not known or change.call in {CopyCall.GAIN, CopyCall.LOSS}:
            return PART
        raise Rejected(
            "gene",
            f"the segment ends within {change.gene}: what it does to the gene is not said",
            remedy="give a gene-level call",
        )

    def _once(self, observed: Observed, change: CopyNumber) -> CopyNumber | str:
        key = (id(observed), change.gene, change.call)
        if key in self._seen:
            return "duplicate row"
        self._seen.add(key)
        return change
