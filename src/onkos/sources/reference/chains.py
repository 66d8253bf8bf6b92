"""Places of one assembly found on another, by a UCSC chain file.

Format: https://genome.ucsc.edu/goldenPath/help/chain.html.
"""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from onkos.errors import InputError
from onkos.model.reference import Lifted, Reference, reverse_complement
from onkos.sources.reference.contigs import chromosome_of

if TYPE_CHECKING:
    from pyliftover import LiftOver

_ASSEMBLIES = {"hg19": "GRCh37", "hg38": "GRCh38", "grch37": "GRCh37", "grch38": "GRCh38"}
_NAME = re.compile(r"(hg19|hg38|grch37|grch38).*?to_?(hg19|hg38|grch37|grch38)", re.IGNORECASE)


class Chain:
    """One chain file, read when first asked.

    Parameters
    ----------
    path : Path
        Plain or gzip.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._table: LiftOver | None = None

    def lift(self, chromosome: str, position: int) -> Lifted | None:
        """Where a base lies on the other assembly; None where it has no counterpart.

        Parameters
        ----------
        chromosome : str
            With or without ``chr``.
        position : int
            From 1.

        Raises
        ------
        InputError
            For a file that is no chain.
        """
        name = "M" if chromosome_of(chromosome) == "MT" else chromosome_of(chromosome)
        found = self._read().convert_coordinate(f"chr{name}", position - 1)
        if not found:
            return None
        contig, at, strand, _ = found[0]
        return Lifted(
            chromosome=chromosome_of(contig), position=at + 1, strand=-1 if strand == "-" else 1
        )

    def _read(self) -> LiftOver:
        if self._table is None:
            from pyliftover import LiftOver

            try:
                with _opened(self._path) as file:
                    self._table = LiftOver(file)
            except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
                raise InputError(f"{self._path.name}: {error}; fetch the chain again") from error
            except Exception as error:
                # pyliftover raises bare Exception for what it cannot parse.
                raise InputError(
                    f"{self._path.name} is not a UCSC chain file; fetch it again"
                ) from error
            if not self._table.chain_file.chain_index:
                raise InputError(f"{self._path.name} holds no chain; fetch it again")
        return self._table


def _opened(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(BinaryIO, gzip.open(path, "rb") if packed else path.open("rb"))


def chain_assemblies(path: Path) -> tuple[str, str]:
    """The assemblies that a chain leads from and to, by its name.

    Raises
    ------
    InputError
        Where the name does not tell.

    Examples
    --------
    >>> chain_assemblies(Path("hg19ToHg38.over.chain.gz"))
    ('GRCh37', 'GRCh38')
    """
    found = _NAME.search(path.name)
    if not found:
        raise InputError(
            f"{path.name}: the name does not tell the assemblies; name it like "
            "hg19ToHg38.over.chain"
        )
    one, other = (_ASSEMBLIES[name.casefold()] for name in found.groups())
    return one, other


def lifted_variant(
    chain: Chain,
    chromosome: str,
    position: int,
    reference: str,
    alternate: str,
    source: Reference | None = None,
    target: Reference | None = None,
) -> tuple[str, int, str, str]:
    """A small variant on the other assembly: chromosome, position, REF, ALT.

    Its whole stretch must lie in one piece there; on the other strand both alleles are
    complemented. Where a FASTA is given, REF is checked against it on that side.

    Raises
    ------
    InputError
        Named, with the way out: unmapped, torn apart, REF is not the base of an assembly.
    """
    where = f"{chromosome}:{position} {reference}>{alternate}"
    _check_base(source, chromosome, position, reference, where)
    ends = [chain.lift(chromosome, at) for at in (position, position + len(reference) - 1)]
    first, last = ends
    if first is None or last is None:
        raise InputError(f"{where}: no counterpart on the other assembly; call it there")
    low = min(first.position, last.position)
    apart = abs(first.position - last.position) != len(reference) - 1
    if first.chromosome != last.chromosome or first.strand != last.strand or apart:
        raise InputError(f"{where}: torn apart on the other assembly; call it there")
    if first.strand < 0:
        reference, alternate = reverse_complement(reference), reverse_complement(alternate)
    _check_base(target, first.chromosome, low, reference, where)
    return first.chromosome, low, reference, alternate


def _check_base(
    genome: Reference | None, chromosome: str, position: int, reference: str, where: str
) -> None:
    if genome is None or not genome.length(chromosome_of(chromosome)):
        return
    end = position + len(reference) - 1
    there = genome.sequence(chromosome_of(chromosome), position, end)
    if there != reference.upper():
        raise InputError(
            f"{where}: {genome.assembly} has {there or 'no base'} at {chromosome}:{position}; is "
            "the variant of another assembly?"
        )
