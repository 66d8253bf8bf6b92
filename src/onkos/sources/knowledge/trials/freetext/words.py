"""Words of eligibility texts: a table of phrases from the vocabulary and from a file of words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from onkos.model import Vocabulary
from onkos.sources.knowledge.maps import FOLDER
from onkos.sources.knowledge.trials.freetext.fused import Word as Word
from onkos.sources.knowledge.trials.freetext.fused import fused
from onkos.sources.knowledge.trials.symbols import approved

_ATOM = re.compile(r"[^\W_]+|[^\s\w]|_")
_CHANGE = re.compile(
    r"(?:p\.)?([ACDEFGHIKLMNPQRSTVWY]\d{1,4})(?:([ACDEFGHIKLMNPQRSTVWY](?:/[A-Z])*)|[Xx])?"
    r"(?!\w|-\d)"
)
_EXON = re.compile(
    r"(?:in )?(?:exons?[ -]?|ex\.? ?|E(?=\d{1,2}(?:\s?-?(?:del|ins)|(?![a-z\d]))))(\d{1,2})(?![\d])"
    r"(?:\s?-?(deletions?|dels?|insertions?|ins)(?![a-z]))?",
    re.IGNORECASE,
)
_EXON_AFTER = re.compile(
    r"(?:(del|ins)\s?-?(19|20)|(19|20)\s?-?(del|ins))(?:etions?|ertions?)?(?!\w)", re.I
)
_LETTER = re.compile(r"\s?/\s?([A-Z])(?!\w)")
_MORE = re.compile(r"\s?(?:[/,&]|,?\s(?:and/or|and|or)\s)\s?(\d)(?![\w.%])")
_EXONS = re.compile(
    r"(?:\s?[-\u2013]\s?|\s(?:to|through)\s)(?P<last>\d{1,2})(?![\w%.])"
    r"|\s?(?:[/,&]|,?\s(?:and/or|and|or)\s)\s?(?P<next>\d{1,2})(?![\w%])"
    r"(?!\s(?:prior|previous|or more)\b)"
)
_PREFIXED = re.compile(r"[a-z](?=[A-Z]{3})([A-Z][A-Z0-9]{2,})")
_GLUED = re.compile(r"(?:[gst](?=[A-Z]{3}))?([A-Z][A-Z0-9]{2,})(wt|mut|mt|m|r)")
_GLUED_EXON = re.compile(r"([A-Z][A-Z0-9]{1,})(?:ex|exon)(\d{1,2})(del|ins)?")
_GLUED_CHANGE = re.compile(r"([A-Z][A-Z0-9]+?)([ACDEFGHIKLMNPQRSTVWY]\d{2,4}[A-Z]?)")
_SUFFIXED = re.compile(r"-(r|m)(?![\w-])")
_AHEAD = 9  # atoms between a change and its gene
CARRIES = frozenset({"with", "harboring", "harbouring", "harbor", "harbour", "carrying"})
_MOST_EXONS = 8  # exons that a range spans
_SUFFIX = {"wt": "wild-type", "r": "rearrangement"}
_SIGNED = re.compile(r"([A-Za-z\d]+)[+\-\u2212](?![a-z])")
_RANGE = re.compile(r"\s?[-\u2013]\s?(\d)(?![\w.])")


class Words:
    """Tables of one vocabulary, by the first word of each phrase.

    Parameters
    ----------
    vocabulary : Vocabulary
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.said: dict[str, Any] = said_words()
        self.traits = frozenset(self.said["adjectives"]["words"])
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = {}
        self._fill()
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _fill(self) -> None:
        said = self.said
        self._fill_plain("OTHER", said["others"], exact=True)
        for text, rule in said["phrases"].items():
            self._add(text, "PHRASE", rule)
        for name in said["measures"]:
            self._add(name, "MEASURE", said["measures"][name])
        for symbol in self._genes():
            self._add(*symbol)
        for name in said["proteins"]:
            if name not in said["genes"] and name.upper() not in self.vocabulary.symbol_by_name:
                exact = not any(part.islower() for part in name.split())
                self._add(name, "PROTEIN", said["proteins"][name], exact=exact)
        for meaning, words in said["classes"].items():
            for word in words:
                self._add(word, "CLASS", meaning)
        for word in said["targets"]["words"]:
            self._add(word, "TARGET", word, exact=word == "I")
        self._fill_plain("SORTS", said["sorts"])
        self._fill_kinds(said)

    def _fill_kinds(self, said: dict[str, Any]) -> None:
        for kind, words in said["cues"].items():
            for word in words:
                self._add(word, f"CUE_{kind}", word)
        self._fill_plain("FILL", said["fill"])
        self._fill_plain("NARROW", said["narrowing"])
        for kind, table in (("ORIGIN", said["origins"]), ("DOMAIN", said["domains"])):
            for value, words in table.items():
                self._fill_plain(kind, {"words": words}, value=value)

    def _fill_plain(
        self, kind: str, table: dict[str, list[str]], exact: bool = False, value: str = ""
    ) -> None:
        for word in table["words"]:
            self._add(word, kind, value or word, exact)

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
        return list(fused(list(_Reader(self, text, start, end))))

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
            found = self._special(atom.start(), near) if not self._told_whole(at) else None
            if found is None:
                phrase = self.words.match(self.text, self.atoms, at)
                if phrase:
                    taken, kind, value = phrase
                    start, end = atom.start(), self.atoms[taken - 1].end()
                    trait = kind == "CLASS" and self._told(start, end) in self.words.traits
                    found = Word(kind, value, start, end, trait)
                    if kind == "PHRASE" and self._gene_follows(at, value):
                        found = Word("CHANGE", atom.group(), start, end)
                elif origin := self._prefixed(atom):
                    yield origin[0]
                    found = origin[1]
                else:
                    glued = self._glued(atom) or self._without(at)
                    if glued:
                        yield from glued
                        last_gene, at = at, at + 1
                        continue
                    found = Word(_mark(atom.group()), atom.group(), atom.start(), atom.end())
            if found.kind == "GENE":
                last_gene = at
            sign = self._sign(found)
            more = list(self._more(found)) if found.kind in {"GENE", "EXON"} else []
            yield found
            yield from more
            reach = more[-1].end if more else found.end
            if sign:
                yield sign
                reach = sign.end
            while at < len(self.atoms) and self.atoms[at].start() < reach:
                at += 1

    def _told_whole(self, at: int) -> bool:
        """Whether several words have an expression of their own: "H3 K27M"."""
        phrase = self.words.match(self.text, self.atoms, at)
        return phrase is not None and phrase[0] > at + 1 and phrase[1] == "PHRASE"

    def _gene_follows(self, at: int, value: str) -> bool:
        """Whether the gene of a change comes after it: "L858R mutation in EGFR"."""
        if not _CHANGE.fullmatch(self.atoms[at].group()):
            return False
        ahead = range(at + 1, min(at + _AHEAD, len(self.atoms)))
        named = (self.words.match(self.text, self.atoms, n) for n in ahead)
        return any(one is not None and one[1:] == ("GENE", value.split()[0]) for one in named)

    def _told(self, start: int, end: int) -> str:
        """A phrase as the table of words has it."""
        return " ".join(self.text[start:end].casefold().replace("-", " ").split())

    def _glued(self, atom: re.Match[str]) -> tuple[Word, ...]:
        """``TP53wt``, ``gBRCAm``, ``KMT2Ar``, ``METex14``: a gene and its class in one word."""
        ways = (pattern.fullmatch(atom.group()) for pattern in (_GLUED, _GLUED_EXON, _GLUED_CHANGE))
        said = next((way for way in ways if way and self._symbol(way[1])), None)
        symbol = self._symbol(said[1]) if said else ""
        if said is None or not symbol:
            return ()
        middle = atom.start() + said.end(1) - said.start()
        letter = self._letter(atom.group()[0], atom.start()) if said.re is _GLUED else ()
        gene = Word("GENE", symbol, atom.start() + len(letter), middle)
        if said.re is _GLUED_CHANGE:
            return (gene, Word("CHANGE", said[2].removesuffix("X"), middle, atom.end()))
        if said.re is _GLUED_EXON:
            exon = f"{said[2]} {said[3] or ''}".strip()
            return (gene, Word("EXON", exon, middle, atom.end()))
        what = _SUFFIX.get(said[2], "mutation")
        return (*letter, gene, Word("CLASS", what, middle, atom.end(), True))

    def _letter(self, letter: str, at: int) -> tuple[Word, ...]:
        """The origin that a letter before a gene tells: ``gBRCA``."""
        origin = self.words.said["origin_letters"].get(letter)
        return (Word("ORIGIN", origin, at, at + 1),) if origin else ()

    def _prefixed(self, atom: re.Match[str]) -> tuple[Word, ...]:
        """``gBRCA``, ``sATM``: an origin and a gene in one word."""
        said = _PREFIXED.fullmatch(atom.group())
        origin = self._letter(atom.group()[0], atom.start()) if said else ()
        symbol = self._symbol(said[1]) if said and origin else ""
        if not symbol:
            return ()
        return (*origin, Word("GENE", symbol, atom.start() + 1, atom.end()))

    def _symbol(self, name: str) -> str:
        vocabulary = self.words.vocabulary
        group = vocabulary.group_by_name.get(name)
        return group.name if group else vocabulary.symbol_by_name.get(name, "")

    def _without(self, at: int) -> tuple[Word, ...]:
        """``non-EGFR mutated``: a denial where a gene follows, as in no other word with "non"."""
        atom, after = self.atoms[at], at + 2
        hyphen = self.text[atom.end() : atom.end() + 1] == "-"
        if atom.group().casefold() != "non" or not hyphen or after >= len(self.atoms):
            return ()
        found = self.words.match(self.text, self.atoms, after)
        denies = found is not None and found[1] == "GENE"
        return (Word("CUE_negation", "non", atom.start(), atom.end()),) if denies else ()

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
        """``BRCA1/2``, ``NTRK1-3``, ``RAD51C/D``, "exons 2, 3 and 4": more of a kind."""
        if gene.kind == "EXON":
            yield from self._more_exons(gene)
            return
        symbol, known = gene.value, self.words.vocabulary.symbol_by_name
        at = gene.end
        while symbol[-1].isalpha() and (letter := _LETTER.match(self.text, at, self.end)):
            if self.text[gene.end - 1] != symbol[-1] or f"{symbol[:-1]}{letter[1]}" not in known:
                return
            yield Word("GENE", f"{symbol[:-1]}{letter[1]}", at, letter.end())
            at = letter.end()
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

    def _more_exons(self, exon: Word) -> Iterator[Word]:
        if not exon.value.isdigit():
            return
        at, last = exon.end, int(exon.value)
        while found := _EXONS.match(self.text, at, self.end):
            number = int(found["last"] or found["next"])
            if found["last"] and not last < number <= last + _MOST_EXONS:
                return
            first = last + 1 if found["last"] else number
            for n in range(first, number + 1):
                yield Word("EXON", str(n), at, found.end())
            at, last = found.end(), number

    def _sign(self, word: Word) -> Word | None:
        """``HER2+``, ``ER-``, ``KMT2A-r``: a sign that touches the name and ends the word."""
        if word.kind not in {"GENE", "PROTEIN"} or word.end >= self.end:
            return None
        suffix = _SUFFIXED.match(self.text, word.end, self.end)
        if suffix and word.kind == "GENE":
            what = _SUFFIX.get(suffix[1], "mutation")
            return Word("CLASS", what, word.end, suffix.end(), True)
        sign, after = self.text[word.end], self.text[word.end + 1 : word.end + 2]
        if sign not in "+-\u2212" or (after.isalnum() and not self._status_follows(word)):
            return None
        value = "positive" if sign == "+" else "negative"
        return Word("CLASS", value, word.end, word.end + 1)

    def _status_follows(self, word: Word) -> bool:
        """Whether the next protein touches the sign and has a sign of its own: ``ER+HER2-``."""
        proteins = self.words.said["proteins"]
        if word.value not in {*proteins, *self.words.said["proteins_of_genes"]}:
            return False
        after = _SIGNED.match(self.text, word.end + 1, self.end)
        return after is not None and after[1] in proteins


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
