"""Mutations per megabase: worked numbers, and when no call is made."""

import numpy as np
import pytest
from msgspec.structs import replace
from scipy.special import gammaln, xlogy

from onkos.biomarkers import mutational_burden
from onkos.biomarkers.tmb import burden, poisson_interval
from onkos.errors import InputError
from onkos.model import (
    Case,
    Consequence,
    Finding,
    Measurement,
    NotAssessed,
    Oncogenicity,
    Origin,
    Sample,
    SmallVariant,
)


@pytest.fixture
def rules(knowledge):
    return knowledge.biomarkers.burden


def variant(place, **fields):
    given = {
        "gene": "TTN", "consequence": Consequence.MISSENSE, "chromosome": "2", "position": place,
        "reference": "A", "alternate": "T", "origin": Origin.SOMATIC,
    }  # fmt: skip
    return SmallVariant(**{**given, **fields})


def case_of(knowledge, assay, variants, rows=None, **sample):
    return Case(
        id="t",
        disease="LUAD",
        alterations=tuple(variants),
        samples=(Sample(assay=assay, **sample),),
        called={"": len(variants) if rows is None else rows},
    )


def measured(case, knowledge):
    return list(mutational_burden(case, (), knowledge))


@pytest.mark.parametrize(
    ("count", "megabases", "value", "low", "high", "is_high"),
    [
        (12, 1.1, 10.91, 5.64, 19.06, True),
        (8, 0.8, 10.00, 4.32, 19.70, True),
        (300, 30, 10.00, 8.90, 11.20, True),
        (0, 1.1, 0, 0, 3.35, False),
        (20, 1.94, 10.31, 6.30, 15.92, True),
        (9, 1.0, 9.0, 4.12, 17.08, False),
    ],
)
def test_worked_numbers(rules, count, megabases, value, low, high, is_high):
    found = burden(count, megabases, rules)
    assert found.value == pytest.approx(value, abs=5e-3)
    assert found.interval == pytest.approx((low, high), abs=6e-3)
    assert found.high is is_high


def test_a_small_panel_whose_interval_holds_the_cut_off_is_called_neither_way(rules):
    assert burden(8, 0.79, rules).high is None
    assert burden(5, 0.6, rules).high is None
    assert burden(40, 0.6, rules).high is True
    assert burden(0, 0.6, rules).high is False


@pytest.mark.parametrize("size", [0, -1, float("nan")])
def test_a_territory_of_no_size_is_an_error_and_never_infinite(rules, size):
    with pytest.raises(InputError, match="size of the territory"):
        burden(3, size, rules)


def test_the_interval_covers_the_mean_as_often_as_it_says():
    for mean in (0.5, 3.0, 17.0):
        events = np.arange(200)
        chance = np.exp(xlogy(events, mean) - mean - gammaln(events + 1))
        inside = [low <= mean <= high for low, high in map(poisson_interval, events.tolist())]
        assert chance[inside].sum() >= 0.95


def test_an_exome_is_counted_by_its_convention_and_reaches_the_criteria(knowledge):
    exome = knowledge.assay("wes-paired")
    counted = [variant(at) for at in range(1, 401)]
    left = [
        variant(1001, consequence=Consequence.SPLICE_REGION),
        variant(1002, vaf=0.01),
        variant(1003, origin=Origin.GERMLINE),
        variant(1004, filters=("clustered_events",)),
    ]
    (found,) = measured(case_of(knowledge, exome, counted + left), knowledge)
    assert found.name == "TMB"
    assert found.number == pytest.approx(400 / 35)
    assert found.unit == "mut/Mb"
    assert found.interval[0] < found.number < found.interval[1]
    assert "400 in 35 Mb" in found.method
    assert "exome-nonsynonymous 1" in found.method


def test_a_reported_value_stands(knowledge):
    case = case_of(knowledge, knowledge.assay("wes-paired"), [variant(at) for at in range(1, 60)])
    told = replace(case, measurements=(Measurement(name="TMB", value=12),))
    assert measured(case, knowledge)
    assert not measured(told, knowledge)


def test_a_list_from_a_report_is_not_counted(knowledge):
    exome = knowledge.assay("wes-paired")
    typed = [SmallVariant(gene="EGFR", protein="L858R", consequence=Consequence.MISSENSE)]
    assert not measured(case_of(knowledge, exome, typed), knowledge)
    assert not measured(case_of(knowledge, exome, [variant(1), variant(2)]), knowledge)


def test_a_short_panel_list_is_told_but_not_called_low(knowledge):
    panel = replace(knowledge.assay("FoundationOne CDx"), paired_normal=True)
    (found,) = measured(case_of(knowledge, panel, [variant(1)]), knowledge)
    assert found.number is None
    assert "may be a selection" in found.note
    (found,) = measured(case_of(knowledge, panel, [variant(1)], rows=30), knowledge)
    assert found.number == pytest.approx(1 / 0.8)


def test_foundation_counts_synonymous_and_leaves_out_drivers(knowledge):
    panel = knowledge.assay("FoundationOne CDx")
    driver = variant(5, gene="KRAS", oncogenicity=Oncogenicity.ONCOGENIC)
    case = case_of(knowledge, panel, [variant(1), variant(2), driver], rows=40)
    silent = [synonymous(at) for at in range(11, 21)]
    case = replace(case, filtered={"synonymous": 10}, silent=tuple(silent))
    (found,) = measured(case, knowledge)
    assert found.number == pytest.approx(12 / 0.8)
    assert "tumour-only" in found.note


