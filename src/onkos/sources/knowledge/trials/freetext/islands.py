"""Alterations within a clause: runs of words that speak of genes, parsed by a grammar."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from lark import Lark, Token, Transformer
from lark.lexer import Lexer

from onkos.sources.knowledge.trials.freetext.anew import ends_denial
from onkos.sources.knowledge.trials.freetext.words import CARRIES, Word, said_words

_CONTENT = {"GENE": "NAME", "PROTEIN": "NAME", "CLASS": "KIND", "CHANGE": "KIND", "EXON": "KIND",
            "PHRASE": "PHRASE", "TARGET": "TARGET", "CUE_example": "EG"}  # fmt: skip
_INSIDE = frozenset({*_CONTENT, "SEP", "BRACKET", "MARK", "FILL", "CUE_bearing", "ORIGIN",
                     "NARROW", "DOMAIN"})  # fmt: skip
_NAMING = frozenset({"OTHER", "FILL", "MARK", "NUMBER"})
_RESULTS = frozenset({"positive", "negative", "wild-type"})
_LONGEST = 9  # words of the long name of a gene
_BRACKETS = frozenset({"(", "["})
_JOINED_BY = frozenset({"in", "of", "for", "following", "involving", "affecting", ":", "(", "["})


class Group(NamedTuple):
    """Genes and what is said of them.

    Attributes
    ----------
    names : tuple of Word
        Genes, or phrases that have an expression of their own.
    kinds : tuple of Word
        Classes, changes and exons, left to right.
    target : bool
        Whether a medicine or a test is meant, and not the tumour.
    example : bool
        Whether it stands after "such as" or the like.
    leading : bool
        Whether classes before the genes belong to its span.
    borrowed : bool
        Whether its classes are those of the genes after it.
    marks : tuple of Word
        Words that say its origin, its alleles or its domain.
    beside : tuple of Word
        Those of them that stand by it, and not by another of its list.
    joined : str
        "and" or "or", as its names are joined; empty for commas and strokes alone.
    doubt : str
        Why it may be narrower than it is read; empty where it is plain.
    """

    names: tuple[Word, ...]
    kinds: tuple[Word, ...]
    target: bool = False
    example: bool = False
    leading: bool = True
    borrowed: bool = False
    marks: tuple[Word, ...] = ()
    beside: tuple[Word, ...] = ()
    joined: str = ""
    doubt: str = ""


class Island(NamedTuple):
    """A run of words of one clause, by their numbers, and the groups in it."""

    first: int
    last: int
    groups: tuple[Group, ...]


def islands(words: list[Word]) -> Iterator[Island]:
    """Islands that name a gene, a protein or a phrase, left to right."""
    at = 0
    while at < len(words):
        if words[at].kind not in _CONTENT:
            at += 1
            continue
        end = at
        while end < len(words) and (
            words[end].kind in _INSIDE
            or _status_told(words, end)
            or _long_name(words, at, end)
            or _aside(words, end)
        ):
            end = max(end, _status_told(words, end))
            if words[end].value == "which" or _other_way(words, at, end):
                break
            end += 1
        inside = [n for n in range(at, end) if words[n].kind in _CONTENT]
        if any(words[n].kind in {"GENE", "PROTEIN", "PHRASE"} for n in inside):
            groups = _parsed(words, inside)
            places = [words.index(w) for g in groups if not g.target for w in (*g.names, *g.kinds)]
            if groups:
                first, last = (min(places), max(places)) if places else (inside[0], inside[-1])
                yield Island(first, last, groups)
        at = end


def _aside(words: list[Word], end: int) -> bool:
    """Whether a word is the short form of a class, in brackets: "variants (PVs) in ATM"."""
    if end < 2 or end + 1 >= len(words) or words[end].kind != "OTHER":
        return False
    around = words[end - 1].value in _BRACKETS and words[end + 1].value in {")", "]"}
    return around and words[end - 2].kind == "CLASS"


def _status_told(words: list[Word], end: int) -> int:
    """The class that a "status" is told to be: "TP53 status must be wild-type"; 0 for none."""
    if words[end].value != "status" or not end or words[end - 1].kind not in {"GENE", "FILL"}:
        return 0
    at = end + 1
    while at < len(words) and words[at].kind in {"MARK", "FILL", "CUE_condition_after"}:
        at += 1
    result = at < len(words) and words[at].kind == "CLASS"
    return at if result and (words[at].trait or words[at].value in _RESULTS) else 0


def _other_way(words: list[Word], at: int, end: int) -> bool:
    """Whether what is said before ends here: "no ALK fusion or presence of ...", ", with a ..."."""
    if ends_denial(words, at, end):
        return True
    if words[end].value in CARRIES and words[end - 1].kind == "SEP" and end > at:
        ended = any(word.kind == "CLASS" for word in words[at:end])
        return ended and words[end - 1].value.casefold() in {"and", ","}
    return end > at and words[end].value == "presence of" and words[end - 1].kind == "SEP"


def _long_name(words: list[Word], at: int, end: int) -> bool:
    """Whether a word belongs to the long name of a gene that follows in brackets."""
    first = end
    while first > at and words[first - 1].kind in _NAMING:
        first -= 1
    if first == at or words[first - 1].kind != "SEP":
        return False
    last = end
    while last < len(words) and last - first < _LONGEST and words[last].kind in _NAMING:
        last += 1
    opens = last + 1 < len(words) and words[last].value in _BRACKETS
    return opens and words[last + 1].kind == "GENE"


def _parsed(words: list[Word], inside: list[int]) -> tuple[Group, ...]:
    tokens: list[Token] = []
    pending = listing = False
    for n in _merged(words, inside):
        kind = _CONTENT[words[n].kind]
        if kind == "TARGET" and _apart(words, n):
            continue
        if kind == "NAME" and _acted_on(words, n):
            kind = "TARGET"
        elif kind == "NAME":
            pending = not listing
        elif kind == "KIND" and _of_something_else(words, n):
            continue
        elif kind == "KIND":
            after_kind = bool(tokens) and tokens[-1].type == "KIND" and not _anew(words, n)
            after_name = bool(tokens) and tokens[-1].type == "NAME"
            before = _before_genes(words, n, inside, after_name)
            if not pending and not after_kind and before:
                kind, listing = "PRE", True
            else:
                pending = False
        tokens.append(Token(kind, words[n].value, start_pos=n))
    tree = _grammar().parse(_Given(tokens))
    found = _Groups(words).transform(tree)
    return tuple(found)


def _apart(words: list[Word], n: int) -> bool:
    """Whether a medicine is had, and not named by its target: "(EGFR, ALK) with approved drugs"."""
    for word in reversed(words[:n]):
        if word.kind in _CONTENT:
            return False
        if word.kind == "CUE_bearing":
            return True
    return False


def _merged(words: list[Word], inside: list[int]) -> Iterator[int]:
    """Leaves out a gene in brackets after its own name."""
    last = ""
    for n in inside:
        word = words[n]
        if (
            word.kind == "GENE"
            and word.value == last
            and words[n - 1].kind in {"BRACKET", "SEP", "MARK", "FILL", "ORIGIN"}
        ):
            continue
        last = word.value if word.kind in {"GENE", "PROTEIN"} else ""
        yield n


def _acted_on(words: list[Word], n: int) -> bool:
    """Whether a gene stands after "anti-" or the like."""
    before = n - 1
    while before >= 0 and words[before].kind == "MARK":
        before -= 1
    return before >= 0 and words[before].value.casefold() in said_words()["targets"]["before"]


def _before_genes(words: list[Word], n: int, inside: list[int], after_name: bool) -> bool:
    """Whether a class speaks of the genes that follow it."""
    later = [m for m in inside if m > n]
    while later and words[later[0]].kind in {"CLASS", "EXON", "CHANGE", "CUE_example"}:
        later.pop(0)
    if not later or words[later[0]].kind not in {"GENE", "PROTEIN"}:
        return False
    between = [w.value.casefold() for w in words[n + 1 : later[0]]]
    if _JOINED_BY & set(between) - (_BRACKETS if after_name else set()):
        return True
    plain = words[n].trait or words[n].value in {"wild-type", "mutation", "overexpression"}
    return plain and all(word in {"-", "gene", "tumor", "either", "both"} for word in between)


def _anew(words: list[Word], n: int) -> bool:
    """Whether "with" opens another gene's class: "NPM1 mutation with wild-type FLT3"."""
    return n > 0 and words[n - 1].value in CARRIES and words[n].value == "wild-type"


