"""What was worked out of a case, laid beside what was reported of it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from onkos.model import Case, Finding, Measurement, NotAssessed


def with_measures(case: Case, findings: Iterable[Finding | NotAssessed]) -> Case:
    """The case with what was worked out of it among its measurements; what was reported stands."""
    reported = {measurement.name for measurement in case.measurements}
    found = (f for f in findings if isinstance(f, Finding) and f.name not in reported)
    new = tuple(
        Measurement(
            name=f.name, value=f.number, status=f.status, unit=f.unit, method=f.method,
            interval=f.interval, worked_out=True,
        )
        for f in found
        if f.settles and (f.number is not None or f.status)
    )  # fmt: skip
    return msgspec.structs.replace(case, measurements=case.measurements + new) if new else case
