"""Reads that support a structural variant, as each caller counts them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onkos.sources.patient.maf_reads import Reads
from onkos.sources.patient.tables import Rejected
from onkos.sources.patient.vcf_reads import counts_of

# Of events shorter than a fragment, spanning pairs support both alleles (GRIDSS, "AF").
_FRAGMENT = 1000


def support(values: Mapping[str, Any], length: int | None) -> Reads:
    """Reads or fragments with the junction, in all, and their fraction.

    Manta counts pairs and split reads of both alleles (PR, SR); PURPLE gives AD; GRIDSS fragments
    (VF) beside REF and REFPAIR, BVF for single breakends; DELLY pairs (DR, DV) and split reads
    (RR, RV); LUMPY only what supports it (SU, else PE and SR), svtyper adds RO and AO.

    Parameters
    ----------
    length : int or None
        Bases between the ends; None for ends on two chromosomes.

    Raises
    ------
    Rejected
        For a count that is none.
    """
    found = {key: [n or 0 for n in counts_of(values, key)] for key in _KEYS if key in values}
    pairs, split = found.get("PR", []), found.get("SR", [])
    if len(pairs) == 2 or len(split) == 2:
        both = [one for one in (pairs, split) if len(one) == 2]
        return _of(sum(one[1] for one in both), sum(map(sum, both)))
    if len(found.get("AD", [])) == 2:
        return _of(found["AD"][1], sum(found["AD"]))
    if found.get("VF") or found.get("BVF"):
        fragments = _one(found, "VF") or _one(found, "BVF")
        spanning = 0 if length is not None and length < _FRAGMENT else _one(found, "REFPAIR")
        return _of(fragments, fragments + _one(found, "REF") + spanning)
    if "DV" in found or "RV" in found:
        with_it = _one(found, "DV") + _one(found, "RV")
        return _of(with_it, with_it + _one(found, "DR") + _one(found, "RR"))
    if "AO" in found and "RO" in found:
        return _of(_one(found, "AO"), _one(found, "AO") + _one(found, "RO"))
    if {"SU", "PE", "SR"} & found.keys():
        return Reads(_one(found, "SU") or _one(found, "PE") + _one(found, "SR"), None, None)
    return Reads(None, None, None)


_KEYS = tuple("PR SR AD VF BVF REF REFPAIR DV RV DR RR AO RO SU PE".split())


def _one(found: Mapping[str, list[int]], key: str) -> int:
    return sum(found.get(key, []))


def _of(with_it: int, depth: int) -> Reads:
    if with_it > depth:
        text = f"{with_it} of {depth}"
        raise Rejected("FORMAT", "more reads with the change than reads", text=text)
    return Reads(with_it, depth or None, with_it / depth if depth else None)
