"""Calls of genes that a file of segments names beside their copies, as CNVkit does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from onkos.model import CopyCall, CopyNumber, Origin, Segment, Vocabulary
from onkos.sources.patient.gene_calls import GeneCalls
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.tables import Rejected, Table

Rows = Callable[[Observed, int, list[str]], "Segment | str"]


class GeneCopies(GeneCalls):
    """Gathers the copies of each known gene over the segments that name it.

    A gene that segments cut in parts of different copies has no call: which part counts,
    the file does not say.
    """

    def __init__(
        self,
        table: Table,
        vocabulary: Vocabulary,
        origin: Origin,
        amplified_from: float | None,
    ) -> None:
        super().__init__(table, vocabulary, origin, amplified_from)
        self._fewest = vocabulary.limits["copies_least_bins"]
        self._copies: dict[int, dict[str, list[Segment]]] = defaultdict(lambda: defaultdict(list))

    def beside(self, rows: Rows) -> Rows:
        """The same reader of rows, that also remembers the genes of each segment."""
        if "gene" not in self._table.columns:
            return rows

        def read(observed: Observed, line: int, cells: list[str]) -> Segment | str:
            outcome = rows(observed, line, cells)
            if isinstance(outcome, Segment) and outcome.total is not None:
                self._take(observed, cells, outcome)
            return outcome

        return read

    def _take(self, observed: Observed, cells: list[str], segment: Segment) -> None:
        for written in dict.fromkeys(self._table.cell(cells, "gene").split(",")):
            try:
                gene = self._symbols.approved(written, Observed(), chromosome=segment.chromosome)
            except Rejected:  # CNVkit lists names of targets too; only genes are looked for
                continue
            if gene in self._known:
                self._copies[id(observed)][gene].append(segment)

    def settle(self, observed: Observed) -> None:
        """Add the calls of a sample, and say of how many genes there is none, and why."""
        cut: list[str] = []
        above: list[str] = []
        sexed: list[str] = []
        mixed: list[str] = []
        for gene, segments in self._copies.pop(id(observed), {}).items():
            totals = [one.total for one in segments if one.total is not None]
            calls = {self._call(gene, total) for total in totals}
            if len(calls) > 1:
                cut.append(gene)
                continue
            [call] = calls
            if self._mixed(segments, call):
                mixed.append(gene)
            elif call is None:
                (sexed if round(totals[0]) <= 2 else above).append(gene)
            elif call is not CopyCall.NEUTRAL:
                observed.rows += 1  # a gene of a segment is a row of its own, as in a matrix
                observed.alterations.append(
                    CopyNumber(
                        gene=gene,
                        call=call,
                        copies=min(totals),
                        log2=segments[0].log2 if len(segments) == 1 else None,
                        origin=self._origin,
                    )
                )
        observed.notices += without_call(cut, above, sexed)
        if mixed:
            observed.notices.append(
                f"{_named(mixed)}: under 2 copies by rounding over the sample as a whole or by too "
                "few bins, which does not tell the loss of one copy from that of both: not called"
            )

    def _mixed(self, segments: list[Segment], call: CopyCall | None) -> bool:
        """Whether a loss rests on copies of the sample as a whole, or on too few bins."""
        if call not in {CopyCall.LOSS, CopyCall.DELETION}:
            return False
        few = any(s.probes is not None and s.probes < self._fewest for s in segments)
        return any(s.rounded for s in segments) and (call is CopyCall.LOSS or few)


def without_call(cut: list[str], above: list[str], sexed: list[str]) -> list[str]:
    """Why known genes have copies and no call."""
    notices = []
    if cut:
        notices.append(
            f"segments end within {_named(cut)}, of different copies on either side: not called"
        )
    if above:
        notices.append(
            f"more than 2 copies of {_named(above)}: whether that is amplification depends on the "
            "laboratory's threshold; give it as amplified_from"
        )
    if sexed:
        notices.append(f"{_named(sexed)}: on X or Y normal copies depend on sex: not called")
    return notices


def _named(genes: list[str], shown: int = 8) -> str:
    more = f" and {len(genes) - shown} more" if len(genes) > shown else ""
    return f"{', '.join(sorted(genes)[:shown])}{more}"
