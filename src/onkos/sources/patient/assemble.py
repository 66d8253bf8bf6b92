"""What was said of a patient, and what was read of the tumour, put together as one case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from onkos.errors import InputError, OnkosError, Unreadable, VocabularyError
from onkos.model import (
    Case,
    Consent,
    Knowledge,
    PriorTherapy,
    Sample,
    Unread,
    Vocabulary,
)
from onkos.model.names import nearest
from onkos.sources.patient.clinical_words import (
    comedication_of,
    disease_code,
    settings_of,
    sex_of,
    stage_of,
)
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.prior_text import read_prior
from onkos.sources.patient.text import observe
from onkos.sources.patient.together import together

T = TypeVar("T")

MATERIALS = ("tissue", "plasma", "blood", "marrow")


class Patient(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of a patient, as written; `assemble` gives the words their meaning.

    Attributes
    ----------
    disease : str
        A code, name or synonym.
    patient : str
        Opaque id, where several cases may be of one patient.
    alterations, measurements : sequence of str
        Plain text, as a report says it.
    prior, comedication, settings : sequence of str or None
        None is unknown; empty is none.
    germline : str
        ``"report"`` or ``"withhold"`` inherited findings; empty where nothing was said.
    """

    id: str
    disease: str
    alterations: Sequence[str] | None = None
    measurements: Sequence[str] | None = None
    prior: Sequence[str] | None = None
    comedication: Sequence[str] | None = None
    settings: Sequence[str] | None = None
    age: float | None = None
    sex: str | None = None
    stage: str | int | None = None
    line: int | None = None
    as_of: str = ""
    earlier: str = ""
    patient: str = ""
    germline: str = ""


class Troubles:
    """Errors gathered, so that the user sees all of them at once."""

    def __init__(self) -> None:
        self.errors: list[OnkosError] = []

    def spared(self, default: T, work: Callable[..., T], *args: Any) -> T:
        """The result of `work`, or `default` and its error kept."""
        try:
            return work(*args)
        except OnkosError as error:
            self.errors.append(error)
        except ValueError as error:
            self.errors.append(InputError(str(error)))
        return default

    def raise_all(self, source: str) -> None:
        """Raise what was gathered: one error as it is, several as one.

        Raises
        ------
        OnkosError
        """
        if len(self.errors) == 1:
            raise self.errors[0]
        if self.errors:
            raise Unreadable(source, [str(error) for error in self.errors])


_AS_WRITTEN = ("age", "line", "as_of", "earlier", "patient")
_SEEN = (
    "alterations", "segments", "profiles", "spectra", "calls", "silent", "junctions", "phases",
    "measurements",
)  # fmt: skip


def assemble(
    patient: Patient,
    knowledge: Knowledge,
    samples: Sequence[Sample] = (),
    observed: Sequence[Observed] = (),
    fuzzy: bool = False,
) -> Case:
    """Make a case of what was said and what was read.

    Parameters
    ----------
    patient : Patient
    knowledge : Knowledge
    samples : sequence of Sample
        With their assays.
    observed : sequence of Observed
        What the files of the samples told.
    fuzzy : bool
        Take the plainly nearest disease for an unknown one, and say so.

    Raises
    ------
    VocabularyError
        For a disease or setting that is not known.
    InputError
        For a value that cannot be; several problems come as one ``Unreadable``.
    """
    vocabulary, troubles, notices = knowledge.vocabulary, Troubles(), list[str]()
    if not patient.id.strip():
        troubles.errors.append(InputError("the case has no id; give it one of its own"))
    code = troubles.spared("", disease_code, patient.disease, vocabulary, fuzzy, notices)
    settings = troubles.spared(None, settings_of, patient.settings, vocabulary)
    sex = troubles.spared(None, sex_of, patient.sex)
    stage = troubles.spared(None, stage_of, patient.stage)
    told, unread_prior = _told(patient, vocabulary, troubles)
    consent = troubles.spared(Consent.UNSAID, _consent, patient.germline)
    prior = _prior(patient.prior, unread_prior[0], unread_prior[1], notices)
    whole = together(told, observed)
    notices += _of_samples(samples)
    seen: dict[str, Any] = {name: tuple(getattr(whole, name)) for name in _SEEN}
    case = troubles.spared(
        None,
        lambda: Case(
            id=patient.id.strip(),
            disease=code,
            **seen,
            **{name: getattr(patient, name) for name in _AS_WRITTEN},
            samples=_with_doubts(samples, told),
            prior=prior,
            comedication=comedication_of(patient.comedication, vocabulary),
            sex=sex,
            stage=stage,
            settings=settings,
            germline=consent,
            apart=whole.beside,
            unread=(*whole.unread, *unread_prior[1]),
            filtered=dict(whole.filtered),
            rows=whole.rows,
            called=dict(whole.called),
            notices=tuple(dict.fromkeys((*notices, *whole.notices))),
        ),
    )
    troubles.raise_all(f"case {patient.id.strip()}")
    if case is None:
        raise InputError("the case could not be put together")
    return case


