"""From a raw VCF and a genome that the user added to options, on the command line."""

import json

import pytest

from onkos.cli import main
from onkos.model import SBS96

HEADER = """##fileformat=VCFv4.2
##contig=<ID=chr7,length=159345973,assembly=GRCh38>
##FILTER=<ID=PASS,Description="x">
##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ttumour
"""
L858R = "chr7\t55191822\t.\tT\tG\t.\tPASS\t.\tGT:AD:DP\t0/1:60,40:100\n"
# Two changes that no table knows.
OTHERS = L858R.replace("55191822", "55100001") + L858R.replace("55191822", "55100002")
DELETION = "chr7\t55174772\t.\tGGAATTAAGAGAAGCA\tG\t.\tPASS\t.\tGT:AD:DP\t0/1:70,30:100\n"


@pytest.fixture
def raw(tmp_path, monkeypatch):
    """A VCF without annotation, and an empty store of references."""
    monkeypatch.setenv("ONKOS_REFERENCES", str(tmp_path / "store"))
    path = tmp_path / "raw.vcf"
    path.write_text(HEADER + DELETION + L858R)
    return path


def run(*words):
    with pytest.raises(SystemExit) as left:
        main.main([str(word) for word in words])
    return left.value.code


def matched(capsys, path, *more):
    capsys.readouterr()
    assert run("match", path, "-d", "LUAD", "--format", "json", *more) == 0
    return json.loads(capsys.readouterr().out)


def test_without_a_reference_known_changes_are_matched_exactly(raw, capsys):
    form = matched(capsys, raw)
    told = {a["label"]: a["described_by"] for a in form["alterations"]}
    assert told.keys() == {"EGFR E746_A750del", "EGFR L858R"}
    assert all("matched exactly; no reference" in text for text in told.values())
    assert form["options"][0]["therapy"] == ["osimertinib"]
    assert sum("matched to a known change" in notice for notice in form["notices"]) == 2


def test_without_a_reference_other_calls_are_counted_and_the_way_out_is_told(raw, capsys):
    raw.write_text(HEADER + OTHERS)
    form = matched(capsys, raw)
    assert form["filtered"] == {"not annotated": 2}
    assert any("onkos reference add" in notice for notice in form["notices"])
    assert form["options"] == []


def test_raw_calls_that_nobody_described_settle_no_absence(raw, capsys):
    raw.write_text(HEADER + OTHERS + L858R)
    form = matched(capsys, raw, "--assay", "WES paired", "--stage", "IV", "--line", "1")
    reasons = [r for o in form["options"] for m in o["matches"] for r in m["reasons"]]
    assert not any("tested, not found" in reason for reason in reasons)


def test_with_the_genome_that_was_added_the_drug_leads(raw, capsys, tiny_files):
    fasta, genes = tiny_files / "genome.fa.gz", tiny_files / "genes.gff3"
    added = ("reference", "add", "--fasta", fasta, "--gff3", genes, "--assembly", "GRCh38")
    assert run(*added) == 0
    form = matched(capsys, raw)
    assert {a["label"] for a in form["alterations"]} >= {"EGFR L858R", "EGFR E746_A750del"}
    assert form["rows"] == 2
    assert any("osimertinib" in option["therapy"] for option in form["options"][:4])
    assert not any(a["described_by"] for a in form["alterations"])
    without = matched(capsys, raw, "--reference", "none")
    assert all(a["described_by"] for a in without["alterations"])


def test_a_reference_that_was_not_added_is_named(raw, capsys):
    assert run("match", raw, "-d", "LUAD", "--reference", "GRCh37") != 0
    assert "no reference GRCh37" in capsys.readouterr().err


SV_HEADER = """##fileformat=VCFv4.2
##contig=<ID=chr7,length=159345973,assembly=GRCh38>
##FILTER=<ID=PASS,Description="x">
##ALT=<ID=DEL,Description="x">
##INFO=<ID=SVTYPE,Number=1,Type=String,Description="x">
##INFO=<ID=END,Number=1,Type=Integer,Description="x">
##INFO=<ID=MATEID,Number=1,Type=String,Description="x">
##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ttumour
"""
VARIANT_THREE = {
    "a deletion": "chr7\t55100000\td\tN\t<DEL>\t.\tPASS\tSVTYPE=DEL;END=55155000\tGT\t0/1\n",
    "two breakends": (
        "chr7\t55100000\ta\tN\tN[chr7:55155001[\t.\tPASS\tSVTYPE=BND;MATEID=b\tGT\t0/1\n"
        "chr7\t55155001\tb\tN\t]chr7:55100000]N\t.\tPASS\tSVTYPE=BND;MATEID=a\tGT\t0/1\n"
    ),
}


@pytest.fixture
def store(tiny, tiny_files, monkeypatch):
    """The store that holds the small GRCh38."""
    monkeypatch.setenv("ONKOS_REFERENCES", str(tiny_files / "store"))
    return tiny


@pytest.mark.parametrize("way", VARIANT_THREE)
def test_a_structural_variant_within_a_gene_becomes_its_event(tmp_path, capsys, store, way):
    path = tmp_path / "sv.vcf"
    path.write_text(SV_HEADER + VARIANT_THREE[way])
    form = matched(capsys, path)
    assert [a["label"] for a in form["alterations"]] == ["EGFR exons 2-7 lost"]
    assert "EGFR: EGFR exons 2-7 lost, worked out here of a deletion" in "\n".join(form["notices"])
    without = matched(capsys, path, "--reference", "none")  # by the built-in table
    assert without["alterations"] == form["alterations"]


def test_signatures_are_fitted_to_somatic_raw_calls(tmp_path, capsys, store):
    first = 55_030_000
    bases = store.sequence("7", first, first + 2000)
    places = [at for at, base in enumerate(bases) if base in "CG"][:80]
    change = {"C": "A", "G": "T"}
    lines = [
        f"chr7\t{first + at}\t.\t{bases[at]}\t{change[bases[at]]}\t.\tPASS\t.\tGT:AD:DP"
        "\t0/1:70,30:100\n"
        for at in places
    ]
    path = tmp_path / "raw.vcf"
    path.write_text(HEADER + "".join(lines))
    catalogue = tmp_path / "made_up.txt"
    rows = (f"{c}\t{1 / 16 if at < 16 else 0}\t{1 / 16 if at > 79 else 0}\n"
            for at, c in enumerate(SBS96))  # fmt: skip
    catalogue.write_text("Type\tSBS4\tSBS1\n" + "".join(rows))
    paired = matched(capsys, path, "--assay", "WES paired", "--signatures", catalogue)
    fitted = next(f for f in paired["findings"] if f["name"] == "SBS signatures")
    assert fitted["value"].startswith("SBS4 100%")
    assert "80 mutations fitted to made_up" in fitted["method"]
    alone = matched(capsys, path, "--assay", "WES", "--signatures", catalogue)
    assert not any(f["name"] == "SBS signatures" for f in alone["findings"])
    assert any("80 calls are not known to be somatic" in notice for notice in alone["notices"])
    assert any(
        f["name"] == "SBS signatures" and "no SBS96 spectrum" in f["reason"]
        for f in alone["not_assessed"]
    )
