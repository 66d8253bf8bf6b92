"""What a change of the coding bases does to the protein, in HGVS.

References
----------
HGVS nomenclature 21.0, recommendations for proteins, https://hgvs-nomenclature.org.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onkos.annotate.layout import STOP, Layout
from onkos.model import Consequence
from onkos.model.protein import ONE_LETTER

_THREE = {one: three for three, one in ONE_LETTER.items() if three != "Stop"} | {"X": "Xaa"}
_RESIDUE = re.compile(r"[A-Z*]")


class Residues(NamedTuple):
    """A protein change.

    Attributes
    ----------
    text : str
        One-letter, without ``p.``; empty where it cannot be told.
    first, last : int
        Residues touched, from 1; for an insertion the two beside it; 0 where not known.
    """

    text: str
    kind: Consequence
    first: int = 0
    last: int = 0


UNTOLD = Residues("", Consequence.UNKNOWN)
START_LOST = Residues("M1?", Consequence.START_LOST, 1, 1)


def three_letter(text: str) -> str:
    """A one-letter change as HGVS prefers it, predicted and so in brackets.

    >>> three_letter("E746_A750del"), three_letter("W288Cfs*12")
    ('p.(Glu746_Ala750del)', 'p.(Trp288CysfsTer12)')
    """
    if not text or text.endswith("_splice"):
        return "p.?"
    return f"p.({_RESIDUE.sub(lambda found: _THREE.get(found.group(), 'Xaa'), text)})"


def residues_changed(layout: Layout, low: int, high: int, bases: str) -> Residues:
    """The change of the protein when transcript bases are replaced.

    Parameters
    ----------
    layout : Layout
        Of a transcript with a protein.
    low, high : int
        Bases from `low` up to, not with, `high` are taken out, as indices of the transcript; they
        touch the coding sequence.
    bases : str
        What stands there instead, in the direction of transcription.
    """
    if not layout.sound:
        return UNTOLD
    first, pad, before = layout.first, layout.pad, layout.protein
    if low < first:
        return UNTOLD if pad or not before.startswith("M") else START_LOST
    coding = "N" * pad + layout.bases[first:low] + bases + layout.bases[high:]
    start = (low - first + pad) // 3
    gone = min(high, layout.last + 1) - low
    shifted = (len(bases) - gone) % 3 != 0
    if len(bases) == high - low and high <= layout.last - 2:
        end = (high - 1 - first + pad) // 3 + 1
        after = layout.translated(coding[3 * start : 3 * end])
        after = after.partition(STOP)[0] + STOP if STOP in after else after + before[end:]
    else:
        after = layout.until_stop(coding[3 * start :])
    after = before[:start] + after
    if start == 0 and before[0] == "M" and not pad and after[:1] != "M":
        return START_LOST
    edited = (high - first + pad + 2) // 3
    whole = len(before) + (len(bases) - gone) // 3
    if shifted or len(after) >= whole:
        return _compared(before, after, start, shifted, -1)
    return _compared(before, after, start, shifted, edited)


def _compared(before: str, after: str, start: int, shifted: bool, stopped: int) -> Residues:
    """The change between two proteins that agree up to residue `start`.

    `stopped`: of a change in frame with a new stop, the residue behind the codons replaced;
    below 0 where the stop is the old one.
    """
    at = start
    while at < min(len(before), len(after)) and before[at] == after[at]:
        at += 1
    if at == len(before) or before == after:
        shown = min(start, len(before) - 1)
        text = f"{before[shown]}{shown + 1}="
        same = before == after
        return Residues(text, Consequence.SYNONYMOUS, shown + 1, shown + 1) if same else UNTOLD
    if before[at] == STOP:
        return _extended(after, at)
    if at == len(after):
        return Residues(f"{before[at]}{at + 1}fs*?", Consequence.FRAMESHIFT, at + 1, at + 1)
    if after[at] == STOP:
        return Residues(f"{before[at]}{at + 1}*", Consequence.NONSENSE, at + 1, at + 1)
    if shifted:
        text = f"{before[at]}{at + 1}{after[at]}fs*{_stop_after(after, at, 1)}"
        return Residues(text, Consequence.FRAMESHIFT, at + 1, at + 1)
    if stopped < 0:
        return _in_frame(before, after, at)
    # What follows the new stop is not deleted but never made.
    return _exchanged(before, at, before[at : max(stopped, at)], after[at:])


def _extended(after: str, at: int) -> Residues:
    residue = after[at] if at < len(after) else ""
    text = f"*{at + 1}{residue}ext*{_stop_after(after, at, 0)}"
    return Residues(text, Consequence.STOP_LOST, at + 1, at + 1)


def _stop_after(after: str, at: int, count_from: int) -> str:
    return str(len(after) - 1 - at + count_from) if after.endswith(STOP) else "?"


def _in_frame(before: str, after: str, at: int) -> Residues:
    """Residues gained and lost, as far to the end of the protein as they can be put."""
    tail = 0
    most = min(len(before), len(after)) - at
    while tail < most and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return _exchanged(before, at, before[at : len(before) - tail], after[at : len(after) - tail])


def _exchanged(before: str, at: int, lost: str, gained: str) -> Residues:
    if not gained:
        kind, word = Consequence.INFRAME_DELETION, "del"
    elif not lost:
        return _inserted(before, at, gained)
    elif len(lost) == len(gained) == 1:
        return Residues(f"{lost}{at + 1}{gained}", Consequence.MISSENSE, at + 1, at + 1)
    else:
        kind, word = _replaced(lost, gained), f"delins{gained}"
    return Residues(f"{_span(before, at, at + len(lost))}{word}", kind, at + 1, at + len(lost))


def _replaced(lost: str, gained: str) -> Consequence:
    if STOP in lost:
        return Consequence.STOP_LOST
    if STOP in gained:
        return Consequence.NONSENSE
    return Consequence.MISSENSE if len(lost) == len(gained) else Consequence.DELINS


def _inserted(before: str, at: int, gained: str) -> Residues:
    if before[at - len(gained) : at] == gained and at >= len(gained):
        start = at - len(gained)
        text = f"{_span(before, start, at)}dup"
        return Residues(text, Consequence.INFRAME_INSERTION, start + 1, at)
    kind = Consequence.NONSENSE if STOP in gained else Consequence.INFRAME_INSERTION
    return Residues(f"{_span(before, at - 1, at + 1)}ins{gained}", kind, at, at + 1)


def _span(protein: str, start: int, end: int) -> str:
    """Residues from index `start` up to `end`, by the first and the last."""
    first = f"{protein[start]}{start + 1}"
    return first if end == start + 1 else f"{first}_{protein[end - 1]}{end}"