def _with_doubts(samples: Sequence[Sample], told: Observed) -> tuple[Sample, ...]:
    """What was said in words and not understood is in doubt for each of them."""
    return tuple(msgspec.structs.replace(s, doubts=(*s.doubts, *told.doubts)) for s in samples)


def _consent(word: str) -> Consent:
    try:
        return Consent(word.strip().casefold())
    except ValueError as error:
        raise VocabularyError(
            "germline", word, [str(known) for known in Consent if known]
        ) from error


def checked_keys(table: Mapping[str, object], known: Sequence[str], where: str) -> list[str]:
    """What is wrong with the keys of a table: those that are not known, each with the nearest."""
    problems = []
    for key in table:
        if key not in known:
            near = nearest(str(key), known, limit=1, cutoff=60)
            meant = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
            problems.append(f"{where}unknown key {str(key)!r}{meant}")
    return problems


def sample_of(
    *,
    assay_name: str,
    knowledge: Knowledge,
    material: str = "",
    **fields: Any,
) -> Sample:
    """A sample with the assay of a name; material from the assay where there is one only.

    Raises
    ------
    VocabularyError
        For an unknown assay or material.
    ValueError
        For a purity or tumour fraction outside 0 to 1.
    """
    assay = knowledge.assay(assay_name) if assay_name else None
    if material and material not in MATERIALS:
        raise VocabularyError("material", material, MATERIALS)
    if not material and assay and len(assay.material) == 1:
        material = assay.material[0]
    return Sample(material=material, assay=assay, **fields)


def _told(
    patient: Patient, vocabulary: Vocabulary, troubles: Troubles
) -> tuple[Observed, tuple[list[PriorTherapy], list[Unread]]]:
    told = Observed()
    for name in ("alterations", "measurements"):
        texts = getattr(patient, name)
        if texts:
            found = troubles.spared(Observed(), observe, texts, vocabulary, name)
            told.add(found)
    nothing: tuple[list[PriorTherapy], list[Unread]] = ([], [])
    if not patient.prior:
        return told, nothing
    return told, troubles.spared(nothing, read_prior, patient.prior, vocabulary)


def _prior(
    texts: Sequence[str] | None,
    read: list[PriorTherapy],
    unread: list[Unread],
    notices: list[str],
) -> tuple[PriorTherapy, ...] | None:
    """Prior therapies; one not understood stays in the list under its own words.

    Left out, it would make the case look less treated, and the line of therapy too low.
    """
    if texts is None:
        return None
    if unread:
        notices.append(f"{len(unread)} prior therapies were not understood: see the unread items")
    kept = (item.text.partition("(")[0].strip().casefold() for item in unread)
    return (*read, *(PriorTherapy(drugs=(name or "not understood",)) for name in kept))


def _of_samples(samples: Sequence[Sample]) -> list[str]:
    return [
        f"{sample.assay.name} is a test of {' or '.join(sample.assay.material)}, the sample is "
        f"{sample.material}"
        for sample in samples
        if sample.assay and sample.material and sample.material not in sample.assay.material
    ]
