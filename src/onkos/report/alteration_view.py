"""Alterations as the page shows them, those that matter first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onkos.model import (
    Alteration,
    Answer,
    CopyNumber,
    Dossier,
    Fusion,
    GeneEvent,
    Karyogram,
    Match,
    Origin,
    Plan,
    SmallVariant,
    Stated,
    genes_of,
)
from onkos.model.alteration import Cytogenetic
from onkos.report.phrases import percent
from onkos.report.record_view import RecordView, record_views


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterationView:
    """One change of the tumour or the patient."""

    label: str
    kind: str
    origin: str
    origin_reason: str
    sample: str
    vaf: float | None
    vaf_text: str
    standing: str
    drives: bool
    reason: str
    points: str
    criteria: tuple[str, ...]
    detail: str
    filters: tuple[str, ...]
    matched: bool
    present: bool
    records: tuple[RecordView, ...] = ()


def weighed_matches(plan: Plan) -> Iterator[Match]:
    """Every match that the plan shows."""
    for option in (*plan.options, *plan.avoid):
        yield from option.matches
        yield from option.against
    for matches in (plan.prognosis, plan.diagnosis, plan.predisposition, plan.contrary):
        yield from matches


def matched_labels(plan: Plan) -> frozenset[str]:
    """Labels of what settled a criterion that the plan rests on."""
    met = (m.biomarker for m in weighed_matches(plan) if m.biomarker.answer is Answer.MET)
    return frozenset(label for verdict in met for label in verdict.alterations)


def split_alterations(
    dossier: Dossier, matched: frozenset[str]
) -> tuple[tuple[AlterationView, ...], tuple[AlterationView, ...]]:
    """Those in genes that the plan rests on or that drive cancer, and the rest."""
    case = dossier.case
    seen = (*case.alterations, *(c for c in case.copied if c.label in matched))
    genes = {gene for a in seen if a.label in matched for gene in genes_of(a)}
    first: list[AlterationView] = []
    rest: list[AlterationView] = []
    for alteration in seen:
        if isinstance(alteration, Karyogram):  # has a section of its own
            continue
        view = alteration_view(alteration, alteration.label in matched)
        of_note = view.matched or view.drives or genes.intersection(genes_of(alteration))
        (first if of_note else rest).append(view)
    return tuple(sorted(first, key=_place)), tuple(sorted(rest, key=_place))


def _place(view: AlterationView) -> tuple[bool, bool, bool]:
    return not view.matched, not view.drives, view.standing == ""


def alteration_view(seen: Alteration, matched: bool) -> AlterationView:
    """The view of one change."""
    oncogenicity = getattr(seen, "oncogenicity", None)
    return AlterationView(
        label=seen.label,
        kind=str(seen.__struct_config__.tag),
        origin="" if seen.origin is Origin.UNKNOWN else str(seen.origin),
        origin_reason=getattr(seen, "origin_reason", ""),
        sample=seen.sample,
        vaf=seen.vaf,
        vaf_text=percent(seen.vaf),
        standing=str(oncogenicity or ""),
        drives=bool(oncogenicity and oncogenicity.drives),
        reason=getattr(seen, "oncogenicity_reason", ""),
        points=_points(seen),
        criteria=_criteria(seen),
        detail=", ".join(_details(seen)),
        filters=getattr(seen, "filters", ()),
        matched=matched,
        present=seen.present if isinstance(seen, (Stated, Cytogenetic)) else True,
        records=record_views(seen),
    )


def _points(seen: Alteration) -> str:
    """``5 points (OS3, OP4)``; empty where none were added up."""
    points = getattr(seen, "oncogenicity_points", None)
    if points is None:
        return ""
    held = [text.partition(":")[0] for text in getattr(seen, "oncogenicity_criteria", ())]
    named = f" ({', '.join(held)})" if held else ""
    return f"{points} {'point' if abs(points) == 1 else 'points'}{named}"


def _criteria(seen: Alteration) -> tuple[str, ...]:
    """Criteria that hold, then those that could not be judged, each with its reason."""
    open_ = (f"not judged: {text}" for text in getattr(seen, "oncogenicity_open", ()))
    return (*getattr(seen, "oncogenicity_criteria", ()), *open_)


def _details(seen: Alteration) -> Iterable[str]:
    match seen:
        case SmallVariant():
            yield from _small_variant(seen)
        case CopyNumber(copies=float(copies), minor=minor):
            rarer = "" if minor is None else f", {minor:g} of the rarer allele"
            yield f"{copies:g} copies{rarer}"
        case Fusion(in_frame=True):
            yield "in frame"
        case Fusion(in_frame=False):
            yield "out of frame"
        case GeneEvent(allelic_ratio=float(ratio)):
            yield f"allelic ratio {ratio:g}"
        case Stated():
            yield "as the laboratory summarised it"
        case _:
            pass
    if basis := getattr(seen, "basis", ""):
        yield basis


def _small_variant(seen: SmallVariant) -> Iterator[str]:
    if seen.protein and seen.coding:
        yield seen.coding
    if seen.described_by:
        yield seen.described_by
    if seen.depth is not None and seen.alt_reads is not None:
        yield f"{seen.alt_reads} of {seen.depth} reads"
    if seen.population_af:
        yield f"{percent(seen.population_af)} of a population"
    if seen.biallelic:
        yield "biallelic"
