"""A stretch of the genome with one number of copies."""

from __future__ import annotations

import msgspec

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
    cells : float or None
        Fraction of all cells of the sample that have it, in [0, 1], where the file does not tell
        the tumour content by which it becomes a `share`.
    unsettled : bool
        The caller could not tell in which cells it is.
    rounded : bool
        The copies are those of the sample as a whole, rounded, and not of the cancer cell.
    probes : int or None
        Bins or sites that it was measured at.
    error : float or None
        Standard error of `log2`, as the caller tells it.
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
    cells: float | None = None
    unsettled: bool = False
    rounded: bool = False
    probes: int | None = None
    error: float | None = None
    assembly: str = ""
    sample: str = ""

    def __post_init__(self) -> None:
        where = f"{self.chromosome}:{self.start}-{self.end}"
        require(1 <= self.start <= self.end, f"segment {where}")
        require(self.total is None or self.total >= 0, f"{where}: {self.total} copies")
        if self.total is not None and self.minor is not None:
            most = self.total / 2
            require(-0.5 <= self.minor <= most + 0.5, f"{where}: {self.minor} of {self.total}")

    def of_cancer_cells(self, content: float | None) -> Segment:
        """What it says of the cancer cells, where its caller spoke of all cells.

        Rounded copies of the sample as a whole are no copies of a cancer cell: the log ratio
        beside them says more. A share of all cells becomes one of the cancer cells by the tumour
        content, in [0, 1].
        """
        told = self
        if told.rounded and told.log2 is not None:
            told = msgspec.structs.replace(told, total=None, minor=None, rounded=False)
        if told.cells is None or told.share is not None:
            return told
        if not content:
            return msgspec.structs.replace(told, unsettled=True)
        return msgspec.structs.replace(told, share=min(told.cells / content, 1.0))

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
