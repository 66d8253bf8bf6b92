"""Which gene or genes a statement speaks of."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from onkos.sources.patient.gene_names import GeneNames, Name
from onkos.sources.patient.gene_words import meaning
from onkos.sources.patient.statement import TAKEN, NotUnderstood
from onkos.sources.patient.variant_text import coding_change, protein_change, residue

_EXON_STUCK = re.compile(r"^(.+?)-?(ex(?:on)?\.?\d.*)$", re.IGNORECASE)
_ORIGIN_STUCK = re.compile(r"^([gst])([A-Z][A-Z0-9]+)(m(?:ut)?)?$")
_UNKNOWN_PARTNER = frozenset({"", "v", "?", "unknown", "other", "any", "x"})
_AND, _OR = frozenset({"and", "&", "+", ",", "plus"}), frozenset({"or", "nor"})
_PAIR = re.compile(r"::|--")
_SPACED_PAIR = re.compile(r"\s*(::|--)\s*")
_SPACED_HYPHEN = re.compile(r"(?<!\S)([A-Za-z0-9.-]+) - ([A-Za-z0-9.-]+)(?!\S)")
_EXONS_OF_PAIR = re.compile(
    r"(?<!\S)([A-Za-z0-9-]+?)\s?\((?:e|ex|exon)?\s?(\d+)\)\s?(-|::|--)\s?([A-Za-z0-9-]+?)\s?"
    r"\((?:e|ex|exon)?\s?(\d+)\)",
    re.IGNORECASE,
)


class Of(Enum):
    """How many genes, and how they are joined."""

    ONE = "one gene"
    ALL = "each of several"
    EITHER = "several, which of them is not said"
    GROUP = "a group of genes"
    PAIR = "two partners of a fusion"


class Head(NamedTuple):
    """The genes of a statement, and the words around them.

    For a pair, an empty symbol is an unknown partner and `ordered` says whether the 5' gene
    stands first for certain.
    """

    of: Of
    names: tuple[Name, ...]
    rest: str
    written: str = ""
    origin: str = ""
    ordered: bool = True


def without_exons(text: str) -> str:
    """``EML4(13)-ALK(20)`` as ``EML4-ALK e13::e20``.

    >>> without_exons("EML4(13)-ALK(20)")
    'EML4-ALK e13::e20'
    """
    return _EXONS_OF_PAIR.sub(r"\1\3\4 e\2::e\5", text)


def find_head(core: str, names: GeneNames) -> Head | None:
    """The genes that a statement speaks of; None where it names none.

    Raises
    ------
    NotUnderstood
        Where a name is a near miss of a gene.
    """
    core = _SPACED_PAIR.sub(r"\1", core)
    core = _SPACED_HYPHEN.sub(lambda found: _joined(found, names), core)
    words = core.split(" ")
    for at, word in enumerate(words):
        if at and word.islower():
            continue
        found = _longest(words, at, names) or _head_of(word.strip(",:;"), names)
        if found:
            taken = len(found.written.split(" "))
            return _extended(found, words, at, at + taken, names)
    return _guessed(words, names)


def _guessed(words: list[str], names: GeneNames) -> Head | None:
    """A first word that is written like a symbol, or is one in lower case."""
    first, rest = words[0].strip(",:;"), " ".join(words[1:])
    if first.islower() and len(words) > 1 and protein_change(words[1]):
        found = names.find(first.upper())
        return Head(Of.ONE, (found,), rest, first) if found else None
    parts = first.split("-")
    if len(parts) == 2 and first.isupper() and any(names.find(part) for part in parts):
        raise NotUnderstood(
            f"{first}: one part is a gene, and the other is not known",
            f"write '{parts[0]}::{parts[1]} fusion' if it is a fusion",
        )
    told = _is_told(first) or first.partition(".")[0] in {"c", "p", "g", "n", "m"}
    guessed = None if told else names.find_or_guess(first)
    return Head(Of.ONE, (guessed,), rest, first) if guessed else None


def _joined(found: re.Match[str], names: GeneNames) -> str:
    left, right = found.groups()
    both = names.find(left) and names.find(right)
    return f"{left}-{right}" if both else found.group()


def _longest(words: list[str], at: int, names: GeneNames) -> Head | None:
    """Names of two words (``MMR genes``, ``scatter factor``)."""
    two = " ".join(words[at : at + 2])
    if " " not in two:
        return None
    genes = names.group(two)
    if genes:
        return Head(Of.GROUP, tuple(Name(gene) for gene in genes), "", two)
    symbol = names.vocabulary.symbol_by_name.get(two.upper())
    return Head(Of.ONE, (Name(symbol),), "", two) if symbol else None


def _head_of(word: str, names: GeneNames) -> Head | None:
    """The genes of one word, with what is stuck to them as `rest`."""
    found = names.find(word)
    if found:
        return Head(Of.ONE, (found,), "", word)
    genes = names.group(word)
    if genes:
        return Head(Of.GROUP, tuple(Name(gene) for gene in genes), "", word)
    if _PAIR.search(word):
        return _pair(word, names)
    if ":" in word:
        return _colon(word, names)
    if "/" in word:
        several = names.several(word)
        if several:
            return Head(Of.EITHER, several, "", word)
    return _stuck(word, names)


def _pair(word: str, names: GeneNames) -> Head | None:
    parts = _PAIR.split(word)
    if len(parts) != 2:
        raise NotUnderstood(f"{word}: more than two partners", "give two partners: 'EML4::ALK'")
    partners = [
        Name("") if part.casefold() in _UNKNOWN_PARTNER else names.find_or_guess(part)
        for part in parts
    ]
    known = tuple(partner for partner in partners if partner is not None)
    if len(known) < 2 or not any(partner.symbol for partner in known):
        raise NotUnderstood(f"{word}: a partner is not a gene", "give two genes: 'EML4::ALK'")
    return Head(Of.PAIR, known, "", word)


def _colon(word: str, names: GeneNames) -> Head | None:
    """``EGFR:p.L858R`` and ``NM_005228.5:c.2573T>G``."""
    left, _, right = word.partition(":")
    found = names.find(left)
    partner = names.find(right) if found else None
    if found and partner:
        return Head(Of.PAIR, (found, partner), "", word)
    if found:
        return Head(Of.ONE, (found,), right, word)
    symbol = names.of_transcript(left)
    return Head(Of.ONE, (Name(symbol),), f"{left} {right}", word) if symbol else None


def _stuck(word: str, names: GeneNames) -> Head | None:
    """``EGFR-L858R``, ``KRAS-mutant``, ``EML4-ALK``, ``METex14``, ``gBRCA1``."""
    for mark in ("-", "_"):
        at = word.find(mark)
        while at > 0:
            found = _split(word, word[:at], word[at + 1 :], names)
            if found:
                return found
            at = word.find(mark, at + 1)
    exon = _EXON_STUCK.match(word)
    gene = names.find(exon.group(1)) if exon else None
    if exon and gene:
        return Head(Of.ONE, (gene,), exon.group(2), word)
    rearranged = names.find(word[:-1]) if word.endswith("r") and word[:-1].isupper() else None
    if rearranged:
        return Head(Of.ONE, (rearranged,), "rearrangement", word)
    return _with_origin(word, names)


def _split(word: str, left: str, right: str, names: GeneNames) -> Head | None:
    genes = names.group(left)
    gene, partner = names.find(left), names.find(right)
    told = _is_told(right)
    if genes and told:
        return Head(Of.GROUP, tuple(Name(symbol) for symbol in genes), right, word)
    if gene and partner and not protein_change(right):
        return Head(Of.PAIR, (gene, partner), "", word)
    if gene and told:
        rest = right if coding_change(right) else right.replace("-", " ")
        return Head(Of.ONE, (gene,), rest, word)
    return None


def _is_told(text: str) -> bool:
    """Whether what follows a hyphen is a change or words that reports use of genes."""
    if protein_change(text) or coding_change(text) or residue(text):
        return True
    if re.match(r"ex(?:on)?\d", text, re.IGNORECASE):
        return True
    return all(is_word(part) for part in text.split("-"))


def is_word(part: str) -> bool:
    """Whether a part of a hyphenated word is a change or a word of reports."""
    return meaning(part) is not None or bool(protein_change(part) or residue(part))


def _with_origin(word: str, names: GeneNames) -> Head | None:
    """``gBRCA1`` and ``sBRCA2``, as trials write germline and somatic."""
    found = _ORIGIN_STUCK.match(word)
    if not found:
        return None
    gene, genes = names.find(found.group(2)), names.group(found.group(2))
    rest = "mutation" if found.group(3) else ""
    origin = {"g": "germline", "s": "somatic", "t": ""}[found.group(1)]
    if gene:
        return Head(Of.ONE, (gene,), rest, word, origin)
    if genes:
        return Head(Of.GROUP, tuple(Name(symbol) for symbol in genes), rest, word, origin)
    return None


def _extended(head: Head, words: list[str], start: int, end: int, names: GeneNames) -> Head:
    """Further genes in a list, and the words before and after them."""
    found, of, at = list(head.names), head.of, end
    while of in {Of.ONE, Of.ALL, Of.EITHER} and not head.rest:
        step = _next_gene(words, at, names)
        if step is None:
            break
        gene, either, at = step
        found.append(gene)
        of = Of.EITHER if either or of is Of.EITHER else Of.ALL
    rest = " ".join((*words[:start], head.rest, *words[at:])).replace(TAKEN, " ")
    return head._replace(of=of, names=tuple(found), rest=" ".join(rest.split()))


def _next_gene(words: list[str], at: int, names: GeneNames) -> tuple[Name, bool, int] | None:
    """The gene that goes on a list at a word, whether by "or", and where it ends."""
    either, joined = False, words[at - 1].endswith(",")
    while at < len(words) and words[at].casefold() in _AND | _OR:
        either |= words[at].casefold() in _OR
        joined = True
        at += 1
    if not joined or at >= len(words):
        return None
    gene = names.find(words[at].strip(",:;"))
    return (gene, either, at + 1) if gene else None
