"""Ten thousand tumours planned again with new knowledge: five years of CIViC, a month, and none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.batch import write_records
from benchmarks.timing import ONKOS, SHARED, measure

CIVIC = SHARED / "knowledge" / "civic"
OLD = CIVIC / "2021-08-01" / "01-Aug-2021-ClinicalEvidenceSummaries.tsv"
NEW = CIVIC / "civic_accepted_evidence_2026-05.tsv"
LAST = 40  # rows with the highest ids: about what CIViC's editors accept in a month
STEPS = (
    ("the same", "2026-05-29", "2026-05-29"),
    (f"{LAST} newest rows", "2026-04-29", "2026-05-29"),
    ("five years", "2021-08-01", "2026-05-29"),
)


def without_newest(target: Path) -> Path:
    """The newer file without its newest rows."""
    head, *rows = NEW.read_text(encoding="utf-8").splitlines(keepends=True)
    place = head.split("\t").index("evidence_id")
    rows.sort(key=lambda row: int(row.split("\t")[place]))
    target.write_text("".join([head, *rows[:-LAST]]), encoding="utf-8")
    return target


def main(count: int = 10_000) -> None:
    """Print time and cases for each step, beside planning all of them once."""
    if not NEW.is_file():
        print(f"recheck: no data in {SHARED.name}")
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["ONKOS_KNOWLEDGE"] = str(place / "store")
        files = {
            "2021-08-01": OLD,
            "2026-04-29": without_newest(place / "earlier.tsv"),
            "2026-05-29": NEW,
        }
        for day, file in files.items():
            add = [ONKOS, "knowledge", "add", "civic", file, "--date", day]
            subprocess.run([str(word) for word in add], check=True, stdout=subprocess.DEVNULL)
        source, out = place / "cases.jsonl", place / "out"
        write_records(source, count)
        plain = measure([str(ONKOS), "batch", str(source), "-o", str(out)], runs=1)
        print(f"batch    {count} cases with CIViC: {plain.best:6.1f} s, {plain.megabytes:.0f} MB")
        for name, before, after in STEPS:
            words = [str(ONKOS), "recheck", str(source), "-o", str(out),
                     "--from", f"civic@{before}", "--to", f"civic@{after}"]  # fmt: skip
            said = subprocess.run(words, capture_output=True, text=True, check=False).stderr
            found = re.search(r"\d+ cases, .*", said)
            seconds = float(re.findall(r"([\d.]+) s\n", said)[0])
            print(f"recheck  {name}: {found[0] if found else said}; "
                  f"{seconds / plain.best:.2f} x batch")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
