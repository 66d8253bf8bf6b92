"""Classify two cohorts of AML and hold them against their published ELN 2017 column.

``python -m benchmarks.aml`` prints, per cohort, the table of ours against theirs, every kind of
disagreement with its rule, the tests that are missing, and survival by class (needs lifelines).
``--strings`` lists the karyotypes that are not wholly read.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter

from benchmarks.aml import amlsg, ncri
from benchmarks.aml.differences import reason
from benchmarks.aml.patients import Patient
from benchmarks.timing import SHARED
from onkos.model import Classified, Knowledge
from onkos.sources.knowledge import builtin
from onkos.sources.patient.iscn import karyogram
from onkos.sources.patient.statement import NotUnderstood

CLASSES = ("favourable", "intermediate", "adverse")
SCHEME = "eln-2022"


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", action="store_true", help="list strings not wholly read")
    given = parser.parse_args()
    if not (SHARED / "patients").is_dir():
        sys.exit(f"no data in {SHARED.name}")
    knowledge = builtin()
    _strings(knowledge, given.strings)
    for name, found in (
        ("AMLSG, 1,540", list(amlsg.patients(knowledge))),
        ("NCRI, 2,113", list(ncri.patients())),
    ):
        classified = [(p, p.classified(knowledge)) for p in found]
        print(f"\n{name}: {len(found)} patients")
        _table([(p, c[SCHEME]) for p, c in classified])
        _disagreements([(p, c[SCHEME]) for p, c in classified])
        _other_schemes([c for _, c in classified])
        _survival([(p, c[SCHEME]) for p, c in classified])


def _strings(knowledge: Knowledge, verbose: bool) -> None:
    variants = knowledge.vocabulary.facts.get("normal_variants", ())
    texts = {p: t for p, t in amlsg.karyotypes().items() if amlsg.is_string(t)}
    whole, rest = 0, []
    for patient, text in texts.items():
        try:
            unread = karyogram(text, variants).unread
        except NotUnderstood:
            unread = (text,)
        whole += not unread
        if unread:
            rest.append((patient, text, unread))
    print(f"Karyotypes: {len(texts)} strings, {whole} wholly read ({whole / len(texts):.1%})")
    for patient, text, unread in rest if verbose else ():
        print(f"  {patient}  {text!r}\n      not read: {' | '.join(unread)}")


def _ours(found: Classified) -> str:
    if found.why_not:
        return "not applicable"
    return found.possible[0] if found.settled else f"{found.best} to {found.worst}"


def _table(found: list[tuple[Patient, Classified]]) -> None:
    table = Counter((_ours(c), p.published) for p, c in found)
    print(f"  {'ELN 2022 here':28} | ELN 2017 published: {', '.join(CLASSES)}")
    for row in sorted({ours for ours, _ in table}, key=lambda name: (" to " in name, name)):
        cells = " ".join(f"{table[row, theirs]:>8}" for theirs in CLASSES)
        print(f"  {row:28} | {cells}")
    settled = sum(c.settled for _, c in found)
    print(f"  settled {settled}, with a test missing and named {_open(found)}")


def _open(found: list[tuple[Patient, Classified]]) -> int:
    unsettled = [c for _, c in found if not c.settled and not c.why_not]
    unnamed = [c for c in unsettled if not c.missing]
    if unnamed:
        print(f"  !! {len(unnamed)} patients without class and without the missing test")
    return len(unsettled)


def _disagreements(found: list[tuple[Patient, Classified]]) -> None:
    kinds: Counter[str] = Counter()
    for patient, one in found:
        if one.why_not or not one.settled or one.possible[0] != patient.published:
            kinds[reason(patient, one) or "NOT EXPLAINED"] += 1
    print("  where the two differ, and by which rule:")
    for text, number in kinds.most_common():
        print(f"    {number:4} {text}")


def _other_schemes(found: list[dict[str, Classified]]) -> None:
    for scheme in ("icc-2022", "who-2022"):
        classes = Counter(
            c[scheme].possible[0] if c[scheme].settled else "open: a test is missing" for c in found
        )
        shown = "; ".join(f"{name} {n}" for name, n in classes.most_common(6))
        print(f"  {scheme}: {shown}")


def _survival(found: list[tuple[Patient, Classified]]) -> None:
    try:
        from lifelines import CoxPHFitter, KaplanMeierFitter
        from lifelines.utils import concordance_index
        from pandas import DataFrame
    except ModuleNotFoundError:
        print("  survival: install lifelines to have it")
        return
    usable = [(p, c) for p, c in found if c.settled and math.isfinite(p.years) and p.years > 0]
    table = DataFrame(
        {
            "years": [p.years for p, _ in usable],
            "died": [int(p.died) for p, _ in usable],
            "rank": [CLASSES.index(c.possible[0]) for _, c in usable],
            "theirs": [CLASSES.index(p.published) for p, _ in usable],
        }
    )
    for name in CLASSES:
        mine = table[table["rank"] == CLASSES.index(name)]
        median = KaplanMeierFitter().fit(mine["years"], mine["died"]).median_survival_time_
        print(f"    {name:13} n {len(mine):5}  median survival {median:.2f} years")
    table["intermediate"] = (table["rank"] == 1).astype(int)
    table["adverse"] = (table["rank"] == 2).astype(int)
    cox = CoxPHFitter().fit(table[["years", "died", "intermediate", "adverse"]], "years", "died")
    ratios = ", ".join(f"{name} {ratio:.2f}" for name, ratio in cox.hazard_ratios_.items())
    ordered = 1 < cox.hazard_ratios_["intermediate"] < cox.hazard_ratios_["adverse"]
    print(f"    hazard against favourable: {ratios}; {'in order' if ordered else 'NOT IN ORDER'}")
    for label, column in (("ELN 2022 here", "rank"), ("ELN 2017 published", "theirs")):
        index = concordance_index(table["years"], -table[column], table["died"])
        print(f"    C-index {label}: {index:.3f} (n {len(table)})")


if __name__ == "__main__":
    main()
