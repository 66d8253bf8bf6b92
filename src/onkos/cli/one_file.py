"""A case of one file or run of a patient, without a case file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from onkos.errors import Unreadable, UsageError
from onkos.model import Case, Knowledge, Sample
from onkos.sources.patient.assemble import Patient, assemble, sample_of
from onkos.sources.patient.bed import sized
from onkos.sources.patient.cut_files import cut_doubts
from onkos.sources.patient.doubts import doubts_of
from onkos.sources.patient.kinds import kind_of
from onkos.sources.patient.quality import with_quality
from onkos.sources.patient.sample_files import SampleFiles

_WAYS_OUT = {
    "add barcode to the file's entry": "choose one with --sample",
    "add kind, one of": "name it in a case file with its kind, one of",
    "(tumour_sample)": "(--sample)",
    "give tumour_sample = ": "give --sample ",
}
SAMPLE_FIELDS = ("material", "purity", "tumour_fraction")


def case_of_file(
    path: Path, given: Mapping[str, object], knowledge: Knowledge, fuzzy: bool
) -> Case:
    """Read one file of a patient; the options say the rest.

    Parameters
    ----------
    given : mapping of str to object
        Options that were given, `disease` among them.

    Raises
    ------
    OnkosError
        With every problem of the file.
    """
    said: dict[str, Any] = {"id": path.name.partition(".")[0], **given}
    barcode = said.pop("sample", "")
    assays = said.pop("assay", [])
    if len(assays) > 1:
        raise UsageError("one file is of one assay; name several in a case file")
    whole = bool(said.pop("whole_report", False))
    if whole and not assays:
        raise UsageError("--whole-report without an assay; name it with --assay")
    territory, assembly = said.pop("territory", ""), said.pop("assembly", "")
    about = {name: said.pop(name) for name in SAMPLE_FIELDS if name in said}
    try:
        sample = sample_of(assay_name=assays[0] if assays else "", knowledge=knowledge, **about)
    except ValueError as error:
        raise UsageError(str(error)) from error
    sample, told = _with_territory(sample, territory)
    problems: list[str] = []
    files = SampleFiles(path.parent, knowledge.vocabulary, problems)
    key = "tumour_sample" if kind_of(path)[0] == "vcf" else "barcode"
    entry = {"path": path.name, key: barcode, "assembly": assembly}
    observed = files.read(entry, sample.assay, "")
    if observed is None:
        raise Unreadable(path.name, [_on_command_line(problem) for problem in problems])
    sample, notices = with_quality(sample, [observed])
    doubts = doubts_of(sample, [observed], whole=whole)
    if not whole:
        doubts = (*doubts, *cut_doubts(sample, [observed], knowledge.vocabulary))
    sample = replace(sample, doubts=doubts)
    observed.notices += [*told, *notices]
    samples = [sample] if sample.assay or about or observed.quality else []
    return assemble(Patient(**said), knowledge, samples, [observed], fuzzy)


def _with_territory(sample: Sample, territory: str) -> tuple[Sample, list[str]]:
    """The sample with the size of its assay's territory, and what was read of that."""
    if not territory:
        return sample, []
    if sample.assay is None:
        raise UsageError("--territory without an assay; name it with --assay")
    assay, notices = sized(sample.assay, Path(territory))
    return replace(sample, assay=assay), notices


def _on_command_line(problem: str) -> str:
    """The way out in the words of the command line."""
    for in_case_file, here in _WAYS_OUT.items():
        problem = problem.replace(in_case_file, here)
    return problem
