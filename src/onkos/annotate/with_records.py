"""The way to the archives; a case without them, or without places, loads nothing for it."""

from __future__ import annotations

from onkos.model import Case, Knowledge, Searched, SmallVariant
from onkos.model.reference import Reference


def with_records(case: Case, knowledge: Knowledge, genome: Reference) -> Case:
    """The case with what archives that were added say of its alleles; see ``recorded``."""
    if not knowledge.archives or not _placed(case):
        return case
    from onkos.annotate.recorded import recorded

    return recorded(case, knowledge, genome)


def searched(case: Case, knowledge: Knowledge, genome: Reference) -> tuple[Searched, ...]:
    """How many of its small variants were looked up in each archive."""
    if not knowledge.archives:
        return ()
    from onkos.annotate import recorded

    return recorded.searched(case, knowledge, recorded.reached(knowledge, genome))


def _placed(case: Case) -> bool:
    return any(isinstance(a, SmallVariant) and a.position for a in case.alterations)
