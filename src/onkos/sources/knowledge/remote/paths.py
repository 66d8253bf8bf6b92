"""Where something stands in an answer, and days as servers write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

_CHOSEN = re.compile(r"\[(\w+)=([^\]]+)\]")
_DAYS = ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y")


def at(document: Any, path: str) -> Any:
    """What stands at a path of names, ``[name=value]`` choosing of a list; None where nothing.

    >>> at([{"id": "a", "on": 1}, {"id": "b", "on": 2}], "[id=b].on")
    2
    >>> at({"meta": {"total": 3}}, "meta.total"), at({"meta": 1}, "meta.total")
    (3, None)
    """
    found = document
    for step in path.split("."):
        chosen = _CHOSEN.fullmatch(step)
        if chosen and isinstance(found, list):
            name, value = chosen.groups()
            ours = (one for one in found if isinstance(one, Mapping) and one.get(name) == value)
            found = next(ours, None)
        else:
            found = found.get(step) if isinstance(found, Mapping) else None
    return found


def day_of(text: Any) -> date | None:
    """The day of a date or time as servers write it.

    >>> day_of("2026-08-11T09:00:04"), day_of("08/11/2026"), day_of("soon")
    (datetime.date(2026, 8, 11), datetime.date(2026, 8, 11), None)
    """
    if not isinstance(text, str):
        return None
    for form in _DAYS:
        for said in (text.strip(), text.strip()[:10]):
            try:
                return datetime.strptime(said, form).date()
            except ValueError:
                continue
    return None
