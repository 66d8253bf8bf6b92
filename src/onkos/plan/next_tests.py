"""What to test next: unknowns whose answer would change the plan, grouped by test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from onkos.model import (
    Answer,
    Case,
    Effect,
    Knowledge,
    Match,
    NextTest,
    Option,
    Question,
    Test,
    regimen_name,
)
from onkos.plan.against import AGAINST, reaches, weighty
from onkos.plan.order import Key, match_key

MOST_TESTS = 12  # a board has minutes; what follows would change the least


@dataclass(slots=True)
class Stake:
    """What hangs on one question."""

    question: Question
    opens: dict[str, Key] = field(default_factory=dict)
    closes: set[str] = field(default_factory=set)
    confirms: set[str] = field(default_factory=set)

    @property
    def worth(self) -> tuple[int, bool, int, int]:
        """Greater matters more: on-label first, then guideline, then how many regimens."""
        best = max(self.opens.values(), default=None)
        label = best.sure_label if best else 0
        if self.confirms or self.closes:
            label = max(label, 3)
        count = len(self.opens) + len(self.closes) + len(self.confirms)
        return label, bool(best and best.guideline), int(bool(self.closes)), count


def next_tests(
    case: Case,
    matches: Sequence[Match],
    options: Sequence[Option],
    avoid: Sequence[Option],
    knowledge: Knowledge,
) -> tuple[NextTest, ...]:
    """Tests, most valuable first, each the cheapest that settles its questions.

    Of those that bear on equally good labels, one that costs nothing (a question) comes first.

    Parameters
    ----------
    options, avoid : sequence of Option
        The plan as it stands; an answer counts only where it would change that.
    """
    stakes = _stakes(matches, options, avoid)
    chosen = cover(stakes, case, knowledge)
    found = [_next_test(test, mine, chosen, case, knowledge) for test, mine in chosen]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(test for _, test in found[:MOST_TESTS])


def _stakes(
    matches: Sequence[Match], options: Sequence[Option], avoid: Sequence[Option]
) -> list[Stake]:
    table: dict[Question, Stake] = {}

    def stake(question: Question) -> Stake:
        return table.setdefault(question, Stake(question))

    offered = {frozenset(o.therapy): o for o in options}
    avoided = {frozenset(o.therapy) for o in avoid}
    for match in sorted(matches, key=lambda m: m.claim.id):
        regimen = frozenset(match.claim.therapy)
        name = regimen_name(match.claim.therapy)
        if _may_open(match) and regimen not in avoided and not _settled(regimen, match, offered):
            for question in _questions(match):
                stake(question).opens[name] = _if_met(match)
        closed = [o for r, o in offered.items() if reaches(match, r)] if _may_close(match) else []
        for option in closed:
            for question in (*_questions(match), *match.setting.questions):
                stake(question).closes.add(regimen_name(option.therapy))
        if match.verdict is Answer.MET and regimen in offered and match.approvals:
            for question in (*match.setting.questions, *match.biomarker.questions):
                stake(question).confirms.add(name)
        if match.claim.effect is Effect.PREDISPOSITION:
            for question in _inherited(match):
                stake(question).confirms.add(_family_matter(match, question))
    return [table[q] for q in sorted(table, key=lambda q: (q.kind, q.subject, q.text))]


def _may_open(match: Match) -> bool:
    """A benefit at home, or perhaps at home, that is not yet known to apply."""
    benefit = match.claim.effect is Effect.BENEFIT and match.verdict is Answer.UNKNOWN
    asked = any(not a.any_marker for a in match.approvals)
    counts = asked or any(g.recommends for g in match.claim.guidelines)
    return benefit and counts and match.setting.answer is not Answer.UNMET


def _settled(regimen: frozenset[str], match: Match, offered: dict[frozenset[str], Option]) -> bool:
    """Whether it is on label already by another claim, so that nothing new would open."""
    option = offered.get(regimen)
    return bool(option and option.approved_here) and match.disease is not Answer.UNKNOWN


def _may_close(match: Match) -> bool:
    """Something that would move a regimen to *avoid*; what would add a caution is not asked."""
    against = match.claim.effect in AGAINST
    undecided = match.verdict is Answer.UNKNOWN or match.setting.answer is Answer.UNKNOWN
    possible = undecided and match.setting.answer is not Answer.UNMET
    return against and possible and weighty(match)


def _family_matter(match: Match, question: Question) -> str:
    condition = match.claim.condition or "an inherited condition"
    about_germline = question in match.biomarker.questions
    return condition if about_germline else f"whether germline testing for {condition} is due"


def _inherited(match: Match) -> tuple[Question, ...]:
    """What to ask of a tumour finding that may be inherited; first whether it matters here."""
    open_ = match.verdict is Answer.UNKNOWN and any(
        q.kind == "germline-variant" and q.text.startswith("does ")
        for q in match.biomarker.questions
    )
    if not open_ or (match.raised is not None and match.raised.answer is Answer.UNMET):
        return ()
    if match.raised is not None and match.raised.answer is Answer.UNKNOWN:
        return match.raised.questions or match.biomarker.questions
    return match.biomarker.questions


def _questions(match: Match) -> Iterator[Question]:
    yield from match.biomarker.questions
    if match.disease is Answer.UNKNOWN:
        yield Question(kind="diagnosis", subject="disease", text=match.disease_reason)


def _if_met(match: Match) -> Key:
    """The key that the match would have with its criterion met."""
    label = max((1 + 2 * int(a.setting_verdict) for a in match.approvals), default=0)
    return match_key(match, superseded=False)._replace(
        on_label=(label + 1) // 2,
        sure_label=label,
        guideline=any(g.recommends for g in match.claim.guidelines),
    )


def _first_named(key: Key) -> tuple[int, bool, tuple[int, int, int]]:
    """Of many regimens a page names the first: by label, guideline and strength of evidence."""
    return key.sure_label, key.guideline, key.strength


def can_settle(test: Test, question: Question, case: Case, knowledge: Knowledge) -> bool:
    if question.kind not in test.settles:
        return False
    if test.genes and question.subject not in test.genes:
        return False
    above = knowledge.vocabulary.tree.ancestors(case.disease)
    return not test.diseases or bool(above & set(test.diseases))


def cover(
    stakes: Sequence[Stake], case: Case, knowledge: Knowledge
) -> list[tuple[Test, list[Stake]]]:
    """Greedy weighted cover: the test that settles most for its cost, again and again."""
    able = {
        test.id: [s for s in stakes if can_settle(test, s.question, case, knowledge)]
        for test in knowledge.tests
    }
    tests = {test.id: test for test in knowledge.tests if able[test.id]}
    left = {id(s) for s in stakes}
    chosen: list[tuple[Test, list[Stake]]] = []
    while tests:
        gain = {i: _at_once(t, [s for s in able[i] if id(s) in left]) for i, t in tests.items()}
        best = min(tests, key=lambda i: (_price(tests[i], len(gain[i])), tests[i].cost, i))
        if not gain[best]:
            break
        wanted = {id(s) for s in gain[best]}
        sufficient = [t for i, t in tests.items() if wanted <= {id(s) for s in gain[i]}]
        chosen.append((_cheapest(sufficient, tests[best]), gain[best]))
        left -= wanted
    rest = [s for s in stakes if id(s) in left]
    return chosen + [(_unnamed(s.question), [s]) for s in rest]


def _at_once(test: Test, able: list[Stake]) -> list[Stake]:
    """What one order of the test settles: everything, or one subject of it."""
    if not test.one_gene:
        return able
    subjects = sorted({s.question.subject for s in able})
    groups = [[s for s in able if s.question.subject == subject] for subject in subjects]
    return max(groups, key=lambda group: max(s.worth for s in group), default=[])


def _price(test: Test, settled: int) -> float:
    return (test.cost + 0.5) / settled if settled else float("inf")


def _cheapest(sufficient: Iterable[Test], best: Test) -> Test:
    return min([best, *sufficient], key=lambda t: (t.cost, t.id))


def _unnamed(question: Question) -> Test:
    """A question that no test of the list answers is shown as it is."""
    return Test(id=f"answer-{question.kind}", name=question.text, cost=1, settles=(question.kind,))


def _next_test(
    test: Test,
    mine: list[Stake],
    chosen: list[tuple[Test, list[Stake]]],
    case: Case,
    knowledge: Knowledge,
) -> tuple[tuple[object, ...], NextTest]:
    opens: dict[str, Key] = {}
    for stake in mine:
        for name, key in stake.opens.items():
            opens[name] = max(key, opens.get(name, key))
    closes = sorted({name for s in mine for name in s.closes})
    confirms = sorted({name for s in mine for name in s.confirms} - set(opens))
    others = [
        t.name
        for t in knowledge.tests
        if t.id not in {c.id for c, _ in chosen}
        and all(can_settle(t, s.question, case, knowledge) for s in mine)
    ]
    worth = max(s.worth for s in mine)
    ordered = sorted(sorted(opens), key=lambda name: _first_named(opens[name]), reverse=True)
    label, *rest = worth
    return (label, test.cost == 0, *rest, -test.cost), NextTest(
        test=test.name,
        material=test.material,
        cost=test.cost,
        would_settle=tuple(s.question for s in sorted(mine, key=lambda s: s.worth, reverse=True)),
        could_open=tuple(ordered),
        could_close=tuple(closes),
        alternatives=tuple(sorted(others)[:4]),
        why=f"would confirm {', '.join(confirms)}" if confirms else "",
    )
