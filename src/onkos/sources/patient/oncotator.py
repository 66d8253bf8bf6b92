"""Protein changes as Oncotator and its time wrote them, in HGVS.

Oncotator put the lost residues before the position or left them out:
``p.ELREA746del``, ``p.709_710ET>D``, ``p.776_776G>VC``, ``p.769_770insASV``, ``p.-920fs``.
Rewriting follows the HGVS rules (den Dunnen 2016, doi:10.1002/humu.22981): what does not
change is trimmed, what is left is named by its own residues.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onkos.model import Consequence
from onkos.model.protein import RESIDUES, ProteinChange, parse_protein

_R = f"[{RESIDUES}]"
_RS = f"[{RESIDUES}*]"
_PREFIX = re.compile(r"^(?:[\w.-]+:)?(?:p\.)?", re.ASCII)
_DIGIT = re.compile(r"[0-9]")
_DELETION = re.compile(rf"^({_R}{{2,}})(\d{{1,6}})del$")
_RANGE = re.compile(rf"^(\d{{1,6}})_(\d{{1,6}})({_R}+)>({_RS}+)$")
_BLOCK = re.compile(rf"^({_R}{{2,}})(\d{{1,6}})({_RS}{{2,}})$")
_INSERTION = re.compile(rf"^(\d{{1,6}})_(\d{{1,6}})ins({_RS}+)$")
_FRAMESHIFT = re.compile(r"^-(\d{1,6})fs$")
_START = re.compile(r"^(?:M1_.*\?.*|0\??)$")


@lru_cache(maxsize=16384)
def read_change(text: str) -> ProteinChange | None:
    """Read the protein column of a MAF, whoever wrote it.

    Returns
    -------
    ProteinChange or None
        None where the cell names no residue (empty, ``p.?``, a word). An insertion whose
        neighbours the file does not name keeps its positions alone: ``769_770insASV``.

    Raises
    ------
    ValueError
        Where there is a residue and the change is not understood.

    Examples
    --------
    >>> read_change("p.ELREA746del").text
    'E746_A750del'
    >>> read_change("p.709_710ET>D").text
    'E709_T710delinsD'
    >>> read_change("ENSP00000288602.6:p.Val600Glu").text
    'V600E'
    """
    body = _PREFIX.sub("", text.strip().replace("%3D", "=")).replace("(", "").replace(")", "")
    if body == "=":
        return ProteinChange("", Consequence.SYNONYMOUS, 0, 0)
    if not _DIGIT.search(body):
        return None
    if _START.match(body):
        return ProteinChange("M1?", Consequence.START_LOST, 1, 1, "M", "?")
    try:
        return parse_protein(body)
    except ValueError:
        old = _old_form(body)
        if old is None:
            raise
        return old


def _old_form(body: str) -> ProteinChange | None:
    if found := _DELETION.match(body):
        return _changed(int(found.group(2)), found.group(1), "")
    if found := _RANGE.match(body):
        first, last, lost, gained = found.groups()
        fits = len(lost) == int(last) - int(first) + 1
        return _changed(int(first), lost, gained) if fits else None
    if found := _BLOCK.match(body):
        lost, at, gained = found.groups()
        return _changed(int(at), lost, gained) if len(lost) == len(gained) else None
    if found := _INSERTION.match(body):
        first, last, gained = found.groups()
        return _inserted(int(first), gained) if int(last) == int(first) + 1 else None
    if found := _FRAMESHIFT.match(body):
        residue = int(found.group(1))
        return ProteinChange("", Consequence.FRAMESHIFT, residue, residue) if residue else None
    return None


def _changed(start: int, lost: str, gained: str) -> ProteinChange | None:
    """The change from `lost` (its first residue at `start`) to `gained`, made minimal."""
    if start < 1:
        return None
    whole, first = lost, start
    gained, star, _ = gained.partition("*")
    gained += star
    while lost and gained and lost[0] == gained[0]:
        lost, gained, start = lost[1:], gained[1:], start + 1
    while lost and gained and lost[-1] == gained[-1]:
        lost, gained = lost[:-1], gained[:-1]
    if gained.startswith("*") and lost:
        return parse_protein(f"{lost[0]}{start}*")
    if not lost and not gained:
        return parse_protein(f"{whole[0]}{first}=")
    if not lost:
        return _insertion_within(whole, first, start, gained)
    end = start + len(lost) - 1
    span = f"{lost[0]}{start}" if len(lost) == 1 else f"{lost[0]}{start}_{lost[-1]}{end}"
    if not gained:
        return parse_protein(f"{span}del")
    if len(lost) == len(gained) == 1:
        return parse_protein(f"{lost}{start}{gained}")
    return parse_protein(f"{span}delins{gained}")


def _insertion_within(whole: str, first: int, before: int, gained: str) -> ProteinChange | None:
    """An insertion before residue `before`; `whole` are the residues known from `first` on."""
    left = whole[: before - first]
    if gained and left.endswith(gained):
        start = before - len(gained)
        span = f"{gained[0]}{start}"
        span += f"_{gained[-1]}{before - 1}" if len(gained) > 1 else ""
        return parse_protein(f"{span}dup")
    right = whole[before - first :]
    if left and right:
        return parse_protein(f"{left[-1]}{before - 1}_{right[0]}{before}ins{gained}")
    return _inserted(before - 1, gained)


def _inserted(after: int, gained: str) -> ProteinChange | None:
    """An insertion after a residue whose letter, or whose neighbour's, is not known."""
    if after < 1:
        return None
    kind = Consequence.NONSENSE if "*" in gained else Consequence.INFRAME_INSERTION
    return ProteinChange(f"{after}_{after + 1}ins{gained}", kind, after, after + 1, "", gained)
