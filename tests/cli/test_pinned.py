"""A report on a pinned snapshot comes out the same, byte for byte, wherever and whenever."""

import json
import os
import subprocess
import sys

import msgspec
import pytest

from onkos import __version__
from tests.cli.civic_small import NEW, OLD, write

CASE = """
id = "p1"
disease = "LUAD"
alterations = ["EGFR L858R", "TP53 R273H", "KRAS G12C", "ERBB2 amplification"]
measurements = ["TMB 12", "PD-L1 TPS 60"]
stage = "IV"
line = 1
age = 61
as_of = "2026-06-01"
"""
FORMS = ("json", "html", "md", "text")
ALL_FORMS = """
import sys
from onkos.cli import main
case, out, *options = sys.argv[1:]
for form in ("json", "html", "md", "text"):
    try:
        main(["report", case, "--format", form, "-o", f"{out}/report.{form}", *options])
    except SystemExit as ended:
        if ended.code:
            raise
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A case, a store that holds two snapshots (the older one pinned), and a cache."""
    folder = tmp_path_factory.mktemp("pinned")
    (folder / "case.toml").write_text(CASE)
    env = {"ONKOS_KNOWLEDGE": str(folder / "store"), "XDG_CACHE_HOME": str(folder / "cache")}
    write(folder / "old.tsv", *OLD)
    write(folder / "new.tsv", *NEW)
    onkos(env, "knowledge", "add", "civic", folder / "old.tsv", "--date", "2021-08-01")
    return folder, env


def onkos(env, *words):
    command = [sys.executable, "-c", "from onkos.cli import main; main()", *map(str, words)]
    return subprocess.run(
        command, env={**os.environ, **env}, capture_output=True, text=True, check=True
    )


def reports(place, name, options=("--knowledge", "civic@2021-08-01"), cwd=None, **env):
    """All forms of the report, made in a process of its own."""
    folder, given = place
    out = folder / name
    out.mkdir()
    command = [sys.executable, "-c", ALL_FORMS, folder / "case.toml", out, *options]
    subprocess.run(
        [str(word) for word in command], env={**os.environ, **given, **env}, cwd=cwd,
        check=True, capture_output=True,
    )  # fmt: skip
    return {form: (out / f"report.{form}").read_bytes() for form in FORMS}


@pytest.fixture(scope="module")
def first(place):
    return reports(place, "first", PYTHONHASHSEED="0", TZ="UTC")


CONDITIONS = {
    "another process": {},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 4711": {"PYTHONHASHSEED": "4711"},
    "east": {"TZ": "Pacific/Kiritimati"},
    "west": {"TZ": "Pacific/Pago_Pago"},
    "plain locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Turkish locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "colours": {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "31"},
    "optimised": {"PYTHONOPTIMIZE": "1"},
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_the_same_in_every_surrounding(place, first, name):
    assert reports(place, name.replace(" ", "-"), **CONDITIONS[name]) == first


def test_the_same_from_another_folder(place, first, tmp_path):
    assert reports(place, "elsewhere", cwd=tmp_path) == first


def test_the_same_with_a_cold_cache_and_with_none(place, first, tmp_path):
    assert reports(place, "cold", XDG_CACHE_HOME=str(tmp_path / "cold")) == first
    (tmp_path / "file").touch()
    assert reports(place, "none", XDG_CACHE_HOME=str(tmp_path / "file")) == first


def test_the_same_after_a_newer_snapshot_became_the_current_one(place, first):
    folder, env = place
    onkos(env, "knowledge", "add", "civic", folder / "new.tsv", "--date", "2026-05-29")
    assert reports(place, "after") == first
    now = reports(place, "now", options=())
    assert all(now[form] != first[form] for form in FORMS)
    like = reports(place, "like", options=("--like", folder / "first" / "report.json"))
    assert like == first
    onkos(env, "knowledge", "rollback", "civic")
    assert reports(place, "rolled-back", options=()) == first


@pytest.fixture
def old(tmp_path, run, monkeypatch):
    """A report with a pinned snapshot, and what may be said otherwise of how it was made."""
    monkeypatch.setenv("ONKOS_KNOWLEDGE", str(tmp_path / "store"))
    (tmp_path / "case.toml").write_text(CASE)
    source = write(tmp_path / "old.tsv", *OLD)
    assert run("knowledge", "add", "civic", source, "--date", "2021-08-01").exit_code == 0
    path = tmp_path / "old.json"
    assert run("report", tmp_path / "case.toml", "-o", path).exit_code == 0

    def otherwise(change):
        report = json.loads(path.read_text())
        change(report)
        (tmp_path / "said.json").write_text(json.dumps(report))
        return run("report", tmp_path / "case.toml", "--like", tmp_path / "said.json", "-o",
                   tmp_path / "again.json")  # fmt: skip

    return otherwise


def test_another_version_of_onkos_is_refused_by_name(old):
    refused = old(lambda report: report.update(version="0.0.9"))
    assert refused.exit_code == 13
    assert f"made by onkos 0.0.9, and this is onkos {__version__}" in refused.output


def test_another_built_in_knowledge_is_refused_with_both_hashes(old, knowledge):
    refused = old(lambda report: report["pins"][0].update(sha256="ab" * 32))
    assert refused.exit_code == 13
    assert "was abababababab, and is " + knowledge.pins[0].sha256[:12] in refused.output
    assert "knowledge freeze" in refused.output


def test_a_snapshot_that_is_not_kept_or_another_is_refused(old):
    refused = old(lambda report: report["pins"][1].update(version="2020-01-01"))
    assert refused.exit_code == 13
    assert "CIViC 2020-01-01" in refused.output
    assert "onkos knowledge add civic" in refused.output
    refused = old(lambda report: report["pins"][1].update(sha256="cd" * 32))
    assert "and had cdcdcdcdcdcd" in refused.output


def test_a_file_that_was_read_then_is_asked_for(old):
    pin = {"source": "hotspots of mine", "version": "1", "licence": "", "sha256": "ef" * 32}
    refused = old(lambda report: report["pins"].append(pin))
    assert refused.exit_code == 13
    assert "it read hotspots of mine 1" in refused.output


def test_the_regulators_of_the_old_report_count(old, tmp_path):
    assert old(lambda report: report.update(regulators=["EMA"])).exit_code == 0
    assert json.loads((tmp_path / "again.json").read_text())["regulators"] == ["EMA"]


@pytest.mark.parametrize("options", [["--knowledge", "none"], ["--regulators", "PMDA"]])
def test_what_would_say_otherwise_than_the_old_report_is_refused(old, run, tmp_path, options):
    refused = run(
        "report", tmp_path / "case.toml", "--like", tmp_path / "old.json", *options, "-o", "x.json"
    )
    assert refused.exit_code == 2
    assert options[0] in refused.output


def test_what_is_no_report_is_said_to_be_none(run, tmp_path):
    (tmp_path / "case.toml").write_text(CASE)
    for text in ("no", "{}", msgspec.json.encode({"version": "1", "pins": []}).decode()):
        (tmp_path / "old.json").write_text(text)
        refused = run(
            "report", tmp_path / "case.toml", "--like", tmp_path / "old.json", "-o", "x.json"
        )
        assert refused.exit_code == 10
        assert "old.json is no report" in refused.output
