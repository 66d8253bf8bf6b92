"""Oncogenicity by points: the ClinGen, CGC and VICC standard of 2022, from criteria to class.

Each criterion has a name of its own here. Its label depends on who prints it: two of them are
called OM3 and OM4 by some and OM4 and OM3 by others.

References
----------
Horak 2022, Genetics in Medicine, doi:10.1016/j.gim.2022.01.001 (points, what excludes what)
Tavtigian 2020, doi:10.1002/humu.24088 (bands of the points)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onkos.model import Oncogenicity


class Key(StrEnum):
    """The criteria by what they mean, in the order in which they are weighed."""

    NULL_IN_SUPPRESSOR = "NULL_IN_SUPPRESSOR"
    SAME_CHANGE = "SAME_CHANGE"
    FUNCTIONAL_DAMAGING = "FUNCTIONAL_DAMAGING"
    HOTSPOT_STRONG = "HOTSPOT_STRONG"
    CRITICAL_DOMAIN = "CRITICAL_DOMAIN"
    LENGTH_CHANGE = "LENGTH_CHANGE"
    MISSENSE_SAME_RESIDUE = "MISSENSE_SAME_RESIDUE"
    HOTSPOT_MODERATE = "HOTSPOT_MODERATE"
    COMPUTED_DAMAGING = "COMPUTED_DAMAGING"
    SINGLE_CAUSE = "SINGLE_CAUSE"
    HOTSPOT_RARE = "HOTSPOT_RARE"
    ABSENT_IN_POPULATION = "ABSENT_IN_POPULATION"
    COMMON_IN_POPULATION = "COMMON_IN_POPULATION"
    FREQUENT_IN_POPULATION = "FREQUENT_IN_POPULATION"
    FUNCTIONAL_NEUTRAL = "FUNCTIONAL_NEUTRAL"
    COMPUTED_NEUTRAL = "COMPUTED_NEUTRAL"
    SILENT = "SILENT"


class Labels(StrEnum):
    """Whose labels: the journal's, as most tools print them, or the author manuscript's."""

    JOURNAL = "journal"
    MANUSCRIPT = "manuscript"


class Reading(StrEnum):
    """How a list of criteria is added up.

    ``STRICT`` sets aside what another criterion excludes. ``AS_LISTED`` counts each criterion
    that is listed, as OncoVI does (doi:10.1016/j.jmoldx.2026.03.004), SBVS1 beside SBS1 too.
    """

    STRICT = "strict"
    AS_LISTED = "as listed"


POINTS: dict[Key, int] = {
    Key.NULL_IN_SUPPRESSOR: 8,
    Key.SAME_CHANGE: 4,
    Key.FUNCTIONAL_DAMAGING: 4,
    Key.HOTSPOT_STRONG: 4,
    Key.CRITICAL_DOMAIN: 2,
    Key.LENGTH_CHANGE: 2,
    Key.MISSENSE_SAME_RESIDUE: 2,
    Key.HOTSPOT_MODERATE: 2,
    Key.COMPUTED_DAMAGING: 1,
    Key.SINGLE_CAUSE: 1,
    Key.HOTSPOT_RARE: 1,
    Key.ABSENT_IN_POPULATION: 1,
    Key.COMMON_IN_POPULATION: -8,
    Key.FREQUENT_IN_POPULATION: -4,
    Key.FUNCTIONAL_NEUTRAL: -4,
    Key.COMPUTED_NEUTRAL: -1,
    Key.SILENT: -1,
}

# A criterion, and those beside which it is not counted where they are counted themselves.
NOT_BESIDE: dict[Key, frozenset[Key]] = {
    Key.HOTSPOT_STRONG: frozenset({Key.SAME_CHANGE}),
    Key.CRITICAL_DOMAIN: frozenset({Key.SAME_CHANGE, Key.HOTSPOT_STRONG}),
    Key.LENGTH_CHANGE: frozenset({Key.NULL_IN_SUPPRESSOR}),
    Key.MISSENSE_SAME_RESIDUE: frozenset(
        {Key.SAME_CHANGE, Key.HOTSPOT_STRONG, Key.CRITICAL_DOMAIN}
    ),
    Key.HOTSPOT_MODERATE: frozenset(
        {Key.HOTSPOT_STRONG, Key.CRITICAL_DOMAIN, Key.MISSENSE_SAME_RESIDUE}
    ),
    Key.HOTSPOT_RARE: frozenset(
        {
            Key.HOTSPOT_STRONG,
            Key.CRITICAL_DOMAIN,
            Key.MISSENSE_SAME_RESIDUE,
            Key.HOTSPOT_MODERATE,
        }
    ),
    Key.FREQUENT_IN_POPULATION: frozenset({Key.COMMON_IN_POPULATION}),
}

# Least points of each class; below the last it is benign.
BANDS: tuple[tuple[int, Oncogenicity], ...] = (
    (10, Oncogenicity.ONCOGENIC),
    (6, Oncogenicity.LIKELY_ONCOGENIC),
    (0, Oncogenicity.UNCERTAIN),
    (-6, Oncogenicity.LIKELY_BENIGN),
)

_JOURNAL: dict[Key, str] = {
    Key.NULL_IN_SUPPRESSOR: "OVS1",
    Key.SAME_CHANGE: "OS1",
    Key.FUNCTIONAL_DAMAGING: "OS2",
    Key.HOTSPOT_STRONG: "OS3",
    Key.CRITICAL_DOMAIN: "OM1",
    Key.LENGTH_CHANGE: "OM2",
    Key.MISSENSE_SAME_RESIDUE: "OM3",
    Key.HOTSPOT_MODERATE: "OM4",
    Key.COMPUTED_DAMAGING: "OP1",
    Key.SINGLE_CAUSE: "OP2",
    Key.HOTSPOT_RARE: "OP3",
    Key.ABSENT_IN_POPULATION: "OP4",
    Key.COMMON_IN_POPULATION: "SBVS1",
    Key.FREQUENT_IN_POPULATION: "SBS1",
    Key.FUNCTIONAL_NEUTRAL: "SBS2",
    Key.COMPUTED_NEUTRAL: "SBP1",
    Key.SILENT: "SBP2",
}
_LABELS: dict[Labels, dict[Key, str]] = {
    Labels.JOURNAL: _JOURNAL,
    Labels.MANUSCRIPT: {
        **_JOURNAL,
        Key.MISSENSE_SAME_RESIDUE: "OM4",
        Key.HOTSPOT_MODERATE: "OM3",
    },
}
_KEYS = {whose: {text: key for key, text in table.items()} for whose, table in _LABELS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a list of criteria amounts to.

    Attributes
    ----------
    counted : tuple of Key
        In the order of the standard.
    set_aside : tuple of pairs of Key
        A criterion that holds and is not counted, and the one that excludes it.
    """

    points: int
    standing: Oncogenicity
    counted: tuple[Key, ...]
    set_aside: tuple[tuple[Key, Key], ...] = ()


