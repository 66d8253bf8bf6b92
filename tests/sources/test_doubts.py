"""What a sample's files rule out of small variants, and what keeps them from it."""

import pytest

from onkos.annotate.consent import without_germline
from onkos.cli.intake import case_of
from onkos.criteria import evaluate, parse
from onkos.errors import Unreadable
from onkos.model import Answer
from onkos.sources.patient.casefile import read_case
from onkos.sources.patient.record import case_of_record
from tests.sources.test_vcf import BRAF, header, row, vep

SIGNED = "##source=Mutect2"
PAIR = ("TUMOR", "NORMAL")
HERE, NOT_HERE = "0/1:60,40:100", "0/0:100,0:100"
NAMES = "Hugo_Symbol Variant_Classification HGVSp_Short Mutation_Status Tumor_Sample_Barcode FILTER"
OTHER = f"CSQ={vep('missense_variant', 'KRAS', protein='Gly12Asp')}"
BROKEN = f"CSQ={vep('missense_variant', 'EGFR', protein='pE1308stop')}"


def small(read):
    """Doubts about small variants."""
    return tuple(d for d in read.samples[0].doubts if d.about == "small_variants")


def maf(*rows):
    return "".join("\t".join(one.split()) + "\n" for one in (NAMES, *rows))


@pytest.fixture
def case(tmp_path, knowledge):
    """A case of one sample with one file; `more` and `sample` are lines of its page."""

    def made(name, text, entry="", sample="", more=""):
        (tmp_path / name).write_text(text, encoding="utf-8")
        page = tmp_path / "case.toml"
        page.write_text(
            f'id = "c"\ndisease = "LUAD"\n{more}\n[[sample]]\nassay = "WES paired"\n{sample}\n'
            f'files = [{{ path = "{name}"{entry} }}]\n',
            encoding="utf-8",
        )
        return read_case(page, knowledge)

    return made


@pytest.fixture
def ask(vocabulary):
    """What a criterion says of a case."""

    def found(case, text):
        return evaluate(parse(text, vocabulary), case, vocabulary)

    return found


def test_calls_that_passed_settle_what_is_not_among_them(case, ask):
    read = case("a.vcf", header(SIGNED) + row(f"CSQ={BRAF}"))
    assert ask(read, "BRAF V600E").answer is Answer.MET
    assert ask(read, "EGFR L858R").answer is Answer.UNMET
    assert small(read) == ()


def test_a_header_alone_settles_nothing(case, ask):
    verdict = ask(case("a.vcf", header(SIGNED)), "EGFR L858R")
    assert verdict.answer is Answer.UNKNOWN
    assert "has no rows" in " ".join(verdict.reasons)


@pytest.mark.parametrize(
    ("extra", "entry", "sample", "answer"),
    [
        ((SIGNED,), "", "coverage = 500", Answer.UNMET),
        ((), "", "coverage = 500", Answer.UNKNOWN),
        (("##source=Manta",), "", "coverage = 500", Answer.UNKNOWN),
        ((), ", complete = true", "", Answer.UNMET),
    ],
)
def test_a_header_alone_where_the_run_is_known(case, ask, extra, entry, sample, answer):
    assert ask(case("a.vcf", header(*extra), entry, sample), "EGFR L858R").answer is answer


def test_calls_that_all_failed_are_not_known_to_be_all(case, ask):
    failed = header(SIGNED) + row(OTHER.replace("KRAS", "ZNF1"), filters="LowQual")
    assert ask(case("a.vcf", failed), "EGFR L858R").answer is Answer.UNKNOWN
    assert ask(case("a.vcf", failed, "", "coverage = 90"), "EGFR L858R").answer is Answer.UNMET


def test_a_maf_of_names_alone_settles_nothing(case, ask):
    assert ask(case("a.maf", maf()), "EGFR L858R").answer is Answer.UNKNOWN
    read = case("a.maf", maf(), ", complete = true")
    assert ask(read, "EGFR L858R").answer is Answer.UNMET


