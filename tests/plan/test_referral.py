"""A driving change of the tumour that may be inherited asks for referral, in its own line."""

import pytest
from msgspec.structs import replace

from onkos import pipeline
from onkos.model import Case, Consent, Consequence, Origin, Sample, SmallVariant
from onkos.report import render


def brca2(alt=50, depth=100, **more):
    return SmallVariant(
        gene="BRCA2",
        protein="E1308*",
        first=1308,
        last=1308,
        alt_reads=alt,
        consequence=Consequence.NONSENSE,
        depth=depth,
        vaf=alt / depth,
        **more,
    )


def case_of(*variants, purity=0.3, **more):
    samples = (Sample(material="tissue", purity=purity),)
    return Case(id="1", disease="HGSOC", samples=samples, alterations=variants, **more)


def lines(case, knowledge):
    found = pipeline.run(case, knowledge).plan.statements
    return [line for line in found if "may be inherited" in line]


def test_a_line_names_counselling_confirmation_and_cascade(knowledge):
    (line,) = lines(case_of(brca2()), knowledge)
    assert line.startswith("BRCA2 E1308* may be inherited (probability over 0.99), seen in the")
    for word in ("genetic counselling", "another normal tissue", "cascade testing", "36529447"):
        assert word in line


@pytest.mark.parametrize("reads", [True, False])
def test_a_normal_that_may_carry_it_asks_for_the_same(knowledge, reads):
    """A genotype alone beside a somatic caller: not known whether it is inherited."""
    from onkos.model import Assay

    seen = brca2(alt=8, depth=100, unsure=True)
    if not reads:
        seen = replace(seen, alt_reads=None, depth=None, vaf=None)
    samples = (Sample(assay=Assay(id="a", name="a", paired_normal=True), purity=0.3),)
    case = replace(case_of(seen), samples=samples)
    (line,) = lines(case, knowledge)
    assert line.startswith("BRCA2 E1308* may be inherited (the patient's normal sample may carry")
    for word in ("genetic counselling", "another normal tissue", "cascade testing"):
        assert word in line
    assert not lines(replace(case, germline=Consent.WITHHOLD), knowledge)


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_every_form_has_it_and_none_where_it_is_withheld(knowledge, form):
    case, genes = case_of(brca2()), knowledge.vocabulary.gene_by_symbol
    shown = render(pipeline.run(case, knowledge), form, genes)
    assert "cascade testing" in " ".join(shown.split())
    case = replace(case, germline=Consent.WITHHOLD)
    shown = render(pipeline.run(case, knowledge), form, genes)
    assert "may be inherited (" not in shown
    assert "E1308" not in shown


def test_none_where_the_origin_is_settled_or_nothing_is_acted_on(knowledge):
    assert not lines(case_of(brca2(origin=Origin.SOMATIC)), knowledge)
    assert not lines(case_of(brca2(origin=Origin.GERMLINE)), knowledge)
    assert not lines(case_of(brca2(normal_alt_reads=0, normal_depth=60)), knowledge)
    kras = SmallVariant(
        gene="KRAS",
        protein="G12D",
        first=12,
        last=12,
        alt_reads=50,
        depth=100,
        vaf=0.5,
        consequence=Consequence.MISSENSE,
    )
    assert not lines(case_of(kras), knowledge)
    unclear = SmallVariant(
        gene="BRCA2",
        protein="A75P",
        first=75,
        last=75,
        alt_reads=50,
        depth=100,
        vaf=0.5,
        consequence=Consequence.MISSENSE,
    )
    assert not lines(case_of(unclear), knowledge)


def test_reads_that_only_the_tumour_explains_ask_for_none(knowledge):
    tp53 = SmallVariant(
        gene="TP53",
        protein="R175H",
        first=175,
        last=175,
        alt_reads=60,
        depth=400,
        vaf=0.15,
        consequence=Consequence.MISSENSE,
    )
    assert not lines(case_of(tp53), knowledge)
