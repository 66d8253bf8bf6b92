"""How burdens spread in the TCGA cohorts: prints the rows of knowledge/biomarkers_tmb_cohorts.toml.

One sample of each patient (a primary tumour, or blood in AML); what the convention for exomes
counts, over 35 Mb. Rows that MC3 flags are left out; those of whole-genome amplified DNA (wga,
native_wga_mix) stay, as nearly all of LAML and OV is. A patient without any mutation has no row
and is not counted. The two files of Firehose hold no filter and no reads.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.batch import COHORTS
from benchmarks.timing import SHARED
from onkos.sources.knowledge import builtin

MEGABASES = 35.0
STEPS = 21  # from the lowest to the highest, every 5 per cent
CLASSES = {
    "Missense_Mutation", "Nonsense_Mutation", "Nonstop_Mutation", "Translation_Start_Site",
    "Frame_Shift_Del", "Frame_Shift_Ins", "In_Frame_Del", "In_Frame_Ins",
}  # fmt: skip
KEPT = {"PASS", "wga", "native_wga_mix", ""}
TUMOURS = ("01", "03")  # primary solid tumour, primary blood cancer (blood)


def burdens(path: Path) -> list[float]:
    """Mutations per megabase of each patient."""
    rules = builtin().biomarkers.burden
    convention = rules.convention("exome-nonsynonymous", "exome")
    counts: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            sample = row["Tumor_Sample_Barcode"]
            if sample[13:15] not in (*TUMOURS, ""):
                continue
            counts[sample] += row["Variant_Classification"] in CLASSES and _passes(row, convention)
    first = {sample[:12]: sample for sample in sorted(counts, reverse=True)}
    return sorted(counts[sample] / MEGABASES for sample in first.values())


def _passes(row: dict[str, str], convention: object) -> bool:
    if not set((row.get("FILTER") or "").replace(";", ",").split(",")) <= KEPT:
        return False
    if not row.get("t_alt_count", "").isdecimal() or not row.get("t_ref_count", "").isdecimal():
        return True
    alternate, depth = int(row["t_alt_count"]), int(row["t_alt_count"]) + int(row["t_ref_count"])
    return (
        alternate >= convention.least_reads
        and depth >= convention.least_depth
        and alternate >= convention.least_vaf * depth
    )


def main() -> None:
    """Print the table."""
    folder = SHARED / "patients" / "tcga"
    if not folder.is_dir():
        sys.exit(f"no data in {SHARED.name}")
    for path in sorted(folder.glob("*.maf.gz")):
        study, release = path.name.split(".")[:2]
        values = burdens(path)
        quantiles = np.quantile(values, np.linspace(0, 1, STEPS))
        shown = ", ".join(f"{value:.3g}" for value in quantiles)
        print(f'[[burden_cohort]]\nname = "TCGA-{study}"\ndisease = ["{COHORTS[study]}"]')
        print(f'convention = "exome-nonsynonymous"\nn = {len(values)}\nquantiles = [{shown}]')
        if release == "MC3":
            print('source = "TCGA, MC3 public calls"\npmid = 29596782\n')
        else:
            note = "Calls of an older pipeline, without filters and reads."
            print(f'source = "TCGA, Broad Firehose"\nnote = "{note}"\n')


if __name__ == "__main__":
    main()
