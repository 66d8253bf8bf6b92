"""Safe before clever: what facts, bad news and the order of input may do to a plan."""

import msgspec
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from onkos.model import Approval, Effect, Study, StudyKind, regimen_name
from onkos.pipeline import run
from tests.properties.cases import cases, supporting_facts, without

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow,
                HealthCheck.filter_too_much])  # fmt: skip


def place(dossier, therapy):
    """Position among the options; those not offered stand behind all."""
    names = [frozenset(o.therapy) for o in dossier.plan.options]
    return names.index(frozenset(therapy)) if frozenset(therapy) in names else len(names) + 1000


def offered(dossier, data):
    """One option of the plan and one of its claims at random."""
    assume(dossier.plan.options)
    option = data.draw(st.sampled_from(dossier.plan.options))
    return option, data.draw(st.sampled_from(option.matches)).claim


@SLOW
@given(case=cases, data=st.data())
def test_dropping_a_fact_in_favour_never_raises_an_option(case, data, knowledge):
    before = run(case, knowledge)
    option, claim = offered(before, data)
    facts = supporting_facts(claim)
    assume(facts)
    after = run(case, without(knowledge, claim, data.draw(st.sampled_from(facts))))
    assert place(after, option.therapy) >= place(before, option.therapy)


@SLOW
@given(case=cases, data=st.data())
def test_adding_a_fact_in_favour_never_lowers_an_option(case, data, knowledge):
    before = run(case, knowledge)
    option, claim = offered(before, data)
    added = data.draw(
        st.sampled_from(
            [
                {"approvals": (*claim.approvals, Approval(regulator="FDA"))},
                {"approvals": (*claim.approvals, Approval(regulator="NMPA"))},
                {"studies": (*claim.studies,
                             Study(kind=StudyKind.RANDOMISED, endpoint="OS", n=400))},
                {"studies": (*claim.studies, Study(kind=StudyKind.CASE, unverified=True))},
            ]
        )
    )  # fmt: skip
    more = msgspec.structs.replace(claim, **added)
    claims = tuple(more if c.id == claim.id else c for c in knowledge.claims)
    after = run(case, msgspec.structs.replace(knowledge, claims=claims))
    assert place(after, option.therapy) <= place(before, option.therapy)


@SLOW
@given(case=cases, data=st.data())
def test_bad_news_about_a_regimen_never_moves_it_up(case, data, knowledge):
    before = run(case, knowledge)
    option, claim = offered(before, data)
    news = msgspec.structs.replace(
        claim,
        id="bad-news",
        effect=data.draw(st.sampled_from([Effect.RESISTANCE, Effect.HARM, Effect.NO_BENEFIT])),
        mechanism="on-target",
        over=(),
    )
    after = run(case, msgspec.structs.replace(knowledge, claims=(*knowledge.claims, news)))
    assert place(after, option.therapy) >= place(before, option.therapy)


@SLOW
@given(case=cases, data=st.data())
def test_the_order_of_input_never_matters(case, data, knowledge):
    shuffled = msgspec.structs.replace(
        case,
        alterations=tuple(data.draw(st.permutations(case.alterations))),
        measurements=tuple(data.draw(st.permutations(case.measurements))),
    )
    claims = tuple(reversed(knowledge.claims))
    turned = msgspec.structs.replace(knowledge, claims=claims)
    one, other = run(case, knowledge).plan, run(shuffled, turned).plan
    assert [o.therapy for o in one.options] == [o.therapy for o in other.options]
    assert [o.grades for o in one.options] == [o.grades for o in other.options]
    assert [sorted(o.therapy) for o in one.avoid] == [sorted(o.therapy) for o in other.avoid]
    assert [t.test for t in one.test_next] == [t.test for t in other.test_next]


@SLOW
@given(case=cases)
def test_a_regimen_is_an_option_or_avoided_never_both_and_ranks_are_one_to_n(case, knowledge):
    plan = run(case, knowledge).plan
    options = [frozenset(o.therapy) for o in plan.options]
    avoided = [frozenset(o.therapy) for o in plan.avoid]
    assert not set(options) & set(avoided)
    assert len(set(options)) == len(options)
    assert [o.rank for o in plan.options] == list(range(1, len(options) + 1))
    assert all(regimen_name(o.therapy) for o in plan.avoid)
