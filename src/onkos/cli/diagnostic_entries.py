"""What a companion diagnostic and a minimum panel say, as lines to print."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.cli.entries import diseases, row
from onkos.model import Diagnostic, Knowledge, Panel, regimen_name


def diagnostic_lines(one: Diagnostic, knowledge: Knowledge) -> Iterator[str]:
    """A diagnostic with where it was read; one that was not read is no approval."""
    yield f"{one.id}  {one.name}"
    yield from row("standing", diagnostic_standing(one))
    yield from row("maker", one.maker)
    yield from row("method", one.method)
    yield from row("reads", one.when)
    yield from row("selects for", "; ".join(map(regimen_name, one.therapies)))
    yield from row("group", f"any {one.group}" if one.group else "")
    yield from row("disease", diseases(one.disease, knowledge))
    yield from row("except", diseases(one.disease_except, knowledge))
    yield from row("setting", one.setting)
    yield from row("assays", ", ".join(one.assays))
    yield from row("versions of it", ", ".join(one.like))
    yield from row("number", f"{one.number} ({one.number_url})" if one.number else "")
    yield from row("read on", f"{one.verified_on}: {one.verified_by}" if one.verified_on else "")
    yield from row("page", one.source_url)
    yield from row("regimen", one.regimen_url)
    yield from row("note", one.note)


def diagnostic_standing(one: Diagnostic) -> str:
    """In one phrase, never an approval that was not read."""
    if one.gone:
        return f"withdrawn {one.withdrawn_on or ''}".rstrip()
    if not one.stands:
        return "commonly used test; verify"
    return " ".join(filter(None, (one.regulator, str(one.kind), str(one.on or ""))))


def panel_lines(panel: Panel, knowledge: Knowledge) -> Iterator[str]:
    """A minimum panel, item by item."""
    yield f"{panel.id}  {panel.name}"
    yield from row("disease", diseases(panel.disease, knowledge))
    yield from row("except", diseases(panel.disease_except, knowledge))
    yield from row("setting", panel.setting)
    yield from row("asked by", ", ".join(panel.bodies))
    yield from row("verified", panel.verified_on or "no")
    for item in panel.items:
        ways = " / ".join(map(str, item.when))
        only = f"; where {item.only}" if item.only else ""
        marks = "; repeat at relapse" * item.repeat + "; to consider" * item.optional
        yield from row("item", f"{item.name}: {ways}{only}{marks}")
    yield from row("source", panel.source)
    yield from row("note", panel.note)
