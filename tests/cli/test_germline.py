"""``--germline`` on four commands: the stricter of option and case holds."""

import json

import pytest

FOUND = ("germline BRCA2 S1882*", "TP53 R175H", "--disease", "BRCA")


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_match_withholds(run, form):
    shown = run("match", *FOUND, "--germline", "withhold", "--format", form)
    assert shown.exit_code == 0, shown.output
    assert "S1882" not in shown.output
    assert "withheld" in shown.output


def test_match_reports_when_nothing_is_said(run):
    assert "BRCA2 S1882*" in run("match", *FOUND).output


@pytest.mark.parametrize("ending", ["html", "json", "md", "txt"])
def test_report_withholds(run, tmp_path, ending):
    target = tmp_path / f"page.{ending}"
    shown = run("report", *FOUND, "--germline", "withhold", "-o", target)
    assert shown.exit_code == 0, shown.output
    assert "S1882" not in target.read_text(encoding="utf-8")


def test_explain_withholds_and_says_so(run):
    shown = run("explain", "olaparib", *FOUND, "--germline", "withhold")
    assert "S1882" not in shown.output
    assert "withheld" in shown.output


def test_an_option_cannot_undo_what_the_case_withholds(run, tmp_path):
    page = tmp_path / "case.toml"
    page.write_text(
        'id = "1"\ndisease = "BRCA"\ngermline = "withhold"\n'
        'alterations = ["germline BRCA2 S1882*", "TP53 R175H"]\n',
        encoding="utf-8",
    )
    assert "S1882" not in run("match", page, "--germline", "report").output
    assert "S1882" not in run("match", page).output


def test_batch_withholds_by_option_and_by_record(run, tmp_path):
    lines = [
        {"id": "a", "disease": "BRCA", "alterations": ["germline BRCA2 S1882*"]},
        {"id": "b", "disease": "BRCA", "alterations": ["germline BRCA2 S1882*"],
         "germline": "withhold"},
    ]  # fmt: skip
    source = tmp_path / "cases.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    def planned(*more):
        target = tmp_path / "out.jsonl"
        assert run("batch", source, "-o", target, "-j", "1", *more).exit_code == 0
        return target.read_text(encoding="utf-8").splitlines()

    told, withheld = planned()
    assert "S1882" in told
    assert "S1882" not in withheld
    assert not any("S1882" in line for line in planned("--germline", "withhold"))
