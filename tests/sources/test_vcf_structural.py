# ruff: noqa: E501
"""Structural variants of a VCF: two records one event, reads of support, genes joined.

Miniatures written from the headers of Manta, GRIDSS, DELLY, LUMPY and snpEff/VEP; PURPLE's file
is real.
"""

from pathlib import Path

import pytest

from onkos.model import Fusion, Junction, Vocabulary
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.structural import (
    NO_GENE,
    NO_READS,
    ONE_GENE,
    OPPOSED,
    SAME_FUSION,
    SECOND,
)
from onkos.sources.patient.vcf import read_vcf
from tests.sources.vcf_miniatures import NAMES, fields, vcf

VEP = "Allele|Consequence|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|STRAND"
EFF = "Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID"
CONTIGS = """##contig=<ID=chr2,length=242193529,assembly=GRCh38>
##contig=<ID=chr7,length=159345973>"""
INFO = """##INFO=<ID=END,Number=1,Type=Integer,Description="End">
##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type">
##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Length">
##INFO=<ID=MATEID,Number=.,Type=String,Description="Mate">
##INFO=<ID=PARID,Number=1,Type=String,Description="Partner">
##INFO=<ID=EVENT,Number=1,Type=String,Description="Event">
##INFO=<ID=CT,Number=1,Type=String,Description="Connection">
##INFO=<ID=CHR2,Number=1,Type=String,Description="Chromosome">
##INFO=<ID=POS2,Number=1,Type=Integer,Description="Position">
##INFO=<ID=STRANDS,Number=.,Type=String,Description="Strands">
##INFO=<ID=INV3,Number=0,Type=Flag,Description="x">
##INFO=<ID=SOMATIC,Number=0,Type=Flag,Description="x">"""


def text_of(records: str, form: str = "", key: str = "CSQ", names: str = "NORMAL TUMOR") -> str:
    layout = VEP if key == "CSQ" else EFF
    described = f"Annotations. Format: {layout}" if key == "CSQ" else f"Annotations: '{layout}'"
    head = [CONTIGS, INFO, f'##INFO=<ID={key},Number=.,Type=String,Description="{described}">']
    head += [fields("FORMAT", form)] if form else []
    columns = f"{NAMES} FORMAT {names}" if form else NAMES
    return "\n".join([*head, columns, records.strip()])


def csq(gene: str, strand: str = "1", terms: str = "intron_variant") -> str:
    return f"x|{terms}|{gene}|ENSG1|Transcript|ENST1|protein_coding|{strand}"


@pytest.fixture
def read(tmp_path: Path, vocabulary: Vocabulary):
    def read(text: str) -> Observed:
        path = tmp_path / "sv.vcf"
        path.write_text(vcf(text), encoding="utf-8")
        (observed,) = read_vcf(path, vocabulary).values()
        kept = len(observed.alterations) + len(observed.calls)
        assert observed.rows == kept + sum(observed.filtered.values()) + len(observed.unread)
        return observed

    return read


def fusion(observed: Observed) -> Fusion:
    (found,) = observed.alterations
    assert isinstance(found, Fusion)
    return found


def places(observed: Observed) -> list[str]:
    return [junction.place for junction in observed.junctions]


# --- one event of two records -----------------------------------------------------------------


def test_manta_s_mates_are_one_fusion(read):
    """EML4 (+ strand, 5' part kept on the left) joined head-on to ALK (- strand) by an inversion.

    ALK's 5' part lies to the right of its break, so its 3' part is what EML4 is joined to.
    """
    observed = read(text_of(f"""
chr2 42295516 MantaBND:1:0 A A]chr2:29223528] . PASS SVTYPE=BND;MATEID=MantaBND:1:1;SOMATIC;CSQ={csq("EML4")} PR:SR 30,0:25,0 40,9:33,11
chr2 29223528 MantaBND:1:1 C C]chr2:42295516] . PASS SVTYPE=BND;MATEID=MantaBND:1:0;SOMATIC;CSQ={csq("ALK", "-1")} PR:SR 30,0:25,0 40,9:33,11
""", "PR:.:Integer SR:.:Integer"))  # fmt: skip
    found = fusion(observed)
    assert (found.five, found.three, found.ordered, found.in_frame) == ("EML4", "ALK", True, None)
    assert found.reads == 20
    assert found.vaf == pytest.approx(20 / 93)
    assert observed.filtered == {SECOND: 1}
    assert places(observed) == ["2:42295516+ to 2:29223528+"]
    (junction,) = observed.junctions
    assert (junction.genes, junction.mate_genes) == (("EML4",), ("ALK",))
    assert junction.name == "MantaBND:1:0"


