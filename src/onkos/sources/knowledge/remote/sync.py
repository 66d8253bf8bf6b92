"""One source fetched, all of it, to files that the store can keep.

What has come so far lies in ``.syncing`` in the store's folder; the store's own pages are written
by `add_snapshot` when all has come, so that a run that ends in the middle changes nothing.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from onkos.errors import UsageError
from onkos.sources.alone import alone
from onkos.sources.connection import PATIENT, Patience, Secret, checked_address
from onkos.sources.fetch import full_disk_told
from onkos.sources.knowledge.remote.addresses import Remote, RemoteFile
from onkos.sources.knowledge.remote.paged import Pages, Watcher
from onkos.sources.knowledge.remote.paths import day_of
from onkos.sources.knowledge.remote.secrets import secret_of
from onkos.sources.knowledge.remote.whole import day_asked, day_in_file, whole_file
from onkos.sources.knowledge.store import store_path

_FOLDER = ".syncing"
_AHEAD = timedelta(days=1)  # a day further off is no day of a state, wherever the server stands
_FORGOTTEN = 7 * 24 * 3600.0  # seconds after which nobody goes on with what broke off


class Fetched(NamedTuple):
    """Files of a source as they are to be kept.

    Attributes
    ----------
    day_told : bool
        False where the server does not say of which day its state is: it is today's then.
    items : int
        That came page by page; files that came whole count for none.
    """

    files: tuple[Path, ...]
    day: date
    day_told: bool
    items: int = 0


def _nobody(what: str, done: int, total: int | None, unit: str) -> None:
    return


@contextmanager
def fetched(
    remote: Remote,
    mirror: str = "",
    plain_http: bool = False,
    watcher: Watcher = _nobody,
    patience: Patience = PATIENT,
    arguments: Mapping[str, str] | None = None,
    terms: Sequence[str] = (),
    terms_accepted: bool = False,
    label: str = "",
    store: Path | None = None,
) -> Iterator[Fetched]:
    """Fetch a source; its files are gone when the block ends well, and stay where it does not.

    Parameters
    ----------
    mirror : str
        Base address in place of the source's own, with the same layout below it.
    arguments, terms : mapping and sequence of str
        As of `Pages`.
    terms_accepted : bool
        That the user says to have agreed to the source's terms, where it has some.
    label : str
        Put before the names of the files, and telling one search from another.

    Raises
    ------
    FetchError
        With what to do next; nothing half-added is ever seen.
    UsageError
        Where the terms are not accepted, or no drug is named that should be asked for.
    """
    if remote.terms and not terms_accepted:
        raise UsageError(
            f"{remote.id} may be used under its own terms only ({remote.terms}): read them, and "
            "say --accept-terms where you hold a licence that allows you to keep its data"
        )
    if any(file.each for file in remote.file) and not terms:
        raise UsageError(f"{remote.id} is asked drug by drug; name one with --drug")
    base = checked_address(mirror or remote.base, plain_http).rstrip("/")
    secret = secret_of(remote, base)
    name = "-".join(filter(None, (remote.id, remote.way, label)))
    key = hashlib.sha256(f"{base} {label}".encode()).hexdigest()[:8]
    folder = (store or store_path()) / _FOLDER / f"{name[:80]}-{key}"
    _sweep(folder.parent)
    with alone(folder, "the same source", "ONKOS_KNOWLEDGE"), full_disk_told(folder):
        run = _Run(remote, base, folder, watcher, patience, secret, label)
        yield run.all(dict(arguments or {}), terms)
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(root: Path) -> None:
    """Forget what broke off long ago."""
    for left in root.glob("*") if root.is_dir() else ():
        with suppress(OSError):
            newest = max((path.stat().st_mtime for path in left.rglob("*")), default=time.time())
            if left.is_dir() and time.time() - newest > _FORGOTTEN:
                shutil.rmtree(left, ignore_errors=True)


class _Run:
    """One fetch of one source."""

    def __init__(
        self,
        remote: Remote,
        base: str,
        folder: Path,
        watcher: Watcher,
        patience: Patience,
        secret: Secret | None,
        label: str,
    ) -> None:
        self._remote, self._base, self._folder = remote, base, folder
        self._watcher, self._patience, self._secret = watcher, patience, secret
        self._label = label

    def all(self, arguments: Mapping[str, str], terms: Sequence[str]) -> Fetched:
        """All files, under names that tell the day."""
        remote = self._remote
        found: list[Path] = []
        days: list[date | None] = []
        items = 0
        if remote.day_path:
            url = f"{self._base}/{remote.day_path}"
            days.append(day_asked(url, remote.day, self._patience, self._secret))
        for file in remote.file:
            paths, day, count = self._one(file, arguments, terms)
            found += paths
            days.append(day)
            items += count
        today = datetime.now(UTC).date()
        told = [day for day in days if day is not None and day <= today + _AHEAD]
        on = max(told, default=today)
        named = tuple(self._dated(path, on) for path in found)
        return Fetched(named, on, bool(told), items)

    def _one(
        self, file: RemoteFile, arguments: Mapping[str, str], terms: Sequence[str]
    ) -> tuple[tuple[Path, ...], date | None, int]:
        remote, target = self._remote, self._folder / file.name
        if file.form != "file":
            day_at = "" if remote.day_path or remote.day == "changed" else remote.day
            pages = Pages(
                file,
                self._base,
                self._folder / f"{file.name}.pages",
                self._watcher,
                self._patience,
                self._secret,
                arguments,
                terms,
                day_at,
            )
            came = pages.collect(target)
            return came.files, day_of(came.day), came.items
        path, changed = whole_file(
            file, self._base, target, self._watcher, self._patience, self._secret
        )
        if remote.day_path:
            return (path,), None, 0
        if remote.day == "changed":
            return (path,), changed, 0
        if remote.day == "in_file":
            return (path,), day_in_file(path, remote.day_line), 0
        return (path,), _day_in_json(path, remote.day), 0

    def _dated(self, path: Path, on: date) -> Path:
        """The file under the name that it is kept by: ``clinvar_GRCh38_2026-08-09.vcf.gz``."""
        stem, dot, ending = path.name.partition(".")
        before = f"{self._label}_" if self._label else ""
        return path.replace(path.with_name(f"{before}{stem}_{on}{dot}{ending}"))


def _day_in_json(path: Path, at_path: str) -> date | None:
    import msgspec

    from onkos.sources.knowledge.remote.paths import at

    return day_of(at(msgspec.json.decode(path.read_bytes()), at_path)) if at_path else None
