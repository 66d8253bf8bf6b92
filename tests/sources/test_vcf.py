"""A VCF annotated by VEP or snpEff: what is kept, why the rest is not, and what stops it."""

import gzip
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.errors import Unreadable
from onkos.model import Consequence, Origin, SmallVariant, Vocabulary
from onkos.sources.patient.consequence import effect_of
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.vcf import read_vcf
from onkos.sources.patient.vcf_records import NOT_HERE

VEP = (
    "Allele|Consequence|SYMBOL|Gene|Feature_type|Feature|EXON|HGVSc|HGVSp|CANONICAL|MANE_SELECT"
    "|gnomADe_AF|gnomADg_AF|DISTANCE"
)
EFF = (
    "Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID | "
    "Transcript_BioType | Rank | HGVS.c | HGVS.p | cDNA.pos / cDNA.length | Distance"
)
BRAF = (
    "T|missense_variant|BRAF|ENSG00000157764|Transcript|ENST00000646891.2|15/18|"
    "ENST00000646891.2:c.1799T>A|ENSP00000493543.1:p.Val600Glu|YES|NM_004333.6|||"
)


def vep(
    terms: str,
    gene: str = "BRAF",
    *,
    allele: str = "T",
    transcript: str = "ENST00000000001.1",
    protein: str = "",
    canonical: str = "",
    mane: str = "",
    population: str = "|",
    distance: str = "",
) -> str:
    """One annotation in the columns of `VEP`."""
    hgvs = f"ENSP1.1:p.{protein}" if protein else ""
    return (
        f"{allele}|{terms}|{gene}|ENSG1|Transcript|{transcript}|1/2||{hgvs}|{canonical}|{mane}|"
        f"{population}|{distance}"
    )


def header(
    *extra: str, samples: Sequence[str] = ("TUMOR",), key: str = "CSQ", layout: str = VEP
) -> str:
    described = f"Consequence annotations from Ensembl VEP. Format: {layout}"
    if key == "ANN":
        described = f"Functional annotations: '{layout}'"
    lines = [
        "##fileformat=VCFv4.2",
        '##FILTER=<ID=LowQual,Description="x">',
        "##contig=<ID=chr7,length=159345973>",
        f'##INFO=<ID={key},Number=.,Type=String,Description="{described}">',
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">',
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">',
        '##FORMAT=<ID=AF,Number=A,Type=Float,Description="x">',
        *extra,
    ]
    columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    columns += ["FORMAT", *samples] if samples else []
    return "\n".join([*lines, "\t".join(columns)]) + "\n"


def row(
    info: str,
    *samples: str,
    position: int | str = 140753336,
    ref: str = "A",
    alt: str = "T",
    filters: str = "PASS",
    form: str = "GT:AD:DP",
) -> str:
    cells = ["chr7", str(position), ".", ref, alt, ".", filters, info]
    cells += [form, *(samples or ("0/1:60,40:100",))]
    return "\t".join(cells) + "\n"


@pytest.fixture
def write(tmp_path: Path):
    def written(*parts: str, name: str = "calls.vcf") -> Path:
        path = tmp_path / name
        path.write_bytes("".join(parts).encode())
        return path

    return written


def read(path: Path, vocabulary: Vocabulary, **options: object) -> Observed:
    found = read_vcf(path, vocabulary, **options)  # type: ignore[arg-type]
    assert len(found) == 1
    observed = next(iter(found.values()))
    kept = len(observed.alterations) + len(observed.calls)
    assert observed.rows == kept + sum(observed.filtered.values()) + len(observed.unread)
    return observed


def only(observed: Observed) -> SmallVariant:
    (variant,) = observed.alterations
    assert isinstance(variant, SmallVariant)
    return variant


def problems(path: Path, vocabulary: Vocabulary, **options: object) -> str:
    with pytest.raises(Unreadable) as caught:
        read_vcf(path, vocabulary, **options)  # type: ignore[arg-type]
    return "\n".join(caught.value.problems)


