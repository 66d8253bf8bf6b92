"""A cBioPortal study folder as many cases, one a sample."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from onkos.errors import OnkosError, Unreadable, VocabularyError
from onkos.model import (
    EVERYTHING,
    Alteration,
    Assay,
    Case,
    Knowledge,
    Origin,
    Sample,
    SmallVariant,
    Unread,
    Vocabulary,
)
from onkos.sources.patient.assemble import Patient, assemble
from onkos.sources.patient.copy_number import read_copy_number
from onkos.sources.patient.fusions import read_fusions
from onkos.sources.patient.maf import read_maf
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.study_folder import (
    ClinicalRow,
    Profile,
    Study,
    clinical_rows,
    is_exome,
    open_study,
)

Reader = Callable[[Path, Vocabulary], dict[str, Observed]]
Findings = dict[str, dict[str, Observed]]

_READERS: dict[str, Reader] = {
    "mutations": read_maf,
    "copy number": read_copy_number,
    "fusions": read_fusions,
}
# Genes of a copy-number table from which on it holds the whole genome, not a selection.
WHOLE_GENOME = 10_000
_PANEL_NOTE = "genes as the study lists them; that each is covered throughout is taken on trust"


@dataclass(slots=True, frozen=True, kw_only=True)
class _Reading:
    """What all samples of a study share."""

    study: Study
    knowledge: Knowledge
    findings: Findings
    listed: dict[str, frozenset[str]]
    sexes: dict[str, str]
    disease: str | None
    codes: dict[str, str | VocabularyError]
    widths: dict[str, int]


def read_study(
    folder: Path, knowledge: Knowledge, disease: str | None = None
) -> Iterator[Case | Unread]:
    """Read a study folder (``meta_*.txt``, ``data_*.txt``), one case for each sample.

    Parameters
    ----------
    folder : Path
    knowledge : Knowledge
    disease : str, optional
        For samples whose clinical row names no known disease.

    Yields
    ------
    Case or Unread
        A case for each sample of the clinical table; an ``Unread`` for each sample whose
        disease is not known, and for rows of findings that belong to no such sample.

    Raises
    ------
    Unreadable
        With every problem of the folder and of all its files.

    Notes
    -----
    The assay comes from the gene panels of the study, or is a whole exome where the study
    says so; without either, what is missing from the findings settles nothing.
    """
    study = open_study(folder)
    problems: list[str] = []
    findings: Findings = {}
    for kind, profile in study.profiles.items():
        findings[kind] = _read(kind, profile, knowledge.vocabulary, problems)
    try:
        rows = list(clinical_rows(study.samples, "sample"))
        sexes = _sexes(study)
    except Unreadable as error:
        problems += [f"{error.source}: {problem}" for problem in error.problems]
    if problems:
        raise Unreadable(folder.name, problems)
    reading = _Reading(
        study=study,
        knowledge=knowledge,
        findings=findings,
        listed={kind: frozenset(found) for kind, found in findings.items()},
        sexes=sexes,
        disease=disease,
        codes={},
        widths={sample: found.rows for sample, found in findings.get("copy number", {}).items()},
    )
    for row in rows:
        yield _case(reading, row)
    yield from _left(reading)


def _read(
    kind: str, profile: Profile, vocabulary: Vocabulary, problems: list[str]
) -> dict[str, Observed]:
    try:
        return _READERS[kind](profile.path, vocabulary)
    except Unreadable as error:
        problems += [f"{error.source}: {problem}" for problem in error.problems]
        return {}


def _sexes(study: Study) -> dict[str, str]:
    if study.patients is None:
        return {}
    rows = clinical_rows(study.patients, "patient")
    known = ((row.sample, row.values.get("sex", "").casefold()) for row in rows)
    return {patient: sex for patient, sex in known if sex in {"female", "male"}}


def _case(reading: _Reading, row: ClinicalRow) -> Case | Unread:
    observed = [found.pop(row.sample, None) for found in reading.findings.values()]
    notices: list[str] = []
    try:
        code = _disease(reading, row, notices)
        assay = _assay(reading, row)
        if assay and assay.paired_normal:
            for one in observed:
                _settle_origin(one)
        told = [Observed(notices=notices), *(one for one in observed if one is not None)]
        person = row.values.get("patient", "")
        sex = row.values.get("sex", "").casefold() or reading.sexes.get(person, "")
        known_sex = sex if sex in {"female", "male"} else None
        patient = Patient(id=row.sample, disease=code, sex=known_sex, patient=person)
        # The lists of the study say what was profiled: a sample without rows had none.
        doubts = tuple(dict.fromkeys(doubt for one in told for doubt in one.doubts))
        sample = msgspec.structs.replace(_sample(row, assay), doubts=doubts)
        return assemble(patient, reading.knowledge, (sample,), told)
    except OnkosError as error:
        return Unread(
            source=row.source,
            line=row.line,
            column="ONCOTREE_CODE" if isinstance(error, VocabularyError) else "",
            text=row.sample[:80],
            reason=str(error),
            remedy="correct the row, or give the disease of the study",
        )


def _disease(reading: _Reading, row: ClinicalRow, notices: list[str]) -> str:
    """The code of a sample's disease: the first of what is said of it that is known.

    Raises
    ------
    VocabularyError
        Of the first that was tried.
    """
    tree = reading.knowledge.vocabulary.tree
    said = (
        ("ONCOTREE_CODE", row.values.get("code", "")),
        ("CANCER_TYPE_DETAILED", row.values.get("detailed", "")),
        ("the disease given for the study", reading.disease or ""),
        ("CANCER_TYPE", row.values.get("type", "")),
        ("the study's type of cancer", _study_type(reading.study)),
    )
    first: VocabularyError | None = None
    for place, text in said:
        if not text:
            continue
        code = _resolved(reading, text)
        if isinstance(code, VocabularyError):
            first = first or code
            continue
        if place not in {"ONCOTREE_CODE", "CANCER_TYPE_DETAILED"} or first:
            why = f" as {first.word!r} is not a known disease" if first else ""
            notices.append(f"disease {tree.name(code)} ({code}) from {place}{why}")
        doubt = tree.doubt(text)
        notices += [doubt] if doubt else []
        return code
    raise first or VocabularyError("disease", "", hint="the clinical row names none")


def _study_type(study: Study) -> str:
    """The study's code, which its files write small; empty for a study of several types."""
    return "" if study.cancer_type == "mixed" else study.cancer_type.upper()


