"""Genes as people write them: symbols, aliases, groups, and near misses that are refused."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from onkos.model import Vocabulary
from onkos.sources.patient.hotspots import promoter_genes
from onkos.sources.patient.spellings import real_symbols
from onkos.sources.patient.statement import NotUnderstood

_LOOKS_LIKE_SYMBOL = re.compile(
    r"^(?=(?:.*[A-Z0-9]){2})[A-Z][A-Za-z0-9]{2,14}(?:[-.][A-Z0-9]{1,8})?$"
)
_SHORT_PART = re.compile(r"^(?:\d{1,2}|[A-Z])$")
# English words that are also symbols, or are written in capitals in reports.
_NOT_GENES = frozenset(
    "A AN AND AT BY CAN DE DNA FOR FROM HAS IHC IN IS IT NGS NO NOT OF ON OR PCR RNA SET SHE THE TO"
    " WAS WITH WITHOUT LOSS MUTATION MUTATIONS MUTANT MUTATED FUSION AMPLIFICATION AMPLIFIED"
    " DELETION EXON CODON VARIANT POSITIVE NEGATIVE WILD TYPE GAIN HIGH LOW PROTEIN EXPRESSION"
    " PROMOTER METHYLATION REARRANGEMENT INSERTION TUMOUR TUMOR CELL CELLS STAGE LINE FISH MRNA"
    " OVEREXPRESSION UNDEREXPRESSION SKIPPING FRAMESHIFT NONSENSE MISSENSE TRUNCATING SPLICE"
    " ALTERATION ALTERATIONS DETECTED FOUND NORMAL ABSENT PRESENT GENE CANCER PATIENT TEST".split()
)


GUESSED = "is not a gene that onkos knows; kept, of no known effect"


class Name(NamedTuple):
    """An approved symbol and what the reader must be told of it."""

    symbol: str
    notice: str = ""


class GeneNames:
    """Looks written names up in one vocabulary; remembers what it found."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._found: dict[str, Name | None] = {}

    def find(self, word: str) -> Name | None:
        """The gene that a word surely means, or None."""
        try:
            return self._found[word]
        except KeyError:
            found = self._found[word] = self._look_up(word)
            return found

    def _look_up(self, word: str) -> Name | None:
        upper = word.upper()
        if upper in _NOT_GENES or not word:
            return None
        symbol = self.vocabulary.symbol_by_name.get(upper)
        real = real_symbols().get(upper)
        if symbol and symbol.upper() == upper:
            return Name(symbol)
        if real and (real == word or not word.islower()):
            return Name(real)
        symbol = symbol or self._without_hyphens.get(upper.replace("-", ""))
        return Name(symbol, f"{word} read as {symbol}") if symbol else None

    @cached_property
    def promoters(self) -> frozenset[str]:
        """Genes whose promoter mutations are known to drive cancer."""
        return promoter_genes(self.vocabulary)

    @cached_property
    def _without_hyphens(self) -> dict[str, str]:
        """``CKIT`` and ``HER-2``: names that differ from known ones by hyphens only."""
        table: dict[str, str] = {}
        for name, symbol in self.vocabulary.symbol_by_name.items():
            table.setdefault(name.replace("-", ""), symbol)
        return {name: symbol for name, symbol in table.items() if len(name) > 2}

    def find_or_guess(self, word: str) -> Name | None:
        """As `find`; else the word itself where it is written like a symbol.

        Raises
        ------
        NotUnderstood
            Where it is one letter away from a gene of the vocabulary.
        """
        found = self.find(word)
        if found or word.upper() in _NOT_GENES or self.group(word):
            return found
        if not _LOOKS_LIKE_SYMBOL.match(word):
            near = self._near(word) if word.isalnum() and 2 < len(word) < 12 else ""
            if near and any(letter.isdigit() for letter in word):
                raise self._misspelt(word, near)
            return None
        near = self._near(word)
        if near:
            raise self._misspelt(word, near)
        return Name(word, f"{word} {GUESSED}")

    @staticmethod
    def _misspelt(word: str, near: str) -> NotUnderstood:
        return NotUnderstood(f"unknown gene {word!r}", f"did you mean {near}?")

    def _near(self, word: str) -> str:
        """A symbol of the vocabulary one letter, or one swap of two, away; empty for none."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extractOne(word.upper(), self._symbols, scorer=OSA.distance, score_cutoff=1)
        return self.vocabulary.symbol_by_name[found[0]] if found else ""

    @cached_property
    def _symbols(self) -> list[str]:
        """Approved symbols first, so that they win over aliases equally near."""
        symbols = [symbol.upper() for symbol in self.vocabulary.gene_by_symbol]
        aliases = [name for name in self.vocabulary.symbol_by_name if len(name) > 3]
        return list(dict.fromkeys([*symbols, *aliases]))

    def group(self, word: str) -> tuple[str, ...]:
        """The genes of a group's name; empty where it is none."""
        group = self.vocabulary.group_by_name.get(word.upper())
        return group.genes if group else ()

    def several(self, word: str) -> tuple[Name, ...]:
        """The genes of ``KRAS/NRAS`` or ``BRCA1/2``; empty where a part is none."""
        names: list[Name] = []
        for part in word.split("/"):
            found = self.find(part)
            if found is None and names and _SHORT_PART.match(part):
                found = self._shortened(names[0].symbol, part)
            if found is None:
                return ()
            names.append(found)
        return tuple(names)

    def _shortened(self, first: str, part: str) -> Name | None:
        """``2`` after ``BRCA1``, ``D`` after ``SDHA``, ``11`` after ``GNAQ``."""
        stems = (first[:-width] for width in range(1, 3))
        known = self.vocabulary.gene_by_symbol
        return next((Name(stem + part) for stem in stems if stem + part in known), None)

    def of_transcript(self, accession: str) -> str:
        """The gene whose RefSeq or Ensembl transcript this is; empty where none."""
        return self._by_transcript.get(accession.partition(".")[0].upper(), "")

    @cached_property
    def _by_transcript(self) -> dict[str, str]:
        return {
            accession.partition(".")[0].upper(): gene.symbol
            for gene in self.vocabulary.genes
            for accession in (gene.refseq, gene.transcript)
            if accession
        }
