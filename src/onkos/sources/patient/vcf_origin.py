"""Whose change a record tells of, where its caller says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from onkos.model import Origin, Vocabulary
from onkos.sources.patient.callers import Called
from onkos.sources.patient.maf_reads import Reads
from onkos.sources.patient.normal_reads import NOTHING, Normal, normal_says
from onkos.sources.patient.sv_open import OpenEnds
from onkos.sources.patient.sv_reads import support
from onkos.sources.patient.tables import Rejected
from onkos.sources.patient.vcf_reads import sample_reads, values_of

if TYPE_CHECKING:
    from pysam import VariantHeader, VariantRecord, VariantRecordSample

Inherited: TypeAlias = "Callable[[VariantRecord], bool]"
# A change of the normal whose other copy the tumour has lost is inherited all the same.
_VARSCAN_INHERITED = frozenset({"1", "3"})
_VARDICT_INHERITED = ("germline", "strongloh", "likelyloh")


def inherited_by(header: VariantHeader, called: Called) -> Inherited | None:
    """Tells whether a record is of an inherited change; None where the caller does not say.

    VarScan 2 says so in INFO/SS (1 germline, 3 loss of heterozygosity), VarDict in INFO/STATUS,
    octopus by leaving out INFO/SOMATIC.
    """
    if "SS" in header.info:
        said = str(header.info["SS"].description or "").casefold().replace(" ", "")
        if "1=germline" in said:
            return lambda record: str(record.info.get("SS")) in _VARSCAN_INHERITED
    if "STATUS" in header.info and "VarDict" in called.names:
        return lambda record: _first(record, "STATUS").casefold().startswith(_VARDICT_INHERITED)
    if called.only and called.only.marks_somatic and "SOMATIC" in header.info:
        return lambda record: "SOMATIC" not in record.info
    return None


def _first(record: VariantRecord, key: str) -> str:
    value = record.info.get(key)
    return str(value[0] if isinstance(value, tuple) and value else value)


def origin_of(record: VariantRecord, inherited: Inherited | None, origin: Origin) -> Origin:
    """Whose change a record tells of: the caller's word, else `origin`."""
    return Origin.GERMLINE if inherited and inherited(record) else origin


class Sides:
    """Tells records of inherited changes from the others of one file."""

    def __init__(
        self, inherited: Inherited | None, columns: tuple[str | None, str | None],
        vocabulary: Vocabulary, assembly: str, called: Called,
    ) -> None:  # fmt: skip
        self._inherited = inherited
        self._tumour, self._normal = columns
        self._limits = vocabulary.limits
        self._vocabulary = vocabulary
        self._ends = OpenEnds(vocabulary, assembly)
        self._somatic = bool(called.callers) and not any(one.inherited for one in called.callers)

    def of_record(self, record: VariantRecord, filters: Sequence[str]) -> bool:
        """Whether the caller calls the record inherited, by its filter or its own field."""
        if any("germline" in name.casefold() for name in filters):
            return True
        return bool(self._inherited and self._inherited(record))

    def of_allele(self, record: VariantRecord, allele: int) -> Normal:
        """What the normal sample says of an allele that the tumour carries."""
        if not (self._tumour and self._normal):
            return Normal.SILENT
        try:
            samples = [record.samples[name] for name in (self._normal, self._tumour)]
            if _plainly_silent(samples[0], allele):
                return Normal.SILENT
            normal, tumour = (_reads(sample, record, allele) for sample in samples)
            held, own = (_holds(sample, allele) for sample in samples)
        except (IndexError, KeyError, ValueError):
            return Normal.SILENT
        if not (tumour.fraction or tumour.alternate or (tumour.fraction is None and own)):
            return Normal.SILENT
        if normal.alternate is None and normal.fraction is not None:
            held = normal.fraction >= self._limits.get("normal_inherited_from", 1.0)
        return normal_says(normal, tumour, self._limits, held, self._somatic)

    def normal_reads(self, record: VariantRecord, allele: int) -> Reads:
        """Reads of a small variant in the normal sample."""
        if not self._normal:
            return NOTHING
        try:
            return sample_reads(record.samples[self._normal], record, allele)[0]
        except (IndexError, Rejected):
            return NOTHING

    def apart(self, says: Normal, record: VariantRecord, at: int, genes: Sequence[str]) -> bool:
        """Whether a change is withheld on request by what the normal says of it.

        One that the normal may carry is so unless it lies in a known gene in which an inherited
        change is not acted on: to hide a tumour's own KRAS G12D would call KRAS wild-type.
        """
        if says is not Normal.UNSURE:
            return says is Normal.CARRIES
        met = (self._vocabulary.gene(s) for s in self._ends.genes(record, at, genes))
        known = [gene for gene in met if gene is not None]
        return not known or any(gene.actionable_germline for gene in known)


def _reads(sample: VariantRecordSample, record: VariantRecord, allele: int) -> Reads:
    """Reads of a small variant, or what supports a structural one; nothing where impossible."""
    alternate = (record.alts or ())[allele - 1]
    try:
        if alternate.isalpha():
            return sample_reads(sample, record, allele)[0]
        return support(values_of(sample), None)
    except Rejected:
        return Reads(None, None, None)


def _plainly_silent(sample: VariantRecordSample, allele: int) -> bool:
    """No read and no genotype for the allele, as in most records: told without all other fields."""
    counts = sample.get("AD")
    if not isinstance(counts, tuple) or len(counts) <= allele:
        return False
    return counts[allele] == 0 and not _holds(sample, allele)


def _holds(sample: VariantRecordSample, allele: int) -> bool | None:
    """Whether a genotype that was called holds the allele."""
    genotype = sample.get("GT")
    return allele in genotype if genotype and None not in genotype else None
