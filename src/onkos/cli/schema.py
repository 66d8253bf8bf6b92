"""``onkos schema``: what a dossier's JSON looks like."""

from __future__ import annotations

from importlib.resources import files

import click


@click.command()
def schema() -> None:
    """Print the JSON schema of the output.

    It describes what `onkos match --format json` prints and each line of `onkos batch` that
    is no error. Minor versions add keys; they never remove one or change its meaning.
    """
    text = (files("onkos") / "report" / "schema.json").read_text(encoding="utf-8")
    click.echo(text, nl=not text.endswith("\n"))
