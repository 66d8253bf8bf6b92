"""A clinical leaf of CTML: one criterion for each of its keys, all of which must hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onkos.errors import OnkosError, VocabularyError
from onkos.model import Vocabulary
from onkos.model.criterion import (
    And,
    Compare,
    Criterion,
    DiseaseIs,
    Not,
    Or,
    SettingIs,
    SexIs,
    Status,
)
from onkos.model.names import name_key
from onkos.model.trial import AllOf, AnyOf, Eligibility, Part, Polarity, TrialCriterion

ALL_TUMOURS = {"SOLID": "SOLID", "LIQUID": "BLOOD"}  # CTML's word, our group of diseases
_NUMBER = re.compile(r"^(>=|<=|==|=|>|<)\s*(\d+(?:\.\d+)?)$")
_MEASURES = {"her2_status": "HER2", "er_status": "ER", "pr_status": "PR"}
_SEXES = {"female": "female", "male": "male"}
_LOCALLY_ADVANCED = "locallyadvanced"


class NotRead(Exception):
    """A value that was not understood; says why."""


def diagnosis(written: str, vocabulary: Vocabulary) -> str:
    """The OncoTree code, or group of codes, that CTML's name for a diagnosis means.

    Raises
    ------
    VocabularyError
        For a name that the tree has not: a trial is never given another's diagnosis.
    """
    marked = written.strip()
    group = ALL_TUMOURS.get(marked.strip("_").upper()) if marked.startswith("_") else None
    return group or vocabulary.tree.resolve(marked)


def clinical(leaf: Mapping[str, Any], line: int, vocabulary: Vocabulary) -> Iterator[Eligibility]:
    """The criteria of a leaf, one for each key that says something."""
    for key, value in leaf.items():
        if value is None or value == []:
            continue
        if isinstance(value, list):
            yield _any_of(key, value, line, vocabulary)
        else:
            yield _one(key, str(value), line, vocabulary)


def all_of(parts: list[Eligibility]) -> Eligibility:
    """One rule of several, the only one as it is."""
    return parts[0] if len(parts) == 1 else AllOf(of=tuple(parts))


def _any_of(key: str, values: list[Any], line: int, vocabulary: Vocabulary) -> Eligibility:
    """Any of a list of words, and none of those with ``!``: each of these keeps out by itself."""
    parts = [_one(key, str(value), line, vocabulary) for value in values]
    excluded: list[Eligibility] = [p for p in parts if p.polarity is Polarity.EXCLUDED]
    wanted = [part for part in parts if part.polarity is Polarity.REQUIRED]
    return all_of([*([_one_of(key, wanted, line)] if wanted else []), *excluded])


def _one_of(key: str, parts: list[TrialCriterion], line: int) -> Eligibility:
    """One criterion where all words were read, so that it counts once."""
    rules = tuple(part.criterion for part in parts if part.criterion is not None)
    if len(parts) == 1:
        return parts[0]
    if len(rules) < len(parts):
        return AnyOf(of=tuple(parts))
    text = f"{key}: {', '.join(part.text.removeprefix(f'{key}: ') for part in parts)}"
    return TrialCriterion(text=text, part=Part.CLINICAL, criterion=Or(of=rules), line=line)


def _one(key: str, value: str, line: int, vocabulary: Vocabulary) -> TrialCriterion:
    word = value.strip()
    excluded = word.startswith("!")
    word = word.removeprefix("!").strip()
    criterion: Criterion | None = None
    why = ""
    try:
        criterion = _READ[key](key, word, vocabulary) if key in _READ else _unknown(key)
    except (NotRead, OnkosError) as error:
        why = str(error)
    return TrialCriterion(
        text=f"{key}: {value}",
        part=Part.CLINICAL,
        criterion=criterion,
        polarity=Polarity.EXCLUDED if excluded else Polarity.REQUIRED,
        unread=why,
        line=line,
    )


def _unknown(key: str) -> Criterion:
    raise NotRead(f"no key of ours: {key}")


def _disease(key: str, word: str, vocabulary: Vocabulary) -> Criterion:
    return DiseaseIs(code=diagnosis(word, vocabulary))


def _number(key: str, word: str, vocabulary: Vocabulary) -> Criterion:
    found = _NUMBER.match(word)
    if not found:
        raise NotRead(f"no comparison: {word}")
    op = "=" if found[1] == "==" else found[1]
    name = "age" if key == "age_numerical" else "TMB"
    return Compare(name=name, op=op, value=float(found[2]))


def _sex(key: str, word: str, vocabulary: Vocabulary) -> Criterion:
    sex = _SEXES.get(word.casefold())
    if sex is None:
        raise NotRead(f"no sex of ours: {word}")
    return SexIs(sex=sex)


def _status(key: str, word: str, vocabulary: Vocabulary) -> Criterion:
    name = _MEASURES[key]
    measure = vocabulary.measure_by_name.get(name_key(name))
    if measure is None or word.casefold() not in measure.statuses:
        raise NotRead(f"no word of {name}: {word}")
    return Status(name=name, status=word.casefold())


def _stability(key: str, word: str, vocabulary: Vocabulary) -> Criterion:
    from onkos.sources.knowledge.trials import ctml_genomic

    try:
        return ctml_genomic.genomic({key: word}, vocabulary)[0]
    except ctml_genomic.NotRead as error:
        raise NotRead(str(error)) from error


def _setting(key: str, word: str, vocabulary: Vocabulary) -> Criterion:
    if name_key(word) == _LOCALLY_ADVANCED:  # in our words advanced, which metastatic is too
        return And(of=(_setting(key, "advanced", vocabulary),
                       Not(of=_setting(key, "metastatic", vocabulary))))  # fmt: skip
    setting = vocabulary.setting_by_name.get(name_key(word))
    if setting is None:
        raise VocabularyError("setting", word)
    return SettingIs(setting=setting.name)


def _no_cut_off(key: str, word: str, vocabulary: Vocabulary) -> Criterion:
    raise NotRead(f"{key} {word}: which score and from which number is not said")


_READ: dict[str, Callable[[str, str, Vocabulary], Criterion]] = {
    "oncotree_primary_diagnosis": _disease,
    "age_numerical": _number,
    "tmb_numerical": _number,
    "gender": _sex,
    **dict.fromkeys(_MEASURES, _status),
    "mmr_status": _stability,
    "ms_status": _stability,
    "disease_status": _setting,
    "pdl1_status": _no_cut_off,
}
