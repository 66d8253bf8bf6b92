"""What other sources claim of a case's markers that is of no treatment, and so is not compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from onkos.evidence.match import REGULATORS, match
from onkos.model import (
    TREATMENT_EFFECTS,
    Answer,
    Case,
    Effect,
    Finding,
    Knowledge,
    NotAssessed,
)


def uncompared(
    case: Case,
    findings: Iterable[Finding | NotAssessed],
    knowledge: Knowledge,
    regulators: tuple[str, ...] = REGULATORS,
) -> dict[Effect, int]:
    """How many claims of sources beside the built-in one carry a marker of the case, by effect.

    Of outcome, diagnosis and predisposition, in whatever disease: regimens are compared, and these
    are of none. Where inherited findings are withheld, predisposition is not counted.

    Returns
    -------
    dict of Effect to int
        In the order of the effects; empty where there is none.
    """
    if not knowledge.others:
        return {}
    found = Counter(
        one.claim.effect
        for one in match(case, findings, knowledge.beside, regulators, denied=True)
        if one.biomarker.answer is Answer.MET and one.claim.effect not in TREATMENT_EFFECTS
    )
    if case.withholds_germline:
        found.pop(Effect.PREDISPOSITION, None)
    return {effect: found[effect] for effect in Effect if found[effect]}
