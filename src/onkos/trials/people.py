"""Records of a cohort joined to patients: each counts once, whatever number of samples it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onkos.model import Answer, Case, PriorTherapy
from onkos.model.diseases import DiseaseTree
from onkos.trials.absence import answer_without_absences, stale
from onkos.trials.asking import Answers, Asking
from onkos.trials.order import Order
from onkos.trials.prepared import Node
from onkos.trials.scope import Asked, Scope
from onkos.trials.told import Told, joined

_ANSWERS = (Answer.UNMET, Answer.UNMET, Answer.UNKNOWN, Answer.MET, Answer.UNKNOWN)
Name = tuple[str, str]


class Record(NamedTuple):
    """One case before all criteria.

    Attributes
    ----------
    id, patient, earlier, disease, as_of, prior, line
        As of ``Case``.
    told : bytes
        One ``Told`` for each criterion.
    open : frozenset of int
        Criteria of which the answer rests on something not having been found.
    """

    id: str
    patient: str
    earlier: str
    disease: str
    as_of: str
    prior: tuple[PriorTherapy, ...] | None
    line: int | None
    told: bytes
    open: frozenset[int]


class Tumour(Answers):
    """One tumour of one patient before all criteria, by one answer for each."""

    def __init__(self, told: bytes) -> None:
        super().__init__()
        self._told = told

    def leaf(self, number: int) -> Answer:
        """Whether the patient fits one criterion."""
        return _ANSWERS[self._told[number]]

    def recovers(self, number: int) -> bool:
        """Whether one that is unmet may come to be met."""
        return self._told[number] == Told.UNMET

    def disagrees(self, number: int) -> bool:
        """Whether the records say different things of one criterion."""
        return self._told[number] == Told.DISAGREE


class Person:
    """One patient: the records, and the tumours that they are of.

    Parameters
    ----------
    records : sequence of Record
        One at least.
    tree : DiseaseTree
    asked : sequence of Asked
        How each criterion is asked of several records.
    """

    def __init__(self, records: list[Record], tree: DiseaseTree, asked: Sequence[Asked]) -> None:
        self.records = records
        if len(records) == 1:
            self.tumours: tuple[Tumour, ...] = (Tumour(records[0].told),)
            return
        order = Order(records)
        self.tumours = tuple(
            Tumour(_joined(group, records, order, asked)) for group in by_tumour(records, tree)
        )

    @property
    def id(self) -> str:
        """Of its one record; of the patient where there are several."""
        first = self.records[0]
        return first.id if len(self.records) == 1 else first.patient or first.id

    def nearest(self, node: Node | None) -> Tumour:
        """The tumour that is nearest to a trial."""
        if node is None or len(self.tumours) == 1:
            return self.tumours[0]
        return max(self.tumours, key=lambda one: (one.answer(node), _nearness(one, node)))


def _nearness(tumour: Tumour, node: Node) -> tuple[int, ...]:
    lasting, unmet, unknown, _ = tumour.weight(tumour.failing(node))
    return -lasting, -unmet, -unknown


def by_tumour(records: Sequence[Record], tree: DiseaseTree) -> list[list[Record]]:
    """Records of one person by tumour: of one diagnosis, or of one that is a kind of the other.

    A diagnosis that is coarser than two of the person's, which are none of one another, may be of
    either and stands alone.
    """
    codes = {one.disease for one in records}
    finest = {c for c in codes if not any(c in tree.ancestors(o) for o in codes - {c})}
    groups: dict[str, list[Record]] = {}
    for one in records:
        below = [code for code in finest if one.disease in tree.ancestors(code)]
        groups.setdefault(below[0] if len(below) == 1 else one.disease, []).append(one)
    return list(groups.values())


def _joined(
    group: list[Record], person: list[Record], order: Order, asked: Sequence[Asked]
) -> bytes:
    """One answer for each criterion, of the records of one tumour and of the person."""
    old = [order.treated_since(one, group) for one in group]
    latest = [order.latest(records) for records in (group, person)]
    told = bytearray()
    for number, how in enumerate(asked):
        if how.scope is Scope.FOUND:
            pairs = zip(group, old, strict=True)
            said = [_then(one, number, gone) for one, gone in pairs]
        else:
            last = latest[how.scope is Scope.PERSON]
            records = person if how.scope is Scope.PERSON else group
            every = enumerate(one.told[number] for one in records)
            said = [value for n, value in every if n in last or value in how.keeps]
        told.append(joined(said))
    return bytes(told)


def _then(one: Record, number: int, treated_since: bool) -> int:
    """What a record tells; before a therapy what it did not find settles nothing of today."""
    return Told.UNKNOWN if treated_since and number in one.open else one.told[number]


def record_of(case: Case, asking: Asking, count: int) -> Record:
    """What a case tells of the first `count` criteria."""
    told = bytes(_told(number, asking) for number in range(count))
    resting = frozenset(
        number
        for number in range(count)
        if told[number] != Told.UNKNOWN and _rests_on_absence(number, asking)
    )
    return Record(
        id=case.id,
        patient=case.patient,
        earlier=case.earlier,
        disease=case.disease,
        as_of=case.as_of,
        prior=case.prior,
        line=case.line,
        told=told,
        open=resting,
    )


def _rests_on_absence(number: int, asking: Asking) -> bool:
    rule = asking.criterion(number).criterion
    if rule is None:
        return False
    return answer_without_absences(rule, asking.view, stale) is Answer.UNKNOWN


def _told(number: int, asking: Asking) -> Told:
    answer = asking.leaf(number)
    if answer is not Answer.UNMET:
        return Told.MET if answer is Answer.MET else Told.UNKNOWN
    return Told.UNMET if asking.recovers(number) else Told.LASTING


def people(records: Iterable[Record], tree: DiseaseTree, asked: Sequence[Asked]) -> list[Person]:
    """Records by patient, in the order in which patients are first seen.

    Records are of one patient where they name the same one, have the same id, or where one names
    the other as its earlier case.
    """
    found = list(records)
    same: dict[Name, Name] = {}
    for one in found:
        here = _root(same, ("case", one.id))
        for other in (("patient", one.patient), ("case", one.earlier)):
            if other[1]:
                same[_root(same, other)] = here
    by_root: dict[Name, list[Record]] = {}
    for one in found:
        by_root.setdefault(_root(same, ("case", one.id)), []).append(one)
    return [Person(list(of_one), tree, asked) for of_one in by_root.values()]


def _root(same: dict[Name, Name], name: Name) -> Name:
    while (above := same.get(name, name)) != name:
        name = above
    return name
