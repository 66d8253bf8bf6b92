"""What changed in a source, and for whom."""

import json
from datetime import date

import msgspec
import pytest

from onkos import pipeline
from onkos.model.recheck import Turn
from onkos.report.changes_view import sentence
from onkos.sources.knowledge import builtin
from tests.cli.civic_small import NEW, OLD, write

CASES = (
    {"id": "egfr", "disease": "LUAD", "alterations": ["EGFR L858R"], "assay": "WES"},
    {"id": "braf", "disease": "LUAD", "alterations": ["BRAF V600E"], "assay": "WES"},
    {"id": "kras", "disease": "LUAD", "alterations": ["KRAS G12C"], "assay": "WES"},
    {"id": "tp53", "disease": "COAD", "alterations": ["TP53 R273H"], "assay": "WES"},
    {"id": "bad", "disease": "no such disease", "alterations": []},
)
FROM_TO = ("--from", "civic@2021-08-01", "--to", "civic@2026-05-29")


@pytest.fixture
def store(tmp_path, run, monkeypatch):
    """Two snapshots, and cases beside them."""
    monkeypatch.setenv("ONKOS_KNOWLEDGE", str(tmp_path / "store"))
    for name, rows, day in (("old", OLD, "2021-08-01"), ("new", NEW, "2026-05-29")):
        path = write(tmp_path / f"{name}.tsv", *rows)
        assert run("knowledge", "add", "civic", path, "--date", day).exit_code == 0
    (tmp_path / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in CASES))
    return tmp_path


def diff(run, *options):
    shown = run("knowledge", "diff", "civic@2021-08-01", "civic@2026-05-29", *options,
                "--format", "json")  # fmt: skip
    assert shown.exit_code == 0, shown.output
    return json.loads(shown.output)


def test_counts_come_first_and_every_change_says_what(store, run):
    told = diff(run)
    assert told["counts"] == {
        "approvals withdrawn": 0, "added": 2, "removed": 1, "changed": 2,
        "changed in wording only": 1, "not understood any more": 0, "understood only now": 0,
    }  # fmt: skip
    kinds = {one["claim"]: one["kind"] for one in told["changes"]}
    assert kinds == {"civic:EID1": "changed", "civic:EID4": "removed", "civic:EID5": "added",
                     "civic:EID6": "added"}  # fmt: skip
    (level,) = [one for one in told["changes"] if one["claim"] == "civic:EID1"]
    assert level["fields"][0] == {"field": "level", "before": "B", "after": "A"}


def test_text_groups_by_gene_and_disease(store, run):
    lines = run("knowledge", "diff", "civic@2021-08-01", "civic@2026-05-29").output.splitlines()
    assert lines[0] == "civic@2021-08-01 -> civic@2026-05-29"
    here = lines.index("EGFR in Non-Small Cell Lung Cancer")
    assert lines[here + 1].startswith("  ~ civic:EID1 (benefit of osimertinib")
    assert "level B -> A" in lines[here + 1]
    assert lines[here + 2].startswith("  + civic:EID5 added: resistance of osimertinib")
    assert not any("EID2 " in line for line in lines)
    every = run("knowledge", "diff", "civic@2021-08-01", "civic@2026-05-29", "--all").output
    assert "civic:EID2 (benefit of gefitinib" in every


@pytest.mark.parametrize(
    ("options", "claims"),
    [
        (["--gene", "BRAF"], {"civic:EID4"}),
        (["--drug", "tagrisso"], {"civic:EID1", "civic:EID5"}),
        (["--disease", "COAD"], set()),
        (["--disease", "LUAD", "--gene", "kras"], {"civic:EID6"}),
    ],
)
def test_filters(store, run, options, claims):
    assert {one["claim"] for one in diff(run, *options)["changes"]} == claims


def test_nothing_between_a_snapshot_and_itself_and_two_sources_are_refused(store, run):
    same = run("knowledge", "diff", "civic", "civic@2026-05-29")
    assert "     0  changed\n" in same.output
    assert "     0  added\n" in same.output
    refused = run("knowledge", "diff", "civic", "onkos")
    assert refused.exit_code == 2
    assert "two sources" in refused.output


