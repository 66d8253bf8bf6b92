"""Whose variant is it, without a normal sample: real somatic reads among simulated germline ones.

What is real: the somatic changes of five cohorts of TCGA (LUAD, and the MC3 files of GBM, KIRC,
LGG and PAAD, filter PASS), called there against a matched normal; their variant reads, their
depths and which tumour each is of. And those of one TRACERx patient with the copies at each place
and the tumour content that go with them (the example of PyClone-VI).

What is simulated: the germline changes, by spec 2.5, as many as there are somatic ones in the
same tumour. Each has the depth of a somatic change of that tumour, copies drawn from a spread of
our own (not the prior of the model), either allele alike, reads drawn from a beta-binomial with
a little bias to the reference. A quarter is absent from population tables; the frequencies of
the others are log-uniform. Of the real somatic changes the files give no frequency: three in a
hundred are set to stand in the tables, as rare alleles.

What is in between: the tumour content. TCGA's is not in these files, so that half of a tumour's
somatic changes (twice the 60th percentile of their allele fractions, kept within 0.2 to 0.9)
gives it and only the other half is judged. It is told to the model with an error of 0.07. Real
tumours keep their real copies, which the model is not told; it is not told the simulated ones
either, but for the arms that say so.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.timing import SHARED
from onkos.annotate.origin_prior import Known, assumptions, germline_odds, prior
from onkos.origin_likelihood import Copies, expected_vaf, origin_posterior
from onkos.sources.knowledge import builtin

SEED = 20261205
COHORTS = ("LUAD.Firehose", "GBM.MC3", "KIRC.MC3", "LGG.MC3", "PAAD.MC3")
TUMOURS = 60  # of each cohort
VARIANTS = 30  # of each tumour, of each origin
LEAST = 16  # somatic changes that a tumour must have
ABSENT_GERMLINE, PRESENT_SOMATIC = 0.25, 0.03
PRECISION, REFERENCE_BIAS = 150, 0.985
# Total and minor copies of the simulation: 45 % of the places are not diploid.
SPREAD = {
    (2, 1): 0.55, (1, 0): 0.10, (2, 0): 0.08, (3, 1): 0.12, (3, 0): 0.02, (4, 2): 0.06,
    (4, 1): 0.04, (5, 2): 0.03,
}  # fmt: skip

Rng = np.random.Generator
Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """One variant as the model gets it, and whether it is inherited."""

    alt: int
    depth: int
    germline: bool
    frequency: float | None
    purity: float
    copies: Copies | None = None
    normal: tuple[int, int] | None = None


@dataclass(frozen=True)
class Somatic:
    """A real somatic change."""

    alt: int
    depth: int
    normal: tuple[int, int] | None


def somatic(cohort: str) -> dict[str, list[Somatic]]:
    """Somatic changes with reads, by tumour."""
    found: dict[str, list[Somatic]] = {}
    path = SHARED / "patients" / "tcga" / f"{cohort}.maf.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            one = _reads(row)
            if one and one.alt >= 3 and one.depth >= 20 and row.get("FILTER", "PASS") == "PASS":
                found.setdefault(row["Tumor_Sample_Barcode"], []).append(one)
    return found


def _reads(row: dict[str, str]) -> Somatic | None:
    try:
        if "t_vaf" in row:
            depth = int(row["t_depth"])
            return Somatic(round(float(row["t_vaf"]) * depth), depth, None)
        alt = int(row["t_alt_count"])
        normal_alt, normal_ref = row["n_alt_count"], row["n_ref_count"]
        told = normal_alt.isdigit() and normal_ref.isdigit()
        normal = (int(normal_alt), int(normal_alt) + int(normal_ref)) if told else None
        return Somatic(alt, alt + int(row["t_ref_count"]), normal if normal and normal[1] else None)
    except ValueError:
        return None


def from_tcga(rng: Rng) -> Iterator[Seen]:
    """Real somatic changes and as many simulated germline ones, tumour by tumour."""
    for cohort in COHORTS:
        tumours = sorted((k, v) for k, v in somatic(cohort).items() if len(v) >= LEAST)
        chosen = rng.choice(len(tumours), min(TUMOURS, len(tumours)), replace=False)
        for index in sorted(chosen):
            yield from _tumour(tumours[index][1], rng)


def _tumour(changes: list[Somatic], rng: Rng) -> Iterator[Seen]:
    order = rng.permutation(len(changes))
    half = len(changes) // 2
    fractions = [changes[k].alt / changes[k].depth for k in order[:half]]
    purity = float(np.clip(2 * np.quantile(fractions, 0.6), 0.2, 0.9))
    told = float(np.clip(purity + rng.normal(0, 0.07), 0.05, 0.98))
    judged = [changes[k] for k in order[half : half + VARIANTS]]
    for one in judged:
        yield Seen(one.alt, one.depth, False, _somatic_frequency(rng), told, normal=one.normal)
    for one in judged:
        copies = Copies(*list(SPREAD)[rng.choice(len(SPREAD), p=list(SPREAD.values()))])
        yield inherited(one.depth, purity, copies, rng, told)


def inherited(
    depth: int, purity: float, copies: Copies, rng: Rng, told: float, tell_copies: bool = False
) -> Seen:
    """A simulated germline change."""
    absent = rng.random() < ABSENT_GERMLINE
    frequency = None if absent else float(10 ** rng.uniform(-5, np.log10(0.5)))
    both = rng.random() < max(0.005, (frequency or 0) / (2 - (frequency or 0)))
    minor = copies.minor or 0.0
    mutant = minor if rng.random() < 0.5 else copies.total - minor
    vaf = 0.99 if both else expected_vaf(purity, copies.total, mutant, 1) * REFERENCE_BIAS
    alt = _drawn(depth, vaf, rng)
    normal = (_drawn(depth, 0.99 if both else 0.49, rng), depth)
    return Seen(alt, depth, True, frequency, told, copies if tell_copies else None, normal)


def _drawn(depth: int, vaf: float, rng: Rng) -> int:
    chance = rng.beta(PRECISION * vaf, PRECISION * (1 - vaf))
    return int(rng.binomial(depth, chance))


def _somatic_frequency(rng: Rng) -> float | None:
    return float(10 ** rng.uniform(-5, -4)) if rng.random() < PRESENT_SOMATIC else None


def from_tracerx(rng: Rng) -> Iterator[Seen]:
    """Real somatic changes with real copies and tumour content; germline ones at their places."""
    path = SHARED / "patients" / "clonality" / "pyclone_vi" / "examples" / "tracerx.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t") if int(r["alt_counts"]) >= 3]
    for row in rows:
        depth = int(row["ref_counts"]) + int(row["alt_counts"])
        minor, major = int(row["minor_cn"]), int(row["major_cn"])
        purity, copies = float(row["tumour_content"]), Copies(minor + major, minor)
        alt = int(row["alt_counts"])
        yield Seen(alt, depth, False, _somatic_frequency(rng), purity, copies)
        yield inherited(depth, purity, copies, rng, purity, tell_copies=True)


def simulated(rng: Rng, count: int, tell_copies: bool) -> Iterator[Seen]:
    """Both origins simulated alike: what is to be had where the model knows the copies."""
    for _ in range(count):
        purity, depth = rng.uniform(0.2, 0.9), int(rng.integers(60, 400))
        copies = Copies(*list(SPREAD)[rng.choice(len(SPREAD), p=list(SPREAD.values()))])
        told = float(np.clip(purity + rng.normal(0, 0.05), 0.05, 0.98))
        yield inherited(depth, purity, copies, rng, told, tell_copies)
        major = int(copies.total - (copies.minor or 0))
        mutant = rng.uniform(0.1, 1) if rng.random() < 0.3 else float(rng.choice([1, major]))
        alt = _drawn(depth, expected_vaf(purity, copies.total, mutant) * REFERENCE_BIAS, rng)
        known = copies if tell_copies else None
        yield Seen(alt, depth, False, _somatic_frequency(rng), told, known)


def germline_probability(
    seen: Seen, purity: bool = True, copies: bool = True, normal: bool = False
) -> float:
    """What the model says, with what it is told switched on and off."""
    limits = builtin().vocabulary.limits
    after = origin_posterior(
        seen.alt, seen.depth, prior(known(seen), limits), assumptions(limits, from_blood=False),
        purity=seen.purity if purity else None, copies=seen.copies if copies else None,
        normal_reads=seen.normal if normal else None,
    )  # fmt: skip
    return after.germline


def known(seen: Seen) -> Known:
    """The prior's view of a gene of which nothing is known."""
    return Known(frequency=seen.frequency, looked_up=True, drives=False, syndrome="",
                 blood_gene=False, from_blood=False, blood_cancer=False, age=None)  # fmt: skip