def test_a_record_becomes_a_variant(write, vocabulary):
    observed = read(write(header(), row(f"CSQ={BRAF}")), vocabulary, origin=Origin.SOMATIC)
    variant = only(observed)
    assert (variant.label, variant.consequence) == ("BRAF V600E", Consequence.MISSENSE)
    assert (variant.coding, variant.exon) == ("c.1799T>A", "15")
    assert variant.transcript == "ENST00000646891.2"
    assert (variant.alt_reads, variant.depth, variant.vaf) == (40, 100, 0.4)
    assert (variant.chromosome, variant.position) == ("7", 140753336)
    assert variant.origin is Origin.SOMATIC
    assert any("MANE Select 1" in notice for notice in observed.notices)
    assert any("the tumour is sample TUMOR" in notice for notice in observed.notices)


def test_crlf_and_byte_order_mark_are_accepted(write, vocabulary):
    text = header() + row(f"CSQ={BRAF}")
    for written in (text.replace("\n", "\r\n"), "\ufeff" + text):
        assert only(read(write(written), vocabulary)).label == "BRAF V600E"


@pytest.mark.parametrize("blocked", [True, False])
def test_gzip_is_told_by_content(tmp_path, vocabulary, blocked):
    import pysam

    text = (header() + row(f"CSQ={BRAF}")).encode()
    path = tmp_path / "calls.vcf"
    if blocked:
        with pysam.BGZFile(str(path), "wb") as file:
            file.write(text)
    else:
        path.write_bytes(gzip.compress(text))
    assert only(read(path, vocabulary)).label == "BRAF V600E"


def test_bcf_is_read(write, tmp_path, vocabulary):
    import pysam

    path = tmp_path / "calls.bcf"
    with (
        pysam.VariantFile(str(write(header(), row(f"CSQ={BRAF}")))) as plain,
        pysam.VariantFile(str(path), "wb", header=plain.header) as packed,
    ):
        for record in plain:
            packed.write(record)
    assert only(read(path, vocabulary)).label == "BRAF V600E"


# --- transcripts --------------------------------------------------------------------------


def test_mane_select_comes_first(write, vocabulary):
    others = [
        vep("stop_gained", protein="Arg5Ter", canonical="YES"),
        vep("missense_variant", protein="Val640Glu", transcript="ENST00000644969.2"),
    ]
    variant = only(read(write(header(), row(f"CSQ={','.join([*others, BRAF])}")), vocabulary))
    assert variant.protein == "V600E"


def test_without_mane_the_vocabulary_names_the_transcript(write, vocabulary):
    own = vocabulary.gene_by_symbol["BRAF"].transcript.partition(".")[0]
    texts = [
        vep("missense_variant", protein="Val640Glu", canonical="YES"),
        vep("missense_variant", protein="Val600Glu", transcript=f"{own}.99"),
    ]
    observed = read(write(header(), row(f"CSQ={','.join(texts)}")), vocabulary)
    assert only(observed).protein == "V600E"
    assert any("the vocabulary's 1" in notice for notice in observed.notices)


def test_then_the_canonical_one_then_the_most_severe(write, vocabulary):
    plain = vep("synonymous_variant", "GENE1", protein="Val5=", transcript="ENST1")
    canonical = vep("missense_variant", "GENE1", protein="Val6Glu", canonical="YES")
    severe = vep("stop_gained", "GENE1", protein="Arg9Ter", transcript="ENST3")
    path = write(header(), row(f"CSQ={plain},{canonical},{severe}"))
    assert only(read(path, vocabulary)).protein == "V6E"
    path = write(header(), row(f"CSQ={plain},{severe}"))
    assert only(read(path, vocabulary)).protein == "R9*"


def test_a_known_gene_is_preferred_to_its_neighbour(write, vocabulary):
    near = vep("frameshift_variant", "READTHROUGH1", protein="Ala3GlyfsTer9", mane="NM_9.1")
    hit = vep("missense_variant", "TP53", protein="Arg175His", mane="NM_000546.6")
    assert only(read(write(header(), row(f"CSQ={near},{hit}")), vocabulary)).label == "TP53 R175H"


def test_snpeff_without_the_vocabulary_s_transcript_takes_the_first(write, vocabulary):
    def ann(transcript: str, protein: str, gene: str = "GENE1") -> str:
        return (
            f"T|missense_variant|MODERATE|{gene}|ENSG1|transcript|{transcript}|protein_coding|"
            f"3/9|c.5A>T|p.{protein}|5/99|"
        )

    own = vocabulary.gene_by_symbol["EGFR"].transcript
    head = header(key="ANN", layout=EFF)
    first = row(f"ANN={ann('ENST1.1', 'Leu5Arg')},{ann('ENST2.1', 'Leu6Arg')}")
    known = row(
        f"ANN={ann('ENST9.1', 'Leu813Arg', 'EGFR')},{ann(own, 'Leu858Arg', 'EGFR')}", position=9
    )
    observed = read(write(head, first, known), vocabulary)
    assert [a.label for a in observed.alterations] == ["GENE1 L5R", "EGFR L858R"]
    assert [a.exon for a in observed.alterations] == ["3", "3"]


