"""Which changes of one gene lie on the same molecule, where the caller phased them cleanly."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from onkos.model import Phase, SmallVariant

if TYPE_CHECKING:
    from pysam import VariantRecordSample

# Beyond this many changes of one gene in one phase set the caller has phased noise.
_MOST = 8


class _Placed(NamedTuple):
    protein: str
    haplotype: int


class Phases:
    """Gathers the phased changes of a file, by phase set and gene.

    A change counts where its genotype has two haplotypes, is phased (``0|1``), and the allele
    is on one of them. Mutect2 and HaplotypeCaller write it as PGT with the set in PID, or as GT
    with PS; Strelka and WhatsHap as GT with PS.
    """

    def __init__(self) -> None:
        self._sets: dict[tuple[str, str, str], list[_Placed]] = {}

    def add(self, variant: SmallVariant) -> None:
        """Take one kept variant."""
        if variant.protein and variant.haplotype is not None:
            key = (variant.chromosome, variant.phase_set, variant.gene)
            self._sets.setdefault(key, []).append(_Placed(variant.protein, variant.haplotype))

    def found(self) -> Iterator[Phase]:
        """Pairs of changes, in cis or in trans."""
        for (_, _, gene), placed in self._sets.items():
            if len(placed) > _MOST:
                continue
            for one, other in combinations(placed, 2):
                cis = one.haplotype == other.haplotype
                if one.protein != other.protein:
                    yield Phase(gene=gene, first=one.protein, second=other.protein, cis=cis)


def haplotype_of(sample: VariantRecordSample | None, allele: int) -> tuple[str, int | None]:
    """Phase set and haplotype of an allele; empty and None where it is not phased cleanly."""
    return (_haplotype(sample, allele) if sample is not None else None) or ("", None)


def _haplotype(sample: VariantRecordSample, allele: int) -> tuple[str, int] | None:
    physical, name = sample.get("PGT"), sample.get("PID")
    if isinstance(physical, str) and isinstance(name, str) and allele == 1:
        sides = physical.split("|")
        if sorted(sides) == ["0", "1"]:
            return name, sides.index("1")
        return None
    genotype, phase_set = sample.get("GT"), sample.get("PS")
    if phase_set is None or not sample.phased or not genotype or len(genotype) != 2:
        return None
    if genotype.count(allele) != 1 or None in genotype:
        return None
    return str(phase_set), genotype.index(allele)
