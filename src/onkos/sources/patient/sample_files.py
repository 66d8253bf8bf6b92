"""The files of a case's samples, each read by the reader of its kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from onkos.errors import Unreadable
from onkos.model import Assay, Origin, Vocabulary
from onkos.sources.patient.assemble import checked_keys
from onkos.sources.patient.copy_number import read_copy_number
from onkos.sources.patient.doubts import OF_KIND, STRUCTURES, lists
from onkos.sources.patient.expression import read_expression
from onkos.sources.patient.fusions import read_fusions
from onkos.sources.patient.kinds import KINDS, kind_of
from onkos.sources.patient.maf import read_maf
from onkos.sources.patient.methylation import read_methylation
from onkos.sources.patient.msi import read_msi
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.orange import read_orange
from onkos.sources.patient.proteome import read_proteome
from onkos.sources.patient.purity import read_purity
from onkos.sources.patient.purple_genes import read_purple_genes
from onkos.sources.patient.purple_run import is_run, read_run
from onkos.sources.patient.segments import read_segments
from onkos.sources.patient.stated_assembly import ASSEMBLIES, with_assembly
from onkos.sources.patient.type_errors import plain_type_error
from onkos.sources.patient.vcf import read_vcf

_BARCODES_SHOWN = 5
TERRITORIES = ("exome", "genome")


class FileEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One file as a case file names it.

    Attributes
    ----------
    kind : str
        A word of `KINDS`; empty to be told from name and content.
    origin : str
        A word of `Origin`; empty for what the assay says.
    barcode : str
        Which sample of a table of several.
    tumour_sample : str
        Which column of a VCF.
    amplified_from : float or None
        Copies from which the laboratory calls an amplification.
    assembly : str
        ``"GRCh37"`` or ``"GRCh38"``: of variants and segments, where the file does not say, or
        says what is not so.
    territory : str
        Of a spectrum: ``"exome"`` or ``"genome"``, where the assay does not say.
    complete : bool
        All that was called in the sample, of what the file lists, stands in it, were it nothing.
    """

    path: str
    kind: str = ""
    origin: str = ""
    barcode: str = ""
    tumour_sample: str = ""
    amplified_from: float | None = None
    assembly: str = ""
    territory: str = ""
    complete: bool = False


_KEYS = FileEntry.__struct_encode_fields__


