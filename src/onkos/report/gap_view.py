"""What guidelines ask for and is not known, as the page shows it; not what *test next* says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from onkos.model import Gap, TestBasis

TITLE = "Asked for by guidelines and not known here"
LEAD = (
    "What the minimum panels of this disease ask for and no result here settles, beside the tests "
    "above."
)
NO_TEST = "Ask the laboratory"
COARSE = "The diagnosis as given is too coarse for these lists, which may ask for more"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapItem:
    """One marker, what is said beside its name, and why no result counts."""

    name: str
    marks: str
    reasons: tuple[str, ...]

    @property
    def text(self) -> str:
        """Name and marks."""
        return f"{self.name} ({self.marks})" if self.marks else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """The markers that one test settles."""

    test: str
    items: tuple[GapItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Markers that are known and due again, and why."""

    why: str
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        """Both."""
        return f"{self.why}: {_list(self.names)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPage:
    """All of them.

    Attributes
    ----------
    unverified, mixed : bool
        Some were written from memory; others were read on a page.
    reflex : tuple of str
        Markers negative in plasma that does not count.
    repeat : tuple of Again
        Those that are due again at relapse, by why.
    above : tuple of str
        Those that stand under *test next* and are not said again. A marker stands in one place.
    finer : tuple of str
        Panels of finer diagnoses than the one given.
    """

    rows: tuple[GapRow, ...] = ()
    considered: tuple[GapRow, ...] = ()
    reflex: tuple[str, ...] = ()
    repeat: tuple[Again, ...] = ()
    above: tuple[str, ...] = ()
    finer: tuple[str, ...] = ()
    panels: str = ""
    bodies: str = ""
    unverified: bool = False
    mixed: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to add to the tests above."""
        return not (self.rows or self.considered or self.reflex or self.repeat or self.finer)

    @property
    def asked_by(self) -> str:
        """Which panels, and whose."""
        some = "what is marked so was " if self.mixed else ""
        doubt = f"; {some}written from memory, not verified" if self.unverified else ""
        return f"For {self.panels} ({self.bodies}{doubt})." if self.panels else ""

    @property
    def coarse(self) -> str:
        """That the diagnosis is why a panel asks for nothing here; empty where none is."""
        return f"{COARSE}: {_list(self.finer)}" if self.finer else ""


def gap_page(gaps: tuple[Gap, ...], finer: tuple[str, ...] = ()) -> GapPage:
    """What the page shows of the gaps of a plan, and of panels of `finer` diagnoses."""
    if not gaps:
        return GapPage(finer=finer)
    apart = [gap for gap in gaps if gap.reflex or gap.repeat]
    new = [gap for gap in gaps if not gap.in_test_next and gap not in apart]
    panels = dict.fromkeys(name for gap in gaps for name in gap.panels)
    bodies = dict.fromkeys(body for gap in gaps for body in gap.bodies)
    mixed = len({gap.unverified for gap in gaps}) > 1
    return GapPage(
        rows=tuple(_rows((gap for gap in new if not gap.optional), mixed)),
        considered=tuple(_rows((gap for gap in new if gap.optional), mixed)),
        reflex=tuple(gap.name for gap in apart if gap.reflex),
        repeat=tuple(_again(gap for gap in apart if gap.repeat)),
        above=tuple(gap.name for gap in gaps if gap.in_test_next and gap not in apart),
        finer=finer,
        panels="; ".join(panels),
        bodies=", ".join(bodies),
        unverified=any(gap.unverified for gap in gaps),
        mixed=mixed,
    )


def _again(gaps: Iterable[Gap]) -> Iterator[Again]:
    by_why: dict[str, list[str]] = {}
    for gap in gaps:
        by_why.setdefault(gap.reasons[0], []).append(gap.name)
    for why, names in by_why.items():
        yield Again(why=why, names=tuple(names))


def _rows(gaps: Iterable[Gap], mixed: bool) -> Iterator[GapRow]:
    table: dict[str, list[GapItem]] = {}
    for gap in gaps:
        table.setdefault(gap.test or NO_TEST, []).append(_item(gap, mixed))
    for test, items in table.items():
        yield GapRow(test=test, items=tuple(items))


def _item(gap: Gap, mixed: bool) -> GapItem:
    marks = (
        "not verified" if mixed and gap.unverified else "",
        "if the setting holds" if gap.setting_open else "",
        gap.note.rstrip("."),
    )
    told = dict.fromkeys(reason.partition(": ")[2] or reason for reason in gap.reasons)
    return GapItem(name=gap.name, marks="; ".join(filter(None, marks)), reasons=tuple(told))


def gap_section(page: GapPage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Heading and sentences, for the plain forms."""
    if not page.empty:
        yield TITLE, tuple(_lines(page))


def _lines(page: GapPage) -> Iterator[str]:
    if page.asked_by:
        yield page.asked_by
    if page.coarse:
        yield page.coarse
    for row in page.rows:
        yield f"{row.test}: {', '.join(item.text for item in row.items)}"
    for row in page.considered:
        yield f"to consider, {row.test}: {', '.join(item.text for item in row.items)}"
    if page.reflex:
        yield f"negative in plasma, which does not count: go on to tissue for {_list(page.reflex)}"
    yield from (again.text for again in page.repeat)
    if page.above:
        yield f"under test next already: {_list(page.above)}"


def _list(names: Iterable[str]) -> str:
    return "; ".join(names)


def gap_json(gap: Gap) -> dict[str, Any]:
    """One gap in JSON's terms."""
    return {
        "marker": gap.name,
        "panels": list(gap.panels),
        "bodies": list(gap.bodies),
        "reasons": list(gap.reasons),
        "test": gap.test or None,
        "repeat": gap.repeat,
        "reflex_to_tissue": gap.reflex,
        "optional": gap.optional,
        "setting_open": gap.setting_open,
        "in_test_next": gap.in_test_next,
        "unverified": gap.unverified,
        "source": gap.source_url or None,
        "note": gap.note or None,
    }


def basis_json(basis: TestBasis | None) -> dict[str, Any] | None:
    """The tests that an option's approvals rest on; null where none counts."""
    if basis is None:
        return None
    return {
        "standing": str(basis.standing),
        "reported_by": list(basis.reported_by),
        "approved": list(basis.approved),
        "complementary": list(basis.complementary),
        "unverified": list(basis.unverified),
        "for_a_part": list(basis.for_a_part),
        "sentences": list(basis.sentences),
    }
