"""Clones in descent: ``idem``, ``sl`` and ``sdl`` made each clone's whole list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from onkos.model.karyotype import Abnormality, Clone
from onkos.sources.patient.statement import NotUnderstood

_HAPLOID = 23


class Lineage:
    """Resolves ``idem``, ``sl`` and ``sdl`` into each clone's whole list."""

    def __init__(self, normal: set[str]) -> None:
        self._normal = normal

    def of(self, rough: list[dict[str, Any]]) -> tuple[tuple[Clone, ...], bool]:
        """The clones in order, and whether any is called incomplete."""
        if not rough:
            raise NotUnderstood("a karyotype that was not understood", "give its changes in words")
        made: list[Clone] = []
        for one in rough:
            made.append(self._clone(one, made))
        incomplete = any(a.kind == "inc" for one in rough for a in one["items"])
        return tuple(made), incomplete

    def _clone(self, one: dict[str, Any], before: list[Clone]) -> Clone:
        own = [self._settled(a) for a in one["items"] if a.kind != "inc"]
        parent = self._parent(one.get("from", ""), before)
        inherited = list(parent.abnormalities) if parent else []
        low, high = one["low"], one["high"]
        return Clone(
            chromosomes=(low, high),
            sex=one["sex"] or (parent.sex if parent else ""),
            ploidy=one["ploidy"] or ploidy_of((low + high) // 2),
            abnormalities=tuple(_descended(inherited, own)),
            cells=one["cells"],
            composite=one["composite"],
        )

    def _parent(self, word: str, before: list[Clone]) -> Clone | None:
        """``idem`` and ``sl`` are the first clone; ``sdl1`` the second, and so on."""
        abnormal = [clone for clone in before if clone.abnormalities] or before
        if not word or not abnormal:
            return None
        number = int(word[3:] or 1) if word.startswith("sdl") else 0
        return abnormal[min(number, len(abnormal) - 1)]

    def _settled(self, one: Abnormality) -> Abnormality:
        normal = one.text.casefold() in self._normal
        return replace(one, constitutional=True) if normal else one


def _descended(inherited: list[Abnormality], own: list[Abnormality]) -> Iterator[Abnormality]:
    """What a subclone holds: ``-der(5)`` and ``-8`` take back a derivative and an added 8."""
    losses = [a for a in own if a.sign == "-"]
    undone: list[Abnormality] = []
    for one in inherited:
        loss = next((a for a in losses if a not in undone and _undoes(a, one)), None)
        if loss is None:
            yield one
        else:
            undone.append(loss)
    yield from (a for a in own if a not in undone and (a.sign != "-" or a.numerical))


def _undoes(loss: Abnormality, one: Abnormality) -> bool:
    if loss.numerical or one.numerical:
        both = loss.numerical and one.numerical and one.sign == "+"
        return both and loss.chromosomes == one.chromosomes
    return one.text.removeprefix("+").startswith(loss.text.removeprefix("-"))


def ploidy_of(chromosomes: int) -> int:
    """Sets of chromosomes that a modal number is told against (ISCN: 58 to 80 is near-triploid).

    >>> ploidy_of(45), ploidy_of(70), ploidy_of(90)
    (2, 3, 4)
    """
    bounds = ((57, 2), (80, 3), (103, 4))
    return next((sets for most, sets in bounds if chromosomes <= most), chromosomes // _HAPLOID)
