"""Which changes enter the table: each said by two sources, or by one and the reference protein."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from benchmarks.known_changes.models import Model, codons_for, triplets
from benchmarks.known_changes.rows import Row, trimmed
from benchmarks.known_changes.wanted import Wanted
from onkos.annotate.layout import CODONS
from onkos.model import Consequence, Gene
from onkos.model.protein import ProteinChange, same_change
from onkos.model.reference import reverse_complement

RECURRENT = 3  # tumours of TCGA from which a change that no rule names is taken in
MOST_AT_ONCE = 2  # bases of a codon changed at once in a change that no source has
TRUSTED = 0.9  # share of the sources' substitutions that a transcript must explain
_CODING = re.compile(r"c\.(\d+)([ACGT])>([ACGT])$")
Key = tuple[str, int, str, str]


class Known(NamedTuple):
    """A change for the table, by its place on GRCh37."""

    gene: str
    key: Key
    protein: str
    coding: str
    source: str


class Said:
    """All rows by place, and the bases of the genome that they let us know."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.by_gene: dict[str, dict[Key, list[Row]]] = defaultdict(lambda: defaultdict(list))
        seen: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
        for row in rows:
            self.by_gene[row.gene][row.key].append(row)
            for at, base in enumerate(row.reference):
                seen[row.chromosome, row.start + at][base] += 1
        self.bases = {place: next(iter(found)) for place, found in seen.items() if len(found) == 1}


def trusted(gene: str, model: Model, said: Said) -> bool:
    """Whether the transcript explains what the sources say of the gene's substitutions."""
    place_of = {place: at for at, place in enumerate(model.places)}
    right = total = 0
    for key, rows in said.by_gene[gene].items():
        if key[1] not in place_of or len(key[2]) != 1 or len(key[3]) != 1:
            continue
        residue = place_of[key[1]] // 3 + 1
        allowed = triplets(model, residue, {})
        for row in rows:
            if row.change is not None:
                total += 1
                right += any(_explains(codon, row, model, residue) for codon in allowed)
    return total >= RECURRENT and right >= TRUSTED * total


def sources(rows: Iterable[Row]) -> list[str]:
    """Names of the sources, those with a number of their own first."""
    names = {row.source for row in rows}
    order = ("CIViC", "ClinVar", "DoCM", "CGI", "TCGA")
    return sorted(names, key=lambda n: (order.index(n[: next(
        (i for i, c in enumerate(n) if c in ":-"), len(n))]), n))  # fmt: skip


