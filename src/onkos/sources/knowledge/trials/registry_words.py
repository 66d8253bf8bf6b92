"""Words of registries for status, phase, age and sex."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onkos.model.trial import StudyType, TrialStatus

_STATUS = {
    "recruiting": TrialStatus.RECRUITING,
    "open to accrual": TrialStatus.RECRUITING,
    "open": TrialStatus.RECRUITING,
    "enrolling by invitation": TrialStatus.BY_INVITATION,
    "not yet recruiting": TrialStatus.NOT_YET,
    "active not recruiting": TrialStatus.ACTIVE,
    "suspended": TrialStatus.SUSPENDED,
    "closed": TrialStatus.CLOSED,
    "closed to accrual": TrialStatus.CLOSED,
    "completed": TrialStatus.COMPLETED,
    "terminated": TrialStatus.TERMINATED,
    "withdrawn": TrialStatus.WITHDRAWN,
    "available": TrialStatus.AVAILABLE,
    "temporarily not available": TrialStatus.NOT_AVAILABLE,
    "no longer available": TrialStatus.NO_LONGER,
    "approved for marketing": TrialStatus.MARKETED,
}
_OF_REGISTRY = {
    TrialStatus.RECRUITING: "RECRUITING",
    TrialStatus.BY_INVITATION: "ENROLLING_BY_INVITATION",
    TrialStatus.NOT_YET: "NOT_YET_RECRUITING",
    TrialStatus.ACTIVE: "ACTIVE_NOT_RECRUITING",
    TrialStatus.SUSPENDED: "SUSPENDED",
    TrialStatus.COMPLETED: "COMPLETED",
    TrialStatus.TERMINATED: "TERMINATED",
    TrialStatus.WITHDRAWN: "WITHDRAWN",
    TrialStatus.UNKNOWN: "UNKNOWN",
    TrialStatus.AVAILABLE: "AVAILABLE",
    TrialStatus.NOT_AVAILABLE: "TEMPORARILY_NOT_AVAILABLE",
    TrialStatus.NO_LONGER: "NO_LONGER_AVAILABLE",
    TrialStatus.MARKETED: "APPROVED_FOR_MARKETING",
}
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_PHASE = re.compile(r"^(early_?\s*)?(?:phase)?\s*_?([1-4]|I{1,3}|IV)[ab]?$", re.IGNORECASE)
_AGE = re.compile(r"^(\d+(?:\.\d+)?)\s*(year|month|week|day|hour|minute)s?$", re.IGNORECASE)
_NO_BOUND = frozenset({"", "n/a", "na", "n/a (no limit)", "no limit", "none", "not applicable"})
_PER_YEAR = {"year": 1, "month": 12, "week": 365.25 / 7, "day": 365.25, "hour": 8766,
             "minute": 525_960}  # fmt: skip


def status_of(text: str) -> TrialStatus:
    """The status that a registry's word means; unknown for a word that is new.

    >>> status_of("ACTIVE_NOT_RECRUITING")
    <TrialStatus.ACTIVE: 'active, not recruiting'>
    """
    return _STATUS.get(_plain(text), TrialStatus.UNKNOWN)


def type_of(text: str, registry: bool = False) -> StudyType:
    """The type of study that a registry's word means.

    Parameters
    ----------
    registry : bool
        Whether the source says that it is a registry of patients.

    >>> type_of("EXPANDED_ACCESS"), type_of("OBSERVATIONAL", registry=True)
    (<StudyType.EXPANDED_ACCESS: 'expanded access'>, <StudyType.REGISTRY: 'patient registry'>)
    """
    if registry:
        return StudyType.REGISTRY
    known = {str(one): one for one in StudyType}
    return known.get(_plain(text), StudyType.UNKNOWN)


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").replace(",", " ").casefold().split())


def words_of(statuses: Iterable[TrialStatus]) -> tuple[str, ...]:
    """How ClinicalTrials.gov writes statuses; one that it does not know is left out.

    >>> words_of([TrialStatus.RECRUITING, TrialStatus.NOT_YET])
    ('NOT_YET_RECRUITING', 'RECRUITING')
    """
    return tuple(sorted(_OF_REGISTRY[status] for status in statuses if status in _OF_REGISTRY))


def phases_of(words: Iterable[str]) -> tuple[str, ...]:
    """Phases by number; what is no phase (NA) is left out.

    >>> phases_of(["PHASE1", "PHASE2"]), phases_of(["EARLY_PHASE1"]), phases_of(["I/II", "NA"])
    (('1', '2'), ('early 1',), ('1', '2'))
    """
    found = []
    for part in (part.strip() for word in words for part in word.split("/")):
        said = _PHASE.match(part)
        if said:
            number = _ROMAN.get(said[2].upper(), said[2])
            found.append(f"early {number}" if said[1] else number)
    return tuple(dict.fromkeys(found))


def bounds(text: str) -> bool:
    """Whether an age says anything: the registry writes N/A where there is no limit.

    >>> bounds("18 Years"), bounds("N/A"), bounds(" N/A (No limit)")
    (True, False, False)
    """
    return " ".join(text.casefold().split()) not in _NO_BOUND


def years_of(text: str) -> tuple[float, float]:
    """Years of an age such as ``"18 Years"`` or ``"6 Months"``, and of one of its units.

    Raises
    ------
    ValueError
        For what is no age.

    >>> years_of("18 Years"), years_of("6Months")[0]
    ((18.0, 1.0), 0.5)
    """
    said = _AGE.match(text.strip())
    if not said:
        raise ValueError(f"not an age: {text!r}")
    unit = 1 / _PER_YEAR[said[2].casefold()]
    return float(said[1]) * unit, unit
