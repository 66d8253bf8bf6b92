"""Cancer cell fractions against the truth: the synthetic changes that come with PyClone-VI.

Each change is weighed by itself, in one sample. The simulation lets the copies of a place differ
between the cells with and without the change, which no single sample shows; these are printed
apart from those where all cancer cells have the same copies.
"""

from __future__ import annotations

import csv

import numpy as np

from benchmarks.timing import SHARED
from onkos.stats.clonal import CellFractions, cell_fractions

SOURCE = SHARED / "patients" / "clonality" / "pyclone_vi" / "examples" / "synthetic.tsv"


def columns() -> dict[str, np.ndarray]:
    """Reads, copies, truth and the simulated genotypes."""
    with SOURCE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    names = ("ref_counts", "alt_counts", "major_cn", "minor_cn", "tumour_content", "ccf")
    table = {name: np.array([float(row[name]) for row in rows]) for name in names}
    table["mutant"] = np.array([row["g_v"].count("B") for row in rows], float)
    table["others"] = np.array([len(row["g_r"]) for row in rows], float)
    return table


def line(name: str, kept: np.ndarray, truth: np.ndarray, found: CellFractions) -> None:
    """Errors and coverages of those changes."""
    error = np.abs(found.ccf - truth)[kept]
    inside = ((found.low <= truth) & (truth <= found.high))[kept]
    wide = ((found.wide_low <= truth) & (truth <= found.wide_high))[kept]
    before, after = (found.high - found.low)[kept], (found.wide_high - found.wide_low)[kept]
    print(
        f"{name:40} {kept.sum():4}  error mean {error.mean():.3f} median {np.median(error):.3f}  "
        f"95 % interval covers {wide.mean():.1%}, width {after.mean():.2f} (as told on the page); "
        f"were the multiplicity known {inside.mean():.1%}, width {before.mean():.2f}"
    )


def main() -> None:
    """Print error and coverage."""
    if not SOURCE.is_file():
        print(f"clonality: no data in {SHARED.name}")
        return
    t = columns()
    total, depth = t["major_cn"] + t["minor_cn"], t["ref_counts"] + t["alt_counts"]
    reads = (t["alt_counts"], depth, t["tumour_content"], total)
    found = cell_fractions(*reads, t["major_cn"])
    same, everyone = t["others"] == total, np.ones(total.size, bool)
    once = same & (t["mutant"] == 1)
    print(f"PyClone-VI synthetic set, {total.size} changes in samples, one by one:")
    line("all", everyone, t["ccf"], found)
    line("same copies in all cancer cells", same, t["ccf"], found)
    line("same copies, truly on one copy", once, t["ccf"], found)
    right = same & (found.multiplicity == t["mutant"])
    line("same copies, multiplicity as simulated", right, t["ccf"], found)
    exact = np.mean((found.multiplicity == t["mutant"])[same])
    print(f"multiplicity as simulated: {exact:.1%} of those with the same copies")


if __name__ == "__main__":
    main()
