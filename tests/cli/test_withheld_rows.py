"""Withheld, a page says byte for byte the same with and without the inherited rows of its input.

Rows are understood or not, called inherited by a status, a filter, a field of the caller or by
the reads of the normal; they stand first, last or alone.
"""

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

FORMS = ("text", "md", "html", "json")

MAF = ("Hugo_Symbol Variant_Classification HGVSp_Short Chromosome Start_Position NCBI_Build "
       "Reference_Allele Tumor_Seq_Allele2 Tumor_Sample_Barcode t_alt_count t_depth n_alt_count "
       "n_depth Mutation_Status FILTER gnomAD_AF").split()  # fmt: skip
_MISSENSE, _NONSENSE = "Missense_Mutation", "Nonsense_Mutation"
MAF_TUMOUR = [
    ["EGFR", _MISSENSE, "p.L858R", "7", "55191822", "GRCh38", "T", "G", "T1", "30", "100", "0",
     "80", "Somatic", "PASS", ""],
    ["TP53", _MISSENSE, "p.R175H", "17", "7675088", "GRCh38", "C", "T", "T1", "40", "100", "1",
     "80", "", "PASS", ""],
    ["KRAS", "Silent", "p.G60G", "12", "25227340", "GRCh38", "A", "G", "T1", "20", "100", "0",
     "80", "", "PASS", ""],
    ["TTN", _MISSENSE, "p.odd", "2", "178527000", "GRCh38", "A", "G", "T1", "20", "100", "0",
     "80", "", "PASS", ""],
]  # fmt: skip
MAF_INHERITED = [
    ["BRCA2", _NONSENSE, "p.E1308*", "13", "32338277", "GRCh38", "G", "T", "T1", "50", "100", "",
     "", "Germline", "PASS", ""],
    ["BRCA2", _NONSENSE, "BRCA2pE1308stop", "13", "32338277", "GRCh38", "G", "T", "T1", "50",
     "100", "", "", "Germline", "PASS", ""],
    ["MLH1", _NONSENSE, "p.R226*", "3", "37012077", "GRCh38", "C", "T", "T1", "50", "100", "52",
     "100", "", "PASS", ""],
    ["MLH1", "no such class", "", "3", "37012077", "GRCh38", "C", "T", "T1", "50", "100", "52",
     "100", "", "PASS", ""],
    ["MSH6", _NONSENSE, "p.R240*", "2", "47799000", "GRCh38", "C", "T", "T1", "50", "100", "", "",
     "", "germline", ""],
    ["PALB2", _NONSENSE, "p.R414*", "16", "23635306", "hg19", "C", "T", "T1", "50", "100", "", "",
     "Germline", "PASS", ""],
    ["ATM", "Silent", "p.A1A", "11", "108227800", "GRCh38", "C", "T", "T1", "50", "100", "", "",
     "Germline", "PASS", ""],
    ["CHEK2", _NONSENSE, "Germline"],
    ["KRAS", _MISSENSE, "p.G12D", "12", "25245350", "GRCh38", "C", "T", "T1", "50", "100", "", "",
     "", "germline_risk", ""],
]  # fmt: skip


def write_maf(folder, rows):
    lines = ["\t".join(row) + "\n" for row in (MAF, *rows)]
    (folder / "case.maf").write_text("".join(lines), encoding="utf-8")
    return folder / "case.maf"


CSQ = ("Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|HGVSc|HGVSp|"
       "MANE_SELECT|gnomADe_AF")  # fmt: skip
HEADER = f"""##fileformat=VCFv4.2
##reference=GRCh38
##source=VarScan2
##FILTER=<ID=germline,Description="x">
##INFO=<ID=SS,Number=1,Type=String,Description="status (0=Reference,1=Germline,2=Somatic,3=LOH)">
##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: {CSQ}">
##FORMAT=<ID=GT,Number=1,Type=String,Description="g">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="a">
##contig=<ID=7>
##contig=<ID=12>
##contig=<ID=13>
##contig=<ID=17>
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNORMAL\tTUMOR
"""


