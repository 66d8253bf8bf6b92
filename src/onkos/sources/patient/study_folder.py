"""What a cBioPortal study folder holds: its files by kind, its samples, its gene panels.

The format: https://docs.cbioportal.org/file-formats/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onkos.errors import Unreadable
from onkos.sources.patient.accounting import fits
from onkos.sources.patient.tables import LARGEST_TEXT, Table, open_table

CLINICAL = {
    "sample": ("SAMPLE_ID",),
    "patient": ("PATIENT_ID",),
    "code": ("ONCOTREE_CODE",),
    "detailed": ("CANCER_TYPE_DETAILED",),
    "type": ("CANCER_TYPE",),
    "panel": ("GENE_PANEL",),
    "matched": ("SOMATIC_STATUS",),
    "class": ("SAMPLE_CLASS",),
    "purity": ("TUMOR_PURITY",),
    "sex": ("SEX", "GENDER"),
}
# Kinds of profile that make findings: alteration type and data types of their meta files.
PROFILES = {
    "mutations": ("MUTATION_EXTENDED", ("MAF",)),
    "copy number": ("COPY_NUMBER_ALTERATION", ("DISCRETE", "DISCRETE_LONG")),
    "fusions": ("STRUCTURAL_VARIANT", ("SV",)),
}
# File names by convention, for folders without meta files.
_CONVENTION = {
    "mutations": ("data_mutations.txt", "data_mutations_extended.txt", "data_mutations.maf"),
    "copy number": ("data_cna.txt", "data_CNA.txt"),
    "fusions": ("data_sv.txt", "data_structural_variants.txt", "data_fusions.txt"),
}
_NOT_GIVEN = frozenset({"[not available]", "[not applicable]", "unknown", "na", "n/a", ""})


@dataclass(slots=True, frozen=True, kw_only=True)
class Profile:
    """One table of findings.

    Attributes
    ----------
    stable_id : str
        Its column in the matrix of gene panels.
    panel : str
        The panel of all its samples, where the meta file names one.
    exome : bool
        Whether its description says whole exome.
    """

    path: Path
    stable_id: str
    panel: str = ""
    exome: bool = False


@dataclass(slots=True, frozen=True, kw_only=True)
class ClinicalRow:
    """One sample's row of the clinical table, with its values by field of `CLINICAL`."""

    source: str
    line: int
    sample: str
    values: dict[str, str]


@dataclass(slots=True, kw_only=True)
class Study:
    """A study folder, looked over.

    Attributes
    ----------
    cancer_type : str
        The study's own type of cancer, for samples that state none.
    matrix : dict of str to dict of str to str
        Panel by sample and stable id.
    panels : dict of str to tuple of str
        Genes by panel.
    sequenced : frozenset of str or None
        Samples profiled for mutations, where the study lists them.
    """

    cancer_type: str
    samples: Path
    patients: Path | None
    profiles: dict[str, Profile]
    matrix: dict[str, dict[str, str]] = field(default_factory=dict)
    panels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sequenced: frozenset[str] | None = None


def open_study(folder: Path) -> Study:
    """Look over a study folder.

    Raises
    ------
    Unreadable
        Where it is no study, or a file that its meta files name is missing.
    """
    if not folder.is_dir():
        raise Unreadable(folder.name, ["is not a folder; give the folder of a study"])
    metas = [_keys(path) for path in sorted(folder.glob("meta_*.txt"))]
    problems: list[str] = []
    samples = _clinical(folder, metas, "SAMPLE_ATTRIBUTES", "data_clinical_sample*.txt", problems)
    patients = _clinical(
        folder, metas, "PATIENT_ATTRIBUTES", "data_clinical_patient*.txt", problems
    )
    profiles = {
        kind: profile
        for kind in PROFILES
        if (profile := _profile(folder, metas, kind, problems)) is not None
    }
    if samples is None and not problems:
        problems.append("no clinical table of samples (data_clinical_sample.txt); add it")
    if problems or samples is None:
        raise Unreadable(folder.name, problems)
    study = next((meta for meta in metas if "type_of_cancer" in meta), {})
    return Study(
        cancer_type=study.get("type_of_cancer", ""),
        samples=samples,
        patients=patients,
        profiles=profiles,
        matrix=_matrix(folder, metas),
        panels=_panels(folder),
        sequenced=_sequenced(folder),
    )


