"""One colon tumour on two assemblies: what both files hold is told the same.

The calls have no annotation. They are described by the built-in known changes and by the COAD
cohort of TCGA as an added table, on GRCh38 lifted over; no reference is at hand.
"""

from __future__ import annotations

import csv
import gzip
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.timing import SHARED
from onkos.model import Case, Dossier, Finding, Knowledge, Segment, SmallVariant
from onkos.model.reference import reverse_complement
from onkos.pipeline import run
from onkos.report import render
from onkos.sources.knowledge import builtin
from onkos.sources.knowledge.added import with_changes
from onkos.sources.patient import read_case
from onkos.sources.reference.chains import Chain

FOLDER = SHARED / "patients" / "pcgr_coad"
COHORT = SHARED / "patients" / "tcga" / "COAD.Firehose.maf.gz"
CHAIN = SHARED / "knowledge" / "reference" / "hg19ToHg38.over.chain.gz"
ASSEMBLIES = ("GRCh37", "GRCh38")
SAME_LENGTH = 0.01  # share by which one stretch may differ: more is a gap that was filled
Place = tuple[str, int, str, str]

PAGE = """\
id = "T001"
disease = "COAD"
stage = "IV"
line = 1

[[sample]]
id = "tumour"
material = "tissue"
purity = 0.7
assay = "WES paired"
files = [
  {{ path = "{vcf}", assembly = "{assembly}" }},
  {{ path = "{segments}", kind = "segments", assembly = "{assembly}" }},
]
"""


_SEGMENT = re.compile(r"segment [0-9XY]+:\d+-\d+")


class Told(NamedTuple):
    """What a dossier says, without places."""

    alterations: list[str]
    oncogenicity: list[str]
    findings: list[str]
    plan: list[str]


def place(call: SmallVariant) -> Place:
    """Where a call lies, and what it changes."""
    return call.chromosome, call.position, call.reference, call.alternate


def case_of(assembly: str, knowledge: Knowledge, folder: Path) -> Case:
    """The case of one assembly's files, read through a case file."""
    name = FOLDER / f"T001-COAD.{assembly.casefold()}"
    page = folder / f"{assembly}.toml"
    text = PAGE.format(vcf=f"{name}.vcf.gz", segments=f"{name}.cna.tsv", assembly=assembly)
    page.write_text(text, encoding="utf-8")
    return read_case(page, knowledge)


def lifted(at: Place, chain: Chain) -> Place | None:
    """A place of GRCh37 on GRCh38; on the other strand bases are reverse complemented."""
    chromosome, position, reference, alternate = at
    size = max(len(reference), 1)
    ends = [chain.lift(chromosome, one) for one in (position, position + size - 1)]
    if any(one is None for one in ends):
        return None
    first, last = (one for one in ends if one is not None)
    apart = abs(first.position - last.position) != size - 1
    if apart or first.chromosome != last.chromosome or first.strand != last.strand:
        return None
    if first.strand < 0:
        if len(reference) != len(alternate):
            return None  # the base before it is now the base after it
        reference, alternate = reverse_complement(reference), reverse_complement(alternate)
    return first.chromosome, min(first.position, last.position), reference, alternate


def cohort_on_grch38(chain: Chain, target: Path) -> int:
    """Write the cohort's MAF lifted over; how many rows have no place there."""
    lost = 0
    with gzip.open(COHORT, "rt") as file, target.open("w", encoding="utf-8") as out:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        writer = csv.DictWriter(out, rows.fieldnames or [], delimiter="\t")
        writer.writeheader()
        for row in rows:
            bases = row["Reference_Allele"], row["Tumor_Seq_Allele2"]
            at = (row["Chromosome"], int(row["Start_Position"]), *(b.strip("-") for b in bases))
            there = lifted((at[0], at[1], at[2], at[3]), chain)
            if there is None:
                lost += 1
                continue
            row["NCBI_Build"] = "GRCh38"
            row["Chromosome"], row["Start_Position"] = there[0], str(there[1])
            row["Reference_Allele"] = there[2] or "-"
            row["Tumor_Seq_Allele2"] = there[3] or "-"
            writer.writerow(row)
    return lost


def told(dossier: Dossier) -> Told:
    """What the page says, without where it was read."""
    changes = [a for a in dossier.case.alterations if isinstance(a, SmallVariant)]
    return Told(
        sorted(f"{a.label} {a.coding} {a.consequence} {a.vaf}" for a in changes),
        sorted(
            f"{a.label} {a.oncogenicity} {a.oncogenicity_points} {a.oncogenicity_criteria}"
            for a in changes
        ),
        sorted(_finding(one) for one in dossier.findings),
        _without_places(render(dossier, "text").partition("HOW THE INPUT WAS READ")[0]),
    )


def _without_places(page: str) -> list[str]:
    """Words of the page in any order; where a segment lies differs by assembly."""
    return sorted(_SEGMENT.sub("segment", " ".join(page.split())).split(" · "))


def _finding(one: object) -> str:
    """As it is told; a number to three digits: segments differ in length by a few bases."""
    if isinstance(one, Finding):
        number = "" if one.number is None else f"{one.number:.3g}"
        return f"{one.name} {one.value} {number} {one.interval}"
    return f"{getattr(one, 'name', '')}: {getattr(one, 'reason', '')}"


def shared_calls(old: Case, new: Case, chain: Chain) -> dict[Place, Place]:
    """Calls of GRCh37 that are calls of GRCh38 too, each with its place there."""
    there = {place(call) for call in new.calls}
    over = {place(call): lifted(place(call), chain) for call in old.calls}
    return {at: to for at, to in over.items() if to is not None and to in there}


