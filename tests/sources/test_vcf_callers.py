"""Each caller's VCF: who called, whose column, how many reads.

The files are miniatures written from the callers' documented headers (`vcf_miniatures`), but for
MuTect, HaplotypeCaller and a merge of four callers, of which real files are read too.
"""

from pathlib import Path

import pytest

from onkos.errors import Unreadable
from onkos.model import Case, Knowledge, Origin, Vocabulary
from onkos.sources.patient.casefile import read_case
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.structural import NO_READS
from onkos.sources.patient.together import ANOTHER_FILE
from onkos.sources.patient.vcf import read_vcf
from onkos.sources.patient.vcf_allele import trimmed
from tests.sources.vcf_miniatures import CONTIGS, MINIATURES, NAMES, fields, vcf


@pytest.fixture
def write(tmp_path: Path):
    def written(text: str) -> Path:
        path = tmp_path / "calls.vcf"
        path.write_text(vcf(text), encoding="utf-8")
        return path

    return written


def only(found: dict[str, Observed]) -> Observed:
    (observed,) = found.values()
    kept = len(observed.alterations) + len(observed.calls)
    assert observed.rows == kept + sum(observed.filtered.values()) + len(observed.unread)
    return observed


def problem(path: Path, vocabulary: Vocabulary, **options: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read_vcf(path, vocabulary, **options)
    (told,) = caught.value.problems
    return told


@pytest.mark.parametrize("name", MINIATURES)
def test_a_miniature_of_each_caller(write, vocabulary, name):
    wanted = MINIATURES[name]
    found = read_vcf(write(wanted.text), vocabulary)
    assert list(found) == [wanted.tumour]
    observed = only(found)
    assert not observed.unread
    read = [(c.position, c.reference, c.alternate, c.alt_reads, c.depth) for c in observed.calls]
    assert read == wanted.calls
    for call in observed.calls:
        assert call.vaf == pytest.approx(call.alt_reads / call.depth)
        assert call.assembly == "GRCh38"
    assert observed.filtered == wanted.filtered
    decided = observed.notices[0]
    assert f"calls of {wanted.caller} (" in decided
    assert f"reads from {wanted.reads}" in decided


@pytest.mark.parametrize("name", MINIATURES)
def test_a_caller_whose_signature_is_lost_is_read_alike(write, vocabulary, name):
    """Tools that split, merge and lift over drop the caller's lines; the columns must stay told."""
    wanted = MINIATURES[name]
    kept = [
        line
        for line in wanted.text.splitlines()
        if not line.startswith("##") or line.startswith(("##INFO", "##FORMAT", "##FILTER", "##con"))
    ]
    if name == "lofreq":
        pytest.skip("INFO alone does not tell whose depth it is")
    found = read_vcf(write("\n".join(kept)), vocabulary, tumour_sample=wanted.tumour)
    read = [(c.position, c.reference, c.alternate, c.alt_reads, c.depth) for c in only(found).calls]
    assert read == wanted.calls


def test_the_fraction_of_strelka_is_that_of_its_user_guide(write, vocabulary):
    """Reads of the alternate over those of both alleles, tier 1: 18 of 60 + 18."""
    observed = only(read_vcf(write(MINIATURES["strelka2 substitutions"].text), vocabulary))
    assert [call.vaf for call in observed.calls] == [pytest.approx(18 / 78), 0.75]


@pytest.mark.parametrize(
    ("name", "origins"),
    [
        ("vardict", [Origin.SOMATIC, Origin.GERMLINE]),
        ("varscan2", [Origin.SOMATIC, Origin.GERMLINE]),
        ("octopus", [Origin.SOMATIC, Origin.GERMLINE]),
    ],
)
def test_inherited_changes_are_told_as_the_caller_does(write, vocabulary, name, origins):
    found = read_vcf(write(MINIATURES[name].text), vocabulary, origin=Origin.SOMATIC)
    assert [call.origin for call in only(found).calls] == origins


def test_calls_of_a_germline_caller_are_not_said_to_be_the_tumour_s(write, vocabulary):
    observed = only(read_vcf(write(MINIATURES["haplotypecaller"].text), vocabulary))
    assert any("what all cells of a person share" in notice for notice in observed.notices)


def test_calls_that_nobody_filtered(write, vocabulary):
    text = MINIATURES["mutect2"].text
    for word in ("PASS", "germline", "panel_of_normals"):
        text = text.replace(f" . {word} ", " . . ")
    observed = only(read_vcf(write(text), vocabulary))
    assert any("run gatk FilterMutectCalls first" in notice for notice in observed.notices)


# --- columns ----------------------------------------------------------------------------------


def two_columns(first: str, second: str, *header: str) -> str:
    rows = "\n".join(f"chr7 {at}00 . A T . PASS . GT:AD 0/0:50,0 0/1:30,20" for at in range(1, 6))
    head = "\n".join([*header, CONTIGS, fields("FORMAT", "GT:1:String AD:R:Integer")])
    return f"{head}\n{NAMES} FORMAT {first} {second}\n{rows}"


@pytest.mark.parametrize(
    ("names", "header", "why"),
    [
        (("A", "B"), ("##PEDIGREE=<Derived=B,Original=A>",), "##PEDIGREE"),
        (("A", "B"), ("##SAMPLE=<ID=B,Genomes=Tumor>",), "##SAMPLE"),
        (("A", "B"), ("##SAMPLE=<ID=A,Genomes=Germline>",), "not the normal"),
        (("A", "B"), ("##normal_sample=A",), "not the normal"),
        (
            ("A_normal", "B_tumor"),
            (
                '##SAMPLE=<ID=A_normal,Description="normal of the tumor">',
                '##SAMPLE=<ID=B_tumor,Description="tumor">',
            ),
            "##SAMPLE",
        ),
        (("PD1-N", "PD1-T"), (), "last letter"),
        (("COLO829R", "COLO829T"), (), "last letter"),
        (("TCGA-A6-2686-10A-01D", "TCGA-A6-2686-01A-01D"), (), "TCGA barcode"),
        (("NORMAL", "TUMOR"), (), "its name"),
    ],
)
def test_the_tumour_is_told_by(write, vocabulary, names, header, why):
    observed = read_vcf(write(two_columns(*names, *header)), vocabulary)
    assert list(observed) == [names[1]]
    decided = only(observed).notices[0]
    assert why in decided
    assert f"the normal {names[0]}" in decided


def test_two_tumours_are_asked_about(write, vocabulary):
    text = two_columns("A", "B", "##tumor_sample=A", "##tumor_sample=B")
    assert "the header names 2 tumours: A, B" in problem(write(text), vocabulary)
    assert list(read_vcf(write(text), vocabulary, tumour_sample="B")) == ["B"]


def test_swapped_columns_are_refused_with_the_way_out(write, vocabulary):
    path = write(two_columns("TUMOR", "NORMAL"))
    told = problem(path, vocabulary)
    assert "in 5 of 5 changes" in told
    assert "the columns are swapped; give tumour_sample = 'NORMAL'" in told
    assert list(read_vcf(path, vocabulary, tumour_sample="NORMAL")) == ["NORMAL"]


def test_a_change_that_the_tumour_lost_is_no_swap(write, vocabulary):
    """Of four changes one stands in the normal only: that copy is lost in the tumour."""
    text = two_columns("NORMAL", "TUMOR").replace(
        "chr7 300 . A T . PASS . GT:AD 0/0:50,0 0/1:30,20",
        "chr7 300 . A T . PASS . GT:AD 0/1:25,25 0/1:50,0",
    )
    observed = only(read_vcf(write(text), vocabulary))
    assert len(observed.calls) == 4
    assert observed.filtered == {NO_READS: 1}


# --- numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "sample", "column"),
    [("AD", "-3,5", "AD"), ("AD:DP", "3,5:-8", "DP"), ("AF", "1.5", "AF"), ("AF", "-0.1", "AF")],
)
def test_impossible_numbers_are_shown(write, vocabulary, form, sample, column):
    head = fields("FORMAT", "AD:R:Integer DP:1:Integer AF:A:Float")
    text = f"{CONTIGS}\n{head}\n{NAMES} FORMAT T\nchr7 5 . A T . PASS . {form} {sample}"
    (unread,) = only(read_vcf(write(text), vocabulary)).unread
    assert (unread.column, unread.line) == (column, 8)
    assert unread.remedy == "correct it, or remove the field"


