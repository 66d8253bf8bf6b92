"""Dose arithmetic and pharmacogenetics: the worked numbers, each a test of its own.

Sources: PMID 29152729 and its update of November 2018 (DPYD), 36443464 (UGT1A1), 30447069
(thiopurines), 29385237 (CYP2D6); formulas as cited in ``onkos.dose``.
"""

import math

import pytest

from onkos import dose
from onkos.sources.knowledge import builtin
from onkos.sources.patient.text import observe
from onkos.stats import log10_rise, molecular_relapse


@pytest.mark.parametrize(("age", "weight", "creatinine", "female", "clearance", "auc5", "auc6"), [
    (60, 70, 1.0, False, 77.78, 513.9, 616.7),
    (60, 70, 1.0, True, 66.11, 455.6, 546.7),
    (45, 90, 0.6, False, 197.92, 750, 900),
    (75, 55, 1.4, True, 30.15, 275.7, 330.9),
])  # fmt: skip
def test_clearance_and_carboplatin(age, weight, creatinine, female, clearance, auc5, auc6):
    rate = dose.cockcroft_gault(age, weight, creatinine, female)
    assert rate == pytest.approx(clearance, abs=0.006)
    assert dose.calvert(5, rate).milligrams == pytest.approx(auc5, abs=0.06)
    assert dose.calvert(6, rate).milligrams == pytest.approx(auc6, abs=0.06)


def test_a_measured_rate_is_not_capped():
    rate = dose.cockcroft_gault(45, 90, 0.6, False)
    assert dose.calvert(5, rate, measured=True).milligrams == pytest.approx(1114.6, abs=0.06)


@pytest.mark.parametrize(("auc", "rate", "milligrams"), [
    (6, 200, 900), (5, 200, 750), (4, 200, 600), (5, 90, 575), (5, 140, 750),
])  # fmt: skip
def test_the_cap_of_carboplatin(auc, rate, milligrams):
    assert dose.calvert(auc, rate).milligrams == milligrams


@pytest.mark.parametrize(("creatinine", "age", "female", "rate"), [
    (1.0, 60, False, 86.16), (1.0, 60, True, 64.50), (0.6, 45, False, 121.32),
    (1.4, 75, True, 39.23),
])  # fmt: skip
def test_ckd_epi_2021(creatinine, age, female, rate):
    assert dose.ckd_epi_2021(creatinine, age, female) == pytest.approx(rate, abs=0.006)


@pytest.mark.parametrize(("formula", "height", "weight", "surface"), [
    (dose.body_surface_mosteller, 170, 70, 1.8181),
    (dose.body_surface_dubois, 170, 70, 1.8097),
    (dose.body_surface_mosteller, 160, 55, 1.5635),
])  # fmt: skip
def test_body_surface(formula, height, weight, surface):
    assert formula(height, weight) == pytest.approx(surface, abs=0.00006)


@pytest.mark.parametrize(("per_m2", "fraction", "milligrams"), [
    (1250, 1.0, 2272.6), (1250, 0.5, 1136.3), (180, 1.0, 327.3), (180, 0.7, 229.1),
])  # fmt: skip
def test_doses_by_surface(per_m2, fraction, milligrams):
    """Capecitabine and irinotecan at 170 cm and 70 kg."""
    surface = dose.body_surface_mosteller(170, 70)
    assert per_m2 * surface * fraction == pytest.approx(milligrams, abs=0.06)


@pytest.mark.parametrize("bad", [math.nan, -1, 0, math.inf])
def test_a_number_out_of_range_is_refused(bad):
    with pytest.raises(ValueError, match="outside"):
        dose.body_surface_mosteller(bad, 70)
    with pytest.raises(ValueError, match="outside"):
        dose.cockcroft_gault(60, 70, bad, False)


