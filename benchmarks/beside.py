"""A report of the exome patient with every snapshot of the shared data added, against without.

python -m benchmarks.beside

The store and the cache are folders of their own, thrown away at the end.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.exome import write_case
from benchmarks.timing import ONKOS, SHARED, measure, row

SNAPSHOTS = (
    ("civic", "2026-05-29", ("civic/civic_accepted_evidence_2026-05.tsv",)),
    ("cgi", "2017-12-26", ("cgi/cgi_biomarkers_per_variant.tsv",)),
    ("moa", "2025-04-16", ("vicc_ga4gh/moa_harvester_20250416.json",)),
    ("va_spec", "2022-09-13", ("vicc_ga4gh/moa_cdm_metaschema_statements_20220913.json",
                               "vicc_ga4gh/moa_cdm_metaschema_variation_descriptors_20220913.json")),
    ("cancerhotspots", "2026-04-17", ("cancerhotspots/v3_multi_type_residue.txt",)),
    ("intogen", "2020-02-02", ("intogen/Compendium_Cancer_Genes_20200202.tsv",)),
    ("cancermine", "2023-01-01", ("cancermine/cancermine_collated.v47.tsv.gz",)),
    ("docm", "2024-10-10", ("docm/variants.tsv.gz",)),
    ("dgidb", "2018-09-20", ("drugs/dgidb_interactions_2018_maftools.tsv.gz",)),
    ("oncotree", "2025-10-03", ("oncotree/oncotree_2025_10_03.json",)),
)  # fmt: skip


def main() -> None:
    """Print the timings."""
    folder = SHARED / "patients" / "moalmanac_example" / "example_data"
    if not folder.is_dir():
        print(f"exome patient: no data in {SHARED.name}")
        return
    with tempfile.TemporaryDirectory() as out:
        os.environ["ONKOS_KNOWLEDGE"] = str(Path(out) / "store")
        os.environ["XDG_CACHE_HOME"] = str(Path(out) / "cache")
        case = write_case(Path(out), folder)
        page = Path(out) / "report.html"
        command = [str(ONKOS), "report", str(case), "--output", str(page)]
        alone = measure(command)
        add_all()
        beside = measure(command)
        row("exome patient, built-in knowledge alone", alone, 1.5, "budget", 1.5)
        row("exome patient, all snapshots added", beside, 1.5, "without them", alone.best)
        print(f"  memory {alone.megabytes:.0f} MB alone, {beside.megabytes:.0f} MB with all")
        print(f"  page of {page.stat().st_size / 1e6:.2f} MB")


def add_all() -> None:
    """Add every snapshot, telling how long each took."""
    for source, day, names in SNAPSHOTS:
        files = [str(SHARED / "knowledge" / name) for name in names]
        start = time.perf_counter()
        done = subprocess.run(
            [str(ONKOS), "knowledge", "add", source, *files, "--date", day],
            capture_output=True,
            text=True,
            check=True,
        )
        took = time.perf_counter() - start
        print(f"{done.stdout.splitlines()[0]}; {took:.2f} s")


if __name__ == "__main__":
    main()