def test_complete_is_of_calls(case):
    with pytest.raises(Unreadable, match="complete = true is for lists of alterations"):
        case("a.tsv", "Gene\tTPM\nEGFR\t3\n", ', kind = "expression", complete = true')


def test_files_without_small_variants_settle_none(case, ask):
    text = "Gene\tTPM\nEGFR\t3\n"
    verdict = ask(case("a.tsv", text, ', kind = "expression"'), "EGFR L858R")
    assert (verdict.answer, verdict.reasons) != (Answer.UNMET, ())
    assert "no calls of small variants were read" in " ".join(verdict.reasons)
    stated = case("a.tsv", text, ', kind = "expression"', more='alterations = ["KRAS G12D"]')
    assert ask(stated, "EGFR L858R").answer is Answer.UNMET


def test_a_row_that_was_not_understood_leaves_its_gene_open(case, ask):
    read = case("a.vcf", header(SIGNED) + row(OTHER) + row(BROKEN, position=55191822))
    assert [item.line for item in read.unread] == [12]
    assert ask(read, "EGFR L858R").answer is Answer.UNKNOWN
    assert ask(read, "BRAF V600E").answer is Answer.UNMET


def test_a_row_that_names_no_gene_leaves_all_open(case, ask):
    read = case("a.vcf", header(SIGNED) + row(OTHER) + row(OTHER, position="x"))
    assert ask(read, "BRAF V600E").answer is Answer.UNKNOWN


def test_one_bad_row_as_the_only_one_is_no_reason_to_refuse(tmp_path, knowledge):
    path = tmp_path / "a.vcf"
    path.write_text(header(SIGNED) + row(OTHER, HERE.replace("100", "-100")), encoding="utf-8")
    said = {"disease": "LUAD", "assay": ("WES",)}
    read = case_of((str(path),), said, knowledge, fuzzy=False)
    assert len(read.unread) == 1
    assert {doubt.gene for doubt in small(read)} == {"KRAS", ""}
    path.write_text(header(SIGNED) + 9 * row(OTHER, HERE.replace("100", "-100")), encoding="utf-8")
    with pytest.raises(Unreadable):
        case_of((str(path),), said, knowledge, fuzzy=False)


def test_an_inherited_row_of_a_maf_leaves_nothing_open_where_it_is_withheld(case, knowledge):
    text = maf(
        "KRAS Missense_Mutation p.G12D Somatic t PASS",
        "BRCA2 Missense_Mutation BRCA2pE1308stop Germline t PASS",
    )
    read = case("a.maf", text)
    assert [(d.gene, d.germline) for d in small(read)] == [("BRCA2", True)]
    assert small(without_germline(read, knowledge)) == ()


def test_one_change_in_the_normals_column_alone_is_not_tested_and_not_found(case, ask):
    read = case("a.vcf", header(SIGNED, samples=PAIR) + row(f"CSQ={BRAF}", NOT_HERE, HERE))
    for text in ("BRAF V600E", "EGFR L858R"):
        verdict = ask(read, text)
        assert verdict.answer is Answer.UNKNOWN
        assert "tumour (TUMOR) and normal (NORMAL) may be swapped" in " ".join(verdict.reasons)
    assert any("give tumour_sample = 'NORMAL'" in notice for notice in read.notices)


def test_among_more_changes_of_the_tumour_only_its_gene_is_open(case, ask):
    rows = [row(OTHER, HERE, NOT_HERE, position=100 + at) for at in range(3)]
    read = case(
        "a.vcf", header(SIGNED, samples=PAIR) + "".join(rows) + row(f"CSQ={BRAF}", NOT_HERE, HERE)
    )
    assert ask(read, "BRAF V600E").answer is Answer.UNKNOWN
    assert ask(read, "EGFR L858R").answer is Answer.UNMET
    assert not any("swapped" in notice for notice in read.notices)


