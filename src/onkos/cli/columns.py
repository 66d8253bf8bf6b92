"""Columns as wide as their widest cell, and text beside them that keeps to the terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator

GAP = 2  # spaces between columns
LEAST = 30  # letters of a text, on however narrow a terminal


def widest(cells: Iterable[str]) -> int:
    """Letters that a column takes, the gap behind it counted.

    >>> widest(["cgi", "cancerhotspots"])
    16
    """
    return max(map(len, cells), default=0) + GAP


def beside(name: str, column: int, texts: Iterable[str]) -> Iterator[str]:
    """Lines of texts, each begun anew, behind a name; addresses are never broken.

    Parameters
    ----------
    column : int
        Letters up to the text, as of ``widest``.
    """
    width = max(shutil.get_terminal_size().columns, column + LEAST)
    for text in texts:
        yield from textwrap.wrap(
            text,
            width,
            initial_indent=f"{name:<{column}}",
            subsequent_indent=" " * column,
            break_long_words=False,
            break_on_hyphens=False,
        )
        name = ""
