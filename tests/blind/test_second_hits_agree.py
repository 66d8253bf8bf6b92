"""Both copies of a suppressor, and the algebra of mixtures: two codings that must agree.

Where they do not, the text (sections 2.5 and 2.6) decides; what it says stands beside the case.
"""

from itertools import product

import pytest
import second_hit_again
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from second_hit_again import Hit

from onkos.biomarkers.second_hit import Alleles, second_hits
from onkos.model import (
    Case,
    Consequence,
    CopyCall,
    CopyNumber,
    Origin,
    Phase,
    Sample,
    Segment,
    SmallVariant,
)
from onkos.stats.purity import expected_baf, expected_log2, expected_vaf

MB = 1_000_000
purities = st.integers(10, 100).map(lambda n: n / 100)

WORDS = {
    second_hit_again.BIALLELIC: Alleles.BIALLELIC, second_hit_again.PROBABLE: Alleles.PROBABLE,
    second_hit_again.MONOALLELIC: Alleles.MONOALLELIC, second_hit_again.UNKNOWN: Alleles.UNKNOWN,
}  # fmt: skip
DEPTH = 20_000  # so deep that no answer hangs on chance, of which the text does not speak


def variant(number, hit):
    return SmallVariant(
        gene="BRCA2", consequence=Consequence.NONSENSE, protein=f"W{100 + number}*",
        origin=Origin.GERMLINE if hit.germline else Origin.SOMATIC, chromosome="13",
        position=32_340_000 + number, assembly="GRCh38", depth=DEPTH,
        alt_reads=round((hit.vaf or 0.0) * DEPTH),
    )  # fmt: skip


def answer_of(knowledge, hits, segments, purity, trans=False, more=()):
    case = Case(
        id="t", disease="HGSOC", samples=(Sample(id="T", purity=purity),), segments=segments,
        alterations=(*(variant(i, hit) for i, hit in enumerate(hits)), *more),
        phases=(Phase(gene="BRCA2", first="W100*", second="W101*", cis=False),) if trans else (),
    )  # fmt: skip
    found = second_hits(case, knowledge)
    return found[0].alleles if found else None


def over_gene(total, minor):
    return (Segment(chromosome="13", start=1, end=110 * MB, total=total, minor=minor,
                    assembly="GRCh38"),)  # fmt: skip


def seen(germline, m, total, purity):
    return Hit(germline, second_hit_again.expected(purity, m, total, germline))


def every_second_hit():
    """One or two hits at every purity, number of copies, origin and number of changed copies."""
    for purity, total in product((0.2, 0.37, 0.6, 0.95), range(1, 6)):
        # One copy has one allele whether that is told or not: the text has no word for it.
        for minor in (*([None] if total > 1 else []), *range(total // 2 + 1)):
            # Where one allele is left, a germline change is on all of its copies or was lost.
            copies = (0, total) if minor == 0 else (1,)
            # A somatic one is on all of them, or on one.
            kinds = [(True, m) for m in copies] + [(False, m) for m in {1, max(copies)}]
            drawn = [seen(germline, m, total, purity) for germline, m in kinds]
            for hits in (*([hit] for hit in drawn), *map(list, product(drawn, drawn))):
                for trans in {False, len(hits) == 2}:
                    yield hits, total, minor, purity, trans


def test_second_hits(knowledge):
    told, differ = 0, []
    for hits, total, minor, purity, trans in every_second_hit():
        again = second_hit_again.both_lost(hits, total, minor, purity, trans)
        ours = answer_of(knowledge, hits, over_gene(total, minor), purity, trans)
        if again is not None:
            told += 1
            if ours is not WORDS[again]:
                differ.append((hits, total, minor, purity, trans, again, ours))
    assert told > 500
    assert differ == []


@pytest.mark.parametrize(("hit", "total", "minor", "again"), [
    (Hit(False, 0.300), 2, 1, "monoallelic"), (Hit(True, 0.500), 2, 1, "monoallelic"),
    (Hit(True, 0.714), 1, 0, "biallelic"), (Hit(True, 0.800), 2, 0, "biallelic"),
    (Hit(False, 0.4286), 1, 0, "biallelic"), (Hit(True, 0.286), 1, 0, "monoallelic"),
    (Hit(False, 0.300), 2, None, "unknown"),
])  # fmt: skip
def test_worked_fractions(knowledge, hit, total, minor, again):
    assert second_hit_again.both_lost([hit], total, minor, 0.6) == again
    # 0.714 of a rounded fraction stays within the interval of fewer reads.
    assert answer_of(knowledge, [hit], over_gene(total, minor), 0.6) is WORDS[again]


def test_a_deletion_takes_both_copies(knowledge):
    gone = CopyNumber(gene="BRCA2", call=CopyCall.DELETION)
    assert second_hit_again.both_lost([], 0, 0) == "biallelic"
    assert answer_of(knowledge, [], over_gene(2, 1), 0.6, more=(gone,)) is Alleles.BIALLELIC


@pytest.mark.parametrize(("hits", "trans"), [
    ([Hit(True, 0.5), Hit(False, 0.3)], False),
    ([Hit(False, 0.3), Hit(False, 0.3)], False),
    ([Hit(False, 0.3), Hit(False, 0.3)], True),
])  # fmt: skip
def test_two_hits_of_a_panel_without_segments(knowledge, hits, trans):
    again = second_hit_again.both_lost(hits, None, None, 0.6, trans)
    assert answer_of(knowledge, hits, (), 0.6, trans) is WORDS[again]


@settings(max_examples=60, deadline=None)
@given(purities, st.integers(0, 8), st.integers(0, 8), st.booleans())
def test_expected_fractions(purity, m, total, germline):
    assume(m <= total and purity * total + 2 * (1 - purity) > 0)
    ours = expected_vaf(purity, m, total, int(germline))
    assert ours == pytest.approx(second_hit_again.expected(purity, m, total, germline))


@pytest.mark.parametrize(("purity", "copies", "ploidy", "ratio"), [
    (0.6, 1, 2, -0.5146), (0.6, 4, 2, 0.6781), (0.8, 0, 2, -2.3219), (0.3, 1, 2, -0.2345),
    (0.6, 2, 3.5, -0.5361),
])  # fmt: skip
def test_worked_log_ratios(purity, copies, ploidy, ratio):
    assert expected_log2(purity, copies, ploidy) == pytest.approx(ratio, abs=5e-5)


@pytest.mark.parametrize(("purity", "major", "minor", "fraction"), [
    (0.6, 2, 0, 0.2), (0.6, 1, 0, 0.2857), (0.8, 2, 1, 0.3571), (0.5, 3, 0, 0.2),
])  # fmt: skip
def test_worked_allele_fractions(purity, major, minor, fraction):
    assert expected_baf(purity, major, minor) == pytest.approx(fraction, abs=5e-5)
