"""What archives say of the very alleles of a case, set beside what is said of them here.

It is shown and nothing rests on it. An allele is looked up as it is: no residue, no gene and no
other change of the same protein stands for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from onkos.annotate.assembly import put
from onkos.annotate.edit import Edit, leftmost
from onkos.errors import VocabularyError
from onkos.model import (
    Allele,
    Archive,
    Aspect,
    Case,
    Classification,
    Knowledge,
    Oncogenicity,
    Origin,
    Record,
    Says,
    Searched,
    SmallVariant,
)
from onkos.model.diseases import DiseaseTree
from onkos.model.reference import Reference

_MITOCHONDRION = "MT"
# Words in a tumour's name that tell what its bearer was born with.
_BORN_TO = ("germ line", "germline", "predispos", "hereditary", "familial", "down syndrome")


def recorded(case: Case, knowledge: Knowledge, genome: Reference) -> Case:
    """The case with what archives say of its small variants.

    Where inherited findings are withheld, what an archive says of an allele as an inherited one
    goes too, of each allele alike, and the conditions beside its other classifications that are
    no tumour: "Li-Fraumeni syndrome" stands there too.
    """
    placed = [a for a in case.alterations if isinstance(a, SmallVariant) and _is_placed(a)]
    if not placed:
        return case
    told: dict[int, tuple[Record, ...]] = {}
    for archive in knowledge.archives:
        alleles = {id(a): _alleles(a, archive, genome) for a in placed}
        found = archive.find(allele for some in alleles.values() for allele in some)
        for variant in placed:
            rows = {r.id: r for one in alleles[id(variant)] for r in found.get(one, ())}
            said = (
                _withheld(row, knowledge.vocabulary.tree) if case.withholds_germline else row
                for row in rows.values()
            )
            kept = (_of_this(row, variant) for row in said)
            own = tuple(record for record in kept if record.classifications)
            told[id(variant)] = (*told.get(id(variant), ()), *own)
    kept_all = (replace(a, records=told[id(a)]) if told.get(id(a)) else a for a in case.alterations)
    return replace(case, alterations=tuple(kept_all))


def searched(
    case: Case, knowledge: Knowledge, genome_assemblies: Iterable[str] = ()
) -> tuple[Searched, ...]:
    """How many variants of a case were looked up in each archive."""
    variants = [a for a in case.alterations if isinstance(a, SmallVariant)]
    return tuple(
        _searched(variants, one, frozenset(genome_assemblies)) for one in knowledge.archives
    )


def _searched(
    variants: Iterable[SmallVariant], archive: Archive, brought: frozenset[str]
) -> Searched:
    placed = found = unplaced = 0
    elsewhere: Counter[str] = Counter()
    for variant in variants:
        if not _is_placed(variant):
            unplaced += 1
        elif variant.assembly not in {*archive.assemblies, *brought}:
            elsewhere[variant.assembly] += 1
        else:
            placed += 1
            found += any(r.source == archive.source for r in variant.records)
    return Searched(
        source=archive.source,
        version=archive.version,
        assemblies=archive.assemblies,
        placed=placed,
        found=found,
        elsewhere=dict(sorted(elsewhere.items())),
        unplaced=unplaced,
    )


def reached(knowledge: Knowledge, genome: Reference) -> tuple[str, ...]:
    """Assemblies whose variants the genome at hand brings to one that an archive is of."""
    if not any(genome.assembly in archive.assemblies for archive in knowledge.archives):
        return ()
    return tuple(genome.lifts_from)


def _is_placed(variant: SmallVariant) -> bool:
    told = variant.reference or variant.alternate
    return bool(variant.position and variant.chromosome and told)


def _alleles(variant: SmallVariant, archive: Archive, genome: Reference) -> tuple[Allele, ...]:
    """The allele on an assembly of the archive, in the form that a VCF gives; none elsewhere."""
    chromosome = variant.chromosome.removeprefix("chr")
    if chromosome == "M" and variant.assembly == "GRCh38":  # that of hg19 has other places
        chromosome = _MITOCHONDRION
    if variant.assembly in archive.assemblies:
        behind = not variant.reference.strip("-")  # as in a MAF: the base before the insertion
        own = Allele.of(
            variant.assembly,
            chromosome,
            variant.position + behind,
            variant.reference.strip("-"),
            variant.alternate.strip("-"),
        )
        if variant.assembly != genome.assembly:
            return (own,)
    elif genome.assembly in archive.assemblies and variant.assembly in genome.lifts_from:
        place = put(variant, variant.assembly, genome)
        if place is None:
            return ()
        own = Allele.of(genome.assembly, *place)
    else:
        return ()
    return tuple(dict.fromkeys((own, _leftmost(own, genome))))


def _leftmost(own: Allele, genome: Reference) -> Allele:
    """The form of a VCF; of a row that the genome contradicts the one that it has."""
    _, chromosome, start, removed, bases = own
    if removed and genome.sequence(chromosome, start, start + len(removed) - 1) != removed:
        return own
    edit = Edit(chromosome, start, start + len(removed) - 1, removed, bases)
    first = leftmost(edit, genome)
    return own._replace(start=first.start, removed=first.removed, bases=first.bases)


def _of_this(record: Record, variant: SmallVariant) -> Record:
    """The record, and how it differs from what is said here."""
    return replace(record, differs=_differs(record.source, record.classifications, variant))


def _withheld(record: Record, tree: DiseaseTree) -> Record:
    """The record without what is said of the allele as an inherited one.

    A tier is one of a disease: with no tumour left beside it, it goes as if there were none.
    """
    kept = []
    for one in record.classifications:
        if one.aspect is Aspect.ONCOGENICITY:
            kept.append(replace(one, conditions=()))
        elif one.aspect is Aspect.IMPACT:
            tumours = tuple(name for name in one.conditions if _is_tumour(name, tree))
            kept += [replace(one, conditions=tumours)] if tumours else []
    return replace(record, classifications=tuple(kept))


def _is_tumour(name: str, tree: DiseaseTree) -> bool:
    """Whether the tree knows it, and not as one that somebody is born to."""
    if any(word in name.casefold() for word in _BORN_TO):
        return False
    try:
        tree.resolve(name)
    except VocabularyError:
        return False
    return True


def _differs(source: str, told: Iterable[Classification], variant: SmallVariant) -> str:
    """An inherited change is set beside the germline classification, any other beside the
    oncogenicity; of a classification of a haplotype nothing is compared."""
    ours = _ours(variant.oncogenicity)
    inherited = variant.origin is Origin.GERMLINE
    beside = Aspect.GERMLINE if inherited else Aspect.ONCOGENICITY
    for one in told if ours else ():
        if one.aspect is beside and not one.within and one.says not in {None, ours}:
            return f"{' and '.join(one.values)} in {source}, {variant.oncogenicity} here"
    return ""


def _ours(standing: Oncogenicity | None) -> Says | None:
    if standing is None:
        return None
    if standing.drives:
        return Says.CAUSAL
    return Says.HARMLESS if standing.harmless else Says.UNCERTAIN
