"""Whose change a record tells of, where its caller says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from onkos.model import Origin
from onkos.sources.patient.callers import Called
from onkos.sources.patient.normal_reads import NOTHING, in_normal
from onkos.sources.patient.vcf_reads import sample_reads

if TYPE_CHECKING:
    from pysam import VariantHeader, VariantRecord

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
        limits: Mapping[str, float],
    ) -> None:  # fmt: skip
        self._inherited = inherited
        self._tumour, self._normal = columns
        self._limits = limits

    def of_record(self, record: VariantRecord, filters: Sequence[str]) -> bool:
        """Whether the caller calls the record inherited, by its filter or its own field."""
        if any("germline" in name.casefold() for name in filters):
            return True
        return bool(self._inherited and self._inherited(record))

    def of_allele(self, record: VariantRecord, allele: int) -> bool:
        """Whether tumour and normal carry the allele as an inherited one is carried."""
        if not (self._tumour and self._normal):
            return False
        try:
            normal = sample_reads(record.samples[self._normal], record, allele)[0]
            if not in_normal(normal, NOTHING, self._limits):
                return False
            tumour = sample_reads(record.samples[self._tumour], record, allele)[0]
        except (IndexError, KeyError, ValueError):
            return False
        return bool(tumour.fraction) and in_normal(normal, tumour, self._limits)
