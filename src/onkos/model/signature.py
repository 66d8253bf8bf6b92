"""Mutations counted by kind and neighbours, and the signatures that such counts are made of."""

from __future__ import annotations

import math
from itertools import product

from onkos.model.noun import Noun, require

KINDS = ("SBS96", "DBS78", "ID83")
SBS96 = tuple(
    f"{five}[{change}]{three}"
    for change in ("C>A", "C>G", "C>T", "T>A", "T>C", "T>G")
    for five, three in product("ACGT", repeat=2)
)


class Spectrum(Noun, frozen=True, kw_only=True):
    """Mutations of one sample by channel.

    Attributes
    ----------
    kind : str
        ``"SBS96"``, ``"DBS78"`` or ``"ID83"``.
    counts : dict of str to float
        Mutations by channel (``"A[C>A]G"``); channels left out count 0.
    territory : str
        ``"exome"`` or ``"genome"``; empty where not told.
    """

    kind: str
    counts: dict[str, float]
    territory: str = ""
    sample: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        require(self.kind in KINDS, f"{self.kind!r} is none of {', '.join(KINDS)}")
        for channel, count in self.counts.items():
            require(math.isfinite(count) and count >= 0, f"{channel}: {count} mutations")

    @property
    def total(self) -> float:
        """Mutations in all."""
        return sum(self.counts.values())


class SignatureCatalogue(Noun, frozen=True, kw_only=True):
    """Signatures of one kind, read from a file of the user's; none ships with onkos.

    Attributes
    ----------
    channels : tuple of str
    signatures : dict of str to tuple of float
        Probability of every channel, in the order of `channels`, by name.
    """

    kind: str
    name: str
    channels: tuple[str, ...]
    signatures: dict[str, tuple[float, ...]]
    sha256: str = ""

    def __post_init__(self) -> None:
        require(self.kind in KINDS, f"{self.kind!r} is none of {', '.join(KINDS)}")
        for name, values in self.signatures.items():
            require(len(values) == len(self.channels), f"{name}: {len(values)} probabilities")
