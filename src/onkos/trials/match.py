"""Trials for one case, each with its answer, ranked."""

from __future__ import annotations

from collections.abc import Iterable

from onkos.criteria import CaseView
from onkos.criteria.worked_out import with_measures
from onkos.model import Answer, Case, Finding, Knowledge, NotAssessed
from onkos.model.criterion import DiseaseIs, genes_named
from onkos.model.trial import Part, Polarity, Recovery, Trial, TrialStatus
from onkos.model.trial_match import Asked, LevelMatch, TrialMatch
from onkos.trials.asking import Asking
from onkos.trials.distance import Place, nearest_site
from onkos.trials.prepared import NO_OPEN_ARM, LevelPlan, Prepared, TrialPlan, prepared
from onkos.trials.rank import ranked

TEXT_UNREAD = "the trial's eligibility in free text is not part of this answer: read it"
NO_CRITERIA = "no criterion of the trial was read"
WITHHELD = "inherited findings are withheld: an answer may rest on their absence"
_SHUT = Asked(
    text=NO_OPEN_ARM, part=Part.CLINICAL, answer=Answer.UNMET, reasons=(NO_OPEN_ARM,),
    recovery=Recovery.REOPENING,
)  # fmt: skip


def matched(
    case: Case,
    findings: Iterable[Finding | NotAssessed],
    trials: Iterable[Trial] | Prepared,
    knowledge: Knowledge,
    *,
    near: Place | None = None,
    statuses: Iterable[TrialStatus] | None = None,
    everything: bool = False,
) -> tuple[TrialMatch, ...]:
    """Trials that the patient fits, or may fit, or may come to fit; best first.

    Parameters
    ----------
    case : Case
        Described, so that oncogenicity is set.
    trials : iterable of Trial, or Prepared
        Prepare them once where there are many cases.
    near : pair of floats or None
        Latitude and longitude of the patient's place, degrees.
    statuses : iterable of TrialStatus or None
        Those wanted; None for all.
    everything : bool
        Also trials that the patient cannot join.

    Returns
    -------
    tuple of TrialMatch
        Strong Kleene logic throughout: a marker that was not tested never counts as absent, nor
        a criterion that was not understood as met.
    """
    laid_out = prepared(trials, knowledge.vocabulary)
    view = CaseView(with_measures(case, findings), knowledge.vocabulary)
    asking = Asking(view, laid_out)
    plans = laid_out.plans if everything else laid_out.for_disease(case.disease)
    wanted = None if statuses is None else frozenset(statuses)
    found = (
        _match(plan, asking, near)
        for plan in plans
        if (wanted is None or plan.trial.status in wanted)
        and (everything or _worth_showing(plan, asking))
    )
    return ranked(found)


def _worth_showing(plan: TrialPlan, asking: Asking) -> bool:
    """Not ruled out, or only by what can be recovered."""
    if _answer(plan, asking) is not Answer.UNMET:
        return True
    return all(asked.recovery for asked in _standing_in_the_way(plan, asking))


def _answer(plan: TrialPlan, asking: Asking) -> Answer:
    """By its criteria; nobody can enter a trial of which no arm is open."""
    if plan.shut:
        return Answer.UNMET
    return Answer.UNKNOWN if plan.node is None else asking.answer(plan.node)


def _standing_in_the_way(plan: TrialPlan, asking: Asking) -> tuple[Asked, ...]:
    shut = (_SHUT,) if plan.shut else ()
    if plan.node is None:
        return shut
    shown = (asking.asked(number, decides=True) for number in sorted(asking.failing(plan.node)))
    return (*shut, *(asked for asked in shown if asked.answer is Answer.UNMET))


def _match(plan: TrialPlan, asking: Asking, near: Place | None) -> TrialMatch:
    trial = plan.trial
    answer = _answer(plan, asking)
    deciding = set() if plan.node is None else asking.deciding(plan.node)
    on_it = [asking.asked(number, decides=True) for number in sorted(deciding)]
    genomic = [asking.asked(n, decides=True) for n in sorted(deciding) if _of_genes(n, asking)]
    open_ones = [asked for asked in on_it if asked.answer is Answer.UNKNOWN]
    nearest = nearest_site(trial.sites, near)
    return TrialMatch(
        id=trial.id,
        title=trial.title,
        status=trial.status,
        phases=trial.phases,
        interventions=trial.interventions,
        answer=answer,
        shut=plan.shut,
        levels=tuple(_level(level, asking, deciding) for level in plan.levels),
        missing=tuple(dict.fromkeys(q for asked in open_ones for q in asked.missing)),
        untested=tuple(_named(a) for a in genomic if a.answer is Answer.UNKNOWN),
        not_read=tuple(asked.text for asked in open_ones if not asked.criterion),
        unmet=_standing_in_the_way(plan, asking) if answer is Answer.UNMET else (),
        cautions=_cautions(plan, on_it, asking),
        biomarker=_biomarker(plan, asking),
        disease=_disease(plan, asking),
        distance_km=nearest[0] if nearest else None,
        nearest_site=nearest[1].label if nearest else "",
        updated=trial.updated,
        source=trial.source,
    )


def _of_genes(number: int, asking: Asking) -> bool:
    """Whether a criterion was read and speaks of the tumour's genome."""
    criterion = asking.criterion(number)
    rule = criterion.criterion
    if rule is None or criterion.part is Part.CLINICAL:
        return False
    return criterion.part is Part.GENOMIC or bool(genes_named(rule))


def _named(asked: Asked) -> str:
    excluded = asked.polarity is Polarity.EXCLUDED
    said = f"not ({asked.criterion})" if excluded else asked.criterion
    return f'{said} ("{asked.text}", {asked.note})' if asked.part is Part.TEXT else said


def _level(level: LevelPlan, asking: Asking, deciding: set[int]) -> LevelMatch:
    return LevelMatch(
        label=level.label,
        description=level.description,
        suspended=level.suspended,
        answer=asking.answer(level.node),
        criteria=tuple(asking.asked(n, decides=n in deciding) for n in level.numbers),
    )


def _cautions(plan: TrialPlan, on_it: list[Asked], asking: Asking) -> tuple[str, ...]:
    found = [caution for asked in on_it for caution in asked.cautions]
    found += [asked.note for asked in on_it if asked.note and asked.part is not Part.TEXT]
    if plan.text_unread:
        found.append(TEXT_UNREAD)
    if plan.node is None:
        found.append(NO_CRITERIA)
    if asking.view.case.withholds_germline:
        found.append(WITHHELD)
    return tuple(dict.fromkeys(found))


def _biomarker(plan: TrialPlan, asking: Asking) -> int:
    """How exactly what the tumour carries fits what is asked for; absences count nothing."""
    asked = (asking.asked(number) for number in plan.numbers)
    held = (a for a in asked if a.answer is Answer.MET and a.polarity is Polarity.REQUIRED)
    return max((one.precision for one in held), default=0)


def _disease(plan: TrialPlan, asking: Asking) -> int:
    """Depth in the tree of the finest diagnosis of the trial that is the patient's."""
    tree = asking.view.vocabulary.tree
    depths = [0]
    for number in plan.numbers:
        criterion = asking.criterion(number)
        rule = criterion.criterion
        if not isinstance(rule, DiseaseIs) or criterion.polarity is Polarity.EXCLUDED:
            continue
        if asking.verdict(number).answer is Answer.MET and rule.code in tree.by_code:
            depths.append(len(tree.ancestors(rule.code) & tree.by_code.keys()))
    return max(depths)
