"""Words of eligibility texts: a table of phrases from the vocabulary and from a file of words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from onkos.model import Vocabulary
from onkos.sources.knowledge.maps import FOLDER
from onkos.sources.knowledge.trials.symbols import approved

_ATOM = re.compile(r"[^\W_]+|[^\s\w]|_")
_CHANGE = re.compile(
    r"(?:p\.)?([ACDEFGHIKLMNPQRSTVWY]\d{1,4})(?:([ACDEFGHIKLMNPQRSTVWY](?:/[A-Z])*)|[Xx])?"
    r"(?!\w|-\d)"
)
_EXON = re.compile(
    r"(?:in )?(?:exons?[ -]?|ex\.? ?|E(?=\d))(\d{1,2})(?![\d])"
    r"(?:\s?-?(deletions?|dels?|insertions?|ins)(?![a-z]))?",
    re.IGNORECASE,
)
_EXON_AFTER = re.compile(
    r"(?:(del|ins)\s?-?(19|20)|(19|20)\s?-?(del|ins))(?:etions?|ertions?)?(?!\w)", re.I
)
_MORE = re.compile(r"\s?(?:[/,&]|\s(?:and|or)\s)\s?(\d)(?![\w.])")
_GLUED = re.compile(r"([A-Z][A-Z0-9]{2,})(wt|mut|mt|m|r)")
_SUFFIX = {"wt": "wild-type", "r": "rearrangement"}
_RANGE = re.compile(r"\s?[-\u2013]\s?(\d)(?![\w.])")


class Word(NamedTuple):
    """A word or phrase that means something here, with its place in the text."""

    kind: str
    value: str
    start: int
    end: int


class Words:
    """Tables of one vocabulary, by the first word of each phrase.

    Parameters
    ----------
    vocabulary : Vocabulary
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.said: dict[str, Any] = said_words()
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = {}
        self._fill()
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _fill(self) -> None:
        said = self.said
        for text, rule in said["phrases"].items():
            self._add(text, "PHRASE", rule)
        for name in said["measures"]:
            self._add(name, "MEASURE", said["measures"][name])
        for symbol in self._genes():
            self._add(*symbol)
        for name in said["proteins"]:
            if name not in said["genes"] and name.upper() not in self.vocabulary.symbol_by_name:
                self._add(name, "PROTEIN", said["proteins"][name], exact=True)
        for meaning, words in said["classes"].items():
            for word in words:
                self._add(word, "CLASS", meaning)
        for word in said["targets"]["words"]:
            self._add(word, "TARGET", word, exact=word == "I")
        for kind, words in said["cues"].items():
            for word in words:
                self._add(word, f"CUE_{kind}", word)
        for word in said["fill"]["words"]:
            self._add(word, "FILL", word)

    def _genes(self) -> Iterator[tuple[str, str, str, bool]]:
        for name, symbol in self.said["genes"].items():
            yield name, "GENE", symbol, not any(part.islower() for part in name.split())
        for name, symbol in self.vocabulary.symbol_by_name.items():
            yield name, "GENE", symbol, not any(c.isdigit() for c in name)
        for gene in self.vocabulary.genes:
            if " " in gene.name:
                yield gene.name, "GENE", gene.symbol, False
        for name, group in self.vocabulary.group_by_name.items():
            if group.name not in self.said["pathways"]["names"]:
                yield name, "GENE", group.name, True
        known = self.vocabulary.symbol_by_name
        for symbol in approved():
            if symbol not in known and len(symbol) > 2:
                yield symbol, "GENE", symbol, True

    def _add(self, phrase: str, kind: str, value: str, exact: bool = False) -> None:
        atoms = tuple(a for a in _ATOM.findall(phrase) if a != "-")
        if not atoms:
            return
        key = tuple(atom.casefold() for atom in atoms)
        spelled = "".join(atoms) if exact else ""
        self._by_first.setdefault(key[0], []).append((key, kind, value, spelled))

    def of(self, text: str, start: int, end: int) -> list[Word]:
        """Words of a stretch of text; what means nothing here is of the kind OTHER."""
        return list(_Reader(self, text, start, end))

    def match(self, text: str, atoms: list[re.Match[str]], at: int) -> tuple[int, str, str] | None:
        """How many atoms the longest phrase takes, its kind and its value."""
        for key, kind, value, spelled in self._by_first.get(atoms[at].group().casefold(), ()):
            taken = _same(key, atoms, at)
            if taken is None:
                continue
            found = "".join(a.group() for a in atoms[at:taken] if a.group() != "-")
            if not spelled or spelled == found:
                return taken, kind, value
        return None

    def genes_of(self, name: str) -> tuple[str, ...]:
        """Approved symbols of a gene or group."""
        group = self.vocabulary.group_by_name.get(name.upper())
        return group.genes if group else (name,)


def _same(key: tuple[str, ...], atoms: list[re.Match[str]], at: int) -> int | None:
    """Where a phrase ends; hyphens within count as spaces."""
    i = at
    for n, part in enumerate(key):
        while n and i < len(atoms) and atoms[i].group() == "-":
            i += 1
        if i >= len(atoms) or atoms[i].group().casefold() != part:
            return None
        i += 1
    return i


