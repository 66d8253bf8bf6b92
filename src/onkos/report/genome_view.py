"""Copies along the genome: one strip a sample, both alleles where they are known."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from onkos.model import Dossier, Segment
from onkos.report.phrases import counted
from onkos.report.svg import WIDTH, element, figure, text_width, words

LEFT, RIGHT = 24, 4
HIGH, BAF_HIGH, TITLE = 84, 46, 16
MOST_COPIES = 8  # more are drawn at the upper edge, and said to be
_LEAST_DRAWN = 0.6  # units, so that a focal change does not vanish
_ORDER = (*map(str, range(1, 23)), "X", "Y")


class _Axis(NamedTuple):
    """Where a level stands, from `low` at the bottom to `high` at the top."""

    low: float
    high: float
    top: float
    height: float

    def y(self, level: float) -> float:
        held = min(max(level, self.low), self.high)
        return self.top + (self.high - held) / (self.high - self.low) * self.height


def genome_views(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Figure and caption for each sample with segments."""
    by_sample: dict[str, list[Segment]] = {}
    for segment in dossier.case.segments:
        if segment.chromosome in _ORDER:
            by_sample.setdefault(segment.sample, []).append(segment)
    found = []
    for number, (sample, segments) in enumerate(by_sample.items(), start=1):
        drawn = _draw(f"genome-{number}", sample, segments)
        if drawn:
            found.append((drawn, _caption(sample, segments)))
    return tuple(found)


def _caption(sample: str, segments: Sequence[Segment]) -> str:
    whose = f" in {sample}" if sample else ""
    assembly = next((s.assembly for s in segments if s.assembly), "")
    on = f", {assembly}" if assembly else ""
    return f"Copies along the genome{whose}: {counted(len(segments), 'segment')}{on}"


def _draw(key: str, sample: str, segments: Sequence[Segment]) -> str:
    copies = any(s.total is not None for s in segments)
    if not copies and not any(s.log2 is not None for s in segments):
        return ""
    parts: list[str] = []
    top = 0.0
    for row in _rows(segments):
        drawn, top = _row(row, _span(segments, copies), top, copies)
        parts += drawn
    return figure(key, _caption(sample, segments), _told(segments, copies), top, *parts)


def _rows(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """The genome in two rows of about one length, so that it is legible on a phone."""
    ends = _ends(segments)
    half, reached = sum(ends.values()) / 2, 0.0
    upper = set()
    for name in ends:
        reached += ends[name]
        if reached <= half * 1.05:
            upper.add(name)
    for names in (upper, ends.keys() - upper):
        row = [s for s in segments if s.chromosome in names]
        if row:
            yield row


def _row(
    segments: Sequence[Segment], span: tuple[float, float], top: float, copies: bool
) -> tuple[list[str], float]:
    """One row from `top`, and where it ends."""
    place = _places(segments)
    axis = _Axis(*span, top + TITLE, HIGH)
    parts = [*_grid(place, axis, "copies" if copies else "log2")]
    parts += [line for s in segments for line in _levels(s, place, axis, copies)]
    bottom = axis.top + HIGH
    if any(s.baf is not None for s in segments):
        fractions = _Axis(0, 1, bottom + TITLE, BAF_HIGH)
        parts += [*_grid(place, fractions, "BAF")]
        parts += [line for s in segments for line in _fractions(s, place, fractions)]
        bottom = fractions.top + BAF_HIGH
    return [*parts, *_names(place, bottom + 12)], bottom + 20


def _span(segments: Sequence[Segment], copies: bool) -> tuple[float, float]:
    if not copies:
        return -2, 2
    most = max(s.total for s in segments if s.total is not None)
    return 0, min(max(4, math.ceil(most)), MOST_COPIES)


def _ends(segments: Sequence[Segment]) -> dict[str, int]:
    """Last base of each chromosome that has segments, in the order of the genome."""
    ends = dict.fromkeys((n for n in _ORDER if any(s.chromosome == n for s in segments)), 0)
    for segment in segments:
        ends[segment.chromosome] = max(ends[segment.chromosome], segment.end)
    return ends


class _Place(NamedTuple):
    start: float
    scale: float
    width: float


def _places(segments: Sequence[Segment]) -> dict[str, _Place]:
    """Where each chromosome stands; as long as its last segment reaches."""
    ends = _ends(segments)
    scale = (WIDTH - LEFT - RIGHT) / sum(ends.values())
    places, start = {}, float(LEFT)
    for name in ends:
        places[name] = _Place(start, scale, ends[name] * scale)
        start += places[name].width
    return places


def _grid(place: Mapping[str, _Place], axis: _Axis, name: str) -> Iterator[str]:
    for number, one in enumerate(place.values()):
        shade = "strip" if number % 2 else "strip pale"
        yield element(
            "rect", x=one.start, y=axis.top, width=one.width, height=axis.height, class_=shade
        )
    for level in dict.fromkeys((axis.low, (axis.low + axis.high) / 2, axis.high)):
        text = words(f"{level:g}")
        yield element(
            "text", text, x=LEFT - 3, y=axis.y(level) + 3, text_anchor="end", class_="axis"
        )
        yield element(
            "line", x1=LEFT, x2=WIDTH - RIGHT, y1=axis.y(level), y2=axis.y(level), class_="grid"
        )
    yield element("text", words(name), x=LEFT, y=axis.top - 5, class_="axis")


def _levels(
    segment: Segment, place: Mapping[str, _Place], axis: _Axis, copies: bool
) -> Iterator[str]:
    level = segment.total if copies else segment.log2
    if level is None:
        return
    if copies and segment.minor is not None:
        yield _bar(segment, place, axis.y(max(segment.minor, 0.0)), "minor")
    usual = 2.0 if copies else 0.0
    off = level - usual
    shown = (
        "level" if abs(off) < (0.5 if copies else 0.2) else "level up" if off > 0 else "level down"
    )
    yield _bar(segment, place, axis.y(level), shown)


def _fractions(segment: Segment, place: Mapping[str, _Place], axis: _Axis) -> Iterator[str]:
    if segment.baf is None:
        return
    for fraction in dict.fromkeys((segment.baf, 1 - segment.baf)):
        yield _bar(segment, place, axis.y(fraction), "level")


def _bar(segment: Segment, place: Mapping[str, _Place], y: float, kind: str) -> str:
    one = place[segment.chromosome]
    start = one.start + (segment.start - 1) * one.scale
    width = max(segment.length * one.scale, _LEAST_DRAWN)
    return element("rect", x=start, y=y - 1.25, width=width, height=2.5, class_=kind)


def _names(place: Mapping[str, _Place], y: float) -> Iterator[str]:
    for name, one in place.items():
        if one.width >= text_width(name) + 1:
            middle = one.start + one.width / 2
            yield element("text", words(name), x=middle, y=y, text_anchor="middle", class_="axis")


def _told(segments: Sequence[Segment], copies: bool) -> str:
    if not copies:
        return "log2 of the ratio to the tumour's own level, by chromosome."
    lost = sorted(
        {s.chromosome for s in segments if s.total is not None and s.total < 0.5}, key=_ORDER.index
    )
    high = sorted(
        {s.chromosome for s in segments if (s.total or 0) > MOST_COPIES}, key=_ORDER.index
    )
    said = ["Total copies by chromosome, and copies of the rarer allele beneath where known."]
    if lost:
        said.append(f"No copy left on parts of {', '.join(lost)}.")
    if high:
        said.append(f"More than {MOST_COPIES} copies on parts of {', '.join(high)}.")
    return " ".join(said)
