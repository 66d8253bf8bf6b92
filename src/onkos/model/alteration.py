"""What was seen to be changed in one tumour, each kind as its own type."""

from __future__ import annotations

import re

from onkos.model.alteration_words import (
    Consequence,
    CopyCall,
    Event,
    Oncogenicity,
    Origin,
    StatedClass,
)
from onkos.model.archive import Record
from onkos.model.karyotype import Karyogram
from onkos.model.noun import require
from onkos.model.oncogenicity import Prediction
from onkos.model.phase import Phase
from onkos.model.seen import Seen

_EXONS = re.compile(
    r"\b(e(?:x|xon)?|[a-z])\s?(\d+)\s?(?:::|;|,|-|/)\s?(e(?:x|xon)?|[a-z])\s?(\d+)\b",
    re.IGNORECASE,
)


class SmallVariant(Seen, frozen=True, kw_only=True, tag="small variant"):
    """A substitution or short insertion or deletion.

    Attributes
    ----------
    gene : str
        HGNC symbol, or the symbol of the file where the vocabulary has none.
    protein : str
        Protein change in one-letter HGVS without ``p.``: ``"L858R"``, ``"W288fs"``.
    coding : str
        ``"c.2573T>G"`` or empty.
    first, last : int
        Residues touched, from 1; 0 where unknown.
    population_af : float or None
        Highest allele fraction in population tables that the input carried, in [0, 1]: 0 where
        they do not have it, None where the input carried none.
    filters : tuple of str
        Caller filters that did not pass, where the variant was kept despite them.
    normal_alt_reads, normal_depth : int or None
        Reads of the same change in the patient's normal sample, and all reads there.
    joint, unsure, apart : bool
        Called by a program of all cells' changes; the normal may carry it; withheld as inherited.
    phase_set, haplotype : str, int or None
        On which molecule, 0 or 1, of a stretch that its caller phased; empty where not told.
    biallelic : bool or None
        Both copies hit, or one only: as the laboratory stated, or as reads and copies show.
    described_by : str
        How its place was given a meaning, where neither the file nor a reference did that.
    origin_reason : str
        How the origin was worked out, where the laboratory did not state it.
    germline_probability, white_cell_probability : float or None
        That it is inherited, or of clonal haematopoiesis, in [0, 1]; None where not worked out.
    predictions : tuple of Prediction
        What tools computed of it, where the input carried that.
    oncogenicity_points : int or None
        Points by the standard of ClinGen, CGC and VICC; None where they were not added up.
    oncogenicity_criteria, oncogenicity_open : tuple of str
        Its criteria that hold, each with one sentence (``"OS3: ..."``); those not judged, with why.
    records : tuple of Record
        What archives that were added say of its very allele.

    Examples
    --------
    >>> SmallVariant(gene="EGFR", protein="L858R", consequence=Consequence.MISSENSE,
    ...              first=858, last=858).label
    'EGFR L858R'
    """

    gene: str
    protein: str = ""
    coding: str = ""
    consequence: Consequence = Consequence.UNKNOWN
    first: int = 0
    last: int = 0
    transcript: str = ""
    exon: str = ""
    assembly: str = ""
    chromosome: str = ""
    position: int = 0
    reference: str = ""
    alternate: str = ""
    alt_reads: int | None = None
    depth: int | None = None
    normal_alt_reads: int | None = None
    normal_depth: int | None = None
    joint: bool = False
    unsure: bool = False
    apart: bool = False
    population_af: float | None = None
    filters: tuple[str, ...] = ()
    phase_set: str = ""
    haplotype: int | None = None
    biallelic: bool | None = None
    described_by: str = ""
    predictions: tuple[Prediction, ...] = ()
    oncogenicity: Oncogenicity | None = None
    oncogenicity_reason: str = ""
    origin_reason: str = ""
    germline_probability: float | None = None
    white_cell_probability: float | None = None
    oncogenicity_points: int | None = None
    oncogenicity_criteria: tuple[str, ...] = ()
    oncogenicity_open: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()

    def __post_init__(self) -> None:
        self._check_vaf()
        if self.depth is not None and self.alt_reads is not None:
            require(
                0 <= self.alt_reads <= self.depth,
                f"{self.gene}: {self.alt_reads} variant reads of {self.depth}",
            )

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        return f"{self.gene} {self.protein or self.coding or self._place()}"

    def _place(self) -> str:
        if not self.chromosome:
            exon = self.exon.partition("/")[0]
            return f"exon {exon} {self.consequence}" if exon else str(self.consequence)
        at = f"{self.chromosome}:{self.position} {self.reference}>{self.alternate}"
        return f"{at} ({self.consequence})"


