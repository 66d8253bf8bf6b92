"""The references that a user has added: each compiled once, kept under the user's own data.

A store is a folder with one folder for each assembly: the index of the FASTA, the transcripts of
the GFF3 compiled to MessagePack, and a page that says where they came from. The FASTA and the
chains stay where they are.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from platformdirs import user_data_path

from onkos.errors import InputError, Unreadable
from onkos.model import Chromosome
from onkos.model.noun import Noun
from onkos.model.reference import Transcript
from onkos.sources.reference.chains import Chain, chain_assemblies
from onkos.sources.reference.contigs import chromosome_of
from onkos.sources.reference.fits import misfit, other_assembly
from onkos.sources.reference.genome import Genome, open_fasta
from onkos.sources.reference.gff3 import read_gff3

FORMAT = 1  # rises when what is kept changes shape
ADD = "onkos reference add --fasta F --gff3 G --assembly GRCh38"
_PAGE, _TRANSCRIPTS, _INDEX = "reference.json", "transcripts.msgpack", "genome.fai"
ASSEMBLIES = ("GRCh38", "GRCh37")
_NAMES = {
    **dict.fromkeys(("grch38", "hg38", "hs38", "hs38dh", "38"), "GRCh38"),
    **dict.fromkeys(("grch37", "hg19", "hs37", "hs37d5", "b37", "g1k_v37", "37"), "GRCh37"),
}
_ENCODER = msgspec.msgpack.Encoder()


class Added(Noun, frozen=True, kw_only=True):
    """What is kept of one reference.

    Attributes
    ----------
    sha256 : str
        Of the GFF3.
    without_bases : dict of str to int
        Chromosomes that the FASTA lacks, with the number of transcripts left out for it.
    """

    assembly: str
    fasta: str
    fasta_bytes: int
    gff3: str
    sha256: str
    transcripts: int
    mane: int
    chromosomes: tuple[str, ...]
    chains: tuple[str, ...] = ()
    without_bases: dict[str, int] = {}  # noqa: RUF012
    format: int = FORMAT


def store_path() -> Path:
    """Where the user's references are kept; ``ONKOS_REFERENCES`` names another place."""
    named = os.environ.get("ONKOS_REFERENCES", "")
    return Path(named) if named else user_data_path("onkos") / "references"


def add_reference(
    fasta: Path,
    gff3: Path,
    assembly: str,
    store: Path | None = None,
    chains: Iterable[Path] = (),
    chromosomes: Sequence[Chromosome] = (),
    tagged: Iterable[str] = (),
) -> Added:
    """Compile a genome and its transcripts, and keep them under the name of the assembly.

    Parameters
    ----------
    fasta : Path
        Plain or bgzip; it stays where it is and is read there.
    gff3 : Path
        Of Ensembl, GENCODE or NCBI, plain or gzip.
    assembly : str
        ``"GRCh38"`` or ``"GRCh37"``.
    store : Path, optional
        Folder to keep it in; the user's own where not given.
    chains : iterable of Path
        Chain files to this assembly.
    chromosomes : sequence of Chromosome
        Of the knowledge: by their lengths and bases the assembly is checked.
    tagged : iterable of str
        Keep coding transcripts with one of these tags alone; all where none is given.

    Raises
    ------
    InputError, Unreadable
        For another assembly, a FASTA that is not of it or cannot be indexed, a GFF3 that cannot be
        read, and where the two are of different genomes; with the way out.
    """
    assembly = _assembly_name(assembly)
    folder = (store or store_path()) / assembly
    told = tuple(_chain_to(path, assembly) for path in chains)
    transcripts = read_gff3(gff3, frozenset(tagged))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".making-"))
    except OSError as error:
        raise InputError(f"{folder.parent}: {error.strerror}; name another place") from error
    try:
        added, kept = _compiled(fasta, gff3, assembly, transcripts, told, making, chromosomes)
        (making / _TRANSCRIPTS).write_bytes(_ENCODER.encode(kept))
        (making / _PAGE).write_bytes(msgspec.json.format(msgspec.json.encode(added)))
        _put_in_place(making, folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return added


def open_reference(assembly: str, store: Path | None = None) -> Genome:
    """The genome that was added under this name.

    Raises
    ------
    InputError
        Where none was added, or its files have gone or changed.
    """
    root = store or store_path()
    name = _assembly_name(assembly)
    folder = root / name
    added = _page(folder / _PAGE)
    if added is None:
        known = ", ".join(one.assembly for one in references(root)) or "none"
        raise InputError(f"no reference {name} (added: {known}); {ADD}")
    fasta = Path(added.fasta)
    if fasta.is_file() and fasta.stat().st_size != added.fasta_bytes:
        raise InputError(f"{fasta} has changed since it was added; {ADD}")
    try:
        data = (folder / _TRANSCRIPTS).read_bytes()
        transcripts = msgspec.msgpack.decode(data, type=tuple[Transcript, ...])
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"the index of {name} is damaged; {ADD}") from error
    chains = {chain_assemblies(Path(c))[0]: Chain(Path(c)) for c in added.chains}
    return Genome(name, fasta, folder / _INDEX, transcripts, chains)