def auc(truth: npt.NDArray[np.bool_], score: Array) -> float:
    """Area under the curve; ties count half."""
    from scipy.stats import rankdata

    ranks = rankdata(score)
    positive, negative = int(truth.sum()), int((~truth).sum())
    if not positive or not negative:
        return float("nan")
    over = ranks[truth].sum() - positive * (positive + 1) / 2
    return float(over / (positive * negative))


def calibration(truth: npt.NDArray[np.bool_], score: Array) -> None:
    """Print predicted against observed in ten bins."""
    print(f"{'bin':>12}{'n':>8}{'predicted':>11}{'observed':>10}")
    for low in np.arange(10) / 10:
        inside = (score >= low) & ((score < low + 0.1) | (low == 0.9))
        if inside.any():
            print(f"{f'{low:.1f} to {low + 0.1:.1f}':>12}{inside.sum():>8}"
                  f"{score[inside].mean():>11.3f}{truth[inside].mean():>10.3f}")  # fmt: skip


def judge(title: str, found: list[Seen], **told: bool) -> float:
    """Print one arm; returns the area under the curve of those absent from tables."""
    truth = np.array([s.germline for s in found])
    absent = np.array([s.frequency is None for s in found])
    score = np.array([germline_probability(s, **told) for s in found])
    share = absent[truth].mean()
    print(f"\n{title}: {len(found):,} variants, {truth.sum():,} germline ({share:.0%} absent)")
    of_absent = auc(truth[absent], score[absent])
    print(f"  AUC {auc(truth, score):.3f}; absent from population tables {of_absent:.3f} "
          f"(n {absent.sum():,}, {truth[absent].mean():.0%} germline)")  # fmt: skip
    print(f"  Brier score {np.mean((score - truth) ** 2):.4f}; absent "
          f"{np.mean((score[absent] - truth[absent]) ** 2):.4f}; a constant "
          f"{truth[absent].var():.4f}")  # fmt: skip
    certain = builtin().vocabulary.limits["origin_certain"]
    for name, chosen, right in (
        ("germline", score >= certain, truth), ("somatic", score <= 1 - certain, ~truth)
    ):  # fmt: skip
        if chosen.any():
            print(f"  near certain {name}: {chosen.mean():.0%} of all, {right[chosen].mean():.2%} "
                  "right")  # fmt: skip
    return of_absent


