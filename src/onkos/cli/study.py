"""A study folder of cBioPortal as a stream of lines for the workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from onkos.cli.intake import sentence
from onkos.cli.lines import Line
from onkos.model import Case, Knowledge, Unread
from onkos.sources.patient.cbioportal import read_study
from onkos.sources.patient.stated_assembly import contradiction, stated, told_assemblies

_ENCODER = msgspec.msgpack.Encoder()


def study_lines(
    folder: Path, knowledge: Knowledge, disease: str | None, assembly: str = ""
) -> Iterator[Line]:
    """One line for each sample, and one with a problem for each that is no case.

    Raises
    ------
    Unreadable
        With every problem of the folder.
    """
    for number, found in enumerate(read_study(folder, knowledge, disease), start=1):
        if isinstance(found, Unread):
            yield Line(number, b"", 0, f"{found.source}: {sentence(found)}", _name(found))
        else:
            data = _ENCODER.encode(_stated(found, assembly) if assembly else found)
            yield Line(number, data, len(data), id=found.id)


def _stated(case: Case, assembly: str) -> Case:
    """The case, its changes under the assembly that was stated."""
    problem = contradiction("mutations", told_assemblies(case), assembly)
    return msgspec.structs.replace(
        case,
        alterations=tuple(stated(case.alterations, assembly)),
        notices=(*case.notices, *([problem] if problem else [])),
    )


def _name(unread: Unread) -> str:
    """The sample's id; a row's place where it is a row of findings that names none."""
    if not unread.line or "clinical" in unread.source:
        return unread.text
    return f"{unread.source} line {unread.line}"
