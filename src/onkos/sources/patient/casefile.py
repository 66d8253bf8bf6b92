"""A case file: one TOML page that ties a patient's files, tests and history together.

```toml
id = "demo-01"                       # an opaque name, no name or birth date
disease = "melanoma"                 # an OncoTree code or name
age = 61
sex = "female"
stage = "IV"
line = 1                             # the line of therapy to be chosen
settings = ["metastatic"]
alterations = ["BRAF V600E"]         # as a report says it
measurements = ["TMB 12", "MSS"]
prior = []                           # none given; left out would be unknown

[[sample]]
id = "tumour"
material = "tissue"
purity = 0.6
assay = "WES paired"
files = [ { path = "snvs.maf" }, { path = "cna.txt", kind = "copy-number" } ]
```

The page ``docs/case-file.md`` explains every key.
"""

from __future__ import annotations

import datetime
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from onkos.errors import OnkosError, Unreadable
from onkos.model import EVERYTHING, Alteration, Assay, Case, Knowledge, Sample, Vocabulary
from onkos.sources.patient.assemble import Patient, assemble, checked_keys, sample_of
from onkos.sources.patient.bed import sized
from onkos.sources.patient.cut_files import cut_doubts
from onkos.sources.patient.doubts import doubts_of
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.quality import with_quality
from onkos.sources.patient.sample_files import SampleFiles
from onkos.sources.patient.stated_assembly import ASSEMBLIES
from onkos.sources.patient.tables import LONGEST_LINE
from onkos.sources.patient.text import observe
from onkos.sources.patient.type_errors import plain_type_error

Table = dict[str, Any]
T = TypeVar("T")

# A case file is a page; one of a megabyte is something else.
LARGEST_CASE_FILE = LONGEST_LINE

_CHANGES = ("changes", "changes_assembly")  # knowledge that goes with the case
_REPORTS = ("", "all")
_PATIENT_KEYS = (*Patient.__struct_encode_fields__, "sample", *_CHANGES)


class SampleEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One ``[[sample]]`` as written.

    Attributes
    ----------
    assay : str
        Name of an assay of the knowledge.
    assay_definition : dict
        Fields of `Assay` in place of a name, for a test that the knowledge lacks.
    territory : str
        Path of a BED or interval list with the assay's territory.
    report : str
        ``"all"`` where what stands here is all that the laboratory reports of the assay.
    """

    id: str = ""
    material: str = ""
    site: str = ""
    collected: str = ""
    purity: float | None = None
    tumour_fraction: float | None = None
    ploidy: float | None = None
    coverage: float | None = None
    contamination: float | None = None
    assay: str = ""
    assay_definition: dict[str, Any] | None = None
    territory: str = ""
    report: str = ""
    alterations: list[str] = []
    measurements: list[str] = []
    files: list[dict[str, Any]] = []


def read_case(path: Path, knowledge: Knowledge, fuzzy: bool = False) -> Case:
    """Read a case file and all files that it names.

    Parameters
    ----------
    path : Path
        The case file; paths in it are relative to its folder.
    knowledge : Knowledge
    fuzzy : bool
        Take the plainly nearest disease for an unknown one, and say so in a notice.

    Raises
    ------
    Unreadable
        With every problem of the case file and of all files that it names.
    """
    table = _load(path)
    problems = checked_keys(table, _PATIENT_KEYS, "")
    patient = _patient(table, problems)
    entries = _sample_entries(table, problems)
    files = SampleFiles(path.parent, knowledge.vocabulary, problems)
    told = patient.alterations if patient and patient.alterations else ()
    read = _Samples(knowledge, files, len(entries) > 1, problems, told)
    for number, entry in enumerate(entries, start=1):
        read.take(number, entry)
    case = None
    try:
        if patient is not None:
            case = assemble(patient, knowledge, read.samples, read.observed, fuzzy)
    except Unreadable as error:
        problems += error.problems
    except OnkosError as error:
        problems.append(str(error))
    if problems or case is None:
        raise Unreadable(path.name, problems)
    return case


def named_changes(path: Path) -> tuple[Path | None, str]:
    """The table of known changes that a case file names, and its assembly.

    Raises
    ------
    Unreadable
        Where the case file is none, or what it says of the table cannot be.
    """
    if not path.is_file():
        return None, ""
    table = _load(path)
    name, assembly = (table.get(key, "") for key in _CHANGES)
    problems = []
    if not isinstance(name, str):
        problems.append("changes is no path; write the path of a table in quotes")
    if assembly not in {"", *ASSEMBLIES}:
        problems.append(f"changes_assembly {assembly!r}: one of {', '.join(ASSEMBLIES)}")
    if problems:
        raise Unreadable(path.name, problems)
    return (path.parent / name if name else None), assembly


def _load(path: Path) -> Table:
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or "reading failed"
        raise Unreadable(path.name, [f"cannot be opened: {why}; check the path"]) from error
    if len(data) > LARGEST_CASE_FILE or b"\0" in data:
        raise Unreadable(path.name, ["this is not a case file; give the page in TOML"])
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(path.name, ["not UTF-8; save the file in UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(path.name, [f"not TOML: {error}"]) from error


def _patient(table: Table, problems: list[str]) -> Patient | None:
    known = Patient.__struct_encode_fields__
    fields = {k: _text_of_date(v) for k, v in table.items() if k in known}
    missing = [key for key in ("id", "disease") if key not in fields]
    problems += [f"{key!r} is missing; add it" for key in missing]
    if missing:
        return None
    return _converted(fields, Patient, "", problems)


def _text_of_date(value: object) -> object:
    """A TOML date as ISO text; all else as it is."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def _converted(table: object, noun: type[T], where: str, problems: list[str]) -> T | None:
    try:
        return msgspec.convert(table, noun)
    except (msgspec.ValidationError, ValueError) as error:
        problems.append(f"{where}{plain_type_error(error)}")
        return None


