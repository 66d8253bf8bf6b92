"""The Cancer Genome Interpreter's biomarkers, one row for each variant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from onkos.criteria import parse
from onkos.model import Claim, Effect, Study, StudyKind, Unread, Vocabulary
from onkos.model.noun import Noun, require
from onkos.sources.knowledge.adapters.cgi_alteration import AlterationReader
from onkos.sources.knowledge.adapters.civic_profile import ProfileReader
from onkos.sources.knowledge.adapters.statement import (
    Regimen,
    Statement,
    as_the_format_says,
    claims_of,
    content_id,
    family,
    regimen_of,
    safe_term,
)
from onkos.sources.knowledge.maps import DiseaseMap, DiseaseTerm, DrugMap, disease_map, drug_map
from onkos.sources.knowledge.maps import table as map_table
from onkos.sources.patient.accounting import fits, misfit
from onkos.sources.patient.tables import Rejected, Table, open_table

SOURCE = "CGI"
COLUMNS = {
    "alteration": ("alteration",),
    "type": ("alteration_type",),
    "assay": ("assay_type",),
    "association": ("association",),
    "words": ("biomarker",),
    "drug": ("drug",),
    "family": ("drug_family",),
    "level": ("evidence_level",),
    "gene": ("gene",),
    "metastatic": ("metastatic_tumor_type",),
    "tumours": ("primary_tumor_acronym", "primary_tumor_type"),
    "citation": ("source",),
    "variant": ("individual_mutation",),
}
_OF_ONE_VARIANT = ("variant",)
_WHOLE = tuple(name for name in COLUMNS if name not in _OF_ONE_VARIANT)
REQUIRED = tuple(
    (name,) for name in ("alteration", "type", "association", "drug", "level", "tumours")
)
# What a level assures, and no more: a trial is prospective, and may have had one arm.
_KINDS = {
    "guidelines": StudyKind.RETROSPECTIVE,
    "trials": StudyKind.SINGLE_ARM,
    "report": StudyKind.CASE,
    "pre-clinical": StudyKind.PRECLINICAL,
}
_ORDER = tuple(StudyKind)
_EFFECTS = {
    "responsive": Effect.BENEFIT,
    "resistant": Effect.RESISTANCE,
    "no responsive": Effect.NO_BENEFIT,
    "increased toxicity": Effect.HARM,
}
_NOT_TOLD = re.compile(r"alone or in combination|in combination|\+/-", re.IGNORECASE)
_PMID = re.compile(r"PMID:\s*(\d+)")
_NCT = re.compile(r"NCT\d{8}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Tumour(Noun, frozen=True, kw_only=True):
    """What stands for an acronym: a term of the map of diseases, or why none does."""

    term: str = ""
    relation: str = ""
    when: str = ""
    refused: str = ""

    def __post_init__(self) -> None:
        require(bool(self.term) != bool(self.refused), "an acronym has a term or is refused")


class Words(Noun, frozen=True, kw_only=True):
    """The table's own words: ``knowledge/maps/cgi.toml``."""

    not_genes: frozenset[str]
    drugs_misspelt: dict[str, str]
    classes: dict[str, str]
    deletions: dict[str, str]
    tumours: dict[str, Tumour]


@lru_cache(maxsize=1)
def words() -> Words:
    """The built-in words."""
    return msgspec.convert(map_table("cgi.toml")["cgi"], Words)


class Biomarker(NamedTuple):
    """All rows of one biomarker: the same in every cell but those of the single variant."""

    cells: dict[str, str]
    lines: tuple[int, ...]

    @property
    def id(self) -> str:
        """By what it says, since the table has no numbers."""
        return f"cgi:{content_id(*(self.cells[name] for name in _WHOLE))}"


