"""A stretch of the genome with one number of copies."""

from __future__ import annotations

from onkos.model.noun import Noun, require


class Segment(Noun, frozen=True, kw_only=True):
    """A stretch of one chromosome in which the tumour has one number of copies.

    Attributes
    ----------
    chromosome : str
        ``"1"`` to ``"22"``, ``"X"``, ``"Y"``: without ``chr``.
    start, end : int
        First and last base, from 1.
    total, minor : float or None
        Copies per cancer cell, of both alleles and of the rarer one; None where not told.
    log2 : float or None
        log2 of the ratio to the tumour's own level.
    baf : float or None
        B-allele fraction of heterozygous sites, in [0, 1].
    share : float or None
        Fraction of cancer cells that have it, in [0, 1]; None is taken for all.
    assembly : str
        ``"GRCh37"`` or ``"GRCh38"``; empty where not told.
    """

    chromosome: str
    start: int
    end: int
    total: float | None = None
    minor: float | None = None
    log2: float | None = None
    baf: float | None = None
    share: float | None = None
    assembly: str = ""
    sample: str = ""

    def __post_init__(self) -> None:
        where = f"{self.chromosome}:{self.start}-{self.end}"
        require(1 <= self.start <= self.end, f"segment {where}")
        require(self.total is None or self.total >= 0, f"{where}: {self.total} copies")
        if self.total is not None and self.minor is not None:
            most = self.total / 2
            require(-0.5 <= self.minor <= most + 0.5, f"{where}: {self.minor} of {self.total}")

    @property
    def length(self) -> int:
        """Bases."""
        return self.end - self.start + 1

    @property
    def major(self) -> float | None:
        """Copies of the commoner allele."""
        if self.total is None or self.minor is None:
            return None
        return self.total - self.minor
