"""Fusions are read from the tables of their callers, with order only where it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_vocabulary import SMALL, counted, lines, write

from onkos.errors import Unreadable
from onkos.model import Fusion, Origin
from onkos.sources.patient.fusions import read_fusions
from onkos.sources.patient.observed import Observed

STAR = (
    "#FusionName JunctionReadCount SpanningFragCount LeftGene LeftBreakpoint RightGene "
    "RightBreakpoint"
)
ARRIBA = (
    "#gene1 gene2 breakpoint1 breakpoint2 type split_reads1 split_reads2 discordant_mates "
    "confidence reading_frame"
)
SV = (
    "Sample_Id\tSite1_Hugo_Symbol\tSite1_Region\tSite2_Hugo_Symbol\tSite2_Region\t"
    "Site2_Effect_On_Frame\tEvent_Info\tSV_Status\tTumor_Split_Read_Count\n"
)


def read(folder: Path, text: str, **options: object) -> Observed:
    by_sample = read_fusions(write(folder, text), SMALL, **options)  # type: ignore[arg-type]
    counted(by_sample)
    [observed] = by_sample.values()
    return observed


def test_star_fusion_names_both_ends_in_order(tmp_path: Path) -> None:
    row = "EML4--ALK 10 2 EML4^ENSG1.2 2:42522694:+ ALK^ENSG2.3 2:29446394:-"
    assert read(tmp_path, lines(STAR, row)).alterations == [
        Fusion(five="EML4", three="ALK", reads=12, breakpoints="2:42522694:+ - 2:29446394:-")
    ]


def test_a_name_that_its_breakpoints_deny_opens_nothing(tmp_path: Path) -> None:
    row = "EML4--ALK 10 0 CD2AP^ENSG1 6:47471176:+ C11orf80^ENSG2 11:66563752:+"
    observed = read(tmp_path, lines(STAR, row))
    assert not observed.alterations
    [unread] = observed.unread
    assert "contradicts itself" in unread.reason
    assert (unread.column, unread.line) == ("FusionName", 2)
    swapped = "EML4--ALK 10 0 ALK^ENSG1 2:1:+ EML4^ENSG2 2:2:+"
    assert len(read(tmp_path, lines(STAR, swapped)).unread) == 1


def test_names_that_mean_one_gene_do_not_contradict(tmp_path: Path) -> None:
    row = "MLL2--ALK 10 0 KMT2D^ENSG1 12:1:+ ALK^ENSG2 2:2:+"
    assert [f.label for f in read(tmp_path, lines(STAR, row)).alterations] == ["KMT2D::ALK fusion"]


def test_no_reads_no_fusion(tmp_path: Path) -> None:
    row = "EML4--ALK 0 0 EML4^E1 2:1:+ ALK^E2 2:2:-"
    assert read(tmp_path, lines(STAR, row)).filtered == {"no supporting reads": 1}


def test_an_unknown_partner_stays_unknown(tmp_path: Path) -> None:
    observed = read(tmp_path, lines("FusionGene SplitReads", "--ALK 7", "FGFR2-- 3"))
    assert observed.alterations == [Fusion(three="ALK", reads=7), Fusion(five="FGFR2", reads=3)]


@pytest.mark.parametrize("name", ["EML4", "A-B-C", "--", "EML4--", "::"])
def test_a_name_of_no_two_genes_is_unread_or_half_known(tmp_path: Path, name: str) -> None:
    observed = read(tmp_path, lines("FusionGene SplitReads", f"{name} 7"))
    assert len(observed.unread) == (0 if name == "EML4--" else 1)


def test_a_single_hyphen_has_no_order(tmp_path: Path) -> None:
    [fusion] = read(tmp_path, lines("Fusion_Name reads", "EML4-ALK 7")).alterations
    assert fusion == Fusion(five="EML4", three="ALK", ordered=False, reads=7)


def test_arriba_rows_are_kept_with_frame_and_reads(tmp_path: Path) -> None:
    row = "EML4 ALK 2:1 2:2 inversion 10 5 3 high in-frame"
    assert read(tmp_path, lines(ARRIBA, row)).alterations == [
        Fusion(five="EML4", three="ALK", in_frame=True, reads=18, breakpoints="2:1 - 2:2")
    ]


@pytest.mark.parametrize(
    ("row", "left_out"),
    [
        ("EML4 ALK 2:1 2:2 inversion 10 5 3 low in-frame", "low confidence (Arriba)"),
        (
            "EML4 ALK 2:1 2:2 inversion/5'-5' 10 5 3 high .",
            "like ends joined, no fusion transcript",
        ),
        ("OR11H1 OR2A 2:1 2:2 deletion/read-through 9 9 9 high .", "read-through transcript"),
        ("OR11H1 OR11H1 2:1 2:2 duplication 9 9 9 high .", "both ends in one gene"),
        ("A1(12),B1(3) C1(7),D1(8) 2:1 2:2 deletion 9 9 9 high .", "both ends between genes"),
    ],
)
def test_arriba_rows_that_are_no_fusion_are_counted(
    tmp_path: Path, row: str, left_out: str
) -> None:
    assert read(tmp_path, lines(ARRIBA, row)).filtered == {left_out: 1}


def test_read_through_of_a_known_gene_is_kept_and_flagged(tmp_path: Path) -> None:
    row = "EML4 OR2A 2:1 2:2 deletion/read-through 9 9 9 high out-of-frame"
    [fusion] = read(tmp_path, lines(ARRIBA, row)).alterations
    assert isinstance(fusion, Fusion)
    assert (fusion.filters, fusion.in_frame) == (("read-through",), False)


def test_between_genes_there_is_no_partner(tmp_path: Path) -> None:
    row = "ALK A1(12),B1(3) 2:1 2:2 deletion 9 9 9 medium ."
    [fusion] = read(tmp_path, lines(ARRIBA, row)).alterations
    assert fusion.label == "ALK rearrangement"


def test_a_change_inside_a_known_gene_is_told_not_dropped(tmp_path: Path) -> None:
    [unread] = read(
        tmp_path, lines(ARRIBA, "EGFR EGFR 7:1 7:2 deletion 9 9 9 high in-frame")
    ).unread
    assert "both ends in EGFR" in unread.reason
    assert "exons lost" in unread.remedy


def test_one_fusion_in_many_rows_counts_once(tmp_path: Path) -> None:
    rows = [
        "EML4 ALK 2:1 2:2 inversion 10 5 3 high in-frame",
        "EML4 ALK 2:1 2:9 inversion 4 5 3 high in-frame",
        "EML4 ALK 2:1 2:7 inversion 4 5 3 high out-of-frame",
        "ALK EML4 2:1 2:7 inversion 4 5 3 high in-frame",
    ]
    observed = read(tmp_path, lines(ARRIBA, *rows))
    assert observed.filtered == {"same fusion, another row": 1}
    assert len(observed.alterations) == 3


@pytest.mark.parametrize(
    "text",
    [
        "5prime,3prime\nEML4,ALK\n",
        "5prime\t3prime\nEML4\tALK\n",
        "five_prime_gene,three_prime_gene\nEML4,ALK\n",
        "Gene_1_symbol(5end_fusion_partner)\tGene_2_symbol(3end_fusion_partner)\nEML4\tALK\n",
    ],
)
def test_plain_tables_are_enough(tmp_path: Path, text: str) -> None:
    observed = read(tmp_path, text, origin=Origin.SOMATIC)
    assert observed.alterations == [Fusion(five="EML4", three="ALK", origin=Origin.SOMATIC)]


def test_two_genes_without_ends_have_no_order(tmp_path: Path) -> None:
    [fusion] = read(tmp_path, "gene1,gene2\nALK,EML4\n").alterations
    assert fusion == Fusion(five="ALK", three="EML4", ordered=False)


@pytest.mark.parametrize("text", ["5prime\nEML4\n", "gene1,reads\nA,1\n", "a,b\nEML4,ALK\n"])
def test_half_a_layout_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unreadable):
        read_fusions(write(tmp_path, text), SMALL)


def structural(folder: Path, *cells: str) -> Observed:
    return read(folder, SV + "\t".join(("S1", *cells)) + "\n")


def test_sites_have_no_order_unless_words_tell_it(tmp_path: Path) -> None:
    [fusion] = structural(
        tmp_path, "ALK", "Intron", "EML4", "Intron", " in frame ",
        "Protein fusion: in frame (EML4-ALK)", "SOMATIC", "12",
    ).alterations  # fmt: skip
    assert fusion == Fusion(
        five="EML4", three="ALK", in_frame=True, reads=12, origin=Origin.SOMATIC
    )
    [fusion] = structural(
        tmp_path, "ALK", "Intron", "EML4", "Intron", "NA", "Fusion", "NA", "-1"
    ).alterations
    assert fusion == Fusion(five="ALK", three="EML4", ordered=False)


def test_a_missing_site_may_be_in_the_words(tmp_path: Path) -> None:
    [fusion] = structural(
        tmp_path, "EML4", "Intron", "", "", "NA", "Protein fusion: mid-exon (EML4-ALK)", "NA", "9"
    ).alterations
    assert fusion.label == "EML4::ALK fusion"
    [fusion] = structural(tmp_path, "ALK", "Intron", "", "", "NA", "NA", "NA", "9").alterations
    assert fusion.label == "ALK rearrangement"


def test_the_nearest_gene_is_no_partner(tmp_path: Path) -> None:
    [fusion] = structural(
        tmp_path, "SHBG", "IGR", "TP53", "Intron", "NA", "SHBG-TP53 Fusion", "NA", "9"
    ).alterations
    assert fusion.label == "TP53 rearrangement"


@pytest.mark.parametrize(
    ("event", "left_out"),
    [
        ("Antisense fusion", "antisense fusion"),
        ("Deletion within transcript: mid-exon", "both ends in one gene"),
        ("OR11H1-intragenic", "both ends in one gene"),
    ],
)
def test_structural_variants_that_are_no_fusion_are_counted(
    tmp_path: Path, event: str, left_out: str
) -> None:
    observed = structural(tmp_path, "OR11H1", "Intron", "", "", "NA", event, "NA", "9")
    assert observed.filtered == {left_out: 1}


def test_one_row_per_partner_is_one_fusion(tmp_path: Path) -> None:
    text = (
        "Hugo_Symbol\tTumor_Sample_Barcode\tFusion\tFrame\n"
        "ETV6\tS1\tETV6-PRH1-PRR4 fusion\tunknown\n"
        "PRH1-PRR4\tS1\tETV6-PRH1-PRR4 fusion\tunknown\n"
        "ROS1\tS1\tROS1-SLC34A2 fusion - Archer\tin frame\n"
        "ALK\tS1\tALK-INTERGENIC\t\n"
        "KIT\tS1\tEML4-ALK fusion\t\n"
    )
    observed = read(tmp_path, text)
    assert [(f.label, f.ordered) for f in observed.alterations if isinstance(f, Fusion)] == [
        ("ETV6::PRH1-PRR4 fusion", False),
        ("ROS1::SLC34A2 fusion", False),
        ("ALK rearrangement", False),
    ]
    assert observed.filtered == {"same fusion, another row": 1}
    assert "does not hold the gene" in observed.unread[0].reason


def test_real_star_fusion_leaves_out_the_row_that_contradicts_itself(shared_data: Path) -> None:
    folder = shared_data / "patients/moalmanac_example/example_data"
    by_sample = read_fusions(folder / "example_patient.rna.star.fusions.txt", SMALL)
    assert counted(by_sample) == 178
    [unread] = by_sample[""].unread
    assert (unread.line, unread.text) == (2, "EML4--ALK")
    assert not any("ALK" in fusion.genes for fusion in by_sample[""].alterations
                   if isinstance(fusion, Fusion))  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rows", "kept"),
    [
        ("hcc1395/arriba_fusions.tsv", 181, 60),
        ("msk_gnomer/sv.tsv", 94, 70),
        ("msk_gnomer/genie_fusion.tsv", 55, 20),
        ("pcgr_coad/T001-COAD.grch37.fusions.tsv", 13, 13),
        ("cbioportal_study_es_0/study_es_0/data_structural_variants.txt", 48, 40),
    ],
)
def test_real_tables_are_read_whole(shared_data: Path, name: str, rows: int, kept: int) -> None:
    by_sample = read_fusions(shared_data / "patients" / name, SMALL)
    assert counted(by_sample) == rows
    assert sum(len(observed.alterations) for observed in by_sample.values()) >= kept
