"""What new knowledge changes for cases, in sentences and in JSON's terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onkos.model import regimen_name
from onkos.model.recheck import PlanChange, Rechecked, Turn
from onkos.report.changes_view import sentence

Json = dict[str, Any]
MOST_REASONS = 3


def recheck_json(found: Rechecked, reasons: bool = True) -> Json:
    """One case that is not as it was; of the patient its id and diagnosis alone.

    Parameters
    ----------
    reasons : bool
        False where the knowledge of then is not at hand, so that nobody can tell them.
    """
    return {
        "id": found.id,
        "disease": found.disease,
        "changed": True,
        "weight": found.weight,
        "changes": [_change(one, reasons) for one in found.changes],
    }


def unchanged_json(id_: str, planned: bool) -> Json:
    """A case that is as it was; whether it had to be planned to know that."""
    return {"id": id_, "changed": False, "planned": planned}


def _change(one: PlanChange, reasons: bool) -> Json:
    return {
        "turn": str(one.turn),
        "therapy": list(one.therapy),
        "before": one.before or None,
        "after": one.after or None,
        "why": [sentence(change) for change in one.why] if reasons else None,
        "claims": [change.claim.id for change in one.why],
    }


def lines(found: Json) -> Iterator[str]:
    """One case, its most important change first, each with the sentences that say why.

    Parameters
    ----------
    found : dict
        As `recheck_json` gives it.
    """
    yield f"{found['id']} ({found['disease']})"
    for one in found["changes"]:
        yield f"  {_said(one)}"
        if one["why"] is None:
            continue
        for why in one["why"][:MOST_REASONS]:
            yield f"    why: {why}"
        if len(one["why"]) > MOST_REASONS:
            yield f"    and {len(one['why']) - MOST_REASONS} more claims"
        if not one["why"]:
            yield "    why: no claim of it changed; the words or rules around it did"


def _said(one: Json) -> str:
    name = f": {regimen_name(tuple(one['therapy']))}" if one["therapy"] else ""
    if one["turn"] == Turn.NEW_FIRST:
        return f"{one['turn']}{name} (it was {one['before']})"
    parts = (f"was: {one['before']}" if one["before"] else "",
             f"now: {one['after']}" if one["after"] else "")  # fmt: skip
    told = "; ".join(part for part in parts if part)
    return f"{one['turn']}{name}{f' ({told})' if told else ''}"


def shortened(found: Json, every: bool = False) -> Json:
    """The case with what a reader should see: all of it, or no more than concerns this disease.

    What other sources say of models and other diseases changes for most cases with every
    snapshot, and no plan rests on it.
    """
    if every:
        return found
    changes = [one for one in found["changes"] if one["turn"] != Turn.COMPARED]
    return {**found, "changes": changes}
