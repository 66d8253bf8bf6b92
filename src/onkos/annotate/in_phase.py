"""Which described changes of one gene lie on one molecule, as their caller phased them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from onkos.model import Alteration, Phase, SmallVariant

# Beyond this many changes of one gene in one phase set the caller has phased noise.
_MOST = 8


def phases(alterations: Iterable[Alteration], known: Sequence[Phase]) -> tuple[Phase, ...]:
    """Pairs of described changes of one gene in one phase set, beside those that are known."""
    sets: dict[tuple[str, ...], list[SmallVariant]] = {}
    for one in alterations:
        if isinstance(one, SmallVariant) and one.haplotype is not None and one.protein:
            key = (one.sample, one.chromosome, one.phase_set, one.gene)
            sets.setdefault(key, []).append(one)
    found = [
        Phase(
            gene=one.gene,
            first=one.protein,
            second=other.protein,
            cis=one.haplotype == other.haplotype,
        )
        for placed in sets.values()
        if len(placed) <= _MOST
        for one, other in combinations(placed, 2)
        if one.protein != other.protein and not _one_place(one, other)
    ]
    told = {(p.gene, frozenset((p.first, p.second))) for p in known}
    new = (p for p in found if (p.gene, frozenset((p.first, p.second))) not in told)
    return (*known, *new)


def _one_place(one: SmallVariant, other: SmallVariant) -> bool:
    """Two readings of the same residues cannot be on one molecule: one is of a subclone."""
    together = one.haplotype == other.haplotype and one.first and other.first
    return bool(together) and one.first <= other.last and other.first <= one.last
