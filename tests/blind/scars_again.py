"""Genomic scars coded a second time, from section 2.3 alone; nothing of onkos is imported.

A segment is (chromosome, start, end, A, B): bases from 1, both ends in; A and B the copies of each
allele, None where not known. Centromeres are (start, end) by chromosome.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise
from typing import NamedTuple

MB = 1_000_000


class Piece(NamedTuple):
    """One segment of one chromosome."""

    chromosome: str
    start: int
    end: int
    a: int
    b: int

    @property
    def bases(self) -> int:
        """Length, both ends counted."""
        return self.end - self.start + 1


def merged(pieces: list[Piece]) -> list[Piece]:
    """Segments of one chromosome; "merge adjacent segments with equal (A,B)"."""
    done: list[Piece] = []
    for piece in pieces:
        if done and done[-1][3:] == piece[3:]:
            done[-1] = done[-1]._replace(end=piece.end)
        else:
            done.append(piece)
    return done


def prepared(rows: list[tuple]) -> dict[str, list[Piece]]:
    """By chromosome: "Order A>=B; drop X/Y; merge", "if any segment has B=NA -> exclude"."""
    kept = [
        Piece(c, start, end, max(a, b), min(a, b))
        for c, start, end, a, b in rows
        if c not in ("X", "Y") and a is not None and b is not None
    ]
    kept.sort(key=lambda p: (p.chromosome, p.start))
    return {c: merged(list(pieces)) for c, pieces in groupby(kept, lambda p: p.chromosome)}


def loh(rows: list[tuple]) -> int:
    """B==0, A!=0, longer than 15 Mb, A capped at 1; not where every segment is B==0."""
    count = 0
    for pieces in prepared(rows).values():
        if all(p.b == 0 for p in pieces):
            continue
        capped = merged([p._replace(a=min(p.a, 1)) for p in pieces])
        count += sum(p.b == 0 and p.a != 0 and p.bases > 15 * MB for p in capped)
    return count


def tai(rows: list[tuple], centromeres: dict[str, tuple[int, int]]) -> int:
    """Imbalance that reaches the end of a chromosome and does not cross the centromere."""
    count = 0
    for chromosome, whole in prepared(rows).items():
        # "drop segments <1 Mb, merge".
        pieces = merged([p for p in whole if p.bases >= MB])
        ploidy = common_total(pieces)
        # "single-segment AI chromosomes are whole-chrom (not counted)".
        if len(pieces) < 2 or ploidy is None:
            continue
        start, end = centromeres[chromosome]
        count += imbalanced(pieces[0], ploidy) and pieces[0].end < start
        count += imbalanced(pieces[-1], ploidy) and pieces[-1].start > end
    return count


def common_total(pieces: list[Piece]) -> int | None:
    """As told: "most common total CN by bp (ignoring 0)"; a tie is left open."""
    bases = totals(pieces)
    return max(bases, key=lambda n: bases[n]) if bases else None


def totals(pieces: list[Piece]) -> Counter[int]:
    """Bases by total copies, without 0."""
    bases: Counter[int] = Counter()
    for p in pieces:
        if p.a + p.b:
            bases[p.a + p.b] += p.bases
    return bases


def imbalanced(p: Piece, ploidy: int) -> bool:
    """As told: "A!=B (even ploidy or 1), for odd ploidy AI unless (A+B==ploidy and B!=0)"."""
    if ploidy == 1 or ploidy % 2 == 0:
        return p.a != p.b
    return not (p.a + p.b == ploidy and p.b != 0)


def lst(rows: list[tuple], centromeres: dict[str, tuple[int, int]]) -> int:
    """Breaks between two segments of 10 Mb or more, gap under 3 Mb, arm by arm."""
    count = 0
    for chromosome, pieces in prepared(rows).items():
        start, end = centromeres[chromosome]
        # "per arm (split/clip at centromere)".
        short = [p._replace(end=min(p.end, start)) for p in pieces if p.start <= start]
        long = [p._replace(start=max(p.start, end)) for p in pieces if p.end >= end]
        for arm in (without_small(short), without_small(long)):
            count += sum(
                p.bases >= 10 * MB and q.bases >= 10 * MB and q.start - p.end < 3 * MB
                for p, q in pairwise(arm)
            )
    return count


def without_small(arm: list[Piece]) -> list[Piece]:
    """As told: "iteratively delete segments <3 Mb and re-merge"; the first of them first."""
    arm = merged(arm)
    while small := [i for i, p in enumerate(arm) if p.bases < 3 * MB]:
        del arm[small[0]]
        arm = merged(arm)
    return arm


def call(score: int, purity: float | None, ploidy: float | None) -> str:
    """Positive from 42, borderline 38 to 45; ploidy <1.5 or purity <0.3 not evaluable."""
    if (purity is not None and purity < 0.3) or (ploidy is not None and ploidy < 1.5):
        return "not evaluable"
    return ("positive" if score >= 42 else "negative") + (
        ", borderline" if 38 <= score <= 45 else ""
    )
