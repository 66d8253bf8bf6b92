"""What a file says of a change held against what its place in the genome says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onkos.annotate.consequence import Effect
from onkos.model import Consequence
from onkos.model.protein import parse_protein, same_change

_OUTSIDE = frozenset(
    {
        Consequence.PROMOTER,
        Consequence.INTRONIC,
        Consequence.SPLICE,
        Consequence.UTR,
        Consequence.NONCODING,
    }
)
_STOP_AS_X = re.compile(r"^(?:p\.)?[A-Z][a-z]{0,2}\d+X$")


def disagreement(protein: str, effects: Sequence[Effect], gene: str = "") -> str:
    """Why a protein change that somebody wrote does not stand; empty where it does.

    It stands where a transcript of the gene gives it, whichever transcript that is.

    Parameters
    ----------
    protein : str
        One- or three-letter.
    effects : sequence of Effect
        Of the same change by its place; the first one speaks for the rest.
    gene : str
        Whose transcripts count; all where empty.
    """
    own = [effect for effect in effects if not gene or effect.transcript.gene == gene]
    if not own:
        there = sorted({effect.transcript.gene for effect in effects})
        elsewhere = f"; {', '.join(there)} does" if there else ""
        return f"no transcript of {gene or 'any gene'} lies there{elsewhere}"
    here = f"{own[0].hgvs_c} is {own[0].protein or own[0].kind}"
    if _STOP_AS_X.match(protein):
        return f"{protein} writes X, any residue, for a stop; {here}"
    try:
        written = parse_protein(protein).text
    except ValueError:
        return f"{protein} is not a protein change; {here}"
    if any(same_change(effect.protein, written) for effect in own if effect.protein):
        return ""
    if written.startswith("M1") and own[0].kind is Consequence.START_LOST:
        return ""
    if all(effect.kind in _OUTSIDE for effect in own):
        return f"{protein} is written as a protein change, but outside the coding sequence: {here}"
    return f"{protein} is written, but {here}"
