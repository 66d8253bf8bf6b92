"""Distances between amino acids, against the published table."""

from itertools import combinations

import pytest

from onkos.annotate.grantham import grantham_distance


@pytest.mark.parametrize(
    ("pair", "published"),
    [("SR", 110), ("RL", 102), ("LP", 98), ("PT", 38), ("TA", 58), ("AV", 64), ("VG", 109),
     ("GI", 135), ("IF", 21), ("FY", 22), ("YC", 194), ("CH", 174), ("HQ", 24), ("QN", 46),
     ("NK", 94), ("KD", 101), ("DE", 45), ("EM", 126), ("MW", 67), ("CW", 215), ("LI", 5),
     ("GD", 94), ("VE", 121), ("RH", 29)],
)  # fmt: skip
def test_distances_of_the_published_table(pair, published):
    """Grantham 1974, table 2."""
    assert abs(grantham_distance(*pair) - published) <= 1


def test_a_distance_is_the_same_both_ways_and_none_to_itself():
    letters = "ACDEFGHIKLMNPQRSTVWY"
    assert all(grantham_distance(a, a) == 0 for a in letters)
    for one, other in combinations(letters, 2):
        assert 5 <= grantham_distance(one, other) == grantham_distance(other, one) <= 215
