"""Names of contigs: ``chr7``, ``7`` and ``NC_000007.14`` are one chromosome."""

from __future__ import annotations

import re

_REFSEQ = re.compile(r"^NC_0*(\d+)\.\d+$")
_RENAMED = {"23": "X", "24": "Y", "M": "MT", "12920": "MT"}


def chromosome_of(contig: str) -> str:
    """A chromosome's name without ``chr``, the last ones by their letters.

    >>> chromosome_of("chr7"), chromosome_of("NC_000023.11"), chromosome_of("chrM")
    ('7', 'X', 'MT')
    """
    name = contig[3:] if contig[:3].casefold() == "chr" else contig
    numbered = _REFSEQ.match(name)
    name = numbered.group(1) if numbered else name
    return _RENAMED.get(name, name)
