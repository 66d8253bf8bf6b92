"""The order of trials: those that the patient fits first, and why each stands where it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from onkos.model import Answer
from onkos.model.trial import StudyType, TrialStatus
from onkos.model.trial_match import TrialMatch
from onkos.trials.prepared import NO_OPEN_ARM

_STATUSES = {status: place for place, status in enumerate(TrialStatus)}
_PRECISE = {5: "the very change", 4: "the residue", 3: "the region or value", 2: "the class of "
            "change", 1: "the gene"}  # fmt: skip
_FAR = 1e9  # stands behind every distance where none is known


def ranked(found: Iterable[TrialMatch]) -> tuple[TrialMatch, ...]:
    """Best first, each with its reasons.

    In this order: the answer, what words read by machine alone speak against before what is
    unmet; whether it treats, or only watches; whether patients are taken now,
    an unknown status between open and closed; trials before expanded access; how exactly the
    marker fits; how fine a diagnosis is asked for; fewer things missing; the later phase; status;
    distance.
    """
    best = sorted(found, key=_key)
    return tuple(replace(match, reasons=tuple(_reasons(match))) for match in best)


def _key(match: TrialMatch) -> tuple[object, ...]:
    return (
        -match.answer,
        0 if match.by_words else 1,
        not match.study_type.gives_treatment,
        2 if match.closed else int(not match.open),
        match.study_type is StudyType.EXPANDED_ACCESS,
        -match.biomarker,
        -match.disease,
        len(match.missing) + len(match.not_read),
        -phase_of(match.phases),
        _STATUSES[match.status],
        _FAR if match.distance_km is None else match.distance_km,
        match.id,
    )


def phase_of(phases: tuple[str, ...]) -> float:
    """The latest phase as a number; an early phase 1 counts a half, no phase 0."""
    numbers = (float(p.split()[-1]) - 0.5 * p.startswith("early") for p in phases)
    return max(numbers, default=0.0)


def _reasons(match: TrialMatch) -> Iterator[str]:
    if match.answer is Answer.MET:
        yield "every criterion that was read is met"
    elif match.answer is Answer.UNKNOWN:
        counts = ((len(match.missing), "not known"), (len(match.not_read), "not read"))
        yield ", ".join(f"{n} {word}" for n, word in counts if n) or "not known"
    elif match.by_words:
        yield "words read by machine speak against it"
    else:
        yield "not met now, but may come to be" if match.recoverable else "not met"
    status = str(match.status) if match.status.known else "status not known"
    yield f"{status}, but {NO_OPEN_ARM}" if match.shut else status
    if match.study_type not in {StudyType.TRIAL, StudyType.UNKNOWN}:
        yield str(match.study_type)
    if match.biomarker:
        yield f"marker fits by {_PRECISE[match.biomarker]}"
    if match.disease:
        yield "for this kind of tumour"
    if match.phases:
        yield f"phase {'/'.join(match.phases)}"
    if match.distance_km is not None:
        yield f"{match.distance_km:.0f} km"
