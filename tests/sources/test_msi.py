"""Scores of microsatellite instability, the number with its tool and nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_vocabulary import counted, write

from onkos.errors import Unreadable
from onkos.sources.patient.kinds import kind_of
from onkos.sources.patient.msi import read_msi
from onkos.sources.patient.observed import Observed

SENSOR = "Total_Number_of_Sites\tNumber_of_Somatic_Sites\t%\n"
PRO = "Total_Number_of_Sites\tNumber_of_Unstable_Sites\t%\n"
# As mantis.py and its calculate_instability.py print it.
MANTIS = (
    "Average Metric Value (Abbr)\tValue\tThreshold\tStatus\n"
    "Step-Wise Difference (DIF)\t0.3702\t0.4000   \tStable\n"
    "Euclidean Distance (EUC)\t0.2911\t0.1870   \tUnstable\n"
    "Cosine Dissimilarity (COS)\t0.2911\t0.0700   \tUnstable\n"
    "\nNote: The authors recommend the use of the Step-Wise Difference\n"
    "metric for determining the status of the sample.\n"
)


def read(folder: Path, text: str, name: str = "tumour.msi") -> Observed:
    path = write(folder, text, name)
    assert kind_of(path)[0] == "msi"
    by_sample = read_msi(path)
    counted(by_sample)
    [observed] = by_sample.values()
    return observed


@pytest.mark.parametrize(
    ("header", "name", "tool"),
    [
        (SENSOR, "tumour.msi", "MSIsensor"),
        (SENSOR, "tumour.msisensor2.txt", "MSIsensor2"),
        (PRO, "tumour.msi", "MSIsensor-pro"),
    ],
)
def test_the_share_of_unstable_sites(tmp_path: Path, header: str, name: str, tool: str) -> None:
    [score] = read(tmp_path, f"{header}640\t75\t11.72\n", name).measurements
    assert (score.name, score.value, score.unit) == (f"{tool} score", 11.72, "%")
    assert score.method == f"{tool}, 75 of 640 sites"
    assert score.counted == (75, 640)
    assert score.interval == pytest.approx((9.33, 14.46), abs=0.01)
    assert not score.status


def test_mantis_is_called_by_its_step_wise_difference(tmp_path: Path) -> None:
    observed = read(tmp_path, MANTIS)
    [score] = observed.measurements
    assert (score.name, score.value) == ("MANTIS score", 0.3702)
    assert score.method == "MANTIS (DIF), stable at its threshold 0.4"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("0\t0\t0", "no site was looked at"),
        ("640\t75\t99.0", "not that of the sites (11.72)"),
        ("640\t700\t109.4", "more sites are unstable"),
        ("640\t75\tNaN", "not that of the sites"),
        ("640\t-1\t0", "not a count"),
        ("640\t\t0", "more sites are unstable"),
    ],
)
def test_a_score_that_cannot_be_is_unread(tmp_path: Path, row: str, reason: str) -> None:
    observed = read(tmp_path, f"{SENSOR}{row}\n")
    assert reason in observed.unread[0].reason
    assert not observed.measurements


@pytest.mark.parametrize("value", ["NaN", "-0.1", "3", ""])
def test_a_step_that_cannot_be_is_unread(tmp_path: Path, value: str) -> None:
    observed = read(tmp_path, MANTIS.replace("0.3702", value))
    assert observed.unread
    assert not observed.measurements


def test_other_tables_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read_msi(write(tmp_path, "a\tb\n1\t2\n"))
    with pytest.raises(Unreadable, match="DIF"):
        read_msi(write(tmp_path, "\n".join(MANTIS.split("\n")[::2][:1]) + "\n"))