def test_cases_that_change_with_the_sentence_that_says_why(store, run):
    told = run("recheck", store / "cases.jsonl", *FROM_TO, "--format", "json")
    assert told.exit_code == 20
    found = {one["id"]: one for one in map(json.loads, told.stdout.splitlines())}
    assert next(iter(found)) == "egfr"
    turns = {tuple(one["therapy"]): one for one in found["egfr"]["changes"]}
    against = turns[("osimertinib",)]
    assert against["turn"] == "another source now speaks against this option"
    assert any(why.startswith("civic:EID5 added: resistance of osimertinib where EGFR L858R")
               for why in against["why"])  # fmt: skip
    assert "civic:EID2" not in against["claims"]
    assert "tp53" not in found
    assert "5 cases" in told.stderr
    assert "1 errors" in told.stderr
    assert "bad: " in told.stderr


def test_a_patient_is_an_id_and_a_diagnosis_and_no_more(store, run):
    told = run("recheck", store / "cases.jsonl", *FROM_TO).stdout
    assert told.startswith("egfr (LUAD)\n  another source now speaks against this option: osi")
    for one in map(json.loads, run("recheck", store / "cases.jsonl", *FROM_TO, "--format", "json",
                                   "--all").stdout.splitlines()):  # fmt: skip
        assert set(one) == {"id", "disease", "changed", "weight", "changes"}


def test_nothing_changed_is_exit_code_0(store, run):
    same = run("recheck", store / "cases.jsonl", "--from", "civic@2026-05-29")
    assert (same.exit_code, same.stdout) == (0, "")
    assert "0 changed, 0 planned again" in same.stderr


def test_no_case_that_can_be_read_is_exit_code_10(store, run):
    (store / "none.jsonl").write_text(json.dumps(CASES[-1]) + "\n")
    assert run("recheck", store / "none.jsonl", *FROM_TO).exit_code == 10


def test_a_case_file_and_lines_at_once_on_one_core_and_on_two(store, run):
    (store / "case.toml").write_text(
        'id = "page"\ndisease = "LUAD"\nalterations = ["EGFR L858R"]\n'
    )
    (store / "many.jsonl").write_text(
        "".join(json.dumps({**CASES[0], "id": f"e{n:03}"}) + "\n" for n in range(70))
    )
    words = ("recheck", store / "case.toml", store / "many.jsonl", *FROM_TO, "--format", "json")
    one, two = run(*words, "--jobs", "1"), run(*words, "--jobs", "2")
    assert one.stdout == two.stdout
    assert one.stdout.count("\n") == 71


def test_a_frozen_edition_is_the_built_in_knowledge_again(store, run):
    from onkos.sources.knowledge.editions import edition, edition_with
    from onkos.sources.knowledge.store import snapshot

    assert run("knowledge", "freeze").exit_code == 0
    known = builtin()
    name = f"onkos@{known.pins[0].read_on}"
    again = edition(snapshot(name))
    assert again.pins == known.pins
    assert again.claims == known.claims
    assert again.vocabulary == known.vocabulary
    assert edition_with(known.pins[0].sha256) == snapshot(name)
    assert edition_with("ab" * 32) is None
    assert "     0  changed\n" in run("knowledge", "diff", name, "onkos").output
    plain = run("match", "EGFR L858R", "--disease", "LUAD", "--format", "json", "--knowledge",
                "none").stdout  # fmt: skip
    named = run("match", "EGFR L858R", "--disease", "LUAD", "--format", "json", "--knowledge",
                name).stdout  # fmt: skip
    assert named == plain


def test_an_edition_is_read_only_where_it_is_named(store, run):
    """A kept edition is no source beside the built-in one."""
    before = run("match", "EGFR L858R", "--disease", "LUAD", "--format", "json").stdout
    assert run("knowledge", "freeze").exit_code == 0
    assert run("match", "EGFR L858R", "--disease", "LUAD", "--format", "json").stdout == before