def _of_something_else(words: list[Word], n: int) -> bool:
    """Whether "of" binds a class to what is no gene: "inactivation of TP53 or loss of 17p"."""
    if n == 0 or words[n - 1].kind != "SEP" or n + 2 >= len(words):
        return False
    return words[n + 1].value.casefold() == "of" and words[n + 2].kind in {"OTHER", "NUMBER"}


def _own(one: Group, classes: tuple[Word, ...]) -> tuple[Word, ...]:
    """Classes of a listed gene: its own, else those before the list."""
    own = any(k.kind == "CLASS" for k in one.kinds)
    return one.kinds if own else (*classes, *one.kinds)


class _Given:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens


class _TokenLexer(Lexer):
    """Hands lark the tokens that were made here."""

    def __init__(self, lexer_conf: object) -> None:
        """Take nothing from the grammar."""

    def lex(self, given: Any, *_: object) -> Iterator[Token]:
        """The tokens as they are."""
        return iter(given.tokens)


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    folder = files("onkos.sources.knowledge.trials.freetext")
    text = folder.joinpath("alteration.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=_TokenLexer)


class _Groups(Transformer[Token, Any]):
    """Groups of one island."""

    def __init__(self, words: list[Word]) -> None:
        super().__init__()
        self.words = words

    def _group(self, tokens: list[Token]) -> Group:
        def of(*kinds: str) -> tuple[Word, ...]:
            return tuple(self.words[t.start_pos or 0] for t in tokens if t.type in kinds)

        return Group(of("NAME", "PHRASE"), of("KIND"), any(t.type == "TARGET" for t in tokens))

    def stated(self, tokens: list[Token]) -> list[Group]:
        return [self._group(tokens)]

    phrase = stated

    def listed(self, tokens: list[Token]) -> Group:
        return self._group(tokens)

    def before(self, parts: list[Any]) -> list[Group]:
        classes = tuple(self.words[p.start_pos] for p in parts if getattr(p, "type", "") == "PRE")
        target = any(getattr(p, "type", "") == "TARGET" for p in parts)
        example = any(getattr(p, "type", "") == "EG" for p in parts)
        listed = [one for one in parts if isinstance(one, Group)]
        return [
            Group(one.names, _own(one, classes), target, example, leading=n == 0)
            for n, one in enumerate(listed)
        ]

    def loose(self, tokens: list[Token]) -> list[Group]:
        return []

    target = loose

    def example(self, tokens: list[Token]) -> str:
        return "example"

    def start(self, parts: list[Any]) -> list[Group]:
        found: list[Group] = []
        example = False
        for part in parts:
            if part == "example":
                example = True
                continue
            found += [one._replace(example=example or one.example) for one in part]
        return found