def test_a_list_of_drivers_settles_no_absence(shared_data, tmp_path, knowledge, ask):
    path = shared_data / "patients" / "hmftools_colo829" / "real.orange.json"
    page = tmp_path / "case.toml"
    page.write_text(
        'id = "c"\ndisease = "MEL"\n[[sample]]\nassay = "WES paired"\n'
        f'files = [{{ path = "{path}", kind = "orange" }}]\n',
        encoding="utf-8",
    )
    verdict = ask(read_case(page, knowledge), "KRAS G12C")
    assert verdict.answer is Answer.UNKNOWN
    assert "drivers alone were reported" in " ".join(verdict.reasons)


def test_the_example_of_scarhrd_is_read_as_it_is(shared_data, tmp_path, knowledge):
    path = shared_data / "patients" / "hrd_scarhrd" / "test2.txt"
    page = tmp_path / "case.toml"
    page.write_text(
        'id = "c"\ndisease = "HGSOC"\n[[sample]]\nassay = "WES paired"\n'
        f'files = [{{ path = "{path}", kind = "segments", assembly = "GRCh38" }}]\n',
        encoding="utf-8",
    )
    read = case_of((str(page),), {}, knowledge, fuzzy=False)
    assert [item.line for item in read.unread] == [168]
    assert len(read.segments) == read.rows - 1


def test_changes_that_failed_the_filter_and_are_kept_are_counted(case):
    failed = case("a.vcf", header(SIGNED) + row(f"CSQ={BRAF}", filters="LowQual"))
    told = [notice for notice in failed.notices if "failed the caller's filter" in notice]
    assert told == [
        "a.vcf: 1 change is kept though it failed the caller's filter (LowQual): known hotspots, "
        "to be confirmed"
    ]
    text = maf("BRAF Missense_Mutation p.V600E Somatic t weak_evidence")
    assert any("(weak_evidence)" in notice for notice in case("a.maf", text).notices)


@pytest.mark.parametrize(
    ("reads", "contradict"),
    [
        ("0/1:97,3:1000:0.9", True),
        ("0/1:60,40:100:0.9", True),
        ("0/1:60,40:250:0.4", True),
        ("0/1:60,40:150:0.398", False),
        ("0/1:0,1:1:0.667", False),
        ("0/1:60,40:100:.", False),
    ],
)
def test_reads_that_contradict_each_other_are_told_with_their_place(case, reads, contradict):
    read = case("a.vcf", header(SIGNED) + row(OTHER, reads, form="GT:AD:DP:AF"))
    told = [notice for notice in read.notices if "contradict" in notice]
    assert bool(told) is contradict
    assert all("line 11" in notice and "counted reads are believed" in notice for notice in told)


@pytest.mark.parametrize(
    ("text", "open_", "settled"),
    [
        ("KRAS G1zz2D", "KRAS G12D", "EGFR L858R"),
        ("something G12D", "EGFR L858R", None),
    ],
)
def test_words_that_were_not_understood_leave_their_gene_open(text, open_, settled, knowledge, ask):
    record = {"id": "c", "disease": "LUAD", "assay": "WES", "alterations": [text, "TP53 R175H"]}
    read = case_of_record(record, knowledge)
    assert ask(read, open_).answer is Answer.UNKNOWN
    assert settled is None or ask(read, settled).answer is Answer.UNMET


def test_words_of_an_inherited_change_are_marked_so(knowledge):
    record = {"id": "c", "disease": "LUAD", "assay": "WES", "alterations": ["germline BRCA2 XYZ"]}
    doubts = case_of_record(record, knowledge).samples[0].doubts
    assert [(doubt.gene, doubt.germline) for doubt in doubts] == [("BRCA2", True)]


KRAS = "KRAS Missense_Mutation p.G12D Somatic t PASS"
PANEL = 'assay = "FoundationOne CDx"'
FUSED = "#gene1\tgene2\tconfidence\treading_frame\n"
LISTED = "Gene\tcall\n"


