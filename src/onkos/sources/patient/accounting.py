"""Every row of a table accounted for: kept, counted as filtered, or unread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from onkos.model import Alteration, Measurement, Segment, Unread
from onkos.model.withheld import NO_ROWS
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.tables import ABSENT, Rejected, Table

Kept = Alteration | Measurement | Segment
Read = TypeVar("Read")
Inherited = Callable[[list[str]], bool]
Close = Callable[[Observed], None]
Understand = Callable[[Observed, int, list[str]], "Kept | str"]


def account(
    table: Table,
    understand: Understand,
    inherited: Inherited | None = None,
    close: Close = lambda observed: None,
) -> dict[str, Observed]:
    """Read all rows; each one is kept, counted as filtered, or unread.

    Parameters
    ----------
    table : Table
        With the field ``sample`` where the file tells samples apart.
    understand : callable
        Takes what the sample has so far, the line and the cells. Gives what is kept,
        or the reason why the row is left out, or raises `Rejected`.
    inherited : callable, optional
        Whether the cells are those of a row that calls itself inherited.
    close : callable
        What is done with a sample when its rows end, before inherited ones are put with them.

    Returns
    -------
    dict of str to Observed
        By sample. Rows that name no sample are under ``""``, unless there is only one
        other sample, whose they then are.
    """
    by_sample: dict[str, Observed] = {}
    of_inherited: dict[str, Observed] = {}
    width, at = len(table.header), table.columns.get("sample")
    for line, cells in table.rows:
        sound = len(cells) == width or fits(cells, width)
        sample = cells[at].strip() if sound and at is not None else ""
        sample = "" if sample in ABSENT else sample
        apart = inherited is not None and inherited(cells)
        side = of_inherited if apart else by_sample
        observed = side.get(sample)
        if observed is None:
            observed = side[sample] = Observed()
        observed.rows += 1
        try:
            if not sound:
                raise misfit(cells, width)
            if at is not None and not sample:
                raise Rejected("sample", "names no sample", remedy="fill in the sample")
            outcome = understand(observed, line, cells)
        except ValueError as error:
            observed.unread.append(table.unread(line, _problem(error)))
            continue
        if isinstance(outcome, str):
            observed.filtered[outcome] += 1
        elif isinstance(outcome, Segment):
            observed.segments.append(outcome)
        elif isinstance(outcome, Measurement):
            observed.measurements.append(outcome)
        else:
            observed.alterations.append(outcome)
    return _folded(by_sample, of_inherited, close)


def _folded(
    by_sample: dict[str, Observed], of_inherited: dict[str, Observed], close: Close
) -> dict[str, Observed]:
    """By sample; each is closed as if there were no inherited rows, which are then put to it."""
    for sample in of_inherited:
        by_sample.setdefault(sample, Observed())
    for observed in by_sample.values():
        close(observed)
    for sample, found in of_inherited.items():
        by_sample[sample].inherited = found
        by_sample[sample].folded()
    if not by_sample:
        close(empty := Observed(notices=[NO_ROWS]))
        return {"": empty}
    return settled(by_sample)


def understood(table: Table, read: Callable[[list[str]], Read]) -> Iterator[Read | Unread]:
    """What each row of a table without samples says, or why it was not understood."""
    return all_understood(table, lambda cells: (read(cells),))


def all_understood(
    table: Table, read: Callable[[list[str]], Iterable[Read]]
) -> Iterator[Read | Unread]:
    """All that each row says, where one row may say several things; or why it says nothing."""
    width = len(table.header)
    for line, cells in table.rows:
        try:
            if not fits(cells, width):
                raise misfit(cells, width)
            said = tuple(read(cells))
        except ValueError as error:
            yield table.unread(line, _problem(error))
            continue
        yield from said


def _problem(error: ValueError) -> Rejected:
    return error if isinstance(error, Rejected) else Rejected("", str(error))


def fits(cells: list[str], width: int) -> bool:
    """Whether a row is as wide as the header, once empty cells at its end are dropped."""
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return len(cells) == width


def misfit(cells: list[str], width: int) -> Rejected:
    """Says how wide a row is and should be."""
    return Rejected(
        "",
        f"the row has {len(cells)} cells, the header has {width}",
        remedy="check for lost or added separators in this row",
    )


def settled(by_sample: dict[str, Observed]) -> dict[str, Observed]:
    """By sample; rows that name none go to the only sample there is."""
    if not by_sample:
        return {"": Observed(notices=[NO_ROWS])}
    if len(by_sample) == 2 and "" in by_sample:
        nameless = by_sample.pop("")
        next(iter(by_sample.values())).add(nameless)
    return by_sample
