"""One patient put to both codings of the risk rules: findings turned into a case of onkos."""

from __future__ import annotations

from collections.abc import Iterator

from aml_risk_again import Findings

from onkos import annotate
from onkos.model import (
    Alteration,
    Assay,
    Case,
    Classified,
    Cytogenetic,
    GeneEvent,
    Measurement,
    Sample,
    Stated,
    StatedClass,
)
from onkos.model.alteration import SmallVariant
from onkos.model.alteration_words import Consequence, Event, Oncogenicity
from onkos.risk import classify
from onkos.sources.knowledge import builtin

# Field of the second coding: the words of which the first is present where the field is true.
WORDS = {
    "apl": ("t(15;17)",),
    "t8_21": ("t(8;21)",),
    "inv16": ("inv(16)",),
    "t6_9": ("t(6;9)",),
    "t9_22": ("t(9;22)",),
    "t8_16": ("t(8;16)",),
    "inv3": ("inv(3)",),
    "mecom_other": ("3q26 rearrangement",),
    "kmt2a_other": ("t(v;11q23)",),
    "t9_11": ("t(9;11)",),
    "minus5_or_del5q": ("del(5q)", "monosomy 5"),
    "minus7": ("monosomy 7",),
    "abn17p": ("abn(17p)", "monosomy 17", "del(17p)"),
    "complex_karyotype": ("complex karyotype",),
    "monosomal": ("monosomal karyotype",),
}
GENES = {
    "npm1": ("NPM1", "W288fs", Consequence.FRAMESHIFT, 288),
    "cebpa_bzip": ("CEBPA", "K313dup", Consequence.INFRAME_INSERTION, 313),
    "mr_gene": ("SRSF2", "P95H", Consequence.MISSENSE, 95),
    "tp53": ("TP53", "R175H", Consequence.MISSENSE, 175),
    "idh1": ("IDH1", "R132H", Consequence.MISSENSE, 132),
    "ddx41": ("DDX41", "R525H", Consequence.MISSENSE, 525),
    "nras": ("NRAS", "G12D", Consequence.MISSENSE, 12),
    "kras": ("KRAS", "G12D", Consequence.MISSENSE, 12),
    "idh2": ("IDH2", "R140Q", Consequence.MISSENSE, 140),
}
MR = ("ASXL1", "BCOR", "EZH2", "RUNX1", "SF3B1", "SRSF2", "STAG2", "U2AF1", "ZRSR2")


def case_of(f: Findings) -> Case:
    """The same findings as a case: what is None was not tested."""
    tested = [gene for name, (gene, *_) in GENES.items() if getattr(f, name) is not None]
    covered = {*tested} - {"SRSF2"} | (set(MR) if f.mr_gene is not None else set())
    assay = Assay(
        id="panel",
        name="panel",
        small_variants=tuple(sorted(covered)),
        events=("FLT3-ITD",) if f.itd is not None else (),
    )
    return Case(
        id="1",
        disease="AML",
        alterations=tuple(_alterations(f)),
        samples=(Sample(assay=assay),),
    )


def _alterations(f: Findings) -> Iterator[Alteration]:
    for name, words in WORDS.items():
        said = getattr(f, name)
        if said is not None:
            yield from (Cytogenetic(name=w, present=said and w == words[0]) for w in words)
    if f.kmt2a_other is False:
        yield Stated(gene="KMT2A", finding=StatedClass.FUSION, present=False)
    if f.mecom_other is False:
        yield Stated(gene="MECOM", finding=StatedClass.FUSION, present=False)
    if f.itd:
        yield GeneEvent(gene="FLT3", event=Event.ITD)
    for name, (gene, protein, consequence, residue) in GENES.items():
        if getattr(f, name):
            yield SmallVariant(
                gene=gene,
                protein=protein,
                consequence=consequence,
                first=residue,
                last=residue,
                vaf=f.tp53_vaf if name == "tp53" else None,
                oncogenicity=Oncogenicity.ONCOGENIC,
            )


def first_coding(case: Case, scheme: str) -> Classified:
    """What the package makes of a case by one scheme."""
    described = annotate.describe(case, builtin())
    return next(r for r in classify(described, builtin()) if r.scheme == scheme)


def measured(**values: float | str) -> tuple[Measurement, ...]:
    """Measurements by name, blanks for underscores."""
    return tuple(
        Measurement(name=name, status=value)
        if isinstance(value, str)
        else Measurement(name=name, value=float(value))
        for name, value in values.items()
    )
