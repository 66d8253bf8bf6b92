"""``onkos reference pull``: a genome fetched from its archive and added."""

from __future__ import annotations

import click


@click.command()
@click.argument("assembly", default="GRCh38", metavar="[GRCh38|GRCh37]")
@click.option(
    "--from",
    "mirror",
    metavar="URL",
    default="",
    help="A mirror with the layout of the archive below it, in place of the archive itself. "
    "[default: ONKOS_REFERENCE_MIRROR, else Ensembl's]",
)
@click.option(
    "--plain-http", is_flag=True, help="Take a mirror on your own network by http, without TLS."
)
@click.option("--again", is_flag=True, help="Fetch anew what is already there.")
def pull(assembly: str, mirror: str, plain_http: bool, again: bool) -> None:
    """Fetch a genome and its transcripts, check them and add them.

    About 1 GB is fetched and 2 GB of disk needed on the way. What breaks off is gone on with by
    the same command. Nothing of any patient leaves this machine.
    """
    from onkos.cli.fetching import interruptible, watched
    from onkos.cli.reference import tell
    from onkos.sources.knowledge import builtin
    from onkos.sources.reference.pull import pull_reference

    with interruptible(), watched() as watcher:
        added, fetched = pull_reference(
            assembly,
            mirror=mirror,
            plain_http=plain_http,
            again=again,
            watcher=watcher,
            chromosomes=builtin().vocabulary.chromosomes,
        )
    if not fetched:
        click.echo(f"{added.assembly} is there already ({added.gff3}); --again fetches it anew")
    tell(added)
