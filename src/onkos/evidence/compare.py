"""What every source says of each regimen for one case, and why they differ where they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from onkos.evidence.conflict import consensus, reasons
from onkos.evidence.match import REGULATORS, match
from onkos.model import (
    TREATMENT_EFFECTS,
    Answer,
    Case,
    Compared,
    Effect,
    Finding,
    Guideline,
    Knowledge,
    Match,
    NotAssessed,
    Stance,
    Study,
    StudyKind,
    Voice,
)

BUILT_IN = "onkos"
_KINDS = tuple(StudyKind)


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
    table: dict[frozenset[str], list[Match]] = {}
    waiting: dict[frozenset[str], list[Match]] = {}
    for one in (*matches, *theirs):
        if one.biomarker.answer is Answer.MET and one.claim.effect in TREATMENT_EFFECTS:
            table.setdefault(frozenset(one.claim.therapy), []).append(one)
        elif one.biomarker.answer is Answer.UNKNOWN and one.claim.effect is Effect.BENEFIT:
            waiting.setdefault(frozenset(one.claim.therapy), []).append(one)
    read = tuple(dict.fromkeys((BUILT_IN, *knowledge.beside_names)))
    name = knowledge.vocabulary.tree.name
    found = (_compared(said, waiting.get(key, []), read, name) for key, said in table.items())
    return tuple(sorted(found, key=_place))


def _compared(
    said: list[Match], waiting: list[Match], read: tuple[str, ...], name: Callable[[str], str]
) -> Compared:
    voices = tuple(
        _voice(source, stance, of_it, name)
        for source in read
        for stance in Stance
        if (of_it := [m for m in said if _source(m) == source and stance_of(m) is stance])
    )
    heard = {voice.source for voice in voices}
    here = {voice.source for voice in voices if voice.at_home}
    asks = {one: _once(_asked(waiting, one)) for one in read if one not in here}
    return Compared(
        therapy=min(one.claim.therapy for one in said),
        voices=voices,
        consensus=consensus(voices),
        why=reasons(voices),
        asks=tuple(f"{one}: {'; '.join(when)}" for one, when in asks.items() if when),
        silent=tuple(one for one, when in asks.items() if not when and one not in heard),
    )


def _asked(waiting: list[Match], source: str) -> Iterable[str]:
    """What must be found in this disease before a source speaks for the regimen."""
    return (
        str(one.claim.when)
        for one in waiting
        if _source(one) == source and one.disease is Answer.MET
    )


def stance_of(one: Match) -> Stance:
    """For, against, or neither where all that a claim of resistance rests on denies it."""
    claim = one.claim
    if claim.effect is Effect.BENEFIT:
        return Stance.FOR
    denied = claim.studies and not any(study.positive for study in claim.studies)
    if denied and not (claim.approvals or claim.guidelines):
        return Stance.NEITHER
    return Stance.AGAINST


def _source(one: Match) -> str:
    return one.claim.source or BUILT_IN


def _voice(source: str, stance: Stance, said: list[Match], name: Callable[[str], str]) -> Voice:
    home = [one for one in said if one.disease is Answer.MET]
    best = min(home or said, key=_strength)
    years = sorted(year for one in home or said for year in _years(one))
    return Voice(
        source=source,
        stance=stance,
        level=_level(best),
        strength=_strength(best),
        items=len(home),
        elsewhere=len(said) - len(home),
        clinical=any(_clinical(one) for one in home or said),
        newest=years[-1] if years else None,
        oldest=years[0] if years else None,
        alterations=_once(label for one in said for label in one.biomarker.alterations),
        diseases=tuple(sorted({name(code) for one in home for code in one.claim.disease})),
        settings=_once(str(one.claim.setting) for one in said if one.claim.setting),
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
    speaks_for = [v.strength for v in one.voices if v.stance is Stance.FOR]
    home = any(v.at_home for v in one.voices if v.stance is Stance.FOR)
    return (0 if home else 1 if speaks_for else 2, min(speaks_for, default=99), one.therapy)
