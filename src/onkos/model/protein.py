"""Protein changes: what people write, in one-letter HGVS, with the residues touched."""

from __future__ import annotations

import re
from typing import NamedTuple

from onkos.model.alteration import Consequence

ONE_LETTER = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E",
    "Gly": "G", "His": "H", "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F",
    "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W", "Tyr": "Y", "Val": "V", "Sec": "U",
    "Ter": "*", "Stop": "*",
}  # fmt: skip
RESIDUES = "ACDEFGHIKLMNPQRSTVWYU"

_THREE = re.compile("|".join(ONE_LETTER), re.IGNORECASE)
_LOOKS_THREE = re.compile(rf"^\(?(?:{'|'.join(ONE_LETTER)})\d", re.IGNORECASE)
_R = f"[{RESIDUES}]"
_SUBSTITUTION = re.compile(rf"^({_R}|\*)(\d+)({_R}+|\*|=|\?)$")
_FRAMESHIFT = re.compile(rf"^({_R}+|\*)(\d+)({_R}|\*)?fs(?:[*X]?(\d+|\?)?)?$")
_SPLICE = re.compile(rf"^(?:X|{_R})?(\d+)_splice$")
_RANGE = re.compile(
    rf"^({_R}|\*)(\d+)(?:_({_R}|\*)(\d+))?(delins|del|dup|ins|>)((?:{_R}|\*)*|\d+)$"
)
_BARE_RANGE = re.compile(rf"^()(\d+)_()(\d+)(delins|del|dup|ins|>)((?:{_R}|\*)*|\d+)$")
_EXTENSION = re.compile(rf"^(M1|\*\d+)({_R}?)ext\*?-?(\d+|\?)?$")
_STOP_AS_X = re.compile(rf"^{_R}\d+X$|fsX\d*$|^{_R}\d+{_R}?fsX")


class ProteinChange(NamedTuple):
    """A protein change in its short form.

    Attributes
    ----------
    text : str
        One-letter HGVS without ``p.``.
    first, last : int
        Residues touched, from 1; for an insertion the two flanking ones.
    reference, alternate : str
        Residues lost and gained where the text says them.
    """

    text: str
    consequence: Consequence
    first: int
    last: int
    reference: str = ""
    alternate: str = ""


def parse_protein(text: str) -> ProteinChange:
    """Read a protein change in one- or three-letter HGVS.

    Parameters
    ----------
    text : str
        ``"p.Leu858Arg"``, ``"V600E"``, ``"p.(Glu746_Ala750del)"``, ``"W288Cfs*12"``.

    Raises
    ------
    ValueError
        With what is wrong: among others ``X`` written for a stop, which also means
        "any residue" and is therefore refused.

    Examples
    --------
    >>> parse_protein("p.Leu858Arg").text
    'L858R'
    >>> parse_protein("p.(Glu746_Ala750del)")[:4]
    ('E746_A750del', <Consequence.INFRAME_DELETION: 'in-frame deletion'>, 746, 750)
    """
    body = one_letter(text)
    for read in (_substitution, _frameshift, _range, _splice, _extension):
        found = read(body)
        if found:
            return found
    if _STOP_AS_X.search(body):
        raise ValueError(f"{text!r}: X written for a stop; write * or Ter")
    raise ValueError(f"{text!r} is not a protein change")


def one_letter(text: str) -> str:
    """The text without ``p.`` and brackets, three-letter residues made one-letter.

    >>> one_letter("p.(Trp288CysfsTer12)")
    'W288Cfs*12'
    """
    body = text.strip()
    body = body[2:] if body[:2].casefold() == "p." else body
    if _LOOKS_THREE.match(body):
        body = _THREE.sub(lambda m: ONE_LETTER[m.group().capitalize()], body)
    body = body.replace("(", "").replace(")", "").replace("[", "").replace("]", "")
    return re.sub(r"Ter|stop", "*", body)