class CopyNumber(Seen, frozen=True, kw_only=True, tag="copy number"):
    """Copies of one gene.

    Attributes
    ----------
    copies, minor : float or None
        Copies per cancer cell, at least 0; of both alleles and of the rarer one.
    log2 : float or None
        log2 of the ratio to the tumour's own level, as the file gave it.
    basis : str
        What it was worked out of here; empty where it was told.
    """

    gene: str
    call: CopyCall
    copies: float | None = None
    minor: float | None = None
    log2: float | None = None
    basis: str = ""
    oncogenicity: Oncogenicity | None = None
    oncogenicity_reason: str = ""

    def __post_init__(self) -> None:
        require(self.copies is None or self.copies >= 0, f"{self.gene}: {self.copies} copies")

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        return f"{self.gene} {self.call}"


class Fusion(Seen, frozen=True, kw_only=True, tag="fusion"):
    """A rearrangement that joins two genes; an empty partner is unknown.

    Attributes
    ----------
    five, three : str
        Gene at the 5' and at the 3' end.
    ordered : bool
        False where the input gave two partners without saying which is 5'.
    reads, lost : int or None, tuple of str
        Reads that support the junction; partners whose driving part is not surely kept whole.
    breakpoints, basis : str
        As the input wrote them: ``"2:42522694 - 2:29446394"``, ``"Exon 13 - Exon 20"``; and what
        it was worked out of here, if it was not told.
    """

    five: str = ""
    three: str = ""
    ordered: bool = True
    in_frame: bool | None = None
    reads: int | None = None
    lost: tuple[str, ...] = ()
    breakpoints: str = ""
    basis: str = ""
    filters: tuple[str, ...] = ()
    oncogenicity: Oncogenicity | None = None
    oncogenicity_reason: str = ""

    def __post_init__(self) -> None:
        require(bool(self.five or self.three), "a fusion needs at least one partner")

    @property
    def genes(self) -> tuple[str, ...]:
        """Known partners, 5' first."""
        return tuple(gene for gene in (self.five, self.three) if gene)

    @property
    def exons(self) -> tuple[int, int] | None:
        """Last exon kept of `five` and first kept of `three`; None where not told.

        A letter before the number is the word exon's or the gene's own first.

        >>> Fusion(five="EML4", three="ALK", breakpoints="E13;A20").exons
        (13, 20)
        """
        found = _EXONS.search(self.breakpoints)
        if found is None:
            return None
        told = ((found[1], self.five), (found[3], self.three))
        known = all(mark[0].casefold() in {"e", gene[:1].casefold()} for mark, gene in told)
        return (int(found[2]), int(found[4])) if known else None

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        if len(self.genes) == 1:
            return self._told(f"{self.genes[0]} rearrangement")
        return self._told(f"{self.five}::{self.three} fusion")


class GeneEvent(Seen, frozen=True, kw_only=True, tag="event"):
    """A structural change inside one gene: FLT3-ITD, MET exon 14 skipping, AR-V7.

    Attributes
    ----------
    first_exon, last_exon : int
        Exons skipped or lost; 0 where the event has none.
    name : str
        Of the splice variant, e.g. ``"V7"``.
    """

    gene: str
    event: Event
    first_exon: int = 0
    last_exon: int = 0
    name: str = ""
    allelic_ratio: float | None = None
    oncogenicity: Oncogenicity | None = None
    oncogenicity_reason: str = ""

    def __post_init__(self) -> None:
        self._check_vaf()

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        return event_name(self.gene, self.event, self.first_exon, self.last_exon, self.name)


