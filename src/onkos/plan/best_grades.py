"""The best of several claims on each scale, in the order that docs/grading.md gives."""

from __future__ import annotations

from collections.abc import Iterable

from onkos.model import Grade, Grades

_AMP = ("A", "B", "C", "D", "")
_ESCAT = ("I-A", "I-B", "I-C", "II-A", "II-B", "III-A", "III-B", "IV-A", "IV-B", "V", "X", "")
_ONCOKB = ("R1", "1", "2", "3A", "3B", "4", "R2", "")


def best_grades(found: Iterable[Grades]) -> Grades:
    """On each scale the best of several; at least one."""
    several = list(found)
    return Grades(
        amp=_top([g.amp for g in several], "level", _AMP),
        escat=_top([g.escat for g in several], "tier", _ESCAT),
        oncokb_style=_top([g.oncokb_style for g in several], "level", _ONCOKB),
    )


def _top(values: list[Grade], key: str, order: tuple[str, ...]) -> Grade:
    return min(values, key=lambda grade: order.index(getattr(grade, key)))
