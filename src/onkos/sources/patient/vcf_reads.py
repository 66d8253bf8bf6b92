"""Reads and allele fraction of one sample in one record of a VCF, as its caller writes them.

Callers agree on nothing here. Each way of writing is a `Recipe`: the fields that it needs, and
how the reads of an allele follow from them. The first whose fields the record has is used:

======================  ==========================================  ==============================
Fields                  Written by                                  Source
======================  ==========================================  ==============================
FAO, FRO, FDP           Torrent Variant Caller (flow evaluator)     Torrent Suite's header
AD of each allele       GATK, DRAGEN, VarDict, Pisces, Sentieon,    VCF specification 4.2, 1.4.2
                        Octopus, DeepSomatic, hmftools
AD of the alternate     VarScan2, GetBaseCounts (with RD)           VarScan 2's header
AU, CU, GU, TU          Strelka, substitutions: tier 1              Strelka user guide, "Somatic
TAR, TIR                Strelka, insertions and deletions: tier 1   variant allele frequencies"
AO, RO                  FreeBayes, Torrent Variant Caller           freebayes' header
NV, NR                  Platypus                                    Platypus' header
DP4                     samtools, VarScan2, LoFreq (in INFO)        htslib vcf(5)
VD                      VarDict, where AD is lost                   VarDict's header
ADT, DPT                tables of TCGA calls made VCF               header of such files
======================  ==========================================  ==============================
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from onkos.sources.patient.maf_reads import Reads
from onkos.sources.patient.tables import ABSENT, LARGEST_COUNT, Rejected

if TYPE_CHECKING:
    from pysam import VariantRecord, VariantRecordSample

_REMEDY = "correct it, or remove the field"
_BASES = frozenset("ACGT")
Values = Mapping[str, Any]


class Place(NamedTuple):
    """Which allele is asked about.

    Attributes
    ----------
    allele : int
        Which alternate allele, from 1.
    alleles : int
        How many alternate alleles the record has.
    """

    reference: str
    alternate: str
    allele: int
    alleles: int


class Counted(NamedTuple):
    """Reads with the change, with the reference, and in all; None where not told."""

    alternate: int | None
    reference: int | None = None
    depth: int | None = None


class Recipe(NamedTuple):
    """One way of writing reads.

    Attributes
    ----------
    name : str
        The fields, for the reader.
    needs : frozenset of str
        Fields that must be there.
    tell : callable
        Takes the values and the allele; None where they do not tell.
    """

    name: str
    needs: frozenset[str]
    tell: Callable[[Values, Place], Counted | None]


def _flow(values: Values, place: Place) -> Counted | None:
    counts = counts_of(values, "FAO")
    if len(counts) != place.alleles:
        return None
    return Counted(
        counts[place.allele - 1], _count(values.get("FRO"), "FRO"), _count(values.get("FDP"), "FDP")
    )


def _per_allele(values: Values, place: Place, key: str = "AD") -> Counted | None:
    counts = counts_of(values, key)
    if len(counts) != place.alleles + 1 or counts[place.allele] is None:
        return None
    known = [count for count in counts if count is not None]
    return Counted(counts[place.allele], None, sum(known))


def _alternate_alone(values: Values, place: Place) -> Counted | None:
    counts, reference = counts_of(values, "AD"), counts_of(values, "RD")
    if not len(counts) == 1 == place.alleles:
        return None
    return Counted(counts[0], reference[0] if len(reference) == 1 else None)


def _strelka_bases(values: Values, place: Place) -> Counted | None:
    if not {place.reference, place.alternate} <= _BASES:
        return None
    alternate, reference = (
        counts_of(values, f"{base}U")[:1] for base in (place.alternate, place.reference)
    )
    return _tiers(alternate, reference)


def _strelka_indel(values: Values, place: Place) -> Counted | None:
    return _tiers(counts_of(values, "TIR")[:1], counts_of(values, "TAR")[:1])


def _tiers(alternate: Sequence[int | None], reference: Sequence[int | None]) -> Counted | None:
    """Reads of tier 1; Strelka's own fraction is of these two alone."""
    if not alternate or not reference or alternate[0] is None or reference[0] is None:
        return None
    return Counted(alternate[0], reference[0], alternate[0] + reference[0])


