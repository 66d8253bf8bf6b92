"""Changes of which the place is known and nothing else."""

from __future__ import annotations

import msgspec

from onkos.model import Case

NOT_ANNOTATED = "not annotated"


def counted(case: Case) -> Case:
    """The same case, its calls that no step annotated counted as left out, and said so."""
    if not case.calls:
        return case
    number = len(case.calls)
    told = "1 change is" if number == 1 else f"{number:,} changes are"
    notice = (
        f"{told} told by place only and {NOT_ANNOTATED}, so nothing is concluded from them; add a "
        "reference (onkos reference add), or annotate the file with VEP (--symbol --hgvs --mane) "
        "or snpEff"
    )
    return msgspec.structs.replace(
        case,
        filtered={**case.filtered, NOT_ANNOTATED: number},
        notices=tuple(dict.fromkeys((*case.notices, notice))),
    )
