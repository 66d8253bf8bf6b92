"""The part of a claim that no patient changes, in JSON's terms, made once for each claim."""

from __future__ import annotations

from typing import Any

from onkos.model import Approval, Claim, Guideline, Study, regimen_name
from onkos.report.links import claim_identifiers, identifiers

Json = dict[str, Any]
_KEPT = 20_000  # more claims than any knowledge holds; a bound all the same
_CONSTANT: dict[str, tuple[Claim, Json]] = {}
_FACTS: dict[str, tuple[Claim, Json]] = {}


def constant_part(claim: Claim) -> Json:
    """What a match says of its claim, whoever the patient. Shared: never change it."""
    kept = _CONSTANT.get(claim.id)
    if kept is not None and kept[0] is claim:
        return kept[1]
    made: Json = {
        "claim": claim.id,
        "effect": str(claim.effect),
        "therapy": list(claim.therapy),
        "criterion": str(claim.when),
        "condition": claim.condition or None,
        "mechanism": claim.mechanism or None,
        "note": claim.note or None,
        "advice": claim.advice or None,
        "cascade": claim.cascade or None,
        "sources": list(claim_identifiers(claim)),
        "unverified": claim.all_unverified,
    }
    return _keep(_CONSTANT, claim, made)


def facts_part(claim: Claim) -> Json:
    """All facts of a claim, for the map of claims. Shared: never change it."""
    kept = _FACTS.get(claim.id)
    if kept is not None and kept[0] is claim:
        return kept[1]
    made: Json = {
        "criterion": str(claim.when),
        "disease": list(claim.disease),
        "disease_except": list(claim.disease_except),
        "setting": _text(claim.setting),
        "effect": str(claim.effect),
        "over": [regimen_name(drugs) for drugs in claim.over],
        "source": claim.source,
        "approvals": [_approval(a) for a in claim.approvals],
        "guidelines": [_guideline(g) for g in claim.guidelines],
        "studies": [_study(s) for s in claim.studies],
    }
    return _keep(_FACTS, claim, made)


def _keep(table: dict[str, tuple[Claim, Json]], claim: Claim, made: Json) -> Json:
    if len(table) >= _KEPT:
        table.clear()
    table[claim.id] = (claim, made)
    return made


def _text(value: object) -> str | None:
    return str(value) if value is not None else None


def _approval(approval: Approval) -> Json:
    return {
        "regulator": approval.regulator,
        "on": _text(approval.on),
        "standing": approval.stands,
        "withdrawn_on": _text(approval.withdrawn_on),
        "accelerated": approval.accelerated,
        "setting": _text(approval.setting),
        "note": approval.note or None,
        "any_marker": approval.any_marker,
        "unverified": approval.unverified,
    }


def _guideline(guideline: Guideline) -> Json:
    return {
        "body": guideline.body,
        "title": guideline.title or None,
        "year": guideline.year,
        "version": guideline.version or None,
        "recommends": guideline.recommends,
        "sources": list(identifiers(guideline)),
        "note": guideline.note or None,
        "unverified": guideline.unverified,
    }


def _study(study: Study) -> Json:
    return {
        "name": study.name or None,
        "kind": str(study.kind),
        "n": study.n,
        "comparator": study.comparator or None,
        "endpoint": study.endpoint or None,
        "hazard_ratio": study.hazard_ratio,
        "ci95": list(study.ci95) if study.ci95 else None,
        "median_months": list(study.median_months),
        "response_rate": study.response_rate,
        "positive": study.positive,
        "year": study.year,
        "sources": list(identifiers(study)),
        "note": study.note or None,
        "unverified": study.unverified,
    }
