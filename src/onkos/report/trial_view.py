"""Trials of a case as every form shows them: the answer, why, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from onkos.model import Answer
from onkos.model.trial import Part, Polarity, StudyType
from onkos.model.trial_match import Asked, LevelMatch, TrialCounts, TrialMatch
from onkos.report.clean import one_line
from onkos.report.next_view import grouped
from onkos.report.phrases import counted

MET = "Every criterion that was read is met"
OPEN = "Not ruled out: something is not known"
BY_WORDS = "Words read by machine speak against it: look"
NOT_NOW = "Not met now"
RULED_OUT = "Ruled out"
HEADINGS = (MET, OPEN, BY_WORDS, NOT_NOW, RULED_OUT)
COUNTED = "Trials: how many were read, and what ruled out the rest"
MOST_TRIALS = 15  # of one answer, on a page; the JSON holds all
_UNREAD = 4  # sentences not read that are named in a sentence
_SAID = 3  # genes of one kind of test that are named in a sentence
Section = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialView:
    """One trial in sentences.

    Attributes
    ----------
    marks : tuple of str
        What of the study itself must not be overlooked, in capitals.
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
    marks: tuple[str, ...]
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


def heading_of(match: TrialMatch) -> str:
    """Under which heading a trial stands."""
    if match.answer is not Answer.UNMET:
        return MET if match.answer is Answer.MET else OPEN
    if match.by_words:
        return BY_WORDS
    return NOT_NOW if match.recoverable else RULED_OUT


def trials_section(
    found: Iterable[TrialMatch], counts: TrialCounts | None = None, most: int | None = None
) -> Iterator[Section]:
    """Trials by answer, one sentence or two each; of each answer at most `most`.

    With `counts` also how many were read, and by what kind of criterion those that are not
    listed were ruled out.
    """
    matches = tuple(found)
    if counts is not None:
        yield COUNTED, tuple(counted_lines(counts))
    shared = _shared(matches)
    if shared:
        yield "Trials: what holds for all of them", shared
    views = tuple(_view(match, shared) for match in matches)
    for heading in HEADINGS:
        here = [view for view in views if view.heading == heading]
        if not here:
            continue
        shown = here[:most]
        rest = len(here) - len(shown)
        more = (f"and {rest} more",) if rest else ()
        yield f"Trials: {heading}", (*map(sentence, shown), *more)


def counted_lines(counts: TrialCounts) -> Iterator[str]:
    """What became of all trials, in two sentences."""
    listed = [
        (counts.not_ruled_out, "not ruled out"),
        (counts.by_words, "with words against them that a machine read in free text, listed apart"),
        (counts.not_now, "not met now, which may change"),
    ]
    said = "; ".join(f"{number} {words}" for number, words in listed if number)
    yield f"{counted(counts.read, 'trial')} read: {said or 'none not ruled out'}"
    kinds = {**counts.ruled_out, "status": counts.other_status}
    rest = sum(kinds.values())
    if rest:
        named = ", ".join(f"{_KINDS[kind]} {number}" for kind, number in kinds.items() if number)
        yield f"{rest} ruled out by what the source gives apart, not by free text: {named}"


_KINDS = {
    "diagnosis": "diagnosis",
    "age": "age",
    "sex": "sex",
    "marker": "a marker",
    "treatment": "treatment or course",
    "other": "other criteria",
    "status": "a status that was not asked for",
}


def _shared(matches: tuple[TrialMatch, ...]) -> tuple[str, ...]:
    """Cautions of every one of several trials, told once."""
    if len(matches) < 2:
        return ()
    return tuple(c for c in matches[0].cautions if all(c in m.cautions for m in matches))


def sentence(view: TrialView) -> str:
    """One trial in one paragraph, what is not tested never left out."""
    parts = [f"{view.name}, {view.title}" if view.title else view.name]
    parts[0] += "".join(f" ({mark})" for mark in view.marks)
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
        heading=heading_of(match),
        why="; ".join(match.reasons),
        marks=tuple(_marks(match)),
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


def _marks(match: TrialMatch) -> Iterator[str]:
    """What must not be overlooked: no treatment is to be had by it, or perhaps none."""
    if not match.study_type.gives_treatment:
        yield f"{match.study_type.upper()}: NO TREATMENT IS GIVEN BY IT"
    elif match.study_type is StudyType.EXPANDED_ACCESS:
        yield "EXPANDED ACCESS: TREATMENT OUTSIDE A TRIAL"
    if match.closed:
        yield "TAKES NO PATIENTS NOW"
    elif not match.open:
        yield "STATUS NOT KNOWN: ASK WHETHER IT TAKES PATIENTS"


def _few(said: tuple[str, ...]) -> tuple[str, ...]:
    """The first sentences that were not read, and how many more there are."""
    rest = len(said) - _UNREAD
    return (*said[:_UNREAD], f"and {rest} more") if rest > 0 else said


def _arm(level: LevelMatch) -> str:
    return f"{level.label} {level.answer}{' (suspended)' if level.suspended else ''}"


def _stands(asked: Asked) -> str:
    why = "; ".join(asked.reasons) or said_of(asked)
    if asked.part is Part.TEXT:
        more = asked.note.removeprefix("read from free text").strip("; ")
        note = f" ({more})" if more else ""
        why = f'the text says "{asked.context or asked.text}", read as {said_of(asked)}{note}; '
        why += f"of the patient: {'; '.join(asked.reasons) or 'not so'}"
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
        "study_type": str(match.study_type) or None,
        "phases": list(match.phases),
        "interventions": list(match.interventions),
        "answer": str(match.answer),
        "recoverable": match.recoverable,
        "reasons": list(match.reasons),
        "missing": [question.text for question in match.missing],
        "untested": list(match.untested),
        "not_read": list(match.not_read),
        "unmet": [_asked_json(asked) for asked in match.unmet],
        "by_words": match.by_words,
        "cautions": list(match.cautions),
        "biomarker": match.biomarker,
        "disease": match.disease,
        "distance_km": None if match.distance_km is None else round(match.distance_km, 1),
        "nearest_site": match.nearest_site or None,
        "levels": [_level_json(level) for level in match.levels],
        "updated": match.updated or None,
        "source": match.source,
    }


def counts_json(counts: TrialCounts) -> dict[str, Any]:
    """What became of all trials, in JSON's types."""
    return {
        "read": counts.read,
        "not_ruled_out": counts.not_ruled_out,
        "by_words": counts.by_words,
        "not_now": counts.not_now,
        "other_status": counts.other_status,
        "ruled_out": dict(counts.ruled_out),
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
        **({"context": asked.context} if asked.context else {}),
    }
