"""Small servers on this machine that answer as the sources of knowledge do, faults included."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

CHANGED = format_datetime(datetime(2026, 8, 9, 12, tzinfo=UTC), usegmt=True)


class Api:
    """Answers of one source.

    Attributes
    ----------
    answers : dict of str to callable
        By path: takes the question's arguments (of a GET its query, of a POST its JSON) and the
        headers, and gives a status and a document or bytes.
    faults : list of str
        For the next questions, one each, empty for none: ``"429"``, ``"429 7200"`` (seconds to
        wait), ``"500"``, ``"break"``, ``"html"``, ``"to URL"``; the last one stays with ``*``.
    asked : list of tuple
        Path, arguments and headers of each question.
    drip : float
        Seconds between two bytes.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[dict[str, Any], Any], tuple[int, Any]]] = {}
        self.faults: list[str] = []
        self.asked: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.drip = 0.0
        self.base = ""

    def fault(self) -> str:
        """What befalls this question."""
        if not self.faults:
            return ""
        if self.faults[0].endswith("*"):
            return self.faults[0][:-1]
        return self.faults.pop(0)

    def file(self, path: str, data: bytes) -> None:
        """A file that is given as it is."""
        self.answers[path] = lambda _, __: (200, data)


def graphql(root: str, items: list[dict[str, Any]], most: int = 10**6):
    """Pages of a connection of GraphQL; the mark is the number of the last item."""

    def answer(asked: dict[str, Any], _: Any) -> tuple[int, Any]:
        assert root in asked["query"]
        start = int(asked["variables"]["after"] or 0)
        some = items[start : start + min(asked["variables"]["first"], most)]
        more = start + len(some) < len(items)
        info = {"hasNextPage": more, "endCursor": str(start + len(some)) if some else None}
        found = {"totalCount": len(items), "pageInfo": info, "nodes": some}
        return 200, {"data": {root: found}}

    return answer


def several(**roots: Callable[..., tuple[int, Any]]):
    """One address for the questions of several kinds."""

    def answer(asked: dict[str, Any], headers: Any) -> tuple[int, Any]:
        return next(a for root, a in roots.items() if root in asked["query"])(asked, headers)

    return answer


def studies(items: list[dict[str, Any]], most: int = 10**6):
    """Pages of ClinicalTrials.gov; the number of all comes with the first page only."""

    def answer(asked: dict[str, Any], _: Any) -> tuple[int, Any]:
        start = int(asked.get("pageToken", "t0")[1:])
        size = min(int(asked["pageSize"]), most)
        found: dict[str, Any] = {"studies": items[start : start + size]}
        if not start:
            found["totalCount"] = len(items)
        if start + size < len(items):
            found["nextPageToken"] = f"t{start + size}"
        return 200, found

    return answer


def labels(items: list[dict[str, Any]], most: int = 10**6, day: str = "2026-08-08"):
    """openFDA: a search by generic name, paged with skip and limit; 404 where nothing is found."""

    def answer(asked: dict[str, Any], _: Any) -> tuple[int, Any]:
        wanted = asked["search"].casefold().split('"')[1::2]
        found = [
            one
            for one in items
            if any(w in n.casefold() for w in wanted for n in one["openfda"]["generic_name"])
        ]
        if not found:
            return 404, {"error": {"code": "NOT_FOUND", "message": "No matches found!"}}
        skip, limit = int(asked["skip"]), min(int(asked["limit"]), most)
        results = {"skip": skip, "limit": limit, "total": len(found)}
        meta = {"last_updated": day, "results": results}
        return 200, {"meta": meta, "results": found[skip : skip + limit]}

    return answer


def _handler(api: Api) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            asked = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
            self._answer(asked)

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            self._answer(json.loads(self.rfile.read(size)))

        def _answer(self, asked: dict[str, Any]) -> None:
            path = urlsplit(self.path).path.lstrip("/")
            api.asked.append((path, asked, dict(self.headers)))
            fault, _, rest = api.fault().partition(" ")
            if fault.isdecimal():
                self.send_response(int(fault), f"echo {self.headers.get('Authorization', '')}")
                if rest:
                    self.send_header("Retry-After", rest)
                self.end_headers()
                return
            if fault == "to":
                self.send_response(302)
                self.send_header("Location", rest)
                self.end_headers()
                return
            if path not in api.answers:
                self.send_error(404)
                return
            status, found = api.answers[path](asked, self.headers)
            data = found if isinstance(found, bytes) else json.dumps(found).encode()
            if fault == "html":
                data = b"<html>Log in to the network</html>"
            self._send(status, data, fault == "break")

        def _send(self, status: int, data: bytes, broken: bool) -> None:
            start = int(self.headers.get("Range", "bytes=0-")[6:-1])
            self.send_response(206 if start else status)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            self.send_header("Content-Length", str(len(data) - start))
            self.send_header("Last-Modified", CHANGED)
            self.send_header("ETag", f'"{len(data)}"')
            self.end_headers()
            end = start + (len(data) - start) // 2 if broken else len(data)
            if not api.drip:
                self.wfile.write(data[start:end])
            for at in range(start, end) if api.drip else ():
                try:
                    self.wfile.write(data[at : at + 1])
                except OSError:
                    return
                time.sleep(api.drip)

    return Handler


@contextmanager
def serving(api: Api):
    """The source at work; ``base`` is its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(api))
    server.daemon_threads = True
    api.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving_apart(api: Api):
    """The source in a process of its own, for tests that start and kill processes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(api))
    server.daemon_threads = True
    api.base = f"http://127.0.0.1:{server.server_address[1]}"
    child = os.fork()
    if not child:
        server.serve_forever(poll_interval=0.02)
        os._exit(0)
    server.server_close()
    try:
        yield api
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
