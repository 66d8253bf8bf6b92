"""A finding that few reads carry stands, with a caution and a test that would confirm it."""

import pytest

from onkos import pipeline
from onkos.criteria import evaluate, parse
from onkos.model import Answer, Assay, Case, Consequence, Fusion, Origin, Sample, SmallVariant
from onkos.sources.knowledge.builtin import builtin

KNOWLEDGE = builtin()
WORDS = KNOWLEDGE.vocabulary
L858R = {
    "gene": "EGFR", "protein": "L858R", "consequence": Consequence.MISSENSE,
    "first": 858, "last": 858,
}  # fmt: skip


def variant(alt, depth):
    return SmallVariant(**L858R, alt_reads=alt, depth=depth, vaf=alt / depth)


def case(*seen, sample=None):
    return Case(id="a", disease="LUAD", alterations=seen, samples=(sample or Sample(),))


def verdict(text, found):
    return evaluate(parse(text, WORDS), found, WORDS)


@pytest.mark.parametrize(
    ("alt", "depth", "said"),
    [
        (1, 1000, "carried by 1 of 1000 reads only"),
        (2, 20, "carried by 2 of 20 reads only"),
        (5, 1000, "in 0.005 of the reads"),
        (3, 100, ""),
        (300, 1000, ""),
    ],
)
def test_few_reads_are_a_caution_and_a_question(alt, depth, said):
    found = verdict("EGFR L858R", case(variant(alt, depth)))
    assert found.answer is Answer.MET
    assert bool(found.cautions) is bool(found.questions) is bool(said)
    assert said in "".join(found.cautions)


@pytest.mark.parametrize(("limit", "material", "thin"), [
    (0.05, "tissue", True), (0.001, "tissue", False), (None, "plasma", False),
])  # fmt: skip
def test_the_limit_of_the_assay_speaks_before_the_general_one(limit, material, thin):
    assay = Assay(id="x", name="panel x", material=(material,), limit_of_detection=limit)
    sample = Sample(material=material, assay=assay)
    found = verdict("EGFR L858R", case(variant(5, 1000) if limit != 0.05 else variant(30, 1000),
                                       sample=sample))  # fmt: skip
    assert found.answer is Answer.MET
    assert bool(found.cautions) is thin


def test_one_read_of_a_fusion_is_a_caution_and_one_well_carried_hit_is_enough():
    one = Fusion(five="EML4", three="ALK", reads=1, vaf=0.001)
    many = Fusion(five="KIF5B", three="ALK", reads=40, vaf=0.3)
    (caution,) = verdict("ALK fusion", case(one)).cautions
    assert "carried by 1 read only" in caution
    assert verdict("ALK fusion", case(one, many)).cautions == ()


def test_a_fusion_that_the_normal_carries_is_a_caution():
    """A junction in half of the normal's reads is an error of mapping or of no consequence."""
    normal = Fusion(five="EML4", three="ALK", reads=40, vaf=0.5, origin=Origin.GERMLINE)
    found = verdict("ALK fusion", case(normal))
    assert "said to be inherited" in "".join(found.cautions)
    assert [q.text.startswith("confirm") for q in found.questions] == [True]
    somatic = Fusion(five="EML4", three="ALK", reads=40, vaf=0.5, origin=Origin.SOMATIC)
    assert not verdict("ALK fusion", case(somatic)).cautions


def test_the_option_carries_the_caution_and_the_plan_asks_for_a_confirming_test():
    plan = pipeline.run(case(variant(1, 1000)), KNOWLEDGE).plan
    sure = pipeline.run(case(variant(300, 1000)), KNOWLEDGE).plan
    (option,) = (o for o in plan.options if o.therapy == ("osimertinib",))
    (same,) = (o for o in sure.options if o.therapy == ("osimertinib",))
    assert any("carried by 1 of 1000 reads only" in c for c in option.cautions)
    assert not any("reads only" in c for c in same.cautions)
    asked = [q.text for test in plan.test_next for q in test.would_settle]
    assert any(text.startswith("confirm EGFR L858R by another test") for text in asked)
    assert option.rank == same.rank
