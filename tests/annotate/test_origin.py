"""Origins of a case: the laboratory first, a normal sample next, a probability last."""

import msgspec
import pytest

from onkos.annotate import describe
from onkos.model import Case, Origin, Sample, Segment, SmallVariant
from onkos.model.alteration import Consequence
from onkos.sources.patient.record import case_of_record


def case(knowledge, *variants, disease="LUAD", **more):
    more.setdefault("samples", (Sample(material="tissue", purity=0.6),))
    return describe(Case(id="1", disease=disease, alterations=variants, **more), knowledge)


def variant(gene="KRAS", protein="G12D", alt=60, depth=200, **more):
    more.setdefault("consequence", Consequence.MISSENSE)
    digits = int("".join(c for c in protein if c.isdigit()))
    return SmallVariant(gene=gene, protein=protein, first=digits, last=digits, alt_reads=alt,
                        depth=depth, vaf=alt / depth, **more)  # fmt: skip


def brca2(alt, depth=200, **more):
    return variant("BRCA2", "S1882*", alt, depth, consequence=Consequence.NONSENSE, **more)


def first(found):
    return found.alterations[0]


def test_an_origin_that_the_laboratory_stated_is_never_changed(knowledge):
    for origin in (Origin.SOMATIC, Origin.GERMLINE):
        seen = first(case(knowledge, variant(alt=100, origin=origin)))
        assert seen.origin is origin
        assert seen.origin_reason == ""
        assert seen.germline_probability is None


def test_a_driver_of_a_gene_without_syndrome_at_the_somatic_fraction_is_of_the_tumour(knowledge):
    diploid = Segment(chromosome="12", start=1, end=10**8, total=2, minor=1)
    kras = variant(alt=60, chromosome="12", position=25398284)
    seen = first(case(knowledge, kras, segments=(diploid,)))
    assert seen.origin is Origin.SOMATIC
    assert "30% of reads (60 of 200)" in seen.origin_reason
    assert "expected at 50% and a clonal one of the tumour at 30%" in seen.origin_reason
    assert "2 copies" in seen.origin_reason


def test_a_common_polymorphism_is_inherited(knowledge):
    seen = first(case(knowledge, variant("TP53", "P72R", 98, population_af=0.6)))
    assert seen.origin is Origin.GERMLINE
    assert seen.germline_probability > 0.99
    assert "0.6 of a population" in seen.origin_reason


def test_a_driving_change_where_an_inherited_one_would_matter_is_never_called(knowledge):
    """Tumour-only sequencing does not settle germline, however sure the reads look."""
    for alt in (10, 60, 100, 190):
        seen = first(case(knowledge, brca2(alt)))
        assert seen.origin is Origin.UNKNOWN
        assert seen.origin_reason
    likely = first(case(knowledge, brca2(100)))
    assert likely.germline_probability > 0.9
    assert "most such changes" in likely.origin_reason


def test_genes_differ_in_how_often_a_driving_change_is_inherited(knowledge):
    tp53 = first(case(knowledge, variant("TP53", "R175H", 100)))
    assert tp53.germline_probability < 0.5 < first(case(knowledge, brca2(100))).germline_probability


def test_absence_from_tables_counts_only_where_tables_were_looked_up(knowledge):
    other = variant("EGFR", "R521K", 100, population_af=0.3)
    alone, beside = (
        case(knowledge, *(variant("ARID2", "K99R", 90), *more)).alterations[0]
        for more in ((), (other,))
    )
    assert "names no population tables" in alone.origin_reason
    assert "absent from the population tables" in beside.origin_reason
    assert beside.germline_probability < alone.germline_probability


def test_a_paired_test_makes_what_it_reports_somatic(knowledge):
    told = {"id": "1", "disease": "LUAD", "alterations": ["KRAS G12D"], "assay": "WES paired"}
    assay = knowledge.assay("WES paired")
    seen = first(describe(case_of_record(told, knowledge), knowledge))
    assert assay.paired_normal
    assert seen.origin is Origin.SOMATIC
    assert "own normal cells" in seen.origin_reason


def test_a_test_of_inherited_changes_makes_what_it_reports_germline(knowledge):
    told = {"id": "1", "disease": "BRCA", "alterations": ["BRCA2 S1882*"],
            "assay": "germline-panel"}  # fmt: skip
    assert first(describe(case_of_record(told, knowledge), knowledge)).origin is Origin.GERMLINE