def synonymous(at, **fields):
    return variant(at, **{"consequence": Consequence.SYNONYMOUS, **fields})


@pytest.mark.parametrize("left_out", [
    {"origin": Origin.GERMLINE}, {"origin": Origin.UNKNOWN, "population_af": 0.35}, {"vaf": 0.04},
    {"sample": "another"},
])  # fmt: skip
def test_silent_changes_are_left_out_as_all_others_are(knowledge, left_out):
    panel = knowledge.assay("FoundationOne CDx")
    case = case_of(knowledge, panel, [variant(1), variant(2), variant(3)], rows=33)
    silent = tuple(synonymous(at, **left_out) for at in range(11, 41))
    case = replace(case, filtered={"synonymous": 30}, silent=silent)
    (found,) = measured(case, knowledge)
    assert found.number == pytest.approx(3.75)


def test_silent_changes_told_by_their_number_alone_are_not_counted(knowledge):
    panel = knowledge.assay("FoundationOne CDx")
    case = case_of(knowledge, panel, [variant(1), variant(2), variant(3)], rows=33)
    case = replace(case, filtered={"synonymous": 30}, silent=(synonymous(5),))
    (found,) = measured(case, knowledge)
    assert isinstance(found, NotAssessed)
    assert "29 silent changes are told by their number alone" in found.reason
    exome = replace(panel, burden="exome-nonsynonymous")
    (found,) = measured(replace(case, samples=(Sample(assay=exome),)), knowledge)
    assert isinstance(found, Finding)


def test_rows_of_other_files_make_no_call_set(knowledge):
    exome = knowledge.assay("WES paired")
    case = case_of(knowledge, exome, [variant(1), variant(2)])
    assert not measured(replace(case, rows=24), knowledge)


def test_a_normal_that_was_read_makes_the_count_one_against_a_normal(knowledge):
    exome = knowledge.assay("WES")
    read = [variant(at, normal_alt_reads=0, normal_depth=40) for at in range(1, 41)]
    (found,) = measured(case_of(knowledge, exome, read), knowledge)
    assert found.number == pytest.approx(40 / 35)
    assert "tumour-only" not in found.note


def test_without_a_normal_common_variants_are_taken_off_and_the_rest_is_flagged(knowledge):
    exome = knowledge.assay("WES")
    rare = [variant(at, origin=Origin.UNKNOWN, population_af=0.0) for at in range(1, 51)]
    common = [variant(at, origin=Origin.UNKNOWN, population_af=0.02) for at in range(101, 1101)]
    (found,) = measured(case_of(knowledge, exome, rare + common), knowledge)
    assert found.number == pytest.approx(50 / 35)
    assert "over-estimated" in found.note


def test_without_a_normal_and_without_frequencies_nothing_is_counted(knowledge):
    unknown = [variant(at, origin=Origin.UNKNOWN) for at in range(1, 500)]
    (found,) = measured(case_of(knowledge, knowledge.assay("WES"), unknown), knowledge)
    assert isinstance(found, NotAssessed)
    assert "gnomAD" in found.reason


def test_a_panel_of_unknown_size_asks_for_a_bed(knowledge):
    panel = replace(knowledge.assay("FoundationOne CDx"), megabases=None)
    (found,) = measured(case_of(knowledge, panel, [variant(1)]), knowledge)
    assert isinstance(found, NotAssessed)
    assert "BED" in found.reason


def test_low_tumour_content_and_plasma_settle_nothing(knowledge):
    exome = knowledge.assay("wes-paired")
    few = [variant(at) for at in range(1, 40)]
    (thin,) = measured(case_of(knowledge, exome, few, purity=0.1), knowledge)
    assert thin.number is None
    assert "under the assay's" in thin.note
    assert thin.scale.interval[0] < thin.scale.value < thin.scale.interval[1]
    assert thin.scale.cutoff == knowledge.biomarkers.burden.high
    many = [variant(at) for at in range(1, 800)]
    (high,) = measured(case_of(knowledge, exome, many, purity=0.1), knowledge)
    assert high.number is not None
    (plasma,) = measured(case_of(knowledge, exome, many, material="plasma"), knowledge)
    assert plasma.number is None
    assert plasma.scale is None


def test_an_assay_with_a_line_to_the_exome_shows_both_values(knowledge):
    panel = replace(
        knowledge.assay("MSK-IMPACT"), megabases=1.0, burden_to_exome=(0.8, 0.5), paired_normal=True
    )
    (found,) = measured(case_of(knowledge, panel, [variant(at) for at in range(1, 21)]), knowledge)
    assert isinstance(found, Finding)
    assert found.number == pytest.approx(20)
    assert "16.5" in found.note


def test_every_convention_of_an_assay_exists(knowledge):
    rules = knowledge.biomarkers.burden
    for assay in knowledge.assays:
        if assay.megabases is not None:
            assert rules.convention(assay.burden, assay.kind) is not None


def test_calls_of_a_program_for_inherited_changes_are_no_burden(knowledge):
    seen = tuple(
        SmallVariant(
            gene="ATM", protein=f"A{at}V", consequence=Consequence.MISSENSE, chromosome="11",
            position=at, reference="C", alternate="T", origin=Origin.GERMLINE, joint=True,
        )
        for at in range(1, 601)
    )  # fmt: skip
    sample = Sample(assay=knowledge.assay("WES paired"))
    case = Case(id="a", disease="COAD", alterations=seen, samples=(sample,), called={"": 600})
    (found,) = mutational_burden(case, (), knowledge)
    assert isinstance(found, NotAssessed)
    assert "does not look for the tumour's own" in found.reason
