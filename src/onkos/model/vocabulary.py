"""The words of medicine: genes, drugs, diseases, measures, settings, tests."""

from __future__ import annotations

import msgspec

from onkos.model.criterion import Criterion
from onkos.model.noun import Noun


class KnownChange(Noun, frozen=True, kw_only=True):
    """What is known of a gene's changes, whatever the drug.

    Attributes
    ----------
    standing : str
        A word of ``Oncogenicity``.
    when : tuple of Criterion
        The changes.
    """

    standing: str
    when: tuple[Criterion, ...]
    pmid: tuple[int, ...] = ()
    note: str = ""
    unverified: bool = False


class Gene(Noun, frozen=True, kw_only=True):
    """A gene of the vocabulary.

    Attributes
    ----------
    exons : dict of str to pair of ints
        Codons of each exon, both ends included, on `transcript`.
    fusion_end : str
        ``"five"`` or ``"three"`` where its driving fusions always have it at that end: a call
        with the gene at the other end alone is the reciprocal product.
    fusion_keeps : pair of ints or None
        First and last exon, on the transcript of its place, of the part by which a fusion drives:
        the kinase domain (bounds of UniProt; an exon that holds a residue or five of it at its
        end, as the last one of FGFR1, FGFR2, FGFR3 and ALK, is not asked for, as known fusions
        lack it), of NRG1 the EGF-like domain. FIP1L1::PDGFRA breaks in exon 12, which holds the
        first residues, so 13 is asked for (PMID 12660384).
    domains : dict of str to pair of ints
    skipped_exons : tuple of int
        Exons that a change of an essential splice site at their border skips.
    same_events : tuple of pairs of str
        Names, as written in the language, of one and the same structural change.
    """

    symbol: str
    hgnc: int | None = None
    name: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    role: str = "other"
    chromosome: str = ""
    band: str = ""
    fusion_end: str = ""
    fusion_keeps: tuple[int, int] | None = None
    clonal_haematopoiesis: bool = False
    actionable_germline: bool = False
    transcript: str = ""
    refseq: str = ""
    length: int = 0
    exons: dict[str, tuple[int, int]] = {}
    domains: dict[str, tuple[int, int]] = {}
    skipped_exons: tuple[int, ...] = ()
    same_events: tuple[tuple[str, str], ...] = ()
    changes: tuple[KnownChange, ...] = ()
    note: str = ""

    @property
    def suppressor(self) -> bool:
        """True where losing it drives cancer."""
        return self.role in {"tumour suppressor", "both"}


class GeneGroup(Noun, frozen=True, kw_only=True):
    """Several genes under one name, with the codons that its wild-type is read at."""

    name: str
    genes: tuple[str, ...]
    codons: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()
    source: str = ""
    note: str = ""
    pmid: int | None = None
    doi: str = ""
    unverified: bool = False


class Drug(Noun, frozen=True, kw_only=True):
    """A drug by its INN.

    Attributes
    ----------
    doxorubicin_equivalent : float or None
        Of an anthracycline: mg of doxorubicin as toxic to the heart as 1 mg of it.
    """

    name: str
    brands: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    drug_class: tuple[str, ...] = msgspec.field(default=(), name="class")
    targets: tuple[str, ...] = ()
    modality: str = "other"
    doxorubicin_equivalent: float | None = None
    source: str = ""
    note: str = ""
    pmid: int | None = None
    unverified: bool = False


class Regimen(Noun, frozen=True, kw_only=True):
    """A named regimen and its drugs."""

    name: str
    drugs: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    source: str = ""
    note: str = ""
    unverified: bool = False


class Disease(Noun, frozen=True, kw_only=True):
    """A node of OncoTree with the names that people use for it.

    `turned`: what its parent turns into in time (myelofibrosis after polycythaemia vera); the
    parent given alone is then not a coarser name for it.
    """

    code: str
    name: str
    parent: str = ""
    synonyms: tuple[str, ...] = ()
    tcga: str = ""
    former: tuple[str, ...] = ()
    turned: bool = False


class AmbiguousName(Noun, frozen=True, kw_only=True):
    """A name that means different nodes in different places."""

    term: str
    codes: tuple[str, ...]
    tcga_means: str = ""
    note: str = ""


class Defining(Noun, frozen=True, kw_only=True):
    """What a diagnosis says of the tumour that has it; see ``knowledge/diseases/defining.toml``.

    Attributes
    ----------
    shows : tuple of str
        Words of the karyotypes.
    rearranged : tuple of str
        Genes, whatever the partner.
    stated : tuple of str
        A gene and a class of finding: ``"NPM1 frameshift"``.
    positive : tuple of str
        Measures that are positive in nearly all.
    narrows : bool
        Whether, the other way round, the lesion makes the diagnosis: where a coarser one was
        given, the case is read as this one.
    """

    disease: tuple[str, ...]
    narrows: bool = False
    shows: tuple[str, ...] = ()
    rearranged: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    note: str = ""


