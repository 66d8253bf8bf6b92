"""Ten thousand tumours to dossiers: TCGA patients of the shared data, drawn again and again."""

from __future__ import annotations

import csv
import gzip
import json
import random
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import ONKOS, SHARED, measure

COHORTS = {
    "CHOL": "CHOL", "COAD": "COAD", "GBM": "GB", "KIRC": "CCRCC", "LAML": "AML", "LGG": "DIFG",
    "LUAD": "LUAD", "OV": "HGSOC", "PAAD": "PAAD", "PRAD": "PRAD", "READ": "READ", "THCA": "THPA",
}  # fmt: skip
SILENT = {"Silent", "Intron", "3'UTR", "5'UTR", "RNA", "IGR", "5'Flank", "3'Flank", "Splice_Region"}
SEED = 20261121


def patients() -> list[tuple[str, list[str]]]:
    """Disease and non-silent changes of every patient."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted((SHARED / "patients" / "tcga").glob("*.maf.gz")):
        disease = COHORTS[path.name.split(".")[0]]
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file, delimiter="\t"):
                change = line["HGVSp_Short"]
                if line["Variant_Classification"] in SILENT or not change.startswith("p."):
                    continue
                key = (disease, line["Tumor_Sample_Barcode"])
                found.setdefault(key, []).append(f"{line['Hugo_Symbol']} {change}")
    return [(disease, changes) for (disease, _), changes in found.items()]


def write_records(path: Path, count: int, variants: int = 125) -> int:
    """Records of `count` tumours with about `variants` changes on average; returns the total."""
    draw = random.Random(SEED)
    pool = patients()
    mean = sum(len(changes) for _, changes in pool) / len(pool)
    total = 0
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            disease, changes = draw.choice(pool)
            wanted = max(1, round(len(changes) * variants / mean))
            drawn = [draw.choice(changes) for _ in range(wanted)]
            total += len(drawn)
            record = {"id": f"t{number}", "disease": disease, "alterations": drawn, "assay": "WES"}
            file.write(json.dumps(record) + "\n")
    return total


def main(count: int = 10_000) -> None:
    """Print time, memory and ratio."""
    if not (SHARED / "patients" / "tcga").is_dir():
        print(f"batch: no data in {SHARED.name}")
        return
    with tempfile.TemporaryDirectory() as folder:
        peak: dict[int, float] = {}
        for size in (count // 10, count):
            source, out = Path(folder) / f"{size}.jsonl", Path(folder) / f"{size}.out.jsonl"
            total = write_records(source, size)
            timing = measure([str(ONKOS), "batch", str(source), "-o", str(out)], runs=1)
            peak[size] = timing.megabytes
            answers = [json.loads(line) for line in out.open(encoding="utf-8")]
            errors = sum("error" in answer for answer in answers)
            print(
                f"batch {size:6} tumours, {total} variants: {timing.best:6.1f} s, "
                "all processes at most "
                f"{timing.megabytes:.0f} MB, {errors} errors, {len(answers)} answers"
            )
        copy = "import json,sys\nfor l in open(sys.argv[1]): print(json.dumps(json.loads(l)))"
        plain = measure([sys.executable, "-c", copy, str(source)], runs=1)
        print(
            f"limit 120 s: {'within' if timing.best <= 120 else 'OVER'}; "
            f"{timing.best / plain.best:.1f} x the standard library reading and writing the same "
            f"JSON; memory of {count} against "
            f"{count // 10}: {peak[count] / peak[count // 10]:.2f} x"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
