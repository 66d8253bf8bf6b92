"""What guidelines ask to be known of this tumour, and no result here settles.

The rule, in words, for a second coding:

1. A panel applies where the patient's disease is met by its codes, less those excepted, and its
   setting is not unmet. Where the setting is unknown, what it asks is asked *if* the setting
   holds; a panel whose setting is unknown is left out where another of the same diseases is met.
   A panel of a finer diagnosis than the one given is named, and asks for nothing.
2. An item of a panel applies where its ``only`` is not unmet.
3. An item is *evaluable* where one of its criteria is met or unmet for the case. The three-valued
   language decides: an assay must cover the gene in the class asked for (small variant, copies,
   fusion, event, protein, measure), in a sample whose negatives count. So a DNA panel does not
   clear a fusion; plasma of a tumour fraction under 1 %, or not told, clears nothing; tumour
   sequencing does not clear germline. A positive settles whatever found it.
4. A variant of uncertain significance was tested: an item that only waits for an interpretation
   is no gap.
5. At relapse (setting ``relapsed`` met), an item that must be repeated is evaluable by results of
   samples taken at relapse alone. Such a sample is the latest dated one where an earlier one is
   dated too; or the only dated one, where the case's own day is within ``repeat_within_days``.
   Where nothing tells when a sample was taken, it is not known to be of the relapse.
6. gap = items that apply, less those that are evaluable; one that two panels ask for by the
   same criterion is told once. An item is required unless every panel that asks for it calls
   it optional.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from onkos.criteria import CaseView, evaluate_in
from onkos.criteria.worked_out import laid_out
from onkos.model import (
    Answer,
    Case,
    Criterion,
    Finding,
    Gap,
    Knowledge,
    NotAssessed,
    Panel,
    PanelItem,
    Plan,
    Question,
    Sample,
    Verdict,
)
from onkos.plan.next_tests import Stake, can_settle, cover

RELAPSED = "relapsed"
Subjects = frozenset[tuple[str, str]]
Ways = frozenset[Criterion]
REFLEX = "negative in plasma, which does not count: go on to tissue"
EARLIER = "known of an earlier sample: repeat at relapse"
UNDATED = "known of a sample whose day is not told: repeat at relapse"
AGAIN = "known of an earlier sample, or of one whose day is not told: repeat at relapse"
NO_DAY = (
    "known of a sample of {}, and the case does not say its own day (as_of), so that it may be of "
    "the relapse: say the day, or repeat"
)


def with_gaps(
    plan: Plan, case: Case, findings: Iterable[Finding | NotAssessed], knowledge: Knowledge
) -> Plan:
    """The plan with what guidelines ask for and is not known here.

    What *test next* asks already is marked so, and need not be said again.
    """
    view = laid_out(case, findings, knowledge.vocabulary)
    found = tuple(_merged(_gaps(view, knowledge, _asked(plan))))
    finer = tuple(_of_finer_diagnoses(view, knowledge))
    if not (found or finer):
        return plan
    gaps = tuple(_with_tests(found, plan, case, knowledge))
    return replace(plan, gaps=gaps, panels_open=finer)


def _asked(plan: Plan) -> Subjects:
    return frozenset((q.kind, q.subject) for test in plan.test_next for q in test.would_settle)


def _gaps(view: CaseView, knowledge: Knowledge, asked: Subjects) -> Iterator[tuple[Gap, Ways]]:
    """Each gap with the criteria that would settle it."""
    panels = list(_panels(view, knowledge))
    met = {code for panel, open_ in panels if not open_ for code in panel.disease}
    now = _at_relapse(view) if RELAPSED in (view.settings or ()) else view
    plasma = _as_if_plasma_counted(view)
    for panel, open_ in panels:
        if open_ and met & set(panel.disease):
            continue
        for item in panel.items:
            if item.only is None or evaluate_in(item.only, view).answer is not Answer.UNMET:
                then = now if item.repeat else view
                verdicts = [evaluate_in(rule, then) for rule in item.when]
                if not any(map(_evaluable, verdicts)):
                    ways = [_subjects(v) for v in verdicts]
                    gap = _gap(panel, item, verdicts[0], view, then, plasma)
                    said = any(way and way <= asked for way in ways)
                    known = replace(gap, setting_open=open_, in_test_next=said)
                    yield known, frozenset(item.when)


def _panels(view: CaseView, knowledge: Knowledge) -> Iterator[tuple[Panel, bool]]:
    """Panels that apply, each with whether its setting is open."""
    tree = knowledge.vocabulary.tree
    for panel in knowledge.panels:
        at_home = tree.judge(view.case.disease, panel.disease, panel.disease_except)[0]
        if at_home is not Answer.MET:
            continue
        setting = Answer.MET
        if panel.setting is not None:
            setting = evaluate_in(panel.setting, view).answer
        if setting is not Answer.UNMET:
            yield panel, setting is Answer.UNKNOWN


def _of_finer_diagnoses(view: CaseView, knowledge: Knowledge) -> Iterator[str]:
    """Names of panels that would apply to a part of what the diagnosis may be."""
    tree = knowledge.vocabulary.tree
    for panel in knowledge.panels:
        at_home = tree.judge(view.case.disease, panel.disease, panel.disease_except)[0]
        if at_home is Answer.UNKNOWN:
            setting = panel.setting and evaluate_in(panel.setting, view).answer
            if setting is not Answer.UNMET:
                yield panel.name


def _gap(
    panel: Panel,
    item: PanelItem,
    first: Verdict,
    view: CaseView,
    then: CaseView,
    plasma: CaseView | None,
) -> Gap:
    """What is missing of one item, and whether it is a repeat or a plasma negative."""
    before = then is not view and _known_in(view, item)
    reflex = plasma is not None and not before and _known_in(plasma, item)
    told = (_why_again(view),) if before else (REFLEX,) * reflex + first.reasons
    return Gap(
        name=item.name,
        panels=(panel.name,),
        bodies=(item.by,) if item.by else panel.bodies,
        reasons=tuple(dict.fromkeys(told)),
        questions=first.questions,
        repeat=before,
        reflex=reflex,
        optional=item.optional,
        unverified=panel.unverified and item.verified_on is None,
        source_url=item.source_url or panel.source_url,
        note=item.note,
    )


def _why_again(view: CaseView) -> str:
    """Why what is known does not count as known at relapse."""
    days = {sample.collected for sample in view.case.samples if _day(sample.collected)}
    undated = any(_day(sample.collected) is None for sample in view.case.samples)
    if undated or not view.case.samples:
        return AGAIN if days else UNDATED
    if len(days) == 1 and _day(view.case.as_of) is None:
        return NO_DAY.format(*days)
    return EARLIER


def _known_in(view: CaseView, item: PanelItem) -> bool:
    return any(_evaluable(evaluate_in(rule, view)) for rule in item.when)


def _subjects(verdict: Verdict) -> Subjects:
    return frozenset((q.kind, q.subject) for q in verdict.questions)


def _evaluable(verdict: Verdict) -> bool:
    """Met, unmet, or waiting for nothing but the meaning of what was found."""
    waits = {question.kind for question in verdict.questions}
    return verdict.answer is not Answer.UNKNOWN or waits == {"interpretation"}


def _merged(gaps: Iterable[tuple[Gap, Ways]]) -> Iterator[Gap]:
    """What several panels ask for by the same criterion, once."""
    found: list[tuple[Gap, Ways]] = []
    for gap, ways in gaps:
        same = (n for n, (_, others) in enumerate(found) if others & ways)
        number = next(same, None)
        if number is None:
            found.append((gap, ways))
        else:
            first, others = found[number]
            found[number] = _both(first, gap), others | ways
    return (gap for gap, _ in found)


def _both(first: Gap, gap: Gap) -> Gap:
    return replace(
        first,
        panels=tuple(dict.fromkeys((*first.panels, *gap.panels))),
        bodies=tuple(dict.fromkeys((*first.bodies, *gap.bodies))),
        optional=first.optional and gap.optional,
        setting_open=first.setting_open and gap.setting_open,
        in_test_next=first.in_test_next or gap.in_test_next,
        unverified=first.unverified and gap.unverified,
        source_url=first.source_url or gap.source_url,
    )


def _with_tests(
    gaps: tuple[Gap, ...], plan: Plan, case: Case, knowledge: Knowledge
) -> Iterator[Gap]:
    """Each gap with a test that settles it: one of *test next*, or the cheapest for the rest."""
    ordered = {test.test for test in plan.test_next}
    tests = [t for t in knowledge.tests if t.name in ordered and not t.one_gene]
    chosen: dict[Question, str] = {}
    left: dict[Question, Stake] = {}
    for question in (q for gap in gaps if not gap.in_test_next for q in gap.questions[:1]):
        able = (
            t.name for t in tests if not t.one_gene and can_settle(t, question, case, knowledge)
        )
        name = next(able, "")
        if name:
            chosen[question] = name
        else:
            left.setdefault(question, Stake(question))
    for test, mine in cover(list(left.values()), case, knowledge):
        chosen.update((stake.question, test.name) for stake in mine)
    for gap in gaps:
        name = chosen.get(gap.questions[0], "") if gap.questions and not gap.in_test_next else ""
        yield replace(gap, test=name) if name else gap


def _as_if_plasma_counted(view: CaseView) -> CaseView | None:
    """The case as it would stand if every plasma sample held enough tumour DNA."""
    if not any(_plasma(sample) for sample in view.case.samples):
        return None
    samples = tuple(replace(s, tumour_fraction=1.0) if _plasma(s) else s for s in view.case.samples)
    return CaseView(replace(view.case, samples=samples), view.vocabulary)


def _plasma(sample: Sample) -> bool:
    known = sample.assay is not None and sample.assay.material == ("plasma",)
    return sample.material == "plasma" or (not sample.material and known)


def _at_relapse(view: CaseView) -> CaseView:
    """The case with what samples of the relapse told, and nothing else."""
    case = view.case
    days = view.vocabulary.limits.get("repeat_within_days", 0.0)
    kept = {s.id for s in case.samples if _of_relapse(s, case, days)}
    single = len(case.samples) == 1 and bool(kept)
    ids = kept | {""} if single else kept

    def told(things: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(t for t in things if getattr(t, "sample", "") in ids)

    rest = replace(
        case,
        samples=tuple(s for s in case.samples if s.id in kept),
        alterations=told(case.alterations),
        copied=told(case.copied),
        measurements=told(case.measurements),
    )
    return CaseView(rest, view.vocabulary)


def _of_relapse(sample: Sample, case: Case, days: float) -> bool:
    mine = _day(sample.collected)
    if mine is None:
        return False
    dated = [day for s in case.samples if (day := _day(s.collected))]
    if min(dated) < max(dated):
        return mine == max(dated)
    today = _day(case.as_of)
    return today is not None and 0 <= (today - mine).days <= days


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