@pytest.fixture
def files(tmp_path, knowledge):
    """A case of one sample with several files of a panel; `sample` and `more` are lines."""

    def made(named, sample="", more="", entry=""):
        for name, text in named.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        listed = ", ".join(f'{{ path = "{name}"{entry} }}' for name in named)
        page = tmp_path / "case.toml"
        page.write_text(
            f'id = "c"\ndisease = "LUAD"\n{more}\n[[sample]]\n{PANEL}\n{sample}\n'
            f"files = [{listed}]\n",
            encoding="utf-8",
        )
        return read_case(page, knowledge)

    return made


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("ALK fusion", "no file of fusions was read from this sample"),
        ("ERBB2 amplification", "no file of copies was read from this sample"),
        ("MET exon 14 skipping", "no file of structural changes within genes was read"),
    ],
)
def test_small_variants_rule_out_small_variants_only(files, ask, question, reason):
    read = files({"a.maf": maf(KRAS)})
    assert ask(read, "EGFR L858R").answer is Answer.UNMET
    verdict = ask(read, question)
    assert verdict.answer is Answer.UNKNOWN
    assert reason in " ".join(verdict.reasons)
    assert verdict.questions


def test_a_table_of_fusions_rules_out_fusions_only(files, ask):
    row = "CD74\tNRG1\thigh\tin-frame\n"
    read = files({"f.tsv": FUSED + row})
    assert ask(read, "NRG1 fusion").answer is Answer.MET
    assert ask(read, "ALK fusion").answer is Answer.UNMET
    assert ask(read, "EGFR L858R").answer is Answer.UNKNOWN
    assert ask(read, "ERBB2 amplification").answer is Answer.UNKNOWN
    assert ask(read, "MET exon 14 skipping").answer is Answer.UNKNOWN  # most are small variants
    both = files({"f.tsv": FUSED + row, "a.maf": maf(KRAS)})
    assert ask(both, "MET exon 14 skipping").answer is Answer.UNMET


def test_an_empty_table_of_fusions_rules_out_what_somebody_vouches_for(files, ask):
    entry = ', kind = "fusions"'
    verdict = ask(files({"f.tsv": FUSED}, entry=entry), "ALK fusion")
    assert verdict.answer is Answer.UNKNOWN
    assert "the file of fusions has no rows" in " ".join(verdict.reasons)
    read = files({"f.tsv": FUSED}, entry=f"{entry}, complete = true")
    assert ask(read, "ALK fusion").answer is Answer.UNMET
    assert ask(read, "EGFR L858R").answer is Answer.UNKNOWN


def test_words_are_a_report_and_beside_files_of_their_own_class(files, ask, knowledge):
    assay = "FoundationOne CDx"
    record = {"id": "c", "disease": "LUAD", "assay": assay, "alterations": ["KRAS G12D"]}
    typed = case_of_record(record, knowledge)
    for question in ("ALK fusion", "ERBB2 amplification", "MET exon 14 skipping"):
        assert ask(typed, question).answer is Answer.UNMET
    mixed = files({"a.maf": maf(KRAS)}, more='alterations = ["MET amplification"]')
    assert ask(mixed, "ERBB2 amplification").answer is Answer.UNMET
    assert ask(mixed, "ALK fusion").answer is Answer.UNKNOWN


def test_the_whole_report_of_the_laboratory_settles_all_that_its_assay_tests(files, ask):
    read = files({"a.maf": maf(KRAS)}, sample='report = "all"')
    for question in ("ALK fusion", "ERBB2 amplification", "MET exon 14 skipping"):
        assert ask(read, question).answer is Answer.UNMET
    with pytest.raises(Unreadable, match="report 'some'"):
        files({"a.maf": maf(KRAS)}, sample='report = "some"')


