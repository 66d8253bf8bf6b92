"""Claims weighed for one case: findings against evidence, for and against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onkos.criteria import CaseView, evaluate_in
from onkos.criteria.worked_out import laid_out
from onkos.evidence.index import ClaimIndex, index_of
from onkos.model import (
    TREATMENT_EFFECTS,
    Answer,
    Approval,
    ApprovalHere,
    Case,
    Claim,
    Criterion,
    Effect,
    Finding,
    Grade,
    Grades,
    Knowledge,
    Match,
    NotAssessed,
    Verdict,
)
from onkos.model.criterion import DiseaseIs, Or

REGULATORS = ("FDA", "EMA")
BOUND_TO_THE_TUMOUR = frozenset({"hormone", "chemotherapy"})
_NO_MARKER = Grades(**dict.fromkeys(("amp", "escat", "oncokb_style"), Grade(clause="no-marker")))
_NO_SETTING = Verdict(answer=Answer.MET, reasons=("no setting named",))


def match(
    case: Case,
    findings: Iterable[Finding | NotAssessed],
    knowledge: Knowledge,
    regulators: tuple[str, ...] = REGULATORS,
    *,
    denied: bool = False,
    met_treatments: bool = False,
) -> tuple[Match, ...]:
    """Every claim that bears on this tumour, or might, graded for its disease.

    A claim of this disease is kept unless its criterion is unmet. A claim of benefit in
    another disease is kept where its criterion is met; nothing else crosses diseases.

    Parameters
    ----------
    case : Case
        Described, so that oncogenicity is set. Where it withholds inherited findings, no claim
        of predisposition is weighed.
    regulators : tuple of str
        Whose approvals count here.
    denied : bool
        Also claims that nothing speaks for: resistance or an outcome looked for and not found.
    met_treatments : bool
        Only claims about treatments whose criterion is met: all that a comparison of sources
        asks for, and much less to weigh.
    """
    view = laid_out(case, findings, knowledge.vocabulary)
    index = index_of(knowledge)
    candidates = _candidates(view, index)
    return tuple(
        weighed
        for claim in (_met(candidates, view, index) if met_treatments else candidates)
        if not (case.withholds_germline and claim.effect is Effect.PREDISPOSITION)
        and (denied or claim.effect is Effect.BENEFIT or not claim.only_contradicted)
        and evaluate_in(claim.when, view).answer is not Answer.UNMET
        and (weighed := weigh(claim, view, knowledge, regulators))
        and (weighed.verdict is not Answer.UNMET or _crosses(weighed, case.disease, knowledge))
    )


def _crosses(weighed: Match, patient: str, knowledge: Knowledge) -> bool:
    """A benefit shown in another disease for something that this tumour carries.

    Wild-type and other absences select within their disease only; hormone treatment belongs to
    the tumours that depend on the hormone, and chemotherapy to those where it was tried. From
    solid tumours to blood cancers, or back, nothing crosses.
    """
    claim, tree = weighed.claim, knowledge.vocabulary.tree
    if not any(tree.solid(code) is tree.solid(patient) for code in claim.disease):
        return False
    if claim.effect is not Effect.BENEFIT or claim.home_only or not weighed.biomarker.alterations:
        return False
    if tree.covers(claim.disease_except, patient) is Answer.MET:
        return False
    drugs = (knowledge.vocabulary.drug_by_inn.get(name) for name in claim.therapy)
    bound = any(drug is not None and drug.modality in BOUND_TO_THE_TUMOUR for drug in drugs)
    return weighed.biomarker.answer is Answer.MET and not bound


def _met(candidates: Iterable[Claim], view: CaseView, index: ClaimIndex) -> Iterator[Claim]:
    """Treatments whose criterion is met; those of genes that carry nothing are not even asked."""
    carried = None if view.karyotype else frozenset(view.by_gene)
    for claim in candidates:
        if claim.effect not in TREATMENT_EFFECTS:
            continue
        needed = index.needed(claim)
        if carried is not None and needed is not None and carried.isdisjoint(needed):
            continue
        if evaluate_in(claim.when, view).answer is Answer.MET:
            yield claim


def _candidates(view: CaseView, index: ClaimIndex) -> Iterator[Claim]:
    """Claims of the disease, and benefits elsewhere of what this tumour carries."""
    at_home = index.for_disease(view.case.disease)
    yield from at_home
    known = {claim.id for claim in at_home}
    for claim in index.touching(view):
        if claim.id not in known:
            yield claim


def weigh(
    claim: Claim, view: CaseView, knowledge: Knowledge, regulators: tuple[str, ...] = REGULATORS
) -> Match:
    """One claim for one case, whatever its verdict."""
    relation = index_of(knowledge).relation(claim, view.case.disease, regulators)
    biomarker = evaluate_in(claim.when, view)
    setting = evaluate_in(claim.setting, view) if claim.setting else _NO_SETTING
    disease = relation.answer
    return Match(
        claim=claim,
        verdict=min(biomarker.answer, disease),
        biomarker=biomarker,
        disease=disease,
        disease_reason=relation.reason,
        setting=setting,
        grades=_NO_MARKER if _by_diagnosis_alone(claim.when, view) else relation.grades,
        approvals=_approvals(claim, disease, view, setting, regulators),
        raised=evaluate_in(claim.raise_when, view) if claim.raise_when else None,
    )


def _by_diagnosis_alone(when: Criterion, view: CaseView) -> bool:
    """The diagnosis is all that meets the criterion: no biomarker, nothing for the scales."""
    if not isinstance(when, Or):
        return isinstance(when, DiseaseIs)
    if not any(isinstance(part, DiseaseIs) for part in when.of):
        return False
    met = [part for part in when.of if evaluate_in(part, view).answer is Answer.MET]
    return bool(met) and all(isinstance(part, DiseaseIs) for part in met)


def _approvals(
    claim: Claim, disease: Answer, view: CaseView, setting: Verdict, regulators: tuple[str, ...]
) -> tuple[ApprovalHere, ...]:
    if disease is Answer.UNMET or claim.effect is not Effect.BENEFIT:
        return ()
    standing = (a for a in claim.approvals if a.stands and a.regulator in regulators)
    return tuple(_approval(a, claim, view, setting) for a in standing)


def _approval(approval: Approval, claim: Claim, view: CaseView, setting: Verdict) -> ApprovalHere:
    rule = approval.setting or claim.setting
    verdict = evaluate_in(approval.setting, view) if approval.setting else setting
    return ApprovalHere(
        regulator=approval.regulator,
        on=str(approval.on or ""),
        setting=str(rule) if rule else "",
        setting_verdict=verdict.answer,
        setting_reasons=verdict.reasons,
        accelerated=approval.accelerated,
        unverified=approval.unverified,
        any_marker=approval.any_marker,
    )
