"""Small variants and fusions of ``orange.json``."""

from __future__ import annotations

import msgspec

from onkos.model import Fusion, Origin, SmallVariant, Vocabulary
from onkos.sources.patient.fusion_words import frame, inside
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.purple_fit import Fields, Figures
from onkos.sources.patient.symbols import Symbols
from onkos.sources.patient.tables import Rejected
from onkos.sources.patient.text import observe

UNREPORTED = "fusion that LINX does not report"


def read_variant(
    fields: Fields,
    origin: str,
    assembly: str,
    source: str,
    observed: Observed,
    vocabulary: Vocabulary,
) -> None:
    """Add one variant, by its change on the canonical transcript."""
    observed.rows += 1
    figures = Figures(fields, source, observed)
    impact = Figures(_part(fields, "canonicalImpact"), source, observed)
    protein, coding = impact.text("hgvsProteinImpact"), impact.text("hgvsCodingImpact")
    change = coding if not protein or protein.endswith("?") else protein
    gene = figures.text("gene")
    told = observe([f"{gene} {change}"], vocabulary, source)
    found = [one for one in told.alterations if isinstance(one, SmallVariant)]
    if len(found) != 1:
        figures.unread("gene", f"{gene} {change}", "the change of the variant is not understood")
        return
    try:
        observed.alterations.append(
            msgspec.structs.replace(
                found[0],
                origin=Origin(origin),
                coding=coding or found[0].coding,
                transcript=impact.text("transcript"),
                assembly=assembly,
                biallelic=figures.truth("biallelic") or None,
                **_place(figures),
                **_reads(Figures(_part(fields, "tumorDepth"), source, observed)),
            )
        )
    except ValueError as error:
        figures.unread("gene", f"{gene} {change}", str(error), "correct the run's figures")
    observed.notices += [one for one in told.notices if one not in observed.notices]


def _part(fields: Fields, name: str) -> Fields:
    part = fields.get(name)
    return part if isinstance(part, dict) else {}


def _place(figures: Figures) -> dict[str, str | int]:
    position = figures.number("position")
    return {
        "chromosome": figures.text("chromosome").removeprefix("chr"),
        "position": int(position or 0),
        "reference": figures.text("ref"),
        "alternate": figures.text("alt"),
    }


def _reads(depth: Figures) -> dict[str, int | float]:
    """Reads and allele fraction of the tumour, as counted, not adjusted for purity."""
    total, alternate = depth.number("totalReadCount"), depth.number("alleleReadCount")
    if total is None or alternate is None or total <= 0:
        return {}
    return {"depth": int(total), "alt_reads": int(alternate), "vaf": alternate / total}


def read_fusion(fields: Fields, source: str, observed: Observed, vocabulary: Vocabulary) -> None:
    """Add one fusion that LINX reports; the others are counted."""
    observed.rows += 1
    figures = Figures(fields, source, observed)
    kind = figures.text("reportedType")
    if figures.truth("reported") is False or kind in {"", "NONE"}:
        observed.filtered[UNREPORTED] += 1
        return
    symbols = Symbols(vocabulary)
    try:
        five, three = (
            symbols.approved(figures.text(*names), observed)
            for names in (("geneUp", "geneStart"), ("geneDown", "geneEnd"))
        )
        if five == three:
            observed.filtered[inside(five, five in vocabulary.gene_by_symbol)] += 1
            return
    except Rejected as problem:
        figures.unread(problem.column, problem.text, problem.reason, problem.remedy)
        return
    observed.alterations.append(
        Fusion(
            five=five,
            three=three,
            in_frame=frame(figures.text("phased")),
            origin=Origin.SOMATIC,
            breakpoints=" - ".join(
                filter(None, (figures.text("contextUp"), figures.text("contextDown")))
            ),
        )
    )
