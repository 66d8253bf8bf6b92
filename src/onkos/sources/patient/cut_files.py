"""A call set that ends early: chromosomes without a call where some would be expected."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from onkos.model import EVERYTHING, Doubt, Sample, Vocabulary
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.tables import Rejected

_AUTOSOMES = tuple(str(number) for number in range(1, 23))


def cut_doubts(
    sample: Sample, files: Iterable[Observed | None], vocabulary: Vocabulary
) -> tuple[Doubt, ...]:
    """Doubts about genes on chromosomes that are improbably empty, of an exome or a genome."""
    assay = sample.assay
    if assay is None or EVERYTHING not in assay.small_variants:
        return ()
    calls: Counter[str] = Counter()
    for one in files:
        calls += one.chromosomes if one is not None else Counter()
    empty = improbably_empty(calls, vocabulary)
    if not empty:
        return ()
    number, held = calls.total(), sum(calls[name] > 0 for name in _AUTOSOMES)
    reason = (
        f"{number} calls lie on {held} of 22 autosomes and none on {', '.join(empty)}: the file "
        "may be cut or a part (complete = true, if it is whole)"
    )
    return tuple(
        Doubt(reason=reason, gene=gene.symbol)
        for gene in vocabulary.genes
        if gene.chromosome in empty
    )


def improbably_empty(calls: Mapping[str, int], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Autosomes without a call, where chance hardly leaves so many of them empty.

    Calls are taken to fall by the length of chromosomes. Of a file that is cut the last ones are
    empty, which is one of 22 ways; any other choice is one of as many as there are such sets.
    """
    least = vocabulary.limits.get("chromosomes_by_chance", 0.0)
    lengths = {n: vocabulary.chromosome[("GRCh38", n)].length for n in _AUTOSOMES
               if ("GRCh38", n) in vocabulary.chromosome}  # fmt: skip
    number = sum(calls.get(name, 0) for name in lengths)
    empty = tuple(name for name in lengths if not calls.get(name))
    if not number or not empty or not least:
        return ()
    share = sum(lengths[name] for name in empty) / sum(lengths.values())
    last = empty == tuple(lengths)[-len(empty) :]
    ways = len(lengths) if last else math.comb(len(lengths), len(empty))
    return empty if ways * (1 - share) ** number < least else ()


def inside_chromosome(
    chromosome: str, position: int, assembly: str, vocabulary: Vocabulary
) -> None:
    """Refuse a place past the end of its chromosome, of any assembly where none is told.

    Raises
    ------
    Rejected
        With the length of the chromosome.
    """
    known = vocabulary.chromosome
    names = (assembly,) if assembly else ("GRCh37", "GRCh38")
    lengths = [known[(one, chromosome)].length for one in names if (one, chromosome) in known]
    if lengths and position > max(lengths):
        remedy = "check the place, and the assembly"
        reason = f"past the end of chromosome {chromosome} ({max(lengths):,} bases)"
        raise Rejected("POS", reason, text=str(position), remedy=remedy)
