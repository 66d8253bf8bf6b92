"""``onkos trials sync``: studies of ClinicalTrials.gov, fetched and kept by day."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onkos.cli.trial_files import Place

_LONGEST = 100  # characters of a snapshot's name
_DEGREES = 1  # decimals of a place that are sent: eleven kilometres, and no home


@click.command()
@click.option("--condition", required=True, metavar="TEXT",
              help="A disease in the registry's words, such as melanoma.")  # fmt: skip
@click.option("--term", metavar="TEXT", default="",
              help="Any other words of a study, such as a gene.")  # fmt: skip
@click.option("--status", "statuses", multiple=True, metavar="TEXT",
              help="Only studies with this status: open, recruiting, completed... May be "
              "repeated. [default: all]")  # fmt: skip
@click.option("--near", metavar="LAT,LON",
              help="The clinic's place, in degrees; sent to a tenth of a degree.")  # fmt: skip
@click.option("--within", type=click.IntRange(1, 20_000), default=200, show_default=True,
              metavar="KM", help="How far from the place.")  # fmt: skip
@click.option("--from", "mirror", metavar="URL", default="",
              help="A mirror with the layout of ClinicalTrials.gov below it.")  # fmt: skip
@click.option("--plain-http", is_flag=True,
              help="Take a mirror on your own network by http, without TLS.")  # fmt: skip
def sync(
    condition: str,
    term: str,
    statuses: tuple[str, ...],
    near: str | None,
    within: int,
    mirror: str,
    plain_http: bool,
) -> None:
    """Fetch the studies of a disease from ClinicalTrials.gov and keep them by day.

    They are kept as a snapshot named after the search, which onkos trials match reads by its
    name. What is asked for goes to the registry: name a disease and a clinic, never a patient.
    What breaks off is gone on with by the same command.

    \b
    onkos trials sync --condition melanoma --status open
    onkos trials match case.toml --trials ctgov_melanoma_open
    """
    from onkos.cli.fetching import interruptible, watched
    from onkos.cli.trial_files import place_of, statuses_of
    from onkos.errors import FetchError, UsageError
    from onkos.sources.knowledge.remote.addresses import remote_of
    from onkos.sources.knowledge.remote.sync import fetched
    from onkos.sources.knowledge.store import add_snapshot
    from onkos.sources.knowledge.trials.registry_words import words_of

    if not condition.strip():
        raise UsageError("--condition is empty: name a disease")
    place, wanted = place_of(near), statuses_of(statuses)
    asked = {"query.cond": condition.strip()}
    if term.strip():
        asked["query.term"] = term.strip()
    if wanted is not None:
        asked["filter.overallStatus"] = ",".join(words_of(wanted))
    if place is not None:
        asked["filter.geo"] = _around(place, within)
    remote = remote_of("ctgov")
    name = name_of(condition, term, *statuses, asked.get("filter.geo", ""))
    with (
        interruptible(),
        watched() as watcher,
        fetched(remote, mirror, plain_http, watcher, arguments=asked, label=name) as came,
    ):
        if not came.items:
            raise FetchError(f"no study of {condition!r} was found; nothing is kept")
        page = add_snapshot(name, came.files, came.day, remote.licence)
    click.echo(
        f"{page.name}: {came.items:,} studies ({page.licence}); onkos trials match --trials {name}"
    )


def name_of(*words: str) -> str:
    """The name of a snapshot after what was asked for.

    >>> name_of("Non-small cell lung cancer", "", "open", "distance(48.9,-2.4,200km)")
    'ctgov_non_small_cell_lung_cancer_open_distance_48_9_m2_4_200km'
    """
    plain = "_".join(filter(None, words)).casefold().replace(",-", ",m").replace("(-", "(m")
    name = f"ctgov_{re.sub(r'[^a-z0-9]+', '_', plain).strip('_')}"
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - 9]}_{hashlib.sha256(plain.encode()).hexdigest()[:8]}"


def _around(place: Place, within: int) -> str:
    latitude, longitude = (round(degrees, _DEGREES) for degrees in place)
    return f"distance({latitude},{longitude},{within}km)"
