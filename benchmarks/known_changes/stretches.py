"""Deletions and duplications of stretches in which any one counts, made up of the genome itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from benchmarks.known_changes.agreed import Key, Known
from benchmarks.known_changes.models import Model
from benchmarks.known_changes.wanted import Wanted

SOURCE = "genome:GRCh38"


class Stretch(NamedTuple):
    """Codons of a gene in which deletions or duplications in frame are listed, all of them."""

    gene: str
    first: int
    last: int
    word: str
    most: int


STRETCHES = (
    Stretch("EGFR", 743, 756, "deletion", 24),
    Stretch("EGFR", 762, 775, "duplication", 12),
    Stretch("KIT", 550, 561, "deletion", 18),
)


def within(model: Model, gene: str, bases: dict[tuple[str, int], str]) -> Iterator[Known]:
    """The changes of a gene's stretches, by their place on GRCh37."""
    for stretch in STRETCHES:
        if stretch.gene != gene:
            continue
        places = sorted(model.places[3 * stretch.first - 3 : 3 * stretch.last])
        for at, size in product(range(len(places)), range(3, stretch.most + 1, 3)):
            run = places[at : at + size]
            if len(run) < size or run[-1] - run[0] != size - 1:
                continue
            text = "".join(bases.get((model.chromosome, place), "") for place in run)
            if len(text) == size:
                gone = stretch.word == "deletion"
                change = (text, "") if gone else ("", text)
                yield Known(gene, (model.chromosome, run[0], *change), "", "", SOURCE)


def written(
    model: Model, gene: str, bases: dict[tuple[str, int], str], wanted: Wanted
) -> Iterator[tuple[Known, str]]:
    """Deletions with one or two bases put in, where a rule asks for what they may amount to."""
    for change in wanted.written.get(gene, ()):
        if "delins" not in change:
            continue
        numbers = [int("".join(filter(str.isdigit, part)) or 0)
                   for part in change.partition("delins")[0].split("_")]  # fmt: skip
        places = sorted(model.places[3 * numbers[0] - 6 : 3 * numbers[-1] + 3])
        lost = 3 * (numbers[-1] - numbers[0] + 1 - len(change.partition("delins")[2]))
        for at, more in product(range(len(places)), (0, 1, 2)):
            run = places[at : at + lost + more]
            text = "".join(bases.get((model.chromosome, place), "") for place in run)
            if len(text) != lost + more or run[-1] - run[0] != len(run) - 1 or lost <= 0:
                continue
            for new in map("".join, product("ACGT", repeat=more)):
                if new and (new[0] == text[0] or new[-1] == text[-1]):
                    continue
                key: Key = (model.chromosome, run[0], text, new)
                yield Known(gene, key, "", "", SOURCE), change
