"""Elements of SVG as text, everything in them escaped."""

from __future__ import annotations

from html import escape

WIDTH = 420  # units of every figure's view box: legible at phone width, and two fit side by side


def element(name: str, *children: str, **attributes: str | float) -> str:
    """One element; ``class_`` is written ``class``, ``text_anchor`` is ``text-anchor``.

    Parameters
    ----------
    *children : str
        Elements, or text that `words` has escaped.

    Examples
    --------
    >>> element("circle", cx=1.0, cy=2.25, class_="head")
    '<circle cx="1" cy="2.25" class="head"/>'
    """
    written = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items())
    body = "".join(children)
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def words(text: str) -> str:
    """Text made safe to stand between tags."""
    return escape(text, quote=True)


def figure(key: str, title: str, description: str, height: float, *children: str) -> str:
    """A whole picture with its name and its description for those who do not see it.

    Parameters
    ----------
    key : str
        Unique in the page; made by us, never from the patient's data.
    """
    return element(
        "svg",
        element("title", words(title), id=f"{key}-title"),
        element("desc", words(description), id=f"{key}-desc"),
        *children,
        viewBox=f"0 0 {WIDTH} {height:g}",
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
    )


def text_width(text: str, bold: bool = False) -> float:
    """Upper estimate of the width of 11-unit text, in units."""
    return len(text) * (6.9 if bold else 6.2)


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return escape(value, quote=True)
    return f"{round(value, 2):g}"