def read(path: Path, vocabulary: Vocabulary) -> Iterator[Claim | Unread]:
    """Claims of the table ``cgi_biomarkers_per_variant.tsv``.

    A biomarker that stands in several rows, one for each variant, is read once, with all its
    variants; where it cannot be read, each of its rows is told. An alternative that cannot be
    said is left out, which makes the claim narrower, and is told too.

    Yields
    ------
    Claim or Unread
        Claims as ``cgi:`` and a name made of what the biomarker says.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    reader = _Reader(vocabulary)
    with open_table(path, COLUMNS, REQUIRED) as table:
        found: list[Biomarker] = []
        yield from biomarkers(table, found)
        for biomarker in found:
            yield from _claims(table, biomarker, reader)


def biomarkers(table: Table, found: list[Biomarker]) -> Iterator[Unread]:
    """Put rows together that are one biomarker; rows that are none are told."""
    rows: dict[tuple[str, ...], list[int]] = {}
    width = len(table.header)
    for line, cells in table.rows:
        if not fits(cells, width):
            yield table.unread(line, misfit(cells, width))
            continue
        rows.setdefault(tuple(table.cell(cells, name) for name in _WHOLE), []).append(line)
    for key, lines in rows.items():
        found.append(Biomarker(dict(zip(_WHOLE, key, strict=True)), tuple(lines)))


def _claims(table: Table, one: Biomarker, reader: _Reader) -> Iterator[Claim | Unread]:
    said = f"{one.id}: {one.cells['words'] or one.cells['alteration']}"
    try:
        with as_the_format_says():
            stated, left = reader.statement(one)
            claims = list(claims_of(stated, reader.vocabulary))
    except Rejected as problem:
        why = Rejected(problem.column, problem.reason, text=said, remedy=problem.remedy)
        yield from (table.unread(line, why) for line in one.lines)
        return
    yield from claims
    for part in left:
        why = Rejected(part.column, f"in part: {part.reason}", text=said)
        yield table.unread(one.lines[0], why)


class _Reader:
    """Makes statements of biomarkers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary, self.words = vocabulary, words()
        self.alterations = AlterationReader(
            ProfileReader(vocabulary), self.words.not_genes, self.words.deletions
        )
        self.diseases: DiseaseMap = disease_map(vocabulary)
        self.drugs: DrugMap = drug_map(vocabulary)

    def statement(self, one: Biomarker) -> tuple[Statement, list[Rejected]]:
        """What a biomarker states, and what of it could not be said.

        Raises
        ------
        Rejected
            Where nothing of it can be.
        """
        cells = one.cells
        name, _, toxicity = cells["association"].partition(" (")
        effect = _EFFECTS.get(name.casefold())
        if effect is None:
            raise Rejected("association", f"{name or 'nothing'} is no association that is known")
        inherited = effect is Effect.HARM  # a gene of the patient's own metabolism
        when, left = self.alterations.read(
            cells["alteration"], cells["type"], cells["words"], inherited
        )
        terms, unplaced = self._terms(cells["tumours"])
        setting = self._setting(cells)
        said = Statement(
            id=one.id,
            source=SOURCE,
            words=cells["words"] or cells["alteration"],
            when=when,
            effect=effect,
            terms=terms,
            regimens=(self._regimen(cells),),
            studies=tuple(_studies(cells)),
            setting=parse(setting, self.vocabulary) if setting else None,
            note="; ".join(filter(None, (toxicity.rstrip(")").casefold(), _examples(cells)))),
        )
        return said, [*(Rejected("alteration", reason) for reason in left), *unplaced]

    def _terms(self, written: str) -> tuple[tuple[DiseaseTerm, ...], list[Rejected]]:
        placed: list[DiseaseTerm] = []
        unplaced: list[Rejected] = []
        for acronym in dict.fromkeys(written.split(";")):
            try:
                placed.append(self._term(acronym.strip()))
            except Rejected as problem:
                unplaced.append(Rejected("tumours", problem.reason))
        if not placed:
            raise unplaced[0]
        return tuple(placed), unplaced

    def _term(self, acronym: str) -> DiseaseTerm:
        tumour = self.words.tumours.get(acronym)
        if tumour is None:
            raise Rejected("tumours", f"{acronym or 'nothing'} is no acronym that is known")
        if tumour.refused:
            raise Rejected("tumours", tumour.refused)
        term = safe_term(self.diseases.find(tumour.term), tumour.term)
        return msgspec.structs.replace(
            term, relation=tumour.relation or term.relation, when=tumour.when or term.when
        )

    def _setting(self, cells: dict[str, str]) -> str:
        """A tumour told to be metastatic is; another one than the primary is not understood."""
        metastatic = cells["metastatic"]
        if metastatic and metastatic not in cells["tumours"].split(";"):
            raise Rejected("metastatic", f"{metastatic} is none of the primary tumours told")
        return "setting metastatic" if metastatic else ""

    def _regimen(self, cells: dict[str, str]) -> Regimen:
        drug, families = cells["drug"], cells["family"]
        if _NOT_TOLD.search(families):
            raise Rejected("family", "alone or with what other drug is not told")
        if families.startswith("[") or drug.startswith("["):
            names = [one.strip() for one in families.strip("[]").split(";")]
            if not all(names):
                raise Rejected("family", "names no therapy")
            return Regimen(tuple(dict.fromkeys(self._family(name) for name in names)))
        if not drug:
            raise Rejected("drug", "names no therapy")
        own = dict(zip(drug.split(";"), families.split(";"), strict=False))
        found = [self._drug(name.strip(), its.strip()) for name, its in own.items()]
        return Regimen(tuple(dict.fromkeys(one for part in found for one in part)))

    def _drug(self, name: str, its_family: str) -> tuple[str, ...]:
        if name in self.words.classes or name == its_family:
            return (self._family(name),)
        written = self.words.drugs_misspelt.get(name, name)
        return regimen_of((written,), self.drugs, self.vocabulary).drugs

    def _family(self, name: str) -> str:
        return family(self.words.classes.get(name, name), self.drugs)


def _examples(cells: dict[str, str]) -> str:
    """Members of a family that the row names; the claim is of the family."""
    members = cells["drug"].strip("[]")
    of_class = cells["drug"].startswith("[") and members
    assay = f"assay: {cells['assay']}" if cells["assay"] else ""
    return "; ".join(filter(None, (f"among them {members}" if of_class else "", assay)))


def _studies(cells: dict[str, str]) -> Iterator[Study]:
    """One for each citation, all at the level of the row; of several levels the weakest counts."""
    kinds = [_kind(level) for level in cells["level"].split(",")]
    kind = max(kinds, key=_ORDER.index)
    named = [one.strip() for one in cells["citation"].split(";") if one.strip()]
    for citation in dict.fromkeys(named or ["cancergenomeinterpreter.org"]):
        pmid, nct, year = (pattern.search(citation) for pattern in (_PMID, _NCT, _YEAR))
        yield Study(
            kind=kind,
            name="" if pmid or nct else citation,
            pmid=int(pmid[1]) if pmid else None,
            nct=nct[0] if nct else "",
            year=int(year[0]) if year and not pmid else None,
            level=cells["level"],
            source="" if pmid or nct else citation,
            note=f"CGI {cells['level']}",
        )


def _kind(level: str) -> StudyKind:
    last: Sequence[str] = level.casefold().split()
    kind = _KINDS.get(last[-1]) if last else None
    if kind is None:
        raise Rejected("level", f"{level or 'nothing'} is no level that is known")
    return kind
