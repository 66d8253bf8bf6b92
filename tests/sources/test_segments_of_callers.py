"""Segments of each caller by its own columns; miniatures made from the callers' headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_vocabulary import SMALL, counted, lines, write

from onkos.model import CopyCall, CopyNumber
from onkos.sources.patient.kinds import kind_of
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.segments import read_segments

PURPLE = (
    "chromosome start end copyNumber bafCount observedBAF baf segmentStartSupport "
    "segmentEndSupport method depthWindowCount gcContent minStart maxStart "
    "minorAlleleCopyNumber majorAlleleCopyNumber"
)
FACETS = (
    "chrom seg num.mark nhet cnlr.median mafR segclust cnlr.median.clust mafR.clust start end "
    "cf.em tcn.em lcn.em"
)
ASCAT = "sample chr startpos endpos nMajor nMinor"
CNVKIT = "chromosome start end gene log2 baf cn cn1 cn2 depth probes weight"
SEQUENZA = "chromosome start.pos end.pos Bf N.BAF sd.BAF depth.ratio N.ratio sd.ratio CNt A B LPP"
GATK = (
    "CONTIG START END NUM_POINTS_COPY_RATIO NUM_POINTS_ALLELE_FRACTION "
    "LOG2_COPY_RATIO_POSTERIOR_10 LOG2_COPY_RATIO_POSTERIOR_50 LOG2_COPY_RATIO_POSTERIOR_90 "
    "MINOR_ALLELE_FRACTION_POSTERIOR_10 MINOR_ALLELE_FRACTION_POSTERIOR_50 "
    "MINOR_ALLELE_FRACTION_POSTERIOR_90"
)
SCARHRD = "SampleID Chromosome Start_position End_position total_cn A_cn B_cn ploidy"


def read(folder: Path, *rows: str, amplified_from: float | None = None) -> Observed:
    path = write(folder, lines(*rows))
    assert kind_of(path) == ("segments", "its columns")
    by_sample = read_segments(path, SMALL, amplified_from=amplified_from)
    counted(by_sample)
    [observed] = by_sample.values()
    return observed


@pytest.mark.parametrize(
    ("header", "row", "start", "total", "minor"),
    [
        (
            PURPLE,
            "7 101 200 2.81 36 0.71 0.72 TELOMERE BND BAF 77 0.4 1 1 0.81 2.00",
            101,
            2.81,
            0.81,
        ),
        (FACETS, "7 1 100 20 0.1 0.2 3 0.1 0.2 101 200 0.5 3 1", 101, 3, 1),
        (ASCAT, "S1 chr7 101 200 3 1", 101, 4, 1),
        (CNVKIT, "chr7 100 200 - 0.58 0.6 3 2 1 100 12 9.5", 101, 3, 1),
        (SEQUENZA, "chr7 101 200 0.33 10 0.1 1.5 100 0.1 3 2 1 -5", 101, 3, 1),
        (SCARHRD, "S1 chr7 101 200 5 0 5 3.7", 101, 5, 0),
    ],
)
def test_copies_of_each_caller(
    tmp_path: Path, header: str, row: str, start: int, total: float, minor: float
) -> None:
    [segment] = read(tmp_path, header, row).segments
    assert (segment.chromosome, segment.start, segment.end) == ("7", start, 200)
    assert (segment.total, segment.minor) == (total, minor)


def test_gatk_gives_ratio_and_minor_fraction_no_copies(tmp_path: Path) -> None:
    [segment] = read(tmp_path, GATK, "chr7 101 200 50 9 0.4 0.5 0.6 0.3 0.35 0.4").segments
    assert (segment.total, segment.log2, segment.baf) == (None, 0.5, 0.35)


def test_facets_minor_copies_may_be_unknown_and_23_is_x(tmp_path: Path) -> None:
    [segment] = read(tmp_path, FACETS, "23 1 100 20 0.1 0.2 3 0.1 0.2 101 200 0.5 3 NA").segments
    assert (segment.chromosome, segment.total, segment.minor) == ("X", 3, None)


def test_facets_share_is_of_cancer_cells_where_purity_is_told(tmp_path: Path) -> None:
    row = "7 1 100 20 0.1 0.2 3 0.1 0.2 101 200 0.3 3 1"
    path = write(tmp_path, "# Purity = 0.6\n# Ploidy = 2.1\n" + lines(FACETS, row))
    [observed] = read_segments(path, SMALL).values()
    assert observed.quality == {"purity": 0.6, "ploidy": 2.1}
    assert observed.segments[0].share == pytest.approx(0.5)
    assert read(tmp_path, FACETS, row).segments[0].share is None


def test_ploidy_of_a_column_is_of_the_sample(tmp_path: Path) -> None:
    observed = read(tmp_path, SCARHRD, "S1 chr7 101 200 5 0 5 3.7", "S1 chr8 1 9 2 1 1 3.7")
    assert observed.quality == {"ploidy": 3.7}


def test_cnvkit_genes_are_called_from_its_copies(tmp_path: Path) -> None:
    observed = read(
        tmp_path,
        CNVKIT,
        "chr9 0 200 CDKN2A,MTAP -3 . 0 0 0 100 12 9.5",
        "chr7 0 200 EGFR,Antitarget,- 3 . 12 11 1 100 12 9.5",
        "chr17 0 100 TP53 -1 . 1 1 0 100 12 9.5",
        "chr17 100 200 TP53 0 . 2 1 1 100 12 9.5",
        "chrX 0 200 AR -1 . 1 1 0 100 12 9.5",
    )
    assert observed.alterations == [
        CopyNumber(gene="CDKN2A", call=CopyCall.DELETION, copies=0, log2=-3)
    ]
    told = " ".join(observed.notices)
    assert "EGFR" in told
    assert "amplified_from" in told
    assert "end within TP53" in told
    assert "AR: on X or Y" in told
    assert [s.start for s in observed.segments if s.chromosome == "17"] == [1, 101]


def test_one_copy_by_cnvkit_or_none_of_one_bin_is_no_loss(tmp_path: Path) -> None:
    """``cn`` is a rounded count of the sample as a whole: at 30 % both copies may be gone."""
    observed = read(
        tmp_path, CNVKIT,
        "chr9 0 200 CDKN2A -0.5 . 1 1 0 100 12 9.5", "chr17 0 200 TP53 -3 . 0 0 0 100 1 0.4",
    )  # fmt: skip
    assert not observed.alterations
    told = " ".join(observed.notices)
    assert "CDKN2A, TP53: under 2 copies by rounding over the sample" in told
    assert "cn of CNVkit counts the copies of the sample as a whole" in told
    assert all(s.rounded for s in observed.segments)


@pytest.mark.parametrize(
    ("header", "row", "probes", "error"),
    [
        (CNVKIT, "chr7 100 200 - 0.58 0.6 3 2 1 100 12 9.5", 12, None),
        (SEQUENZA, "chr7 101 200 0.33 10 0.1 1.5 100 0.1 3 2 1 -5", 100, None),
        (GATK, "chr7 101 200 50 9 0.4 0.5 0.6 0.3 0.35 0.4", 50, pytest.approx(0.078, abs=1e-3)),
        (FACETS, "7 1 100 20 0.1 0.2 3 0.1 0.2 101 200 0.5 3 1", 100, None),
    ],
)
def test_evidence_of_a_segment(tmp_path: Path, header: str, row: str, probes: int, error: float):
    [segment] = read(tmp_path, header, row).segments
    assert (segment.probes, segment.error) == (probes, error)


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        (ASCAT, "S1 7 1 101 1e308 1", "more copies than can be"),
        (ASCAT, "S1 7 1 101 3 -1", "fewer than no copies"),
        (SEQUENZA, "7 1 200 0.33 10 0.1 1e9 100 0.1 3 2 1 -5", "a ratio that cannot be"),
        (GATK, "chr7 101 200 50 9 0.4 900 0.6 0.3 0.35 0.4", "a ratio that cannot be"),
        (SCARHRD, "S1 chr7 101 200 5 0 5 1e308", "a ploidy that cannot be"),
    ],
)
def test_numbers_that_cannot_be_are_unread(tmp_path: Path, header: str, row: str, reason: str):
    observed = read(tmp_path, header, row)
    assert not observed.segments
    [unread] = observed.unread
    assert reason in unread.reason
    assert unread.column


def test_a_share_of_all_cells_waits_for_the_tumour_content(tmp_path: Path) -> None:
    [segment] = read(tmp_path, FACETS, "9 1 9 20 0.1 0.2 3 0.1 0.2 101 200 0.2 0 0").segments
    assert (segment.share, segment.cells) == (None, 0.2)
    assert segment.of_cancer_cells(0.6).share == pytest.approx(1 / 3)
    assert segment.of_cancer_cells(None).unsettled
    [segment] = read(tmp_path, FACETS, "9 1 9 20 0.1 0.2 3 0.1 0.2 101 200 NA 0 NA").segments
    assert segment.unsettled


def test_cnvkit_genes_amplify_by_the_laboratory_s_threshold(tmp_path: Path) -> None:
    rows = (CNVKIT, "7 0 9 EGFR 3 . 12 11 1 99 12 9", "7 9 19 BRAF 1 . 4 3 1 99 12 9")
    observed = read(tmp_path, *rows, amplified_from=8)
    calls = {a.gene: a.call for a in observed.alterations if isinstance(a, CopyNumber)}
    assert calls == {"EGFR": CopyCall.AMPLIFICATION, "BRAF": CopyCall.GAIN}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("S1 7 200 101 3 1", "ends before it starts"),
        ("S1 7 0 101 3 1", "position 0"),
        ("S1 7 -5 101 3 1", "not a count"),
        ("S1 99 1 101 3 1", "not a human chromosome"),
        ("S1 7 1 101 -3 1", "fewer than no copies"),
        ("S1 7 1 101 3 inf", "not a number"),
        ("S1 7 1 101 1 3", "3.0 of 4.0"),
        ("S1 7 . 101 3 1", "no start and end"),
    ],
)
def test_a_segment_that_cannot_be_is_unread_and_says_why(
    tmp_path: Path, row: str, reason: str
) -> None:
    [unread] = read(tmp_path, ASCAT, row).unread
    assert reason in unread.reason


@pytest.mark.parametrize("contig", ["chrUn_KI270742v1", "GL000191.1", "chrM", "MT", "hs37d5"])
def test_other_sequences_are_counted(tmp_path: Path, contig: str) -> None:
    observed = read(tmp_path, ASCAT, f"S1 {contig} 1 101 3 1")
    assert observed.filtered == {"outside chromosomes 1 to 22, X and Y": 1}


def test_missing_levels_are_counted_nan_never_copies(tmp_path: Path) -> None:
    observed = read(tmp_path, ASCAT, "S1 7 1 101 NaN NA")
    assert observed.filtered == {"segment without copies, ratio or allele fraction": 1}


def test_fitted_copies_just_under_none_are_none_and_it_is_said(tmp_path: Path) -> None:
    row = "7 101 200 -0.02 0 0.0 1.0 DEL DEL SV 0 0.0 1 1 -0.01 -0.01"
    observed = read(tmp_path, PURPLE, row)
    assert (observed.segments[0].total, observed.segments[0].baf) == (0, None)
    assert observed.notices == ["2 fitted copies just under 0 were read as 0"]


def test_overlaps_and_off_by_one_are_told(tmp_path: Path) -> None:
    observed = read(tmp_path, ASCAT, "S1 7 1 100 1 1", "S1 7 100 200 2 1", "S1 7 150 300 2 2")
    assert "1 segments overlap" in observed.notices[0]
    assert "may count from 0" in observed.notices[1]


def test_the_end_of_chromosome_1_tells_the_assembly(tmp_path: Path) -> None:
    observed = read(tmp_path, ASCAT, "S1 1 1 248956422 1 1", "S1 2 1 100 1 1")
    assert {segment.assembly for segment in observed.segments} == {"GRCh38"}
    told = read_segments(
        write(tmp_path, lines(ASCAT, "S1 1 1 248956422 1 1")), SMALL, assembly="GRCh37"
    )
    assert "said to be of GRCh37 and end as in GRCh38" in told["S1"].notices[0]


def test_purple_run_of_colo829(shared_data: Path) -> None:
    """222 segments, as its own qc file counts; 221 adjoin; in GRCh37."""
    folder = shared_data / "patients/hmftools_colo829/test_run/purple"
    [observed] = read_segments(folder / "tumor_sample.purple.cnv.somatic.tsv", SMALL).values()
    assert (len(observed.segments), observed.rows, observed.unread) == (222, 222, [])
    assert {segment.assembly for segment in observed.segments} == {"GRCh37"}
    mean = sum(s.length * (s.total or 0) for s in observed.segments) / sum(
        s.length for s in observed.segments
    )
    assert mean == pytest.approx(3.1, abs=0.1)


def test_scarhrd_example(shared_data: Path) -> None:
    """Its 167th row, at the end of chromosome 4, ends before it starts."""
    path = shared_data / "patients/hrd_scarhrd/test2.txt"
    observed = read_segments(path, SMALL)["SamplePatient1"]
    assert (len(observed.segments), observed.quality) == (222, {"ploidy": 3.7})
    assert [unread.line for unread in observed.unread] == [168]
    assert (observed.segments[0].total, observed.segments[0].minor) == (5, 0)
