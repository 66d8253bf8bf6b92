"""Which reference describes the raw calls of a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onkos.model import Case
from onkos.model.reference import NO_REFERENCE, Reference

if TYPE_CHECKING:
    from onkos.sources.reference import Added

NONE = "none"


def reference_for(case: Case, named: str | None) -> Reference:
    """The reference that was named; else, for a case with places, the one that fits them.

    Of those that the user added: the calls' own assembly, else one that finds their places
    through a chain file, else the only one where the file tells no assembly.

    Raises
    ------
    InputError
        For a name that was not added, or one whose files have gone.
    """
    if named and named.casefold() != NONE:
        from onkos.sources.reference import open_reference

        return open_reference(named)
    assemblies = {call.assembly for call in case.calls} | {one.assembly for one in case.junctions}
    assemblies |= {segment.assembly for segment in case.segments}
    if named or not assemblies:
        return NO_REFERENCE
    from onkos.sources.reference import open_reference, references

    fitting = _fitting(assemblies, references())
    return open_reference(fitting.assembly) if fitting else NO_REFERENCE


def refuse_unknown(named: str | None) -> None:
    """Say once, before many cases are planned, that a reference is not at hand.

    Raises
    ------
    InputError
        For a name that was not added, or one whose files have gone.
    """
    if named and named.casefold() != NONE:
        from onkos.sources.reference import open_reference

        open_reference(named)


def _fitting(wanted: set[str], added: tuple[Added, ...]) -> Added | None:
    if not wanted - {""}:
        return added[0] if len(added) == 1 else None
    own = [one for one in added if one.assembly in wanted]
    return next(iter(own), None) or next((one for one in added if wanted & _lifts(one)), None)


def _lifts(added: Added) -> set[str]:
    from onkos.sources.reference.chains import chain_assemblies

    return {chain_assemblies(Path(chain))[0] for chain in added.chains}
