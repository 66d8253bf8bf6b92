"""One patient at one time: what was observed, and what could have been seen."""

from __future__ import annotations

import math
from enum import StrEnum

from onkos.model.alteration import Alteration, CopyNumber, Phase, SmallVariant
from onkos.model.junction import Junction
from onkos.model.noun import Noun, require
from onkos.model.profile import Profile
from onkos.model.seen import BY_DIAGNOSIS
from onkos.model.segment import Segment
from onkos.model.signature import Spectrum
from onkos.model.unread import Unread
from onkos.model.withheld import NOTHING_APART, Apart

EVERYTHING = "all"
WORKED_OUT = "worked out here: confirm"


class Consent(StrEnum):
    """Whether inherited findings may be told.

    Where nothing was said, what the laboratory itself calls germline is.
    """

    UNSAID = ""
    REPORT = "report"
    WITHHOLD = "withhold"


class Assay(Noun, frozen=True, kw_only=True):
    """What a test could have seen; decides unmet against unknown.

    ``small_variants``, ``copy_number`` and ``fusions`` hold gene symbols, or the single
    word ``"all"``. A gene in ``regions`` is covered there in part only.

    Attributes
    ----------
    material : tuple of str
        ``"tissue"``, ``"plasma"``, ``"blood"``, ``"marrow"``.
    limit_of_detection : float or None
        Smallest allele fraction that it finds, in (0, 1).
    minimum_purity : float or None
        Tumour content below which its negatives do not count, in (0, 1).
    megabases : float or None
        Coding territory in which it counts small variants, in Mb, above 0.
    burden : str
        Convention by which its maker counts a tumour mutational burden.
    burden_to_exome : pair of floats or None
        Slope and intercept of the line from its burden to that of an exome.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    material: tuple[str, ...] = ("tissue",)
    kind: str = "panel"
    paired_normal: bool = False
    germline: bool = False
    limit_of_detection: float | None = None
    minimum_purity: float | None = None
    small_variants: tuple[str, ...] = ()
    copy_number: tuple[str, ...] = ()
    fusions: tuple[str, ...] = ()
    promoters: tuple[str, ...] = ()
    proteins: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    cytogenetics: tuple[str, ...] = ()
    regions: dict[str, tuple[str, ...]] = {}
    measures: tuple[str, ...] = ()
    megabases: float | None = None
    burden: str = ""
    burden_to_exome: tuple[float, float] | None = None
    source: str = ""
    doi: str = ""
    pmid: int | None = None
    unverified: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        size = self.megabases
        require(size is None or 0 < size < math.inf, f"{self.id}: {size} megabases")


class Doubt(Noun, frozen=True, kw_only=True):
    """Why an alteration that was not seen in a sample is not ruled out.

    Attributes
    ----------
    reason : str
        For the reader; names no finding.
    about : str
        The class of alterations, as the field of `Assay` that lists what was tested for.
    gene : str
        The one gene that it holds for; empty for all.
    germline : bool
        Rests on a change that is or may be inherited: gone where inherited findings are withheld.
    """

    reason: str
    about: str = "small_variants"
    gene: str = ""
    germline: bool = False


class Sample(Noun, frozen=True, kw_only=True):
    """Something taken from the patient and what was done with it.

    Attributes
    ----------
    purity, tumour_fraction : float or None
        Tumour content of tissue, and of cell-free DNA, in [0, 1].
    ploidy : float or None
        Mean number of copies per cancer cell, above 0.
    coverage : float or None
        Median reads over the target.
    contamination : float or None
        Share of another person's DNA, in [0, 1].
    collected : str
        ISO date or empty.
    doubts : tuple of Doubt
        What keeps its negatives from counting.
    """

    id: str = ""
    material: str = ""
    site: str = ""
    collected: str = ""
    purity: float | None = None
    tumour_fraction: float | None = None
    ploidy: float | None = None
    coverage: float | None = None
    contamination: float | None = None
    assay: Assay | None = None
    doubts: tuple[Doubt, ...] = ()

    def __post_init__(self) -> None:
        for name in ("purity", "tumour_fraction", "contamination"):
            value = getattr(self, name)
            said = name.replace("_", " ")
            require(value is None or 0 <= value <= 1, f"{said} {value} is outside 0 to 1")
        require(self.ploidy is None or self.ploidy > 0, f"ploidy {self.ploidy}: above 0")
        require(self.coverage is None or self.coverage >= 0, f"coverage {self.coverage}")


class Measurement(Noun, frozen=True, kw_only=True):
    """A value of the tumour or the patient, with unit and method.

    Attributes
    ----------
    name : str
        A name of the vocabulary of measures: ``"TMB"``, ``"PD-L1 TPS"``, ``"HER2 IHC"``.
    value : float or None
        The number, in the unit of that vocabulary.
    status : str
        The word, for measures that have words: ``"MSI-H"``, ``"3+"``, ``"positive"``.
    at : str
        Staining intensity that the percentage was counted at, e.g. ``"2+"``.
    interval : tuple of two floats or None
        95 % interval of `value`.
    counted : pair of int or None
        Of a share: how many, and among how many.
    by_diagnosis : bool
        Not tested here: positive in nearly all of the diagnosis.
    worked_out : bool
        Not reported by a laboratory: worked out here of other data, and to be confirmed.
    """

    name: str
    value: float | None = None
    status: str = ""
    unit: str = ""
    method: str = ""
    at: str = ""
    interval: tuple[float, float] | None = None
    counted: tuple[int, int] | None = None
    sample: str = ""
    by_diagnosis: bool = False
    worked_out: bool = False

    def __post_init__(self) -> None:
        require(self.value is not None or bool(self.status), f"{self.name}: no value and no status")
        number, among = self.counted or (0, 1)
        require(0 <= number <= among and among > 0, f"{self.name}: {number} of {among}")

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        if self.value is None:
            alone = self.status.upper().startswith(("MSI", "DMMR", "PMMR", "MSS"))
            said = self.status if alone else f"{self.name} {self.status}"
            return self._told(f"{said} ({BY_DIAGNOSIS})" if self.by_diagnosis else said)
        unit = f" {self.unit}" if self.unit else ""
        at = f" at {self.at}" if self.at else ""
        return self._told(f"{self.name} {self.value:g}{unit}{at}")

    def _told(self, label: str) -> str:
        return f"{label} ({WORKED_OUT})" if self.worked_out else label


class PriorTherapy(Noun, frozen=True, kw_only=True):
    """A treatment already given.

    Attributes
    ----------
    drugs : tuple of str
        Lower-case INNs.
    progressed : bool or None
        Whether the tumour grew on it; None where not said.
    line : int or None
        Line of therapy for advanced disease, from 1.
    setting : str
        ``"adjuvant"`` and the like; empty where not said.
    """

    drugs: tuple[str, ...]
    progressed: bool | None = None
    line: int | None = None
    setting: str = ""

    def __post_init__(self) -> None:
        require(bool(self.drugs), "a prior therapy names at least one drug")


class Case(Noun, frozen=True, kw_only=True):
    """What is known of one patient at one time. A later sample makes a new case.

    A field left at None is unknown; an empty tuple means none.

    Attributes
    ----------
    disease : str
        OncoTree code.
    patient : str
        Opaque id of the patient, where several cases may be of one; else empty.
    line : int or None
        The line of therapy that is now to be chosen, from 1.
    settings : tuple of str or None
        Words of the vocabulary of settings that hold now.
    copied : tuple of CopyNumber
        Genes whose copies were worked out of the segments and are neither amplified nor gone:
        each settles that it is not.
    calls : tuple of SmallVariant
        Changes told by their place only, with no gene: to be annotated on a reference.
    silent : tuple of SmallVariant
        Changes that change no protein, with their place and reads: they count in a burden.
    called : dict of str to int
        Rows of small variants that were read of each sample, by its id.
    junctions : tuple of Junction
        Structural variants by their places, those that became fusions among them.
    notices : tuple of str
        What intake decided and the reader must know (substituted names, columns chosen).
    apart : Apart
        What rows that call themselves inherited told beside their findings.
    germline : Consent
        Whether inherited findings may be told.
    open_genes : dict of str to str
        Genes of which the absence of a small change settles nothing, each with the reason.
    open_structures : dict of str to str
        Likewise of fusions and events, where a structural variant was not understood.
    """

    id: str
    disease: str
    alterations: tuple[Alteration, ...] = ()
    segments: tuple[Segment, ...] = ()
    profiles: tuple[Profile, ...] = ()
    spectra: tuple[Spectrum, ...] = ()
    copied: tuple[CopyNumber, ...] = ()
    calls: tuple[SmallVariant, ...] = ()
    silent: tuple[SmallVariant, ...] = ()
    called: dict[str, int] = {}
    junctions: tuple[Junction, ...] = ()
    phases: tuple[Phase, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    samples: tuple[Sample, ...] = ()
    prior: tuple[PriorTherapy, ...] | None = None
    comedication: tuple[str, ...] | None = None
    age: float | None = None
    sex: str | None = None
    stage: str | None = None
    line: int | None = None
    settings: tuple[str, ...] | None = None
    as_of: str = ""
    earlier: str = ""
    patient: str = ""
    unread: tuple[Unread, ...] = ()
    filtered: dict[str, int] = {}
    rows: int = 0
    notices: tuple[str, ...] = ()
    apart: Apart = NOTHING_APART
    germline: Consent = Consent.UNSAID
    open_genes: dict[str, str] = {}
    open_structures: dict[str, str] = {}

    def __post_init__(self) -> None:
        require(self.age is None or 0 <= self.age < 130, f"age {self.age}")
        require(self.line is None or self.line >= 1, f"line {self.line}: lines count from 1")

    @property
    def withholds_germline(self) -> bool:
        """True where the patient did not ask for inherited findings."""
        return self.germline is Consent.WITHHOLD