def test_without_reads_nothing_is_said(knowledge):
    bare = SmallVariant(gene="BRCA2", protein="S1882*", consequence=Consequence.NONSENSE)
    seen = first(case(knowledge, bare))
    assert (seen.origin, seen.origin_reason, seen.germline_probability) == (
        Origin.UNKNOWN, "", None,
    )  # fmt: skip


def test_a_fraction_alone_counts_as_of_a_modest_depth(knowledge):
    seen = first(case(knowledge, msgspec.structs.replace(brca2(100), alt_reads=None, depth=None)))
    assert "50% of reads (depth not told)" in seen.origin_reason
    assert seen.germline_probability > 0.5


def test_a_small_clone_of_dnmt3a_may_be_of_white_cells(knowledge):
    seen = first(case(knowledge, variant("DNMT3A", "R882H", 12, 400)))
    assert seen.white_cell_probability > 0.1
    assert "clonal haematopoiesis" in seen.origin_reason
    young = first(case(knowledge, variant("DNMT3A", "R882H", 12, 400), age=30))
    assert young.white_cell_probability < seen.white_cell_probability


def test_in_plasma_a_gene_of_clonal_haematopoiesis_is_never_settled_by_its_reads(knowledge):
    plasma = (Sample(material="plasma", tumour_fraction=0.3),)
    seen = first(case(knowledge, variant("TP53", "R175H", 4, 800), samples=plasma))
    assert seen.origin is Origin.UNKNOWN
    assert seen.white_cell_probability > 0.5
    kras = first(case(knowledge, variant("EGFR", "L858R", 120, 800), samples=plasma))
    assert kras.white_cell_probability < 0.05


def test_in_a_leukaemia_the_clone_of_white_cells_is_the_tumour(knowledge):
    marrow = (Sample(material="marrow", purity=0.6),)
    seen = first(case(knowledge, variant("DNMT3A", "R882H", 60), disease="AML", samples=marrow))
    assert seen.white_cell_probability == 0


@pytest.mark.parametrize(("alt", "origin"), [(0, Origin.SOMATIC), (99, Origin.GERMLINE)])
def test_white_cells_sequenced_too_decide(knowledge, alt, origin):
    samples = (Sample(id="t", material="tissue", purity=0.6), Sample(id="w", material="blood"))
    tumour = brca2(60 if origin is Origin.SOMATIC else 120, sample="t")
    seen = first(case(knowledge, tumour, brca2(alt, sample="w"), samples=samples))
    assert seen.origin is origin
    assert "the patient's normal cells" in seen.origin_reason


def test_on_x_in_a_man_half_of_the_reads_are_not_inherited(knowledge):
    x = variant("AR", "T878A", 100, chromosome="X", position=66943552)
    man, woman = (first(case(knowledge, x, disease="PRAD", sex=s)) for s in ("male", "female"))
    assert man.germline_probability < 0.05 < woman.germline_probability


def test_a_subclonal_segment_is_averaged_over_the_cancer_cells(knowledge):
    at = {"chromosome": "13", "position": 32340300}
    segment = Segment(chromosome="13", start=1, end=10**8, total=1, minor=0, share=0.5)
    seen = first(case(knowledge, brca2(100, **at), segments=(segment,)))
    assert "1.5 copies" in seen.origin_reason


def test_the_reasons_name_what_was_not_told(knowledge):
    seen = first(case(knowledge, brca2(94), samples=(Sample(material="tissue"),)))
    assert "tumour content not told" in seen.origin_reason
    assert "47% of reads (94 of 200)" in seen.origin_reason


def test_melanoma_example_gets_an_origin_or_a_reason_for_every_variant_with_reads(
    knowledge, shared_data
):
    """A smoke test on one real patient, whose calls were made against a matched normal."""
    from onkos.sources.patient.maf import read_maf

    folder = shared_data / "patients" / "moalmanac_example" / "example_data"
    (observed,) = read_maf(
        folder / "example_patient.capture.somatic.snvs.maf", knowledge.vocabulary
    ).values()
    found = case(knowledge, *observed.alterations, disease="MEL").alterations
    weighed = [a for a in found if isinstance(a, SmallVariant) and a.depth]
    assert len(weighed) > 10
    assert all(a.origin_reason for a in weighed)
    inherited = [a for a in weighed if a.origin is Origin.GERMLINE]
    assert len(inherited) <= 0.02 * len(weighed)
