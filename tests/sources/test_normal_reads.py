"""Whose change it is by the reads of the normal, in a MAF and in joint calls of a VCF."""

import pytest

from onkos.annotate import describe
from onkos.model import Case, Origin, Sample
from onkos.sources.patient.maf import read_maf
from onkos.sources.patient.vcf import read_vcf

COLUMNS = "Hugo_Symbol Variant_Classification HGVSp_Short t_alt_count t_depth".split()
ROW = ["MLH1", "Nonsense_Mutation", "p.R226*", "50", "100"]


def origin_in_maf(tmp_path, vocabulary, names, cells, status="", assumed=Origin.SOMATIC):
    path = tmp_path / "a.maf"
    header = [*COLUMNS, "Mutation_Status", *names]
    rows = [header, [*ROW, status, *map(str, cells)]]
    path.write_text("".join("\t".join(row) + "\n" for row in rows))
    (observed,) = read_maf(path, vocabulary, assumed).values()
    (found,) = observed.alterations
    return found


SPELLINGS = [
    ("n_alt_count", "n_ref_count"), ("normalAltCount", "normalRefCount"),
    ("n_alt_count", "n_depth"),
]  # fmt: skip


@pytest.mark.parametrize("names", SPELLINGS)
@pytest.mark.parametrize("status", ["", "Somatic"])
def test_reads_of_the_normal_in_a_maf_decide(tmp_path, vocabulary, names, status):
    found = origin_in_maf(tmp_path, vocabulary, names, (52, 100), status)
    assert found.origin is Origin.GERMLINE
    assert found.normal_alt_reads == 52
    found = origin_in_maf(tmp_path, vocabulary, names, (0, 100), status)
    assert found.origin is Origin.SOMATIC


@pytest.mark.parametrize("cells", [("", "", 80), ("-1", "-1", ""), ("4", "", "2"), (1, 5, 6)])
def test_a_normal_that_tells_nothing_changes_nothing(tmp_path, vocabulary, cells):
    names = ("n_alt_count", "n_ref_count", "n_depth")
    assert origin_in_maf(tmp_path, vocabulary, names, cells).origin is Origin.SOMATIC


def test_a_fraction_beside_a_depth_tells_too(tmp_path, vocabulary):
    found = origin_in_maf(tmp_path, vocabulary, ("n_vaf", "n_depth"), (0.5, 60))
    assert (found.normal_alt_reads, found.origin) == (30, Origin.GERMLINE)


def test_a_clear_normal_makes_it_the_tumours_whatever_the_assay(tmp_path, knowledge):
    found = origin_in_maf(
        tmp_path, knowledge.vocabulary, SPELLINGS[0], (0, 41), assumed=Origin.UNKNOWN
    )
    samples = (Sample(assay=knowledge.assay("WES")),)
    case = describe(Case(id="a", disease="COAD", alterations=(found,), samples=samples), knowledge)
    assert case.alterations[0].origin is Origin.SOMATIC
    assert "0 of 41 reads of the patient's normal" in case.alterations[0].origin_reason
    assert any("test without a normal sample, and the file holds" in n for n in case.notices)


def test_few_or_mixed_reads_of_the_normal_leave_it_open(tmp_path, knowledge):
    for reads in ((0, 5), (7, 43)):
        found = origin_in_maf(
            tmp_path, knowledge.vocabulary, SPELLINGS[0], reads, assumed=Origin.UNKNOWN
        )
        samples = (Sample(assay=knowledge.assay("WES")),)
        case = Case(id="a", disease="COAD", alterations=(found,), samples=samples)
        assert describe(case, knowledge).alterations[0].origin is Origin.UNKNOWN


def joint(tmp_path, source, *rows):
    path = tmp_path / "joint.vcf"
    path.write_text(
        f"##fileformat=VCFv4.2\n##source={source}\n##reference=GRCh38\n"
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="g">\n'
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="a">\n'
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tTUMOR\tNORMAL\n"
        + "".join(f"7\t{at}\t.\tA\tT\t50\tPASS\t.\tGT:AD\t0/1:{t}\t0/1:{n}\n"
                  for at, (t, n) in enumerate(rows, start=100))
    )  # fmt: skip
    return path


@pytest.mark.parametrize("source", ["HaplotypeCaller", "freeBayes v1.3.6"])
def test_joint_calls_are_never_somatic_by_the_assay(tmp_path, knowledge, source):
    path = joint(tmp_path, source, ("50,50", "50,50"), ("50,50", "40,0"), ("50,50", "2,1"))
    (observed,) = read_vcf(path, knowledge.vocabulary, Origin.SOMATIC).values()
    calls = sorted(observed.calls, key=lambda call: call.position)
    assert [c.origin for c in calls] == [Origin.GERMLINE, Origin.UNKNOWN, Origin.UNKNOWN]
    assert any("the reads of the normal NORMAL decide" in n for n in observed.notices)
    samples = (Sample(assay=knowledge.assay("WES paired")),)
    case = Case(id="a", disease="LUAD", alterations=tuple(calls), samples=samples)
    origins = [a.origin for a in describe(case, knowledge).alterations]
    assert origins[:2] == [Origin.GERMLINE, Origin.SOMATIC]
    assert origins[2] is not Origin.SOMATIC


