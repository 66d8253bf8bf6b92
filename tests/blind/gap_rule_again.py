"""What has not been tested yet, coded from the text of section 9.2 alone; onkos is not imported.

Written from these sentences of the specification, before the rule of ``plan/gaps.py`` and the
older second coding were read. Names of fields of a case and of a panel, and the comment at the
head of the panels' files, had been seen; no code that judges a gap had. Where the text is silent
the answer is None, and nothing is compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

LOW = 0.01  # "plasma negative with low ctDNA fraction (<1 %) does not clear anything"


class Asked(NamedTuple):
    """One gene and "the needed alteration class (SNV/indel/CN/fusion/expression)"."""

    gene: str
    kind: str  # "small", "copies", "fusion", "expression"
    germline: bool = False
    repeat: bool = False


class Result(NamedTuple):
    """What one test of one sample covers, whether its quality passed, and what it found."""

    covers: frozenset[tuple[str, str]]
    found: frozenset[tuple[str, str]] = frozenset()
    plasma: bool = False
    fraction: float | None = None
    of_germline: bool = False  # blood, tested for what is inherited
    passed: bool = True
    at_relapse: bool = True


def evaluable(asked: Asked, result: Result, relapsed: bool) -> bool | None:
    """Whether a result answers; None where the text does not say."""
    what = (asked.gene, asked.kind)
    # "only if the assay covers the needed alteration class": so a DNA panel is silent on fusions.
    if what not in result.covers:
        return False
    if asked.germline and not result.of_germline:  # "tumour-only does not clear germline"
        return False
    if asked.repeat and relapsed and not result.at_relapse:  # "FLT3 at Dx only -> repeat FLT3"
        return False
    positive = what in result.found
    if not result.passed:  # "with PASS QC"; of a finding in a bad sample the text says nothing
        return None if positive else False
    if result.plasma and not positive:
        return None if result.fraction is None else result.fraction >= LOW
    return True


def missing(asked: Asked, results: Iterable[Result], relapsed: bool = False) -> bool | None:
    """``gap = required - evaluable(results)`` for one gene."""
    tests = list(results)
    answers = [evaluable(asked, result, relapsed) for result in tests]
    what = (asked.gene, asked.kind)
    said = {what in result.found for result in tests if what in result.covers}
    if asked.kind == "expression" and len(said) > 1:
        return (
            None  # two stains that contradict each other: "only if" asks no less, and says no more
        )
    if True in answers:
        return False
    return None if None in answers else True


def missing_of(group: Iterable[Asked], results: Iterable[Result], relapsed: bool) -> bool | None:
    """Of an item that names several genes: every one must be evaluable.

    Where one of them was found and another not looked for, the text does not say.
    """
    tests, asked = list(results), list(group)
    answers = {missing(one, tests, relapsed) for one in asked}
    found = any((one.gene, one.kind) in t.found for one in asked for t in tests)
    if None in answers or (True in answers and found):
        return None
    return True in answers


def asked_of(tree: dict[str, str], disease: str, panel: Iterable[str], but: Iterable[str]) -> bool:
    """``required(tumour, ...)``: whether a panel is of this tumour; `tree` gives parents."""
    above = [disease]
    while tree.get(above[-1]):
        above.append(tree[above[-1]])
    return bool(set(above) & set(panel)) and not set(above) & set(but)


def at_stage(asks_for: str, stage: str) -> bool | None:
    """``required(..., stage, ...)``: an advanced or an early panel; None for stage III."""
    roman = stage.rstrip("ABC")
    if roman == "IV":
        return asks_for == "advanced"
    return asks_for == "early" if roman in {"I", "II"} else None