def event_name(gene: str, event: Event, first: int, last: int, name: str = "") -> str:
    """The written form of an event, the same in the language and in reports.

    >>> event_name("MET", Event.SKIPPING, 14, 14)
    'MET exon 14 skipping'
    >>> event_name("FLT3", Event.ITD, 0, 0)
    'FLT3-ITD'
    """
    match event:
        case Event.SKIPPING:
            return f"{gene} exon {first} skipping"
        case Event.EXONS_LOST:
            return f"{gene} exons {first}-{last} lost"
        case Event.SPLICE_VARIANT:
            return f"{gene}-{name}"
        case Event.BROKEN:
            return f"{gene} {event}"
        case _:
            return f"{gene}-{event}"


class Expression(Seen, frozen=True, kw_only=True, tag="expression"):
    """A gene's product by immunohistochemistry or RNA.

    Attributes
    ----------
    analyte : str
        ``"protein"`` or ``"RNA"``.
    level : str
        ``"loss"``, ``"normal"`` or ``"overexpression"``.
    """

    gene: str
    level: str
    analyte: str = "protein"
    value: float | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        require(self.analyte in {"protein", "RNA"}, f"analyte {self.analyte!r}")
        require(self.level in {"loss", "normal", "overexpression"}, f"level {self.level!r}")

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        return f"{self.gene} {self.analyte} {self.level}"


class Methylation(Seen, frozen=True, kw_only=True, tag="methylation"):
    """A gene's promoter, methylated or not."""

    gene: str
    methylated: bool

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        return f"{self.gene} promoter {'methylated' if self.methylated else 'unmethylated'}"


class Stated(Seen, frozen=True, kw_only=True, tag="stated"):
    """A finding as a laboratory summarises it: a class, present or absent.

    An absent one settles its own class only. ``LOSS`` leaves its kind open.

    Attributes
    ----------
    region : str
        What part of the gene the sentence spoke of, in the criteria language without the
        gene (``"exon 2"``, ``"D816V"``, ``"kinase domain"``); empty for the whole gene.
    """

    gene: str
    finding: StatedClass
    present: bool = True
    region: str = ""
    biallelic: bool | None = None

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        origin = "" if self.origin is Origin.UNKNOWN else f"{self.origin} "
        what = f"{self.gene}{' ' + self.region if self.region else ''} {self.finding}"
        return self._told(f"{origin}{what}" if self.present else f"no {origin}{what}")


class Cytogenetic(Seen, frozen=True, kw_only=True, tag="cytogenetic"):
    """An arm event, a rearrangement by band, or a class of karyotype.

    `name` is short ISCN or the class: ``"del(17p)"``, ``"t(15;17)"``, ``"complex karyotype"``.
    """

    name: str
    present: bool = True

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        return self._told(self.name if self.present else f"no {self.name}")


Alteration = (
    SmallVariant
    | CopyNumber
    | Fusion
    | GeneEvent
    | Expression
    | Methylation
    | Stated
    | Cytogenetic
    | Karyogram
)


def genes_of(alteration: Alteration) -> tuple[str, ...]:
    """Genes that an alteration concerns; empty for cytogenetic ones."""
    match alteration:
        case Fusion():
            return alteration.genes
        case Cytogenetic() | Karyogram():
            return ()
        case _:
            return (alteration.gene,)


__all__ = [
    "Alteration",
    "Consequence",
    "CopyCall",
    "CopyNumber",
    "Cytogenetic",
    "Event",
    "Expression",
    "Fusion",
    "GeneEvent",
    "Karyogram",
    "Methylation",
    "Oncogenicity",
    "Origin",
    "Phase",
    "Seen",
    "SmallVariant",
    "Stated",
    "StatedClass",
    "event_name",
    "genes_of",
]
