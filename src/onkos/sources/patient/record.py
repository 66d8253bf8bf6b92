"""One JSON Lines record of a cohort as a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from onkos.errors import InputError
from onkos.model import Case, Knowledge, Sample
from onkos.model.names import name_key
from onkos.sources.patient.assemble import Patient, assemble, checked_keys, sample_of
from onkos.sources.patient.type_errors import plain_type_error


class Record(Patient, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record: what is said of a patient, and of the one sample or test behind it.

    Attributes
    ----------
    assay : str or sequence of str or None
        Names of assays, each a sample of its own; the first answers for the alterations.
    material : str
        ``"tissue"``, ``"plasma"``, ``"blood"`` or ``"marrow"``.
    purity, tumour_fraction : float or None
        In [0, 1].
    """

    assay: str | Sequence[str] | None = None
    material: str = ""
    purity: float | None = None
    tumour_fraction: float | None = None


KEYS = Record.__struct_encode_fields__
_REQUIRED = ("id", "disease")


def case_of_record(record: Mapping[str, object], knowledge: Knowledge, fuzzy: bool = False) -> Case:
    """Make a case of one record.

    Parameters
    ----------
    record : mapping of str to object
        Keys ``id`` and ``disease``, and any of ``alterations``, ``measurements``, ``prior``,
        ``comedication``, ``settings`` (lists of text), ``assay`` (text or a list), ``age``,
        ``sex``, ``stage``, ``line``, ``material``, ``purity``, ``tumour_fraction``,
        ``as_of``, ``earlier``, ``germline``. A list left out is unknown; an empty one means none.
    knowledge : Knowledge
    fuzzy : bool
        Take the plainly nearest disease for an unknown one, and say so in a notice.

    Raises
    ------
    VocabularyError
        For a disease, assay or setting that is not known.
    InputError
        For a key that is missing or not known, or a value of the wrong type or range.

    Examples
    --------
    >>> from onkos.model import Disease, Vocabulary
    >>> words = Vocabulary(diseases=(Disease(code="MEL", name="Melanoma"),))
    >>> case_of_record({"id": "1", "disease": "melanoma"}, Knowledge(vocabulary=words)).disease
    'MEL'
    """
    if not isinstance(record, Mapping):
        raise InputError("a record is an object with the keys id and disease")
    missing = [key for key in _REQUIRED if record.get(key) in (None, "")]
    problems = [f"{key!r} is missing; add it" for key in missing]
    problems += checked_keys(record, KEYS, "")
    if problems:
        raise InputError("; ".join(problems))
    try:
        read = msgspec.convert(record, Record)
    except msgspec.ValidationError as error:
        raise InputError(plain_type_error(error)) from error
    try:
        samples = _samples(read, knowledge)
    except ValueError as error:
        raise InputError(str(error)) from error
    return assemble(read, knowledge, samples=samples, fuzzy=fuzzy)


def _samples(record: Record, knowledge: Knowledge) -> list[Sample]:
    if not record.assay:
        said = record.material or record.purity is not None or record.tumour_fraction is not None
        return [_sample(record, "", "", knowledge)] if said else []
    names = [record.assay] if isinstance(record.assay, str) else list(record.assay)
    ids = ["", *(name_key(name) for name in names[1:])]
    return [_sample(record, name, id_, knowledge) for name, id_ in zip(names, ids, strict=False)]


def _sample(record: Record, assay: str, id_: str, knowledge: Knowledge) -> Sample:
    return sample_of(
        id=id_,
        assay_name=assay,
        knowledge=knowledge,
        material=record.material,
        purity=record.purity,
        tumour_fraction=record.tumour_fraction,
    )
