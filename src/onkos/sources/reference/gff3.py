"""Transcripts from a GFF3 as Ensembl, GENCODE or NCBI write it.

Format: https://github.com/The-Sequence-Ontology/Specifications/blob/master/gff3.md. Coding
features there hold the stop codon, unlike those of a GTF.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import unquote

from onkos.errors import Unreadable
from onkos.model.reference import Transcript
from onkos.sources.reference.contigs import chromosome_of

MOST_SHOWN = 20
_WANTED = frozenset({"exon", "CDS"})
_GENES = ("gene", "ncRNA_gene", "pseudogene")
_MANE = frozenset({"MANE_Select", "MANE Select"})
_INCOMPLETE = frozenset({"cds_start_NF", "cds_end_NF", "mRNA_start_NF", "mRNA_end_NF"})
# All that is ever asked of a feature; the rest of the attributes would be most of the memory.
_KEPT = frozenset(
    "ID Parent Name gene gene_name gene_id transcript_id protein_id version tag partial biotype "
    "transcript_type transcript_biotype".split()
)
_PREFIXES = ("transcript:", "gene:", "rna-", "gene-", "cds-", "CDS:")


class Row(NamedTuple):
    """One feature."""

    line: int
    contig: str
    kind: str
    start: int
    end: int
    strand: str
    phase: str
    attributes: dict[str, str]


@dataclass(slots=True)
class Gathered:
    """The parts of one transcript, as they stand scattered in the file."""

    row: Row
    exons: list[tuple[int, int]] = field(default_factory=list)
    coding: list[tuple[int, int, str]] = field(default_factory=list)  # with the phase
    protein: str = ""

    def take(self, part: Row) -> None:
        """Add an exon or a coding part."""
        if part.kind == "exon":
            self.exons.append((part.start, part.end))
            return
        self.coding.append((part.start, part.end, sys.intern(part.phase)))
        self.protein = self.protein or _accession(part.attributes, ("protein_id",))


def read_gff3(path: Path, tagged: Collection[str] = ()) -> list[Transcript]:
    """Transcripts with their exons and coding parts, in the order of the file.

    Parameters
    ----------
    path : Path
        Plain or gzip. Of a file whose transcripts stand before their parts, as those of
        Ensembl do, no more is held than what is kept of them.
    tagged : collection of str, optional
        Keep coding transcripts with one of these tags alone; all where none is given.

    Raises
    ------
    Unreadable
        With every problem found: a row that is no feature, a transcript whose exons cannot be,
        a file without transcripts.
    """
    problems: list[str] = []
    parts, genes = _gather(path, problems, frozenset(tagged))
    found: list[Transcript] = []
    for gathered in parts.values():
        if not gathered.exons or (tagged and not gathered.coding):
            continue
        try:
            found.append(_transcript(gathered, genes))
        except ValueError as error:
            problems.append(f"line {gathered.row.line}: {error}")
    if problems:
        more = len(problems) - MOST_SHOWN
        shown = problems[:MOST_SHOWN] + ([f"and {more} more"] if more > 0 else [])
        raise Unreadable(path.name, shown)
    if not found:
        remedy = "give a GFF3 with mRNA, exon and CDS features (a GTF is another format)"
        raise Unreadable(path.name, [f"no transcript with an exon; {remedy}"])
    return found


def _gather(
    path: Path, problems: list[str], tagged: frozenset[str]
) -> tuple[dict[str, Gathered], dict[str, Row]]:
    """Transcripts and genes by the ids that the file itself uses."""
    parts: dict[str, Gathered] = {}
    left_out: set[str] = set()
    genes: dict[str, Row] = {}
    waiting: list[tuple[str, Row]] = []
    for row in _rows(path, problems):
        own, parents = row.attributes.get("ID", ""), row.attributes.get("Parent", "")
        if row.kind in _WANTED:
            for parent in parents.split(","):
                if parent in parts:
                    parts[parent].take(row)
                elif parent not in left_out:
                    waiting.append((parent, row))
        elif own and (row.kind in _GENES or row.kind.endswith("gene")):
            genes[own] = row
        elif own and tagged and not tagged & _tags(row.attributes):
            left_out.add(own)
        elif own and parents:
            parts[own] = Gathered(row)
    for parent, row in waiting:
        # A file of coding parts alone may hang them on the gene; those are left out.
        if parent in parts:
            parts[parent].take(row)
    return parts, genes


def _rows(path: Path, problems: list[str]) -> Iterator[Row]:
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):
                if line.startswith("##FASTA"):
                    return
                if line.startswith("#") or not line.strip():
                    continue
                row = _row(number, line.rstrip("\r\n"))
                if row is None:
                    problems.append(f"line {number}: not a feature of nine columns with a place")
                    if len(problems) > MOST_SHOWN:
                        return
                else:
                    yield row
    except UnicodeDecodeError as error:
        raise Unreadable(path.name, ["not UTF-8 text; give a GFF3, plain or gzip"]) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable(path.name, ["damaged gzip file; fetch it again"]) from error


def _opened(path: Path) -> IO[str]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8")


def _row(number: int, line: str) -> Row | None:
    cells = line.split("\t")
    if len(cells) != 9 or not (cells[3].isdecimal() and cells[4].isdecimal()):
        return None
    pairs = (pair.partition("=") for pair in cells[8].split(";") if pair)
    told = ((sys.intern(key.strip()), value) for key, _, value in pairs)
    named = {key: unquote(value) for key, value in told if key in _KEPT}
    contig, kind = sys.intern(cells[0]), sys.intern(cells[2])
    return Row(number, contig, kind, int(cells[3]), int(cells[4]), cells[6], cells[7], named)


def _transcript(gathered: Gathered, genes: dict[str, Row]) -> Transcript:
    row, told = gathered.row, gathered.row.attributes
    gene = genes.get(told.get("Parent", ""))
    of_gene = gene.attributes if gene else {}
    strand = -1 if row.strand == "-" else 1
    coding = gathered.coding
    tags = _tags(told)
    return Transcript(
        id=_accession(told, ("transcript_id",)),
        gene=_symbol(told, of_gene),
        gene_id=_accession(of_gene, ("gene_id",)) if of_gene else told.get("gene_id", ""),
        chromosome=chromosome_of(row.contig),
        strand=strand,
        exons=tuple(sorted(set(gathered.exons), reverse=strand < 0)),
        coding=(min(c[0] for c in coding), max(c[1] for c in coding)) if coding else None,
        protein=gathered.protein,
        biotype=told.get(
            "biotype", told.get("transcript_type", told.get("transcript_biotype", ""))
        ),
        phase=_phase(coding, strand),
        whole=not (tags & _INCOMPLETE) and told.get("partial") != "true",
        mane=bool(tags & _MANE),
        canonical="Ensembl_canonical" in tags,
    )


def _symbol(told: dict[str, str], of_gene: dict[str, str]) -> str:
    for attributes, keys in (
        (of_gene, ("gene_name", "Name", "gene")),
        (told, ("gene_name", "gene")),
    ):
        for key in keys:
            if attributes.get(key):
                return attributes[key]
    return _plain(of_gene.get("ID", told.get("Parent", "")))


def _accession(told: dict[str, str], keys: Iterable[str]) -> str:
    """The accession with its version: ``transcript_id`` and ``version``, else the id."""
    name = next((told[key] for key in keys if told.get(key)), _plain(told.get("ID", "")))
    version = told.get("version", "")
    return f"{name}.{version}" if version and "." not in name else name


def _plain(identifier: str) -> str:
    for prefix in _PREFIXES:
        identifier = identifier.removeprefix(prefix)
    return identifier


def _tags(told: dict[str, str]) -> set[str]:
    return {tag.strip() for tag in told.get("tag", "").split(",")}


def _phase(coding: list[tuple[int, int, str]], strand: int) -> int:
    if not coding:
        return 0
    phase = (min(coding) if strand > 0 else max(coding))[2]
    return int(phase) if phase in {"0", "1", "2"} else 0
