"""One colon tumour on two assemblies: what both files hold is told the same."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

from benchmarks.timing import SHARED
from onkos.model import Case, Dossier, Segment, SmallVariant
from onkos.pipeline import run
from onkos.sources.knowledge import builtin
from onkos.sources.patient import read_vcf
from onkos.sources.patient.segments import read_segments
from onkos.sources.reference import add_reference, open_reference
from onkos.sources.reference.chains import Chain
from onkos.sources.reference.genome import Genome
from tests.tiny_genome import write_fasta, write_gff3

FOLDER = SHARED / "patients" / "pcgr_coad"
CHAIN = SHARED / "knowledge" / "reference" / "hg19ToHg38.over.chain.gz"
Place = tuple[str, int, str, str]


def place(call: SmallVariant) -> Place:
    """Where a call lies, and what it changes."""
    return call.chromosome, call.position, call.reference, call.alternate


def small_reference(folder: Path) -> Genome:
    """The 12 windows of GRCh38 in the shared data, with the chain from GRCh37."""
    write_fasta(SHARED, folder / "genome.fa.gz")
    write_gff3(SHARED, folder / "genes.gff3")
    files = folder / "genome.fa.gz", folder / "genes.gff3"
    add_reference(*files, "GRCh38", folder / "store", chains=[CHAIN])
    return open_reference("GRCh38", folder / "store")


def calls(assembly: str) -> dict[Place, SmallVariant]:
    """The raw calls of one file."""
    path = FOLDER / f"T001-COAD.{assembly.casefold()}.vcf.gz"
    (observed,) = read_vcf(path, builtin().vocabulary).values()
    told = (msgspec.structs.replace(call, assembly=assembly) for call in observed.calls)
    return {place(call): call for call in told}


def segments(assembly: str) -> list[Segment]:
    """The segments of one file."""
    path = FOLDER / f"T001-COAD.{assembly.casefold()}.cna.tsv"
    (observed,) = read_segments(path, builtin().vocabulary).values()
    return list(observed.segments)


def lifted(call: SmallVariant, chain: Chain) -> Place | None:
    """The place of a call of GRCh37 on GRCh38; None where it has none, or the strand turns."""
    there = chain.lift(call.chromosome, call.position)
    if there is None or there.strand != 1:
        return None
    return there.chromosome, there.position, call.reference, call.alternate


def planned(found: list[SmallVariant], genome: Genome) -> Dossier:
    """The dossier of some calls."""
    case = Case(id="T001", disease="COAD", calls=tuple(found))
    return run(case, builtin(), reference=genome)


def told(dossier: Dossier) -> dict[str, list[str]]:
    """What the page would say, without where it was read."""
    changes = [a for a in dossier.case.alterations if isinstance(a, SmallVariant)]
    return {
        "alterations": sorted(f"{a.label} {a.coding} {a.consequence}" for a in changes),
        "oncogenicity": sorted(f"{a.label} {a.oncogenicity}" for a in changes),
        "options": [" + ".join(o.therapy) for o in dossier.plan.options],
        "avoid": [" + ".join(o.therapy) for o in dossier.plan.avoid],
    }  # fmt: skip


def compare_calls(genome: Genome, chain: Chain) -> bool:
    """Print what is shared and what is private; whether the shared calls give one answer."""
    old, new = calls("GRCh37"), calls("GRCh38")
    over = {at: lifted(call, chain) for at, call in old.items()}
    both = {at: there for at, there in over.items() if there in new}
    lost = [at for at, there in over.items() if there is None]
    private = [at for at in old if at not in both and at not in lost]
    alone = sorted(set(new) - set(both.values()))
    print(f"calls: {len(old)} on GRCh37, {len(new)} on GRCh38, {len(both)} on both")
    print(
        f"  on GRCh37 alone: {len(lost)} without a place on GRCh38, {len(private)} not called there"
    )
    print(f"  on GRCh38 alone: {len(alone)}")
    for name, places in (("GRCh37, no place", lost), ("GRCh37", private), ("GRCh38", alone)):
        for one in places:
            print(f"    {name}: {one[0]}:{one[1]} {one[2]}>{one[3]}")
    first = told(planned([old[at] for at in both], genome))
    second = told(planned([new[there] for there in both.values()], genome))
    same = True
    for name, words in first.items():
        same &= words == second[name]
        print(f"  {name}: {len(words)}, {'the same' if words == second[name] else 'DIFFERENT'}")
    return same


def compare_segments(chain: Chain) -> None:
    """Print how many segments both files hold, and whether their copies agree."""
    old, new = segments("GRCh37"), segments("GRCh38")
    ends = {(s.chromosome, s.start, s.end): s for s in new}
    agree = differ = 0
    for segment in old:
        start, end = (chain.lift(segment.chromosome, at) for at in (segment.start, segment.end))
        if start is None or end is None:
            continue
        there = ends.get((start.chromosome, start.position, end.position))
        if there is not None:
            same = (there.total, there.minor) == (segment.total, segment.minor)
            agree, differ = agree + same, differ + (not same)
    print(
        f"segments: {len(old)} on GRCh37, {len(new)} on GRCh38; {agree + differ} have the same ends"
    )
    print(f"  of these {agree} with the same copies, {differ} with others")
    print(
        f"  private: {len(old) - agree - differ} on GRCh37, {len(new) - agree - differ} on GRCh38"
    )


def main() -> None:
    """Print the comparison."""
    if not FOLDER.is_dir():
        print(f"assemblies: no data in {SHARED.name}")
        return
    chain = Chain(CHAIN)
    with tempfile.TemporaryDirectory() as folder:
        genome = small_reference(Path(folder))
        compare_calls(genome, chain)
    compare_segments(chain)


if __name__ == "__main__":
    main()
