"""A karyotype as read from its ISCN string: clones, and the abnormalities of each."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model.noun import Noun, require
from onkos.model.seen import Seen

NUMERICAL = "whole chromosome"
MARKERS = frozenset({"mar", "r", "dmin", "hsr", "ace", "min"})


class Abnormality(Noun, frozen=True, kw_only=True):
    """One abnormality of one clone.

    Attributes
    ----------
    text : str
        As written, without its cell count.
    kind : str
        ``"whole chromosome"``, or the symbol of ISCN: ``"t"``, ``"del"``, ``"inv"``, ``"der"``,
        ``"add"``, ``"i"``, ``"dic"``, ``"dup"``, ``"ins"``, ``"r"``, ``"mar"``, ``"dmin"``...
    sign : str
        ``"+"`` for an additional chromosome, ``"-"`` for a missing one, else empty.
    chromosomes : tuple of str
        ``"1"`` to ``"22"``, ``"X"``, ``"Y"``; ``"?"`` where not identified.
    bands : tuple of str
        Breakpoints by chromosome: ``"q22"``, ``"q13q31"``; empty where not given.
    parts : tuple of Abnormality
        The rearrangements that a derivative chromosome is made of.
    copies : pair of int
        How many, least and most (``+1~3mar``).
    """

    text: str
    kind: str
    sign: str = ""
    chromosomes: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    parts: tuple[Abnormality, ...] = ()
    copies: tuple[int, int] = (1, 1)
    constitutional: bool = False
    uncertain: bool = False
    cells: int | None = None

    @property
    def numerical(self) -> bool:
        """A whole chromosome gained or lost."""
        return self.kind == NUMERICAL

    @property
    def whole(self) -> tuple[Abnormality, ...]:
        """Itself and its parts."""
        return (self, *self.parts)

    def breaks(self) -> Iterator[tuple[str, str]]:
        """Chromosome and band of every breakpoint named, its own and its parts'.

        >>> list(Abnormality(text="del(5)(q13q33)", kind="del", chromosomes=("5",),
        ...                  bands=("q13q33",)).breaks())
        [('5', 'q13'), ('5', 'q33')]
        """
        for one in self.whole:
            yield from one.own_breaks()

    def own_breaks(self) -> Iterator[tuple[str, str]]:
        """The breakpoints of this rearrangement alone."""
        for chromosome, text in zip(self.chromosomes, self.bands, strict=False):
            yield from ((chromosome, band) for band in split_bands(text))


def split_bands(text: str) -> tuple[str, ...]:
    """``"q13q33"`` to ``("q13", "q33")``; what a question mark stands for stays out."""
    found: list[str] = []
    for letter in text:
        if letter in "pq":
            found.append(letter)
        elif found:
            found[-1] += letter
    return tuple(band.rstrip("?") for band in found)


class Clone(Noun, frozen=True, kw_only=True):
    """Cells of one karyotype.

    Attributes
    ----------
    chromosomes : pair of int
        Modal number, least and most.
    abnormalities : tuple of Abnormality
        Its own and those inherited from the clone that it descends from.
    ploidy : int
        Copies of each chromosome against which gains and losses are told: 2 unless the number
        of chromosomes or ``<3n>`` says otherwise.
    cells : int or None
        Metaphases of this karyotype.
    """

    chromosomes: tuple[int, int]
    sex: str = ""
    ploidy: int = 2
    abnormalities: tuple[Abnormality, ...] = ()
    cells: int | None = None
    composite: bool = False


class Karyogram(Seen, frozen=True, kw_only=True, tag="karyotype"):
    """A whole karyotype.

    Attributes
    ----------
    text : str
        The ISCN string as given, blanks removed.
    clones : tuple of Clone
        Constitutional changes and normal variants are kept, marked ``constitutional``.
    unread : tuple of str
        Parts that were not understood; with any, counts are lower bounds.
    beside : tuple of str
        Remarks behind the last clone that were not understood; the karyotype is whole.
    incomplete : bool
        The laboratory itself calls it incomplete (``inc``).
    """

    text: str
    clones: tuple[Clone, ...]
    unread: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    incomplete: bool = False

    def __post_init__(self) -> None:
        require(bool(self.clones), "a karyotype has at least one clone")

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        short = self.text if len(self.text) <= 60 else f"{self.text[:59]}…"
        return f"karyotype {short}"

    @property
    def partial(self) -> bool:
        """Whether something of it is not known, so that what is absent may be there."""
        return self.incomplete or bool(self.unread)

    @property
    def metaphases(self) -> int | None:
        """Cells analysed; None where any clone's number is not given."""
        cells = [clone.cells for clone in self.clones]
        return sum(n for n in cells if n) if all(cells) else None


class KaryotypeReading(Noun, frozen=True, kw_only=True):
    """What a karyotype says, for the page.

    Attributes
    ----------
    abnormalities : pair of int
        Clonal abnormalities, least and most; the most is -1 where there is no upper bound.
    clonal, single : tuple of str
        Abnormalities by their text; those in too few cells to be clonal stand apart.
    shows, may_show : tuple of str
        Words of the vocabulary that hold, and those of this disease that it does not settle.
    """

    text: str
    abnormalities: tuple[int, int]
    clonal: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    may_show: tuple[str, ...] = ()
    clones: tuple[str, ...] = ()
    metaphases: int | None = None
    remarks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    sample: str = ""
