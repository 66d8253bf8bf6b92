"""``onkos report``: one patient's report, written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onkos.cli.options import FORMATS, added_options, case_options, reference_option, run_options
from onkos.errors import UsageError

if TYPE_CHECKING:
    from onkos.model import Dossier, Knowledge

ENDINGS = {".html": "html", ".htm": "html", ".json": "json", ".md": "md", ".txt": "text"}


@click.command()
@click.argument("case_file", metavar="CASE", nargs=-1, required=True)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it. [default: the name of CASE with .html, in this folder]",
)
@click.option("--format", "form", type=click.Choice(FORMATS),
              help="[default: as the ending of the output says]")  # fmt: skip
@click.option("--like", type=click.Path(path_type=Path), metavar="OLD.json",
              help="Make it with the very knowledge that an old report in JSON names; refused "
              "where that is not at hand.")  # fmt: skip
@case_options
@run_options
@reference_option
@added_options
@click.option("--trials", "paths", type=click.Path(path_type=Path), multiple=True, metavar="PATH",
              help="A file or folder of trials, for a section of the report. May be "
              "repeated.")  # fmt: skip
@click.option("--near", metavar="LAT,LON", help="The patient's place, for trials.")
def report(
    case_file: tuple[str, ...],
    output: Path | None,
    form: str | None,
    like: Path | None,
    regulators: str | None,
    fuzzy: bool,
    germline: str | None,
    reference: str | None,
    paths: tuple[Path, ...],
    near: str | None,
    **said: Any,
) -> None:
    """Write one patient's report to a file.

    CASE is a case file (case.toml), or a MAF or VCF with --disease and what else is known;
    alterations in quotes work too. Prints where the report is.

    \b
    onkos report case.toml -o report.html
    onkos report tumour.maf --disease MEL --assay WES -o report.html
    onkos report case.toml --like report_of_2026.json -o again.json
    """
    from onkos.cli.intake import case_of, warn_of_unread
    from onkos.cli.planning import plan_case
    from onkos.report import write

    knowledge, regulators = _knowledge(said, case_file, like, regulators)
    chosen = form or (_form_of(output) if output else "html")
    target = output or Path(_stem(case_file) + _ending(chosen))
    case = case_of(case_file, said, knowledge, fuzzy, germline)
    dossier = plan_case(case, knowledge, regulators, reference)
    if paths:
        dossier = _with_trials(dossier, paths, near, knowledge)
    click.echo(write(dossier, target, chosen, knowledge.vocabulary.gene_by_symbol))
    warn_of_unread(case, case_file)


def _knowledge(
    said: dict[str, Any], case_file: tuple[str, ...], like: Path | None, regulators: str | None
) -> tuple[Knowledge, str | None]:
    """The knowledge, and whose approvals count: as the options say, or as an old report does."""
    from onkos.cli.added import knowledge_of

    if like is None:
        return knowledge_of(said, case_file), regulators
    from onkos.cli.like import like_options, old_report, refuse_other_pins, snapshots_like
    from onkos.sources.knowledge import builtin

    old = old_report(like)
    regulators = like_options(old, said, regulators)
    said["snapshots"] = snapshots_like(old, builtin())
    knowledge = knowledge_of(said, case_file)
    refuse_other_pins(old, knowledge)
    return knowledge, regulators


def _with_trials(
    dossier: Dossier, paths: tuple[Path, ...], near: str | None, knowledge: Knowledge
) -> Dossier:
    from onkos import pipeline
    from onkos.cli.trial_files import place_of, trials_in, warn_of_trials

    place = place_of(near)
    found, unread = trials_in(paths, knowledge.vocabulary)
    warn_of_trials(found, unread)
    return pipeline.with_trials(dossier, found, knowledge, place)


def _stem(case_file: tuple[str, ...]) -> str:
    return Path(case_file[0]).name.partition(".")[0] if len(case_file) == 1 else "report"


def _ending(form: str) -> str:
    return next(ending for ending, known in ENDINGS.items() if known == form)


def _form_of(target: Path) -> str:
    form = ENDINGS.get(target.suffix.casefold())
    if form is None:
        raise UsageError(f"{target.name}: say the format with --format, or end the name in .html")
    return form
