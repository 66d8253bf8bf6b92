"""Conditions that a registry names: keywords by which a study is found, and no rule of entry.

A study of "Urothelial Carcinoma" takes tumours of the ureter, one of "Lung Cancer, Colorectal
Cancer" perhaps any solid tumour. What the keywords leave out rules a trial out only where it is
plainly another branch.
"""

from __future__ import annotations

from onkos.criteria import CaseView
from onkos.criteria.answers import unknown, unmet
from onkos.model import Answer, Question, Verdict
from onkos.model.diseases import DiseaseTree
from onkos.model.trial import TrialCriterion

_EVERYTHING = frozenset({"TISSUE", "SOLID", "BLOOD"})


def of_disease(criterion: TrialCriterion, code: str, patient: str, tree: DiseaseTree) -> Answer:
    """Whether a patient's diagnosis is the one asked for; of a keyword, unmet only if far off."""
    answer, _ = tree.judge(patient, (code,))
    if answer is not Answer.UNMET or criterion.wider is None:
        return answer
    return Answer.UNKNOWN if _near(criterion.wider, code, patient, tree) else Answer.UNMET


def keyword_verdict(
    criterion: TrialCriterion, code: str, found: Verdict, view: CaseView
) -> Verdict:
    """The verdict of a keyword, as it is where the diagnosis fits it or may."""
    if found.answer is not Answer.UNMET:
        return found
    tree, patient = view.vocabulary.tree, view.case.disease
    mine, theirs = tree.name(patient), tree.name(code)
    said = f"the registry names {theirs}"
    if of_disease(criterion, code, patient, tree) is Answer.UNMET:
        return unmet(f"{said}; {mine} is of another organ")
    text = f"whether it takes {mine}: {said}"
    return unknown(f"{said}, and not {mine}", Question(kind="clinical", subject=code, text=text))


def _near(wider: tuple[str, ...], code: str, patient: str, tree: DiseaseTree) -> bool:
    """Of one organ, or of one group; or of a wider population that the study's words name."""
    mine = tree.ancestors(patient)
    group = tree.groups.get(code)
    held = {code} if group is None else set(group.includes)
    theirs = {above for one in held for above in tree.ancestors(one)}
    return bool((mine & theirs) - _EVERYTHING) or bool(mine & set(wider))
