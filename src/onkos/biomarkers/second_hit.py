"""Whether both copies of a suppressor are hit: by reads, copies of each allele, and other hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from onkos.biomarkers.place import Place, place_of
from onkos.biomarkers.profile import Profile, profiles
from onkos.criteria.small_variants import NULL
from onkos.model import (
    Alteration,
    Case,
    CopyCall,
    CopyNumber,
    Finding,
    Knowledge,
    Methylation,
    NotAssessed,
    Origin,
    SmallVariant,
    genes_of,
)
from onkos.stats.purity import expected_vaf, fraction_interval, mutant_copies

_HALF = 0.5  # of a copy: to the nearest whole number
_METHOD = "reads, tumour content and copies of each allele at the place"
_BY_ORIGIN = "the reads say one thing of a germline change and another of a somatic one"
SHARE_NOT_TOLD = "in how many of the cancer cells the loss is, its caller could not tell"
SUBCLONAL_LOSS = "the loss is in part of the cancer cells only"


class Alleles(StrEnum):
    """How many copies of a gene are hit."""

    BIALLELIC = "both copies hit"
    PROBABLE = "both copies probably hit"
    MONOALLELIC = "one copy hit"
    UNKNOWN = "second copy not known"


_TOLD_WITHOUT_COPIES = frozenset({Alleles.BIALLELIC, Alleles.PROBABLE})


class SecondHit(NamedTuple):
    """The answer for one gene, with the sentence that explains it."""

    gene: str
    alleles: Alleles
    reason: str
    hits: tuple[SmallVariant, ...] = ()


def second_hit(
    case: Case, findings: tuple[Finding | NotAssessed, ...], knowledge: Knowledge
) -> Iterator[Finding | NotAssessed]:
    """For each suppressor with a hit: whether the other copy is gone too.

    Without copies per cancer cell only two changes of one gene say something.
    """
    del findings
    for found in second_hits(case, knowledge):
        name, value = f"second hit of {found.gene}", f"{found.gene}: {found.alleles}"
        if found.alleles is Alleles.UNKNOWN:
            yield NotAssessed(name=name, reason=found.reason)
        else:
            yield Finding(name=name, value=value, method=_METHOD, note=found.reason)


def with_second_hits(case: Case, knowledge: Knowledge) -> Case:
    """The case, its hits marked as on both copies or on one, where that can be told.

    What a laboratory stated stands. A probable second hit is marked as neither.
    """
    told: dict[SmallVariant, bool] = {}
    for found in second_hits(case, knowledge):
        if found.alleles in {Alleles.BIALLELIC, Alleles.MONOALLELIC}:
            told |= dict.fromkeys(found.hits, found.alleles is Alleles.BIALLELIC)
    if not told:
        return case
    marked = tuple(_marked(a, told) for a in case.alterations)
    return msgspec.structs.replace(case, alterations=marked)


def _marked(alteration: Alteration, told: dict[SmallVariant, bool]) -> Alteration:
    if not isinstance(alteration, SmallVariant) or alteration.biallelic is not None:
        return alteration
    both = told.get(alteration)
    return alteration if both is None else msgspec.structs.replace(alteration, biallelic=both)


def second_hits(case: Case, knowledge: Knowledge) -> tuple[SecondHit, ...]:
    """One answer for every suppressor with a change that takes its function away."""
    found = [profile for profile in profiles(case) if profile.copied]
    words = knowledge.vocabulary
    by_gene: dict[str, list[Alteration]] = {}
    for alteration in case.alterations:
        for symbol in genes_of(alteration):
            gene = words.gene_by_symbol.get(symbol)
            if gene is not None and gene.suppressor:
                by_gene.setdefault(symbol, []).append(alteration)
    silenced = words.facts.get("silenced_by_methylation", ())
    judge = _Judge(case, found, words.limits, frozenset(silenced))
    answers = (judge.answer(gene, seen) for gene, seen in by_gene.items())
    told = (answer for answer in answers if answer is not None)
    # Without copies two changes may still be two hits; of one nothing can be said.
    return tuple(a for a in told if found or a.alleles in _TOLD_WITHOUT_COPIES)


class _Alone(NamedTuple):
    """What one hit says by itself; `lost` where its own copy went, so that it is no hit."""

    alleles: Alleles
    reason: str
    lost: bool = False


class _Judge:
    """Weighs what was seen of one gene."""

    def __init__(
        self,
        case: Case,
        found: Sequence[Profile],
        limits: Mapping[str, float],
        silenced: frozenset[str],
    ) -> None:
        self._case, self._found, self._silenced = case, found, silenced
        self._least = limits["copies_least_purity"]
        self._clonal = limits["loss_clonal"]

    def answer(self, gene: str, seen: Iterable[Alteration]) -> SecondHit | None:
        """The answer for one gene; None where nothing takes its function away."""
        seen = tuple(seen)
        hits = tuple(a for a in seen if isinstance(a, SmallVariant) and _takes_away(a))
        if any(isinstance(a, CopyNumber) and a.call is CopyCall.DELETION for a in seen):
            return SecondHit(gene, Alleles.BIALLELIC, "no copy is left", hits)
        if not hits:
            return None
        if any(hit.biallelic for hit in hits):
            return SecondHit(gene, Alleles.BIALLELIC, "as the laboratory stated", hits)
        alone = [self._alone(hit) for hit in hits]
        settled = next((one for one in alone if one.alleles is Alleles.BIALLELIC), None)
        if settled is not None:
            return SecondHit(gene, settled.alleles, settled.reason, hits)
        kept = [hit for hit, one in zip(hits, alone, strict=True) if not one.lost]
        together = self._together(gene, kept, seen)
        if together is not None:
            return SecondHit(gene, *together, hits)
        order = (Alleles.PROBABLE, Alleles.UNKNOWN, Alleles.MONOALLELIC)
        most = min(alone, key=lambda one: order.index(one.alleles))
        return SecondHit(gene, most.alleles, most.reason, hits)

    def _together(
        self, gene: str, hits: Sequence[SmallVariant], seen: Iterable[Alteration]
    ) -> tuple[Alleles, str] | None:
        """What several hits of a gene say together; None where they say nothing."""
        labels = list(dict.fromkeys(hit.label for hit in hits))
        if len(labels) >= 2:
            both = " and ".join(labels[:2])
            phases = [p for p in self._case.phases if p.gene == gene]
            if any(not phase.cis for phase in phases):
                return Alleles.BIALLELIC, f"{both} are in trans"
            if not phases and gene not in self._case.open_genes:  # else they may be one event
                origins = {hit.origin for hit in hits}
                if {Origin.GERMLINE, Origin.SOMATIC} <= origins:
                    return Alleles.BIALLELIC, f"{both}: a germline and a somatic hit"
                return Alleles.PROBABLE, f"{both}, phase not established"
        methylated = any(isinstance(a, Methylation) and a.methylated for a in seen)
        if hits and methylated and gene in self._silenced:
            why = "promoter methylated; whether on both copies or on the other one is not told"
            return Alleles.PROBABLE, f"{labels[0]}, {why}"
        return None

    def _alone(self, hit: SmallVariant) -> _Alone:
        """What the copies at its own place say of a hit."""
        place = place_of(hit, self._case, self._found, self._least)
        if isinstance(place, str):
            return _Alone(Alleles.UNKNOWN, f"{hit.label}: {place}")
        if place.total == 0:
            return _Alone(Alleles.UNKNOWN, f"{hit.label}: seen where the segments leave no copy")
        if place.minor is None:
            return _Alone(Alleles.UNKNOWN, f"{hit.label}: copies of each allele not told")
        if place.minor:
            return _where_both_alleles_are(hit, place)
        if place.share is None:
            return _Alone(Alleles.UNKNOWN, f"{hit.label}: {SHARE_NOT_TOLD}")
        if place.share < self._clonal:
            return _Alone(Alleles.UNKNOWN, f"{hit.label}: {SUBCLONAL_LOSS}")
        return _where_one_allele_is_left(hit, place)


def _takes_away(hit: SmallVariant) -> bool:
    known = hit.oncogenicity
    if known is not None and (known.harmless or known.drives):
        return known.drives
    return hit.consequence in NULL


def _where_both_alleles_are(hit: SmallVariant, place: Place) -> _Alone:
    """One copy hit, unless the reads show it on more copies than the commoner allele has."""
    there = f"{hit.label}: both alleles are there ({place.told})"
    _, ends = _fraction(hit)
    least = min(_copies(ends[0], place, germline) for germline in _kinds(hit))
    if least > place.most + _HALF:
        return _Alone(Alleles.UNKNOWN, f"{there}, but the reads show it on more copies than that")
    return _Alone(Alleles.MONOALLELIC, there)


def _kinds(hit: SmallVariant) -> list[int]:
    """Mutant copies per normal cell that its origin allows."""
    return [1, 0] if hit.origin is Origin.UNKNOWN else [int(hit.origin is Origin.GERMLINE)]


def _fraction(hit: SmallVariant) -> tuple[float, tuple[float, float]]:
    """Allele fraction with its 95 % interval, from 0 to 1 where the depth is not told."""
    if hit.depth and (hit.alt_reads is not None or hit.vaf is not None):
        alt = hit.alt_reads if hit.alt_reads is not None else (hit.vaf or 0.0) * hit.depth
        return alt / hit.depth, fraction_interval(alt, hit.depth)
    return hit.vaf or 0.0, (0.0, 1.0)


def _copies(vaf: float, place: Place, germline: int) -> float:
    return mutant_copies(vaf, place.purity, place.total, germline, place.normal)


def _where_one_allele_is_left(hit: SmallVariant, place: Place) -> _Alone:
    """All copies that are left changed, or not: by the allele fraction."""
    only = "the only allele in a man" if place.normal == 1 else "one allele is lost"
    left = f"{hit.label}: {only}, {place.total} {'copy' if place.total == 1 else 'copies'} left"
    if hit.vaf is None and not (hit.alt_reads is not None and hit.depth):
        return _Alone(Alleles.PROBABLE, f"{left}; without reads it is not told which")
    answers = [_by_reads(hit, place, germline) for germline in _kinds(hit)]
    if len({one.alleles for one in answers}) > 1:
        return _Alone(Alleles.UNKNOWN, f"{left}; {_BY_ORIGIN}")
    return answers[-1]._replace(reason=f"{left}; {answers[-1].reason}")


def _by_reads(hit: SmallVariant, place: Place, germline: int) -> _Alone:
    """Whether the mutant copies per cancer cell are all, weighed with their 95 % interval."""
    vaf, ends = _fraction(hit)
    low, middle, high = (_copies(one, place, germline) for one in (ends[0], vaf, ends[1]))
    line = place.total - _HALF
    whole = expected_vaf(place.purity, place.total, place.total, germline, place.normal)
    told = f"VAF {vaf:.2f}, {whole:.2f} expected where all that is left carries it"
    if low > line:
        return _Alone(Alleles.BIALLELIC, told)
    if middle > line:
        return _Alone(Alleles.PROBABLE, f"{told}; the reads are few")
    if high > line:
        return _Alone(Alleles.UNKNOWN, f"{told}; the reads are too few to tell")
    if germline and middle < _HALF:
        return _Alone(Alleles.MONOALLELIC, f"{told}: the changed copy itself was lost", lost=True)
    return _Alone(Alleles.MONOALLELIC, f"{told}: copies or cells without it are left")
