"""Columns of files of segments, by the tool that writes them.

PURPLE (``purple.cnv.somatic.tsv``), FACETS (``cncf``), ASCAT (``segments.txt``), CNVkit
(``.cns``), Sequenza (``segments.txt``), GATK (``.called.seg``, ``.modelFinal.seg``), the input
of scarHRD, and the ``.seg`` of IGV, DNAcopy and cBioPortal.
"""

from __future__ import annotations

COLUMNS = {
    "sample": ("sample", "ID", "Sample_Id", "SampleID", "Tumor_Sample_Barcode", "name"),
    "chromosome": ("chrom", "Chromosome", "chr", "CONTIG", "segment_contig"),
    "start": (
        "loc.start", "Start", "Start.bp", "START", "segment_start", "Start_position", "startpos",
        "start.pos",
    ),
    "end": (
        "loc.end", "End", "End.bp", "END", "segment_end", "End_position", "endpos", "end.pos",
    ),
    "log2": (
        "seg.mean", "Segment_Mean", "Seg.CN", "MEAN_LOG2_COPY_RATIO", "log2",
        "LOG2_COPY_RATIO_POSTERIOR_50", "cnlr.median",
    ),
    "ratio": ("depth.ratio",),
    "total": ("tcn.em", "copyNumber", "CNt", "total_cn", "cn", "tcn"),
    "minor": ("lcn.em", "minorAlleleCopyNumber", "nMinor", "lcn", "minor_cn"),
    "major": ("majorAlleleCopyNumber", "nMajor", "major_cn"),
    "one": ("A", "A_cn", "cn1"),
    "other": ("B", "B_cn", "cn2"),
    "baf": ("observedBAF", "Bf", "baf", "MINOR_ALLELE_FRACTION_POSTERIOR_50"),
    "sites": ("bafCount",),
    "cells": ("cf.em",),
    "share": ("ccf", "cancer_cell_fraction"),
    "purity": ("purity", "cellularity"),
    "ploidy": ("ploidy",),
    "gene": ("gene", "Hugo_Symbol", "genes"),
    "call": ("segment_call", "CALL", "Segment_Call"),
    "probes": (
        "probes", "num.mark", "Num_Probes", "Num.Markers", "NUM_POINTS_COPY_RATIO", "N.ratio",
        "nprobes",
    ),
    "least": ("LOG2_COPY_RATIO_POSTERIOR_10",),
    "most": ("LOG2_COPY_RATIO_POSTERIOR_90",),
    "sem": ("sem",),
    "weight": ("weight",),
}  # fmt: skip
REQUIRED = (("chromosome",), ("start",), ("end",))
LEVELS = ("log2", "ratio", "total", "minor", "major", "one", "other", "baf")
