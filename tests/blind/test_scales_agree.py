"""Two independent codings of ``docs/grading.md`` must give the same tiers, levels and clauses."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import scales_again as again
from scales_again import Approved, Facts, Studied
from two_codings import Answer, as_claim, first_answer, second_answer

from onkos.model import Claim, Effect, StudyKind

SEED = 20261121
COUNT = 20_000
OFTEN = 100

EFFECTS = [str(effect) for effect in Effect]
KINDS = [str(kind) for kind in StudyKind]
FORMS = ("solid", "blood", "neither")
REGULATORS = ("FDA", "EMA", "PMDA", "NMPA", "MHRA")
CHOSEN = (("FDA", "EMA"), ("FDA",), ("EMA",), ("PMDA", "NMPA"), ("MHRA",), ())
ENDPOINTS = (*again.SURVIVAL, "", "ORR", "DoR", "pCR", "PFS2", "TTP", "IDFS", "os")
SIZES = (None, 0, 1, 12, 49, 50, 51, 99, 100, 101, 650)
THRESHOLDS = (
    (100.0, 50.0, 0.2),
    (100.0, 50.0, 0.2),
    (49.5, 12.5, 0.4),
    (0.0, 0.0, 0.0),
    (50.0, 100.0, 0.2),
)

# Where the patient's node stands to the claim's, and what that makes of (same, excepted).
SITUATIONS = {
    "same": (True, False),
    "coarser than the claim's": (False, False),
    "coarser than an excepted one": (False, True),
    "other": (False, False),
    "excepted": (False, True),
}

# A claim's nodes, their form, and whether its disease is a group.
DISEASES = (
    (("NSCLC",), "solid", False),
    (("MEL", "BREAST"), "solid", False),
    (("SOLID",), "solid", True),
    (("AML",), "blood", False),
    (("AML", "BLL"), "blood", False),
    (("BLOOD",), "blood", True),
    (("SOLID", "BLOOD"), "neither", True),
    (("NSCLC", "BLOOD"), "neither", True),
    (("ECD", "LCH"), "neither", False),
)

AMP_CLAUSES = {"A1", "A2", "B1", "B2", "C1", "C4", "C2", "C3", "D1", "none", "not-propagated"}
ESCAT_CLAUSES = (
    {"randomised-survival", "basket", "prospective-benefit", "prospective-response"}
    | {"retrospective", "response-without-survival", "case-or-preclinical", "inferred"}
    | {"benefit-only", "no-evidence", "no-study-listed", "excepted", "other-disease"}
)
ONCOKB_CLAUSES = (
    {"fda", "standard-care", "clinical-evidence", "weaker-evidence", "other-indication"}
    | {"standard-care-resistance", "clinical-resistance", "benefit-or-resistance-only"}
    | {"none", "excepted", "not-propagated"}
)


class Drawn(NamedTuple):
    """One generated claim and patient, in both shapes."""

    situation: str
    forms: tuple[str, str]
    facts: Facts
    claim: Claim


def _drawn_study(draw: random.Random) -> Studied:
    """One study, supporting more often than contrary."""
    return Studied(
        kind=draw.choice(KINDS),
        n=draw.choice(SIZES),
        endpoint=draw.choice(ENDPOINTS),
        positive=draw.random() < 0.6,
        response_rate=draw.choice((None, 0.0, 0.05, 0.4, 1.0)),
        has_medians=draw.random() < 0.35,
    )


def _drawn_studies(draw: random.Random, count: int) -> tuple[Studied, ...]:
    """Studies; beside one in four a trial that failed to lengthen survival."""
    studies = [_drawn_study(draw) for _ in range(count)]
    if studies and draw.random() < 0.25:
        failed = Studied("randomised", 650, draw.choice(again.SURVIVAL), positive=False)
        studies.insert(draw.randrange(len(studies) + 1), failed)
    return tuple(studies)


def _counts(draw: random.Random) -> tuple[int, int, int]:
    """How many approvals, guidelines and studies: none often, but one fact at least."""
    while True:
        counts = (
            draw.choice((0, 0, 1, 2)),
            draw.choice((0, 0, 0, 1, 2)),
            draw.choice((0, 1, 2, 3)),
        )
        if any(counts):
            return counts


def _drawn(draw: random.Random, effect: str, situation: str, patient_form: str) -> Drawn:
    """One claim and one patient."""
    disease, claim_form, group = draw.choice(DISEASES)
    approvals, guidelines, studies = _counts(draw)
    same, excepted = SITUATIONS[situation]
    names = tuple(again.THRESHOLDS)
    facts = Facts(
        effect=effect,
        same_disease=same,
        excepted=excepted,
        patient_solid=patient_form == "solid",
        claim_solid=claim_form == "solid",
        claim_is_group=group,
        approvals=tuple(
            Approved(draw.choice(REGULATORS), draw.random() < 0.7) for _ in range(approvals)
        ),
        guidelines=tuple(draw.random() < 0.6 for _ in range(guidelines)),
        studies=_drawn_studies(draw, studies),
        regulators=draw.choice(CHOSEN),
        thresholds=dict(zip(names, draw.choice(THRESHOLDS), strict=True)),
    )
    claim = as_claim(facts, disease, shown=draw.random() < 0.5)
    return Drawn(situation, (patient_form, claim_form), facts, claim)


def _all_drawn() -> Iterator[Drawn]:
    """All effects, situations and forms of the patient in turn; everything else at random."""
    draw = random.Random(SEED)
    # Benefit in the same disease has the most clauses, so it gets the most draws.
    effects = [*EFFECTS, *["benefit"] * 9, "resistance"]
    situations = [*SITUATIONS, "same", "same"]
    cells = [(e, s, f) for e in effects for s in situations for f in FORMS]
    for place in range(COUNT):
        yield _drawn(draw, *cells[place % len(cells)])


@pytest.fixture(scope="module")
def drawn() -> list[Drawn]:
    """The generated claims and patients."""
    return list(_all_drawn())


def test_the_draw_covers_every_clause_and_situation(drawn: list[Drawn]) -> None:
    """Agreement means little where a clause never fired."""
    assert len(drawn) == COUNT
    cells = {(d.facts.effect, d.situation, *d.forms) for d in drawn}
    assert len(cells) == len(EFFECTS) * len(SITUATIONS) * len(FORMS) ** 2
    answers = [second_answer(d.facts) for d in drawn]
    for fired, clauses in (
        (Counter(a.amp[-1] for a in answers), AMP_CLAUSES),
        (Counter(a.escat[-1] for a in answers), ESCAT_CLAUSES),
        (Counter(a.oncokb_style[-1] for a in answers), ONCOKB_CLAUSES),
    ):
        assert set(fired) == clauses
        assert min(fired.values()) >= OFTEN, fired


def test_the_draw_covers_every_combination_of_facts(drawn: list[Drawn]) -> None:
    """For benefit: each study kind, with and without approvals and guidelines, in each verdict."""
    seen: set[tuple[object, ...]] = set()
    for facts in (d.facts for d in drawn if d.facts.effect == "benefit"):
        kinds = {s.kind for s in facts.studies}
        verdict = (facts.same_disease, facts.excepted)
        backing = (bool(facts.approvals), bool(facts.guidelines))
        seen |= {(verdict, backing, k) for k in kinds or {""}}
    verdicts, backings = 3, 4
    assert len(seen) == verdicts * (backings * (len(KINDS) + 1) - 1), (
        "all but a claim without facts"
    )


@pytest.mark.parametrize("scale", Answer._fields)
def test_both_codings_agree(drawn: list[Drawn], scale: str) -> None:
    """No difference on this scale in any generated claim and patient."""
    differences = []
    for case in drawn:
        one = getattr(first_answer(case.facts, case.claim), scale)
        two = getattr(second_answer(case.facts), scale)
        if one != two:
            differences.append(f"{one} and {two}: {case.situation}, {case.forms}, {case.facts}")
    shown = "\n".join(differences[:5])
    assert not differences, f"{len(differences)} of {COUNT} differ (first, second):\n{shown}"
