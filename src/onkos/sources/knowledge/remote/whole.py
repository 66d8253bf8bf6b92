"""Files that come whole: gone on with where they broke off, checked, and of which day they are."""

from __future__ import annotations

import gzip
import zlib
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from onkos.errors import FetchError
from onkos.sources.checksums import Sum, agrees, read_checksums
from onkos.sources.connection import MEGABYTE, Patience, Question, Secret, ask
from onkos.sources.fetch import fetch, fetch_text, full_disk_told
from onkos.sources.knowledge.remote.addresses import RemoteFile
from onkos.sources.knowledge.remote.paged import BYTES, Watcher
from onkos.sources.knowledge.remote.paths import at, day_of

_MOST_CHECKSUM = 1 << 20  # bytes of a page of checksums
_MOST_HEAD = 1 << 20  # bytes of a file among which the line with its day stands


class Whole(NamedTuple):
    """A file that came, and when its server says that it changed last."""

    path: Path
    changed: date | None


def whole_file(
    file: RemoteFile,
    base: str,
    target: Path,
    watcher: Watcher,
    patience: Patience,
    secret: Secret | None,
) -> Whole:
    """Fetch one file.

    Raises
    ------
    FetchError
        Where it does not come, its checksum is wrong, or it is not JSON that should be.
    """
    url, most = f"{base}/{file.path}", int(file.most_megabytes * MEGABYTE)
    what = f"fetching {file.what}"
    if secret is None:
        part = target.with_name(f"{target.name}.part")
        changed = fetch(url, part, most, lambda d, n: watcher(what, d, n, BYTES), patience)
        if file.checksum:
            _check(part, file, base, patience)
    else:
        reply = ask(Question(url=url, secret=secret), most, patience)
        part, changed = target.with_name(f"{target.name}.part"), reply.changed
        with full_disk_told(target.parent):
            part.write_bytes(reply.data)
        watcher(what, len(reply.data), len(reply.data), BYTES)
    _json(part, file)
    part.replace(target)
    return Whole(target, changed)


def day_in_file(path: Path, begins: str) -> date | None:
    """The day in the line that begins so, among the first of a file, plain or gzip."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            head = file.read(_MOST_HEAD).decode("utf-8", "replace")
    except (OSError, EOFError, zlib.error) as error:
        raise FetchError(f"{path.name} came damaged; run the same command again") from error
    lines = (line for line in head.splitlines() if line.startswith(begins))
    return day_of(next(lines, "").removeprefix(begins))


def day_asked(url: str, path: str, patience: Patience, secret: Secret | None = None) -> date | None:
    """The day that another answer of the server tells."""
    reply = ask(Question(url=url, secret=secret), _MOST_HEAD * 8, patience)
    try:
        return day_of(at(msgspec.json.decode(reply.data), path))
    except (msgspec.DecodeError, RecursionError) as error:
        raise FetchError(f"{url}: not JSON; a page of the server may stand in its place") from error


def _check(part: Path, file: RemoteFile, base: str, patience: Patience) -> None:
    """The file against the sum beside it; of a list of one, whatever its file is called."""
    url = f"{base}/{file.checksum}"
    sums = read_checksums(fetch_text(url, _MOST_CHECKSUM, patience), url)
    name = file.path.rpartition("/")[2]
    expected: Sum | None = sums.get(name) or (next(iter(sums.values())) if len(sums) == 1 else None)
    if expected is None:
        raise FetchError(f"{url} has no checksum of {name}: it cannot be checked, and is not kept")
    if not agrees(part, expected):
        part.unlink()
        raise FetchError(
            f"{name}: its checksum is wrong, so it was thrown away; run the same command again, "
            "and where it happens again name another mirror with --from"
        )


def _json(part: Path, file: RemoteFile) -> None:
    """Refuse a page of a server in place of JSON."""
    if Path(file.name).suffix != ".json":
        return
    try:
        msgspec.json.decode(part.read_bytes())
    except (msgspec.DecodeError, RecursionError) as error:
        part.unlink()
        raise FetchError(
            f"{file.what}: not JSON; a page of the server may stand in its place: look at the "
            "address, or try again later"
        ) from error