def record(at, filters="PASS", status="2", normal="80,0", tumour="70,30"):
    chromosome, place, reference, alternate, terms, gene, coding, protein = at
    enst = f"ENST0000000000{len(gene)}"
    told = f"{alternate}|{terms}|H|{gene}|E|Transcript|{enst}|protein_coding|1/9|{coding}|" + (
        f"{protein}|{enst}|"
    )
    return (f"{chromosome}\t{place}\t.\t{reference}\t{alternate}\t90\t{filters}\t"
            f"SS={status};CSQ={told}\tGT:AD\t0/0:{normal}\t0/1:{tumour}\n")  # fmt: skip


EGFR = ("7", 55191822, "T", "G", "missense_variant", "EGFR", "c.2573T>G", "p.Leu858Arg")
TP53 = ("17", 7675088, "C", "T", "missense_variant", "TP53", "c.524G>A", "p.Arg175His")
BRCA2 = ("13", 32337277, "G", "T", "stop_gained", "BRCA2", "c.3922G>T", "p.Glu1308Ter")
ODD = ("13", 32337278, "G", "T", "stop_gained", "BRCA2", "c.3922G>T", "p.E1308stop")
UNKNOWN = ("13", 32337279, "G", "T", "no_such_term", "BRCA2", "c.3922G>T", "p.Glu1308Ter")
VCF_TUMOUR = [record(EGFR), record(TP53, normal="79,1"),
              record((*UNKNOWN[:5], "TTN", *UNKNOWN[6:]))]  # fmt: skip
VCF_INHERITED = [
    record(BRCA2, status="1"), record(ODD, status="1"), record(UNKNOWN, status="1"),
    record(BRCA2, filters="germline"),
    record(("12", 25245350, "C", "T", "missense_variant", "KRAS", "c.35G>A", "p.Gly12Asp"),
           filters="germline"), record(BRCA2, normal="50,50", tumour="50,50"),
    record(ODD, normal="50,50", tumour="50,50"), record(BRCA2, status="3", tumour="5,95"),
]  # fmt: skip


def write_vcf(folder, rows):
    (folder / "case.vcf").write_text(HEADER + "".join(rows), encoding="utf-8")
    return folder / "case.vcf"


TOLD = ["EGFR L858R", "TP53 R175H", "somewhat odd"]
TOLD_INHERITED = [
    "germline BRCA2 XYZ", "germline BRCA2 E1308*", "gBRCA1 mutation", "no germline MLH1 mutation",
    "hereditary something", "Lynch syndrome", "germline MSH2 deletion",
]  # fmt: skip


def write_case(folder, rows):
    body = json.dumps(rows)
    text = f'id = "case"\ndisease = "LUAD"\nalterations = {body}\ngermline = "withhold"\n'
    (folder / "case.toml").write_text(text, encoding="utf-8")
    return folder / "case.toml"


def told(run, path, *more):
    """Exit, output and messages of every form."""
    said = () if path.suffix == ".toml" else ("--disease", "LUAD", *more)
    found = []
    for form in FORMS:
        shown = run("report", path, *said, "--germline", "withhold", "-o",
                    path.parent / f"page.{form}", "--format", form)  # fmt: skip
        page = path.parent / f"page.{form}"
        text = page.read_text(encoding="utf-8") if page.exists() else ""
        page.unlink(missing_ok=True)
        found.append((shown.exit_code, shown.output, shown.stderr, text))
    return found


def lined_up(tumour, inherited, order):
    """Both kinds of rows together, each kind in its own order."""
    rows = list(tumour)
    for row, at in zip(inherited, order, strict=False):
        rows.insert(min(at, len(rows)), row)
    return rows


