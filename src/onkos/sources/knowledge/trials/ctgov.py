"""Studies of ClinicalTrials.gov, version 2 of its interface: the structured parts, exactly.

Eligibility in free text is handed to an extractor; without one it stays one criterion that was
not understood, so that no such trial is ever met unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from onkos.errors import InputError, OnkosError
from onkos.model import Unread, Vocabulary
from onkos.model.criterion import Compare, Criterion, DiseaseIs, SexIs
from onkos.model.trial import (
    AllOf,
    AnyOf,
    Eligibility,
    Level,
    Part,
    Site,
    Trial,
    TrialCriterion,
    criteria_of,
)
from onkos.sources.knowledge.trials.continuation import earlier_study
from onkos.sources.knowledge.trials.eligibility import Extractor, unparsed
from onkos.sources.knowledge.trials.populations import named_widely, wider_population
from onkos.sources.knowledge.trials.registry_words import (
    bounds,
    phases_of,
    status_of,
    type_of,
    years_of,
)

_SEXES = {"FEMALE": "female", "MALE": "male"}
_NO_TEXT = "the file holds no eligibility text: ask the registry for the whole study"
_EVERYONE = frozenset({"", "ALL"})


def is_study(document: Any) -> bool:
    """Whether a document is one study."""
    return isinstance(document, Mapping) and "protocolSection" in document


def studies_in(document: Any) -> list[Any] | None:
    """Studies of one document: a study, a page of a search, or a list of either; else None."""
    if is_study(document):
        return [document]
    if isinstance(document, Mapping) and isinstance(document.get("studies"), list):
        return list(document["studies"])
    if isinstance(document, list) and document:
        found = [studies_in(one) for one in document]
        if all(one is not None for one in found):
            return [study for page in found for study in page or ()]
    return None


def trial_of(
    study: Mapping[str, Any],
    source: str,
    vocabulary: Vocabulary,
    extract: Extractor = unparsed,
) -> Trial:
    """The trial that a study describes.

    Parameters
    ----------
    extract : callable
        Eligibility text to criteria.

    Raises
    ------
    InputError
        Where it has no NCT number.
    """
    section = _module(study, "protocolSection")
    named = _module(section, "identificationModule")
    name = str(named.get("nctId") or "")
    if not name:
        raise InputError("a study without nctId")
    eligibility = _module(section, "eligibilityModule")
    status = _module(section, "statusModule")
    text = str(eligibility.get("eligibilityCriteria") or "")
    conditions = _words(_module(section, "conditionsModule").get("conditions"))
    titles = [str(named.get(key) or "") for key in ("briefTitle", "officialTitle")]
    rules: list[Eligibility] = [
        *_ages(eligibility),
        *_sex(eligibility),
        *_conditions(conditions, wider_population(text, titles, conditions), vocabulary),
    ]
    rules += (
        extract(text, vocabulary) if text.strip() else [_criterion("eligibility", why=_NO_TEXT)]
    )
    design = _module(section, "designModule")
    rules += earlier_study(*titles)
    arms = _module(section, "armsInterventionsModule")
    sites, strange = _sites(_module(section, "contactsLocationsModule"), source)
    return Trial(
        id=name,
        title=titles[0].strip(),
        status=status_of(str(status.get("overallStatus") or "")),
        study_type=type_of(
            str(design.get("studyType") or ""), design.get("patientRegistry") is True
        ),
        phases=phases_of(_words(design.get("phases"))),
        conditions=conditions,
        interventions=tuple(_named(arms.get("interventions"), "name")),
        rule=AllOf(of=tuple(rules)) if rules else None,
        levels=tuple(_arms(arms.get("armGroups"))),
        sites=sites,
        eligibility=text,
        updated=_updated(status),
        source=source,
        unread=(*(_unread(c, source) for c in _open(rules)), *strange),
    )


def _module(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = holder.get(name)
    return found if isinstance(found, Mapping) else {}


def _words(found: Any) -> tuple[str, ...]:
    if isinstance(found, str):
        found = [found]
    return tuple(str(word) for word in found) if isinstance(found, list) else ()


def _named(found: Any, key: str) -> Iterator[str]:
    for one in found if isinstance(found, list) else ():
        if isinstance(one, Mapping) and one.get(key):
            yield str(one[key])


def _updated(status: Mapping[str, Any]) -> str:
    return str(_module(status, "lastUpdatePostDateStruct").get("date") or "")


def _arms(found: Any) -> Iterator[Level]:
    for arm in found if isinstance(found, list) else ():
        if isinstance(arm, Mapping):
            yield Level(
                kind="arm",
                code=str(arm.get("label") or ""),
                description=str(arm.get("description") or ""),
            )


def _ages(eligibility: Mapping[str, Any]) -> Iterator[TrialCriterion]:
    """Least and most age; a person of the greatest age named may still take part."""
    for key, op in (("minimumAge", ">="), ("maximumAge", "<")):
        written = str(eligibility.get(key) or "").strip()
        if not bounds(written):
            continue
        try:
            years, unit = years_of(written)
        except ValueError as error:
            yield _criterion(f"{key}: {written}", why=str(error))
            continue
        # "75 Years" holds until the next birthday, "6 Months" until the next month.
        limit = years if op == ">=" else years + unit
        if not limit:
            continue  # from birth on
        yield _criterion(f"{key}: {written}", Compare(name="age", op=op, value=limit))


def _sex(eligibility: Mapping[str, Any]) -> Iterator[TrialCriterion]:
    written = str(eligibility.get("sex") or "")
    if written in _EVERYONE:
        return
    sex = _SEXES.get(written)
    rule = SexIs(sex=sex) if sex else None
    yield _criterion(f"sex: {written}", rule, "" if sex else "no sex of ours")


def _conditions(
    conditions: tuple[str, ...], wider: tuple[str, ...], vocabulary: Vocabulary
) -> Iterator[Eligibility]:
    """Any of the conditions, which are keywords; those that are no tumour of the tree stay open."""
    parts: list[TrialCriterion] = []
    for written in conditions:
        try:
            rule = DiseaseIs(code=_code(written, vocabulary))
            parts.append(replace(_criterion(f"condition: {written}", rule), wider=wider))
        except OnkosError as error:
            parts.append(_criterion(f"condition: {written}", why=str(error)))
    if len(parts) == 1:
        yield parts[0]
    elif parts:
        yield AnyOf(of=tuple(parts))


def _code(written: str, vocabulary: Vocabulary) -> str:
    """The code of a disease or group whose very name this is, ending s or not."""
    tree = vocabulary.tree
    key = written.strip().casefold()
    wide = named_widely(key)
    if wide in tree.groups:
        return wide
    for group in tree.groups.values():
        if key in {alias.casefold() for alias in group.aliases}:
            return group.name
    try:
        return tree.resolve(written)
    except OnkosError:
        if not key.endswith("s"):
            raise
        return tree.resolve(written.strip()[:-1])


def _criterion(text: str, criterion: Criterion | None = None, why: str = "") -> TrialCriterion:
    return TrialCriterion(text=text, part=Part.CLINICAL, criterion=criterion, unread=why)


def _open(rules: list[Eligibility]) -> Iterator[TrialCriterion]:
    for rule in rules:
        yield from (c for c in criteria_of(rule) if c.unread)


def _unread(criterion: TrialCriterion, source: str) -> Unread:
    remedy = "the trial is never met on it; judge it by hand"
    return Unread(source=source, text=criterion.text, reason=criterion.unread, remedy=remedy)


def _sites(contacts: Mapping[str, Any], source: str) -> tuple[tuple[Site, ...], tuple[Unread, ...]]:
    """Where it runs; a place that is not on the globe is kept without its point, and told."""
    sites: list[Site] = []
    strange: list[Unread] = []
    found = contacts.get("locations") or []
    for one in found if isinstance(found, list) else [found]:
        if not isinstance(one, Mapping):
            strange.append(Unread(source=source, text=str(one)[:80], reason="no location"))
            continue
        place = Site(
            facility=str(one.get("facility") or ""),
            city=str(one.get("city") or ""),
            country=str(one.get("country") or ""),
            status=str(one.get("status") or ""),
        )
        point = _module(one, "geoPoint")
        latitude, longitude = _degrees(point.get("lat")), _degrees(point.get("lon"))
        try:
            place = replace(place, latitude=latitude, longitude=longitude)
        except ValueError as error:
            strange.append(Unread(source=source, text=place.label, reason=str(error)))
        sites.append(place)
    return tuple(sites), tuple(strange)


def _degrees(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
