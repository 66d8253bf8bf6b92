"""Every TCGA MAF of the shared data through the whole corridor, with every row accounted for."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.batch import COHORTS
from benchmarks.timing import SHARED
from onkos.model import Case, Dossier, Knowledge, Sample
from onkos.pipeline import run
from onkos.sources.knowledge import builtin
from onkos.sources.patient import Observed, read_maf

COLUMNS = ("rows", "matched", "no known effect", "filtered", "unread")


def account(path: Path, knowledge: Knowledge) -> dict[str, int]:
    """Rows of one file by what became of them; raises where they do not add up."""
    disease = COHORTS[path.name.split(".")[0]]
    assay = knowledge.assay("WES paired")
    total = dict.fromkeys((*COLUMNS, "patients", "with an option"), 0)
    for barcode, seen in read_maf(path, knowledge.vocabulary).items():
        case = Case(
            id=barcode, disease=disease, alterations=tuple(seen.alterations),
            unread=tuple(seen.unread), samples=(Sample(assay=assay),),
        )  # fmt: skip
        dossier = run(case, knowledge)
        matched = _matched(dossier)
        total["patients"] += 1
        total["with an option"] += bool(dossier.plan.options)
        total["rows"] += seen.rows
        total["matched"] += matched
        total["no known effect"] += len(seen.alterations) - matched
        total["filtered"] += sum(seen.filtered.values())
        total["unread"] += len(seen.unread)
        _add_up(path, seen)
    return total


def _matched(dossier: Dossier) -> int:
    plan = dossier.plan
    matches = [m for o in (*plan.options, *plan.avoid) for m in (*o.matches, *o.against)]
    matches += [*plan.prognosis, *plan.diagnosis, *plan.predisposition, *plan.contrary]
    labels = {label for match in matches for label in match.biomarker.alterations}
    return sum(a.label in labels for a in dossier.case.alterations)


def _add_up(path: Path, seen: Observed) -> None:
    accounted = len(seen.alterations) + sum(seen.filtered.values()) + len(seen.unread)
    if accounted != seen.rows:
        raise SystemExit(f"{path.name}: {seen.rows} rows, {accounted} accounted for")


def main() -> None:
    """Print the table."""
    folder = SHARED / "patients" / "tcga"
    if not folder.is_dir():
        sys.exit(f"no data in {SHARED.name}")
    knowledge = builtin()
    names = ("patients", "with an option", *COLUMNS)
    print(f"{'file':24}" + "".join(f"{name:>16}" for name in (*names, "seconds")))
    for path in sorted(folder.glob("*.maf.gz")):
        start = time.perf_counter()
        total = account(path, knowledge)
        seconds = time.perf_counter() - start
        print(
            f"{path.name:24}" + "".join(f"{total[name]:16}" for name in names) + f"{seconds:16.1f}"
        )


if __name__ == "__main__":
    main()
