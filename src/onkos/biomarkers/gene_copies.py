"""Copies of genes from segments, relative to the ploidy and to the arm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from onkos.biomarkers.copy_levels import SEX, Cells, Levels, Read
from onkos.biomarkers.gene_places import Stretch
from onkos.biomarkers.profile import NO_PURITY, Profile
from onkos.biomarkers.purity import ploidy_of, too_little
from onkos.model import Chromosome, CopyCall, CopyNumber, Origin, Segment

NO_PLOIDY = "segments give log ratios only, and the ploidy that copies take is not given"
POLYSOMY = "as most of the chromosome arm has: polysomy, no amplification"


class Open(StrEnum):
    """Why a gene that segments cover has no call."""

    IN_PART = "a part of it is amplified and the rest is not"
    FEW_BINS = "too few bins lie in its segment"
    UNSURE = "the interval of its copies holds two answers"
    CELLS = "in how many of the cancer cells its copies are gone is not told"
    FIT = "more of its chromosome would have no copy than cells survive: the fit is wrong there"
    LEVEL = "its segment tells no copies"
    LEVEL_OF_X = "the level of X does not tell to how many copies of X or Y the ratios are"


class Copies(NamedTuple):
    """Genes called, and those of which no call holds.

    Attributes
    ----------
    left : dict of Open to tuple of str
        Genes without a call by the reason, where segments cover them.
    broad : tuple of str
        Genes with copies as of an amplification, that most of the chromosome arm has too.
    high : tuple of str
        Genes gained to `amplified_times_ploidy` times the ploidy, short of the one copy more that
        would make it an amplification.
    """

    calls: tuple[CopyNumber, ...] = ()
    left: Mapping[Open, tuple[str, ...]] = {}
    broad: tuple[str, ...] = ()
    high: tuple[str, ...] = ()


def why_not(
    profile: Profile, limits: Mapping[str, float], chromosomes: Iterable[Chromosome] = ()
) -> str:
    """Why no copies of genes can be worked out; empty where they can."""
    content, ploidy = profile.sample.purity, ploidy_of(profile)
    if content is None:
        return NO_PURITY
    if content < limits["copies_least_purity"]:
        return too_little(content, limits["copies_least_purity"])
    if ploidy is None:
        return NO_PLOIDY
    if not ploidy <= limits["copies_most"]:
        return f"a ploidy of {ploidy:g} cannot be"
    return _misfit(profile, Cells(content, ploidy, None), limits, chromosomes)


def _misfit(
    profile: Profile, cells: Cells, limits: Mapping[str, float], chromosomes: Iterable[Chromosome]
) -> str:
    """Log ratios that contradict tumour content and ploidy: then no copies hold."""
    if profile.copied:
        return ""
    long = Levels(profile, cells, limits, chromosomes).too_long()
    if not long:
        return ""
    chromosome, (start, end) = min(long.items(), key=lambda item: item[1][0] - item[1][1])
    return (
        f"by tumour content {cells.content:.0%} and ploidy {cells.ploidy:.2f} chromosome "
        f"{chromosome} would have no copy over {(end - start + 1) / 1e6:.0f} million bases, which "
        "no cell survives: one of the two is wrong, or the ratios were corrected for the content "
        "already (cnvkit call --purity): give those from before"
    )


def gene_copies(
    profile: Profile,
    genes: Mapping[str, Stretch],
    limits: Mapping[str, float],
    man: bool | None = False,
    chromosomes: Iterable[Chromosome] = (),
) -> Copies:
    """A call for every gene that segments cover from end to end.

    Parameters
    ----------
    profile : Profile
        Of one sample.
    genes : mapping of str to Stretch
        In the assembly of the segments.
    limits : mapping of str to float
        ``amplified_...``, ``arm_broad_share``, ``copies_...``, ``deleted_...``,
        ``sex_reference_within``.
    man : bool or None
        X and Y are there once in a normal cell; None where the sex is not known.
    chromosomes : iterable of Chromosome
        Of that assembly.

    Returns
    -------
    Copies
        None of a gene that lies partly outside the segments, nor of any where the tumour
        content is not told or too low, or the ploidy is not known.

    Notes
    -----
    A gene is amplified where all of it has at least `amplified_times_ploidy` times the ploidy and
    `amplified_more`; where half of the arm has that too, it takes `amplified_times_arm` times as
    many as the arm. It is deleted where a part of it that holds bases of an exon has no copy left;
    gained or lost by one copy or more against the ploidy. Neither is called, nor ruled out, where
    the interval of the copies holds another answer. Log ratios become copies by the tumour
    content and the ploidy: a ratio of 1 is the mean of the sample's own cells, as CNVkit,
    Sequenza and ASCAT have it (Van Loo 2010, doi:10.1073/pnas.1009843107).
    """
    chromosomes = tuple(chromosomes)
    if why_not(profile, limits, chromosomes):
        return Copies()
    cells = Cells(profile.sample.purity or 1.0, ploidy_of(profile) or 2.0, man)
    work = _Work(Levels(profile, cells, limits, chromosomes), cells, limits, profile.name)
    calls: list[CopyNumber] = []
    left: dict[Open, list[str]] = {}
    for symbol, place in genes.items():
        single = _single(place, man)
        over = work.levels.over(place.chromosome, place.start, place.end)
        if (single is None and place.chromosome == "Y") or not _covered(over, place):
            continue
        called = work.call(symbol, place, over, single)
        if isinstance(called, Open):
            left.setdefault(called, []).append(symbol)
        elif called is not None:
            calls.append(called)
    named = {why: tuple(names) for why, names in left.items()}
    return Copies(tuple(calls), named, tuple(work.broad), tuple(work.high))


def _single(place: Stretch, man: bool | None) -> bool | None:
    """Whether a normal cell has one copy; None where the sex decides and is not known."""
    if place.chromosome not in SEX or place.twice_in_men:
        return False
    return man


def _covered(over: Sequence[Segment], place: Stretch) -> bool:
    """Whether both ends of the gene lie in segments; a gap inside it is a break between them."""
    return bool(over) and (
        min(s.start for s in over) <= place.start and max(s.end for s in over) >= place.end
    )


class _Part(NamedTuple):
    read: Read
    exonic: bool


class _Work:
    """Calls the genes of one sample."""

    def __init__(
        self, levels: Levels, cells: Cells, limits: Mapping[str, float], sample: str
    ) -> None:
        self.levels = levels
        self._cells = cells
        self._limits = limits
        self._sample = sample
        self._more = limits["amplified_more"]
        self.broad: list[str] = []
        self.high: list[str] = []

    def call(
        self, symbol: str, place: Stretch, over: Sequence[Segment], single: bool | None
    ) -> CopyNumber | Open | None:
        """The call, or why none holds; None where the sex that it takes is not known."""
        parts = list(self._parts(place, over))
        if len(parts) < len(over):
            if single is None:
                return None
            return Open.LEVEL_OF_X if place.chromosome in SEX else Open.LEVEL
        level = self._cells.ploidy / 2 if single else self._cells.ploidy
        call = self._word(parts, level)
        if isinstance(call, Open):
            return call
        if single is None and call not in {CopyCall.AMPLIFICATION, CopyCall.DELETION}:
            return None
        least = min(parts, key=lambda part: part.read.copies).read
        broad = call is CopyCall.GAIN and least.copies >= self._from(level)
        if broad:
            self.broad.append(symbol)
        elif call is CopyCall.GAIN and least.copies >= self._from(level) - self._more:
            self.high.append(symbol)
        return CopyNumber(
            gene=symbol,
            call=call,
            copies=round(float(least.copies), 2),
            minor=least.segment.minor,
            log2=least.segment.log2,
            origin=Origin.SOMATIC,
            sample=self._sample,
            basis=f"{self._basis(place, parts, least)}{f'; {POLYSOMY}' if broad else ''}",
        )

    def _parts(self, place: Stretch, over: Sequence[Segment]) -> Iterator[_Part]:
        for segment in over:
            read = self.levels.read(segment, place.twice_in_men)
            if read is not None:
                yield _Part(read, _holds_exon(segment, place))

    def _from(self, level: float) -> float:
        """Copies from which a gene is amplified."""
        return self._limits["amplified_times_ploidy"] * level + self._limits["amplified_more"]

    def _word(self, parts: Sequence[_Part], level: float) -> CopyCall | Open:
        if any(_few(part, self._limits["copies_least_bins"]) for part in parts):
            return Open.FEW_BINS
        gone = self._gone(parts)
        if gone is not None:
            return gone
        least = min((part.read for part in parts), key=lambda read: read.copies)
        from_ = self._from(level)
        if least.copies >= from_:
            return self._high(parts, from_)
        if any(part.read.copies >= from_ and part.exonic for part in parts):
            return Open.IN_PART
        if least.measured and all(part.read.high >= from_ for part in parts):
            return Open.UNSURE
        if round(least.copies) >= round(level) + 1:
            return CopyCall.GAIN
        return CopyCall.LOSS if round(least.copies) <= round(level) - 1 else CopyCall.NEUTRAL

    def _gone(self, parts: Sequence[_Part]) -> CopyCall | Open | None:
        """Whether a part that holds bases of an exon has no copy left."""
        noise, why = self._limits["copies_noise"], None
        for part in parts:
            read = part.read
            if not part.exonic or read.low >= noise:
                continue
            surely = read.copies < noise and read.high < 1
            share = read.segment.share
            if share is not None and share < self._limits["deleted_least_share"]:
                continue  # a loss in a few cells leaves the gene in the rest
            if read.copies < noise and self._long(read.segment):
                if read.segment.chromosome != "Y":  # which many tumours have lost
                    why = Open.FIT
            elif read.copies < noise and read.segment.unsettled:
                why = Open.CELLS
            elif surely:
                return CopyCall.DELETION
            elif read.measured:
                why = Open.UNSURE
        return why

    def _long(self, segment: Segment) -> bool:
        """Whether it lies in a longer stretch without copies than cells survive."""
        most = self._limits["deleted_longest"]
        return any(
            start <= segment.start <= end and end - start + 1 > most
            for start, end in self.levels.empty(segment.chromosome)
        )

    def _high(self, parts: Sequence[_Part], from_: float) -> CopyCall | Open:
        """Amplified, or as many as the arm has, or not to be told from one copy fewer."""
        least = min((part.read for part in parts), key=lambda read: read.copies)
        arm = self.levels.of_arm(least.segment)
        if arm >= from_ and least.copies < self._limits["amplified_times_arm"] * arm:
            return CopyCall.GAIN
        if min(part.read.low for part in parts) <= from_ - 1:
            return Open.UNSURE
        return CopyCall.AMPLIFICATION

    def _basis(self, place: Stretch, parts: Sequence[_Part], least: Read) -> str:
        content = self._cells.content
        if least.segment.total is None:
            told = f"log ratio {least.segment.log2:.2f}, tumour content {content:.0%}"
        else:
            told = "copies"
        share = least.segment.share
        of_cells = f", in {share:.0%} of the cancer cells" if share not in {None, 1.0} else ""
        ends = f"segment {_written(least.segment)}"
        cut = ""
        part = f"; only {_written(place)} of the gene has a known place" if place.part else ""
        if len(parts) > 1:
            cut = f"; {len(parts)} segments meet in the gene ({_written(place)})"
        interval = f": {least.told}" if least.measured else ""
        return (
            f"worked out here of {told} of {ends}{of_cells}, ploidy {self._cells.ploidy:.2f}"
            f"{interval}{cut}{part}"
        )


def _few(part: _Part, fewest: float) -> bool:
    return part.exonic and part.read.bins is not None and part.read.bins < fewest


def _holds_exon(segment: Segment, place: Stretch) -> bool:
    """Whether the segment has bases of an exon; taken for granted where exons are not known."""
    if not place.exons:
        return True
    return any(segment.start <= b and segment.end >= a for a, b in place.exons)


def _written(where: Segment | Stretch) -> str:
    return f"{where.chromosome}:{where.start}-{where.end}"
