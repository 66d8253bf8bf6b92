"""Structural variants put on genes: fusions, and events within one gene."""

from __future__ import annotations

from onkos.annotate.gene_table import Genes, genes_on
from onkos.annotate.inside import told_here, with_inner_events
from onkos.annotate.joined import with_fusions
from onkos.model import Case, Vocabulary
from onkos.model.reference import Reference


def with_placed_junctions(case: Case, vocabulary: Vocabulary, reference: Reference) -> Case:
    """The case with what its structural variants do to genes.

    By the user's reference where it reaches their assembly, else by the built-in table.
    """
    known: dict[str, Genes] = {}
    for assembly in dict.fromkeys(junction.assembly for junction in case.junctions):
        genes = genes_on(assembly, vocabulary, reference)
        if genes is not None:
            known[assembly] = genes
    groups = [
        (genome, frozenset(name for name, genes in known.items() if genes is genome))
        for genome in {id(genes): genes for genes in known.values()}.values()
    ]
    events: dict[int, str] = {}
    for genome, of in groups:
        events |= told_here(case, vocabulary, genome, of)
    case = with_fusions(case, vocabulary, known, events)
    for genome, of in groups:
        case = with_inner_events(case, vocabulary, genome, of)
    return case
