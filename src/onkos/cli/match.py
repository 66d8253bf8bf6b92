"""``onkos match``: what can be offered for one tumour, printed."""

from __future__ import annotations

from typing import Any

import click

from onkos.cli.options import FORMATS, added_options, case_options, reference_option, run_options


@click.command()
@click.argument("alterations", nargs=-1)
@case_options
@run_options
@reference_option
@added_options
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="What to print.",
)
def match(
    alterations: tuple[str, ...],
    form: str,
    regulators: str | None,
    fuzzy: bool,
    germline: str | None,
    reference: str | None,
    **said: Any,
) -> None:
    """Rank what can be offered for one tumour.

    ALTERATIONS are written as a report says them, each in quotes: "EGFR L858R". In their
    place may stand one case file (case.toml), or one MAF or VCF with --disease.

    \b
    onkos match "EGFR L858R" --disease NSCLC
    onkos match "BRAF V600E" -m MSI-H -d COAD --prior "FOLFOX (progressed)" --line 2
    onkos match case.toml
    """
    from onkos.cli.added import knowledge_of
    from onkos.cli.intake import case_of, warn_of_unread
    from onkos.cli.planning import plan_case
    from onkos.cli.terminal import show

    knowledge = knowledge_of(said, alterations)
    case = case_of(alterations, said, knowledge, fuzzy, germline)
    dossier = plan_case(case, knowledge, regulators, reference)
    show(dossier, form, knowledge.vocabulary.gene_by_symbol)
    warn_of_unread(case, alterations)
