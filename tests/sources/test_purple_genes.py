"""Copies per gene of PURPLE: losses are called, gains only by the laboratory's threshold."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_vocabulary import SMALL, counted, lines, write

from onkos.model import CopyCall, CopyNumber
from onkos.sources.patient.kinds import kind_of
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.purple_genes import read_purple_genes
from onkos.sources.patient.purple_run import read_run

HEADER = "chromosome start end gene minCopyNumber maxCopyNumber isCanonical"
ROWS = (
    "9 1 9 CDKN2A 0.02 2.0 true",
    "9 1 9 CDKN2A 0.02 2.0 false",
    "17 1 9 TP53 1.1 1.1 true",
    "7 1 9 EGFR 22.4 30 true",
    "X 1 9 AR 1.0 1.0 true",
    "1 1 9 XYZ1 0 0 true",
    "12 1 9 KRAS 2.02 2.1 true",
)


def read(folder: Path, *rows: str, amplified_from: float | None = None) -> Observed:
    path = write(folder, lines(HEADER, *rows), "s.purple.cnv.gene.tsv")
    assert kind_of(path)[0] == "purple-genes"
    by_sample = read_purple_genes(path, SMALL, amplified_from=amplified_from)
    counted(by_sample)
    return by_sample[""]


def test_losses_of_known_genes_are_called(tmp_path: Path) -> None:
    observed = read(tmp_path, *ROWS)
    assert observed.alterations == [
        CopyNumber(gene="CDKN2A", call=CopyCall.DELETION, copies=0.02),
        CopyNumber(gene="TP53", call=CopyCall.LOSS, copies=1.1),
    ]
    assert "more than 2 copies of EGFR" in observed.notices[0]
    assert "AR: on X or Y" in observed.notices[1]


def test_gains_are_called_by_the_laboratory_s_threshold(tmp_path: Path) -> None:
    observed = read(tmp_path, ROWS[3], amplified_from=8)
    assert [a.label for a in observed.alterations] == ["EGFR amplification"]


@pytest.mark.parametrize("copies", ["NaN", "-3", "inf", "x"])
def test_copies_that_cannot_be_are_unread(tmp_path: Path, copies: str) -> None:
    observed = read(tmp_path, f"7 1 9 EGFR {copies} 3 true")
    assert len(observed.unread) == 1
    assert not observed.alterations


def test_in_a_run_the_catalogue_of_drivers_comes_first(tmp_path: Path) -> None:
    read(tmp_path, *ROWS)
    write(tmp_path, "purity\tploidy\n0.5\t2\n", "s.purple.purity.tsv")
    write(
        tmp_path,
        "gene\tdriver\tminCopyNumber\tmaxCopyNumber\nCDKN2A\tDEL\t0.02\t2.0\n",
        "s.purple.driver.catalog.somatic.tsv",
    )
    observed = read_run(tmp_path, SMALL)["s"]
    labels = [a.label for a in observed.alterations]
    assert labels == ["CDKN2A deletion", "TP53 heterozygous loss"]
    assert observed.filtered["driver that another part of the run tells too"] == 1
