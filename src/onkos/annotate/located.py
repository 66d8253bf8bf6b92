"""Variants that carry a place alone, described by the reference at hand."""

from __future__ import annotations

from collections import Counter

import msgspec

from onkos.annotate import molecules
from onkos.annotate.assembly import Put, put, right_base, told_apart
from onkos.annotate.chosen import Chooser
from onkos.annotate.claimed import disagreement
from onkos.annotate.consequence import Annotator, Effect
from onkos.annotate.events import event_of
from onkos.annotate.in_phase import phases
from onkos.annotate.molecules import Whole
from onkos.annotate.oncogenicity import Assessor
from onkos.model import Alteration, Case, Consequence, GeneEvent, SmallVariant, Vocabulary
from onkos.model.reference import Reference

SHOWN = 3  # variants named in a notice; the rest are counted
_ANNOTATORS: list[Annotator] = []


def located(case: Case, vocabulary: Vocabulary, genome: Reference) -> Case:
    """The case with each variant that carries only its place described, and each other checked.

    A change that is silent is counted as filtered, as where a file says so itself. What cannot
    be described stays as it is, and a notice says why.
    """
    placed = [a for a in case.alterations if isinstance(a, SmallVariant) and _has_place(a)]
    bare = [variant for variant in placed if _is_bare(variant)]
    if not genome.assembly:
        return _told(case, [_without_reference(bare)] if bare else [])
    if not placed:
        return case
    work = _Work(case, vocabulary, genome, placed)
    kept = [one for alteration in case.alterations for one in work.described(alteration)]
    known = [p for p in case.phases if not {(p.gene, p.first), (p.gene, p.second)} & work.gone]
    return msgspec.structs.replace(
        _told(case, work.notices()),
        alterations=tuple(kept),
        phases=phases(kept, known),
        filtered=dict(Counter(case.filtered) + work.filtered),
        silent=(*case.silent, *work.silent),
        open_genes={**work.open, **case.open_genes},
    )


