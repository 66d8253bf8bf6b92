"""The copies at the place of a change, in the sample that it was seen in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onkos.biomarkers.profile import NO_COPIES, NO_PURITY, Profile
from onkos.biomarkers.purity import too_little
from onkos.model import Case, Segment, SmallVariant

_SEX_CHROMOSOMES = {"X", "Y"}
NO_PLACE = "place in the genome not given"
NO_SEGMENT = "no segment lies over it"
OTHER_ASSEMBLY = "change and segments are of different assemblies"
NO_SAMPLE = "no segments of its sample"


class Place(NamedTuple):
    """What the reads of a change are weighed against.

    Attributes
    ----------
    purity : float, in (0, 1]
    total : int
        Copies per cancer cell.
    minor : int or None
        Of the rarer allele; None where not told.
    normal : int
        Copies per normal cell.
    share : float, in [0, 1], or None
        Fraction of the cancer cells that have these copies; None where the caller could not tell.
    """

    purity: float
    total: int
    minor: int | None
    normal: int
    share: float | None

    @property
    def most(self) -> int:
        """The most copies that can carry a change."""
        return max(1, self.total - (self.minor or 0))

    @property
    def told(self) -> str:
        """``"2 and 1 copies"``; ``"3 copies"`` where the alleles are not told."""
        if self.minor is None:
            return f"{self.total} {'copy' if self.total == 1 else 'copies'}"
        return f"{self.total - self.minor} and {self.minor} copies"


def place_of(
    variant: SmallVariant, case: Case, found: Sequence[Profile], least: float
) -> Place | str:
    """Copies where the change lies, or why they cannot be used.

    Parameters
    ----------
    found : sequence of Profile
        All of the case.
    least : float
        Tumour content under which copies are not relied on.
    """
    profile = _profile_of(variant, found)
    if profile is None:
        return NO_SAMPLE
    content = profile.sample.purity
    if content is None or content == 0:
        return NO_PURITY
    if content < least:
        return too_little(content, least)
    if not variant.chromosome or not variant.position:
        return NO_PLACE
    chromosome = variant.chromosome.removeprefix("chr")
    segment = profile.at(chromosome, variant.position)
    if segment is None:
        return NO_SEGMENT
    if variant.assembly and segment.assembly and variant.assembly != segment.assembly:
        return OTHER_ASSEMBLY
    if segment.total is None:
        return NO_COPIES
    hemizygous = case.sex == "male" and chromosome in _SEX_CHROMOSOMES
    return _place(segment, content, 1 if hemizygous else 2)


def _place(segment: Segment, content: float, normal: int) -> Place:
    total = int((segment.total or 0) + 0.5)
    minor = None if segment.minor is None else max(0, int(segment.minor + 0.5))
    if minor is None and total <= 1:
        minor = 0
    share = 1.0 if segment.share is None else segment.share
    if segment.unsettled:
        return Place(content, total, minor, normal, None)
    return Place(content, total, minor, normal, share)


def _profile_of(variant: SmallVariant, found: Sequence[Profile]) -> Profile | None:
    if len(found) == 1 and variant.sample in {"", found[0].sample.id, found[0].name}:
        return found[0]
    return next((p for p in found if variant.sample and variant.sample == p.name), None)
