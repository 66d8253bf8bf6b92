"""What one input told us of one sample, and what of it we could not read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from onkos.model import (
    Alteration,
    Doubt,
    Junction,
    Measurement,
    Phase,
    Profile,
    Segment,
    SmallVariant,
    Spectrum,
    Unread,
)
from onkos.model.withheld import NOTHING_APART, Apart, both


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
    doubts : list of Doubt
        What is not ruled out though it was not seen.
    chromosomes : Counter of str
        Calls of small variants of a VCF that passed, by chromosome.
    told : dict of str to str
        Classes of alterations beside small variants, by the fields of `Assay`, that the input is
        a list of: empty, or why it rules out none by itself.
    structures_by : str
        Who signed a file of structural variants that has none.
    has_calls : bool
        Whether small variants that passed a caller's filters are before us.
    thin : str
        Why a file of small variants rules out nothing by itself; empty where there is no such.
    caller : str
        Who signed a file of small variants that has no call.
    inherited : Observed or None
        While a file is read: what rows that call themselves inherited told, until `folded`.
    beside : Apart
        What such rows told beside their findings; all of it stands in the other fields too.
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
    doubts: list[Doubt] = field(default_factory=list)
    has_calls: bool = False
    thin: str = ""
    caller: str = ""
    chromosomes: Counter[str] = field(default_factory=Counter)
    told: dict[str, str] = field(default_factory=dict)
    structures_by: str = ""
    notices: list[str] = field(default_factory=list)
    inherited: Observed | None = None
    beside: Apart = NOTHING_APART

    def apart(self) -> Observed:
        """Where what inherited rows tell is gathered."""
        if self.inherited is None:
            self.inherited = Observed()
        return self.inherited

    def folded(self, *instead: str) -> Observed:
        """The same, what inherited rows told put with the rest.

        Parameters
        ----------
        instead : str
            What would have been noticed, had there been none of them.
        """
        inherited, self.inherited = self.inherited, None
        if inherited is not None:
            inherited.beside = Apart(
                rows=inherited.rows,
                filtered=dict(inherited.filtered),
                called=dict(inherited.called),
                unread=tuple(inherited.unread),
                notices=tuple(inherited.notices),
                instead=instead,
            )
            self.add(inherited)
        return self

    def add(self, other: Observed) -> None:
        """Take in what another input told of the same patient."""
        self.beside = both(self.beside, self.notices, other.beside, other.notices)
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
        self.doubts += other.doubts
        self.has_calls |= other.has_calls
        self.thin = self.thin or other.thin
        self.caller = self.caller or other.caller
        self.chromosomes += other.chromosomes
        self.structures_by = self.structures_by or other.structures_by
        for name, thin in other.told.items():
            self.told[name] = self.told.get(name, thin) and thin
        self.notices += [notice for notice in other.notices if notice not in self.notices]
