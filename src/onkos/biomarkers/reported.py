"""Reported values as findings; what the plan asks for and nobody measured as not assessed."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import (
    EVERYTHING,
    Answer,
    Case,
    Finding,
    Knowledge,
    NotAssessed,
)
from onkos.model.criterion import Compare, Status, atoms

_CLASSES = (
    ("small variants", "small_variants"),
    ("copy number", "copy_number"),
    ("fusions", "fusions"),
)
_TAKEN = (
    "not tested; taken as positive, as in nearly all of this diagnosis: confirm it, above all "
    "after a drug against it"
)
_WANTED: dict[tuple[int, str], tuple[str, ...]] = {}


def measure(
    case: Case, findings: tuple[Finding | NotAssessed, ...], knowledge: Knowledge
) -> Iterator[Finding | NotAssessed]:
    """Findings of this case, in the order of the report."""
    for measurement in case.measurements:
        method = measurement.method or "as reported"
        if measurement.by_diagnosis:
            yield NotAssessed(name=measurement.name, reason=_TAKEN)
        else:
            yield Finding(name=measurement.name, value=measurement.label, method=method)
    yield from _classes(case)
    yield from _germline(case)
    yield from _interactions(case, knowledge)
    measured = {m.name for m in case.measurements} | {f.name for f in findings}
    for name in wanted_measures(case.disease, knowledge):
        if name not in measured:
            yield NotAssessed(name=name, reason="no value given")


def _classes(case: Case) -> Iterator[NotAssessed]:
    assays = [sample.assay for sample in case.samples if sample.assay]
    for name, field in _CLASSES:
        covered = [assay for assay in assays if getattr(assay, field)]
        if not assays:
            yield NotAssessed(name=name, reason="no assay given: absent is unknown")
        elif not covered:
            names = ", ".join(assay.name for assay in assays)
            yield NotAssessed(name=name, reason=f"not covered by {names}")
        elif why := _not_read(case, field):
            yield NotAssessed(name=name, reason=why)
        elif not any(EVERYTHING in getattr(assay, field) for assay in covered):
            total = len({gene for assay in covered for gene in getattr(assay, field)})
            yield NotAssessed(name=f"{name} outside {total} genes", reason="not on the panel")


def _not_read(case: Case, field: str) -> str:
    """Why no sample tells of a class of alterations, whatever its assay covers."""
    reasons = [
        next((d.reason for d in sample.doubts if d.about == field and not d.gene), "")
        for sample in case.samples
        if sample.assay and getattr(sample.assay, field)
    ]
    return reasons[0] if all(reasons) else ""


def _germline(case: Case) -> Iterator[NotAssessed]:
    if case.withholds_germline:
        yield NotAssessed(name="germline", reason="withheld, as asked")
        return
    tested = any(sample.assay and sample.assay.germline for sample in case.samples)
    if not tested:
        yield NotAssessed(name="germline", reason="tumour sequencing does not settle germline")


def _interactions(case: Case, knowledge: Knowledge) -> Iterator[NotAssessed]:
    """Other medicines that were not told, or that the vocabulary cannot weigh."""
    if case.comedication is None:
        yield NotAssessed(name="interactions", reason="other medicines not given")
    known = knowledge.vocabulary.drug_by_inn
    strange = [name for name in case.comedication or () if name not in known]
    if strange:
        names = ", ".join(strange)
        yield NotAssessed(name="interactions", reason=f"not known here, so not weighed: {names}")


def wanted_measures(disease: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Tumour-level measures that claims of this disease ask for, in alphabetical order."""
    key = (id(knowledge), disease)
    if key not in _WANTED:
        if len(_WANTED) > 2000:
            _WANTED.clear()
        _WANTED[key] = tuple(sorted(set(_asked(disease, knowledge))))
    return _WANTED[key]


def _asked(disease: str, knowledge: Knowledge) -> Iterator[str]:
    measures = {m.name: m for m in knowledge.vocabulary.measures}
    tree = knowledge.vocabulary.tree
    for claim in knowledge.claims:
        if tree.judge(disease, claim.disease, claim.disease_except)[0] is Answer.UNMET:
            continue
        for leaf in atoms(claim.when):
            measure = measures.get(leaf.name) if isinstance(leaf, (Compare, Status)) else None
            if measure and measure.settled_by != "clinical":
                yield measure.name
