"""``onkos knowledge add`` and its like: other people's knowledge, kept by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onkos.errors import KnowledgeError, OnkosError, Unreadable, UsageError

if TYPE_CHECKING:
    from onkos.model import Knowledge, Source
    from onkos.sources.knowledge.compiled import Compiled

RECORDS = "records"  # of an archive, which is no list of claims
_LARGE = 20_000_000  # bytes of files of which the user is told that it takes a while


@click.command()
@click.argument("source")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--date", "on", metavar="YYYY-MM-DD",
              help="The day of the source's state. [default: as the file's name says]")  # fmt: skip
def add(source: str, files: tuple[Path, ...], on: str | None) -> None:
    """Add a snapshot of somebody else's knowledge, and read it from now on.

    SOURCE is one of those of onkos knowledge sources; FILES are as its owner publishes them. All
    rows are read first: where not one is understood, nothing is kept. Files keep their owner's
    licence and stay on this machine.

    \b
    onkos knowledge add civic nightly-AcceptedClinicalEvidenceSummaries.tsv --date 2026-05-29
    """
    from onkos.sources.knowledge import builtin
    from onkos.sources.knowledge.snapshots import source_of

    chosen = source_of(source, builtin())
    for path in files:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name the files in it")
        if not path.is_file():
            raise UsageError(f"there is no file {path}")
    day = _day(on, files, chosen)
    keep(chosen.id, files, day, chosen.licence)


def keep(source: str, files: tuple[Path, ...], day: date, licence: str) -> None:
    """Read files, keep them as a snapshot, and say what was understood of them.

    Raises
    ------
    KnowledgeError
        Where not one claim was understood, or other files are kept for the day; nothing is kept
        then.
    """
    from onkos.sources.knowledge import builtin
    from onkos.sources.knowledge.pages import page_of
    from onkos.sources.knowledge.snapshots import keep_compiled, read_snapshot, source_of
    from onkos.sources.knowledge.store import add_snapshot, kept_already, snapshots

    known = builtin()
    chosen = source_of(source, known)
    size = sum(path.stat().st_size for path in files)
    if chosen.kind == RECORDS and size > _LARGE:
        click.echo(f"indexing {size / 1e6:.0f} MB: a minute or two", err=True)
    try:
        given = page_of(chosen.id, files, day, licence)
        kept_already(given)
        compiled = read_snapshot(given, files, known)
    except Unreadable as error:
        way = f"nothing is kept; is it a file of {chosen.name}? (onkos knowledge sources)"
        raise Unreadable(error.source, [*error.problems, way]) from error
    kept, read = {page.name for page in snapshots()}, _in_use([chosen.id])
    page = add_snapshot(chosen.id, files, day, licence)
    keep_compiled(page, known, compiled)
    click.echo(
        f"{page.name}: {_told(chosen.kind, compiled)}, "
        f"{compiled.not_understood} rows not understood ({licence})"
    )
    if compiled.unread or compiled.differences:
        click.echo(f"  onkos knowledge unread {page.name} lists them")
    if page.name in kept:
        click.echo("  it was kept already, with the same bytes: nothing is added")
    before = read.get(chosen.id, page.name)
    if before != page.name:
        newer = "the newer " if before > page.name else ""
        click.echo(f"  it is read from now on, in the place of {newer}{before}"
                   f"{_before(before, chosen)}; to go back: onkos knowledge use {before}"
                   )  # fmt: skip


def _before(name: str, source: Source) -> str:
    """How much the one before told: a file that was cut short shows by it."""
    from onkos.sources.knowledge import builtin
    from onkos.sources.knowledge.snapshots import compiled_snapshot
    from onkos.sources.knowledge.store import snapshot

    try:
        compiled = compiled_snapshot(snapshot(name), builtin())
    except OnkosError as error:
        return f" (which cannot be read: {error})"
    return f" ({_told(source.kind, compiled)}, {compiled.not_understood} rows not understood)"


def _told(kind: str, compiled: Compiled) -> str:
    if kind == "vocabulary":
        return f"{len(compiled.differences)} differences from the built-in vocabulary"
    return f"{compiled.count(kind)} {kind}"


def _day(on: str | None, files: tuple[Path, ...], source: Source) -> date:
    """As the user says, as the files themselves do, or as their names do."""
    from onkos.sources.knowledge.dated import day_in

    if on is not None:
        return day_of(on)
    told = {day for path in files if (day := _own_day(path, source) or day_in(path.name))}
    if len(told) != 1:
        raise UsageError("say the day of the source's state: --date YYYY-MM-DD")
    return _past(told.pop(), "the file says")


def day_of(text: str) -> date:
    """The day that --date names.

    Raises
    ------
    UsageError
        Where it is none, or is still to come.
    """
    try:
        return _past(datetime.strptime(text, "%Y-%m-%d").date(), "--date")
    except ValueError as error:
        raise UsageError(f"--date {text}: write it as 2026-05-29") from error


def _past(day: date, said: str) -> date:
    """No source has a state of a day to come; in the farthest zone it is tomorrow already."""
    today = date.today()
    if day > today + timedelta(days=1):
        raise UsageError(
            f"{said} {day}: that day is still to come (today is {today}); give the day of the "
            "source's state with --date, or set this machine's clock"
        )
    return day


def _own_day(path: Path, source: Source) -> date | None:
    if not source.day_line:
        return None
    from onkos.sources.knowledge.remote.whole import day_in_file

    return day_in_file(path, source.day_line)


@click.command()
def sources() -> None:
    """List whose knowledge onkos can read, and under which licence."""
    from onkos.cli.columns import beside, widest
    from onkos.sources.knowledge import builtin

    known = builtin().sources
    column = widest(source.id for source in known)
    for source in known:
        said = [f"{source.name}, {source.licence}  {source.homepage}", source.note]
        for line in beside(source.id, column, filter(None, said)):
            click.echo(line)


@click.command("snapshots")
@click.option(
    "--counts",
    is_flag=True,
    help="Also claims, rows not understood, and what differs from the one before.",
)
def list_(counts: bool) -> None:
    """List the snapshots that are kept; * marks those that are read.

    Editions of the built-in knowledge (onkos@DATE) are read only where they are named.
    """
    from onkos.cli.columns import widest
    from onkos.sources.knowledge.store import BUILT_IN, snapshots, store_path

    kept = snapshots()
    column = widest(page.name for page in kept)
    before = ""
    read = _in_use({page.source for page in kept} - {BUILT_IN})
    for page in kept:
        mark = "*" if page.source in read and read[page.source] == page.name else " "
        size = sum(file.size for file in page.files) / 1e6
        click.echo(
            f"{mark} {page.name:<{column}}{size:>8.1f} MB  {page.sha256[:12]}  {page.licence}"
        )
        if counts:
            same = before if before.partition("@")[0] == page.source else ""
            click.echo(f"{'':<4}{_counted(page.name, same)}")
        before = page.name
    if not kept:
        click.echo(f"none in {store_path()}; onkos knowledge add --help says how to add one")


def _in_use(sources: Iterable[str]) -> dict[str, str]:
    """The snapshot in use of each source; what cannot be read is said, and the list goes on."""
    from onkos.errors import KnowledgeError
    from onkos.sources.knowledge.store import current

    found: dict[str, str] = {}
    for source in sorted(sources):
        try:
            page = current(source)
        except KnowledgeError as error:
            click.echo(f"onkos: {error}", err=True)
            continue
        if page is not None:
            found[source] = page.name
    return found


def _counted(name: str, before: str) -> str:
    """Claims and rows not understood; what differs from the snapshot before."""
    from onkos import pipeline
    from onkos.cli.changes import state_of
    from onkos.cli.facts import counted, facts_of
    from onkos.report.changes_view import counts
    from onkos.sources.knowledge import builtin

    known = builtin()
    facts = facts_of(name, known)
    if facts is not None:
        why = _reasons(name, known) if facts.kind == RECORDS else ""
        return counted(facts_of(before, known) if before else None, facts, why)
    new = state_of(name, known)
    told = f"{len(new.claims)} claims, {len(new.unread)} rows not understood"
    if not before:
        return told
    old = state_of(before, known)
    made = pipeline.claim_changes(old.claims, new.claims, old.unread, new.unread)
    number = counts(made)
    meant = number["changed"] - number["changed in wording only"]
    return (
        f"{told}; since {before}: {number['added']} added, {number['removed']} removed, "
        f"{meant} changed"
    )


def _reasons(name: str, known: Knowledge) -> str:
    """Why rows of an archive were not understood, each with their number."""
    from onkos.sources.knowledge.snapshots import compiled_snapshot
    from onkos.sources.knowledge.store import snapshot

    found = compiled_snapshot(snapshot(name), known)
    why = Counter(row.reason for row in found.unread) + Counter(found.more)
    told = "; ".join(f"{count} {reason}" for reason, count in why.most_common())
    return f" ({told})" if told else ""


@click.command()
@click.argument("name")
@click.option("--all", "every", is_flag=True, help="All rows, and not the first of each reason.")
def unread(name: str, every: bool) -> None:
    """List what of a snapshot was not understood, by reason.

    NAME is SOURCE@DATE, or SOURCE for the one that is read.
    """
    from onkos.sources.knowledge import builtin
    from onkos.sources.knowledge.archive_build import LISTED
    from onkos.sources.knowledge.snapshots import compiled_snapshot
    from onkos.sources.knowledge.store import snapshot

    compiled = compiled_snapshot(snapshot(name), builtin())
    rows = compiled.unread
    counted = Counter(row.reason for row in rows) + Counter(compiled.more)
    for reason, count in counted.most_common():
        click.echo(f"{count:>6}  {reason}")
        of_it = [row for row in rows if row.reason == reason]
        for row in of_it if every else of_it[:1]:
            click.echo(f"{'':<8}{row.source}, line {row.line}: {row.text}")
    click.echo(f"{compiled.not_understood:>6}  in all")
    if compiled.more:
        click.echo(f"{'':<8}of an archive the first {LISTED} rows of each reason are listed")
    if compiled.differences:
        click.echo(f"{len(compiled.differences):>6}  differences from the built-in vocabulary")
        for told in compiled.differences if every else compiled.differences[:20]:
            click.echo(f"{'':<8}{told}")


@click.command()
@click.argument("name")
def use(name: str) -> None:
    """Choose which snapshot of a source is read: SOURCE@DATE."""
    from onkos.sources.knowledge import store

    click.echo(f"{store.use(name).name} is read from now on")


@click.command()
@click.argument("source")
def rollback(source: str) -> None:
    """Go back to the snapshot of SOURCE before the current one."""
    from onkos.sources.knowledge import store

    click.echo(f"{store.rollback(source).name} is read from now on")


@click.command()
@click.argument("name")
def remove(name: str) -> None:
    """Forget a snapshot: SOURCE@DATE. Reports that name it cannot be made again then."""
    from onkos.sources.knowledge import store

    if "@" not in name:
        raise KnowledgeError(f"say which: {name}@DATE (onkos knowledge snapshots lists them)")
    click.echo(f"{store.remove(name).name} is removed")
