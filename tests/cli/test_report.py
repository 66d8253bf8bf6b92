"""``onkos report``: one file, and where it is."""

import json
from pathlib import Path

import pytest

PAGE = 'id = "p"\ndisease = "NSCLC"\nalterations = ["EGFR L858R"]\n'


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("case.toml").write_text(PAGE)
    return "case.toml"


def test_a_report_is_written_and_its_place_printed(run, page):
    shown = run("report", page, "-o", "out/report.html")
    assert shown.exit_code == 0
    assert shown.stdout == "out/report.html\n"
    assert "osimertinib" in Path("out/report.html").read_text(encoding="utf-8")


def test_without_an_output_it_is_named_after_the_case(run, page):
    assert run("report", page).stdout == "case.html\n"
    assert run("report", page, "--format", "json").stdout == "case.json\n"
    assert run("report", page, "--format", "text").stdout == "case.txt\n"


@pytest.mark.parametrize(("name", "start"), [("r.json", "{"), ("r.md", "# "), ("r.HTM", "<!")])
def test_the_ending_says_the_format(run, page, name, start):
    run("report", page, "-o", name)
    assert Path(name).read_text(encoding="utf-8").lstrip().startswith(start)


def test_the_format_wins_over_the_ending(run, page):
    run("report", page, "-o", "r.html", "--format", "json")
    assert json.loads(Path("r.html").read_text(encoding="utf-8"))["id"] == "p"


def test_an_unknown_ending_asks_for_the_format(run, page):
    shown = run("report", page, "-o", "report.pdf")
    assert shown.exit_code == 2
    assert "--format" in shown.stderr
    assert not Path("report.pdf").exists()


def test_alterations_work_too(run, page):
    shown = run("report", "EGFR L858R", "--disease", "NSCLC", "--id", "p9", "-o", "r.html")
    assert shown.exit_code == 0
    assert Path("r.html").exists()


def test_a_folder_that_cannot_be_made_is_a_file_error(run, page):
    Path("file").write_text("")
    shown = run("report", page, "-o", "file/report.html")
    assert shown.exit_code == 74
    assert "Traceback" not in shown.stderr
