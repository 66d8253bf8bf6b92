"""Eligibility in free text against the reviewed trees of 416 trials.

python -m benchmarks.eligibility             figures of the developing half, and its misses
python -m benchmarks.eligibility --score     figures of the scoring half alone, without its texts

Trials whose number ends in 0, 2 or 4 are for developing, in 6 or 8 for scoring. The unit is a
gene, a class of alteration, and required or excluded, once per trial. KRAS wild-type required is
KRAS mutation excluded; a fusion of two named genes is one unit. CTML's "any variation" agrees with
every class, as it includes it; "same class" does not take it for that. A status of a protein (HER2
positive) is a class of its own, "protein", from a clinical leaf of the trees: it counts apart. HER2
positive is overexpression or amplification, so that it agrees with a tree that says copies. "A
status of the protein beside" scores the genomic units and lets a protein of the other side agree.
"What decides alone" leaves out what stands beside an alternative or an exception that was not
read. How the misses of the developing half sort by hand is told in docs/decisions/0021.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.timing import SHARED
from onkos.model import CopyCall, Vocabulary
from onkos.model.criterion import (
    And,
    CopyNumberIs,
    Criterion,
    EventIs,
    FusionIs,
    LossOfFunction,
    Mutation,
    Not,
    Or,
    ProteinIs,
    Status,
    WildType,
    atoms,
)
from onkos.model.trial import (
    AnyOf,
    Eligibility,
    NoneOf,
    Polarity,
    Trial,
    TrialCriterion,
    criteria_of,
)
from onkos.sources.knowledge import builtin
from onkos.sources.knowledge.trials import read_trials
from onkos.sources.knowledge.trials.freetext import extract

HALVES = {"developing": "024", "scoring": "68"}
PROTEINS = {"HER2": "ERBB2", "ER": "ESR1", "PR": "PGR"}
GENOMIC = ("mutation", "copies", "structure", "any")


class Unit(NamedTuple):
    """What is scored, once per trial."""

    gene: str
    kind: str
    polarity: str


def units(criterion: Criterion, excluded: bool) -> Iterator[Unit]:
    """Units of one criterion; what is denied within is excluded."""
    if isinstance(criterion, Not):
        yield from units(criterion.of, not excluded)
        return
    if isinstance(criterion, (And, Or)):
        if _is_any(criterion):
            first = atoms(criterion)[0]
            yield from (Unit(gene, "any", _said(excluded)) for gene in first.genes)  # type: ignore[union-attr]
            return
        for part in criterion.of:
            yield from units(part, excluded)
        return
    yield from _of_leaf(criterion, excluded)


def _is_any(criterion: And | Or) -> bool:
    """Any variation, as CTML's reader and the extractor write it."""
    kinds = {type(part) for part in criterion.of}
    return {Mutation, CopyNumberIs, FusionIs} <= kinds and len(criterion.of) == 4


def _said(excluded: bool) -> str:
    return "excluded" if excluded else "required"


def _of_leaf(leaf: Criterion, excluded: bool) -> Iterator[Unit]:
    match leaf:
        case WildType(genes=genes):
            yield from (Unit(gene, "mutation", _said(not excluded)) for gene in genes)
        case Mutation(genes=genes) | LossOfFunction(genes=genes):
            yield from (Unit(gene, "mutation", _said(excluded)) for gene in genes)
        case EventIs(gene=gene):
            yield Unit(gene, "mutation", _said(excluded))
        case CopyNumberIs(genes=genes, call=CopyCall()):
            yield from (Unit(gene, "copies", _said(excluded)) for gene in genes)
        case FusionIs(genes=genes, five=five, three=three):
            named = genes or ("::".join(sorted((five, three))),)
            yield from (Unit(gene, "structure", _said(excluded)) for gene in named)
        case ProteinIs(genes=genes):
            yield from (Unit(gene, "protein", _said(excluded)) for gene in genes)
        case Status(name=name, status=status) if name in PROTEINS and status in {
            "positive",
            "negative",
        }:
            yield Unit(PROTEINS[name], "protein", _said(excluded is (status == "positive")))


