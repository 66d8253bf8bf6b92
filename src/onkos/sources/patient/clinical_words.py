"""Words of a patient's history given their meaning: disease, setting, sex, stage, medicines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onkos.errors import InputError, VocabularyError
from onkos.model import Vocabulary
from onkos.model.names import name_key, nearest

_SEXES = {"female": "female", "f": "female", "male": "male", "m": "male"}
_STAGE = re.compile(r"^(?:stage\s*)?(0|IV|I{1,3}|[1-4])([ABC]?[1-3]?)$", re.IGNORECASE)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def disease_code(text: str, vocabulary: Vocabulary, fuzzy: bool, notices: list[str]) -> str:
    """The code of a disease; a notice where the name has two meanings or was replaced.

    Raises
    ------
    VocabularyError
        With the nearest names.
    """
    tree = vocabulary.tree
    if not text.strip():
        raise InputError("the case has no disease; give a name or an OncoTree code")
    try:
        code = tree.resolve(text)
    except VocabularyError as error:
        replaced = tree.clear_nearest(text) if fuzzy and "means more" not in str(error) else None
        if replaced is None:
            raise
        notices.append(f"disease {text!r} is not known; read as {tree.name(replaced)} ({replaced})")
        return replaced
    doubt = tree.doubt(text)
    if doubt:
        notices.append(f"disease read as {tree.name(code)} ({code}); {doubt}")
    return code


def settings_of(texts: Sequence[str] | None, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Settings by the vocabulary's names.

    Raises
    ------
    VocabularyError
        For an unknown word.
    InputError
        For two that cannot hold together.
    """
    if texts is None:
        return None
    found = []
    for text in texts:
        setting = vocabulary.setting_by_name.get(name_key(text))
        if setting is None:
            names = [name for s in vocabulary.settings for name in (s.name, *s.aliases)]
            raise VocabularyError("setting", text, nearest(text, names))
        found.append(setting)
    for one in found:
        for other in found:
            if other.name in one.excludes:
                raise InputError(f"settings {one.name} and {other.name} cannot both hold")
    return tuple(dict.fromkeys(setting.name for setting in found))


def sex_of(text: str | None) -> str | None:
    """``"female"`` or ``"male"``.

    Raises
    ------
    InputError
    """
    if text is None:
        return None
    known = _SEXES.get(text.strip().casefold())
    if known is None:
        raise InputError(f"sex {text!r}: write female or male, or leave it out")
    return known


def stage_of(value: str | int | None) -> str | None:
    """A stage from 0 to IV with its letter, in Roman numerals.

    Raises
    ------
    InputError

    Examples
    --------
    >>> stage_of("stage 3b"), stage_of(4)
    ('IIIB', 'IV')
    """
    if value is None:
        return None
    found = _STAGE.match(str(value).strip())
    if not found:
        raise InputError(
            f"stage {value!r}: write 0 to IV with its letter (IIIA), or leave it out and give "
            "the setting"
        )
    number, letter = found.groups()
    return f"{_ROMAN.get(number, number)}{letter}".upper()


def comedication_of(texts: Sequence[str] | None, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Other medicines: INNs where the vocabulary has them, else as written in lower case."""
    if texts is None:
        return None
    known = (vocabulary.drug_by_name.get(name_key(text)) for text in texts)
    return tuple(
        drug.name if drug else text.strip().casefold()
        for text, drug in zip(texts, known, strict=True)
    )