def references(store: Path | None = None) -> tuple[Added, ...]:
    """What was added, by the name of the assembly."""
    root = store or store_path()
    pages = sorted(root.glob(f"*/{_PAGE}")) if root.is_dir() else []
    return tuple(added for added in map(_page, pages) if added is not None)


def _assembly_name(text: str) -> str:
    found = _NAMES.get(text.strip().casefold().partition(".p")[0])  # the patch does not matter
    if found is None:
        raise InputError(f"assembly {text!r}: {' or '.join(ASSEMBLIES)} (hg38, hg19 and b37 too)")
    return found


def _chain_to(path: Path, assembly: str) -> str:
    source, target = chain_assemblies(path)
    if target != assembly:
        raise InputError(f"{path.name} leads from {source} to {target}, not to {assembly}")
    if not path.is_file():
        raise InputError(f"{path}: no such chain file")
    return str(path.resolve())


def _compiled(
    fasta: Path,
    gff3: Path,
    assembly: str,
    transcripts: list[Transcript],
    chains: tuple[str, ...],
    folder: Path,
    chromosomes: Sequence[Chromosome],
) -> tuple[Added, tuple[Transcript, ...]]:
    """What is kept of them, where FASTA and GFF3 fit each other."""
    index = folder / _INDEX
    _index(fasta, index)
    with open_fasta(fasta, index) as file:
        lengths = zip(file.references, file.lengths, strict=True)
        held = {chromosome_of(name): length for name, length in lengths}
    kept = tuple(t for t in transcripts if t.chromosome in held)
    lacking = Counter(t.chromosome for t in transcripts if t.chromosome not in held)
    if not kept:
        theirs = ", ".join(sorted({t.chromosome for t in transcripts})[:3])
        raise InputError(
            f"{fasta.name} and {gff3.name} share no chromosome ({fasta.name}: "
            f"{', '.join(list(held)[:3])}; {gff3.name}: {theirs}); give two of one genome"
        )
    genome = Genome(assembly, fasta, index, kept)
    if other := other_assembly(genome, held, chromosomes):
        raise Unreadable(fasta.name, [*other, f"give the FASTA of {assembly}, or its own name"])
    trouble = misfit(genome, kept, held)
    if trouble:
        raise Unreadable(f"{fasta.name} and {gff3.name}", [*trouble, "give two of one assembly"])
    return Added(
        assembly=assembly,
        fasta=str(fasta.resolve()),
        fasta_bytes=fasta.stat().st_size,
        gff3=gff3.name,
        sha256=_sha256(gff3),
        transcripts=len(kept),
        mane=sum(t.mane for t in kept),
        chromosomes=tuple(held),
        chains=chains,
        without_bases=dict(lacking),
    ), kept


def _index(fasta: Path, index: Path) -> None:
    """Index the FASTA, beside the transcripts and not beside the FASTA, which may be read-only."""
    import pysam

    if not fasta.is_file():
        raise InputError(f"{fasta}: no such FASTA")
    gzi = index.with_name(index.name.removesuffix(".fai") + ".gzi")
    try:
        pysam.faidx("--fai-idx", str(index), "--gzi-idx", str(gzi), str(fasta))
    except pysam.utils.SamtoolsError as error:
        said = str(error).strip().strip("'\"").splitlines()
        remedy = "give a FASTA, plain or packed by bgzip (unpack a plain .gz first)"
        raise InputError(f"{fasta.name} cannot be indexed; {remedy}") from (error if said else None)
    if not index.is_file() or not index.stat().st_size:
        raise InputError(f"{fasta.name} holds no sequence")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _page(path: Path) -> Added | None:
    try:
        added = msgspec.json.decode(path.read_bytes(), type=Added)
    except (OSError, msgspec.DecodeError):
        return None
    return added if added.format == FORMAT else None


def _put_in_place(made: Path, folder: Path) -> None:
    """The new one whole or the old one whole."""
    old = folder.with_name(f".old-{folder.name}-{os.getpid()}")
    if folder.exists():
        folder.replace(old)
    made.replace(folder)
    shutil.rmtree(old, ignore_errors=True)