# --- what is left out, each with its reason -------------------------------------------------


def test_silent_kinds_are_counted(write, vocabulary):
    path = write(
        header(),
        row(f"CSQ={vep('synonymous_variant', protein='Val600%3D')}", position=1),
        row(f"CSQ={vep('intron_variant', 'GENE1')}", position=2),
        row(f"CSQ={vep('3_prime_UTR_variant')}", position=3),
        row("CSQ=T|intergenic_variant||||||||||||", position=4),
        row("CSQ=T|regulatory_region_variant||||RegulatoryFeature|ENSR1|||||||", position=5),
    )
    observed = read(path, vocabulary)
    assert not observed.alterations
    assert observed.filtered == {
        "synonymous": 1, "intronic": 1, "untranslated region": 1, "between genes": 2,
    }  # fmt: skip


def test_caller_filters_are_honoured_but_not_for_a_hotspot(write, vocabulary):
    path = write(
        header(),
        row(f"CSQ={BRAF}", filters="LowQual"),
        row(f"CSQ={vep('missense_variant', protein='Val5Glu')}", position=5, filters="LowQual"),
    )
    observed = read(path, vocabulary, hotspot=lambda gene, change: change.text == "V600E")
    assert observed.filtered == {"caller filter: LowQual": 1}
    assert only(observed).filters == ("LowQual",)


def test_the_vocabulary_knows_its_hotspots(write, vocabulary):
    observed = read(write(header(), row(f"CSQ={BRAF}", filters="LowQual")), vocabulary)
    assert only(observed).filters == ("LowQual",)


def test_an_allele_that_the_genotype_lacks_is_not_the_tumour_s(write, vocabulary):
    observed = read(write(header(), row(f"CSQ={BRAF}", "0/0:100,0:100")), vocabulary)
    assert observed.filtered == {NOT_HERE: 1}


def test_symbolic_and_star_alleles_are_counted(write, vocabulary):
    path = write(
        header('##ALT=<ID=CNV,Description="x">'),
        row(f"CSQ={BRAF};END=9", alt="<CNV>", position=1),
        row(f"CSQ={BRAF}", alt="*", position=3),
        row(f"CSQ={BRAF}", alt=".", position=4),
    )
    observed = read(path, vocabulary)
    assert observed.filtered == {
        "copy number, not read from a VCF: give it as segments": 1,
        "allele deleted by another record (*)": 1,
        "no alternate allele": 1,
    }


def test_the_same_record_twice_counts_once(write, vocabulary):
    observed = read(write(header(), row(f"CSQ={BRAF}") * 2), vocabulary)
    assert observed.filtered == {"duplicate row": 1}


# --- alleles, promoters, numbers --------------------------------------------------------------


def test_each_allele_has_its_own_annotation(write, vocabulary):
    texts = ",".join(
        [
            vep("missense_variant", protein="Val600Glu", allele="T"),
            vep("missense_variant", protein="Val600Ala", allele="G"),
        ]
    )
    observed = read(write(header(), row(f"CSQ={texts}", "1/2:50,30,20:100", alt="T,G")), vocabulary)
    assert [(a.protein, a.vaf) for a in observed.alterations] == [("V600E", 0.3), ("V600A", 0.2)]


def test_alleles_of_an_indel_are_named_without_the_shared_base(write, vocabulary):
    texts = ",".join(
        [
            vep("frameshift_variant", "TP53", protein="Val5GlyfsTer9", allele="-"),
            vep("inframe_insertion", "TP53", protein="Val5_Ala6insGly", allele="CGGG"),
        ]
    )
    line = row(f"CSQ={texts}", "1/2:50,30,20:100", ref="AC", alt="A,ACGGG")
    observed = read(write(header(), line), vocabulary)
    assert [a.protein for a in observed.alterations] == ["V5Gfs*9", "V5_A6insG"]


