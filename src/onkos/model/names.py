"""How names are compared: what case, hyphens and spelling traditions do not change."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOT_WORD = re.compile(r"[^0-9a-z+/]+")
_BRITISH = (
    ("tumour", "tumor"),
    ("aemia", "emia"),
    ("oesoph", "esoph"),
    ("haem", "hem"),
    ("oedema", "edema"),
    ("paed", "ped"),
    ("fibre", "fiber"),
)


def name_key(text: str) -> str:
    """A name without case, spaces, hyphens and punctuation.

    >>> name_key("AZD-9291") == name_key("azd9291")
    True
    """
    return _NOT_WORD.sub("", text.casefold())


def disease_key(text: str) -> str:
    """A disease's name, British and American spelling alike.

    >>> disease_key("Acute Myeloid Leukaemia") == disease_key("acute myeloid leukemia")
    True
    """
    key = name_key(text).replace("/", "")
    for british, american in _BRITISH:
        key = key.replace(british, american)
    return key


def nearest(word: str, names: Iterable[str], limit: int = 3, cutoff: float = 75) -> tuple[str, ...]:
    """The names most like `word`, best first; scores in [0, 100], at least `cutoff`."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        word,
        list(names),
        scorer=fuzz.WRatio,
        limit=limit,
        score_cutoff=cutoff,
        processor=str.casefold,
    )
    return tuple(name for name, _, _ in found)
