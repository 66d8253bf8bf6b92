"""A case file and all that it names: read whole, or every problem told at once."""

from pathlib import Path

import pytest

from onkos.errors import Unreadable
from onkos.model import Case, CopyNumber, Fusion, Knowledge, Origin, SmallVariant, genes_of
from onkos.sources.patient.casefile import read_case
from onkos.sources.patient.kinds import kind_of
from onkos.sources.patient.together import ANOTHER_FILE, TWICE

MAF = (
    "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tChromosome\t"
    "Start_Position\tReference_Allele\tTumor_Seq_Allele2\n"
    "BRAF\tMissense_Mutation\tT1\tp.V600E\t7\t140453136\tA\tT\n"
    "TP53\tMissense_Mutation\tT1\tp.R175H\t17\t7578406\tC\tT\n"
)
TWO_TUMOURS = MAF + "KRAS\tMissense_Mutation\tT2\tp.G12D\t12\t25398284\tC\tT\n"
COPIES = "gene\tcall\nCDKN2A\tdeletion\n"
FUSIONS = "gene1\tgene2\nEML4\tALK\n"
SEGMENTS = "ID\tchrom\tloc.start\tloc.end\tnum.mark\tseg.mean\nT1\t7\t100\t200\t5\t0.3\n"
VCF = (
    "##fileformat=VCFv4.2\n"
    '##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: Allele|Consequence|SYMBOL|'
    'Feature_type|Feature|HGVSp">\n'
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tTUMOR\n"
    "12\t25398284\t.\tC\tT\t.\tPASS\tCSQ=T|missense_variant|KRAS|Transcript|ENST1|p.Gly12Asp\tGT\t0/1\n"
)
PAGE = """
id = "demo-01"
disease = "melanoma"
age = 61
sex = "female"
stage = "IV"
line = 2
settings = ["metastatic"]
as_of = 2026-03-02
alterations = ["NRAS Q61K"]
measurements = ["TMB 12", "MSS"]
prior = ["ipilimumab + nivolumab (line 1, progressed)"]
comedication = []

[[sample]]
id = "tumour"
material = "tissue"
purity = 0.6
assay = "WES paired"
files = [
    { path = "snvs.maf", kind = "maf" },
    { path = "cna.txt", kind = "copy-number" },
    { path = "x.seg", kind = "segments" },
    { path = "fusions.txt", kind = "fusions" },
]
"""
SHORT = 'id = "P1"\ndisease = "MEL"\n'
FILES = {"snvs.maf": MAF, "cna.txt": COPIES, "fusions.txt": FUSIONS, "x.seg": SEGMENTS}


@pytest.fixture
def case_of(tmp_path: Path, knowledge: Knowledge):
    def made(page: str = PAGE, fuzzy: bool = False, **files: str) -> Case:
        for name, text in {**FILES, **files}.items():
            (tmp_path / name).write_bytes(text.encode())
        path = tmp_path / "case.toml"
        path.write_bytes(page.encode())
        return read_case(path, knowledge, fuzzy)

    return made


def problems(case_of, page: str, **files: str) -> str:
    with pytest.raises(Unreadable) as caught:
        case_of(page, **files)
    assert caught.value.source == "case.toml"
    return "\n".join(caught.value.problems)


def sample(*files: str, more: str = "") -> str:
    return f"{SHORT}[[sample]]\n{more}\nfiles = [ {', '.join(files)} ]\n"


def test_all_parts_come_together(case_of):
    case = case_of()
    kinds = {type(one) for one in case.alterations}
    assert kinds == {SmallVariant, CopyNumber, Fusion}
    assert {one.label for one in case.alterations} >= {"NRAS Q61K", "BRAF V600E", "CDKN2A deletion"}
    assert (case.disease, case.line, case.settings) == ("MEL", 2, ("metastatic",))
    assert case.as_of == "2026-03-02"
    assert case.comedication == ()
    assert case.prior is not None
    assert case.prior[0].drugs == ("ipilimumab", "nivolumab")
    assert {m.name for m in case.measurements} == {"TMB", "MSI"}
    assert len(case.segments) == 1
    assert not case.unread


def test_crlf_and_byte_order_mark_are_accepted(case_of):
    assert case_of("\ufeff" + PAGE.replace("\n", "\r\n")).id == "demo-01"