def score(criteria: Iterable[Key], reading: Reading = Reading.STRICT) -> Score:
    """Points and class of the criteria that hold.

    Raises
    ------
    ValueError
        Where all computed evidence is said to speak both for and against.

    Examples
    --------
    >>> found = score([Key.NULL_IN_SUPPRESSOR, Key.ABSENT_IN_POPULATION])
    >>> found.points, str(found.standing)
    (9, 'likely oncogenic')
    """
    held = set(criteria)
    if {Key.COMPUTED_DAMAGING, Key.COMPUTED_NEUTRAL} <= held:
        raise ValueError("all computed evidence cannot speak both for (OP1) and against (SBP1)")
    counted: list[Key] = []
    set_aside: list[tuple[Key, Key]] = []
    for key in Key:
        if key not in held:
            continue
        excluded_by = NOT_BESIDE.get(key, frozenset()) if reading is Reading.STRICT else ()
        blocker = next((one for one in counted if one in excluded_by), None)
        if blocker is None:
            counted.append(key)
        else:
            set_aside.append((key, blocker))
    points = sum(POINTS[key] for key in counted)
    return Score(
        points=points,
        standing=standing_of(points),
        counted=tuple(counted),
        set_aside=tuple(set_aside),
    )


def standing_of(points: int) -> Oncogenicity:
    """The class of a sum of points.

    >>> [str(standing_of(n)) for n in (10, 6, 5, 0, -1, -7)]
    ['oncogenic', 'likely oncogenic', 'uncertain significance', 'uncertain significance', \
'likely benign', 'benign']
    """
    return next((word for least, word in BANDS if points >= least), Oncogenicity.BENIGN)


def label(key: Key, whose: Labels = Labels.JOURNAL) -> str:
    """How a source prints a criterion.

    >>> label(Key.HOTSPOT_MODERATE), label(Key.HOTSPOT_MODERATE, Labels.MANUSCRIPT)
    ('OM4', 'OM3')
    """
    return _LABELS[whose][key]


def key_of(text: str, whose: Labels = Labels.JOURNAL) -> Key:
    """The criterion that a source's label means.

    Raises
    ------
    ValueError
        For a label that the standard does not have.
    """
    found = _KEYS[whose].get(text.strip().upper())
    if found is None:
        raise ValueError(f"{text!r} is no criterion: one of {', '.join(_KEYS[whose])}")
    return found