def test_one_count_where_the_header_declares_one_for_each_allele_is_unread(write, vocabulary):
    head = fields("FORMAT", "AD:R:Integer DP:1:Integer")
    text = f"{CONTIGS}\n{head}\n{NAMES} FORMAT T\nchr7 5 . A T . PASS . AD:DP 60:100"
    observed = only(read_vcf(write(text), vocabulary))
    assert observed.calls == []
    (unread,) = observed.unread
    assert (unread.column, unread.text) == ("AD", "60")
    assert "Number=R" in unread.reason


@pytest.mark.parametrize("sample", ["nan", ".", "NaN"])
def test_a_fraction_that_is_no_number_is_not_known(write, vocabulary, sample):
    head = fields("FORMAT", "AF:A:Float")
    text = f"{CONTIGS}\n{head}\n{NAMES} FORMAT T\nchr7 5 . A T . PASS . AF {sample}"
    (call,) = only(read_vcf(write(text), vocabulary)).calls
    assert call.vaf is None


@pytest.mark.parametrize("genotype", ["1", "0/1/1", "0/0/0/1", "./1", "1|."])
def test_genotypes_of_any_ploidy(write, vocabulary, genotype):
    head = fields("FORMAT", "GT:1:String")
    text = f"{CONTIGS}\n{head}\n{NAMES} FORMAT T\nchr7 5 . A T . PASS . GT {genotype}"
    assert len(only(read_vcf(write(text), vocabulary)).calls) == 1