def test_a_paired_assay_makes_small_variants_somatic(case_of):
    variants = [a for a in case_of().alterations if isinstance(a, SmallVariant)]
    assert {(a.gene, a.origin) for a in variants} == {
        ("BRAF", Origin.SOMATIC), ("TP53", Origin.SOMATIC), ("NRAS", Origin.UNKNOWN),
    }  # fmt: skip


def test_the_file_s_own_origin_goes_first(case_of):
    page = PAGE.replace('kind = "maf"', 'kind = "maf", origin = "germline"')
    origins = {a.origin for a in case_of(page).alterations if a.label == "TP53 R175H"}
    assert origins == {Origin.GERMLINE}


def test_a_change_stated_and_read_counts_once(case_of):
    case = case_of(PAGE.replace("NRAS Q61K", "BRAF V600E"))
    assert [a.label for a in case.alterations].count("BRAF V600E") == 1
    assert case.filtered[TWICE] == 1


def test_a_change_in_two_files_of_a_sample_counts_once(case_of):
    files = ('{ path = "snvs.maf" }', '{ path = "again.maf", origin = "somatic" }')
    case = case_of(sample(*files), **{"again.maf": TWO_TUMOURS.replace("T2", "T1")})
    assert sorted(a.label for a in case.alterations) == ["BRAF V600E", "KRAS G12D", "TP53 R175H"]
    assert case.filtered[ANOTHER_FILE] == 2


def test_a_germline_and_a_somatic_file_are_both_kept(case_of):
    files = ('{ path = "snvs.maf", origin = "somatic" }', '{ path = "g.maf", origin = "germline" }')
    assert len(case_of(sample(*files), **{"g.maf": MAF}).alterations) == 4


def test_findings_of_several_samples_keep_their_sample(case_of):
    page = PAGE + (
        '[[sample]]\nid = "plasma"\nassay = "Guardant360 CDx"\ntumour_fraction = 0.04\n'
        'alterations = ["KRAS G12D"]\nfiles = [{ path = "p.vcf" }]\n'
    )
    case = case_of(page, **{"p.vcf": VCF.replace("Gly12Asp", "Gly13Asp")})
    samples = {gene: one.sample for one in case.alterations for gene in genes_of(one)}
    assert (samples["KRAS"], samples["BRAF"], samples["ALK"]) == ("plasma", "tumour", "tumour")
    assert [s.material for s in case.samples] == ["tissue", "plasma"]


def test_one_tumour_of_a_cohort_s_table(case_of):
    page = sample('{ path = "snvs.maf", barcode = "T2" }')
    case = case_of(page, **{"snvs.maf": TWO_TUMOURS})
    assert [a.label for a in case.alterations] == ["KRAS G12D"]
    told = problems(case_of, sample('{ path = "snvs.maf" }'), **{"snvs.maf": TWO_TUMOURS})
    assert "2 samples; add barcode" in told
    told = problems(case_of, sample('{ path = "snvs.maf", barcode = "T9" }'))
    assert "has no sample 'T9'; it has T1" in told


def test_the_kind_is_told_from_content(case_of, tmp_path):
    page = sample('{ path = "a.txt" }', '{ path = "b.txt" }', '{ path = "c.txt" }')
    case = case_of(page, **{"a.txt": MAF, "b.txt": FUSIONS, "c.txt": VCF})
    assert any("a.txt: read as maf, told from its columns" in n for n in case.notices)
    assert any("c.txt: read as vcf" in notice for notice in case.notices)
    assert kind_of(tmp_path / "cna.txt")[0] == "copy-number"
    assert kind_of(tmp_path / "x.seg")[0] == "segments"
    assert "does not show" in problems(case_of, sample('{ path = "d.txt" }'), **{"d.txt": "a\tb\n"})


def test_an_assay_written_out(case_of):
    page = sample(
        '{ path = "snvs.maf" }',
        more='assay_definition = { name = "ours", small_variants = ["BRAF", "HER2"], '
        'regions = { KRAS = ["codons 12-13"] } }',
    )
    assay = case_of(page).samples[0].assay
    assert assay is not None
    assert assay.small_variants == ("BRAF", "ERBB2")
    assert assay.regions == {"KRAS": ("codons 12-13",)}
    told = problems(case_of, page.replace("small_variants", "small_variant"))
    assert "did you mean 'small_variants'" in told


