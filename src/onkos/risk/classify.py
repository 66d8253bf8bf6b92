"""Every published classification that concerns a case, with best and worst case."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.criteria import CaseView, evaluate_in
from onkos.model import Answer, Case, Knowledge, Verdict
from onkos.model.risk import Classified, Scheme
from onkos.risk.ordered import by_rules
from onkos.risk.score import by_score


def classify(case: Case, knowledge: Knowledge) -> tuple[Classified, ...]:
    """What each scheme of the case's disease says of it.

    Parameters
    ----------
    case : Case
        Described, so that oncogenicity is set.

    Returns
    -------
    tuple of Classified
        In the order of the knowledge. A scheme that does not apply says why; one that lacks a
        test gives every result that is still possible and names the test.
    """
    view = CaseView(case, knowledge.vocabulary)
    return tuple(_classified(view, knowledge))


def _classified(view: CaseView, knowledge: Knowledge) -> Iterator[Classified]:
    tree = knowledge.vocabulary.tree
    done: dict[str, Classified] = {}
    for scheme in knowledge.schemes:
        answer, _ = tree.judge(view.case.disease, scheme.disease, scheme.disease_except)
        if answer is not Answer.MET:
            continue
        found = done[scheme.id] = one(scheme, view, done)
        if not scheme.helper:
            yield found


def one(scheme: Scheme, view: CaseView, done: dict[str, Classified]) -> Classified:
    """One scheme for one case.

    Parameters
    ----------
    done : dict of str to Classified
        Schemes already asked, for those that build on another.
    """
    why_not = _why_not(scheme, view)
    if why_not:
        return Classified(
            scheme=scheme.id, name=scheme.name, why_not=why_not, source=scheme.source_id
        )
    found = by_rules(scheme, view) if scheme.rules else by_score(scheme, view, done)
    said = (r.text for r in scheme.remarks if evaluate_in(r.when, view).answer is Answer.MET)
    from msgspec.structs import replace

    return replace(
        found,
        remarks=tuple(said),
        source=scheme.source_id,
        note=scheme.note,
        unverified=scheme.unverified,
    )


def _why_not(scheme: Scheme, view: CaseView) -> str:
    for remark in scheme.unless:
        if evaluate_in(remark.when, view).answer is Answer.MET:
            return remark.text
    if scheme.setting is not None:
        held: Verdict = evaluate_in(scheme.setting, view)
        if held.answer is Answer.UNMET:
            return "; ".join(held.reasons)
    return ""
