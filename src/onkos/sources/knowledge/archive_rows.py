"""What an adapter of an archive of alleles gives: the head of a file, then its rows."""

from __future__ import annotations

from typing import NamedTuple


class Head(NamedTuple):
    """Of which assembly a file is, and of which day by its own word; empty for none."""

    assembly: str
    day: str


class Filed(NamedTuple):
    """An allele and what is said of it.

    Attributes
    ----------
    start, removed, bases : int, str, str
        As of ``model.Allele``.
    moves : int
        Bases that it can be put further right without being another change.
    id : int
        Of the variant in the archive.
    said : str
        As the archive writes it; few differ.
    conditions : tuple of str
        Diseases, as the archive writes them.
    """

    chromosome: str
    start: int
    removed: str
    bases: str
    moves: int
    id: int
    said: str
    conditions: tuple[str, ...]


class Refused(NamedTuple):
    """A row that is no allele to be looked up, and why."""

    line: int
    text: str
    reason: str
