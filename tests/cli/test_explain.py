"""``onkos explain``: the answer for one drug comes first."""

import json

NSCLC = ("--disease", "NSCLC")


def test_an_option_says_its_rank_first(run):
    shown = run("explain", "osimertinib", "EGFR L858R", *NSCLC)
    assert shown.exit_code == 0
    assert shown.stdout.startswith("osimertinib is option 1 of ")


def test_a_drug_by_its_brand(run):
    shown = run("explain", "Tagrisso", "EGFR L858R", *NSCLC)
    assert shown.stdout.startswith("osimertinib is option 1 of ")


def test_a_drug_that_is_no_option_says_what_would_change_that(run):
    shown = run("explain", "osimertinib", "KRAS G12C", *NSCLC).stdout
    assert shown.startswith("osimertinib is not an option")
    assert "What would change this" in shown


def test_an_unknown_drug_gives_the_nearest(run):
    shown = run("explain", "osimertinip", "EGFR L858R", *NSCLC)
    assert shown.exit_code == 11
    assert "osimertinib" in shown.stderr


def test_as_json(run):
    shown = run("explain", "osimertinib", "EGFR L858R", *NSCLC, "--format", "json")
    told = json.loads(shown.stdout)
    assert told["sentences"][0].startswith("osimertinib is option 1")


def test_other_regulators(run):
    shown = run("explain", "osimertinib", "EGFR L858R", *NSCLC, "--regulators", "EMA")
    assert "FDA" not in shown.stdout


def test_a_case_file(run, tmp_path):
    page = tmp_path / "case.toml"
    page.write_text('id = "p"\ndisease = "NSCLC"\nalterations = ["EGFR L858R"]\n')
    assert run("explain", "osimertinib", page).stdout.startswith("osimertinib is option 1")


def test_the_notice_is_there(run):
    arguments = ("explain", "osimertinib", "EGFR L858R", *NSCLC)
    assert "Research use only" in run(*arguments).stdout
    assert "Research use only" in json.loads(run(*arguments, "--format", "json").stdout)["notice"]
