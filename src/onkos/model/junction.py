"""Two places of the genome that a structural variant has joined."""

from __future__ import annotations

from onkos.model.alteration_words import Origin
from onkos.model.noun import Noun, require

SIDES = ("+", "-")

# Why a structural variant of a file is left out, where what reads the file and what places it meet.
NO_GENE_TOLD = "structural variant: no gene told"
OUTSIDE_TABLE = "structural variant: ends in no gene of the built-in table"
ONE_OF_TABLE = "structural variant: one end in a gene of the built-in table, the other in none"


class Junction(Noun, frozen=True, kw_only=True):
    """Two ends of DNA joined, or one end joined to what could not be placed.

    Attributes
    ----------
    kind : str
        As the caller names it: ``"BND"``, ``"DEL"``, ``"DUP"``, ``"INV"``, ``"INS"``; ``"SGL"``
        for an end whose other side is not placed.
    chromosome, position, side
        One end: chromosome without ``chr``, last base kept (from 1), and on which side of the
        break the kept DNA lies: ``"+"`` for the lower coordinates, ``"-"`` for the higher.
    mate_chromosome, mate_position, mate_side
        The other end; empty and 0 where it is not placed.
    genes, mate_genes : tuple of str
        Genes that the annotation puts at each end.
    inserted : str
        Bases between the ends, where told.
    reads : int or None
        Reads or fragments of the tumour that support it.
    name : str
        Name of the record or of the event in the file.

    Examples
    --------
    >>> Junction(kind="DEL", chromosome="7", position=100, side="+",
    ...          mate_chromosome="7", mate_position=900, mate_side="-").place
    '7:100+ to 7:900-'
    """

    kind: str
    chromosome: str
    position: int
    side: str
    mate_chromosome: str = ""
    mate_position: int = 0
    mate_side: str = ""
    genes: tuple[str, ...] = ()
    mate_genes: tuple[str, ...] = ()
    inserted: str = ""
    reads: int | None = None
    vaf: float | None = None
    filters: tuple[str, ...] = ()
    origin: Origin = Origin.UNKNOWN
    assembly: str = ""
    sample: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        require(self.side in SIDES, f"side {self.side!r} of a junction")
        require(self.mate_side in (*SIDES, ""), f"side {self.mate_side!r} of a junction")
        require(self.vaf is None or 0 <= self.vaf <= 1, f"allele fraction {self.vaf}")

    @property
    def place(self) -> str:
        """Both ends, each with its side."""
        one = f"{self.chromosome}:{self.position}{self.side}"
        if not self.mate_chromosome:
            return one
        return f"{one} to {self.mate_chromosome}:{self.mate_position}{self.mate_side}"
