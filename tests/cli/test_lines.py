"""Lines bounded in length, chunks bounded in number and in bytes."""

import io

import pytest

from onkos.cli import lines as room
from onkos.cli.lines import Line, chunks, lines


def test_lines_are_numbered_and_blank_ones_left_out():
    found = list(lines(io.BytesIO(b"a\n\n  \nb")))
    assert [(line.number, line.data) for line in found] == [(1, b"a\n"), (4, b"b")]
    assert not any(line.problem for line in found)


def test_a_line_that_is_too_long_is_a_problem_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(room, "LONGEST_LINE", 10)
    found = list(lines(io.BytesIO(b"x" * 35 + b"\nafter\n" + b"y" * 11)))
    assert [(line.number, line.data, bool(line.problem)) for line in found] == [
        (1, b"", True), (2, b"after\n", False), (3, b"", True),
    ]  # fmt: skip
    assert sum(line.size for line in found) == 35 + 1 + 6 + 11


def test_a_line_of_the_greatest_length_is_read(monkeypatch):
    monkeypatch.setattr(room, "LONGEST_LINE", 10)
    (found,) = lines(io.BytesIO(b"x" * 9 + b"\n"))
    assert not found.problem


@pytest.mark.parametrize("count", [0, 1, room.CHUNK_LINES, room.CHUNK_LINES + 1, 100])
def test_chunks_hold_every_line_in_order(count):
    given = [Line(number, b"x", 1) for number in range(count)]
    found = list(chunks(given))
    assert [line for chunk in found for line in chunk] == given
    assert all(0 < len(chunk) <= room.CHUNK_LINES for chunk in found)


def test_chunks_of_long_lines_hold_few(monkeypatch):
    monkeypatch.setattr(room, "CHUNK_BYTES", 100)
    found = list(chunks(Line(number, b"x" * 40, 40) for number in range(6)))
    assert [len(chunk) for chunk in found] == [2, 2, 2]
