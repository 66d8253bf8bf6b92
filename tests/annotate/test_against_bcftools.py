"""Held against ``bcftools csq``, which works out consequences from the same FASTA and GFF3."""

import random
import re
from collections import Counter

import pysam
import pysam.bcftools
import pytest

from onkos.annotate.consequence import Annotator
from onkos.annotate.edit import as_record, forms, leftmost, trimmed
from onkos.model import Consequence as C

SEED = 20261121
KINDS = {
    "missense": C.MISSENSE, "synonymous": C.SYNONYMOUS, "stop_gained": C.NONSENSE,
    "stop_lost": C.STOP_LOST, "start_lost": C.START_LOST, "stop_retained": C.SYNONYMOUS,
    "splice_donor": C.SPLICE, "splice_acceptor": C.SPLICE, "frameshift": C.FRAMESHIFT,
    "inframe_deletion": C.INFRAME_DELETION, "inframe_insertion": C.INFRAME_INSERTION,
    "5_prime_utr": C.UTR, "3_prime_utr": C.UTR, "intron": C.INTRONIC,
    "splice_region": C.SPLICE_REGION,
}  # fmt: skip


@pytest.fixture(scope="module")
def annotator(tiny):
    return Annotator(tiny, 1000)


def drawn(annotator, count, draw, make):
    """Changes near and in the exons of the MANE transcripts, each as a left-aligned record."""
    genome = annotator.genome
    windows = (
        ("1", 11_100_000), ("1", 26_700_000), ("3", 10_145_000), ("4", 54_700_000),
        ("4", 105_250_000), ("5", 1_280_000), ("5", 68_280_000), ("7", 4_790_000),
        ("7", 55_170_000), ("13", 32_360_000), ("17", 43_100_000), ("21", 37_480_000),
    )  # fmt: skip
    speakers = {
        t.id: t for c, p in windows for t in genome.transcripts_of(c, p - 200_000, p + 200_000)
        if t.mane and t.coding
    }.values()  # fmt: skip
    speakers = sorted(speakers, key=lambda t: t.id)
    assert len(speakers) >= 10
    found = {}
    while len(found) < count:
        transcript = draw.choice(speakers)
        low, high = draw.choice(transcript.exons)
        position = draw.randint(low - 12, high + 12)
        edit = make(genome, transcript.chromosome, position, draw)
        if edit is not None:
            record = (transcript.chromosome, *as_record(leftmost(edit, genome), genome))
            found[record] = transcript
    return found


def single_base(genome, chromosome, position, draw):
    base = genome.sequence(chromosome, position, position)
    return trimmed(chromosome, position, base, draw.choice([b for b in "ACGT" if b != base]))


def deletion(genome, chromosome, position, draw):
    size = draw.randint(1, 7)
    bases = genome.sequence(chromosome, position, position + size - 1)
    return trimmed(chromosome, position, bases, "")


def insertion(genome, chromosome, position, draw):
    bases = "".join(draw.choice("ACGT") for _ in range(draw.randint(1, 7)))
    return trimmed(chromosome, position, "", bases)


def csq(records, tiny_files, folder):
    """Consequences of bcftools by record and transcript."""
    path = folder / "in.vcf"
    names = sorted({r[0] for r in records}, key=int)
    head = ["##fileformat=VCFv4.2", *(f"##contig=<ID=chr{n}>" for n in names)]
    rows = [f"chr{c}\t{p}\t.\t{r}\t{a}\t.\t.\t." for c, p, r, a in sorted(records, key=_order)]
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    path.write_text("\n".join([*head, columns, *rows]) + "\n", encoding="utf-8")
    arguments = ["-l", "-f", str(tiny_files / "genome.fa.gz"), "-g", str(folder / "genes.gff3")]
    out = folder / "out.vcf"
    pysam.bcftools.csq(*arguments, "-o", str(out), str(path), catch_stdout=False)
    found = {}
    for line in out.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("#") or "BCSQ=" not in cells[7]:
            continue
        key = (cells[0].removeprefix("chr"), int(cells[1]), cells[3], cells[4])
        for text in cells[7].partition("BCSQ=")[2].split(","):
            parts = text.split("|")
            if len(parts) > 3:
                found[key, parts[2]] = (parts[0], parts[5] if len(parts) > 5 else "")
    return found


def _order(record):
    return int(record[0]), record[1]


def compared(annotator, tiny_files, folder, records):
    text = (tiny_files / "genes.gff3").read_text(encoding="utf-8")
    lines = ["chr" + line if not line.startswith("#") else line for line in text.splitlines()]
    (folder / "genes.gff3").write_text("\n".join(lines) + "\n", encoding="utf-8")
    theirs = csq(records, tiny_files, folder)
    for record, transcript in records.items():
        name = transcript.id.partition(".")[0]
        own = [e for e in annotator.effects(*record) if e.transcript.id == transcript.id]
        if (record, name) in theirs and own:
            yield record, own[0], *theirs[record, name]


def test_single_bases_agree_in_kind_and_residue(annotator, tiny_files, tmp_path):
    records = drawn(annotator, 3000, random.Random(SEED), single_base)
    kinds, differ = Counter(), []
    for record, own, terms, residues in compared(annotator, tiny_files, tmp_path, records):
        told = {KINDS[t] for t in terms.lstrip("*@").split("&") if t in KINDS}
        kinds[own.kind] += 1
        # At the edge of an exon one of the two says splice region, the other what it also is.
        edge = C.SPLICE_REGION in {own.kind, *told} and {own.kind, *told} & {C.SYNONYMOUS, C.UTR}
        same = own.kind in told or bool(edge)
        written = re.match(r"(\d+)([A-Z*])(?:>\d+([A-Z*]))?$", residues)
        if written and own.kind in {C.MISSENSE, C.NONSENSE}:
            number, one, other = written.groups()
            same = same and own.protein == f"{one}{number}{other}"
        if not same:
            differ.append((record, own.coding, own.kind, own.protein, terms, residues))
    assert sum(kinds.values()) > 2400
    assert len(kinds) >= 7
    assert differ == []


def named_apart(own, terms, forms_of):
    """Why the two may name one change in two ways; empty where they may not."""
    if own.kind is C.DELINS and "inframe" in terms:
        return "HGVS calls it a delins where a codon beside it changes too"
    if own.kind is C.NONSENSE and "frameshift" in terms:
        return "HGVS names the stop where it is the first residue to change"
    if own.kind is C.NONSENSE and "stop_gained" in terms:
        return "one of two terms"
    if "splice" in terms and forms_of > 1:
        return "it has a form beside the site that leaves the site whole"
    if "splice" in terms and own.exon and "_" in own.coding and "ins" in own.coding:
        return "an insertion at the very border belongs to the exon"
    return ""


@pytest.mark.parametrize("make", [deletion, insertion])
def test_insertions_and_deletions_agree_in_kind(annotator, tiny_files, tmp_path, make):
    records = drawn(annotator, 2000, random.Random(SEED), make)
    total, reasons, differ = 0, Counter(), []
    for record, own, terms, residues in compared(annotator, tiny_files, tmp_path, records):
        told = {KINDS[t] for t in terms.lstrip("*@").split("&") if t in KINDS}
        total += 1
        if own.kind in told:
            continue
        why = named_apart(own, terms, len(forms(trimmed(*record), annotator.genome)))
        reasons[why] += 1
        if not why:
            differ.append((record, own.coding, own.kind, own.protein, terms, residues[:60]))
    print(total, reasons, *differ, sep="\n")  # noqa: T201
    assert total > 1500
    assert len(differ) <= 0.005 * total
