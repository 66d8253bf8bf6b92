"""A genome and its transcripts fetched from their archive, checked, packed and added.

Under the store stands a folder ``pulled`` with one folder for each release. A file has its final
name there only when it is whole and agrees with its checksum; the reference itself is put in
place by `add_reference`, whole or not at all. Whatever broke off is gone on with.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import tomllib
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from onkos.errors import FetchError, KnowledgeError, UsageError
from onkos.model.chromosome import Chromosome
from onkos.model.noun import Noun
from onkos.sources.alone import alone
from onkos.sources.checksums import Sum, agrees, read_checksums
from onkos.sources.fetch import (
    MEGABYTE,
    PATIENT,
    Patience,
    checked_address,
    fetch,
    fetch_text,
    length_of,
)
from onkos.sources.reference.store import Added, add_reference, references, store_path

ADDRESSES = Path(__file__).resolve().parents[2] / "knowledge" / "references.toml"
MIRROR = "ONKOS_REFERENCE_MIRROR"
_FOLDER = "pulled"
_READ = 1 << 20
_MOST_CHECKSUMS = 1 << 20  # bytes of a list of checksums
# Packed again, the FASTA is about as large as it came; the index and the transcripts are small.
_ROOM_FASTA, _ROOM_OTHER, _ROOM = 2.2, 1.0, 200 * MEGABYTE


class Remote(Noun, frozen=True, kw_only=True):
    """One file of an archive.

    Attributes
    ----------
    path, checksums : str
        Below the base address: the file, and the list of checksums with its sum.
    megabytes : float
        About what there is to fetch.
    most_megabytes : float
        Where fetching stops.
    """

    path: str
    checksums: str
    megabytes: float
    most_megabytes: float

    @property
    def name(self) -> str:
        """Of the file alone."""
        return self.path.rpartition("/")[2]


class ReferenceSource(Noun, frozen=True, kw_only=True):
    """Where a genome and its transcripts are to be had.

    Attributes
    ----------
    tagged : tuple of str
        Tags of the transcripts that are kept.
    """

    assembly: str
    name: str
    base: str
    fasta: Remote
    gff3: Remote
    tagged: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Name of its folder."""
        return re.sub(r"[^A-Za-z0-9]+", "-", f"{self.assembly} {self.name}").casefold()


class _Sources(Noun, frozen=True, kw_only=True):
    reference_source: tuple[ReferenceSource, ...]


# Told of every step: what is done, how far it is, of how much.
Watcher = Callable[[str, int, int | None], None]


def _nobody(what: str, done: int, total: int | None) -> None:
    return


def source_of(assembly: str) -> ReferenceSource:
    """Where the genome of that name is to be had.

    Raises
    ------
    UsageError
        For an assembly that none of the addresses is of.
    """
    try:
        known = msgspec.convert(tomllib.loads(ADDRESSES.read_text("utf-8")), _Sources)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"{ADDRESSES.name}: {error}") from error
    for source in known.reference_source:
        if source.assembly.casefold() == assembly.strip().casefold():
            return source
    names = " or ".join(source.assembly for source in known.reference_source)
    raise UsageError(f"{assembly!r} is not to be had: {names}; others with onkos reference add")


def pull_reference(
    assembly: str,
    store: Path | None = None,
    mirror: str = "",
    plain_http: bool = False,
    again: bool = False,
    watcher: Watcher = _nobody,
    patience: Patience = PATIENT,
    chromosomes: Sequence[Chromosome] = (),
) -> tuple[Added, bool]:
    """Fetch a genome and its transcripts, and add them.

    Parameters
    ----------
    assembly : str
        ``"GRCh38"`` or ``"GRCh37"``.
    store : Path, optional
        As of `add_reference`.
    mirror : str, optional
        Base address in place of the archive's own, with the same layout below it; the
        environment's ``ONKOS_REFERENCE_MIRROR`` where not given.
    plain_http : bool
        Take a mirror on the network without TLS.
    again : bool
        Fetch anew what is already there.
    chromosomes : sequence of Chromosome
        As of `add_reference`.

    Returns
    -------
    tuple of Added and bool
        What is added now, and whether it was fetched in this run.

    Raises
    ------
    FetchError
        With what to do next; nothing half-added is ever seen.
    InputError, Unreadable
        As of `add_reference`.
    """
    source = source_of(assembly)
    base = checked_address(mirror or os.environ.get(MIRROR, "") or source.base, plain_http)
    root = store or store_path()
    folder = root / _FOLDER / source.folder
    with alone(folder, "the same genome", "ONKOS_REFERENCES"):
        there = _already(source, folder, root)
        if there is not None and not again:
            return there, False
        if again:
            _emptied(folder)
        fetcher = _Fetcher(base.rstrip("/"), folder, watcher, patience)
        fetcher.room(source)
        genes = fetcher.file(source.gff3)
        fasta = fetcher.fasta(source.fasta)
        watcher("reading the transcripts", 0, None)
        chains = _chains(source, root)
        added = add_reference(
            fasta, genes, source.assembly, root, chains, chromosomes, source.tagged
        )
    _tidy(folder, source)
    return added, True


