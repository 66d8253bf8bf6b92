"""``onkos explain``: one drug for one case, in sentences."""

from __future__ import annotations

import json
from typing import Any

import click

from onkos.cli.options import added_options, case_options, reference_option, run_options


@click.command()
@click.argument("drug")
@click.argument("alterations", nargs=-1)
@case_options
@run_options
@reference_option
@added_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="What to print.")  # fmt: skip
def explain(
    drug: str,
    alterations: tuple[str, ...],
    form: str,
    regulators: str | None,
    fuzzy: bool,
    germline: str | None,
    reference: str | None,
    **said: Any,
) -> None:
    """Say why a drug is, or is not, an option, and what would change that.

    DRUG may be written by any of its names. The case is told as for `onkos match`.

    \b
    onkos explain osimertinib "EGFR T790M" --disease NSCLC
    onkos explain cetuximab case.toml
    """
    from onkos.cli.added import knowledge_of
    from onkos.cli.intake import case_of, warn_of_unread
    from onkos.cli.planning import explain_drug
    from onkos.cli.terminal import paragraphs
    from onkos.report.notice import NOTICE, SHORT

    knowledge = knowledge_of(said, alterations)
    case = case_of(alterations, said, knowledge, fuzzy, germline)
    sentences = explain_drug(drug, case, knowledge, regulators, reference)
    if form == "json":
        answer = {"id": case.id, "drug": drug, "sentences": sentences, "notice": NOTICE}
        click.echo(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        paragraphs(sentences)
        click.secho(f"\n{SHORT}", dim=True)
    warn_of_unread(case, alterations)
