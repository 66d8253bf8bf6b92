"""The variants of a case that one molecule carries, described together where a frame joins them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from onkos.annotate.assembly import Put
from onkos.annotate.chosen import Chooser
from onkos.annotate.consequence import Annotator, Effect
from onkos.annotate.haplotype import Joined, joined
from onkos.model import Consequence, SmallVariant
from onkos.model.reference import Transcript

TOGETHER = "described together with a change on the same molecule"
_Group = Sequence[tuple[SmallVariant, Put]]


class Whole(NamedTuple):
    """Variants of one molecule as one.

    Attributes
    ----------
    members : tuple of SmallVariant
        As they were given.
    variant : SmallVariant
        All of them together, with the reads of the one that has the fewest, not yet described.
    effect : Effect
    notice : str
    """

    members: tuple[SmallVariant, ...]
    variant: SmallVariant
    effect: Effect
    notice: str


def wholes(
    variants: Iterable[SmallVariant],
    place: Callable[[SmallVariant], Put | None],
    annotator: Annotator,
    chooser: Chooser,
    reach: int,
) -> Iterator[Whole]:
    """Variants that their caller put on one molecule and that one reading frame reads together.

    Parameters
    ----------
    place : callable
        Where a variant lies on the genome at hand.
    reach : int
        Codons between two frameshifts up to which the second restores the frame.
    """
    for own in _on_one_molecule(variants):
        placed = [(one, at) for one in own if (at := place(one)) is not None]
        for transcript, group in _by_transcript(placed, annotator, chooser):
            for found in joined([at for _, at in group], transcript, annotator, reach):
                yield _whole(found, group, annotator, chooser)


def _on_one_molecule(variants: Iterable[SmallVariant]) -> Iterator[list[SmallVariant]]:
    groups: dict[tuple[object, ...], list[SmallVariant]] = {}
    for one in variants:
        if one.haplotype is not None:
            key = (one.sample, one.assembly, one.chromosome, one.phase_set, one.haplotype)
            groups.setdefault((*key, one.origin), []).append(one)
    return (own for own in groups.values() if len(own) > 1)


def _by_transcript(
    placed: _Group, annotator: Annotator, chooser: Chooser
) -> Iterator[tuple[Transcript, _Group]]:
    """The group by the transcript that speaks for each."""
    groups: dict[str, tuple[Transcript, list[tuple[SmallVariant, Put]]]] = {}
    for variant, at in placed:
        effects = annotator.effects(*at, among=chooser.speakers)
        if variant.gene:
            effects = tuple(e for e in effects if chooser.symbol(e) == variant.gene)
        effect = chooser.choose(effects)
        if effect is not None and effect.exon and effect.transcript.coding is not None:
            known = groups.setdefault(effect.transcript.id, (effect.transcript, []))
            known[1].append((variant, at))
    return (group for group in groups.values() if len(group[1]) > 1)


def _whole(found: Joined, group: _Group, annotator: Annotator, chooser: Chooser) -> Whole:
    members = [group[at] for at in found.members]
    variants = tuple(one for one, _ in members)
    fewest = min(variants, key=lambda one: 1.0 if one.vaf is None else one.vaf)
    frequencies = [one.population_af for one in variants]
    known = [one for one in frequencies if one is not None]
    variant = replace(
        fewest,
        filters=tuple(sorted({name for one in variants for name in one.filters})),
        population_af=min(known) if len(known) == len(variants) else None,
        predictions=(),
        oncogenicity=None,
        oncogenicity_reason="",
        **_place(found, members, annotator),
    )
    return Whole(variants, variant, found.effect, _said(found, members, variant, chooser))


def _place(found: Joined, members: _Group, annotator: Annotator) -> dict[str, object]:
    """Place and bases of all together; those of the first where an intron lies between."""
    offsets = {one.position - at.position for one, at in members}
    same = all(one.reference.upper() == at.reference for one, at in members)
    if found.record is None:
        first = min((one for one, _ in members), key=lambda one: one.position)
        return {
            "position": first.position,
            "reference": first.reference,
            "alternate": first.alternate,
        }
    position, reference, alternate = found.record
    if len(offsets) == 1 and same:
        return {
            "position": position + offsets.pop(),
            "reference": reference,
            "alternate": alternate,
        }
    return {
        "assembly": annotator.genome.assembly,
        "chromosome": members[0][1].chromosome,
        "position": position,
        "reference": reference,
        "alternate": alternate,
    }


def _said(found: Joined, members: _Group, variant: SmallVariant, chooser: Chooser) -> str:
    named = [
        f"{one.chromosome}:{one.position} {one.reference or '-'}>{one.alternate or '-'}"
        for one, _ in members
    ]
    effect = found.effect
    told = effect.protein if effect.kind is not Consequence.SYNONYMOUS else str(effect.kind)
    reads = ""
    if variant.alt_reads is not None and variant.depth:
        reads = f", with the reads of the rarer one ({variant.alt_reads} of {variant.depth})"
    return (
        f"{chooser.symbol(effect)} {effect.coding} is read as one change, {told or effect.kind}: "
        f"{' and '.join(named)} lie on one molecule{reads}"
    )