def substitutions(gene: str, model: Model, said: Said, wanted: Wanted) -> Iterator[Known]:
    """Changes of one codon: those that sources have, and those asked for in a codon known."""
    own = said.by_gene[gene]
    place_of = {place: at for at, place in enumerate(model.places)}
    residues = set(wanted.letters.get(gene, ()))
    for key in own:
        if key[1] in place_of and len(key[2]) == len(key[3]):
            residues.add(place_of[key[1]] // 3 + 1)
    for residue in sorted(residues):
        if residue > len(model.protein):
            continue
        allowed = triplets(model, residue, said.bases)
        places = model.codon(residue)
        near = [r for k, rows in own.items() if set(range(k[1], k[1] + len(k[2]))) & set(places)
                for r in rows]  # fmt: skip
        allowed = _fitting(allowed, near, model, residue)
        if allowed:
            yield from _of_codon(gene, model, residue, allowed, near, wanted)


def _fitting(allowed: list[str], near: list[Row], model: Model, residue: int) -> list[str]:
    """Of the codons those that explain the most rows."""
    scores = {
        codon: sum(_explains(codon, row, model, residue) for row in near) for codon in allowed
    }
    best = max(scores.values(), default=0)
    return [codon for codon, score in scores.items() if score == best]


def _explains(codon: str, row: Row, model: Model, residue: int) -> bool:
    change = row.change
    after = _after(codon, row.key, model, residue)
    letter = (model.protein + "*")[residue - 1]
    if change is None or not after:
        return False
    return change.reference == letter and _letter(change) == after


def _letter(change: ProteinChange) -> str:
    """The new letter of a substitution, whatever number the source gives its residue."""
    if change.consequence is Consequence.SYNONYMOUS:
        return change.reference
    return change.alternate


def _after(codon: str, key: Key, model: Model, residue: int) -> str:
    """The residue that a change within the codon makes; empty where it is not within it."""
    places, bases = model.codon(residue), list(codon)
    if len(key[2]) != len(key[3]) or not key[2]:
        return ""
    for at, (old, new) in enumerate(zip(key[2], key[3], strict=True)):
        place = key[1] + at
        if place not in places or bases[places.index(place)] != model.base(old):
            return ""
        bases[places.index(place)] = model.base(new)
    return CODONS["".join(bases)]


def _of_codon(
    gene: str, model: Model, residue: int, allowed: list[str], near: list[Row], wanted: Wanted
) -> Iterator[Known]:
    letter = model.protein[residue - 1]
    rows_of: dict[Key, list[Row]] = defaultdict(list)
    for row in near:
        rows_of[row.key].append(row)
    codon_source = sources(near)[0] if near else "Ensembl"
    keys = dict.fromkeys(rows_of)
    for codon in allowed:
        keys |= dict.fromkeys(_possible(codon, model, residue, gene, wanted))
    for key in keys:
        after = {_after(codon, key, model, residue) for codon in allowed}
        if len(after) != 1 or "" in after or after == {letter} or residue == 1:
            continue
        [new] = after
        change = f"{letter}{residue}{new}"
        told = [
            r for r in rows_of.get(key, [])
            if r.change and (r.change.reference, r.change.alternate) == (letter, new)
        ]  # fmt: skip
        unsaid = [r for r in rows_of.get(key, []) if not r.protein]
        asked = wanted.single(gene, residue, new)
        counted = sum(r.samples for r in told)
        listed = any(not r.samples for r in (*told, *unsaid))
        if told or unsaid:
            if not (asked or listed or counted >= RECURRENT):
                continue
            source = sources((*told, *unsaid))[0]
        elif asked:
            source = f"codon:{codon_source}"
        else:
            continue
        yield Known(gene, key, change, coding_text(model, key), source)


def _possible(codon: str, model: Model, residue: int, gene: str, wanted: Wanted) -> Iterator[Key]:
    """Changes of a known codon to a residue asked for: single bases, and two or three at once."""
    places = model.codon(residue)
    if sorted(places) != list(range(min(places), min(places) + 3)):
        return
    for letter in {*CODONS.values()} - {model.protein[residue - 1]}:
        if not wanted.single(gene, residue, letter):
            continue
        targets = [(sum(a != b for a, b in zip(codon, t, strict=True)), t)
                   for t in codons_for(letter)]  # fmt: skip
        least = min(n for n, _ in targets)
        for differ, target in targets:
            alone = differ == 1 or wanted.named(gene, residue, letter)
            if alone and differ == least <= MOST_AT_ONCE:
                forward = [codon, target]
                if model.strand < 0:
                    forward = [reverse_complement(one) for one in forward]
                yield (model.chromosome, *trimmed(min(places), *forward))


def coding_text(model: Model, key: Key) -> str:
    """HGVS c. of a change of single or neighbouring bases within the coding sequence."""
    first = model.places.index(key[1] if model.strand > 0 else key[1] + len(key[2]) - 1) + 1
    old, new = key[2], key[3]
    if model.strand < 0:
        old, new = reverse_complement(old), reverse_complement(new)
    if len(old) == 1:
        return f"c.{first}{old}>{new}"
    last = first + len(old) - 1
    return (
        f"c.{first}_{last}inv" if new == reverse_complement(old) else f"c.{first}_{last}delins{new}"
    )


def others(
    gene: str, about: Gene, protein: str, model: Model | None, said: Said, wanted: Wanted
) -> Iterator[Known]:
    """Insertions, deletions, and changes of genes without a model: two sources must agree."""
    for key, rows in said.by_gene[gene].items():
        if model and len(key[2]) == len(key[3]):
            continue
        read = [(row, row.change) for row in rows]
        for change in (change for _, change in read):
            if change is None or change.consequence is Consequence.SYNONYMOUS:
                continue
            agreeing = [r for r, c in read if c and same_change(c.text, change.text)]
            independent = len({r.source.partition(":")[0] for r in agreeing})
            counted = sum(r.samples for r in agreeing)
            asked = any(same_change(change.text, one) for one in wanted.written.get(gene, ()))
            asked |= wanted.single(gene, change.first, change.alternate)
            if not asked and counted < RECURRENT and not any(not r.samples for r in agreeing):
                continue
            coded = [r for r in agreeing if r.coding]
            own = [r for r in coded if r.transcript.partition(".")[0] == about.transcript]
            fits = _fits(model, key, change) if model else _lettered(protein, change, key, coded)
            numbered = fits or (model is None and own)
            if not numbered or (independent < 2 and not fits):
                continue
            coding = (own or ([] if model else coded) or [None])[0]
            coding = coding.coding if coding else ""
            yield Known(gene, key, change.text, coding, sources(agreeing)[0])
            break


def _lettered(protein: str, change: ProteinChange, key: Key, rows: list[Row]) -> bool:
    """Whether the reference protein, the coding base and the code allow a substitution."""
    if len(key[2]) != 1 or len(key[3]) != 1 or not change.alternate:
        return False
    letters = protein + "*" if protein else ""
    if not 0 < change.first <= len(letters) or letters[change.first - 1] != change.reference:
        return False
    for row in rows:
        told = _CODING.match(row.coding)
        if told is None or (int(told[1]) + 2) // 3 != change.first:
            continue
        at = (int(told[1]) - 1) % 3
        for codon in codons_for(change.reference):
            new = codon[:at] + told[3] + codon[at + 1 :]
            if codon[at] == told[2] and CODONS[new] == change.alternate:
                return True
    return False


def _fits(model: Model, key: Key, change: ProteinChange) -> bool:
    """Whether an insertion or deletion lies where its protein change says, in the right frame."""
    first, last, kind = change.first, change.last, change.consequence
    at = [model.places.index(p) for p in range(key[1] - (not key[2]), key[1] + max(len(key[2]), 1))
          if p in _places(model)]  # fmt: skip
    if not at or last > len(model.protein) + 1 or key[1] not in _places(model):
        return False
    letters = model.protein + "*"
    if change.reference and letters[first - 1] != change.reference[0]:
        return False
    touched = min(at) // 3 + 1, max(at) // 3 + 1
    shift = len(key[3]) - len(key[2])
    if kind is Consequence.FRAMESHIFT or (kind is Consequence.NONSENSE and shift % 3):
        return shift % 3 != 0 and touched[0] - 1 <= first <= touched[1] + 6
    if shift % 3:
        return False
    gained = _gain(change)
    near = touched[0] - 1 <= last and first <= touched[1] + 6
    return near and (gained is None or 3 * gained == shift)


def _gain(change: ProteinChange) -> int | None:
    """Residues gained; None where the text does not tell."""
    text, size = change.text, change.last - change.first + 1
    if text.endswith("del"):
        return -size
    if text.endswith("dup"):
        return int(size)
    new = change.alternate
    if "delins" in text:
        return None if "*" in new else len(new) - size
    return len(new) if "ins" in text and "*" not in new else None


_KEPT: dict[int, frozenset[int]] = {}


def _places(model: Model) -> frozenset[int]:
    return _KEPT.setdefault(id(model), frozenset(model.places))
