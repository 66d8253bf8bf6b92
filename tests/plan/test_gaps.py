"""What guidelines ask for and no result settles: the vectors of the specification, and the rule."""

import pytest

from onkos.model import Assay, Case, Measurement, Sample, Stated, StatedClass
from onkos.pipeline import run
from tests.properties.cases import small_variant

DNA = Assay(
    id="small-dna",
    name="DNA panel",
    small_variants=("EGFR", "KRAS", "BRAF", "MET"),
    events=("MET exon 14 skipping",),
)
FUSIONS = {"ALK fusion", "ROS1 fusion", "RET fusion", "NRG1 fusion",
           "NTRK1, NTRK2 and NTRK3 fusions"}  # fmt: skip


@pytest.fixture
def gaps(knowledge):
    def of(disease, *samples, **fields):
        case = Case(id="g", disease=disease, samples=samples, **fields)
        return {gap.name: gap for gap in run(case, knowledge).plan.gaps}

    return of


def lung_panel():
    return Sample(id="t", material="tissue", purity=0.5, assay=DNA)


def test_a_dna_panel_and_a_stain_leave_every_fusion_and_erbb2_open(gaps):
    stain = Measurement(name="PD-L1 TPS", value=10, unit="%")
    found = gaps("LUAD", lung_panel(), stage="IV", line=1, measurements=(stain,))
    assert found.keys() >= FUSIONS | {"ERBB2 mutation"}
    settled = {"EGFR exons 18 to 21", "KRAS G12C", "BRAF V600E", "MET exon 14 skipping", "PD-L1"}
    assert not settled & found.keys()
    assert not {"MET IHC"} & found.keys()  # before later lines it is not asked


def test_rna_settles_the_fusions(gaps, knowledge):
    rna = Sample(id="r", material="tissue", assay=knowledge.assay("RNA-seq"))
    assert not FUSIONS & gaps("LUAD", lung_panel(), rna, stage="IV", line=1).keys()


def test_a_positive_settles_whatever_found_it(gaps):
    seen = Stated(gene="ALK", finding=StatedClass.FUSION, present=True)
    found = gaps("LUAD", lung_panel(), stage="IV", alterations=(seen,))
    assert "ALK fusion" not in found
    assert "ROS1 fusion" in found


def plasma(knowledge, fraction):
    assay = knowledge.assay("Guardant360 CDx")
    return Sample(id="p", material="plasma", tumour_fraction=fraction, assay=assay)


@pytest.mark.parametrize("fraction", [0.002, None])
def test_plasma_of_little_or_untold_tumour_dna_clears_no_ras(gaps, knowledge, fraction):
    found = gaps("COAD", plasma(knowledge, fraction), stage="IV")
    for name in ("KRAS exons 2 to 4", "NRAS exons 2 to 4"):
        assert found[name].reflex
        assert "go on to tissue" in found[name].reasons[0]
    assert not found["DPYD before a fluoropyrimidine"].reflex


def test_plasma_of_enough_tumour_dna_clears_ras(gaps, knowledge):
    found = gaps("COAD", plasma(knowledge, 0.05), stage="IV")
    assert not {"KRAS exons 2 to 4", "NRAS exons 2 to 4"} & found.keys()


def test_a_tumour_without_brca_leaves_the_germline_open(gaps, knowledge):
    tumour = Sample(id="t", material="tissue", purity=0.6, assay=knowledge.assay("F1CDx"))
    found = gaps("HGSOC", tumour)
    assert "Germline BRCA1 and BRCA2" in found
    assert "Tumour BRCA1 and BRCA2" not in found
    blood = Sample(id="b", material="blood", assay=knowledge.assay("gBRCA"))
    assert "Germline BRCA1 and BRCA2" not in gaps("HGSOC", tumour, blood)


def test_a_germline_test_does_not_clear_the_tumour(gaps, knowledge):
    """What blood does not carry the tumour may have: somatic BRCA selects for olaparib too."""
    blood = Sample(id="b", material="blood", assay=knowledge.assay("gBRCA"))
    found = gaps("HGSOC", blood)
    assert "Germline BRCA1 and BRCA2" not in found
    assert "normal tissue, not the tumour" in found["Tumour BRCA1 and BRCA2"].reasons[0]


def marrow(knowledge, name, assay, collected=""):
    return Sample(id=name, material="marrow", collected=collected, assay=knowledge.assay(assay))


def test_flt3_of_the_diagnosis_alone_is_repeated_at_relapse(gaps, knowledge):
    first = marrow(knowledge, "dx", "LeukoStrat", "2024-01-10")
    second = marrow(knowledge, "rel", "karyotype", "2025-06-01")
    flt3 = "FLT3-ITD and kinase domain"
    assert gaps("AML", first, second, settings=("relapsed",))[flt3].repeat
    assert flt3 not in gaps("AML", first, second, settings=("newly diagnosed",))
    again = marrow(knowledge, "rel", "LeukoStrat", "2025-06-01")
    assert flt3 not in gaps("AML", first, again, settings=("relapsed",))


def test_a_sample_without_a_day_is_not_known_to_be_of_the_relapse(gaps, knowledge):
    flt3 = "FLT3-ITD and kinase domain"
    undated = marrow(knowledge, "m", "LeukoStrat")
    assert gaps("AML", undated, settings=("relapsed",))[flt3].repeat
    dated = marrow(knowledge, "m", "LeukoStrat", "2026-03-01")
    assert flt3 not in gaps("AML", dated, settings=("relapsed",), as_of="2026-04-01")
    assert gaps("AML", dated, settings=("relapsed",), as_of="2027-04-01")[flt3].repeat


