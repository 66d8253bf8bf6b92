"""``onkos match``: from arguments to a plan, and from what cannot be read to a way out."""

import json

import pytest

NSCLC = ("--disease", "NSCLC")


def dossier(run, *arguments):
    shown = run("match", *arguments, "--format", "json")
    assert shown.exit_code == 0, shown.output
    return json.loads(shown.stdout)


def first(plan):
    return plan["options"][0]["therapy"]


def test_osimertinib_comes_first_for_egfr_l858r(run):
    assert first(dossier(run, "EGFR L858R", *NSCLC)) == ["osimertinib"]


def test_the_text_says_the_answer_before_anything_else(run):
    shown = run("match", "EGFR L858R", *NSCLC)
    assert shown.exit_code == 0
    text = shown.stdout
    assert text.index("OPTIONS") < text.index("osimertinib") < text.index("ALTERATIONS")
    assert "\x1b" not in text
    assert shown.stderr == ""


@pytest.mark.parametrize(("form", "mark"), [("md", "# "), ("html", "<!"), ("json", "{")])
def test_other_forms(run, form, mark):
    assert run("match", "EGFR L858R", *NSCLC, "--format", form).stdout.lstrip().startswith(mark)


def test_options_tell_the_case(run):
    told = dossier(
        run, "EGFR L858R", *NSCLC, "--measurement", "PD-L1 TPS 60", "-m", "TMB 4",
        "--prior", "osimertinib (progressed)", "--assay", "WES", "--age", "61", "--sex", "f",
        "--stage", "4", "--line", "2", "--setting", "metastatic", "--id", "p1", "--purity", "0.4",
    )  # fmt: skip
    case = told["case"]
    assert told["id"] == "p1"
    assert (case["age"], case["sex"], case["stage"], case["line"]) == (61, "female", "IV", 2)
    assert case["settings"] == ["metastatic"]
    assert case["prior"][0]["therapy"] == ["osimertinib"]
    assert case["prior"][0]["progressed"] is True
    assert case["samples"][0]["purity"] == 0.4
    assert {m["name"] for m in told["measurements"]} == {"PD-L1 TPS", "TMB"}


def test_none_says_that_there_was_none_and_leaving_out_says_nothing(run):
    assert dossier(run, "EGFR L858R", *NSCLC, "--prior", "none")["case"]["prior"] == []
    assert dossier(run, "EGFR L858R", *NSCLC)["case"]["prior"] is None


