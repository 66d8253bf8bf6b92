"""Trials laid out for many cases answer as the rules themselves do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.criteria import CaseView, evaluate
from onkos.model import Answer, Assay, Case, Sample, SmallVariant
from onkos.model.criterion import DiseaseIs, Mutation
from onkos.model.trial import (
    AllOf,
    AnyOf,
    Level,
    NoneOf,
    Part,
    Polarity,
    Trial,
    TrialCriterion,
)
from onkos.trials.asking import Asking
from onkos.trials.prepared import Prepared

GENES = ("G1", "G2", "G3", "G4")
QUIET = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
atoms = st.sampled_from([Mutation(genes=(g,)) for g in GENES]) | st.sampled_from(
    [DiseaseIs(code=code) for code in ("NSCLC", "LUAD", "MEL", "SOLID", "BLOOD")]
)
leaves = st.builds(
    lambda rule, polarity: TrialCriterion(
        text=str(rule), part=Part.GENOMIC, criterion=rule, polarity=polarity
    ),
    atoms,
    st.sampled_from(Polarity),
) | st.just(TrialCriterion(text="?", part=Part.TEXT, unread="not read"))
rules = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda kind, parts: kind(of=tuple(parts)),
        st.sampled_from([AllOf, AnyOf, NoneOf]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=10,
)
cases = st.builds(
    lambda states, disease: Case(
        id="p",
        disease=disease,
        alterations=tuple(
            SmallVariant(gene=g, protein="A1C", first=1, last=1, consequence="missense")
            for g, state in zip(GENES, states, strict=True)
            if state == "changed"
        ),
        samples=(
            Sample(
                assay=Assay(
                    id="a",
                    name="a",
                    small_variants=tuple(
                        g for g, s in zip(GENES, states, strict=True) if s != "untested"
                    ),
                )
            ),
        ),
    ),
    st.tuples(*[st.sampled_from(["changed", "clean", "untested"])] * len(GENES)),
    st.sampled_from(["LUAD", "NSCLC", "MEL", "AML", "LUNG"]),
)


def plainly(rule, case, vocabulary):
    """Strong Kleene logic, read off the rule."""
    if isinstance(rule, TrialCriterion):
        if rule.criterion is None:
            return Answer.UNKNOWN
        answer = evaluate(rule.criterion, case, vocabulary).answer
        return Answer(2 - answer) if rule.polarity is Polarity.EXCLUDED else answer
    answers = [plainly(part, case, vocabulary) for part in rule.of]
    if isinstance(rule, AllOf):
        return min(answers)
    return max(answers) if isinstance(rule, AnyOf) else Answer(2 - max(answers))


@QUIET
@given(rule=rules, case=cases)
def test_the_answer_is_that_of_the_rule(vocabulary, rule, case):
    laid_out = Prepared([Trial(id="t", rule=rule)], vocabulary)
    (plan,) = laid_out.plans
    asking = Asking(CaseView(case, vocabulary), laid_out)
    answer = asking.answer(plan.node)
    assert answer is plainly(rule, case, vocabulary)
    # a diagnosis rules out no trial that could be anything but unmet
    assert answer is Answer.UNMET or plan in laid_out.for_disease(case.disease)
    # what decides has the answer; what fails has not met; making it met makes the trial met
    assert all(asking.verdict(n).answer is answer for n in asking.deciding(plan.node))
    failing = asking.failing(plan.node)
    assert (answer is Answer.MET) is (not failing)
    assert all(asking.verdict(n).answer is not Answer.MET for n in failing)
    mended = {n for n in plan.numbers if asking.verdict(n).answer is Answer.MET} | failing
    assert _holds(plan.node, mended)


def _holds(node, met):
    if isinstance(node, int):
        return node in met
    kind, parts = node
    return (all if kind == "all" else any)(_holds(part, met) for part in parts)


def _gene(name):
    rule = Mutation(genes=(name,))
    return TrialCriterion(text=name, part=Part.GENOMIC, criterion=rule)


@pytest.mark.parametrize(
    ("arms", "changed", "expected"),
    [
        # step asks for G1; arms for G2 and G3
        ([("G2", False), ("G3", False)], {"G1", "G3"}, Answer.MET),
        ([("G2", False), ("G3", False)], {"G1"}, Answer.UNMET),
        ([("G2", False), ("G3", False)], {"G3"}, Answer.UNMET),
        # the arm that fits is suspended
        ([("G2", False), ("G3", True)], {"G1", "G3"}, Answer.UNMET),
        # an arm without criteria takes whom the step takes
        ([("G2", False), (None, False)], {"G1"}, Answer.MET),
        # an arm without criteria that is suspended takes nobody
        ([("G2", False), (None, True)], {"G1"}, Answer.UNMET),
    ],
)
def test_a_trial_asks_for_its_step_and_one_open_arm(vocabulary, arms, changed, expected):
    below = tuple(
        Level(kind="arm", code=str(n), suspended=shut, rule=_gene(gene) if gene else None)
        for n, (gene, shut) in enumerate(arms)
    )
    trial = Trial(id="t", levels=(Level(kind="step", rule=_gene("G1"), levels=below),))
    laid_out = Prepared([trial], vocabulary)
    case = Case(
        id="p", disease="LUAD", samples=(Sample(assay=Assay(id="a", name="a",
                                                            small_variants=GENES)),),
        alterations=tuple(SmallVariant(gene=g, protein="A1C", first=1, last=1,
                                       consequence="missense") for g in sorted(changed)),
    )  # fmt: skip
    asking = Asking(CaseView(case, vocabulary), laid_out)
    assert asking.answer(laid_out.plans[0].node) is expected
    assert laid_out.plans[0].shut is False


@pytest.mark.parametrize("code", [None, "other"])
def test_a_step_of_which_every_arm_is_suspended_is_no_way_in(vocabulary, code):
    """Another step alone counts then; where there is none, what would be asked if it reopened."""
    closed = Level(kind="arm", code="A", suspended=True, rule=_gene("G2"))
    shut = Level(kind="step", code="1", rule=_gene("G1"), levels=(closed,))
    other = (Level(kind="step", code="2", rule=_gene("G3")),) if code else ()
    laid_out = Prepared([Trial(id="t", levels=(shut, *other))], vocabulary)
    (plan,) = laid_out.plans
    assert plan.shut is (code is None)
    asked = [laid_out.criteria[number].text for number in plan.numbers]
    assert asked == (["G3"] if code else ["G1", "G2"])