def _observations(values: Values, place: Place) -> Counted | None:
    counts = counts_of(values, "AO")
    if len(counts) != place.alleles:
        return None
    others = sum(count or 0 for count in counts)
    reference = _count(values.get("RO"), "RO")
    depth = None if reference is None else reference + others
    return Counted(counts[place.allele - 1], reference, depth)


def _platypus(values: Values, place: Place) -> Counted | None:
    alternate, depth = counts_of(values, "NV"), counts_of(values, "NR")
    if len(alternate) != place.alleles or not depth:
        return None
    whole = depth[place.allele - 1] if len(depth) == place.alleles else depth[0]
    return Counted(alternate[place.allele - 1], None, whole)


def _strands(values: Values, place: Place) -> Counted | None:
    counts = [count for count in counts_of(values, "DP4") if count is not None]
    if len(counts) != 4 or place.alleles != 1:
        return None
    return Counted(counts[2] + counts[3], counts[0] + counts[1])


def _variant_depth(values: Values, place: Place) -> Counted | None:
    counts = counts_of(values, "VD")
    return Counted(counts[0]) if len(counts) == 1 == place.alleles else None


def _of_tumour(values: Values, place: Place) -> Counted | None:
    return _per_allele(values, place, "ADT")


def _recipe(name: str, needs: str, tell: Callable[[Values, Place], Counted | None]) -> Recipe:
    return Recipe(name, frozenset(needs.split()), tell)


RECIPES = (
    _recipe("FAO, FRO and FDP", "FAO FDP", _flow),
    _recipe("AD", "AD", _per_allele),
    _recipe("RD and AD", "AD", _alternate_alone),
    _recipe("AU, CU, GU, TU of tier 1", "AU CU GU TU", _strelka_bases),
    _recipe("TAR and TIR of tier 1", "TAR TIR", _strelka_indel),
    _recipe("RO and AO", "AO", _observations),
    _recipe("NV and NR", "NV NR", _platypus),
    _recipe("DP4", "DP4", _strands),
    _recipe("VD", "VD", _variant_depth),
    _recipe("ADT", "ADT", _of_tumour),
)
_WITH_SAMPLES_LOST = tuple(recipe for recipe in RECIPES if recipe.name == "DP4")
_DEPTHS = ("DP", "AFDP", "ADP", "DPI", "DPT", "TDP")
_FRACTIONS = (
    ("AF", 1.0), ("FA", 1.0), ("VAF", 1.0), ("VF", 1.0), ("FREQ", 100.0), ("TVAF", 1.0),
)  # fmt: skip
# INFO tells of all samples together; these names alone are the tumour's.
OF_TUMOUR = ("TDP", "TVAF")
OF_FILE = ("DP", "AF", "DP4", *OF_TUMOUR)


def sample_reads(
    sample: VariantRecordSample, record: VariantRecord, allele: int
) -> tuple[Reads, str]:
    """Reads of an alternate allele, and the fields that told; counts before a stated fraction.

    Parameters
    ----------
    allele : int
        Which alternate allele, from 1.

    Raises
    ------
    Rejected
        Where they are impossible: a negative count, a fraction outside 0 to 1, one count where
        the header declares one for each allele.
    """
    values = values_of(sample)
    _check_number(values, record)
    for key in OF_TUMOUR:
        if key not in values and key in record.info:
            values[key] = record.info[key]
    return reads_of(values, _place(record, allele), RECIPES)


def _check_number(values: Values, record: VariantRecord) -> None:
    """One count under Number=R may be of either allele: nothing says of which."""
    counts = _several(values.get("AD"))
    if len(counts) != 1 or _text(counts[0]) in ABSENT or "RD" in values:
        return
    if str(record.header.formats["AD"].number) == "R":
        problem = "one count, where the header declares one for each allele (Number=R)"
        raise Rejected("AD", problem, text=_text(counts[0]), remedy=_REMEDY)


