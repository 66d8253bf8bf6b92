"""Records of a cohort joined to patients: each counts once, whatever number of samples it has."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from onkos.model import Answer, Case
from onkos.trials.asking import Answers, Asking


class Told(IntEnum):
    """What a patient's records say of one criterion, in a byte."""

    LASTING = 0  # unmet, for good
    UNMET = 1  # and may come to be met
    UNKNOWN = 2
    MET = 3
    DISAGREE = 4  # met by one record, unmet by another


_ANSWERS = (Answer.UNMET, Answer.UNMET, Answer.UNKNOWN, Answer.MET, Answer.UNKNOWN)


class Record(NamedTuple):
    """One case before all criteria.

    Attributes
    ----------
    id, patient, earlier : str
        As of ``Case``.
    told : bytes
        One ``Told`` for each criterion.
    """

    id: str
    patient: str
    earlier: str
    told: bytes


class Person(Answers):
    """One patient before all criteria.

    Parameters
    ----------
    records : sequence of Record
        One at least. What one tells and another leaves open counts; where one says met and
        another unmet it is not known.
    """

    def __init__(self, records: list[Record]) -> None:
        super().__init__()
        self.records = records
        one, *more = records
        self._told = one.told if not more else bytes(map(_joined, *(r.told for r in records)))

    @property
    def id(self) -> str:
        """Of its one record; of the patient where there are several."""
        first = self.records[0]
        return first.id if len(self.records) == 1 else first.patient or first.id

    def leaf(self, number: int) -> Answer:
        """Whether the patient fits one criterion."""
        return _ANSWERS[self._told[number]]

    def recovers(self, number: int) -> bool:
        """Whether one that is unmet may come to be met."""
        return self._told[number] == Told.UNMET

    def disagrees(self, number: int) -> bool:
        """Whether the records say different things of one criterion."""
        return self._told[number] == Told.DISAGREE


def record_of(case: Case, asking: Asking, count: int) -> Record:
    """What a case tells of the first `count` criteria."""
    told = bytes(_told(number, asking) for number in range(count))
    return Record(case.id, case.patient, case.earlier, told)


def _told(number: int, asking: Asking) -> Told:
    answer = asking.leaf(number)
    if answer is not Answer.UNMET:
        return Told.MET if answer is Answer.MET else Told.UNKNOWN
    return Told.UNMET if asking.recovers(number) else Told.LASTING


def _joined(*told: int) -> int:
    """What is known of it counts; what is said both ways is not known."""
    known = {one for one in told if one != Told.UNKNOWN}
    if not known:
        return Told.UNKNOWN
    if Told.MET in known:
        return Told.MET if len(known) == 1 else Told.DISAGREE
    return min(known)


def people(records: Iterable[Record]) -> list[Person]:
    """Records by patient, in the order in which patients are first seen.

    Records are of one patient where they name the same one, have the same id, or where one names
    the other as its earlier case.
    """
    found = list(records)
    same: dict[tuple[str, str], tuple[str, str]] = {}
    for one in found:
        here = _root(same, ("case", one.id))
        for other in (("patient", one.patient), ("case", one.earlier)):
            if other[1]:
                same[_root(same, other)] = here
    by_root: dict[tuple[str, str], list[Record]] = {}
    for one in found:
        by_root.setdefault(_root(same, ("case", one.id)), []).append(one)
    return [Person(list(of_one)) for of_one in by_root.values()]


def _root(same: dict[tuple[str, str], tuple[str, str]], name: tuple[str, str]) -> tuple[str, str]:
    while (above := same.get(name, name)) != name:
        name = above
    return name
