"""``onkos reference pull``: a genome fetched from its archive and added."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Told = Callable[[str, int, int | None], None]


@click.command()
@click.argument("assembly", default="GRCh38", metavar="[GRCh38|GRCh37]")
@click.option(
    "--from",
    "mirror",
    metavar="URL",
    default="",
    help="A mirror with the layout of the archive below it, in place of the archive itself. "
    "[default: ONKOS_REFERENCE_MIRROR, else Ensembl's]",
)
@click.option(
    "--plain-http", is_flag=True, help="Take a mirror on your own network by http, without TLS."
)
@click.option("--again", is_flag=True, help="Fetch anew what is already there.")
def pull(assembly: str, mirror: str, plain_http: bool, again: bool) -> None:
    """Fetch a genome and its transcripts, check them and add them.

    About 1 GB is fetched and 2 GB of disk needed on the way. What breaks off is gone on with by
    the same command. Nothing of any patient leaves this machine.
    """
    from onkos.cli.reference import tell
    from onkos.sources.knowledge import builtin
    from onkos.sources.reference.pull import pull_reference

    try:
        with _watched() as watcher:
            added, fetched = pull_reference(
                assembly,
                mirror=mirror,
                plain_http=plain_http,
                again=again,
                watcher=watcher,
                chromosomes=builtin().vocabulary.chromosomes,
            )
    except KeyboardInterrupt:
        click.echo("onkos: interrupted; the same command goes on where it broke off", err=True)
        raise
    if not fetched:
        click.echo(f"{added.assembly} is there already ({added.gff3}); --again fetches it anew")
    tell(added)


@contextmanager
def _watched() -> Iterator[Told]:
    """Bars on a terminal, one line for each step elsewhere."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining
    from rich.progress import TransferSpeedColumn as Speed

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        Speed(),
        Remaining(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def step(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield step


def _lines() -> Told:
    told = set()

    def step(what: str, done: int, total: int | None) -> None:
        if what not in told:
            told.add(what)
            size = f", {total / 1e6:,.0f} MB" if total else ""
            begun = f", {done / 1e6:,.0f} MB of them there" if done and total else ""
            click.echo(f"{what}{size}{begun}", err=True)

    return step
