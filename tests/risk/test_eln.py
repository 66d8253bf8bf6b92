"""ELN risk: the vectors of the published rules, each a test of its own.

Sources: PMID 35797463 (2022), doi:10.1182/blood.2024025409 (2024, less-intensive therapy).
"""

import pytest

from tests.risk.cases import NORMAL, classified

GOOD, MIDDLE, BAD = "favourable", "intermediate", "adverse"
NPM1 = "NPM1 W288fs"


def eln(alterations, scheme="eln-2022", **more):
    return classified(alterations, **more)[scheme]


@pytest.mark.parametrize(("alterations", "expected"), [
    pytest.param([NPM1, NORMAL], GOOD, id="NPM1"),
    pytest.param([NPM1, "FLT3-ITD allelic ratio 0.1", NORMAL], MIDDLE, id="NPM1, ITD ratio 0.1"),
    pytest.param([NPM1, "ASXL1 G646fs", NORMAL], GOOD, id="NPM1 with ASXL1"),
    pytest.param([NPM1, "45,XX,-7[20]"], BAD, id="NPM1 with -7"),
    pytest.param(["46,XX,t(8;21)(q22;q22)[20]", "KIT D816V", "FLT3-ITD"], GOOD, id="CBF, KIT, ITD"),
    pytest.param(["46,XX,t(8;21)(q22;q22)[20]", "ASXL1 R693*"], GOOD, id="t(8;21) with ASXL1"),
    pytest.param(["CEBPA K313dup", NORMAL], GOOD, id="one CEBPA in frame in bZIP"),
    pytest.param(["CEBPA P23fs", NORMAL], MIDDLE, id="one CEBPA N-terminal frameshift"),
    pytest.param(["46,XY,t(9;11)(p22;q23)[20]", "RUNX1 R204*"], MIDDLE, id="t(9;11) with RUNX1"),
    pytest.param(["KMT2A-PTD", NORMAL], MIDDLE, id="KMT2A-PTD alone"),
    pytest.param(["46,XX,t(6;11)(q27;q23)[20]"], BAD, id="t(6;11)"),
    pytest.param(["KMT2A::AFDN fusion", NORMAL], BAD, id="KMT2A::AFDN by RNA"),
    pytest.param(["FLT3-ITD", NORMAL], MIDDLE, id="ITD alone"),
    pytest.param(["FLT3-ITD", "RUNX1 R204*", NORMAL], BAD, id="ITD with RUNX1"),
    pytest.param(["TP53 R175H VAF 8%", NORMAL], MIDDLE, id="TP53 at 8 %"),
    pytest.param(["TP53 R175H VAF 12%", NORMAL], BAD, id="TP53 at 12 %"),
    pytest.param(["49,XX,+8,+13,+21[20]"], MIDDLE, id="three trisomies and nothing structural"),
    pytest.param(["45,XX,-7[20]"], BAD, id="-7"),
    pytest.param(["DNMT3A R882H", NORMAL], MIDDLE, id="DNMT3A under a normal karyotype"),
    pytest.param(["45,XX,add(12)(p13),-18[20]"], BAD, id="monosomy 18 with add(12p), monosomal"),
])  # fmt: skip
def test_a_vector_of_eln_2022(alterations, expected):
    assert eln(alterations).possible == (expected,)


def test_npm1_with_itd_and_srsf2_is_adverse_with_a_note():
    found = eln([NPM1, "FLT3-ITD", "SRSF2 P95H", NORMAL])
    assert found.possible == (BAD,)
    assert any("published practice differs" in remark for remark in found.remarks)


def test_t_9_11_with_monosomy_7_calls_for_review():
    found = eln(["45,XY,t(9;11)(p22;q23),-7[20]"])
    assert found.possible == (BAD,)
    assert any(remark.startswith("Review") for remark in found.remarks)


def test_core_binding_factor_with_tp53_calls_for_review():
    found = eln(["46,XX,t(8;21)(q22;q22)[20]", "TP53 R175H VAF 40%"])
    assert found.possible == (GOOD,)
    assert any(remark.startswith("Review") for remark in found.remarks)


def test_promyelocytic_leukaemia_has_no_eln_risk():
    found = eln(["PML::RARA fusion"])
    assert found.possible == ()
    assert "promyelocytic" in found.why_not


def test_relapse_has_no_risk_at_diagnosis():
    assert eln([NPM1, NORMAL], settings=["relapsed"]).why_not


def test_a_missing_karyotype_leaves_the_best_and_the_worst_case():
    found = eln([NPM1], tested=False, assay="TruSight Myeloid")
    assert (found.best, found.worst) == (GOOD, BAD)
    assert any(question.kind == "karyotype" for question in found.missing)


def test_a_missing_fraction_of_tp53_is_asked_for():
    found = eln(["TP53 R175H", NORMAL])
    assert (found.best, found.worst) == (MIDDLE, BAD)
    assert any("TP53" in question.text for question in found.missing)


def test_what_is_unknown_below_the_deciding_clause_is_not_asked_for():
    found = eln(["46,XX,t(8;21)(q22;q22)[20]"], tested=False)
    assert found.possible == (GOOD,)
    assert found.missing == ()


def test_every_clause_is_reported():
    found = eln([NPM1, NORMAL])
    assert len(found.clauses) == 18
    assert [c.name for c in found.clauses if c.decides] == ["NPM1 without FLT3-ITD"]


@pytest.mark.parametrize(("alterations", "expected"), [
    pytest.param([NPM1], GOOD, id="NPM1"),
    pytest.param([NPM1, "NRAS G12D"], MIDDLE, id="NPM1 with NRAS"),
    pytest.param(["IDH1 R132H", "NRAS G12D"], GOOD, id="IDH1 with NRAS"),
    pytest.param(["IDH2 R140Q", "KRAS G12D"], MIDDLE, id="IDH2 with KRAS"),
    pytest.param(["TP53 R175H"], BAD, id="TP53"),
    pytest.param(["FLT3-ITD"], MIDDLE, id="ITD"),
    pytest.param([], GOOD, id="none"),
])  # fmt: skip
def test_a_vector_of_eln_2024(alterations, expected):
    found = eln([*alterations, NORMAL], "eln-2024-less-intensive", settings=["unfit"])
    assert found.possible == (expected,)


def test_eln_2024_is_not_for_those_who_had_a_hypomethylating_agent():
    found = eln([NPM1, NORMAL], "eln-2024-less-intensive", prior=["azacitidine (line 1)"])
    assert "hypomethylating" in found.why_not
