"""A substitution of several bases and the single ones inside it: one event, by several callers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from onkos.model import Alteration, Origin, SmallVariant
from onkos.sources.patient.observed import Observed
from onkos.stats.purity import fraction_interval

A = TypeVar("A", bound=Alteration)

INSIDE = "inside a substitution of several bases"
SAME = "the same change of a gene, written in another way"
_Places = dict[tuple[str, str, str, int, str, str], SmallVariant]


def counted_once(whole: Observed) -> None:
    """Leave out single substitutions that a longer one of the same sample says already.

    Left out too is a change at another place whose words on DNA and protein are those of one
    before it: an insertion or deletion that was not put as far to the left.
    """
    small = (a for a in (*whole.alterations, *whole.calls) if isinstance(a, SmallVariant))
    inside = _inside(small)
    if inside:
        whole.alterations = _kept(whole.alterations, inside, whole)
        whole.calls = _kept(whole.calls, inside, whole)
    _once_by_words(whole)


def _kept(found: Sequence[A], inside: _Places, whole: Observed) -> list[A]:
    kept = [a for a in found if not (isinstance(a, SmallVariant) and _is_inside(a, inside))]
    if len(kept) < len(found):
        whole.filtered[INSIDE] += len(found) - len(kept)
    return kept


def _inside(found: Iterable[SmallVariant]) -> _Places:
    """The single bases that substitutions of several change, each with its substitution."""
    singles: _Places = {}
    for one in found:
        if len(one.reference) == len(one.alternate) > 1 and one.chromosome and one.position:
            for at, (before, after) in enumerate(zip(one.reference, one.alternate, strict=True)):
                if before != after:
                    key = (one.sample, one.assembly, one.chromosome, one.position + at)
                    singles[*key, before, after] = one
    return singles


def _is_inside(one: SmallVariant, inside: _Places) -> bool:
    if not len(one.reference) == len(one.alternate) == 1:
        return False
    key = (one.sample, one.assembly, one.chromosome, one.position)
    longer = inside.get((*key, one.reference, one.alternate))
    if longer is None:
        return False
    origins = {one.origin, longer.origin} - {Origin.UNKNOWN}
    return len(origins) < 2 and not _more_reads(one, longer)


def _more_reads(one: SmallVariant, longer: SmallVariant) -> bool:
    """Whether more cells have the single change, beyond chance: then it is also there alone."""
    if one.alt_reads is None or longer.alt_reads is None or not (one.depth and longer.depth):
        return False
    least = fraction_interval(one.alt_reads, one.depth)[0]
    return least > fraction_interval(longer.alt_reads, longer.depth)[1]


def _once_by_words(whole: Observed) -> None:
    seen: dict[tuple[str, ...], SmallVariant] = {}
    kept: list[Alteration] = []
    for one in whole.alterations:
        if isinstance(one, SmallVariant) and _shifts(one):
            key = (one.sample, one.gene, one.transcript, one.coding, one.protein)
            known = seen.setdefault(key, one)
            if known is not one and known.origin is one.origin and _elsewhere(known, one):
                whole.filtered[SAME] += 1
                continue
        kept.append(one)
    whole.alterations = kept


def _shifts(one: SmallVariant) -> bool:
    return bool(one.coding and one.protein and len(one.reference) != len(one.alternate))


def _elsewhere(one: SmallVariant, other: SmallVariant) -> bool:
    return one.chromosome == other.chromosome and bool(one.position and other.position)
