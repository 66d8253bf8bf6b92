"""``onkos knowledge sync``: other people's knowledge fetched from where it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from onkos.sources.knowledge.remote.addresses import Remote
    from onkos.sources.knowledge.remote.sync import Fetched


@click.command()
@click.argument("source")
@click.option("--by", "way", metavar="WAY", default="",
              help="Where there are several ways to a source: nightly or api for civic. "
              "[default: the first]")  # fmt: skip
@click.option("--drug", "drugs", multiple=True, metavar="NAME",
              help="For openfda: labels of this drug alone. May be repeated. [default: all drugs "
              "of the built-in approvals]")  # fmt: skip
@click.option("--from", "mirror", metavar="URL", default="",
              help="A mirror with the layout of the source below it.")  # fmt: skip
@click.option("--plain-http", is_flag=True,
              help="Take a mirror on your own network by http, without TLS.")  # fmt: skip
@click.option("--accept-terms", is_flag=True,
              help="Say that you hold the licence that the source asks for (oncokb).")  # fmt: skip
def sync(
    source: str,
    way: str,
    drugs: tuple[str, ...],
    mirror: str,
    plain_http: bool,
    accept_terms: bool,
) -> None:
    """Fetch somebody else's knowledge, keep it as a snapshot and read it from now on.

    SOURCE is civic, moalmanac, oncotree, cancerhotspots, dgidb, openfda, oncokb or clinvar; trials
    are fetched by onkos trials sync. The snapshot has the day of the source's own state. What
    breaks off is gone on with by the same command, and what was kept before stays as it is until
    all has come. Nothing of any patient leaves this machine.

    Tokens come from the environment, or from a file that it names, and never from the command
    line: ONKOS_ONCOKB_TOKEN or ONKOS_ONCOKB_TOKEN_FILE, ONKOS_OPENFDA_KEY or
    ONKOS_OPENFDA_KEY_FILE (which is not needed, and allows more questions a day).

    \b
    onkos knowledge sync civic
    onkos knowledge sync openfda --drug vemurafenib --drug sotorasib
    """
    from onkos.cli.fetching import interruptible, watched
    from onkos.errors import UsageError
    from onkos.sources.knowledge.remote.addresses import remote_of
    from onkos.sources.knowledge.remote.sync import fetched

    remote = remote_of(source, way)
    if remote.trials:
        raise UsageError("trials are fetched by: onkos trials sync --condition TEXT")
    asks_drugs = any(file.each for file in remote.file)
    if drugs and not asks_drugs:
        raise UsageError(f"{remote.id} is not asked drug by drug; leave out --drug")
    terms = _drugs(drugs) if asks_drugs else ()
    with (
        interruptible(),
        watched() as watcher,
        fetched(
            remote,
            mirror,
            plain_http,
            watcher,
            terms=terms,
            terms_accepted=accept_terms,
            label=_label(drugs),
        ) as came,
    ):
        _keep(remote, came)


def _drugs(named: tuple[str, ...]) -> tuple[str, ...]:
    """The drugs meant, by their generic names: those named, or all with an approval."""
    from onkos.sources.knowledge import builtin

    known = builtin()
    if named:
        return tuple(dict.fromkeys(known.vocabulary.drug(name).name for name in named))
    ours = (c.therapy for c in known.claims if any(a.regulator == "FDA" for a in c.approvals))
    return tuple(sorted({drug for therapy in ours for drug in therapy}))


def _label(drugs: tuple[str, ...]) -> str:
    return "_".join(sorted({"".join(c for c in d.casefold() if c.isalnum()) for d in drugs}))[:60]


def _keep(remote: Remote, came: Fetched) -> None:
    """Keep what came, read first where onkos reads it."""
    from onkos.cli.snapshots import keep
    from onkos.sources.knowledge import builtin
    from onkos.sources.knowledge.store import add_snapshot

    if not came.day_told:
        click.echo(f"{remote.id} does not say of which day it is: kept under today's", err=True)
    if any(source.id == remote.snapshot for source in builtin().sources):
        keep(remote.snapshot, came.files, came.day, remote.licence)
        return
    page = add_snapshot(remote.snapshot, came.files, came.day, remote.licence)
    click.echo(f"{page.name}: {_size(came.files)} kept as it came ({page.licence})")


def _size(files: tuple[Path, ...]) -> str:
    return f"{sum(path.stat().st_size for path in files) / 1e6:,.1f} MB"
