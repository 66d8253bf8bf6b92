"""Promoters as the laboratory calls them, and proteins without any call."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_vocabulary import SMALL, counted, write

from onkos.errors import Unreadable
from onkos.model import Methylation, Origin
from onkos.sources.patient.kinds import kind_of
from onkos.sources.patient.methylation import read_methylation
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.proteome import read_proteome


def read(folder: Path, text: str) -> Observed:
    path = write(folder, text)
    assert kind_of(path)[0] == "methylation"
    by_sample = read_methylation(path, SMALL)
    counted(by_sample)
    [observed] = by_sample.values()
    return observed


@pytest.mark.parametrize(("call", "methylated"), [("methylated", True), ("Unmethylated", False)])
def test_a_call_is_kept(tmp_path: Path, call: str, methylated: bool) -> None:
    observed = read(tmp_path, f"gene\tmethylation\tbeta\nCDKN2A\t{call}\t0.4\n")
    assert observed.alterations == [
        Methylation(gene="CDKN2A", methylated=methylated, origin=Origin.SOMATIC)
    ]


def test_a_beta_value_alone_is_no_call(tmp_path: Path) -> None:
    observed = read(tmp_path, "gene\tbeta\nCDKN2A\t0.95\nXYZ1\t0.9\n")
    assert not observed.alterations
    assert "no call" in observed.unread[0].reason
    assert observed.filtered == {"gene without knowledge": 1}


@pytest.mark.parametrize(
    "row", ["CDKN2A\tmethylated\t1.7", "CDKN2A\thalf\t0.5", "\tmethylated\t0.5", "CDKN2A\t\tNaN"]
)
def test_a_row_that_cannot_be_is_unread(tmp_path: Path, row: str) -> None:
    observed = read(tmp_path, f"gene\tmethylation\tbeta\n{row}\n")
    assert len(observed.unread) == 1
    assert not observed.alterations


def test_two_calls_that_differ_undo_each_other(tmp_path: Path) -> None:
    rows = "CDKN2A\tmethylated\nCDKN2A\tunmethylated\n"
    observed = read(tmp_path, f"gene\tmethylation\n{rows}")
    assert not observed.alterations
    assert len(observed.unread) == 2


def test_proteins_are_kept_without_a_call(tmp_path: Path) -> None:
    text = "gene,site,log2_ratio\nERBB2,,2.5\nEGFR,Y1068,1\nXYZ1,,3\nALK,,NA\nBRAF,,x\nERBB2,,1\n"
    by_sample = read_proteome(write(tmp_path, text), SMALL)
    counted(by_sample)
    observed = by_sample[""]
    [profile] = observed.profiles
    assert (profile.analyte, profile.unit, profile.values) == (
        "protein",
        "log2_ratio",
        {"ERBB2": 2.5},
    )
    assert len(observed.unread) == 2
    assert not observed.alterations


def test_tables_without_values_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read_proteome(write(tmp_path, "gene\tname\nERBB2\tx\n"), SMALL)
    with pytest.raises(Unreadable):
        read_methylation(write(tmp_path, "probe\tbeta\ncg1\t0.5\n"), SMALL)
