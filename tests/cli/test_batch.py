"""``onkos batch``: every line has its answer, in order, whatever is wrong with its neighbours."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from onkos.cli import batch as room
from onkos.cli.lines import CHUNK_LINES

GOOD = {"id": "p1", "disease": "NSCLC", "alterations": ["EGFR L858R"]}
COMMAND = (sys.executable, "-c", "from onkos.cli import main; main()")


def jsonl(*records):
    return "".join(
        (record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records
    )


def answers(shown):
    return [json.loads(line) for line in shown.stdout.splitlines()]


@pytest.fixture
def batch(run, tmp_path):
    """Run a batch of these records."""

    def batch(*records, arguments=("--jobs", "1"), name="in.jsonl"):
        (tmp_path / name).write_text(jsonl(*records), encoding="utf-8")
        return run("batch", tmp_path / name, *arguments)

    return batch


def test_a_case_gives_the_same_dossier_as_match(batch, run):
    (told,) = answers(batch(GOOD))
    alone = run("match", "EGFR L858R", "-d", "NSCLC", "--id", "p1", "--format", "json")
    assert told == json.loads(alone.stdout)


def test_the_summary_is_on_standard_error(batch):
    shown = batch(GOOD, "{", GOOD)
    assert shown.exit_code == 0
    assert shown.stderr.startswith("3 cases, 1 errors, ")


BAD = {
    "not JSON": "{not json",
    "not an object": "[1, 2]",
    "not UTF-8 inside": '{"id": "p\\udfff"}',
    "a number": "17",
    "no disease": {"id": "b"},
    "an unknown disease": {"id": "b", "disease": "no such disease at all"},
    "a list for a word": {"id": "b", "disease": ["NSCLC"]},
    "a word for a list": {"id": "b", "disease": "NSCLC", "alterations": "EGFR L858R"},
    "a wrong age": {"id": "b", "disease": "NSCLC", "age": "old"},
    "an impossible age": {"id": "b", "disease": "NSCLC", "age": 400},
    "an unknown key": {"id": "b", "disease": "NSCLC", "alteration": ["EGFR L858R"]},
    "a deep nest": "[" * 100_000 + "]" * 100_000,
    "a deep nest inside": '{"id": "b", "x": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "no id": {"disease": "NSCLC"},
    "an id of the wrong type": {"id": 7, "disease": "NSCLC"},
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_case_is_one_error_and_stops_nothing(batch, bad):
    shown = batch(GOOD, bad, {**GOOD, "id": "p3"})
    first, middle, last = answers(shown)
    assert shown.exit_code == 0
    assert (first["id"], last["id"]) == ("p1", "p3")
    assert set(middle) == {"id", "error"}
    assert middle["id"] in {"b", "line 2"}
    assert "defect" not in middle["error"]


def test_an_error_never_repeats_the_record(batch):
    value = "PRIVATE-VALUE"
    records = (
        f'{{"id": "b", "disease": "NSCLC", "note": "{value}"',
        {"id": "b", "disease": "NSCLC", "age": value},
        {"id": "b", "disease": "NSCLC", "line": {"of": value}},
    )
    assert value not in batch(GOOD, *records).output


def test_a_defect_in_one_case_is_one_error(batch, monkeypatch):
    from onkos.cli import worker

    def broken(*_):
        raise ZeroDivisionError("PRIVATE-VALUE")

    real = worker.pipeline.run
    monkeypatch.setattr(
        worker.pipeline,
        "run",
        lambda case, *rest: (broken if case.id == "x" else real)(case, *rest),
    )
    _, middle, last = answers(batch(GOOD, {**GOOD, "id": "x"}, GOOD))
    assert middle["id"] == "x"
    assert "ZeroDivisionError" in middle["error"]
    assert "defect" in middle["error"]
    assert "PRIVATE-VALUE" not in middle["error"]
    assert last["id"] == "p1"


def test_not_one_good_case_exits_with_ten(batch):
    shown = batch("{", "}")
    assert shown.exit_code == 10
    assert len(answers(shown)) == 2


def test_an_empty_input_is_no_error(batch):
    shown = batch()
    assert (shown.exit_code, shown.stdout) == (0, "")


def test_the_same_id_twice_is_fine(batch):
    assert [told["id"] for told in answers(batch(GOOD, GOOD))] == ["p1", "p1"]


def test_standard_input_is_read(run):
    shown = run("batch", "-", input=jsonl(GOOD))
    assert [told["id"] for told in answers(shown)] == ["p1"]


def test_a_misspelt_disease_is_taken_only_when_asked(batch):
    record = {**GOOD, "disease": "melanomma"}
    assert "error" in answers(batch(record))[0]
    assert answers(batch(record, arguments=("--fuzzy",)))[0]["notices"]


def test_regulators_are_chosen_and_checked(batch):
    assert answers(batch(GOOD, arguments=("--regulators", "EMA")))[0]["regulators"] == ["EMA"]
    assert batch(GOOD, arguments=("--regulators", "EMEA")).exit_code == 2


def test_several_processes_give_the_same_lines_in_the_same_order(batch):
    records = [{**GOOD, "id": f"p{number}"} for number in range(3 * CHUNK_LINES + 5)]
    records[40] = "{"
    alone, together = batch(*records), batch(*records, arguments=("--jobs", "2"))
    assert together.exit_code == 0
    assert together.stdout == alone.stdout
    assert [told["id"] for told in answers(together)][:3] == ["p0", "p1", "p2"]


def test_a_file_appears_whole(batch, tmp_path):
    shown = batch(GOOD, arguments=("-o", tmp_path / "out" / "d.jsonl"))
    assert shown.stdout == ""
    assert json.loads((tmp_path / "out" / "d.jsonl").read_text())["id"] == "p1"


def test_an_input_that_is_not_there_is_a_usage_error(run):
    assert run("batch", "no-such.jsonl").exit_code == 2


def test_a_disease_is_for_a_study_folder(batch):
    assert batch(GOOD, arguments=("--disease", "NSCLC")).exit_code == 2


def test_memory_in_flight_is_bounded():
    """No more chunks are taken than are being planned or waited for."""
    from onkos.cli import pool
    from onkos.cli.lines import Line
    from onkos.cli.worker import Orders

    taken = 0

    def chunks():
        nonlocal taken
        for number in range(40):
            taken += 1
            yield (Line(number, b"{", 1),)

    answered = 0
    for _ in pool.planned(chunks(), 2, Orders(fuzzy=False, regulators=None)):
        answered += 1
        assert taken - answered < pool.IN_FLIGHT * 2 + 2
    assert answered == 40


def started(tmp_path):
    """A long batch in a process of its own, once its first worker is at it."""
    source = tmp_path / "in.jsonl"
    source.write_text(jsonl(*[GOOD] * 20_000))
    process = subprocess.Popen(
        [*COMMAND, "batch", str(source), "--jobs", "2", "-o", str(tmp_path / "out.jsonl")],
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any(
        path.stat().st_size for path in tmp_path.glob(".onkos-*")
    ):
        time.sleep(0.05)
    return process


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_batch_leaves_no_half_file_and_no_traceback(tmp_path, sign, code):
    process = started(tmp_path)
    os.killpg(process.pid, sign) if sign == signal.SIGINT else process.send_signal(sign)
    _, shown = process.communicate(timeout=90)
    assert process.returncode == code
    assert "Traceback" not in shown
    assert os.listdir(tmp_path) == ["in.jsonl"]


def test_workers_end_when_the_first_process_is_killed(tmp_path):
    process = started(tmp_path)
    process.kill()
    process.communicate(timeout=90)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and group_lives(process.pid):
        time.sleep(0.1)
    assert not group_lives(process.pid)


def group_lives(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_all_cores_are_counted():
    assert 1 <= room.cores() <= (os.cpu_count() or 1)


STUDY = {
    "meta_study.txt": "cancer_study_identifier: s\ntype_of_cancer: nsclc\n",
    "meta_clinical_sample.txt": (
        "cancer_study_identifier: s\ngenetic_alteration_type: CLINICAL\n"
        "datatype: SAMPLE_ATTRIBUTES\ndata_filename: data_clinical_sample.txt\n"
    ),
    "data_clinical_sample.txt": (
        "PATIENT_ID\tSAMPLE_ID\tONCOTREE_CODE\nP1\tS1\tLUAD\nP2\tS2\tLUAD\nP3\tS3\tLUAD\n"
    ),
    "meta_mutations.txt": (
        "cancer_study_identifier: s\ngenetic_alteration_type: MUTATION_EXTENDED\n"
        "datatype: MAF\nstable_id: mutations\ndata_filename: data_mutations.txt\n"
    ),
    "data_mutations.txt": (
        "Hugo_Symbol\tVariant_Classification\tHGVSp_Short\tTumor_Sample_Barcode\n"
        "EGFR\tMissense_Mutation\tp.L858R\tS1\nKRAS\tMissense_Mutation\tp.G12C\tS2\n"
        "BRAF\tMissense_Mutation\tp.V600E\tS9\n"
    ),
}


def test_a_study_folder_gives_one_line_for_each_sample(run, tmp_path):
    for name, text in STUDY.items():
        (tmp_path / name).write_text(text)
    shown = run("batch", tmp_path, "--jobs", "1")
    told = answers(shown)
    assert shown.exit_code == 0
    assert [one["id"] for one in told] == ["S1", "S2", "S3", "S9"]
    assert told[0]["options"][0]["therapy"] == ["osimertinib"]
    assert "clinical" in told[3]["error"]


def test_a_folder_that_is_no_study_is_unreadable(run, tmp_path):
    shown = run("batch", tmp_path)
    assert shown.exit_code == 10
    assert "Traceback" not in shown.stderr
