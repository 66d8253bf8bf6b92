"""ClinVar from its file to the page: shown beside the change, moving nothing, leaving no trace."""

import gzip
import hashlib
import json

import pytest

from onkos.model import Aspect, Classification, Record
from onkos.report.record_view import record_view
from tests.cli.test_withheld_rows import (
    MAF_INHERITED,
    MAF_TUMOUR,
    RAW_INHERITED,
    RAW_TUMOUR,
    VCF_INHERITED,
    VCF_TUMOUR,
    lined_up,
    told,
    write_maf,
    write_vcf,
)
from tests.sources.knowledge.clinvar_small import ROWS, text, write
from tests.sources.knowledge_server import Api, serving

BRAF = ["BRAF", "Missense_Mutation", "p.V600E", "7", "140753336", "GRCh38", "A", "T", "T1", "30",
        "100", "0", "80", "Somatic", "PASS", ""]  # fmt: skip
# An inherited change, its neighbours and a tumour's change of unknown origin, all in ClinVar.
MORE = [
    ("13", place, 0, number, "G", "T", "CLNSIG=Pathogenic;CLNREVSTAT=reviewed_by_expert_panel;"
     "ONC=Oncogenic;ONCREVSTAT=reviewed_by_expert_panel")
    for number, place in enumerate((32337277, 32337278, 32337279), 700)
]  # fmt: skip


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("ONKOS_KNOWLEDGE", str(tmp_path / "knowledge"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def added(run, kept):
    """ClinVar on both assemblies."""
    new = write(kept, rows=[*ROWS, *MORE])
    old = write(kept, "clinvar_old.vcf.gz", assembly="GRCh37")
    said = run("knowledge", "add", "clinvar", new, old)
    assert said.exit_code == 0, said.output
    assert said.output.startswith("clinvar@2026-05-01: 21 records, ")
    return kept


def report(run, path, *more, form="json"):
    out = path.parent / f"page.{form}"
    said = run("report", path, "-d", "LUAD", "--assay", "WES paired", "-o", out, "--format", form,
               *more)  # fmt: skip
    assert said.exit_code == 0, said.output
    return json.loads(out.read_text()) if form == "json" else out.read_text()


def records(form):
    return {a["label"]: a.get("records", []) for a in form["alterations"]}


def test_the_day_is_that_of_the_file_itself(run, kept):
    path = write(kept, "clinvar.vcf.gz", day="2026-04-26")
    assert run("knowledge", "add", "clinvar", path).output.startswith("clinvar@2026-04-26: 10 rec")


def test_rows_are_counted_by_reason(run, added):
    listed = run("knowledge", "snapshots", "--counts").output
    assert "21 records, " in listed
    assert "no other allele than the reference's" in listed
    listed = run("knowledge", "unread", "clinvar").output
    assert "clinvar_20260501.vcf.gz, line 47: 1:100 G>. (900001)" in listed or "1:100 G>." in listed


def test_it_is_told_beside_the_change_in_every_form_and_pinned(run, added):
    path = write_maf(added, [*MAF_TUMOUR, BRAF])
    form = report(run, path)
    (egfr,) = records(form)["EGFR L858R"]
    assert (egfr["source"], egfr["version"], egfr["id"]) == ("ClinVar", "2026-05-01", "16609")
    assert [(c["of"], c["values"], c["stars"]) for c in egfr["classifications"]] == [
        ("oncogenicity", ["oncogenic"], 1),
        ("somatic clinical impact", ["Tier I - Strong"], 2),
        ("germline", ["drug response"], 3),
    ]
    assert form["searched"] == [{
        "source": "ClinVar", "version": "2026-05-01", "assemblies": ["GRCh37", "GRCh38"],
        "looked_up": 4, "found": 3, "on_other_assemblies": {}, "without_a_place": 0,
    }]  # fmt: skip
    assert form["pins"][-1]["source"] == "ClinVar"
    told = (
        "ClinVar 2026-05-01: oncogenic (1 star); Tier I - Strong of: Non-small cell lung "
        "carcinoma; Lung adenocarcinoma (2 stars)"
    )
    for kind in ("text", "md", "html"):
        page = " ".join(report(run, path, form=kind).split())
        assert told in page
        assert "4 small changes looked up, 3 found" in page


def test_a_disagreement_is_named_and_moves_nothing(run, added):
    path = write_maf(added, [*MAF_TUMOUR, BRAF])
    with_it = report(run, path)
    (braf,) = records(with_it)["BRAF V600E"]
    assert braf["differs"] == "uncertain significance in ClinVar, oncogenic here"
    assert all(r["differs"] is None for r in records(with_it)["EGFR L858R"])
    without = report(run, path, "--knowledge", "none")
    for key in set(without) - {"alterations", "pins"}:
        assert with_it[key] == without[key], key
    assert set(with_it) - set(without) == {"searched"}
    for one in with_it["alterations"]:
        one.pop("records", None)
    assert with_it["alterations"] == without["alterations"]
    page = report(run, path, form="text")
    assert "differs, BRAF V600E: uncertain significance in ClinVar, oncogenic here" in page


def test_an_inherited_change_is_set_beside_the_germline_classification(run, added):
    path = write_maf(added, [*MAF_TUMOUR, MAF_INHERITED[0]])
    form = report(run, path)
    (brca2,) = records(form)["BRCA2 E1308*"]
    assert brca2["classifications"][0]["stars"] == 4
    assert brca2["differs"] is None
    page = " ".join(report(run, path, form="text").split())
    assert "ClinVar 2026-05-01: pathogenic as a germline change (4 stars). Refer to" in page


def test_the_old_assembly_has_its_own_places_and_a_missing_one_is_said(run, kept):
    path = write(kept)
    run("knowledge", "add", "clinvar", path)
    old = [*BRAF[:4], "140453136", "GRCh37", *BRAF[6:]]
    form = report(run, write_maf(kept, [old]))
    assert records(form)["BRAF V600E"] == []
    assert form["searched"][0]["on_other_assemblies"] == {"GRCh37": 1}
    assert "1 not looked up: they lie on GRCh37" in report(run, kept / "case.maf", form="text")
    both = write(kept, "clinvar_old.vcf.gz", assembly="GRCh37")
    run("knowledge", "remove", "clinvar@2026-05-01")
    run("knowledge", "add", "clinvar", path, both)
    form = report(run, kept / "case.maf")
    assert [r["id"] for r in records(form)["BRAF V600E"]] == ["13961"]


def test_changes_without_a_place_open_no_index(run, added, monkeypatch):
    monkeypatch.setattr(
        "onkos.sources.knowledge.archive_index.Index.find", lambda *_: pytest.fail("opened")
    )
    out = added / "page.json"
    assert run("report", "BRAF V600E", "-d", "MEL", "-o", out).exit_code == 0
    assert json.loads(out.read_text())["searched"][0]["without_a_place"] == 1


def test_a_report_is_made_again_byte_for_byte_on_a_pinned_snapshot(run, added):
    path = write_maf(added, [*MAF_TUMOUR, BRAF])
    first = report(run, path, form="html"), report(run, path, form="text")
    later = write(added, "clinvar_new.vcf.gz", day="2026-06-01", rows=ROWS[3:])
    assert run("knowledge", "add", "clinvar", later).exit_code == 0
    assert report(run, path, form="text") != first[1]
    for index in (added / "knowledge" / "indexes").glob("*"):
        index.unlink()
    named = ("--knowledge", "clinvar@2026-05-01")
    assert (report(run, path, *named, form="html"), report(run, path, *named, form="text")) == first
    assert run("knowledge", "rollback", "clinvar").output.startswith("clinvar@2026-05-01")
    assert report(run, path, form="text") == first[1]


WITHHELD = {
    "maf": (write_maf, [*MAF_TUMOUR, BRAF], MAF_INHERITED),
    "vcf": (write_vcf, VCF_TUMOUR, VCF_INHERITED),
    "calls": (write_vcf, RAW_TUMOUR, RAW_INHERITED),
}


@pytest.mark.parametrize("kind", WITHHELD)
def test_what_is_withheld_leaves_no_trace_through_clinvar_either(run, added, kind):
    write_rows, tumour, inherited = WITHHELD[kind]
    without = told(run, write_rows(added, tumour), "--assay", "WES paired")
    assert all(code == 0 for code, *_ in without), without[0]
    assert all("ClinVar 2026-05-01" in page for *_, page in without[:3])
    for number, row in enumerate(inherited):
        given = write_rows(added, lined_up(tumour, [row], [number % 3]))
        assert told(run, given, "--assay", "WES paired") == without, row


def test_where_inherited_findings_are_withheld_no_allele_is_told_as_an_inherited_one(run, added):
    """TP53 R175H of the tumour: oncogenic in ClinVar, and a pathogenic germline change there."""
    path = write_maf(added, [*MAF_TUMOUR, BRAF])
    form = report(run, path, "--germline", "withhold")
    found = {c["of"] for rows in records(form).values() for r in rows for c in r["classifications"]}
    assert found == {"oncogenicity", "somatic clinical impact"}
    assert [r["id"] for r in records(form)["TP53 R175H"]] == ["12374"]
    for kind in ("text", "md", "html"):
        page = report(run, path, "--germline", "withhold", form=kind).casefold()
        assert "as a germline change" not in page
        assert "li-fraumeni" not in page


def test_an_allele_known_as_inherited_alone_reads_as_one_that_is_not_held(run, added):
    """BRCA2 of a tumour without a normal: its germline classification is all that ClinVar has."""
    row = ["BRCA2", *MAF_INHERITED[0][1:13], "", "PASS", ""]
    form = report(run, write_maf(added, [row]), "--germline", "withhold")
    assert records(form) == {"BRCA2 E1308*": []}
    assert (form["searched"][0]["looked_up"], form["searched"][0]["found"]) == (1, 0)


def test_it_is_fetched_on_both_assemblies_checked_and_read(run, kept, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving(Api()) as api:
        for assembly in ("GRCh38", "GRCh37"):
            data = gzip.compress(text(assembly=assembly).encode(), mtime=0)
            digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
            api.file(f"vcf_{assembly}/clinvar.vcf.gz", data)
            api.file(f"vcf_{assembly}/clinvar.vcf.gz.md5", f"{digest}  clinvar.vcf.gz\n".encode())
        said = run("knowledge", "sync", "clinvar", "--from", api.base)
    assert said.exit_code == 0, said.output + said.stderr
    assert said.stdout.startswith("clinvar@2026-05-01: 18 records, ")
    form = report(run, write_maf(kept, [BRAF]))
    assert [r["id"] for r in records(form)["BRAF V600E"]] == ["13961"]


def test_other_files_of_a_day_are_refused_before_they_are_indexed(run, added):
    indexes = {path.name for path in (added / "knowledge" / "indexes").iterdir()}
    other = write(added, "clinvar_other.vcf.gz", rows=ROWS[:3])
    said = run("knowledge", "add", "clinvar", other)
    assert said.exit_code != 0
    assert "kept already, with other content" in said.output
    assert {path.name for path in (added / "knowledge" / "indexes").iterdir()} == indexes


def test_removal_forgets_indexes_that_no_page_names(run, added):
    folder = added / "knowledge" / "indexes"
    left = folder / f"{'a' * 64}-1.sqlite"
    left.write_bytes(b"")
    newer = write(added, "clinvar_20260601.vcf.gz", day="2026-06-01")
    run("knowledge", "add", "clinvar", newer)
    run("knowledge", "remove", "clinvar@2026-05-01")
    own = hashlib.sha256(newer.read_bytes()).hexdigest()
    assert [path.name.partition("-")[0] for path in folder.glob("*.sqlite")] == [own]


def test_all_rows_of_the_earlier_one_that_were_not_understood_are_counted(run, kept):
    many = [("1", at, 0, 10_000 + at, "A", "N", "CLNSIG=Benign") for at in range(1, 31)]
    run("knowledge", "add", "clinvar", write(kept, rows=[*ROWS, *many]))
    new = write(kept, "clinvar_20260601.vcf.gz", day="2026-06-01", rows=ROWS)
    said = run("knowledge", "add", "clinvar", new).output
    assert "in the place of clinvar@2026-05-01 (10 records, 30 rows not understood)" in said


def test_a_tier_stands_beside_the_disease_that_it_is_a_tier_of_or_says_that_none_is_told():
    tier = {"aspect": Aspect.IMPACT, "values": ("Tier II - Potential",), "stars": 1}
    shorts = [
        record_view(Record(source="ClinVar", version="1", id="1", classifications=(
            Classification(**tier, **more),))).short
        for more in ({}, {"conditions": ("A", "B", "C", "D")}, {"within": ("99",)})
    ]  # fmt: skip
    assert shorts == [
        "Tier II - Potential of: a disease that it does not tell (1 star)",
        "Tier II - Potential of: A; B; C and 1 more (1 star)",
        "Tier II - Potential of: a disease that it does not tell, only together with other changes",
    ]
