"""What was worked out of a case, laid beside what was reported of it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from onkos.criteria.view import CaseView
from onkos.model import Case, Finding, Measurement, NotAssessed, Vocabulary

Findings = Iterable[Finding | NotAssessed]
_last: list[tuple[Case, Findings, Vocabulary, CaseView]] = []  # the case in hand, and no other


def laid_out(case: Case, findings: Findings, vocabulary: Vocabulary) -> CaseView:
    """A case laid out with what was worked out of it.

    What is asked of the very same objects again gets the same view, so that each criterion is
    worked out once for evidence, plan and appraisals.
    """
    for known, told, words, view in _last:
        if known is case and told is findings and words is vocabulary:
            return view
    view = CaseView(with_measures(case, findings), vocabulary)
    _last[:] = [(case, findings, vocabulary, view)]
    return view


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
