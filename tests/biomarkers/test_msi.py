"""Microsatellite instability: callers' numbers, and indels of an exome."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onkos.biomarkers import microsatellite_instability
from onkos.biomarkers.msi import slippage, slipped
from onkos.model import (
    Case,
    Consequence,
    Finding,
    Measurement,
    NotAssessed,
    Origin,
    Sample,
    SmallVariant,
)
from onkos.stats.purity import exact_interval

BASES = st.text("ACGT", min_size=1, max_size=6)


def change(place, reference="A", alternate="T", **fields):
    kind = Consequence.MISSENSE if len(reference) == len(alternate) else Consequence.FRAMESHIFT
    return SmallVariant(
        **{
            "gene": "TTN", "consequence": kind, "chromosome": "2", "position": place,
            "reference": reference, "alternate": alternate, "origin": Origin.SOMATIC, **fields,
        }
    )  # fmt: skip


def exome(knowledge, substitutions, slips, others=0, assay="wes-paired", **fields):
    changes = [change(at, **fields) for at in range(1, substitutions + 1)]
    changes += [change(10_000 + at, "CA", "C", **fields) for at in range(slips)]
    changes += [change(20_000 + at, "ACGT", "A", **fields) for at in range(others)]
    return Case(
        id="m",
        disease="COAD",
        alterations=tuple(changes),
        samples=(Sample(assay=knowledge.assay(assay)),),
        rows=len(changes),
    )


def measured(case, knowledge):
    return list(microsatellite_instability(case, (), knowledge))


def scored(knowledge, name, value):
    case = Case(id="m", disease="COAD", measurements=(Measurement(name=name, value=value),))
    (found,) = measured(case, knowledge)
    return found


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("MSIsensor score", 10, "MSI-H"),
        ("MSIsensor score", 9.9, ""),
        ("MSIsensor score", 3, ""),
        ("MSIsensor score", 2.9, "MSS"),
        ("MSIsensor2 score", 12, "MSS"),
        ("MSIsensor2 score", 20, "MSI-H"),
        ("MSIsensor-pro score", 30, ""),
        ("MANTIS score", 0.4, "MSI-H"),
        ("MANTIS score", 0.39, "MSS"),
    ],
)
def test_a_callers_number_reads_by_its_own_cut_off(knowledge, name, value, status):
    found = scored(knowledge, name, value)
    assert found.name == "MSI"
    assert found.status == status
    assert (not status) == found.value.startswith("indeterminate")


def counted(knowledge, unstable, sites, purity=None, tool="MSIsensor score"):
    ends = tuple(100 * end for end in exact_interval(unstable, sites))
    share = Measurement(
        name=tool,
        value=100 * unstable / sites,
        interval=ends,
        counted=(unstable, sites),
        sample="t",
    )
    samples = (Sample(id="t", purity=purity),)
    (found,) = measured(
        Case(id="m", disease="COAD", measurements=(share,), samples=samples), knowledge
    )
    return found


@pytest.mark.parametrize(
    ("unstable", "sites", "purity", "status", "why"),
    [
        (3, 10, 0.05, "", "10 sites are too few: at least 50"),
        (49, 49, 0.6, "", "too few"),
        (300, 1000, 0.05, "MSI-H", ""),  # few cancer cells hide instability, they make none
        (200, 1000, 0.6, "MSI-H", ""),
        (75, 640, 0.6, "", "the interval holds the cut-off 10"),  # 9.3 to 14.5
        (60, 640, 0.6, "", "the interval holds the cut-off 10"),
        (40, 1000, 0.6, "", "between 3 and 10"),
        (5, 1000, 0.6, "MSS", ""),
        (5, 1000, None, "MSS", ""),
        (5, 1000, 0.29, "", "not called stable: tumour content 29% is under 30%"),
        (1, 50, 0.6, "", "the interval holds the cut-off 10"),  # 0.05 to 10.6
    ],
)
def test_a_share_is_called_where_its_interval_leaves_the_cut_off_out(
    knowledge, unstable, sites, purity, status, why
):
    found = counted(knowledge, unstable, sites, purity)
    assert found.status == status
    assert why in found.note
    assert f"{unstable} of {sites} sites, 95 % interval" in found.value
    assert found.scale.cutoff == 10
    assert found.interval == found.scale.interval


def test_a_number_without_its_sites_reads_as_before(knowledge):
    assert scored(knowledge, "MSIsensor score", 30).interval is None


def test_every_limit_of_a_caller_has_its_source(knowledge):
    for tool in knowledge.biomarkers.instability.tools:
        assert bool(tool.fewest) == bool(tool.fewest_source)
        assert bool(tool.least_purity) == bool(tool.purity_source)


def test_a_reported_status_stands_over_any_number(knowledge):
    told = (
        Measurement(name="MSI", status="MSS"),
        Measurement(name="MSIsensor score", value=30),
    )
    assert not measured(Case(id="m", disease="COAD", measurements=told), knowledge)


def test_many_slips_with_many_indels_are_unstable(knowledge):
    (found,) = measured(exome(knowledge, substitutions=700, slips=120), knowledge)
    assert found.status == "MSI-H"
    assert "confirm" in found.note


def test_a_stable_reading_is_shown_and_settles_nothing(knowledge):
    (found,) = measured(exome(knowledge, substitutions=150, slips=3), knowledge)
    assert found.value.startswith("MSS")
    assert found.status == ""
    assert "does not rule out" in found.note


def test_between_the_rates_nothing_is_said(knowledge):
    (found,) = measured(exome(knowledge, substitutions=150, slips=26), knowledge)
    assert found.value.startswith("indeterminate")
    assert found.status == ""


def test_very_many_substitutions_with_few_indels_are_a_polymerase_not_msi(knowledge):
    case = exome(knowledge, substitutions=6000, slips=60)
    pole = change(99, gene="POLE", protein="P286R")
    (found,) = measured(replace(case, alterations=(*case.alterations, pole)), knowledge)
    assert found.status == ""
    assert found.value.startswith("MSS")
    assert "POLE P286R" in found.note
    assert "very many" in found.note


def test_indels_that_show_no_repeat_are_not_slips(knowledge):
    (found,) = measured(exome(knowledge, substitutions=700, slips=3, others=120), knowledge)
    assert found.status == ""


def test_calls_without_any_indel_say_so(knowledge):
    (found,) = measured(exome(knowledge, substitutions=200, slips=0), knowledge)
    assert isinstance(found, NotAssessed)
    assert "were they called" in found.reason


def test_panels_short_lists_and_unpaired_exomes_are_not_judged(knowledge):
    assert not measured(exome(knowledge, 100, 60, assay="FoundationOne CDx"), knowledge)
    assert not measured(exome(knowledge, 5, 5), knowledge)
    unpaired = exome(knowledge, 100, 60, assay="WES", origin=Origin.UNKNOWN)
    (found,) = measured(unpaired, knowledge)
    assert isinstance(found, NotAssessed)


def test_known_repeats_are_named(knowledge):
    case = exome(knowledge, substitutions=700, slips=120)
    hit = change(77, "GG", "G", gene="RNF43", protein="G659fs")
    (found,) = measured(replace(case, alterations=(*case.alterations, hit)), knowledge)
    assert isinstance(found, Finding)
    assert "RNF43" in found.note
    loci = slippage((hit,), knowledge.biomarkers.instability).loci
    assert loci == ("RNF43",)


@given(st.sampled_from("ACGT"), st.integers(1, 8), BASES)
def test_a_run_of_one_base_is_a_slip_however_it_is_written(base, length, anchor):
    run = base * length
    assert slipped(run, "-", 4) == base
    assert slipped("-", run, 4) == base
    assert slipped(anchor + run, anchor, 4) == base
    assert slipped(anchor, anchor + run, 4) == base


@given(BASES, BASES)
def test_alleles_of_one_length_are_no_indel(one, other):
    if len(one) == len(other):
        assert slipped(one, other, 4) is None
    else:
        unit = slipped(one, other, 4)
        assert unit is None or len(unit) <= 4
