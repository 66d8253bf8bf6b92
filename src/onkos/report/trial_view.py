"""Trials of a case as every form shows them: the answer, why, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from onkos.model import Answer
from onkos.model.trial import Part, Polarity
from onkos.model.trial_match import Asked, LevelMatch, TrialMatch
from onkos.report.clean import one_line
from onkos.report.next_view import grouped

HEADINGS = {
    Answer.MET: "Every criterion that was read is met",
    Answer.UNKNOWN: "Not ruled out: something is not known",
    Answer.UNMET: "Not met now",
}
MOST_TRIALS = 15  # of one answer, on a page; the JSON holds all
_UNREAD = 4  # sentences not read that are named in a sentence
_SAID = 3  # genes of one kind of test that are named in a sentence
Section = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialView:
    """One trial in sentences.

    Attributes
    ----------
    fits, missing, untested, not_read, stands, cautions : tuple of str
        What of the tumour fits; what to find out; markers that no test settled, and words that
        were not understood, on which the answer hangs; what stands in the way, with how it may be
        overcome; what to know.
    arms : tuple of str
        Steps, arms and dose levels with criteria of their own, each with its own answer, where
        there are several.
    """

    name: str
    title: str
    answer: str
    heading: str
    why: str
    open: bool
    fits: tuple[str, ...]
    missing: tuple[str, ...]
    untested: tuple[str, ...]
    not_read: tuple[str, ...]
    stands: tuple[str, ...]
    cautions: tuple[str, ...]
    arms: tuple[str, ...]
    place: str


def trial_views(found: Iterable[TrialMatch]) -> tuple[TrialView, ...]:
    """What every form renders, in the order of the ranking."""
    return tuple(map(_view, found))


def trials_section(found: Iterable[TrialMatch], most: int | None = None) -> Iterator[Section]:
    """Trials by answer, one sentence or two each; of each answer at most `most`."""
    matches = tuple(found)
    shared = _shared(matches)
    if shared:
        yield "Trials: what holds for all of them", shared
    views = tuple(_view(match, shared) for match in matches)
    for heading in HEADINGS.values():
        here = [view for view in views if view.heading == heading]
        if not here:
            continue
        shown = here[:most]
        rest = len(here) - len(shown)
        more = (f"and {rest} more",) if rest else ()
        yield f"Trials: {heading}", (*map(sentence, shown), *more)


def _shared(matches: tuple[TrialMatch, ...]) -> tuple[str, ...]:
    """Cautions of every one of several trials, told once."""
    if len(matches) < 2:
        return ()
    return tuple(c for c in matches[0].cautions if all(c in m.cautions for m in matches))


def sentence(view: TrialView) -> str:
    """One trial in one paragraph, what is not tested never left out."""
    parts = [f"{view.name}, {view.title}" if view.title else view.name]
    if not view.open:
        parts[0] += " (TAKES NO PATIENTS NOW)"
    parts.append(view.why)
    for name, words in (
        ("fits by", view.fits),
        ("by part", view.arms),
        ("NOT TESTED", view.untested),
        ("NOT READ", view.not_read),
        ("find out", view.missing),
        ("stands in the way", view.stands),
        ("note", view.cautions),
    ):
        if words:
            parts.append(f"{name}: {'; '.join(words)}")
    if view.place:
        parts.append(f"nearest site: {view.place}")
    return one_line(". ".join(parts))


def _view(match: TrialMatch, told: tuple[str, ...] = ()) -> TrialView:
    asked = {one.criterion: one for level in match.levels for one in level.criteria}.values()
    fits = (one for one in asked if one.answer is Answer.MET and one.alterations)
    return TrialView(
        name=match.id,
        title=one_line(match.title),
        answer=str(match.answer),
        heading=HEADINGS[match.answer],
        why="; ".join(match.reasons),
        open=match.open,
        fits=tuple(dict.fromkeys(label for one in fits for label in one.alterations)),
        missing=grouped(match.missing, most=_SAID),
        untested=match.untested,
        not_read=_few(match.not_read),
        stands=tuple(_stands(one) for one in match.unmet),
        cautions=tuple(caution for caution in match.cautions if caution not in told),
        arms=tuple(map(_arm, match.levels)) if len(match.levels) > 1 else (),
        place=f"{match.nearest_site}, {match.distance_km:.0f} km"
        if match.distance_km is not None
        else "",
    )


def _few(said: tuple[str, ...]) -> tuple[str, ...]:
    """The first sentences that were not read, and how many more there are."""
    rest = len(said) - _UNREAD
    return (*said[:_UNREAD], f"and {rest} more") if rest > 0 else said


def _arm(level: LevelMatch) -> str:
    return f"{level.label} {level.answer}{' (suspended)' if level.suspended else ''}"


def _stands(asked: Asked) -> str:
    why = "; ".join(asked.reasons) or said_of(asked)
    if asked.part is Part.TEXT:
        why += f' ("{asked.text}", {asked.note})'
    return f"{why} ({asked.recovery} may change it)" if asked.recovery else why


def said_of(asked: Asked) -> str:
    """What was asked, in the language or in the source's words."""
    said = asked.criterion or f"not read: {asked.text}"
    return f"excluded: {said}" if asked.polarity is Polarity.EXCLUDED else said


def trial_json(match: TrialMatch) -> dict[str, Any]:
    """One trial in JSON's types, every criterion with its answer."""
    return {
        "id": match.id,
        "title": match.title,
        "status": str(match.status),
        "open": match.open,
        "phases": list(match.phases),
        "interventions": list(match.interventions),
        "answer": str(match.answer),
        "recoverable": match.recoverable,
        "reasons": list(match.reasons),
        "missing": [question.text for question in match.missing],
        "untested": list(match.untested),
        "not_read": list(match.not_read),
        "unmet": [_asked_json(asked) for asked in match.unmet],
        "cautions": list(match.cautions),
        "biomarker": match.biomarker,
        "disease": match.disease,
        "distance_km": None if match.distance_km is None else round(match.distance_km, 1),
        "nearest_site": match.nearest_site or None,
        "levels": [_level_json(level) for level in match.levels],
        "updated": match.updated or None,
        "source": match.source,
    }


def _level_json(level: LevelMatch) -> dict[str, Any]:
    return {
        "label": level.label,
        "description": level.description,
        "suspended": level.suspended,
        "answer": str(level.answer),
        "criteria": [_asked_json(asked) for asked in level.criteria],
    }


def _asked_json(asked: Asked) -> dict[str, Any]:
    return {
        "text": asked.text,
        "part": str(asked.part),
        "criterion": asked.criterion or None,
        "polarity": str(asked.polarity),
        "answer": str(asked.answer),
        "decides": asked.decides,
        "reasons": list(asked.reasons),
        "alterations": list(asked.alterations),
        "missing": [question.text for question in asked.missing],
        "recovery": str(asked.recovery) or None,
        "note": asked.note or None,
    }
