"""Measurements are read from plain words, in their unit and range, or left unread."""

from __future__ import annotations

import pytest

from onkos.model import Measurement, Vocabulary
from onkos.sources.patient.text import observe

Expected = tuple[str, float | None, str]


def found(text: str, vocabulary: Vocabulary) -> list[Measurement]:
    observed = observe([text], vocabulary, "measurements")
    assert not observed.unread, observed.unread
    assert not observed.alterations
    return observed.measurements


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MSI-High", [("MSI", None, "MSI-H")]),
        ("MSI-H", [("MSI", None, "MSI-H")]),
        ("MSS", [("MSI", None, "MSS")]),
        ("dMMR", [("MMR", None, "dMMR")]),
        ("MMR deficient", [("MMR", None, "dMMR")]),
        ("dMMR/MSI-H", [("MMR", None, "dMMR"), ("MSI", None, "MSI-H")]),
        ("TMB 12", [("TMB", 12, "")]),
        ("TMB 12 mut/Mb", [("TMB", 12, "")]),
        ("TMB: 12.4 mutations/megabase", [("TMB", 12.4, "")]),
        ("TMB-high", [("TMB", None, "high")]),
        ("TMB >= 10", [("TMB", None, "high")]),
        ("PD-L1 TPS 80%", [("PD-L1 TPS", 80, "")]),
        ("80% TPS", [("PD-L1 TPS", 80, "")]),
        ("PD-L1 CPS 10", [("PD-L1 CPS", 10, "")]),
        ("HER2 3+", [("HER2 IHC", None, "3+")]),
        ("HER2 IHC 3+", [("HER2 IHC", None, "3+")]),
        ("HER2 IHC 2+ FISH negative", [("HER2 IHC", None, "2+"), ("HER2 ISH", None, "negative")]),
        ("HER2 2+/ISH-", [("HER2 IHC", None, "2+"), ("HER2 ISH", None, "negative")]),
        ("HER2 IHC 2+, ISH negative", [("HER2 IHC", None, "2+"), ("HER2 ISH", None, "negative")]),
        ("HER2 low", [("HER2", None, "low")]),
        ("HER2-low", [("HER2", None, "low")]),
        ("HER2 positive", [("HER2", None, "positive")]),
        ("ER 90%", [("ER", 90, "")]),
        ("ER 90% positive", [("ER", 90, "positive")]),
        ("ER positive", [("ER", None, "positive")]),
        ("ER+", [("ER", None, "positive")]),
        ("PR-", [("PR", None, "negative")]),
        ("HR+/HER2-", [("HR", None, "positive"), ("HER2", None, "negative")]),
        (
            "ER+PR+HER2-",
            [("ER", None, "positive"), ("PR", None, "positive"), ("HER2", None, "negative")],
        ),
        ("ER: 90%, PR: 80%, HER2: 1+", [("ER", 90, ""), ("PR", 80, ""), ("HER2 IHC", None, "1+")]),
        (
            "triple negative",
            [("ER", None, "negative"), ("PR", None, "negative"), ("HER2", None, "negative")],
        ),
        ("CD20 positive", [("CD20", None, "positive")]),
        ("CD33+", [("CD33", None, "positive")]),
        ("HRD score 52", [("HRD", 52, "")]),
        ("HRD positive", [("HRD", None, "positive")]),
        ("PSMA PET positive", [("PSMA-PET", None, "positive")]),
        ("HLA-A*02:01", [("HLA", None, "HLA-A*02:01")]),
        ("HLA-A*0201, HLA-B*07:02", [("HLA", None, "HLA-A*02:01"), ("HLA", None, "HLA-B*07:02")]),
        ("ECOG 1", [("ECOG", 1, "")]),
        ("left-sided primary", [("primary side", None, "left")]),
        ("postmenopausal", [("menopausal status", None, "post")]),
        ("never smoker", [("smoking", None, "never")]),
        ("AR positive", [("androgen receptor", None, "positive")]),
        ("no brain metastases", [("brain metastases", None, "absent")]),
        ("PSA 12 ng/mL", [("PSA", 12, "")]),
    ],
)
def test_values_and_words(text: str, expected: list[Expected], vocabulary: Vocabulary) -> None:
    assert [(m.name, m.value, m.status) for m in found(text, vocabulary)] == expected


