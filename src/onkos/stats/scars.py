"""Genomic scars of deficient homologous recombination, from allele-specific copies.

One chromosome at a time: its pieces in the order of the genome, and its centromere. The rules and
their edges are those of scarHRD, so that its figures are repeated exactly.

References
----------
LOH: Abkevich 2012, doi:10.1038/bjc.2012.451. TAI: Birkbak 2012,
doi:10.1158/2159-8290.CD-11-0206. LST: Popova 2012, doi:10.1158/0008-5472.CAN-12-1470.
scarHRD: Sztupinszki 2018, doi:10.1038/s41523-018-0066-6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

LOH_LONGER_THAN = 15_000_000  # Abkevich 2012
TAI_AT_LEAST = 1_000_000  # Birkbak 2012
LST_DROPPED_UNDER = 3_000_000  # Popova 2012; also the widest gap
LST_AT_LEAST = 10_000_000
LST_PER_PLOIDY = 15.5  # Popova 2012: transitions that come with ploidy alone


class Piece(NamedTuple):
    """A stretch of one chromosome; copies of its commoner and rarer allele, whole numbers."""

    start: int
    end: int
    major: int
    minor: int

    @property
    def span(self) -> int:
        """As scarHRD measures it: last base less first."""
        return self.end - self.start


class Centromere(NamedTuple):
    """Where the short arm ends and the long arm begins."""

    start: int
    end: int


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of the same copies made one, gaps between them included.

    >>> merged([Piece(1, 10, 1, 1), Piece(15, 20, 1, 1), Piece(21, 30, 2, 1)])
    [Piece(start=1, end=20, major=1, minor=1), Piece(start=21, end=30, major=2, minor=1)]
    """
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and (last.major, last.minor) == (piece.major, piece.minor):
            found[-1] = last._replace(end=max(last.end, piece.end))
        else:
            found.append(piece)
    return found


def loh_regions(pieces: Sequence[Piece]) -> list[Piece]:
    """Regions over 15 Mb with one allele gone and the other there; none of a chromosome all lost.

    Parameters
    ----------
    pieces : sequence of Piece
        Of one autosome, in order.

    Examples
    --------
    >>> lost, kept = Piece(1, 40_000_000, 2, 0), Piece(40_000_001, 90_000_000, 1, 1)
    >>> len(loh_regions([lost, kept])), len(loh_regions([lost]))
    (1, 0)
    """
    if all(piece.minor == 0 for piece in pieces):
        return []
    capped = merged(piece._replace(major=min(piece.major, 1)) for piece in merged(pieces))
    return [p for p in capped if p.minor == 0 and p.major and p.span > LOH_LONGER_THAN]


def telomeric_imbalances(pieces: Sequence[Piece], centromere: Centromere) -> int:
    """How many ends of the chromosome (0 to 2) are in allelic imbalance that stops in their arm.

    Parameters
    ----------
    pieces : sequence of Piece
        Of one autosome, in order.
    centromere : Centromere

    Examples
    --------
    >>> arm = [Piece(1, 20_000_000, 2, 0), Piece(20_000_001, 150_000_000, 1, 1)]
    >>> telomeric_imbalances(arm, Centromere(50_000_000, 54_000_000))
    1
    """
    long = merged(piece for piece in merged(pieces) if piece.span >= TAI_AT_LEAST)
    if len(long) < 2:
        return 0
    level = _commonest_total(long)
    first, last = long[0], long[-1]
    return int(_imbalanced(first, level) and first.end < centromere.start) + int(
        _imbalanced(last, level) and last.start > centromere.end
    )


def _commonest_total(pieces: Iterable[Piece]) -> int:
    """Total copies of most of the chromosome, pieces without any left out; 0 where none is left."""
    lengths: dict[int, int] = {}
    for piece in pieces:
        total = piece.major + piece.minor
        if total:
            lengths[total] = lengths.get(total, 0) + piece.span
    return max(lengths, key=lengths.__getitem__, default=0)


