"""Why an option stands where it stands, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onkos.model import ANY_MARKER, Answer, Match, Study
from onkos.plan.order import strongest

NO_LABEL = "no approval recorded that asks for this marker"
_PRECISION = {
    5: "matches the very change",
    4: "matches the residue or event",
    3: "matches the region or the measured value",
    2: "matches a class of change",
    1: "matches the gene only",
    0: "rests on no finding of the tumour",
}


def rank_reasons(
    matches: Sequence[Match], beaten_by: tuple[str, ...], given: bool
) -> tuple[str, ...]:
    """Sentences in the order in which they decide.

    Parameters
    ----------
    matches : sequence of Match
        Best first.
    """
    return tuple(dict.fromkeys(_sentences(matches, beaten_by, given)))


def _sentences(matches: Sequence[Match], beaten_by: tuple[str, ...], given: bool) -> Iterator[str]:
    if given:
        yield "given before: ranks behind what was not"
    if all(m.claim.all_unverified for m in matches):
        yield "no fact behind it was looked up: ranks behind those that were"
    yield from _labels(matches)
    if not matches[0].approvals and matches[0].setting.answer is Answer.UNMET:
        yield f"shown in another setting: {matches[0].claim.setting}"
    if beaten_by:
        yield f"superseded head to head by {', '.join(beaten_by)}"
    for match in matches:
        if match.disease is Answer.MET:
            yield from (
                f"recommended: {g.source_id}" for g in match.claim.guidelines if g.recommends
            )
    study = strongest(matches[0])
    if study is not None:
        yield f"strongest study: {study_sentence(study)}"
    yield _PRECISION[max(m.biomarker.precision for m in matches)]


def _labels(matches: Sequence[Match]) -> Iterator[str]:
    """One sentence for each setting, with all regulators that approve it there."""
    by_setting: dict[tuple[str, Answer, tuple[str, ...]], list[str]] = {}
    for match in matches:
        for a in match.approvals if match.verdict is Answer.MET else ():
            day = a.on or "on a date not looked up"
            marks = [a.unverified and "not verified", a.any_marker and ANY_MARKER]
            told = ", ".join(mark for mark in marks if mark)
            who = f"{a.regulator} {day}{f' ({told})' if told else ''}"
            key = (a.setting, a.setting_verdict, a.setting_reasons)
            by_setting.setdefault(key, []).append(who)
    for (setting, verdict, reasons), who_all in by_setting.items():
        where = f"for {setting}: {verdict}" if setting else "in any setting"
        why = f" ({'; '.join(reasons)})" if verdict < Answer.MET else ""
        yield f"approved here by {', '.join(dict.fromkeys(who_all))} {where}{why}"
    if not by_setting:
        yield _why_not_approved(matches[0])


def _why_not_approved(match: Match) -> str:
    if match.disease is Answer.UNKNOWN:
        return match.disease_reason
    if match.disease is Answer.UNMET:
        return f"borrowed from another disease: {match.disease_reason}"
    gone = [a for a in match.claim.approvals if not a.stands]
    if gone:
        return f"approval withdrawn: {', '.join(a.source_id for a in gone)}"
    elsewhere = ", ".join(a.source_id for a in match.claim.approvals)
    return f"approved elsewhere only: {elsewhere}" if elsewhere else NO_LABEL


def study_sentence(study: Study) -> str:
    """One study in one line: name, kind, n, endpoint and result.

    >>> from onkos.model import StudyKind
    >>> study_sentence(Study(name="FLAURA", kind=StudyKind.RANDOMISED, n=556, endpoint="PFS",
    ...     hazard_ratio=0.46, ci95=(0.37, 0.57), pmid=29151359))
    'FLAURA, randomised, n = 556, PFS, hazard ratio 0.46 (0.37 to 0.57)'
    """
    parts = [study.name or study.source_id, str(study.kind)]
    if study.n:
        parts.append(f"n = {study.n}")
    if study.endpoint:
        parts.append(study.endpoint)
    if study.hazard_ratio is not None:
        interval = f" ({study.ci95[0]:g} to {study.ci95[1]:g})" if study.ci95 else ""
        parts.append(f"hazard ratio {study.hazard_ratio:g}{interval}")
    if study.response_rate is not None:
        parts.append(f"response rate {study.response_rate:.0%}")
    if not study.positive:
        parts.append("contrary")
    if study.unverified:
        parts.append("not verified")
    return ", ".join(parts)
