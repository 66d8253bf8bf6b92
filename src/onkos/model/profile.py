"""Amounts of RNA or protein of many genes in one sample; no verdict on any of them."""

from __future__ import annotations

from math import log2

from onkos.model.noun import Noun, require


class Profile(Noun, frozen=True, kw_only=True):
    """How much of each gene's product a sample has.

    A number alone is neither over- nor underexpression: that takes a cohort to compare with.

    Attributes
    ----------
    analyte : str
        ``"RNA"`` or ``"protein"``.
    unit : str
        ``"TPM"`` of RNA; as the file has it of protein.
    values : dict of str to float
        By gene, of the genes of the vocabulary that the file has; at least 0 in TPM.
    genes : int
        Genes that the file has in all.
    method : str
        The tool that wrote it.
    """

    analyte: str
    unit: str
    values: dict[str, float]
    genes: int = 0
    method: str = ""
    sample: str = ""

    def __post_init__(self) -> None:
        require(self.analyte in {"RNA", "protein"}, f"analyte {self.analyte!r}")
        lowest = min(self.values.values(), default=0.0)
        require(self.unit != "TPM" or lowest >= 0, f"{lowest} TPM")


class ExpressionCohort(Noun, frozen=True, kw_only=True):
    """How much RNA of each gene the tumours of a cohort have.

    Attributes
    ----------
    n : int
        Tumours.
    values : dict of str to bytes
        By gene: log2(TPM + 1) of every tumour in ascending order, as 32-bit floats (little-endian).
    genes : int
        Genes that the file has in all.
    """

    name: str
    n: int
    values: dict[str, bytes]
    genes: int = 0

    def __post_init__(self) -> None:
        require(self.n > 0, f"{self.name}: no tumour")
        sizes = {len(packed) for packed in self.values.values()}
        require(sizes <= {4 * self.n}, f"{self.name}: not {self.n} values of each gene")


def logged(tpm: float) -> float:
    """log2(TPM + 1), as cohorts are kept.

    >>> logged(7.0)
    3.0
    """
    return log2(tpm + 1)
