"""Risk, karyotypes and agents under investigation in JSON's terms."""

from __future__ import annotations

from typing import Any

from onkos.model import KaryotypeReading, Tried
from onkos.model.risk import Classified

Json = dict[str, Any]


def classified_json(found: Classified) -> Json:
    """One classification; empty `possible` where it does not apply."""
    return {
        "scheme": found.scheme,
        "name": found.name,
        "possible": list(found.possible),
        "best": found.best or None,
        "worst": found.worst or None,
        "central": found.central or None,
        "score": list(found.score) or None,
        "clauses": [
            {"name": c.name, "result": c.result or None, "answer": str(c.answer),
             "reasons": list(c.reasons), "points": list(c.points) or None, "decides": c.decides}
            for c in found.clauses
        ],
        "remarks": list(found.remarks),
        "why_not": found.why_not or None,
        "missing": [question.text for question in found.missing],
        "source": found.source,
        "unverified": found.unverified,
    }  # fmt: skip


def karyotype_json(read: KaryotypeReading) -> Json:
    """One karyotype as read; `most` is null where there is no upper bound."""
    least, most = read.abnormalities
    return {
        "text": read.text,
        "abnormalities": {"least": least, "most": most if most >= 0 else None},
        "clonal": list(read.clonal),
        "single": list(read.single),
        "shows": list(read.shows),
        "may_show": list(read.may_show),
        "clones": list(read.clones),
        "metaphases": read.metaphases,
        "remarks": list(read.remarks),
        "unread": list(read.unread),
        "sample": read.sample or None,
    }


def tried_json(tried: Tried) -> Json:
    """One agent that is no option, with the trials that were read."""
    agent = tried.agent
    return {
        "id": agent.id,
        "therapy": list(agent.therapy),
        "target": agent.target,
        "mechanism": agent.mechanism,
        "standing": agent.standing,
        "found": agent.found,
        "status": agent.status,
        "criterion": str(agent.when) if agent.when is not None else None,
        "criterion_verdict": str(tried.marker.answer) if tried.marker else None,
        "sources": [study.source_id for study in agent.studies],
        "unverified": agent.unverified,
    }
