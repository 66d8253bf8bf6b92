"""Leaves of a criterion that speak of alterations."""

from __future__ import annotations

from onkos.model.alteration import CopyCall, Event, Origin, event_name
from onkos.model.noun import Atom, require

WORDS_OF_MUTATION = (
    "mutation",
    "oncogenic mutation",
    "missense",
    "truncating mutation",
    "nonsense",
    "frameshift",
    "in-frame mutation",
    "deletion",
    "insertion",
    "splice mutation",
    "reversion mutation",
)


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _genes(genes: tuple[str, ...]) -> str:
    return "/".join(genes)


def _origin(origin: Origin | None) -> str:
    return "" if origin is None else str(origin)


class Mutation(Atom, frozen=True, kw_only=True, tag="mutation"):
    """A small variant of a gene: one change, a residue, a region, or a class.

    Attributes
    ----------
    genes : tuple of str
        Any of these.
    change : str
        ``"L858R"``, ``"V600E/K"``, ``"V600"``, ``"E746_A750del"``, ``"W288fs"`` or empty.
    what : str
        One of ``WORDS_OF_MUTATION``; ``"deletion"`` and ``"insertion"`` are in frame.
    exons : tuple of two ints or None
        First and last exon.
    codons : tuple of pairs
        Ranges of residues, both ends included.
    domain : str
        Name of a domain of the gene in the vocabulary.
    excepted : tuple of str
        Changes that do not count, looked at on the same alteration.

    Examples
    --------
    >>> print(Mutation(genes=("EGFR",), what="deletion", exons=(19, 19)))
    EGFR exon 19 deletion
    >>> print(Mutation(genes=("ERBB2",), codons=((755, 780),)))
    ERBB2 codons 755-780 mutation
    """

    genes: tuple[str, ...]
    change: str = ""
    what: str = "mutation"
    exons: tuple[int, int] | None = None
    codons: tuple[tuple[int, int], ...] = ()
    domain: str = ""
    promoter: bool = False
    origin: Origin | None = None
    biallelic: bool = False
    excepted: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require(self.what in WORDS_OF_MUTATION, f"no such class of mutation: {self.what}")

    def __str__(self) -> str:
        text = self.change or _join(self.place, self.what)
        return _join(
            _origin(self.origin),
            "biallelic" if self.biallelic else "",
            _genes(self.genes),
            text,
            f"except {', '.join(self.excepted)}" if self.excepted else "",
        )

    @property
    def place(self) -> str:
        """The region as written; empty for the whole gene."""
        if self.promoter:
            return "promoter"
        if self.exons:
            return _span("exon", self.exons)
        if self.codons:
            return _codons(self.codons)
        return self.domain


def _span(word: str, span: tuple[int, int]) -> str:
    first, last = span
    return f"{word} {first}" if first == last else f"{word}s {first}-{last}"


def _codons(codons: tuple[tuple[int, int], ...]) -> str:
    if len(codons) == 1:
        return _span("codon", codons[0])
    return "codons " + ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in codons)


class LossOfFunction(Atom, frozen=True, kw_only=True, tag="loss of function"):
    """Any change that abolishes the gene's product."""

    genes: tuple[str, ...]
    origin: Origin | None = None
    biallelic: bool = False

    def __str__(self) -> str:
        return _join(
            _origin(self.origin),
            "biallelic" if self.biallelic else "",
            _genes(self.genes),
            "loss of function",
        )


class CopyNumberIs(Atom, frozen=True, kw_only=True, tag="copy number is"):
    """Amplification, gain or homozygous deletion of a gene."""

    genes: tuple[str, ...]
    call: CopyCall

    def __str__(self) -> str:
        return f"{_genes(self.genes)} {self.call}"


class Copies(Atom, frozen=True, kw_only=True, tag="copies"):
    """A gene's copies per cancer cell against a number."""

    genes: tuple[str, ...]
    op: str
    value: float

    def __str__(self) -> str:
        return f"{_genes(self.genes)} copies {self.op} {self.value:g}"


class FusionIs(Atom, frozen=True, kw_only=True, tag="fusion is"):
    """A fusion by both partners in order, or any fusion of a gene at either end."""

    genes: tuple[str, ...] = ()
    five: str = ""
    three: str = ""
    rearrangement: bool = False

    def __str__(self) -> str:
        word = "rearrangement" if self.rearrangement else "fusion"
        return f"{self.five}::{self.three} {word}" if self.five else f"{_genes(self.genes)} {word}"


class ProteinIs(Atom, frozen=True, kw_only=True, tag="protein is"):
    """A protein lost or overexpressed by immunohistochemistry."""

    genes: tuple[str, ...]
    level: str

    def __str__(self) -> str:
        return f"{_genes(self.genes)} protein {self.level}"


class EventIs(Atom, frozen=True, kw_only=True, tag="event is"):
    """A named structural change inside one gene."""

    gene: str
    event: Event
    first_exon: int = 0
    last_exon: int = 0
    name: str = ""

    def __str__(self) -> str:
        return event_name(self.gene, self.event, self.first_exon, self.last_exon, self.name)


class MethylationIs(Atom, frozen=True, kw_only=True, tag="methylation is"):
    """A promoter methylated."""

    gene: str

    def __str__(self) -> str:
        return f"{self.gene} promoter methylation"


class WildType(Atom, frozen=True, kw_only=True, tag="wild-type"):
    """Every gene tested and clean, in these codons where given."""

    genes: tuple[str, ...]
    codons: tuple[int, ...] = ()

    def __str__(self) -> str:
        where = f" (codons {', '.join(map(str, self.codons))})" if self.codons else ""
        return f"{_genes(self.genes)} wild-type{where}"


class PhaseIs(Atom, frozen=True, kw_only=True, tag="phase"):
    """Two changes of one gene on the same molecule, or on different ones."""

    first: Mutation
    second: Mutation
    cis: bool

    def __str__(self) -> str:
        return f"{self.first} in {'cis' if self.cis else 'trans'} with {self.second}"


class CytogeneticIs(Atom, frozen=True, kw_only=True, tag="cytogenetic is"):
    """An arm event, a banded rearrangement or a class of karyotype."""

    name: str

    def __str__(self) -> str:
        return self.name


class AlleleFraction(Atom, frozen=True, kw_only=True, tag="allele fraction"):
    """The largest allele fraction of any change of a gene against a number in [0, 1]."""

    gene: str
    op: str
    value: float

    def __str__(self) -> str:
        return f"{self.gene} VAF {self.op} {self.value:g}"


class CountIs(Atom, frozen=True, kw_only=True, tag="count"):
    """How many changes of a kind the case has."""

    of: Mutation
    op: str
    value: int

    def __str__(self) -> str:
        return f"count({self.of}) {self.op} {self.value}"