def test_gridss_partners_and_fragments(read):
    """Fragments over fragments and reference: 12 of 12 + 20 + 8; the other record named PARID."""
    observed = read(text_of("""
chr2 1000 gridss1_1o A A[chr7:5000[ 900 PASS SVTYPE=BND;PARID=gridss1_1h;EVENT=gridss1_1 GT:VF:REF:REFPAIR .:0:30:10 .:12:20:8
chr7 5000 gridss1_1h C ]chr2:1000]C 900 PASS SVTYPE=BND;PARID=gridss1_1o;EVENT=gridss1_1 GT:VF:REF:REFPAIR .:0:30:10 .:12:22:9
chr7 9000 gridss1_2b C CAAGT. 900 PASS SVTYPE=BND GT:VF:BVF:REF:REFPAIR .:0:0:30:10 .:0:6:22:9
""", "GT:1:String VF:1:Integer BVF:1:Integer REF:1:Integer REFPAIR:1:Integer"))  # fmt: skip
    assert observed.filtered == {NO_GENE: 2, SECOND: 1}
    pair, single = observed.junctions
    assert (pair.place, pair.reads, pair.vaf) == ("2:1000+ to 7:5000-", 12, pytest.approx(0.3))
    assert (single.kind, single.place, single.inserted) == ("SGL", "7:9000+", "AAGT")
    assert single.reads == 6


def test_mates_without_names_are_paired_by_their_places(read):
    observed = read(
        text_of("""
chr2 1000 . A [chr7:5000[A . PASS SVTYPE=BND
chr7 5000 . C [chr2:1000[C . PASS SVTYPE=BND
""")
    )
    assert places(observed) == ["2:1000- to 7:5000-"]
    assert any("1 structural variants carry no gene" in notice for notice in observed.notices)
    assert observed.filtered == {NO_GENE: 1, SECOND: 1}


def test_a_mate_that_was_filtered_leaves_the_other(read):
    observed = read(
        text_of("""
chr2 1000 a A A[chr7:5000[ . PASS SVTYPE=BND;MATEID=b
chr7 5000 b C ]chr2:1000]C . MinQual SVTYPE=BND;MATEID=a
""")
    )
    assert observed.filtered == {NO_GENE: 1, "caller filter: MinQual": 1}
    assert len(observed.junctions) == 1


# --- symbolic alleles -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alternate", "info", "expected"),
    [
        ("<DEL>", "SVTYPE=DEL;END=900", ["2:100+ to 2:901-"]),
        ("<DEL>", "SVTYPE=DEL;SVLEN=-800", ["2:100+ to 2:901-"]),
        ("<DUP:TANDEM>", "SVTYPE=DUP;END=900", ["2:101- to 2:900+"]),
        ("<INV>", "SVTYPE=INV;END=900", ["2:100+ to 2:900+", "2:101- to 2:901-"]),
        ("<INV>", "SVTYPE=INV;END=900;INV3", ["2:100+ to 2:900+"]),
        ("<INV>", "SVTYPE=INV;END=900;CT=5to5", ["2:101- to 2:901-"]),
        ("<INV>", "SVTYPE=INV;END=900;STRANDS=++:4,--:3", ["2:100+ to 2:900+", "2:101- to 2:901-"]),
        ("<BND>", "SVTYPE=BND;CHR2=chr7;POS2=50;END=101;CT=3to3", ["2:100+ to 7:50+"]),
        ("<TRA>", "SVTYPE=TRA;CHR2=chr7;END=50;CT=5to3", ["2:101- to 7:50+"]),
        ("<INS>", "SVTYPE=INS;END=100", ["2:100+"]),
    ],
)
def test_places_of_symbolic_alleles(read, alternate, info, expected):
    observed = read(text_of(f"chr2 100 . A {alternate} . PASS {info}"))
    assert places(observed) == expected
    assert observed.filtered == {NO_GENE: 1}


