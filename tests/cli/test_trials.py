"""``onkos trials`` as a user runs it."""

import json

import pytest

CTML = {
    "nct_id": "NCT00000001",
    "short_title": "A drug in KRAS G12C",
    "status": "open to accrual",
    "phase": "PHASE2",
    "treatment_list": {
        "step": [
            {
                "step_code": "1",
                "match": [
                    {
                        "and": [
                            {"clinical": {"oncotree_primary_diagnosis": "Lung Adenocarcinoma",
                                          "age_numerical": ">=18"}},
                            {"genomic": {"hugo_symbol": "KRAS", "protein_change": "p.G12C"}},
                            {"genomic": {"hugo_symbol": "EGFR", "variant_category": "!Mutation"}},
                        ]
                    }
                ],
            }
        ]
    },
}  # fmt: skip


@pytest.fixture
def trial_file(tmp_path):
    path = tmp_path / "trial.json"
    path.write_text(json.dumps(CTML))
    return path


@pytest.fixture
def cohort_file(tmp_path):
    path = tmp_path / "cases.jsonl"
    records = [
        {
            "id": "case-a7",
            "disease": "LUAD",
            "alterations": ["KRAS G12C"],
            "age": 60,
            "assay": "WES",
        },
        {"id": "case-b7", "disease": "LUAD", "alterations": ["KRAS G12C"], "age": 60},
        {
            "id": "case-c7",
            "disease": "LUAD",
            "alterations": ["KRAS G12D"],
            "age": 60,
            "assay": "WES",
        },
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records) + "not json\n")
    return path


def test_an_untested_marker_is_named_on_the_page(run, trial_file):
    result = run("trials", "match", "KRAS G12C", "-d", "LUAD", "--age", 60, "--trials", trial_file)
    assert result.exit_code == 0
    page = " ".join(result.output.split())
    assert "NOT TESTED: not (EGFR mutation)" in page
    assert "find out: small variants of EGFR" in page
    assert "EVERY CRITERION" not in page


def test_a_trial_that_fits_says_by_what(run, trial_file):
    result = run("trials", "match", "KRAS G12C", "-d", "LUAD", "--age", 60, "--assay", "WES",
                 "--trials", trial_file)  # fmt: skip
    page = " ".join(result.output.split())
    assert "EVERY CRITERION THAT WAS READ IS MET * NCT00000001, A drug in KRAS G12C." in page
    assert "fits by: KRAS G12C" in page


def test_json_holds_every_criterion_with_its_answer(run, trial_file):
    result = run("trials", "match", "KRAS G12C", "-d", "LUAD", "--trials", trial_file,
                 "--format", "json")  # fmt: skip
    (trial,) = json.loads(result.output)["trials"]
    assert trial["answer"] == "unknown"
    asked = {one["criterion"]: (one["answer"], one["polarity"], one["decides"])
             for one in trial["levels"][0]["criteria"]}  # fmt: skip
    assert asked == {
        "disease LUAD": ("met", "required", False),
        "age >= 18": ("unknown", "required", True),
        "KRAS G12C": ("met", "required", False),
        "EGFR mutation": ("unknown", "excluded", True),
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--near", "Paris"], "LAT,LON"),
        (["--near", "91,0"], "latitude is -90 to 90"),
        (["--status", "finished"], "unknown status 'finished'"),
        (["--trials", "absent.json"], "there is no file absent.json"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(run, trial_file, arguments, message):
    result = run("trials", "match", "KRAS G12C", "-d", "LUAD", "--trials", trial_file, *arguments)
    assert result.exit_code == 2
    assert message in result.output + result.stderr


def test_a_file_that_holds_no_trial_is_an_error(run, tmp_path):
    path = tmp_path / "other.json"
    path.write_text("{}")
    result = run("trials", "match", "KRAS G12C", "-d", "LUAD", "--trials", path)
    assert result.exit_code == 10
    assert "neither a trial in CTML" in result.stderr


def test_feasibility_counts_and_names_no_patient(run, trial_file, cohort_file):
    result = run("trials", "feasibility", trial_file, "--cohort", cohort_file)
    assert result.exit_code == 0
    assert "patients          3" in result.output
    assert "eligible          1" in result.output
    assert "not ruled out     1" in result.output
    assert "KRAS G12C: alone 1" in result.output
    assert "case-" not in result.stdout + result.stderr
    assert "1 cases could not be read" in result.stderr


def test_feasibility_of_a_criterion_in_quotes(run, cohort_file):
    result = run("trials", "feasibility", "KRAS G12C and not EGFR mutation", "--cohort",
                 cohort_file, "--ids", "--format", "json")  # fmt: skip
    (found,) = json.loads(result.stdout)
    assert (found["eligible"], found["possible"], found["not_eligible"]) == (1, 1, 1)
    assert found["ids"]["eligible"] == ["case-a7"]
    assert found["ids"]["one unknown"] == ["case-b7"]


def test_small_counts_are_withheld(run, trial_file, cohort_file):
    result = run("trials", "feasibility", trial_file, "--cohort", cohort_file, "--smallest", 5)
    assert "eligible          <5" in result.output
    refused = run("trials", "feasibility", trial_file, "--cohort", cohort_file, "--smallest", 5,
                  "--ids")  # fmt: skip
    assert refused.exit_code == 2


def test_check_lists_what_was_not_understood(run, tmp_path):
    document = json.loads(json.dumps(CTML).replace("EGFR", "EFGR"))
    path = tmp_path / "trial.json"
    path.write_text(json.dumps(document))
    result = run("trials", "check", path)
    assert result.exit_code == 0
    assert "unknown gene 'EFGR'" in result.output
    assert "genomic criteria: 2, not understood 1" in result.output


def test_a_report_with_trials_says_what_of_them_was_not_read(run, trial_file, tmp_path):
    (tmp_path / "other.json").write_text("{}")
    page = tmp_path / "report.md"
    result = run("report", "KRAS G12C", "-d", "LUAD", "--trials", tmp_path, "-o", page)
    assert result.exit_code == 0
    assert "other.json: neither a trial in CTML" in result.stderr
    assert "NCT00000001" in page.read_text()


def test_all_does_not_count_as_not_ruled_out(run, tmp_path):
    """What is shown because all was asked for is not among those that are open."""
    section = {
        "identificationModule": {"nctId": "NCT00000001"},
        "conditionsModule": {"conditions": ["Acute Myeloid Leukemia"]},
    }
    path = tmp_path / "t.json"
    path.write_text(json.dumps({"protocolSection": section}))
    page = run("trials", "match", "EGFR L858R", "-d", "LUAD", "--trials", path, "--all").output
    assert "0 of 1 trials not ruled out" in page
    assert "RULED OUT" in page
    assert "NCT00000001" in page
