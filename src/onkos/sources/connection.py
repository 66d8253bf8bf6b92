"""Questions to a server by https or http: tried again while it is busy, bounded, secrets kept.

A question may carry a secret (a token). It goes in a header, to the server that it is meant for
and to no other: an answer that leads elsewhere is not followed then, and no message shows it.
"""

from __future__ import annotations

import base64
import http.client
import ipaddress
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from onkos import __version__
from onkos.errors import FetchError

MEGABYTE = 1_000_000
BEYOND, NONE_FOUND = 416, 404
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
MOST_WAIT = 300.0  # seconds; a server that asks for more is asked again another day
_MOST_SILENCES = 20  # times the silence that is borne is how long one answer may take
_BLOCK = 1 << 18
Came = TypeVar("Came")


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
        """Seconds to wait after so many failures; what the server asked for counts."""
        own: float = min(self.pause * 2 ** (failed - 1), self.most_pause)
        return max(own, told or 0.0)


PATIENT = Patience()


@dataclass(frozen=True, slots=True)
class Secret:
    """A token, which is never printed.

    Attributes
    ----------
    scheme : str
        ``"Bearer"``, or ``"Basic"`` where the token is the name of a user without password.
    """

    token: str = field(repr=False)
    scheme: str = "Bearer"

    @property
    def header(self) -> str:
        """What the server is told."""
        if self.scheme == "Basic":
            return f"Basic {base64.b64encode(f'{self.token}:'.encode()).decode()}"
        return f"{self.scheme} {self.token}"

    def within(self, data: bytes) -> bool:
        """Whether the token stands in what came."""
        return self.token.encode() in data or self.header.encode() in data


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a server is asked.

    Attributes
    ----------
    url : str
        Checked by `checked_address`.
    body : bytes or None
        JSON that is sent; None to ask with GET.
    headers : mapping of str to str
    secret : Secret or None
    none_is : bytes or None
        What stands for the answer 404, where that is how the server says that there is nothing.
    """

    url: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    secret: Secret | None = None
    none_is: bytes | None = None

    @property
    def name(self) -> str:
        """The last part of the address."""
        return urlsplit(self.url).path.rpartition("/")[2] or urlsplit(self.url).netloc


@dataclass(frozen=True, slots=True)
class Reply:
    """What came, and when the server says that it changed last."""

    data: bytes
    changed: date | None = None


class Broken(Exception):
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
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises where it is no number
    except ValueError as error:
        raise FetchError(f"{url!r} is no address ({error})") from None
    if any(sign <= " " for sign in url) or parts.query or parts.fragment:
        raise FetchError(f"{url!r}: give an address without blanks, ? and #")
    if parts.username or parts.password:
        raise FetchError("an address with a name or password in it is not taken: leave them out")
    if not parts.hostname or parts.scheme not in {"https", "http"}:
        raise FetchError(f"{url}: give an address that begins with https://")
    if parts.scheme == "http" and not (plain_http or is_here(parts.hostname)):
        raise FetchError(
            f"{url}: http is not taken, for anybody on the way can alter what comes; give https, "
            "or say --plain-http for a mirror on your own network"
        )
    return url


def ask(question: Question, most: int, patience: Patience = PATIENT) -> Reply:
    """A small answer, whole.

    Raises
    ------
    FetchError
        Without network, after `patience` ran out, for an answer that no other try would change,
        for one of more than `most` bytes, and where the secret stands in it.
    """

    def attempt() -> Reply:
        with answered(question, patience.seconds) as answer, connection():
            if answer.status == NONE_FOUND:
                return Reply(question.none_is or b"")
            data = _read(answer, most + 1, patience.seconds * _MOST_SILENCES)
            size = length_told(answer)
            if size is not None and len(data) < min(size, most + 1):
                raise Broken(f"the connection ended after {len(data):,} of {size:,} bytes")
            return Reply(data, changed(answer))

    came = patiently(attempt, question.name, patience)
    if len(came.data) > most:
        raise FetchError(f"{question.name}: over {most:,} bytes; is the address right?")
    if question.secret is not None and question.secret.within(came.data):
        raise FetchError(f"{question.name}: the server sends the token back; nothing is kept of it")
    return came


def _read(answer: Any, most: int, seconds: float) -> bytes:
    """What comes, to so many bytes; a server that drips is not waited for to the end of days."""
    until, blocks, size = time.monotonic() + seconds, [], 0
    while size < most and (block := answer.read1(min(_BLOCK, most - size))):
        blocks.append(block)
        size += len(block)
        if time.monotonic() > until:
            raise Broken(f"only {size:,} bytes came in {seconds:,.0f} s")
    return b"".join(blocks)


def patiently(
    attempt: Callable[[], Came],
    name: str,
    patience: Patience = PATIENT,
    gained: Callable[[], bool] = lambda: False,
) -> Came:
    """What an attempt brings; tried again where the connection broke or the server is busy.

    Parameters
    ----------
    gained : callable
        Whether the last attempt brought something that the next one need not fetch again.

    Raises
    ------
    FetchError
        Where `patience` ran out, or the server asks for more of it than anybody has.
    """
    failed = 0
    while True:
        try:
            return attempt()
        except Broken as problem:
            failed = 1 if gained() else failed + 1
            if (problem.pause or 0) > MOST_WAIT:
                raise FetchError(
                    f"{name}: {problem} and asks to be left alone for {problem.pause:,.0f} s; run "
                    "the same command again then: it goes on where it broke off"
                ) from problem
            if failed >= patience.tries:
                raise FetchError(
                    f"{name}: {problem}, and {failed} tries brought no more of it; look at "
                    "the network (a proxy is named by https_proxy) and run the same command "
                    "again: it goes on where it broke off"
                ) from problem
            time.sleep(patience.before(failed, problem.pause))


@contextmanager
def answered(question: Question, seconds: float, method: str = "") -> Iterator[Any]:
    """The server's answer, open to be read: of status 2xx, 416, or 404 where that is one."""
    said = {"User-Agent": f"onkos/{__version__}", "Accept-Encoding": "identity"}
    said |= dict(question.headers)
    if question.body is not None:
        said["Content-Type"] = "application/json"
    request = urllib.request.Request(  # noqa: S310  checked
        question.url, data=question.body, headers=said, method=method or None
    )
    if question.secret is not None:
        request.add_unredirected_header("Authorization", question.secret.header)
    with connection():
        try:
            answer = _opener(question).open(request, timeout=seconds)
        except urllib.error.HTTPError as error:
            none = error.code == NONE_FOUND and question.none_is is not None
            if error.code != BEYOND and not none:
                refused = _refused(question, error)
                error.close()
                raise refused from (None if question.secret else error)
            answer = error
    with answer:
        yield answer


