"""``knowledge diff`` and ``snapshots --counts`` of sources that are no claims."""

import json

import pytest

from tests.sources.knowledge.clinvar_small import ROWS, write

HEAD = "Hugo_Symbol\tResidue\tVariant_Amino_Acid\tTumor_Count\tClass\n"
OLD = f"{HEAD}BRAF\tV600\tE:90|K:10\t100\t\nKRAS\tG12\tD:50\t50\t\n"
NEW = f"{HEAD}BRAF\tV600\tE:95|K:10\t105\t\nEGFR\tL858\tR:70\t70\t\n"


@pytest.fixture
def two(run, tmp_path, monkeypatch):
    """Add two states of a source, given as names of files and their text."""
    monkeypatch.setenv("ONKOS_KNOWLEDGE", str(tmp_path / "knowledge"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def add(source, *texts):
        for month, text in enumerate(texts, 1):
            path = tmp_path / f"file{month}.tsv"
            path.write_text(text)
            said = run("knowledge", "add", source, path, "--date", f"2026-0{month}-01")
            assert said.exit_code == 0, said.output

    return add


def test_hotspots_that_came_went_and_changed_are_listed_by_name(run, two):
    """They were told as "0 claims -> 0 claims, 0 changed"."""
    two("cancerhotspots", OLD, NEW)
    told = run("knowledge", "diff", "cancerhotspots@2026-01-01", "cancerhotspots").output
    assert "  2 hotspots -> 2 hotspots" in told
    assert told.splitlines()[2:] == [
        "     1  added",
        "     1  removed",
        "     1  changed",
        "- KRAS G12: D 50",
        "+ EGFR L858: R 70",
        "~ BRAF V600: E 90, K 10 -> E 95, K 10",
    ]
    one = ("knowledge", "diff", "cancerhotspots@2026-01-01", "cancerhotspots", "--gene", "braf")
    assert "EGFR" not in run(*one).output
    form = json.loads(run(*one, "--format", "json").output)
    assert form["counts"] == {"before": 2, "after": 2, "added": 0, "removed": 0, "changed": 1}
    assert form["changes"][0]["after"] == "E 95, K 10"
    assert "choose among claims" in run(*one, "--drug", "vemurafenib").output
    listed = run("knowledge", "snapshots", "--counts").output
    assert "2 hotspots, 0 rows not understood\n" in listed
    assert "since cancerhotspots@2026-01-01: 1 added, 1 removed, 1 changed" in listed


def test_roles_that_changed_are_told(run, two):
    two("intogen", "SYMBOL\tROLE\nGENEA\tAct\n", "SYMBOL\tROLE\nGENEA\tLoF\n")
    told = run("knowledge", "diff", "intogen@2026-01-01", "intogen").output
    assert "~ GENEA: oncogene -> tumour suppressor" in told


def test_records_are_counted_and_said_not_to_be_compared(run, two, tmp_path):
    for day, rows in (("2026-05-01", ROWS), ("2026-06-01", ROWS[:4])):
        run("knowledge", "add", "clinvar", write(tmp_path, f"c{day}.vcf.gz", day=day, rows=rows))
    told = run("knowledge", "diff", "clinvar@2026-05-01", "clinvar@2026-06-01").output
    assert "10 records -> 4 records" in told
    assert "not compared one by one" in told
    listed = run("knowledge", "snapshots", "--counts").output
    assert "4 records, 0 rows not understood; since clinvar@2026-05-01: 10 then" in listed


def test_two_sources_that_are_no_claims_are_not_set_side_by_side(run, two):
    two("cancerhotspots", OLD)
    two("intogen", "SYMBOL\tROLE\nGENEA\tAct\n")
    assert "are two sources" in run("knowledge", "diff", "cancerhotspots", "intogen").output
