"""What the reader of a report has to know of how a VCF was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from onkos.model.junction import NO_GENE_TOLD as NO_GENE
from onkos.sources.patient.vcf_header import Facts


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of what was read.

    Attributes
    ----------
    chosen : Counter of str
        Transcripts, by what they were chosen.
    reads : Counter of str
        Alleles, by the field that told their reads.
    filled : bool
        FILTER is not empty in all records.
    kept : bool
        Anything was kept.
    nameless : int
        Structural variants without a gene.
    """

    chosen: Counter[str] = field(default_factory=Counter)
    reads: Counter[str] = field(default_factory=Counter)
    filled: bool = False
    kept: bool = False
    nameless: int = 0
    rows: int = 0

    def with_other(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            chosen=self.chosen + other.chosen,
            reads=self.reads + other.reads,
            filled=self.filled or other.filled,
            kept=self.kept or other.kept,
            nameless=self.nameless + other.nameless,
            rows=self.rows + other.rows,
        )


def notices_of(file: Facts, tally: Tally) -> Iterator[str]:
    """Caller, tumour's column and why, where reads come from, what was chosen and left out."""
    source = file.source
    yield f"{source}: {'; '.join(_decided(file, tally))}"
    if tally.chosen:
        told = ", ".join(f"{name} {count}" for name, count in tally.chosen.most_common())
        yield f"{source}: transcripts chosen: {told}"
    if tally.nameless:
        yield (
            f"{source}: {tally.nameless} structural variants carry no gene: which they meet is "
            "looked up by their places"
        )
    caller = file.called.only
    if tally.rows and not tally.filled:
        step = f"; run {caller.filtering} first" if caller and caller.filtering else ""
        yield f"{source}: FILTER is empty: no call was filtered{step}"


def _decided(file: Facts, tally: Tally) -> Iterator[str]:
    if file.called.callers:
        yield f"calls of {file.called.names} ({file.called.told})"
    if file.tumour is None:
        yield "no sample columns"
    else:
        beside = f", the normal {file.normal}" if file.normal else ""
        yield f"the tumour is sample {file.tumour} ({file.why}){beside}"
    if tally.reads:
        yield f"reads from {' or '.join(name for name, _ in tally.reads.most_common())}"
    elif tally.kept:
        yield "allele fractions are not known"


__all__ = ["NO_GENE", "Tally", "notices_of"]
