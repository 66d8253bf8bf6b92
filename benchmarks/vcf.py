"""An annotated VCF of 200,000 records, tumour and normal: read, filtered and annotated."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Timing, measure

SEED = 20261121
LAYOUT = (
    "Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|INTRON|HGVSc|HGVSp|"
    "cDNA_position|CDS_position|Protein_position|Amino_acids|Codons|Existing_variation|DISTANCE|"
    "STRAND|FLAGS|VARIANT_CLASS|SYMBOL_SOURCE|HGNC_ID|CANONICAL|MANE_SELECT|gnomADe_AF|gnomADg_AF"
)
# Shares of a whole exome's calls before filtering.
TERMS = (
    ("intron_variant", 45), ("missense_variant", 20), ("synonymous_variant", 10),
    ("upstream_gene_variant", 8), ("3_prime_UTR_variant", 8), ("frameshift_variant", 3),
    ("stop_gained", 2), ("splice_donor_variant", 1), ("intergenic_variant", 3),
)  # fmt: skip
FILTERS = (
    ("PASS", 40), ("germline", 20), ("weak_evidence", 20),
    ("panel_of_normals;strand_bias", 10), ("clustered_events;haplotype", 10),
)  # fmt: skip
GENES = ("BRAF", "TP53", "KRAS", "EGFR", "PIK3CA", "PTEN", *(f"GENE{n}" for n in range(2000)))
RESIDUES = ("Ala", "Arg", "Asp", "Cys", "Gln", "Glu", "Gly", "His", "Leu", "Lys", "Ser", "Val")
HEADER = f"""##fileformat=VCFv4.2
##source=Mutect2
##tumor_sample=T1
##normal_sample=N1
##contig=<ID=chr1,length=248956422>
##FILTER=<ID=germline,Description="x">
##FILTER=<ID=weak_evidence,Description="x">
##FILTER=<ID=panel_of_normals,Description="x">
##FILTER=<ID=strand_bias,Description="x">
##FILTER=<ID=clustered_events,Description="x">
##FILTER=<ID=haplotype,Description="x">
##INFO=<ID=DP,Number=1,Type=Integer,Description="x">
##INFO=<ID=TLOD,Number=A,Type=Float,Description="x">
##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: {LAYOUT}">
##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">
##FORMAT=<ID=AF,Number=A,Type=Float,Description="x">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">
#CHROM	POS	ID	REF	ALT	QUAL	FILTER	INFO	FORMAT	N1	T1
"""  # noqa: E501
READ = """
import sys
from pathlib import Path
from onkos.sources import knowledge
from onkos.sources.patient import read_vcf
(found,) = read_vcf(Path(sys.argv[1]), knowledge.builtin().vocabulary).values()
assert not found.unread
assert found.rows == len(found.alterations) + len(found.calls) + sum(found.filtered.values())
"""
PEER = "import pysam.bcftools, sys; pysam.bcftools.view(sys.argv[1], catch_stdout=False)"
WHOLE = """
import sys
from pathlib import Path
from onkos.annotate import describe
from onkos.model import Case
from onkos.sources import knowledge
from onkos.sources.patient import read_vcf
known = knowledge.builtin()
(found,) = read_vcf(Path(sys.argv[1]), known.vocabulary).values()
case = Case(id="benchmark", disease="MEL", alterations=tuple(found.alterations))
describe(case, known)
"""


def drawn(draw: random.Random, shares: tuple[tuple[str, int], ...]) -> str:
    """One of the words, by their shares."""
    return draw.choices([word for word, _ in shares], [share for _, share in shares])[0]


def transcript(draw: random.Random, gene: str, term: str, alternate: str, number: int) -> str:
    """One annotation as VEP writes it."""
    at = draw.randint(2, 900)
    protein = ""
    if term == "missense_variant":
        one, other = draw.sample(RESIDUES, 2)
        protein = f"ENSP0000{number}.1:p.{one}{at}{other}"
    elif term == "synonymous_variant":
        protein = f"ENSP0000{number}.1:p.Ala{at}%3D"
    elif term == "frameshift_variant":
        protein = f"ENSP0000{number}.1:p.Ala{at}GlyfsTer12"
    elif term == "stop_gained":
        protein = f"ENSP0000{number}.1:p.Arg{at}Ter"
    first = number == 0
    between = term == "intergenic_variant"
    cells = [
        alternate, term, "MODERATE", "" if between else gene, "ENSG00000157764",
        "" if between else "Transcript", f"ENST00000{draw.randint(100000, 999999)}.3",
        "protein_coding", "3/18", "", f"ENST00000646891.2:c.{at * 3}A>{alternate}", protein,
        str(at * 3), str(at * 3), str(at), "V/E", "gTg/gAg", f"rs{at * 1000}",
        "900" if term == "upstream_gene_variant" else "", "-1", "", "SNV", "HGNC", "HGNC:1097",
        "YES" if first else "", "NM_004333.6" if first else "", f"{draw.random() / 1000:.3g}", "",
    ]  # fmt: skip
    return "|".join(cells)


def write_vcf(path: Path, count: int, filters: tuple[tuple[str, int], ...] = FILTERS) -> None:
    """A made-up file of `count` records, bgzipped."""
    import pysam

    draw = random.Random(SEED)
    with pysam.BGZFile(str(path), "wb") as file:
        file.write(HEADER.encode())
        for number in range(count):
            reference, alternate = draw.sample("ACGT", 2)
            gene, term = draw.choice(GENES), drawn(draw, TERMS)
            several = range(draw.randint(1, 4))
            csq = ",".join(transcript(draw, gene, term, alternate, n) for n in several)
            depth = draw.randint(60, 300)
            reads = draw.randint(3, depth)
            cells = [
                "chr1", str(1000 + number * 1000), ".", reference, alternate, ".",
                drawn(draw, filters), f"DP={depth * 2};TLOD={draw.random() * 40:.2f};CSQ={csq}",
                "GT:AD:AF:DP", f"0/0:{depth},0:0.01:{depth}",
                f"0/1:{depth - reads},{reads}:{reads / depth:.3f}:{depth}",
            ]  # fmt: skip
            file.write(("\t".join(cells) + "\n").encode())


def timed(program: str, path: Path, runs: int = 3) -> tuple[Timing, float]:
    """Wall times of a program, and its processor seconds a run, which other work spares."""
    before = os.times()
    timing = measure([sys.executable, "-c", program, str(path)], runs=runs)
    after = os.times()
    used = after.children_user + after.children_system
    return timing, (used - before.children_user - before.children_system) / runs


def main(count: int = 200_000) -> None:
    """Print time and memory beside those of bcftools."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.vcf.gz"
        write_vcf(path, count)
        peer, peer_cpu = timed(PEER, path)
        reading, reading_cpu = timed(READ, path)
        whole, whole_cpu = timed(WHOLE, path)
        write_vcf(path, count, (("PASS", 1),))
        passing, passing_cpu = timed(WHOLE, path)
    limit = 3 * peer.best + 10
    print(
        f"VCF of {count} records: bcftools view {peer.best:.2f} s (processor {peer_cpu:.2f} s), "
        f"{peer.megabytes:.0f} MB"
    )
    print(
        f"read and filtered:        {reading.best:.2f} s (processor {reading_cpu:.2f} s), "
        f"{reading.megabytes:.0f} MB"
    )
    verdict = "within" if whole.best <= limit and whole.megabytes < 500 else "OVER"
    print(
        f"and annotated:            {whole.best:.2f} s (processor {whole_cpu:.2f} s), "
        f"{whole.megabytes:.0f} MB; "
        f"limit 3 x bcftools + 10 s = {limit:.1f} s and 500 MB: {verdict}"
    )
    print(
        f"where every call passes:  {passing.best:.2f} s (processor {passing_cpu:.2f} s), "
        f"{passing.megabytes:.0f} MB"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
