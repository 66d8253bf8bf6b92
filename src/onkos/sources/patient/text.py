"""Findings in plain words, as people and laboratories write them.

Every text yields at least one finding or an `Unread` with its remedy. What can be read in two
ways is not read: a wrong finding is worse than one that the user is asked to write plainly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onkos.model import Doubt, SmallVariant, Unread, Vocabulary
from onkos.model.protein import ProteinChange
from onkos.model.withheld import speaks_of_inheritance
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.sentence import Reading, Sentences
from onkos.sources.patient.spellings import real_symbols, spellings
from onkos.sources.patient.statement import NotUnderstood
from onkos.sources.patient.variant_text import protein_change

LONGEST_TEXT_SHOWN = 80
ALTERATIONS = "alterations"
_OPEN = "an alteration was not understood, and it may be this one"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_INHERITED = re.compile(r"germ|heredit|inherit|constitut|famil|carrier", re.IGNORECASE)

# The last vocabulary read against, with its tables; a run uses one.
_READERS: dict[int, tuple[Vocabulary, Reader]] = {}


def observe(texts: Iterable[str], vocabulary: Vocabulary, source: str = ALTERATIONS) -> Observed:
    """What plain texts tell of one patient.

    Parameters
    ----------
    texts : iterable of str
        ``"EGFR L858R"``, ``"HER2 IHC 2+ FISH negative"``, ``"no KIT D816V"``, ``"TMB 12"``.
    source : str
        Name of the field, for what was not understood.

    Returns
    -------
    Observed
        `rows` counts the texts; one text may hold several findings.
    """
    reader = _reader(vocabulary)
    observed = Observed()
    alterations = observed.alterations
    for text in texts:
        plain = reader.plain(text)
        if plain is not None:
            observed.rows += 1
            alterations.append(plain)
            continue
        apart = speaks_of_inheritance(str(text))
        into = observed.apart() if apart else observed
        into.rows += 1
        reader.read(text, into, source)
    return observed.folded()


def _reader(vocabulary: Vocabulary) -> Reader:
    kept = _READERS.get(id(vocabulary))
    if kept is None or kept[0] is not vocabulary:
        _READERS.clear()
        kept = _READERS[id(vocabulary)] = (vocabulary, Reader(vocabulary))
    return kept[1]


class Reader:
    """Reads texts against one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._sentences = Sentences(vocabulary)
        self._names = vocabulary.symbol_by_name
        self._longest = self._plain_genes(vocabulary)

    @staticmethod
    def _plain_genes(vocabulary: Vocabulary) -> dict[str, int]:
        """Length of the protein by symbol, 0 where not known, of genes without odd spellings."""
        table = dict.fromkeys(real_symbols().values(), 0)
        table |= {gene.symbol: gene.length for gene in vocabulary.genes}
        by_stem: dict[str, list[str]] = {}
        for gene in vocabulary.gene_by_symbol:
            by_stem.setdefault(gene.casefold().replace("-", ""), []).append(gene)
        odd = {
            gene
            for key in spellings().by_key
            for end in range(1, len(key) + 1)
            for gene in by_stem.get(key[:end], ())
            if protein_change(key[end:])
        }
        return {symbol: length for symbol, length in table.items() if symbol not in odd}

    def plain(self, text: str) -> SmallVariant | None:
        """The variant of a text that is a symbol and a protein change; None for all else."""
        try:
            symbol, _, written = text.partition(" ")
            length = self._longest.get(symbol)
        except AttributeError:
            return None
        if length is None:
            return None
        change: ProteinChange | None = protein_change(written)
        if change is None or (length and change.first > length + 1):
            return None
        return SmallVariant(
            gene=symbol,
            protein=change.text,
            consequence=change.consequence,
            first=change.first,
            last=change.last,
        )

    def read(self, text: str, observed: Observed, source: str) -> None:
        """Put what any text says into `observed`."""
        reading = Reading()
        try:
            self._sentences.read(str(text), reading)
        except NotUnderstood as error:
            reading.problems.append((str(text), error))
        except ValueError as error:
            reading.problems.append((str(text), NotUnderstood(str(error), "check the numbers")))
        observed.alterations += reading.alterations
        observed.phases += reading.phases
        observed.measurements += reading.measurements
        observed.notices += [n for n in reading.notices if n not in observed.notices]
        observed.unread += [_unread(part, error, source) for part, error in reading.problems]
        if source == ALTERATIONS:
            for part, _ in reading.problems:
                observed.doubts += self._doubts(part)

    def _doubts(self, text: str) -> list[Doubt]:
        """What a text that was not understood leaves open: its known genes, else all."""
        names = self._names
        words = (word.upper() for word in _WORD.findall(text))
        found = dict.fromkeys(names[word] for word in words if word in names)
        inherited = bool(_INHERITED.search(text))
        return [Doubt(reason=_OPEN, gene=gene, germline=inherited) for gene in found or ("",)]


def _unread(text: str, error: NotUnderstood, source: str) -> Unread:
    shown = text if len(text) <= LONGEST_TEXT_SHOWN else f"{text[: LONGEST_TEXT_SHOWN - 1]}…"
    return Unread(source=source, text=shown, reason=error.reason, remedy=error.remedy)
