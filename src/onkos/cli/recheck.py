"""``onkos recheck``: cases whose plan changes with new knowledge."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onkos.cli.batch import cores
from onkos.cli.options import file_options, reference_option
from onkos.cli.output import STANDARD

if TYPE_CHECKING:
    from onkos.cli.lines import Line
    from onkos.cli.recheck_worker import RecheckOrders
    from onkos.model import Knowledge

_OWN_TABLE = (
    "it names a table of known changes of its own: check it again alone, or give one table for all "
    "with --changes"
)
SOME_CHANGED = 20  # the exit code where a case is not as it was


@click.command()
@click.argument("cases", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--from", "earlier", multiple=True, metavar="NAME@DATE",
              help="What the cases were planned with: a kept snapshot, onkos@DATE for a kept "
              "edition of the built-in knowledge, or none. May be repeated; of other sources the "
              "current snapshot counts on both sides.")  # fmt: skip
@click.option("--to", "later", multiple=True, metavar="NAME@DATE",
              help="What is known now. [default: the current snapshots and this "
              "onkos]")  # fmt: skip
@click.option(
    "--said",
    type=click.Path(exists=True, path_type=Path),
    metavar="REPORTS",
    help="Earlier reports in JSON (a file, the output of onkos batch, or a folder), in "
    "the place of --from: what they said is compared with what would be said now.",
)
@click.option("--output", "-o", default=STANDARD,
              type=click.Path(dir_okay=False, allow_dash=True),
              help="Where to write. [default: standard output]")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="What to print; json is one object a line.")  # fmt: skip
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Also what other sources say of models and other diseases, and by which level.",
)
@click.option("--jobs", "-j", type=click.IntRange(min=1),
              help="Processes to use. [default: all cores]")  # fmt: skip
@click.option("--disease", "-d", help="For samples of a study folder whose own row names none.")
@click.option("--regulators", metavar="LIST",
              help="Whose approvals count here. [default: FDA,EMA]")  # fmt: skip
@click.option(
    "--germline",
    type=click.Choice(["report", "withhold"]),
    help="Whether inherited findings may be told. [default: as each case says]",
)
@click.option("--fuzzy", is_flag=True, help="Take a plainly misspelt disease for the nearest one.")
@reference_option
@file_options
def recheck(
    cases: tuple[Path, ...],
    earlier: tuple[str, ...],
    later: tuple[str, ...],
    said: Path | None,
    output: str,
    form: str,
    every: bool,
    jobs: int | None,
    disease: str | None,
    regulators: str | None,
    germline: str | None,
    fuzzy: bool,
    reference: str | None,
    **files: Any,
) -> int:
    """List the cases whose plan changes with new knowledge, and say why.

    CASES are case files or a folder of them, JSON Lines of cases, or study folders; the
    genome and the files of knowledge are those that the cases were planned with. The
    most important come first: an option that is now to avoid or withdrawn, a new first option, a
    new option, then the rest. Each says which claim and which fact did it. Of a patient nothing
    is printed but the id and the diagnosis.

    Exit code 0 where nothing changes, 20 where a case does, 10 where no case can be read.

    \b
    onkos recheck cases.jsonl --from civic@2021-08-01 --to civic@2026-05-29
    onkos recheck case.toml --from onkos@2026-11-21
    onkos recheck cases.jsonl --said reports/
    """
    from onkos.cli.added import files_of, with_files
    from onkos.cli.choice import regulators_of
    from onkos.cli.genome import refuse_unknown
    from onkos.cli.recheck_worker import RecheckOrders
    from onkos.cli.worker import Orders
    from onkos.sources.knowledge import builtin, with_snapshots
    from onkos.sources.knowledge.snapshots import named_over

    before = _before(earlier, said)
    named = named_over(later, builtin()) if before is None else before, named_over(later, builtin())
    known = with_snapshots(builtin(), named[0])
    with_snapshots(builtin(), named[1])
    given = files_of(files, tuple(map(str, cases)))
    with_files(known, given)  # what of them is not understood is told once
    refuse_unknown(reference)
    orders = RecheckOrders(
        Orders(fuzzy, regulators_of(regulators, known), germline=germline),
        *named,
        said,
        before is not None,
        given,
        reference,
    )
    began = time.monotonic()
    with ExitStack() as stack:
        found = _numbered(_lines(cases, known, disease, fuzzy, stack, given["changes"] is not None))
        answers = _answers(found, jobs or cores(), orders)
    return _told(answers, output, form, every, named, time.monotonic() - began)


def _before(earlier: tuple[str, ...], said: Path | None) -> tuple[str, ...] | None:
    """The snapshots that the cases were planned with; None where that cannot be known."""
    from onkos.cli.said import said_reports, snapshots_of
    from onkos.errors import UsageError
    from onkos.sources.knowledge import builtin
    from onkos.sources.knowledge.snapshots import named_over

    if earlier or said is None:
        if not earlier:
            raise UsageError("say what the cases were planned with: --from, or --said REPORTS")
        return named_over(earlier, builtin())
    found = snapshots_of(said_reports(said).values(), builtin())
    if found is None:
        click.echo("onkos: the knowledge that the reports name is not kept as a whole, or is not "
                   "the same for all: what changed is told, and why is not", err=True)  # fmt: skip
    return found


def _answers(found: Iterator[Line], jobs: int, orders: RecheckOrders) -> list[dict[str, Any]]:
    """Answers for all cases; those that are as they were leave nothing but their count."""
    import msgspec

    from onkos.cli.lines import chunks
    from onkos.cli.pool import planned

    return [
        msgspec.json.decode(line)
        for done in planned(chunks(found), jobs, orders)
        for line in done.output.splitlines()
    ]


def _lines(
    cases: tuple[Path, ...],
    known: Knowledge,
    disease: str | None,
    fuzzy: bool,
    stack: ExitStack,
    has_changes: bool,
) -> Iterator[Line]:
    from onkos.cli.intake import case_files
    from onkos.cli.lines import lines
    from onkos.cli.study import study_lines

    for path in cases:
        if pages := case_files(path):
            yield from (_case_line(page, known, fuzzy, has_changes) for page in pages)
        elif path.is_dir():
            yield from (one._replace(encoded=True) for one in study_lines(path, known, disease))
        else:
            yield from lines(stack.enter_context(path.open("rb")))


def _case_line(path: Path, known: Knowledge, fuzzy: bool, has_changes: bool) -> Line:
    import msgspec

    from onkos.cli.intake import problem_of
    from onkos.cli.lines import Line
    from onkos.errors import OnkosError
    from onkos.sources.patient.casefile import named_changes, read_case

    try:
        if not has_changes and named_changes(path)[0] is not None:
            return Line(0, b"", 0, _OWN_TABLE, path.name)
        data = msgspec.msgpack.encode(read_case(path, known, fuzzy))
    except OnkosError as error:
        return Line(0, b"", 0, problem_of(path, error), path.name)
    return Line(0, data, len(data), encoded=True)


def _numbered(found: Iterator[Line]) -> Iterator[Line]:
    yield from (line._replace(number=number) for number, line in enumerate(found, 1))


def _told(
    answers: list[dict[str, Any]],
    target: str,
    form: str,
    every: bool,
    named: tuple[tuple[str, ...], ...],
    seconds: float,
) -> int:
    """Write what changed, the count on standard error, and give the exit code."""
    from onkos.cli.output import output
    from onkos.errors import InputError
    from onkos.report.recheck_view import shortened

    errors = [one for one in answers if "error" in one]
    changed = [one for one in answers if one.get("changed")]
    listed = [one for one in (shortened(one, every) for one in changed) if one["changes"]]
    listed.sort(key=lambda one: (one["weight"], one["id"]))
    with output(target) as stream:
        stream.write(_text(listed, form).encode())
    for one in errors:
        click.echo(f"onkos: {one['id']}: {one['error']}", err=True)
    planned = sum(one.get("planned", True) for one in answers) - len(errors)
    few = len(changed) - len(listed)
    click.echo(
        f"{' '.join(named[0])} -> {' '.join(named[1])}: {len(answers)} cases, {len(listed)} changed"
        + (f", {few} more in models and other diseases only (--all lists them)" if few else "")
        + f", {planned} planned again, {len(errors)} errors, {seconds:.1f} s",
        err=True,
    )
    for turn, number in Counter(one["changes"][0]["turn"] for one in listed).most_common():
        click.echo(f"{number:>7}  {turn}", err=True)
    if not answers:
        raise InputError("there is no case in what was given")
    if len(errors) == len(answers):
        raise InputError("not one case could be planned; see above")
    return SOME_CHANGED if listed else 0


def _text(listed: list[dict[str, Any]], form: str) -> str:
    import json

    from onkos.report.recheck_view import lines

    if form == "json":
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in listed)
    return "".join(f"{line}\n" for one in listed for line in lines(one))