def units_of(
    rules: Iterator[Eligibility] | list[Eligibility],
    negated: bool = False,
    deciding: bool = False,
) -> set[Unit]:
    """Units of rules, read ones only; with `deciding`, none beside an alternative not read."""
    found: set[Unit] = set()
    for rule in rules:
        if deciding and isinstance(rule, AnyOf) and any(c.unread for c in criteria_of(rule)):
            continue
        if isinstance(rule, TrialCriterion):
            if rule.criterion is not None:
                out = (rule.polarity is Polarity.EXCLUDED) is not negated
                found |= set(units(rule.criterion, out))
        else:
            found |= units_of(list(rule.of), negated is not isinstance(rule, NoneOf), deciding)
    return found


def same_gene(one: Unit, other: Unit) -> bool:
    """Whether two units speak of one gene; a fusion of two speaks of either."""
    return bool(set(one.gene.split("::")) & set(other.gene.split("::")))


def agrees(one: Unit, other: Unit, strict: bool) -> bool:
    """Whether two units say the same."""
    if one.polarity != other.polarity or not same_gene(one, other):
        return False
    if one.kind == other.kind:
        return True
    kinds = {one.kind, other.kind}
    return not strict and ("any" in kinds or kinds == {"protein", "copies"})


class Miss(NamedTuple):
    """A unit of one side that the other lacks."""

    trial: str
    unit: Unit
    side: str
    sort: str


def named_in(gene: str, trial: Trial, vocabulary: Vocabulary) -> bool:
    """Whether a text names a gene by any of its names."""
    from onkos.sources.knowledge.trials.freetext.words import words_of

    tables = words_of(vocabulary)
    return any(
        set(gene.split("::")) & set(tables.genes_of(word.value))
        or (word.kind == "PHRASE" and gene in word.value)
        for word in tables.of(trial.eligibility, 0, len(trial.eligibility))
        if word.kind in {"GENE", "PHRASE"}
    )


def sort_missed(trial: Trial, unit: Unit, got: set[Unit], vocabulary: Vocabulary) -> str:
    """Whose error a unit of the tree is that the extractor lacks."""
    if any(same_gene(one, unit) and one.kind == unit.kind for one in got):
        return "open: the same gene and class, the other way round"
    if not named_in(unit.gene, trial, vocabulary):
        return "tree: the gene is nowhere in the text"
    alike = [one for one in got if same_gene(one, unit) and one.polarity == unit.polarity]
    if alike and all(one.kind == "protein" for one in alike):
        return "open: the words tell a status of the protein, the tree a class of the gene"
    if alike:
        return "open: the class of the tree is not that of the words read"
    return "extractor: the gene is in the text"


def sort_added(unit: Unit, want: set[Unit]) -> str:
    """Whose error a unit of the extractor is that the tree lacks."""
    if not want:
        return "tree: the text names it, the tree has no gene at all"
    same = {one for one in want if same_gene(one, unit)}
    if any(one.polarity == unit.polarity for one in same):
        return "open: the tree has the gene with another class"
    if any(unit.kind == one.kind or "any" in {unit.kind, one.kind} for one in same):
        return "extractor: the tree has the gene the other way round"
    if same:
        return "open: the tree has another class of the gene the other way round"
    return "tree: the text names it, the tree has nothing of the gene"


def figures(half: str, show: bool) -> None:
    """Print precision and recall of one half, and its misses by sort."""
    folder = SHARED / "knowledge" / "trials" / "nct2ctml"
    paths = [p for p in sorted(folder.glob("*.yaml")) if p.stem[-1] in HALVES[half]]
    vocabulary = builtin().vocabulary
    trials = [one for one in read_trials(paths, vocabulary) if isinstance(one, Trial)]
    began = time.perf_counter()
    got = {one.id: list(extract(one.eligibility, vocabulary)) for one in trials}
    seconds = time.perf_counter() - began
    print(f"{half}: {len(trials)} trials, {seconds:.1f} s")
    _share(trials, got)
    read = {name: units_of(rules) for name, rules in got.items()}
    deciding = {name: units_of(rules, deciding=True) for name, rules in got.items()}
    proteins = (*GENOMIC, "protein")
    misses = _compared("genomic", trials, read, GENOMIC, vocabulary)
    if show:
        _list(misses)
    _compared(
        "genomic, a status of the protein beside",
        trials,
        read,
        GENOMIC,
        vocabulary,
        False,
        proteins,
    )
    _compared("genomic, same class", trials, read, GENOMIC, vocabulary, strict=True)
    _compared("genomic and proteins", trials, read, proteins, vocabulary)
    _compared("genomic, what decides alone", trials, deciding, GENOMIC, vocabulary)


