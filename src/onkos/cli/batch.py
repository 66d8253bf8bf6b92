"""``onkos batch``: many cases, one line each, on several cores."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from onkos.cli.output import STANDARD

if TYPE_CHECKING:
    from onkos.cli.lines import Line
    from onkos.cli.worker import Orders
    from onkos.model import Knowledge

TERMINATED = 128 + signal.SIGTERM


@click.command()
@click.argument("cases", metavar="IN", type=click.Path(exists=True, allow_dash=True))
@click.option(
    "--output",
    "-o",
    default=STANDARD,
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Where to write; it appears whole or not at all. [default: standard output]",
)
@click.option(
    "--jobs", "-j", type=click.IntRange(min=1), help="Processes to use. [default: all cores]"
)
@click.option(
    "--disease", "-d", help="For samples of a study folder whose own row names no known disease."
)
@click.option(
    "--regulators",
    metavar="LIST",
    help="Whose approvals count here, separated by commas. [default: FDA,EMA]",
)
@click.option("--germline", type=click.Choice(["report", "withhold"]),
              help="Whether inherited findings may be told; what a case itself withholds stays "
              "withheld. [default: as each case says]")  # fmt: skip
@click.option("--assembly", type=click.Choice(["GRCh37", "GRCh38"]),
              help="Of the mutations of a study folder, where its file does not say, or says what "
              "is not so.")  # fmt: skip
@click.option("--fuzzy", is_flag=True,
              help="Take a plainly misspelt disease for the nearest one, and say so.")  # fmt: skip
@click.option("--knowledge", "snapshots", multiple=True, metavar="NAME@DATE",
              help="A kept snapshot of somebody else's knowledge to read, or none. May be "
              "repeated. [default: the current one of each source that was added]")  # fmt: skip
def batch(
    cases: str,
    output: str,
    jobs: int | None,
    disease: str | None,
    regulators: str | None,
    germline: str | None,
    assembly: str | None,
    fuzzy: bool,
    snapshots: tuple[str, ...],
) -> None:
    """Plan many cases: JSON Lines in, JSON Lines out, in the same order.

    IN holds one case a line, such as {"id": "1", "disease": "NSCLC", "alterations":
    ["EGFR L858R"]}; - reads standard input. A study folder of cBioPortal works too.

    A case that cannot be read gives one line {"id": ..., "error": ...} and stops nothing.
    Exit code 10 where not one case of several could be planned.
    """
    from onkos.cli.choice import regulators_of
    from onkos.cli.worker import Orders
    from onkos.errors import InputError
    from onkos.sources.knowledge import builtin, named_now, with_snapshots

    named = named_now(snapshots, builtin())
    knowledge = with_snapshots(builtin(), named)
    orders = Orders(
        fuzzy,
        regulators_of(regulators, knowledge),
        encoded=os.path.isdir(cases),
        germline=germline,
        snapshots=named,
    )
    _end_cleanly_when_terminated()
    began = time.monotonic()
    with ExitStack() as stack:
        found = _lines(cases, knowledge, disease, assembly, stack)
        done, failed = _run(found, output, jobs or cores(), orders, _size(cases))
    seconds = time.monotonic() - began
    click.echo(f"{done} cases, {failed} errors, {seconds:.1f} s", err=True)
    if done and failed == done:
        raise InputError("not one case could be planned; the output says why")


def _lines(
    cases: str,
    knowledge: Knowledge,
    disease: str | None,
    assembly: str | None,
    stack: ExitStack,
) -> Iterator[Line]:
    from onkos.cli.lines import lines

    if os.path.isdir(cases):
        from onkos.cli.study import study_lines

        return study_lines(Path(cases), knowledge, disease, assembly or "")
    if disease or assembly:
        from onkos.errors import UsageError

        if disease:
            raise UsageError("--disease is for a study folder; each line names its own")
        raise UsageError("--assembly is for a study folder; lines tell no places")
    if cases == STANDARD:
        return lines(sys.stdin.buffer)
    return lines(stack.enter_context(open(cases, "rb")))


def _run(
    found: Iterator[Line], target: str, jobs: int, orders: Orders, total: int | None
) -> tuple[int, int]:
    """Cases and errors, counted while they are written."""
    from onkos.cli.lines import chunks
    from onkos.cli.output import output
    from onkos.cli.pool import planned
    from onkos.cli.progress import progress

    shown = target != STANDARD or not sys.stdout.isatty()
    cases = errors = 0
    with output(target) as stream, progress(total, shown) as step:
        for done in planned(chunks(found), jobs, orders):
            stream.write(done.output)
            cases += done.cases
            errors += done.errors
            step(done.size, done.cases, done.errors)
    return cases, errors


def _size(cases: str) -> int | None:
    """Bytes of the input, where it is a file."""
    return os.path.getsize(cases) if os.path.isfile(cases) else None


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _end_cleanly_when_terminated() -> None:
    """Let a termination signal unwind the stack, so that no half file stays."""

    def leave(signum: int, frame: FrameType | None) -> NoReturn:
        sys.exit(TERMINATED)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, leave)
