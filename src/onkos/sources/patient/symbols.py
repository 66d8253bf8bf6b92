"""Gene symbols as files write them, made approved ones."""

from __future__ import annotations

import re

from onkos.model import Vocabulary
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.tables import ABSENT, Rejected

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(rf"^(?:\d{{1,4}}-(?:{_MONTHS})|(?:{_MONTHS})-\d{{1,4}}|\d{{5}})$", re.IGNORECASE)
_SYMBOL = re.compile(r"^[0-9A-Za-z][0-9A-Za-z_.@/-]*$")


_NUMBERED = {"23": "X", "24": "Y", "M": "MT"}
# Genes of the pseudoautosomal regions are on both.
_SEX = frozenset({"X", "Y"})


def chromosome_name(text: str) -> str:
    """A chromosome without ``chr``, the last ones by their letters.

    >>> chromosome_name("chr7"), chromosome_name("23"), chromosome_name("chrM")
    ('7', 'X', 'MT')
    """
    name = text[3:] if text[:3].casefold() == "chr" else text
    return _NUMBERED.get(name, name)


class Symbols:
    """Approved symbol of each written one; says what it replaced.

    Only names of the vocabulary are replaced, and there symbols win over aliases. An alias
    on another chromosome than its gene is another gene's symbol: MUM1, which pathologists
    write for IRF4 (6p25), was in sequencing files a gene of 19p13.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._approved = vocabulary.symbol_by_name
        self._genes = vocabulary.gene_by_symbol
        self._seen: dict[str, str] = {}

    def approved(
        self, written: str, observed: Observed, column: str = "gene", chromosome: str = ""
    ) -> str:
        """The approved symbol, or the symbol as written where the vocabulary has none.

        Parameters
        ----------
        chromosome : str
            Where the file says that the gene is; empty where it does not.

        Raises
        ------
        Rejected
            Where there is no symbol, or a spreadsheet made a date of it.
        """
        symbol = self._seen.get(written)
        if symbol is None:
            symbol = self._seen[written] = self._look_up(written.strip(), column)
        if symbol == written or symbol.upper() == written.strip().upper():
            return symbol
        if self._elsewhere(symbol, chromosome):
            return written.strip()
        notice = f"gene {written.strip()} read as {symbol}"
        if notice not in observed.notices:
            observed.notices.append(notice)
        return symbol

    def _elsewhere(self, symbol: str, chromosome: str) -> bool:
        known, told = self._genes[symbol].chromosome, chromosome_name(chromosome)
        return bool(known and told) and known != told and not {known, told} <= _SEX

    def same(self, one: str, other: str) -> bool:
        """Whether two names mean the same gene."""
        return self._approved.get(one.upper(), one) == self._approved.get(other.upper(), other)

    def _look_up(self, written: str, column: str) -> str:
        if written in ABSENT or written.casefold() == "unknown":
            raise Rejected(column, "names no gene", text=written, remedy="fill in the gene")
        if _DATE.match(written):
            remedy = "a spreadsheet made a date of the gene; restore its symbol"
            raise Rejected(column, "a date, not a gene", text=written, remedy=remedy)
        if not _SYMBOL.match(written):
            remedy = "give the gene's HGNC symbol"
            raise Rejected(column, "not a gene symbol", text=written, remedy=remedy)
        return self._approved.get(written.upper(), written)
