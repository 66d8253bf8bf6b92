"""One row of a file of segments as a `Segment`, whichever tool wrote it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import msgspec

from onkos.model import Segment
from onkos.sources.patient.chromosomes import LENGTH_OF_1, assembled
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.tables import LARGEST_COUNT, Rejected, Table

ELSEWHERE = "outside chromosomes 1 to 22, X and Y"
NO_LEVEL = "segment without copies, ratio or allele fraction"
_ROUNDED = (
    "cn of CNVkit counts the copies of the sample as a whole, rounded, not those of its cancer "
    "cells: copies are worked out of its log ratios by tumour content and ploidy; where cnvkit "
    "call was given --purity they are corrected for it twice: give the .cns from before"
)
_ERRORS_APART = 2.5631  # standard errors between the 10th and the 90th percentile


class SegmentRows:
    """Reads one segment; what the file tells of the whole sample gathers beside it.

    Parameters
    ----------
    half_open : bool
        Positions count from 0 and the last is not included, as in BED.
    header : dict of str to float
        Purity and ploidy that comments above the table gave.
    assembly : str
        Where it is told.
    limits : mapping of str to float
        ``copies_noise``, ``copies_most``, ``fraction_most``.
    """

    def __init__(
        self,
        table: Table,
        half_open: bool,
        header: dict[str, float],
        assembly: str,
        limits: Mapping[str, float],
    ) -> None:
        self._table = table
        self._half_open = half_open
        self._header = header
        self._assembly = assembly
        self._noise = limits["copies_noise"]
        self._most = limits["copies_most"]
        self._most_of_one = limits["fraction_most"]
        # Read off an enlarged count of the sample as a whole; see `Segment.rounded`.
        self._rounded = half_open and "log2" in table.columns
        self._below: Counter[int] = Counter()

    def __call__(self, observed: Observed, line: int, cells: list[str]) -> Segment | str:
        """The segment of a row, or why it is left out."""
        start, end = self.place(cells)
        chromosome = assembled(self._table.cell(cells, "chromosome"))
        if not chromosome:
            return ELSEWHERE
        self._of_sample(observed, cells)
        total, minor = self._copies(observed, cells)
        log2, baf = self._log2(cells), self._baf(cells)
        if total is None and minor is None and log2 is None and baf is None:
            return NO_LEVEL
        return Segment(
            chromosome=chromosome,
            start=start,
            end=end,
            total=total,
            minor=minor,
            log2=log2,
            baf=baf,
            **self._cells(observed, cells),
            rounded=self._rounded and total is not None and log2 is not None,
            probes=self._probes(cells),
            error=self._error(cells),
            assembly=self._assembly,
        )

    def place(self, cells: list[str]) -> tuple[int, int]:
        """First and last base, from 1.

        Raises
        ------
        Rejected
            Where there is no stretch.
        """
        start, end = self._table.whole(cells, "start"), self._table.whole(cells, "end")
        remedy = "give start and end as whole numbers, start first"
        if start is None or end is None:
            raise Rejected("start", "the segment has no start and end", remedy=remedy)
        start += self._half_open
        if start > end:
            raise Rejected("start", "the segment ends before it starts", remedy=remedy)
        if start == 0:
            remedy = "count positions from 1, the end included; BED and CNVkit count from 0"
            raise Rejected("start", "position 0 in a file that counts from 1", remedy=remedy)
        return start, end

    def _of_sample(self, observed: Observed, cells: list[str]) -> None:
        """Purity and ploidy, which some tools write on every row, in a column or above."""
        for name in ("purity", "ploidy"):
            told = self._table.number(cells, name)
            value = self._header.get(name) if told is None else told
            if value is not None and name not in observed.quality:
                check_quality(name, value, self._most)
                observed.quality[name] = value

    def _copies(self, observed: Observed, cells: list[str]) -> tuple[float | None, float | None]:
        """Copies of both alleles and of the rarer one."""
        number = self._table.number
        total, minor, major = (number(cells, name) for name in ("total", "minor", "major"))
        pair = [number(cells, name) for name in ("one", "other")]
        alleles = [value for value in pair if value is not None]
        if minor is None and len(alleles) == 2:
            minor, major = min(alleles), max(alleles)
        if total is None and minor is not None and major is not None:
            total = minor + major
        of_total = next((n for n in ("total", "major", "one") if n in self._table.columns), "")
        return self._least(of_total, total, observed), self._least("minor", minor, observed)

    def _least(self, name: str, value: float | None, observed: Observed) -> float | None:
        """Fitted copies just under none are none."""
        if value is not None and value > self._most:
            remedy = f"give copies of at most {self._most:g}"
            raise Rejected(name, "more copies than can be", text=f"{value:g}", remedy=remedy)
        if value is None or value >= 0:
            return value
        if value < -self._noise:
            remedy = "give copies of at least 0"
            raise Rejected(name, "fewer than no copies", text=f"{value:g}", remedy=remedy)
        self._below[id(observed)] += 1
        return 0.0

    def _log2(self, cells: list[str]) -> float | None:
        ratio = self._table.number(cells, "ratio")
        if ratio is None:
            log2 = self._table.number(cells, "log2")
            if log2 is not None and log2 > math.log2(self._most):
                remedy = f"give log2 ratios of at most {math.log2(self._most):.0f}"
                raise Rejected("log2", "a ratio that cannot be", text=f"{log2:g}", remedy=remedy)
            return log2
        if not 0 <= ratio <= self._most:
            remedy = f"give ratios of 0 to {self._most:g}"
            why = "a depth ratio under 0" if ratio < 0 else "a ratio that cannot be"
            raise Rejected("ratio", why, text=f"{ratio:g}", remedy=remedy)
        return math.log2(ratio) if ratio > 0 else None

    def _baf(self, cells: list[str]) -> float | None:
        value = self._table.number(cells, "baf")
        if value is None or self._table.number(cells, "sites") == 0:
            return None
        if not 0 <= value <= self._most_of_one:
            remedy = "give a fraction in 0 to 1"
            raise Rejected("baf", "not a fraction", text=f"{value:g}", remedy=remedy)
        return min(value, 1.0)

    def _cells(self, observed: Observed, cells: list[str]) -> dict[str, Any]:
        """In which cells it is: a share of cancer cells, or of all cells, or not settled.

        FACETS tells the share of all cells, which is the tumour content where all cancer cells
        have it (facets-suite divides so); without the content it stays one of all cells.
        """
        share, of_all = (self._fraction(cells, name) for name in ("share", "cells"))
        content = observed.quality.get("purity")
        if share is None and of_all is not None and content:
            share = min(of_all / content, 1.0)
        columns = self._table.columns
        return {
            "share": share,
            "cells": of_all if share is None else None,
            "unsettled": "cells" in columns and share is None and of_all is None,
        }

    def _fraction(self, cells: list[str], name: str) -> float | None:
        value = self._table.number(cells, name)
        if value is not None and not 0 <= value <= self._most_of_one:
            remedy = "give a fraction in 0 to 1"
            raise Rejected(name, "not a fraction of cells", text=f"{value:g}", remedy=remedy)
        return None if value is None else min(value, 1.0)

    def _probes(self, cells: list[str]) -> int | None:
        """Bins; a count that is none, as of merged rows, says nothing."""
        told = self._table.number(cells, "probes")
        return int(told) if told is not None and 0 <= told <= LARGEST_COUNT else None

    def _error(self, cells: list[str]) -> float | None:
        """Standard error of the log ratio: as told, or of the percentiles that GATK tells."""
        told = self._table.number(cells, "sem")
        low, high = (self._table.number(cells, name) for name in ("least", "most"))
        if told is None and low is not None and high is not None:
            told = (high - low) / _ERRORS_APART
        return told if told is not None and 0 <= told <= self._most else None

    def remark(self, observed: Observed) -> None:
        """Say what was set right, and what the segments as a whole show to be wrong."""
        below = self._below[id(observed)]
        if below:
            observed.notices.append(f"{below} fitted copies just under 0 were read as 0")
        if any(segment.rounded for segment in observed.segments):
            observed.notices.append(_ROUNDED)
        if self._half_open and observed.segments:
            observed.notices.append("segments count from 0, end not included; read so")
        _remark_overlaps(observed)
        _remark_assembly(observed)


def check_quality(name: str, value: float, most: float = math.inf) -> None:
    """Refuse a purity or ploidy that cannot be.

    Parameters
    ----------
    most : float
        Copies, at most.

    Raises
    ------
    Rejected
    """
    if name == "ploidy" and not 0 < value <= most:
        why = "a ploidy is above 0" if value <= 0 else "a ploidy that cannot be"
        raise Rejected(name, why, text=f"{value:g}", remedy="correct it")
    if name != "ploidy" and not 0 <= value <= 1:
        remedy = "give a fraction in 0 to 1"
        raise Rejected(name, f"a {name} outside 0 to 1", text=f"{value:g}", remedy=remedy)


def _remark_overlaps(observed: Observed) -> None:
    """Bases in two segments would count twice; the same base as end and start is an offset."""
    by_chromosome: dict[str, list[Segment]] = defaultdict(list)
    for segment in observed.segments:
        by_chromosome[segment.chromosome].append(segment)
    touching = deep = 0
    for segments in by_chromosome.values():
        segments.sort(key=lambda s: (s.start, s.end))
        reach = 0
        for segment in segments:
            touching += segment.start == reach
            deep += segment.start < reach
            reach = max(reach, segment.end)
    if deep:
        observed.notices.append(f"{deep} segments overlap another: their bases count twice")
    if touching:
        observed.notices.append(
            f"{touching} segments start on the last base of another: the file may count from 0"
        )


def _remark_assembly(observed: Observed) -> None:
    """The assembly that the end of chromosome 1 tells, where a segment reaches it exactly."""
    ends = {segment.end for segment in observed.segments if segment.chromosome == "1"}
    told = {LENGTH_OF_1[end] for end in ends & LENGTH_OF_1.keys()}
    given = {segment.assembly for segment in observed.segments} - {""}
    if len(told) != 1:
        return
    [assembly] = told
    if given and given != told:
        said = ", ".join(sorted(given))
        observed.notices.append(f"segments are said to be of {said} and end as in {assembly}")
    elif not given:
        observed.notices.append(f"assembly {assembly}, told from where chromosome 1 ends")

        observed.segments = [
            msgspec.structs.replace(one, assembly=assembly) for one in observed.segments
        ]
