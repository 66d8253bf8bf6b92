"""One file over HTTP: resumed where it broke off, tried again, bounded in size.

What has come so far lies in ``NAME.part``, with a page beside it that says of which version of
which address it is; it is gone on with only where the server says that the version is the same.
"""

from __future__ import annotations

import errno
import http.client
import ipaddress
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import msgspec

from onkos import __version__
from onkos.errors import FetchError
from onkos.model.noun import Noun

MEGABYTE = 1_000_000
Progress = Callable[[int, int | None], None]
_READ = 1 << 18
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_PARTIAL, _BEYOND = 206, 416
_CONTENT_RANGE = "Content-Range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a server is waited for.

    Attributes
    ----------
    seconds : float
        Without a byte, after which a connection counts as lost.
    tries : int
        In a row without a byte more, after which it is given up.
    pause, most_pause : float
        Seconds before the second try, doubled before each further one up to the most.
    """

    seconds: float = 30.0
    tries: int = 6
    pause: float = 1.0
    most_pause: float = 60.0

    def before(self, failed: int, told: float | None = None) -> float:
        """Seconds to wait after so many failures; what the server asked for counts, in bounds."""
        own: float = self.pause * 2 ** (failed - 1)
        return min(max(own, told or 0.0), self.most_pause)


PATIENT = Patience()


class _Part(Noun, frozen=True, kw_only=True):
    """What a partial file is a part of."""

    url: str
    version: str = ""  # a strong ETag, else the date of the last change
    size: int | None = None


class _Broken(Exception):
    """The connection broke or the server is busy: worth another try."""

    def __init__(self, what: str, pause: float | None = None) -> None:
        self.pause = pause
        super().__init__(what)


def checked_address(url: str, plain_http: bool = False) -> str:
    """The address, where its scheme may be used.

    Raises
    ------
    FetchError
        For all but https, and http to this very machine or where `plain_http` says so.
    """
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise FetchError("an address with a name or password in it is not taken: leave them out")
    if not parts.hostname or parts.scheme not in {"https", "http"}:
        raise FetchError(f"{url}: give an address that begins with https://")
    if parts.scheme == "http" and not (plain_http or _here(parts.hostname)):
        raise FetchError(
            f"{url}: http is not taken, for anybody on the way can alter what comes; give https, "
            "or say --plain-http for a mirror on your own network"
        )
    return url


def fetch(
    url: str,
    part: Path,
    most: int,
    progress: Progress = lambda done, size: None,
    patience: Patience = PATIENT,
) -> None:
    """Fetch a file, going on where an earlier run broke off.

    Parameters
    ----------
    url : str
        Checked by `checked_address`.
    part : Path
        Where it is written; whole when this returns.
    most : int
        Bytes beyond which it is given up.

    Raises
    ------
    FetchError
        Without network, after `patience` ran out, for an answer that no other try would change,
        for a full disk. What has come stays where it would help another run.
    """
    failed = 0
    while True:
        before = _size(part)
        try:
            _attempt(url, part, most, progress, patience.seconds)
        except _Broken as problem:
            failed = 1 if _size(part) > before else failed + 1
            if failed >= patience.tries:
                raise FetchError(
                    f"{_name(url)}: {problem}, and {failed} tries brought no more of it; look at "
                    "the network (a proxy is named by https_proxy) and run the same command "
                    "again: it goes on where it broke off"
                ) from problem
            time.sleep(patience.before(failed, problem.pause))
        else:
            _page(part).unlink(missing_ok=True)
            return


def fetch_text(url: str, most: int, patience: Patience = PATIENT) -> str:
    """A small text, such as a list of checksums.

    Raises
    ------
    FetchError
        As `fetch` does, and where it is no text.
    """
    for failed in range(1, patience.tries + 1):
        try:
            with _answer(url, {}, patience.seconds) as answer, _connection():
                data = answer.read(most + 1)
        except _Broken as problem:
            if failed == patience.tries:
                raise FetchError(f"{_name(url)}: {problem}; look at the network") from problem
            time.sleep(patience.before(failed, problem.pause))
        else:
            break
    if len(data) > most:
        raise FetchError(f"{_name(url)}: over {most:,} bytes; is the address right?")
    try:
        return str(data, "utf-8")
    except UnicodeDecodeError as error:
        raise FetchError(f"{_name(url)}: not text; is the address right?") from error


def length_of(url: str, patience: Patience = PATIENT) -> int | None:
    """Bytes of a file as the server says them; None where it does not."""
    try:
        with _answer(url, {}, patience.seconds, method="HEAD") as answer:
            return _length(answer)
    except (_Broken, FetchError):
        return None  # what is wrong is told when the file is asked for


def _attempt(url: str, part: Path, most: int, progress: Progress, seconds: float) -> None:
    """One connection: the rest of the file, or all of it."""
    told = _read_page(part, url)
    have = _size(part) if told else 0
    if told and have and have == told.size:
        return
    headers = {"Range": f"bytes={have}-", "If-Range": told.version} if told and have else {}
    with _answer(url, headers, seconds) as answer:
        if answer.status == _BEYOND:
            _start_over(part)
            raise _Broken("the server's file is another than the part at hand")
        rest = answer.status == _PARTIAL
        size = _whole(answer, have) if rest else _length(answer)
        if rest and (size is None or not told or told.size not in {None, size}):
            _start_over(part)
            raise _Broken("the server went on with another file")
        if (size or 0) > most:
            raise FetchError(_too_much(url, most))
        with _disk(part):
            if not rest:
                _start_over(part)
            _page(part).write_bytes(
                msgspec.json.encode(_Part(url=url, version=_version(answer), size=size))
            )
            with part.open("ab" if rest else "wb") as file:
                done = _copy(answer, file, have if rest else 0, size, most, progress, url)
    if size is not None and done != size:
        raise _Broken(f"the connection ended after {done:,} of {size:,} bytes")


def _copy(
    answer: Any,
    file: IO[bytes],
    done: int,
    size: int | None,
    most: int,
    progress: Progress,
    url: str,
) -> int:
    """Write what comes, to the last byte that came; bytes of the file now."""
    progress(done, size)
    while True:
        with _connection():
            data = answer.read1(_READ)
        if not data:
            return done
        done += len(data)
        if done > most:
            raise FetchError(_too_much(url, most))
        file.write(data)
        progress(done, size)


@contextmanager
def _answer(
    url: str, headers: dict[str, str], seconds: float, method: str = "GET"
) -> Iterator[Any]:
    """The server's answer: the file, its rest, or that the rest asked for is beyond its end."""
    said = {"User-Agent": f"onkos/{__version__}", "Accept-Encoding": "identity", **headers}
    request = urllib.request.Request(url, headers=said, method=method)  # noqa: S310  checked
    with _connection():
        try:
            answer = _opener(urlsplit(url).scheme).open(request, timeout=seconds)
        except urllib.error.HTTPError as error:
            if error.code != _BEYOND:
                raise _refused(url, error) from error
            answer = error
    with answer:
        yield answer


