"""What the user chooses for all cases: whose approvals count, and whether germline is told."""

from __future__ import annotations

import msgspec

from onkos.errors import UsageError
from onkos.model import Case, Consent, Knowledge
from onkos.model.names import name_key, nearest
from onkos.model.withheld import without_rows_of_inherited


def regulators_of(text: str | None, knowledge: Knowledge) -> tuple[str, ...] | None:
    """Regulators as the knowledge writes them; None where the user names none.

    Raises
    ------
    UsageError
        For one that no claim names, with the nearest.
    """
    if text is None:
        return None
    known = {name_key(a.regulator): a.regulator for c in knowledge.claims for a in c.approvals}
    chosen = [known.get(name_key(word), word.strip()) for word in text.split(",") if word.strip()]
    for name in chosen:
        if name_key(name) not in known:
            near = nearest(name, known.values(), limit=1, cutoff=60)
            meant = f"nearest: {near[0]}; " if near else ""
            raise UsageError(
                f"unknown regulator {name!r}; {meant}known: {', '.join(sorted(known.values()))}"
            )
    if not chosen:
        raise UsageError("--regulators names none")
    return tuple(dict.fromkeys(chosen))


def with_consent(case: Case, germline: str | None) -> Case:
    """The case with what the command line says of inherited findings.

    The stricter of the two holds: an option cannot undo what the case withholds.
    """
    if germline is not None and not case.withholds_germline:
        case = msgspec.structs.replace(case, germline=Consent(germline))
    return without_rows_of_inherited(case) if case.withholds_germline else case
