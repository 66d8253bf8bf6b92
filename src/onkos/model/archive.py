"""What an archive of variants says of one allele, looked up exactly; it moves no plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple, Protocol

from onkos.model.noun import Noun, require
from onkos.model.placed import least


class Aspect(StrEnum):
    """Of what a classification is. The three are never mixed."""

    GERMLINE = "germline"
    ONCOGENICITY = "oncogenicity"
    IMPACT = "somatic clinical impact"


class Says(StrEnum):
    """Which way a classification points, to be set beside another one."""

    CAUSAL = "causal"
    UNCERTAIN = "uncertain"
    HARMLESS = "harmless"


class Classification(Noun, frozen=True, kw_only=True):
    """One classification of an allele.

    Attributes
    ----------
    values : tuple of str
        In the words of the archive: ``"pathogenic"``, ``"Tier I - Strong"``.
    says : Says or None
        None where it says nothing of the kind, or its submitters do not agree.
    review : str
        The archive's review status, in its words.
    stars : int or None
        0 to 4; None for a status that is not known here.
    conflict : tuple of str
        What its submitters say where they do not agree, each with their number.
    conditions : tuple of str
        Diseases that it was made for.
    within : tuple of str
        Ids of the haplotypes or genotypes that were classified in place of the allele itself.
    """

    aspect: Aspect
    values: tuple[str, ...]
    says: Says | None = None
    review: str = ""
    stars: int | None = None
    conflict: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require(bool(self.values), f"{self.aspect}: a classification that says nothing")
        require(self.stars is None or 0 <= self.stars <= 4, f"{self.stars} stars")


class Record(Noun, frozen=True, kw_only=True):
    """What an archive says of one allele.

    Attributes
    ----------
    source, version : str
        ``"ClinVar"``, and the day of its state.
    id : str
        Of the variant there.
    address : str
        Where to read it; empty where there is no such place.
    differs : str
        How it differs from what is said of the change here; empty where it does not, or nothing
        can be set side by side.
    """

    source: str
    version: str
    id: str
    address: str = ""
    classifications: tuple[Classification, ...] = ()
    differs: str = ""


class Searched(Noun, frozen=True, kw_only=True):
    """How many of a case's small variants were looked up in an archive.

    Attributes
    ----------
    placed, found : int
        Looked up, and those of them of which it says something that may be told.
    elsewhere : dict of str to int
        Not looked up, by their assembly, which the archive is not at hand for; of those whose
        assembly is not known under an empty name.
    unplaced : int
        Not looked up since they carry no place.
    """

    source: str
    version: str
    assemblies: tuple[str, ...]
    placed: int = 0
    found: int = 0
    elsewhere: dict[str, int] = {}
    unplaced: int = 0


class Allele(NamedTuple):
    """A change of DNA on the forward strand, bases that both sides share left out.

    Attributes
    ----------
    start : int
        First base replaced, from 1; of an insertion the base that it goes before.
    removed, bases : str
        What was there, and what stands there instead; empty for nothing.
    """

    assembly: str
    chromosome: str
    start: int
    removed: str
    bases: str

    @classmethod
    def of(
        cls, assembly: str, chromosome: str, position: int, reference: str, alternate: str
    ) -> Allele:
        """The allele of a record.

        >>> Allele.of("GRCh38", "7", 100, "CAG", "CG")
        Allele(assembly='GRCh38', chromosome='7', start=101, removed='A', bases='')
        """
        return cls(assembly, chromosome, *least(position, reference.upper(), alternate.upper()))


class Archive(Protocol):
    """Classified alleles on disk; nothing is read before it is asked for the first one.

    Attributes
    ----------
    assemblies : tuple of str
        On which its alleles are placed.
    """

    @property
    def source(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def assemblies(self) -> tuple[str, ...]: ...

    def find(self, alleles: Iterable[Allele]) -> Mapping[Allele, tuple[Record, ...]]:
        """What it says of alleles; those that it does not hold are left out."""
        ...
