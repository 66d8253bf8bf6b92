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
from onkos.stats.purity import exact_interval

TOGETHER = "described together with a change on the same molecule"
_Group = Sequence[tuple[SmallVariant, Put]]


class Whole(NamedTuple):
    """Variants of one molecule as one.

    Attributes
    ----------
    members : tuple of SmallVariant
        That it is read of, as they were given.
    said : tuple of SmallVariant
        Those of `members` of which no reads are left over: they are told by this alone.
    again : bool
        The protein is that of a member which stands by itself: it is told once, by that one.
    variant : SmallVariant
        All of them together, with the reads of the one that has the fewest, not yet described.
    effect : Effect
    notice : str
    opens : str
        The known change that it would be without the others, where no reads are left over for
        it: its absence is not concluded.
    """

    members: tuple[SmallVariant, ...]
    said: tuple[SmallVariant, ...]
    again: bool
    variant: SmallVariant
    effect: Effect
    notice: str
    opens: str


class Reading(NamedTuple):
    """What changes of one molecule are read with.

    Attributes
    ----------
    reach : int
        Codons between two frameshifts up to which the second restores the frame.
    known_share : float
        Reads of the rarer change for each of a known one, under which that one stands by itself.
    known : callable
        Whether an effect by itself is a change that drives or resists.
    """

    annotator: Annotator
    chooser: Chooser
    reach: int
    known_share: float
    known: Callable[[SmallVariant, Effect], bool]


def wholes(
    variants: Iterable[SmallVariant],
    place: Callable[[SmallVariant], Put | None],
    how: Reading,
) -> Iterator[Whole]:
    """Variants that their caller put on one molecule and that one reading frame reads together.

    Where more molecules carry one than the other, beyond chance, the commoner stands by itself
    too: the change of both is that of a subclone.

    Parameters
    ----------
    place : callable
        Where a variant lies on the genome at hand.
    """
    for own in _on_one_molecule(variants):
        placed = [(one, at) for one in own if (at := place(one)) is not None]
        for transcript, group in _by_transcript(placed, how):
            yield from _read(group, transcript, how)


def _read(group: _Group, transcript: Transcript, how: Reading) -> Iterator[Whole]:
    for found in joined([at for _, at in group], transcript, how.annotator, how.reach):
        members = [group[at] for at in found.members]
        alone = _alone(found, members, transcript, how)
        own = {e.protein for _, at in alone for e in _effects(at, transcript, how)}
        whole = _whole(found, members, alone, found.effect.protein in own - {""}, how)
        apart = {id(one) for one, _ in alone}
        lost = [
            _named(one)
            for one, at in members
            if id(one) not in apart and _is_lost(one, at, found, transcript, how)
        ]
        yield whole._replace(opens=_opened(lost, found)) if lost else whole
        if len(alone) > 1:
            yield from _read(alone, transcript, how)


def _alone(found: Joined, members: _Group, transcript: Transcript, how: Reading) -> _Group:
    """The members that more molecules carry than carry all of them."""
    counted = [one for one, _ in members if one.alt_reads is not None and one.depth]
    if not counted:
        return []
    rarest = min(counted, key=_share)
    beyond = _interval(rarest)[1]
    kept = []
    for one, at in members:
        if one.alt_reads is None or not one.depth:
            continue
        fewer = _share(rarest) < how.known_share * _share(one)
        if _interval(one)[0] > beyond or (fewer and _is_lost(one, at, found, transcript, how)):
            kept.append((one, at))
    return kept


def _is_lost(
    one: SmallVariant, at: Put, found: Joined, transcript: Transcript, how: Reading
) -> bool:
    """Whether a known change would be another by what it is read together with."""
    effects = _effects(at, transcript, how)
    return any(how.known(one, e) for e in effects) and not how.known(one, found.effect)


def _effects(at: Put, transcript: Transcript, how: Reading) -> tuple[Effect, ...]:
    return how.annotator.effects(*at, among=lambda known: [t for t in known if t == transcript])


def _opened(lost: Sequence[str], found: Joined) -> str:
    return (
        f"{' and '.join(lost)} drives by itself, and was read together with another change as "
        f"{found.effect.protein or found.effect.coding}"
    )


def _share(one: SmallVariant) -> float:
    return (one.alt_reads or 0) / (one.depth or 1)


def _interval(one: SmallVariant) -> tuple[float, float]:
    return exact_interval(one.alt_reads or 0, one.depth or 1)


def _on_one_molecule(variants: Iterable[SmallVariant]) -> Iterator[list[SmallVariant]]:
    groups: dict[tuple[object, ...], list[SmallVariant]] = {}
    for one in variants:
        if one.haplotype is not None:
            key = (one.sample, one.assembly, one.chromosome, one.phase_set, one.haplotype)
            groups.setdefault((*key, one.origin), []).append(one)
    return (own for own in groups.values() if len(own) > 1)


def _by_transcript(placed: _Group, how: Reading) -> Iterator[tuple[Transcript, _Group]]:
    """The group by the transcript that speaks for each."""
    annotator, chooser = how.annotator, how.chooser
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


def _whole(found: Joined, members: _Group, alone: _Group, again: bool, how: Reading) -> Whole:
    variants = tuple(one for one, _ in members)
    apart = {id(one) for one, _ in alone}
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
        **_place(found, members, how.annotator),
    )
    return Whole(
        variants,
        tuple(one for one in variants if id(one) not in apart),
        again,
        variant,
        found.effect,
        _said(found, members, variant, alone, how.chooser),
        "",
    )


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


def _said(
    found: Joined, members: _Group, variant: SmallVariant, alone: _Group, chooser: Chooser
) -> str:
    named = [_named(one) for one, _ in members]
    effect = found.effect
    told = effect.protein if effect.kind is not Consequence.SYNONYMOUS else str(effect.kind)
    reads = ""
    if variant.alt_reads is not None and variant.depth:
        reads = f", with the reads of the rarer one ({variant.alt_reads} of {variant.depth})"
    return (
        f"{chooser.symbol(effect)} {effect.coding} is read as one change, {told or effect.kind}: "
        f"{' and '.join(named)} lie on one molecule{reads}"
        + "".join(
            f"; {_named(one)} is in more ({_counted(one)}) and stands by itself too"
            for one, _ in alone
        )
    )


def _named(one: SmallVariant) -> str:
    return f"{one.chromosome}:{one.position} {one.reference or '-'}>{one.alternate or '-'}"


def _counted(one: SmallVariant) -> str:
    return f"{one.alt_reads} of {one.depth}"
