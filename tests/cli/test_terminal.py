"""Colours on a terminal that wants them, and nowhere else."""

import os
import pty
import subprocess
import sys

import pytest

from onkos.cli import terminal

MATCH = (
    sys.executable, "-c", "from onkos.cli import main; main()",
    "match", "EGFR L858R", "--disease", "NSCLC",
)  # fmt: skip


def on_a_terminal(**env):
    """What the command prints where standard output is a terminal."""
    leader, follower = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR"}}
    process = subprocess.Popen(
        MATCH, stdout=follower, stderr=subprocess.DEVNULL,
        env={**environment, "TERM": "xterm-256color", **env},
    )  # fmt: skip
    os.close(follower)
    shown = b""
    try:
        while data := os.read(leader, 65536):
            shown += data
    except OSError:  # a terminal of Linux says so at its end
        pass
    os.close(leader)
    process.wait()
    return shown.decode().replace("\r\n", "\n")


@pytest.fixture(scope="module")
def plain():
    return subprocess.run(MATCH, capture_output=True, text=True, check=True).stdout


def test_a_pipe_gets_no_colours(plain):
    assert "\x1b" not in plain


def test_a_terminal_gets_colours_and_the_same_words(plain):
    from rich.text import Text

    shown = on_a_terminal()
    assert "\x1b[" in shown
    assert Text.from_ansi(shown).plain.split() == plain.split()


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_no_colours_gets_none(plain, env):
    assert on_a_terminal(**env) == plain


def test_every_part_of_the_page_that_has_a_style_is_found(run):
    """A change in how the page is written must not lose its looks in silence."""
    import re

    from onkos.cli.terminal import STYLES

    cases = (
        ("EGFR L858R", "-d", "NSCLC", "--line", "1", "--stage", "IV", "--prior", "none"),
        ("EGFR T790M", "EGFR L858R", "-d", "NSCLC", "--prior", "osimertinib (progressed)"),
        ("BRAF V600E", "-d", "COAD"),
        ("KRAS G12D", "-d", "COAD"),
    )
    pages = "\n".join(run("match", *case).stdout for case in cases)
    lost = [pattern for pattern, _ in STYLES if not re.search(pattern, pages)]
    assert lost == []


def test_sentences_are_wrapped(capsys):
    terminal.paragraphs(["word " * 50, "second"])
    shown = capsys.readouterr().out.splitlines()
    assert max(map(len, shown)) <= terminal.WIDTH
    assert shown[-1] == "second"