def _resolved(reading: _Reading, text: str) -> str | VocabularyError:
    """The code of a name, looked up once: the nearest names of an unknown one take time."""
    if text not in reading.codes:
        try:
            reading.codes[text] = reading.knowledge.vocabulary.tree.resolve(text)
        except VocabularyError as error:
            reading.codes[text] = error
    return reading.codes[text]


def _sample(row: ClinicalRow, assay: Assay | None) -> Sample:
    return Sample(
        id=row.sample,
        material="plasma" if _is_plasma(row) else "",
        purity=_purity(row.values.get("purity", "")),
        assay=assay,
    )


def _purity(text: str) -> float | None:
    """Tumour content; studies give it in percent or as a fraction, so that 1 says neither."""
    try:
        value = float(text.removesuffix("%"))
    except ValueError:
        return None
    if 1 < value <= 100:
        return value / 100
    return value if math.isfinite(value) and 0 <= value < 1 else None


def _assay(reading: _Reading, row: ClinicalRow) -> Assay | None:
    """What was profiled of a sample, each kind of finding by its own panel."""
    small_variants = _covered(reading, row, "mutations")
    copy_number = _covered(reading, row, "copy number")
    fusions = _covered(reading, row, "fusions")
    names = [name for name, genes in (small_variants, copy_number, fusions) if genes]
    if not names:
        return None
    title = " + ".join(dict.fromkeys(names))
    exome = EVERYTHING in small_variants[1]
    plasma = _is_plasma(row)
    return Assay(
        id=title,
        name=title,
        material=("plasma",) if plasma else ("tissue",),
        kind="exome" if exome else "panel",
        paired_normal=row.values.get("matched", "").casefold() == "matched",
        minimum_purity=reading.knowledge.assay("WES").minimum_purity if exome else None,
        small_variants=small_variants[1],
        copy_number=copy_number[1],
        fusions=fusions[1],
        source="the study's own files",
        note="" if exome else _PANEL_NOTE,
    )


def _is_plasma(row: ClinicalRow) -> bool:
    return "cfdna" in row.values.get("class", "").casefold()


def _covered(reading: _Reading, row: ClinicalRow, kind: str) -> tuple[str, tuple[str, ...]]:
    """Name of the panel of one kind of finding, and its genes."""
    study = reading.study
    profile = study.profiles.get(kind)
    if profile is None:
        return "", ()
    in_matrix = study.matrix.get(row.sample)
    name = (in_matrix or {}).get(profile.stable_id, "")
    if not name and _profiled(reading, row.sample, kind):
        name = profile.panel or (row.values.get("panel", "") if kind == "mutations" else "")
    if name in study.panels:
        symbols = reading.knowledge.vocabulary.symbol_by_name
        genes = (symbols.get(gene.upper(), gene) for gene in study.panels[name])
        return name, tuple(dict.fromkeys(genes))
    if name and not is_exome(name):
        return _known_panel(reading.knowledge, name, kind)
    if not _profiled(reading, row.sample, kind):
        return "", ()
    if kind == "copy number":
        whole = reading.widths.get(row.sample, 0) >= WHOLE_GENOME
        return ("copy number of all genes", (EVERYTHING,)) if whole else ("", ())
    if kind == "mutations" and (is_exome(name) or (in_matrix is None and profile.exome)):
        return "whole exome", (EVERYTHING,)
    return "", ()


def _known_panel(knowledge: Knowledge, name: str, kind: str) -> tuple[str, tuple[str, ...]]:
    """A panel that the study names and does not list, where the knowledge has it."""
    try:
        assay = knowledge.assay(name)
    except VocabularyError:
        return "", ()
    genes = {
        "mutations": assay.small_variants,
        "copy number": assay.copy_number,
        "fusions": assay.fusions,
    }
    return assay.name, genes[kind]


def _profiled(reading: _Reading, sample: str, kind: str) -> bool:
    if kind == "mutations" and reading.study.sequenced is not None:
        return sample in reading.study.sequenced
    return sample in reading.listed.get(kind, frozenset())


def _settle_origin(observed: Observed | None) -> None:
    """With a matched normal, small variants of unsaid origin are somatic."""
    if observed is not None:
        observed.alterations = [_somatic(one) for one in observed.alterations]


def _somatic(one: Alteration) -> Alteration:
    if isinstance(one, SmallVariant) and one.origin is Origin.UNKNOWN:
        return msgspec.structs.replace(one, origin=Origin.SOMATIC)
    return one


def _left(reading: _Reading) -> Iterator[Unread]:
    """Rows that belong to no sample of the clinical table."""
    for kind, found in reading.findings.items():
        source = reading.study.profiles[kind].path.name
        for sample, observed in found.items():
            yield from observed.unread
            if sample and observed.rows:
                yield Unread(
                    source=source,
                    text=sample[:80],
                    reason=f"{observed.rows} rows of a sample without a clinical row",
                    remedy=f"add the sample to {reading.study.samples.name}",
                )
