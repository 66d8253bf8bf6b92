"""Every error leaves the command as one message and its exit code."""

import subprocess
import sys

import pytest

from onkos.cli import entry
from onkos.errors import KnowledgeError, OnkosError, UsageError, VocabularyError

VALUE = "patient-value-1234"


def raising(error):
    def work():
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OnkosError("x"), 1),
        (UsageError("x"), 2),
        (VocabularyError("drug", "x"), 11),
        (KnowledgeError("x"), 13),
        (OSError(28, "No space left on device", "out.html"), 74),
        (ValueError("x"), 70),
        (RecursionError(), 70),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_error_has_its_exit_code_and_no_traceback(error, code, capsys):
    assert entry.exit_code_of(raising(error)) == code
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    assert not shown.out


def test_a_known_error_shows_its_message(capsys):
    entry.exit_code_of(raising(UsageError("no such thing")))
    assert capsys.readouterr().err == "onkos: no such thing\n"


def test_a_file_error_names_the_file(capsys):
    entry.exit_code_of(raising(PermissionError(13, "Permission denied", "out.html")))
    assert capsys.readouterr().err == "onkos: out.html: Permission denied\n"


def test_a_defect_names_class_and_place_and_no_value_of_the_patient(capsys, monkeypatch):
    monkeypatch.delenv("ONKOS_DEBUG", raising=False)
    entry.exit_code_of(raising(ValueError(VALUE)))
    shown = capsys.readouterr().err
    assert shown.startswith("onkos: ValueError in cli/entry.py line ")
    assert "this is a defect" in shown
    assert "ONKOS_DEBUG=1" in shown
    assert shown.count("\n") == 1
    assert VALUE not in shown


def test_a_defect_shows_its_traceback_when_asked(capsys, monkeypatch):
    monkeypatch.setenv("ONKOS_DEBUG", "1")
    entry.exit_code_of(raising(ValueError(VALUE)))
    assert VALUE in capsys.readouterr().err


def test_a_defect_inside_a_command(run, monkeypatch):
    from onkos import pipeline

    monkeypatch.setattr(pipeline, "run", lambda *_: raising(ZeroDivisionError(VALUE))())
    shown = run("match", "EGFR L858R", "--disease", "NSCLC")
    assert shown.exit_code == 70
    assert VALUE not in shown.output
    assert "ZeroDivisionError" in shown.stderr


def test_an_unknown_command_is_a_usage_error(run):
    shown = run("matsch")
    assert shown.exit_code == 2
    assert "matsch" in shown.stderr


def test_a_closed_pipe_is_quiet():
    command = [sys.executable, "-c", "from onkos.cli import main; main()"]
    with subprocess.Popen(
        [*command, "knowledge", "search", "a"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141
