"""What one input told us of one sample, and what of it we could not read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from onkos.model import (
    Alteration,
    Junction,
    Measurement,
    Phase,
    Profile,
    Segment,
    SmallVariant,
    Spectrum,
    Unread,
)


@dataclass(slots=True, kw_only=True)
class Observed:
    """Gathered while reading; every row is kept, counted as filtered, or unread.

    Attributes
    ----------
    quality : dict of str to float
        Of the sample itself, under the names of the fields of `Sample`: ``"purity"``,
        ``"ploidy"``, ``"coverage"``, ``"contamination"``.
    calls : list of SmallVariant
        Changes told by their place only; they have no gene yet.
    silent : list of SmallVariant
        Synonymous changes with their place and reads; their rows are counted as filtered.
    called : Counter of str
        Rows of small variants, by sample; under ``""`` of a sample without an id.
    junctions : list of Junction
        Structural variants by their places. Their rows are kept as fusions or counted as
        filtered.
    filtered : Counter of str
        Reason and number of rows left out for it.
    rows : int
        Rows that the input had for this sample.
    notices : list of str
        What the reader decided and the user must know.
    """

    alterations: list[Alteration] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    profiles: list[Profile] = field(default_factory=list)
    spectra: list[Spectrum] = field(default_factory=list)
    calls: list[SmallVariant] = field(default_factory=list)
    silent: list[SmallVariant] = field(default_factory=list)
    called: Counter[str] = field(default_factory=Counter)
    junctions: list[Junction] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)
    quality: dict[str, float] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    filtered: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    notices: list[str] = field(default_factory=list)

    def add(self, other: Observed) -> None:
        """Take in what another input told of the same patient."""
        self.alterations += other.alterations
        self.segments += other.segments
        self.profiles += other.profiles
        self.spectra += other.spectra
        self.quality = other.quality | self.quality
        self.calls += other.calls
        self.silent += other.silent
        self.called += other.called
        self.junctions += other.junctions
        self.phases += other.phases
        self.measurements += other.measurements
        self.unread += other.unread
        self.filtered += other.filtered
        self.rows += other.rows
        self.notices += [notice for notice in other.notices if notice not in self.notices]
