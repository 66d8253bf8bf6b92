"""Copies of segments with their intervals, and those of the arms that they lie in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from onkos.biomarkers.profile import Profile
from onkos.model import Chromosome, Segment

SEX = frozenset({"X", "Y"})
NO_LEVEL_OF_X = "the level of X does not tell whether the ratios are to one copy of it or to two"
_WIDEST = 10.0  # of a standard error in log2: it tells nothing either way
_Z = 1.96  # standard errors on either side of a 95 % interval


class Read(NamedTuple):
    """Copies per cancer cell of one segment.

    Attributes
    ----------
    low, high : float
        95 % interval; the copies themselves where no number of bins tells one.
    bins : int or None
    """

    segment: Segment
    copies: float
    low: float
    high: float
    bins: int | None

    @property
    def measured(self) -> bool:
        """Whether there is an interval."""
        return self.high > self.low

    @property
    def told(self) -> str:
        """``"0.14 copies (95 % 0 to 1.2)"``."""
        ends = f" (95 % {self.low:.2g} to {self.high:.2g})" if self.measured else ""
        return f"{self.copies:.2f} copies{ends}"


class Cells(NamedTuple):
    """What the sample is made of.

    Attributes
    ----------
    content : float, in (0, 1]
        Share of tumour cells.
    ploidy : float
    man : bool or None
        None where the sex is not known.
    """

    content: float
    ploidy: float
    man: bool | None


class Levels:
    """The copies of every segment of one sample.

    Parameters
    ----------
    profile : Profile
    cells : Cells
    limits : mapping of str to float
        ``copies_...``, ``deleted_longest``, ``arm_broad_share``, ``sex_reference_within``.
    chromosomes : iterable of Chromosome
        Of the assembly of the segments; without them an arm is all that is seen of a chromosome.
    """

    def __init__(
        self,
        profile: Profile,
        cells: Cells,
        limits: Mapping[str, float],
        chromosomes: Iterable[Chromosome] = (),
    ) -> None:
        self._cells, self._limits = cells, limits
        self._arms = {c.name: c for c in chromosomes}
        self._by_chromosome: dict[str, list[Segment]] = {}
        for segment in profile.segments:
            self._by_chromosome.setdefault(segment.chromosome, []).append(segment)
        self.reference_of_x = self._reference_of_x()
        self._broad: dict[tuple[int, int], float] = {}

    def over(self, chromosome: str, start: int, end: int) -> list[Segment]:
        """Segments of a place, in the order of the genome."""
        of_it = self._by_chromosome.get(chromosome, ())
        return [s for s in of_it if s.start <= end and s.end >= start]

    def read(self, segment: Segment, both: bool = False) -> Read | None:
        """The copies of a segment; None where they cannot be told.

        Parameters
        ----------
        both : bool
            The place lies on both sex chromosomes, and has two copies in a man too.
        """
        amounts = self._amounts(segment, both)
        normal = self._normal(segment.chromosome, both) * (1 - self._cells.content)
        if amounts is None:
            return None
        copies, low, high = ((one - normal) / self._cells.content for one in amounts)
        if not copies <= self._limits["copies_most"]:
            return None
        return Read(segment, max(copies, 0.0), max(low, 0.0), max(high, 0.0), segment.probes)

    def _amounts(self, segment: Segment, both: bool) -> tuple[float, float, float] | None:
        """DNA of the place per cell of the sample, in copies, with its interval."""
        if segment.total is not None:
            normal = self._normal(segment.chromosome, both)
            amount = self._cells.content * segment.total + normal * (1 - self._cells.content)
        else:
            to = 2 if both or segment.chromosome not in SEX else self._reference(segment)
            most = math.log2(self._limits["copies_most"])
            if segment.log2 is None or not to or not segment.log2 <= most:
                return None
            mean = self._cells.content * self._cells.ploidy + 2 * (1 - self._cells.content)
            amount = 2**segment.log2 * mean * to / 2
        times = 2 ** (_Z * self._error(segment))
        return amount, amount / times, amount * times

    def _error(self, segment: Segment) -> float:
        """Standard error of the log ratio; 0 where neither it nor the number of bins is told."""
        if segment.error is not None and segment.error >= 0:
            return min(segment.error, _WIDEST)
        bins = segment.probes
        if bins is None or (bins == 0 and segment.total is not None):
            return 0.0
        return self._limits["copies_bin_spread"] / math.sqrt(max(bins, 1))

    def _normal(self, chromosome: str, both: bool) -> int:
        return 1 if chromosome in SEX and not both and self._cells.man else 2

    def _reference(self, segment: Segment) -> int:
        """Copies that a log ratio of X is relative to; of Y it is never told."""
        return self.reference_of_x if segment.chromosome == "X" else 0

    def _reference_of_x(self) -> int:
        """One or two, by the level of X itself; 0 where neither shows.

        Callers compare with a reference of men or of women, or with the patient's own normal
        (CNVkit's ``--male-reference`` and its default put X of a man at 0 and at -1).
        """
        told = sorted(
            (s.log2, s.length)
            for s in self._by_chromosome.get("X", ())
            if s.log2 is not None and s.total is None
        )
        if not told or self._cells.man is None:
            return 0
        half, reached, level = sum(length for _, length in told) / 2, 0, 0.0
        for value, length in told:
            level, reached = value, reached + length
            if reached >= half:
                break
        own = 1 if self._cells.man else 2
        within = self._limits["sex_reference_within"]
        return next((n for n in (2, 1) if abs(level - math.log2(own / n)) <= within), 0)

    def of_arm(self, place: Segment) -> float:
        """Copies that at least `arm_broad_share` of the arm of a segment has or exceeds."""
        arm = self._arm(place.chromosome, (place.start + place.end) // 2)
        key = (hash(place.chromosome), arm[0])
        if key not in self._broad:
            self._broad[key] = self._level(place.chromosome, arm)
        return self._broad[key]

    def _level(self, chromosome: str, arm: tuple[int, int]) -> float:
        reads = [self.read(s) for s in self.over(chromosome, *arm)]
        told = sorted((r for r in reads if r is not None), key=lambda r: -r.copies)
        wanted = self._limits["arm_broad_share"] * (arm[1] - arm[0] + 1)
        reached = 0
        for one in told:
            reached += min(one.segment.end, arm[1]) - max(one.segment.start, arm[0]) + 1
            if reached >= wanted:
                return one.copies
        return 0.0

    def _arm(self, chromosome: str, at: int) -> tuple[int, int]:
        known = self._arms.get(chromosome)
        if known is None:
            of_it: Sequence[Segment] = self._by_chromosome.get(chromosome, ())
            return min(s.start for s in of_it), max(s.end for s in of_it)
        middle = sum(known.centromere) // 2
        return (1, middle) if at <= middle else (middle + 1, known.length)

    def too_long(self) -> dict[str, tuple[int, int]]:
        """Stretches without any copy that no cell survives, by chromosome: the longest of each.

        Those of Y are not among them: many tumours have lost it.
        """
        found = {}
        for chromosome in self._by_chromosome.keys() - {"Y"}:
            start, end = max(self.empty(chromosome), key=lambda s: s[1] - s[0], default=(0, -1))
            if end - start + 1 > self._limits["deleted_longest"]:
                found[chromosome] = (start, end)
        return found

    def empty(self, chromosome: str) -> list[tuple[int, int]]:
        """Stretches that have no copy left, neighbours in one."""
        found: list[tuple[int, int]] = []
        before = False
        for segment in self._by_chromosome.get(chromosome, ()):
            read = self.read(segment)
            none = read is not None and read.copies < self._limits["copies_noise"]
            if none and before:
                found[-1] = (found[-1][0], segment.end)
            elif none:
                found.append((segment.start, segment.end))
            before = none
        return found