class DiseaseGroup(Noun, frozen=True, kw_only=True):
    """Several branches of the tree under one name: all solid, all blood."""

    name: str
    includes: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""


class Measure(Noun, frozen=True, kw_only=True):
    """Something measured: its words, its unit, and what one word says of another.

    Attributes
    ----------
    bare : tuple of str
        Statuses written without the measure's name (``MSI-H``).
    leaves_open : dict of str to tuple of str
        Statuses that a reported status does not rule out.
    derived : dict of str to Criterion
        Status, and the criterion that amounts to it.
    exclusive : bool
        Its statuses rule one another out.
    settled_by : str
        Kind of test in ``tests.toml``.
    other_units : dict of str to float
        Units that laboratories use too, in small letters, and what brings them to `unit`.
    amplification_of : str
        Gene whose amplification a positive status states and a negative one denies.
    """

    name: str
    aliases: tuple[str, ...] = ()
    unit: str = ""
    lowest: float | None = None
    highest: float | None = None
    statuses: tuple[str, ...] = ()
    status_aliases: dict[str, str] = {}
    bare: tuple[str, ...] = ()
    leaves_open: dict[str, tuple[str, ...]] = {}
    derived: dict[str, Criterion] = {}
    exclusive: bool = False
    settled_by: str = ""
    amplification_of: str = ""
    other_units: dict[str, float] = {}
    needs_at: bool = False
    note: str = ""
    source: str = ""


class Setting(Noun, frozen=True, kw_only=True):
    """A word for where treatment stands, and what it says of the others.

    Attributes
    ----------
    complication : bool
        A state that every referral names where it is there: where it is not named, it is absent.
    """

    name: str
    aliases: tuple[str, ...] = ()
    complication: bool = False
    implies: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    note: str = ""


class Karyotype(Noun, frozen=True, kw_only=True):
    """A cytogenetic word: its aliases, the genes that it joins, and how a karyotype shows it.

    A rearrangement is known by its name and the bands of its aliases, a whole chromosome by an
    alias such as ``-7``; the fields say the rest.

    Attributes
    ----------
    five, three : str
        Genes of the fusion, 5' first; `three` is empty where the partner is not told.
    shown_by : tuple of str
        Genes of which any rearrangement is one of these; the word alone does not name the gene.
    lost, gained : str
        Arm (``"5q"``).
    broken : str
        Arm or band (``"17p"``, ``"3q26"``) at which any rearrangement counts.
    balanced : bool
        Of `broken`: deletions and additions do not count.
    abnormalities : int
        Least number of unrelated abnormalities of a complex karyotype.
    without : tuple of str
        Words with which a karyotype is not called complex, or a break means something else.
    trisomies_exempt : int
        Different chromosomes gained from which a hyperdiploid karyotype without any structural
        change is not complex; 0 where there is no such exemption.
    monosomies, monosomies_with_structure : int
        Least numbers of autosomal monosomies, alone and with a structural change.
    normal : bool
        No clonal abnormality at all.
    modal : pair of int or None
        Least and most number of chromosomes of a clone.
    by_whole : bool
        Of an arm lost or gained: the whole chromosome lost or gained is the same.
    hidden_in : tuple of str
        Diseases in which banding misses it, so that a karyotype without it settles nothing.
    """

    name: str
    aliases: tuple[str, ...] = ()
    five: str = ""
    three: str = ""
    shown_by: tuple[str, ...] = ()
    lost: str = ""
    gained: str = ""
    broken: str = ""
    balanced: bool = False
    abnormalities: int = 0
    without: tuple[str, ...] = ()
    trisomies_exempt: int = 0
    monosomies: int = 0
    monosomies_with_structure: int = 0
    normal: bool = False
    modal: tuple[int, int] | None = None
    by_whole: bool = False
    hidden_in: tuple[str, ...] = ()
    source: str = ""
    note: str = ""


class Test(Noun, frozen=True, kw_only=True):
    """A test that may be ordered.

    Attributes
    ----------
    cost : float
        Ordinal, 0 a question to the clinician, 5 the dearest; ours, not a price.
    settles : tuple of str
        Kinds of question.
    one_gene : bool
        Settles one subject at a time, so that several ask for it several times.
    """

    __test__ = False

    id: str
    name: str
    cost: float = 3
    settles: tuple[str, ...] = ()
    genes: tuple[str, ...] = ()
    diseases: tuple[str, ...] = ()
    material: str = ""
    one_gene: bool = False
    turnaround_days: float | None = None
    note: str = ""
    source: str = ""
    unverified: bool = False
