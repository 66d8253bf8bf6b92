"""An output appears whole or not at all."""

import os
import stat

import pytest

from onkos.cli.output import output


def test_a_file_appears_when_all_is_written(tmp_path):
    target = tmp_path / "new folder" / "out.jsonl"
    with output(str(target)) as stream:
        stream.write(b"one\n")
        assert not target.exists()
    assert target.read_bytes() == b"one\n"
    assert os.listdir(target.parent) == ["out.jsonl"]


def half_written(target, error):
    with output(str(target)) as stream:
        stream.write(b"half")
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_nothing_is_left_when_something_goes_wrong(tmp_path, error):
    with pytest.raises(error):
        half_written(tmp_path / "out.jsonl", error)
    assert os.listdir(tmp_path) == []


def test_an_older_file_stays_when_something_goes_wrong(tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"older")
    with pytest.raises(ValueError, match="wrong"):
        half_written(target, ValueError("wrong"))
    assert target.read_bytes() == b"older"


def test_a_file_of_patients_is_readable_by_its_owner_alone(tmp_path):
    with output(str(tmp_path / "out.jsonl")) as stream:
        stream.write(b"x")
    assert stat.S_IMODE((tmp_path / "out.jsonl").stat().st_mode) == 0o600


def test_a_device_is_written_to_as_it_is():
    with output(os.devnull) as stream:
        stream.write(b"x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
