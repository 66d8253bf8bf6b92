"""Two dossiers of one case set side by side: what is not as it was, and which claims did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from onkos.model import Compared, Dossier, Match, Option, Plan, Stance, Voice, regimen_name
from onkos.model.change import ClaimChange
from onkos.model.recheck import PlanChange, Rechecked, Turn

BUILT_IN = "onkos"
Regimen = frozenset[str]


def recheck(
    before: Dossier,
    after: Dossier,
    changed: Mapping[str, ClaimChange],
    heard: frozenset[str] = frozenset(),
) -> Rechecked | None:
    """What differs between two dossiers of one case; None where nothing does.

    Parameters
    ----------
    changed : mapping of str to ClaimChange
        By the ids of the claims before and after. The reasons are looked for among them;
        claims that one dossier alone has heard of come first.
    heard : frozenset of str
        Ids of claims behind the first dossier, where it does not hold them itself.
    """
    was, now = _claims_of(before) | heard, _claims_of(after)
    told = {id_: changed[id_] for id_ in sorted(was | now) if id_ in changed}
    bearing = list({c.claim.id: c for c in told.values() if not c.wording}.values())
    bearing.sort(key=lambda c: all(side.id in was & now for side in c.sides))
    found = [
        *_options(before.plan, after.plan),
        *_tests(before.plan, after.plan),
        *_statements(before.plan, after.plan),
        *_compared(before, after),
    ]
    if not found:
        return None
    changes = tuple(
        PlanChange(turn=one.turn, therapy=one.therapy, before=one.before, after=one.after,
                   why=_why(one, bearing))
        for one in sorted(found, key=lambda one: (one.turn.weight, one.therapy))
    )  # fmt: skip
    return Rechecked(id=after.case.id, disease=after.case.disease, changes=changes)


def _why(one: PlanChange, bearing: Sequence[ClaimChange]) -> tuple[ClaimChange, ...]:
    """Changed claims of this very regimen; else of its drugs; else all that this case meets."""
    drugs = set(one.therapy)
    if not drugs:
        return tuple(c for c in bearing if one.turn is not Turn.STATEMENTS or not c.claim.therapy)
    same = tuple(c for c in bearing if any(set(s.therapy) == drugs for s in c.sides))
    shared = tuple(c for c in bearing if any(drugs & set(s.therapy) for s in c.sides))
    return same or shared or tuple(bearing)


def _claims_of(dossier: Dossier) -> set[str]:
    plan = dossier.plan
    shown: list[Match] = [
        match for o in (*plan.options, *plan.avoid) for match in (*o.matches, *o.against)
    ]
    shown += _stated(plan)
    told = {match.claim.id for match in shown}
    return told | {id_ for one in dossier.compared for v in one.voices for id_ in v.claims}


def _stated(plan: Plan) -> tuple[Match, ...]:
    return (*plan.prognosis, *plan.diagnosis, *plan.predisposition, *plan.contrary)


def _options(before: Plan, after: Plan) -> Iterator[PlanChange]:
    was, now = _by_regimen(before.options), _by_regimen(after.options)
    shunned, shuns = _by_regimen(before.avoid), _by_regimen(after.avoid)
    first_was = before.options[0].therapy if before.options else ()
    first_now = after.options[0].therapy if after.options else ()
    if first_now and set(first_now) != set(first_was):
        words = regimen_name(first_was) or "no option"
        yield PlanChange(
            turn=Turn.NEW_FIRST, therapy=first_now, before=words, after=regimen_name(first_now)
        )
    for regimen, option in was.items():
        if regimen not in now:
            turn = Turn.NOW_AVOIDED if regimen in shuns else Turn.GONE
            yield PlanChange(turn=turn, therapy=option.therapy, before=f"option {option.rank}")
    for regimen, option in now.items():
        if regimen in was:
            yield from _one(was[regimen], option)
        elif regimen != frozenset(first_now):
            turn = Turn.NOT_AVOIDED if regimen in shunned else Turn.NEW_OPTION
            yield PlanChange(turn=turn, therapy=option.therapy, after=f"option {option.rank}")
    for regimen, option in shuns.items():
        if regimen not in shunned and regimen not in was:
            yield PlanChange(turn=Turn.NOW_TO_AVOID, therapy=option.therapy)
    for regimen, option in shunned.items():
        if regimen not in shuns and regimen not in now:
            yield PlanChange(turn=Turn.NOT_AVOIDED, therapy=option.therapy)


def _one(was: Option, now: Option) -> Iterator[PlanChange]:
    """What differs of a regimen that is an option on both sides."""
    if was.approved_here != now.approved_here:
        turn = Turn.APPROVED if now.approved_here else Turn.NOT_APPROVED
        yield PlanChange(
            turn=turn, therapy=now.therapy, before=f"option {was.rank}", after=f"option {now.rank}"
        )
    if set(was.cautions) != set(now.cautions):
        yield PlanChange(turn=Turn.CAUTIONS, therapy=now.therapy,
                         before="; ".join(_less(was.cautions, now.cautions)),
                         after="; ".join(_less(now.cautions, was.cautions)))  # fmt: skip


def _tests(before: Plan, after: Plan) -> Iterator[PlanChange]:
    was, now = ([test.test for test in plan.test_next] for plan in (before, after))
    if set(was) != set(now):
        yield PlanChange(turn=Turn.TEST_NEXT, before="; ".join(_less(was, now)),
                         after="; ".join(_less(now, was)))  # fmt: skip


def _statements(before: Plan, after: Plan) -> Iterator[PlanChange]:
    was, now = ([match.claim.id for match in _stated(plan)] for plan in (before, after))
    if set(was) != set(now):
        yield PlanChange(turn=Turn.STATEMENTS, before=", ".join(_less(was, now)),
                         after=", ".join(_less(now, was)))  # fmt: skip


def _compared(before: Dossier, after: Dossier) -> Iterator[PlanChange]:
    was = {frozenset(one.therapy): one for one in before.compared}
    now = {frozenset(one.therapy): one for one in after.compared}
    offered = _by_regimen(after.plan.options)
    for regimen in dict.fromkeys((*now, *was)):
        old, new = was.get(regimen), now.get(regimen)
        if _said(old) == _said(new):
            continue
        therapy = (new or old).therapy  # type: ignore[union-attr]
        yield PlanChange(
            turn=_turn(old, new, regimen in offered),
            therapy=therapy,
            before=_words(old),
            after=_words(new),
        )


def _turn(old: Compared | None, new: Compared | None, offered: bool) -> Turn:
    if offered and _who(new, Stance.AGAINST) - _who(old, Stance.AGAINST):
        return Turn.CONTRADICTED
    if _who(new, Stance.FOR) - _who(old, Stance.FOR):
        return Turn.SUPPORTED
    if _who(old, Stance.FOR) - _who(new, Stance.FOR):
        return Turn.UNSUPPORTED
    return Turn.COMPARED


def _who(one: Compared | None, stance: Stance) -> set[str]:
    """Other sources that say so of this very disease, from patients."""
    others = [v for v in one.voices if v.source != BUILT_IN] if one else []
    fitting = (v for v in others if v.stance is stance and v.fits)
    return {v.source for v in fitting if v.at_home and v.clinical}


def _said(one: Compared | None) -> object:
    """Consensus, and what each other source says at which level; not by how many claims."""
    if one is None or all(voice.source == BUILT_IN for voice in one.voices):
        return None
    others = [voice for voice in one.voices if voice.source != BUILT_IN]
    return one.consensus, [(v.source, v.stance, v.level, v.at_home, v.clinical) for v in others]


def _words(one: Compared | None) -> str:
    others = [v for v in one.voices if v.source != BUILT_IN] if one else []
    if one is None or not others:
        return "no other source"
    return f"{one.consensus}: {', '.join(map(_voice, others))}"


def _voice(voice: Voice) -> str:
    level = f" at level {voice.level}" if voice.level else ""
    where = "" if voice.at_home else " in other diseases"
    return f"{voice.source} {voice.stance}{level}{where}"


def _by_regimen(options: Iterable[Option]) -> dict[Regimen, Option]:
    return {frozenset(option.therapy): option for option in options}


def _less(some: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those of `some` that are not among `others`, in their order."""
    left_out = set(others)
    return [one for one in dict.fromkeys(some) if one not in left_out]