def test_a_claim_that_an_older_edition_lacked_is_a_new_option(store, run, knowledge):
    """The older edition without every claim of sotorasib: the newer one offers it again."""
    from onkos.sources.knowledge import editions
    from onkos.sources.knowledge.builtin import FOLDER
    from onkos.sources.knowledge.store import add_snapshot

    texts = {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in FOLDER.rglob("*.toml")
    }
    without = {name: _without(text, 'therapy = "sotorasib') for name, text in texts.items()}
    path = store / editions.FILE
    path.write_bytes(msgspec.json.encode(without))
    add_snapshot("onkos", [path], date(2026, 1, 2), "")
    told = run("knowledge", "diff", "onkos@2026-01-02", "onkos", "--drug", "sotorasib",
               "--format", "json")  # fmt: skip
    assert told.exit_code == 0, told.output
    added = {one["claim"] for one in json.loads(told.output)["changes"] if one["kind"] == "added"}
    assert added
    words = ("--from", "onkos@2026-01-02", "--format", "json")
    (line,) = run("recheck", store / "cases.jsonl", *words).stdout.splitlines()
    found = json.loads(line)
    assert found["id"] == "kras"
    news = {tuple(one["therapy"]): one for one in found["changes"]}
    assert news[("sotorasib",)]["turn"] in {"new first option", "new option"}
    assert set(news[("sotorasib",)]["claims"]) <= added


def _without(text, mark):
    """The entries of a file without those claims that hold the mark."""
    head, *entries = text.split("[[claim]]\n")
    return "[[claim]]\n".join([head, *(e for e in entries if mark not in e)])


def test_what_earlier_reports_said_is_set_beside_what_would_be_said_now(store, run):
    cases = store / "cases.jsonl"
    assert run("knowledge", "use", "civic@2021-08-01").exit_code == 0
    assert run("batch", cases, "-o", store / "reports.jsonl").exit_code == 0
    same = run("recheck", cases, "--said", store / "reports.jsonl")
    assert same.exit_code == 0, same.output
    assert run("knowledge", "use", "civic@2026-05-29").exit_code == 0
    said = run("recheck", cases, "--said", store / "reports.jsonl", "--format", "json", "--all")
    again = run("recheck", cases, *FROM_TO, "--format", "json", "--all")
    assert said.stdout == again.stdout
    assert said.exit_code == again.exit_code == 20


def test_reports_of_unknown_knowledge_still_tell_what_changed(store, run):
    assert run("knowledge", "use", "civic@2021-08-01").exit_code == 0
    for case in CASES[:2]:
        (store / "one.jsonl").write_text(json.dumps(case))
        assert run("batch", store / "one.jsonl", "-o", store / "r" / f"{case['id']}.json",
                   ).exit_code == 0  # fmt: skip
    path = store / "r" / "egfr.json"
    report = json.loads(path.read_text())
    report["options"][0]["therapy"] = ["something else"]
    report["pins"][0]["sha256"] = "00" * 32
    path.write_text(json.dumps(report))
    told = run("recheck", store / "cases.jsonl", "--said", store / "r")
    assert told.exit_code == 20
    assert "new first option: osimertinib (it was something else)" in told.stdout
    assert "why is not" in told.stderr
    assert "why:" not in told.stdout
    assert "kras: no earlier report has this id" in told.stderr


def test_recheck_asks_what_the_cases_were_planned_with(store, run):
    refused = run("recheck", store / "cases.jsonl")
    assert refused.exit_code == 2
    assert "--from, or --said" in refused.output
    assert run("recheck", store / "cases.jsonl", "--said", store / "new.tsv").exit_code == 10


def test_snapshots_are_counted_against_the_one_before(store, run):
    lines = run("knowledge", "snapshots", "--counts").output.splitlines()
    assert lines[1].strip() == "4 claims, 0 rows not understood"
    assert lines[3].strip() == (
        "5 claims, 0 rows not understood; since civic@2021-08-01: 2 added, 1 removed, 1 changed"
    )
    assert run("knowledge", "freeze").exit_code == 0
    marked = [line[0] for line in run("knowledge", "snapshots").output.splitlines()]
    assert marked == [" ", "*", " "]


