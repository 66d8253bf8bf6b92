"""HRD and gLOH from segments, and why they are not had."""

import csv

import pytest
from msgspec.structs import replace

from onkos import pipeline
from onkos.biomarkers import hrd, purity
from onkos.model import Case, Finding, Measurement, NotAssessed, Segment
from tests.biomarkers.segmented import MB, genome, segment, tumour


def found(case, knowledge):
    return {f.name: f for f in hrd(case, (), knowledge)}


@pytest.fixture(scope="module")
def scarhrd_example(shared_data):
    """Its segments; one of them ends before it begins and cannot be a segment."""
    path = shared_data / "patients" / "hrd_scarhrd" / "test2.txt"
    kept = []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            start, end = int(row["Start_position"]), int(row["End_position"])
            if start <= end:
                one, other = int(row["A_cn"]), int(row["B_cn"])
                chromosome = row["Chromosome"].removeprefix("chr")
                kept.append(segment(chromosome, start, end, max(one, other), min(one, other)))
    return kept


def test_the_scarhrd_example_scores_25_35_33(scarhrd_example, knowledge):
    finding = found(tumour(scarhrd_example), knowledge)["HRD"]
    assert finding.number == 93
    assert "LOH 25, TAI 35, LST 33" in finding.value
    assert "positive" in finding.value


def test_a_score_settles_what_claims_ask(scarhrd_example, knowledge):
    dossier = pipeline.run(tumour(scarhrd_example), knowledge)
    reasons = {r for o in dossier.plan.options for m in o.matches for r in m.biomarker.reasons}
    assert any("HRD >= 42: HRD 93" in reason for reason in reasons)
    assert not any(isinstance(f, NotAssessed) and f.name == "HRD" for f in dossier.findings)


def test_an_even_genome_scores_nothing(knowledge):
    result = found(tumour(genome(knowledge)), knowledge)
    assert result["HRD"].number == 0
    assert "negative" in result["HRD"].value
    assert result["gLOH"].number == 0


def test_the_grey_zone_is_said(knowledge):
    """Seven chromosomes with both ends lost: 14 LOH, 14 TAI and 14 LST."""
    sizes = {c.name: c.length for c in knowledge.vocabulary.chromosomes if c.assembly == "GRCh38"}
    lost = [str(n) for n in range(1, 8)]
    parts = [
        part
        for name in lost
        for part in (
            segment(name, 1, 20 * MB, 1, 0),
            segment(name, 20 * MB + 1, sizes[name] - 20 * MB, 1, 1),
            segment(name, sizes[name] - 20 * MB + 1, sizes[name], 1, 0),
        )
    ]
    finding = found(tumour(genome(knowledge, except_for=parts)), knowledge)["HRD"]
    assert finding.number == 42
    assert "borderline, positive" in finding.value
    assert "repeat" in finding.note


def test_a_lost_arm_is_named_and_left_out_of_gloh(knowledge):
    parts = (segment("17", 1, 25 * MB, 1, 0), segment("17", 25 * MB + 1, 83 * MB, 1, 1))
    finding = found(tumour(genome(knowledge, except_for=parts)), knowledge)["gLOH"]
    assert finding.number == 0
    assert "17p" in finding.note


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"purity": 0.25}, "25 %"),
        ({"purity": None}, "tumour content not given"),
        ({"ploidy": 1.2}, "ploidy 1.20"),
    ],
)
def test_what_is_not_evaluable_says_why(changes, reason, knowledge):
    result = found(tumour(genome(knowledge), **changes), knowledge)
    assert isinstance(result["HRD"], NotAssessed)
    assert reason in result["HRD"].reason


def test_too_little_of_the_genome_is_not_evaluable(knowledge):
    result = found(tumour(genome(knowledge)[:8]), knowledge)
    assert "75 %" in result["HRD"].reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"total": None, "log2": -0.4}, "log ratios"), ({"total": 2.0}, "each allele")],
)
def test_segments_without_alleles_are_told_only_where_hrd_is_asked_for(changes, reason, knowledge):
    bare = Segment(chromosome="1", start=1, end=90 * MB, assembly="GRCh38", **changes)
    assert reason in found(tumour([bare]), knowledge)["HRD"].reason
    assert "HRD" not in found(tumour([bare], disease="LUAD"), knowledge)


def test_a_case_without_segments_gets_nothing(knowledge):
    case = Case(id="n", disease="HGSOC")
    assert not list(hrd(case, (), knowledge))
    assert not list(purity(case, (), knowledge))


def test_what_the_laboratory_reported_is_not_called_missing(knowledge):
    reported = (Measurement(name="HRD", value=50),)
    result = found(tumour(genome(knowledge), purity=0.1, measurements=reported), knowledge)
    assert "HRD" not in result


def test_an_assembly_not_told_matters_only_where_the_score_differs(knowledge):
    plain = [
        Segment(chromosome=s.chromosome, start=s.start, end=s.end, total=2, minor=1)
        for s in genome(knowledge)
    ]
    assert found(tumour(plain), knowledge)["HRD"].number == 0
    near = [
        Segment(chromosome="17", start=1, end=22_500_000, total=1, minor=0),
        Segment(chromosome="17", start=22_500_001, end=81 * MB, total=2, minor=1),
    ]
    mixed = [*near, *(s for s in plain if s.chromosome != "17")]
    assert "assembly" in found(tumour(mixed), knowledge)["HRD"].reason


def test_ploidy_and_doubling_are_told(knowledge):
    result = {f.name: f for f in purity(tumour(genome(knowledge, 2, 2)), (), knowledge)}
    assert result["ploidy"].number == 4
    assert result["tumour content"].value == "tumour content 70 %"
    assert "whole genome doubled" in result["whole-genome doubling"].value
    flat = {f.name: f for f in purity(tumour(genome(knowledge)), (), knowledge)}
    assert "not doubled" in flat["whole-genome doubling"].value


def test_a_given_ploidy_that_the_segments_contradict_is_questioned(knowledge):
    result = {f.name: f for f in purity(tumour(genome(knowledge), ploidy=3.1), (), knowledge)}
    assert result["ploidy"].number == 3.1
    assert "2.00" in result["ploidy"].note


def test_low_tumour_content_leaves_copies_open(knowledge):
    result = list(purity(tumour(genome(knowledge), purity=0.15), (), knowledge))
    assert [type(f) for f in result] == [Finding, NotAssessed]
    assert "15 %" in result[1].reason


def test_short_arms_without_sequence_are_neither_lost_nor_assessed(knowledge):
    parts = [
        replace(part, minor=0.0) if part.chromosome == "14" else part for part in genome(knowledge)
    ]
    result = found(tumour(parts), knowledge)["gLOH"]
    assert "whole arms lost: 14q" in result.note
    assert "14p" not in result.note


def test_a_limit_without_a_source_is_marked_where_it_decides(knowledge):
    thin = tumour(genome(knowledge), purity=0.25)
    (why,) = {
        f.reason
        for f in pipeline.run(thin, knowledge).findings
        if isinstance(f, NotAssessed) and f.name == "HRD"
    }
    assert "25 % is under the 30 %" in why
    assert "the cut-off is not verified in a source (practice of laboratories)" in why
