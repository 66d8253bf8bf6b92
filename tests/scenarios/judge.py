"""Where a plan departs from what a scenario demands, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onkos.model import Match, Option, Plan, regimen_name
from tests.scenarios.scenario import Expect, Wanted

NOT_OFFERED = 10_000


def departures(expect: Expect, plan: Plan) -> list[str]:
    """Every demand that the plan does not meet; empty where it meets all."""
    return [
        *_options(expect, plan),
        *_avoided(expect, plan),
        *_order(expect, plan),
        *_words_beside(expect, plan),
        *_tests(expect, plan),
        *_the_rest(expect, plan),
    ]


def found(name: str, among: Sequence[Option]) -> Option | None:
    """The regimen of that name, whatever the order of its drugs."""
    drugs = frozenset(name.split(" + "))
    return next((o for o in among if frozenset(o.therapy) == drugs), None)


def _options(expect: Expect, plan: Plan) -> Iterator[str]:
    if expect.no_options and plan.options:
        yield f"no option expected, offered: {_names(plan.options)}"
    for name in (*expect.options, *(w.therapy for w in expect.option)):
        if found(name, plan.options) is None:
            yield f"{name} is not among the options"
    for name in expect.not_options:
        if found(name, plan.options) is not None:
            yield f"{name} is offered"
    for drug in expect.no_option_with:
        holding = [o for o in plan.options if drug in o.therapy]
        if holding:
            yield f"{drug} is offered in {_names(holding)}"
    for wanted in expect.option:
        option = found(wanted.therapy, plan.options)
        if option is not None:
            yield from _said_of(wanted, option)


def _avoided(expect: Expect, plan: Plan) -> Iterator[str]:
    for name in (*expect.avoid, *(w.therapy for w in expect.avoided)):
        if found(name, plan.avoid) is None:
            yield f"{name} is not to be avoided; avoided: {_names(plan.avoid)}"
    for name in expect.not_avoid:
        if found(name, plan.avoid) is not None:
            yield f"{name} is to be avoided"
    for wanted in expect.avoided:
        option = found(wanted.therapy, plan.avoid)
        if option is not None:
            yield from _said_of(wanted, option)


def _said_of(wanted: Wanted, option: Option) -> Iterator[str]:
    grades = option.grades
    amp = f"{grades.amp.tier}-{grades.amp.level}" if grades.amp.level else grades.amp.tier
    verdicts = [a.setting_verdict for a in option.approvals]
    said = {
        "approved_here": option.approved_here,
        "amp": amp,
        "escat": grades.escat.tier,
        "oncokb": grades.oncokb_style.level,
        "setting": str(max(verdicts)) if verdicts else "",
        "given": option.given,
    }
    for name, value in said.items():
        asked = getattr(wanted, name)
        if asked is not None and asked != value:
            yield f"{wanted.therapy}: {name} is {value!r}, expected {asked!r}"


def _order(expect: Expect, plan: Plan) -> Iterator[str]:
    if expect.first and found(expect.first, plan.options[:1]) is None:
        yield f"option 1 is not {expect.first}; the order is {_names(plan.options)}"
    for better, worse in expect.before:
        if _place(better, plan) >= _place(worse, plan):
            yield f"{better} does not rank before {worse}; the order is {_names(plan.options)}"


def _place(name: str, plan: Plan) -> int:
    option = found(name, plan.options)
    return option.rank if option else NOT_OFFERED


def _words_beside(expect: Expect, plan: Plan) -> Iterator[str]:
    checks = (
        (expect.caution, True, "cautions"),
        (expect.no_caution, False, "cautions"),
        (expect.reason, True, "reasons"),
        (expect.no_reason, False, "reasons"),
    )
    for asked, wanted, field in checks:
        for name, text in asked.items():
            option = found(name, (*plan.options, *plan.avoid))
            if option is None:
                yield f"{name} is neither offered nor avoided"
            elif _holds(text, getattr(option, field)) is not wanted:
                yield f"{name}: {text!r} {'not ' * wanted}in {field} {getattr(option, field)}"


def _tests(expect: Expect, plan: Plan) -> Iterator[str]:
    said = [t.test for t in plan.test_next]
    said += [q.text for t in plan.test_next for q in t.would_settle]
    for text in expect.test_next:
        if not _holds(text, said):
            yield f"nothing to test next holds {text!r}: {said}"
    for text in expect.not_test_next:
        if _holds(text, said):
            yield f"{text!r} is to be tested next: {said}"
    opened = {frozenset(name.split(" + ")) for t in plan.test_next for name in t.could_open}
    for name in expect.opens:
        if frozenset(name.split(" + ")) not in opened:
            yield f"no test could open {name}"


def _the_rest(expect: Expect, plan: Plan) -> Iterator[str]:
    for part in ("prognosis", "diagnosis", "predisposition", "contrary"):
        said = [_words_of(match) for match in getattr(plan, part)]
        for text in getattr(expect, part):
            if not _holds(text, said):
                yield f"{text!r} is not under {part}: {said}"
    for part in expect.none:
        if getattr(plan, part):
            yield f"{part} is not empty"
    for text in expect.statements:
        if not _holds(text, plan.statements):
            yield f"no statement holds {text!r}: {plan.statements}"


def _words_of(match: Match) -> str:
    claim = match.claim
    return "; ".join((str(claim.effect), str(claim.when), claim.condition, _therapy(match)))


def _therapy(match: Match) -> str:
    return regimen_name(match.claim.therapy)


def _holds(text: str, said: Iterable[str]) -> bool:
    return any(text.casefold() in words.casefold() for words in said)


def _names(options: Sequence[Option]) -> str:
    return ", ".join(regimen_name(o.therapy) for o in options) or "none"
