"""Which protein changes matter: those that a rule of the knowledge or a hotspot names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from onkos.model import Knowledge
from onkos.model.criterion import Mutation, atoms

_LETTERS = re.compile(r"^([A-Z])(\d+)((?:[A-Z*](?:/|$))*)$")


class Wanted:
    """Changes by gene: single residues with the letters asked for, and all others as written."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.letters: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.written: dict[str, set[str]] = defaultdict(set)
        for atom in _mutations(knowledge):
            for gene in atom.genes:
                self._take(gene, atom)
        for hotspot in knowledge.vocabulary.oncogenicity.hotspots:
            if hotspot.reference and hotspot.first == hotspot.last:
                self.letters[hotspot.gene][hotspot.first] |= set(hotspot.changes)

    def _take(self, gene: str, atom: Mutation) -> None:
        found = _LETTERS.match(atom.change)
        if found:
            letters = set(found[3].replace("/", "")) or {"any"}
            self.letters[gene][int(found[2])] |= letters
        elif atom.change:
            self.written[gene].add(atom.change)
        for first, last in atom.codons:
            if last - first <= 1:
                for residue in range(first, last + 1):
                    self.letters[gene][residue].add("any")

    def single(self, gene: str, residue: int, letter: str) -> bool:
        """Whether a substitution is asked for."""
        letters = self.letters.get(gene, {}).get(residue, set())
        return letter in letters or ("any" in letters and letter != "*")

    def named(self, gene: str, residue: int, letter: str) -> bool:
        """Whether a substitution is asked for by its letter."""
        return letter in self.letters.get(gene, {}).get(residue, ())


def _mutations(knowledge: Knowledge) -> Iterator[Mutation]:
    rules = [claim.when for claim in knowledge.claims]
    rules += [when for gene in knowledge.vocabulary.genes for c in gene.changes for when in c.when]
    for group in knowledge.vocabulary.groups:
        for gene in group.genes:
            spans = tuple((codon, codon) for codon in group.codons)
            yield Mutation(genes=(gene,), codons=spans)
    for rule in rules:
        for atom in atoms(rule):
            if isinstance(atom, Mutation):
                yield atom
