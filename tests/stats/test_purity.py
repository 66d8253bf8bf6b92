"""What a mixture of tumour and normal cells shows: the worked numbers."""

import math
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.stats.purity import (
    exact_interval,
    expected_baf,
    expected_log2,
    expected_vaf,
    fraction_interval,
    mean_copies,
    mutant_copies,
)


@pytest.mark.parametrize(
    ("mutant", "total", "germline", "vaf"),
    [
        (1, 2, 0, 0.300),  # somatic, two copies
        (1, 2, 1, 0.500),  # germline, nothing lost
        (1, 1, 1, 0.714),  # germline, wild-type copy lost
        (2, 2, 1, 0.800),  # germline, copy-neutral loss of the wild-type
        (1, 1, 0, 0.4286),  # somatic, one copy left
        (0, 1, 1, 0.286),  # germline, the mutant copy lost
    ],
)
def test_expected_allele_fractions_at_purity_06(mutant, total, germline, vaf):
    assert expected_vaf(0.6, mutant, total, germline) == pytest.approx(vaf, abs=5e-4)


@pytest.mark.parametrize(
    ("purity", "copies", "ploidy", "log2"),
    [(0.6, 1, 2, -0.5146), (0.6, 4, 2, 0.6781), (0.8, 0, 2, -2.3219), (0.3, 1, 2, -0.2345),
     (0.6, 2, 3.5, -0.5361)],
)  # fmt: skip
def test_expected_log_ratios(purity, copies, ploidy, log2):
    assert expected_log2(purity, copies, ploidy) == pytest.approx(log2, abs=5e-5)


@pytest.mark.parametrize(
    ("purity", "major", "minor", "baf"),
    [(0.6, 2, 0, 0.2), (0.6, 1, 0, 0.2857), (0.8, 2, 1, 0.3571), (0.5, 3, 0, 0.2)],
)
def test_expected_b_allele_fractions(purity, major, minor, baf):
    assert expected_baf(purity, major, minor) == pytest.approx(baf, abs=5e-5)


def test_no_copy_in_a_pure_tumour_is_minus_infinity_and_no_allele_fraction():
    assert expected_log2(1, 0, 2) == -math.inf
    with pytest.raises(ValueError, match="no copy"):
        expected_vaf(1, 0, 0)


@pytest.mark.parametrize("purity", [0, -0.1, 1.1, math.nan])
def test_a_purity_outside_0_to_1_is_refused(purity):
    with pytest.raises(ValueError, match="tumour content"):
        expected_log2(purity, 1, 2)


@given(
    st.floats(0.05, 1), st.integers(0, 8), st.integers(1, 8), st.sampled_from([0, 1]),
    st.sampled_from([1, 2]),
)  # fmt: skip
def test_mutant_copies_undo_expected_vaf(purity, mutant, total, germline, normal):
    vaf = expected_vaf(purity, mutant, total, germline, normal)
    assert mutant_copies(vaf, purity, total, germline, normal) == pytest.approx(mutant, abs=1e-6)


def test_ploidy_is_weighted_by_length_and_wants_some():
    assert mean_copies([100, 300], [2, 4]) == 3.5
    with pytest.raises(ValueError, match="no length"):
        mean_copies([], [])


def test_an_interval_of_reads_is_wilsons():
    assert fraction_interval(30, 100) == pytest.approx((0.2189, 0.3958), abs=5e-5)
    assert fraction_interval(0, 10)[0] == 0
    with pytest.raises(ValueError, match="5 of 4"):
        fraction_interval(5, 4)


@given(st.integers(1, 400), st.data())
def test_an_exact_interval_has_its_tails(among, data):
    """Clopper and Pearson: at each end the tail beyond the count has 2.5 %."""
    count = data.draw(st.integers(0, among))
    low, high = exact_interval(count, among)

    def at_least(k, p):
        return sum(comb(among, i) * p**i * (1 - p) ** (among - i) for i in range(k, among + 1))

    assert low <= count / among <= high
    assert low == 0 if count == 0 else at_least(count, low) == pytest.approx(0.025, rel=1e-6)
    assert high == 1 if count == among else 1 - at_least(count + 1, high) == pytest.approx(0.025)


@pytest.mark.parametrize(("count", "among"), [(1, 0), (-1, 5), (6, 5)])
def test_a_share_of_nothing_has_no_interval(count, among):
    with pytest.raises(ValueError, match="of"):
        exact_interval(count, among)
