"""``onkos knowledge``: show, search, check, count and compile what onkos knows."""

from __future__ import annotations

from pathlib import Path

import click

from onkos.cli.lazy import Lazy, LazyGroup

COMMANDS = {
    "show": Lazy("onkos.cli.knowledge:show", "Show a claim, gene, drug or disease in full."),
    "search": Lazy("onkos.cli.knowledge:search", "Find entries by words."),
    "lint": Lazy("onkos.cli.knowledge:lint", "Check the knowledge; exit 0 where it is clean."),
    "stats": Lazy("onkos.cli.knowledge:stats", "Count what the knowledge holds."),
    "site": Lazy("onkos.cli.knowledge:site", "Write the knowledge as pages to browse offline."),
    "sources": Lazy("onkos.cli.snapshots:sources", "List whose knowledge onkos can read."),
    "add": Lazy("onkos.cli.snapshots:add", "Add a snapshot of somebody else's knowledge."),
    "sync": Lazy("onkos.cli.sync:sync", "Fetch somebody else's knowledge and add it."),
    "snapshots": Lazy("onkos.cli.snapshots:list_", "List the snapshots that are kept."),
    "unread": Lazy("onkos.cli.snapshots:unread", "List what of a snapshot was not understood."),
    "use": Lazy("onkos.cli.snapshots:use", "Choose which snapshot of a source is read."),
    "rollback": Lazy("onkos.cli.snapshots:rollback", "Go back to the snapshot before."),
    "remove": Lazy("onkos.cli.snapshots:remove", "Forget a snapshot."),
    "labels": Lazy("onkos.cli.labels:labels", "Hold approvals against labels of drugs."),
    "compare": Lazy("onkos.cli.compare:compare", "Compare what every source says."),
    "diff": Lazy("onkos.cli.changes:diff", "List what changed between two states of a source."),
    "freeze": Lazy("onkos.cli.changes:freeze", "Keep the present built-in knowledge."),
    "compile": Lazy("onkos.cli.knowledge:compile_", "Make the snapshot that each start reads."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def knowledge() -> None:
    """Show, search, check and count the built-in knowledge."""


@click.command()
@click.argument("name")
def show(name: str) -> None:
    """Show a claim, gene, drug, disease or companion diagnostic in full.

    NAME is a claim's id, a gene's symbol, a drug by any of its names, a disease, or a diagnostic
    or minimum panel by its id; a device's name shows all its uses.
    """
    from onkos.cli import lookup
    from onkos.sources.knowledge import builtin

    known = builtin()
    for number, entry in enumerate(lookup.named(name, known)):
        if number:
            click.echo()
        title, *rest = lookup.lines(entry, known)
        click.secho(title, bold=True)
        for line in rest:
            click.echo(line)


@click.command()
@click.argument("words", nargs=-1, required=True)
def search(words: tuple[str, ...]) -> None:
    """Find entries by words: claims, genes, drugs, diseases and assays.

    An entry is found where every word stands in it, in whatever case. Studies are found by
    name, NCT number or PMID. Exit code 1 where there is none.
    """
    from onkos.cli import lookup
    from onkos.errors import OnkosError
    from onkos.sources.knowledge import builtin

    hits = list(lookup.with_words(words, builtin()))
    for hit in hits:
        click.echo(f"{click.style(f'{hit.kind:<8}', dim=True)}{hit.line}")
    if not hits:
        raise OnkosError(f"nothing in the knowledge holds all of: {' '.join(words)}")


@click.command()
@click.option(
    "--proteins",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tab-separated reference proteins, with columns for gene and sequence, to check residues.",
)
def lint(proteins: Path | None) -> None:
    """Check the knowledge; exit 0 where it is clean, else list what is wrong.

    Every expression is parsed and every gene, drug and disease resolved; then come the
    rules of safety, and, with --proteins, each residue against its reference protein.
    """
    from onkos.cli.proteins import read_proteins
    from onkos.errors import KnowledgeError
    from onkos.sources.knowledge import builtin
    from onkos.sources.knowledge import lint as problems_of
    from onkos.sources.knowledge.diagnostics import without_claim

    known = builtin()
    sequences = read_proteins(proteins) if proteins else None
    problems = problems_of(known, sequences)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise KnowledgeError(f"{len(problems)} problems in the knowledge")
    for one in without_claim(known):
        click.echo(f"{one.id}: no claim of benefit has its medicine, marker and disease")
    click.echo(f"clean: {len(known.claims)} claims, {len(known.vocabulary.genes)} genes")


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to print.",
)
def stats(form: str) -> None:
    """Count what the knowledge holds: claims by effect, disease and regulator, and words."""
    from onkos.cli.counts import as_json, as_table, count
    from onkos.sources.knowledge import builtin

    counted = count(builtin())
    click.echo(as_json(counted) if form == "json" else as_table(counted))


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("onkos-knowledge"),
    show_default=True,
    help="Folder to write to; made where it is missing.",
)
def site(out: Path) -> None:
    """Write the knowledge as pages to browse offline: one per gene, drug and disease.

    Open index.html in a browser and search it. Nothing is fetched from a network.
    """
    from onkos.cli.folder import write_pages
    from onkos.report.site import pages
    from onkos.sources.knowledge import builtin

    number = write_pages(pages(builtin()), out)
    click.echo(f"{number} pages in {out}; open {out / 'index.html'}")


@click.command("compile")
def compile_() -> None:
    """Make the snapshot that each start reads, and print its hash and its path.

    It is made anyway at the first start after a change; this is for installers.
    """
    from onkos.sources.knowledge import builtin
    from onkos.sources.knowledge.builtin import snapshot_path

    sha256 = builtin().pins[0].sha256
    path = snapshot_path(sha256)
    click.echo(f"sha256  {sha256}")
    click.echo(f"path    {path if path.exists() else 'not kept: the cache cannot be written'}")