def test_an_allele_without_annotation_is_unread(write, vocabulary):
    line = row(f"CSQ={BRAF}", "1/2:50,30,20:100", alt="T,G")
    observed = read(write(header(), line), vocabulary)
    assert only(observed).protein == "V600E"
    assert observed.unread[0].reason == "no annotation of this allele"
    assert observed.unread[0].line == 10


def test_promoter_changes_count_where_they_are_known_and_near(write, vocabulary):
    near = vep("upstream_gene_variant", "TERT", distance="66")
    far = vep("upstream_gene_variant", "TERT", distance="4000")
    path = write(header(), row(f"CSQ={near}"), row(f"CSQ={far}", position=5))
    observed = read(path, vocabulary)
    assert only(observed).consequence is Consequence.PROMOTER
    assert observed.filtered == {"upstream of a gene": 1}


def test_the_highest_population_frequency_is_kept(write, vocabulary):
    text = vep("missense_variant", protein="Val5Glu", population="0.01&0.002|0.03")
    assert only(read(write(header(), row(f"CSQ={text}")), vocabulary)).population_af == 0.03


@pytest.mark.parametrize(
    ("form", "sample", "extra", "expected"),
    [
        ("GT:DP", "0/1:100", "", (None, 100, None)),
        ("GT:AF", "0/1:0.25", "", (None, None, 0.25)),
        ("GT", "0/1", "", (None, None, None)),
        ("GT:AD:DP", "0/1:.:.", "", (None, None, None)),
        ("GT:AD:DP", "0/1:46,4:5", "", (4, 50, 0.08)),
        (
            "GT:FREQ",
            "0/1:12.5%",
            '##FORMAT=<ID=FREQ,Number=1,Type=String,Description="x">',
            (None, None, 0.125),
        ),
    ],
)
def test_reads_from_what_the_caller_gives(write, vocabulary, form, sample, extra, expected):
    path = write(header(*([extra] if extra else [])), row(f"CSQ={BRAF}", sample, form=form))
    variant = only(read(path, vocabulary))
    assert (variant.alt_reads, variant.depth, variant.vaf) == pytest.approx(expected)


def test_an_impossible_fraction_is_unread(write, vocabulary):
    observed = read(write(header(), row(f"CSQ={BRAF}", "0/1:1.7", form="GT:AF")), vocabulary)
    assert not observed.alterations
    assert (observed.unread[0].column, observed.unread[0].text) == ("AF", "1.7")


def test_terms_and_protein_change_that_disagree_are_unread(write, vocabulary):
    text = vep("missense_variant", protein="Val5=")
    observed = read(write(header(), row(f"CSQ={text}")), vocabulary)
    assert "the terms say missense" in observed.unread[0].reason


def test_rows_that_are_none_are_unread_with_their_line(write, vocabulary):
    path = write(
        header(),
        row(f"CSQ={BRAF}", position="x"),
        "chr7\t5\t.\tA\n",
        row(f"CSQ={BRAF}", "0/1:6,x:9", position=6),
        row(f"CSQ={BRAF}"),
    )
    observed = read(path, vocabulary)
    assert only(observed).protein == "V600E"
    assert [item.line for item in observed.unread] == [10, 11, 12]


def test_without_hgvs_single_substitutions_are_read(write, vocabulary):
    layout = "Allele|Consequence|SYMBOL|Feature_type|Feature|Protein_position|Amino_acids"
    path = write(
        header(layout=layout),
        row("CSQ=T|missense_variant|BRAF|Transcript|ENST1|600/766|V/E"),
        row("CSQ=T|inframe_deletion|EGFR|Transcript|ENST2|746-750|ELREA/-", position=5),
    )
    observed = read(path, vocabulary)
    missense, deletion = observed.alterations
    assert missense.label == "BRAF V600E"
    assert (deletion.first, deletion.last, deletion.protein) == (746, 750, "")
    assert any("--hgvs" in notice for notice in observed.notices)


def test_former_symbols_are_replaced(write, vocabulary):
    text = vep("missense_variant", "MLL2", protein="Val5Glu")
    line = row(f"CSQ={text}", position=49_033_000).replace("chr7", "12")
    observed = read(write(header(), line), vocabulary)
    assert only(observed).gene == "KMT2D"
    assert any("MLL2 read as KMT2D" in notice for notice in observed.notices)