KINDS = {
    "maf": (write_maf, MAF_TUMOUR, MAF_INHERITED),
    "vcf": (write_vcf, VCF_TUMOUR, VCF_INHERITED),
    "case file": (write_case, TOLD, TOLD_INHERITED),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("assay", ["WES paired", "FoundationOne CDx"])
def test_each_inherited_row_leaves_no_trace(run, tmp_path, kind, assay):
    write, tumour, inherited = KINDS[kind]
    without = told(run, write(tmp_path, tumour), "--assay", assay)
    assert all(code == 0 for code, *_ in without), without[0]
    for number, row in enumerate(inherited):
        given = write(tmp_path, lined_up(tumour, [row], [number % 3]))
        assert told(run, given, "--assay", assay) == without, row


@pytest.mark.parametrize("kind", KINDS)
def test_inherited_rows_alone_leave_no_trace(run, tmp_path, kind):
    write, _, inherited = KINDS[kind]
    without = told(run, write(tmp_path, []))
    assert told(run, write(tmp_path, inherited)) == without
    for row in inherited:
        assert told(run, write(tmp_path, [row])) == without, row


def raw(at, normal="80,0", tumour="70,30", genotype="0/0"):
    """A call without annotation, told by its place alone."""
    chromosome, place, reference, alternate = at
    return (f"{chromosome}\t{place}\t.\t{reference}\t{alternate}\t90\tPASS\tSS=2\tGT:AD\t"
            f"{genotype}:{normal}\t0/1:{tumour}\n")  # fmt: skip


RAW_TUMOUR = [raw(EGFR[:4]), raw(("17", 7675088, "C", "T"))]
FOUNDER = ("13", 32340300, "GT", "G")
RAW_INHERITED = [
    raw(FOUNDER, "50,50", "50,50", "0/1"), raw(FOUNDER, "4,5", "50,50", "0/1"),
    raw(FOUNDER, "76,24", "50,50", "0/1"), raw(FOUNDER, ".", "50,50", "0/1"),
    raw(("13", 32340310, "A", "C"), "5,5", "50,50", "0/1"),
    raw(("7", 55191821, "C", "A"), "50,50", "50,50", "0/1"),  # a known change beside L858R
]  # fmt: skip


@pytest.mark.parametrize("row", RAW_INHERITED)
def test_calls_without_a_reference_leave_no_trace(run, tmp_path, row):
    without = told(run, write_vcf(tmp_path, RAW_TUMOUR), "--assay", "WES paired")
    assert "EGFR L858R" in without[0][3]
    given = write_vcf(tmp_path, lined_up(RAW_TUMOUR, [row], [1]))
    assert told(run, given, "--assay", "WES paired") == without


def test_a_file_of_inherited_rows_alone_does_not_say_that_it_is_empty(run, tmp_path):
    for rows in ([], MAF_INHERITED):
        for *_, text in told(run, write_maf(tmp_path, rows)):
            assert "no rows" not in text.replace("has no rows, and may not", "")


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(list(KINDS)), st.data())
def test_any_mixture_leaves_no_trace(run, tmp_path, kind, data):
    write, tumour, inherited = KINDS[kind]
    some = data.draw(st.lists(st.sampled_from(inherited), unique_by=str, min_size=1))
    order = data.draw(st.lists(st.integers(0, 6), min_size=len(some), max_size=len(some)))
    without = told(run, write(tmp_path, tumour))
    assert told(run, write(tmp_path, lined_up(tumour, some, order))) == without


@pytest.mark.parametrize("kind", KINDS)
def test_told_when_it_may_be(run, tmp_path, kind):
    """The same rows do tell where nothing is withheld: the tests above can fail."""
    write, tumour, inherited = KINDS[kind]
    path = write(tmp_path, [*tumour, *inherited])
    if kind == "case file":
        path.write_text(path.read_text().replace('germline = "withhold"\n', ""))
    said = () if kind == "case file" else ("--disease", "LUAD", "--assay", "WES paired")
    page = tmp_path / "page.txt"
    assert run("report", path, *said, "-o", page).exit_code == 0
    assert "BRCA2 E1308*" in page.read_text(encoding="utf-8")
    assert "counselling" in page.read_text(encoding="utf-8")