@pytest.mark.parametrize(
    ("alternate", "info", "column"),
    [
        ("<DEL>", "SVTYPE=DEL", "END"),
        ("<DEL>", "SVTYPE=DEL;END=50", "END"),
        ("<BND>", "SVTYPE=BND;CHR2=chr7;POS2=50", "ALT"),
        ("<XYZ>", ".", "ALT"),
        ("A[chr7:5[T", "SVTYPE=BND", "ALT"),
        ("A[chr7[", "SVTYPE=BND", "ALT"),
    ],
)
def test_what_is_no_structural_variant_is_shown(read, alternate, info, column):
    observed = read(text_of(f"chr2 100 . A {alternate} . PASS {info}"))
    (unread,) = observed.unread
    assert unread.column == column
    assert unread.remedy
    assert unread.line > 0


@pytest.mark.parametrize(
    ("form", "sample", "reads", "vaf"),
    [
        ("PR:.:Integer SR:.:Integer", "40,9:33,11", 20, 20 / 93),
        ("PR:.:Integer", "40,10", 10, 0.2),
        ("DR:1:Integer DV:1:Integer RR:1:Integer RV:1:Integer", "60:9:21:10", 19, 0.19),
        ("SU:1:Integer PE:1:Integer SR:1:Integer", "14:9:5", 14, None),
        ("PE:1:Integer SR:1:Integer", "9:5", 14, None),
        ("RO:1:Integer AO:1:Integer SU:1:Integer", "30:10:9", 10, 0.25),
        ("AD:R:Integer", "60,20", 20, 0.25),
    ],
)
def test_reads_of_support(read, form, sample, reads, vaf):
    keys = ":".join(one.partition(":")[0] for one in form.split())
    record = f"chr2 100 . A <DEL> . PASS SVTYPE=DEL;END=90000 {keys} {sample}"
    (junction,) = read(text_of(record, form, names="TUMOR")).junctions
    assert junction.reads == reads
    assert junction.vaf == (pytest.approx(vaf) if vaf is not None else None)


def test_a_variant_that_no_read_of_the_tumour_has(read):
    record = "chr2 100 . A <DEL> . PASS SVTYPE=DEL;END=90000 PR:SR 30,9:20,4 30,0:20,0"
    observed = read(text_of(record, "PR:.:Integer SR:.:Integer"))
    assert observed.filtered == {NO_READS: 1}
    assert not observed.junctions


# --- genes ------------------------------------------------------------------------------------


def test_a_deletion_that_joins_two_genes_of_one_direction(read):
    """TMPRSS2 and ERG are 3 million bases apart; what lies between is lost whole."""
    rows = ",".join([
        csq("ERG", "-1", "intron_variant&feature_truncation"),
        csq("BETWEEN1", "1", "transcript_ablation"),
        csq("TMPRSS2", "-1", "intron_variant&feature_truncation"),
        csq("NEAR1", "1", "upstream_gene_variant"),
    ])  # fmt: skip
    observed = read(text_of(f"chr2 38445000 . A <DEL> . PASS SVTYPE=DEL;END=41508000;CSQ={rows}"))
    found = fusion(observed)
    assert set(found.genes) == {"ERG", "TMPRSS2"}
    assert not found.ordered
    assert found.breakpoints == "2:38445000 - 2:41508001"