def test_an_approval_that_is_withdrawn_weighs_most(knowledge):
    """The claim of an approved option loses its approvals: first in the list, with its reason."""
    from onkos.sources.patient.record import case_of_record

    case = case_of_record({**CASES[2], "stage": "IV"}, knowledge)
    first = next(o for o in pipeline.run(case, knowledge).plan.options if o.approved_here)

    def gone(claim):
        if set(claim.therapy) != set(first.therapy) or not claim.approvals:
            return claim
        approvals = tuple(
            msgspec.structs.replace(one, withdrawn_on=date(2026, 11, 1)) for one in claim.approvals
        )
        return msgspec.structs.replace(claim, approvals=approvals)

    later = msgspec.structs.replace(knowledge, claims=tuple(map(gone, knowledge.claims)))
    found = pipeline.Recheck(knowledge, later).of(case)
    assert found.changes[0].turn is Turn.NOT_APPROVED
    assert set(found.changes[0].therapy) == set(first.therapy)
    assert found.changes[0].why[0].withdrawn
    assert "withdrawn 2026-11-01" in sentence(found.changes[0].why[0])
    assert (
        pipeline.Recheck(knowledge, later).of(
            case_of_record({"id": "x", "disease": "GIST", "alterations": ["KIT V560D"]}, knowledge)
        )
        is None
    )


def test_the_short_way_gives_what_planning_everything_gives(shared_data, knowledge):
    """TCGA patients between CIViC of 2021 and of 2026: the same with and without the index."""
    import csv
    import gzip

    from onkos.plan import recheck
    from onkos.sources.knowledge.snapshots import read_files, source_of
    from onkos.sources.patient.record import case_of_record

    folder = shared_data / "knowledge" / "civic"
    states = []
    for file in ("2021-08-01/01-Aug-2021-ClinicalEvidenceSummaries.tsv",
                 "civic_accepted_evidence_2026-05.tsv"):  # fmt: skip
        files = [folder / file]
        read = read_files(source_of("civic", knowledge), files, knowledge.vocabulary)
        states.append(msgspec.structs.replace(knowledge, others=read.claims))
    again = pipeline.Recheck(*states)
    (maf,) = (shared_data / "patients" / "tcga").glob("THCA*.maf.gz")
    with gzip.open(maf, "rt") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t") if r["HGVSp_Short"]]
    said = {}
    for one in rows:
        change = f"{one['Hugo_Symbol']} {one['HGVSp_Short']}"
        said.setdefault(one["Tumor_Sample_Barcode"], []).append(change)
    changed = 0
    for number, alterations in enumerate(list(said.values())[:40]):
        record = {"id": str(number), "disease": "THPA", "alterations": alterations}
        case = case_of_record(record, knowledge)
        before, after = (pipeline.run(case, state) for state in states)
        full = recheck(before, after, {s.id: c for c in again.changed for s in c.sides})
        assert again.of(case) == full
        changed += full is not None
    assert changed > 0
    assert again.skipped > 0


def test_an_earlier_report_tells_no_inherited_finding_that_is_withheld_now(store, run):
    """What it offered for an inherited change would say that there was one."""
    case = {"id": "h", "disease": "BRCA", "alterations": ["germline BRCA2 S1882*", "TP53 R175H"]}
    cases, reports = store / "h.jsonl", store / "told.jsonl"
    cases.write_text(json.dumps(case))
    assert run("batch", cases, "-o", reports).exit_code == 0
    words = ("recheck", cases, "--said", reports)
    assert run(*words).exit_code == 0
    refused = run(*words, "--germline", "withhold")
    assert refused.exit_code == 10
    assert "inherited findings are withheld" in refused.output
    assert "olaparib" not in refused.output
    cases.write_text(json.dumps(case | {"germline": "withhold"}))
    assert run(*words).output == refused.output
    assert run("batch", cases, "-o", reports).exit_code == 0
    assert run(*words).exit_code == 0


