"""Chromosomes as files name them."""

from __future__ import annotations

import re

from onkos.sources.patient.symbols import chromosome_name
from onkos.sources.patient.tables import Rejected

CHROMOSOMES = frozenset({*map(str, range(1, 23)), "X", "Y"})
# Last base of chromosome 1, which no two assemblies share.
LENGTH_OF_1 = {249250621: "GRCh37", 248956422: "GRCh38"}

_REFSEQ = re.compile(r"^NC_0000(\d\d)\.\d+$", re.IGNORECASE)
_CONTIG = re.compile(
    r"^(?:MT?|\w+_\w+|(?:GL|KI|KN|KQ|KZ|JH)\d+(?:\.\d+)?|Un.*|hs37d5|EBV|HLA.*|.*decoy.*)$",
    re.IGNORECASE,
)


def assembled(text: str) -> str:
    """The chromosome, ``"1"`` to ``"22"``, ``"X"``, ``"Y"``; empty for any other sequence.

    Raises
    ------
    Rejected
        For what names no sequence of the human genome.

    Examples
    --------
    >>> assembled("chr7"), assembled("23"), assembled("NC_000007.14"), assembled("GL000191.1")
    ('7', 'X', '7', '')
    """
    refseq = _REFSEQ.match(text)
    name = chromosome_name(str(int(refseq.group(1))) if refseq else text).upper()
    if name in CHROMOSOMES:
        return name
    if _CONTIG.match(name):
        return ""
    remedy = "name it 1 to 22, X or Y, with or without chr"
    raise Rejected("chromosome", "not a human chromosome", text=text, remedy=remedy)
