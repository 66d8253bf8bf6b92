"""Alterations and measurements of the case in JSON's terms."""

from __future__ import annotations

from typing import Any

from onkos.model import Alteration, Fusion, Measurement, Origin, Stated, Unread, genes_of
from onkos.model.alteration import Cytogenetic
from onkos.report.record_view import record_json

Json = dict[str, Any]


def alteration_json(seen: Alteration) -> Json:
    """One change; what is not known of it is null."""
    oncogenicity = getattr(seen, "oncogenicity", None)
    records = getattr(seen, "records", ())
    return {
        "label": seen.label,
        "gene": _gene(seen),
        "genes": list(genes_of(seen)),
        "kind": seen.__struct_config__.tag,
        "present": seen.present if isinstance(seen, (Stated, Cytogenetic)) else True,
        "oncogenicity": oncogenicity,
        "oncogenicity_reason": getattr(seen, "oncogenicity_reason", "") or None,
        "oncogenicity_points": getattr(seen, "oncogenicity_points", None),
        "oncogenicity_criteria": [
            text.partition(":")[0] for text in getattr(seen, "oncogenicity_criteria", ())
        ],
        "described_by": getattr(seen, "described_by", "") or None,
        "vaf": seen.vaf,
        "origin": None if seen.origin is Origin.UNKNOWN else seen.origin,
        "origin_reason": getattr(seen, "origin_reason", "") or None,
        "germline_probability": getattr(seen, "germline_probability", None),
        "white_cell_probability": getattr(seen, "white_cell_probability", None),
        "sample": seen.sample or None,
        "basis": getattr(seen, "basis", "") or None,
        "filters": list(getattr(seen, "filters", ())),
        **({"records": [record_json(one) for one in records]} if records else {}),
    }


def _gene(seen: Alteration) -> str | None:
    if isinstance(seen, Fusion):
        return "::".join(seen.genes)
    return getattr(seen, "gene", None)


def measurement_json(measured: Measurement) -> Json:
    """One measured value."""
    return {
        "name": measured.name,
        "label": measured.label,
        "value": measured.value,
        "status": measured.status or None,
        "unit": measured.unit or None,
        "method": measured.method or None,
        "at": measured.at or None,
        "interval": list(measured.interval) if measured.interval else None,
        "sample": measured.sample or None,
    }


def unread_json(row: Unread) -> Json:
    """One row that was not understood."""
    return {
        "source": row.source,
        "line": row.line or None,
        "column": row.column or None,
        "text": row.text or None,
        "reason": row.reason,
        "remedy": row.remedy or None,
    }
