"""How far a long run is, shown on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(total: int | None, shown: bool) -> Iterator[Callable[[int, int, int], None]]:
    """A function to call with what each step added: bytes, cases and errors.

    Parameters
    ----------
    total : int or None
        Bytes of the input; None where nobody can know.
    shown : bool
        False where the output itself goes to the terminal.
    """
    if not (shown and sys.stderr.isatty()):
        yield lambda size, cases, errors: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.fields[cases]:,} cases, {task.fields[errors]:,} errors"),
        TimeElapsedColumn(),
        TextColumn("left"),
        Remaining(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, cases=0, errors=0)
        seen = [0, 0]

        def step(size: int, cases: int, errors: int) -> None:
            seen[0] += cases
            seen[1] += errors
            bar.update(task, advance=size, cases=seen[0], errors=seen[1])

        yield step
