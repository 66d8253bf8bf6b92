"""Reads and allele fraction of one sample in one record of a VCF."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from onkos.sources.patient.maf_reads import Reads
from onkos.sources.patient.tables import ABSENT, Rejected

if TYPE_CHECKING:
    from pysam import VariantRecordSample

_REMEDY = "correct it, or remove the field"


def sample_reads(sample: VariantRecordSample, allele: int, alleles: int) -> Reads:
    """Reads of an alternate allele; counts are preferred to a stated fraction.

    Parameters
    ----------
    sample : VariantRecordSample
    allele : int
        Which alternate allele, from 1.
    alleles : int
        How many alternate alleles the record has.

    Raises
    ------
    Rejected
        Where they are impossible: a negative count, a fraction outside 0 to 1.
    """
    stated = _fraction(sample, allele, alleles)
    depth = _count(_value(sample, "DP"), "DP")
    counts = [_count(value, "AD") for value in _several(_value(sample, "AD"))]
    alternate: int | None = None
    if len(counts) == alleles + 1:
        alternate = counts[allele]
        depth = max(depth or 0, sum(count or 0 for count in counts))
    elif len(counts) == 1 == alleles:
        alternate = counts[0]
        reference = _count(_value(sample, "RD"), "RD")
        if reference is not None:
            depth = max(depth or 0, reference + (alternate or 0))
    if not depth:
        return Reads(alternate or None, None, stated)
    if alternate is None:
        return Reads(None, depth, stated)
    if alternate > depth:
        text = f"{alternate} of {depth}"
        raise Rejected("AD", "more reads with the change than reads", text=text, remedy=_REMEDY)
    return Reads(alternate, depth, alternate / depth)


def carries(sample: VariantRecordSample, allele: int) -> bool:
    """False where the sample's genotype was called and does not hold the allele."""
    genotype = sample.get("GT")
    if not genotype or None in genotype:
        return True
    return allele in genotype


def _fraction(sample: VariantRecordSample, allele: int, alleles: int) -> float | None:
    for key, scale in (("AF", 1.0), ("FREQ", 100.0)):
        values = _several(_value(sample, key))
        if len(values) not in {1, alleles}:
            continue
        text = _text(values[allele - 1 if len(values) == alleles else 0])
        if text in ABSENT:
            continue
        try:
            value = float(text.removesuffix("%").replace(",", ".")) / scale
        except ValueError:
            value = math.nan
        # Fractions are stored in 32 bits, so that one may come out as 1.0000001.
        if not -1e-6 <= value <= 1 + 1e-6:
            raise Rejected(key, "not an allele fraction", text=text, remedy=_REMEDY)
        return min(max(value, 0.0), 1.0)
    return None


def _value(sample: VariantRecordSample, key: str) -> Any:
    try:
        return sample.get(key)
    except (KeyError, ValueError):
        return None


def _several(value: Any) -> list[Any]:
    """The values of a field, of which htslib gives one or a tuple; those missing are None."""
    if value is None:
        return []
    if isinstance(value, str):
        return value.split(",") if "," in value and "%" not in value else [value]
    return list(value) if isinstance(value, tuple) else [value]


def _text(value: Any) -> str:
    """As the file wrote it; 32-bit floats come out with digits that nobody wrote."""
    if isinstance(value, float):
        return f"{value:.7g}"
    return "" if value is None else str(value).strip()


def _count(value: Any, key: str) -> int | None:
    text = _text(value)
    if text in ABSENT:
        return None
    if not text.isdigit():
        raise Rejected(key, "not a count of reads", text=text, remedy=_REMEDY)
    return int(text)
