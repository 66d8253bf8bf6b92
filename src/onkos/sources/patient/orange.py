"""``orange.json``: a whole run of the Hartwig tools in one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from onkos.errors import Unreadable
from onkos.model import Vocabulary
from onkos.sources.patient.doubts import COPIES, DRIVERS, STRUCTURES
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.orange_variants import read_fusion, read_variant
from onkos.sources.patient.purple_catalogue import Catalogue
from onkos.sources.patient.purple_fit import Figures, read_fit
from onkos.sources.patient.purple_others import (
    read_alleles,
    read_chord,
    read_haplotypes,
    read_origin_of_tissue,
    read_viruses,
)
from onkos.sources.patient.tables import LARGEST_TEXT

ASSEMBLIES = {"V37": "GRCh37", "V38": "GRCh38"}
# Parts that are known and say nothing that a case holds.
_UNUSED = frozenset({"plots", "sigAllocations", "immuneEscape", "pipelineVersion", "isofox"})
_ABOUT = frozenset(
    {"sampleId", "samplingDate", "experimentType", "configuredPrimaryTumor", "refGenomeVersion"}
)
_LISTED = {"purple": (COPIES,), "linx": STRUCTURES}
_MANY = "structural variant or breakend that disrupts no reported gene"

Json = dict[str, Any]


def read_orange(path: Path, vocabulary: Vocabulary) -> dict[str, Observed]:
    """Read ``orange.json``; parts that are not understood are listed as unread.

    Raises
    ------
    Unreadable
        Where it is not the JSON of an ORANGE run.
    """
    document = _load(path)
    reader = _Orange(path.name, document, vocabulary)
    reader.read()
    return {str(document.get("sampleId", "")): reader.observed}


def is_orange(start: bytes, name: str) -> bool:
    """Whether the start of a file and its name look like it."""
    return start.lstrip().startswith(b"{") and name.casefold().endswith(
        (".orange.json", "orange.json")
    )


def _load(path: Path) -> Json:
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or "reading failed"
        raise Unreadable(path.name, [f"cannot be opened: {why}; check the path"]) from error
    if len(data) > LARGEST_TEXT:
        raise Unreadable(path.name, ["too large for the JSON of one run"])
    try:
        document = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unreadable(path.name, [f"not JSON: {error}; copy or make it again"]) from error
    if not isinstance(document, dict) or not isinstance(document.get("purple"), dict):
        problem = "no part 'purple'; give the orange.json of a run"
        raise Unreadable(path.name, [problem])
    return document


class _Orange:
    """Walks the parts of one document."""

    def __init__(self, source: str, document: Json, vocabulary: Vocabulary) -> None:
        self.observed = Observed(thin=DRIVERS)
        self._source = source
        self._document = document
        self._vocabulary = vocabulary
        self._assembly = ASSEMBLIES.get(str(document.get("refGenomeVersion", "")), "")

    def read(self) -> None:
        """All parts: variants first, as a driver stands for one."""
        self._about()
        handled: dict[str, Callable[[Any], None]] = {
            "purple": self._purple,
            "linx": self._linx,
            "lilac": self._lilac,
            "chord": lambda part: read_chord(self._table(part), self._source, self.observed),
            "cuppa": self._cuppa,
            "peach": lambda part: read_haplotypes(
                self._tables(part, "peach"), self._source, self.observed, self._vocabulary
            ),
            "virusInterpreter": self._viruses,
        }
        for name, read in handled.items():
            part = self._document.get(name)
            if part and isinstance(part, list if name == "peach" else dict):
                read(part)
                self.observed.told |= dict.fromkeys(_LISTED.get(name, ()), "")
            elif part:
                self._unknown(name)
        unused = sorted(name for name in _UNUSED if self._document.get(name))
        if unused:
            self.observed.notices.append(
                f"{self._source}: parts that are not used: {', '.join(unused)}"
            )
        for name in self._document.keys() - handled.keys() - _UNUSED - _ABOUT:
            self._unknown(name)

    def _about(self) -> None:
        figures = Figures(self._document, self._source, self.observed)
        build = figures.text("refGenomeVersion")
        if build and not self._assembly:
            figures.unread("refGenomeVersion", build, "not a version of the genome that is known")
        tumours = self._tables(self._document.get("configuredPrimaryTumor") or [], "tumour")
        for tumour in tumours:
            name = Figures(tumour, self._source, self.observed).text("doidTerm")
            if name:
                self.observed.notices.append(f"{self._source}: the run was told {name}")

    def _unknown(self, name: str) -> None:
        Figures({}, self._source, self.observed).unread(
            name, "", "a part of the run that is not known", "state what of it matters in the case"
        )

    def _table(self, part: Any) -> Json:
        return part if isinstance(part, dict) else {}

    def _tables(self, part: Any, name: str) -> list[Any]:
        """Objects of a list; anything else in it is unread."""
        if not isinstance(part, list):
            self._unknown(name)
            return []
        for one in part:
            if not isinstance(one, dict):
                self._unknown(name)
        return [one for one in part if isinstance(one, dict)]

    def _each(self, part: Json, *names: str) -> Iterator[Json]:
        for name in names:
            yield from self._tables(part.get(name) or [], name)

    def _purple(self, part: Json) -> None:
        fit = self._table(part.get("fit"))
        quality = self._table(fit.get("qc"))
        read_fit(
            {**quality, **fit, **self._table(part.get("characteristics"))},
            self._source,
            self.observed,
        )
        self._quality(quality)
        for origin in ("somatic", "germline"):
            for variant in self._each(part, f"{origin}Variants"):
                read_variant(
                    variant, origin, self._assembly, self._source, self.observed, self._vocabulary
                )
        catalogue = Catalogue(self.observed, self._vocabulary, self._source)
        for one in self._each(part, "somaticGainsDels", "somaticGainsLosses", "somaticDrivers"):
            catalogue.take(one)
        for one in self._each(part, "germlineDrivers"):
            catalogue.take({**one, "type": _germline(str(one.get("type", "")))})
        for one in self._each(part, "germlineGainsDels"):
            catalogue.take({**one, "interpretation": _germline(str(one.get("interpretation", "")))})
        self._arms(part)
        known = {
            "fit", "characteristics", "somaticDrivers", "germlineDrivers", "somaticVariants",
            "germlineVariants", "somaticGainsDels", "somaticGainsLosses", "germlineGainsDels",
            "armCopyNumberAbberations",
        }  # fmt: skip
        for name in part.keys() - known:
            self._unknown(f"purple.{name}")

    def _quality(self, quality: Json) -> None:
        status = [str(word) for word in quality.get("status") or [] if word != "PASS"]
        if status:
            self.observed.notices.append(f"PURPLE: quality {', '.join(status)}")

    def _arms(self, part: Json) -> None:
        arms = [
            f"{figures.text('chromosome')}{figures.text('arm').casefold()} "
            f"{figures.text('type').casefold()} ({figures.text('copyNumber')} copies)"
            for one in self._each(part, "armCopyNumberAbberations")
            for figures in [Figures(one, self._source, self.observed)]
        ]
        if arms:
            self.observed.notices.append(f"PURPLE: whole arms: {', '.join(arms)}")

    def _linx(self, part: Json) -> None:
        catalogue = Catalogue(self.observed, self._vocabulary, self._source)
        for one in self._each(part, "somaticBreakends"):
            if one.get("reportedStatus") == "REPORTED" and one.get("driverType"):
                catalogue.take({"gene": one.get("gene"), "type": one["driverType"]})
            else:
                self._count(_MANY)
        for _ in self._each(part, "somaticStructuralVariants", "germlineStructuralVariants"):
            self._count(_MANY)
        for _ in self._each(part, "germlineBreakends"):
            self._count(_MANY)
        for _ in self._each(part, "somaticDrivers"):
            self._count("event of LINX behind a driver")
        for fusion in self._each(part, "fusions"):
            read_fusion(fusion, self._source, self.observed, self._vocabulary)
        known = {
            "somaticBreakends", "somaticStructuralVariants", "germlineStructuralVariants",
            "germlineBreakends", "somaticDrivers", "fusions",
        }  # fmt: skip
        for name in part.keys() - known:
            self._unknown(f"linx.{name}")

    def _count(self, reason: str) -> None:
        self.observed.rows += 1
        self.observed.filtered[reason] += 1

    def _lilac(self, part: Json) -> None:
        alleles = list(self._each(self._table(part), "alleles"))
        read_alleles(list(alleles), self._source, self.observed)

    def _cuppa(self, part: Json) -> None:
        best = self._table(self._table(part).get("bestPrediction"))
        read_origin_of_tissue(best, self._source, self.observed)

    def _viruses(self, part: Json) -> None:
        rows = list(self._each(self._table(part), "reportableViruses"))
        read_viruses(list(rows), self._source, self.observed, self._vocabulary)


def _germline(kind: str) -> str:
    return kind if kind.startswith("GERMLINE_") else f"GERMLINE_{kind}"
