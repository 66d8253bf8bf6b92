"""Criteria that onkos finds by itself for the 93 variants of OncoVI, beside those of OncoVI.

Neither is the truth: OncoVI takes functional criteria from ClinVar and the domains of Pfam, and
onkos leaves open what it was not given. Criteria that need annotation (OP1, OP4, SBS1...) are
not compared, because the list carries none.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from benchmarks.timing import SHARED
from onkos.annotate import describe
from onkos.annotate.sop import Reading, key_of, label, score
from onkos.annotate.sop_judge import Judge
from onkos.model import Case, Consequence, Knowledge, SmallVariant
from onkos.model.protein import parse_protein
from onkos.sources.knowledge import builtin
from onkos.sources.knowledge.added import with_hotspots

COMPARED = ("OVS1", "OS1", "OS3", "OM1", "OM2", "OM3", "OM4", "OP3")
HOTSPOTS = Path("cancerhotspots") / "v2_multi_type_residue.txt"


def variant(row: dict[str, str]) -> SmallVariant:
    """The variant of a row, by its HGVS."""
    coding = row["hgvs_c"].partition(":")[2]
    text = row["hgvs_p"].partition(":")[2]
    if not text:
        splice = any(mark in coding for mark in ("+1", "+2", "-1G", "-2A"))
        kind = Consequence.SPLICE if splice else Consequence.INTRONIC
        return SmallVariant(gene=row["gene"], coding=coding, consequence=kind)
    change = parse_protein(text)
    return SmallVariant(
        gene=row["gene"], coding=coding, protein=change.text, consequence=change.consequence,
        first=change.first, last=change.last,
    )  # fmt: skip


def compare(rows: list[dict[str, str]], knowledge: Knowledge) -> None:
    """Print agreement by criterion, and of the classes."""
    judge = Judge(knowledge.vocabulary)
    both, ours_alone, theirs_alone = Counter[str](), Counter[str](), Counter[str]()
    drives = Counter[tuple[bool, bool]]()
    for row in rows:
        seen = variant(row)
        theirs = {label(key_of(text)) for text in row["criteria"].split(",")}
        ours = {label(met.key) for met in judge.weigh(seen).held}
        for one in COMPARED:
            both[one] += one in ours & theirs
            ours_alone[one] += one in ours - theirs
            theirs_alone[one] += one in theirs - ours
        case = Case(id="", disease="", alterations=(seen,))
        (described,) = describe(case, knowledge).alterations
        said = score((key_of(text) for text in row["criteria"].split(",")), Reading.AS_LISTED)
        drives[described.oncogenicity.drives, said.standing.drives] += 1
    print(f"{'criterion':10}{'both':>6}{'onkos':>7}{'OncoVI':>8}")
    for one in COMPARED:
        print(f"{one:10}{both[one]:6}{ours_alone[one]:7}{theirs_alone[one]:8}")
    print(
        f"called a driver by both {drives[True, True]}, by neither {drives[False, False]}, "
        f"by onkos alone {drives[True, False]}, by OncoVI alone {drives[False, True]}"
    )


def main() -> None:
    """Print the comparison with the compact table of hotspots and with the whole list."""
    golden = SHARED.parent / "spec" / "golden" / "oncovi_sop93.csv"
    golden = golden if golden.is_file() else SHARED / "spec" / "golden" / "oncovi_sop93.csv"
    if not golden.is_file():
        sys.exit(f"no {golden.name} beside the shared data")
    with golden.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    knowledge = builtin()
    print(f"{len(rows)} variants, compact table of hotspots")
    compare(rows, knowledge)
    listed = SHARED / "knowledge" / HOTSPOTS
    print(f"\nthe same with {HOTSPOTS.name}")
    compare(rows, with_hotspots(knowledge, listed))


if __name__ == "__main__":
    main()