def test_a_contig_that_the_header_lacks_is_read(write, vocabulary):
    text = f"{fields('FORMAT', 'GT:1:String')}\n{NAMES} FORMAT T\nchr9 5 . A T . PASS . GT 0/1"
    (call,) = only(read_vcf(write(text), vocabulary)).calls
    assert (call.chromosome, call.position) == ("9", 5)


def test_a_file_without_format_has_no_fractions(write, vocabulary):
    observed = only(read_vcf(write(f"{CONTIGS}\n{NAMES}\nchr7 5 . A T . PASS ."), vocabulary))
    assert [(c.vaf, c.depth) for c in observed.calls] == [(None, None)]
    assert "no sample columns; allele fractions are not known" in observed.notices[0]


def test_a_population_s_frequency_in_info_is_not_the_tumour_s(write, vocabulary):
    head = fields("INFO", "AF:A:Float DP:1:Integer DP4:4:Integer")
    text = f"{CONTIGS}\n{head}\n{NAMES}\nchr7 5 . A T . PASS AF=0.3;DP=90;DP4=1,2,3,4"
    (call,) = only(read_vcf(write(text), vocabulary)).calls
    assert (call.vaf, call.depth) == (None, None)


def test_a_reference_that_is_no_sequence_is_unread(write, vocabulary):
    text = f"{CONTIGS}\n{NAMES}\nchr7 5 . . T . PASS ."
    (unread,) = only(read_vcf(write(text), vocabulary)).unread
    assert (unread.column, unread.reason) == ("REF", "not a sequence of bases")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((10, "A", "T"), (10, "A", "T")),
        ((10, "CTT", "CT"), (10, "CT", "C")),
        ((10, "ACG", "ATG"), (11, "C", "T")),
        ((10, "GGAA", "GGTT"), (12, "AA", "TT")),
        ((10, "TGC", "CGA"), (10, "TGC", "CGA")),
        ((10, "A", "AGG"), (10, "A", "AGG")),
        ((10, "CAGG", "CAGGAGG"), (10, "C", "CAGG")),
    ],
)
def test_alleles_are_trimmed_to_what_differs(before, after):
    assert trimmed(*before) == after


def test_one_change_written_twice_counts_once(write, vocabulary):
    text = f"{CONTIGS}\n{NAMES}\nchr7 5 . AC AT . PASS .\nchr7 6 . C T . PASS ."
    observed = only(read_vcf(write(text), vocabulary))
    assert [(c.position, c.reference, c.alternate) for c in observed.calls] == [(6, "C", "T")]
    assert observed.filtered == {"duplicate row": 1}


# --- real files -------------------------------------------------------------------------------


def test_mutect_of_a_real_pair(shared_data, vocabulary):
    path = shared_data / "patients" / "varcode_mutect" / "mutect-example.vcf"
    found = read_vcf(path, vocabulary)
    assert list(found) == ["SomaticSample"]
    observed = only(found)
    assert observed.rows == 4889
    assert observed.filtered == {"caller filter: REJECT": 4879}
    first = observed.calls[0]
    assert (first.chromosome, first.position, first.assembly) == ("1", 13281, "GRCh37")
    assert (first.alt_reads, first.depth) == (20, 164)
    assert first.vaf == pytest.approx(0.122, abs=0.001)
    assert "calls of MuTect (" in observed.notices[0]


def test_a_merge_of_callers_of_a_real_pair(shared_data, vocabulary):
    path = shared_data / "patients" / "hcc1395" / "annotated.expression.vcf.gz"
    observed = only(read_vcf(path, vocabulary))
    assert "calls of Mutect2, Strelka2 and GATK HaplotypeCaller" in observed.notices[0]
    assert "the tumour is sample HCC1395_TUMOR_DNA (##tumor_sample)" in observed.notices[0]
    assert all(a.depth for a in observed.alterations)