def test_every_problem_is_told_at_once(case_of):
    page = """
id = "P1"
disease = "melanomma"
sexx = "female"
stage = "IX"
[[sample]]
assay = "WESS"
purityy = 0.5
files = [
    { path = "none.maf" }, { path = "bad.maf", kind = "maf" }, { path = "b.vcf", king = "vcf" },
]
"""
    told = problems(case_of, page, **{"bad.maf": "a\tb\n1\t2\n"})
    for said in (
        "unknown key 'sexx'; did you mean 'sex'",
        "unknown key 'purityy'; did you mean 'purity'",
        "unknown key 'king'; did you mean 'kind'",
        "unknown disease 'melanomma'; nearest: Melanoma",
        "stage 'IX'",
        "unknown assay 'WESS'",
        "none.maf is not there",
        "bad.maf: line 1: no column for gene",
    ):
        assert said in told


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('disease = "MEL"', "'id' is missing"),
        ('id = "P1"', "'disease' is missing"),
        ('id = "P1', "not TOML"),
        (SHORT + 'age = "old"', "'age': expected a number, got text"),
        (SHORT + 'alterations = "BRAF V600E"', "'alterations': expected a list, got text"),
        (SHORT + "purity = 0.5", "unknown key 'purity'"),
        (SHORT + 'sample = "x"', "write [[sample]]"),
        (SHORT + "[[sample]]\npurity = 60", "purity 60.0 is outside 0 to 1"),
        (SHORT + '[[sample]]\nid = "a"\n[[sample]]\nid = "a"', "two samples have this id"),
        (SHORT + '[[sample]]\nid = "a"\n[[sample]]\n', "each needs one"),
        (sample('{ kind = "maf" }'), "has no path"),
        (sample('{ path = "snvs.maf", kind = "mof" }'), "one of maf, vcf"),
        (sample('{ path = "snvs.maf", origin = "tumour" }'), "one of somatic, germline, unknown"),
        (sample('{ path = "snvs.maf" }', '{ path = "./snvs.maf" }'), "listed twice"),
        (sample('{ path = "/etc/passwd" }'), "add kind, one of"),
        (sample('{ path = "." }'), "is a folder"),
    ],
)
def test_what_is_wrong_is_said(case_of, page, said):
    assert said in problems(case_of, page)


def test_a_file_above_the_folder_is_named_by_its_relative_path(tmp_path, knowledge):
    (tmp_path / "patient").mkdir()
    (tmp_path / "snvs.maf").write_text(MAF)
    path = tmp_path / "patient" / "case.toml"
    path.write_text(sample('{ path = "../snvs.maf" }'))
    assert len(read_case(path, knowledge).alterations) == 2


@pytest.mark.parametrize("content", [b"\x00\x01", b"id = \xff", b"x" * 2_000_000])
def test_what_is_no_case_file(tmp_path, knowledge, content):
    path = tmp_path / "case.toml"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        read_case(path, knowledge)
    with pytest.raises(Unreadable):
        read_case(tmp_path / "none.toml", knowledge)


def test_a_misspelled_disease_is_replaced_only_when_asked(case_of):
    page = SHORT.replace("MEL", "melanomma")
    assert "unknown disease" in problems(case_of, page)
    case = case_of(page, fuzzy=True)
    assert case.disease == "MEL"
    assert any("read as Melanoma" in notice for notice in case.notices)


def example(number: int) -> str:
    text = (Path(__file__).parents[2] / "docs" / "case-file.md").read_text(encoding="utf-8")
    return text.split("```toml\n")[number].partition("```")[0]


def test_the_example_of_the_documentation_is_a_case(case_of):
    page = example(1).replace("plasma.vcf.gz", "plasma.vcf").replace("tumour.seg", "x.seg")
    case = case_of(page, **{"plasma.vcf": VCF.replace("TUMOR", "PLASMA")})
    assert len(case.samples) == 2
    assert not case.unread


def test_the_assay_of_the_documentation_is_one(case_of):
    assay = case_of(SHORT + example(2), **{"panel.maf": MAF}).samples[0].assay
    assert assay is not None
    assert (assay.limit_of_detection, assay.regions["BRAF"]) == (0.05, ("exon 15",))
