"""Inherited findings apart from those of the tumour, each with what follows for the family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onkos.model import Alteration, Dossier, Match, Origin, Stated
from onkos.report.phrases import percent
from onkos.report.record_view import record_views

REFERRAL = "refer to genetic counselling, if that has not been done"
CONFIRM = (
    "before any relative is tested, confirm it in blood or another normal tissue by a certified "
    "germline test"
)
NO_CLAIM = "no claim of predisposition here rests on it: ask the genetics service what it means"


@dataclass(frozen=True, slots=True, kw_only=True)
class GermlineView:
    """One inherited finding.

    Attributes
    ----------
    conditions : tuple of str
        What it predisposes to.
    cascade : tuple of str
        Cascade testing: what relatives can be offered.
    records : tuple of str
        What archives say of the allele.
    """

    label: str
    vaf_text: str
    standing: str
    conditions: tuple[str, ...]
    referral: str
    cascade: tuple[str, ...]
    records: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """All of it in one line, for the plain forms."""
        seen = ", ".join(filter(None, (self.label, self.vaf_text, self.standing)))
        means = "; ".join(self.conditions) or NO_CLAIM
        family = f" Cascade testing: {' '.join(self.cascade)}" if self.cascade else ""
        told = "".join(f" {record}." for record in self.records)
        return f"{seen}: {means}.{told} {self.referral[:1].upper()}{self.referral[1:]}.{family}"


def germline_views(dossier: Dossier) -> tuple[GermlineView, ...]:
    """Inherited findings that matter: those that are pathogenic or that a claim rests on."""
    return tuple(dict.fromkeys(_views(dossier)))


def _views(dossier: Dossier) -> Iterator[GermlineView]:
    for seen in dossier.case.alterations:
        if seen.origin is not Origin.GERMLINE or (isinstance(seen, Stated) and not seen.present):
            continue
        claims = [m for m in dossier.plan.predisposition if seen.label in m.biomarker.alterations]
        if claims or _pathogenic(seen):
            yield _view(seen, claims)


def _pathogenic(seen: Alteration) -> bool:
    standing = getattr(seen, "oncogenicity", None)
    return bool(standing and standing.drives)


def _view(seen: Alteration, claims: list[Match]) -> GermlineView:
    conditions = dict.fromkeys(m.claim.condition for m in claims if m.claim.condition)
    cascade = dict.fromkeys(m.claim.cascade for m in claims if m.claim.cascade)
    return GermlineView(
        label=seen.label,
        vaf_text=percent(seen.vaf),
        standing=str(getattr(seen, "oncogenicity", None) or ""),
        conditions=tuple(conditions),
        referral=f"{REFERRAL}; {CONFIRM}",
        cascade=tuple(cascade),
        records=tuple(view.sentence for view in record_views(seen)),
    )