def baselines(found: list[Seen]) -> None:
    """Print what reads alone and tables alone give."""
    truth = np.array([s.germline for s in found])
    absent = np.array([s.frequency is None for s in found])
    near_half = np.array([-abs(s.alt / s.depth - 0.5) for s in found])
    limits = builtin().vocabulary.limits
    odds = np.array([germline_odds(known(s), limits) for s in found])
    of_absent = auc(truth[absent], near_half[absent])
    print(f"  beside it: tables alone AUC {auc(truth, odds):.3f}; nearness of the allele fraction "
          f"to a half {auc(truth, near_half):.3f}, absent {of_absent:.3f}")  # fmt: skip


def main() -> None:
    """Print every arm."""
    if not (SHARED / "patients" / "tcga").is_dir():
        print(f"origin: no data in {SHARED.name}")
        return
    rng = np.random.default_rng(SEED)
    print(__doc__)
    tcga = list(from_tcga(rng))
    judge("TCGA, tumour content told, copies not", tcga)
    baselines(tcga)
    truth = np.array([s.germline for s in tcga])
    score = np.array([germline_probability(s) for s in tcga])
    absent = np.array([s.frequency is None for s in tcga])
    print("  calibration, all:")
    calibration(truth, score)
    print("  calibration, absent from population tables:")
    calibration(truth[absent], score[absent])
    for low, high in ((0.0, 0.4), (0.4, 0.7), (0.7, 1.0)):
        judge(f"  of these, content {low:.0%} to {high:.0%}",
              [s for s in tcga if low <= s.purity < high])  # fmt: skip
    judge("TCGA, tumour content not told", tcga, purity=False)
    paired = [s for s in tcga if s.normal]
    judge("TCGA (MC3), normal reads told", paired, normal=True)
    judge("TRACERx patient, content and copies told", list(from_tracerx(rng)))
    for tell in (True, False):
        both = list(simulated(rng, 2000, tell))
        judge(f"wholly simulated, copies {'told' if tell else 'not told'}", both)


if __name__ == "__main__":
    sys.exit(main())
