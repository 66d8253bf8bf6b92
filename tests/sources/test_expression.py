"""Amounts of RNA: read as TPM, kept for known genes, never called high or low."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_vocabulary import SMALL, counted, lines, write

from onkos.errors import Unreadable
from onkos.sources.patient.expression import read_expression
from onkos.sources.patient.kinds import kind_of
from onkos.sources.patient.observed import Observed

SALMON = "Name Length EffectiveLength TPM NumReads"
KALLISTO = "target_id length eff_length est_counts tpm"
RSEM = "gene_id transcript_id(s) length effective_length expected_count TPM FPKM"
COUNTS = "Geneid Chr Start End Strand Length"


def read(folder: Path, *rows: str) -> dict[str, Observed]:
    path = write(folder, lines(*rows))
    assert kind_of(path)[0] == "expression"
    by_sample = read_expression(path, SMALL)
    counted(by_sample)
    return by_sample


@pytest.mark.parametrize(
    ("header", "rows", "method"),
    [
        (SALMON, ("BRAF 2000 1800 400000 10", "XYZ1 2000 1800 600000 10"), "salmon"),
        (KALLISTO, ("BRAF 2000 1800 10 400000", "XYZ1 2000 1800 10 600000"), "kallisto"),
        (
            RSEM,
            ("ENSG00000157764_BRAF T1 20 18 10 400000 1", "ENSG01_XYZ1 T2 20 18 10 600000 1"),
            "RSEM",
        ),
        ("TargetID TPM", ("BRAF 400000", "XYZ1 600000"), ""),
    ],
)
def test_tpm_of_each_tool(tmp_path: Path, header: str, rows: tuple[str, ...], method: str) -> None:
    [observed] = read(tmp_path, header, *rows).values()
    [profile] = observed.profiles
    assert (profile.analyte, profile.unit, profile.method) == ("RNA", "TPM", method)
    assert (profile.values, profile.genes) == ({"BRAF": 400000}, 2)
    assert observed.filtered == {"gene without knowledge": 1}
    assert not observed.alterations
    assert not observed.notices


def test_transcripts_of_a_gene_add_up(tmp_path: Path) -> None:
    name = "ENST0000000000{}.1|ENSG00000157764.14|-|-|BRAF-20{}|BRAF|6459|protein_coding|"
    rows = [f"{name.format(n, n)} 2000 1800 {n}00000 10" for n in (4, 6)]
    [observed] = read(tmp_path, SALMON, *rows).values()
    assert observed.profiles[0].values == {"BRAF": 1_000_000}


def test_counts_become_tpm_by_length(tmp_path: Path) -> None:
    """Reads per base of 0.1 and 0.3: a quarter and three quarters of a million."""
    by_sample = read(
        tmp_path,
        f"{COUNTS} a.bam b.bam",
        "BRAF 7 1 1000 - 1000 100 0",
        "XYZ1 8 1 500 + 500 150 10",
    )
    assert by_sample["a.bam"].profiles[0].values == pytest.approx({"BRAF": 250_000})
    assert by_sample["b.bam"].profiles[0].values == {"BRAF": 0}


def test_identifiers_without_symbols_are_told(tmp_path: Path) -> None:
    [observed] = read(tmp_path, SALMON, "ENSG00000157764.14 2000 1800 1000000 10").values()
    assert not observed.profiles
    assert "identifiers without symbol" in observed.notices[0]


def test_what_adds_to_no_million_is_told(tmp_path: Path) -> None:
    [observed] = read(tmp_path, "TargetID TPM", "BRAF 12").values()
    assert "not to a million" in observed.notices[0]


@pytest.mark.parametrize("value", ["NaN", "-1", "inf", "NA", "", "high"])
def test_an_amount_that_cannot_be_is_unread(tmp_path: Path, value: str) -> None:
    path = write(tmp_path, f"TargetID\tTPM\nBRAF\t{value}\nKRAS\t5\n")
    [observed] = read_expression(path, SMALL).values()
    assert observed.profiles[0].values == {"KRAS": 5}
    assert "not an amount" in observed.unread[0].reason


def test_counts_without_lengths_are_no_tpm(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="TPM"):
        read_expression(write(tmp_path, "gene\tcount\nBRAF\t3\n"), SMALL)
    [observed] = read(tmp_path, f"{COUNTS} a.bam", "BRAF 7 1 9 - 0 100").values()
    assert "without length" in observed.unread[0].reason


def test_the_colon_example_has_its_expression(shared_data: Path) -> None:
    path = shared_data / "patients/pcgr_coad/T001-COAD.gene_expression.tsv.gz"
    assert kind_of(path)[0] == "expression"
    by_sample = read_expression(path, SMALL)
    assert counted(by_sample) == 19307
    assert by_sample[""].profiles[0].values["EGFR"] > 0
