"""Criteria that lie in what was seen before: OS1, OM3, experiments, and hotspots."""

from __future__ import annotations

import re
from typing import NamedTuple

from onkos.annotate.grantham import grantham_distance
from onkos.annotate.judged import IN_FRAME, Judged, Met, Open
from onkos.annotate.sop import Key
from onkos.criteria import CaseView
from onkos.criteria.small_variants import fits
from onkos.model import (
    Answer,
    Case,
    Consequence,
    Gene,
    Hotspot,
    KnownChange,
    Oncogenicity,
    SmallVariant,
    Vocabulary,
)
from onkos.model.criterion import Mutation
from onkos.model.protein import same_change

_SUBSTITUTION = re.compile(r"^([ACDEFGHIKLMNPQRSTVWY])(\d+)([ACDEFGHIKLMNPQRSTVWY])$")
_HOTSPOT = (Key.HOTSPOT_STRONG, Key.HOTSPOT_MODERATE, Key.HOTSPOT_RARE)
_COMPACT = "only residues seen in {} tumours or more are built in; add a file of cancerhotspots.org"


class Substitution(NamedTuple):
    """One residue for another, by letters."""

    reference: str
    at: int
    alternate: str


class Established(NamedTuple):
    """A change established as oncogenic, with its source."""

    rule: Mutation
    source: str


class Seen:
    """What was seen before of the genes of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._facts = vocabulary.oncogenicity
        self._view = CaseView(Case(id="", disease=""), vocabulary)
        self._established: dict[str, tuple[Established, ...]] = {}

    def same_change(self, variant: SmallVariant, gene: Gene | None) -> Judged:
        """OS1: this very change was established, by more than a list of hotspots."""
        if gene is None or not variant.protein:
            return
        for rule, source in self._of(gene, beyond_hotspots=True):
            if fits(rule, variant, self._view) is Answer.MET:
                yield Met(Key.SAME_CHANGE, f"{variant.label} was established before ({source})")
                return

    def functional(self, variant: SmallVariant) -> Judged:
        """OS2 or SBS2, by the experiments that the user added; open where they disagree."""
        both = (Key.FUNCTIONAL_DAMAGING, Key.FUNCTIONAL_NEUTRAL)
        studies = self._facts.studies_of.get((variant.gene, variant.protein), ())
        shown = {study.damaging for study in studies}
        sources = ", ".join(dict.fromkeys(study.source for study in studies))
        if not shown:
            yield Open(both, "no functional studies of it are at hand")
        elif len(shown) == 2:
            yield Open(both, f"functional studies disagree ({sources})")
        elif shown == {True}:
            yield Met(both[0], f"experiments support an oncogenic effect ({sources})")
        else:
            yield Met(both[1], f"experiments show no oncogenic effect ({sources})")

    def other_missense(self, variant: SmallVariant, gene: Gene | None) -> Judged:
        """OM3: another missense here is oncogenic, and this one differs as much from the normal."""
        own = substitution(variant)
        if gene is None or own is None:
            return
        distance = grantham_distance(own.reference, own.alternate)
        ratio = self._facts.cutoffs.get("grantham_ratio", 1.0)
        for rule, source in self._of(gene, beyond_hotspots=False):
            for known in _substitutions(rule.change):
                if known[:2] != own[:2] or known.alternate == own.alternate:
                    continue
                theirs = grantham_distance(known.reference, known.alternate)
                if distance >= ratio * theirs:
                    other = f"{known.reference}{known.at}{known.alternate}"
                    compared = f"Grantham {distance} against {theirs}"
                    reason = f"{gene.symbol} {other} is oncogenic ({source}); {compared}"
                    yield Met(Key.MISSENSE_SAME_RESIDUE, reason)
                    return

    def hotspot(self, variant: SmallVariant) -> Judged:
        """OS3, OM4 or OP3, by how many tumours have the residue and the very change.

        Stops are left out of the count of a residue, and hotspots of truncation are not
        counted at all: OVS1 speaks for them.
        """
        own = substitution(variant)
        if own is not None:
            yield from self._substituted(variant.gene, own)
        elif variant.consequence in IN_FRAME and variant.protein:
            yield from self._in_frame(variant)

    def _substituted(self, gene: str, own: Substitution) -> Judged:
        spots = [s for s in self._facts.hotspots_of.get(gene, ()) if s.first == s.last == own.at]
        spot = next((s for s in spots if s.reference == own.reference), None)
        if spot:
            same = spot.changes.get(own.alternate, 0)
            yield self._tier(spot.missense, same, f"{own.reference}{own.at}")
        elif spots and spots[0].reference:
            other = f"{spots[0].reference}{own.at}"
            yield Open(_HOTSPOT, f"the list of hotspots has {other} there: another numbering")
        elif not self._facts.whole_list:
            yield Open(_HOTSPOT[1:], self._compact())

    def _in_frame(self, variant: SmallVariant) -> Judged:
        for spot in self._facts.hotspots_of.get(variant.gene, ()):
            same = _tumours_with(variant.protein, spot)
            if same:
                where = f"{spot.first}" if spot.first == spot.last else f"{spot.first}-{spot.last}"
                yield self._tier(spot.total, same, f"residues {where}")
                return
        if not self._facts.whole_list:
            yield Open(_HOTSPOT, self._compact())

    def _tier(self, residue: int, same: int, where: str) -> Met:
        enough = same >= self._facts.cutoffs["hotspot_change"]
        many = residue >= self._facts.cutoffs["hotspot_residue"]
        key = _HOTSPOT[0] if enough and many else _HOTSPOT[1] if enough else _HOTSPOT[2]
        tumours = "1 tumour has" if residue == 1 else f"{residue} tumours have"
        return Met(key, f"{tumours} a change at {where}, {same or 'none'} of them this one")

    def _compact(self) -> str:
        return _COMPACT.format(f"{self._facts.cutoffs['hotspot_residue']:g}")

    def _of(self, gene: Gene, beyond_hotspots: bool) -> list[Established]:
        """Verified exact changes that are oncogenic."""
        if gene.symbol not in self._established:
            self._established[gene.symbol] = tuple(
                Established(rule, _source(known))
                for known in gene.changes
                if known.standing == Oncogenicity.ONCOGENIC and known.pmid and not known.unverified
                for rule in known.when
                if isinstance(rule, Mutation) and rule.change and not rule.change[-1:].isdigit()
            )
        listed = {_cited((pmid,)) for pmid in self._facts.hotspot_papers}
        found = self._established[gene.symbol]
        return [one for one in found if not beyond_hotspots or one.source not in listed]


def substitution(variant: SmallVariant) -> Substitution | None:
    """The two letters and the residue of a single missense; None for all else."""
    found = _SUBSTITUTION.match(variant.protein)
    if variant.consequence is not Consequence.MISSENSE or not found:
        return None
    return Substitution(found[1], int(found[2]), found[3])


def _substitutions(written: str) -> list[Substitution]:
    """``"V600E/K"`` as its two substitutions; none for anything else."""
    head, *others = written.split("/")
    found = _SUBSTITUTION.match(head)
    if not found:
        return []
    letters = (found[3], *others)
    return [Substitution(found[1], int(found[2]), x) for x in letters if len(x) == 1 and x != "*"]


def _tumours_with(protein: str, spot: Hotspot) -> int:
    return sum(n for change, n in spot.changes.items() if same_change(change, protein))


def _source(known: KnownChange) -> str:
    return _cited(known.pmid)


def _cited(pmids: tuple[int, ...]) -> str:
    return ", ".join(f"PMID:{pmid}" for pmid in pmids)