def _imbalanced(piece: Piece, level: int) -> bool:
    """Unequal alleles; on a chromosome of odd level its own level with both alleles is balance."""
    if level == 1 or level % 2 == 0:
        return piece.major != piece.minor
    return not (piece.major + piece.minor == level and piece.minor != 0)


def large_scale_transitions(pieces: Sequence[Piece], centromere: Centromere) -> int:
    """Breaks between neighbours of at least 10 Mb each, under 3 Mb apart, arm by arm.

    Pieces under 3 Mb are first taken out, one after another, and their neighbours joined.

    Parameters
    ----------
    pieces : sequence of Piece
        Of one autosome, in order.
    centromere : Centromere

    Examples
    --------
    >>> arm = [Piece(1, 20_000_000, 2, 0), Piece(20_000_001, 150_000_000, 1, 1)]
    >>> large_scale_transitions(arm, Centromere(50_000_000, 54_000_000))
    1
    """
    whole = merged(pieces)
    if len(whole) < 2:
        return 0
    short = merged(piece for piece in whole if piece.start <= centromere.start)
    long = merged(piece for piece in whole if piece.end >= centromere.end)
    if short:
        short[-1] = short[-1]._replace(end=min(short[-1].end, centromere.start))
    if long:
        long[0] = long[0]._replace(start=max(long[0].start, centromere.end))
    return _transitions(short) + _transitions(long)


def _transitions(arm: list[Piece]) -> int:
    while (at := next((i for i, p in enumerate(arm) if p.span < LST_DROPPED_UNDER), -1)) >= 0:
        arm = merged(arm[:at] + arm[at + 1 :])
    return sum(
        left.span >= LST_AT_LEAST
        and right.span >= LST_AT_LEAST
        and right.start - left.end < LST_DROPPED_UNDER
        for left, right in pairwise(arm)
    )


class ArmLoss(NamedTuple):
    """Loss of heterozygosity of one arm, in bases.

    Attributes
    ----------
    lost : int
        Bases with one allele gone and the other there.
    counted : int
        Of these, those that belong to no region of nearly the whole arm.
    assessed : int
        Bases with allele-specific copies.
    """

    lost: int
    counted: int
    assessed: int


def loss_of_arms(
    pieces: Sequence[Piece], centromere: Centromere, whole_arm: float
) -> tuple[ArmLoss, ArmLoss]:
    """Loss of heterozygosity of the short and the long arm.

    Parameters
    ----------
    pieces : sequence of Piece
        Of one autosome, in order.
    centromere : Centromere
        An arm ends at its middle, so that no base is left out.
    whole_arm : float
        Share of an arm, in (0, 1], from which a region is that of the whole arm and not counted.

    Examples
    --------
    >>> arm = [Piece(1, 20_000_000, 2, 0), Piece(20_000_001, 150_000_000, 1, 1)]
    >>> short, long = loss_of_arms(arm, Centromere(50_000_000, 54_000_000), 0.9)
    >>> short.counted / short.assessed, long.lost
    (0.38461538461538464, 0)
    """
    middle = (centromere.start + centromere.end) // 2
    short = [p._replace(end=min(p.end, middle)) for p in pieces if p.start <= middle]
    long = [p._replace(start=max(p.start, middle + 1)) for p in pieces if p.end > middle]
    return _arm_loss(short, whole_arm), _arm_loss(long, whole_arm)


def _arm_loss(pieces: Iterable[Piece], whole_arm: float) -> ArmLoss:
    assessed, regions, before = 0, [0], False
    for piece in pieces:
        bases, lost = piece.span + 1, piece.minor == 0 and piece.major > 0
        assessed += bases
        if lost and before:
            regions[-1] += bases
        elif lost:
            regions.append(bases)
        before = lost
    counted = sum(region for region in regions if region < whole_arm * assessed)
    return ArmLoss(lost=sum(regions), counted=counted, assessed=assessed)
