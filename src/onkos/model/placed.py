"""Known changes of DNA by their places, to be matched exactly where no genome is at hand."""

from __future__ import annotations

from collections.abc import Iterable

from onkos.model.alteration_words import Consequence
from onkos.model.noun import Noun, require

ASSEMBLIES = ("GRCh37", "GRCh38")
BUILT_IN, OF_USER = "built-in table", "table of the user"


def least(start: int, reference: str, alternate: str) -> tuple[int, str, str]:
    """First base and bases of a change, those that both alleles share left out, the last first.

    >>> least(100, "CAG", "CG"), least(100, "C", "CC")
    ((101, 'A', ''), (100, '', 'C'))
    """
    most = min(len(reference), len(alternate))
    tail = 0
    while tail < most and reference[-1 - tail] == alternate[-1 - tail]:
        tail += 1
    reference, alternate = reference[: len(reference) - tail], alternate[: len(alternate) - tail]
    head = 0
    while head < min(len(reference), len(alternate)) and reference[head] == alternate[head]:
        head += 1
    return start + head, reference[head:], alternate[head:]


def turned(bases: str, by: int) -> str:
    """Bases of an insertion or deletion that is put so much further right.

    >>> turned("ACG", 1)
    'CGA'
    """
    at = by % len(bases) if bases else 0
    return bases[at:] + bases[:at]


class PlacedChange(Noun, frozen=True, kw_only=True, array_like=True):
    """A change of DNA, what it does, and where it lies on each assembly.

    Attributes
    ----------
    protein : str
        One-letter HGVS without ``p.``; empty where the change has none.
    grch38, grch37 : int
        First base replaced, from 1; of an insertion the base that it goes before; 0 where it is
        not known on that assembly.
    reference, alternate : str
        Bases of the forward strand; empty for none.
    moves : int
        Bases that an insertion or deletion can be put further right without being another
        change, as far as is known.
    source : str
        Where the fact is from: ``"CIViC:33"``.
    """

    gene: str
    chromosome: str
    grch38: int = 0
    grch37: int = 0
    reference: str = ""
    alternate: str = ""
    protein: str = ""
    coding: str = ""
    consequence: Consequence = Consequence.UNKNOWN
    first: int = 0
    last: int = 0
    transcript: str = ""
    moves: int = 0
    source: str = ""
    added: bool = False

    def __post_init__(self) -> None:
        require(self.reference != self.alternate, f"{self.gene}: nothing changes")
        require(self.grch37 > 0 or self.grch38 > 0, f"{self.gene}: a change without a place")

    def place(self, assembly: str) -> int:
        """Its first base on an assembly; 0 where it is not known there."""
        return self.grch37 if assembly == "GRCh37" else self.grch38

    def forms(self) -> Iterable[tuple[int, str, str]]:
        """How much further right, and the bases, of each form of the same change."""
        for by in range(self.moves + 1):
            yield by, turned(self.reference, by), turned(self.alternate, by)


class PlacedChanges:
    """Known changes, looked up by place and bases, or by what they do.

    Parameters
    ----------
    changes : iterable of PlacedChange
        Of two that say different things of one place and its bases the first counts.
    """

    def __init__(self, changes: Iterable[PlacedChange]) -> None:
        self._by_place: dict[tuple[str, str, int, str, str], PlacedChange] = {}
        self._by_protein: dict[tuple[str, str], list[PlacedChange]] = {}
        for change in changes:
            self._by_protein.setdefault((change.gene, change.protein or change.coding), []).append(
                change
            )
            for assembly in ASSEMBLIES:
                at = change.place(assembly)
                for by, reference, alternate in change.forms() if at else ():
                    key = (assembly, change.chromosome, at + by, reference, alternate)
                    self._by_place.setdefault(key, change)

    def at(
        self, assembly: str, chromosome: str, start: int, reference: str, alternate: str
    ) -> PlacedChange | None:
        """The change with these bases at this place, shared bases left out; None for none."""
        return self._by_place.get((assembly, chromosome, start, reference, alternate))

    def named(self, gene: str, change: str) -> tuple[PlacedChange, ...]:
        """Changes of a gene by protein change, or by coding change where they have no other."""
        return tuple(self._by_protein.get((gene, change), ()))

    def __len__(self) -> int:
        return len(self._by_place)
