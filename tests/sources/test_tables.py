"""Delimited text is opened safely, and a file's problems are told together."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from small_vocabulary import write

from onkos.errors import Unreadable
from onkos.sources.patient import tables
from onkos.sources.patient.accounting import account
from onkos.sources.patient.tables import Rejected, open_table

NAMES = {"gene": ("Hugo_Symbol", "gene"), "call": ("call",), "sample": ("sample",)}
GOOD = "gene\tcall\nBRAF\tgain\nKRAS\tloss\n"


def read(path: Path, **options: object) -> list[list[str]]:
    with open_table(path, NAMES, (("gene",), ("call",)), **options) as table:  # type: ignore[arg-type]
        return [cells for _, cells in table.rows]


def problems(path: Path, **options: object) -> str:
    with pytest.raises(Unreadable) as caught:
        read(path, **options)
    assert caught.value.problems
    return "\n".join(caught.value.problems)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        "## made by a tool\t\t\n#version 2.4\n" + GOOD,
        "#" + GOOD,
        "@HD\tVN:1.6\n" + GOOD,
        GOOD.replace("gene", '"Hugo_symbol"').replace("BRAF", '"BRAF"'),
        GOOD + "\n\n",
        GOOD + GOOD,
        GOOD.rstrip("\n"),
    ],
)
def test_what_tools_and_editors_do_to_a_table_changes_nothing(tmp_path: Path, text: str) -> None:
    rows = read(write(tmp_path, text))
    assert rows[:2] == [["BRAF", "gain"], ["KRAS", "loss"]]
    assert all(len(row) == 2 for row in rows)


def test_gzip_is_told_by_content_not_by_name(tmp_path: Path) -> None:
    assert len(read(write(tmp_path, GOOD, "plain.gz"))) == 2
    assert len(read(write(tmp_path, GOOD, "zipped.txt", zipped=True))) == 2


def test_a_cut_gzip_is_refused_with_its_line(tmp_path: Path) -> None:
    rows = "".join(f"GENE{i}\tgain\n" for i in range(20_000))
    path = write(tmp_path, GOOD + rows, zipped=True)
    path.write_bytes(path.read_bytes()[:-2000])
    assert "cut short" in problems(path)
    path.write_bytes(gzip.compress(GOOD.encode())[:12])
    assert "cut short" in problems(path)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\n\n## only comments\n", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        ("gene\tcall\n".encode("utf-16"), "UTF-16"),
        (b"gene\x00call", "binary"),
        (b"gene\tcall\nBR\x00F\tgain\n" + b"x\ty\n" * 3000, "binary"),
        (b"gene,call\nBRAF,gain\n", "separated by commas"),
        (b"gene;call\nBRAF;gain\n", "separated by semicolons"),
        (b"BRAF\tgain\n", "no column for gene"),
    ],
)
def test_what_is_not_a_table_is_named(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    assert says in problems(path)


def test_a_missing_file_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    assert "cannot be opened" in problems(tmp_path / "absent.txt")
    assert "cannot be opened" in problems(tmp_path)


def test_all_missing_and_double_columns_are_told_at_once(tmp_path: Path) -> None:
    found = problems(write(tmp_path, "sample\tsample\tother\na\tb\tc\n"))
    assert "no column for gene" in found
    assert "no column for call" in found
    assert "sample is there 2 times" in found


def test_a_problem_never_quotes_a_row(tmp_path: Path) -> None:
    assert "SECRET" not in problems(write(tmp_path, "SECRET-PATIENT\tBRAF\tV600E\n"))


def test_another_encoding_is_told_line_by_line_up_to_a_few(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(GOOD.encode() + "Müller\tgain\n".encode("latin-1") * 40)
    found = problems(path)
    assert "line 4: not UTF-8" in found
    assert len(found.splitlines()) == tables.PROBLEMS_SHOWN


def test_no_line_and_no_file_unpacks_without_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LONGEST_LINE", 1000)
    monkeypatch.setattr(tables, "LARGEST_TEXT", 3000)
    bomb = write(tmp_path, GOOD + "A" * 5_000_000, zipped=True)
    assert "longer than 1000" in problems(bomb)
    many = write(tmp_path, GOOD + "BRAF\tgain\n" * 1000, zipped=True)
    assert "more than 3000" in problems(many)


def test_commas_separate_where_the_kind_of_file_allows(tmp_path: Path) -> None:
    path = write(tmp_path, 'gene,call\n"BRAF","gain"\n')
    assert read(path, separators="\t,") == [["BRAF", "gain"]]


def test_a_misfitting_row_is_unread_and_the_rest_is_read(tmp_path: Path) -> None:
    text = "sample\tgene\tcall\ns1\tBRAF\tgain\ns1\tBRAF\ns1\tA\tB\tC\ns1\tKRAS\tgain\t\t\n"
    with open_table(write(tmp_path, text), NAMES) as table:
        by_sample = account(table, lambda observed, line, cells: "seen")
    observed = by_sample["s1"]
    assert observed.rows == 4
    assert observed.filtered == {"seen": 2}
    assert [unread.line for unread in observed.unread] == [3, 4]
    assert "2 cells, the header has 3" in observed.unread[0].reason


def test_a_row_without_sample_is_kept_apart_where_there_are_several(tmp_path: Path) -> None:
    text = "sample\tgene\tcall\ns1\tA\tx\ns2\tA\tx\n\tA\tx\nNA\tA\tx\n"
    with open_table(write(tmp_path, text), NAMES) as table:
        by_sample = account(table, lambda observed, line, cells: "seen")
    assert set(by_sample) == {"s1", "s2", ""}
    assert by_sample[""].unread[0].column == "sample"
    assert by_sample[""].rows == 2


def test_a_table_without_rows_says_so(tmp_path: Path) -> None:
    with open_table(write(tmp_path, "gene\tcall\n"), NAMES) as table:
        by_sample = account(table, lambda observed, line, cells: "seen")
    assert by_sample[""].rows == 0
    assert by_sample[""].notices


@pytest.mark.parametrize("text", ["x", "nan", "inf", "1e999", "1_0", "0x10"])
def test_what_is_not_a_number_is_rejected(tmp_path: Path, text: str) -> None:
    with open_table(write(tmp_path, f"gene\tcall\n{text}\t{text}\n"), NAMES) as table:
        [(_, cells)] = table.rows
        if text not in tables.ABSENT:
            with pytest.raises(Rejected):
                table.number(cells, "gene")
        assert table.number(["", "."], "call") is None


@pytest.mark.parametrize("text", ["-1", "1.5", "1e15"])
def test_what_is_not_a_count_is_rejected(tmp_path: Path, text: str) -> None:
    with open_table(write(tmp_path, GOOD), NAMES) as table:
        with pytest.raises(Rejected):
            table.whole([text, ""], "gene")
        assert table.whole(["12.0", ""], "gene") == 12
        list(table.rows)
