"""Genes that handle drugs: alleles, and how two of them make an activity score."""

from __future__ import annotations

from collections.abc import Sequence

from onkos.model.noun import Noun, require

PLOIDY = 2


class Allele(Noun, frozen=True, kw_only=True):
    """An allele or a variant, and the activity that it leaves.

    Attributes
    ----------
    values : tuple of float
        Activity; two where its function is uncertain or editions differ: least and most.
    stands_for : str
        Another variant that it marks without being the cause, so that both count as one.
    made_of : tuple of str
        Alleles that, found together and each once, are taken for this one on a single copy.
    """

    name: str
    aliases: tuple[str, ...] = ()
    values: tuple[float, ...]
    stands_for: str = ""
    made_of: tuple[str, ...] = ()
    note: str = ""


class PhenotypeBand(Noun, frozen=True, kw_only=True):
    """A phenotype up to and including a score; the last has no end."""

    phenotype: str
    most: float | None = None


class Pharmacogene(Noun, frozen=True, kw_only=True):
    """A gene whose inherited variants change what a dose does.

    Attributes
    ----------
    scored : bool
        Whether the score itself is what guidelines speak of (DPYD, CYP2D6).
    """

    symbol: str
    reference: Allele
    alleles: tuple[Allele, ...]
    phenotypes: tuple[PhenotypeBand, ...]
    scored: bool = False
    uncertain: str = ""
    caution: str = ""
    source: str = ""
    pmid: int | None = None

    def __post_init__(self) -> None:
        require(bool(self.phenotypes), f"{self.symbol}: no phenotypes")

    def score(self, strands: Sequence[Sequence[Allele]]) -> tuple[float, float]:
        """Activity score of two known strands: the lowest of each, summed.

        Parameters
        ----------
        strands : sequence of two sequences of Allele
            Variants on each copy; an empty one is the reference.

        Returns
        -------
        tuple of two floats
            Least and most; equal where every function is certain.
        """
        require(len(strands) == PLOIDY, f"{self.symbol}: two strands, not {len(strands)}")
        copies = [self._lowest(strand) for strand in strands]
        return sum(low for low, _ in copies), sum(high for _, high in copies)

    def score_unphased(self, variants: Sequence[Allele]) -> tuple[float, float]:
        """Score where it is not known which copy a variant is on: the two lowest, summed.

        Parameters
        ----------
        variants : sequence of Allele
            Each once for every copy that carries it; homozygous ones stand twice.
        """
        padded = [*variants, self.reference, self.reference]
        lows = sorted(min(a.values) for a in padded)[:PLOIDY]
        highs = sorted(max(a.values) for a in padded)[:PLOIDY]
        return sum(lows), sum(highs)

    def _lowest(self, strand: Sequence[Allele]) -> tuple[float, float]:
        held = list(strand) or [self.reference]
        return min(min(a.values) for a in held), min(max(a.values) for a in held)

    def phenotype(self, score: tuple[float, float]) -> str:
        """The phenotype of a score; the word for uncertain where it allows several, or empty."""
        low, high = (self._band(value) for value in score)
        return low if low == high else self.uncertain

    def _band(self, score: float) -> str:
        return next(b.phenotype for b in self.phenotypes if b.most is None or score <= b.most)
