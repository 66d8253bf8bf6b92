"""How a page looks on a terminal: coloured there, plain everywhere else."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterable, Mapping

import click

from onkos.model import Dossier, Gene
from onkos.report import render

WIDTH = 100
# How the parts of the text page look, told from how they are written; later ones win.
STYLES = (
    (r"\A.*", "bold"),
    (r"(?m)^[A-Z][A-Z (),]+$", "bold cyan"),
    (r"(?m)^ *\d+  \S.*$", "bold"),
    (r"(?m)^  Approved here, in this setting$", "bold green"),
    (
        r"(?m)^  (?:Approved here, setting not settled|Depends on the exact diagnosis)$",
        "bold yellow",
    ),
    (r"(?m)^  (?:Approved here, in another|Evidence in this|Borrowed from another) .*$", "bold"),
    (r"(?m)^  x  .*$", "bold red"),
    (r"AMP \S+ +ESCAT \S+ +OncoKB-style \S+", "not bold cyan"),
    (r"(?m)^  \?  .*$", "bold magenta"),
    (r"(?m)^  \* [^·\n]+", "bold"),
    (r"\[[^\[\]]*\b(?:PMID|NCT\d|doi:|FDA|EMA)[^\[\]]*\]", "dim"),
    (r"(?m)^Research use only[^\n]*(?:\n\S.*)*$", "dim"),
    (r"not verified|setting unknown|contrary\b", "yellow"),
    (r"setting met\b", "green"),
    (r"(?m)^( *)! .*(?:\n\1  \S.*)*", "yellow"),
)


def show(dossier: Dossier, form: str, genes: Mapping[str, Gene]) -> None:
    """Print a dossier in one of the formats.

    Parameters
    ----------
    genes : mapping of str to Gene
        By symbol, for the figures of an HTML page.
    """
    page = render(dossier, form, genes)
    if form == "text" and coloured():
        _in_colour(page)
    else:
        click.echo(page, nl=not page.endswith("\n"))


def paragraphs(sentences: Iterable[str]) -> None:
    """Print sentences, the first of them in bold, each wrapped."""
    for number, sentence in enumerate(sentences):
        lines = textwrap.fill(sentence, WIDTH, subsequent_indent="  ", break_on_hyphens=False)
        click.secho(lines, bold=number == 0)


def coloured() -> bool:
    """Whether standard output is a terminal that wants colours (https://no-color.org)."""
    unwanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not unwanted


def _in_colour(page: str) -> None:
    from rich.console import Console
    from rich.text import Text

    text = Text(page.rstrip("\n"))
    for pattern, style in STYLES:
        text.highlight_regex(pattern, style)
    Console(highlight=False, markup=False, soft_wrap=True).print(text)
