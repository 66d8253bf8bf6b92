"""Genes as trials name them: approved symbols, former ones, groups, Greek letters."""

from __future__ import annotations

from functools import lru_cache

from onkos.errors import VocabularyError
from onkos.model import Vocabulary
from onkos.model.names import nearest
from onkos.sources.knowledge.builtin import FOLDER

_GREEK = str.maketrans({"α": "A", "β": "B", "γ": "G", "δ": "D"})


@lru_cache(maxsize=1)
def approved() -> frozenset[str]:
    """Approved human symbols, also those that the vocabulary has no entry for."""
    lines = (FOLDER / "symbols.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def genes_meant(written: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Approved symbols that a name means: one gene, or the genes of a group.

    A misspelling is refused, not guessed.

    Raises
    ------
    VocabularyError
        For a name that is no gene, with the nearest.
    """
    name = written.strip().translate(_GREEK)
    symbol = vocabulary.symbol_by_name.get(name.upper())
    if symbol:
        return (symbol,)
    group = vocabulary.group_by_name.get(name.upper())
    if group:
        return group.genes
    if name.upper() in approved():
        return (name.upper(),)
    raise VocabularyError("gene", written, nearest(name, vocabulary.symbol_by_name, cutoff=80))
