"""Sentences that text and Markdown share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onkos.report.claim_view import ClaimView, StudyFact
from onkos.report.links import Source
from onkos.report.option_view import ApprovalLine, OptionView
from onkos.report.phrases import counted

_SETTING = {"met": "setting met", "unknown": "setting unknown", "unmet": "other setting"}


def approval_sentences(option: OptionView) -> Iterator[str]:
    """Where the regimen may be had, best first; fit for any form without markup."""
    for line in option.fitting:
        yield f"{line.names}, {_verdict(line)}"
    if option.other:
        number = sum(len(line.who) for line in option.other)
        settings = "; ".join(f"{line.setting or 'any'} ({line.verdict})" for line in option.other)
        yield f"and {counted(number, 'approval')} here for: {settings}"
    for word in option.elsewhere:
        yield f"from: {word}" if option.standing.name == "BORROWED" else word
    if not option.approvals and not option.elsewhere:
        yield "not approved here"


def _verdict(line: ApprovalLine) -> str:
    word = _SETTING[line.verdict]
    why = line.setting if line.verdict == "unmet" else line.why
    return f"{word}: {why}" if why else word


def claim_sentence(claim: ClaimView, studies: bool = True, named: bool = False) -> str:
    """A claim in one sentence: what, where, whether it holds, and the studies behind it.

    ``named`` says the regimen, too, where no heading above does.
    """
    what = f"{claim.effect}: {claim.condition}" if claim.condition else claim.effect
    if named and claim.therapy:
        what = f"{claim.therapy}: {what}"
    doubt = " (not verified)" if claim.unverified else ""
    shown = [study_sentence(study) for study in claim.studies] if studies else []
    gone = [
        f"{fact.regulator} approval withdrawn {fact.withdrawn}"
        for fact in claim.approvals
        if fact.withdrawn
    ]
    return "; ".join([f"{what}{doubt} where {claim.criterion}: {claim.verdicts}", *gone, *shown])


def study_sentence(study: StudyFact) -> str:
    """A study in one phrase."""
    marks = ("contrary" if study.contrary else "", "not verified" if study.unverified else "")
    against = f"v {study.comparator}" if study.comparator else ""
    parts = (
        study.design,
        f"n = {study.n}" if study.n else "",
        study.endpoint,
        against,
        study.result,
        *marks,
    )
    return " ".join(filter(None, (study.name, f"({', '.join(filter(None, parts))})")))


def source_words(sources: Iterable[Source]) -> str:
    """Identifiers with their marks."""
    return ", ".join(
        source.text
        + (" (not verified)" if source.unverified else "")
        + (" (contrary)" if source.contrary else "")
        for source in sources
    )
