"""Points and classes of the ClinGen, CGC and VICC standard (Horak 2022)."""

import csv
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onkos.annotate.sop import (
    NOT_BESIDE,
    POINTS,
    Key,
    Labels,
    Reading,
    key_of,
    label,
    score,
    standing_of,
)
from onkos.model import Oncogenicity

ONCOVI_CLASSES = {
    "Oncogenic": Oncogenicity.ONCOGENIC,
    "Likely Oncogenic": Oncogenicity.LIKELY_ONCOGENIC,
    "VUS": Oncogenicity.UNCERTAIN,
    "Likely Benign": Oncogenicity.LIKELY_BENIGN,
    "Benign": Oncogenicity.BENIGN,
}


@pytest.fixture(scope="module")
def oncovi(shared_data):
    """The 93 variants of OncoVI: criteria, points, class."""
    path = shared_data.parent / "spec" / "golden" / "oncovi_sop93.csv"
    if not path.is_file():
        pytest.skip(f"no {path.name} beside the test data")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def keys(text):
    return [key_of(one) for one in text.split(",") if one]


def test_oncovi_points_and_classes_follow_from_its_criteria(oncovi):
    """93 of 93, counted as listed: SBVS1 beside SBS1, OM3 beside OS1."""
    found = [score(keys(row["criteria"]), Reading.AS_LISTED) for row in oncovi]
    assert len(found) == 93
    assert [s.points for s in found] == [int(row["points"]) for row in oncovi]
    assert [s.standing for s in found] == [ONCOVI_CLASSES[row["classification"]] for row in oncovi]


def test_the_strict_reading_differs_only_where_the_standard_excludes(oncovi):
    """OncoVI counts OM3 beside OS1, OP3 beside OM1 and SBS1 beside SBVS1; five classes hang on it.

    Each was added up by hand: BRAF V600K is OS1 + OP4 = 5 without OM3.
    """
    moved = {}
    for row in oncovi:
        listed, strict = (
            score(keys(row["criteria"]), Reading.AS_LISTED),
            score(keys(row["criteria"])),
        )
        assert set(strict.counted) | {key for key, _ in strict.set_aside} == set(listed.counted)
        assert (listed.points != strict.points) is bool(strict.set_aside)
        if listed.standing is not strict.standing:
            moved[row["hgvs_p"].partition(":p.")[2]] = (listed.points, strict.points)
    assert moved == {
        "Asp835Glu": (7, 5),
        "Asn676Lys": (6, 4),
        "Val600Lys": (7, 5),
        "Asn486_Pro490del": (6, 5),
        "Ala347Asp": (10, 8),
    }


def test_a_variant_common_in_a_population_is_as_benign_read_either_way(oncovi):
    """IDH1 p.Val178Ile: -15 as OncoVI adds it up, -11 with SBVS1 alone."""
    row = next(row for row in oncovi if row["hgvs_p"].endswith("p.Val178Ile"))
    listed, strict = score(keys(row["criteria"]), Reading.AS_LISTED), score(keys(row["criteria"]))
    assert (listed.points, strict.points) == (-15, -11)
    assert listed.standing is strict.standing is Oncogenicity.BENIGN


@pytest.mark.parametrize(
    ("criteria", "points", "standing"),
    [
        ("OVS1,OP4,OP1", 10, "oncogenic"),
        ("OVS1,OP4", 9, "likely oncogenic"),
        ("OS2,OS3,OM1,OP1,OP4", 10, "oncogenic"),
        ("OM4,OS2,OP4", 7, "likely oncogenic"),
        ("OM3,OP1,OP4,OP3", 4, "uncertain significance"),
        ("SBVS1,SBS1", -8, "benign"),
        ("SBS1,SBP1", -5, "likely benign"),
        ("OS2,SBS1,OP1", 1, "uncertain significance"),
        ("", 0, "uncertain significance"),
    ],
)
def test_worked_examples(criteria, points, standing):
    found = score(keys(criteria))
    assert (found.points, found.standing) == (points, standing)


def test_what_is_set_aside_names_what_excludes_it():
    found = score(keys("OS2,OS3,OM1,OP1,OP4"))
    assert found.set_aside == ((Key.CRITICAL_DOMAIN, Key.HOTSPOT_STRONG),)


def test_a_criterion_that_is_set_aside_excludes_nothing():
    """OS1 sets OM1 aside, so OM1 does not bar the hotspot."""
    found = score(keys("OS1,OM1,OM4"))
    assert found.counted == (Key.SAME_CHANGE, Key.HOTSPOT_MODERATE)


def test_two_labels_are_swapped_between_sources():
    """PMC9081216, table 2, against PCGR, the CGC calculator and OncoVI."""
    assert label(Key.MISSENSE_SAME_RESIDUE, Labels.JOURNAL) == "OM3"
    assert label(Key.MISSENSE_SAME_RESIDUE, Labels.MANUSCRIPT) == "OM4"
    assert key_of("OM3", Labels.MANUSCRIPT) is Key.HOTSPOT_MODERATE
    swapped = {key for key in Key if label(key) != label(key, Labels.MANUSCRIPT)}
    assert swapped == {Key.MISSENSE_SAME_RESIDUE, Key.HOTSPOT_MODERATE}
    for whose in Labels:
        assert [key_of(label(key, whose), whose) for key in Key] == list(Key)


def test_a_label_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"'OM5' is no criterion: one of OVS1"):
        key_of("OM5")


def test_computed_evidence_cannot_all_speak_both_ways():
    with pytest.raises(ValueError, match="both for"):
        score([Key.COMPUTED_DAMAGING, Key.COMPUTED_NEUTRAL])


@pytest.mark.parametrize(
    ("points", "standing"),
    [(10, "oncogenic"), (9, "likely oncogenic"), (6, "likely oncogenic"),
     (5, "uncertain significance"), (0, "uncertain significance"), (-1, "likely benign"),
     (-6, "likely benign"), (-7, "benign")],
)  # fmt: skip
def test_bands(points, standing):
    assert standing_of(points) == standing


HELD = st.sets(st.sampled_from(list(Key))).filter(
    lambda held: not {Key.COMPUTED_DAMAGING, Key.COMPUTED_NEUTRAL} <= held
)


@given(held=HELD)
def test_each_criterion_is_counted_or_set_aside_for_one_that_is_counted(held):
    found = score(held)
    assert set(found.counted) | {key for key, _ in found.set_aside} == held
    assert found.points == sum(POINTS[key] for key in found.counted)
    for key, blocker in found.set_aside:
        assert key not in found.counted
        assert blocker in found.counted
        assert blocker in NOT_BESIDE[key]
    for one, other in combinations(found.counted, 2):
        assert other not in NOT_BESIDE.get(one, ())
        assert one not in NOT_BESIDE.get(other, ())


@given(held=HELD, order=st.randoms())
def test_the_order_in_which_criteria_are_given_does_not_matter(held, order):
    shuffled = list(held)
    order.shuffle(shuffled)
    assert score(shuffled) == score(sorted(held))
