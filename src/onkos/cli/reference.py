"""``onkos reference``: the genomes that raw calls are described by, added once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onkos.cli.lazy import Lazy, LazyGroup

if TYPE_CHECKING:
    from onkos.sources.reference import Added

COMMANDS = {
    "add": Lazy("onkos.cli.reference:add", "Add a genome and its transcripts."),
    "pull": Lazy("onkos.cli.pull:pull", "Fetch a genome and its transcripts, and add them."),
    "list": Lazy("onkos.cli.reference:list_", "List the genomes that were added."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def reference() -> None:
    """Fetch, add and list the genomes that raw calls are described by."""


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--fasta",
    type=_FILE,
    required=True,
    help="The genome, plain or packed by bgzip; it stays where it is.",
)
@click.option(
    "--gff3",
    type=_FILE,
    required=True,
    help="Its transcripts: Ensembl, GENCODE or NCBI, plain or gzip.",
)
@click.option("--assembly", required=True, help="GRCh38 or GRCh37.")
@click.option(
    "--chain",
    type=_FILE,
    multiple=True,
    help="Chain file to this assembly, as hg19ToHg38.over.chain.gz: calls of the other assembly "
    "are then described here too. May be given several times.",
)
def add(fasta: Path, gff3: Path, assembly: str, chain: tuple[Path, ...]) -> None:
    """Add a genome and its transcripts, compiled once into the user's own store.

    The two are checked against each other. Adding the same assembly again replaces it.
    """
    from onkos.sources.knowledge import builtin
    from onkos.sources.reference import add_reference

    chromosomes = builtin().vocabulary.chromosomes
    added = add_reference(fasta, gff3, assembly, chains=chain, chromosomes=chromosomes)
    tell(added)


def tell(added: Added) -> None:
    """Say what was added, and what of it was left out."""
    click.echo(
        f"{added.assembly}: {added.transcripts} transcripts ({added.mane} MANE Select) on "
        f"{len(added.chromosomes)} chromosomes"
    )
    for name, count in added.without_bases.items():
        click.echo(f"  {count} transcripts left out: the FASTA has no chromosome {name}")
    if not added.mane:
        click.echo("  no transcript is marked MANE Select; the knowledge's own come first")


@click.command("list")
def list_() -> None:
    """List the genomes that were added, and where their files are."""
    from onkos.sources.reference import references, store_path

    found = references()
    for one in found:
        chains = f", chains {len(one.chains)}" if one.chains else ""
        gone = "" if Path(one.fasta).is_file() else "  (gone)"
        click.echo(f"{one.assembly:<10}{one.transcripts} transcripts of {one.gff3}{chains}")
        click.echo(f"{'':<10}{one.fasta}{gone}")
    if not found:
        click.echo(f"none in {store_path()}; onkos reference pull GRCh38 fetches one")
