"""One file over HTTP: resumed where it broke off, tried again, bounded in size.

What has come so far lies in ``NAME.part``, with a page beside it that says of which version of
which address it is; it is gone on with only where the server says that the version is the same.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any

import msgspec

from onkos.errors import FetchError
from onkos.model.noun import Noun
from onkos.sources.connection import (
    BEYOND,
    MEGABYTE,
    PATIENT,
    Broken,
    Patience,
    Question,
    answered,
    ask,
    changed,
    checked_address,
    connection,
    length_told,
    patiently,
)

Progress = Callable[[int, int | None], None]
_READ = 1 << 18
_PARTIAL = 206
_CONTENT_RANGE = "Content-Range"


class _Part(Noun, frozen=True, kw_only=True):
    """What a partial file is a part of."""

    url: str
    version: str = ""  # a strong ETag, else the date of the last change
    size: int | None = None
    changed: date | None = None


def fetch(
    url: str,
    part: Path,
    most: int,
    progress: Progress = lambda done, size: None,
    patience: Patience = PATIENT,
) -> date | None:
    """Fetch a file, going on where an earlier run broke off.

    Parameters
    ----------
    url : str
        Checked by `checked_address`.
    part : Path
        Where it is written; whole when this returns.
    most : int
        Bytes beyond which it is given up.

    Returns
    -------
    date or None
        Of its last change, where the server says it.

    Raises
    ------
    FetchError
        Without network, after `patience` ran out, for an answer that no other try would change,
        for a full disk. What has come stays where it would help another run.
    """
    question = Question(url=url)
    before = _size(part)

    def gained() -> bool:
        nonlocal before
        more, before = _size(part) > before, _size(part)
        return more

    on = patiently(
        lambda: _attempt(question, part, most, progress, patience.seconds),
        question.name,
        patience,
        gained,
    )
    _page(part).unlink(missing_ok=True)
    return on


def fetch_text(url: str, most: int, patience: Patience = PATIENT) -> str:
    """A small text, such as a list of checksums.

    Raises
    ------
    FetchError
        As `fetch` does, and where it is no text.
    """
    question = Question(url=url)
    try:
        return str(ask(question, most, patience).data, "utf-8")
    except UnicodeDecodeError as error:
        raise FetchError(f"{question.name}: not text; is the address right?") from error


def length_of(url: str, patience: Patience = PATIENT) -> int | None:
    """Bytes of a file as the server says them; None where it does not."""
    try:
        with answered(Question(url=url), patience.seconds, method="HEAD") as answer:
            return length_told(answer)
    except (Broken, FetchError):
        return None  # what is wrong is told when the file is asked for


def _attempt(
    question: Question, part: Path, most: int, progress: Progress, seconds: float
) -> date | None:
    """One connection: the rest of the file, or all of it."""
    told = _read_page(part, question.url)
    have = _size(part) if told else 0
    if told and have and have == told.size:
        return told.changed
    if told and have:
        headers = {"Range": f"bytes={have}-", "If-Range": told.version}
        question = replace(question, headers=headers)
    with answered(question, seconds) as answer:
        if answer.status == BEYOND:
            _start_over(part)
            raise Broken("the server's file is another than the part at hand")
        rest = answer.status == _PARTIAL
        size = _whole(answer, have) if rest else length_told(answer)
        if rest and (size is None or not told or told.size not in {None, size}):
            _start_over(part)
            raise Broken("the server went on with another file")
        if (size or 0) > most:
            raise FetchError(_too_much(question, most))
        now = _Part(url=question.url, version=_version(answer), size=size, changed=changed(answer))
        with full_disk_told(part.parent):
            if not rest:
                _start_over(part)
            _page(part).write_bytes(msgspec.json.encode(now))
            with part.open("ab" if rest else "wb") as file:
                done = _copy(answer, file, have if rest else 0, size, most, progress, question)
    if size is not None and done != size:
        raise Broken(f"the connection ended after {done:,} of {size:,} bytes")
    return now.changed


def _copy(
    answer: Any,
    file: IO[bytes],
    done: int,
    size: int | None,
    most: int,
    progress: Progress,
    question: Question,
) -> int:
    """Write what comes, to the last byte that came; bytes of the file now."""
    progress(done, size)
    while True:
        with connection():
            data = answer.read1(_READ)
        if not data:
            return done
        done += len(data)
        if done > most:
            raise FetchError(_too_much(question, most))
        file.write(data)
        progress(done, size)


@contextmanager
def full_disk_told(folder: Path) -> Iterator[None]:
    """That the disk is full, said with the way out.

    Raises
    ------
    FetchError
        In place of the system's error.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise
        raise FetchError(
            f"the disk is full ({folder}); make room and run the same command again: it "
            "goes on where it broke off"
        ) from error


def _version(answer: Any) -> str:
    """What tells this version of the file from others; empty where nothing does."""
    tag: str = answer.headers.get("ETag", "")
    return tag if tag.startswith('"') else answer.headers.get("Last-Modified", "")


def _whole(answer: Any, have: int) -> int | None:
    """Bytes of the whole file, where the answer is the rest that was asked for."""
    span, _, whole = answer.headers.get(_CONTENT_RANGE, "").removeprefix("bytes ").partition("/")
    begins = span.partition("-")[0]
    fits = begins.isdecimal() and int(begins) == have and whole.isdecimal()
    return int(whole) if fits else None


def _page(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _read_page(part: Path, url: str) -> _Part | None:
    """What the part at hand belongs to; None where it cannot be gone on with."""
    try:
        told = msgspec.json.decode(_page(part).read_bytes(), type=_Part)
    except (OSError, msgspec.DecodeError):
        return None
    return told if told.url == url and told.version else None


def _start_over(part: Path) -> None:
    part.unlink(missing_ok=True)
    _page(part).unlink(missing_ok=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _too_much(question: Question, most: int) -> str:
    return f"{question.name}: over {most / MEGABYTE:,.0f} MB, more than it can be; is it the file?"


__all__ = [
    "MEGABYTE",
    "PATIENT",
    "Patience",
    "checked_address",
    "fetch",
    "fetch_text",
    "full_disk_told",
    "length_of",
]
