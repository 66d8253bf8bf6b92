"""What the diagnosis itself says of the tumour: defining lesions, antigens that nearly all have."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.criteria import CaseView, evaluate_in
from onkos.model import (
    Alteration,
    Answer,
    Case,
    Cytogenetic,
    Defining,
    Fusion,
    Measurement,
    Origin,
    Stated,
    StatedClass,
    Vocabulary,
    genes_of,
)
from onkos.model.criterion import CytogeneticIs


def implied_alterations(case: Case, vocabulary: Vocabulary) -> Iterator[Alteration]:
    """Defining lesions of which the case says nothing, for or against."""
    entries = [e for e in _of(case, vocabulary) if e.shows or e.rearranged or e.stated]
    if not entries:
        return
    words = {a.name for a in case.alterations if isinstance(a, Cytogenetic)}
    fused = {gene for a in case.alterations if _of_fusion(a) for gene in genes_of(a)}
    named = {gene for a in case.alterations for gene in genes_of(a)}
    view = CaseView(case, vocabulary)
    for entry in entries:
        for name in entry.shows:
            word = vocabulary.karyotype_by_name[name.casefold().replace(" ", "")]
            told = name in words or {word.five, word.three} & fused - {""}
            if not told and not _shown(name, view):
                yield Cytogenetic(name=name, by_diagnosis=True)
        for gene in entry.rearranged:
            if gene not in fused:
                yield Fusion(five=gene, origin=Origin.SOMATIC, by_diagnosis=True)
        for text in entry.stated:
            gene, _, what = text.partition(" ")
            if gene not in named:
                yield Stated(gene=gene, finding=StatedClass(what), by_diagnosis=True)


def implied_measurements(case: Case, vocabulary: Vocabulary) -> Iterator[Measurement]:
    """Antigens that nearly all tumours of this kind carry, where nothing was measured."""
    measured = {measurement.name for measurement in case.measurements}
    names = dict.fromkeys(n for entry in _of(case, vocabulary) for n in entry.positive)
    for name in names:
        if name not in measured:
            yield Measurement(name=name, status="positive", by_diagnosis=True)


def _shown(name: str, view: CaseView) -> bool:
    """Whether a karyotype or in situ hybridisation shows it; one that does not may be blind."""
    return evaluate_in(CytogeneticIs(name=name), view).answer is Answer.MET


def _of(case: Case, vocabulary: Vocabulary) -> Iterator[Defining]:
    judge = vocabulary.tree.judge
    return (e for e in vocabulary.defining if judge(case.disease, e.disease)[0] is Answer.MET)


def _of_fusion(alteration: Alteration) -> bool:
    stated = isinstance(alteration, Stated) and alteration.finding is StatedClass.FUSION
    return stated or isinstance(alteration, Fusion)
