"""Copy-number segments: kept per gene where the file names the gene and calls it.

A segment without genes stays a segment: which genes it holds depends on a gene model that
the file does not carry, and how deep a change counts on a threshold that it does not state.
"""

from __future__ import annotations

import re
from pathlib import Path

from onkos.model import CopyCall, CopyNumber, Origin, Vocabulary
from onkos.sources.patient.accounting import account
from onkos.sources.patient.copy_calls import NOT_CALLED, call_of, kept
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "sample": ("sample", "ID", "Sample_Id", "SampleID", "Tumor_Sample_Barcode", "name"),
    "chromosome": ("chrom", "Chromosome", "chr", "CONTIG", "segment_contig"),
    "start": ("loc.start", "Start", "Start.bp", "START", "segment_start", "Start_position"),
    "end": ("loc.end", "End", "End.bp", "END", "segment_end", "End_position"),
    "log2": (
        "seg.mean", "Segment_Mean", "Seg.CN", "MEAN_LOG2_COPY_RATIO", "log2",
        "LOG2_COPY_RATIO_POSTERIOR_50",
    ),
    "gene": ("gene", "Hugo_Symbol", "genes"),
    "call": ("segment_call", "CALL", "Segment_Call"),
}  # fmt: skip
REQUIRED = (("chromosome",), ("start",), ("end",))
NO_GENE = "segment names no gene"
NO_CALL = "segment has no call"
PART = "segment ends within the gene"

_CALLS = {
    "0": CopyCall.NEUTRAL,
    "+": CopyCall.GAIN,
    "-": CopyCall.LOSS,
    "++": CopyCall.AMPLIFICATION,
}
_STRONG_LOSS = "--"
# Oncotator puts the exon at which the segment ends behind the gene: "ABCA1 2+".
_ENDS_IN_GENE = re.compile(r"^(\S+) -?\d+[+-]$")
_THREE_LEVELS = (
    "segments are called +, 0 and - only: strong changes are not told from weak ones, so "
    "amplification and deletion of both copies are not read from them"
)


def read_segments(
    path: Path, vocabulary: Vocabulary, origin: Origin = Origin.UNKNOWN
) -> dict[str, Observed]:
    """Read a file of segments (IGV or cBioPortal ``.seg``, GATK, CBS, Oncotator).

    Parameters
    ----------
    path : Path
        Tab- or comma-separated, plain or gzip.
    vocabulary : Vocabulary
    origin : Origin
        Whose changes the file tells of.

    Returns
    -------
    dict of str to Observed
        By sample; one key, ``""``, where the file has no column of samples.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    with open_table(path, COLUMNS, REQUIRED, separators="\t,") as table:
        if "call" in table.columns and "gene" not in table.columns:
            table.columns.pop("call")
        rows = _Rows(table, vocabulary, origin)
        by_sample = account(table, rows)
        for observed in by_sample.values():
            rows.remark(observed)
        return by_sample


class _Rows:
    """Reads one segment, or one gene of a segment."""

    def __init__(self, table: Table, vocabulary: Vocabulary, origin: Origin) -> None:
        self._table = table
        self._symbols = Symbols(vocabulary)
        self._known = vocabulary.gene_by_symbol
        self._origin = origin
        self._calls: set[str] = set()
        self._seen: set[tuple[int, str, CopyCall]] = set()

    def __call__(self, observed: Observed, line: int, cells: list[str]) -> CopyNumber | str:
        """The change of a gene, or why the row is left out."""
        self._check_place(cells)
        log2 = self._table.number(cells, "log2")
        written = self._table.cell(cells, "gene")
        if not written:
            return NO_GENE
        at = self._table.columns.get("call")
        if at is None:
            return NO_CALL
        text = cells[at].strip()
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

    def _check_place(self, cells: list[str]) -> None:
        start, end = self._table.whole(cells, "start"), self._table.whole(cells, "end")
        if start is None or end is None or start > end:
            remedy = "give start and end as whole numbers, start first"
            raise Rejected("start", "the segment has no start and end", remedy=remedy)

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
