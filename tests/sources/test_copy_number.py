"""Copy-number calls are read where they are calls, and never guessed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from small_vocabulary import SMALL, counted, lines, write

from onkos.errors import Unreadable
from onkos.model import CopyCall, CopyNumber, Origin
from onkos.sources.patient.copy_number import read_copy_number
from onkos.sources.patient.observed import Observed


def read(folder: Path, *rows: str, **options: object) -> Observed:
    by_sample = read_copy_number(write(folder, lines(*rows)), SMALL, **options)  # type: ignore[arg-type]
    counted(by_sample)
    [observed] = by_sample.values()
    return observed


def calls(observed: Observed) -> dict[str, CopyCall]:
    return {
        change.gene: change.call
        for change in observed.alterations
        if isinstance(change, CopyNumber)
    }


@pytest.mark.parametrize(
    ("word", "call"),
    [
        ("Amplification", CopyCall.AMPLIFICATION),
        ("AMP", CopyCall.AMPLIFICATION),
        ("2", CopyCall.AMPLIFICATION),
        ("Gain", CopyCall.GAIN),
        ("1.0", CopyCall.GAIN),
        ("-1", CopyCall.LOSS),
        ("Heterozygous_loss", CopyCall.LOSS),
        ("shallow-deletion", CopyCall.LOSS),
        ("Deletion", CopyCall.DELETION),
        ("HOMDEL", CopyCall.DELETION),
        ("-2", CopyCall.DELETION),
    ],
)
def test_words_and_levels_mean_calls(tmp_path: Path, word: str, call: CopyCall) -> None:
    assert calls(read(tmp_path, "gene call", f"EGFR {word}")) == {"EGFR": call}


@pytest.mark.parametrize("word", ["0", "neutral", "Diploid", "wild-type", "Baseline"])
def test_neutral_genes_are_counted(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, "gene call", f"EGFR {word}").filtered == {"copy-neutral": 1}


@pytest.mark.parametrize("word", ["NA", ".", "None"])
def test_genes_not_called_are_counted(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, "gene call", f"EGFR {word}").filtered == {"not called": 1}


@pytest.mark.parametrize("word", ["loss", "LOST", "3", "-1.5", "0.4", "maybe"])
def test_what_is_no_call_is_unread(tmp_path: Path, word: str) -> None:
    [unread] = read(tmp_path, "gene call", f"EGFR {word}").unread
    assert (unread.column, unread.text) == ("call", word)
    assert unread.remedy


def test_samples_are_told_apart_and_origin_is_kept(tmp_path: Path) -> None:
    text = lines("Hugo_Symbol Entrez_Gene_Id Sample_Id Value", "EGFR 1956 S1 2", "CDKN2A 1 S2 -2")
    by_sample = read_copy_number(write(tmp_path, text), SMALL, origin=Origin.SOMATIC)
    assert counted(by_sample) == 2
    assert by_sample["S1"].alterations == [
        CopyNumber(gene="EGFR", call=CopyCall.AMPLIFICATION, origin=Origin.SOMATIC)
    ]
    assert calls(by_sample["S2"]) == {"CDKN2A": CopyCall.DELETION}


def test_a_matrix_is_read_by_sample(tmp_path: Path) -> None:
    text = lines(
        "Hugo_Symbol Entrez_Gene_Id S1 S2 S3",
        "EGFR 1956 2 0 NA",
        "CDKN2A|chr9 1029 -2 -1 7",
        "OR11H1 1 1 -2 0",
        "2-Mar 1 1 1 1",
    )
    by_sample = read_copy_number(write(tmp_path, text), SMALL)
    assert counted(by_sample) == 10
    assert calls(by_sample["S1"]) == {
        "EGFR": CopyCall.AMPLIFICATION,
        "CDKN2A": CopyCall.DELETION,
    }
    assert calls(by_sample["S2"]) == {"CDKN2A": CopyCall.LOSS, "OR11H1": CopyCall.DELETION}
    assert by_sample["S3"].filtered == {"not called": 1, "copy-neutral": 1}
    assert by_sample["S3"].unread[0].text == "7"
    assert by_sample[""].unread[0].reason == "a date, not a gene"
    assert by_sample["S1"].filtered == {"one-copy change in a gene without knowledge": 1}


def test_a_matrix_of_ratios_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, lines("Hugo_Symbol S1 S2", "EGFR 0.21 -0.4"))
    with pytest.raises(Unreadable, match="no discrete levels"):
        read_copy_number(path, SMALL)


def test_a_matrix_with_a_sample_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, lines("Hugo_Symbol S1 S1", "EGFR 2 -2"))
    with pytest.raises(Unreadable, match="two columns"):
        read_copy_number(path, SMALL)


@pytest.mark.parametrize("header", ["gene log2", "gene", "gene sample"])
def test_ratios_alone_call_nothing(tmp_path: Path, header: str) -> None:
    with pytest.raises(Unreadable, match="no column for the call"):
        read_copy_number(write(tmp_path, lines(header, header)), SMALL)


def test_copies_and_ratio_are_kept_beside_the_call(tmp_path: Path) -> None:
    observed = read(tmp_path, "gene call copies log2", "ERBB2 Amplification 18.5 3.1")
    assert observed.alterations == [
        CopyNumber(gene="ERBB2", call=CopyCall.AMPLIFICATION, copies=18.5, log2=3.1)
    ]


def test_copies_call_what_needs_no_threshold(tmp_path: Path) -> None:
    rows = ("gene total_cn", "CDKN2A 0", "TP53 1", "EGFR 2", "ERBB2 9", "AR 1", "KRAS -1")
    observed = read(tmp_path, *rows)
    assert calls(observed) == {"CDKN2A": CopyCall.DELETION, "TP53": CopyCall.LOSS}
    assert observed.filtered == {"copy-neutral": 1}
    assert [unread.line for unread in observed.unread] == [5, 6, 7]


def test_the_laboratory_says_from_where_it_amplifies(tmp_path: Path) -> None:
    observed = read(tmp_path, "gene copies", "ERBB2 9", "EGFR 4", amplified_from=6.0)
    assert calls(observed) == {"ERBB2": CopyCall.AMPLIFICATION, "EGFR": CopyCall.GAIN}


def test_the_same_call_twice_counts_once_and_two_calls_undo_each_other(tmp_path: Path) -> None:
    observed = read(tmp_path, "gene call", "EGFR 2", "EGFR 2", "TP53 -2", "EGFR -2", "EGFR -2")
    assert calls(observed) == {"TP53": CopyCall.DELETION}
    assert observed.filtered == {"duplicate row": 1}
    assert [unread.line for unread in observed.unread] == [2, 5, 6]


def test_commas_are_fine_and_no_gene_is_not(tmp_path: Path) -> None:
    path = write(tmp_path, "gene,call\nEGFR,amplification\n")
    assert calls(read_copy_number(path, SMALL)[""]) == {"EGFR": CopyCall.AMPLIFICATION}
    with pytest.raises(Unreadable, match="no column for gene"):
        read_copy_number(write(tmp_path, "a\tb\nc\td\n"), SMALL)


@pytest.mark.parametrize(
    ("name", "rows", "samples", "unread"),
    [
        ("msk_gnomer/cna.tsv", 475, 108, 0),
        ("msk_gnomer/cna_wide.tsv", 350, 14, 0),
        ("msk_gnomer/genie_cna.tsv", 87724, 91, 3),
        ("cbioportal_study_es_0/study_es_0/data_cna_discrete.txt", 6304, 788, 0),
        ("moalmanac_example/example_data/example_patient.capture.somatic.called.cna.txt", 6, 1, 0),
    ],
)
def test_real_calls_are_read_whole(
    shared_data: Path, name: str, rows: int, samples: int, unread: int
) -> None:
    by_sample = read_copy_number(shared_data / "patients" / name, SMALL)
    assert (counted(by_sample), len(by_sample)) == (rows, samples)
    assert Counter(len(observed.unread) for observed in by_sample.values())[1] == unread


def test_real_ratios_are_refused(shared_data: Path) -> None:
    name = "patients/cbioportal_study_es_0/study_es_0/data_cna_log2.txt"
    with pytest.raises(Unreadable, match="no discrete levels"):
        read_copy_number(shared_data / name, SMALL)
