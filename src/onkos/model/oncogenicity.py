"""What the standard of oncogenicity needs to be told: hotspots, regions, predictors."""

from __future__ import annotations

from functools import cached_property

import msgspec

from onkos.model.noun import Noun, require

STOP = "*"


class Prediction(Noun, frozen=True, kw_only=True):
    """What one tool computed of a change.

    Attributes
    ----------
    kind : str
        ``"protein"``, ``"splice"``, ``"any"`` or ``"conservation"``.
    says : str
        ``"damaging"``, ``"neutral"`` or ``"between"``; of conservation, damaging is conserved.
    """

    tool: str
    kind: str
    says: str

    def __post_init__(self) -> None:
        require(self.kind in KINDS, f"{self.tool}: no such kind of prediction: {self.kind}")
        require(self.says in SAYINGS, f"{self.tool}: no such prediction: {self.says}")


KINDS = frozenset({"protein", "splice", "any", "conservation"})
SAYINGS = frozenset({"damaging", "neutral", "between"})


class Predictor(Noun, frozen=True, kw_only=True):
    """A tool that annotators run, and how its columns are read.

    Attributes
    ----------
    columns : tuple of str
        Names in VEP, snpEff, dbNSFP or a MAF; of several in one row the highest number counts.
    damaging, neutral : tuple of str
        Words, in small letters; what stands in brackets behind them is left out.
    damaging_from, neutral_to : float or None
        Numbers at and above, at and below.
    """

    tool: str
    kind: str
    columns: tuple[str, ...]
    damaging: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    damaging_from: float | None = None
    neutral_to: float | None = None
    source: str = ""

    def __post_init__(self) -> None:
        require(self.kind in KINDS, f"{self.tool}: no such kind of prediction: {self.kind}")


class Hotspot(Noun, frozen=True, kw_only=True):
    """Residues at which tumours are changed more often than by chance.

    Attributes
    ----------
    first, last : int
        Residues, from 1; the same for a single one.
    reference : str
        The residue's letter; empty for a range.
    changes : dict of str to int
        Tumours by new letter (``"E"``, ``"*"``), of a range by change (``"E746_A750del"``).
    """

    gene: str
    first: int
    last: int
    reference: str = ""
    changes: dict[str, int] = {}

    def __post_init__(self) -> None:
        require(1 <= self.first <= self.last, f"{self.gene}: residues {self.first}-{self.last}")
        require(all(n > 0 for n in self.changes.values()), f"{self.gene}: tumours below 1")

    @property
    def missense(self) -> int:
        """Tumours with another letter at the residue: stops and silent changes are left out."""
        silent = {STOP, self.reference, "sp"}
        return sum(n for letter, n in self.changes.items() if letter not in silent)

    @property
    def total(self) -> int:
        """Tumours with any of the changes."""
        return sum(self.changes.values())


class CriticalRegion(Noun, frozen=True, kw_only=True):
    """A part of a protein in which each residue matters: an active site, a binding loop."""

    gene: str
    name: str
    codons: tuple[tuple[int, int], ...]
    source: str = ""


class SingleCause(Noun, frozen=True, kw_only=True):
    """A cancer that one gene alone causes: RB1 in retinoblastoma."""

    gene: str
    diseases: tuple[str, ...]
    source: str = ""


class FunctionalStudy(Noun, frozen=True, kw_only=True):
    """What well-established experiments showed of one change.

    Attributes
    ----------
    change : str
        In short HGVS: ``"H123R"``.
    damaging : bool
        True where they support an oncogenic effect, False where they show none.
    """

    gene: str
    change: str
    damaging: bool
    source: str


class OncogenicityFacts(msgspec.Struct, frozen=True, kw_only=True, dict=True, omit_defaults=True):
    """All that the standard is told besides the genes.

    Attributes
    ----------
    cutoffs : dict of str to float
        Numbers of the standard's clauses, by name.
    hotspot_papers : tuple of int
        PMIDs of the lists of hotspots: a change known from them alone is established by them.
    last_exon : dict of str to int
        First residue of the last coding exon, where the gene's own exons are not told.
    loss_reaches : dict of str to int
        Last residue at which a stop counts as loss of function, as an expert panel says.
    roles : dict of str to str
        Roles of genes that a file of the user adds; the vocabulary's own come first.
    whole_list : str
        Name of the file of hotspots that is whole; empty where only the built-in table is known.
    """

    cutoffs: dict[str, float] = {}
    hotspot_papers: tuple[int, ...] = ()
    hotspots: tuple[Hotspot, ...] = ()
    whole_list: str = ""
    regions: tuple[CriticalRegion, ...] = ()
    single_causes: tuple[SingleCause, ...] = ()
    predictors: tuple[Predictor, ...] = ()
    last_exon: dict[str, int] = {}
    loss_reaches: dict[str, int] = {}
    roles: dict[str, str] = {}
    studies: tuple[FunctionalStudy, ...] = ()

    @cached_property
    def hotspots_of(self) -> dict[str, tuple[Hotspot, ...]]:
        """Hotspots by gene."""
        found: dict[str, list[Hotspot]] = {}
        for hotspot in self.hotspots:
            found.setdefault(hotspot.gene, []).append(hotspot)
        return {gene: tuple(spots) for gene, spots in found.items()}

    @cached_property
    def studies_of(self) -> dict[tuple[str, str], tuple[FunctionalStudy, ...]]:
        """Experiments by gene and change."""
        found: dict[tuple[str, str], list[FunctionalStudy]] = {}
        for study in self.studies:
            found.setdefault((study.gene, study.change), []).append(study)
        return {key: tuple(studies) for key, studies in found.items()}

    @cached_property
    def regions_of(self) -> dict[str, tuple[CriticalRegion, ...]]:
        """Critical regions by gene."""
        found: dict[str, list[CriticalRegion]] = {}
        for region in self.regions:
            found.setdefault(region.gene, []).append(region)
        return {gene: tuple(regions) for gene, regions in found.items()}