def _refused(question: Question, error: urllib.error.HTTPError) -> Exception:
    """What an answer that is no file means: another try, or the end."""
    if error.code in _AGAIN:
        return Broken(f"the server answers {error.code}", _pause(error))
    if error.code in {401, 403} and question.secret is not None:
        way = "the token is wrong, has run out, or does not allow this"
    elif error.code in {404, 410}:
        way = "the archive may have moved it; name a mirror of the same layout with --from"
    else:
        way = "ask who keeps the server or the proxy, or name a mirror with --from"
    said = f" {error.reason}" if question.secret is None else ""
    return FetchError(f"{shown(question.url)}: the server answers {error.code}{said}; {way}")


def _pause(error: urllib.error.HTTPError) -> float | None:
    """Seconds that the server asks to wait: a number, or the time when it may be asked again."""
    told = str(error.headers.get("Retry-After", "")) if error.headers else ""
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def shown(url: str) -> str:
    """An address without what was asked."""
    return url.partition("?")[0]


@contextmanager
def connection() -> Iterator[None]:
    """Troubles of a connection as one kind of error."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise FetchError(_CERTIFICATE.format(error.verify_message)) from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            said = _CERTIFICATE.format(error.reason.verify_message)
            raise FetchError(said) from error
        raise Broken(f"no connection ({error.reason})") from error
    except TimeoutError as error:
        raise Broken("the server fell silent") from error
    except (http.client.HTTPException, OSError) as error:
        raise Broken(f"the connection broke ({type(error).__name__})") from error


_CERTIFICATE = (
    "the server's certificate is not trusted ({}); behind a proxy that opens connections, name "
    "its certificates with SSL_CERT_FILE"
)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to addresses of the same scheme only; with a secret or a body, nowhere."""

    def __init__(self, question: Question) -> None:
        self._scheme = urlsplit(question.url).scheme
        self._stay = question.secret is not None or question.body is not None

    def redirect_request(self, *args: Any) -> urllib.request.Request | None:
        """Refuse another scheme, such as http after https, or file."""
        new = args[-1]
        if urlsplit(new).scheme != self._scheme:
            raise FetchError(f"the server leads from {self._scheme} to {shown(new)}: not followed")
        if self._stay:
            raise FetchError(f"the server leads to {shown(new)}: not followed with what was sent")
        return super().redirect_request(*args)


def _opener(question: Question) -> urllib.request.OpenerDirector:
    """Opens http and https alone: no files, no FTP."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        _Redirects(question),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def is_here(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def length_told(answer: Any) -> int | None:
    """Bytes of what comes, as the server says them."""
    text = answer.headers.get("Content-Length", "")
    return int(text) if text.isdecimal() else None


def changed(answer: Any) -> date | None:
    """The day of the last change, as the server says it."""
    try:
        return parsedate_to_datetime(answer.headers.get("Last-Modified", "")).date()
    except (ValueError, TypeError):
        return None
