"""Genes without a change of which a criterion cannot be met."""

from __future__ import annotations

from onkos.model.criterion import (
    And,
    CopyNumberIs,
    Criterion,
    FusionIs,
    LossOfFunction,
    Mutation,
    Or,
)


def genes_needed(rule: Criterion) -> frozenset[str] | None:
    """Genes of which a change of at least one is needed to meet a rule; None where that is not so.

    >>> from onkos.model.criterion import WildType
    >>> kras = Mutation(genes=("KRAS",))
    >>> sorted(genes_needed(And(of=(kras, WildType(genes=("NRAS",))))))
    ['KRAS']
    >>> genes_needed(Or(of=(kras, WildType(genes=("NRAS",))))) is None
    True
    """
    match rule:
        case Mutation(genes=genes) | LossOfFunction(genes=genes) | CopyNumberIs(genes=genes):
            return frozenset(genes)
        case FusionIs(genes=genes, five=five, three=three):
            return frozenset((*genes, *((five, three) if five else ())))
        case And(of=parts):
            needed = [found for part in parts if (found := genes_needed(part)) is not None]
            return min(needed, key=len) if needed else None
        case Or(of=parts):
            each = [genes_needed(part) for part in parts]
            told = [found for found in each if found is not None]
            return frozenset().union(*told) if len(told) == len(each) else None
        case _:
            return None