def _sample_entries(table: Table, problems: list[str]) -> list[SampleEntry]:
    tables = table.get("sample", [])
    if isinstance(tables, dict):
        tables = [tables]
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        problems.append("'sample' is not a table; write [[sample]] above its keys")
        return []
    entries = []
    for number, one in enumerate(tables, start=1):
        where = f"sample {number}: "
        problems += checked_keys(one, SampleEntry.__struct_encode_fields__, where)
        fields = {key: _text_of_date(value) for key, value in one.items()}
        entry = _converted(fields, SampleEntry, where, problems)
        if entry is not None:
            entries.append(entry)
    return entries


class _Samples:
    """Makes samples of their entries, and reads their files."""

    def __init__(
        self,
        knowledge: Knowledge,
        files: SampleFiles,
        several: bool,
        problems: list[str],
        told: Sequence[str] = (),
    ) -> None:
        self._told = told
        self._knowledge = knowledge
        self._files = files
        self._folder = files.folder
        self._several = several
        self._problems = problems
        self.samples: list[Sample] = []
        self.observed: list[Observed] = []

    def take(self, number: int, entry: SampleEntry) -> None:
        """Add one sample and what was read of it."""
        where = f"sample {entry.id or number}: "
        if self._several and not entry.id:
            self._problems.append(f"{where}has no id; of several samples each needs one")
        sample, notices = self._with_territory(self._sample(entry, where), entry, where)
        assay = sample.assay if sample else None
        found = [self._files.read(file, assay, where) for file in entry.files]
        found.append(self._stated(entry, where))
        if sample is None:
            return
        if any(other.id == sample.id for other in self.samples):
            self._problems.append(f"{where}two samples have this id; give each its own")
        sample, disagreeing = with_quality(sample, found)
        if entry.report not in _REPORTS:
            self._problems.append(f'{where}report {entry.report!r}: "all", or leave it out')
        whole = entry.report == "all"
        doubts = doubts_of(sample, found[:-1], self._all_stated(found[-1]), whole)
        if not whole:
            doubts = (*doubts, *cut_doubts(sample, found[:-1], self._knowledge.vocabulary))
        own = found[-1].doubts if found[-1] else ()
        sample = msgspec.structs.replace(sample, doubts=(*doubts, *own))
        self.samples.append(sample)
        self.observed.append(Observed(notices=[*notices, *disagreeing]))
        for observed in found:
            if observed is not None:
                self.observed.append(_placed(observed, sample.id) if self._several else observed)

    def _sample(self, entry: SampleEntry, where: str) -> Sample | None:
        assay = self._defined(entry, where)
        if entry.assay and entry.assay_definition is not None:
            self._problems.append(f"{where}both assay and assay_definition; keep one")
        try:
            sample = sample_of(
                id=entry.id,
                assay_name="" if assay else entry.assay,
                knowledge=self._knowledge,
                material=entry.material,
                site=entry.site,
                collected=entry.collected,
                purity=entry.purity,
                tumour_fraction=entry.tumour_fraction,
                ploidy=entry.ploidy,
                coverage=entry.coverage,
                contamination=entry.contamination,
            )
        except (OnkosError, ValueError) as error:
            self._problems.append(f"{where}{error}")
            return None
        return msgspec.structs.replace(sample, assay=assay) if assay else sample

    def _with_territory(
        self, sample: Sample | None, entry: SampleEntry, where: str
    ) -> tuple[Sample | None, list[str]]:
        """The sample, its assay with the size of the territory that a file tells."""
        defined = entry.assay_definition or {}
        told = [path for path in (entry.territory, defined.get("territory", "")) if path != ""]
        if sample is None or not told:
            return sample, []
        problem = ""
        if len(told) > 1:
            problem = "territory stands twice; keep one"
        elif not isinstance(told[0], str):
            problem = "territory is no path; write the path of a BED in quotes"
        elif "megabases" in defined:
            problem = "both megabases and territory; keep one"
        elif sample.assay is None:
            problem = "a territory without an assay; name the assay, or write assay_definition"
        if problem or sample.assay is None:
            self._problems.append(f"{where}{problem}")
            return sample, []
        try:
            assay, notices = sized(sample.assay, self._folder / told[0])
        except Unreadable as error:
            self._problems += [f"{where}territory {error.source}: {p}" for p in error.problems]
            return sample, []
        return msgspec.structs.replace(sample, assay=assay), notices

    def _defined(self, entry: SampleEntry, where: str) -> Assay | None:
        """An assay written out in the case file."""
        if entry.assay_definition is None:
            return None
        fields = dict(entry.assay_definition)
        fields.pop("territory", None)  # read with the sample's own
        where = f"{where}assay_definition: "
        wrong = checked_keys(fields, Assay.__struct_encode_fields__, where)
        if "name" not in fields:
            wrong.append(f"{where}'name' is missing; add it")
        self._problems += wrong
        if wrong:
            return None
        fields.setdefault("id", fields["name"])
        assay = _converted(fields, Assay, where, self._problems)
        return assay and _approved(assay, self._knowledge.vocabulary)

    def _stated(self, entry: SampleEntry, where: str) -> Observed | None:
        """Findings of this sample in words."""
        words = self._knowledge.vocabulary
        found = Observed()
        try:
            for name in ("alterations", "measurements"):
                texts = getattr(entry, name)
                if texts:
                    found.add(observe(texts, words, name))
        except OnkosError as error:
            self._problems.append(f"{where}{error}")
            return None
        return found

    def _all_stated(self, own: Observed | None) -> list[Alteration]:
        """Alterations in words: those of the sample and those of the whole case."""
        try:
            told = observe(self._told, self._knowledge.vocabulary, "alterations").alterations
        except OnkosError:  # told where the case is put together
            told = []
        return told + (own.alterations if own else [])


def _approved(assay: Assay, vocabulary: Vocabulary) -> Assay:
    """The assay with its genes by their approved symbols."""
    names = vocabulary.symbol_by_name

    def symbols(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            word if word == EVERYTHING else names.get(word.upper(), word) for word in words
        )

    lists = ("small_variants", "copy_number", "fusions", "promoters", "proteins")
    return msgspec.structs.replace(
        assay,
        regions={names.get(gene.upper(), gene): spans for gene, spans in assay.regions.items()},
        **{name: symbols(getattr(assay, name)) for name in lists},
    )


_PLACED = (
    "alterations", "calls", "silent", "junctions", "measurements", "segments", "spectra",
    "profiles",
)  # fmt: skip


def _placed(observed: Observed, sample: str) -> Observed:
    """The same, each finding with the id of its sample."""
    for name in _PLACED:
        found = [msgspec.structs.replace(one, sample=sample) for one in getattr(observed, name)]
        setattr(observed, name, found)
    observed.called = Counter({sample: observed.called.total()})
    called = {sample: sum(observed.beside.called.values())} if observed.beside.called else {}
    observed.beside = msgspec.structs.replace(observed.beside, called=called)
    return observed
