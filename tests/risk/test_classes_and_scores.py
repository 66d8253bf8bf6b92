"""WHO and ICC classes of AML, and the scores of CLL, myeloma and MDS."""

import pytest

from tests.risk.cases import NORMAL, classified

PLAIN, MR = "AML defined by differentiation", "AML, myelodysplasia-related"
MR_GENE = "AML with myelodysplasia-related gene mutations"
MR_CYTO = "AML with myelodysplasia-related cytogenetic abnormalities"
OTHER_KMT2A = "AML with another KMT2A rearrangement"
BLASTS = {"measurements": ["marrow blasts 45 %"]}


@pytest.mark.parametrize(("alterations", "who", "icc"), [
    (["NPM1 W288fs", NORMAL], "AML with NPM1 mutation", "AML with mutated NPM1"),
    (["46,XX,inv(16)(p13q22)[20]"], "AML with CBFB::MYH11", "AML with CBFB::MYH11"),
    (["RUNX1 R204*", NORMAL], PLAIN, MR_GENE),
    (["SRSF2 P95H", NORMAL], MR, MR_GENE),
    (["TP53 R175H VAF 45%", "ASXL1 G646fs", NORMAL], MR, "AML with mutated TP53"),
    (["47,XX,+8[20]"], PLAIN, MR_CYTO),
    (["46,XX,t(6;11)(q27;q23)[20]"], "AML with KMT2A rearrangement", OTHER_KMT2A),
    (["DNMT3A R882H", NORMAL], PLAIN, "AML, not otherwise specified"),
])  # fmt: skip
def test_who_and_icc_differ_where_they_differ(alterations, who, icc):
    """ash-sap.org/view-large/11840784: RUNX1 and trisomy 8 are the ICC's alone."""
    found = classified(alterations, **BLASTS)
    assert found["who-2022"].possible == (who,)
    assert found["icc-2022"].possible == (icc,)


def test_fewer_blasts_make_it_mds_aml_in_the_icc():
    found = classified(["SRSF2 P95H", NORMAL], measurements=["marrow blasts 14 %"])
    assert found["icc-2022"].possible == ("MDS/AML with myelodysplasia-related gene mutations",)


def test_after_cytotoxic_therapy_the_class_is_qualified():
    found = classified(["NPM1 W288fs", NORMAL], settings=["therapy-related"], **BLASTS)
    assert found["icc-2022"].remarks == ("Qualifier: therapy-related.",)


def test_cll_ipi_without_ighv_gives_its_range():
    """doi:10.1016/S1470-2045(16)30029-8: unmutated IGHV counts two."""
    found = classified(
        ["no del(17p)"], disease="CLLSLL", age=70,
        measurements=["beta-2 microglobulin 2.1 mg/L", "Rai stage II"],
    )["cll-ipi"]  # fmt: skip
    assert found.score == (2, 4)
    assert found.central == ""  # no averages were published
    assert found.possible == ("intermediate", "high")
    assert [question.subject for question in found.missing] == ["IGHV"]


@pytest.mark.parametrize(("alterations", "measurements", "r_iss", "r2_iss"), [
    (["del(17p)", "no t(4;14)", "no t(14;16)", "no gain(1q)", "no amp(1q)"],
     ["beta-2 microglobulin 6.1", "albumin 3.0", "LDH normal"], "III", "intermediate-high (III)"),
    (["no del(17p)", "no t(4;14)", "no t(14;16)", "gain(1q)"],
     ["beta-2 microglobulin 2.0", "albumin 4.0", "LDH normal"], "I", "low-intermediate (II)"),
])  # fmt: skip
def test_myeloma_stages(alterations, measurements, r_iss, r2_iss):
    found = classified(alterations, disease="PCM", measurements=measurements)
    assert found["r-iss"].possible == (r_iss,)
    assert found["r2-iss"].possible == (r2_iss,)


def test_relapsed_myeloma_has_no_stage_of_diagnosis():
    assert classified(["t(11;14)"], disease="PCM", settings=["relapsed"])["r2-iss"].why_not


MDS = ["haemoglobin 8.2 g/dL", "platelets 239", "marrow blasts 0 %", "neutrophils 0.72"]


def test_ipss_m_of_the_published_example():
    """The example of the authors' own page: 0.09, moderate high."""
    found = classified(
        ["ASXL1 G646fs", "EZH2 R690*", "RUNX1 R204*", NORMAL], disease="MDS", measurements=MDS
    )["ipss-m"]
    assert found.score == (0.09, 0.09, 0.09)
    assert found.possible == ("moderate high",)


def test_ipss_m_with_genes_missing_gives_best_central_and_worst():
    found = classified([NORMAL], disease="MDS", measurements=MDS, tested=False)["ipss-m"]
    best, central, worst = found.score
    assert best < central < worst
    assert len(found.possible) > 1
    assert found.missing


@pytest.mark.parametrize(("scheme", "alteration", "disease", "known", "bounds"), [
    ("ipss-r", "46,XX,del(5)(q13q33)[20]", "MDS", ["ANC 2.0"], (1.0, 6.5)),
    ("r2-iss", "del(17p)", "PCM", [], (1.0, 5.0)),
    ("cll-ipi", "45,XY,-17[20]", "CLLSLL", [], (4, 10)),
])  # fmt: skip
def test_what_is_not_measured_may_score_nothing(scheme, alteration, disease, known, bounds):
    found = classified([alteration], disease=disease, measurements=known, tested=False)[scheme]
    assert found.score == bounds


def test_cll_ipi_is_for_the_untreated():
    assert classified(["del(17p)"], disease="CLLSLL", settings=["relapsed"])["cll-ipi"].why_not


def test_ipss_r_counts_the_karyotype_itself():
    found = classified(
        ["45,XY,-7,del(5)(q13q33),del(20)(q11)[20]"], disease="MDS",
        measurements=["Hb 95 g/L", "platelets 45 x10^9/L", "marrow blasts 12 %", "ANC 0.5"],
    )["ipss-r"]  # fmt: skip
    assert found.score[0] == 3 + 3 + 1 + 1 + 0.5
    assert found.possible == ("very high",)


def test_isolated_del_5q_is_good():
    found = classified(
        ["46,XX,del(5)(q13q33)[20]"], disease="MDS",
        measurements=["Hb 11", "platelets 200", "marrow blasts 1 %", "ANC 2"],
    )["ipss-r"]  # fmt: skip
    assert found.possible == ("very low",)


def test_blasts_not_given_are_not_taken_for_too_few():
    found = classified(["46,XX,inv(16)(p13q22)[20]"])["icc-2022"]
    assert found.possible == ("AML with CBFB::MYH11",)
    open_ = classified(["46,XX,inv(16)(p13q22)[20]"], measurements=["marrow blasts 6 %"])
    assert len(open_["icc-2022"].possible) == 2
    few = classified(
        ["46,XX,inv(16)(p13q22)[20]"], measurements=["marrow blasts 6 %", "blood blasts 1 %"]
    )
    assert few["icc-2022"].possible == ("fewer blasts than acute leukaemia asks for",)
