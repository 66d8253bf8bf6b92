"""What other sources say, beside the plan: agreement, conflict with its reason, and silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onkos.model import Compared, Dossier, Plan, Stance, Voice, regimen_name
from onkos.report.links import Source, address
from onkos.report.phrases import counted

BUILT_IN = "onkos"
MOST_SOURCES = 4  # of one voice on the page; the JSON form holds all
LONGEST_SETTING = 80  # characters of one that is told on the page; the JSON form holds all
QUALIFIED = "to be read beside"
Section = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedView:
    """One regimen as the sources see it.

    Attributes
    ----------
    place : str
        Where the plan has it: ``"option 3"``, ``"avoid"``, ``"tried, and failed"`` or nothing.
    beside : tuple of str
        What does not contradict and must not be overlooked: contrary in another setting or of a
        class of drugs, an effect of the marker looked for and not found.
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
    within: tuple[str, ...]
    silent: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        place = f" ({self.place})" if self.place else ""
        told = "; ".join(f"{source} {words}" for source, words in self.voices)
        why = f". Why: {'; '.join(self.why)}" if self.why else ""
        asks = f". Not known here: {'; '.join(self.asks)}" if self.asks else ""
        asks += f". As a part of another: {'; '.join(self.within)}" if self.within else ""
        silent = f". Silent: {', '.join(self.silent)}" if self.silent else ""
        return f"{self.name}{place}: {self.consensus}. {told}{why}{asks}{silent}"

    @property
    def short(self) -> str:
        """Name and place, with what must not be overlooked."""
        told = "; ".join(filter(None, (self.place, *self.beside)))
        return f"{self.name} ({told})" if told else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPage:
    """Regimens of the plan by what others say of them; those that others alone support here.

    Attributes
    ----------
    qualified : tuple of ComparedView
        Not contradicted, but not left as they are either: see ``ComparedView.beside``.
    rest : int
        Regimens that other sources name besides: by models, other diseases, trials that run,
        evidence against.
    """

    differing: tuple[ComparedView, ...] = ()
    qualified: tuple[ComparedView, ...] = ()
    agreeing: tuple[ComparedView, ...] = ()
    alone: tuple[ComparedView, ...] = ()
    others: tuple[ComparedView, ...] = ()
    rest: int = 0

    @property
    def empty(self) -> bool:
        """Nothing was compared."""
        told = self.differing or self.qualified or self.agreeing or self.alone or self.others
        return not (told or self.rest)

    @property
    def more(self) -> str:
        """How many regimens are named besides."""
        told = "by models, other diseases, trials that run or contrary evidence"
        return f"{counted(self.rest, 'more regimen')} {told}"


def compared_page(dossier: Dossier) -> ComparedPage:
    """What the page says of other sources; empty where none was read."""
    places = _places(dossier.plan)
    carried = _carried(dossier.plan)
    planned: list[ComparedView] = []
    others: list[ComparedView] = []
    rest = 0
    for one in dossier.compared:
        key = frozenset(one.therapy)
        place = places.get(key, "")
        if place or _worth(one):
            view = compared_view(one, place, carried.get(key, frozenset()))
            (planned if place else others).append(view)
        else:
            rest += 1
    planned.sort(key=lambda view: _order(view.place))
    calm = [view for view in planned if not view.differs]
    return ComparedPage(
        differing=tuple(view for view in planned if view.differs),
        qualified=tuple(view for view in calm if view.beside),
        agreeing=tuple(view for view in calm if not view.beside and not _alone(view)),
        alone=tuple(view for view in calm if _alone(view)),
        others=tuple(others),
        rest=rest,
    )


def _alone(view: ComparedView) -> bool:
    return all(source == BUILT_IN for source, _ in view.voices)


def compared_view(
    one: Compared, place: str = "", carried: frozenset[str] = frozenset()
) -> ComparedView:
    """One regimen in words.

    Parameters
    ----------
    carried : frozenset of str
        Alterations that the option of the plan rests on, which need not be said again.
    """
    by_source: dict[str, list[Voice]] = {}
    for voice in one.voices:
        by_source.setdefault(voice.source, []).append(voice)
    return ComparedView(
        name=regimen_name(one.therapy),
        place=place or (f"tried, and {one.tried}" if one.tried else ""),
        consensus=str(one.consensus),
        differs=_differs(one, place),
        voices=tuple(
            (source, ", ".join(_words(voice, carried) for voice in said))
            for source, said in by_source.items()
        ),
        sources={s: _sources(v) for s, v in by_source.items() if s != BUILT_IN},
        why=one.why,
        asks=one.asks,
        within=one.within,
        silent=one.silent,
        beside=tuple(dict.fromkeys(_beside(one))),
    )


