"""Profiles as CIViC's tables of 2021 write them: a gene, and a variant under it."""

from __future__ import annotations

import re

from onkos.model import Vocabulary

# 2021: "EML4-ALK C1156Y", "ALK FUSION I1171", "V600E and AMPLIFICATION", each under its gene.
_OLD_PAIR = re.compile(r"([A-Z][A-Z0-9]{2,})-([A-Z][A-Z0-9]{2,})(?: (.+))?")
_OLD_FUSION = re.compile(r"([A-Z][A-Z0-9]*) FUSION (.+)")
_OLD_AND = re.compile(r" (?:and|AND) ")


def profile_of_2021(gene: str, variant: str, vocabulary: Vocabulary) -> str:
    """Gene and variant as one profile.

    >>> profile_of_2021("ALK", "EML4-ALK C1156Y", Vocabulary())
    'EML4::ALK Fusion AND ALK C1156Y'
    >>> profile_of_2021("BRAF", "V600E and AMPLIFICATION", Vocabulary())
    'BRAF V600E AND BRAF AMPLIFICATION'
    """
    first, *others = _OLD_AND.split(variant)
    old = _OLD_PAIR.fullmatch(first)
    if old:
        names = [vocabulary.symbol_by_name.get(name, name) for name in old.groups()[:2]]
        if gene in names and names[0] != names[1]:
            others = [*([old[3]] if old[3] else []), *others]
            return " AND ".join(
                [f"{names[0]}::{names[1]} Fusion", *(f"{gene} {o}" for o in others)]
            )
    any_partner = _OLD_FUSION.fullmatch(first)
    if any_partner and any_partner[1] == gene:
        return " AND ".join([f"{gene} Fusion", *(f"{gene} {o}" for o in (any_partner[2], *others))])
    return " AND ".join(f"{gene} {part}" for part in (first, *others))
