"""Labels on stems, like flags on poles: none covers another, and no pole crosses a flag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onkos.report.svg import WIDTH, element, text_width, words

LEFT = 8.0  # first unit of every axis
EDGE = 8.0  # kept free at the right
STEP = 17.0  # between the heights of two flags
HEAD = 5.0  # radius
_LONGEST = 26


class Flag(NamedTuple):
    """Something at a place on an axis, to be labelled.

    Attributes
    ----------
    place : float
        In [0, 1] along the axis.
    text, note : str
        The label, and what follows it in lighter type.
    shape : str
        ``"circle"``, ``"square"`` or ``"diamond"``.
    """

    place: float
    text: str
    note: str = ""
    shape: str = "circle"

    @property
    def shown(self) -> str:
        """The label, cut where it is too long to draw; the table has it in full."""
        return self.text if len(self.text) <= _LONGEST else f"{self.text[: _LONGEST - 1]}…"

    @property
    def width(self) -> float:
        """Units from the pole to the end of the label."""
        note = text_width(f" {self.note}") if self.note else 0
        return HEAD + 4 + text_width(self.shown, bold=True) + note


def axis_end(flags: Sequence[Flag]) -> float:
    """The axis's last unit, such that every flag ends within the figure."""
    room = WIDTH - EDGE
    ends = [room]
    for flag in flags:
        if flag.place > 0:
            ends.append(LEFT + (room - LEFT - flag.width) / flag.place)
    return max(min(ends), LEFT + 100)


def levels(places: Sequence[float], widths: Sequence[float], gap: float = 4.0) -> list[int]:
    """How high each flag flies, 0 lowest.

    A flag flies above every flag whose pole it would cover. Poles go down from their flags, and
    all flags point right, so that no pole crosses another's flag.

    Parameters
    ----------
    places : sequence of float
        In ascending order.

    Examples
    --------
    >>> levels([0, 10, 200], [60, 60, 60])
    [1, 0, 0]
    """
    found = [0] * len(places)
    for i in reversed(range(len(places))):
        reach = places[i] + widths[i] + gap
        covered = [found[j] for j in range(i + 1, len(places)) if places[j] <= reach]
        found[i] = 1 + max(covered, default=-1)
    return found


def height_of(heights: Sequence[int]) -> float:
    """Units that the flags need above the axis's own drawing."""
    return STEP * (max(heights, default=-1) + 1) + 4


def draw_flags(flags: Sequence[Flag], end: float, ground: float) -> list[str]:
    """Poles, heads and labels.

    Parameters
    ----------
    flags : sequence of Flag
        In ascending order of place.
    ground : float
        Height of the lowest flag's head; poles go on down to `ground` + 22.
    """
    places = [LEFT + flag.place * (end - LEFT) for flag in flags]
    heights = levels(places, [flag.width for flag in flags])
    drawn: list[str] = []
    for flag, x, level in zip(flags, places, heights, strict=True):
        y = ground - STEP * level
        drawn.append(element("line", x1=x, x2=x, y1=y, y2=ground + 22, class_="pole"))
        drawn.append(head(flag.shape, x, y, HEAD, "head"))
        note = [element("tspan", words(f" {flag.note}"), class_="note")] if flag.note else []
        label = element("tspan", words(flag.shown), class_="name")
        drawn.append(element("text", label, *note, x=x + HEAD + 4, y=y + 4))
    return drawn


def head(shape: str, x: float, y: float, size: float, style: str) -> str:
    """A mark of one of three shapes, told apart without colour."""
    match shape:
        case "square":
            side = 1.8 * size
            return element(
                "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, class_=style
            )
        case "diamond":
            far = 1.25 * size
            corners = ((x, y - far), (x + far, y), (x, y + far), (x - far, y))
            points = " ".join(f"{a:.4g},{b:.4g}" for a, b in corners)
            return element("polygon", points=points, class_=style)
        case _:
            return element("circle", cx=x, cy=y, r=size, class_=style)
