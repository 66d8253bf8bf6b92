"""Purity, ploidy and the figures of the whole genome that a PURPLE run gives.

The names of its fields differ between ``purple.purity.tsv``, ``purple.qc`` and ``orange.json``;
https://github.com/hartwigmedical/hmftools/blob/master/purple/README.md explains them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from onkos.model import Measurement, Unread
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.segment_rows import check_quality
from onkos.sources.patient.tables import ABSENT, Rejected

NO_TUMOUR = "NO_TUMOR"
_NORMAL = "NORMAL"
_TOOL = "PURPLE"
_MEASURES = (
    ("TMB", ("tmbPerMb", "tumorMutationalBurdenPerMb"), "mut/Mb"),
    ("TML", ("tml", "tumorMutationalLoad"), ""),
    ("SV burden", ("svTumorMutationalBurden",), ""),
    ("microsatellite indels", ("msIndelsPerMb", "microsatelliteIndelsPerMb"), "per Mb"),
)
_QUALITY = (
    ("purity", ("purity", "Purity")),
    ("ploidy", ("ploidy",)),
    ("contamination", ("contamination", "Contamination")),
    ("coverage", ("amberMeanDepth", "AmberMeanDepth")),
)

Fields = Mapping[str, object]


class Figures:
    """Named values of one part of a run, as text or as JSON has them."""

    def __init__(self, fields: Fields, source: str, observed: Observed) -> None:
        self._fields = fields
        self._source = source
        self._observed = observed

    def text(self, *names: str) -> str:
        """The first of these that there is; empty for none."""
        for name in names:
            value = self._fields.get(name)
            if value is not None and str(value) not in ABSENT:
                return str(value).strip()
        return ""

    def number(self, *names: str) -> float | None:
        """A finite number; None where there is none, which is unread where it is no number."""
        text = self.text(*names)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            return value
        self.unread(names[0], text, "not a number", "correct the run's figure")
        return None

    def truth(self, *names: str) -> bool | None:
        """Of ``true`` and ``false``; None for anything else."""
        return {"true": True, "false": False}.get(self.text(*names).casefold())

    def unread(self, column: str, text: str, reason: str, remedy: str = "") -> None:
        """Keep a value that was not understood for the user to see."""
        self._observed.unread.append(
            Unread(
                source=self._source,
                line=0,
                column=column,
                text=text[:80],
                reason=reason,
                remedy=remedy,
            )
        )


def read_fit(fields: Fields, source: str, observed: Observed) -> None:
    """Add quality and measurements of a fit to what was observed.

    Parameters
    ----------
    fields : mapping of str to object
        Of ``purple.purity.tsv``, ``purple.qc`` or the same parts of ``orange.json`` in one.
    source : str
        Name of the file.
    """
    figures = Figures(fields, source, observed)
    method = figures.text("fittedPurityMethod", "Method", "status")
    if method and method != _NORMAL:
        observed.notices.append(f"{source}: PURPLE's fit is {method}, not {_NORMAL}")
    for name, names in _QUALITY:
        value = figures.number(*names)
        if value is None or (method == NO_TUMOUR and name in {"purity", "ploidy"}):
            continue
        try:
            check_quality(name, value) if name != "coverage" else None
        except Rejected as problem:
            figures.unread(name, problem.text, problem.reason, problem.remedy)
            continue
        observed.quality.setdefault(name, value)
    _of_range(figures, observed)
    _measure(figures, observed)


def _of_range(figures: Figures, observed: Observed) -> None:
    """The range of solutions that fit about as well."""
    parts = []
    for name, low, high in (
        ("purity", "minPurity", "maxPurity"),
        ("ploidy", "minPloidy", "maxPloidy"),
    ):
        least, most = figures.number(low), figures.number(high)
        if least is not None and most is not None:
            parts.append(f"{name} {least:g} to {most:g}")
    if parts:
        observed.notices.append(f"PURPLE: {', '.join(parts)} fit about as well")


def _measure(figures: Figures, observed: Observed) -> None:
    for name, names, unit in _MEASURES:
        value = figures.number(*names)
        if value is not None and value < 0:
            figures.unread(names[0], f"{value:g}", f"{name} under 0", "correct the run's figure")
        elif value is not None:
            observed.measurements.append(
                Measurement(name=name, value=value, unit=unit, method=_TOOL)
            )
    status = figures.text("msStatus", "microsatelliteStatus")
    if status in {"MSI", "MSS"}:
        word = "MSI-H" if status == "MSI" else "MSS"
        observed.measurements.append(Measurement(name="MSI", status=word, method=_TOOL))
    elif status:
        figures.unread("msStatus", status, "no status of microsatellites")
    doubled = figures.truth("wholeGenomeDuplication")
    if doubled is not None:
        word = "present" if doubled else "absent"
        observed.measurements.append(Measurement(name="WGD", status=word, method=_TOOL))
