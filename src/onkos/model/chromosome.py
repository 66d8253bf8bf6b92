"""Chromosomes of a reference assembly."""

from __future__ import annotations

from onkos.model.noun import Noun, require


class Chromosome(Noun, frozen=True, kw_only=True):
    """A chromosome: how long it is and where its centromere lies.

    Attributes
    ----------
    assembly : str
        ``"GRCh37"`` or ``"GRCh38"``.
    name : str
        ``"1"`` to ``"22"``, ``"X"``, ``"Y"``.
    length : int
        Bases.
    centromere : pair of int
        Where it begins and ends, in bases.
    acrocentric : bool
        The short arm has next to no sequence of its own: nothing is assessed there.
    sites : dict of str to str
        Positions, from 1, and the base that the reference has there.
    """

    assembly: str
    name: str
    length: int
    centromere: tuple[int, int]
    acrocentric: bool = False
    sites: dict[str, str] = {}

    def __post_init__(self) -> None:
        start, end = self.centromere
        where = f"{self.assembly} {self.name}"
        require(0 < start < end < self.length, f"{where}: centromere {start} to {end}")
