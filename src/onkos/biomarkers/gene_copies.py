"""Copies of genes from segments, relative to the ploidy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onkos.biomarkers.profile import Profile
from onkos.biomarkers.purity import ploidy_of
from onkos.model import CopyCall, CopyNumber, Origin, Segment


class Stretch(NamedTuple):
    """Where a gene lies: chromosome without ``chr``, first and last base from 1."""

    chromosome: str
    start: int
    end: int


def gene_copies(
    profile: Profile,
    genes: Mapping[str, Stretch],
    limits: Mapping[str, float],
    man: bool = False,
) -> tuple[CopyNumber, ...]:
    """A call for every gene that segments cover from end to end.

    Parameters
    ----------
    profile : Profile
        Of one sample.
    genes : mapping of str to Stretch
        In the assembly of the segments.
    limits : mapping of str to float
        ``amplified_times_ploidy``, ``amplified_more``, ``copies_least_purity``.
    man : bool
        X and Y are there once in a normal cell.

    Returns
    -------
    tuple of CopyNumber
        None of a gene that lies partly outside the segments, nor of any where the tumour
        content is not told or too low, or the ploidy is not known.

    Notes
    -----
    A gene is amplified where all of it has at least `amplified_times_ploidy` times the ploidy and
    `amplified_more`; deleted where part of it has no copy left; gained or lost by one copy or
    more against the ploidy.
    """
    ploidy, content = ploidy_of(profile), profile.sample.purity
    if ploidy is None or content is None or content < limits["copies_least_purity"]:
        return ()
    found = []
    for symbol, place in genes.items():
        level = ploidy / 2 if man and place.chromosome in {"X", "Y"} else ploidy
        over = [s for s in profile.segments if _overlap(s, place)]
        totals = [s.total for s in over if s.total is not None]
        if len(totals) == len(over) and _covered(over, place):
            found.append(_called(symbol, totals, level, limits, profile.name))
    return tuple(found)


def _overlap(segment: Segment, place: Stretch) -> bool:
    same = segment.chromosome == place.chromosome
    return same and segment.start <= place.end and segment.end >= place.start


def _covered(over: Sequence[Segment], place: Stretch) -> bool:
    """Whether both ends of the gene lie in segments; a gap inside it is a break between them."""
    return bool(over) and (
        min(s.start for s in over) <= place.start and max(s.end for s in over) >= place.end
    )


def _called(
    symbol: str, totals: Sequence[float], level: float, limits: Mapping[str, float], sample: str
) -> CopyNumber:
    least = min(totals)
    if least < 0.5:
        call = CopyCall.DELETION
    elif least >= limits["amplified_times_ploidy"] * level + limits["amplified_more"]:
        call = CopyCall.AMPLIFICATION
    elif round(least) >= round(level) + 1:
        call = CopyCall.GAIN
    elif round(least) <= round(level) - 1:
        call = CopyCall.LOSS
    else:
        call = CopyCall.NEUTRAL
    return CopyNumber(gene=symbol, call=call, copies=least, origin=Origin.SOMATIC, sample=sample)
