"""A diagnosis that a lesion found makes: PML::RARA in what was given as AML."""

from __future__ import annotations

import msgspec

from onkos.criteria import CaseView, evaluate_in
from onkos.model import Answer, Case, Defining, Vocabulary
from onkos.model.criterion import CytogeneticIs


def narrowed(case: Case, vocabulary: Vocabulary) -> Case:
    """The case under the finer diagnosis that a lesion found makes, with a notice."""
    finer = [
        entry for entry in vocabulary.defining if entry.narrows and _below(entry, case, vocabulary)
    ]
    if not finer:
        return case
    view = CaseView(case, vocabulary)
    for entry in finer:
        for name in entry.shows:
            if evaluate_in(CytogeneticIs(name=name), view).answer is Answer.MET:
                return _read_as(case, entry.disease[0], name, vocabulary)
    return case


def _below(entry: Defining, case: Case, vocabulary: Vocabulary) -> bool:
    return vocabulary.tree.judge(case.disease, entry.disease)[0] is Answer.UNKNOWN


def _read_as(case: Case, code: str, lesion: str, vocabulary: Vocabulary) -> Case:
    names = vocabulary.tree.name
    notice = f"{lesion} was found: read as {names(code)} ({code}), no longer {names(case.disease)}"
    return msgspec.structs.replace(case, disease=code, notices=(*case.notices, notice))