def _refused(url: str, error: urllib.error.HTTPError) -> Exception:
    """What an answer that is no file means: another try, or the end."""
    if error.code in _AGAIN:
        wait = error.headers.get("Retry-After", "") if error.headers else ""
        return _Broken(
            f"the server answers {error.code}", float(wait) if wait.isdecimal() else None
        )
    way = (
        "the archive may have moved it; name a mirror of the same layout with --from"
        if error.code in {404, 410}
        else "ask who keeps the server or the proxy, or name a mirror with --from"
    )
    return FetchError(f"{url}: the server answers {error.code} {error.reason}; {way}")


@contextmanager
def _connection() -> Iterator[None]:
    """Troubles of a connection as one kind of error."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise FetchError(_CERTIFICATE.format(error.verify_message)) from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            said = _CERTIFICATE.format(error.reason.verify_message)
            raise FetchError(said) from error
        raise _Broken(f"no connection ({error.reason})") from error
    except TimeoutError as error:
        raise _Broken("the server fell silent") from error
    except (http.client.HTTPException, ConnectionError, ssl.SSLError) as error:
        raise _Broken(f"the connection broke ({type(error).__name__})") from error


_CERTIFICATE = (
    "the server's certificate is not trusted ({}); behind a proxy that opens connections, name "
    "its certificates with SSL_CERT_FILE"
)


@contextmanager
def _disk(part: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise
        raise FetchError(
            f"the disk is full ({part.parent}); make room and run the same command again: it "
            "goes on where it broke off"
        ) from error


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to addresses of the same scheme only."""

    def __init__(self, scheme: str) -> None:
        self._scheme = scheme

    def redirect_request(self, *args: Any) -> urllib.request.Request | None:
        """Refuse another scheme, such as http after https, or file."""
        new = args[-1]
        if urlsplit(new).scheme != self._scheme:
            raise FetchError(f"the server leads from {self._scheme} to {new}: not followed")
        return super().redirect_request(*args)


def _opener(scheme: str) -> urllib.request.OpenerDirector:
    """Opens http and https alone: no files, no FTP."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        _Redirects(scheme),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _here(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _version(answer: Any) -> str:
    """What tells this version of the file from others; empty where nothing does."""
    tag: str = answer.headers.get("ETag", "")
    return tag if tag.startswith('"') else answer.headers.get("Last-Modified", "")


def _length(answer: Any) -> int | None:
    text = answer.headers.get("Content-Length", "")
    return int(text) if text.isdecimal() else None


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


def _name(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2] or url


def _too_much(url: str, most: int) -> str:
    return f"{_name(url)}: over {most / MEGABYTE:,.0f} MB, more than it can be; is it the file?"
