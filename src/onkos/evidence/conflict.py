"""Whether sources agree on a regimen, and what explains it where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onkos.model import Consensus, Stance, Voice, decisive

Pair = tuple[Voice, Voice]
MOST = 3  # diseases named of one side
WEIGHT = "weight"  # names the source by itself
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
    >>> print(consensus([says_yes, Voice(source="B", stance=Stance.AGAINST, fits=False)]))
    supported
    """
    yes, no = sides(voices)
    if yes and no:
        return Consensus.CONFLICT
    if no:
        return Consensus.CONTRADICTED
    if not yes:
        return _undecided(voices)
    home = [v for v in voices if v.stance is Stance.FOR and v.fits and v.at_home]
    if not home:
        return Consensus.ELSEWHERE
    return Consensus.SUPPORTED if any(v.clinical for v in home) else Consensus.MODELS_ONLY


def _undecided(voices: Sequence[Voice]) -> Consensus:
    if any(voice.stance in {Stance.FOR, Stance.AGAINST} for voice in voices):
        return Consensus.OTHER_SETTING
    trials = any(voice.stance is Stance.IN_TRIALS for voice in voices)
    return Consensus.IN_TRIALS if trials else Consensus.OPEN


def sides(voices: Sequence[Voice]) -> tuple[list[Voice], list[Voice]]:
    """Voices that decide: those for, and those against, in an order of their own."""
    found = sorted(decisive(voices), key=lambda voice: (voice.source, voice.of_class))
    yes = [voice for voice in found if voice.stance is Stance.FOR]
    return yes, [voice for voice in found if voice.stance is Stance.AGAINST]


def reasons(voices: Sequence[Voice]) -> tuple[str, ...]:
    """What explains a conflict, and the pairs that nothing explains; else empty.

    Each voice for is judged with each against, so that what explains one source is not taken to
    explain another. A reason that does not hold for all of them names those that it holds for.
    """
    yes, no = sides(voices)
    table: dict[str, list[Pair]] = {}
    for one in yes:
        for other in no:
            for told in _reasons(one, other) or ("",):
                table.setdefault(told, []).append((one, other))
    unexplained = table.pop("", [])
    pairs = len(yes) * len(no)
    said = (
        told if len(found) == pairs or told.startswith(WEIGHT) else f"{told} ({_who(found)})"
        for told, found in table.items()
    )
    return (*said, *_left(unexplained, pairs))


def _left(unexplained: list[Pair], pairs: int) -> Iterator[str]:
    if unexplained and len(unexplained) == pairs:
        yield UNEXPLAINED
    elif unexplained:
        yield f"unexplained, read both: {_who(unexplained, levels=True)}"


def _who(pairs: list[Pair], *, levels: bool = False) -> str:
    """``CGI and CIViC for it, onkos against it``."""
    table: dict[str, list[str]] = {}
    for yes, no in pairs:
        table.setdefault(_called(no, levels), []).append(_called(yes, levels))
    sides: dict[str, list[str]] = {}
    for against, speaks_for in table.items():
        sides.setdefault(_and(speaks_for), []).append(against)
    return "; ".join(f"{yes} for it, {_and(no)} against it" for yes, no in sides.items())


def _and(names: list[str]) -> str:
    *first, last = dict.fromkeys(names)
    return f"{', '.join(first)} and {last}" if first else last


def _called(voice: Voice, level: bool) -> str:
    graded = level and voice.level
    said = f"level {voice.level}" if len(voice.level) == 1 else voice.level
    return f"{voice.source} ({said})" if graded else voice.source


def _reasons(yes: Voice, no: Voice) -> tuple[str, ...]:
    """Why two voices differ: of what they speak; only where that is the same, weight and date."""
    what = (_another_change, _another_disease, _wider_disease, _another_setting, _models)
    found = tuple(told for ask in what for told in ask(yes, no))
    return found or (*_levels(yes, no), *_dates(yes, no))


def _another_change(yes: Voice, no: Voice) -> Iterator[str]:
    """Resistance by a second change, as of EGFR C797S to what EGFR L858R asks for.

    Every claim against must ask for a change that none for it asks for.
    """
    wanted = set(yes.alterations)
    second = [set(own) - wanted for own in no.each or (no.alterations,)]
    if wanted and all(second):
        against = ", ".join(sorted(set().union(*second)))
        yield f"another change: {', '.join(sorted(wanted))} for it, {against} against it"


def _another_disease(yes: Voice, no: Voice) -> Iterator[str]:
    if no.at_home and not yes.at_home:
        yield "another population: for it in other diseases, against it in this one"
    if yes.at_home and not no.at_home:
        yield "another population: for it in this disease, against it in others"


def _wider_disease(yes: Voice, no: Voice) -> Iterator[str]:
    """Said of all solid tumours on one side, of this one alone on the other."""
    of_yes, of_no = set(yes.diseases), set(no.diseases)
    if of_yes and of_no and not of_yes & of_no:
        yield f"another population: for it in {_few(of_yes)}, against it in {_few(of_no)}"


def _few(names: set[str]) -> str:
    first = sorted(names)[:MOST]
    more = len(names) - len(first)
    return ", ".join(first) + (f" and {more} more" if more else "")


def _another_setting(yes: Voice, no: Voice) -> Iterator[str]:
    of_yes, of_no = set(yes.settings), set(no.settings)
    if of_yes and of_no and not of_yes & of_no:
        told = f"{'; '.join(sorted(of_yes))} for it, {'; '.join(sorted(of_no))} against it"
        yield f"another line or setting: {told}"


def _models(yes: Voice, no: Voice) -> Iterator[str]:
    if yes.clinical and not no.clinical:
        yield "patients for it, models against it"
    if no.clinical and not yes.clinical:
        yield "models for it, patients against it"


def _levels(yes: Voice, no: Voice) -> Iterator[str]:
    """One source that grades what speaks for it otherwise than what speaks against it."""
    graded = yes.at_home and no.at_home and yes.level and no.level
    if graded and yes.source == no.source and yes.level != no.level:
        yield f"{WEIGHT}: {yes.source} for it at {yes.level}, against it at {no.level}"


def _dates(yes: Voice, no: Voice) -> Iterator[str]:
    """Where all that one side rests on is newer than all of the other."""
    for side, other, word in ((yes, no, "for"), (no, yes, "against")):
        if side.oldest is not None and other.newest is not None and side.oldest > other.newest:
            contrary = "against" if word == "for" else "for"
            yield f"newer: {word} it from {side.oldest} on, {contrary} it until {other.newest}"
