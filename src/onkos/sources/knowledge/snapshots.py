"""Claims of the snapshots that a user keeps, read by their adapters and compiled once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from onkos import __version__
from onkos.errors import KnowledgeError
from onkos.model import Knowledge, Snapshot, Source, Unread, Vocabulary
from onkos.model.source import RECORDS
from onkos.sources.knowledge.builtin import FORMAT, uncollected, write_whole
from onkos.sources.knowledge.compiled import Compiled, Row, parted, with_facts
from onkos.sources.knowledge.pages import Page
from onkos.sources.knowledge.relayed import each_once
from onkos.sources.knowledge.store import (
    BUILT_IN,
    current,
    kept_files,
    snapshot,
    snapshots,
)

NONE = "none"
SHOWN = 20  # rows of a reason, of files that are not kept
KEPT = 12  # compiled snapshots in the cache
_ADAPTERS = "onkos.sources.knowledge.adapters"
_ENCODER = msgspec.msgpack.Encoder()
Adapter = Callable[[Path | tuple[Path, ...], Vocabulary], Iterable[Row]]


def with_snapshots(
    knowledge: Knowledge, names: Sequence[str] = (), store: Path | None = None
) -> Knowledge:
    """The built-in knowledge with what the user keeps of others.

    Parameters
    ----------
    names : sequence of str
        Snapshots to read, ``"civic@2026-05-29"`` or ``"civic"`` for the current one; only these
        are read then. ``"none"`` alone reads none. Empty: the current one of each source.
        ``"onkos@2026-11-21"`` puts a kept edition in the place of the built-in knowledge;
        ``"onkos"`` is that of this program.

    Raises
    ------
    KnowledgeError
        Where one is not kept, is damaged, or is named twice.
    """
    pages = _chosen(names, knowledge.sources, store)
    if pages and any(page.source == BUILT_IN for page in pages):
        from onkos.sources.knowledge.editions import edition

        knowledge = edition(next(p for p in pages if p.source == BUILT_IN), store)
        pages = tuple(page for page in pages if page.source != BUILT_IN)
    if not pages:
        return knowledge
    built_in = knowledge
    for page in pages:
        source = source_of(page.source, built_in)
        compiled = compiled_snapshot(page, built_in, store)
        knowledge = with_facts(knowledge, source, compiled, page.name)
        if source.kind == RECORDS:
            from onkos.sources.knowledge.archives import archive

            archives = (*knowledge.archives, archive(page, source, store))
            knowledge = msgspec.structs.replace(knowledge, archives=archives)
        pins = (*knowledge.pins, _pin(page, source, compiled))
        knowledge = msgspec.structs.replace(knowledge, pins=pins)
    return msgspec.structs.replace(knowledge, others=each_once(knowledge.others, knowledge.pins))


def named_now(
    names: Sequence[str], knowledge: Knowledge, store: Path | None = None
) -> tuple[str, ...]:
    """The snapshots meant, each with its day, so that all processes of a run read the same."""
    return tuple(page.name for page in _chosen(names, knowledge.sources, store)) or (NONE,)


def named_over(
    names: Sequence[str], knowledge: Knowledge, store: Path | None = None
) -> tuple[str, ...]:
    """The snapshots meant where some are named and the current ones of other sources stay.

    ``"none"`` alone means none at all.
    """
    if NONE in names:
        return named_now(names, knowledge, store)
    known = knowledge.sources
    named = {page.source: page.name for page in _chosen(names, known, store)} if names else {}
    now = {page.source: page.name for page in _chosen((), known, store)}
    return tuple((now | named).values()) or (NONE,)


def compiled_snapshot(page: Page, knowledge: Knowledge, store: Path | None = None) -> Compiled:
    """Claims of a snapshot, from the cache or made anew.

    Raises
    ------
    KnowledgeError
        Where a file of it is gone, or holds not one claim.
    """
    source = source_of(page.source, knowledge)
    if source.kind == RECORDS:
        from onkos.sources.knowledge.archives import compiled_archive

        return compiled_archive(page, source, store)
    path = _cache_path(page, knowledge)
    try:
        with uncollected():
            return msgspec.msgpack.decode(path.read_bytes(), type=Compiled)
    except (OSError, msgspec.DecodeError):
        pass
    with kept_files(page, store) as files:
        compiled = read_files(source, files, knowledge.vocabulary)
    keep_compiled(page, knowledge, compiled)
    return compiled


def keep_compiled(page: Page, knowledge: Knowledge, compiled: Compiled) -> None:
    """Keep in the cache what was made of a snapshot."""
    if compiled.records:
        return  # an index is kept in the store
    data = _ENCODER.encode(compiled)
    write_whole(_cache_path(page, knowledge), data, "claims-*.msgpack", KEPT)


def read_snapshot(
    page: Page, files: Iterable[Path], knowledge: Knowledge, store: Path | None = None
) -> Compiled:
    """What files hold that are to be kept under a page; an index of them is made where needed.

    Raises
    ------
    KnowledgeError
        As of `read_files`.
    """
    source = source_of(page.source, knowledge)
    if source.kind == RECORDS:
        from onkos.sources.knowledge.archives import indexed

        return indexed(page, source, files, store)
    return read_files(source, files, knowledge.vocabulary)


def read_files(source: Source, files: Iterable[Path], vocabulary: Vocabulary) -> Compiled:
    """Claims of files, and what of them was not understood.

    Raises
    ------
    KnowledgeError
        Where they hold not one claim, or an id stands twice.
    """
    read, paths = _adapter(source), tuple(files)
    compiled = parted(
        row for given in ((paths,) if source.together else paths) for row in read(given, vocabulary)
    )
    if not compiled.count(source.kind):
        told = "\n".join(_why_nothing(compiled.unread))
        raise KnowledgeError(f"{source.name}: not one of its {source.kind} was understood{told}")
    twice = _twins(claim.id for claim in compiled.claims)
    if twice:
        raise KnowledgeError(f"{source.name}: the id {twice!r} stands twice; give each file once")
    return compiled


def _why_nothing(unread: Sequence[Unread]) -> Iterator[str]:
    """Of files of which nothing is kept: every reason, and the first of its rows."""
    if unread:
        yield f", of {len(unread)} {'entries' if len(unread) > 1 else 'entry'}"
    by_reason: dict[tuple[str, str], list[Unread]] = {}
    for row in unread:
        by_reason.setdefault((row.reason, row.remedy), []).append(row)
    for (reason, remedy), rows in by_reason.items():
        yield f"  {len(rows)}: {reason}{f'; {remedy}' if remedy else ''}"
        yield from (f"    {row.source}, entry {row.line}: {row.text}" for row in rows[:SHOWN])
        if len(rows) > SHOWN:
            yield f"    and {len(rows) - SHOWN} more"


def source_of(name: str, knowledge: Knowledge) -> Source:
    """A source by its id or name.

    Raises
    ------
    KnowledgeError
        With those that onkos can read.
    """
    for source in knowledge.sources:
        if name.casefold() in {source.id, source.name.casefold()}:
            return source
    known = ", ".join(source.id for source in knowledge.sources)
    raise KnowledgeError(f"onkos reads no source {name!r}; it reads {known}")


def _chosen(
    names: Sequence[str], sources: Sequence[Source], store: Path | None
) -> tuple[Page, ...]:
    """The snapshots meant; of those that nobody named, such as are read as claims."""
    if tuple(names) == (NONE,):
        return ()
    if NONE in names:
        raise KnowledgeError("none stands alone: name the snapshots to read, or none")
    if names:
        pages = tuple(snapshot(name, store) for name in names if name != BUILT_IN)
        twice = _twins(page.source for page in pages)
        if twice:
            raise KnowledgeError(f"two snapshots of {twice} are named; give one")
        return tuple(sorted(pages, key=lambda page: page.source))
    claims = {source.id for source in sources}
    kept = dict.fromkeys(page.source for page in snapshots(store))
    found = (current(source, store) for source in kept if source in claims)
    return tuple(page for page in found if page is not None)


def _pin(page: Page, source: Source, compiled: Compiled) -> Snapshot:
    return Snapshot(
        source=source.name,
        version=str(page.on),
        licence=page.licence,
        sha256=page.sha256,
        claims=len(compiled.claims),
        unread=compiled.not_understood,
    )


def _adapter(source: Source) -> Adapter:
    module, _, name = source.reads.partition(":")
    found: Adapter = getattr(import_module(f"{_ADAPTERS}.{module}"), name)
    return found


def _cache_path(page: Page, knowledge: Knowledge) -> Path:
    """By content, version and vocabulary: claims are read with the words of this onkos."""
    made_of = f"{page.name} {page.sha256} {FORMAT} {__version__} {knowledge.pins[0].sha256}"
    key = hashlib.sha256(made_of.encode()).hexdigest()[:24]
    return user_cache_path("onkos") / f"claims-{page.source}-{key}.msgpack"


def _twins(names: Iterable[str]) -> str:
    seen: set[str] = set()
    return next((name for name in _noting(names, seen)), "")


def _noting(names: Iterable[str], seen: set[str]) -> Iterator[str]:
    """Names that were seen before."""
    for name in names:
        if name in seen:
            yield name
        seen.add(name)