class _Work:
    """Describes the variants of one case and gathers what the user must know."""

    def __init__(
        self, case: Case, vocabulary: Vocabulary, genome: Reference, placed: list[SmallVariant]
    ) -> None:
        self.filtered: Counter[str] = Counter()
        self.silent: list[SmallVariant] = []
        self._vocabulary = vocabulary
        self._genome = genome
        self._annotator = _annotator_of(genome, vocabulary)
        self._chooser = Chooser(vocabulary)
        self._events = {(a.gene, a.event) for a in case.alterations if isinstance(a, GeneEvent)}
        self._assessor: Assessor | None = None
        self.open: dict[str, str] = {}  # genes of which a known change may have been lost
        self._notices: list[str] = []
        self._named: dict[str, list[str]] = {}
        self._assemblies = self._told_apart(placed)
        self.lifted = 0
        self.gone: set[tuple[str, str]] = set()  # changes that were read together with another
        self._wholes = self._on_one_molecule(placed)

    def described(self, alteration: Alteration) -> tuple[Alteration, ...]:
        """The alteration, described where it was bare; with the event that it amounts to."""
        if not isinstance(alteration, SmallVariant) or not _has_place(alteration):
            return (alteration,)
        if id(alteration) in self._wholes:
            whole = self._wholes[id(alteration)]
            return () if whole is None else self._kept(whole.variant, whole.effect)
        place = self._place(alteration)
        if place is None:
            return (alteration,)
        if not _is_bare(alteration):
            self._compare(alteration, self._annotator.effects(*place))
            return (alteration,)
        effects = self._annotator.effects(*place, among=self._chooser.speakers)
        return self._kept(alteration, self._chooser.choose(effects))

    def _kept(self, bare: SmallVariant, effect: Effect | None) -> tuple[Alteration, ...]:
        """The variant as its effect says, with its event; nothing where it is left out."""
        reason = self._chooser.left_out(effect)
        if effect is None or reason:
            self.filtered[reason] += 1
            if effect is not None and effect.kind is Consequence.SYNONYMOUS:
                self.silent.append(self._filled(bare, effect))
            return ()
        variant = self._filled(bare, effect)
        event = event_of(variant, effect, self._vocabulary.gene(variant.gene))
        if event is None or (event.gene, event.event) in self._events:
            return (variant,)
        return variant, event

    def notices(self) -> list[str]:
        """What was decided, each reason once with a few variants named."""
        if self.lifted:
            self._notices.append(
                f"{self.lifted} variants were lifted over to {self._genome.assembly} to be "
                "described"
            )
        for reason, names in self._named.items():
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            self._notices.append(f"{reason}: {', '.join(names[:SHOWN])}{more}")
        return self._notices

    def _on_one_molecule(self, placed: list[SmallVariant]) -> dict[int, Whole | None]:
        """By the identity of a variant: what it is read as; None where another one says it."""
        found: dict[int, Whole | None] = {}
        phased = [one for one in placed if one.haplotype is not None]
        if len(phased) < 2:
            return found
        limits = self._vocabulary.limits
        how = molecules.Reading(
            self._annotator,
            self._chooser,
            int(limits.get("frame_restored_within", 0)),
            limits.get("joined_known_share", 1.0),
            self._is_known,
        )
        for whole in molecules.wholes(phased, self._where, how):
            first, *others = whole.said
            found[id(first)] = None if whole.again else whole
            found |= dict.fromkeys(map(id, others))
            self.lifted += sum(_is_bare(one) and self._lifts(one) for one in whole.said)
            self.filtered[molecules.TOGETHER] += len(others) + whole.again
            self.gone |= {(one.gene, one.protein) for one in whole.said if one.protein}
            self._notices.append(whole.notice)
            if whole.opens:
                self.open.setdefault(self._chooser.symbol(whole.effect), whole.opens)
        return found

    def _is_known(self, variant: SmallVariant, effect: Effect) -> bool:
        """Whether a change by itself drives or resists, or stands at a hotspot."""
        if self._assessor is None:
            self._assessor = Assessor(self._vocabulary)
        bare = msgspec.structs.replace(variant, oncogenicity=None)
        standing = self._assessor.assess_small(self._filled(bare, effect)).standing
        return standing is not None and standing.drives

    def _told_apart(self, placed: list[SmallVariant]) -> dict[str, str]:
        """The assembly that variants of each stated one are of; empty where mixed or not told."""
        found = {}
        reachable = {self._genome.assembly, *self._genome.lifts_from}
        for stated in dict.fromkeys(v.assembly for v in placed):
            own = [v for v in placed if v.assembly == stated]
            if stated and stated not in reachable:
                bare = [v for v in own if _is_bare(v)]
                if bare:
                    self._notices.append(_unreachable(bare, stated, self._genome))
                continue
            assembly, notice = told_apart(own, stated, self._genome, self._vocabulary.limits)
            if notice and (assembly or any(map(_is_bare, own)) or stated):
                self._notices.append(notice)
            # Of a mixture each variant stands for itself, by its base.
            found[stated] = assembly or stated
        return found

    def _place(self, variant: SmallVariant) -> Put | None:
        assembly = self._assemblies.get(variant.assembly, "")
        if not assembly:
            return None
        place = put(variant, assembly, self._genome)
        if place is None:
            self._name(
                f"no counterpart of {assembly} on {self._genome.assembly}, not described", variant
            )
            return None
        if right_base(place, self._genome) is False:
            self._name(f"the base is not that of {assembly} there, not described", variant)
            return None
        if not self._genome.length(place.chromosome):
            self._name(f"the reference {self._genome.assembly} lacks the chromosome", variant)
            return None
        self.lifted += self._lifts(variant) and _is_bare(variant)
        return place

    def _lifts(self, variant: SmallVariant) -> bool:
        return self._assemblies.get(variant.assembly, "") != self._genome.assembly

    def _where(self, variant: SmallVariant) -> Put | None:
        """The place of a variant whose base stands there."""
        assembly = self._assemblies.get(variant.assembly, "")
        place = put(variant, assembly, self._genome) if assembly else None
        wrong = place is None or right_base(place, self._genome) is False
        return None if wrong else place

    def _compare(self, variant: SmallVariant, effects: tuple[Effect, ...]) -> None:
        if not variant.protein or not effects:
            return
        own = [e for e in effects if self._chooser.symbol(e) == variant.gene]
        why = disagreement(variant.protein, own) if own else ""
        if why:
            self._notices.append(f"{variant.gene}: {why}; the file's own words are kept")

    def _filled(self, variant: SmallVariant, effect: Effect) -> SmallVariant:
        gene = self._chooser.symbol(effect)
        known = self._vocabulary.gene(gene)
        first, last = effect.first, effect.last
        if not first and known and known.skipped_exons:
            first = last = self._beside_skipped(effect, known.skipped_exons)
        return msgspec.structs.replace(
            variant,
            gene=gene,
            protein=effect.protein,
            coding=effect.coding,
            consequence=effect.kind,
            first=first,
            last=last,
            transcript=effect.transcript.id,
            exon=str(effect.exon) if effect.exon else "",
        )

    def _beside_skipped(self, effect: Effect, exons: tuple[int, ...]) -> int:
        """The residue at the border of a skippable exon that an intronic change lies near."""
        reach = self._vocabulary.limits.get("splicing_reach", 0)
        if effect.kind not in {Consequence.INTRONIC, Consequence.SPLICE_REGION}:
            return 0
        return self._annotator.beside(effect, exons, int(reach))

    def _name(self, reason: str, variant: SmallVariant) -> None:
        self._named.setdefault(reason, []).append(_written(variant))


def _annotator_of(genome: Reference, vocabulary: Vocabulary) -> Annotator:
    if not _ANNOTATORS or _ANNOTATORS[0].genome is not genome:
        reach = int(vocabulary.limits.get("promoter_reach", 0))
        _ANNOTATORS[:] = [Annotator(genome, reach)]
    return _ANNOTATORS[0]


def _has_place(variant: SmallVariant) -> bool:
    changed = variant.reference != variant.alternate
    return bool(variant.chromosome and variant.position > 0 and changed)


def _is_bare(variant: SmallVariant) -> bool:
    """Whether nothing but its place is known."""
    known = variant.protein or variant.coding or variant.first or variant.by_diagnosis
    return _has_place(variant) and not known and variant.consequence is Consequence.UNKNOWN


def _written(variant: SmallVariant) -> str:
    alleles = f"{variant.reference or '-'}>{variant.alternate or '-'}"
    return f"{variant.chromosome}:{variant.position} {alleles}"


def _without_reference(bare: list[SmallVariant]) -> str:
    return (
        f"{len(bare)} variants carry a place and no annotation, and no reference is at hand to "
        "describe them: onkos reference add, or annotate the file with VEP"
    )


def _unreachable(bare: list[SmallVariant], stated: str, genome: Reference) -> str:
    return (
        f"{len(bare)} variants are of {stated}, the reference at hand is {genome.assembly}: not "
        f"described; onkos reference add --assembly {stated}, or add a chain from {stated}"
    )


def _told(case: Case, notices: list[str]) -> Case:
    if not notices:
        return case
    return msgspec.structs.replace(case, notices=tuple(dict.fromkeys((*case.notices, *notices))))