def test_an_alias_on_another_chromosome_is_another_gene(write, vocabulary):
    text = vep("missense_variant", "MLL2", protein="Val5Glu")
    assert only(read(write(header(), row(f"CSQ={text}")), vocabulary)).gene == "MLL2"


def test_varscan_s_status_tells_germline(write, vocabulary):
    status = (
        '##INFO=<ID=SS,Number=1,Type=String,Description="Somatic status (0=Reference,1=Germline,'
        '2=Somatic,3=LOH)">'
    )
    path = write(header(status), row(f"SS=1;CSQ={BRAF}"))
    assert only(read(path, vocabulary, origin=Origin.SOMATIC)).origin is Origin.GERMLINE


# --- which sample is the tumour --------------------------------------------------------------


@pytest.mark.parametrize(
    ("samples", "lines", "asked"),
    [
        (("A1", "B2"), ("##tumor_sample=B2",), ""),
        (("A1", "B2"), ("##SAMPLE=<ID=TUMOUR,SampleName=B2>",), ""),
        (("A1", "B2"), ("##normal_sample=A1",), ""),
        (("NORMAL", "B2"), (), ""),
        (("P1_normal", "P1_tumour"), (), ""),
        (("NormalSample", "SomaticSample"), (), ""),
        (("A1", "B2"), (), "B2"),
    ],
)
def test_the_tumour_s_column_is_told(write, vocabulary, samples, lines, asked):
    line = row(f"CSQ={BRAF}", "0/0:99,1:100", "0/1:60,40:100")
    path = write(header(*lines, samples=samples), line)
    assert only(read(path, vocabulary, tumour_sample=asked)).vaf == 0.4


def test_two_samples_that_nothing_tells_apart_are_asked_about(write, vocabulary):
    path = write(header(samples=("A1", "B2")), row(f"CSQ={BRAF}", "0/0:9,1:10", "0/1:6,4:10"))
    assert "name one of: A1, B2" in problems(path, vocabulary)


def test_a_sample_that_is_not_there(write, vocabulary):
    path = write(header(), row(f"CSQ={BRAF}"))
    assert "no sample 'X9'; the file has: TUMOR" in problems(path, vocabulary, tumour_sample="X9")


def test_a_file_without_samples_is_read(write, vocabulary):
    line = "\t".join(["chr7", "140753336", ".", "A", "T", ".", ".", f"CSQ={BRAF}"]) + "\n"
    observed = read(write(header(samples=()), line), vocabulary)
    assert only(observed).vaf is None
    assert any("no sample columns" in notice for notice in observed.notices)


# --- files that stop -------------------------------------------------------------------------


def test_without_annotation_changes_are_kept_by_their_place(write, vocabulary):
    text = (header() + row("DP=5")).replace("ID=CSQ", "ID=OTHER")
    observed = read(write(text), vocabulary)
    assert not observed.alterations
    (call,) = observed.calls
    assert (call.gene, call.chromosome, call.position) == ("", "7", 140753336)
    assert (call.reference, call.alternate, call.alt_reads, call.depth) == ("A", "T", 40, 100)
    assert any("no annotations" in notice for notice in observed.notices)


def test_a_record_without_annotation_among_others_is_kept_by_its_place(write, vocabulary):
    path = write(header(), row(f"CSQ={BRAF}"), row("DP=5", position=7), row(
        "DP=5", position=8, filters="LowQual"))  # fmt: skip
    observed = read(path, vocabulary)
    assert only(observed).label == "BRAF V600E"
    assert [call.position for call in observed.calls] == [7]
    assert observed.filtered == {"caller filter: LowQual": 1}


def test_vep_without_symbols_is_refused(write, vocabulary):
    path = write(header(layout="Allele|Consequence|Feature_type|Feature"), row("CSQ=T|x|y|z"))
    assert "--symbol" in problems(path, vocabulary)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("##reference=file:///ref/hg19.fa",), "GRCh37"),
        (("##contig=<ID=chr1,length=248956422>",), "GRCh38"),
        (('##VEP="v110" assembly="GRCh38.p14"',), "GRCh38"),
        (("##contig=<ID=chr2,length=1,assembly=b37>",), "GRCh37"),
        ((), ""),
    ],
)
def test_the_assembly_is_told(write, vocabulary, lines, expected):
    variant = only(read(write(header(*lines), row(f"CSQ={BRAF}")), vocabulary))
    assert variant.assembly == expected