RAW = """##fileformat=VCFv4.2
##contig=<ID=chr7,length=159345973,assembly=GRCh38>
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ttumour
chr7\t1000\t.\tA\tG\t.\tPASS\t.\tAD\t60,40
"""
TABLE = (
    "Hugo_Symbol\tChromosome\tStart_Position\tReference_Allele\tTumor_Seq_Allele2\t"
    "HGVSp_Short\tVariant_Classification\tNCBI_Build\n"
    "EGFR\tchr7\t1000\tA\tG\tp.L858R\tMissense_Mutation\tGRCh38\n"
)


@pytest.fixture
def raw_case(store):
    """A case of which a table of the user's alone tells what it carries."""
    (store / "raw.vcf").write_text(RAW)
    (store / "mine.maf").write_text(TABLE)
    page = store / "case.toml"
    page.write_text(
        'id = "c"\ndisease = "LUAD"\n[[sample]]\nassay = "WES"\nfiles = [{path = "raw.vcf"}]\n'
    )
    return page


def test_files_of_knowledge_count_on_both_sides(raw_case, store, run):
    assert run("recheck", raw_case, *FROM_TO).exit_code == 0
    said = run("recheck", raw_case, *FROM_TO, "--changes", store / "mine.maf")
    assert said.exit_code == 20, said.output
    assert "osimertinib" in said.stdout
    raw_case.write_text('changes = "mine.maf"\n' + raw_case.read_text())
    alone = run("recheck", raw_case, *FROM_TO)
    assert (alone.exit_code, alone.stdout) == (20, said.stdout)
    both = run("recheck", raw_case, store / "cases.jsonl", *FROM_TO)
    assert "case.toml: it names a table of known changes of its own" in both.stderr
    given = run("recheck", raw_case, raw_case, *FROM_TO, "--changes", store / "mine.maf")
    assert given.exit_code == 20
    assert "of its own" not in given.stderr


def test_a_genome_that_was_not_added_is_named(raw_case, store, run, monkeypatch):
    monkeypatch.setenv("ONKOS_REFERENCES", str(store / "none"))
    said = run("recheck", raw_case, *FROM_TO, "--reference", "GRCh38")
    assert said.exit_code not in (0, 20)
    assert "GRCh38" in said.output
    assert run("recheck", raw_case, *FROM_TO, "--reference", "none").exit_code == 0


def test_raw_calls_are_described_by_the_genome_that_was_added(store, run, tiny_files, monkeypatch):
    monkeypatch.setenv("ONKOS_REFERENCES", str(store / "references"))
    added = run("reference", "add", "--fasta", tiny_files / "genome.fa.gz", "--gff3",
                tiny_files / "genes.gff3", "--assembly", "GRCh38")  # fmt: skip
    assert added.exit_code == 0, added.output
    # L858R by three bases, which no table of known changes has
    raw = RAW.replace("\t1000\t.\tA\tG", "\t55191821\t.\tCTG\tAGA")
    (store / "raw.vcf").write_text(raw)
    page = store / "case.toml"
    page.write_text(
        'id = "c"\ndisease = "LUAD"\n[[sample]]\nassay = "WES"\nfiles = [{path = "raw.vcf"}]\n'
    )
    said = run("recheck", page, *FROM_TO)
    assert said.exit_code == 20, said.output
    assert run("recheck", page, *FROM_TO, "--reference", "none").exit_code == 0


def test_a_folder_of_case_files_is_read_and_nothing_at_all_is_no_success(store, run):
    folder = store / "cases"
    folder.mkdir()
    (folder / "a.toml").write_text('id = "a"\ndisease = "LUAD"\nalterations = ["EGFR L858R"]\n')
    (folder / "b.toml").write_text('id = "b"\ndisease = "LUADX"\n')
    said = run("recheck", folder, *FROM_TO)
    assert said.exit_code == 20, said.output
    assert said.stdout.startswith("a (LUAD)")
    assert "onkos: b.toml: 1 problem" in said.stderr
    (store / "none.jsonl").write_text("")
    none = run("recheck", store / "none.jsonl", *FROM_TO)
    assert (none.exit_code, "there is no case" in none.output) == (10, True)
