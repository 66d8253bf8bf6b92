"""MSI-H from the somatic indels of exomes: TCGA COAD by its labels, and cohorts where it is rare.

``python -m benchmarks.msi``. The rule's cut-offs were chosen by looking at COAD (see
``biomarkers_msi.toml``); so the rate is chosen again without each tumour in turn, and cohorts that
nobody looked at are printed beside it.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from scipy.special import betaincinv

from benchmarks.timing import SHARED
from onkos.biomarkers.msi import UNSTABLE, Slippage, slippage
from onkos.model import InstabilityRules, Origin, SmallVariant
from onkos.sources import knowledge
from onkos.sources.patient.maf import read_maf

FOLDER = SHARED / "patients" / "tcga"
EXOME = 35.0  # Mb, as of the built-in exome
STAINS = "loss_expression_of_mismatch_repair_proteins_by_ihc_results"
RARE = ("GBM", "KIRC", "LGG", "LUAD", "OV", "PAAD", "PRAD", "THCA", "LAML", "CHOL")
PROTEINS = ("MLH1", "MSH2", "MSH6", "PMS2")


@dataclass(frozen=True, slots=True)
class Label:
    """What the clinical table says of one tumour."""

    msi: str
    stains: str

    @property
    def lost(self) -> tuple[str, ...]:
        return tuple(p for p in PROTEINS if f"{p}-Not_Expressed" in self.stains)

    @property
    def kept(self) -> tuple[str, ...]:
        return tuple(p for p in PROTEINS if f"{p}-Expressed" in self.stains)

    @property
    def positive(self) -> bool:
        return self.msi == "YES" or bool(self.lost)

    @property
    def negative(self) -> bool:
        return not self.positive and (self.msi == "NO" or bool(self.kept))

    @property
    def conflict(self) -> bool:
        return self.msi == "NO" and bool(self.lost)

    @property
    def all_lost(self) -> bool:
        """Every stained protein lost: no known way of mismatch repair deficiency does that."""
        return len(self.lost) >= 3 and not self.kept


@dataclass(frozen=True, slots=True)
class Tumour:
    name: str
    label: Label
    found: Slippage


def labels(cohort: str) -> dict[str, Label]:
    (path,) = FOLDER.glob(f"{cohort}.*.clinical.tsv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {
        (row.get("Tumor_Sample_Barcode_min") or row["Tumor_Sample_Barcode"])[:12]: Label(
            row.get("microsatellite_instability") or "", row.get(STAINS) or ""
        )
        for row in rows
    }


def counted(cohort: str, rules: InstabilityRules) -> dict[str, Slippage]:
    (path,) = FOLDER.glob(f"{cohort}.*.maf.gz")
    vocabulary = knowledge.builtin().vocabulary
    found = {}
    for sample, seen in read_maf(Path(path), vocabulary, Origin.SOMATIC).items():
        small = [v for v in seen.alterations if isinstance(v, SmallVariant) and not v.filters]
        found[sample[:12]] = slippage(small, rules)
    return found


def interval(hits: int, of: int) -> tuple[float, float]:
    """Exact 95 % interval of a share (Clopper and Pearson)."""
    low = float(betaincinv(hits, of - hits + 1, 0.025)) if hits else 0.0
    high = float(betaincinv(hits + 1, of - hits, 0.975)) if hits < of else 1.0
    return low, high


def share(title: str, hits: int, of: int) -> str:
    if not of:
        return f"{title}: none"
    low, high = interval(hits, of)
    return f"{title}: {hits} of {of} = {hits / of:.3f} (95 % {low:.3f} to {high:.3f})"


def best_cut(tumours: list[Tumour], rules: InstabilityRules) -> float:
    """Slippage indels per Mb that tells these tumours apart best; the middle of ties."""
    rates = sorted({t.found.slips / EXOME for t in tumours})
    cuts = [(one + other) / 2 for one, other in pairwise(rates)]

    def youden(cut: float) -> float:
        positive = [t for t in tumours if t.label.positive]
        negative = [t for t in tumours if t.label.negative]
        hit = sum(high(t.found, cut, rules) for t in positive) / len(positive)
        return hit - sum(high(t.found, cut, rules) for t in negative) / len(negative)

    best = max(youden(cut) for cut in cuts)
    tied = [cut for cut in cuts if youden(cut) == best]
    return tied[len(tied) // 2]


def high(found: Slippage, cut: float, rules: InstabilityRules) -> bool:
    return found.slips / EXOME >= cut and found.fraction >= rules.least_fraction


def judge(title: str, tumours: list[Tumour], rules: InstabilityRules) -> None:
    called = {t.name: t.found.call(EXOME, rules) for t in tumours}
    positive = [t for t in tumours if t.label.positive]
    negative = [t for t in tumours if t.label.negative]
    hit = sum(called[t.name] == UNSTABLE for t in positive)
    right = sum(called[t.name] != UNSTABLE for t in negative)
    print(share(f"{title} sensitivity", hit, len(positive)))
    print(share(f"{title} specificity", right, len(negative)))
    open_ = sum(not called[t.name] for t in (*positive, *negative))
    print(f"  neither way: {open_}")
    for t in (*positive, *negative):
        if (called[t.name] == UNSTABLE) != t.label.positive:
            told = f"MSI {t.label.msi or '-'}, {t.label.stains or 'no stains'}"
            print(
                f"  against its label: {t.found.slips:4} slips, {t.found.changes:5} changes; {told}"
            )


def main() -> None:
    """Print sensitivity and specificity with exact intervals, and the reasons where they fail."""
    rules = knowledge.builtin().biomarkers.instability
    if not FOLDER.is_dir() or rules is None:
        print("msi: no TCGA data")
        return
    table, found = labels("COAD"), counted("COAD", rules)
    coad = [Tumour(name, label, found[name]) for name, label in table.items() if name in found]
    labelled = [t for t in coad if t.label.positive or t.label.negative]
    judge("COAD", labelled, rules)
    conflicts = [t for t in labelled if t.label.conflict]
    print(f"conflicts (MSI NO, a protein lost): {len(conflicts)}")
    for t in conflicts:
        print(f"  {t.found.slips:4} slips of {t.found.changes:5} changes: {t.label.stains}")
    odd = [t for t in labelled if t.label.all_lost]
    slips = sorted(t.found.slips for t in odd)
    print(
        f"why the sensitivity: in {len(odd)} positives every stained protein is recorded as lost, "
        "MLH1 and MSH2\n  at once, which no known deficiency does; they carry "
        f"{slips[0]} to {slips[-1]} slippage indels in an exome, as stable\n  tumours do; the next "
        "lines leave out these and the conflicts"
    )
    believed = [t for t in labelled if not t.label.all_lost and not t.label.conflict]
    judge("COAD without them:", believed, rules)
    silent = sum(not t.found.indels for t in labelled)
    print(f"labelled tumours without any indel in the MAF, not assessed by onkos: {silent}")
    again = [(t, best_cut([o for o in labelled if o is not t], rules)) for t in labelled]
    hit = sum(high(t.found, cut, rules) for t, cut in again if t.label.positive)
    right = sum(not high(t.found, cut, rules) for t, cut in again if t.label.negative)
    cuts = sorted(cut for _, cut in again)
    print(f"rate chosen without each tumour in turn: {cuts[0]:.2f} to {cuts[-1]:.2f} per Mb")
    print(share("  sensitivity", hit, sum(t.label.positive for t in labelled)))
    print(share("  specificity", right, sum(t.label.negative for t in labelled)))
    rest = [t for t in coad if not t.label.positive and not t.label.negative]
    print(share("COAD without label, called", unstable(rest, rules), len(rest)))
    table, found = labels("READ"), counted("READ", rules)
    judge("READ", [Tumour(n, one, found[n]) for n, one in table.items() if n in found], rules)
    for cohort in RARE:
        calls = Counter(f.call(EXOME, rules) for f in counted(cohort, rules).values())
        print(share(f"{cohort}, not looked at: called", calls[UNSTABLE], calls.total()))


def unstable(tumours: list[Tumour], rules: InstabilityRules) -> int:
    return sum(t.found.call(EXOME, rules) == UNSTABLE for t in tumours)


if __name__ == "__main__":
    main()
