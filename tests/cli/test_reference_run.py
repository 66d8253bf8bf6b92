"""From a raw VCF and a genome that the user added to options, on the command line."""

import json

import pytest

from onkos.cli import main

HEADER = """##fileformat=VCFv4.2
##contig=<ID=chr7,length=159345973,assembly=GRCh38>
##FILTER=<ID=PASS,Description="x">
##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ttumour
"""
L858R = "chr7\t55191822\t.\tT\tG\t.\tPASS\t.\tGT:AD:DP\t0/1:60,40:100\n"
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


def test_without_a_reference_the_calls_are_counted_and_the_way_out_is_told(raw, capsys):
    form = matched(capsys, raw)
    assert form["filtered"] == {"not annotated": 2}
    assert any("onkos reference add" in notice for notice in form["notices"])
    assert form["options"] == []


def test_raw_calls_that_nobody_described_settle_no_absence(raw, capsys):
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
    assert matched(capsys, raw, "--reference", "none")["options"] == []


def test_a_reference_that_was_not_added_is_named(raw, capsys):
    assert run("match", raw, "-d", "LUAD", "--reference", "GRCh37") != 0
    assert "no reference GRCh37" in capsys.readouterr().err
