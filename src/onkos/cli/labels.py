"""``onkos knowledge labels``: our approvals held against the labels that openFDA gives."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", default="openfda", metavar="[SNAPSHOT]")
@click.option("--all", "every", is_flag=True, help="Also the approvals that a label bears out.")
def labels(name: str, every: bool) -> None:
    """List approvals of the FDA whose label does not name the gene that they are for.

    SNAPSHOT is what onkos knowledge sync openfda kept. No claim is made or changed of a label:
    its indication is prose, and each line is a question for whoever keeps the knowledge. Exit
    code 0 also where there are questions.

    \b
    onkos knowledge sync openfda --drug vemurafenib
    onkos knowledge labels
    """
    from onkos.errors import KnowledgeError
    from onkos.model import Unread
    from onkos.sources.knowledge import builtin
    from onkos.sources.knowledge.labels import check_labels, read_labels
    from onkos.sources.knowledge.store import kept_files, snapshot

    known = builtin()
    with kept_files(snapshot(name)) as files:
        rows = [row for path in files for row in read_labels(path, known.vocabulary)]
    found = [row for row in rows if not isinstance(row, Unread)]
    unread = [row for row in rows if isinstance(row, Unread)]
    if not found:
        raise KnowledgeError(f"{name}: not one label was understood")
    checked = list(check_labels(known.claims, found, known.vocabulary))
    here = {drug for label in found for drug in label.drugs}
    asked = [one for one in checked if one.drug in here]
    doubted = [one for one in asked if one.doubt]
    for one in asked if every else doubted:
        genes = ", ".join(one.genes[:6])
        click.echo(f"{one.claim}: {one.drug}: {one.doubt or f'a label names {genes}'}")
    click.echo(
        f"{len(found)} labels of {len(here)} drugs, {len(unread)} not understood; "
        f"{len(asked)} approvals for a gene checked, {len(doubted)} in doubt; "
        f"{len(checked) - len(asked)} more of drugs whose label was not fetched"
    )
