"""Bases of a territory: merged, counted once, and the two ways of counting told apart."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.errors import Unreadable
from onkos.sources.patient.bed import read_territory, with_territory


def bed(folder, text, name="panel.bed"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_overlapping_and_touching_intervals_count_once(tmp_path):
    text = "track name=x\n# a\nchr1\t0\t100\nchr1\t50\t150\tGENE\n1\t150\t200\nchrX\t5\t6\n"
    found = read_territory(bed(tmp_path, text))
    assert found.bases == 201
    assert found.intervals == 2
    assert not found.notices


def test_an_interval_list_counts_from_one(tmp_path):
    found = read_territory(bed(tmp_path, "@SQ\tSN:1\tLN:900\n1\t1\t100\t+\tx\n1\t101\t101\t+\ty\n"))
    assert found.bases == 101
    assert "counting from 1" in found.notices[0]
    named = bed(tmp_path, "1\t1\t100\n", "panel.interval_list")
    assert read_territory(named).bases == 100


def test_a_file_that_counts_from_one_is_named(tmp_path):
    with pytest.raises(Unreadable, match=r"holds no base.*counts from 1"):
        read_territory(bed(tmp_path, "1\t10\t20\n1\t30\t30\n"))
    tiled = read_territory(bed(tmp_path, "1\t1\t100\n1\t101\t200\n1\t201\t300\n"))
    assert "one base too few" in tiled.notices[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("1\t10\n", "not chromosome, start and end"),
        ("1\t-5\t10\n", "no positions"),
        ("1\t5.5\t10\n", "no positions"),
        ("1\tNaN\t10\n", "no positions"),
        ("1\t20\t10\n", "holds no base"),
        ("", "no interval"),
        ("track\n", "no interval"),
    ],
)
def test_what_is_no_interval_is_told_with_its_line(tmp_path, text, word):
    with pytest.raises(Unreadable, match=word):
        read_territory(bed(tmp_path, text))


def test_a_damaged_file_is_not_half_counted(tmp_path):
    path = tmp_path / "panel.bed.gz"
    path.write_bytes(gzip.compress(b"1\t0\t100\n" * 5000)[:-20])
    with pytest.raises(Unreadable, match="damaged"):
        read_territory(path)


def test_an_assay_takes_the_size(tmp_path, knowledge):
    territory = read_territory(bed(tmp_path, "1\t0\t1200000\n"))
    assert with_territory(knowledge.assay("MSK-IMPACT"), territory).megabases == pytest.approx(1.2)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), min_size=1, max_size=12))
def test_bases_are_those_of_the_union(tmp_path_factory, spans):
    rows = "".join(f"7\t{start}\t{start + size}\n" for start, size in spans)
    found = read_territory(bed(tmp_path_factory.mktemp("bed"), rows))
    assert found.bases == len({b for start, size in spans for b in range(start, start + size)})
