"""Names that follow no rule, and what a bare "positive" or "negative" means: from the knowledge."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from onkos.model import StatedClass

_SPACING = re.compile(r"[\s\-()]+")


class Spelling(NamedTuple):
    """What a name says in plain words.

    Attributes
    ----------
    means : tuple of str
        Texts that the intake reads by its rules.
    present_only : bool
        Whether the name may not be taken so where it is denied.
    """

    means: tuple[str, ...]
    present_only: bool
    notice: str


class Spellings(NamedTuple):
    """All of them, with the meanings of bare polarity by gene."""

    by_key: dict[str, Spelling]
    negative: dict[str, StatedClass]
    positive: dict[str, StatedClass]
    domains: dict[str, str]
    copies: dict[str, float]


def spelling_key(text: str) -> str:
    """A text without case, spaces, hyphens and brackets.

    >>> spelling_key("EGFR vIII") == spelling_key("EGFRvIII")
    True
    """
    return _SPACING.sub("", text.casefold())


@lru_cache(maxsize=1)
def spellings() -> Spellings:
    """The table of the built-in knowledge."""
    text = files("onkos").joinpath("knowledge/spellings.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    by_key: dict[str, Spelling] = {}
    for row in tables["spelling"]:
        spelling = Spelling(
            tuple(row["means"]), row.get("present_only", False), row.get("notice", "")
        )
        for written in row["written"]:
            by_key[spelling_key(written)] = spelling
    return Spellings(
        by_key,
        _by_gene(tables["bare_negative"]),
        _by_gene(tables["bare_positive"]),
        {words.casefold(): name for words, name in tables["domains"].items()},
        {name: float(number) for name, number in tables["copies"].items() if name != "source"},
    )


def _by_gene(table: dict[str, list[str]]) -> dict[str, StatedClass]:
    return {gene: StatedClass(name) for name, genes in table.items() for gene in genes}


@lru_cache(maxsize=1)
def real_symbols() -> dict[str, str]:
    """Approved symbols of all human genes by their upper-case form; empty where not at hand."""
    try:
        text = files("onkos").joinpath("knowledge/symbols.txt").read_text(encoding="utf-8")
    except OSError:
        return {}
    lines = (line.strip() for line in text.splitlines())
    return {line.upper(): line for line in lines if line and not line.startswith("#")}
