"""How far something is that is fetched: bars on a terminal, one line for each step elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click

BYTES = "bytes"


class Told(Protocol):
    """What is done, how far it is, of how much, and counted in what."""

    def __call__(
        self, what: str, done: int, total: int | None, unit: str = BYTES, /
    ) -> None: ...  # pragma: no cover


@contextmanager
def watched() -> Iterator[Told]:
    """A function to tell of every step; what it says goes to standard error."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        Remaining(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def step(what: str, done: int, total: int | None, unit: str = BYTES, /) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total, said="")
            said = amount(done, total, unit)
            bars.update(tasks[what], completed=done, total=total, said=said)

        yield step


def _lines() -> Told:
    told = set()

    def step(what: str, done: int, total: int | None, unit: str = BYTES, /) -> None:
        if what not in told:
            told.add(what)
            begun = f", {amount(done, None, unit)} of them there" if done and total else ""
            click.echo(
                f"{what}{f', {amount(total, None, unit)}' if total else ''}{begun}", err=True
            )

    return step


def amount(done: int, total: int | None, unit: str) -> str:
    """So much, or so much of so much.

    >>> amount(12_300_000, 40_000_000, "bytes"), amount(200, 4854, "items")
    ('12 of 40 MB', '200 of 4,854 items')
    """
    if unit == BYTES:
        size = f"{done / 1e6:,.0f}"
        return f"{size} of {total / 1e6:,.0f} MB" if total else f"{size} MB"
    return f"{done:,} of {total:,} {unit}" if total else f"{done:,} {unit}"


@contextmanager
def interruptible() -> Iterator[None]:
    """Says, where a run is interrupted, that it can be gone on with."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("onkos: interrupted; the same command goes on where it broke off", err=True)
        raise
