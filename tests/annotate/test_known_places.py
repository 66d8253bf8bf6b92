"""Calls that are known changes are described by their exact place, without a reference."""

import msgspec
import pytest

from onkos.annotate import describe
from onkos.annotate.known import disagreements, recognised
from onkos.model import (
    Case,
    Consent,
    Consequence,
    Origin,
    PlacedChange,
    PlacedChanges,
    SmallVariant,
)


def call(place, reference, alternate, assembly="GRCh38", chromosome="7", **more):
    return SmallVariant(
        gene="",
        chromosome=chromosome,
        position=place,
        reference=reference,
        alternate=alternate,
        assembly=assembly,
        **more,
    )


def case(*calls, **more):
    return Case(id="c", disease="LUAD", calls=calls, **more)


@pytest.mark.parametrize(
    ("assembly", "chromosome", "place", "reference", "alternate", "label"),
    [
        ("GRCh38", "7", 55191822, "T", "G", "EGFR L858R"),
        ("GRCh37", "7", 55259515, "T", "G", "EGFR L858R"),
        ("GRCh37", "7", 140453136, "A", "T", "BRAF V600E"),
        ("GRCh37", "7", 140453136, "AC", "TT", "BRAF V600K"),
        ("GRCh37", "7", 140453135, "CA", "TT", "BRAF V600E"),  # the form of two bases
        ("GRCh37", "12", 25398285, "C", "A", "KRAS G12C"),
        ("GRCh37", "2", 209113112, "C", "T", "IDH1 R132H"),
        ("GRCh37", "5", 1295228, "G", "A", "TERT c.-124C>T"),
        ("GRCh38", "5", 1295135, "G", "A", "TERT c.-146C>T"),
        ("GRCh38", "7", 116771990, "G", "A", "MET X1010_splice"),
        ("GRCh38", "7", 55174771, "AGGAATTAAGAGAAGC", "A", "EGFR E746_A750del"),  # as in a VCF
        ("GRCh38", "7", 55174773, "GAATTAAGAGAAGCA", "", "EGFR E746_A750del"),  # the other one
    ],
)
def test_the_places_of_changes_that_decide(
    knowledge, assembly, chromosome, place, reference, alternate, label
):
    one = call(place, reference, alternate, assembly, chromosome)
    found = recognised(case(one), knowledge)
    assert [a.label for a in found.alterations] == [label]
    assert found.calls == ()
    assert found.alterations[0].described_by.startswith(
        "known change, matched exactly; no reference ("
    )


def test_an_insertion_of_a_maf_stands_behind_its_position(knowledge):
    vcf = call(55181288, "A", "ATCCAGGAAGCCT")
    maf = call(55181287, "", "TCCAGGAAGCCT")
    other = msgspec.structs.replace(
        vcf, position=55181287, reference="G", alternate="GTCCAGGAAGCCT"
    )
    labels = [recognised(case(one), knowledge).alterations for one in (maf, other)]
    assert [[a.protein for a in found] for found in labels] == [["A763_Y764insFQEA"]] * 2


def test_one_base_off_or_another_base_is_no_known_change(knowledge):
    calls = (call(55191823, "T", "G"), call(55191822, "T", "C"), call(55191822, "A", "G"))
    found = recognised(case(*calls), knowledge)
    assert all(a.protein != "L858R" for a in found.alterations)


def test_reads_origin_and_sample_are_those_of_the_call(knowledge):
    one = call(55191822, "T", "G", vaf=0.3, alt_reads=30, depth=100, sample="t")
    (found,) = recognised(case(one), knowledge).alterations
    assert (found.vaf, found.alt_reads, found.depth, found.sample) == (0.3, 30, 100, "t")
    assert (found.coding, found.consequence) == ("c.2573T>G", Consequence.MISSENSE)


def test_what_stays_undescribed_is_counted_and_still_a_call(knowledge):
    found = describe(case(call(55191822, "T", "G"), call(1000, "A", "T")), knowledge)
    assert [a.label for a in found.alterations] == ["EGFR L858R"]
    assert len(found.calls) == 1
    assert [n for n in found.notices if "matched to a known change" in n] == [
        "EGFR L858R: told by its place, and matched to a known change without a reference"
    ]


def test_inherited_calls_are_withheld_before_they_are_told(knowledge):
    one = call(43106487, "A", "C", chromosome="17", origin=Origin.GERMLINE)
    told = describe(case(one), knowledge)
    assert [a.label for a in told.alterations] == ["BRCA1 C61G"]
    withheld = describe(case(one, germline=Consent.WITHHOLD), knowledge)
    assert withheld.alterations == ()
    assert not any("BRCA1" in notice for notice in withheld.notices)


def test_an_unstated_assembly_is_told_by_known_changes_alone_on_one(knowledge):
    calls = (call(55259515, "T", "G", ""), call(1000, "A", "T", ""))
    found = recognised(case(*calls), knowledge)
    assert found.alterations[0].assembly == "GRCh37"
    assert any("read as GRCh37" in notice for notice in found.notices)