def test_two_assemblies_are_refused(write, vocabulary):
    lines = ("##reference=GRCh37", '##VEP="v106" assembly="GRCh38.p13"')
    told = problems(write(header(*lines), row(f"CSQ={BRAF}")), vocabulary)
    assert "GRCh37 (##reference) and GRCh38 (##VEP)" in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"hello\nworld\n", "not a VCF"),
        (b"Hugo_Symbol\tVariant_Classification\n", "as a MAF"),
        (b"PK\x03\x04\0\0", "binary"),
        (b"##fileformat=VCFv4.2\nchr7\t1\t.\tA\tT\t.\t.\t.\n", "#CHROM"),
        (b"##fileformat=VCFv4.2\n#CHROM POS ID REF ALT QUAL FILTER INFO\n", "tabs"),
        (gzip.compress(b"##fileformat=VCFv4.2\n" * 5000, mtime=0)[:40], "cut short"),
    ],
)
def test_what_is_no_vcf(tmp_path, vocabulary, content, said):
    path = tmp_path / "calls.vcf"
    path.write_bytes(content)
    assert said in problems(path, vocabulary)


def test_a_file_that_is_not_there(tmp_path, vocabulary):
    assert "cannot be opened" in problems(tmp_path / "none.vcf", vocabulary)


@pytest.mark.parametrize("lost", [28, 40])
def test_a_truncated_bgzip_is_refused(tmp_path, vocabulary, lost):
    import pysam

    path = tmp_path / "calls.vcf.gz"
    with pysam.BGZFile(str(path), "wb") as file:
        file.write((header() + row(f"CSQ={BRAF}") * 50).encode())
    path.write_bytes(path.read_bytes()[:-lost])
    assert "cut short" in problems(path, vocabulary)