def test_a_measurement_alone_is_a_case(run):
    assert dossier(run, "-m", "MSI-H", "--disease", "COAD")["options"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "nothing to match"),
        (("EGFR L858R",), 2, "--disease"),
        (("EGFR L858R", "--disease", "NSCLD"), 11, "nearest"),
        (("EGFR L858R", *NSCLC, "--line", "two"), 2, "line"),
        (("EGFR L858R", *NSCLC, "--line", "0"), 10, "line"),
        (("EGFR L858R", *NSCLC, "--stage", "V"), 10, "stage"),
        (("EGFR L858R", *NSCLC, "--assay", "no such assay"), 11, "assay"),
        (("EGFR L858R", *NSCLC, "--sample", "x"), 2, "--sample"),
        (("no-such-case.toml",), 2, "there is no file"),
        (("no-such.maf", *NSCLC), 2, "there is no file"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_code(run, arguments, code, words):
    shown = run("match", *arguments)
    assert shown.exit_code == code
    assert words in shown.stderr
    assert shown.stdout == ""


def test_a_misspelt_disease_is_taken_only_when_asked(run):
    assert run("match", "BRAF V600E", "--disease", "melanomma").exit_code == 11
    assert dossier(run, "BRAF V600E", "--disease", "melanomma", "--fuzzy")["notices"]


def test_nothing_readable_gives_no_plan_but_the_way_out(run):
    shown = run("match", "EGFR ZZZ999", "qwerty", *NSCLC)
    assert shown.exit_code == 10
    assert "2 problems" in shown.stderr
    assert shown.stdout == ""


def test_words_that_want_quotes_are_told_so(run):
    shown = run("match", "EGFR", "L858R", *NSCLC)
    assert shown.exit_code == 10
    assert '"EGFR L858R"' in shown.stderr


def test_what_was_not_understood_is_told_by_its_number_and_not_by_its_text(run):
    shown = run("match", "EGFR L858R", "words of a patient", *NSCLC)
    assert "alteration 2: " in shown.stderr
    assert "words of a patient" not in shown.stderr


def test_a_part_that_is_not_understood_is_warned_of_and_listed(run):
    shown = run("match", "EGFR L858R", "qwerty", *NSCLC)
    assert shown.exit_code == 0
    assert "warning: 1 item was not understood" in shown.stderr
    assert "qwerty" in shown.stdout
    assert len(dossier(run, "EGFR L858R", "qwerty", *NSCLC)["unread"]) == 1


class TestRegulators:
    def test_they_decide_what_is_on_label_here(self, run):
        told = dossier(run, "EGFR L858R", *NSCLC, "--regulators", "ema")
        assert told["regulators"] == ["EMA"]
        assert {a["regulator"] for o in told["options"] for a in o["approvals"]} == {"EMA"}

    def test_several(self, run):
        told = dossier(run, "EGFR L858R", *NSCLC, "--regulators", "EMA, health canada")
        assert told["regulators"] == ["EMA", "Health Canada"]

    @pytest.mark.parametrize("word", ["EMEA", "FDA,XYZ", ",", ""])
    def test_an_unknown_one_is_refused_with_the_known(self, run, word):
        shown = run("match", "EGFR L858R", *NSCLC, "--regulators", word)
        assert shown.exit_code == 2
        assert "regulator" in shown.stderr

    def test_the_nearest_is_named(self, run):
        shown = run("match", "EGFR L858R", *NSCLC, "--regulators", "Health Canda")
        assert "nearest: Health Canada" in shown.stderr


CASE = """
id = "p7"
disease = "LUAD"
stage = "IV"
line = 1
prior = []
alterations = ["EGFR L858R"]
"""
MAF = (
    "Hugo_Symbol\tVariant_Classification\tHGVSp_Short\tTumor_Sample_Barcode\n"
    "EGFR\tMissense_Mutation\tp.L858R\t{0}\nTP53\tMissense_Mutation\tp.R175H\t{1}\n"
)


class TestFiles:
    def test_a_case_file(self, run, tmp_path):
        page = tmp_path / "case.toml"
        page.write_text(CASE)
        told = dossier(run, page)
        assert (told["id"], first(told)) == ("p7", ["osimertinib"])

    def test_a_case_file_tells_the_whole_case(self, run, tmp_path):
        page = tmp_path / "case.toml"
        page.write_text(CASE)
        shown = run("match", page, "--age", "50", "--setting", "metastatic")
        assert shown.exit_code == 2
        assert "--age, --setting" in shown.stderr

    def test_a_wrong_case_file_lists_its_problems(self, run, tmp_path):
        page = tmp_path / "case.toml"
        page.write_text('diseas = "LUAD"')
        shown = run("match", page)
        assert shown.exit_code == 10
        assert "id" in shown.stderr

    def test_a_maf_with_a_disease(self, run, tmp_path):
        (tmp_path / "tumour.maf").write_text(MAF.format("T1", "T1"))
        told = dossier(run, tmp_path / "tumour.maf", *NSCLC, "--assay", "WES", "--line", "1")
        assert (told["id"], told["rows"], first(told)) == ("tumour", 2, ["osimertinib"])
        assert told["case"]["samples"][0]["assay"]

    def test_a_maf_that_is_the_whole_report_rules_out_what_the_assay_tests(self, run, tmp_path):
        (tmp_path / "tumour.maf").write_text(MAF.format("T1", "T1"))
        asked = tmp_path / "tumour.maf", *NSCLC, "--assay", "FoundationOne CDx"
        open_, told = dossier(run, *asked), dossier(run, *asked, "--whole-report")
        settled = [q for test in open_["test_next"] for q in test["would_settle"]]
        assert "fusions of ALK" in settled
        left = [q for test in told["test_next"] for q in test["would_settle"]]
        assert "fusions of ALK" not in left
        shown = run("match", tmp_path / "tumour.maf", *NSCLC, "--whole-report")
        assert (shown.exit_code, "without an assay" in shown.stderr) == (2, True)
        shown = run("match", "EGFR L858R", *NSCLC, "--whole-report")
        assert (shown.exit_code, "is for a MAF or VCF" in shown.stderr) == (2, True)

    def test_a_maf_without_a_disease(self, run, tmp_path):
        (tmp_path / "tumour.maf").write_text(MAF.format("T1", "T1"))
        shown = run("match", tmp_path / "tumour.maf")
        assert shown.exit_code == 2
        assert "--disease" in shown.stderr

    def test_a_maf_of_several_samples_asks_which(self, run, tmp_path):
        (tmp_path / "cohort.maf").write_text(MAF.format("T1", "T2"))
        shown = run("match", tmp_path / "cohort.maf", *NSCLC)
        assert shown.exit_code == 10
        assert "--sample" in shown.stderr
        assert "T1, T2" in shown.stderr
        told = dossier(run, tmp_path / "cohort.maf", *NSCLC, "--sample", "T2")
        assert [a["gene"] for a in told["alterations"]] == ["TP53"]

    def test_a_file_beside_other_arguments_is_refused(self, run, tmp_path):
        (tmp_path / "tumour.maf").write_text(MAF.format("T1", "T1"))
        shown = run("match", tmp_path / "tumour.maf", "EGFR L858R", *NSCLC)
        assert shown.exit_code == 2
        assert "case file" in shown.stderr

    def test_a_file_of_no_known_kind(self, run, tmp_path):
        (tmp_path / "notes.docx").write_bytes(b"PK\x03\x04rest")
        shown = run("match", tmp_path / "notes.docx", *NSCLC)
        assert shown.exit_code == 10
        assert "Traceback" not in shown.stderr