def pair(tmp_path, vocabulary, tumour, normal, form="GT:AD", source="none"):
    """One change of BRCA2 in a file of tumour and normal, whose assay says somatic."""
    path = tmp_path / "pair.vcf"
    path.write_text(
        f"##fileformat=VCFv4.2\n##source={source}\n##reference=GRCh38\n"
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="g">\n'
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="a">\n'
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tTUMOR\tNORMAL\n"
        f"13\t32340300\t.\tGT\tG\t50\tPASS\t.\t{form}\t{tumour}\t{normal}\n"
    )
    (observed,) = read_vcf(path, vocabulary, Origin.SOMATIC).values()
    return observed.calls[0]


@pytest.mark.parametrize(
    ("tumour", "normal", "form", "source", "origin", "unsure"),
    [
        ("0/1", "0/1", "GT", "none", Origin.GERMLINE, False),
        ("0/1", "0/1", "GT", "Mutect2", Origin.UNKNOWN, True),
        ("0/1", "0/0", "GT", "Mutect2", Origin.SOMATIC, False),
        ("0/1:50,50", "0/1:.", "GT:AD", "Mutect2", Origin.UNKNOWN, True),
        ("0/1:50,50", "0/1:4,5", "GT:AD", "Mutect2", Origin.UNKNOWN, True),
        ("0/1:50,50", "0/1:76,24", "GT:AD", "Mutect2", Origin.UNKNOWN, True),
        ("0/1:5,95", "0/0:85,15", "GT:AD", "Mutect2", Origin.SOMATIC, False),
        ("0/1:50,50", "0/0:99,1", "GT:AD", "Mutect2", Origin.SOMATIC, False),
    ],
)
def test_genotype_and_few_reads_of_the_normal_are_not_overruled_by_the_assay(
    tmp_path, knowledge, tumour, normal, form, source, origin, unsure
):
    call = pair(tmp_path, knowledge.vocabulary, tumour, normal, form, source)
    assert (call.origin, call.unsure, call.apart) == (origin, unsure, unsure)
    samples = (Sample(assay=knowledge.assay("WES paired")),)
    case = describe(Case(id="a", disease="HGSOC", calls=(call,), samples=samples), knowledge)
    told = [a.origin for a in (*case.alterations, *case.calls)]
    assert (Origin.SOMATIC in told) is (origin is Origin.SOMATIC)


def test_alleles_of_the_normal_in_a_maf_count(tmp_path, vocabulary):
    names = ("Reference_Allele", "Tumor_Seq_Allele2", "Match_Norm_Seq_Allele1",
             "Match_Norm_Seq_Allele2")  # fmt: skip
    found = origin_in_maf(tmp_path, vocabulary, names, ("C", "T", "C", "T"))
    assert found.origin is Origin.GERMLINE
    assert origin_in_maf(tmp_path, vocabulary, names, "CTCC").origin is Origin.SOMATIC
    stated = origin_in_maf(tmp_path, vocabulary, names, "CTCT", status="Somatic")
    assert (stated.origin, stated.unsure) == (Origin.UNKNOWN, True)


@pytest.mark.parametrize(
    ("alleles", "origin"),
    [("T-T-", Origin.GERMLINE), ("T-TT", Origin.SOMATIC), ("T---", Origin.SOMATIC),
     ("-A-A", Origin.GERMLINE), ("-A--", Origin.SOMATIC)],
)  # fmt: skip
def test_a_base_that_the_normal_lost_is_an_allele(tmp_path, vocabulary, alleles, origin):
    names = ("Reference_Allele", "Tumor_Seq_Allele2", "Match_Norm_Seq_Allele1",
             "Match_Norm_Seq_Allele2")  # fmt: skip
    assert origin_in_maf(tmp_path, vocabulary, names, alleles).origin is origin


@pytest.mark.parametrize(
    ("normal", "flag", "origin"),
    [
        ("20,20:20,22", "", Origin.GERMLINE),
        ("20,20:20,22", ";SOMATIC", Origin.GERMLINE),
        ("40,0:40,0", ";SOMATIC", Origin.SOMATIC),
        ("40,0:40,0", "", Origin.UNKNOWN),
    ],
)
def test_reads_of_the_normal_decide_of_a_structural_variant(
    tmp_path, vocabulary, normal, flag, origin
):
    path = tmp_path / "sv.vcf"
    path.write_text(
        "##fileformat=VCFv4.1\n##source=GenerateSVCandidates 1.6.0\n##reference=GRCh38\n"
        '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="x">\n'
        '##INFO=<ID=END,Number=1,Type=Integer,Description="x">\n'
        '##INFO=<ID=SOMATIC,Number=0,Type=Flag,Description="x">\n'
        '##FORMAT=<ID=PR,Number=.,Type=Integer,Description="x">\n'
        '##FORMAT=<ID=SR,Number=.,Type=Integer,Description="x">\n'
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNORMAL\tTUMOR\n"
        f"chr13\t32330000\tr\tT\t<DEL>\t.\tPASS\tSVTYPE=DEL;END=32340500{flag}\tPR:SR\t{normal}"
        "\t20,20:20,22\n"
    )
    (observed,) = read_vcf(path, vocabulary, Origin.SOMATIC).values()
    assert [one.origin for one in observed.junctions] == [origin]