def test_a_percentage_of_stained_cells_has_its_intensity(vocabulary: Vocabulary) -> None:
    for text in ("FOLR1 80% 2+", "FOLR1 IHC 80 % at 2+", "FOLR1 80% of tumour cells at 2+"):
        [measured] = found(text, vocabulary)
        assert (measured.name, measured.value, measured.at) == ("FOLR1 IHC", 80, "2+")


def test_the_antibody_is_the_method(vocabulary: Vocabulary) -> None:
    for text in ("PD-L1 22C3 TPS 80%", "PD-L1 (22C3) TPS 80%", "PD-L1 TPS 80% (22C3)"):
        [measured] = found(text, vocabulary)
        assert (measured.name, measured.value, measured.method) == ("PD-L1 TPS", 80, "22C3")


def test_below_one_percent_is_read_as_none_with_its_interval(vocabulary: Vocabulary) -> None:
    """No label asks for less than 1 %, so that nothing lies between 0 and the bound."""
    [measured] = found("PD-L1 TPS < 1 %", vocabulary)
    assert (measured.value, measured.interval) == (0, (0, 1))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("PD-L1 80%", "PD-L1 TPS"),
        ("PD-L1 80%", "PD-L1 CPS"),
        ("PD-L1 positive", "PD-L1 IC"),
        ("PD-L1 TPS 120%", "outside 0 to 100"),
        ("PD-L1 TPS 0.8", "write it with %"),
        ("PD-L1 TPS 70-80%", "a range"),
        ("PD-L1 TPS >= 50%", "a bound"),
        ("CPS 10%", "not measured in %"),
        ("TMB 12 %", "mut/Mb"),
        ("TMB -5", "outside 0"),
        ("TMB 12,4", "a comma"),
        ("ECOG 7", "outside 0 to 5"),
        ("ECOG 0-1", "a range"),
        ("FOLR1 80%", "at 2+"),
        ("ER 0% positive", "not positive"),
        ("ER 5% negative", "not negative"),
        ("HLA-A2", "HLA-A*02:01"),
        ("HLA-A*02:01 negative", "alleles that are there"),
        ("HER2 equivocal", "not understood"),
        ("age 62", "field 'age'"),
    ],
)
def test_impossible_or_incomplete_values_are_unread(
    text: str, told: str, vocabulary: Vocabulary
) -> None:
    observed = observe([text], vocabulary)
    assert not observed.measurements
    assert not observed.alterations
    [unread] = observed.unread
    assert told in f"{unread.reason}; {unread.remedy}"


@pytest.mark.parametrize(
    "text", ["HER2 amplification", "HER2 S310F", "HER2 exon 20 insertion", "c-MET amplification"]
)
def test_a_gene_with_a_measures_name_stays_a_gene(text: str, vocabulary: Vocabulary) -> None:
    observed = observe([text], vocabulary)
    assert len(observed.alterations) == 1
    assert not observed.measurements


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ANC 500/uL", "neutrophils 0.5 10^9/L"),
        ("ANC 0.5 K/uL", "neutrophils 0.5 10^9/L"),
        ("WBC 12000 /mm3", "white cells 12 10^9/L"),
        ("platelets 45 G/L", "platelets 45 10^9/L"),
    ],
)
def test_blood_counts_come_in_many_units(vocabulary: Vocabulary, text: str, label: str) -> None:
    (measurement,) = found(text, vocabulary)
    assert measurement.label == label


@pytest.mark.parametrize("text", ["ANC 500", "LDH 450 U/L"])
def test_a_count_without_its_unit_and_a_value_without_its_limit_are_refused(
    text: str, vocabulary: Vocabulary
) -> None:
    assert observe([text], vocabulary).unread
