"""OncoKB: answers of its API about one alteration, as the user's token lets them be fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onkos.errors import Unreadable
from onkos.model import Claim, Effect, Study, StudyKind, Unread, Vocabulary
from onkos.sources.knowledge.adapters.moa import AssertionReader
from onkos.sources.knowledge.adapters.statement import (
    Statement,
    as_the_format_says,
    claims_of,
    content_id,
    regimen_of,
)
from onkos.sources.knowledge.json_file import read_json, unread_entry
from onkos.sources.patient.tables import Rejected

SOURCE = "OncoKB"
Node = dict[str, Any]
# What a level assures, and no more: 1, 2 and R1 that a regulator or a guideline says so, 3 that
# patients answered, 4 and R2 what biology or cases suggest.
_KINDS = {
    "LEVEL_1": StudyKind.RETROSPECTIVE,
    "LEVEL_2": StudyKind.RETROSPECTIVE,
    "LEVEL_3A": StudyKind.RETROSPECTIVE,
    "LEVEL_4": StudyKind.PRECLINICAL,
    "LEVEL_R1": StudyKind.RETROSPECTIVE,
    "LEVEL_R2": StudyKind.CASE,
}
_ELSEWHERE = "a level of the same claim in another disease; it is told with that disease"


def read(path: Path, vocabulary: Vocabulary) -> Iterator[Claim | Unread]:
    """Claims of answers of ``annotate/mutations/byProteinChange`` and its like, one or a list.

    The alteration is that of the answer's own ``query``; an answer without one names nothing
    that its treatments could be claimed of.

    Raises
    ------
    Unreadable
        Where the file holds no answer.
    """
    content = read_json(path)
    answers = content if isinstance(content, list) else [content]
    answers = [one for one in answers if isinstance(one, dict) and "treatments" in one]
    if not answers:
        raise Unreadable(path.name, ["no answer with treatments; give those of OncoKB's API"])
    reader = AssertionReader(vocabulary)
    for number, answer in enumerate(answers, 1):
        treatments = answer["treatments"]
        for treatment in treatments if isinstance(treatments, list) else [treatments]:
            try:
                with as_the_format_says():
                    claims = list(_claims(answer, treatment, reader))
                yield from claims
            except Rejected as why:
                yield unread_entry(path.name, number, why, _said(answer, treatment)[:80])


def _claims(answer: Node, treatment: Any, reader: AssertionReader) -> Iterator[Claim]:
    if not isinstance(treatment, dict):
        raise Rejected("treatments", "no treatment")
    level = str(treatment.get("level") or "")
    if level in {"LEVEL_3B"}:
        raise Rejected("level", _ELSEWHERE)
    if level not in _KINDS:
        raise Rejected("level", f"{level or 'nothing'} is no level of OncoKB for a treatment")
    words = _words(answer)
    names = [str(one.get("drugName") or "") for one in treatment.get("drugs") or ()]
    cancer = treatment.get("levelAssociatedCancerType") or treatment.get("cancerType") or {}
    name = str(cancer.get("name") or (cancer.get("mainType") or {}).get("name") or "")
    term = reader.term({"name": name, "oncotree_code": str(cancer.get("code") or "")})
    papers = [str(one) for one in treatment.get("pmids") or ()]
    excluded = treatment.get("levelExcludedCancerTypes")
    if excluded:
        raise Rejected("levelExcludedCancerTypes", "leaves out diseases below its own")
    yield from claims_of(
        Statement(
            id=f"oncokb:{content_id(words, level, name, *sorted(names))}",
            source=SOURCE,
            words=words,
            when=reader.features.profiles.read(words),
            effect=Effect.RESISTANCE if level.startswith("LEVEL_R") else Effect.BENEFIT,
            terms=(term,),
            regimens=(regimen_of(names, reader.drugs, reader.vocabulary),),
            studies=tuple(_studies(level, papers)),
            note=_version(answer),
        ),
        reader.vocabulary,
    )


def _studies(level: str, papers: list[str]) -> Iterator[Study]:
    for paper in dict.fromkeys(papers) or [""]:
        known = paper.isdigit()
        yield Study(
            kind=_KINDS[level],
            name="" if known else SOURCE,
            pmid=int(paper) if known else None,
            level=level,
            source="" if known else "oncokb.org",
            note=f"OncoKB {level}",
        )


def _words(answer: Node) -> str:
    query = answer.get("query") or {}
    gene, change = str(query.get("hugoSymbol") or ""), str(query.get("alteration") or "")
    if not gene or not change:
        remedy = "keep the answer whole, with the query that it answers"
        raise Rejected("query", "the answer does not say which alteration it is of", remedy=remedy)
    return f"{gene} {change}"


def _said(answer: Node, treatment: Any) -> str:
    query = answer.get("query")
    query = query if isinstance(query, dict) else {}
    drugs = treatment.get("drugs") if isinstance(treatment, dict) else ()
    listed = drugs if isinstance(drugs, list) else ()
    names = " + ".join(str(one.get("drugName")) for one in listed if isinstance(one, dict))
    return f"{query.get('hugoSymbol') or '?'} {query.get('alteration') or '?'}: {names}"


def _version(answer: Node) -> str:
    version = str(answer.get("dataVersion") or "")
    return f"data version {version}" if version else ""
