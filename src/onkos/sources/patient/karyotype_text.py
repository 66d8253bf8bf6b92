"""Cytogenetic words, single rearrangements and whole karyotypes in ISCN."""

from __future__ import annotations

import re

from onkos.criteria.karyotype import words_of
from onkos.model import Cytogenetic, Karyogram, Vocabulary
from onkos.sources.patient.iscn_text import begins_karyotype

_BANDED = re.compile(
    r"^(?:t|del|inv|add|dup|der|ins|gain|i|r|dic|idic|ider)\([0-9XY;pq?]+\)(?:\([0-9a-z.;?~-]+\))*$"
)
_BARE = re.compile(
    r"^(t|del|gain|amp|inv|i|add|dup|der|ins|idic|dic|abn) ([0-9XYpqv;.]+)(?: ([0-9a-z.;?~-]+))?$"
)
_HEADING = re.compile(
    r"^\s*(?:karyo(?:type|gram)|cytogenetics|ISCN|mos(?=\s*\d))\s*[:=]?\s*", re.IGNORECASE
)


def cytogenetic(text: str, present: bool, vocabulary: Vocabulary) -> Cytogenetic | None:
    """A cytogenetic word or a single rearrangement; None where the text is neither.

    Examples
    --------
    >>> cytogenetic("t(2;5)(p23;q35)", True, Vocabulary()).name
    't(2;5)(p23;q35)'
    """
    text = _BARE.sub(_bracketed, text.strip())
    key = text.casefold().replace(" ", "")
    for verb, noun in (("deleted", "deletion"), ("gained", "gain"), ("lost", "loss")):
        key = key.removesuffix(verb) + noun if key.endswith(verb) else key
    key = re.sub(r"^(loss|deletion|gain)of(?:chromosome)?([\dxy]+[pq])$", r"\2\1", key)
    known = vocabulary.karyotype_by_name.get(key)
    if known:
        return Cytogenetic(name=known.name, present=present)
    written = text.replace(" ", "")
    if _BANDED.match(written):
        return Cytogenetic(name=_by_word(written, vocabulary), present=present)
    return None


def _bracketed(bare: re.Match[str]) -> str:
    """``t 4;14`` as it stands once a denial was taken off, with its brackets again."""
    kind, chromosomes, bands = bare.groups()
    return f"{kind}({chromosomes})({bands})" if bands else f"{kind}({chromosomes})"


def _by_word(written: str, vocabulary: Vocabulary) -> str:
    """``del(17)(p13)`` and ``t(15;17)(q22;q21)`` by the vocabulary's word for them."""
    from onkos.sources.patient.iscn import abnormality

    one = abnormality(written)
    found = next(words_of(one, vocabulary.karyotypes), None) if one else None
    return found.name if found else written


def is_karyotype(text: str) -> bool:
    """Whether a text is a whole karyotype (``46,XX,t(8;21)(q22;q22)[20]``)."""
    return begins_karyotype(_HEADING.sub("", text))


def karyotype(text: str, vocabulary: Vocabulary) -> Karyogram:
    """A whole karyotype as read.

    Raises
    ------
    NotUnderstood
        Where it is too long to be one, or cannot be read as one.
    """
    from onkos.sources.patient.iscn import karyogram

    plain = _HEADING.sub("", text)
    return karyogram(plain, vocabulary.facts.get("normal_variants", ()))
