"""The day of a source's state, as the names of its files say it."""

from __future__ import annotations

import re
from datetime import date, datetime

_FORMS = (
    (re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)"), "%Y-%m-%d"),
    (re.compile(r"(?<!\d)(\d{2}-[A-Z][a-z]{2}-\d{4})(?!\d)"), "%d-%b-%Y"),
    (re.compile(r"(?<!\d)((?:19|20)\d{6})(?!\d)"), "%Y%m%d"),
    (re.compile(r"(?<!\d)((?:19|20)\d{2}-\d{2})(?![\d-])"), "%Y-%m"),
)


def day_in(name: str) -> date | None:
    """The day that a file's name tells; of a month its first day.

    >>> day_in("01-Aug-2021-ClinicalEvidenceSummaries.tsv")
    datetime.date(2021, 8, 1)
    >>> day_in("civic_accepted_evidence_2026-05.tsv")
    datetime.date(2026, 5, 1)
    >>> day_in("moa_harvester_20250416.json")
    datetime.date(2025, 4, 16)
    >>> day_in("evidence.tsv")
    """
    for form, written in _FORMS:
        found = form.search(name)
        if found:
            try:
                return datetime.strptime(found[1], written).date()
            except ValueError:
                continue
    return None