def clinical_rows(path: Path, key: str) -> Iterator[ClinicalRow]:
    """Rows of a clinical table under the line of its column names.

    Parameters
    ----------
    key : str
        ``"sample"`` or ``"patient"``: the column that names the row.
    """
    with open_table(path, CLINICAL, ((key,),)) as table:
        for line, cells in table.rows:
            if len(cells) < len(table.header):
                cells += [""] * (len(table.header) - len(cells))
            if fits(cells, len(table.header)):
                values = {name: _value(table, cells, name) for name in table.columns}
                yield ClinicalRow(source=path.name, line=line, sample=values[key], values=values)


def _value(table: Table, cells: list[str], name: str) -> str:
    text = table.cell(cells, name)
    return "" if text.casefold() in _NOT_GIVEN else text


def _keys(path: Path) -> dict[str, str]:
    """The ``key: value`` lines of a small file."""
    try:
        if path.stat().st_size > LARGEST_TEXT // 64:
            return {}
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(path.name, ["cannot be read as text in UTF-8"]) from error
    pairs = (line.partition(":") for line in text.splitlines())
    return {key.strip(): value.strip() for key, colon, value in pairs if colon}


def _named(folder: Path, meta: dict[str, str], problems: list[str]) -> Path | None:
    name = meta.get("data_filename", "")
    path = folder / name
    if not name or not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        problems.append(f"data_filename {name!r} of a meta file is not in the folder; add the file")
        return None
    return path


def _clinical(
    folder: Path, metas: list[dict[str, str]], datatype: str, pattern: str, problems: list[str]
) -> Path | None:
    for meta in metas:
        if meta.get("datatype") == datatype:
            return _named(folder, meta, problems)
    return next(iter(sorted(folder.glob(pattern))), None)


def _profile(
    folder: Path, metas: list[dict[str, str]], kind: str, problems: list[str]
) -> Profile | None:
    alteration, datatypes = PROFILES[kind]
    for meta in metas:
        if (
            meta.get("genetic_alteration_type") != alteration
            or meta.get("datatype") not in datatypes
        ):
            continue
        if "uncalled" in meta.get("stable_id", ""):
            continue
        path = _named(folder, meta, problems)
        if path is None:
            return None
        return Profile(
            path=path,
            stable_id=meta.get("stable_id", ""),
            panel=meta.get("gene_panel", ""),
            exome=is_exome(meta.get("profile_description", "")),
        )
    found = (folder / name for name in _CONVENTION[kind])
    path = next((p for p in found if p.is_file()), None) if not metas else None
    return Profile(path=path, stable_id=kind) if path else None


def is_exome(text: str) -> bool:
    """Whether a description or the name of a panel says whole exome.

    >>> is_exome("Mutation data from whole exome sequencing."), is_exome("IMPACT468")
    (True, False)
    """
    words = text.casefold().replace("-", " ")
    return "whole exome" in words or words.strip() in {"wes", "wxs"}


def _matrix(folder: Path, metas: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    named = (m.get("data_filename", "") for m in metas if m.get("datatype") == "GENE_PANEL_MATRIX")
    path = folder / next(named, "data_gene_panel_matrix.txt")
    if not path.is_file():
        return {}
    panels: dict[str, dict[str, str]] = {}
    with open_table(path, {"sample": ("SAMPLE_ID",)}, (("sample",),)) as table:
        names = [name.strip() for name in table.header]
        for _, cells in table.rows:
            row = zip(names, cells, strict=False)
            known = {name: text.strip() for name, text in row if text.strip() not in {"", "NA"}}
            panels[table.cell(cells, "sample")] = known
    return panels


def _panels(folder: Path) -> dict[str, tuple[str, ...]]:
    found = (_keys(p) for p in sorted(folder.glob("data_gene_panel_*.txt")))
    return {
        panel["stable_id"]: tuple(panel["gene_list"].split())
        for panel in found
        if "stable_id" in panel and "gene_list" in panel
    }


def _sequenced(folder: Path) -> frozenset[str] | None:
    for name in ("cases_sequenced.txt", "cases_cnaseq.txt"):
        path = folder / "case_lists" / name
        if path.is_file():
            return frozenset(_keys(path).get("case_list_ids", "").split())
    return None
