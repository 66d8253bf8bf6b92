"""Copies of genes from segments, relative to the ploidy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from onkos.biomarkers.gene_places import Stretch
from onkos.biomarkers.profile import NO_PURITY, Profile
from onkos.biomarkers.purity import ploidy_of, too_little
from onkos.model import CopyCall, CopyNumber, Origin, Segment

NO_PLOIDY = "segments give log ratios only, and the ploidy that copies take is not given"
_SEX = frozenset({"X", "Y"})


class Copies(NamedTuple):
    """Genes called, and those that segments cut so that no call holds for the whole gene.

    Attributes
    ----------
    cut : tuple of str
        Genes that are amplified in part.
    """

    calls: tuple[CopyNumber, ...] = ()
    cut: tuple[str, ...] = ()


def why_not(profile: Profile, limits: Mapping[str, float]) -> str:
    """Why no copies of genes can be worked out; empty where they can."""
    content = profile.sample.purity
    if content is None:
        return NO_PURITY
    if content < limits["copies_least_purity"]:
        return too_little(content, limits["copies_least_purity"])
    return "" if ploidy_of(profile) is not None else NO_PLOIDY


def gene_copies(
    profile: Profile,
    genes: Mapping[str, Stretch],
    limits: Mapping[str, float],
    man: bool | None = False,
) -> Copies:
    """A call for every gene that segments cover from end to end.

    Parameters
    ----------
    profile : Profile
        Of one sample.
    genes : mapping of str to Stretch
        In the assembly of the segments.
    limits : mapping of str to float
        ``amplified_times_ploidy``, ``amplified_more``, ``copies_least_purity``,
        ``deleted_least_share``.
    man : bool or None
        X and Y are there once in a normal cell; None where the sex is not known.

    Returns
    -------
    Copies
        None of a gene that lies partly outside the segments, nor of any where the tumour
        content is not told or too low, or the ploidy is not known.

    Notes
    -----
    A gene is amplified where all of it has at least `amplified_times_ploidy` times the ploidy and
    `amplified_more`; deleted where a part of it that holds bases of an exon has no copy left;
    gained or lost by one copy or more against the ploidy. Log ratios become copies by the tumour
    content and the ploidy: a ratio of 1 is the mean of the sample's own cells, as CNVkit,
    Sequenza and ASCAT have it (Van Loo 2010, doi:10.1073/pnas.1009843107).
    """
    if why_not(profile, limits):
        return Copies()
    ploidy = ploidy_of(profile) or 0.0
    by_chromosome: dict[str, list[Segment]] = {}
    for segment in profile.segments:
        by_chromosome.setdefault(segment.chromosome, []).append(segment)
    work = _Work(ploidy, profile.sample.purity or 1.0, limits, profile.name)
    calls: list[CopyNumber] = []
    cut: list[str] = []
    for symbol, place in genes.items():
        single = _single(place, man)
        if single is None and place.chromosome == "Y":
            continue
        over = [s for s in by_chromosome.get(place.chromosome, ()) if _overlap(s, place)]
        if not _covered(over, place):
            continue
        called = work.call(symbol, place, over, single)
        if called is None:
            continue
        if isinstance(called, str):
            cut.append(symbol)
        else:
            calls.append(called)
    return Copies(tuple(calls), tuple(cut))


def _single(place: Stretch, man: bool | None) -> bool | None:
    """Whether a normal cell has one copy; None where the sex decides and is not known."""
    if place.chromosome not in _SEX or place.twice_in_men:
        return False
    return man


def _overlap(segment: Segment, place: Stretch) -> bool:
    return segment.start <= place.end and segment.end >= place.start


def _covered(over: Sequence[Segment], place: Stretch) -> bool:
    """Whether both ends of the gene lie in segments; a gap inside it is a break between them."""
    return bool(over) and (
        min(s.start for s in over) <= place.start and max(s.end for s in over) >= place.end
    )


class _Part(NamedTuple):
    segment: Segment
    copies: float
    exonic: bool


class _Work:
    """Calls the genes of one sample."""

    def __init__(
        self, ploidy: float, content: float, limits: Mapping[str, float], sample: str
    ) -> None:
        self._ploidy, self._content = ploidy, content
        self._limits = limits
        self._sample = sample

    def call(
        self, symbol: str, place: Stretch, over: Sequence[Segment], single: bool | None
    ) -> CopyNumber | str | None:
        """The call; a word where the gene is amplified in part only; None where none holds."""
        parts = list(self._parts(place, over, single))
        if len(parts) < len(over):
            return None
        level = self._ploidy / 2 if single else self._ploidy
        call = self._word(parts, level)
        if call is None or (single is None and call in {CopyCall.GAIN, CopyCall.LOSS}):
            return "in part" if call is None else None
        if single is None and call is CopyCall.NEUTRAL:
            return None
        least = min(parts, key=lambda part: part.copies)
        return CopyNumber(
            gene=symbol,
            call=call,
            copies=round(float(least.copies), 2),
            minor=least.segment.minor,
            log2=least.segment.log2,
            origin=Origin.SOMATIC,
            sample=self._sample,
            basis=self._basis(place, parts, least),
        )

    def _parts(
        self, place: Stretch, over: Sequence[Segment], single: bool | None
    ) -> Iterator[_Part]:
        for segment in over:
            copies = self._copies(segment, single)
            if copies is not None:
                yield _Part(segment, copies, _holds_exon(segment, place))

    def _copies(self, segment: Segment, single: bool | None) -> float | None:
        if segment.total is not None:
            return segment.total
        if segment.log2 is None or single is None:
            return None
        content = self._content
        mean = content * self._ploidy + 2 * (1 - content)
        normal = (1 if single else 2) * (1 - content)
        copies: float = (2**segment.log2 * mean - normal) / content
        return max(copies, 0.0)

    def _word(self, parts: Sequence[_Part], level: float) -> CopyCall | None:
        limits = self._limits
        if any(p.copies < 0.5 and p.exonic and self._shared(p.segment) for p in parts):
            return CopyCall.DELETION
        least = min(part.copies for part in parts)
        from_ = limits["amplified_times_ploidy"] * level + limits["amplified_more"]
        if least >= from_:
            return CopyCall.AMPLIFICATION
        if any(part.copies >= from_ and part.exonic for part in parts):
            return None
        if round(least) >= round(level) + 1:
            return CopyCall.GAIN
        return CopyCall.LOSS if round(least) <= round(level) - 1 else CopyCall.NEUTRAL

    def _shared(self, segment: Segment) -> bool:
        """Whether most of the tumour has it: a loss in a few cells leaves the gene in the rest."""
        return segment.share is None or segment.share >= self._limits["deleted_least_share"]

    def _basis(self, place: Stretch, parts: Sequence[_Part], least: _Part) -> str:
        if least.segment.total is None:
            told = f"log ratio {least.segment.log2:.2f}, tumour content {self._content:.0%}"
        else:
            told = "copies"
        share = least.segment.share
        of_cells = f", in {share:.0%} of the cancer cells" if share not in {None, 1.0} else ""
        ends = f"segment {_written(least.segment)}"
        cut = ""
        part = f"; only {_written(place)} of the gene has a known place" if place.part else ""
        if len(parts) > 1:
            cut = f"; {len(parts)} segments meet in the gene ({_written(place)})"
        return (
            f"worked out here of {told} of {ends}{of_cells}, ploidy {self._ploidy:.2f}{cut}{part}"
        )


def _holds_exon(segment: Segment, place: Stretch) -> bool:
    """Whether the segment has bases of an exon; taken for granted where exons are not known."""
    if not place.exons:
        return True
    return any(segment.start <= b and segment.end >= a for a, b in place.exons)


def _written(where: Segment | Stretch) -> str:
    return f"{where.chromosome}:{where.start}-{where.end}"
