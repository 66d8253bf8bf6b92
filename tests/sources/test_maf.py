"""A MAF of any dialect is read row by row, and every row is accounted for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from small_vocabulary import SMALL, counted, lines, write

from onkos.errors import Unreadable
from onkos.model import Consequence, Fusion, Origin, SmallVariant, Vocabulary
from onkos.sources.patient.maf import read_maf
from onkos.sources.patient.maf_words import POPULATION
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.symbols import Symbols

HEADER = (
    "Hugo_Symbol NCBI_Build Chromosome Start_Position Variant_Classification Reference_Allele "
    "Tumor_Seq_Allele2 Tumor_Sample_Barcode HGVSp_Short FILTER t_alt_count t_depth"
)
V600E = "BRAF GRCh37 7 140453136 Missense_Mutation A T S1 p.V600E PASS 30 100"


def read(folder: Path, *rows: str, header: str = HEADER, **options: object) -> Observed:
    by_sample = read_maf(write(folder, lines(header, *rows)), SMALL, **options)  # type: ignore[arg-type]
    assert counted(by_sample) == len(rows)
    [observed] = by_sample.values()
    return observed


def one(folder: Path, row: str, header: str = HEADER, **options: object) -> SmallVariant:
    observed = read(folder, row, header=header, **options)
    assert not observed.unread
    [variant] = observed.alterations
    assert isinstance(variant, SmallVariant)
    return variant


def row(**cells: str) -> str:
    """The row of BRAF V600E with other cells."""
    named = dict(zip(HEADER.split(), V600E.split(), strict=True)) | cells
    return " ".join(named.values())


def test_a_row_becomes_a_variant(tmp_path: Path) -> None:
    assert one(tmp_path, V600E) == SmallVariant(
        gene="BRAF", protein="V600E", consequence=Consequence.MISSENSE, first=600, last=600,
        assembly="GRCh37", chromosome="7", position=140453136, reference="A", alternate="T",
        alt_reads=30, depth=100, vaf=0.3,
    )  # fmt: skip


DIALECTS = {
    "Oncotator": (
        "Hugo_Symbol NCBI_Build Chromosome Start_position Variant_Classification "
        "Reference_Allele Tumor_Seq_Allele1 Tumor_Seq_Allele2 Tumor_Sample_Barcode "
        "Protein_Change t_alt_count t_ref_count i_tumor_f",
        "BRAF 37 chr7 140453136 Missense_Mutation A A T S1 p.V600E 30 70 0.31",
    ),
    "alternate first": (
        "Hugo_Symbol NCBI_Build Chromosome Start_position Variant_Classification "
        "Reference_Allele Tumor_Seq_Allele1 Tumor_Seq_Allele2 Tumor_Sample_Barcode "
        "Protein_Change t_alt_count t_ref_count",
        "BRAF b37 7 140453136 Missense_Mutation A T A S1 p.V600E 30 70",
    ),
    "cBioPortal API": (
        "hugoGeneSymbol ncbiBuild chr startPosition mutationType referenceAllele variantAllele "
        "sampleId proteinChange tumorAltCount tumorRefCount mutationStatus",
        "BRAF hg19 7 140453136 Missense_Mutation A T S1 V600E 30 70 NA",
    ),
    "long protein": (
        "Hugo_Symbol NCBI_Build Chromosome Start_Position Consequence Reference_Allele "
        "Tumor_Seq_Allele2 Tumor_Sample_Barcode HGVSp_Short HGVSp t_alt_count t_depth",
        "BRAF GRCh37 7 140453136 missense_variant&splice_region_variant A T S1 . "
        "ENSP00000288602.6:p.Val600Glu 30 100.0",
    ),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_all_dialects_say_the_same(tmp_path: Path, dialect: str) -> None:
    header, written = DIALECTS[dialect]
    assert one(tmp_path, written, header) == one(tmp_path, V600E)


def test_percentages_become_fractions(tmp_path: Path) -> None:
    header = "Hugo_Symbol Protein_Change i_TumorVAF_WU"
    assert one(tmp_path, "BRAF p.V600E 45.5", header).vaf == pytest.approx(0.455)
    header = "Hugo_Symbol Protein_Change t_vaf"
    assert one(tmp_path, "BRAF p.V600E 45.5%", header).vaf == pytest.approx(0.455)
    assert one(tmp_path, "BRAF p.V600E 0.455", header).vaf == pytest.approx(0.455)


def test_aliases_become_symbols_and_are_told(tmp_path: Path) -> None:
    observed = read(tmp_path, row(Hugo_Symbol="MLL2", HGVSp_Short="p.R5097*", Chromosome="chr12",
                                  Variant_Classification="Nonsense_Mutation"))  # fmt: skip
    assert [variant.label for variant in observed.alterations] == ["KMT2D R5097*"]
    assert observed.notices == ["gene MLL2 read as KMT2D"]


def test_an_alias_on_another_chromosome_is_another_gene(tmp_path: Path) -> None:
    observed = read(tmp_path, row(Hugo_Symbol="ALR", Chromosome="16"))
    assert [variant.label for variant in observed.alterations] == ["ALR V600E"]
    assert not observed.notices


def test_a_gene_that_onkos_does_not_know_is_an_alteration_all_the_same(tmp_path: Path) -> None:
    assert one(tmp_path, row(Hugo_Symbol="OR11H1", HGVSp_Short="p.V89A")).gene == "OR11H1"


@pytest.mark.parametrize("name", ["3-Sep", "Mar-01", "44256", ".", "Unknown", "A,B"])
def test_what_is_no_gene_is_unread(tmp_path: Path, name: str) -> None:
    [unread] = read(tmp_path, row(Hugo_Symbol=name)).unread
    assert unread.column == "Hugo_Symbol"
    assert unread.line == 2
    assert unread.remedy


CLASSES = [
    ("Silent", "BRAF", "p.V600V", None, "synonymous"),
    ("Intron", "BRAF", ".", None, "intronic"),
    ("RNA", "BRAF", ".", None, "non-coding RNA"),
    ("3'UTR", "BRAF", ".", None, "untranslated region"),
    ("5'UTR", "BRAF", "p.*31*", None, "untranslated region"),
    ("IGR", "Unknown", ".", None, "between genes"),
    ("5'Flank", "BRAF", ".", None, "upstream of a gene"),
    ("3'Flank", "TERT", ".", None, "downstream of a gene"),
    ("De_novo_Start_OutOfFrame", "BRAF", ".", None, "new start in the untranslated region"),
    ("5'Flank", "TERT", ".", Consequence.PROMOTER, ""),
    ("Intron", "MET", ".", Consequence.INTRONIC, ""),
    ("Splice_Region", "MET", "p.X1010_splice", Consequence.SPLICE_REGION, ""),
    ("Splice_Region", "TP53", "p.T125=", Consequence.SPLICE_REGION, ""),
    ("Splice_Region", "OR11H1", ".", None, "splice region in a gene without knowledge"),
    ("Splice_Site", "TP53", "p.T125T", Consequence.SPLICE_REGION, ""),
    ("Splice_Site", "TP53", "p.X125_splice", Consequence.SPLICE, ""),
    ("Splice_Site", "OR11H1", ".", Consequence.SPLICE, ""),
    ("Splice_Site", "TP53", "p.T125R", Consequence.MISSENSE, ""),
    ("Frame_Shift_Del", "TP53", "p.E5*", Consequence.NONSENSE, ""),
    ("Frame_Shift_Ins", "TP53", ".", Consequence.FRAMESHIFT, ""),
    ("Nonsense_Mutation", "TP53", "p.R213*", Consequence.NONSENSE, ""),
    ("Nonstop_Mutation", "TP53", "p.*394Q", Consequence.STOP_LOST, ""),
    ("Translation_Start_Site", "TP53", "p.M1?", Consequence.START_LOST, ""),
    ("Start_Codon_Del", "TP53", ".", Consequence.START_LOST, ""),
    ("In_Frame_Del", "EGFR", "p.ELREA746del", Consequence.INFRAME_DELETION, ""),
    ("In_Frame_Ins", "EGFR", "p.D770_N771insSVD", Consequence.INFRAME_INSERTION, ""),
    ("Targeted_Region", "TP53", ".", Consequence.UNKNOWN, ""),
    ("stop_gained", "TP53", ".", Consequence.NONSENSE, ""),
    ("never_heard_of", "TP53", "p.R175H", Consequence.MISSENSE, ""),
    ("Intron", "TP53", "p.I28Rfs*17", Consequence.FRAMESHIFT, ""),
]


@pytest.mark.parametrize(("word", "gene", "protein", "kind", "left_out"), CLASSES)
def test_classes_are_kept_or_left_out_by_reason(
    tmp_path: Path, word: str, gene: str, protein: str, kind: Consequence | None, left_out: str
) -> None:
    observed = read(
        tmp_path, row(Variant_Classification=word, Hugo_Symbol=gene, HGVSp_Short=protein)
    )
    assert not observed.unread
    if kind is None:
        assert observed.filtered == {left_out: 1}
    else:
        [variant] = observed.alterations
        assert isinstance(variant, SmallVariant)
        assert variant.consequence is kind


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"HGVSp_Short": "p.R213X"}, "HGVSp_Short"),
        ({"HGVSp_Short": "p.V600ish"}, "HGVSp_Short"),
        ({"Variant_Classification": "Silent"}, "HGVSp_Short"),
        ({"Variant_Classification": "Nonsense_Mutation"}, "HGVSp_Short"),
        ({"Variant_Classification": "what", "HGVSp_Short": "."}, "Variant_Classification"),
        ({"Start_Position": "here"}, "Start_Position"),
        ({"Start_Position": "0"}, "Start_Position"),
        ({"Start_Position": "999999999"}, "Start_Position"),
        ({"t_alt_count": "101"}, "t_alt_count"),
        ({"t_alt_count": "-1"}, "t_alt_count"),
        ({"t_alt_count": "many"}, "t_alt_count"),
        ({"Reference_Allele": "T"}, "Tumor_Seq_Allele2"),
        ({"Reference_Allele": "B"}, "Reference_Allele"),
        ({"NCBI_Build": "mm10"}, "NCBI_Build"),
    ],
)
def test_an_impossible_row_is_unread_with_reason_and_remedy(
    tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    observed = read(tmp_path, row(**cells), V600E)
    [unread] = observed.unread
    assert (unread.column, unread.line, unread.source) == (column, 2, "file.txt")
    assert unread.reason
    assert unread.remedy
    assert len(observed.alterations) == 1


def test_an_impossible_fraction_is_unread(tmp_path: Path) -> None:
    header = "Hugo_Symbol HGVSp_Short t_vaf gnomAD_AF"
    for cells in ("1.2 .", "-0.1 .", "half .", "0.1 2", "0.1 rare"):
        assert len(read(tmp_path, f"BRAF p.V600E {cells}", header=header).unread) == 1


def test_filters_leave_out_and_are_counted(tmp_path: Path) -> None:
    observed = read(
        tmp_path,
        *(row(Hugo_Symbol="OR11H1", HGVSp_Short="p.V89A", FILTER=word, Tumor_Seq_Allele2=base)
          for word, base in [("PASS", "G"), (".", "T"), ("oxog", "C"), ("wga,oxog", "C"),
                             ("common_in_exac;StrandBias", "C"), ("wga", "C")]),
    )  # fmt: skip
    assert observed.filtered == {
        "caller filter: oxog": 2,
        "caller filter: StrandBias, common_in_exac": 1,
    }
    assert [variant.filters for variant in observed.alterations] == [(), (), ("wga",)]  # type: ignore[union-attr]


def test_amplified_dna_is_kept_and_flagged(tmp_path: Path) -> None:
    """MC3 marks whole-genome amplified samples and analyses them (Ellrott 2018)."""
    variant = one(tmp_path, row(Hugo_Symbol="OR11H1", FILTER="native_wga_mix,wga"))
    assert variant.filters == ("native_wga_mix", "wga")


def test_a_hotspot_is_kept_and_flagged_whatever_the_filter(tmp_path: Path) -> None:
    assert one(tmp_path, row(FILTER="oxog,wga")).filters == ("oxog", "wga")
    observed = read(tmp_path, row(HGVSp_Short="p.V600R", FILTER="oxog"))
    assert observed.filtered == {"caller filter: oxog": 1}
    never = read(tmp_path, row(FILTER="oxog"), hotspot=lambda gene, change: False)
    assert never.filtered == {"caller filter: oxog": 1}


def test_status_tells_the_origin_where_it_does(tmp_path: Path) -> None:
    header = "Hugo_Symbol HGVSp_Short Mutation_Status"
    assert one(tmp_path, "BRAF p.V600E SOMATIC", header).origin is Origin.SOMATIC
    assert one(tmp_path, "BRAF p.V600E Germline", header).origin is Origin.GERMLINE
    assert one(tmp_path, "BRAF p.V600E Unknown", header).origin is Origin.UNKNOWN
    stated = one(tmp_path, "BRAF p.V600E .", header, origin=Origin.GERMLINE)
    assert stated.origin is Origin.GERMLINE
    assert read(tmp_path, "BRAF p.V600E Wildtype", header=header).filtered.total() == 1


def test_two_assemblies_in_one_file_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, lines(HEADER, V600E, row(NCBI_Build="hg19"), row(NCBI_Build="38")))
    with pytest.raises(Unreadable, match=r"GRCh37 \(from line 2\) and GRCh38 \(from line 4\)"):
        read_maf(path, SMALL)


def test_names_of_one_assembly_are_one(tmp_path: Path) -> None:
    builds = ("37", "hg19", "GRCh37", "b37", "GRCh37-lite")
    observed = read(tmp_path, *(row(NCBI_Build=build) for build in builds))
    assert {variant.assembly for variant in observed.alterations} == {"GRCh37"}  # type: ignore[union-attr]


def test_the_same_change_twice_counts_once(tmp_path: Path) -> None:
    observed = read(tmp_path, V600E, row(t_alt_count="31"), row(Hugo_Symbol="OTHER"))
    assert observed.filtered == {"duplicate row": 1}
    assert len(observed.alterations) == 2
    by_sample = read_maf(
        write(tmp_path, lines(HEADER, V600E, row(Tumor_Sample_Barcode="S2"))), SMALL
    )
    assert [len(observed.alterations) for observed in by_sample.values()] == [1, 1]


def test_the_highest_population_frequency_counts(tmp_path: Path) -> None:
    header = "Hugo_Symbol HGVSp_Short gnomAD_AF gnomADe_NFE_AF ExAC_AF AF"
    assert one(tmp_path, "BRAF p.V600E 0.01 0.02&0.03 . 0.9", header).population_af == 0.03
    assert one(tmp_path, "BRAF p.V600E . . . 0.9", header).population_af is None


def test_columns_of_population_frequency_are_told_from_others() -> None:
    yes = (
        "gnomAD_AF gnomADe_AF gnomADg_AFR_AF gnomAD_exome_ALL ExAC_AF ExAC_AF_Adj ExAC_ALL MAX_AF "
        "1000g2015aug_all"
    )
    no = "AF t_AF ExAC_FILTER n_AF gnomAD_filter ExAC_AC_AN_Adj tumor_f"
    assert all(POPULATION.match(name) for name in yes.split())
    assert not any(POPULATION.match(name) for name in no.split())


def test_transcript_coding_and_exon_are_taken_over(tmp_path: Path) -> None:
    header = "Hugo_Symbol HGVSp_Short HGVSc Transcript_ID Exon_Number"
    variant = one(
        tmp_path, "BRAF p.V600E ENST00000288602.6:c.1799T>A ENST00000288602 15/18", header
    )
    told = (variant.coding, variant.transcript, variant.exon)
    assert told == ("c.1799T>A", "ENST00000288602", "15")


def test_far_upstream_is_no_promoter(tmp_path: Path) -> None:
    header = "Hugo_Symbol Variant_Classification Chromosome Start_Position DISTANCE"
    near = one(tmp_path, "TERT 5'Flank 5 1295228 66", header)
    assert near.consequence is Consequence.PROMOTER
    far = read(tmp_path, "TERT 5'Flank 5 1299228 4066", header=header)
    assert far.filtered == {"upstream of a gene": 1}


def test_without_protein_changes_the_user_is_told(tmp_path: Path) -> None:
    header = "Hugo_Symbol Variant_Classification Chromosome Start_Position"
    observed = read(tmp_path, "BRAF Missense_Mutation 7 140453136", header=header)
    assert len(observed.alterations) == 1
    assert "no column of protein changes" in observed.notices[0]


def test_a_fusion_among_mutations_is_a_fusion(tmp_path: Path) -> None:
    observed = read(
        tmp_path,
        row(Hugo_Symbol="ALK", Variant_Classification="Fusion", HGVSp_Short="EML4-ALK"),
        row(Hugo_Symbol="EML4", Variant_Classification="Fusion", HGVSp_Short="EML4-ALK"),
        row(Hugo_Symbol="ALK", Variant_Classification="Fusion", HGVSp_Short="ALK-intragenic"),
    )
    assert observed.alterations == [Fusion(five="EML4", three="ALK", ordered=False)]
    assert observed.filtered == {"duplicate row": 1}
    assert len(observed.unread) == 1


def test_nothing_but_names_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no column for gene") as caught:
        read_maf(write(tmp_path, lines("Chromosome Start", "7 140453136")), SMALL)
    assert len(caught.value.problems) == 2


def summed(by_sample: dict[str, Observed]) -> tuple[int, Counter[str], int]:
    filtered = sum((observed.filtered for observed in by_sample.values()), Counter[str]())
    kept = sum(len(observed.alterations) for observed in by_sample.values())
    return kept, filtered, sum(len(observed.unread) for observed in by_sample.values())


def test_mc3_cholangiocarcinoma_is_read_whole(shared_data: Path) -> None:
    by_sample = read_maf(shared_data / "patients/tcga/CHOL.MC3.maf.gz", SMALL)
    assert counted(by_sample) == 3615
    kept, filtered, unread = summed(by_sample)
    assert (len(by_sample), kept, unread) == (36, 1826, 0)
    assert filtered["caller filter: StrandBias"] == 132


def test_mc3_leukaemia_is_read_although_its_dna_was_amplified(shared_data: Path) -> None:
    by_sample = read_maf(shared_data / "patients/tcga/LAML.MC3.maf.gz", SMALL)
    assert counted(by_sample) == 8313
    kept, filtered, unread = summed(by_sample)
    assert (len(by_sample), kept, unread) == (140, 5642, 0)
    assert filtered["caller filter: oxog"] == 94


def test_firehose_leukaemia_keeps_its_duplications(shared_data: Path) -> None:
    by_sample = read_maf(shared_data / "patients/maftools_laml/tcga_laml.maf.gz", SMALL)
    assert counted(by_sample) == 2207
    assert summed(by_sample)[2] == 0
    inserted = [
        variant
        for observed in by_sample.values()
        for variant in observed.alterations
        if isinstance(variant, SmallVariant)
        and variant.gene == "FLT3"
        and variant.consequence is Consequence.INFRAME_INSERTION
    ]
    assert len(inserted) >= 20
    assert all(variant.first > 570 for variant in inserted)


@pytest.mark.parametrize(
    ("name", "rows", "unread"),
    [
        ("msk_gnomer/mutations.tsv", 725, 0),
        ("msk_gnomer/genie_mut.tsv", 925, 0),
        ("maftools_laml/brca.maf.gz", 1913, 0),
        ("cbioportal_study_es_0/study_es_0/data_mutations_extended.maf", 36, 8),
        ("moalmanac_example/example_data/example_patient.capture.somatic.snvs.maf", 299, 0),
        ("moalmanac_example/example_data/example_patient.capture.somatic.indels.maf", 2, 0),
        ("moalmanac_example/example_data/example_patient.capture.germline.maf", 10, 0),
        ("moalmanac_example/example_data/example_patient.rna.somatic.snvs.maf", 352, 0),
    ],
)
def test_other_dialects_are_read_whole(
    shared_data: Path, name: str, rows: int, unread: int
) -> None:
    by_sample = read_maf(shared_data / "patients" / name, SMALL)
    assert counted(by_sample) == rows
    assert summed(by_sample)[2] == unread


def test_pathologists_mum1_is_not_the_gene_of_that_name(vocabulary: Vocabulary) -> None:
    """MUM1 by staining is IRF4 on 6p25; MUM1 in older files is what is now PWWP3A on 19p13."""
    symbols = Symbols(vocabulary)
    assert symbols.approved("MUM1", Observed(), chromosome="19") == "MUM1"
    assert symbols.approved("MLL2", Observed(), chromosome="12") == "KMT2D"
    assert symbols.approved("FAM123B", Observed(), chromosome="23") == "AMER1"
