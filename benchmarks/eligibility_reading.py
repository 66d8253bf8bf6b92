"""Extractor, reviewed trees and a second reading of the texts of the scoring half, by pairs.

python -m benchmarks.eligibility_reading           figures
python -m benchmarks.eligibility_reading --misses  each difference to the trees, and whose it is

The trees were drafted by a model and then reviewed: good, not perfect. A second reader wrote down
what the texts ask for (benchmarks/eligibility_reading.toml), from the texts alone. What he finds
too is an error of the tree where the extractor differs from it; what he does not find is an error
of the extractor. How well he himself agrees with the trees is what reading can reach.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from benchmarks.eligibility import GENOMIC, HALVES, Unit, agrees, units_of
from benchmarks.timing import SHARED
from onkos.model.trial import Trial
from onkos.sources.knowledge import builtin
from onkos.sources.knowledge.trials import read_trials
from onkos.sources.knowledge.trials.freetext import extract

READING = Path(__file__).with_suffix(".toml")
ALL = (*GENOMIC, "protein")
Read = Mapping[str, set[Unit]]


def second_reading() -> dict[str, set[Unit]]:
    """Units of each trial as the second reader found them."""
    with READING.open("rb") as file:
        told = tomllib.load(file)
    found: dict[str, set[Unit]] = {name: set() for name in told.pop("nothing")}
    for name, page in told.items():
        found[name] = {Unit(u["gene"], u["class"], u["polarity"]) for u in page["units"]}
    return found


def unmatched(these: set[Unit], others: set[Unit]) -> list[Unit]:
    """Units of one side that the other does not have."""
    return [one for one in sorted(these) if not any(agrees(one, other, False) for other in others)]


def compared(label: str, reads: Read, truth: Read, kinds: tuple[str, ...]) -> None:
    """Print how much of what one side reads the other has, and the other way round."""
    given = right = wanted = hit = 0
    for name, told in truth.items():
        read = {u for u in reads[name] if u.kind in kinds}
        want = {u for u in told if u.kind in kinds}
        given, wanted = given + len(read), wanted + len(want)
        right += len(read) - len(unmatched(read, want))
        hit += len(want) - len(unmatched(want, read))
    print(
        f"  {label}: precision {right}/{given} = {right / max(1, given):.3f}, "
        f"recall {hit}/{wanted} = {hit / max(1, wanted):.3f}"
    )


def sorted_misses(reads: Read, trees: Read, second: Read, show: bool) -> None:
    """Print whose error each difference between the extractor and the trees is."""
    counts: Counter[tuple[str, str]] = Counter()
    for name, told in trees.items():
        read = {u for u in reads[name] if u.kind in GENOMIC}
        want = {u for u in told if u.kind in GENOMIC}
        for side, units in (("added", unmatched(read, want)), ("missed", unmatched(want, read))):
            for unit in units:
                found = not unmatched({unit}, second[name])
                whose = "tree" if found is (side == "added") else "extractor"
                counts[side, whose] += 1
                if show:
                    print(f"    {name} {side:6} {' '.join(unit)}   [{whose}]")
    for (side, whose), count in sorted(counts.items()):
        print(f"      {side:6} {count:4}  {whose}")
    given = sum(len({u for u in reads[n] if u.kind in GENOMIC}) for n in trees)
    wanted = sum(len({u for u in trees[n] if u.kind in GENOMIC}) for n in trees)
    added, missed = counts["added", "extractor"], counts["missed", "extractor"]
    wanted -= counts["missed", "tree"]
    print(
        f"  errors of the trees set aside: precision {given - added}/{given} = "
        f"{1 - added / given:.3f}, recall {wanted - missed}/{wanted} = {1 - missed / wanted:.3f}"
    )


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--misses", action="store_true", help="list every difference")
    show = options.parse_args().misses
    folder = SHARED / "knowledge" / "trials" / "nct2ctml"
    paths = [p for p in sorted(folder.glob("*.yaml")) if p.stem[-1] in HALVES["scoring"]]
    vocabulary = builtin().vocabulary
    trials = [one for one in read_trials(paths, vocabulary) if isinstance(one, Trial)]
    reads = {one.id: units_of(list(extract(one.eligibility, vocabulary))) for one in trials}
    trees = {
        one.id: units_of([c.rule for c in one.all_levels() if c.rule is not None]) for one in trials
    }
    second = second_reading()
    naming = {name: told for name, told in trees.items() if any(u.kind in GENOMIC for u in told)}
    print(f"scoring: {len(trees)} trials, {len(naming)} of them with a tree that names a gene")
    for kinds, words in ((GENOMIC, "alterations"), (ALL, "and proteins")):
        compared(f"extractor against the trees, {words}", reads, trees, kinds)
        compared(f"second reader against the trees, {words}", second, trees, kinds)
        compared(f"extractor against the trees that name a gene, {words}", reads, naming, kinds)
        compared(f"extractor against the second reader, {words}", reads, second, kinds)
    sorted_misses(reads, trees, second, show)


if __name__ == "__main__":
    main()
