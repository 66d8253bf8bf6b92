"""Signatures fitted to spectra: worked numbers, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.refit import bootstrap, cosine, nnls_fit, refit, round_conserving

THREE = np.array([(0.6, 0.2, 0.1, 0.1), (0.1, 0.1, 0.2, 0.6), (0.25, 0.25, 0.25, 0.25)]).T


def random_signatures(channels=24, count=8, seed=3):
    draw = np.random.default_rng(seed)
    return draw.dirichlet(np.full(channels, 0.3), size=count).T


def test_a_mixture_without_noise_is_taken_apart_exactly():
    found = refit(np.array([45.0, 17, 13, 25]), THREE)
    assert found.exposures == pytest.approx([70, 30, 0])
    assert found.relative_l2 == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("fit", [refit, nnls_fit])
def test_the_worked_example_with_noise(fit):
    found = fit(np.array([50.0, 20, 15, 35]), THREE)
    assert found.exposures == pytest.approx([75.297, 44.703, 0], abs=5e-4)
    assert found.relative_l2 == pytest.approx(0.0253, abs=5e-5)
    assert found.cosine == pytest.approx(0.99968, abs=5e-6)


def test_a_signature_that_is_worth_less_than_its_penalty_is_let_go():
    signatures = random_signatures()
    spectrum = 900 * signatures[:, 0] + 8 * signatures[:, 1]
    assert np.flatnonzero(nnls_fit(spectrum, signatures).exposures).tolist() == [0, 1]
    assert np.flatnonzero(refit(spectrum, signatures).exposures).tolist() == [0]


def test_a_signature_of_every_cell_stays_however_little_it_is_worth():
    signatures = random_signatures()
    spectrum = 900 * signatures[:, 0] + 8 * signatures[:, 1]
    kept = refit(spectrum, signatures, background=(1,))
    assert np.flatnonzero(kept.exposures).tolist() == [0, 1]


def test_connected_signatures_are_tried_together():
    signatures = random_signatures()
    spectrum = 900 * signatures[:, 0] + 30 * signatures[:, 1]
    alone = refit(spectrum, signatures)
    together = refit(spectrum, signatures, connected=((0, 1),))
    assert np.flatnonzero(alone.exposures).tolist() == [0]
    assert np.flatnonzero(together.exposures).tolist() == [0, 1]


@given(st.lists(st.integers(0, 400), min_size=24, max_size=24).filter(any))
@settings(max_examples=60, deadline=None)
def test_exposures_are_not_negative_and_sum_to_the_mutations(counts):
    spectrum = np.array(counts, dtype=float)
    found = refit(spectrum, random_signatures())
    assert (found.exposures >= 0).all()
    assert found.exposures.sum() == pytest.approx(spectrum.sum())
    assert 0 <= found.cosine <= 1 + 1e-12
    full = nnls_fit(spectrum, random_signatures())
    assert full.relative_l2 <= found.relative_l2 + 1e-9
    assert round_conserving(found.exposures).sum() == spectrum.sum()


@given(st.permutations(range(8)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_catalogue_does_not_matter(order):
    signatures = random_signatures()
    spectrum = np.round(signatures @ np.array([300, 0, 0, 120, 0, 60, 0, 0.0]))
    found = refit(spectrum, signatures).exposures
    shuffled = refit(spectrum, signatures[:, list(order)]).exposures
    assert shuffled == pytest.approx(found[list(order)], abs=1e-6)


def test_drawn_spectra_surround_the_truth_and_the_seed_settles_them():
    signatures = random_signatures()
    truth = np.array([300, 0, 0, 200, 0, 0, 0, 0.0])
    spectrum = np.round(signatures @ truth)
    drawn = bootstrap(spectrum, signatures, draws=100, seed=7)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    assert low[0] < 300 < high[0]
    assert low[3] < 200 < high[3]
    assert high[0] - low[0] < 120
    assert (drawn == bootstrap(spectrum, signatures, draws=100, seed=7)).all()
    assert (drawn != bootstrap(spectrum, signatures, draws=100, seed=8)).any()


@pytest.mark.parametrize(
    ("spectrum", "word"),
    [
        (np.zeros(4), "without mutations"),
        (np.array([1.0, np.nan, 0, 0]), "counts"),
        (np.array([1.0, -1, 0, 0]), "counts"),
        (np.ones(3), "channels"),
    ],
)
def test_what_is_no_spectrum_is_refused(spectrum, word):
    with pytest.raises(ValueError, match=word):
        refit(spectrum, THREE)


def test_vectors_without_length_are_not_alike():
    assert cosine(np.zeros(3), np.ones(3)) == 0
