"""The built-in facts of the oncogenicity standard, from their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from onkos.model import (
    CriticalRegion,
    Gene,
    Hotspot,
    OncogenicityFacts,
    Predictor,
    SingleCause,
)
from onkos.sources.knowledge.entries import Entries, Problems, Table, convert

_RESIDUE = re.compile(r"^([A-Z])(\d+)$")


def read_oncogenicity(
    entries: Entries, genes: tuple[Gene, ...], problems: Problems
) -> OncogenicityFacts:
    """The facts, each gene checked against the vocabulary and each residue against its length."""
    table, where = entries.get("oncogenicity", [({}, "")])[0]
    lengths = {gene.symbol: gene.length for gene in genes}
    hotspots = tuple(_hotspots(entries, problems))
    regions = convert(entries, "critical_region", CriticalRegion, problems)
    causes = convert(entries, "single_cause", SingleCause, problems)
    reach = [(h.gene, h.last) for h in hotspots]
    reach += [(r.gene, last) for r in regions for _, last in r.codons]
    reach += [(c.gene, 0) for c in causes]
    reach += [
        entry for name in ("last_exon", "loss_reaches") for entry in table.get(name, {}).items()
    ]
    for gene, residue in reach:
        if gene not in lengths:
            problems.add("oncogenicity", f"{gene!r} is not a gene of the vocabulary")
        elif lengths[gene] and residue > lengths[gene]:
            problems.add("oncogenicity", f"{gene}: {residue} lies beyond its {lengths[gene]}")
    try:
        facts = msgspec.convert(table, OncogenicityFacts)
    except msgspec.ValidationError as error:
        problems.add(where, error)
        facts = OncogenicityFacts()
    return msgspec.structs.replace(
        facts,
        hotspots=hotspots,
        regions=regions,
        single_causes=causes,
        predictors=convert(entries, "predictor", Predictor, problems),
    )


def _hotspots(entries: Entries, problems: Problems) -> Iterator[Hotspot]:
    for table, where in entries.get("hotspots", []):
        for gene, residues in table.items():
            yield from _of_gene(gene, residues, where, problems)


def _of_gene(gene: str, residues: Table, where: str, problems: Problems) -> Iterator[Hotspot]:
    for residue, counts in residues.items():
        found = _RESIDUE.match(residue)
        try:
            if not found:
                raise ValueError("not a residue such as V600")
            changes = dict(_counted(part) for part in str(counts).split())
            at = int(found[2])
            yield Hotspot(gene=gene, first=at, last=at, reference=found[1], changes=changes)
        except ValueError as error:
            problems.add(f"{where} [{gene} {residue}]", error)


def _counted(part: str) -> tuple[str, int]:
    """``"E:833"`` as letter and number of tumours."""
    letter, _, number = part.rpartition(":")
    if not letter or not number.isdigit():
        raise ValueError(f"{part!r} is not a letter and a number of tumours such as E:833")
    return letter, int(number)
