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


@pytest.mark.parametrize("cells", [("", "", 80), ("-1", "-1", ""), ("4", "", "2"), (3, 3, 6)])
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
