"""Fusions of FusionCatcher, LINX, Isofox and Arriba with frame, reads and what speaks against."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_vocabulary import SMALL, counted, write

from onkos.errors import Unreadable
from onkos.model import Fusion
from onkos.sources.patient.fusions import read_fusions
from onkos.sources.patient.kinds import kind_of
from onkos.sources.patient.observed import Observed

CATCHER = (
    "Gene_1_symbol(5end_fusion_partner)\tGene_2_symbol(3end_fusion_partner)\tFusion_description\t"
    "Counts_of_common_mapping_reads\tSpanning_pairs\tSpanning_unique_reads\t"
    "Longest_anchor_found\tFusion_finding_method\tFusion_point_for_gene_1(5end_fusion_partner)\t"
    "Fusion_point_for_gene_2(3end_fusion_partner)\tPredicted_effect"
)
LINX = "name\treported\treportedType\tphased\tgeneStart\tgeneContextStart\tgeneEnd\tgeneContextEnd"
ISOFOX = (
    "FusionId\tValid\tChrUp\tPosUp\tGeneNameUp\tChrDown\tPosDown\tGeneNameDown\tSVType\t"
    "SplitFrags\tRealignedFrags\tDiscordantFrags\tFilter\tKnownFusionType"
)
ARRIBA = (
    "gene1\tgene2\ttype\tsplit_reads1\tsplit_reads2\tdiscordant_mates\tconfidence\treading_frame"
)


def read(folder: Path, header: str, *rows: str) -> Observed:
    path = write(folder, "\n".join((header, *rows)) + "\n")
    assert kind_of(path)[0] == "fusions"
    by_sample = read_fusions(path, SMALL)
    counted(by_sample)
    [observed] = by_sample.values()
    return observed


def only(observed: Observed) -> Fusion:
    [fusion] = observed.alterations
    assert isinstance(fusion, Fusion)
    return fusion


def test_fusioncatcher(tmp_path: Path) -> None:
    row = "EML4\tALK\tknown,oncogene\t0\t5\t12\t40\tBOWTIE\t2:42522694:+\t2:29446394:-\tin-frame"
    fusion = only(read(tmp_path, CATCHER, row))
    assert (fusion.label, fusion.in_frame, fusion.reads) == ("EML4::ALK fusion", True, 17)
    assert fusion.breakpoints == "2:42522694:+ - 2:29446394:-"
    assert not fusion.filters


def test_fusioncatcher_labels_of_false_positives_are_kept_or_count(tmp_path: Path) -> None:
    kept = "X1\tALK\tbanned,known\t0\t5\t12\t40\tBOWTIE\t.\t.\tout-of-frame"
    left = "X1\tX2\treadthrough\t0\t5\t12\t40\tBOWTIE\t.\t.\tin-frame"
    observed = read(tmp_path, CATCHER, kept, left)
    assert (only(observed).filters, only(observed).in_frame) == (("banned",), False)
    assert observed.filtered == {"likely false (FusionCatcher)": 1}


def test_linx_reports_or_not(tmp_path: Path) -> None:
    observed = read(
        tmp_path,
        LINX,
        "EML4_ALK\ttrue\tKNOWN_PAIR\tINFRAME\tEML4\tExon 6\tALK\tExon 20",
        "X1_X2\tfalse\tNONE\tINFRAME\tX1\tExon 1\tX2\tExon 2",
    )
    assert (only(observed).in_frame, only(observed).breakpoints) == (True, "Exon 6 - Exon 20")
    assert observed.filtered == {"fusion that LINX does not report": 1}


def test_linx_skipped_exons_leave_the_frame_open(tmp_path: Path) -> None:
    row = "EML4_ALK\ttrue\tKNOWN_PAIR\tSKIPPED_EXONS\tEML4\tExon 6\tALK\tExon 20"
    assert only(read(tmp_path, LINX, row)).in_frame is None


def test_structural_variants_of_linx_are_not_its_fusions(tmp_path: Path) -> None:
    path = write(tmp_path, "vcfIdStart\tgeneStart\tgeneEnd\n1\tEML4\tALK\n")
    assert kind_of(path)[0] == ""
    with pytest.raises(Unreadable, match=r"linx\.fusion"):
        read_fusions(path, SMALL)


def test_isofox(tmp_path: Path) -> None:
    observed = read(
        tmp_path,
        ISOFOX,
        "1\ttrue\t2\t42522694\tEML4\t2\t29446394\tALK\tINV\t9\t2\t4\tPASS\tKNOWN_PAIR",
        "2\ttrue\t2\t1\tX1\t3\t2\tX2\tBND\t1\t0\t0\tMIN_SUPPORT\tNONE",
    )
    fusion = only(observed)
    assert (fusion.reads, fusion.breakpoints) == (15, "2:42522694 - 2:29446394")
    assert observed.filtered == {"filtered by the caller": 1}


def test_arriba_confidence_is_kept(tmp_path: Path) -> None:
    row = "EML4\tALK\tinversion\t3\t2\t1\t{}\tin-frame"
    assert only(read(tmp_path, ARRIBA, row.format("medium"))).filters == ("medium confidence",)
    assert only(read(tmp_path, ARRIBA, row.format("high"))).filters == ()
    assert read(tmp_path, ARRIBA, row.format("low")).filtered == {"low confidence (Arriba)": 1}


@pytest.mark.parametrize("reads", ["inf", "-4", "1.5", "many"])
def test_reads_that_cannot_be_make_the_row_unread(tmp_path: Path, reads: str) -> None:
    row = f"EML4\tALK\tinversion\t{reads}\t2\t1\thigh\tin-frame"
    assert len(read(tmp_path, ARRIBA, row).unread) == 1


def test_the_run_s_own_files(shared_data: Path) -> None:
    folder = shared_data / "patients/hmftools_colo829/test_run"
    linx = folder / "linx/tumor_sample.linx.fusion.tsv"
    assert kind_of(linx)[0] == "fusions"
    assert counted(read_fusions(linx, SMALL)) == 12
    isofox = folder / "isofox/tumor_sample.isf.pass_fusions.tsv"
    assert kind_of(isofox)[0] == "fusions"
    assert counted(read_fusions(isofox, SMALL)) == 0