def test_anthracyclines_add_up_by_the_knowledge():
    drugs = builtin().vocabulary.drugs
    factors = {d.name: d.doxorubicin_equivalent for d in drugs if d.doxorubicin_equivalent}
    assert factors == {"doxorubicin": 1, "daunorubicin": 0.5, "epirubicin": 0.67, "idarubicin": 5}
    assert dose.doxorubicin_equivalent({"epirubicin": 600, "doxorubicin": 50}, factors) == 452
    with pytest.raises(ValueError, match="mitoxantrone"):
        dose.doxorubicin_equivalent({"mitoxantrone": 10}, factors)


def read(text):
    found = observe([text], builtin().vocabulary)
    assert not found.unread, found.unread
    return {m.name: m.value if m.value is not None else m.status for m in found.measurements}


NM, IM, PM = "normal metaboliser", "intermediate metaboliser", "poor metaboliser"


@pytest.mark.parametrize(("genotype", "score", "phenotype"), [
    ("Reference/Reference", 2.0, NM),
    ("*2A heterozygous", 1.0, IM),
    ("c.2846A>T heterozygous", 1.5, IM),
    ("HapB3 homozygous", 1.0, IM),
    ("*2A heterozygous, c.2846A>T heterozygous", 0.5, PM),
    ("*2A homozygous", 0.0, PM),
    ("*2A/*9A", 1.0, IM),
    ("[c.2846A>T; c.1129-5923C>G]/Reference", 1.5, IM),
    ("c.2846A>T het, c.1129-5923C>G het", 1.0, IM),
    ("c.557A>G heterozygous", 1.5, IM),
    ("c.1129-5923C>G het, c.1236G>A het", 1.5, IM),
])  # fmt: skip
def test_dpyd(genotype, score, phenotype):
    assert read(f"DPYD {genotype}") == {"DPYD activity score": score, "DPYD": phenotype}


@pytest.mark.parametrize(("text", "expected"), [
    ("UGT1A1 *28/*28", PM), ("UGT1A1 *6/*28", PM), ("UGT1A1 *1/*28", IM), ("UGT1A1 *80+*28/*1", IM),
    ("TPMT *1/*3A", IM), ("TPMT *3A/*3C", PM), ("TPMT *1/*8", "indeterminate"),
    ("NUDT15 *1/*3", IM), ("NUDT15 *3/*3", PM), ("NUDT15 *1/*9", IM),
])  # fmt: skip
def test_star_alleles(text, expected):
    assert read(text) == {text.split()[0]: expected}


@pytest.mark.parametrize(("genotype", "score", "phenotype"), [
    ("*4/*4", 0, PM), ("*1/*1", 2, NM), ("*4/*10", 0.25, IM), ("*1/*4", 1, IM),
    ("*1/*10", 1.25, NM),
    ("*1x2/*1", 3, "ultrarapid metaboliser"),
])  # fmt: skip
def test_cyp2d6(genotype, score, phenotype):
    """Consensus of 2019: *10 counts 0.25, and a score of 1 is intermediate."""
    assert read(f"CYP2D6 {genotype}") == {"CYP2D6 activity score": score, "CYP2D6": phenotype}


@pytest.mark.parametrize("text", ["DPYD c.999A>G heterozygous", "TPMT *1/*77", "DPYD *2A/*2A/*1"])
def test_what_is_not_known_is_not_taken_for_normal(text):
    found = observe([text], builtin().vocabulary)
    assert not found.measurements
    assert found.unread[0].remedy


def test_log_rise_of_residual_disease():
    """ELN MRD 2021, PMID 34724563: one power of ten is molecular relapse."""
    assert log10_rise(0.05, 0.6) == pytest.approx(1.079, abs=0.0005)
    assert molecular_relapse([0.05, 0.6], 1) == 1


def test_less_than_one_log_is_no_relapse():
    assert log10_rise(0.05, 0.4) == pytest.approx(0.903, abs=0.0005)
    assert molecular_relapse([0.05, 0.4], 1) is None


def test_a_rise_in_steps_is_seen():
    assert molecular_relapse([0.05, 0.3, 0.8], 1) == 2


def test_from_negative_to_positive_is_relapse():
    assert molecular_relapse([0.4, 0, 0, 0.01], 1) == 3
