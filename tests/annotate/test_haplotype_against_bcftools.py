"""Changes of one molecule read together, held against ``bcftools csq``, which reads phase too."""

import random
import re
from collections import Counter

import pysam.bcftools
import pytest

from onkos.annotate.assembly import Put
from onkos.annotate.consequence import Annotator
from onkos.annotate.edit import as_record, leftmost, trimmed
from onkos.annotate.haplotype import joined
from onkos.model import Consequence as C

SEED = 20261122
REACH = 30
PLACES = (("4", 54_700_000), ("7", 55_170_000), ("13", 32_360_000), ("17", 43_100_000))


@pytest.fixture(scope="module")
def annotator(tiny):
    return Annotator(tiny)


def speakers(genome):
    found = {
        t.id: t
        for chromosome, at in PLACES
        for t in genome.transcripts_of(chromosome, at - 200_000, at + 200_000)
        if t.mane and t.coding
    }
    return sorted(found.values(), key=lambda one: one.id)


def one_change(genome, chromosome, at, draw, shift):
    """A record at a place: a substitution, or bases taken out or put in."""
    if shift == 0:
        base = genome.sequence(chromosome, at, at)
        edit = trimmed(chromosome, at, base, draw.choice([b for b in "ACGT" if b != base]))
    elif shift < 0:
        edit = trimmed(chromosome, at, genome.sequence(chromosome, at, at - shift - 1), "")
    else:
        edit = trimmed(chromosome, at, "", "".join(draw.choice("ACGT") for _ in range(shift)))
    return (chromosome, *as_record(leftmost(edit, genome), genome))


def pairs(genome, count, draw):
    """Two changes of a coding exon each, close by: in a codon, or shifting the frame and back."""
    transcripts, found = speakers(genome), []
    while len(found) < count:
        transcript = draw.choice(transcripts)
        low, high = draw.choice(transcript.exons)
        low, high = max(low, transcript.coding[0]), min(high, transcript.coding[1])
        if high - low < 90:
            continue
        at = draw.randint(low + 10, high - 75)
        shifts, gap = draw.choice(
            [((0, 0), 1), ((0, 0), 2), ((-1, -2), 0), ((-1, 1), 0), ((2, -2), 0), ((1, 2), 0),
             ((-2, -4), 0), ((0, -3), 1)]
        )  # fmt: skip
        gap = gap or draw.randint(5, 50)
        one = one_change(genome, transcript.chromosome, at, draw, shifts[0])
        other = one_change(genome, transcript.chromosome, at + gap, draw, shifts[1])
        if one[1] + len(one[2]) < other[1] + 1:
            found.append((transcript, one, other))
    return found


def csq(found, tiny_files, folder):
    """Compound consequences by the two changes and the transcript: terms and residues.

    Each pair has a sample of its own, so that no two pairs lie on one molecule.
    """
    text = (tiny_files / "genes.gff3").read_text(encoding="utf-8")
    lines = ["chr" + line if not line.startswith("#") else line for line in text.splitlines()]
    (folder / "genes.gff3").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = {}
    for number, (_, *both) in enumerate(found):
        for record in both:
            rows.setdefault(record, set()).add(number)
    head = ["##fileformat=VCFv4.2", '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">']
    head += [f"##contig=<ID=chr{n}>" for n in sorted({c for c, *_ in rows}, key=int)]
    columns = "#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT".split()
    columns += [f"S{number}" for number in range(len(found))]
    body = []
    for (c, p, r, a), own in sorted(rows.items(), key=lambda row: (int(row[0][0]), row[0][1:])):
        calls = ["0|1" if number in own else "0|0" for number in range(len(found))]
        body.append("\t".join([f"chr{c}", str(p), ".", r, a, ".", ".", ".", "GT", *calls]))
    path, out = folder / "in.vcf", folder / "out.vcf"
    path.write_text("\n".join([*head, "\t".join(columns), *body]) + "\n", encoding="utf-8")
    arguments = ["-p", "a", "-n", "64", "-f", str(tiny_files / "genome.fa.gz"),
                 "-g", str(folder / "genes.gff3"), "-o", str(out), str(path)]  # fmt: skip
    pysam.bcftools.csq(*arguments, catch_stdout=False)
    answers = {}
    for line in out.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or "BCSQ=" not in line:
            continue
        told = line.split("\t")[7].partition("BCSQ=")[2].split(";")[0]
        for cells in (part.split("|") for part in told.split(",")):
            if len(cells) > 6 and "+" in cells[6]:
                answers[cells[6], cells[2]] = (cells[0].lstrip("*"), cells[5])
    return answers


def both_of(one, other):
    """Two changes as bcftools writes them."""
    return "+".join(f"{p}{r}>{a}" for _, p, r, a in (one, other))


def changed(residues):
    """Place, residues lost and gained of ``"748RATSP>748EKSP"``."""
    left, _, right = residues.partition(">")
    (at, lost), (_, gained) = (re.match(r"(\d+)(.*)", part).groups() for part in (left, right))
    at = int(at)
    while lost and gained and lost[0] == gained[0]:
        at, lost, gained = at + 1, lost[1:], gained[1:]
    while lost and gained and lost[-1] == gained[-1]:
        lost, gained = lost[:-1], gained[:-1]
    return at, lost, gained


def named(residues):
    """The change in the words of HGVS, for those that are neither an insertion nor a stop."""
    at, lost, gained = changed(residues)
    span = f"{lost[0]}{at}" if len(lost) == 1 else f"{lost[0]}{at}_{lost[-1]}{at + len(lost) - 1}"
    if not gained:
        return f"{span}del"
    return f"{span}{gained}" if len(lost) == len(gained) == 1 else f"{span}delins{gained}"


def test_two_changes_of_a_molecule_agree_with_bcftools(annotator, tiny_files, tmp_path):
    found = pairs(annotator.genome, 600, random.Random(SEED))
    theirs = csq(found, tiny_files, tmp_path)
    kinds, differ, alone = Counter(), [], []
    for transcript, one, other in found:
        ours = list(joined([Put(*one), Put(*other)], transcript, annotator, REACH))
        told = theirs.get((both_of(one, other), transcript.id.partition(".")[0]))
        if bool(ours) != (told is not None):
            alone.append((one, other, ours and ours[0].effect.protein, told))
            continue
        if told is None or "stop" in told[0] or "frameshift" in told[0]:
            continue
        if ">" not in told[1] or not changed(told[1])[1]:
            continue
        kinds[ours[0].effect.kind] += 1
        if ours[0].effect.protein != named(told[1]):
            differ.append((one, other, ours[0].effect.protein, told))
    assert differ == []
    assert alone == []
    assert kinds[C.MISSENSE] > 40
    assert kinds[C.DELINS] > 150