def breakend(at, mate, filters="PASS", chromosome="2", name="a"):
    return f"{chromosome}\t{at}\t{name}\tT\t{mate}\t60\t{filters}\tSVTYPE=BND\tGT:PR\t0/1:20,20\n"


def junctions(*rows):
    names = ('##INFO=<ID=SVTYPE,Number=1,Type=String,Description="x">',
             '##FORMAT=<ID=PR,Number=.,Type=Integer,Description="x">',
             '##FILTER=<ID=MinSomaticScore,Description="x">',
             '##source=GenerateSVCandidates 1.6.0')  # fmt: skip
    return header(*names) + "".join(rows)


ALK = breakend(29223800, "T]chr2:42300000]", "MinSomaticScore")
OTHER_JUNCTION = breakend(5000000, "T[chr2:9000000[", name="b")


def test_a_structural_variant_that_failed_its_filter_leaves_its_genes_open(files, ask):
    read = files({"a.vcf": junctions(OTHER_JUNCTION, ALK)})
    verdict = ask(read, "ALK fusion")
    assert verdict.answer is Answer.UNKNOWN
    assert "failed the caller's filter" in " ".join(verdict.reasons)
    opened = {d.gene for d in read.samples[0].doubts if d.about == "fusions"}
    assert opened == {"ALK", "EML4"}


def test_a_structural_variant_that_was_not_understood_leaves_its_gene_open(files, ask):
    odd = ALK.replace("MinSomaticScore", "PASS").replace("20,20", "20,-20")
    read = files({"a.vcf": junctions(OTHER_JUNCTION, odd)})
    assert len(read.unread) == 1
    assert {d.gene for d in read.samples[0].doubts if d.about == "fusions"} == {"ALK", "EML4"}


def test_a_doubtful_row_of_a_table_of_fusions_leaves_its_genes_open(files, ask):
    rows = "CD74\tNRG1\thigh\tin-frame\nEML4\tALK\tlow\tin-frame\n"
    read = files({"f.tsv": FUSED + rows})
    assert ask(read, "ALK fusion").answer is Answer.UNKNOWN
    assert ask(read, "ROS1 fusion").answer is Answer.UNMET


def calls_on(*chromosomes):
    rows = [
        row(OTHER, position=1000000 + at).replace("chr7", f"chr{name}", 1)
        for at, name in enumerate(chromosomes)
    ]
    return header(SIGNED) + "".join(rows)


def test_calls_on_few_chromosomes_leave_the_genes_of_the_others_open(case, ask):
    cut = case("a.vcf", calls_on(*["1"] * 60))
    verdict = ask(cut, "EGFR L858R")
    assert verdict.answer is Answer.UNKNOWN
    assert "60 calls lie on 1 of 22 autosomes and none on 2, 3" in " ".join(verdict.reasons)
    assert ask(cut, "NRAS Q61R").answer is Answer.UNMET  # on chromosome 1
    assert ask(case("a.vcf", calls_on(*["1"] * 60), ", complete = true"), "EGFR L858R").answer is (
        Answer.UNMET
    )
    few = case("a.vcf", calls_on("1", "2", "7", "12", "17", "17"))
    assert ask(few, "BRAF V600E").answer is Answer.UNMET


def test_a_place_past_the_end_of_its_chromosome_is_a_row_not_understood(case, ask):
    read = case("a.vcf", header(SIGNED) + row(OTHER) + row(f"CSQ={BRAF}", position=559191822))
    assert [item.column for item in read.unread] == ["POS"]
    assert ask(read, "BRAF V600E").answer is Answer.UNKNOWN


def test_an_end_past_its_chromosome_is_no_rearrangement(files):
    far = ALK.replace("MinSomaticScore", "PASS").replace("42300000", "442300000")
    read = files({"a.vcf": junctions(OTHER_JUNCTION, far)})
    assert [item.column for item in read.unread] == ["POS"]
    assert len(read.junctions) == 1
