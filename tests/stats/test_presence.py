"""Present, absent, or not to be told."""

import pytest

from onkos.stats.presence import Least, depth_to_exclude, presence

LEAST = Least(reads=3, vaf=0.01, by_chance=0.01)


@pytest.mark.parametrize(("fraction", "depth"), [(0.05, 59), (0.30, 9), (0.01, 299)])
def test_absent_wants_a_depth(fraction, depth):
    assert depth_to_exclude(fraction) == depth
    assert 1 - (1 - fraction) ** depth >= 0.95 > 1 - (1 - fraction) ** (depth - 1)


def test_one_read_is_neither_present_nor_absent():
    assert presence(1, 500, 0.05, LEAST) == "unknown"
    assert presence(1, 500, 0.05, LEAST, error=0.01) == "unknown"


def test_three_reads_of_very_many_are_not_enough():
    assert presence(3, 299, 0.05, LEAST) == "present"
    assert presence(3, 1000, 0.05, LEAST) == "unknown"


@pytest.mark.parametrize("bad", [(5, 4, 0.1), (-1, 4, 0.1), (0, 10, 0.0), (0, 10, 1.0)])
def test_impossible_reads_and_fractions_are_refused(bad):
    with pytest.raises(ValueError, match=r"reads|between"):
        presence(*bad, LEAST)
