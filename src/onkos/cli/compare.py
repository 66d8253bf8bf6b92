"""``onkos knowledge compare``: what every source says, side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from onkos.cli.options import added_options, case_options, reference_option, run_options

if TYPE_CHECKING:
    from onkos.report.compared_view import ComparedView


@click.command()
@click.argument("alterations", nargs=-1)
@case_options
@run_options
@reference_option
@added_options
@click.option("--drug", metavar="NAME", help="Regimens that contain this drug alone.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="What to print.")  # fmt: skip
def compare(
    alterations: tuple[str, ...],
    drug: str | None,
    form: str,
    regulators: str | None,
    fuzzy: bool,
    germline: str | None,
    reference: str | None,
    **said: Any,
) -> None:
    """Compare what every source says of each regimen, with the reason of every conflict.

    The case is told as for `onkos match`. Sources are the built-in knowledge and the snapshots
    that were added (onkos knowledge snapshots).

    \b
    onkos knowledge compare "BRAF V600E" --disease COAD
    onkos knowledge compare "EGFR L858R" "EGFR C797S" --disease NSCLC --drug osimertinib
    """
    from onkos.cli.added import knowledge_of
    from onkos.cli.intake import case_of, warn_of_unread
    from onkos.cli.planning import plan_case
    from onkos.errors import KnowledgeError
    from onkos.pipeline import uncompared
    from onkos.report.compared_view import compared_view
    from onkos.report.json_compared import compared_json
    from onkos.report.uncompared_view import uncompared_line

    knowledge = knowledge_of(said, alterations)
    if not knowledge.others:
        raise KnowledgeError(
            "there is nothing to compare with: onkos knowledge sources lists what can be added"
        )
    case = case_of(alterations, said, knowledge, fuzzy, germline)
    wanted = knowledge.vocabulary.therapy(drug) if drug else ()
    dossier = plan_case(case, knowledge, regulators, reference)
    found = [one for one in dossier.compared if set(wanted) <= set(one.therapy)]
    if form == "json":
        click.echo(json.dumps([compared_json(one) for one in found], indent=2, ensure_ascii=False))
    else:
        _print([compared_view(one) for one in found])
        beside = uncompared(dossier, knowledge)
        click.echo(uncompared_line(beside), nl=bool(beside))
    warn_of_unread(case, alterations)


def _print(views: list[ComparedView]) -> None:
    for view in views:
        head = f"{view.name}{f' ({view.place})' if view.place else ''}: {view.consensus}"
        click.secho(head, fg="yellow" if view.why else None, bold=True)
        for source, words in view.voices:
            click.echo(f"  {source:<12}{words}")
        for why in view.why:
            click.echo(f"  {'why':<12}{why}")
        for ask in view.asks:
            click.echo(f"  {'not known':<12}{ask}")
        for part in view.within:
            click.echo(f"  {'within':<12}{part}")
        if view.silent:
            click.secho(f"  {'silent':<12}{', '.join(view.silent)}", dim=True)
    if not views:
        click.echo("no source says anything of a regimen for this")
