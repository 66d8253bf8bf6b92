"""Cases of which everything that is not named was tested and not found."""

from __future__ import annotations

import msgspec

from onkos import annotate
from onkos.model import Assay, Classified, Sample
from onkos.risk import classify
from onkos.sources.knowledge import builtin
from onkos.sources.patient import case_of_record

EVERYTHING = Assay(
    id="everything", name="everything", small_variants=("all",), copy_number=("all",),
    fusions=("all",), events=("all",),
)  # fmt: skip
NORMAL = "46,XX[20]"


def classified(alterations, *, disease="AML", tested=True, **record) -> dict[str, Classified]:
    """Every scheme of a disease by its id."""
    knowledge = builtin()
    case = case_of_record(
        {"id": "1", "disease": disease, "alterations": list(alterations), **record}, knowledge
    )
    assert not case.unread, case.unread
    if tested:
        case = msgspec.structs.replace(case, samples=(Sample(assay=EVERYTHING),))
    found = classify(annotate.describe(case, knowledge), knowledge)
    return {one.scheme: one for one in found}