class SampleFiles:
    """Reads the files of one case; problems of all of them are gathered.

    Parameters
    ----------
    folder : Path
        Of the case file.
    problems : list of str
        Added to.
    """

    def __init__(self, folder: Path, vocabulary: Vocabulary, problems: list[str]) -> None:
        self.folder = folder
        self._vocabulary = vocabulary
        self._problems = problems
        self._seen: set[tuple[Path, str]] = set()

    def read(self, table: dict[str, Any], assay: Assay | None, where: str) -> Observed | None:
        """What one file told of the sample; None where it could not be read."""
        entry = self._entry(table, where)
        if entry is None:
            return None
        path = self._path(entry, where)
        if path is None:
            return None
        kind, notices = self._kind(entry, path, where)
        if not kind:
            return None
        if entry.complete and kind not in {"vcf", "maf", *OF_KIND}:
            told = f"complete = true is for lists of alterations; {entry.path} is read as {kind}"
            self._problems.append(f"{where}{told}")
            return None
        try:
            if kind == "spectrum":
                by_sample = _spectra(path, entry.territory or _territory(assay))
            else:
                by_sample = self._by_sample(entry, path, kind, _origin(entry, kind, assay))
        except Unreadable as error:
            self._problems += [f"{error.source}: {problem}" for problem in error.problems]
            return None
        observed = self._of(entry, path, by_sample, where)
        if observed is not None:
            _vouched(observed, kind, entry.complete)
            if entry.assembly:
                with_assembly(observed, path.name, entry.assembly)
            observed.notices = notices + observed.notices
        return observed

    def _entry(self, table: dict[str, Any], where: str) -> FileEntry | None:
        wrong = checked_keys(table, _KEYS, f"{where}file: ")
        if "path" not in table:
            wrong.append(f"{where}a file has no path; add it")
        self._problems += wrong
        if wrong:
            return None
        try:
            entry = msgspec.convert(table, FileEntry)
        except msgspec.ValidationError as error:
            self._problems.append(f"{where}file: {plain_type_error(error)}")
            return None
        before = len(self._problems)
        for word, known, name in (
            (entry.kind, KINDS, "kind"),
            (entry.origin, tuple(map(str, Origin)), "origin"),
            (entry.assembly, ASSEMBLIES, "assembly"),
            (entry.territory, TERRITORIES, "territory"),
        ):
            if word and word not in known:
                choices = ", ".join(known)
                self._problems.append(f"{where}{name} {word!r} of {entry.path}: one of {choices}")
        return entry if len(self._problems) == before else None

    def _path(self, entry: FileEntry, where: str) -> Path | None:
        path = self.folder / entry.path
        problem = ""
        if not path.is_file() and not is_run(path):
            what = "is a folder, not of a PURPLE run" if path.is_dir() else "is not there"
            problem = f"{what}; paths are relative to the folder of the case file"
        elif (path.resolve(), entry.barcode) in self._seen:
            problem = "is listed twice; its findings would count twice"
        self._seen.add((path.resolve(), entry.barcode))
        if problem:
            self._problems.append(f"{where}file {entry.path} {problem}")
            return None
        return path

    def _kind(self, entry: FileEntry, path: Path, where: str) -> tuple[str, list[str]]:
        if entry.kind:
            return entry.kind, []
        kind, told = kind_of(path)
        if not kind:
            self._problems.append(
                f"{where}what kind of file {entry.path} is does not show; add kind, one of "
                f"{', '.join(KINDS)}"
            )
        return kind, [f"{path.name}: read as {kind}, told from {told}"]

    def _by_sample(
        self, entry: FileEntry, path: Path, kind: str, origin: Origin
    ) -> dict[str, Observed]:
        words = self._vocabulary
        match kind:
            case "vcf":
                return read_vcf(path, words, origin, tumour_sample=entry.tumour_sample)
            case "maf":
                return read_maf(path, words, origin)
            case "segments":
                return read_segments(path, words, origin, entry.amplified_from, entry.assembly)
            case "fusions":
                return read_fusions(path, words, origin)
            case "copy-number":
                return read_copy_number(path, words, origin, entry.amplified_from)
            case "purple-genes":
                return read_purple_genes(path, words, origin, entry.amplified_from)
            case _:
                return self._of_whole_sample(entry, path, kind)

    def _of_whole_sample(self, entry: FileEntry, path: Path, kind: str) -> dict[str, Observed]:
        """Files that tell of the sample or the run as a whole."""
        words = self._vocabulary
        match kind:
            case "purple":
                return read_run(path, words, entry.amplified_from, entry.assembly)
            case "orange":
                return read_orange(path, words)
            case "expression":
                return read_expression(path, words)
            case "msi":
                return read_msi(path)
            case "purity":
                return read_purity(path)
            case "methylation":
                return read_methylation(path, words)
            case _:
                return read_proteome(path, words)

    def _of(
        self, entry: FileEntry, path: Path, by_sample: dict[str, Observed], where: str
    ) -> Observed | None:
        """The part of a file that is of this sample."""
        names = [name for name in by_sample if name]
        if entry.barcode:
            found = by_sample.get(entry.barcode)
            if found is None:
                self._problems.append(
                    f"{where}{path.name} has no sample {entry.barcode!r}; {_listed(names)}"
                )
                return None
            rest = by_sample.get("")
            if rest is not None and rest is not found:
                found.add(rest)
            return found
        if len(by_sample) > 1:
            self._problems.append(
                f"{where}{path.name} has {len(names)} samples; add barcode to the file's entry; "
                f"{_listed(names)}"
            )
            return None
        return next(iter(by_sample.values()))


def _vouched(observed: Observed, kind: str, complete: bool) -> None:
    """Note what the file lists, and that all of it is there, where somebody said so."""
    lists(observed, kind, complete)
    if not complete or kind in OF_KIND:
        return
    observed.chromosomes.clear()
    structures = bool(observed.structures_by) or STRUCTURES[0] in observed.told
    if structures:
        observed.told |= dict.fromkeys(STRUCTURES, "")
    observed.has_calls |= not structures


def _spectra(path: Path, territory: str) -> dict[str, Observed]:
    # Few cases have one; what reads channels stands on this package.
    from onkos.sources.patient.spectra import observed_spectra

    return observed_spectra(path, territory)


def _territory(assay: Assay | None) -> str:
    """Exome or genome, where the assay is one of them."""
    return assay.kind if assay is not None and assay.kind in TERRITORIES else ""


def _listed(names: list[str]) -> str:
    if not names:
        return "the file names no samples"
    more = f" and {len(names) - _BARCODES_SHOWN} more" if len(names) > _BARCODES_SHOWN else ""
    return f"it has {', '.join(names[:_BARCODES_SHOWN])}{more}"


def _origin(entry: FileEntry, kind: str, assay: Assay | None) -> Origin:
    """The origin that the entry states, else what a paired assay says of small variants."""
    if entry.origin:
        return Origin(entry.origin)
    paired = assay is not None and assay.paired_normal and kind in {"maf", "vcf"}
    return Origin.SOMATIC if paired else Origin.UNKNOWN
