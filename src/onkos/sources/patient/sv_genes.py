"""Genes at the ends of a structural variant, from the annotation of its records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from onkos.sources.patient.consequence import effect_of
from onkos.sources.patient.maf_words import BETWEEN, DOWNSTREAM, UPSTREAM
from onkos.sources.patient.vcf_header import Layout

_OUTSIDE = frozenset({BETWEEN, DOWNSTREAM, UPSTREAM})
# Genes that lie wholly inside are lost or gained, not broken.
_WHOLE = frozenset({"transcript_ablation", "transcript_amplification"})
_STRANDS = {"1": "+", "-1": "-", "+": "+", "-": "-"}
_JOINED = "gene_fusion"
_HEAD_TO_HEAD = "bidirectional_gene_fusion"


class Broken(NamedTuple):
    """Genes that one record's annotation says are broken.

    Attributes
    ----------
    strands : dict of str to str
        Genes, each with ``"+"``, ``"-"``, or empty where the annotation does not tell.
    joined : tuple of str
        Two genes that snpEff says are joined.
    opposed : bool
        snpEff says that they are joined in opposite directions.
    """

    strands: dict[str, str]
    joined: tuple[str, ...] = ()
    opposed: bool = False

    @property
    def genes(self) -> frozenset[str]:
        """Their names."""
        return frozenset(self.strands)


def broken_genes(
    layout: Layout,
    rows: Sequence[Sequence[str]],
    approved: Callable[[str], str],
    known: Callable[[str], bool],
) -> Broken:
    """Genes that the annotation of one record says are broken.

    Of several those count that the vocabulary knows or that code for protein.

    Parameters
    ----------
    approved : callable
        Gives the approved symbol.
    known : callable
        Whether the vocabulary has a gene.
    """
    found: dict[str, str] = {}
    coding: set[str] = set()
    joined: tuple[str, ...] = ()
    opposed = False
    for row in rows:
        terms = layout.cell(row, "terms").casefold()
        symbol = layout.cell(row, "symbol")
        if _JOINED in terms and "&" in symbol:
            names = tuple(dict.fromkeys(approved(name) for name in symbol.split("&") if name))
            if len(names) == 2 and not (joined and _HEAD_TO_HEAD in terms):
                joined, opposed = names, _HEAD_TO_HEAD in terms
            continue
        if not symbol or not _inside(terms):
            continue
        gene = approved(symbol)
        found[gene] = _STRANDS.get(layout.cell(row, "strand"), "") or found.get(gene, "")
        if layout.cell(row, "biotype") in {"protein_coding", ""}:
            coding.add(gene)
    if len(found) > 1:
        found = {gene: s for gene, s in found.items() if known(gene) or gene in coding}
    return Broken(found, joined, opposed)


def _inside(terms: str) -> bool:
    effect = effect_of(terms)
    if effect is None or (effect.kind, effect.reason) in _OUTSIDE:
        return False
    return not _WHOLE & set(terms.split("&"))
