"""In how many of the cancer cells a change is, as the page says it."""

import pytest

from onkos.biomarkers import clonality
from onkos.model import Consequence, Finding, NotAssessed, Oncogenicity, Origin, SmallVariant
from tests.biomarkers.segmented import segment, tumour

KRAS = "KRAS G12C"


def change(protein="G12C", alt=30, depth=100, oncogenicity=Oncogenicity.ONCOGENIC, **rest):
    rest = {"origin": Origin.SOMATIC, "chromosome": "12", "position": 25_245_350} | rest
    return SmallVariant(
        gene="KRAS", protein=protein, consequence=Consequence.MISSENSE, alt_reads=alt,
        depth=depth, oncogenicity=oncogenicity, **rest,
    )  # fmt: skip


def told(knowledge, *changes, major=1, minor=1, purity=0.6, **rest):
    segments = [segment("12", 1, 133_000_000, major, minor, **rest)]
    case = tumour(segments, disease="LUAD", purity=purity, alterations=changes)
    return {f.name: f for f in clonality(case, (), knowledge)}


def test_a_driver_has_its_fraction_with_an_interval(knowledge):
    finding = told(knowledge, change())[f"cancer cell fraction of {KRAS}"]
    assert finding.number == 1
    assert finding.interval == pytest.approx((0.691, 0.996))
    assert finding.value == (
        f"{KRAS} clonal: in 100 % of the cancer cells (95 % interval 69 to 100, whatever its "
        "copies per cell)"
    )


def test_all_changes_are_summed_up_and_only_drivers_are_listed(knowledge):
    passenger = change("A18D", alt=6, oncogenicity=None)
    found = told(knowledge, change(), passenger)
    assert found["clonality"].value == "clonality of 2 changes: 1 clonal, 1 subclonal"
    assert len(found) == 2


def test_the_interval_of_a_gain_holds_whatever_the_copies_of_the_change(knowledge):
    """On two of three copies 30 of 100 reads are 65 % of the cells, on one of them all."""
    finding = told(knowledge, change(alt=30), major=2)[f"cancer cell fraction of {KRAS}"]
    assert finding.interval[0] < 0.65 < 1 == finding.number
    assert "78 to 100 % were it surely on one" in finding.note
    assert "most likely on one" in finding.note


def test_too_many_reads_are_in_doubt(knowledge):
    found = told(knowledge, change(alt=60))
    assert "in doubt" in found["clonality"].value
    own = found[f"cancer cell fraction of {KRAS}"]
    assert own.number is None
    assert "wrong" in own.note


def test_copies_of_part_of_the_cells_leave_it_indeterminate(knowledge):
    assert "1 indeterminate" in told(knowledge, change(), share=0.4)["clonality"].value


@pytest.mark.parametrize(
    ("own", "where", "reason"),
    [
        ({"depth": None, "alt": None}, {}, "no counts of reads"),
        ({"chromosome": "7"}, {}, "no segment lies over it"),
        ({"origin": Origin.GERMLINE}, {}, "germline"),
        ({"origin": Origin.UNKNOWN, "population_af": 0.2}, {}, "polymorphism"),
        ({}, {"purity": 0.1}, "10 %"),
        ({}, {"purity": None}, "tumour content not given"),
    ],
)
def test_what_cannot_be_weighed_is_counted_with_its_reason(knowledge, own, where, reason):
    (finding,) = told(knowledge, change(**own), **where).values()
    assert isinstance(finding, NotAssessed)
    assert "1 left out" in finding.reason
    assert reason in finding.reason


def test_an_unknown_origin_is_taken_as_somatic_and_said(knowledge):
    found = told(knowledge, change(origin=Origin.UNKNOWN))
    assert "origin not told" in found[f"cancer cell fraction of {KRAS}"].note


def test_a_case_without_copies_or_changes_gets_nothing(knowledge):
    assert not list(clonality(tumour([], alterations=(change(),)), (), knowledge))
    assert not told(knowledge)


def test_vaf_and_depth_serve_where_variant_reads_are_not_given(knowledge):
    finding = told(knowledge, change(alt=None, vaf=0.3))[f"cancer cell fraction of {KRAS}"]
    assert isinstance(finding, Finding)
    assert finding.number == 1


def test_thousands_of_changes_are_weighed_in_a_moment(knowledge):
    many = [
        change(f"A{at}D", alt=at % 60, position=1 + at * 1000, oncogenicity=None)
        for at in range(1, 5001)
    ]
    found = told(knowledge, *many)
    assert found["clonality"].value.startswith("clonality of 5000 changes")
