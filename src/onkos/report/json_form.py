"""The dossier as JSON, by the published schema ``schema.json``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from onkos.model import (
    Answer,
    ApprovalHere,
    Case,
    Claim,
    Dossier,
    Finding,
    Grades,
    Match,
    NextTest,
    NotAssessed,
    Option,
    Plan,
    Snapshot,
)
from onkos.report.gap_view import basis_json, gap_json
from onkos.report.germline_view import GermlineView, germline_views
from onkos.report.json_alterations import alteration_json, measurement_json, unread_json
from onkos.report.json_blood import classified_json, karyotype_json, tried_json
from onkos.report.json_claims import constant_part, facts_part
from onkos.report.json_compared import compared_json
from onkos.report.notice import NOTICE
from onkos.report.record_view import searched_json

SCHEMA_VERSION = "1.5"
Json = dict[str, Any]
_WORD = {answer: str(answer) for answer in Answer}


def to_json(dossier: Dossier, *, facts: bool = True) -> Json:
    """The dossier as a dictionary of JSON's types.

    Parts that depend on a claim alone are shared between dossiers: read it, do not change it.

    Parameters
    ----------
    facts : bool
        Whether to write the approvals, guidelines and studies of every claim named, under
        ``claims``. Without them a dossier is about half as long; sources are named all the same.

    Returns
    -------
    dict
        As ``schema.json`` says, ``schema_version`` first.
    """
    case, plan = dossier.case, dossier.plan
    form: Json = {
        "schema_version": SCHEMA_VERSION,
        "id": case.id,
        "disease": {"code": case.disease, "name": dossier.disease_name},
        "case": _case(case),
        "options": [_option(option) for option in plan.options],
        "avoid": [_option(option) for option in plan.avoid],
        "prognosis": [_match(match) for match in plan.prognosis],
        "diagnosis": [_match(match) for match in plan.diagnosis],
        "predisposition": [_match(match) for match in plan.predisposition],
        "germline": [_germline(found) for found in germline_views(dossier)],
        "contrary": [_match(match) for match in plan.contrary],
        "test_next": [_test(test) for test in plan.test_next],
        "gaps": [gap_json(gap) for gap in plan.gaps],
        "panels_of_finer_diagnoses": list(plan.panels_open),
        "classified": [classified_json(found) for found in dossier.classified],
        "karyotypes": [karyotype_json(read) for read in dossier.karyotypes],
        "tried": [tried_json(tried) for tried in dossier.tried],
        "statements": list(plan.statements),
        **_observed(dossier),
    }
    if dossier.compared:
        form["compared"] = [compared_json(one) for one in dossier.compared]
    if dossier.searched:
        form["searched"] = [searched_json(one) for one in dossier.searched]
    if dossier.trials or dossier.trial_counts:
        from onkos.report.trial_view import counts_json, trial_json

        form["trials"] = [trial_json(match) for match in dossier.trials]
        if dossier.trial_counts:
            form["trial_counts"] = counts_json(dossier.trial_counts)
    if facts:
        form["claims"] = {claim.id: facts_part(claim) for claim in _claims(plan)}
    form.update(
        regulators=list(dossier.regulators),
        notice=NOTICE,
        version=dossier.version,
        pins=[_pin(pin) for pin in dossier.pins],
    )
    return form


def _pin(pin: Snapshot) -> Json:
    """A version of knowledge; counts stand where rows were read."""
    told: Json = msgspec.structs.asdict(pin)
    return told if pin.claims else {k: v for k, v in told.items() if k not in {"claims", "unread"}}


def to_json_bytes(dossier: Dossier, *, facts: bool = True) -> bytes:
    """The same on one line, in UTF-8, without a line break."""
    return msgspec.json.encode(to_json(dossier, facts=facts))


def error_form(id: str, message: str) -> Json:
    """What stands in place of a dossier that could not be made."""
    return {"id": id, "error": message}


def _case(case: Case) -> Json:
    return {
        "stage": case.stage,
        "line": case.line,
        "settings": None if case.settings is None else list(case.settings),
        "prior": None
        if case.prior is None
        else [
            {"therapy": list(p.drugs), "progressed": p.progressed, "line": p.line,
             "setting": p.setting or None}
            for p in case.prior
        ],
        "comedication": None if case.comedication is None else list(case.comedication),
        "age": case.age,
        "sex": case.sex,
        "as_of": case.as_of or None,
        "earlier": case.earlier or None,
        "samples": [
            {"id": s.id, "material": s.material or None, "site": s.site or None,
             "collected": s.collected or None, "purity": s.purity,
             "tumour_fraction": s.tumour_fraction, "ploidy": s.ploidy, "coverage": s.coverage,
             "contamination": s.contamination, "assay": s.assay.name if s.assay else None}
            for s in case.samples
        ],
    }  # fmt: skip


def _observed(dossier: Dossier) -> Json:
    case = dossier.case
    return {
        "alterations": [alteration_json(seen) for seen in case.alterations],
        "segments": [
            {
                **msgspec.structs.asdict(s),
                "assembly": s.assembly or None,
                "sample": s.sample or None,
            }
            for s in case.segments
        ],
        "phases": [phase.label for phase in case.phases],
        "measurements": [measurement_json(m) for m in case.measurements],
        "findings": [_finding(found) for found in dossier.findings if isinstance(found, Finding)],
        "not_assessed": [
            {"name": f.name, "reason": f.reason}
            for f in dossier.findings
            if isinstance(f, NotAssessed)
        ],
        "unread": [unread_json(row) for row in case.unread],
        "filtered": dict(case.filtered),
        "rows": case.rows,
        "notices": list(case.notices),
    }


def _finding(found: Finding) -> Json:
    return {
        "name": found.name,
        "value": found.value,
        "method": found.method or None,
        "note": found.note or None,
        "number": found.number,
        "unit": found.unit or None,
        "interval": list(found.interval) if found.interval else None,
        "status": found.status or None,
    }


def _germline(found: GermlineView) -> Json:
    return {
        "label": found.label,
        "conditions": list(found.conditions),
        "referral": found.referral,
        "cascade": list(found.cascade),
    }


def _option(option: Option) -> Json:
    return {
        "rank": option.rank or None,
        "therapy": list(option.therapy),
        "approved_here": option.approved_here,
        "approvals": [_approval(approval) for approval in option.approvals],
        "grades": _grades(option.grades),
        "matches": [_match(match) for match in (*option.matches, *option.against)],
        "cautions": list(option.cautions),
        "reasons": list(option.reasons),
        "given": option.given,
        "superseded_by": list(option.superseded_by),
        "unverified": option.unverified,
        "test_basis": basis_json(option.basis),
    }


def _approval(approval: ApprovalHere) -> Json:
    return {
        "regulator": approval.regulator,
        "on": approval.on or None,
        "setting": approval.setting or None,
        "setting_verdict": _WORD[approval.setting_verdict],
        "setting_reasons": list(approval.setting_reasons),
        "accelerated": approval.accelerated,
        "any_marker": approval.any_marker,
        "unverified": approval.unverified,
    }


def _grades(grades: Grades) -> Json:
    amp, escat, oncokb = grades.amp, grades.escat, grades.oncokb_style
    return {
        "amp": {"tier": amp.tier or None, "level": amp.level or None, "clause": amp.clause},
        "escat": {"tier": escat.tier or None, "clause": escat.clause},
        "oncokb_style": {"level": oncokb.level or None, "clause": oncokb.clause},
    }


def _match(match: Match) -> Json:
    biomarker = match.biomarker
    return {
        **constant_part(match.claim),
        "verdict": _WORD[match.verdict],
        "criterion_verdict": _WORD[biomarker.answer],
        "disease_verdict": _WORD[match.disease],
        "setting_verdict": _WORD[match.setting.answer],
        "alterations": list(biomarker.alterations),
        "reasons": list(biomarker.reasons),
        "disease_reason": match.disease_reason,
        "setting_reasons": list(match.setting.reasons),
        "cautions": list(biomarker.cautions),
        "grades": _grades(match.grades),
    }


def _test(test: NextTest) -> Json:
    return {
        "test": test.test,
        "material": test.material or None,
        "cost": test.cost,
        "would_settle": [question.text for question in test.would_settle],
        "could_open": list(test.could_open),
        "could_close": list(test.could_close),
        "alternatives": list(test.alternatives),
        "why": test.why or None,
    }


def _claims(plan: Plan) -> Iterator[Claim]:
    """Claims that the plan names, each as often as it is named."""
    for option in (*plan.options, *plan.avoid):
        for match in (*option.matches, *option.against):
            yield match.claim
    for match in (*plan.prognosis, *plan.diagnosis, *plan.predisposition, *plan.contrary):
        yield match.claim
