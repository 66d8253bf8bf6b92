"""Items that come page by page, kept on the way, so that a run that broke off is gone on with.

In the folder of a file stand the pages as ``00001.json``, and a log with one line for each: its
SHA-256, the mark of the page after it, and how many items the server says there are. A page
counts only where its line stands in the log and its bytes agree with it.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from onkos.errors import FetchError
from onkos.model.noun import Noun
from onkos.sources.connection import MEGABYTE, PATIENT, Patience, Secret, ask
from onkos.sources.fetch import full_disk_told
from onkos.sources.knowledge.remote.addresses import RemoteFile
from onkos.sources.knowledge.remote.forms import Page, batches, frame, page_of, question
from onkos.sources.knowledge.remote.paths import at

Watcher = Callable[[str, int, int | None, str], None]
ITEMS, BYTES = "items", "bytes"
OLD = 24 * 3600.0  # seconds after which pages of an earlier run are of another state
_MOST_PAGE = 256 * MEGABYTE
_LOG = "log"


class _Head(Noun, frozen=True, kw_only=True):
    """Of which request the pages are, and since when (seconds of the epoch)."""

    key: str
    begun: float


class _Line(Noun, frozen=True, kw_only=True):
    """One page that came."""

    sha256: str
    size: int
    batch: int
    mark: str = ""
    total: int | None = None
    items: int = 0
    day: str = ""


class Collected(NamedTuple):
    """All items of a file, in files; and the day as the server wrote it."""

    files: tuple[Path, ...]
    day: str
    items: int


class _Changed(Exception):
    """The source is not what it was when its first page came."""


class Pages:
    """Asks for page after page of one file.

    Parameters
    ----------
    folder : Path
        Of this file alone; pages of an earlier run are gone on with.
    arguments : mapping of str to str
        Of a search, beside those of the file.
    terms : sequence of str
        Drugs, where the file is asked for each.
    day_at : str
        Where an answer tells the day of the source's state; empty where it does not.
    """

    def __init__(
        self,
        file: RemoteFile,
        base: str,
        folder: Path,
        watcher: Watcher,
        patience: Patience = PATIENT,
        secret: Secret | None = None,
        arguments: Mapping[str, str] | None = None,
        terms: Sequence[str] = (),
        day_at: str = "",
    ) -> None:
        self._file, self._base, self._folder = file, base, folder
        self._watcher, self._patience, self._secret = watcher, patience, secret
        self._arguments, self._day_at = dict(arguments or {}), day_at
        self._batches = batches(file, terms)
        said = [base, self._arguments, self._batches, msgspec.to_builtins(file)]
        self._key = hashlib.sha256(msgspec.json.encode(said)).hexdigest()
        self._lines: list[_Line] = []
        self._seen: set[str] = set()  # identities of the batch that is under way
        self._marks: set[str] = set()

    def collect(self, target: Path) -> Collected:
        """All items, written as `target`, or as ``target_001`` and so on.

        Raises
        ------
        FetchError
            Where they do not come, are not what was asked for, repeat themselves or are more
            than they can be. Pages that came whole stay for another run.
        """
        with full_disk_told(self._folder.parent):
            resumed = self._resume()
            try:
                self._run()
            except _Changed as problem:
                self._start_over()
                if not resumed:
                    raise FetchError(f"{self._file.what}: {problem}") from None
                try:
                    self._run()
                except _Changed as again:
                    self._start_over()
                    raise FetchError(f"{self._file.what}: {again}") from None
            files, items = self._assembled(target)
            return Collected(files, self._lines[0].day, items)

    def _run(self) -> None:
        batch, mark = self._place()
        while batch < len(self._batches):
            self._bounds()
            page, day = self._ask(batch, mark)
            self._keep(page, batch, day)
            mark = page.mark
            if not mark:
                self._ended(batch, page)
                batch, self._seen, self._marks = batch + 1, set(), set()
            if batch < len(self._batches):
                time.sleep(min(self._file.gap, self._patience.pause))

    def _ask(self, batch: int, mark: str) -> tuple[Page, str]:
        asked = question(
            self._file, self._base, self._arguments | self._batches[batch], mark, self._secret
        )
        reply = ask(asked, _MOST_PAGE, self._patience)
        try:
            document = msgspec.json.decode(reply.data)
        except (msgspec.DecodeError, RecursionError) as error:
            raise FetchError(
                f"{asked.name}: not JSON; a page of the server may stand in its place: look at "
                "the address, or try again later"
            ) from error
        return page_of(self._file, document, mark), str(at(document, self._day_at) or "")

    def _keep(self, page: Page, batch: int, day: str) -> None:
        """Check a page against those before it, and write it down."""
        before = [line for line in self._lines if line.batch == batch]
        told = next((line.total for line in before if line.total is not None), None)
        if told is not None and page.total is not None and page.total != told:
            raise _Changed(f"there were {told:,} and are {page.total:,} now; run it again")
        if self._lines and day != self._lines[0].day:
            raise _Changed("its state is of another day than when the first page came")
        names = [self._name(item) for item in page.items]
        twins = sum(name in self._seen for name in names) + len(names) - len(set(names))
        if (page.mark and page.mark in self._marks) or (names and twins >= len(names)):
            self._start_over()
            raise FetchError(f"{self._file.what}: the server gives the same page again and again")
        if twins:
            raise _Changed("the same item came twice, so that others may be missing; run it again")
        self._seen |= set(names)
        self._marks.add(page.mark)
        self._write(page, batch, day)

    def _write(self, page: Page, batch: int, day: str) -> None:
        data = msgspec.json.encode([self._kept(item) for item in page.items])
        path = self._page(len(self._lines) + 1)
        path.write_bytes(data)
        line = _Line(
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            batch=batch,
            mark=page.mark,
            total=page.total,
            items=len(page.items),
            day=day,
        )
        with (self._folder / _LOG).open("ab") as log:
            log.write(msgspec.json.encode(line) + b"\n")
        self._lines.append(line)
        self._tell()

    def _tell(self) -> None:
        done = sum(line.items for line in self._lines)
        total = self._lines[0].total if len(self._batches) == 1 and self._lines else None
        self._watcher(f"fetching {self._file.what}", done, total, ITEMS)

    def _ended(self, batch: int, page: Page) -> None:
        """Whether as many came as the server said."""
        lines = [line for line in self._lines if line.batch == batch]
        came = sum(line.items for line in lines)
        told = next((line.total for line in lines if line.total is not None), None)
        if told is not None and came != told:
            raise _Changed(f"{came:,} of {told:,} came; run the same command again")

    def _bounds(self) -> None:
        size = sum(line.size for line in self._lines)
        if len(self._lines) >= self._file.most_pages or size > self._file.most_megabytes * MEGABYTE:
            self._start_over()
            raise FetchError(
                f"{self._file.what}: over {self._file.most_pages:,} pages or "
                f"{self._file.most_megabytes:,.0f} MB, more than it can be; ask for less"
            )

    def _resume(self) -> bool:
        """Take up the pages of an earlier run, where they are of the same request and young."""
        lines = self._logged()
        if not lines:
            self._start_over()
            return False
        self._lines = lines
        open_batch, _ = self._place()
        for number, line in enumerate(lines, 1):
            if line.batch == open_batch:
                items = msgspec.json.decode(self._page(number).read_bytes())
                self._seen |= {self._name(item) for item in items}
                self._marks.add(line.mark)
        self._tell()
        return True

    def _logged(self) -> list[_Line]:
        """Lines of the log whose pages are whole, as far as there is no gap."""
        try:
            head, *rest = (self._folder / _LOG).read_bytes().split(b"\n")
            told = msgspec.json.decode(head, type=_Head)
        except (OSError, ValueError):
            return []
        if told.key != self._key or not 0 <= time.time() - told.begun < OLD:
            return []
        lines: list[_Line] = []
        for number, text in enumerate(rest, 1):
            try:
                line = msgspec.json.decode(text, type=_Line)
                data = self._page(number).read_bytes()
            except (OSError, ValueError):
                break
            if hashlib.sha256(data).hexdigest() != line.sha256:
                break
            lines.append(line)
        whole = [head, *(msgspec.json.encode(line) for line in lines), b""]
        (self._folder / _LOG).write_bytes(b"\n".join(whole))
        return lines

    def _place(self) -> tuple[int, str]:
        """The batch and the mark that come next."""
        if not self._lines:
            return 0, ""
        last = self._lines[-1]
        return (last.batch, last.mark) if last.mark else (last.batch + 1, "")

    def _start_over(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        head = _Head(key=self._key, begun=time.time())
        (self._folder / _LOG).write_bytes(msgspec.json.encode(head) + b"\n")
        self._lines, self._seen, self._marks = [], set(), set()

    def _assembled(self, target: Path) -> tuple[tuple[Path, ...], int]:
        """All items in files, and how many; an item that two searches found stands once."""
        most = self._file.split_megabytes * MEGABYTE
        files: list[Path] = []
        group: list[bytes] = []
        size = count = 0
        for item in self._items():
            if most and size + len(item) > most and group:
                files.append(self._written(target, len(files) + 1, group))
                group, size = [], 0
            group.append(item)
            size += len(item)
            count += 1
        files.append(self._written(target, len(files) + 1, group))
        return tuple(files), count

    def _written(self, target: Path, number: int, group: list[bytes]) -> Path:
        split = self._file.split_megabytes
        path = target.with_stem(f"{target.stem}_{number:03}") if split else target
        before, after = frame(self._file, len(group), self._lines[0].day)
        path.write_bytes(before + b",\n".join(group) + after)
        return path

    def _items(self) -> Iterator[bytes]:
        seen: set[str] = set()
        for number in range(1, len(self._lines) + 1):
            for raw in msgspec.json.decode(self._page(number).read_bytes(), type=list[msgspec.Raw]):
                data = bytes(raw)
                name = self._name(msgspec.json.decode(data))
                if name not in seen:
                    seen.add(name)
                    yield data

    def _name(self, item: Any) -> str:
        """What tells an item from others.

        Raises
        ------
        FetchError
            Where it has nothing that does.
        """
        name = at(item, self._file.identity)
        if not isinstance(name, (str, int)) or name == "":
            raise FetchError(f"{self._file.what}: an item without {self._file.identity}")
        return str(name)

    def _kept(self, item: Any) -> Any:
        """Of an item what is kept."""
        file = self._file
        if not (file.keep or file.keep_under):
            return item
        kept = {name: item[name] for name in file.keep if name in item}
        for name, inner in file.keep_under.items():
            found = item.get(name)
            if isinstance(found, Mapping):
                kept[name] = {one: found[one] for one in inner if one in found}
        return kept

    def _page(self, number: int) -> Path:
        return self._folder / f"{number:05}.json"