def test_tcga_calls_with_the_tumour_s_depth_under_names_of_their_own(shared_data, vocabulary):
    """Columns DPT and ADT; the caller wrote the fraction itself into INFO/TVAF."""
    path = shared_data / "patients" / "pcgr_coad" / "T001-COAD.grch38.vcf.gz"
    calls = only(read_vcf(path, vocabulary)).calls
    first = calls[0]
    assert (first.position, first.alt_reads, first.depth) == (1042010, 8, 29)
    assert first.vaf == pytest.approx(0.275862068966)
    assert all(call.vaf is not None for call in calls)


# --- in a case --------------------------------------------------------------------------------


def case_of(folder: Path, knowledge: Knowledge, samples: list[list[str]]) -> Case:
    lines = ['id = "P1"', 'disease = "MEL"']
    for number, files in enumerate(samples):
        lines += ["[[sample]]", f'id = "s{number}"', "files = ["]
        lines += [f'  {{ path = "{name}.vcf" }},' for name in files]
        lines += ["]"]
        for name in files:
            (folder / f"{name}.vcf").write_text(vcf(MINIATURES[name].text), encoding="utf-8")
    page = folder / "case.toml"
    page.write_text("\n".join(lines), encoding="utf-8")
    return read_case(page, knowledge)


def test_callers_given_together_tell_of_each_call_once(tmp_path, knowledge):
    case = case_of(tmp_path, knowledge, [["dragen", "tso500"]])
    assert [(c.position, c.alt_reads) for c in case.calls] == [(100, 30)]
    assert case.filtered[ANOTHER_FILE] == 1
    assert case.rows == len(case.calls) + sum(case.filtered.values())


def test_calls_keep_their_sample(tmp_path, knowledge):
    case = case_of(tmp_path, knowledge, [["dragen"], ["tso500"]])
    assert [(c.sample, c.alt_reads) for c in case.calls] == [("s0", 30), ("s1", 55)]


@pytest.mark.parametrize(
    ("sample", "extra", "why"),
    [
        ("PN1", ["##normal_sample=PN1"], "##normal_sample"),
        ("PN1", ['##SentieonCommandLine.TNscope=<CommandLine="--normal_sample PN1">'], "##Sent"),
        ("PN1", ['##SAMPLE=<ID=PN1,Description="matched normal">'], "##SAMPLE"),
        ("NORMAL", [], "its name"),
        ("TCGA-A6-2686-10A-01D-2188-10", [], "its TCGA barcode"),
    ],
)
def test_an_only_sample_that_is_the_normal_is_no_tumour(write, vocabulary, sample, extra, why):
    lines = ["##fileformat=VCFv4.2", "##contig=<ID=chr7>", *extra]
    path = write("\n".join([*lines, *_one_sample(sample)]) + "\n")
    with pytest.raises(Unreadable) as caught:
        read_vcf(path, vocabulary)
    (told,) = caught.value.problems
    assert f"{sample}, is the normal by {why}" in told
    assert f"tumour_sample = {sample!r}" in told
    assert list(read_vcf(path, vocabulary, tumour_sample=sample)) == [sample]
    assert list(read_vcf(path, vocabulary, Origin.GERMLINE)) == [sample]


def _one_sample(sample):
    names = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", sample]
    return ["##FORMAT=<ID=GT,Number=1,Type=String,Description=x>", "\t".join(names)]


def test_a_row_that_names_a_gene_and_no_transcript_is_read(write, vocabulary):
    layout = "Allele|Consequence|SYMBOL|Feature_type|HGVSp"
    annotations = {
        1: "T|missense_variant|BRAF||ENSP1:p.Val600Glu",
        2: "T|regulatory_region_variant||RegulatoryFeature|",
        3: "T|missense_variant|BRAF|interaction|",
    }
    lines = ["##fileformat=VCFv4.2", "##contig=<ID=chr7>",
             f'##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: {layout}">',
             *_one_sample("T")]  # fmt: skip
    rows = [f"chr7\t{at}\t.\tA\tT\t.\tPASS\tCSQ={t}\tGT\t0/1" for at, t in annotations.items()]
    observed = read_vcf(write("\n".join([*lines, *rows]) + "\n"), vocabulary)["T"]
    assert [one.label for one in observed.alterations] == ["BRAF V600E"]
    assert observed.filtered == {"between genes": 1, "annotated on no transcript": 1}