@lru_cache(maxsize=1)
def said_words() -> dict[str, Any]:
    """The file of words: ``knowledge/maps/eligibility.toml``."""
    with (FOLDER / "eligibility.toml").open("rb") as file:
        return tomllib.load(file)


class _Reader:
    """Walks one clause."""

    def __init__(self, words: Words, text: str, start: int, end: int) -> None:
        self.words, self.text, self.end = words, text, end
        self.atoms = list(_ATOM.finditer(text, start, end))

    def __iter__(self) -> Iterator[Word]:
        at, last_gene = 0, -1
        while at < len(self.atoms):
            atom = self.atoms[at]
            near = at - last_gene <= 40 and last_gene >= 0
            found = self._special(atom.start(), near)
            if found is None:
                phrase = self.words.match(self.text, self.atoms, at)
                if phrase:
                    taken, kind, value = phrase
                    start, end = atom.start(), self.atoms[taken - 1].end()
                    found = Word(kind, value, start, end)
                else:
                    glued = self._glued(atom)
                    if glued:
                        yield from glued
                        last_gene, at = at, at + 1
                        continue
                    found = Word(_mark(atom.group()), atom.group(), atom.start(), atom.end())
            if found.kind == "GENE":
                last_gene = at
            sign = self._sign(found)
            more = list(self._more(found)) if found.kind == "GENE" else []
            yield found
            yield from more
            reach = more[-1].end if more else found.end
            if sign:
                yield sign
                reach = sign.end
            while at < len(self.atoms) and self.atoms[at].start() < reach:
                at += 1

    def _glued(self, atom: re.Match[str]) -> tuple[Word, Word] | None:
        """``TP53wt``, ``NPM1m``, ``KMT2Ar``: a gene and its class in one word."""
        said = _GLUED.fullmatch(atom.group())
        symbol = self.words.vocabulary.symbol_by_name.get(said[1]) if said else None
        if said is None or symbol is None:
            return None
        middle = atom.start() + len(said[1])
        what = _SUFFIX.get(said[2], "mutation")
        return (Word("GENE", symbol, atom.start(), middle),
                Word("CLASS", what, middle, atom.end()))  # fmt: skip

    def _special(self, at: int, near: bool) -> Word | None:
        """Changes of a protein and exons, where a gene has been named."""
        exon = _EXON.match(self.text, at, self.end)
        if exon:
            what = (exon[2] or "").casefold()[:3]
            return Word("EXON", f"{exon[1]} {what}".strip(), at, exon.end())
        after = _EXON_AFTER.match(self.text, at, self.end)
        if after:
            number, what = after[2] or after[3], (after[1] or after[4]).casefold()
            return Word("EXON", f"{number} {what}", at, after.end())
        if not near:
            return None
        change = _CHANGE.match(self.text, at, self.end)
        return Word("CHANGE", change[1] + (change[2] or ""), at, change.end()) if change else None

    def _more(self, gene: Word) -> Iterator[Word]:
        """``BRCA1/2`` and ``NTRK1-3``: further genes by their numbers alone."""
        symbol, known = gene.value, self.words.vocabulary.symbol_by_name
        if not symbol[-1].isdigit() or not self.text[gene.end - 1].isdigit():
            return
        stem, at = symbol[:-1], gene.end
        span = _RANGE.match(self.text, at, self.end)
        if span and f"{stem}{span[1]}" in known:
            for number in range(int(symbol[-1]) + 1, int(span[1]) + 1):
                yield Word("GENE", f"{stem}{number}", at, span.end())
            return
        while found := _MORE.match(self.text, at, self.end):
            if f"{stem}{found[1]}" not in known:
                return
            yield Word("GENE", f"{stem}{found[1]}", at, found.end())
            at = found.end()

    def _sign(self, word: Word) -> Word | None:
        """``HER2+``, ``ER-``: a sign that touches the name and ends the word."""
        if word.kind not in {"GENE", "PROTEIN"} or word.end >= self.end:
            return None
        sign, after = self.text[word.end], self.text[word.end + 1 : word.end + 2]
        if sign not in "+-\u2212" or after.isalnum():
            return None
        value = "positive" if sign == "+" else "negative"
        return Word("CLASS", value, word.end, word.end + 1)


def _mark(text: str) -> str:
    if text in "()[]":
        return "BRACKET"
    if text in ",/&":
        return "SEP"
    if text.casefold() in {"or", "and"}:
        return "SEP"
    if text in "<>=\u2265\u2264":
        return "OP"
    if text.isdigit():
        return "NUMBER"
    return "OTHER" if text.isalnum() else "MARK"


@lru_cache(maxsize=4)
def _words(holder: _ById) -> Words:
    return Words(holder.vocabulary)


class _ById:
    """A vocabulary as a key: by what it is, not by what it holds."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.vocabulary is self.vocabulary


def words_of(vocabulary: Vocabulary) -> Words:
    """The tables of a vocabulary, made once."""
    return _words(_ById(vocabulary))