@given(
    edits=st.lists(
        st.tuples(
            st.integers(0, 2000),
            st.integers(0, 12),
            st.sampled_from([b"", b"\t", b"\n", b"|", b",", b"\xff", b"\0", b"-1", b"*", b"nan"]),
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_in_a_file_is_refused_or_accounted_for(tmp_path, vocabulary, edits):
    text = header() + row(f"CSQ={BRAF}") * 2 + row(f"CSQ={BRAF}", "1/2:5,5,5:15", alt="T,G")
    content = text.encode()
    for at, lost, gained in edits:
        content = content[:at] + gained + content[at + lost :]
    path = tmp_path / "calls.vcf"
    path.write_bytes(content)
    with suppress(Unreadable):
        read(path, vocabulary)


def test_a_row_without_samples_is_unread(write, vocabulary):
    line = "\t".join(["chr7", "140753336", ".", "A", "T", ".", ".", f"CSQ={BRAF}"]) + "\n"
    assert read(write(header(), line), vocabulary).unread[0].reason == "the row has no samples"


def test_nothing_is_written_to_standard_error(write, vocabulary, capfd):
    read(write(header(), row(f"CSQ={BRAF};UNKNOWN=3", filters="NEW", position="x")), vocabulary)
    assert capfd.readouterr() == ("", "")


def test_terms_of_both_tools_are_known():
    terms = "conservative_inframe_deletion&splice_region_variant"
    effect = effect_of(terms)
    assert effect is not None
    assert effect.kind is Consequence.INFRAME_DELETION
    assert effect_of("no_such_term") is None


# --- real files --------------------------------------------------------------------------------


def test_hcc1395(shared_data, vocabulary):
    """A tumour and normal of one cell line: pure, so that TP53 R175H is in all reads."""
    path = shared_data / "patients" / "hcc1395" / "annotated.expression.vcf.gz"
    observed = read(path, vocabulary)
    assert observed.rows == 1470
    assert not observed.unread
    labels = {a.label: a for a in observed.alterations}
    assert labels["TP53 R175H"].vaf > 0.9
    assert labels["BRCA2 E1593*"].consequence is Consequence.NONSENSE
    assert {a.assembly for a in observed.alterations} == {"GRCh38"}


@pytest.mark.parametrize(
    "name",
    [
        "pcgr_coad/T001-COAD.grch37.vcf.gz",
        "pcgr_coad/T001-COAD.grch38.vcf.gz",
        "varcode_mutect/mutect-example.vcf",
    ],
)
def test_raw_calls_are_kept_by_their_place(shared_data, vocabulary, name):
    observed = read(shared_data / "patients" / name, vocabulary)
    assert observed.calls
    assert not observed.alterations
    assert not observed.unread


def test_positions_of_one_assembly_annotated_in_the_other(shared_data, vocabulary):
    """NRAS codon 61 of GRCh37 lies between genes in GRCh38: the file must not be believed."""
    path = shared_data / "patients" / "querynator_cgi_civic" / "example_files" / "example.vcf.gz"
    assert "two reference assemblies" in problems(path, vocabulary)


def test_a_blank_population_is_absent_where_the_annotator_looked(write, vocabulary):
    looked = vep("missense_variant", protein="Val5Glu", population="|")
    assert only(read(write(header(), row(f"CSQ={looked}")), vocabulary)).population_af == 0.0
    layout = "Allele|Consequence|SYMBOL|HGVSp"
    never = "CSQ=T|missense_variant|BRAF|ENSP1.1:p.Val5Glu"
    assert only(read(write(header(layout=layout), row(never)), vocabulary)).population_af is None


def test_predictions_of_the_chosen_annotation_are_kept(write, vocabulary):
    layout = "Allele|Consequence|SYMBOL|HGVSp|SIFT|PolyPhen"
    given = "CSQ=T|missense_variant|BRAF|ENSP1.1:p.Val5Glu|deleterious(0.01)|benign(0.1)"
    variant = only(read(write(header(layout=layout), row(given)), vocabulary))
    assert [(p.tool, p.says) for p in variant.predictions] == [
        ("SIFT", "damaging"),
        ("PolyPhen-2", "neutral"),
    ]


# --- phase ------------------------------------------------------------------------------------


PHASE = (
    '##FORMAT=<ID=PGT,Number=1,Type=String,Description="x">',
    '##FORMAT=<ID=PID,Number=1,Type=String,Description="x">',
    '##FORMAT=<ID=PS,Number=1,Type=Integer,Description="x">',
)


@pytest.mark.parametrize(
    ("form", "one", "other", "expected"),
    [
        ("GT:PGT:PID", "0/1:0|1:100_A_T", "0/1:0|1:100_A_T", [True]),
        ("GT:PGT:PID", "0/1:0|1:100_A_T", "0/1:1|0:100_A_T", [False]),
        ("GT:PGT:PID", "0/1:0|1:100_A_T", "0/1:0|1:700_A_T", []),
        ("GT:PS", "0|1:100", "0|1:100", [True]),
        ("GT:PS", "0|1:100", "1|0:100", [False]),
        ("GT:PS", "0/1:100", "0|1:100", []),
        ("GT:PS", "1|1:100", "0|1:100", []),
        ("GT:PS", "0|0|1:100", "0|0|1:100", []),
        ("GT", "0|1", "0|1", []),
    ],
)
def test_changes_that_were_phased_cleanly(write, vocabulary, form, one, other, expected):
    second = vep("missense_variant", "BRAF", protein="Leu597Arg")
    path = write(
        header(*PHASE),
        row(f"CSQ={BRAF}", one, form=form),
        row(f"CSQ={second}", other, form=form, position=140753345),
    )
    phases = read(path, vocabulary).phases
    assert [phase.cis for phase in phases] == expected
    for phase in phases:
        assert (phase.gene, phase.first, phase.second) == ("BRAF", "V600E", "L597R")


def test_what_the_normal_carries_is_inherited_whatever_the_assay(tmp_path, vocabulary):
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNORMAL\tTUMOR"
    path = tmp_path / "pair.vcf"
    path.write_text(
        "##fileformat=VCFv4.2\n##contig=<ID=13>\n"
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">\n'
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">\n'
        f"{columns}\n"
        "13\t100\t.\tA\tT\t.\tPASS\t.\tAD:DP\t50,50:100\t52,48:100\n"
        "13\t200\t.\tA\tT\t.\tPASS\t.\tAD:DP\t99,1:100\t70,30:100\n"
    )
    (observed,) = read_vcf(path, vocabulary, Origin.SOMATIC).values()
    told = [(c.origin, c.normal_alt_reads, c.normal_depth) for c in observed.calls]
    assert set(told) == {(Origin.GERMLINE, 50, 100), (Origin.SOMATIC, 1, 100)}