def test_changes_that_fit_both_assemblies_leave_it_open(knowledge):
    calls = (call(55259515, "T", "G", ""), call(55181378, "C", "T", ""))
    assert recognised(case(*calls), knowledge).alterations == ()


def test_one_known_change_among_too_many_calls_does_not_tell_the_assembly(knowledge):
    many = [call(1000 + at, "A", "T", "") for at in range(10_001)]
    assert recognised(case(call(55259515, "T", "G", ""), *many), knowledge).alterations == ()


def test_raw_calls_of_the_other_assembly_are_named_and_not_described(knowledge):
    found = recognised(case(call(55259515, "T", "G", "GRCh38")), knowledge)
    assert found.alterations == ()
    (notice,) = found.notices
    assert "EGFR L858R" in notice
    assert "GRCh37" in notice


def annotated(place, assembly):
    return SmallVariant(
        gene="EGFR", protein="L858R", coding="c.2573T>G", consequence=Consequence.MISSENSE,
        first=858, last=858, chromosome="7", position=place, reference="T", alternate="G",
        assembly=assembly,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("place", "stated", "read", "named"),
    [
        (55259515, "GRCh38", "GRCh37", True),
        (55191822, "GRCh37", "GRCh38", True),
        (55191822, "GRCh38", "GRCh38", False),
        (55191822, "", "GRCh38", False),
        (100, "GRCh38", "GRCh38", False),
    ],
)
def test_an_annotated_known_change_tells_the_assembly(knowledge, place, stated, read, named):
    found = describe(
        Case(id="c", disease="LUAD", alterations=(annotated(place, stated),)), knowledge
    )
    assert found.alterations[0].assembly == read
    assert any(f"read as {read}" in notice for notice in found.notices) is named


def test_two_assemblies_mixed_in_one_file_are_named(knowledge):
    mixed = (annotated(55191822, "GRCh38"), annotated(55191822, "GRCh38"))
    braf = SmallVariant(
        gene="BRAF", protein="V600E", consequence=Consequence.MISSENSE, first=600, last=600,
        chromosome="7", position=140453136, reference="A", alternate="T", assembly="GRCh38",
    )  # fmt: skip
    kras = msgspec.structs.replace(
        braf, gene="KRAS", protein="G12C", first=12, last=12, chromosome="12", position=25398285,
        reference="C", alternate="A",
    )  # fmt: skip
    found = describe(Case(id="c", disease="LUAD", alterations=(mixed[0], braf, kras)), knowledge)
    assert any("two assemblies may be mixed" in notice for notice in found.notices)
    assert {a.assembly for a in found.alterations} == {"GRCh38"}


def test_the_reference_decides_and_a_disagreement_is_named(tiny, knowledge):
    wrong = PlacedChange(
        gene="EGFR", chromosome="7", grch38=55191822, reference="T", alternate="G",
        protein="L858Q", coding="c.2573T>G", source="made up",
    )  # fmt: skip
    own = msgspec.structs.replace(
        knowledge, packed_changes=msgspec.Raw(msgspec.msgpack.encode((wrong,)))
    )
    offered = Case(id="c", disease="LUAD", alterations=(call(55191822, "T", "G"),))
    found = describe(offered, own, tiny)
    assert [a.label for a in found.alterations] == ["EGFR L858R"]
    assert found.alterations[0].described_by == ""
    assert any("L858Q by the known change" in n and "made up" in n for n in found.notices)
    assert disagreements(describe(offered, knowledge, tiny), knowledge, tiny).notices == ()


def test_every_form_of_a_deletion_in_a_repeat_is_the_same_change():
    one = PlacedChange(
        gene="G", chromosome="1", grch38=10, reference="AC", moves=3, protein="K1del"
    )
    known = PlacedChanges([one])
    for start, bases in ((10, "AC"), (11, "CA"), (12, "AC"), (13, "CA")):
        assert known.at("GRCh38", "1", start, bases, "") is one
    assert known.at("GRCh38", "1", 14, "AC", "") is None
    assert known.at("GRCh37", "1", 10, "AC", "") is None


def test_of_two_changes_at_one_place_the_first_counts():
    one = PlacedChange(gene="A", chromosome="1", grch37=5, reference="A", alternate="T")
    other = PlacedChange(gene="B", chromosome="1", grch37=5, reference="A", alternate="T")
    assert PlacedChanges([one, other]).at("GRCh37", "1", 5, "A", "T") is one


@pytest.mark.parametrize(
    "wrong", [{"reference": "A", "alternate": "A", "grch37": 5}, {"alternate": "A"}]
)
def test_a_change_needs_a_place_and_changes_something(wrong):
    with pytest.raises(ValueError, match=r"nothing changes|without a place"):
        PlacedChange(gene="A", chromosome="1", **wrong)