class _Fetcher:
    """Files of one release from one base address into one folder."""

    def __init__(self, base: str, folder: Path, watcher: Watcher, patience: Patience) -> None:
        self._base = base
        self._folder = folder
        self._watcher = watcher
        self._patience = patience
        self._sums: dict[str, dict[str, Sum]] = {}

    def room(self, source: ReferenceSource) -> None:
        """Refuse to begin where the disk has too little room for all of it."""
        need = float(_ROOM)
        for remote, share in ((source.fasta, _ROOM_FASTA), (source.gff3, _ROOM_OTHER)):
            if not (self._folder / remote.name).exists() and not self._packed(remote).exists():
                size = length_of(self._url(remote.path), self._patience)
                need += share * (remote.megabytes * MEGABYTE if size is None else size)
                need -= self._size(self._part(remote))
        free = shutil.disk_usage(self._folder).free
        if free < need:
            raise FetchError(
                f"{self._folder}: {free / MEGABYTE:,.0f} MB free, about {need / MEGABYTE:,.0f} MB "
                "needed; make room, or name another place with ONKOS_REFERENCES"
            )

    def file(self, remote: Remote) -> Path:
        """The file, whole and checked; fetched where it is not there yet."""
        target = self._folder / remote.name
        if target.exists():
            return target
        expected = self._expected(remote)
        part = self._part(remote)
        fetch(
            self._url(remote.path),
            part,
            int(remote.most_megabytes * MEGABYTE),
            lambda done, size: self._watcher(f"fetching {remote.name}", done, size),
            self._patience,
        )
        self._check(part, expected, remote)
        part.replace(target)
        return target

    def fasta(self, remote: Remote) -> Path:
        """The genome packed by bgzip, so that any part of it can be read."""
        packed = self._packed(remote)
        if packed.exists():
            return packed
        came = self.file(remote)
        if _blocked(came):
            came.replace(packed)
            return packed
        making = packed.with_name(f"{packed.name}.making")
        try:
            self._pack(came, making)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            came.unlink()
            raise FetchError(f"{came.name} came damaged; run the same command again") from error
        except OSError as error:
            raise FetchError(
                f"{packed.name} cannot be written ({error.strerror or error}): make room and run "
                "the same command again"
            ) from error
        making.replace(packed)
        came.unlink()
        return packed

    def _pack(self, came: Path, making: Path) -> None:
        import pysam

        total, done = came.stat().st_size, 0
        with (
            came.open("rb") as raw,
            gzip.GzipFile(fileobj=raw) as unpacked,
            pysam.BGZFile(str(making), "wb3", None) as file,  # type: ignore[arg-type]
        ):
            while data := unpacked.read(_READ):
                file.write(data)
                if raw.tell() > done:
                    done = raw.tell()
                    self._watcher(f"packing {came.name}", done, total)

    def _check(self, part: Path, expected: Sum, remote: Remote) -> None:
        done = 0
        total = part.stat().st_size

        def step(size: int) -> None:
            nonlocal done
            done += size
            self._watcher(f"checking {remote.name}", done, total)

        if not agrees(part, expected, step):
            part.unlink()
            raise FetchError(
                f"{remote.name}: its checksum is wrong, so it was thrown away; run the same "
                "command again, and where it happens again name another mirror with --from"
            )

    def _expected(self, remote: Remote) -> Sum:
        if remote.checksums not in self._sums:
            url = self._url(remote.checksums)
            text = fetch_text(url, _MOST_CHECKSUMS, self._patience)
            self._sums[remote.checksums] = read_checksums(text, url)
        expected = self._sums[remote.checksums].get(remote.name)
        if expected is None:
            raise FetchError(
                f"{self._url(remote.checksums)} has no checksum of {remote.name}: it cannot be "
                "checked, so it is not fetched; name another mirror with --from"
            )
        return expected

    def _url(self, path: str) -> str:
        return f"{self._base}/{path}"

    def _part(self, remote: Remote) -> Path:
        return self._folder / f"{remote.name}.part"

    def _packed(self, remote: Remote) -> Path:
        """Named apart from what came, which may be packed by plain gzip under the same name."""
        return self._folder / f"{remote.name.removesuffix('.gz')}.bgz"

    @staticmethod
    def _size(path: Path) -> int:
        return path.stat().st_size if path.is_file() else 0


def _already(source: ReferenceSource, folder: Path, root: Path) -> Added | None:
    """What an earlier run added of this very release, where its files still stand."""
    for added in references(root):
        fasta = Path(added.fasta)
        ours = added.assembly == source.assembly and fasta.parent == folder.resolve()
        if ours and added.gff3 == source.gff3.name and fasta.is_file():
            return added if fasta.stat().st_size == added.fasta_bytes else None
    return None


def _chains(source: ReferenceSource, root: Path) -> list[Path]:
    """The chain files of the reference that is replaced; they stay with it."""
    known = (added for added in references(root) if added.assembly == source.assembly)
    return [Path(chain) for added in known for chain in added.chains if Path(chain).is_file()]


def _emptied(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def _tidy(folder: Path, source: ReferenceSource) -> None:
    """Earlier releases of the same assembly are read by nothing any more."""
    for other in folder.parent.glob(f"{source.assembly.casefold()}-*"):
        if other != folder and other.is_dir():
            shutil.rmtree(other, ignore_errors=True)


def _blocked(path: Path) -> bool:
    """Whether a gzip file is one of bgzip's: its extra field has the id BC."""
    with path.open("rb") as file:
        head = file.read(18)
    return head[:4] == b"\x1f\x8b\x08\x04" and head[12:14] == b"BC"


__all__ = ["MIRROR", "ReferenceSource", "Remote", "Watcher", "pull_reference", "source_of"]
