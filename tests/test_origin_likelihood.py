"""The posterior over origins: worked numbers of spec 2.5, and what must hold always."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onkos.annotate.origin_prior import assumptions
from onkos.origin_likelihood import Copies, Whose, expected_vaf, origin_posterior
from onkos.sources.knowledge import builtin

ASSUMED = assumptions(builtin().vocabulary.limits, from_blood=False)
EVEN = Whose(1, 1, 0.01, 0)
purities = st.none() | st.floats(0, 1)
places = st.none() | st.tuples(st.integers(0, 8), st.integers(0, 4)).map(
    lambda c: Copies(c[0], min(c[1], c[0] / 2))
)
reads = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("told", "vaf"),
    [
        ({"total": 2, "mutant": 1}, 0.300),
        ({"total": 2, "mutant": 1, "germline": 1}, 0.500),
        ({"total": 1, "mutant": 1, "germline": 1}, 0.714),
        ({"total": 2, "mutant": 2, "germline": 1}, 0.800),
        ({"total": 1, "mutant": 1}, 0.4286),
        ({"total": 1, "mutant": 0, "germline": 1}, 0.286),
    ],
)
def test_expected_fractions_of_spec_2_5(told, vaf):
    assert expected_vaf(0.6, **told) == pytest.approx(vaf, abs=5e-4)


def test_no_copy_left_is_an_error():
    with pytest.raises(ValueError, match="no copy"):
        expected_vaf(1.0, total=0, mutant=0)


def posterior(alt, depth, purity, copies, prior=EVEN, **more):
    return origin_posterior(alt, depth, prior, ASSUMED, purity=purity, copies=copies, **more)


@pytest.mark.parametrize(
    ("alt", "copies", "germline"),
    [
        (60, Copies(2, 1), False),  # 0.300: a somatic change
        (100, Copies(2, 1), True),  # 0.500: inherited
        (143, Copies(1, 0), True),  # 0.714: inherited, the other allele lost
        (160, Copies(2, 0), True),  # 0.800: the same, copy-neutral
        (86, Copies(1, 0), False),  # 0.429: somatic where one copy is left
        (57, Copies(1, 0), True),  # 0.286: inherited, the mutant allele lost
    ],
)
def test_worked_fractions_are_told_apart_where_the_copies_are_known(alt, copies, germline):
    after = posterior(alt, 200, 0.6, copies)
    assert (after.germline > 0.7) is germline
    assert (after.somatic > 0.7) is not germline


def test_at_full_purity_the_answer_stays_near_the_prior():
    for weight in (0.25, 1.0, 4.0):
        before = Whose(1, weight, 0, 0)
        after = posterior(100, 200, 0.99, Copies(2, 1), before)
        assert after.germline == pytest.approx(weight / (1 + weight), abs=0.15)


def test_one_copy_of_a_pure_tumour_says_nothing_of_the_origin():
    """All reads carry it, inherited or not."""
    after = posterior(197, 200, 0.99, Copies(1, 0), Whose(1, 1, 0, 0))
    assert 0.3 < after.germline < 0.75


def test_a_place_that_is_gone_counts_as_not_told():
    assert posterior(50, 100, 0.6, Copies(0, 0)) == posterior(50, 100, 0.6, None)


def test_in_a_man_an_inherited_change_of_x_is_in_all_reads():
    assert posterior(98, 100, 0.5, None, male_x=True).germline > 0.95
    assert posterior(33, 100, 0.5, None, male_x=True).somatic > 0.8


def test_a_small_clone_in_white_cells_is_weighed_where_the_prior_allows_it():
    prior = Whose(0.5, 0.4, 0.002, 0.5)
    assert posterior(12, 400, 0.6, Copies(2, 1), prior).white_cells > 0.5
    assert posterior(120, 400, 0.6, Copies(2, 1), prior).white_cells < 0.1
    assert posterior(12, 400, 0.6, Copies(2, 1)).white_cells == 0


@pytest.mark.parametrize(
    ("normal", "field"),
    [((0, 80), "somatic"), ((41, 80), "heterozygous"), ((80, 80), "homozygous"),
     ((9, 80), "white_cells")],
)  # fmt: skip
def test_normal_cells_decide(normal, field):
    prior = Whose(0.9, 0.4, 0.01, 0.1)
    tumour = (190, 200) if field == "homozygous" else (20, 200)
    tumour = (100, 200) if field == "heterozygous" else tumour
    after = posterior(*tumour, 0.5, None, prior, normal_reads=normal)
    assert getattr(after, field) > 0.9


@pytest.mark.parametrize("wrong", [(5, 4), (-1, 4), (0, 0)])
def test_reads_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="variant reads"):
        posterior(*wrong, 0.5, None)


@pytest.mark.parametrize("purity", [-0.1, 1.1, float("nan")])
def test_a_purity_that_cannot_be_is_refused(purity):
    with pytest.raises(ValueError, match="outside 0 to 1"):
        posterior(5, 10, purity, None)


def test_a_prior_of_nothing_is_refused():
    with pytest.raises(ValueError, match="prior weight"):
        posterior(5, 10, 0.5, None, Whose(0, 0, 0, 0))


@settings(max_examples=60, deadline=None)
@given(reads=reads, purity=purities, copies=places, normal=st.none() | reads)
def test_it_is_always_a_probability(reads, purity, copies, normal):
    after = posterior(*reads, purity, copies, Whose(1, 1, 0.1, 0.1), normal_reads=normal)
    assert sum(after) == pytest.approx(1)
    assert all(0 <= value <= 1 for value in after)


@settings(max_examples=40, deadline=None)
@given(reads=reads, purity=purities, copies=places)
def test_an_origin_ruled_out_beforehand_stays_out(reads, purity, copies):
    assert posterior(*reads, purity, copies, Whose(1, 1, 0, 0)).white_cells == 0


@settings(max_examples=30, deadline=None)
@given(purity=st.floats(0.25, 0.7), origin=st.booleans())
def test_more_reads_sharpen(purity, origin):
    """At the expected fraction of either origin, ten times the reads never blur the answer."""
    vaf = expected_vaf(purity, 2, 1, germline=float(origin))
    few, many = (posterior(round(vaf * n), n, purity, Copies(2, 1)) for n in (40, 400))
    right = [a.germline if origin else a.somatic for a in (few, many)]
    assert right[1] >= right[0] - 0.03


@settings(max_examples=30, deadline=None)
@given(purity=st.floats(0.25, 0.7), origin=st.booleans())
def test_with_the_purity_unknown_the_answer_is_less_sure(purity, origin):
    vaf = expected_vaf(purity, 2, 1, germline=float(origin))
    told, untold = (posterior(round(vaf * 300), 300, p, Copies(2, 1)) for p in (purity, None))
    right = [a.germline if origin else a.somatic for a in (told, untold)]
    assert right[1] <= right[0] + 0.1


@settings(max_examples=40, deadline=None)
@given(reads=reads, purity=purities, weight=st.floats(0.1, 10))
def test_a_greater_prior_never_lowers_the_posterior(reads, purity, weight):
    low = posterior(*reads, purity, None, Whose(1, weight, 0.01, 0.1))
    high = posterior(*reads, purity, None, Whose(1, 2 * weight, 0.01, 0.1))
    assert high.heterozygous >= low.heterozygous
