"""Shares of mutational signatures as bars, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onkos.model import Dossier, Finding, Share
from onkos.report.flags import LEFT
from onkos.report.phrases import counted, percent
from onkos.report.svg import WIDTH, element, figure, text_width, words

MOST_BARS = 12
_ROW, _THICK = 18.0, 10.0
_RIGHT = WIDTH - LEFT
_LONGEST = 14


def signature_bars(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Figure and caption for each fit of signatures."""
    found: list[tuple[str, str]] = []
    for finding in dossier.findings:
        if isinstance(finding, Finding) and finding.shares:
            caption = f"{finding.name}, share of mutations with 95 % interval; {finding.note}"
            drawn = _draw(f"signatures-{len(found) + 1}", finding)
            found.append((drawn, caption.rstrip("; ")))
    return tuple(found)


def _draw(key: str, finding: Finding) -> str:
    ordered = sorted(finding.shares, key=lambda one: -one.share)
    shown, rest = ordered[:MOST_BARS], ordered[MOST_BARS:]
    start = LEFT + max(text_width(_name(one), bold=True) for one in shown) + 6
    room = _RIGHT - max(text_width(_said(one)) for one in shown) - 8
    end = max(max(one.share, one.interval[1]) for one in shown) or 1.0
    scale = (room - start) / end
    bars = [line for row, one in enumerate(shown) for line in _bar(one, row, start, scale)]
    bottom = _ROW * len(shown) + 4
    return figure(
        key,
        f"{finding.name}: share of mutations laid to each",
        _told(ordered, finding),
        bottom + (14 if rest else 0),
        *bars,
        element("line", x1=start, x2=start, y1=2, y2=bottom - 2, class_="axis-tick"),
        *_more(rest, start, bottom + 8),
    )


def _bar(one: Share, row: int, start: float, scale: float) -> Iterator[str]:
    """Name, bar, interval and numbers of one signature."""
    middle = _ROW * row + _ROW / 2 + 2
    low, high = (start + limit * scale for limit in one.interval)
    yield element("text", words(_name(one)), x=LEFT, y=middle + 4, class_="name")
    width, top = one.share * scale, middle - _THICK / 2
    yield element("rect", x=start, y=top, width=width, height=_THICK, class_="kept")
    yield element("line", x1=low, x2=high, y1=middle, y2=middle, class_="whisker")
    for x in (low, high):
        yield element("line", x1=x, x2=x, y1=middle - 3, y2=middle + 3, class_="whisker")
    said = words(_said(one))
    yield element("text", said, x=_RIGHT, y=middle + 4, text_anchor="end", class_="note")


def _more(rest: Sequence[Share], x: float, y: float) -> Iterator[str]:
    if rest:
        text = f"and {counted(len(rest), 'smaller one')}, in the table"
        yield element("text", words(text), x=x, y=y, class_="axis")


def _name(one: Share) -> str:
    return one.name if len(one.name) <= _LONGEST else f"{one.name[: _LONGEST - 1]}…"


def _said(one: Share) -> str:
    low, high = one.interval
    return f"{percent(one.share)} ({percent(low)} to {percent(high)})"


def _told(shares: Sequence[Share], finding: Finding) -> str:
    each = "; ".join(f"{one.name} {_said(one)}" for one in shares)
    return f"{each}. {finding.method}. {finding.note}"
