"""What the reader of a report must know of rows that were kept: filters, reads that disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onkos.model import Origin, SmallVariant
from onkos.sources.patient.maf_reads import Reads


def failed_filters(kept: Iterable[object], passing: frozenset[str], source: str) -> list[str]:
    """One sentence on the changes that are kept though they failed the caller's filter.

    Inherited ones are left out: a count of them would tell where they are withheld.
    """
    failed = [
        one
        for one in kept
        if isinstance(one, SmallVariant)
        and one.origin is not Origin.GERMLINE
        and set(one.filters) - passing
    ]
    if not failed:
        return []
    names = sorted({name for one in failed for name in one.filters} - passing)
    number = len(failed)
    told = "1 change is kept though it" if number == 1 else f"{number} changes are kept though they"
    return [
        f"{source}: {told} failed the caller's filter ({', '.join(names)}): known hotspots, to be "
        "confirmed"
    ]


class Disagreements:
    """Counts the rows whose reads contradict each other."""

    def __init__(self, limits: Mapping[str, float]) -> None:
        self._fraction = limits.get("reads_disagree_fraction", 1.0)
        self._depth = limits.get("reads_disagree_depth", 0.0)
        self._lines: list[int] = []

    def look(self, line: int, reads: Reads) -> None:
        """Note the line where depth or fraction do not fit the counts, beyond rounding.

        Of rows that are not inherited: a count of those would tell where they are withheld.
        """
        if line and self._contradict(reads):
            self._lines.append(line)

    def told(self, source: str) -> list[str]:
        """How many, where, and what was believed."""
        if not self._lines:
            return []
        number, first = len(self._lines), self._lines[0]
        where = f"line {first}" if number == 1 else f"{number} lines, the first {first}"
        return [
            f"{source}: numbers of reads contradict each other ({where}): counted reads are "
            "believed, not a stated fraction; of two depths the larger"
        ]

    def _contradict(self, reads: Reads) -> bool:
        if reads.alternate is None or not reads.depth:
            return False
        counted = reads.counted or reads.depth
        if self._depth and reads.depth > self._depth * counted:
            return True
        if reads.stated is None:
            return False
        # A caller's fraction may be an estimate with one read of each kind added.
        room = self._fraction + 1 / (counted + 2)
        return all(abs(reads.alternate / n - reads.stated) > room for n in (counted, reads.depth))
