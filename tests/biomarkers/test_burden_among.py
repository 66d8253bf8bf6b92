"""A burden among those of a cohort: worked quantiles, and what is not compared."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onkos.biomarkers import mutational_burden
from onkos.model import Among, BurdenCohort, Finding
from onkos.sources.knowledge.added import with_burdens
from tests.biomarkers.test_tmb import case_of, variant

ASCENDING = st.lists(st.floats(0, 500, allow_subnormal=False), min_size=2, max_size=40).map(sorted)


def measured(knowledge, assay, count, disease="LUAD"):
    case = case_of(knowledge, assay, [variant(1000 + i) for i in range(count)])
    (found,) = mutational_burden(replace(case, disease=disease), (), knowledge)
    assert isinstance(found, Finding)
    return found


def test_an_exome_is_set_among_the_tumours_of_its_kind(knowledge):
    found = measured(knowledge, knowledge.assay("WES paired"), 350)
    (among,) = found.scale.among
    assert (among.cohort, among.n, among.value) == ("TCGA-LUAD", 533, pytest.approx(10))
    assert among.quartiles == pytest.approx((2.23, 5.06, 9.71))
    assert 0.75 < among.share < 0.80
    assert "above 7" in found.note
    assert "of the 533 tumours of TCGA-LUAD" in found.note
    assert not found.settles


def test_a_diagnosis_without_a_cohort_is_not_compared(knowledge):
    found = measured(knowledge, knowledge.assay("WES paired"), 350, "SKCM")
    assert found.scale.among == ()
    assert "cohort" not in found.note


def test_a_panel_is_compared_by_its_own_line_to_exomes_or_not_at_all(knowledge):
    wes = knowledge.assay("WES paired")
    panel = replace(
        wes, id="p", kind="panel", small_variants=("TTN",), megabases=1.0, burden="msk-impact"
    )
    found = measured(knowledge, panel, 10)
    assert found.scale.among == ()
    assert "not compared with cohorts" in found.note
    found = measured(knowledge, replace(panel, burden_to_exome=(0.5, 0.06)), 10)
    (among,) = found.scale.among
    assert among.value == pytest.approx(5.06)
    assert among.share == pytest.approx(0.5)
    assert found.scale.value == pytest.approx(10)


@given(ASCENDING, st.floats(0, 600), st.floats(0, 600))
def test_the_share_grows_with_the_burden_and_stays_within_one(steps, one, other):
    cohort = BurdenCohort(name="c", convention="x", n=len(steps), quantiles=tuple(steps))
    low, high = sorted((one, other))
    assert 0 <= cohort.share_below(low) <= cohort.share_below(high) <= 1


@given(ASCENDING, st.floats(0, 1))
def test_quantiles_are_those_of_numpy(steps, share):
    cohort = BurdenCohort(name="c", convention="x", n=len(steps), quantiles=tuple(steps))
    assert cohort.quantile(share) == pytest.approx(np.quantile(steps, share), abs=1e-9)


def test_every_built_in_cohort_is_of_a_known_study(knowledge):
    cohorts = knowledge.biomarkers.burden.cohorts
    assert len(cohorts) == 12
    assert all(len(cohort.quantiles) == 21 and cohort.disease for cohort in cohorts)
    assert sum(cohort.pmid == 29596782 for cohort in cohorts) == 10


def test_the_users_own_cohort_comes_first_and_is_pinned(knowledge, tmp_path):
    path = tmp_path / "ours.tsv"
    rows = [f"S{i}\tLUAD\t{i}" for i in range(1, 10)]
    rows += ["S1\tLUAD\t4", "S20\tno such thing\t4", "S21\tLUAD\tmany", "S22\tMEL\t8"]
    path.write_text("\n".join(["sample\tdisease\tTMB", *rows]) + "\n")
    wider = with_burdens(knowledge, path)
    assert len(wider.unread) == len(knowledge.unread) + 3
    assert wider.pins[-1].version == "ours.tsv"
    found = measured(wider, wider.assay("WES paired"), 35 * 5)
    ours, public = found.scale.among
    assert isinstance(ours, Among)
    assert (ours.cohort, ours.n, ours.quartiles) == ("ours, LUAD", 9, (3.0, 5.0, 7.0))
    assert ours.share == pytest.approx(0.5)
    assert public.cohort == "TCGA-LUAD"
    assert "few to compare with" in found.note
