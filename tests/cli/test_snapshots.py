"""Snapshots of others' knowledge from the command line to the page."""

import copy
import gzip
import json
import shutil
from pathlib import Path

import pytest

from tests.sources.knowledge.test_va_spec import STATEMENT

HEADER = (
    "molecular_profile\tmolecular_profile_id\tdisease\tdoid\tphenotypes\ttherapies\t"
    "therapy_interaction_type\tevidence_type\tevidence_direction\tevidence_level\t"
    "significance\tevidence_statement\tcitation_id\tsource_type\tasco_abstract_id\tcitation\t"
    "nct_ids\trating\tevidence_status\tevidence_id\tvariant_origin\tlast_review_date\t"
    "evidence_civic_url\tmolecular_profile_civic_url\tis_flagged"
)


def row(number, profile, drug, direction="Supports", significance="Sensitivity/Response"):
    return "\t".join([
        profile, "1", "Lung Non-small Cell Carcinoma", "3908", "", drug, "", "Predictive",
        direction, "B", significance, "", "29151359", "PubMed", "", "Soria et al., 2018", "", "4",
        "accepted", str(number), "Somatic", "2026-05-01", "", "", "false",
    ])  # fmt: skip


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A store and a cache of its own."""
    monkeypatch.setenv("ONKOS_KNOWLEDGE", str(tmp_path / "knowledge"))
    return tmp_path


@pytest.fixture
def file(kept):
    def written(day, *rows):
        path = kept / f"civic_{day}.tsv"
        path.write_text("\n".join([HEADER, *rows]) + "\n")
        return path

    return written


L858R = row(1, "EGFR L858R", "Osimertinib")
NOT_ONE = row(2, "EGFR SOMETHING ODD", "Osimertinib")
AGAINST = row(3, "EGFR L858R", "Osimertinib", "Does Not Support")


def test_a_snapshot_is_added_listed_compared_and_rolled_back(run, file):
    said = run("knowledge", "add", "CIViC", file("2026-05-29", L858R, NOT_ONE))
    assert said.output.startswith("civic@2026-05-29: 1 claims, 1 rows not understood (CC0 1.0)")
    assert "EID2" in run("knowledge", "unread", "civic").output
    assert run("knowledge", "add", "civic", file("2026-06-30", AGAINST)).exit_code == 0
    listed = run("knowledge", "snapshots").output.splitlines()
    assert [line.split()[0] for line in listed] == ["civic@2026-05-29", "*"]
    told = run("knowledge", "compare", "EGFR L858R", "-d", "LUAD", "--drug", "Tagrisso").output
    assert "CIViC       looked for an effect of EGFR L858R and found none (level B, 1" in told
    assert run("knowledge", "rollback", "civic").output.startswith("civic@2026-05-29")
    told = run("knowledge", "compare", "EGFR L858R", "-d", "LUAD", "--drug", "Tagrisso").output
    assert "CIViC       for (EGFR L858R, level B, 1 claim, newest 2018)" in told


def test_what_is_kept_already_and_what_is_read_instead_is_said(run, file):
    june, may = file("2026-06-30", AGAINST), file("2026-05-29", L858R)
    assert "kept already" not in run("knowledge", "add", "civic", june).output
    assert "kept already, with the same bytes" in run("knowledge", "add", "civic", june).output
    older = run("knowledge", "add", "civic", may).output
    assert "in the place of the newer civic@2026-06-30" in older
    assert "onkos knowledge use civic@2026-06-30" in older
    other = run("knowledge", "add", "civic", file("2026-05-29", AGAINST))
    assert other.exit_code == 13
    assert "nothing was replaced" in other.output
    assert "knowledge remove civic@2026-05-29" in other.output


@pytest.mark.parametrize(
    ("source", "name", "text", "said"),
    [
        ("moa", "empty.json", "", "empty or cut short"),
        ("moa", "cut.json", '[{"id": 1', "empty or cut short"),
        ("cgi", "civic.tsv", f"{HEADER}\n{L858R}\n", "is it a file of CGI?"),
        ("civic", "folder", None, "is a folder; name the files in it"),
    ],
)
def test_a_wrong_file_is_told_with_the_way_out(run, kept, source, name, text, said):
    path = kept / name
    path.mkdir() if text is None else path.write_text(text)
    found = run("knowledge", "add", source, path, "--date", "2026-05-29")
    assert found.exit_code != 0
    assert said in found.output
    assert run("knowledge", "snapshots").output.startswith("none in")


def test_a_store_that_is_no_folder_is_told_and_not_taken_for_an_empty_one(run, kept, monkeypatch):
    monkeypatch.setenv("ONKOS_KNOWLEDGE", str(kept / "a file"))
    (kept / "a file").write_text("")
    for command in (("match", "EGFR L858R", "-d", "LUAD"), ("knowledge", "snapshots")):
        found = run(*command)
        assert (found.exit_code, "is no folder" in found.output) == (13, True), found.output


def test_what_the_one_before_told_is_said_beside_a_new_one(run, file):
    """A file that was cut short shows by it."""
    run("knowledge", "add", "civic", file("2026-05-29", L858R, AGAINST))
    said = run("knowledge", "add", "civic", file("2026-06-30", L858R)).output
    assert "in the place of civic@2026-05-29 (2 claims, 0 rows not understood)" in said
    assert run("match", "EGFR L858R", "-d", "LUAD", "--knowledge", "CIViC").exit_code == 0


def test_a_day_to_come_is_refused(run, file, kept):
    plain = file("2026-05-29", L858R).rename(kept / "plain.tsv")
    named = Path(shutil.copy(plain, kept / "civic_2999-01-01.tsv"))
    for arguments in (("add", "civic", plain, "--date", "2999-01-01"),
                      ("add", "civic", named),
                      ("freeze", "--date", "2999-01-01")):  # fmt: skip
        said = run("knowledge", *arguments)
        assert (said.exit_code, "still to come" in said.output) == (2, True), said.output
    assert run("knowledge", "snapshots").output.startswith("none in")


def test_the_built_in_knowledge_can_be_named_but_not_exchanged(run, file):
    run("knowledge", "add", "civic", file("2026-05-29", L858R))
    run("knowledge", "freeze", "--date", "2026-05-01")
    for arguments in (("use", "onkos@2026-05-01"), ("rollback", "onkos")):
        said = run("knowledge", *arguments)
        assert (said.exit_code, "--knowledge onkos@" in said.output) == (13, True), said.output
    asked = "match", "EGFR L858R", "-d", "LUAD", "--format", "json", "--knowledge"
    assert run(*asked, "onkos").output == run(*asked, "none").output
    both = run(*asked, "onkos", "--knowledge", "civic").output
    assert both == run(*asked, "civic").output


@pytest.mark.parametrize("width", ["40", "80", "140"])
def test_the_columns_of_sources_hold_their_widest_cell(run, width):
    said = run("knowledge", "sources", env={"COLUMNS": width}).output
    assert "\ncancerhotspots  cancerhotspots.org, ODbL 1.0" in said
    firsts = [line.split() for line in said.splitlines() if not line.startswith(" ")]
    assert [words[0] for words in firsts][:2] == ["civic", "cgi"]
    long = [line for line in said.splitlines() if len(line) > max(int(width), 46)]
    assert all("://" in line for line in long)  # an address is not broken


def test_the_columns_of_snapshots_hold_their_widest_cell(run, kept):
    from datetime import date

    from onkos.sources.knowledge.store import add_snapshot

    file = kept / "a.json"
    file.write_text("{}")
    for name in ("ctgov_non_small_cell_lung_cancer_open", "civic"):
        add_snapshot(name, [file], date(2026, 5, 1), "as said")
    lines = run("knowledge", "snapshots").output.splitlines()
    assert len({line.index(" MB  ") for line in lines}) == 1
    assert "cancer_open@2026-05-01  " in lines[1]


def test_every_form_of_the_report_tells_what_others_say_and_pins_them(run, file, kept):
    run("knowledge", "add", "civic", file("2026-06-30", AGAINST))
    for form in ("text", "md", "html", "json"):
        out = kept / f"page.{form}"
        said = run("report", "EGFR L858R", "-d", "LUAD", "-o", out, "--format", form)
        assert said.exit_code == 0, said.output
        page = out.read_text()
        assert "CIViC" in page
        assert "2026-06-30" in page
        flat = " ".join(page.split())
        told = "osimertinib (option 1; CIViC looked for an effect of EGFR L858R and found none)"
        assert form == "json" or told in flat
    form = json.loads((kept / "page.json").read_text())
    osimertinib = next(one for one in form["compared"] if one["therapy"] == ["osimertinib"])
    civic = next(voice for voice in osimertinib["voices"] if voice["source"] == "CIViC")
    assert (civic["stance"], civic["facts"]) == ("no effect", ["PMID:29151359"])
    assert {voice["source"] for voice in osimertinib["voices"]} == {"onkos", "CIViC"}
    assert form["pins"][1]["claims"] == 1


def test_the_built_in_knowledge_alone_is_read_where_asked(run, file):
    bare = run("match", "EGFR L858R", "-d", "LUAD", "--format", "json").output
    run("knowledge", "add", "civic", file("2026-05-29", L858R))
    none = run("match", "EGFR L858R", "-d", "LUAD", "--format", "json", "--knowledge", "none")
    assert none.output == bare
    told = run("match", "EGFR L858R", "-d", "LUAD", "--format", "json").output
    assert json.loads(told)["options"] == json.loads(bare)["options"]
    assert told != bare


def test_a_named_snapshot_gives_the_same_bytes_whatever_is_current(run, file):
    run("knowledge", "add", "civic", file("2026-05-29", L858R))
    asked = "match", "EGFR L858R", "-d", "LUAD", "--format", "json"
    before = run(*asked, "--knowledge", "civic@2026-05-29").output
    run("knowledge", "add", "civic", file("2026-06-30", AGAINST))
    assert run(*asked, "--knowledge", "civic@2026-05-29").output == before
    assert run(*asked).output != before


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("add", "nobody", "civic_2026-05-29.tsv"), 13, "it reads"),
        (("add", "civic", "missing_2026-05-29.tsv"), 2, "there is no file"),
        (("add", "civic", "plain.tsv"), 2, "--date"),
        (("add", "civic", "plain.tsv", "--date", "May"), 2, "2026-05-29"),
        (("add", "civic", "odd_2026-05-29.tsv"), 13, "not one of its claims"),
        (("use", "civic@2020-01-01"), 13, "kept: nothing"),
        (("rollback", "civic"), 13, "kept: nothing"),
        (("remove", "civic"), 13, "civic@DATE"),
    ],
)
def test_what_is_wrong_is_named_with_the_way_out(run, file, kept, arguments, code, word):
    file("2026-05-29", L858R).with_name("plain.tsv").write_text(f"{HEADER}\n{L858R}\n")
    (kept / "odd_2026-05-29.tsv").write_text(f"{HEADER}\n{NOT_ONE}\n")
    command, *rest = arguments
    names = [kept / word if word.endswith(".tsv") else word for word in rest]
    said = run("knowledge", command, *names)
    assert (said.exit_code, word in said.output) == (code, True), said.output
    assert run("knowledge", "snapshots").output.startswith("none in")


def test_a_batch_reads_the_named_snapshots_in_all_its_processes(run, file, kept):
    run("knowledge", "add", "civic", file("2026-05-29", L858R))
    cases = kept / "cases.jsonl"
    line = {"disease": "LUAD", "alterations": ["EGFR L858R"]}
    cases.write_text("".join(json.dumps({"id": str(n), **line}) + "\n" for n in range(30)))
    for names, read in (((), True), (("--knowledge", "none"), False)):
        out = kept / "out.jsonl"
        said = run("batch", cases, "-o", out, "-j", "2", *names)
        assert said.exit_code == 0, said.output
        answers = [json.loads(text) for text in out.read_text().splitlines()]
        assert all(("compared" in answer) is read for answer in answers)


def test_a_packed_file_is_kept_as_it_came(run, kept):
    path = kept / "civic_2026-05-29.tsv.gz"
    path.write_bytes(gzip.compress(f"{HEADER}\n{L858R}\n".encode()))
    assert run("knowledge", "add", "civic", path).exit_code == 0
    assert run("knowledge", "snapshots").output.startswith("* civic@2026-05-29")


def test_a_snapshot_that_a_newer_onkos_wrote_is_told_and_not_passed_over(file, kept, run):
    """The list still shows the others, and the report is refused with the way out."""
    for day in ("2026-04-01", "2026-05-29"):
        path = file(day, row(1, "EGFR L858R", "Osimertinib"))
        assert run("knowledge", "add", "civic", path, "--date", day).exit_code == 0
    page = kept / "knowledge" / "civic" / "2026-05-29.json"
    page.write_text(json.dumps(json.loads(page.read_text()) | {"format": 99}))
    listed = run("knowledge", "snapshots")
    assert listed.exit_code == 0
    assert "civic@2026-04-01" in listed.stdout
    refused = run("match", "EGFR L858R", "--disease", "LUAD")
    assert refused.exit_code != 0
    assert "civic@2026-05-29 cannot be read" in refused.output
    assert run("match", "EGFR L858R", "-d", "LUAD", "--knowledge", "none").exit_code == 0
    assert run("knowledge", "use", "civic@2026-04-01").exit_code == 0
    assert run("match", "EGFR L858R", "--disease", "LUAD").exit_code == 0


def test_an_owner_whose_statements_another_file_passes_on_is_one_voice(run, file, kept):
    """Without, VA-Spec would be a second voice, and row 1 of CIViC would count twice."""
    statement = copy.deepcopy(STATEMENT)
    statement["proposition"]["subjectVariant"] = {"name": "EGFR L858R"}
    statement["proposition"]["geneContextQualifier"] = {"name": "EGFR"}
    statement["proposition"]["objectTherapeutic"] = {"name": "Osimertinib"}
    statement["proposition"]["conditionQualifier"] = {"name": "Lung Non-small Cell Carcinoma"}
    only_there = statement | {"id": "civic.eid:77", "direction": "disputes"}
    passed_on = kept / "statements.json"
    passed_on.write_text(json.dumps([statement, only_there]))
    said = run("knowledge", "add", "va_spec", passed_on, "--date", "2026-06-15")
    assert said.output.startswith("va_spec@2026-06-15: 2 claims"), said.output
    run("knowledge", "add", "civic", file("2026-05-29", L858R))
    told = run("knowledge", "compare", "EGFR L858R", "-d", "LUAD", "--drug", "Tagrisso").output
    assert "VA-Spec" not in told
    assert "CIViC       for (EGFR L858R, level B, 1 claim, newest 2018)" in told
    assert "newest 2018), looked for an effect of EGFR L858R and found none (B (Clinical" in told


def test_variants_without_statements_are_not_kept_and_each_is_listed(run, kept):
    variants = [{"id": f"civic.mpid:{n}", "type": "CategoricalVariant", "label": "EGFR L858R"}
                for n in range(25)]  # fmt: skip
    path = kept / "variants.json"
    path.write_text(json.dumps(variants))
    said = run("knowledge", "add", "va_spec", path, "--date", "2026-05-01")
    assert said.exit_code == 13
    assert "not one of its claims was understood, of 25 entries" in said.stderr
    assert "25: a variant of Cat-VRS, and no statement says what it means; give" in said.stderr
    assert "variants.json, entry 20: civic.mpid:19: EGFR L858R" in said.stderr
    assert "and 5 more" in said.stderr
    assert "va_spec" not in run("knowledge", "snapshots").output
