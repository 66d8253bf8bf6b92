"""Inherited findings taken out of a case whose patient did not ask for them.

What is left is the case of somebody who had no germline test: nothing later in the corridor
can tell of what it never saw. Genes in which an inherited change makes a drug harmful, and
which name no cancer syndrome, are kept: they are a matter of the dose, and of safety.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from onkos.annotate.known import matched_by_place
from onkos.model import (
    Alteration,
    Case,
    Effect,
    Knowledge,
    Origin,
    Phase,
    Sample,
    SmallVariant,
    Stated,
    genes_of,
)
from onkos.model.criterion import LossOfFunction, Mutation, atoms
from onkos.model.withheld import without_rows_of_inherited


def without_germline(case: Case, knowledge: Knowledge) -> Case:
    """The case as it would be, had nobody looked for inherited changes.

    A change of unknown origin that may be the very one that is withheld goes with it.
    """
    case = without_rows_of_inherited(case)
    kept = of_drug_safety(knowledge)
    gone = {id(a) for a in case.alterations if _inherited(a, case) and not _all_in(a, kept)}
    found = [a for a in case.alterations if id(a) in gone and _present(a)]
    genes = {gene for a in found for gene in genes_of(a) if gene not in kept}
    told = tuple(
        a
        for a in case.alterations
        if id(a) not in gone and not any(_may_be(a, other) for other in found)
    )
    names = genes | {
        alias
        for gene in genes
        if (entry := knowledge.vocabulary.gene(gene))
        for alias in (*entry.aliases, *entry.former)
    }
    return msgspec.structs.replace(
        case,
        alterations=told,
        calls=tuple(a for a in case.calls if not _inherited(a, case)),
        silent=tuple(a for a in case.silent if not _inherited(a, case)),
        junctions=tuple(j for j in case.junctions if j.origin is not Origin.GERMLINE),
        phases=tuple(p for p in case.phases if not any(_of(p, a) for a in found)),
        samples=tuple(s for sample in case.samples for s in _untested(sample, kept)),
        notices=_of_told(case.notices, names, told),
    )


def _of_told(
    notices: tuple[str, ...], withheld: set[str], told: Iterable[Alteration]
) -> tuple[str, ...]:
    """Those that name no gene of a withheld change, and how a change that is told was matched.

    Were the latter left out, a known change would stand without its sentence only beside an
    inherited one of its gene.
    """
    kept = {matched_by_place(a) for a in told if isinstance(a, SmallVariant)}
    return tuple(n for n in notices if n in kept or not _speaks(n, withheld))


def without_inference(case: Case, knowledge: Knowledge) -> Case:
    """The case without what was worked out of a change being inherited."""
    kept = of_drug_safety(knowledge)
    certain = knowledge.vocabulary.limits.get("origin_certain", 1.0)
    gone = [a for a in case.alterations if _looks_inherited(a, certain) and not _all_in(a, kept)]
    if not gone:
        return msgspec.structs.replace(case, alterations=tuple(map(_bare, case.alterations)))
    left_out = {id(a) for a in gone}
    return msgspec.structs.replace(
        case,
        alterations=tuple(_bare(a) for a in case.alterations if id(a) not in left_out),
        notices=tuple(n for n in case.notices if not any(_names(n, a) for a in gone)),
        open_genes={
            gene: why
            for gene, why in case.open_genes.items()
            if not any(gene in genes_of(a) and _names(f"{gene} {why}", a) for a in gone)
        },
    )


def _names(text: str, seen: Alteration) -> bool:
    """Whether a sentence speaks of that very change."""
    if not isinstance(seen, SmallVariant) or seen.gene not in text:
        return False
    return any(word and word in text for word in (seen.protein, seen.coding))


def _looks_inherited(seen: Alteration, certain: float) -> bool:
    """Called so, or so likely that its being listed would tell."""
    return seen.origin is Origin.GERMLINE or (
        isinstance(seen, SmallVariant) and (seen.germline_probability or 0.0) >= certain
    )


def of_drug_safety(knowledge: Knowledge) -> frozenset[str]:
    """Genes whose inherited changes make a drug harmful and name no cancer syndrome."""
    named = {
        gene
        for claim in knowledge.claims
        if claim.effect is Effect.HARM
        for leaf in atoms(claim.when)
        if isinstance(leaf, (Mutation, LossOfFunction)) and leaf.origin is Origin.GERMLINE
        for gene in leaf.genes
    } | {gene.symbol for gene in knowledge.vocabulary.pharmacogenes}
    return frozenset(
        gene
        for gene in named
        if not ((entry := knowledge.vocabulary.gene(gene)) and entry.actionable_germline)
    )


def _inherited(seen: Alteration, case: Case) -> bool:
    """Stated or found to be inherited, or of a sample that only inherited changes are sought in."""
    if seen.origin is Origin.GERMLINE or _filtered_as_inherited(seen):
        return True
    if isinstance(seen, SmallVariant) and seen.apart:
        return True
    alone = len(case.samples) == 1 and not seen.sample
    found = (s for s in case.samples if alone or s.id == seen.sample)
    return seen.origin is Origin.UNKNOWN and any(_germline_only(s) for s in found)


def _filtered_as_inherited(seen: Alteration) -> bool:
    """Kept although the caller filtered it as an inherited one, as a known change."""
    filters = seen.filters if isinstance(seen, SmallVariant) else ()
    return any("germline" in name.casefold() for name in filters)


def _may_be(seen: Alteration, withheld: Alteration) -> bool:
    """Whether the two may be one change: of one gene, and not both told apart by name."""
    if seen.origin is not Origin.UNKNOWN or not set(genes_of(seen)) & set(genes_of(withheld)):
        return False
    if not isinstance(seen, SmallVariant) or not isinstance(withheld, SmallVariant):
        return (
            isinstance(seen, Stated) or isinstance(withheld, Stated) or type(seen) is type(withheld)
        )
    one, other = (a.protein or a.coding for a in (seen, withheld))
    return not (one and other) or one == other or bool(seen.position == withheld.position > 0)


def _germline_only(sample: Sample) -> bool:
    assay = sample.assay
    if assay is None or not assay.germline or assay.paired_normal:
        return False
    return assay.material == ("blood",)


def _untested(sample: Sample, kept: frozenset[str]) -> Iterable[Sample]:
    """The sample as if no inherited change had been sought in it; none where nothing is left."""
    sample = msgspec.structs.replace(
        sample, doubts=tuple(doubt for doubt in sample.doubts if not doubt.germline)
    )
    assay = sample.assay
    if assay is None or not assay.germline or set(assay.small_variants) <= kept:
        return (sample,)
    if _germline_only(sample):
        return ()
    plain = msgspec.structs.replace(assay, germline=False)
    return (msgspec.structs.replace(sample, assay=plain),)


def _all_in(seen: Alteration, kept: frozenset[str]) -> bool:
    genes = genes_of(seen)
    return bool(genes) and set(genes) <= kept


def _present(seen: Alteration) -> bool:
    return seen.present if isinstance(seen, Stated) else True


def _bare(seen: Alteration) -> Alteration:
    """Without what was worked out of its being inherited."""
    if not isinstance(seen, SmallVariant):
        return seen
    return msgspec.structs.replace(seen, origin_reason="", germline_probability=None)


def _of(phase: Phase, withheld: Alteration) -> bool:
    """Whether a phase speaks of the change; one that has no name may be any of its gene."""
    if phase.gene not in genes_of(withheld):
        return False
    names = {getattr(withheld, "protein", ""), getattr(withheld, "coding", "")} - {""}
    return not names or bool(names & {phase.first, phase.second})


def _speaks(text: str, names: set[str]) -> bool:
    words = set(re.findall(r"[A-Za-z0-9-]+", text.upper()))
    return any(name.upper() in words for name in names)


def uncounted(case: Case) -> Case:
    """The case without numbers of rows, which beside what is shown would tell of more."""
    return msgspec.structs.replace(case, rows=0, filtered={}, called={})
