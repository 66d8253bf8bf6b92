"""Claims by disease and by what they ask for, so that a case meets only those that concern it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onkos.criteria import CaseView
from onkos.evidence.grade import Standing, claim_is_solid, disease_relation, grades
from onkos.evidence.needed import genes_needed
from onkos.model import Answer, Claim, Effect, Grades, Knowledge, Measure
from onkos.model.criterion import (
    Compare,
    Criterion,
    CytogeneticIs,
    HlaIs,
    Status,
    atoms,
    genes_named,
)


class Relation(NamedTuple):
    """How one claim stands to one disease: the same for every patient who has it."""

    answer: Answer
    reason: str
    grades: Grades


class ClaimIndex:
    """Made once for a Knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._by_disease: dict[str, tuple[Claim, ...]] = {}
        self._by_trigger: dict[str, list[Claim]] = {}
        self.karyotype_words: dict[str, frozenset[str]] = {}
        self._needed: dict[str, frozenset[str] | None] = {}
        self._relations: dict[tuple[str, str, tuple[str, ...]], Relation] = {}
        measures = {m.name: m for m in knowledge.vocabulary.measures}
        for claim in knowledge.claims:
            if claim.effect is Effect.BENEFIT:
                for word in _triggers(claim.when, measures):
                    self._by_trigger.setdefault(word, []).append(claim)

    def for_disease(self, code: str) -> tuple[Claim, ...]:
        """Claims whose disease is, or may be, the patient's."""
        found = self._by_disease.get(code)
        if found is None:
            tree = self.knowledge.vocabulary.tree
            found = tuple(
                claim
                for claim in self.knowledge.claims
                if tree.judge(code, claim.disease, claim.disease_except)[0] is not Answer.UNMET
            )
            self._by_disease[code] = found
        return found

    def needed(self, claim: Claim) -> frozenset[str] | None:
        """Genes without a change of which the claim's criterion cannot be met."""
        if claim.id not in self._needed:
            self._needed[claim.id] = genes_needed(claim.when)
        return self._needed[claim.id]

    def relation(self, claim: Claim, disease: str, regulators: tuple[str, ...]) -> Relation:
        """Disease verdict and grades of a claim for a patient's disease."""
        key = (claim.id, disease, regulators)
        found = self._relations.get(key)
        if found is None:
            found = self._relations[key] = self._relate(claim, disease, regulators)
        return found

    def _relate(self, claim: Claim, disease: str, regulators: tuple[str, ...]) -> Relation:
        tree = self.knowledge.vocabulary.tree
        answer, reason, excepted = disease_relation(claim, disease, tree)
        standing = Standing(
            claim,
            same=answer is Answer.MET,
            excepted=excepted,
            both_solid=bool(tree.solid(disease)) and claim_is_solid(claim, tree),
            regulators=regulators,
            thresholds=self.knowledge.scales,
        )
        return Relation(answer, reason, grades(standing))

    def touching(self, view: CaseView) -> Iterator[Claim]:
        """Benefit claims that speak of something this tumour carries, each once."""
        seen: set[str] = set()
        for word in (*view.by_gene, *view.measured, *view.karyotype):
            for claim in self._by_trigger.get(word, ()):
                if claim.id not in seen:
                    seen.add(claim.id)
                    yield claim


def _triggers(rule: Criterion, measures: Mapping[str, Measure]) -> set[str]:
    """Genes, measures and karyotypes of a rule, with what derived words rest on."""
    words = set(genes_named(rule))
    for leaf in atoms(rule):
        match leaf:
            case Compare(name=name):
                words.add(name)
            case Status(name=name, status=status):
                words.add(name)
                derived = measures[name].derived.get(status) if name in measures else None
                if derived is not None and str(derived) != str(leaf):
                    words |= _triggers(derived, measures)
            case CytogeneticIs(name=name):
                words.add(name)
            case HlaIs():
                words.add("HLA")
            case _:
                pass
    return words


KEPT = 6  # built-in claims, those beside them, those that changed; of two states of knowledge
_INDEXES: list[ClaimIndex] = []


def index_of(knowledge: Knowledge) -> ClaimIndex:
    """The index of a Knowledge, made at its first use."""
    for index in _INDEXES:
        if index.knowledge is knowledge:
            return index
    _INDEXES[:] = [ClaimIndex(knowledge), *_INDEXES[: KEPT - 1]]
    return _INDEXES[0]
