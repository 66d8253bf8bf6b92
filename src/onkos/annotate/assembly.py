"""Which assembly variants are of, by their own bases; and their places on the one at hand.

The base that a variant replaces must stand at its place. On the wrong assembly it does so once
in four by chance, so that few variants tell the assemblies apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from onkos.model import SmallVariant
from onkos.model.reference import Reference, reverse_complement

Limits: TypeAlias = Mapping[str, float]

MOST_VARIANTS = 500  # looked at, evenly over the file: a mixture shows in these too


class Put(NamedTuple):
    """A variant's place on the genome at hand."""

    chromosome: str
    position: int
    reference: str
    alternate: str


class Fit(NamedTuple):
    """How many variants have their own base on one assembly, of those that could be looked up."""

    right: int
    looked_up: int

    @property
    def share(self) -> float:
        """In [0, 1]; 0 where none could be looked up."""
        return self.right / self.looked_up if self.looked_up else 0.0

    def __str__(self) -> str:
        return f"{self.right} of {self.looked_up}"


def put(variant: SmallVariant, assembly: str, genome: Reference) -> Put | None:
    """Where a variant of `assembly` lies on the genome; None where it has no place there.

    A variant of another assembly is lifted over with its whole stretch; on the other strand its
    bases are complemented. An insertion without a base of reference stands behind its position,
    as in a MAF; it is put before the one that follows.
    """
    reference, alternate = variant.reference.upper(), variant.alternate.upper()
    behind = not reference
    if assembly == genome.assembly:
        return Put(variant.chromosome, variant.position + behind, reference, alternate)
    size = max(len(reference), 1)
    first = genome.lift(assembly, variant.chromosome, variant.position)
    last = genome.lift(assembly, variant.chromosome, variant.position + size - 1)
    if first is None or last is None or first.chromosome != last.chromosome:
        return None
    if first.strand != last.strand or abs(first.position - last.position) != size - 1:
        return None
    low = min(first.position, last.position)
    if first.strand < 0:
        reference, alternate = reverse_complement(reference), reverse_complement(alternate)
        behind = False  # the base before it is now the base after it
    return Put(first.chromosome, low + behind, reference, alternate)


def brought(
    variants: Sequence[SmallVariant], genome: Reference, limits: Limits
) -> tuple[SmallVariant, ...]:
    """Variants by their places and bases on the genome at hand; those without one are left out.

    Left out too are those whose base does not stand there, and all whose assembly the genome
    does not reach.
    """
    found = []
    reachable = {"", genome.assembly, *genome.lifts_from}
    for stated in dict.fromkeys(v.assembly for v in variants):
        own = [v for v in variants if v.assembly == stated]
        assembly = (
            (told_apart(own, stated, genome, limits)[0] or stated) if stated in reachable else ""
        )
        for variant in own if assembly else ():
            place = put(variant, assembly, genome)
            if place is not None and right_base(place, genome):
                found.append(replace(variant, assembly=genome.assembly, **place._asdict()))
    return tuple(found)


def right_base(place: Put | None, genome: Reference) -> bool | None:
    """Whether the base stands there; None where nothing can be looked up."""
    if place is None or not place.reference:
        return None
    end = place.position + len(place.reference) - 1
    there = genome.sequence(place.chromosome, place.position, end)
    if not there or "N" in there:
        return None
    return there == place.reference


def fit(variants: Iterable[SmallVariant], assembly: str, genome: Reference) -> Fit:
    """How well variants fit an assembly."""
    answers = [right_base(put(v, assembly, genome), genome) for v in variants]
    known = [answer for answer in answers if answer is not None]
    return Fit(sum(known), len(known))


def told_apart(
    variants: Sequence[SmallVariant], stated: str, genome: Reference, limits: Limits
) -> tuple[str, str]:
    """The assembly that variants are of, and what to tell the user about it.

    Parameters
    ----------
    variants : sequence of SmallVariant
        All of one stated assembly, with coordinates.
    stated : str
        What the file said; empty where it did not.
    limits : mapping of str to float
        Those that begin with ``assembly_``.

    Returns
    -------
    assembly : str
        Empty where it cannot be told, or the variants are mixed.
    notice : str
        Empty where the file said what the bases say.
    """
    fewest, fits_from = limits["assembly_least_variants"], limits["assembly_fits"]
    variants = variants[:: 1 + len(variants) // MOST_VARIANTS]
    own = fit(variants, stated, genome) if stated else Fit(0, 0)
    if stated and (own.looked_up < fewest or own.share >= fits_from):
        return stated, ""
    others = [one for one in (genome.assembly, *genome.lifts_from) if one != stated]
    fits = {one: fit(variants, one, genome) for one in others}
    best = max(others, key=lambda one: fits[one].share, default="")
    if not stated:
        return _unstated(best, fits, limits)
    found = fits[best] if best else Fit(0, 0)
    misfits = own.share <= limits["assembly_misfits"]
    if misfits and found.share >= fits_from and found.looked_up >= fewest:
        return best, (
            f"variants said to be of {stated} are of {best} by their bases ({own} fit {stated}, "
            f"{found} fit {best}): read as {best}; correct the header of the file"
        )
    if found.share >= own.share or not misfits:
        return "", (
            f"the bases of the variants fit {stated} in {own}"
            + (f" and {best} in {found}" if best else "")
            + ": two assemblies may be mixed in one file; only those that fit are annotated"
        )
    return "", (
        f"the bases of the variants fit {stated} in {own} only: they are of another assembly than "
        "the file says; call or lift them to the reference at hand"
    )


def _unstated(best: str, fits: dict[str, Fit], limits: Limits) -> tuple[str, str]:
    found = fits.get(best, Fit(0, 0))
    enough = found.looked_up >= limits["assembly_least_variants"]
    if enough and found.share >= limits["assembly_fits"]:
        return best, f"the assembly is not stated; by their bases the variants are of {best}"
    return "", (
        "the assembly is not stated and the bases do not tell it: variants by place alone are not "
        "annotated; state the assembly in the file"
    )