def test_a_variant_of_uncertain_significance_was_tested(gaps, knowledge):
    sample = Sample(id="t", material="tissue", purity=0.5, assay=knowledge.assay("F1CDx"))
    seen = small_variant("POLE", "A1000V")
    found = gaps("UCEC", sample, alterations=(seen,))
    assert "POLE" not in found


def test_a_setting_that_is_not_met_asks_for_nothing(gaps):
    early = gaps("LUAD", lung_panel(), settings=("early",))
    assert set(early) == {"ALK fusion", "PD-L1"}


def test_an_unknown_setting_asks_conditionally(gaps):
    found = gaps("LUAD", lung_panel())
    assert found["ROS1 fusion"].setting_open


def test_what_two_panels_ask_for_is_told_once(gaps):
    found = gaps("LUAD", lung_panel(), stage="IV")
    assert len(found["RET fusion"].panels) == 2
    names = list(found)
    assert len(names) == len(set(names))


def test_what_test_next_asks_is_marked_and_what_it_can_settle_names_it(gaps, knowledge):
    case = Case(id="g", disease="LUAD", samples=(lung_panel(),), stage="IV", line=1)
    plan = run(case, knowledge).plan
    asked = {(q.kind, q.subject) for test in plan.test_next for q in test.would_settle}
    for gap in plan.gaps:
        if {(q.kind, q.subject) for q in gap.questions} <= asked:
            assert gap.in_test_next
            assert not gap.test
        if not gap.in_test_next:
            assert gap.test


def test_every_panel_shows_whether_it_was_verified(knowledge):
    for panel in knowledge.panels:
        assert panel.bodies
        assert panel.unverified == (panel.verified_on is None)


def test_a_marker_read_on_a_page_is_told_with_who_asks(gaps):
    found = gaps("LUAD", stage="IV")
    assert not found["ALK fusion"].unverified
    assert found["ALK fusion"].bodies[0].startswith("NCCN 3.2023")
    assert found["ALK fusion"].source_url.startswith("https://")
    assert found["NRG1 fusion"].unverified
    assert not found["NRG1 fusion"].source_url


@pytest.mark.parametrize(("disease", "optional"), [("EOV", False), ("HGSOC", True), ("OVT", False)])
def test_mismatch_repair_is_asked_by_histology_in_the_ovary(gaps, disease, optional):
    early = gaps(disease, stage="I")  # the panel of any advanced tumour asks for it too
    (found,) = [gap for name, gap in early.items() if name.startswith("Mismatch repair")]
    assert found.optional is optional


def test_glioma_is_asked_for_what_gliomas_are_asked_for(gaps, vocabulary):
    code = vocabulary.tree.resolve("glioma")
    found = gaps(code, stage="IV")
    assert {"IDH1 and IDH2", "1p/19q", "H3 K27M"} <= found.keys()


@pytest.mark.parametrize("disease", ["GBC", "BILIARY_TRACT", "CHOL", "IHCH"])
def test_every_cancer_of_the_bile_ducts_and_the_gallbladder_has_their_panel(gaps, disease):
    assert {"FGFR2 fusion", "IDH1 R132", "KRAS G12C"} <= gaps(disease, stage="IV").keys()


@pytest.mark.parametrize(("disease", "panel"), [
    ("OVARY", "epithelial ovarian cancer"), ("PROSTATE", "prostate cancer, metastatic"),
    ("THYROID", "medullary thyroid cancer"), ("BRAIN", "diffuse glioma"),
])  # fmt: skip
def test_a_diagnosis_too_coarse_for_a_panel_is_why_it_asks_for_nothing(knowledge, disease, panel):
    plan = run(Case(id="g", disease=disease, stage="IV"), knowledge).plan
    assert panel in plan.panels_open
    assert not any(panel in gap.panels for gap in plan.gaps)
    assert not run(Case(id="g", disease="LUAD", stage="IV"), knowledge).plan.panels_open


def test_hotspots_of_a_panel_count_where_they_are_what_is_asked_for(gaps, knowledge):
    """TruSight Myeloid reads SRSF2 at codon 95: that is the SRSF2 that is asked for."""
    tested = Sample(
        id="m", material="marrow", purity=0.6, assay=knowledge.assay("TruSight Myeloid")
    )
    found = gaps("AML", tested)
    assert "NRAS and KRAS" not in found
    told = found["Genes of myelodysplasia"].reasons
    assert told == ("ASXL1 mutation: ASXL1 is not covered by TruSight Myeloid (54 genes)",)
    kit = " ".join(found["KIT"].reasons)
    assert "KIT is covered at codon 816 only by TruSight Myeloid (54 genes)" in kit


def test_the_day_of_the_case_is_what_is_missing(knowledge):
    sample = Sample(id="m", material="marrow", purity=0.6, collected="2026-09-14",
                    assay=knowledge.assay("LeukoStrat"))  # fmt: skip
    why = {}
    for day in ("", "2026-09-20", "2027-09-20"):
        case = Case(id="g", disease="AML", settings=("relapsed",), samples=(sample,), as_of=day)
        gaps = {gap.name: gap for gap in run(case, knowledge).plan.gaps}
        why[day] = gaps.get("FLT3-ITD and kinase domain")
    assert "sample of 2026-09-14" in why[""].reasons[0]
    assert "(as_of)" in why[""].reasons[0]
    assert why["2026-09-20"] is None
    assert why["2027-09-20"].reasons == ("known of an earlier sample: repeat at relapse",)
