"""Other systems' names of diseases and drugs, on the tree and in the names of the vocabulary."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from onkos.criteria import parse
from onkos.errors import VocabularyError
from onkos.model import Criterion, Vocabulary
from onkos.model.names import disease_key, name_key
from onkos.model.noun import Noun, require

FOLDER = Path(__file__).resolve().parent.parent.parent / "knowledge" / "maps"
RELATIONS = ("exact", "narrower", "broader", "syndrome", "not a tumour", "unnamed")


class DiseaseTerm(Noun, frozen=True, kw_only=True):
    """A disease of another system, and what stands for it here.

    Attributes
    ----------
    doid : str
        Digits of the Disease Ontology's code; empty for a term that has none.
    oncotree : tuple of str
        Codes or groups.
    excepted : tuple of str
        Codes below these that the term does not mean.
    relation : str
        What the codes, with `when`, are to the term; see ``knowledge/maps/diseases.toml``.
    when : str
        A criterion that belongs to the term.
    """

    doid: str = ""
    name: str
    names: tuple[str, ...] = ()
    oncotree: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    relation: str
    when: str = ""

    def __post_init__(self) -> None:
        require(self.relation in RELATIONS, f"{self.name}: no such relation: {self.relation}")
        placed = self.relation in {"exact", "narrower", "broader"}
        require(placed == bool(self.oncotree), f"{self.name}: {self.relation} and codes")

    @property
    def safe(self) -> bool:
        """Whether a claim about the term may be made about the codes: they add no patient."""
        return self.relation in {"exact", "narrower"}

    def criterion(self, vocabulary: Vocabulary) -> Criterion | None:
        """What the term asks for besides the codes."""
        return parse(self.when, vocabulary) if self.when else None


class DiseaseMap:
    """Terms by code and by name.

    Parameters
    ----------
    terms : iterable of DiseaseTerm
    vocabulary : Vocabulary
        Names that no term has are looked up on its tree.
    """

    def __init__(self, terms: Iterable[DiseaseTerm], vocabulary: Vocabulary) -> None:
        self.terms = tuple(terms)
        self._tree = vocabulary.tree
        self._by_doid = {term.doid: term for term in self.terms if term.doid}
        self._by_name: dict[str, DiseaseTerm] = {}
        for term in self.terms:
            for name in (term.name, *term.names):
                self._by_name.setdefault(disease_key(name), term)

    def find(self, name: str = "", doid: str = "") -> DiseaseTerm | None:
        """The term of a code, else of a name, else the node that the tree gives the name to.

        Parameters
        ----------
        doid : str
            With or without ``DOID:``.

        Returns
        -------
        DiseaseTerm or None
            None for a disease that is in neither; a name with two meanings is none.
        """
        known = self._by_doid.get(doid.upper().removeprefix("DOID:"))
        known = known or self._by_name.get(disease_key(name))
        if known or not name:
            return known
        try:
            code = self._tree.resolve(name)
        except VocabularyError:
            return None
        if disease_key(self._tree.by_code[code].name) != disease_key(name):
            return None  # a synonym on the tree may be coarser than what the other system means
        return DiseaseTerm(name=name, oncotree=(code,), relation="exact")


class DrugTerm(Noun, frozen=True, kw_only=True):
    """A name of a drug, a class or a regimen, and what it is carried as; one field says which.

    Attributes
    ----------
    setting : str
        A criterion that belongs to the name (adjuvant chemotherapy).
    refused : str
        Why it cannot be carried.
    """

    name: str
    drug: str = ""
    drug_class: str = msgspec.field(default="", name="class")
    regimen: tuple[str, ...] = ()
    setting: str = ""
    refused: str = ""

    def __post_init__(self) -> None:
        said = (self.drug, self.drug_class, self.regimen, self.refused)
        require(sum(map(bool, said)) == 1, f"{self.name}: drug, class, regimen or refused")


class Medicine(Noun, frozen=True, kw_only=True):
    """What a name of a drug means.

    Attributes
    ----------
    drugs : tuple of str
        INNs of the vocabulary, names in small letters where it has none, and classes as
        ``class "EGFR TKI"``; empty where `refused` says why.
    """

    drugs: tuple[str, ...] = ()
    setting: str = ""
    refused: str = ""


def class_name(written: str) -> str:
    """A class of drugs as it stands in a regimen, where no drug can be mistaken for it.

    >>> class_name("EGFR TKI")
    'class "EGFR TKI"'
    """
    return f'class "{written}"'


def is_class(drug: str) -> bool:
    """Whether one of a claim's drugs is a class.

    >>> is_class('class "EGFR TKI"'), is_class("osimertinib")
    (True, False)
    """
    return drug.startswith('class "')


class _DrugWords(Noun, frozen=True, kw_only=True):
    salts: tuple[str, ...]
    class_endings: tuple[str, ...]
    with_commas: tuple[str, ...]


class DrugMap:
    """What other systems call drugs.

    Parameters
    ----------
    terms : iterable of DrugTerm
    words : _DrugWords
        Salts, endings of classes, names with commas.
    vocabulary : Vocabulary
        Its own names come first.
    """

    def __init__(
        self, terms: Iterable[DrugTerm], words: _DrugWords, vocabulary: Vocabulary
    ) -> None:
        self._vocabulary, self._words = vocabulary, words
        self._terms = {name_key(term.name): term for term in terms}
        self._commas = tuple(words.with_commas)
        self._known: dict[str, Medicine] = {}

    def split(self, text: str) -> tuple[str, ...]:
        """Names of a list with commas.

        >>> drug_map(Vocabulary()).split("Erlotinib,HER2 Inhibitor CP-724,714")
        ('Erlotinib', 'HER2 Inhibitor CP-724,714')
        """
        for at, name in enumerate(self._commas):
            text = text.replace(name, f"\0{at}\0")
        parts = (part.strip() for part in text.split(","))
        kept = [re.sub("\0(\\d+)\0", lambda m: self._commas[int(m[1])], p) for p in parts if p]
        return tuple(dict.fromkeys(kept))

    def read(self, name: str) -> Medicine:
        """What one name means."""
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> Medicine:
        drug = self._vocabulary.drug_by_name.get(name_key(name))
        if drug:
            return Medicine(drugs=(drug.name,))
        term = self._terms.get(name_key(name))
        if term:
            return self._by_term(term)
        for other in self._other_spellings(name):
            drug = self._vocabulary.drug_by_name.get(name_key(other))
            term = self._terms.get(name_key(other))
            if drug or (term and term.drug):
                return Medicine(drugs=(drug.name if drug else term.drug,))  # type: ignore[union-attr]
        regimen = self._regimen(name)
        if regimen:
            return Medicine(drugs=regimen)
        if self._a_class(name):
            return Medicine(refused=f"{name!r} is a class of drugs that is not in maps/drugs.toml")
        return Medicine(drugs=(next(self._other_spellings(name), name).casefold(),))

    def _by_term(self, term: DrugTerm) -> Medicine:
        own = (term.drug,) if term.drug else ()
        named = (class_name(term.drug_class),) if term.drug_class else ()
        return Medicine(
            drugs=own or named or term.regimen, setting=term.setting, refused=term.refused
        )

    def _other_spellings(self, name: str) -> Iterator[str]:
        """Without the class before a code (``MEK Inhibitor TAK-733``), and without a salt."""
        *before, last = name.split()
        endings = set(self._words.class_endings)
        coded = any(ch.isdigit() for ch in last)
        if coded and any(word.casefold() in endings for word in before):
            yield last
        elif before and last.casefold() in self._words.salts:
            yield " ".join(before)

    def _regimen(self, name: str) -> tuple[str, ...]:
        """``Dabrafenib/Trametinib Regimen``, ``FOLFIRI Regimen``."""
        named, _, last = name.rpartition(" ")
        if last.casefold() not in {"regimen", "protocol"}:
            return ()
        try:
            whole = self._vocabulary.regimen_by_name.get(name_key(named))
            return whole.drugs if whole else self._vocabulary.therapy(named.replace("/", " + "))
        except VocabularyError:
            return ()

    def _a_class(self, name: str) -> bool:
        last = name.split()[-1].casefold() if name.split() else ""
        return last in self._words.class_endings


@lru_cache(maxsize=8)
def table(file: str) -> dict[str, Any]:
    """One file of the maps, read once."""
    return tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))


def disease_map(vocabulary: Vocabulary) -> DiseaseMap:
    """The built-in map of diseases: ``knowledge/maps/diseases.toml``."""
    rows = table("diseases.toml")["disease_term"]
    return DiseaseMap(msgspec.convert(rows, tuple[DiseaseTerm, ...]), vocabulary)


def drug_map(vocabulary: Vocabulary) -> DrugMap:
    """The built-in map of drugs: ``knowledge/maps/drugs.toml``."""
    content = table("drugs.toml")
    terms = msgspec.convert(content["drug_term"], tuple[DrugTerm, ...])
    return DrugMap(terms, msgspec.convert(content["drug_words"], _DrugWords), vocabulary)


class ProfileWords(Noun, frozen=True, kw_only=True):
    """What words of CIViC's profiles stand for: ``knowledge/maps/civic.toml``."""

    small_exon_deletions: frozenset[str]
    exons_in_doubt: frozenset[str]
    not_genes: frozenset[str]
    not_proteins: frozenset[str]
    domains: dict[str, tuple[str, ...]]
    phrases: dict[str, str]


def profile_words() -> ProfileWords:
    """The built-in words."""
    return msgspec.convert(table("civic.toml")["civic"], ProfileWords)
