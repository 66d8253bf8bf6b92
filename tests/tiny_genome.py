"""A small GRCh38 out of twelve windows: a FASTA and a GFF3 to add as a reference.

Each chromosome reaches from its first base to the end of its last window; between the windows
stands N, which bgzip packs to nothing.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pysam

FOLDER = Path("knowledge") / "reference" / "hmf_tinygenome"
# The first base of each window, as its README says.
WINDOWS = {
    "chr1_part": 10_000_000, "chr1_part_26": 26_000_000, "chr3_part_10": 10_000_000,
    "chr4_part_54": 54_000_000, "chr4_part_105": 105_000_000, "chr5_part_1": 1_000_000,
    "chr5_part_68": 68_000_000, "chr7_part_4": 4_000_000, "chr7_part_55": 55_000_000,
    "chr13_part_32": 32_000_000, "chr17_part_43": 43_000_000, "chr21_part_37": 37_000_000,
}  # fmt: skip


def windows(shared: Path) -> dict[str, list[tuple[int, str]]]:
    """First base and bases of each window, by chromosome, in order."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, first in WINDOWS.items():
        with gzip.open(shared / FOLDER / f"{name}.txt.gz", "rt") as file:
            bases = file.read().strip()
        found.setdefault(name.split("_")[0].removeprefix("chr"), []).append((first, bases))
    return {name: sorted(parts) for name, parts in found.items()}


def write_fasta(shared: Path, path: Path, prefix: str = "chr") -> None:
    """The windows with N between them, packed by bgzip."""
    with pysam.BGZFile(str(path), "wb") as file:
        for name, parts in windows(shared).items():
            file.write(f">{prefix}{name}\n".encode())
            at, line = 1, bytearray()
            for first, bases in parts:
                line += b"N" * (first - at) + bases.encode()
                at = first + len(bases)
            for start in range(0, len(line), 1 << 16):
                file.write(bytes(line[start : start + (1 << 16)]) + b"\n")


def rows_of(shared: Path, name: str) -> list[dict[str, str]]:
    """A table of the folder."""
    with (shared / FOLDER / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def mane(shared: Path) -> dict[str, str]:
    """Accession with version of the MANE Select transcript, by accession."""
    path = shared / "knowledge" / "reference" / "mane_gene_to_enst.txt.gz"
    with gzip.open(path, "rt") as file:
        pairs = [line.split() for line in file if line.strip()]
    return {row[1].partition(".")[0]: row[1] for row in pairs}


def write_gff3(shared: Path, path: Path, prefix: str = "") -> None:
    """Genes and transcripts that lie in the windows, as Ensembl writes them."""
    inside = {n: [(f, f + len(b) - 1) for f, b in parts] for n, parts in windows(shared).items()}
    genes = {row["GeneId"]: row for row in rows_of(shared, "ensembl_gene_data.csv")}
    select = mane(shared)
    by_transcript: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(shared, "ensembl_trans_exon_data.csv"):
        by_transcript.setdefault(row["TransName"], []).append(row)
    lines = ["##gff-version 3"]
    for gene in genes.values():
        name = gene["Chromosome"]
        held = any(
            a <= int(gene["GeneStart"]) and int(gene["GeneEnd"]) <= b
            for a, b in inside.get(name, ())
        )
        if not held:
            continue
        strand = "+" if gene["Strand"] == "1" else "-"
        contig = f"{prefix}{name}"
        own = [rows for rows in by_transcript.values() if rows[0]["GeneId"] == gene["GeneId"]]
        ends = (gene["GeneStart"], gene["GeneEnd"])
        lines.append(
            f"{contig}\te\tgene\t{ends[0]}\t{ends[1]}\t.\t{strand}\t.\tID=gene:{gene['GeneId']};"
            f"Name={gene['GeneName']};biotype=protein_coding;gene_id={gene['GeneId']}"
        )
        for rows in own:
            lines += _transcript(rows, contig, strand, select)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _transcript(
    rows: list[dict[str, str]], contig: str, strand: str, select: dict[str, str]
) -> list[str]:
    one = rows[0]
    name, gene = one["TransName"], one["GeneId"]
    versioned = select.get(name, "")
    tags = ["basic"] + ["MANE_Select"] * bool(versioned)
    if one["CanonicalTranscriptId"] == one["TransId"]:
        tags.append("Ensembl_canonical")
    version = f";version={versioned.partition('.')[2]}" if versioned else ""
    whole = _whole(rows)
    if not whole:
        tags.append("cds_start_NF")
    found = [
        f"{contig}\te\tmRNA\t{one['TransStart']}\t{one['TransEnd']}\t.\t{strand}\t.\t"
        f"ID=transcript:{name};Parent=gene:{gene};biotype={one['BioType']};"
        f"transcript_id={name}{version};tag={','.join(tags)}"
    ]
    for row in rows:
        start, end = int(row["ExonStart"]), int(row["ExonEnd"])
        found.append(
            f"{contig}\te\texon\t{start}\t{end}\t.\t{strand}\t.\tParent=transcript:{name};"
            f"rank={row['ExonRank']}"
        )
        if row["CodingStart"] in {"NULL", ""}:
            continue
        first, last = max(start, int(row["CodingStart"])), min(end, int(row["CodingEnd"]))
        if first <= last:
            # Ensembl counts the bases of the codon already gone, GFF3 those still to come.
            gone = int(row["ExonPhase"])
            phase = {1: 2, 2: 1}.get(gone, 0)
            found.append(
                f"{contig}\te\tCDS\t{first}\t{last}\t.\t{strand}\t{phase}\t"
                f"ID=CDS:{name};Parent=transcript:{name};protein_id=P{name}"
            )
    return found


def _whole(rows: list[dict[str, str]]) -> bool:
    """Whether the coding part begins with a whole codon."""
    coding = [row for row in rows if row["CodingStart"] not in {"NULL", ""}]
    inside = [
        row for row in coding
        if int(row["ExonStart"]) <= int(row["CodingEnd"])
        and int(row["CodingStart"]) <= int(row["ExonEnd"])
    ]  # fmt: skip
    if not inside:
        return True
    first = min(inside, key=lambda row: int(row["ExonRank"]))
    return int(first["ExonPhase"]) in {-1, 0}
