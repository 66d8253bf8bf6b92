"""What plans one chunk of cases with two states of knowledge; see ``worker``."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from onkos import pipeline
from onkos.cli.choice import with_consent
from onkos.cli.lines import Line
from onkos.cli.worker import Orders, Worker
from onkos.model import Case
from onkos.report.recheck_view import recheck_json, unchanged_json
from onkos.sources.knowledge import builtin, with_snapshots


class RecheckOrders(NamedTuple):
    """What every worker is told once.

    Attributes
    ----------
    earlier, later : tuple of str
        Snapshots of either side, each with its day.
    """

    run: Orders
    earlier: tuple[str, ...]
    later: tuple[str, ...]

    def worker(self) -> Rechecker:
        """What does it."""
        return Rechecker(self)


class Rechecker(Worker):
    """Two states of knowledge in hand, sets the two plans of case after case side by side."""

    def __init__(self, orders: RecheckOrders) -> None:
        super().__init__(orders.run)
        before = with_snapshots(builtin(), orders.earlier)
        self._recheck = pipeline.Recheck(before, with_snapshots(builtin(), orders.later))

    def _case(self, line: Line) -> Case:
        if line.encoded:
            return msgspec.msgpack.decode(line.data, type=Case)
        return super()._case(line)

    def _planned(self, case: Case) -> bytes:
        case = with_consent(case, self._orders.germline)
        skipped = self._recheck.skipped
        found = self._recheck.of(case, self._orders.regulators or pipeline.REGULATORS)
        if found is not None:
            return msgspec.json.encode(recheck_json(found))
        return msgspec.json.encode(unchanged_json(case.id, self._recheck.skipped == skipped))
