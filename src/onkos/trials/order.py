"""Which of a patient's records is later, and whether treatment came between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from onkos.model import PriorTherapy


class Dated(Protocol):
    """A record by what orders it; as of ``Case``."""

    @property
    def id(self) -> str: ...
    @property
    def earlier(self) -> str: ...
    @property
    def as_of(self) -> str: ...
    @property
    def prior(self) -> tuple[PriorTherapy, ...] | None: ...
    @property
    def line(self) -> int | None: ...


class Order:
    """The order of one patient's records: by the chain of earlier cases, else by their dates."""

    def __init__(self, records: Iterable[Dated]) -> None:
        before: dict[str, set[str]] = {}
        for one in records:
            if one.earlier:
                before.setdefault(one.id, set()).add(one.earlier)
        self._before = {name: _reached(name, before) for name in before}

    def later(self, one: Dated, other: Dated) -> bool:
        """Whether `one` is known to be later; False also where the order is not known."""
        after = other.id in self._before.get(one.id, ())
        if after is not (one.id in self._before.get(other.id, ())):
            return after
        return _date_after(one.as_of, other.as_of)

    def latest(self, records: Sequence[Dated]) -> frozenset[int]:
        """Places of the records than which none is known to be later."""
        return frozenset(
            n
            for n, one in enumerate(records)
            if not any(self.later(other, one) for other in records)
        )

    def treated_since(self, one: Dated, records: Iterable[Dated]) -> bool:
        """Whether a later record tells of treatment of which this one does not."""
        return any(self.later(other, one) and _more_treated(other, one) for other in records)


def _reached(name: str, before: dict[str, set[str]]) -> frozenset[str]:
    """All that come before; a chain that bites its tail ends there."""
    found: set[str] = set()
    todo = list(before.get(name, ()))
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += before.get(one, ())
    return frozenset(found)


def _date_after(one: str, other: str) -> bool:
    """Whether an ISO date is after another; a year is not after one of its months.

    >>> _date_after("2026-03", "2019"), _date_after("2026-03", "2026"), _date_after("2026", "")
    (True, False, False)
    """
    return bool(one and other) and one > other and not one.startswith(other)


def _more_treated(new: Dated, old: Dated) -> bool:
    """A therapy, or its outcome, that the older record does not tell of; or a later line."""
    if set(new.prior or ()) - set(old.prior or ()):
        return True
    return new.line is not None and old.line is not None and new.line > old.line
