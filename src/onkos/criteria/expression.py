"""Text to criterion."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token
from lark.exceptions import UnexpectedToken, VisitError
from lark.lexer import Lexer

from onkos.criteria.lexer import tokens
from onkos.criteria.symbols import Symbols
from onkos.criteria.tree import TreeBuilder
from onkos.errors import CriterionError, OnkosError
from onkos.model import Criterion, Vocabulary

MAX_LENGTH = 4000  # a label's rule is under 500 characters; more is an accident or an attack
_SYMBOLS: dict[int, tuple[Vocabulary, Symbols]] = {}


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    text = files("onkos.criteria").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=_NoLexer)


class _NoLexer(Lexer):
    """Tokens are fed one by one; lark's own lexer is never asked."""

    def __init__(self, lexer_conf: object) -> None:
        """Take nothing from the grammar."""

    def lex(self, *_: object) -> Iterator[Token]:
        """No tokens."""
        return iter(())


def symbols_of(vocabulary: Vocabulary) -> Symbols:
    """The lexer's tables for a vocabulary, built once."""
    found = _SYMBOLS.get(id(vocabulary))
    if found is None or found[0] is not vocabulary:
        _SYMBOLS.clear()
        _SYMBOLS[id(vocabulary)] = found = (vocabulary, Symbols(vocabulary))
    return found[1]


def parse(text: str, vocabulary: Vocabulary) -> Criterion:
    """Read an expression of the criteria language.

    Parameters
    ----------
    text : str
        For example ``"EGFR exon 19 deletion or EGFR L858R"``.
    vocabulary : Vocabulary
        Genes, measures, drugs, diseases that may be named.

    Returns
    -------
    Criterion
        ``parse(str(c)) == c`` for every criterion.

    Raises
    ------
    CriterionError
        With the column, what was expected there, and the nearest known word.
    """
    if not text.strip():
        raise CriterionError(text, 1, "empty expression")
    if len(text) > MAX_LENGTH:
        raise CriterionError(text[:60], 1, f"longer than {MAX_LENGTH} characters")
    symbols = symbols_of(vocabulary)
    try:
        parser = _grammar().parse_interactive("")
        for token in tokens(text, symbols):
            parser.feed_token(token)
        end = Token("$END", "", start_pos=len(text), column=len(text) + 1)
        tree = parser.feed_eof(end)  # type: ignore[no-untyped-call]
        return TreeBuilder(text, symbols).transform(tree)  # type: ignore[no-any-return]
    except UnexpectedToken as error:
        raise _unexpected(text, error) from None
    except VisitError as error:
        if isinstance(error.orig_exc, OnkosError):
            raise error.orig_exc from None
        raise CriterionError(text, 1, str(error.orig_exc)) from None
    except RecursionError:
        raise CriterionError(text[:60], 1, "nested too deeply") from None


def _unexpected(text: str, error: Any) -> CriterionError:
    expected = ", ".join(sorted(_readable(name) for name in error.accepts or error.expected))
    if error.token.type == "$END":
        return CriterionError(text, len(text) + 1, f"the expression ends; expected {expected}")
    return CriterionError(
        text,
        error.token.column or 1,
        f"{str(error.token)!r} cannot stand here; expected {expected}",
    )


def _readable(name: str) -> str:
    return {"LPAR": "(", "RPAR": ")", "OP": ">= or <=", "$END": "the end"}.get(
        name, name.lower().replace("_", " ")
    )
