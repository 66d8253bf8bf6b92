"""A file is written whole or not at all."""

import stat
import sys

import pytest

from onkos.errors import UsageError
from onkos.report import FORMATS, render, write
from tests.report.dossiers import GENES, empty, lung


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_is_written_is_what_is_rendered(tmp_path, fmt):
    path = write(lung(), tmp_path / "deep" / f"report.{fmt}", fmt, GENES)
    assert path.read_bytes() == render(lung(), fmt, GENES).encode()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_unknown_form_names_the_known_ones_and_touches_nothing(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_text("before")
    with pytest.raises(UsageError, match="html, json, md, text"):
        write(lung(), path, "pdf")
    assert path.read_text() == "before"


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "taken"
    path.mkdir()
    with pytest.raises(OSError, match="taken"):
        write(empty(), path, "text")
    assert [file.name for file in tmp_path.iterdir()] == ["taken"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_only_its_owner_may_read_a_report(tmp_path):
    path = write(empty(), tmp_path / "report.txt", "text")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
