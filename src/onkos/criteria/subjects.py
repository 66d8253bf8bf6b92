"""What a criterion speaks of: genes, measures, karyotype words, alleles."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Criterion, Vocabulary
from onkos.model.criterion import (
    Compare,
    CytogeneticIs,
    HlaIs,
    Status,
    atoms,
    genes_named,
)


def subjects(criterion: Criterion, vocabulary: Vocabulary) -> frozenset[str]:
    """Genes and measures by name; a word that is derived of others speaks of these as well.

    ``HER2 positive`` speaks of ERBB2, since its amplification amounts to it.
    """
    return genes_named(criterion) | frozenset(_measured(criterion, vocabulary))


def _measured(criterion: Criterion, vocabulary: Vocabulary) -> Iterator[str]:
    for leaf in atoms(criterion):
        match leaf:
            case Compare(name=name) | CytogeneticIs(name=name):
                yield name
            case HlaIs(allele=allele):
                yield allele
            case Status(name=name, status=status):
                yield name
                measure = vocabulary.measure_of.get(name)
                derived = measure.derived.get(status) if measure else None
                if derived is not None:
                    yield from subjects(derived, vocabulary)
            case _:
                pass
