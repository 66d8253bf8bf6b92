"""A small archive laid out as Ensembl's, on this machine, with the faults of real servers."""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from onkos.sources.checksums import bsd_sum
from onkos.sources.reference.pull import source_of
from tests.small_genome import write


def lay_out(root: Path, assembly: str = "GRCh38", padding: int = 0) -> None:
    """The small genome under the names that the addresses say."""
    source = source_of(assembly)
    (root / "raw").mkdir(parents=True, exist_ok=True)
    for remote, path in zip((source.fasta, source.gff3), write(root / "raw"), strict=True):
        target = root / remote.path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_bytes()
        if path.suffix == ".fa" and padding:
            import random

            bases = "".join(random.Random(1).choices("ACGT", k=padding)).encode()
            text += b">3\n" + b"\n".join(bases[i : i + 60] for i in range(0, padding, 60)) + b"\n"
        target.write_bytes(gzip.compress(text, mtime=0))
        size = target.stat().st_size
        line = f"{bsd_sum(target):05d} {-(-size // 1024)} {target.name}\n"
        with (root / remote.checksums).open("a") as file:
            file.write("12345 77 Homo_sapiens.other.fa.gz\n" + line)


class Archive:
    """Serves a folder; the faults are set by a test.

    Attributes
    ----------
    breaks : list of int
        Bytes after which the next answers end; each is used once.
    busy : int
        Answers with 503 still to give.
    ranges, tags : bool
        Whether it knows ranges, and whether it tells versions.
    slow : float
        Seconds between two pieces of an answer.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.breaks: list[int] = []
        self.busy = 0
        self.ranges = self.tags = self.lengths = True
        self.slow = 0.0
        self.redirect = ""
        self.asked: Counter[str] = Counter()
        self.sent: Counter[str] = Counter()
        self.froms: list[str] = []
        self.base = ""


def _handler(archive: Archive) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *_: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self._answer(False)

        def do_GET(self) -> None:
            archive.asked[self.path.rpartition("/")[2]] += 1
            self._answer(True)

        def _answer(self, body: bool) -> None:
            path = archive.root / self.path.lstrip("/")
            big = path.suffix == ".gz"
            if body and archive.redirect and big:
                self.send_response(302)
                self.send_header("Location", archive.redirect)
                self.end_headers()
                return
            if body and archive.busy:
                archive.busy -= 1
                self.send_error(503)
                return
            if not path.is_file():
                self.send_error(404)
                return
            data = path.read_bytes()
            tag = f'"{bsd_sum(path)}"'
            asked = self.headers.get("Range", "")
            fresh = self.headers.get("If-Range", tag) == tag
            start = int(asked[6:-1]) if asked and archive.ranges and fresh else 0
            if start >= len(data) and start:
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            if start:
                archive.froms.append(asked)
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            if archive.tags:
                self.send_header("ETag", tag)
            if archive.lengths:
                self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            if body:
                self._send(data[start:], big)

        def _send(self, data: bytes, big: bool) -> None:
            if big and archive.breaks:
                data = data[: archive.breaks.pop(0)]
            import time

            step = 2000 if archive.slow else len(data) or 1
            for at in range(0, len(data), step):
                self.wfile.write(data[at : at + step])
                self.wfile.flush()
                time.sleep(archive.slow)
            archive.sent[self.path.rpartition("/")[2]] += len(data)

    return Handler


@contextmanager
def serving(root: Path):
    """The archive at work; ``base`` is its address."""
    archive = Archive(root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(archive))
    server.daemon_threads = True
    archive.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield archive
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
