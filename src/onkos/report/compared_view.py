"""What other sources say, beside the plan: agreement, conflict with its reason, and silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onkos.model import Compared, Dossier, Plan, Stance, Voice, regimen_name
from onkos.report.links import Source, address
from onkos.report.phrases import counted

BUILT_IN = "onkos"
MOST_SOURCES = 4  # of one voice on the page; the JSON form holds all
Section = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedView:
    """One regimen as the sources see it.

    Attributes
    ----------
    place : str
        Where the plan has it: ``"option 3"``, ``"avoid"`` or nothing.
    differs : bool
        Another source says of this very disease the contrary of what the plan does.
    voices : tuple of (source, words)
    sources : dict of str to tuple of Source
        By source: where to read it, the first few.
    """

    name: str
    place: str
    consensus: str
    differs: bool
    voices: tuple[tuple[str, str], ...]
    sources: dict[str, tuple[Source, ...]]
    why: tuple[str, ...]
    asks: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        place = f" ({self.place})" if self.place else ""
        told = "; ".join(f"{source} {words}" for source, words in self.voices)
        why = f". Why: {'; '.join(self.why)}" if self.why else ""
        asks = f". Not known here: {'; '.join(self.asks)}" if self.asks else ""
        silent = f". Silent: {', '.join(self.silent)}" if self.silent else ""
        return f"{self.name}{place}: {self.consensus}. {told}{why}{asks}{silent}"

    @property
    def short(self) -> str:
        """Name and place."""
        return f"{self.name} ({self.place})" if self.place else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPage:
    """Regimens of the plan by what others say of them; those that others alone support here.

    Attributes
    ----------
    rest : int
        Regimens that other sources name besides: by models, other diseases, evidence against.
    """

    differing: tuple[ComparedView, ...] = ()
    agreeing: tuple[ComparedView, ...] = ()
    alone: tuple[ComparedView, ...] = ()
    others: tuple[ComparedView, ...] = ()
    rest: int = 0

    @property
    def empty(self) -> bool:
        """Nothing was compared."""
        return not (self.differing or self.agreeing or self.alone or self.others or self.rest)

    @property
    def more(self) -> str:
        """How many regimens are named besides."""
        return (
            f"{counted(self.rest, 'more regimen')} by models, other diseases or contrary evidence"
        )


def compared_page(dossier: Dossier) -> ComparedPage:
    """What the page says of other sources; empty where none was read."""
    places = _places(dossier.plan)
    planned: list[ComparedView] = []
    others: list[ComparedView] = []
    rest = 0
    for one in dossier.compared:
        place = places.get(frozenset(one.therapy), "")
        if place or _worth(one):
            (planned if place else others).append(compared_view(one, place))
        else:
            rest += 1
    planned.sort(key=lambda view: _order(view.place))
    calm = [view for view in planned if not view.differs]
    return ComparedPage(
        differing=tuple(view for view in planned if view.differs),
        agreeing=tuple(view for view in calm if any(s != BUILT_IN for s, _ in view.voices)),
        alone=tuple(view for view in calm if all(s == BUILT_IN for s, _ in view.voices)),
        others=tuple(others),
        rest=rest,
    )


def compared_view(one: Compared, place: str = "") -> ComparedView:
    """One regimen in words."""
    by_source: dict[str, list[Voice]] = {}
    for voice in one.voices:
        by_source.setdefault(voice.source, []).append(voice)
    return ComparedView(
        name=regimen_name(one.therapy),
        place=place,
        consensus=str(one.consensus),
        differs=_differs(one, place),
        voices=tuple((s, ", ".join(map(_words, v))) for s, v in by_source.items()),
        sources={s: _sources(v) for s, v in by_source.items() if s != BUILT_IN},
        why=one.why,
        asks=one.asks,
        silent=one.silent,
    )


def compared_sections(page: ComparedPage) -> Iterator[Section]:
    """For the plain forms: what differs in full, the rest by name."""
    lines = [f"differs: {one.sentence}" for one in page.differing]
    if page.agreeing:
        lines.append(f"nothing contrary: {'; '.join(one.short for one in page.agreeing)}")
    if page.alone:
        lines.append(f"said by onkos alone: {'; '.join(one.short for one in page.alone)}")
    if lines:
        yield "What other sources say of these", tuple(lines)
    if page.others or page.rest:
        told = [one.sentence for one in page.others]
        told += [f"{page.more}: onkos knowledge compare lists them"] if page.rest else []
        yield "Supported here by other sources only; not ranked", tuple(told)


def _differs(one: Compared, place: str) -> bool:
    """Whether another source contradicts the plan in this very disease."""
    contrary = Stance.AGAINST if place.startswith("option") else Stance.FOR
    return bool(place) and any(
        voice.stance is contrary and voice.at_home and voice.source != BUILT_IN
        for voice in one.voices
    )


def _worth(one: Compared) -> bool:
    """Supported in patients of this disease, by whomever."""
    return any(v.stance is Stance.FOR and v.at_home and v.clinical for v in one.voices)


def _places(plan: Plan) -> dict[frozenset[str], str]:
    found = {frozenset(option.therapy): "avoid" for option in plan.avoid}
    found |= {frozenset(option.therapy): f"option {option.rank}" for option in plan.options}
    return found


def _order(place: str) -> tuple[bool, int]:
    rank = place.removeprefix("option ")
    return (not rank.isdigit(), int(rank) if rank.isdigit() else 0)


def _sources(voices: list[Voice]) -> tuple[Source, ...]:
    facts = dict.fromkeys(fact for voice in voices for fact in voice.facts)
    return tuple(Source(fact, address(fact)) for fact in facts)[:MOST_SOURCES]


def _words(voice: Voice) -> str:
    """``for (level A, 12 claims, 3 of other diseases, newest 2019)``."""
    stance = str(voice.stance)
    if voice.stance is Stance.NEITHER:
        stance = "looked for resistance and found none"
    level = f"level {voice.level}" if len(voice.level) == 1 else voice.level
    home = counted(voice.items, "claim") if voice.items else ""
    beside = f"{voice.elsewhere} of other diseases" if voice.elsewhere else ""
    models = "" if voice.clinical else "in models"
    newest = f"newest {voice.newest}" if voice.newest else ""
    told = ", ".join(filter(None, (level, models, home, beside, newest)))
    return f"{stance} ({told})"
