"""Protein changes as CIViC writes them, in the language's own writing."""

from __future__ import annotations

from onkos.model import Consequence
from onkos.model.protein import parse_protein
from onkos.sources.knowledge.adapters.profile_lexer import reason_for
from onkos.sources.patient.tables import Rejected

# The protein that these make is told by the protein's name, whichever bases changed.
_TOLD_BY_PROTEIN = frozenset(
    {
        Consequence.MISSENSE,
        Consequence.NONSENSE,
        Consequence.INFRAME_DELETION,
        Consequence.INFRAME_INSERTION,
        Consequence.DELINS,
        Consequence.STOP_LOST,
    }
)


def change_of(written: str, coding: bool) -> str:
    """A protein change as the language writes it.

    Parameters
    ----------
    coding : bool
        The bases are given too: then the protein's name must tell the same.
    """
    if _is_residue(written):
        return written
    first, *letters = written.split("/")
    text = _change_of_one(first, coding)
    if letters and all(len(letter) == 1 for letter in letters):
        return "/".join((text, *letters))
    if letters:
        raise Rejected("profile", "changes joined by / at more than one residue", text=written)
    return text


def _is_residue(written: str) -> bool:
    return written[:1].isalpha() and written[1:].isdigit()


def _change_of_one(written: str, coding: bool) -> str:
    try:
        found = parse_protein(_as_hgvs(written))
    except ValueError:
        raise Rejected("profile", reason_for(written), text=written) from None
    if found.consequence is Consequence.SYNONYMOUS:
        raise Rejected("profile", "a silent change is told by its bases alone", text=written)
    told = found.consequence in _TOLD_BY_PROTEIN or "fs*" in found.text
    if coding and not told:
        raise Rejected(
            "profile",
            "the bases are told, and the protein's name is of several changes",
            text=written,
        )
    return found.text


def _as_hgvs(written: str) -> str:
    """CIViC's capitals and X for a stop, in HGVS.

    >>> _as_hgvs("W288FS"), _as_hgvs("R135FSX177"), _as_hgvs("W1815X"), _as_hgvs("I843DEL")
    ('W288fs', 'R135fs*177', 'W1815*', 'I843del')
    """
    text = written.removeprefix("p.")
    for word in ("DELINS", "DEL", "INS", "DUP", "FS"):
        at = text.upper().find(word)
        if at > 0:
            tail = text[at + len(word) :].removeprefix("Ter")
            stop = text[at + len(word) :].startswith("Ter")
            text = text[:at] + word.lower() + ("*" if stop else "") + tail
            break
    if "fs" in text:
        return text.replace("fsX", "fs*")
    return text[:-1] + "*" if text.endswith("X") and text[-2:-1].isdigit() else text
