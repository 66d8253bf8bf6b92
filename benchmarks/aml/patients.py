"""One patient of a cohort, whatever its files look like."""

from __future__ import annotations

from dataclasses import dataclass, field

from onkos import annotate, risk
from onkos.model import (
    Alteration,
    Assay,
    Case,
    Classified,
    Cytogenetic,
    Knowledge,
    Measurement,
    Sample,
    SmallVariant,
    Stated,
    StatedClass,
)
from onkos.model.alteration_words import Oncogenicity
from onkos.model.protein import parse_protein

# What both cohorts sequenced of the genes that the classification names.
PANEL = (
    "ASXL1", "BCOR", "CEBPA", "DNMT3A", "EZH2", "FLT3", "IDH1", "IDH2", "KRAS", "NPM1", "NRAS",
    "RUNX1", "SF3B1", "SRSF2", "STAG2", "TP53", "U2AF1", "ZRSR2",
)  # fmt: skip
RENAMED = {"SFRS2": "SRSF2", "MLL": "KMT2A", "MLL2": "KMT2D", "MLL3": "KMT2C", "MLL5": "KMT2E"}


@dataclass
class Patient:
    """What a cohort's files say of one patient.

    Attributes
    ----------
    published : str
        The ELN 2017 class of the published table.
    flags : dict of str to bool or None
        The published columns, for the reasons of a disagreement.
    karyotype : str
        As written; empty where there is none.
    """

    id: str
    published: str
    years: float
    died: bool
    alterations: list[Alteration] = field(default_factory=list)
    flags: dict[str, bool | None] = field(default_factory=dict)
    events: tuple[str, ...] = ("FLT3-ITD",)
    karyotype: str = ""
    age: float | None = None
    blasts: float | None = None
    cebpa: list[str] = field(default_factory=list)
    tp53_vaf: float | None = None

    def case(self) -> Case:
        """The patient as a case."""
        assay = Assay(id="cohort", name="cohort panel", small_variants=PANEL, events=self.events)
        return Case(
            id=self.id,
            disease="AML",
            alterations=tuple(self.alterations),
            samples=(Sample(assay=assay, material="marrow"),),
            age=self.age,
            measurements=self._measurements(),
        )

    def _measurements(self) -> tuple[Measurement, ...]:
        if self.blasts is None:
            return ()
        return (Measurement(name="marrow blasts", value=self.blasts, unit="%"),)

    def classified(self, knowledge: Knowledge) -> dict[str, Classified]:
        """Every scheme of AML for this patient."""
        described = annotate.describe(self.case(), knowledge)
        return {found.scheme: found for found in risk.classify(described, knowledge)}


def word(name: str, present: bool) -> Cytogenetic:
    """A cytogenetic word said to be there or not."""
    return Cytogenetic(name=name, present=present)


def variant(gene: str, protein: str, vaf: float | None) -> Alteration:
    """A variant that the cohort's authors call oncogenic; what cannot be read stands as such."""
    symbol = RENAMED.get(gene, gene)
    share = None if vaf is None else min(max(vaf / 100, 0.0), 1.0)
    try:
        change = parse_protein(protein.removeprefix("p."))
    except ValueError:
        return Stated(gene=symbol, finding=StatedClass.ONCOGENIC, vaf=share)
    return SmallVariant(
        gene=symbol,
        protein=change.text,
        consequence=change.consequence,
        first=change.first,
        last=change.last,
        vaf=share,
        oncogenicity=Oncogenicity.ONCOGENIC,
    )
