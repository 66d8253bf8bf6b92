"""Catalogues of mutational signatures from files of the user's; none ships with onkos."""

from __future__ import annotations

import hashlib
from pathlib import Path

from onkos.model import SignatureCatalogue
from onkos.sources.channels import read_channels, unreadable

_TOLERANCE = 0.01  # files round their probabilities to three digits or more


def read_catalogue(path: Path, name: str = "") -> SignatureCatalogue:
    """Read a catalogue in the format of COSMIC (``Type``, then one column per signature).

    Parameters
    ----------
    path : Path
    name : str
        As reports name it; the file's name where not given.

    Raises
    ------
    Unreadable
        With every problem, among them a signature whose probabilities do not sum to 1.
    """
    table = read_channels(path)
    for signature, values in table.columns.items():
        total = sum(values)
        if abs(total - 1) > _TOLERANCE:
            remedy = "give probabilities, not counts"
            raise unreadable(path, f"{signature} sums to {total:.3g}, not 1; {remedy}")
    return SignatureCatalogue(
        kind=table.kind,
        name=name or path.name.removesuffix(".gz").rpartition(".")[0],
        channels=table.channels,
        signatures={
            signature: tuple(value / sum(values) for value in values)
            for signature, values in table.columns.items()
        },
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )
