"""Trials for one case, each with its answer, ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from onkos.criteria import CaseView
from onkos.criteria.worked_out import with_measures
from onkos.model import Answer, Case, Finding, Knowledge, NotAssessed
from onkos.model.criterion import DiseaseIs, genes_named
from onkos.model.trial import Part, Polarity, Recovery, Trial, TrialStatus
from onkos.model.trial_match import (
    RULED_OUT_BY,
    Asked,
    LevelMatch,
    Survey,
    TrialCounts,
    TrialMatch,
)
from onkos.trials.against import in_context, lasting, ruled_out_by, standing
from onkos.trials.asking import Asking, WithoutWords
from onkos.trials.distance import Place, nearest_site
from onkos.trials.prepared import NO_OPEN_ARM, LevelPlan, Prepared, TrialPlan, prepared
from onkos.trials.rank import ranked

TEXT_UNREAD = "the trial's eligibility in free text is not part of this answer: read it"
NO_CRITERIA = "no criterion of the trial was read"
WITHHELD = "inherited findings are withheld: what one could answer counts as not known"
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

    What ``surveyed`` finds, without its counts.
    """
    return surveyed(
        case, findings, trials, knowledge, near=near, statuses=statuses, everything=everything
    ).matches


def surveyed(
    case: Case,
    findings: Iterable[Finding | NotAssessed],
    trials: Iterable[Trial] | Prepared,
    knowledge: Knowledge,
    *,
    near: Place | None = None,
    statuses: Iterable[TrialStatus] | None = None,
    everything: bool = False,
) -> Survey:
    """Trials that the patient fits, may fit, or may come to fit, and what became of the rest.

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
    Survey
        Strong Kleene logic throughout: a marker that was not tested never counts as absent, nor
        a criterion that was not understood as met. A trial against which nothing speaks but words
        that a machine read in free text is among them, marked so.
    """
    laid_out = prepared(trials, knowledge.vocabulary)
    view = CaseView(with_measures(case, findings), knowledge.vocabulary)
    survey = _Survey(Asking(view, laid_out), near, everything)
    possible = {id(plan) for plan in laid_out.for_disease(case.disease)}
    wanted = None if statuses is None else frozenset(statuses)
    for plan in laid_out.plans:
        if wanted is not None and plan.trial.status not in wanted:
            survey.other_status += 1
        else:
            survey.add(plan, id(plan) in possible)
    return Survey(matches=ranked(survey.found), counts=survey.counts(len(laid_out.plans)))


class _Survey:
    """Trials as they are gone through, and the count of those that are not shown."""

    def __init__(self, asking: Asking, near: Place | None, everything: bool) -> None:
        self._asking, self._near, self._everything = asking, near, everything
        self._without = WithoutWords(asking)
        self.found: list[TrialMatch] = []
        self.other_status = 0
        self._told: Counter[str] = Counter()
        self._ruled_out: Counter[str] = Counter()

    def add(self, plan: TrialPlan, of_disease: bool) -> None:
        """One trial: shown, or counted by what rules it out."""
        if not of_disease:
            self._ruled_out["diagnosis"] += 1
            if self._everything:
                self._show(plan, standing(plan, self._asking, self._without))
            return
        if _answer(plan, self._asking) is not Answer.UNMET:
            self._told["not ruled out"] += 1
            self._show(plan, ())
            return
        numbers = standing(plan, self._asking, self._without)
        for_good = lasting(numbers, self._asking)
        by_words = not for_good and any(map(self._asking.of_text, numbers))
        if for_good:
            self._ruled_out[ruled_out_by(for_good, self._asking)] += 1
        else:
            self._told["by words" if by_words else "not now"] += 1
        if self._everything or not for_good:
            self._show(plan, numbers, by_words)

    def _show(self, plan: TrialPlan, numbers: tuple[int, ...], by_words: bool = False) -> None:
        self.found.append(_match(plan, self._asking, self._near, numbers, by_words))

    def counts(self, read: int) -> TrialCounts:
        """What became of all that were read."""
        return TrialCounts(
            read=read,
            not_ruled_out=self._told["not ruled out"],
            by_words=self._told["by words"],
            not_now=self._told["not now"],
            other_status=self.other_status,
            ruled_out={kind: self._ruled_out[kind] for kind in RULED_OUT_BY},
        )


def _answer(plan: TrialPlan, asking: Asking) -> Answer:
    """By its criteria; nobody can enter a trial of which no arm is open."""
    if plan.shut:
        return Answer.UNMET
    return Answer.UNKNOWN if plan.node is None else asking.answer(plan.node)


def _in_the_way(plan: TrialPlan, asking: Asking, numbers: tuple[int, ...]) -> tuple[Asked, ...]:
    shut = (_SHUT,) if plan.shut else ()
    shown = (in_context(asking.asked(n, decides=True), plan.trial) for n in numbers)
    return (*shut, *shown)


def _match(
    plan: TrialPlan,
    asking: Asking,
    near: Place | None,
    numbers: tuple[int, ...],
    by_words: bool,
) -> TrialMatch:
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
        study_type=trial.study_type,
        phases=trial.phases,
        interventions=trial.interventions,
        answer=answer,
        shut=plan.shut,
        levels=tuple(_level(level, asking, deciding) for level in plan.levels),
        missing=tuple(dict.fromkeys(q for asked in open_ones for q in asked.missing)),
        untested=tuple(_named(a) for a in genomic if a.answer is Answer.UNKNOWN),
        not_read=tuple(asked.text for asked in open_ones if not asked.criterion),
        unmet=_in_the_way(plan, asking, numbers) if answer is Answer.UNMET else (),
        by_words=by_words,
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
