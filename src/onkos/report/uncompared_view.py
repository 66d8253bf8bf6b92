"""One sentence on what other sources claim of a case's markers and is not compared."""

from __future__ import annotations

from collections.abc import Mapping

from onkos.model import Effect
from onkos.report.phrases import EFFECTS, counted


def uncompared_line(found: Mapping[Effect, int]) -> str:
    """The sentence; empty where there is nothing of the kind.

    >>> uncompared_line({Effect.WORSE_PROGNOSIS: 3, Effect.DIAGNOSIS: 1})
    'not compared, since they are of no regimen: 4 claims (3 worse prognosis, 1 diagnosis)'
    """
    if not found:
        return ""
    told = ", ".join(f"{number} {EFFECTS[effect]}" for effect, number in found.items())
    number = counted(sum(found.values()), "claim")
    they = "they are" if sum(found.values()) > 1 else "it is"
    return f"not compared, since {they} of no regimen: {number} ({told})"
