"""Scar scores against published ones: scarHRD's example, and a PURPLE run with CHORD's answer."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import SHARED
from onkos.biomarkers.hrd import scars
from onkos.biomarkers.profile import Profile, profiles
from onkos.biomarkers.purity import purity
from onkos.model import Case, Finding, Sample, Segment
from onkos.sources import knowledge

PATIENTS = SHARED / "patients"
PURPLE = PATIENTS / "hmftools_colo829" / "test_run"


def table(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated file."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def scarhrd_segments() -> list[Segment]:
    """Its example, less the one row that ends before it begins."""
    return [
        Segment(
            chromosome=row["Chromosome"].removeprefix("chr"),
            start=int(row["Start_position"]),
            end=int(row["End_position"]),
            total=float(row["A_cn"]) + float(row["B_cn"]),
            minor=min(float(row["A_cn"]), float(row["B_cn"])),
            assembly="GRCh38",
        )
        for row in table(PATIENTS / "hrd_scarhrd" / "test2.txt")
        if int(row["Start_position"]) <= int(row["End_position"])
    ]


def purple_segments() -> list[Segment]:
    """The copy numbers of the run; where a segment is too short for alleles, they are inferred."""
    return [
        Segment(
            chromosome=row["chromosome"],
            start=int(row["start"]),
            end=int(row["end"]),
            total=max(0.0, float(row["copyNumber"])),
            minor=min(max(0.0, float(row["minorAlleleCopyNumber"])), float(row["copyNumber"]) / 2)
            if float(row["copyNumber"]) > 0
            else 0.0,
            assembly="GRCh37",
        )
        for row in table(PURPLE / "purple" / "tumor_sample.purple.cnv.somatic.tsv")
    ]


def score(name: str, profile: Profile, assembly: str) -> None:
    """Print the counts."""
    found = scars(profile.pieces(), assembly, knowledge.builtin())
    print(
        f"{name}: LOH {found.loh}, TAI {found.tai}, LST {found.lst}, sum {found.total}; "
        f"gLOH {found.gloh:.1f} % of {found.lost:.1f} % lost, "
        f"whole arms {', '.join(found.whole_arms) or 'none'}; "
        f"{found.assessed:.0%} of the autosomes assessed"
    )


def main() -> None:
    """Print both."""
    if not (PATIENTS / "hrd_scarhrd").is_dir():
        print(f"hrd: no data in {SHARED.name}")
        return
    (example,) = profiles(Case(id="a", disease="HGSOC", segments=tuple(scarhrd_segments())))
    score("scarHRD example (published: 25, 35, 33, sum 93)", example, "GRCh38")
    told = next(table(PURPLE / "purple" / "tumor_sample.purple.purity.tsv"))
    with (PURPLE / "purple" / "tumor_sample.purple.qc").open(encoding="utf-8") as file:
        quality = dict(line.rstrip().split("\t") for line in file)
    chord = next(table(PURPLE / "chord" / "tumor_sample.chord.prediction.tsv"))
    sample = Sample(id="T", purity=float(told["purity"]))
    case = Case(id="b", disease="MEL", samples=(sample,), segments=tuple(purple_segments()))
    (run,) = profiles(case)
    score(f"PURPLE melanoma (CHORD {chord['p_hrd']}, {chord['hr_status']})", run, "GRCh37")
    words = [f.value for f in purity(case, (), knowledge.builtin()) if isinstance(f, Finding)]
    print(f"  {'; '.join(words)}")
    doubled = told["wholeGenomeDuplication"]
    print(f"  PURPLE: ploidy {told['ploidy']}, whole genome doubled {doubled}")
    print(f"  PURPLE: share lost {quality['LohPercent']}, by a rule that its files do not state")


if __name__ == "__main__":
    main()
