"""Segments and structural variants that name no genes, from the callers' own files to a plan."""

import json

import pytest

from onkos.cli import main

SEGMENTS = [  # two copies, forty of ERBB2, and a loss of CDKN2A, in whole chromosomes of GRCh38
    ("1", 10_000, 248_946_422, 1, 1), ("2", 10_000, 242_183_529, 1, 1),
    ("3", 10_000, 198_285_559, 1, 1), ("4", 10_000, 190_204_555, 1, 1),
    ("9", 10_000, 21_900_000, 1, 1), ("9", 21_900_001, 22_100_000, 0, 0),
    ("9", 22_100_001, 138_384_717, 1, 1), ("17", 10_000, 39_600_000, 1, 1),
    ("17", 39_600_001, 39_800_000, 39, 1), ("17", 39_800_001, 83_247_441, 1, 1),
]  # fmt: skip
TOOLS = {
    "PURPLE": (
        "chromosome start end copyNumber bafCount observedBAF minorAlleleCopyNumber "
        "majorAlleleCopyNumber",
        lambda c, a, b, n, m: (c, a, b, n + m, 50, 0.5, m, n),
    ),
    "FACETS": (
        "chrom seg num.mark nhet cnlr.median mafR start end cf.em tcn.em lcn.em",
        lambda c, a, b, n, m: (c, 1, 100, 20, 0.1, 0.1, a, b, 0.8, n + m, m),
    ),
    "ASCAT": (
        "sample chr startpos endpos nMajor nMinor",
        lambda c, a, b, n, m: ("S", c, a, b, n, m),
    ),
    "Sequenza": (
        "chromosome start.pos end.pos Bf N.BAF sd.BAF depth.ratio N.ratio sd.ratio CNt A B LPP",
        lambda c, a, b, n, m: (c, a, b, 0.5, 10, 0.1, 1, 100, 0.1, n + m, n, m, -5),
    ),
    "scarHRD": (
        "SampleID Chromosome Start_position End_position total_cn A_cn B_cn ploidy",
        lambda c, a, b, n, m: ("S", c, a, b, n + m, n, m, 2.0),
    ),
}

SV = """##fileformat=VCFv4.2
##contig=<ID=chr2,length=242193529,assembly=GRCh38>
##FILTER=<ID=PASS,Description="x">
##ALT=<ID=INV,Description="x">
##INFO=<ID=SVTYPE,Number=1,Type=String,Description="x">
##INFO=<ID=END,Number=1,Type=Integer,Description="x">
##INFO=<ID=CT,Number=1,Type=String,Description="x">
##INFO=<ID=CHR2,Number=1,Type=String,Description="x">
##INFO=<ID=STRANDS,Number=.,Type=String,Description="x">
##INFO=<ID=MATEID,Number=.,Type=String,Description="x">
##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ttumour
"""
TAIL = "\tGT\t0/1\n"
EML4_ALK = {  # intron 13 of EML4, intron 19 of ALK
    "Manta, two breakends": (
        "chr2\t29224000\ta\tT\tT]chr2:42299900]\t.\tPASS\tSVTYPE=BND;MATEID=b" + TAIL
        + "chr2\t42299900\tb\tA\tA]chr2:29224000]\t.\tPASS\tSVTYPE=BND;MATEID=a" + TAIL
    ),
    "Manta, an inversion": (
        "chr2\t29224000\ta\tT\t<INV>\t.\tPASS\tSVTYPE=INV;END=42299900" + TAIL
    ),
    "DELLY": (
        "chr2\t29224000\ta\tT\t<INV>\t.\tPASS\tSVTYPE=INV;CHR2=chr2;END=42299900;CT=3to3" + TAIL
    ),
    "LUMPY": (
        "chr2\t29224000\ta\tT\t<INV>\t.\tPASS\tSVTYPE=INV;STRANDS=++:9;END=42299900" + TAIL
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_reference(tmp_path, monkeypatch):
    monkeypatch.setenv("ONKOS_REFERENCES", str(tmp_path / "store"))


def matched(capsys, *words):
    with pytest.raises(SystemExit) as left:
        main.main(["match", *map(str, words), "--format", "json"])
    assert left.value.code == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("tool", TOOLS)
def test_segments_of_every_caller_give_the_same_genes(tmp_path, capsys, tool):
    header, row = TOOLS[tool]
    rows = [header.split(), *(map(str, row(*one)) for one in SEGMENTS)]
    (tmp_path / "copies.tsv").write_text("".join("\t".join(r) + "\n" for r in rows))
    case = tmp_path / "case.toml"
    case.write_text(
        'id = "e"\ndisease = "IDC"\nstage = "IV"\n[[sample]]\nid = "t"\nassay = "WES paired"\n'
        'purity = 0.8\nfiles = [{path = "copies.tsv", kind = "segments", assembly = "GRCh38"}]\n'
    )
    form = matched(capsys, case)
    told = {a["label"]: a["basis"] for a in form["alterations"]}
    assert told.keys() == {"ERBB2 amplification", "CDKN2A deletion", "CDKN2B deletion"}
    assert "17:39600001-39800000" in told["ERBB2 amplification"]
    assert any("trastuzumab" in option["therapy"] for option in form["options"])


@pytest.mark.parametrize("way", EML4_ALK)
def test_raw_calls_of_every_caller_give_the_fusion(tmp_path, capsys, way):
    path = tmp_path / "sv.vcf"
    path.write_text(SV + EML4_ALK[way])
    form = matched(capsys, path, "-d", "LUAD", "--assay", "WES paired")
    [found] = form["alterations"]
    assert found["label"] == "EML4::ALK fusion"
    assert found["basis"].startswith("exon 13 - exon 20, 2:")
    assert "seen in DNA, not in RNA" in found["basis"]
    assert any("alectinib" in option["therapy"] for option in form["options"][:3])
    assert "structural variant: no gene told" not in form["filtered"]
