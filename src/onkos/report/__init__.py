"""The one door out: a dossier as HTML, JSON, Markdown or text. Decides nothing."""

from onkos.report.json_form import SCHEMA_VERSION, error_form, to_json, to_json_bytes
from onkos.report.notice import NOTICE
from onkos.report.render import FORMATS, Format, render, write

__all__ = [
    "FORMATS",
    "NOTICE",
    "SCHEMA_VERSION",
    "Format",
    "error_form",
    "render",
    "to_json",
    "to_json_bytes",
    "write",
]
