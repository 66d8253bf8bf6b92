"""Whether sources agree on a regimen, and what explains it where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onkos.model import Consensus, Stance, Voice

MOST = 3  # diseases named of one side
UNEXPLAINED = "nothing explains it: read both"


def consensus(voices: Sequence[Voice]) -> Consensus:
    """Where all sources together stand.

    Examples
    --------
    >>> says_yes = Voice(source="A", stance=Stance.FOR)
    >>> print(consensus([says_yes, Voice(source="B", stance=Stance.AGAINST)]))
    conflict
    >>> print(consensus([Voice(source="A", stance=Stance.FOR, items=0, elsewhere=2)]))
    supported in other diseases
    """
    yes = [voice for voice in voices if voice.stance is Stance.FOR]
    no = [voice for voice in voices if voice.stance is Stance.AGAINST]
    if yes and no:
        return Consensus.CONFLICT
    if no:
        return Consensus.CONTRADICTED
    if not yes:
        return Consensus.OPEN
    home = [voice for voice in yes if voice.at_home]
    if not home:
        return Consensus.ELSEWHERE
    return Consensus.SUPPORTED if any(v.clinical for v in home) else Consensus.MODELS_ONLY


def reasons(voices: Sequence[Voice]) -> tuple[str, ...]:
    """Every reason that explains a conflict; empty where there is none."""
    yes = [voice for voice in voices if voice.stance is Stance.FOR]
    no = [voice for voice in voices if voice.stance is Stance.AGAINST]
    if not (yes and no):
        return ()
    return tuple(_reasons(yes, no)) or (UNEXPLAINED,)


def _reasons(yes: list[Voice], no: list[Voice]) -> Iterator[str]:
    yield from _another_change(yes, no)
    yield from _another_disease(yes, no)
    yield from _wider_disease(yes, no)
    yield from _another_setting(yes, no)
    yield from _models(yes, no)
    yield from _levels(yes, no)
    yield from _dates(yes, no)


def _another_change(yes: list[Voice], no: list[Voice]) -> Iterator[str]:
    """Resistance by a second change, as of EGFR C797S to what EGFR L858R asks for."""
    wanted = {label for voice in yes for label in voice.alterations}
    for_it = sorted(wanted)
    against = sorted({label for voice in no for label in voice.alterations} - wanted)
    if against and for_it:
        yield f"another change: {', '.join(for_it)} for it, {', '.join(against)} against it"


def _another_disease(yes: list[Voice], no: list[Voice]) -> Iterator[str]:
    home_for, home_against = any(v.at_home for v in yes), any(v.at_home for v in no)
    if home_against and not home_for:
        yield "another population: for it in other diseases, against it in this one"
    if home_for and not home_against:
        yield "another population: for it in this disease, against it in others"


def _wider_disease(yes: list[Voice], no: list[Voice]) -> Iterator[str]:
    """Said of all solid tumours on one side, of this one alone on the other."""
    of_yes = {disease for voice in yes for disease in voice.diseases}
    of_no = {disease for voice in no for disease in voice.diseases}
    if of_yes and of_no and not of_yes & of_no:
        yield f"another population: for it in {_few(of_yes)}, against it in {_few(of_no)}"


def _few(names: set[str]) -> str:
    first = sorted(names)[:MOST]
    more = len(names) - len(first)
    return ", ".join(first) + (f" and {more} more" if more else "")


def _another_setting(yes: list[Voice], no: list[Voice]) -> Iterator[str]:
    of_yes = {setting for voice in yes for setting in voice.settings}
    of_no = {setting for voice in no for setting in voice.settings}
    if of_yes and of_no and not of_yes & of_no:
        told = f"{'; '.join(sorted(of_yes))} for it, {'; '.join(sorted(of_no))} against it"
        yield f"another line or setting: {told}"


def _models(yes: list[Voice], no: list[Voice]) -> Iterator[str]:
    treated_for, treated_against = any(v.clinical for v in yes), any(v.clinical for v in no)
    if treated_for and not treated_against:
        yield "patients for it, models against it"
    if treated_against and not treated_for:
        yield "models for it, patients against it"


def _levels(yes: list[Voice], no: list[Voice]) -> Iterator[str]:
    """One source that grades what speaks for it otherwise than what speaks against it."""
    against = {voice.source: voice.level for voice in no if voice.at_home and voice.level}
    for voice in yes:
        other = against.get(voice.source, voice.level)
        if voice.at_home and voice.level and other != voice.level:
            yield f"weight: {voice.source} for it at {voice.level}, against it at {other}"


def _dates(yes: list[Voice], no: list[Voice]) -> Iterator[str]:
    """Where all that one side rests on is newer than all of the other."""
    for side, other, word in ((yes, no, "for"), (no, yes, "against")):
        first = min((v.oldest for v in side if v.oldest), default=None)
        last = max((v.newest for v in other if v.newest), default=None)
        if first is not None and last is not None and first > last:
            contrary = "against" if word == "for" else "for"
            yield f"newer: {word} it from {first} on, {contrary} it until {last}"
