"""Purity and ploidy from the files beside the segments, and whose word counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_vocabulary import write

from onkos.errors import Unreadable
from onkos.model import Knowledge
from onkos.sources.patient.casefile import read_case
from onkos.sources.patient.kinds import kind_of
from onkos.sources.patient.purity import read_purity

SEQUENZA = (
    '"cellularity"\t"ploidy.estimate"\t"ploidy.mean.cn"\n0.60\t2.9\t3\n0.64\t3.1\t3\n0.70\t3.2\t3\n'
)
SOLUTIONS = '"cellularity"\t"ploidy"\t"SLPP"\n0.64\t3.1\t-100\n0.31\t2.0\t-140\n'
STATISTICS = "NormalContamination 0.36\nPloidy 3.1\nrho 0.64\npsi 3.0\ngoodnessOfFit 98\n"


@pytest.mark.parametrize(
    "text",
    [
        SEQUENZA,
        SOLUTIONS,
        STATISTICS,
        "AberrantCellFraction\tPloidy\n0.64\t3.1\n",
        "AberrantCellFraction Ploidy\n0.64 3.1\n",
        "sample,purity,ploidy\nS1,0.64,3.1\n",
    ],
)
def test_each_caller_s_purity(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    assert kind_of(path)[0] == "purity"
    [observed] = read_purity(path).values()
    assert observed.quality == {"purity": 0.64, "ploidy": 3.1}


def test_other_solutions_are_told(tmp_path: Path) -> None:
    [observed] = read_purity(write(tmp_path, SOLUTIONS)).values()
    assert "2 solutions, the first is taken" in observed.notices[0]


@pytest.mark.parametrize("value", ["1.4", "-0.1", "NaN x", "inf"])
def test_a_purity_that_cannot_be_is_unread(tmp_path: Path, value: str) -> None:
    path = write(tmp_path, f"purity\tploidy\n{value}\t2.0\n")
    [observed] = read_purity(path).values()
    assert observed.quality == {"ploidy": 2.0}
    assert observed.unread[0].column == "purity"


@pytest.mark.parametrize(
    "text", ["", "a\tb\n1\t2\n", "purity\tploidy\n", "NormalContamination 0.3\nrho x\n"]
)
def test_what_tells_no_purity_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unreadable):
        read_purity(write(tmp_path, text))


def case(folder: Path, knowledge: Knowledge, *said: str) -> tuple[object, tuple[str, ...]]:
    write(folder, "purity\tploidy\n0.15\t2.0\n", "fit.tsv")
    page = "\n".join(
        ['id = "x"', 'disease = "LUAD"', "[[sample]]", *said, 'files = [ { path = "fit.tsv" } ]']
    )
    read = read_case(write(folder, page, "case.toml"), knowledge)
    [sample] = read.samples
    return sample, read.notices


def test_quality_of_the_run_is_said_in_the_case(tmp_path: Path, knowledge: Knowledge) -> None:
    said = ("coverage = 412", "contamination = 0.01", "ploidy = 2.0")
    sample, notices = case(tmp_path, knowledge, *said)
    assert (sample.purity, sample.ploidy) == (0.15, 2.0)  # type: ignore[attr-defined]
    assert (sample.coverage, sample.contamination) == (412, 0.01)  # type: ignore[attr-defined]
    assert not any("counts" in notice for notice in notices)


def test_the_case_file_wins_and_says_so(tmp_path: Path, knowledge: Knowledge) -> None:
    sample, notices = case(tmp_path, knowledge, "purity = 0.5")
    assert sample.purity == 0.5  # type: ignore[attr-defined]
    assert any("the case says 0.5, a file 0.15; 0.5 counts" in notice for notice in notices)


def test_an_impossible_quality_is_refused(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(Unreadable, match="contamination"):
        case(tmp_path, knowledge, "contamination = 7")
