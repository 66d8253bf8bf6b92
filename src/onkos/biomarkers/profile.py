"""The copies of one sample, laid out for the measures that read them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onkos.model import Case, Sample, Segment
from onkos.stats.scars import Piece

AUTOSOMES = frozenset(str(number) for number in range(1, 23))
NO_COPIES = "segments give log ratios only, not copies per cancer cell"
NO_ALLELES = "segments do not tell the copies of each allele"
NO_PURITY = "tumour content not given with the segments"


class Profile(NamedTuple):
    """Segments of one sample, in the order of the genome.

    Attributes
    ----------
    name : str
        Of the sample, as the segments have it; may be empty.
    sample : Sample
        Without purity where the case does not tell whose segments they are.
    suffix : str
        Says the sample where there are several: ``" in P1"``.
    segments : tuple of Segment
    """

    name: str
    sample: Sample
    suffix: str
    segments: tuple[Segment, ...]

    @property
    def autosomal(self) -> tuple[Segment, ...]:
        """Those of chromosomes 1 to 22."""
        return tuple(s for s in self.segments if s.chromosome in AUTOSOMES)

    @property
    def copied(self) -> bool:
        """Whether any segment, of whatever chromosome, has copies per cancer cell."""
        return any(segment.total is not None for segment in self.segments)

    @property
    def assembly(self) -> str:
        """Of the segments; empty where it is not told or they differ."""
        told = {segment.assembly for segment in self.segments}
        return told.pop() if len(told) == 1 else ""

    @property
    def counted(self) -> tuple[Segment, ...]:
        """Autosomal ones with copies per cancer cell."""
        return tuple(s for s in self.autosomal if s.total is not None)

    def at(self, chromosome: str, position: int) -> Segment | None:
        """The segment over a base; None where there is none."""
        after = bisect_right(
            self.segments, (chromosome, position), key=lambda s: (s.chromosome, s.start)
        )
        if not after:
            return None
        last = self.segments[after - 1]
        return last if last.chromosome == chromosome and last.end >= position else None

    def pieces(self) -> dict[str, list[Piece]]:
        """Autosomal allele-specific copies as whole numbers, by chromosome."""
        found: dict[str, list[Piece]] = {}
        for segment in self.autosomal:
            states = whole_copies(segment)
            if states is not None:
                piece = Piece(segment.start, segment.end, *states)
                found.setdefault(segment.chromosome, []).append(piece)
        return found


def whole_copies(segment: Segment) -> tuple[int, int] | None:
    """Copies of the commoner and the rarer allele as whole numbers; None where not told."""
    if segment.minor is None or segment.major is None:
        return None
    one, other = (max(0, int(number + 0.5)) for number in (segment.major, segment.minor))
    return max(one, other), min(one, other)


def profiles(case: Case) -> Iterator[Profile]:
    """One for every sample that has segments."""
    by_sample: dict[str, list[Segment]] = {}
    for segment in case.segments:
        by_sample.setdefault(segment.sample, []).append(segment)
    for name, segments in by_sample.items():
        sample = sample_of(name, case.samples)
        of_cancer = (segment.of_cancer_cells(sample.purity) for segment in segments)
        yield Profile(
            name=name,
            sample=sample,
            suffix=f" in {name}" if len(by_sample) > 1 and name else "",
            segments=tuple(sorted(of_cancer, key=lambda s: (s.chromosome, s.start))),
        )


def sample_of(name: str, samples: Iterable[Sample]) -> Sample:
    """The sample of that id; the only one also answers to none; a bare one where nothing fits."""
    known = tuple(samples)
    if len(known) == 1 and (not name or not known[0].id or known[0].id == name):
        return known[0]
    return next((sample for sample in known if sample.id == name and name), Sample(id=name))
