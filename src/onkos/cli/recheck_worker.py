"""What plans one chunk of cases with two states of knowledge; see ``worker``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from onkos import pipeline
from onkos.cli.added import with_files
from onkos.cli.choice import with_consent
from onkos.cli.genome import reference_for
from onkos.cli.lines import Line
from onkos.cli.said import SaidReport, said_reports
from onkos.cli.worker import Orders, Worker
from onkos.errors import InputError
from onkos.model import Case
from onkos.report.recheck_view import recheck_json, unchanged_json
from onkos.sources.knowledge import builtin, with_snapshots

_TOLD = (
    "inherited findings are withheld, and its earlier report was made without that: what it said "
    "may not be told (give --from, or a report made with --germline withhold)"
)


class RecheckOrders(NamedTuple):
    """What every worker is told once.

    Attributes
    ----------
    earlier, later : tuple of str
        Snapshots of either side, each with its day.
    said : Path or None
        Earlier reports, to be set beside the later side in the place of a plan made again.
    reasons : bool
        Whether the earlier side is what the cases were planned with.
    files : mapping of str to Any
        Files of knowledge, on both sides; as of ``added.files_of``.
    reference : str or None
        The genome that raw calls are described by; as of ``genome.reference_for``.
    """

    run: Orders
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    said: Path | None = None
    reasons: bool = True
    files: Mapping[str, Any] = {}
    reference: str | None = None

    def worker(self) -> Rechecker:
        """What does it."""
        return Rechecker(self)


class Rechecker(Worker):
    """Two states of knowledge in hand, sets the two plans of case after case side by side."""

    def __init__(self, orders: RecheckOrders) -> None:
        super().__init__(orders.run)
        self._later, before = (
            with_files(with_snapshots(builtin(), names), orders.files, quiet=True)
            for names in (orders.later, orders.earlier)
        )
        self._reference = orders.reference
        self._recheck = pipeline.Recheck(before, self._later)
        self._reasons = orders.reasons
        self._said = said_reports(orders.said) if orders.said else None

    def _case(self, line: Line) -> Case:
        if line.encoded:
            return msgspec.msgpack.decode(line.data, type=Case)
        return super()._case(line)

    def _planned(self, case: Case) -> bytes:
        case = with_consent(case, self._orders.germline)
        if self._said is not None:
            return self._against(case, self._said)
        skipped = self._recheck.skipped
        chosen = self._orders.regulators or pipeline.REGULATORS
        found = self._recheck.of(case, chosen, reference_for(case, self._reference))
        if found is not None:
            return msgspec.json.encode(recheck_json(found))
        return msgspec.json.encode(unchanged_json(case.id, self._recheck.skipped == skipped))

    def _against(self, case: Case, said: dict[str, SaidReport]) -> bytes:
        """What is not as the earlier report of the case said."""
        if case.id not in said:
            raise InputError("no earlier report has this id")
        report = said[case.id]
        if case.withholds_germline and not report.withheld:
            raise InputError(_TOLD)
        reference = reference_for(case, self._reference)
        now = pipeline.run(case, self._later, report.regulators, reference)
        found = self._recheck.against(report.beside(now), now, report.claims)
        told = recheck_json(found, self._reasons) if found else unchanged_json(case.id, True)
        return msgspec.json.encode(told)
