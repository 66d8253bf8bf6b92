"""Scars of deficient repair, one chromosome at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.stats.scars import (
    Centromere,
    Piece,
    large_scale_transitions,
    loh_regions,
    loss_of_arms,
    merged,
    telomeric_imbalances,
)

MB = 1_000_000
CENTROMERE = Centromere(50 * MB, 54 * MB)


def chromosome(*parts):
    """Pieces from (length in Mb, major, minor), one after another."""
    at, found = 0, []
    for length, major, minor in parts:
        found.append(Piece(at, at + length * MB, major, minor))
        at += length * MB
    return found


@pytest.mark.parametrize(("length", "count"), [(15, 0), (16, 1)])
def test_loh_must_be_longer_than_15_mb(length, count):
    assert len(loh_regions(chromosome((length, 1, 0), (120 - length, 1, 1)))) == count


def test_loh_of_different_levels_is_one_region_and_of_the_whole_chromosome_none():
    assert len(loh_regions(chromosome((10, 1, 0), (10, 2, 0), (80, 1, 1)))) == 1
    assert loh_regions(chromosome((60, 1, 0), (60, 2, 0))) == []


def test_a_region_without_any_copy_is_no_loh():
    assert loh_regions(chromosome((40, 0, 0), (80, 1, 1))) == []


def test_imbalance_counts_at_each_end_unless_it_crosses_the_centromere():
    both = chromosome((20, 2, 1), (80, 1, 1), (20, 1, 0))
    assert telomeric_imbalances(both, CENTROMERE) == 2
    across = chromosome((60, 2, 1), (80, 1, 1))
    assert telomeric_imbalances(across, CENTROMERE) == 0


def test_on_a_chromosome_of_three_copies_two_and_one_is_balance():
    odd = chromosome((20, 3, 0), (100, 2, 1))
    assert telomeric_imbalances(odd, CENTROMERE) == 1
    assert telomeric_imbalances(chromosome((20, 2, 2), (100, 2, 1)), CENTROMERE) == 1


def test_imbalance_under_a_megabase_or_of_the_whole_chromosome_is_not_counted():
    tip = [Piece(1, MB - 1, 2, 0), Piece(MB, 120 * MB, 1, 1)]
    assert telomeric_imbalances(tip, CENTROMERE) == 0
    assert telomeric_imbalances([Piece(1, 120 * MB, 2, 1)], CENTROMERE) == 0


def test_a_transition_wants_ten_megabases_on_both_sides_and_no_wide_gap():
    assert large_scale_transitions(chromosome((20, 2, 1), (100, 1, 1)), CENTROMERE) == 1
    assert large_scale_transitions(chromosome((9, 2, 1), (111, 1, 1)), CENTROMERE) == 0
    gap = [Piece(0, 20 * MB, 2, 1), Piece(23 * MB, 120 * MB, 1, 1)]
    assert large_scale_transitions(gap, CENTROMERE) == 0


def test_short_pieces_are_taken_out_before_transitions_are_counted():
    between = chromosome((20, 2, 1), (2, 3, 0), (98, 1, 1))
    assert large_scale_transitions(between, CENTROMERE) == 1
    joined = chromosome((20, 1, 1), (2, 3, 0), (98, 1, 1))
    assert large_scale_transitions(joined, CENTROMERE) == 0


def test_the_centromere_is_no_transition():
    arms = [Piece(0, 50 * MB, 2, 1), Piece(54 * MB, 120 * MB, 1, 1)]
    assert large_scale_transitions(arms, CENTROMERE) == 0


def test_the_loss_of_a_whole_arm_is_told_but_not_counted():
    short, long = loss_of_arms(chromosome((52, 1, 0), (68, 1, 1)), CENTROMERE, 0.9)
    assert short.lost > 0
    assert short.counted == long.lost == 0
    part, _ = loss_of_arms(chromosome((30, 1, 0), (90, 1, 1)), CENTROMERE, 0.9)
    assert part.counted == pytest.approx(30 * MB, abs=2)
    assert part.assessed == pytest.approx(52 * MB, abs=2)


pieces = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12
).map(lambda parts: chromosome(*((n, max(a, b), min(a, b)) for n, a, b in parts)))


@given(pieces)
def test_cutting_a_piece_in_two_changes_no_count(whole):
    cut = [
        half
        for p in whole
        for half in (
            Piece(p.start, p.start + p.span // 2, p.major, p.minor),
            Piece(p.start + p.span // 2, p.end, p.major, p.minor),
        )
    ]
    assert merged(cut) == merged(whole)
    assert len(loh_regions(cut)) == len(loh_regions(whole))
    for count in (telomeric_imbalances, large_scale_transitions):
        assert count(cut, CENTROMERE) == count(whole, CENTROMERE)


@given(pieces)
def test_counts_stay_within_what_a_chromosome_can_hold(whole):
    size = whole[-1].end / MB
    assert 0 <= len(loh_regions(whole)) <= size / 15
    assert 0 <= telomeric_imbalances(whole, CENTROMERE) <= 2
    assert 0 <= large_scale_transitions(whole, CENTROMERE) <= max(size, 54) / 10
    for arm in loss_of_arms(whole, CENTROMERE, 0.9):
        assert 0 <= arm.counted <= arm.lost <= arm.assessed
