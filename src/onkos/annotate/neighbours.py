"""Changes of one gene that may be one: in one codon, or frameshifts that undo each other.

Where nobody told on which molecules they lie each is described by itself, and what the two would
be together is left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from onkos.model import Case, Consequence, SmallVariant, Vocabulary

_SAME = (
    "; two changes of the DNA are told as one of the protein, and one row may be wrong: they count "
    "as one hit"
)
_OPEN = "may be one change: nothing about {gene} is concluded from the absence of another"


def with_neighbours(case: Case, vocabulary: Vocabulary) -> Case:
    """The case with a notice of each such pair, its gene left open."""
    reach = int(vocabulary.limits.get("frame_restored_within", 0))
    notices, genes = [], dict(case.open_genes)
    for gene, one, other in _pairs(case, reach):
        both, where = f"{_named(one)} and {_named(other)}", _where(one)
        genes.setdefault(gene, f"{both} {where} and {_OPEN.format(gene=gene)}")
        notices.append(
            f"{gene}: {both} {where}, and {_why(one, other)}: described one by one; together "
            f"they may be another change, so no absence in {gene} is concluded"
            f"{_SAME if one.protein and one.protein == other.protein else ''}"
        )
    if not notices:
        return case
    told = tuple(dict.fromkeys((*case.notices, *notices)))
    return msgspec.structs.replace(case, notices=told, open_genes=genes)


def _pairs(case: Case, reach: int) -> Iterator[tuple[str, SmallVariant, SmallVariant]]:
    by_gene: dict[tuple[str, str], list[SmallVariant]] = {}
    for one in case.alterations:
        if isinstance(one, SmallVariant) and one.first and one.position:
            by_gene.setdefault((one.gene, one.sample), []).append(one)
    for (gene, _), own in by_gene.items():
        if len(own) > 1:
            own.sort(key=lambda one: (one.first, one.position))
            yield from ((gene, one, other) for one, other in _near(own, reach))


def _near(own: Sequence[SmallVariant], reach: int) -> Iterator[tuple[SmallVariant, SmallVariant]]:
    for at, one in enumerate(own):
        for other in own[at + 1 :]:
            if other.first - one.first > reach:
                break
            if (_one_codon(one, other) or _undone(one, other)) and not _apart(one, other):
                yield one, other


def _apart(one: SmallVariant, other: SmallVariant) -> bool:
    """Whether they cannot be one: on two molecules, or at the same bases."""
    if one.phase_set and one.phase_set == other.phase_set and one.haplotype != other.haplotype:
        return True
    first, last = sorted((one, other), key=lambda each: each.position)
    return last.position < first.position + max(len(first.reference.replace("-", "")), 1)


def _one_codon(one: SmallVariant, other: SmallVariant) -> bool:
    single = all(each.first == each.last for each in (one, other))
    return single and one.first == other.first and all(map(_substituted, (one, other)))


def _substituted(one: SmallVariant) -> bool:
    return bool(one.reference) and _gained(one) == 0


def _undone(one: SmallVariant, other: SmallVariant) -> bool:
    shifted = all(each.consequence is Consequence.FRAMESHIFT for each in (one, other))
    known = all(each.reference or each.alternate for each in (one, other))
    if not shifted or not known or not _gained(one) % 3 or not _gained(other) % 3:
        return False
    return (_gained(one) + _gained(other)) % 3 == 0


def _gained(one: SmallVariant) -> int:
    return len(one.alternate.replace("-", "")) - len(one.reference.replace("-", ""))


def _where(one: SmallVariant) -> str:
    shifted = one.consequence is Consequence.FRAMESHIFT and _gained(one)
    return "restore the frame together" if shifted else "lie in one codon"


def _why(one: SmallVariant, other: SmallVariant) -> str:
    if one.haplotype is not None and one.phase_set == other.phase_set:
        return "on one molecule, but were not described together (no reference is at hand)"
    return "on which molecules is not told"


def _named(one: SmallVariant) -> str:
    coding = f"{one.coding} " if one.coding and one.protein else ""
    return f"{coding}{one.protein or one.coding or one.position}"
