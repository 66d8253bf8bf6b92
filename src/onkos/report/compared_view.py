"""What other sources say, beside the plan: agreement, conflict with its reason, and silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onkos.model import Compared, Consensus, Dossier, Plan, Stance, Voice, regimen_name
from onkos.report.phrases import counted

BUILT_IN = "onkos"
Section = tuple[str, tuple[str, ...]]
_CONTRARY = (Consensus.CONFLICT, Consensus.CONTRADICTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedView:
    """One regimen as the sources see it.

    Attributes
    ----------
    place : str
        Where the plan has it: its rank, ``"avoid"`` or nothing.
    voices : tuple of (source, words)
    """

    name: str
    place: str
    consensus: str
    contrary: bool
    voices: tuple[tuple[str, str], ...]
    why: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        place = f" ({self.place})" if self.place else ""
        told = "; ".join(f"{source} {words}" for source, words in self.voices)
        why = f". Why: {'; '.join(self.why)}" if self.why else ""
        silent = f". Silent: {', '.join(self.silent)}" if self.silent else ""
        return f"{self.name}{place}: {self.consensus}. {told}{why}{silent}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPage:
    """Regimens of the plan; those that others alone support here; how many more there are."""

    planned: tuple[ComparedView, ...] = ()
    others: tuple[ComparedView, ...] = ()
    rest: int = 0

    @property
    def contrary(self) -> int:
        """Planned regimens on which the sources do not agree."""
        return sum(one.contrary for one in self.planned)


def compared_page(dossier: Dossier) -> ComparedPage:
    """What the page says of other sources; empty where none was read."""
    places = _places(dossier.plan)
    planned, others, rest = [], [], 0
    for one in dossier.compared:
        place = places.get(frozenset(one.therapy), "")
        if place:
            planned.append((_order(place), compared_view(one, place)))
        elif _worth(one):
            others.append(compared_view(one, ""))
        else:
            rest += 1
    ordered = tuple(view for _, view in sorted(planned, key=lambda pair: pair[0]))
    return ComparedPage(planned=ordered, others=tuple(others), rest=rest)


def compared_view(one: Compared, place: str = "") -> ComparedView:
    """One regimen in words."""
    by_source: dict[str, list[Voice]] = {}
    for voice in one.voices:
        by_source.setdefault(voice.source, []).append(voice)
    return ComparedView(
        name=regimen_name(one.therapy),
        place=place,
        consensus=str(one.consensus),
        contrary=one.consensus in _CONTRARY,
        voices=tuple((s, ", ".join(map(_words, v))) for s, v in by_source.items()),
        why=one.why,
        silent=one.silent,
    )


def compared_sections(page: ComparedPage) -> Iterator[Section]:
    """For the plain forms."""
    if page.planned:
        yield "What other sources say of these", tuple(one.sentence for one in page.planned)
    if page.others or page.rest:
        lines = [one.sentence for one in page.others]
        if page.rest:
            lines.append(f"{_more(page.rest)}: onkos knowledge compare lists them")
        yield "Supported here by other sources only; not ranked", tuple(lines)


def _more(count: int) -> str:
    return f"{counted(count, 'more regimen')} by models, other diseases or evidence against alone"


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


def _words(voice: Voice) -> str:
    """``for (level A, 12 claims, newest 2019)``."""
    level = f"level {voice.level}" if len(voice.level) == 1 else voice.level
    where = "" if voice.at_home else "in other diseases"
    models = "" if voice.clinical else "in models"
    newest = f"newest {voice.newest}" if voice.newest else ""
    told = ", ".join(filter(None, (level, where, models, counted(voice.items, "claim"), newest)))
    stance = (
        "looked for resistance and found none"
        if voice.stance is Stance.NEITHER
        else (str(voice.stance))
    )
    return f"{stance} ({told})"
