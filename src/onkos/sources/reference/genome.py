"""A genome on disk: bases of an indexed FASTA, transcripts of an index, chains of liftover."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from onkos.errors import InputError
from onkos.model.reference import Lifted, Transcript
from onkos.sources.reference.contigs import chromosome_of

if TYPE_CHECKING:
    from pysam import FastaFile

    from onkos.sources.reference.chains import Chain

_BIN = 1 << 16  # bases; transcripts are found by the bins that they touch
_READ = 1 << 24  # bases of a chromosome read through at once
_PIECE, _PIECES_KEPT = 1 << 14, 512  # bases read at once, for calls that lie close together


class Genome:
    """A reference read from files; see the protocol ``onkos.model.reference.Reference``.

    Parameters
    ----------
    fasta : Path
        Plain, or compressed by bgzip.
    index : Path
        The ``.fai`` of the FASTA.
    chains : mapping of str to Chain
        Assemblies whose places can be found here.

    Raises
    ------
    InputError
        Where the FASTA has gone or cannot be read.
    """

    def __init__(
        self,
        assembly: str,
        fasta: Path,
        index: Path,
        transcripts: Iterable[Transcript],
        chains: Mapping[str, Chain] | None = None,
    ) -> None:
        self.assembly = assembly
        self._fasta = open_fasta(fasta, index)
        names = zip(self._fasta.references, self._fasta.lengths, strict=True)
        self._contigs = {chromosome_of(name): (name, length) for name, length in names}
        self._bins: dict[tuple[str, int], list[Transcript]] = {}
        for transcript in transcripts:
            for number in range(transcript.start // _BIN, transcript.end // _BIN + 1):
                self._bins.setdefault((transcript.chromosome, number), []).append(transcript)
        self._chains = dict(chains or {})
        self._pieces: dict[tuple[str, int], str] = {}
        self._refget: dict[str, str] = {}

    @property
    def lifts_from(self) -> tuple[str, ...]:
        """Assemblies of its chains."""
        return tuple(self._chains)

    @property
    def chromosomes(self) -> tuple[str, ...]:
        """Those of the FASTA, without ``chr``."""
        return tuple(self._contigs)

    def length(self, chromosome: str) -> int:
        """Bases of a chromosome; 0 where the FASTA lacks it."""
        return self._contigs.get(chromosome, ("", 0))[1]

    def sequence(self, chromosome: str, start: int, end: int) -> str:
        """Bases in capitals, from 1, both ends included; cut at the ends of the chromosome."""
        name, length = self._contigs.get(chromosome, ("", 0))
        start, end = max(start, 1), min(end, length)
        if end < start:
            return ""
        number = (start - 1) // _PIECE
        if (end - 1) // _PIECE != number:
            return self._fetched(name, start, end)
        held = self._pieces.get((name, number))
        if held is None:
            if len(self._pieces) >= _PIECES_KEPT:
                self._pieces.clear()
            last = min((number + 1) * _PIECE, length)
            held = self._fetched(name, number * _PIECE + 1, last)
            self._pieces[name, number] = held
        return held[start - 1 - number * _PIECE : end - number * _PIECE]

    def _fetched(self, name: str, start: int, end: int) -> str:
        try:
            return str(self._fasta.fetch(name, start - 1, end)).upper()
        except (OSError, ValueError) as error:
            where = f"{name}:{start}-{end}"
            raise InputError(
                f"the FASTA of {self.assembly} cannot be read at {where}: it has changed since it "
                "was added or is damaged; add it again with onkos reference add"
            ) from error

    def refget(self, chromosome: str) -> str:
        """GA4GH accession of a whole chromosome, from all its bases; empty where it is not held.

        Reads the chromosome through, once: some seconds for a long one. That of a part of a
        chromosome is nobody else's.
        """
        name, length = self._contigs.get(chromosome, ("", 0))
        if not length:
            return ""
        if chromosome not in self._refget:
            total = hashlib.sha512()
            for start in range(1, length + 1, _READ):
                end = min(start + _READ - 1, length)
                total.update(self._fetched(name, start, end).encode())
            short = base64.urlsafe_b64encode(total.digest()[:24]).decode()
            self._refget[chromosome] = f"SQ.{short}"
        return self._refget[chromosome]

    def transcripts_of(self, chromosome: str, start: int, end: int) -> tuple[Transcript, ...]:
        """Transcripts that share a base with the stretch, in the order of the GFF3."""
        found: dict[str, Transcript] = {}
        for number in range(start // _BIN, end // _BIN + 1):
            for transcript in self._bins.get((chromosome, number), ()):
                if transcript.start <= end and start <= transcript.end:
                    found.setdefault(transcript.id, transcript)
        return tuple(found.values())

    def lift(self, assembly: str, chromosome: str, position: int) -> Lifted | None:
        """Where a place of another assembly lies on this one; None where it does not."""
        chain = self._chains.get(assembly)
        return chain.lift(chromosome, position) if chain else None


def open_fasta(fasta: Path, index: Path) -> FastaFile:
    """The FASTA by its index.

    Raises
    ------
    InputError
    """
    import pysam

    if not fasta.is_file():
        raise InputError(
            f"{fasta}: the FASTA has gone; put it back, or onkos reference add from its new place"
        )
    packed = fasta.with_name(fasta.name + ".gzi")
    gzi = index.with_name(index.name.removesuffix(".fai") + ".gzi")
    options = {"filepath_index": str(index)}
    if gzi.is_file() or packed.is_file():
        options["filepath_index_compressed"] = str(gzi if gzi.is_file() else packed)
    try:
        return pysam.FastaFile(str(fasta), **options)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{fasta.name} does not open with its index; add it again with onkos reference add"
        ) from error
