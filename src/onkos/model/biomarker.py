"""The rules by which biomarkers are measured, as the knowledge holds them."""

from __future__ import annotations

from onkos.model.alteration_words import Consequence
from onkos.model.noun import Noun, require


class Convention(Noun, frozen=True, kw_only=True):
    """What counts towards a tumour mutational burden; values of two conventions do not compare.

    Attributes
    ----------
    id, version : str
        Together they name this set of rules for good.
    counts : tuple of Consequence
    drivers : bool
        Known drivers count too.
    several_bases : bool
        Substitutions of several bases count too.
    least_vaf, least_depth, least_reads
        Below them a change does not count; a change without the number does.
    not_genes : tuple of str
        Genes that are left out.
    kinds : tuple of str
        Kinds of assay that it is the usual one of, where the assay names none.
    """

    id: str
    name: str
    version: str
    counts: tuple[Consequence, ...]
    drivers: bool = True
    several_bases: bool = True
    least_vaf: float = 0.0
    least_depth: int = 0
    least_reads: int = 0
    not_genes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    source: str = ""
    pmid: int | None = None
    doi: str = ""
    unverified: bool = False
    note: str = ""


class BurdenRules(Noun, frozen=True, kw_only=True):
    """Tumour mutational burden.

    Attributes
    ----------
    high : float
        Mutations per megabase from which it is high, inclusive.
    small : float
        Megabases below which a value whose interval holds the cut-off is called neither way.
    population_af : float
        Allele fraction in a population from which a change counts as inherited where no
        normal sample was read.
    fewest : int
        Variants that a list must have to be taken for a whole call set.
    """

    high: float
    small: float
    population_af: float
    fewest: int = 1
    conventions: tuple[Convention, ...] = ()
    source: str = ""
    unverified: bool = False

    def convention(self, name: str, kind: str) -> Convention | None:
        """The named convention, else the usual one of a kind of assay."""
        by_name = (one for one in self.conventions if name and one.id == name)
        usual = (one for one in self.conventions if not name and kind in one.kinds)
        return next(by_name, None) or next(usual, None)


class InstabilityTool(Noun, frozen=True, kw_only=True):
    """How one caller's number reads; the cut-offs of one caller never serve another.

    Attributes
    ----------
    measure : str
        Name of its number in the vocabulary of measures.
    high : float or None
        From which it is MSI-H, inclusive; None where every laboratory sets its own.
    stable_below : float or None
        Below which it is MSS; between the two it says nothing.
    fewest : int
        Sites below which the share says nothing.
    fewest_source : str
    least_purity : float
        Tumour content below which it is never MSS, in [0, 1].
    purity_source : str
    purity_pmid : int or None
    """

    measure: str
    high: float | None = None
    stable_below: float | None = None
    fewest: int = 0
    fewest_source: str = ""
    least_purity: float = 0.0
    purity_source: str = ""
    purity_pmid: int | None = None
    source: str = ""
    pmid: int | None = None
    unverified: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if self.high is not None and self.stable_below is not None:
            require(self.stable_below <= self.high, f"{self.measure}: stable above high")


class InstabilityRules(Noun, frozen=True, kw_only=True):
    """Microsatellite instability from small variants of an exome or a genome.

    Attributes
    ----------
    kinds : tuple of str
        Kinds of assay that it may be judged in.
    high, stable_below : float
        Slippage indels per megabase: from the first, unstable; below the second, stable.
    least_fraction : float
        Share of indels among the changes that an unstable tumour must have.
    fewest : int
        Coding changes below which nothing is said.
    longest_unit : int
        Bases of a repeat unit, at most.
    loci : dict of str to str
        Repeats in coding genes that slip in unstable tumours, by gene.
    loci_sources : dict of str to str
        Where the repeat of a gene is told of; the others are not verified in a source.
    proofreading : dict of str to tuple of str
        Changes of a polymerase's proofreading domain, by gene: another cause of many changes.
    many : float
        Changes per megabase that go with them.
    """

    kinds: tuple[str, ...]
    high: float
    stable_below: float
    least_fraction: float
    fewest: int
    longest_unit: int
    loci: dict[str, str] = {}
    loci_sources: dict[str, str] = {}
    proofreading: dict[str, tuple[str, ...]] = {}
    many: float = 100.0
    tools: tuple[InstabilityTool, ...] = ()
    source: str = ""
    pmid: int | None = None
    unverified: bool = False
    note: str = ""


class SignatureRules(Noun, frozen=True, kw_only=True):
    """Mutational signatures.

    Attributes
    ----------
    fewest : dict of str to int
        Mutations that a fit needs, by territory: exome, genome.
    background : tuple of str
        Signatures of every cell.
    connected : tuple of tuples of str
        Signatures of one process.
    draws : int
        Spectra drawn for the interval.
    least_cosine : float
        Similarity of the reconstruction below which the fit is not believed.
    causes : dict of str to str
        What a signature goes with.
    """

    fewest: dict[str, int]
    background: tuple[str, ...] = ()
    connected: tuple[tuple[str, ...], ...] = ()
    draws: int = 200
    least_cosine: float = 0.9
    causes: dict[str, str] = {}
    source: str = ""
    pmid: int | None = None
    unverified: bool = False


class BiomarkerRules(Noun, frozen=True, kw_only=True):
    """The rules of all biomarkers."""

    burden: BurdenRules | None = None
    instability: InstabilityRules | None = None
    signatures: SignatureRules | None = None
