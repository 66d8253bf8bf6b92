"""The sample's own quality: what the case file says, filled up with what its files tell."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from onkos.model import Sample
from onkos.sources.patient.observed import Observed

# Values printed with two places are the same within one of the last.
_SAME = 0.0101


def with_quality(sample: Sample, observed: Iterable[Observed | None]) -> tuple[Sample, list[str]]:
    """The sample with purity, ploidy, coverage and contamination, and what disagrees.

    What the case file says wins; of files, the first.

    Parameters
    ----------
    observed : iterable of Observed or None
        What each file told; None for one that could not be read.

    Returns
    -------
    pair of Sample and list of str
    """
    notices = []
    told: dict[str, float] = {}
    for one in observed:
        for name, value in (one.quality if one is not None else {}).items():
            stated = getattr(sample, name)
            used = told.get(name, stated)
            if used is None:
                told[name] = value
            elif abs(used - value) > _SAME:
                source = "case says" if stated is not None else "first file says"
                notices.append(f"{name}: the {source} {used:g}, a file {value:g}; {used:g} counts")
    return msgspec.structs.replace(sample, **told), notices
