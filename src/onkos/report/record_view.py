"""What archives say of an allele, beside what is said of the change here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onkos.model import Alteration, Aspect, Classification, Dossier, Record, Searched
from onkos.report.phrases import counted

MOST_CONDITIONS = 3  # of one classification on the page; the JSON form holds all
NOT_FOUND = "what is not found there is not thereby harmless"
NO_DISEASE = "a disease that it does not tell"  # of which a tier is one
Section = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """What one archive says of one allele.

    Attributes
    ----------
    name : str
        ``"ClinVar 2026-05-01"``.
    short : str
        All of it in few words.
    lines : tuple of str
        One for each classification, with its review and diseases.
    """

    name: str
    id: str
    url: str
    short: str
    lines: tuple[str, ...]
    differs: str

    @property
    def sentence(self) -> str:
        """For the plain forms."""
        differs = f"; it differs: {self.differs}" if self.differs else ""
        return f"{self.name}: {self.short}{differs}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsPage:
    """What was looked up, and what differs.

    Attributes
    ----------
    searched : tuple of str
        One sentence for each archive.
    differing : tuple of (label, RecordView)
    """

    searched: tuple[str, ...] = ()
    differing: tuple[tuple[str, RecordView], ...] = ()


def record_views(seen: Alteration) -> tuple[RecordView, ...]:
    """What archives say of a change; nothing of one that is no small variant."""
    return tuple(map(record_view, getattr(seen, "records", ())))


def record_view(record: Record) -> RecordView:
    """One record in words."""
    return RecordView(
        name=f"{record.source} {record.version}",
        id=record.id,
        url=record.address,
        short="; ".join(map(_short, record.classifications)),
        lines=tuple(map(_line, record.classifications)),
        differs=record.differs,
    )


def records_page(dossier: Dossier) -> RecordsPage:
    """What was looked up in archives; empty where none was added."""
    differing = dict.fromkeys(
        (seen.label, view)
        for seen in dossier.case.alterations
        for view in record_views(seen)
        if view.differs
    )
    return RecordsPage(searched=tuple(map(_searched, dossier.searched)), differing=tuple(differing))


def records_section(page: RecordsPage) -> Iterator[Section]:
    """For the plain forms."""
    if page.searched:
        told = (f"differs, {label}: {view.differs}" for label, view in page.differing)
        yield "Looked up by allele; it moves nothing in the plan", (*page.searched, *told)


def record_json(record: Record) -> dict[str, Any]:
    """One record in JSON's terms."""
    return {
        "source": record.source,
        "version": record.version,
        "id": record.id,
        "address": record.address or None,
        "classifications": [
            {
                "of": str(one.aspect),
                "values": list(one.values),
                "review": one.review or None,
                "stars": one.stars,
                "conflict": list(one.conflict),
                "conditions": list(one.conditions),
                "only_within": list(one.within),
            }
            for one in record.classifications
        ],
        "differs": record.differs or None,
    }


def searched_json(one: Searched) -> dict[str, Any]:
    """How many were looked up in one archive."""
    return {
        "source": one.source,
        "version": one.version,
        "assemblies": list(one.assemblies),
        "looked_up": one.placed,
        "found": one.found,
        "on_other_assemblies": {name or "not known": n for name, n in one.elsewhere.items()},
        "without_a_place": one.unplaced,
    }


def _searched(one: Searched) -> str:
    parts = []
    if one.placed:
        parts.append(f"{counted(one.placed, 'small change')} looked up, {one.found} found")
        if one.found < one.placed:
            parts.append(NOT_FOUND)
    for assembly, number in one.elsewhere.items():
        what = f"they lie on {assembly}" if assembly else "their assembly is not known"
        parts.append(f"{number} not looked up: {what}")
    if one.unplaced:
        parts.append(f"{one.unplaced} not looked up: no place on the genome is known")
    told = "; ".join(parts) or "no small change to look up"
    return f"{one.source} {one.version} ({', '.join(one.assemblies)}): {told}"


def _short(one: Classification) -> str:
    if one.within:
        return f"{_values(one)}{_of_what(one)}, only together with other changes"
    return f"{_values(one)}{_of_what(one)} ({_stars(one)})"


def _of_what(one: Classification) -> str:
    """A tier says nothing without the disease that it is a tier of."""
    match one.aspect:
        case Aspect.GERMLINE:
            return " as a germline change"
        case Aspect.IMPACT:
            return f" of: {_first(one.conditions) or NO_DISEASE}"
        case _:
            return ""


def _line(one: Classification) -> str:
    if one.within:
        return f"{one.aspect}: {_values(one)}, only as a part of {', '.join(one.within)}"
    said = f"{one.aspect}: {_values(one)}"
    if one.conflict:
        said += f" ({', '.join(one.conflict)})"
    review = f", {one.review}" if one.review else ""
    return f"{said}; {_stars(one)}{review}{_of(one.conditions)}"


def _values(one: Classification) -> str:
    return " and ".join(one.values)


def _stars(one: Classification) -> str:
    if one.stars is None:
        return "review not known here"
    return counted(one.stars, "star") if one.stars else "no star"


def _of(conditions: Iterable[str]) -> str:
    found = tuple(conditions)
    return f"; {_first(found)}" if found else ""


def _first(conditions: Sequence[str]) -> str:
    """The first of them, joined as no name of a disease is: names have commas."""
    more = len(conditions) - MOST_CONDITIONS
    rest = f" and {more} more" if more > 0 else ""
    return f"{'; '.join(conditions[:MOST_CONDITIONS])}{rest}"
