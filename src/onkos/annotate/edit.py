"""A small change as bases taken out of the genome and bases put in, in all its equal forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onkos.model.placed import least
from onkos.model.reference import Reference

FARTHEST = 5000  # bases that a repeat is followed; longer ones are not small changes
_STEP = 200


class Edit(NamedTuple):
    """Bases `start` to `end` replaced by `bases`, on the forward strand.

    Attributes
    ----------
    start, end : int
        From 1, both included; an insertion has ``end == start - 1`` and goes before `start`.
    removed, bases : str
        What was there, and what stands there instead.
    """

    chromosome: str
    start: int
    end: int
    removed: str
    bases: str

    @property
    def moves(self) -> bool:
        """Whether it may have other forms: a pure insertion or deletion."""
        return bool(self.removed) != bool(self.bases)

    def moved(self, by: int, removed: str, bases: str) -> Edit:
        """The same change, some bases on."""
        return Edit(self.chromosome, self.start + by, self.end + by, removed, bases)


def trimmed(chromosome: str, position: int, reference: str, alternate: str) -> Edit:
    """The least edit of a record: bases that both alleles share at their ends left out.

    >>> trimmed("7", 100, "CAG", "CG")
    Edit(chromosome='7', start=101, end=101, removed='A', bases='')
    """
    start, removed, bases = least(position, reference.upper(), alternate.upper())
    return Edit(chromosome, start, start + len(removed) - 1, removed, bases)


def forms(edit: Edit, genome: Reference) -> list[Edit]:
    """All edits with the same result, the leftmost first; one where it cannot move."""
    if not edit.moves:
        return [edit]
    left = list(_rolled(edit, genome, -1))
    return [*reversed(left), edit, *_rolled(edit, genome, 1)]


def leftmost(edit: Edit, genome: Reference) -> Edit:
    """The form that a VCF gives.

    References
    ----------
    Tan, Abecasis and Kang, Bioinformatics 2015, PMID 25701572.
    """
    return forms(edit, genome)[0]


def as_record(edit: Edit, genome: Reference) -> tuple[int, str, str]:
    """Position, REF and ALT as a VCF writes the edit, with the base before where one is empty."""
    if edit.removed and edit.bases:
        return edit.start, edit.removed, edit.bases
    if edit.start == 1:
        after = genome.sequence(edit.chromosome, edit.end + 1, edit.end + 1)
        return 1, edit.removed + after, edit.bases + after
    before = genome.sequence(edit.chromosome, edit.start - 1, edit.start - 1)
    return edit.start - 1, before + edit.removed, before + edit.bases


def _rolled(edit: Edit, genome: Reference, step: int) -> Iterator[Edit]:
    """The edit moved base by base in one direction, as long as the result stays the same."""
    text = edit.removed or edit.bases
    outside = _outside(edit, genome, step)
    for by, base in zip(range(1, FARTHEST + 1), outside, strict=False):
        edge = text[0] if step > 0 else text[-1]
        if base != edge or base == "N":
            return
        text = text[1:] + edge if step > 0 else edge + text[:-1]
        removed, bases = (text, "") if edit.removed else ("", text)
        yield edit.moved(by * step, removed, bases)


def _outside(edit: Edit, genome: Reference, step: int) -> Iterator[str]:
    """Bases beyond the edit, going away from it."""
    at = edit.end + 1 if step > 0 else edit.start - 1
    while at > 0:
        low, high = (at, at + _STEP - 1) if step > 0 else (max(1, at - _STEP + 1), at)
        bases = genome.sequence(edit.chromosome, low, high)
        if not bases:
            return
        yield from bases if step > 0 else reversed(bases)
        if len(bases) < high - low + 1:
            return
        at = high + 1 if step > 0 else low - 1