def test_genes_of_opposite_directions_make_no_transcript_by_a_deletion(read):
    rows = f"{csq('ERG', '-1')},{csq('TMPRSS2', '1')}"
    observed = read(text_of(f"chr2 100 . A <DEL> . PASS SVTYPE=DEL;END=41508000;CSQ={rows}"))
    assert observed.filtered == {OPPOSED: 1}
    assert len(observed.junctions) == 1


def test_breakends_joined_head_to_head(read):
    observed = read(text_of(f"""
chr2 1000 a A A]chr7:5000] . PASS SVTYPE=BND;MATEID=b;CSQ={csq("ALK", "1")}
chr7 5000 b C C]chr2:1000] . PASS SVTYPE=BND;MATEID=a;CSQ={csq("EML4", "1")}
"""))  # fmt: skip
    assert observed.filtered == {OPPOSED: 1, SECOND: 1}


def test_one_gene_alone_is_no_fusion(read):
    observed = read(text_of(f"""
chr2 1000 a A A]chr7:5000] . PASS SVTYPE=BND;MATEID=b;CSQ={csq("ALK", "1")}
chr7 5000 b C C]chr2:1000] . PASS SVTYPE=BND;MATEID=a;CSQ=x|intergenic_variant||||||
"""))  # fmt: skip
    assert observed.filtered == {ONE_GENE: 1, SECOND: 1}
    assert observed.junctions[0].genes == ("ALK",)


def test_both_ends_in_one_known_gene_are_shown(read):
    observed = read(text_of(f"""
chr2 1000 a A A[chr2:5000[ . PASS SVTYPE=DEL;MATEID=b;CSQ={csq("EGFR", "1")}
chr2 5000 b C ]chr2:1000]C . PASS SVTYPE=DEL;MATEID=a;CSQ={csq("EGFR", "1")}
"""))  # fmt: skip
    (unread,) = observed.unread
    assert "both ends in EGFR" in unread.reason
    assert len(observed.junctions) == 1


def test_snpeff_names_the_genes_that_it_joins(read):
    observed = read(text_of(
        "chr2 1000 . A A]chr7:5000] . PASS SVTYPE=BND;"
        "ANN=x|gene_fusion|HIGH|EML4&ALK|ENSG1|gene_variant|ENSG1\n"
        "chr2 2000 . A A]chr7:9000] . PASS SVTYPE=BND;"
        "ANN=x|bidirectional_gene_fusion|HIGH|KIF5B&RET|ENSG1|gene_variant|ENSG1\n"
        "chr2 1010 . A A]chr7:5010] . PASS SVTYPE=BND;"
        "ANN=x|frameshift_variant&gene_fusion|HIGH|ALK&EML4|ENSG1|gene_variant|ENSG1",
        key="ANN",
    ))  # fmt: skip
    assert fusion(observed).genes == ("EML4", "ALK")
    assert observed.filtered == {OPPOSED: 1, SAME_FUSION: 1}


# --- a real file ------------------------------------------------------------------------------


def test_purple_s_junctions(shared_data, vocabulary):
    """177 records pass: 86 pairs and 5 single ends; the allele fraction is the file's own."""
    path = (
        shared_data / "patients" / "hmftools_colo829" / "test_run" / "purple"
        / "tumor_sample.purple.sv.vcf"
    )  # fmt: skip
    found = read_vcf(path, vocabulary)
    assert list(found) == ["tumor_sample"]
    observed = found["tumor_sample"]
    assert observed.filtered == {
        "caller filter: PON": 365, "caller filter: INFERRED": 1, NO_GENE: 91, SECOND: 86,
    }  # fmt: skip
    first = observed.junctions[0]
    assert isinstance(first, Junction)
    assert (first.place, first.reads) == ("1:87337011+ to 10:36119127+", 49)
    assert first.vaf == pytest.approx(0.287, abs=0.001)
    assert sum(not junction.mate_chromosome for junction in observed.junctions) == 5
    assert "calls of PURPLE (" in observed.notices[0]
    assert "the normal ref_sample" in observed.notices[0]
