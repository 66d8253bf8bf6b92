"""A burden among those of a cohort of tumours, where both were counted alike."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Among, Answer, BurdenCohort, BurdenRules
from onkos.model.diseases import DiseaseTree

NOT_ALIKE = (
    "not compared with cohorts: these were counted as exomes are, and no line from this assay's "
    "count to theirs is known"
)


def among_cohorts(
    value: float,
    interval: tuple[float, float],
    convention: str,
    disease: str,
    rules: BurdenRules,
    tree: DiseaseTree,
) -> tuple[Among, ...]:
    """The burden among those of every cohort of this diagnosis that was counted alike.

    Parameters
    ----------
    value, interval : float and pair of floats
        Mutations per megabase, as `convention` counts.
    disease : str
        OncoTree code; a cohort of a wider diagnosis counts, one of a narrower does not.
    """
    return tuple(
        Among(
            cohort=cohort.name,
            n=cohort.n,
            value=value,
            interval=interval,
            quartiles=(cohort.quantile(0.25), cohort.quantile(0.5), cohort.quantile(0.75)),
            share=cohort.share_below(value),
        )
        for cohort in _of_disease(disease, rules, tree)
        if cohort.convention == convention
    )


def sentences(among: tuple[Among, ...], rules: BurdenRules) -> Iterator[str]:
    """Each comparison in words."""
    cohorts = {cohort.name: cohort for cohort in rules.cohorts}
    for one in among:
        cohort = cohorts[one.cohort]
        low, high = (cohort.share_below(end) for end in one.interval)
        first, _, third = one.quartiles
        few = one.n < rules.fewest_tumours
        yield (
            f"above {one.share:.0%} of the {one.n} tumours of {one.cohort} ({low:.0%} to "
            f"{high:.0%} over its interval); the middle half of them have {first:.1f} to "
            f"{third:.1f}{'; few to compare with' if few else ''}"
        )


def any_cohort(disease: str, rules: BurdenRules, tree: DiseaseTree) -> bool:
    """Whether there is a cohort of this diagnosis, however it was counted."""
    return next(_of_disease(disease, rules, tree), None) is not None


def _of_disease(disease: str, rules: BurdenRules, tree: DiseaseTree) -> Iterator[BurdenCohort]:
    for cohort in rules.cohorts:
        if not cohort.disease or tree.judge(disease, cohort.disease, ())[0] is Answer.MET:
            yield cohort
