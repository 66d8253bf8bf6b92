"""A measured number on a line, with its interval and its cut-off."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Dossier, Finding, Scale
from onkos.report.flags import HEAD, LEFT, head
from onkos.report.svg import WIDTH, element, figure, text_width, words

_RIGHT = WIDTH - LEFT
_TOP, _HIGH = 20.0, 16.0


def burden_strips(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Figure and caption for each finding that has a cut-off beside it."""
    found: list[tuple[str, str]] = []
    for finding in dossier.findings:
        if isinstance(finding, Finding) and finding.scale is not None:
            key = f"scale-{len(found) + 1}"
            found.append((_draw(key, finding, finding.scale), _caption(finding, finding.scale)))
    return tuple(found)


def _caption(finding: Finding, scale: Scale) -> str:
    low, high = scale.interval
    where = (
        "the interval holds the cut-off"
        if low < scale.cutoff <= high
        else "the whole interval is below the cut-off"
        if high < scale.cutoff
        else "the whole interval is at or above the cut-off"
    )
    return (
        f"{finding.name} {scale.value:.1f} {scale.unit}, 95 % interval {low:.1f} to {high:.1f}, "
        f"cut-off {scale.cutoff:g}: {where}"
    )


def _draw(key: str, finding: Finding, scale: Scale) -> str:
    low, high = scale.interval
    end = 1.15 * max(high, scale.cutoff, scale.value)
    return figure(
        key,
        f"{finding.name} beside its cut-off",
        f"{_caption(finding, scale)}. {finding.method}",
        _TOP + _HIGH + 34,
        element("rect", x=LEFT, y=_TOP, width=_RIGHT - LEFT, height=_HIGH, class_="strip"),
        *_cutoff(scale, end),
        *_whisker(_x(low, end), _x(high, end), _TOP + _HIGH / 2),
        head("circle", _x(scale.value, end), _TOP + _HIGH / 2, HEAD, "head"),
        _label(f"{scale.value:.1f}", _x(scale.value, end), _TOP + _HIGH + 13, "name"),
        *_ends(end, scale.unit),
    )


def _x(value: float, end: float) -> float:
    return LEFT + value / end * (_RIGHT - LEFT)


def _cutoff(scale: Scale, end: float) -> Iterator[str]:
    x = _x(scale.cutoff, end)
    yield element("line", x1=x, x2=x, y1=_TOP - 4, y2=_TOP + _HIGH + 2, class_="cutoff")
    yield _label(f"cut-off {scale.cutoff:g}", x, _TOP - 8, "note")


def _whisker(first: float, last: float, y: float) -> Iterator[str]:
    yield element("line", x1=first, x2=last, y1=y, y2=y, class_="whisker")
    for x in (first, last):
        yield element("line", x1=x, x2=x, y1=y - 4, y2=y + 4, class_="whisker")


def _label(text: str, x: float, y: float, style: str) -> str:
    """Words in the middle of a place, moved where they would leave the figure."""
    half = text_width(text, bold=True) / 2
    held = min(max(x, LEFT + half), _RIGHT - half)
    return element("text", words(text), x=held, y=y, text_anchor="middle", class_=style)


def _ends(end: float, unit: str) -> Iterator[str]:
    y = _TOP + _HIGH + 29
    yield element("text", "0", x=LEFT, y=y, class_="axis")
    text = words(f"{end:.3g} {unit}".strip())
    yield element("text", text, x=_RIGHT, y=y, text_anchor="end", class_="axis")
