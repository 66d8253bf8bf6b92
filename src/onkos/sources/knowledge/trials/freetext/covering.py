"""Which criteria speak of the same genes: what is excluded, and what is required elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Criterion
from onkos.model.criterion import EventIs, FusionIs, Mutation, WildType
from onkos.model.trial import Polarity, TrialCriterion


def sides(criterion: TrialCriterion) -> Iterator[tuple[str, bool]]:
    """Genes whose mutation or fusion at large a criterion asks for, or asks to be absent."""
    rule = criterion.criterion
    yes = criterion.polarity is Polarity.REQUIRED
    if isinstance(rule, WildType):
        yield from ((f"{gene} mutation", not yes) for gene in rule.genes)
    elif isinstance(rule, Mutation) and rule == Mutation(genes=rule.genes):
        yield from ((f"{gene} mutation", yes) for gene in rule.genes)
    elif isinstance(rule, FusionIs):
        yield from ((f"{gene} fusion", yes) for gene in rule.genes)


def covers(wide: Criterion, leaf: Criterion) -> bool:
    """Whether what is excluded is all of what is required: any mutation of a gene, and one."""
    if wide == leaf:
        return True
    if not isinstance(wide, Mutation) or wide != Mutation(genes=wide.genes):
        return False
    return isinstance(leaf, (Mutation, EventIs)) and _genes(leaf) <= set(wide.genes)


def _genes(leaf: Mutation | EventIs) -> set[str]:
    return {leaf.gene} if isinstance(leaf, EventIs) else set(leaf.genes)
