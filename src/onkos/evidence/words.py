"""The words of karyotypes that a disease's knowledge asks for."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.evidence.index import index_of
from onkos.model import Answer, Knowledge
from onkos.model.criterion import Criterion, CytogeneticIs, atoms


def karyotype_words(disease: str, knowledge: Knowledge) -> frozenset[str]:
    """Names of cytogenetic findings in the claims and classifications of a disease."""
    known = index_of(knowledge).karyotype_words
    if disease not in known:
        rules = (rule for rule in _rules(disease, knowledge) if rule is not None)
        known[disease] = frozenset(
            leaf.name for rule in rules for leaf in atoms(rule) if isinstance(leaf, CytogeneticIs)
        )
    return known[disease]


def _rules(disease: str, knowledge: Knowledge) -> Iterator[Criterion | None]:
    for claim in index_of(knowledge).for_disease(disease):
        yield from (claim.when, claim.setting)
    tree = knowledge.vocabulary.tree
    for scheme in knowledge.schemes:
        if tree.judge(disease, scheme.disease, scheme.disease_except)[0] is not Answer.UNMET:
            yield from (rule.when for rule in scheme.rules)
            yield from (when for term in scheme.terms for when in term.when)
