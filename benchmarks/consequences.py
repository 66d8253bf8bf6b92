"""Consequences of real calls of TCGA from their coordinates, against the annotation of the files.

Those files carry GRCh37 coordinates and the words of their day; the genes are those of the small
GRCh38 of the shared data. Prints agreement by class, then every difference.
"""

from __future__ import annotations

import csv
import gzip
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import SHARED
from onkos.annotate.assembly import put, right_base
from onkos.annotate.consequence import Annotator, Effect
from onkos.model import SmallVariant
from onkos.model.protein import parse_protein, same_change
from onkos.sources.reference import add_reference, open_reference
from tests.tiny_genome import write_fasta, write_gff3

CHAIN = SHARED / "knowledge" / "reference" / "hg19ToHg38.over.chain.gz"


def rows() -> Iterator[dict[str, str]]:
    """Rows of all cohorts that state a protein change."""
    for path in sorted((SHARED / "patients" / "tcga").glob("*.maf.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if row["HGVSp_Short"].startswith("p."):
                    yield row


def variant_of(row: dict[str, str]) -> SmallVariant:
    """The place of a row, and nothing else."""
    return SmallVariant(
        gene="",
        chromosome=row["Chromosome"].removeprefix("chr"),
        position=int(row["Start_Position"]),
        reference=row["Reference_Allele"].replace("-", ""),
        alternate=row["Tumor_Seq_Allele2"].replace("-", ""),
    )


def judged(row: dict[str, str], own: list[Effect]) -> str:
    """How the row's words and the effects stand to each other."""
    try:
        written = parse_protein(row["HGVSp_Short"]).text
    except ValueError:
        return "written otherwise (no HGVS)"
    if same_change(own[0].protein, written):
        return "the same"
    if any(same_change(effect.protein, written) for effect in own):
        return "the same on another transcript"
    return "differs"


def main() -> None:
    """Build the reference, describe every row, print the counts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_fasta(SHARED, folder / "genome.fa.gz")
        write_gff3(SHARED, folder / "genes.gff3")
        files = (folder / "genome.fa.gz", folder / "genes.gff3")
        add_reference(*files, "GRCh38", folder / "store", chains=[CHAIN])
        genome = open_reference("GRCh38", folder / "store")
        annotator = Annotator(genome, promoter_reach=1000)
        counts: Counter[tuple[str, str]] = Counter()
        spent, shown = 0.0, []
        for row in rows():
            place = put(variant_of(row), "GRCh37", genome)
            if place is None or (not right_base(place, genome) and place.reference):
                continue
            started = time.perf_counter()
            effects = annotator.effects(*place)
            spent += time.perf_counter() - started
            own = [e for e in effects if e.transcript.gene == row["Hugo_Symbol"]]
            if own:
                said = judged(row, own)
                counts[row["Variant_Classification"], said] += 1
                if said == "differs":
                    shown.append(
                        (row["Hugo_Symbol"], row["HGVSp_Short"], own[0].hgvs_c, own[0].protein)
                    )
        total = sum(counts.values())
        print(f"{total} calls in {spent:.1f} s, all transcripts of each")
        for (kind, said), count in sorted(counts.items()):
            print(f"{kind:<24}{said:<32}{count:>6}")
        for one in shown:
            print(*one)


if __name__ == "__main__":
    main()
