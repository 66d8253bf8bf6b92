"""The syntax tree of the criteria language. ``str()`` of a tree parses back to it."""

from __future__ import annotations

from onkos.model.criterion_patient import (
    ComedicationIs,
    Compare,
    DiseaseIs,
    HlaIs,
    LineIs,
    PriorIs,
    PriorLinesIs,
    SettingIs,
    SexIs,
    StageIs,
    Status,
)
from onkos.model.criterion_tumour import (
    WORDS_OF_MUTATION,
    AlleleFraction,
    Copies,
    CopyNumberIs,
    CountIs,
    CytogeneticIs,
    EventIs,
    FusionIs,
    LossOfFunction,
    MethylationIs,
    Mutation,
    PhaseIs,
    ProteinIs,
    WildType,
)
from onkos.model.noun import Noun, require

__all__ = [
    "WORDS_OF_MUTATION",
    "AlleleFraction",
    "And",
    "ComedicationIs",
    "Compare",
    "Copies",
    "CopyNumberIs",
    "CountIs",
    "Criterion",
    "CytogeneticIs",
    "DiseaseIs",
    "EventIs",
    "FusionIs",
    "HlaIs",
    "LineIs",
    "LossOfFunction",
    "MethylationIs",
    "Mutation",
    "Not",
    "Or",
    "PhaseIs",
    "PriorIs",
    "PriorLinesIs",
    "ProteinIs",
    "SettingIs",
    "SexIs",
    "StageIs",
    "Status",
    "WildType",
    "atoms",
    "genes_named",
]


class Not(Noun, frozen=True, kw_only=True, cache_hash=True, tag="not"):
    """Negation; unknown stays unknown."""

    of: Criterion

    def __str__(self) -> str:
        return f"not {_operand(self.of)}"


class And(Noun, frozen=True, kw_only=True, cache_hash=True, tag="and"):
    """All of two or more."""

    of: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        require(len(self.of) >= 2, "and joins two or more")

    def __str__(self) -> str:
        return " and ".join(_operand(part) for part in self.of)


class Or(Noun, frozen=True, kw_only=True, cache_hash=True, tag="or"):
    """Any of two or more."""

    of: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        require(len(self.of) >= 2, "or joins two or more")

    def __str__(self) -> str:
        return " or ".join(_operand(part) for part in self.of)


def _operand(part: Criterion) -> str:
    return f"({part})" if isinstance(part, (And, Or, Not)) else str(part)


Criterion = (
    Mutation
    | LossOfFunction
    | CopyNumberIs
    | Copies
    | FusionIs
    | ProteinIs
    | EventIs
    | MethylationIs
    | WildType
    | PhaseIs
    | CytogeneticIs
    | HlaIs
    | Compare
    | Status
    | AlleleFraction
    | CountIs
    | SexIs
    | StageIs
    | SettingIs
    | LineIs
    | PriorIs
    | PriorLinesIs
    | ComedicationIs
    | DiseaseIs
    | Not
    | And
    | Or
)


def atoms(criterion: Criterion) -> tuple[Criterion, ...]:
    """All leaves, left to right."""
    match criterion:
        case Not(of=inner):
            return atoms(inner)
        case And(of=parts) | Or(of=parts):
            return tuple(leaf for part in parts for leaf in atoms(part))
        case _:
            return (criterion,)


def genes_named(criterion: Criterion) -> frozenset[str]:
    """All gene symbols that a criterion speaks of."""
    found: set[str] = set()
    for leaf in atoms(criterion):
        match leaf:
            case PhaseIs(first=first, second=second):
                found.update(first.genes, second.genes)
            case CountIs(of=inner):
                found.update(inner.genes)
            case EventIs(gene=gene) | MethylationIs(gene=gene) | AlleleFraction(gene=gene):
                found.add(gene)
            case FusionIs(genes=genes, five=five, three=three):
                found.update(genes, (five, three) if five else ())
            case (
                Mutation(genes=genes)
                | LossOfFunction(genes=genes)
                | CopyNumberIs(genes=genes)
                | Copies(genes=genes)
                | ProteinIs(genes=genes)
                | WildType(genes=genes)
            ):
                found.update(genes)
            case _:
                pass
    return frozenset(found)


def genes_changed(criterion: Criterion) -> frozenset[str]:
    """Genes of which a change is asked for; not those that must be unchanged.

    >>> from onkos.model.criterion_tumour import WildType
    >>> genes_changed(Not(of=WildType(genes=("KRAS",))))
    frozenset()
    """
    match criterion:
        case Not() | WildType():
            return frozenset()
        case And(of=parts) | Or(of=parts):
            return frozenset().union(*map(genes_changed, parts))
        case _:
            return genes_named(criterion)
