"""The assembly of a file that the user states, or that its segments cannot be of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

import msgspec

from onkos.model import Junction, Segment, SmallVariant, Vocabulary
from onkos.sources.patient.observed import Observed

ASSEMBLIES = ("GRCh37", "GRCh38")
UNSTATED = "the reference assembly is not stated"
T = TypeVar("T")


class _OfPlaces(Protocol):
    """What holds changes by place: what was read of a file, or a whole case."""

    @property
    def alterations(self) -> Sequence[object]: ...
    @property
    def calls(self) -> Sequence[SmallVariant]: ...
    @property
    def junctions(self) -> Sequence[Junction]: ...


def told_assemblies(found: _OfPlaces) -> set[str]:
    """Assemblies that a file names for its changes by place."""
    variants = (a for a in found.alterations if isinstance(a, SmallVariant) and a.position)
    told = {variant.assembly for variant in (*variants, *found.calls)}
    return (told | {junction.assembly for junction in found.junctions}) - {""}


def stated(changes: Sequence[T], assembly: str) -> list[T]:
    """The same, those with a place under the assembly."""
    return [
        msgspec.structs.replace(one, assembly=assembly)
        if isinstance(one, (SmallVariant, Junction))
        else one
        for one in changes
    ]


def contradiction(source: str, told: set[str], assembly: str) -> str:
    """What to tell the user where a file names another assembly; empty where it does not."""
    others = sorted(told - {assembly})
    if not others:
        return ""
    return (
        f"{source}: the file says {' and '.join(others)}, and {assembly} was stated for it: read "
        f"as {assembly}; check which is right"
    )


def with_assembly(observed: Observed, source: str, assembly: str) -> None:
    """Put the changes of a file under the assembly that the user states for it."""
    problem = contradiction(source, told_assemblies(observed), assembly)
    observed.alterations = stated(observed.alterations, assembly)
    observed.calls = stated(observed.calls, assembly)
    observed.junctions = stated(observed.junctions, assembly)
    observed.notices = [n for n in observed.notices if not n.endswith(UNSTATED)]
    if problem:
        observed.notices.append(problem)


def checked_ends(observed: Observed, vocabulary: Vocabulary) -> None:
    """Segments that end past their chromosome are of the assembly that has room for them."""
    slack = vocabulary.limits.get("segment_end_slack", 0)
    by_assembly = {one: _past(observed.segments, one, vocabulary, slack) for one in ASSEMBLIES}
    for assembly in {segment.assembly for segment in observed.segments}:
        own = [s for s in observed.segments if s.assembly == assembly]
        past = [s for s in own if s in by_assembly.get(assembly, ())]
        fitting = [one for one in ASSEMBLIES if not any(s in by_assembly[one] for s in own)]
        if assembly and past:
            observed.notices.append(_said(past, assembly, fitting, vocabulary))
        only = fitting[0] if len(fitting) == 1 and fitting[0] != assembly else ""
        if not assembly and only:
            observed.notices.append(
                f"assembly {only}, told from where segments end: one lies past the other's end"
            )
        if only:
            observed.segments = [
                msgspec.structs.replace(s, assembly=only) if s.assembly == assembly else s
                for s in observed.segments
            ]


def _past(
    segments: Sequence[Segment], assembly: str, vocabulary: Vocabulary, slack: float
) -> list[Segment]:
    """Segments that end past the end of their chromosome."""
    lengths = vocabulary.chromosome
    return [
        s for s in segments
        if (known := lengths.get((assembly, s.chromosome))) and s.end > known.length + slack
    ]  # fmt: skip


def _said(
    past: Sequence[Segment], assembly: str, fitting: Sequence[str], vocabulary: Vocabulary
) -> str:
    one = past[0]
    length = vocabulary.chromosome[assembly, one.chromosome].length
    many = "1 segment ends" if len(past) == 1 else f"{len(past)} segments end"
    if fitting:
        way = f"all fit {fitting[0]}: read as {fitting[0]}; correct what is said of the file"
    else:
        way = "no assembly fits all of them; check the table"
    return (
        f"segments are said to be of {assembly}, but {many} past the end of the chromosome "
        f"({one.chromosome}: {one.end:,}, its length is {length:,}); {way}"
    )
