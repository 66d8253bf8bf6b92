"""Changes of which the place is known and nothing else."""

from __future__ import annotations

import msgspec

from onkos.model import Alteration, Case, SmallVariant, Vocabulary
from onkos.model.reference import Reference

NOT_ANNOTATED = "not annotated"


def offered(case: Case) -> Case:
    """The same case, its calls among the alterations, for a reference to describe."""
    if not case.calls:
        return case
    return msgspec.structs.replace(case, alterations=(*case.alterations, *case.calls), calls=())


def brought(case: Case, genome: Reference, vocabulary: Vocabulary) -> tuple[SmallVariant, ...]:
    """The case's calls by their places on the genome at hand; those without one are left out."""
    from onkos.annotate import assembly  # few cases need it

    return assembly.brought(case.calls, genome, vocabulary.limits)


def counted(case: Case) -> Case:
    """The same case, its calls that no step annotated counted as left out, and said so.

    Those that were offered and got no gene are calls again.
    """
    calls = (*case.calls, *(a for a in case.alterations if _is_call(a)))
    if not calls:
        return case
    number = len(calls)
    told = "1 change is" if number == 1 else f"{number:,} changes are"
    notice = (
        f"{told} told by place only and {NOT_ANNOTATED}, so nothing is concluded from them; add a "
        "reference (onkos reference add), or annotate the file with VEP (--symbol --hgvs --mane) "
        "or snpEff"
    )
    return msgspec.structs.replace(
        case,
        alterations=tuple(a for a in case.alterations if not _is_call(a)),
        calls=calls,
        filtered={**case.filtered, NOT_ANNOTATED: number},
        notices=tuple(dict.fromkeys((*case.notices, notice))),
    )


def _is_call(alteration: Alteration) -> bool:
    return isinstance(alteration, SmallVariant) and not alteration.gene
