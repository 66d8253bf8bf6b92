"""All CTML trials of the shared data against a thousand TCGA patients."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator

from benchmarks.batch import COHORTS, SEED
from benchmarks.timing import SHARED
from onkos.annotate import describe
from onkos.model import Answer, Case, Sample
from onkos.model.trial import Part, Trial
from onkos.sources.knowledge import builtin
from onkos.sources.knowledge.trials import read_trials
from onkos.sources.patient import read_maf
from onkos.trials import feasible, matched, prepared

LIMIT = 20.0  # seconds


def patients(count: int) -> list[Case]:
    """Described cases, drawn evenly over the cohorts."""
    knowledge = builtin()
    assay = knowledge.assay("WES paired")
    draw = random.Random(SEED)
    found: list[Case] = []
    for path in sorted((SHARED / "patients" / "tcga").glob("*.maf.gz")):
        disease = COHORTS[path.name.split(".")[0]]
        for barcode, seen in read_maf(path, knowledge.vocabulary).items():
            found.append(Case(
                id=barcode, disease=disease, alterations=tuple(seen.alterations), age=60.0,
                samples=(Sample(assay=assay),),
            ))  # fmt: skip
    drawn = draw.sample(found, count) if count <= len(found) else draw.choices(found, k=count)
    return [describe(case, knowledge) for case in drawn]


def main(count: int = 1000) -> None:
    """Print what was read, what was matched, and the time that it took."""
    folder = SHARED / "knowledge" / "trials" / "nct2ctml"
    if not folder.is_dir():
        sys.exit(f"trials: no data in {SHARED.name}")
    knowledge = builtin()
    began = time.perf_counter()
    read = list(read_trials([folder], knowledge.vocabulary))
    trials = [one for one in read if isinstance(one, Trial)]
    genomic = [c for one in trials for c in one.criteria() if c.part is Part.GENOMIC]
    others = [c for one in trials for c in one.criteria() if c.part is not Part.GENOMIC]
    print(f"read: {len(trials)} trials, {len(read) - len(trials)} files unread, "
          f"{time.perf_counter() - began:.2f} s")  # fmt: skip
    for name, group in (("genomic", genomic), ("clinical", others)):
        unread = sum(bool(c.unread) for c in group)
        print(f"{name} criteria: {len(group)}, unread {unread} ({unread / len(group):.1%})")
    began = time.perf_counter()
    laid_out = prepared(trials, knowledge.vocabulary)
    print(f"{len(laid_out.criteria)} different criteria, laid out in "
          f"{time.perf_counter() - began:.2f} s")  # fmt: skip
    cases = patients(count)
    answers: Counter[Answer] = Counter()
    began, used = time.perf_counter(), time.process_time()
    for case in cases:
        answers.update(match.answer for match in matched(case, (), laid_out, knowledge))
    seconds, used = time.perf_counter() - began, time.process_time() - used
    said = ", ".join(f"{answer}: {answers[answer]}" for answer in reversed(Answer))
    print(f"{len(trials)} trials x {count} patients: {seconds:.1f} s, {used:.1f} s of one core "
          f"(limit {LIMIT:.0f} s: {'within' if seconds <= LIMIT else 'OVER'}); {said}")  # fmt: skip
    began = time.perf_counter()
    found = feasible(trials, _pairs(cases), knowledge)
    print(f"feasibility of all: {time.perf_counter() - began:.1f} s, "
          f"{sum(one.eligible > 0 for one in found)} trials with an eligible patient")  # fmt: skip


def _pairs(cases: list[Case]) -> Iterator[tuple[Case, tuple[()]]]:
    return ((case, ()) for case in cases)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