def _substitution(body: str) -> ProteinChange | None:
    found = _SUBSTITUTION.match(body)
    if not found:
        return None
    reference, position, alternate = found.groups()
    at = int(position)
    if at == 0 or len(alternate) > 1:
        return None
    if alternate in {"=", reference}:
        return ProteinChange(f"{reference}{at}=", Consequence.SYNONYMOUS, at, at, reference)
    if alternate == "?":
        kind = Consequence.START_LOST if at == 1 else Consequence.UNKNOWN
    elif reference == "*":
        kind = Consequence.STOP_LOST
    elif alternate == "*":
        kind = Consequence.NONSENSE
    else:
        kind = Consequence.START_LOST if at == 1 else Consequence.MISSENSE
    return ProteinChange(body, kind, at, at, reference, alternate)


def _frameshift(body: str) -> ProteinChange | None:
    found = _FRAMESHIFT.match(body)
    if not found or _STOP_AS_X.search(body):
        return None
    reference, position, _, _ = found.groups()
    at = int(position)
    return ProteinChange(body, Consequence.FRAMESHIFT, at, at, reference[0])


def _splice(body: str) -> ProteinChange | None:
    found = _SPLICE.match(body)
    at = int(found.group(1)) if found else 0
    return ProteinChange(f"X{at}_splice", Consequence.SPLICE, at, at) if found else None


def _extension(body: str) -> ProteinChange | None:
    found = _EXTENSION.match(body)
    if not found:
        return None
    at = int(found.group(1)[1:])
    kind = Consequence.START_LOST if found.group(1) == "M1" else Consequence.STOP_LOST
    return ProteinChange(body, kind, at, at)


def _range(body: str) -> ProteinChange | None:
    found = _RANGE.match(body) or _BARE_RANGE.match(body)
    if not found:
        return None
    left, first, right, last, word, tail = found.groups()
    start, end = int(first), int(last or first)
    if start == 0 or end < start or (word == "ins" and end != start + 1):
        return None
    word = "delins" if word == ">" else word
    span = f"{left}{start}_{right}{end}" if end != start else f"{left}{start}"
    if word in {"del", "dup"}:
        tail = ""
    if word in {"delins", "ins"} and (not tail or tail.isdigit()):
        return None
    kind = _range_consequence(word, tail, end - start + 1)
    return ProteinChange(f"{span}{word}{tail}", kind, start, end, left, tail)


def _range_consequence(word: str, tail: str, removed: int) -> Consequence:
    if "*" in tail:
        return Consequence.NONSENSE
    match word:
        case "del":
            return Consequence.INFRAME_DELETION
        case "dup" | "ins":
            return Consequence.INFRAME_INSERTION
        case _:
            return Consequence.MISSENSE if len(tail) == removed else Consequence.DELINS


def same_change(one: str, other: str) -> bool:
    """Whether two short forms name the same change.

    A frameshift is told by its first residue alone, where one of the two says no more.

    >>> same_change("W288fs", "W288Cfs*12")
    True
    >>> same_change("L858R", "L858M")
    False

    The residues beside an insertion or deletion may be left out.

    >>> same_change("763_764insFQEA", "A763_Y764insFQEA")
    True
    """
    if one == other:
        return True
    if "_" in one and "_" in other:
        return _without_flanks(one) == _without_flanks(other)
    if "fs" not in one or "fs" not in other:
        return False
    (left, tail), (right, rest) = _split_frameshift(one), _split_frameshift(other)
    return left == right and (not tail or not rest)


def _without_flanks(text: str) -> str:
    found = _RANGE.match(text)
    if not found:
        return text
    _, first, _, last, word, tail = found.groups()
    return f"{first}_{last}{word}{tail}" if last else text


def _split_frameshift(text: str) -> tuple[str, str]:
    found = _FRAMESHIFT.match(text)
    if not found:
        return text, ""
    reference, position, alternate, stop = found.groups()
    return f"{reference[0]}{position}", f"{alternate or ''}{stop or ''}"