def _share(trials: list[Trial], got: dict[str, list[Eligibility]]) -> None:
    told = [c for rules in got.values() for rule in rules for c in criteria_of(rule) if c.span]
    read = sum(len(re.sub(r"\s", "", c.text)) for c in told if not c.unread)
    whole = sum(len(re.sub(r"\s", "", one.eligibility)) for one in trials)
    unread = sum(bool(c.unread) for c in told)
    print(
        f"  criteria read {len(told) - unread}, stretches unread {unread}; "
        f"{read / whole:.1%} of the characters read"
    )


def _compared(
    label: str,
    trials: list[Trial],
    got: dict[str, set[Unit]],
    kinds: tuple[str, ...],
    vocabulary: Vocabulary,
    strict: bool = False,
    against: tuple[str, ...] = (),
) -> list[Miss]:
    """Print precision and recall of units of `kinds`, beside those of `against`, and the misses."""
    beside = against or kinds
    right = hit = wanted = given = 0
    misses: list[Miss] = []
    for trial in trials:
        rules: list[Eligibility] = [c.rule for c in trial.all_levels() if c.rule is not None]
        told = {u for u in units_of(rules) if u.kind in beside}
        read = {u for u in got[trial.id] if u.kind in beside}
        want = {u for u in told if u.kind in kinds}
        have = {u for u in read if u.kind in kinds}
        wanted, given = wanted + len(want), given + len(have)
        added = [u for u in sorted(have) if not any(agrees(u, one, strict) for one in told)]
        missed = [u for u in sorted(want) if not any(agrees(u, one, strict) for one in read)]
        right, hit = right + len(have) - len(added), hit + len(want) - len(missed)
        misses += [Miss(trial.id, u, "added", sort_added(u, told)) for u in added]
        misses += [
            Miss(trial.id, u, "missed", sort_missed(trial, u, got[trial.id], vocabulary))
            for u in missed
        ]
    print(
        f"  {label}: precision {right}/{given} = {right / max(1, given):.3f}, "
        f"recall {hit}/{wanted} = {hit / max(1, wanted):.3f}"
    )
    for side in ("added", "missed"):
        for sort, count in Counter(m.sort for m in misses if m.side == side).most_common():
            print(f"      {side} {count:4}  {sort}")
    _by_their_sorts(misses, right, given, hit, wanted)
    return misses


def _by_their_sorts(misses: list[Miss], right: int, given: int, hit: int, wanted: int) -> None:
    """What the figures would be if the errors sorted to the trees were the trees'."""
    added = sum(m.side == "added" and m.sort.startswith("tree") for m in misses)
    missed = sum(m.side == "missed" and m.sort.startswith("tree") for m in misses)
    precision, recall = right / max(1, given - added), hit / max(1, wanted - missed)
    print(f"      without errors sorted to the tree: {precision:.3f} and {recall:.3f}")


def _list(misses: list[Miss]) -> None:
    for miss in misses:
        print(f"    {miss.trial} {miss.side:6} {' '.join(miss.unit)}   [{miss.sort}]")


def main() -> None:
    """Print the figures of the half that is asked for."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--score", action="store_true", help="the scoring half")
    options.add_argument(
        "--misses", action="store_true", help="list the misses of the scoring half"
    )
    given = options.parse_args()
    figures("scoring" if given.score else "developing", show=given.misses or not given.score)


if __name__ == "__main__":
    main()
