"""Whatever is in a file: the readers refuse it, or account for every row of it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_vocabulary import SMALL, counted

from onkos.errors import Unreadable
from onkos.model import Vocabulary
from onkos.sources.patient.copy_number import read_copy_number
from onkos.sources.patient.expression import read_expression
from onkos.sources.patient.fusions import read_fusions
from onkos.sources.patient.maf import read_maf
from onkos.sources.patient.methylation import read_methylation
from onkos.sources.patient.msi import read_msi
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.proteome import read_proteome
from onkos.sources.patient.purity import read_purity
from onkos.sources.patient.segments import read_segments

Reader = Callable[[Path, Vocabulary], dict[str, Observed]]
READERS: dict[str, Reader] = {
    "maf": read_maf,
    "copy number": read_copy_number,
    "segments": read_segments,
    "expression": read_expression,
    "msi": lambda path, _: read_msi(path),
    "purity": lambda path, _: read_purity(path),
    "fusions": read_fusions,
    "methylation": read_methylation,
    "protein": read_proteome,
}

MAF = [
    "Hugo_Symbol", "NCBI_Build", "Chromosome", "Start_Position", "Variant_Classification",
    "Reference_Allele", "Tumor_Seq_Allele2", "Tumor_Sample_Barcode", "HGVSp_Short", "FILTER",
    "t_alt_count", "t_depth", "t_vaf", "gnomAD_AF", "Mutation_Status", "Fusion",
]  # fmt: skip
TABLES = {
    "maf": [MAF],
    "copy number": [["gene", "sample", "call", "copies", "log2"], ["gene", "S1", "S2"]],
    "segments": [
        ["sample", "chrom", "start", "end", "gene", "segment_call", "seg.mean"],
        ["chrom", "start", "end", "cn", "cn1", "cn2", "gene", "log2", "baf"],
        ["chr", "startpos", "endpos", "nMajor", "nMinor", "ploidy", "purity", "cf.em"],
        ["chromosome", "start.pos", "end.pos", "depth.ratio", "CNt", "A", "B"],
    ],
    "expression": [
        ["Name", "TPM"],
        ["Geneid", "Chr", "Start", "End", "Strand", "Length", "a.bam", "b.bam"],
    ],
    "msi": [
        ["Total_Number_of_Sites", "Number_of_Somatic_Sites", "%"],
        ["Average Metric Value (Abbr)", "Value", "Threshold", "Status"],
    ],
    "methylation": [["sample", "gene", "call", "beta"], ["gene", "beta"]],
    "protein": [["gene", "site", "abundance"], ["gene", "value"]],
    "purity": [["purity", "ploidy"], ["cellularity", "ploidy.estimate", "ploidy.mean.cn"]],
    "fusions": [
        ["geneStart", "geneEnd", "phased", "reported"],
        ["GeneNameUp", "GeneNameDown", "ChrUp", "PosUp", "SplitFrags", "Filter"],
        ["FusionName", "JunctionReads", "LeftGene", "RightGene"],
        ["gene1", "gene2", "confidence", "type", "reading_frame", "split_reads1"],
        ["5prime", "3prime"],
        ["Sample_Id", "Site1_Hugo_Symbol", "Site2_Hugo_Symbol", "Event_Info", "Site1_Region"],
        ["Hugo_Symbol", "Fusion", "Frame"],
    ],
}
# What real cells hold, what breaks them, and what nobody expects.
GENES = "BRAF KRAS TERT MET TP53 ALK EML4 EGFR MLL2 OR11H1 3-Sep S1 S2 A(3),B(4) EML4^ENSG1"
CLASSES = "Missense_Mutation Silent Intron 5'Flank Splice_Site Splice_Region Fusion Frame_Shift_Del"
CHANGES = (
    "p.V600E p.V600V p.R213X p.W288fs p.ELREA746del p.776_776G>VC p.M1? X12_splice p.5_6insA "
    "EML4--ALK EML4-ALK A::B -- :: ALK-intragenic"
)
NUMBERS = "0 -1 1 2 -2 1.0 1e9 nan 0.3 45% 7 chrX 140453136 GRCh37 hg19 38 mm10 A T - N NA ."
WORDS = (
    "PASS oxog wga oxog,wga Somatic Germline ++ -- + deletion amplification loss high low "
    "read-through in-frame IGR"
)
CELLS = st.one_of(
    st.sampled_from(" ".join((GENES, CLASSES, CHANGES, NUMBERS, WORDS)).split()),
    st.text(max_size=12),
    st.sampled_from(
        ["", "a\tb", '"', '"a"', "\r", "\x00", "\ud800", "é", "9" * 400, "_1_0", "１２"]
    ),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("broken") / "file.txt"


def survives(reader: Reader, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        by_sample = reader(path, SMALL)
    except Unreadable:
        return
    counted(by_sample)
    for observed in by_sample.values():
        for unread in observed.unread:
            assert unread.reason
            assert len(unread.text) <= 80


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
@example(data=b"\x1f\x8b")
@example(data=b"\x1f\x8b\x08\x00" + b"\x00" * 20)
@example(data=b"\xef\xbb")
@example(data=b"gene\tcall\n\xff\xfe")
def test_random_bytes_are_refused_or_accounted_for(kind: str, data: bytes, path: Path) -> None:
    survives(READERS[kind], path, data)
    survives(READERS[kind], path, gzip.compress(data))
    header = "\t".join(TABLES[kind][0]).encode()
    survives(READERS[kind], path, header + b"\n" + data)


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_mutated_rows_are_refused_or_accounted_for(
    kind: str, data: st.DataObject, path: Path
) -> None:
    header = data.draw(st.sampled_from(TABLES[kind]))
    width = len(header)
    rows = data.draw(
        st.lists(st.lists(CELLS, min_size=max(1, width - 1), max_size=width + 1), max_size=6)
    )
    text = "\n".join("\t".join(row) for row in [header, *rows])
    survives(READERS[kind], path, text.encode(errors="surrogatepass"))


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_cut_or_damaged_gzip_is_refused_or_accounted_for(
    kind: str, data: st.DataObject, path: Path
) -> None:
    header = TABLES[kind][0]
    text = "\n".join(["\t".join(header)] + ["\t".join("x" for _ in header)] * 50)
    packed = bytearray(gzip.compress(text.encode()))
    at = data.draw(st.integers(0, len(packed) - 1))
    if data.draw(st.booleans()):
        del packed[at:]
    else:
        packed[at] ^= data.draw(st.integers(1, 255))
    survives(READERS[kind], path, bytes(packed))
