"""Cancer cell fractions: the worked table, the tie rule, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.stats.clonal import ClonalFrom, cell_fractions, clonality, time_of_change, time_of_gain

# alt, depth, purity, copies; u, m, CCF, half-maximum, 95 % interval, P(CCF >= 0.95)
LEAST = ClonalFrom(ccf=0.8, maybe=0.7, upper=0.9, share=0.6)

TABLE = [
    (50, 100, 1.0, 2, 1.000, 1, 1.000, 0.882, 1.000, 0.780, 0.997, 0.392),
    (30, 100, 0.6, 2, 1.000, 1, 1.000, 0.826, 1.000, 0.691, 0.996, 0.275),
    (15, 100, 0.6, 2, 0.500, 1, 0.500, 0.370, 0.651, 0.311, 0.776, 0.001),
    (60, 100, 0.8, 3, 2.100, 2, 1.000, 0.935, 1.000, 0.836, 0.999, 0.563),
    (20, 100, 0.8, 3, 0.700, 1, 0.700, 0.545, 0.875, 0.466, 0.956, 0.029),
    (40, 100, 0.5, 4, 2.400, 2, 1.000, 0.940, 1.000, 0.806, 0.999, 0.531),
    (12, 200, 0.7, 2, 0.171, 1, 0.171, 0.120, 0.234, 0.100, 0.291, 0.000),
    (45, 60, 0.9, 1, 0.917, 1, 0.917, 0.831, 0.993, 0.764, 0.992, 0.216),
]


def one(alt, depth, purity, total, most=None):
    found = cell_fractions([alt], [depth], purity, [total], None if most is None else [most])
    return type(found)(*(column[0] for column in found))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]} of {row[1]}")
def test_the_table_to_three_digits(row):
    found = one(*row[:4])
    told = (
        found.mutant_copies, found.multiplicity, found.ccf, found.half_low, found.half_high,
        found.low, found.high, found.surely_clonal,
    )  # fmt: skip
    assert told == pytest.approx(row[4:], abs=6e-4)


def test_on_the_knife_edge_the_likelier_multiplicity_is_kept():
    """60 of 100 at purity 0.8 in two copies is 1.5 copies: rounding would be chance."""
    assert [one(alt, 100, 0.8, 2).multiplicity for alt in (59, 60, 61)] == [1, 2, 2]
    found = one(60, 100, 0.8, 2)
    assert (found.ccf, found.low, found.high) == pytest.approx((0.75, 0.627, 0.863), abs=6e-4)


def test_a_change_is_on_no_more_copies_than_the_commoner_allele_has():
    found = one(60, 100, 0.8, 2, most=1)
    assert (found.multiplicity, found.ccf) == (1, 1)
    assert (found.half_low, found.low) == pytest.approx((0.979, 0.906), abs=6e-4)
    assert found.surely_clonal == pytest.approx(0.852, abs=6e-4)
    assert found.inconsistent
    assert not one(30, 100, 0.6, 2, most=1).inconsistent


def test_reads_where_no_copy_is_left_are_taken_for_one_copy():
    assert one(10, 100, 0.5, 0).multiplicity == 1


def test_one_copy_of_x_in_a_man_is_clonal_at_the_purity():
    found = cell_fractions([60], [100], 0.6, [1], normal=1)
    assert (found.ccf[0], found.multiplicity[0]) == (1, 1)


@pytest.mark.parametrize("bad", [(1, 0, 0.5), (5, 4, 0.5), (1, 2, 0.0), (1, 2, float("nan"))])
def test_impossible_reads_and_purities_are_refused(bad):
    alt, depth, purity = bad
    with pytest.raises(ValueError, match="purity"):
        cell_fractions([alt], [depth], purity, [2])


reads = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(reads, st.floats(0.05, 1), st.integers(0, 12), st.integers(1, 6))
def test_figures_stay_in_range_and_order(read, purity, total, most):
    found = one(*read, purity, total, min(most, max(total, 1)))
    assert all(np.isfinite(x) for x in found)
    assert 0 < found.half_low <= found.ccf <= found.half_high <= 1
    assert 0 < found.low <= found.high <= 1
    assert 0 < found.wide_low <= found.wide_high <= 1
    assert 1 <= found.multiplicity <= max(total, 1)
    assert 0 <= found.surely_clonal <= 1 + 1e-9


def test_many_at_once_are_the_same_as_one_by_one():
    alts, depths = np.arange(5, 4505) % 97, np.full(4500, 100)
    together = cell_fractions(alts, depths, 0.7, np.full(4500, 3.0))
    assert together.ccf.shape == (4500,)
    for at in (0, 1999, 2000, 4499):
        assert together.ccf[at] == one(alts[at], 100, 0.7, 3).ccf


@pytest.mark.parametrize("truth", [0.2, 0.5, 0.8])
def test_the_interval_covers_the_truth_as_often_as_it_says(truth):
    draw = np.random.default_rng(7)
    alts = draw.binomial(120, 0.35 * truth, 2000)
    found = cell_fractions(alts, np.full(2000, 120), 0.7, np.full(2000, 2.0), np.full(2000, 1.0))
    covered = np.mean((found.low <= truth) & (truth <= found.high))
    assert 0.93 <= covered <= 0.975


def test_words_of_clonality():
    assert clonality(0.85, 0.86, LEAST) == "clonal"
    assert clonality(0.5, 0.65, LEAST) == "subclonal"
    assert clonality(1.0, 1.0, LEAST, share=0.59) == "indeterminate"


@pytest.mark.parametrize(
    ("copies", "twice", "once", "time"),
    [((2, 1), 20, 60, 0.60), ((2, 0), 30, 20, 0.75), ((2, 2), 10, 40, 1 / 3), ((2, 1), 0, 9, 0.0)],
)
def test_gains_are_timed(copies, twice, once, time):
    assert time_of_gain(*copies, twice, once) == pytest.approx(time)


def test_a_gain_cannot_be_later_than_now_and_other_copies_are_refused():
    assert time_of_gain(2, 1, 30, 0) == 1
    with pytest.raises(ValueError, match="3 and 1"):
        time_of_gain(3, 1, 5, 5)
    with pytest.raises(ValueError, match="not both 0"):
        time_of_gain(2, 1, 0, 0)


def test_a_change_on_one_copy_of_a_gained_allele_came_after_the_gain():
    assert time_of_change(2, 3, clonal=True).endswith("before the gain")
    assert "after the gain" in time_of_change(1, 2, clonal=True)
