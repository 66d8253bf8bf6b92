"""What every source says of each regimen for one case, and why they differ where they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from onkos.evidence.conflict import consensus, reasons
from onkos.evidence.match import REGULATORS, match
from onkos.evidence.regimens import Regimen, Regimens, became, classes_in, given_up
from onkos.model import (
    TREATMENT_EFFECTS,
    Answer,
    Case,
    Compared,
    Effect,
    Finding,
    Guideline,
    Investigational,
    Knowledge,
    Match,
    NotAssessed,
    Stance,
    Study,
    StudyKind,
    Voice,
    regimen_name,
)

BUILT_IN = "onkos"
MOST = 3  # regimens named of which one is a part
_KINDS = tuple(StudyKind)
_STANCES = tuple(Stance)


class Said(NamedTuple):
    """One claim for this patient, and the class that it speaks of where it names no drug."""

    match: Match
    of_class: str


Table = dict[Regimen, list[Said]]


class Scene(NamedTuple):
    """What every regimen is compared with.

    Attributes
    ----------
    read : tuple of str
        Sources.
    name : callable
        Of a disease's code.
    """

    read: tuple[str, ...]
    name: Callable[[str], str]
    regimens: Regimens
    speaks_for: Mapping[Regimen, tuple[str, frozenset[str]]]
    tried: tuple[Investigational, ...]


def compare(
    case: Case,
    findings: Iterable[Finding | NotAssessed],
    matches: Sequence[Match],
    knowledge: Knowledge,
    regulators: tuple[str, ...] = REGULATORS,
) -> tuple[Compared, ...]:
    """Each regimen of which a source beside the built-in one says something, or nothing at all.

    Only claims whose marker this tumour carries count. Nothing here moves an option of the plan.

    Parameters
    ----------
    matches : sequence of Match
        Of the built-in claims, as ``onkos.evidence.match`` gives them.

    Returns
    -------
    tuple of Compared
        Supported ones first, by strength of what supports them; then conflicts, then the rest.
    """
    if not knowledge.others:
        return ()
    theirs = match(case, findings, knowledge.beside, regulators, denied=True, met_treatments=True)
    regimens = Regimens(knowledge.vocabulary)
    table: Table = {}
    waiting: Table = {}
    for one in (*matches, *theirs):
        key = regimens.key(one.claim.therapy)
        if one.biomarker.answer is Answer.MET and one.claim.effect in TREATMENT_EFFECTS:
            table.setdefault(key, []).append(Said(one, ""))
        elif one.biomarker.answer is Answer.UNKNOWN and one.claim.effect is Effect.BENEFIT:
            waiting.setdefault(key, []).append(Said(one, ""))
    _join(table, regimens)
    scene = Scene(
        read=tuple(dict.fromkeys((BUILT_IN, *knowledge.beside_names))),
        name=knowledge.vocabulary.tree.name,
        regimens=regimens,
        speaks_for=_speaks_for(table),
        tried=given_up(case, knowledge),
    )
    found = (_compared(key, said, waiting.get(key, []), scene) for key, said in table.items())
    return tuple(sorted(found, key=_place))


def _join(table: Table, regimens: Regimens) -> None:
    """What is said of a class is said of the regimens of its members, where any is named."""
    general = [key for key in table if classes_in(key)]
    named = [key for key in table if not classes_in(key)]
    for key in general:
        meant = [one for one in named if regimens.meant_by(key, one)]
        words = ", ".join(classes_in(key))
        for one in meant:
            table[one] += [said._replace(of_class=words) for said in table[key]]
        if meant:
            del table[key]


def _speaks_for(table: Table) -> dict[Regimen, tuple[str, frozenset[str]]]:
    """Regimens as written, and the sources that speak for them by name in this very disease."""
    found = {}
    for key, said in table.items():
        home = [
            one
            for one, of_class in said
            if one.disease is Answer.MET and not of_class and stance_of(one) is Stance.FOR
        ]
        if home:
            written = regimen_name(min(home, key=_written).claim.therapy)
            found[key] = (written, frozenset(map(_source, home)))
    return found


def _compared(key: Regimen, said: list[Said], waiting: list[Said], scene: Scene) -> Compared:
    voices = tuple(_voices(said, scene))
    heard = {voice.source for voice in voices}
    here = {voice.source for voice in voices if voice.at_home}
    asks = {one: _once(_asked(waiting, one)) for one in scene.read if one not in here}
    tried = became(key, scene.tried)
    mute = [one for one, when in asks.items() if not when and one not in heard]
    if tried and BUILT_IN in mute:
        mute.remove(BUILT_IN)  # it says that the agent was given up
    within = {one: found for one in mute if (found := _within(key, one, scene))}
    return Compared(
        therapy=min((one for one, of_class in said if not of_class), key=_written).claim.therapy,
        voices=voices,
        consensus=consensus(voices),
        why=reasons(voices),
        tried=tried,
        asks=tuple(f"{one}: {'; '.join(when)}" for one, when in asks.items() if when),
        within=tuple(f"{one}: {_few(found)}" for one, found in within.items()),
        silent=tuple(one for one in mute if one not in within),
    )


def _written(one: Match) -> tuple[bool, int, tuple[str, ...]]:
    """As the built-in knowledge writes the regimen; else the shortest."""
    return _source(one) != BUILT_IN, len(one.claim.therapy), one.claim.therapy


def _few(names: list[str]) -> str:
    more = len(names) - MOST
    return "; ".join(names[:MOST]) + (f" and {more} more" if more > 0 else "")


def _within(key: Regimen, source: str, scene: Scene) -> list[str]:
    """Regimens of which this one is a part, and for which a source speaks."""
    return [
        written
        for regimen, (written, sources) in scene.speaks_for.items()
        if source in sources and regimen != key and scene.regimens.holds(key, regimen)
    ]


def _asked(waiting: list[Said], source: str) -> Iterable[str]:
    """What must be found in this disease before a source speaks for the regimen."""
    return (
        str(one.claim.when)
        for one, _ in waiting
        if _source(one) == source and one.disease is Answer.MET
    )


def stance_of(one: Match) -> Stance:
    """Which way a claim speaks.

    A source that denies a benefit looked for an effect of the marker and found none: that does
    not speak against the drug, unless those who got it fared worse. Claims of no benefit that
    are built in are written as evidence against the drug.
    """
    claim = one.claim
    held = bool(claim.approvals or claim.guidelines)
    if claim.effect is Effect.BENEFIT:
        ongoing = bool(claim.studies) and all(study.ongoing for study in claim.studies)
        return Stance.IN_TRIALS if ongoing and not held else Stance.FOR
    if claim.studies and not held and not any(study.positive for study in claim.studies):
        return Stance.NEITHER
    denied = claim.effect is Effect.NO_BENEFIT and _source(one) != BUILT_IN
    if denied and not any(_worse(study) for study in claim.studies):
        return Stance.NO_EFFECT
    return Stance.AGAINST


def _worse(study: Study) -> bool:
    """Whether those who got it fared worse, for certain."""
    return study.ci95 is not None and study.hazard_ratio is not None and study.ci95[0] > 1


def _source(one: Match) -> str:
    return one.claim.source or BUILT_IN


def _voices(said: list[Said], scene: Scene) -> Iterator[Voice]:
    """In the order of sources and stances; what fits this patient, and names the drug, first."""
    table: dict[tuple[int, int, bool, str], list[Match]] = {}
    for one, of_class in said:
        place = scene.read.index(_source(one)), _STANCES.index(stance_of(one))
        unmet = one.setting.answer is Answer.UNMET
        table.setdefault((*place, unmet, of_class), []).append(one)
    for key in sorted(table):
        yield _voice(key, table[key], scene)


def _voice(key: tuple[int, int, bool, str], said: list[Match], scene: Scene) -> Voice:
    source, stance, unmet, of_class = key
    home = [one for one in said if one.disease is Answer.MET]
    best = min(home or said, key=_strength)
    years = sorted(year for one in home or said for year in _years(one))
    return Voice(
        source=scene.read[source],
        stance=_STANCES[stance],
        level=_level(best),
        strength=_strength(best),
        items=len(home),
        elsewhere=len(said) - len(home),
        clinical=any(_clinical(one) for one in home or said),
        newest=years[-1] if years else None,
        oldest=years[0] if years else None,
        alterations=_once(label for one in said for label in one.biomarker.alterations),
        diseases=tuple(sorted({scene.name(code) for one in home for code in one.claim.disease})),
        settings=_once(str(one.claim.setting) for one in said if one.claim.setting),
        fits=not unmet,
        of_class=of_class,
        each=tuple(dict.fromkeys(one.biomarker.alterations for one in home or said)),
        claims=tuple(sorted(one.claim.id for one in said)),
        facts=_once(fact.source_id for one in (*home, *said) for fact in one.claim.facts),
    )


def _level(one: Match) -> str:
    """As the source grades it; computed for the built-in knowledge."""
    if _source(one) == BUILT_IN:
        grade = one.grades.amp
        return f"AMP {grade.tier}-{grade.level}" if grade.level else ""
    levels = sorted(study.level for study in one.claim.studies if study.level)
    return levels[0] if levels else ""


def _strength(one: Match) -> int:
    claim = one.claim
    if any(a.stands for a in claim.approvals) or claim.guidelines:
        return 0
    return 1 + min((_KINDS.index(study.kind) for study in claim.studies), default=len(_KINDS))


def _clinical(one: Match) -> bool:
    claim = one.claim
    regulated = bool(claim.approvals or claim.guidelines)
    return regulated or any(study.kind.clinical for study in claim.studies)


def _years(one: Match) -> Iterable[int]:
    for fact in one.claim.facts:
        if isinstance(fact, (Study, Guideline)):
            if fact.year:
                yield fact.year
        elif fact.on:
            yield fact.on.year


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _place(one: Compared) -> tuple[int, int, tuple[str, ...]]:
    yes = [v for v in one.voices if v.stance is Stance.FOR and v.fits]
    home = any(v.at_home for v in yes)
    return (0 if home else 1 if yes else 2, min((v.strength for v in yes), default=99), one.therapy)
