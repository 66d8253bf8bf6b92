"""``onkos trials``: match trials to a case, count patients for a trial, check what is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onkos.cli.lazy import Lazy, LazyGroup
from onkos.cli.options import added_options, case_options, reference_option

if TYPE_CHECKING:
    from onkos.model import Unread
    from onkos.model.trial_match import Survey

COMMANDS = {
    "match": Lazy("onkos.cli.trials:match", "Rank trials for one tumour."),
    "feasibility": Lazy("onkos.cli.trials:feasibility", "Count the patients that a trial admits."),
    "sync": Lazy("onkos.cli.trials_sync:sync", "Fetch trials from ClinicalTrials.gov."),
    "check": Lazy("onkos.cli.trials:check", "List what of trials was not understood."),
}
_MOST = 10  # warnings
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to print.",
)
_TRIALS = click.Path(path_type=Path)


@click.group(cls=LazyGroup, lazy=COMMANDS)
def trials() -> None:
    """Match trials to a case, and count patients for a trial.

    Trials are read from files: CTML in YAML or JSON, and studies of ClinicalTrials.gov v2 in
    JSON, one study, a page of a search or a list; or they are fetched by onkos trials sync, the
    only one of these commands that asks a network.
    """


@click.command()
@click.argument("alterations", nargs=-1)
@case_options
@click.option("--fuzzy", is_flag=True,
              help="Take a plainly misspelt disease for the nearest one, and say so.")  # fmt: skip
@click.option("--germline", type=click.Choice(["report", "withhold"]),
              help="Whether inherited findings may be told. [default: as the case "
              "says]")  # fmt: skip
@reference_option
@added_options
@click.option("--trials", "paths", type=_TRIALS, multiple=True, required=True, metavar="PATH",
              help="A file or folder of trials, or the name of what onkos trials sync kept. May "
              "be repeated.")  # fmt: skip
@click.option("--near", metavar="LAT,LON", help="The patient's place, in degrees.")
@click.option("--status", "statuses", multiple=True, metavar="TEXT",
              help="Only trials with this status: open (also where it is not known), "
              "recruiting, completed... May be repeated. [default: all; those that take no "
              "patients are marked]")  # fmt: skip
@click.option("--all", "everything", is_flag=True,
              help="Also trials that the patient cannot join, with what stands in the "
              "way.")  # fmt: skip
@_FORMAT
def match(
    alterations: tuple[str, ...],
    fuzzy: bool,
    germline: str | None,
    reference: str | None,
    paths: tuple[Path, ...],
    near: str | None,
    statuses: tuple[str, ...],
    everything: bool,
    form: str,
    **said: Any,
) -> None:
    """Rank trials for one tumour, each with its answer: met, unknown or unmet.

    ALTERATIONS are written as for onkos match; a case file, MAF or VCF works too. A marker that
    was not tested is named as such, and never counts as absent.

    \b
    onkos trials match "KRAS G12C" -d LUAD --age 60 --trials trials/
    onkos trials match case.toml --trials study.json --near 48.9,2.4 --status open
    """
    from onkos import pipeline
    from onkos.cli.added import knowledge_of
    from onkos.cli.genome import reference_for
    from onkos.cli.intake import case_of, warn_of_unread
    from onkos.cli.trial_files import place_of, statuses_of, trials_in, warn_of_trials

    knowledge = knowledge_of(said)
    place, wanted = place_of(near), statuses_of(statuses, doubtful=True)
    found, unread = trials_in(paths, knowledge.vocabulary)
    case = case_of(alterations, said, knowledge, fuzzy, germline)
    survey = pipeline.survey_trials(
        case, found, knowledge, reference_for(case, reference),
        near=place, statuses=wanted, everything=everything,
    )  # fmt: skip
    if form == "json":
        from onkos.report.trial_view import counts_json, trial_json

        _json({
            "id": case.id, "trials_read": len(found), "trial_counts": counts_json(survey.counts),
            "trials": list(map(trial_json, survey.matches)),
        })  # fmt: skip
    else:
        _sections(survey, case.id)
    warn_of_unread(case, alterations)
    warn_of_trials(found, unread)


def _sections(survey: Survey, name: str) -> None:
    import textwrap

    from onkos.report.notice import SHORT
    from onkos.report.trial_view import MOST_TRIALS, trials_section

    counts = survey.counts
    click.secho(f"{name}: {counts.not_ruled_out} of {counts.read} trials not ruled out", bold=True)
    click.echo(SHORT)
    for heading, sentences in trials_section(survey.matches, counts, MOST_TRIALS):
        click.secho(f"\n{heading.upper()}", bold=True)
        for said in sentences:
            click.echo(textwrap.fill(said, 100, initial_indent="  * ", subsequent_indent="    "))


def _json(document: Any) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())


@click.command()
@click.argument("trial", metavar="TRIAL_OR_CRITERION")
@click.option("--cohort", type=_TRIALS, multiple=True, required=True, metavar="PATH",
              help="Cases: JSON Lines, a case file, a folder of case files, or a study folder of "
              "cBioPortal. May be repeated.")  # fmt: skip
@click.option("--disease", "-d", help="For samples of a study folder that name none.")
@click.option("--ids", "with_ids", is_flag=True,
              help="Also print the opaque ids of those who are eligible or nearly so.")  # fmt: skip
@click.option("--smallest", type=click.IntRange(min=2), metavar="N",
              help="Withhold counts below N, and those that would tell them.")  # fmt: skip
@_FORMAT
def feasibility(
    trial: str,
    cohort: tuple[Path, ...],
    disease: str | None,
    with_ids: bool,
    smallest: int | None,
    form: str,
) -> None:
    """Count the patients that a trial admits, and those whom one criterion keeps out.

    TRIAL_OR_CRITERION is a file or folder of trials, or a criterion in quotes; what its
    outermost "and" joins is counted singly. Only counts are printed unless ids are asked for.

    \b
    onkos trials feasibility trial.yaml --cohort cases.jsonl
    onkos trials feasibility "disease LUAD and KRAS G12C and ECOG <= 1" --cohort cases.jsonl
    """
    from onkos import pipeline
    from onkos.cli.trial_files import Cohort, trial_of_words, trials_in, warn_of_trials
    from onkos.errors import InputError, UsageError
    from onkos.report.feasibility_view import Cells, feasibility_json, feasibility_lines
    from onkos.sources.knowledge import builtin

    if with_ids and smallest:
        raise UsageError("--ids would tell what --smallest withholds; give one of them")
    knowledge = builtin()
    unread: list[Unread] = []
    if Path(trial).exists():
        found, unread = trials_in([Path(trial)], knowledge.vocabulary)
    else:
        found = [trial_of_words(trial, knowledge.vocabulary)]
    cases = Cohort(cohort, knowledge, disease)
    told = pipeline.feasible_trials(cases, found, knowledge, with_ids=with_ids)
    for problem in cases.problems[:_MOST]:
        click.echo(f"onkos: warning: {problem}", err=True)
    if cases.problems:
        click.echo(f"onkos: warning: {len(cases.problems)} cases could not be read", err=True)
    if not told or not told[0].patients:
        raise InputError("not one case of the cohort could be read")
    cells = Cells(smallest or 0)
    if form == "json":
        _json([feasibility_json(one, cells) for one in told])
    else:
        for one in told:
            for line in feasibility_lines(one, cells):
                click.echo(line)
    warn_of_trials(found, unread)


@click.command()
@click.argument("paths", type=_TRIALS, nargs=-1, required=True)
def check(paths: tuple[Path, ...]) -> None:
    """List what of trials was not understood, with file, line and reason.

    PATHS are files and folders of trials. Exit code 0 also where something was not: it stays
    unknown, and no trial is met on it.
    """
    from onkos.cli.trial_files import trials_in
    from onkos.model.trial import Part
    from onkos.sources.knowledge import builtin
    from onkos.sources.knowledge.trials import letters_read

    found, unread = trials_in(paths, builtin().vocabulary)
    for one in (*unread, *(one for trial in found for one in trial.unread)):
        where = f"{one.source}{f', line {one.line}' if one.line else ''}"
        what = f" {one.text}:" if one.text else ""
        click.echo(f"{where}:{what} {one.reason}")
    for part in Part:
        criteria = [c for trial in found for c in trial.criteria() if c.part is part]
        bad = sum(bool(c.unread) for c in criteria)
        if criteria:
            click.echo(f"{part} criteria: {len(criteria)}, not understood {bad}")
    pairs = [letters_read(trial) for trial in found]
    whole = sum(of for _, of in pairs)
    if whole:
        share = sum(read for read, _ in pairs) / whole
        count = sum(bool(of) for _, of in pairs)
        click.echo(f"free text of {count} trials: {share:.1%} of its letters read")
    click.echo(f"{len(found)} trials, {len(unread)} files or entries that hold none")
