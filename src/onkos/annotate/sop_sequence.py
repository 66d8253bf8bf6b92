"""Criteria that lie in what a change does to the protein: OVS1, OM1, OM2."""

from __future__ import annotations

import re

from onkos.annotate.judged import IN_FRAME, Judged, Met, Open
from onkos.annotate.sop import Key
from onkos.criteria.small_variants import NULL
from onkos.model import Consequence, Gene, OncogenicityFacts, SmallVariant
from onkos.model.oncogenicity import STOP

_NEW_STOP = re.compile(r"fs\*(\d+)$")
_SPLICE_SITE = re.compile(r"^c\.(\d+)([+-])\d")
_SUPPRESSOR = frozenset({"tumour suppressor", "both"})
_DRIVER = _SUPPRESSOR | {"oncogene"}


def null_in_suppressor(
    variant: SmallVariant, role: str, gene: Gene | None, facts: OncogenicityFacts
) -> Judged:
    """OVS1: a null variant in a tumour suppressor.

    A stop in the last exon, where the transcript does not decay, and a splice variant whose
    exon may be skipped in frame are left open.
    """
    if variant.consequence not in NULL or role not in _SUPPRESSOR:
        return
    key = Key.NULL_IN_SUPPRESSOR
    match variant.consequence:
        case Consequence.START_LOST:
            yield Met(key, f"the start of {variant.gene}, a tumour suppressor, is lost")
        case Consequence.SPLICE:
            yield _splice(variant, gene)
        case _:
            yield _stop(variant, gene, facts)


def _stop(variant: SmallVariant, gene: Gene | None, facts: OncogenicityFacts) -> Met | Open:
    key, at = Key.NULL_IN_SUPPRESSOR, _stop_at(variant)
    what = f"{variant.consequence} in {variant.gene}, a tumour suppressor"
    last = _last_exon(variant.gene, gene, facts)
    reach = facts.loss_reaches.get(variant.gene, 0)
    if 0 < at <= reach:
        return Met(key, f"{what}, at or before residue {reach}, up to which a stop is a loss")
    if not at or not last:
        return Met(key, f"{what}; whether it lies in the last exon is not known")
    if at < last - facts.cutoffs.get("decay_margin", 0):
        return Met(key, f"{what}, which ends it at residue {at}, before the last exon")
    least = facts.cutoffs.get("stop_tumours", 1)
    for spot in facts.hotspots_of.get(variant.gene, ()):
        seen = spot.changes.get(STOP, 0)
        if spot.reference and spot.first >= at and seen >= least:
            further = f"{spot.reference}{spot.first}*"
            return Met(key, f"{what}, in the last exon, where {seen} tumours have {further}")
    where = f"the stop at residue {at} lies in the last exon or beside its border"
    return Open((key,), f"{where}: the transcript may not decay, a person must look at it")


def _stop_at(variant: SmallVariant) -> int:
    """Residue of the new stop; of a frameshift that does not tell it, where it begins."""
    found = _NEW_STOP.search(variant.protein)
    return variant.first + int(found[1]) - 1 if found and variant.first else variant.first


def _last_exon(symbol: str, gene: Gene | None, facts: OncogenicityFacts) -> int:
    """First residue of the last coding exon; 0 where it is not known."""
    if gene and gene.exons:
        first, last = max(gene.exons.values(), key=lambda exon: exon[1])
        if last == gene.length:
            return first
    return facts.last_exon.get(symbol, 0)


def _splice(variant: SmallVariant, gene: Gene | None) -> Met | Open:
    key = Key.NULL_IN_SUPPRESSOR
    what = f"changes an essential splice site of {variant.gene}, a tumour suppressor"
    skipped = _skipped(variant, gene)
    if not skipped:
        return Met(key, f"{what}; which exon is lost is not known")
    number, kept = skipped
    if kept:
        reason = f"without exon {number} the reading frame would be kept: a person must look at it"
        return Open((key,), reason)
    if kept is None:
        return Met(key, f"{what}; whether the frame is kept without exon {number} is not known")
    return Met(key, f"{what}; the frame is lost without exon {number}")


def _skipped(variant: SmallVariant, gene: Gene | None) -> tuple[str, bool | None] | None:
    """The exon beside the splice site, and whether skipping it keeps the frame.

    A codon that two exons share lies across their junction; with one shared border of the two
    the frame is lost, with none it is kept, with two the residues do not tell.
    """
    site = _SPLICE_SITE.match(variant.coding)
    if not site or gene is None or not gene.exons:
        return None
    codon, behind = (int(site[1]) + 2) // 3, site[2] == "+"
    exons = sorted(gene.exons.items(), key=lambda entry: entry[1])
    for at in range(1, len(exons) - 1):
        number, (first, last) = exons[at]
        if codon == (last if behind else first):
            shared = (exons[at - 1][1][1] == first) + (exons[at + 1][1][0] == last)
            return number, {0: True, 1: False}.get(shared)
    return None


def critical_region(variant: SmallVariant, facts: OncogenicityFacts) -> Judged:
    """OM1: a residue in a critical part of the protein is changed."""
    if variant.consequence not in IN_FRAME | {Consequence.MISSENSE} or not variant.first:
        return
    regions = facts.regions_of.get(variant.gene, ())
    if not regions:
        yield Open((Key.CRITICAL_DOMAIN,), f"no critical part of {variant.gene} is listed")
    for region in regions:
        if any(variant.first <= last and first <= variant.last for first, last in region.codons):
            where = f"residue {variant.first} is of the {region.name}"
            yield Met(Key.CRITICAL_DOMAIN, f"{where} ({region.source})")
            return


def length_change(variant: SmallVariant, role: str) -> Judged:
    """OM2: in frame and longer or shorter in a driver, or a lost stop in a suppressor."""
    key = Key.LENGTH_CHANGE
    if variant.consequence in IN_FRAME:
        if role in _DRIVER:
            kind = "an oncogene and tumour suppressor" if role == "both" else f"a known {role}"
            yield Met(key, f"{variant.consequence} in {variant.gene}, {kind}")
    elif variant.consequence is Consequence.STOP_LOST and role in _SUPPRESSOR:
        yield Met(key, f"the stop of {variant.gene}, a known tumour suppressor, is lost")
