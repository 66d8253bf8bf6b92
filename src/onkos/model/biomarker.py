"""The rules by which biomarkers are measured, as the knowledge holds them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

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


class BurdenCohort(Noun, frozen=True, kw_only=True):
    """How tumour mutational burdens spread among the tumours of one kind.

    Attributes
    ----------
    disease : tuple of str
        OncoTree codes, down the tree; empty for a cohort of every kind.
    convention : str
        By which all of them were counted.
    n : int
        Tumours.
    quantiles : tuple of float
        Mutations per megabase, ascending, from the lowest to the highest tumour in even steps
        of the share.
    """

    name: str
    convention: str
    n: int
    quantiles: tuple[float, ...]
    disease: tuple[str, ...] = ()
    source: str = ""
    pmid: int | None = None
    doi: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        steps = self.quantiles
        require(self.n > 0, f"{self.name}: {self.n} tumours")
        require(len(steps) > 1, f"{self.name}: fewer than two quantiles")
        require(list(steps) == sorted(steps) and steps[0] >= 0, f"{self.name}: not ascending")

    def quantile(self, share: float) -> float:
        """The burden below which that share of the tumours lies; a line between two steps.

        Examples
        --------
        >>> BurdenCohort(name="x", convention="c", n=9, quantiles=(1.0, 2.0, 4.0)).quantile(0.75)
        3.0
        """
        at = share * (len(self.quantiles) - 1)
        low = min(int(at), len(self.quantiles) - 2)
        first, second = self.quantiles[low : low + 2]
        return first + (at - low) * (second - first)

    def share_below(self, value: float) -> float:
        """Share of the tumours with a lower burden, those with the same one counted by half.

        Examples
        --------
        >>> cohort = BurdenCohort(name="x", convention="c", n=9, quantiles=(1.0, 2.0, 4.0))
        >>> cohort.share_below(3.0), cohort.share_below(0.5), cohort.share_below(9.0)
        (0.75, 0.0, 1.0)
        """
        steps = self.quantiles
        left, right = bisect_left(steps, value), bisect_right(steps, value)
        last = len(steps) - 1
        if left < right:
            return (left + right - 1) / 2 / last
        if left in {0, len(steps)}:
            return float(left > 0)
        low, high = steps[left - 1], steps[left]
        return (left - 1 + (value - low) / (high - low)) / last


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
    fewest_tumours : int
        Tumours that a cohort must have to be compared with.
    """

    high: float
    small: float
    population_af: float
    fewest: int = 1
    conventions: tuple[Convention, ...] = ()
    cohorts: tuple[BurdenCohort, ...] = ()
    fewest_tumours: int = 1
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


class ExpressionRules(Noun, frozen=True, kw_only=True):
    """When the RNA of a gene is an outlier among the tumours of a cohort.

    Attributes
    ----------
    ranges : float
        Interquartile ranges beyond a quartile from which a value is an outlier.
    fewest : int
        Tumours below which nothing is said.
    least_tpm : float
        TPM below which a gene is not expressed enough to be a high outlier.
    most_shift : float
        Median difference over all genes between the tumour and the cohort's medians, in
        log2(TPM + 1), above which the two were not measured alike.
    fewest_genes : int
        Genes in common that this takes.
    rounding : float
        Share by which TPM may miss a million.
    """

    ranges: float
    fewest: int
    least_tpm: float
    most_shift: float
    fewest_genes: int
    rounding: float
    source: str = ""
    pmid: int | None = None
    unverified: bool = False
    note: str = ""


class BiomarkerRules(Noun, frozen=True, kw_only=True):
    """The rules of all biomarkers."""

    burden: BurdenRules | None = None
    instability: InstabilityRules | None = None
    signatures: SignatureRules | None = None
    expression: ExpressionRules | None = None
