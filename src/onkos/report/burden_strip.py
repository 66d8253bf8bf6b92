"""A measured number on a line, with its interval and its cut-off, and among those of cohorts."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Among, Dossier, Finding, Scale
from onkos.report.flags import HEAD, LEFT, head
from onkos.report.svg import WIDTH, element, figure, text_width, words

_RIGHT = WIDTH - LEFT
_TOP, _HIGH = 20.0, 16.0
_FIRST, _ROW = _TOP + _HIGH + 20, 38.0  # of the cohorts, each with its name above its box
_BOX, _THICK = 15.0, 12.0


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
    own = (
        f"{finding.name} {scale.value:.1f} {scale.unit}, 95 % interval {low:.1f} to {high:.1f}, "
        f"cut-off {scale.cutoff:g}: {where}"
    )
    return "; ".join([own, *(_among(one) for one in scale.among)])


def _among(one: Among) -> str:
    first, middle, third = one.quartiles
    return (
        f"above {one.share:.0%} of the {one.n} tumours of {one.cohort} (box: middle half, "
        f"{first:.1f} to {third:.1f}; line in it: median, {middle:.1f})"
    )


def _draw(key: str, finding: Finding, scale: Scale) -> str:
    low, high = scale.interval
    most = [(one.quartiles[2], one.value, one.interval[1]) for one in scale.among]
    end = 1.15 * max(high, scale.cutoff, scale.value, *(number for row in most for number in row))
    bottom = _FIRST + _ROW * len(scale.among) if scale.among else _TOP + _HIGH + 18
    return figure(
        key,
        f"{finding.name} beside its cut-off{' and among cohorts' if scale.among else ''}",
        f"{_caption(finding, scale)}. {finding.method}",
        bottom + 16,
        element("rect", x=LEFT, y=_TOP, width=_RIGHT - LEFT, height=_HIGH, class_="strip"),
        *_cutoff(scale, end),
        *_whisker(_x(low, end), _x(high, end), _TOP + _HIGH / 2),
        head("circle", _x(scale.value, end), _TOP + _HIGH / 2, HEAD, "head"),
        _label(f"{scale.value:.1f}", _x(scale.value, end), _TOP + _HIGH + 13, "name"),
        *(
            part
            for row, one in enumerate(scale.among)
            for part in _box(one, end, _FIRST + _ROW * row)
        ),
        *_ends(end, scale.unit, bottom + 11),
    )


def _box(one: Among, end: float, top: float) -> Iterator[str]:
    """A cohort's name, the box of its quartiles, and the patient as the cohort counts."""
    first, middle, third = (_x(number, end) for number in one.quartiles)
    y, width = top + _BOX, max(third - first, 1)
    told = words(f"{one.cohort}, {one.n} tumours: {one.share:.0%} of them lower")
    yield element("text", told, x=LEFT, y=top + 9, class_="note")
    yield element("rect", x=first, y=y, width=width, height=_THICK, class_="quartiles")
    yield element("line", x1=middle, x2=middle, y1=y, y2=y + _THICK, class_="median")
    low, high = (_x(number, end) for number in one.interval)
    yield from _whisker(low, high, y + _THICK / 2)
    yield head("circle", _x(one.value, end), y + _THICK / 2, HEAD, "head")


def _x(value: float, end: float) -> float:
    return LEFT + value / end * (_RIGHT - LEFT)


def _cutoff(scale: Scale, end: float) -> Iterator[str]:
    """The cut-off over the strip and over each box, not over the words between them."""
    x = _x(scale.cutoff, end)
    yield element("line", x1=x, x2=x, y1=_TOP - 4, y2=_TOP + _HIGH + 2, class_="cutoff")
    for row in range(len(scale.among)):
        y = _FIRST + _ROW * row + _BOX
        yield element("line", x1=x, x2=x, y1=y - 2, y2=y + _THICK + 2, class_="cutoff")
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


def _ends(end: float, unit: str, y: float) -> Iterator[str]:
    yield element("text", "0", x=LEFT, y=y, class_="axis")
    text = words(f"{end:.3g} {unit}".strip())
    yield element("text", text, x=_RIGHT, y=y, text_anchor="end", class_="axis")
