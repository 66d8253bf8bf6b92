"""What a trial finds in a cohort: counts, and small ones withheld where that is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onkos.model.trial_match import Cost, Feasibility

_MOST = 10  # criteria named in the terminal
_ANSWERS = ("eligible", "possible", "not_eligible")
Count = int | str


class Cells:
    """Counts as they may be shown: small ones withheld, and one more where a sum would tell it.

    This is no protection against comparing the answers to several questions.

    Parameters
    ----------
    smallest : int
        Counts below it, 0 apart, are withheld; 0 shows all.
    """

    def __init__(self, smallest: int = 0) -> None:
        self._smallest = smallest

    def shown(self, count: int) -> Count:
        """The count, or that it is small."""
        return f"<{self._smallest}" if self._small(count) else count

    @property
    def withholds(self) -> bool:
        """Whether small counts are withheld at all."""
        return bool(self._smallest)

    def _small(self, count: int) -> bool:
        return 0 < count < self._smallest

    def of_a_whole(self, counts: list[int]) -> list[Count]:
        """Counts that add up to a number that is shown: one withheld alone would be told by it.

        >>> Cells(5).of_a_whole([2, 90, 8])
        ['<5', 90, 'withheld']
        """
        shown: list[Count] = [self.shown(count) for count in counts]
        if len(counts) > 1 and sum(map(self._small, counts)) == 1:
            others = [n for n, count in enumerate(counts) if not self._small(count)]
            positive = [n for n in others if counts[n]] or others
            shown[min(positive, key=lambda n: counts[n])] = "withheld"
        return shown


def feasibility_lines(found: Feasibility, cells: Cells) -> Iterator[str]:
    """One trial as lines of text."""
    yield f"{found.trial}{f', {found.title}' if found.title else ''}"
    eligible, possible, unmet = _answers(found, cells)
    yield f"  patients          {found.patients}{_of_samples(found, cells)}"
    yield f"  eligible          {eligible}"
    yield f"  not ruled out     {possible}   (something is not known)"
    yield f"  not eligible      {unmet}"
    if found.disagree:
        disagree = cells.shown(found.disagree)
        yield f"  samples disagree  {disagree}   (on what keeps the patient out: not known)"
    yield (
        f"  one criterion off {cells.shown(found.one_unmet)} by one that is not met, "
        f"{cells.shown(found.one_unknown)} by one that is not known"
    )
    if found.costs:
        yield "  what costs most (alone: patients whom it alone keeps out):"
    alone = cells.of_a_whole([cost.alone for cost in found.costs])
    for cost, number in zip(found.costs[:_MOST], alone, strict=False):
        yield f"    {_cost_line(cost, number, cells)}"
    if len(found.costs) > _MOST:
        yield f"    and {len(found.costs) - _MOST} more; --format json lists them"
    for group, ids in found.ids.items():
        if ids:
            yield f"  {group}: {', '.join(ids)}"


def _of_samples(found: Feasibility, cells: Cells) -> str:
    """How many samples they have, where some have several, and how these were joined."""
    if not found.several:
        return ""
    samples, several = _joined(found, cells)
    return (
        f"   (of {samples} samples; {several} with several, joined by the patient's id, the case's "
        "or that of the earlier case: what one sample tells counts, what two tell otherwise is "
        "not known)"
    )


def _joined(found: Feasibility, cells: Cells) -> tuple[Count, Count]:
    """Samples, and patients with several: few of these would be told by the number of samples."""
    several = cells.shown(found.several)
    return (found.samples if several == found.several else "withheld"), several


def _answers(found: Feasibility, cells: Cells) -> list[Count]:
    return cells.of_a_whole([getattr(found, name) for name in _ANSWERS])


def _cost_line(cost: Cost, alone: Count, cells: Cells) -> str:
    disagree = f" (samples disagree {cells.shown(cost.disagree)})" if cost.disagree else ""
    return (
        f"{cost.criterion}: alone {alone}, not met "
        f"{cells.shown(cost.unmet)}, not known {cells.shown(cost.unknown)}{disagree}"
    )


def feasibility_json(found: Feasibility, cells: Cells) -> dict[str, Any]:
    """One trial in JSON's types; a withheld count is text."""
    samples, several = _joined(found, cells)
    return {
        "trial": found.trial,
        "title": found.title,
        "patients": found.patients,
        "samples": samples,
        "patients_with_several_samples": several,
        "samples_disagree": cells.shown(found.disagree),
        **dict(zip(_ANSWERS, _answers(found, cells), strict=True)),
        "one_unmet": cells.shown(found.one_unmet),
        "one_unknown": cells.shown(found.one_unknown),
        "costs": _costs_json(found.costs, cells),
        "ids": {group: list(ids) for group, ids in found.ids.items()},
    }


def _costs_json(costs: tuple[Cost, ...], cells: Cells) -> list[dict[str, Any]]:
    alone = cells.of_a_whole([cost.alone for cost in costs])
    return [
        {
            "criterion": cost.criterion,
            "text": cost.text,
            "alone": number,
            # beside `alone` it would tell a small rest
            "alone_unmet": "withheld" if cells.withholds else cost.alone_unmet,
            "unmet": cells.shown(cost.unmet),
            "unknown": cells.shown(cost.unknown),
            "samples_disagree": cells.shown(cost.disagree),
        }
        for cost, number in zip(costs, alone, strict=True)
    ]