def _beside(one: Compared) -> Iterator[str]:
    """What other sources found in patients of this disease that contradicts nothing here."""
    classes: dict[str, list[str]] = {}
    for voice in one.voices:
        if voice.source == BUILT_IN or not (voice.at_home and voice.clinical):
            continue
        if voice.stance is Stance.NO_EFFECT:
            yield f"{voice.source} {_found_none(voice, voice.alterations)}"
        elif voice.stance is Stance.AGAINST and voice not in one.decisive:
            if voice.of_class:
                classes.setdefault(voice.source, []).append(voice.of_class)
            else:
                yield f"{voice.source} against, {_limits(voice)}"
    for source, names in classes.items():
        yield f"{source} against the class {', '.join(dict.fromkeys(names))}"


def _limits(voice: Voice) -> str:
    """To whom, or of what, a voice does not speak."""
    setting = "; ".join(voice.settings)
    short = f": {setting.removeprefix('setting ')}" if len(setting) <= LONGEST_SETTING else ""
    told = (
        f"of the class {voice.of_class}" if voice.of_class else "",
        "" if voice.fits else f"in another setting{short}",
    )
    return ", ".join(filter(None, told))


def compared_sections(page: ComparedPage) -> Iterator[Section]:
    """For the plain forms: what differs in full, the rest by name."""
    lines = [f"differs: {one.sentence}" for one in page.differing]
    if page.qualified:
        lines.append(f"{QUALIFIED}: {'; '.join(one.short for one in page.qualified)}")
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
        for voice in one.decisive
    )


def _worth(one: Compared) -> bool:
    """Supported by its own name in patients of this disease, by whomever."""
    yes = (v for v in one.voices if v.stance is Stance.FOR and v.fits and not v.of_class)
    return any(v.at_home and v.clinical for v in yes)


def _places(plan: Plan) -> dict[frozenset[str], str]:
    found = {frozenset(option.therapy): "avoid" for option in plan.avoid}
    found |= {frozenset(option.therapy): f"option {option.rank}" for option in plan.options}
    return found


def _carried(plan: Plan) -> dict[frozenset[str], frozenset[str]]:
    """Alterations that an option, or what is said against a regimen, rests on."""
    return {
        frozenset(option.therapy): frozenset(
            label
            for match in (*option.matches, *option.against)
            for label in match.biomarker.alterations
        )
        for option in (*plan.options, *plan.avoid)
    }


def _order(place: str) -> tuple[bool, int]:
    rank = place.removeprefix("option ")
    return (not rank.isdigit(), int(rank) if rank.isdigit() else 0)


def _sources(voices: list[Voice]) -> tuple[Source, ...]:
    facts = dict.fromkeys(fact for voice in voices for fact in voice.facts)
    return tuple(Source(fact, address(fact)) for fact in facts)[:MOST_SOURCES]


def _words(voice: Voice, carried: frozenset[str]) -> str:
    """``for (EGFR T790M, level A, 12 claims, 3 of other diseases, newest 2019)``."""
    other = tuple(label for label in voice.alterations if label not in carried)
    denied = voice.stance in {Stance.NEITHER, Stance.NO_EFFECT}
    told = (
        "" if denied else ", ".join(other),
        f"level {voice.level}" if len(voice.level) == 1 else voice.level,
        "" if voice.clinical else "in models",
        counted(voice.items, "claim") if voice.items else "",
        f"{voice.elsewhere} of other diseases" if voice.elsewhere else "",
        f"newest {voice.newest}" if voice.newest else "",
        _limits(voice),
    )
    stance = _found_none(voice, other) if denied else str(voice.stance)
    return f"{stance} ({', '.join(filter(None, told))})"


def _found_none(voice: Voice, markers: tuple[str, ...]) -> str:
    by = ", ".join(markers)
    if voice.stance is Stance.NEITHER:
        return f"looked for resistance{f' by {by}' if by else ''} and found none"
    return f"looked for an effect of {by or 'this marker'} and found none"
