"""Segments give calls per gene only where the file itself names gene and call."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_vocabulary import SMALL, counted, lines, write

from onkos.errors import Unreadable
from onkos.model import CopyCall, CopyNumber, Segment
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.segments import read_segments

ANNOTATED = (
    "gene\tsegment_contig\tsegment_start\tsegment_end\tsegment_mean\tsegment_call\tbuild\tsample\n"
)


def read(folder: Path, text: str) -> Observed:
    by_sample = read_segments(write(folder, text), SMALL)
    counted(by_sample)
    [observed] = by_sample.values()
    return observed


def annotated(folder: Path, *genes_and_calls: tuple[str, str]) -> Observed:
    rows = (f"{gene}\t7\t100\t200\t0.5\t{call}\t37\tS1\n" for gene, call in genes_and_calls)
    return read(folder, "## Oncotator\t\t\n" + ANNOTATED + "".join(rows))


@pytest.mark.parametrize(
    "header",
    [
        "ID chrom loc.start loc.end num.mark seg.mean",
        "Sample Chromosome Start.bp End.bp Num.Markers Seg.CN",
        "Sample Chromosome Start End Num_Probes Segment_Mean",
    ],
)
def test_segments_without_genes_are_kept_and_call_nothing(tmp_path: Path, header: str) -> None:
    observed = read(tmp_path, lines(header, "S1 7 55000000 55300000 12 2.5"))
    assert observed.segments == [
        Segment(chromosome="7", start=55000000, end=55300000, log2=2.5, probes=12)
    ]
    assert not observed.alterations


def test_gatk_segments_under_their_header_are_of_its_assembly(tmp_path: Path) -> None:
    text = lines(
        "@HD VN:1.6",
        "@SQ SN:1 LN:249250621",
        "CONTIG START END NUM_POINTS_COPY_RATIO MEAN_LOG2_COPY_RATIO CALL",
        "chr7 55000000 55300000 120 2.5 +",
    )
    [segment] = read(tmp_path, text).segments
    assert (segment.chromosome, segment.log2, segment.assembly) == ("7", 2.5, "GRCh37")


def test_genes_with_a_call_are_kept(tmp_path: Path) -> None:
    observed = annotated(tmp_path, ("EGFR", "++"), ("ALK", "+"), ("TP53", "-"), ("KRAS", "0"))
    assert observed.alterations == [
        CopyNumber(gene="EGFR", call=CopyCall.AMPLIFICATION, log2=0.5),
        CopyNumber(gene="ALK", call=CopyCall.GAIN, log2=0.5),
        CopyNumber(gene="TP53", call=CopyCall.LOSS, log2=0.5),
    ]
    assert observed.filtered == {"copy-neutral": 1}
    assert not observed.notices


def test_strong_loss_is_not_taken_for_loss_of_both_copies(tmp_path: Path) -> None:
    observed = annotated(tmp_path, ("CDKN2A", "--"), ("OR11H1", "--"))
    [unread] = observed.unread
    assert "both copies" in unread.reason
    assert observed.filtered == {"strong loss in a gene without knowledge": 1}


def test_three_levels_of_call_are_told(tmp_path: Path) -> None:
    assert "strong changes are not told" in annotated(tmp_path, ("EGFR", "+")).notices[0]


def test_a_segment_that_ends_within_a_gene_calls_nothing(tmp_path: Path) -> None:
    observed = annotated(
        tmp_path, ("EGFR 2+", "++"), ("OR11H1 -1-", "++"), ("TP53 3-", "-"), ("KRAS 1+", "0")
    )
    assert "ends within EGFR" in observed.unread[0].reason
    assert observed.filtered == {"segment ends within the gene": 2, "copy-neutral": 1}


def test_a_gene_twice_with_one_call_counts_once(tmp_path: Path) -> None:
    observed = annotated(tmp_path, ("EGFR", "++"), ("EGFR", "++"))
    assert observed.filtered == {"duplicate row": 1}


def test_genes_without_copies_are_not_called(tmp_path: Path) -> None:
    text = lines("chromosome start end gene log2", "7 1 9 EGFR,ALK 2.5", "7 11 19 - 2.5")
    observed = read(tmp_path, text)
    assert len(observed.segments) == 2
    assert not observed.alterations


@pytest.mark.parametrize(
    "row", ["S1 7 x 9 1 0.1", "S1 7 9 1 1 0.1", "S1 7 1 9 1 high", "S1 7 . 9 1 0.1"]
)
def test_a_segment_without_a_place_or_a_number_is_unread(tmp_path: Path, row: str) -> None:
    text = lines("ID chrom loc.start loc.end num.mark seg.mean", row)
    [unread] = read(tmp_path, text).unread
    assert unread.remedy


def test_all_missing_columns_are_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read_segments(write(tmp_path, "gene\tcall\nEGFR\t+\n"), SMALL)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("name", "rows", "samples"),
    [
        ("maftools_laml/LAML_CBS_segments.tsv.gz", 6470, 191),
        ("maftools_laml/TCGA.AB.3009.hg19.seg.txt", 818, 1),
        ("cbioportal_study_es_0/study_es_0/data_cna_hg19.seg", 9, 1),
        ("pcgr_coad/T001-COAD.grch37.cna.tsv", 252, 1),
        ("msk_gnomer/seg.tsv", 30240, 500),
    ],
)
def test_real_segments_are_kept(shared_data: Path, name: str, rows: int, samples: int) -> None:
    by_sample = read_segments(shared_data / "patients" / name, SMALL)
    assert (counted(by_sample), len(by_sample)) == (rows, samples)
    assert not any(observed.unread for observed in by_sample.values())
    assert sum(len(observed.segments) for observed in by_sample.values()) == rows


def test_real_annotated_segments_give_calls(shared_data: Path) -> None:
    folder = shared_data / "patients/moalmanac_example/example_data"
    by_sample = read_segments(folder / "example_patient.capture.somatic.seg.annotated", SMALL)
    assert counted(by_sample) == 41643
    observed = by_sample["example_tumor_profile"]
    kept = {change.label for change in observed.alterations if isinstance(change, CopyNumber)}
    assert {"BRAF gain", "CDKN2A heterozygous loss", "SOX10 amplification"} <= kept
    assert {unread.reason for unread in observed.unread} == {"a date, not a gene"}