def shared_segments(old: Case, new: Case, chain: Chain) -> list[tuple[Segment, Segment]]:
    """Segments with the same ends on both; the files give some of them other copies."""
    ends = {(s.chromosome, s.start, s.end): s for s in new.segments}
    found = []
    for segment in old.segments:
        start, end = (chain.lift(segment.chromosome, at) for at in (segment.start, segment.end))
        if start is None or end is None:
            continue
        other = ends.get((start.chromosome, start.position, end.position))
        if other is not None:
            found.append((segment, other))
    return found


def same_stretch(one: Segment, other: Segment) -> bool:
    """Whether two segments have the same copies over the same bases: gaps differ in length."""
    sizes = one.end - one.start, other.end - other.start
    apart = abs(sizes[0] - sizes[1]) > SAME_LENGTH * max(sizes)
    return not apart and (one.total, one.minor) == (other.total, other.minor)


def only(case: Case, calls: Iterable[Place], segments: Iterable[Segment]) -> Case:
    """The case with these calls and segments alone."""
    kept, places = tuple(segments), set(calls)
    own = [call for call in case.calls if place(call) in places]
    own.sort(key=lambda call: (call.alt_reads or 0, call.depth or 0, call.reference))
    return msgspec.structs.replace(case, calls=tuple(own), segments=kept, notices=(), rows=len(own))


def compared(folder: Path) -> dict[str, tuple[Told, int]]:
    """What the pipeline tells of the calls that both hold, and how many stayed undescribed."""
    chain, knowledge = Chain(CHAIN), builtin()
    tables = {one: folder / one / "cohort.maf" for one in ASSEMBLIES}  # of one name: it is shown
    for table in tables.values():
        table.parent.mkdir()
    tables["GRCh37"].write_bytes(gzip.decompress(COHORT.read_bytes()))
    lost = cohort_on_grch38(chain, tables["GRCh38"])
    print(f"table of the cohort: {lost} rows without a place on GRCh38")
    known = {one: with_changes(knowledge, tables[one], one) for one in ASSEMBLIES}
    cases = {one: case_of(one, known[one], folder) for one in ASSEMBLIES}
    old, new = cases["GRCh37"], cases["GRCh38"]
    both = shared_calls(old, new, chain)
    ends = shared_segments(old, new, chain)
    pairs = [(one, two) for one, two in ends if same_stretch(one, two)]
    list_private(old, new, both, chain)
    copies = f"{len(ends)} with the same ends, {len(pairs)} of these the same in length and copies"
    print(f"segments: {len(old.segments)} on GRCh37, {len(new.segments)} on GRCh38, {copies}")
    parts = {
        "GRCh37": only(old, both, [one for one, _ in pairs]),
        "GRCh38": only(new, both.values(), [other for _, other in pairs]),
    }
    found = {}
    for assembly, case in parts.items():
        dossier = run(case, known[assembly])
        found[assembly] = told(dossier), len(dossier.case.calls)
    whole = {one: told(run(cases[one], known[one])) for one in ASSEMBLIES}
    list_described_alone(whole)
    return found


def list_private(old: Case, new: Case, both: dict[Place, Place], chain: Chain) -> None:
    """Print what one file holds and the other does not."""
    calls = {"GRCh37": len(old.calls), "GRCh38": len(new.calls)}
    print(f"calls: {calls['GRCh37']} on GRCh37, {calls['GRCh38']} on GRCh38, {len(both)} on both")
    alone = [place(c) for c in old.calls if place(c) not in both]
    nowhere = [at for at in alone if lifted(at, chain) is None]
    print(f"  on GRCh37 alone: {len(nowhere)} without a place on GRCh38, "
          f"{len(alone) - len(nowhere)} not called there")  # fmt: skip
    other = sorted({place(c) for c in new.calls} - set(both.values()))
    print(f"  on GRCh38 alone: {len(other)}")
    for name, places in (("GRCh37", alone), ("GRCh38", other)):
        for one in places:
            print(f"    {name}: {one[0]}:{one[1]} {one[2]}>{one[3]}")


def list_described_alone(whole: dict[str, Told]) -> None:
    """Print the alterations of the whole files that one assembly alone tells."""
    first, second = (set(whole[one].alterations) for one in ASSEMBLIES)
    print(f"whole files: {len(first)} alterations on GRCh37, {len(second)} on GRCh38")
    for name, more in (("GRCh37", first - second), ("GRCh38", second - first)):
        for one in sorted(more):
            print(f"  {name} alone: {one}")


def main() -> None:
    """Print the comparison."""
    if not FOLDER.is_dir():
        print(f"assemblies: no data in {SHARED.name}")
        return
    with tempfile.TemporaryDirectory() as folder:
        found = compared(Path(folder))
    (first, open_), (second, other) = found["GRCh37"], found["GRCh38"]
    total = len(first.alterations) + open_
    print(f"shared calls: {len(first.alterations)} of {total} described on GRCh37, "
          f"{len(second.alterations)} of {len(second.alterations) + other} on GRCh38")  # fmt: skip
    for name in Told._fields:
        one, two = getattr(first, name), getattr(second, name)
        print(f"  {name}: {len(one)} lines, {'the same' if one == two else 'DIFFERENT'}")
        for line in sorted(set(one) ^ set(two))[:20] if one != two else ():
            print(f"    {'GRCh37' if line in one else 'GRCh38'}: {line}")


if __name__ == "__main__":
    main()