def info_reads(record: VariantRecord, allele: int, alone: bool) -> tuple[Reads, str]:
    """Reads from INFO, for a file without samples.

    Parameters
    ----------
    alone : bool
        Whether DP, AF and DP4 are those of the tumour (LoFreq), not of some population.
    """
    keys = OF_FILE if alone else OF_TUMOUR
    values = {key: record.info[key] for key in keys if key in record.info}
    return reads_of(values, _place(record, allele), _WITH_SAMPLES_LOST)


def reads_of(values: Values, place: Place, recipes: Sequence[Recipe]) -> tuple[Reads, str]:
    """Reads by the first recipe that tells them, and its name."""
    stated, told = _fraction(values, place)
    depth = next((d for key in _DEPTHS if (d := _whole_depth(values, key)) is not None), None)
    for recipe in recipes:
        counted = recipe.tell(values, place) if recipe.needs <= values.keys() else None
        if counted is not None and counted.alternate is not None:
            return _settled(counted, depth, stated, recipe.name), recipe.name
    return Reads(None, depth or None, stated), told


def _settled(counted: Counted, depth: int | None, stated: float | None, name: str) -> Reads:
    alternate = counted.alternate or 0
    if name.endswith("tier 1") or (counted.depth is not None and name.startswith("FAO")):
        depth = counted.depth
    else:
        both = alternate + counted.reference if counted.reference is not None else 0
        depth = max(depth or 0, counted.depth or 0, both)
    if not depth:
        return Reads(alternate or None, None, stated)
    if alternate > depth:
        text = f"{alternate} of {depth}"
        raise Rejected(
            name.partition(" ")[0].rstrip(","), "more reads with the change than reads",
            text=text, remedy=_REMEDY,
        )  # fmt: skip
    return Reads(alternate, depth, alternate / depth, stated, counted.depth)


def values_of(sample: VariantRecordSample) -> dict[str, Any]:
    """All fields of a sample in one record; those that htslib cannot give are left out."""
    found: dict[str, Any] = {}
    for key in sample:
        try:
            found[key] = sample[key]
        except (KeyError, ValueError):
            continue
    return found


def carries(sample: VariantRecordSample, allele: int) -> bool:
    """False where the sample's genotype was called and does not hold the allele."""
    genotype = sample.get("GT")
    if not genotype or None in genotype:
        return True
    return allele in genotype


def _place(record: VariantRecord, allele: int) -> Place:
    alternates = record.alts or ()
    return Place(
        (record.ref or "").upper(), alternates[allele - 1].upper(), allele, len(alternates)
    )


def _fraction(values: Values, place: Place) -> tuple[float | None, str]:
    for key, scale in _FRACTIONS:
        if key not in values:
            continue
        written = _several(values[key])
        first = {1: 0, place.alleles: place.allele - 1, place.alleles + 1: place.allele}
        # One value for one allele; else one of each alternate, or of the reference too.
        at = 0 if len(written) == 1 else first.get(len(written))
        text = _text(written[at]) if at is not None and written else ""
        if text in ABSENT:
            continue
        try:
            value = float(text.removesuffix("%").replace(",", ".")) / scale
        except ValueError:
            value = math.nan
        # Fractions are stored in 32 bits, so that one may come out as 1.0000001.
        if not -1e-6 <= value <= 1 + 1e-6:
            raise Rejected(key, "not an allele fraction", text=text, remedy=_REMEDY)
        return min(max(value, 0.0), 1.0), key
    return None, ""


def _whole_depth(values: Values, key: str) -> int | None:
    counts = counts_of(values, key)
    return counts[0] if len(counts) == 1 else None


def counts_of(values: Values, key: str) -> list[int | None]:
    """The counts of a field; empty where the record has none.

    Raises
    ------
    Rejected
        For what is no count of reads.
    """
    return [_count(value, key) for value in _several(values.get(key))]


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
    if type(value) is int and 0 <= value <= LARGEST_COUNT:
        return value
    text = _text(value)
    if text in ABSENT:
        return None
    if not text.isdecimal() or int(text) > LARGEST_COUNT:
        raise Rejected(key, "not a count of reads", text=text, remedy=_REMEDY)
    return int(text)
