"""Mutational spectra that another program counted."""

from __future__ import annotations

from pathlib import Path

from onkos.model import Spectrum
from onkos.sources.channels import read_channels
from onkos.sources.patient.observed import Observed


def read_spectra(path: Path, territory: str = "") -> dict[str, Spectrum]:
    """Read a matrix of counts, channels by samples (SigProfilerMatrixGenerator and others).

    Parameters
    ----------
    path : Path
        Tab- or comma-separated, plain or gzip.
    territory : str
        ``"exome"`` or ``"genome"``.

    Returns
    -------
    dict of str to Spectrum
        By sample.

    Raises
    ------
    Unreadable
        With every problem of the file.
    """
    table = read_channels(path)
    return {
        sample: Spectrum(
            kind=table.kind,
            counts=dict(zip(table.channels, values, strict=True)),
            territory=territory,
            sample=sample,
            source=path.name,
        )
        for sample, values in table.columns.items()
    }


def observed_spectra(path: Path, territory: str = "") -> dict[str, Observed]:
    """The same, as what a file tells of each of its samples.

    Raises
    ------
    Unreadable
        With every problem of the file.
    """
    found = read_spectra(path, territory)
    return {sample: Observed(spectra=[spectrum]) for sample, spectrum in found.items()}
