"""Cytogenetic words, banded rearrangements and whole karyotypes in ISCN."""

from __future__ import annotations

import re

from onkos.model import Cytogenetic, Vocabulary
from onkos.sources.patient.statement import NotUnderstood

_BANDED = re.compile(
    r"^(?:t|del|inv|add|dup|der|ins|gain|i|r|dic|idic)\([0-9XY;pq]+\)(?:\([0-9a-z.;?]+\))?$"
)
_KARYOTYPE = re.compile(r"^\d{2}(?:[~-]\d{2})?(?:<\dn>)?,\s?[XY?]")
_CELLS = re.compile(r"\[(?:cp)?\d+\]")
_WHOLE = re.compile(r"^([+-])(\d{1,2}|[XY])$")
_DELETED = re.compile(r"^del\((\d{1,2}|[XY])\)\(([pq])")
_LONGEST_KARYOTYPE = 300


def cytogenetic(text: str, present: bool, vocabulary: Vocabulary) -> Cytogenetic | None:
    """A cytogenetic word or a banded change; None where the text is neither.

    Examples
    --------
    >>> cytogenetic("t(2;5)(p23;q35)", True, Vocabulary()).name
    't(2;5)(p23;q35)'
    """
    key = text.casefold().replace(" ", "")
    for verb, noun in (("deleted", "deletion"), ("gained", "gain"), ("lost", "loss")):
        key = key.removesuffix(verb) + noun if key.endswith(verb) else key
    key = re.sub(r"^(loss|deletion|gain)of(?:chromosome)?([\dxy]+[pq])$", r"\2\1", key)
    known = vocabulary.karyotype_by_name.get(key)
    if known:
        return Cytogenetic(name=known.name, present=present)
    written = text.replace(" ", "")
    if _BANDED.match(written):
        return Cytogenetic(name=_by_arm(written, vocabulary), present=present)
    return None


def _by_arm(written: str, vocabulary: Vocabulary) -> str:
    """``del(17)(p13)`` by its arm, where the vocabulary has a word for that."""
    arm = _DELETED.match(written)
    if arm:
        known = vocabulary.karyotype_by_name.get(f"del({arm.group(1)}{arm.group(2)})".casefold())
        if known:
            return known.name
    return written


def is_karyotype(text: str) -> bool:
    """Whether a text is a whole karyotype (``46,XX,t(8;21)(q22;q22)[20]``)."""
    return bool(_KARYOTYPE.match(text))


def karyotype(text: str, vocabulary: Vocabulary) -> tuple[list[Cytogenetic], list[str]]:
    """The changes of a whole karyotype, and what of it was not understood.

    How many changes make it complex is left to the laboratory: definitions differ.

    Examples
    --------
    >>> found, unread = karyotype("46,XY,del(12)(p13),-7[20]", Vocabulary())
    >>> [one.name for one in found], unread
    (['del(12)(p13)'], ['-7'])

    Raises
    ------
    NotUnderstood
        Where it is too long to be one.
    """
    if len(text) > _LONGEST_KARYOTYPE:
        raise NotUnderstood("too long for a karyotype", "give its changes one by one")
    found: dict[str, Cytogenetic] = {}
    unread: list[str] = []
    changes = 0
    for clone in _CELLS.sub("", text).split("/"):
        for part in clone.replace(" ", "").split(",")[2:]:
            if not part or part in {"idem", "sl", "sdl1", "sdl2"}:
                continue
            changes += 1
            one = _part(part, vocabulary)
            if one is None:
                unread.append(part)
            else:
                found[one.name] = one
    if not changes:
        normal = vocabulary.karyotype_by_name.get("normalkaryotype")
        number, _, sexes = text.partition(",")
        plain = number.strip() == "46" and re.match(r"\s?(?:XX|XY)\s?(?:\[|/|$)", sexes)
        if normal is None or not plain:
            raise NotUnderstood("a karyotype that was not understood", "give its changes in words")
        return [Cytogenetic(name=normal.name)], []
    return list(found.values()), unread


def _part(part: str, vocabulary: Vocabulary) -> Cytogenetic | None:
    word = part.removesuffix("c")
    if word != part:
        return None
    whole = _WHOLE.match(word)
    if whole:
        known = vocabulary.karyotype_by_name.get(word.casefold())
        sign, number = whole.groups()
        name = f"{'trisomy' if sign == '+' else 'monosomy'} {number}"
        known = known or vocabulary.karyotype_by_name.get(name.replace(" ", ""))
        return Cytogenetic(name=known.name) if known else None
    return cytogenetic(word, True, vocabulary)
