"""One item of CIViC, from whichever of its forms, to claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onkos.criteria import parse
from onkos.model import Claim, Criterion, Effect, Study, StudyKind, Vocabulary
from onkos.model.criterion import And, SettingIs
from onkos.sources.knowledge.adapters.civic_profile import ProfileReader
from onkos.sources.knowledge.maps import DiseaseTerm, disease_map, drug_map
from onkos.sources.patient.tables import Rejected

SOURCE = "CIViC"
EVERYBODY = ("SOLID", "BLOOD")  # in whom a predisposition holds, whatever tumour they have

# What a level assures, and no more: neither A nor B says that a trial was randomised.
_KINDS = {
    "A": StudyKind.RETROSPECTIVE,
    "B": StudyKind.RETROSPECTIVE,
    "C": StudyKind.CASE,
    "D": StudyKind.PRECLINICAL,
    "E": StudyKind.INFERRED,
}
# Type, significance and direction to the effect, and whether the study speaks for it.
_EFFECTS: dict[tuple[str, str, bool], tuple[Effect, bool]] = {
    ("predictive", "sensitivityresponse", True): (Effect.BENEFIT, True),
    ("predictive", "sensitivityresponse", False): (Effect.NO_BENEFIT, True),
    ("predictive", "resistance", True): (Effect.RESISTANCE, True),
    ("predictive", "resistance", False): (Effect.RESISTANCE, False),
    ("predictive", "reducedsensitivity", True): (Effect.RESISTANCE, True),
    ("predictive", "reducedsensitivity", False): (Effect.RESISTANCE, False),
    ("predictive", "adverseresponse", True): (Effect.HARM, True),
    ("predictive", "adverseresponse", False): (Effect.HARM, False),
    ("prognostic", "betteroutcome", True): (Effect.BETTER_PROGNOSIS, True),
    ("prognostic", "betteroutcome", False): (Effect.BETTER_PROGNOSIS, False),
    ("prognostic", "pooroutcome", True): (Effect.WORSE_PROGNOSIS, True),
    ("prognostic", "pooroutcome", False): (Effect.WORSE_PROGNOSIS, False),
    ("diagnostic", "positive", True): (Effect.DIAGNOSIS, True),
    ("diagnostic", "positive", False): (Effect.DIAGNOSIS, False),
    ("predisposing", "predisposition", True): (Effect.PREDISPOSITION, True),
    ("predisposing", "pathogenic", True): (Effect.PREDISPOSITION, True),
    ("predisposing", "likelypathogenic", True): (Effect.PREDISPOSITION, True),
}
_NO_EFFECT = {
    "functional": "what a change does to the protein; read with functional_studies",
    "oncogenic": "a judgement of oncogenicity; onkos works out its own",
    "predisposing": "predisposition that is uncertain or denied is no claim",
    "diagnostic": "that a diagnosis is excluded has no word among the effects",
}
_DIRECTIONS = {"supports": True, "does not support": False, "does_not_support": False}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NCT = re.compile(r"NCT\d{8}")


class Item(NamedTuple):
    """An evidence item or an assertion, as text.

    Attributes
    ----------
    level : str
        Of evidence CIViC's own, of an assertion that of AMP, which is not the same scale.
    tier : str
        Of an assertion, as CIViC writes it: ``TIER_I_LEVEL_A``, ``Tier I - Level A``.
    remarks : tuple of str
        What an assertion says of regulators and guidelines, and what it rests on.
    """

    id: str
    profile: str
    kind: str
    direction: str
    significance: str
    level: str
    disease: str = ""
    doid: str = ""
    therapies: tuple[str, ...] = ()
    together: str = ""
    origin: str = ""
    rating: str = ""
    citation: str = ""
    citation_id: str = ""
    source_type: str = ""
    abstract: str = ""
    trials: str = ""
    phenotypes: str = ""
    tier: str = ""
    remarks: tuple[str, ...] = ()
    flagged: bool = False

    @property
    def said(self) -> str:
        """The item's id and profile, by which a reader finds it."""
        return f"{self.id}: {self.profile}"


class ItemReader:
    """Makes claims of items; the maps and profiles are read once.

    Parameters
    ----------
    vocabulary : Vocabulary
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.profiles = ProfileReader(vocabulary)
        self.diseases = disease_map(vocabulary)
        self.drugs = drug_map(vocabulary)

    def claims(self, item: Item) -> Iterator[Claim]:
        """The claims of one item: one, or one for each drug that may stand for another.

        Raises
        ------
        Rejected
            With the column that is to blame and the reason; its text names the item.
        """
        try:
            yield from self._claims(item)
        except Rejected as problem:
            raise Rejected(
                problem.column, problem.reason, text=item.said, remedy=problem.remedy
            ) from None

    def _claims(self, item: Item) -> Iterator[Claim]:
        effect, positive = _effect(item)
        inherited = effect is Effect.PREDISPOSITION or "germline" in item.origin.casefold()
        if effect is Effect.PREDISPOSITION and item.origin.casefold() == "somatic":
            raise Rejected("origin", "a predisposition by a somatic change")
        profile = self.profiles.read(item.profile, inherited)
        term = self._disease(item, effect)
        study = _study(item, positive)
        belongs = None if effect in _CONDITIONS else term.criterion(self.vocabulary)
        everybody = effect is Effect.PREDISPOSITION
        for regimen, setting, suffix in self._regimens(item, effect):
            when, clinical = _placed(profile, belongs, setting)
            yield Claim(
                id=f"civic:{item.id}{suffix}",
                when=when,
                disease=EVERYBODY if everybody else term.oncotree,
                disease_except=() if everybody else term.excepted,
                setting=clinical,
                therapy=regimen,
                effect=effect,
                condition=term.name if effect in _CONDITIONS else "",
                note=_note(item, term),
                studies=(study,),
                unverified=item.flagged,
                source=SOURCE,
            )

    def _disease(self, item: Item, effect: Effect) -> DiseaseTerm:
        if not (item.disease or item.doid):
            raise Rejected("disease", "names no disease")
        term = self.diseases.find(item.disease, item.doid)
        if term is None:
            remedy = "add the term to knowledge/maps/diseases.toml"
            raise Rejected(
                "disease", f"{item.disease} is not in the map of diseases", remedy=remedy
            )
        if effect is Effect.PREDISPOSITION and term.relation != "unnamed":
            return term
        if term.safe or (effect is Effect.DIAGNOSIS and term.oncotree):
            return term
        if term.relation == "broader":
            raise Rejected("disease", f"{term.name} has no node of its own on the tree")
        raise Rejected("disease", f"{term.name} is no tumour of the tree ({term.relation})")

    def _regimens(
        self, item: Item, effect: Effect
    ) -> Iterator[tuple[tuple[str, ...], Criterion | None, str]]:
        """Drugs of each claim, what belongs to their names, and the end of the claim's id."""
        if effect not in _TREATS:
            yield (), None, ""
            return
        names = dict.fromkeys(item.therapies)
        together = item.together.casefold()
        if not names:
            raise Rejected("therapies", "names no therapy")
        if len(names) > 1 and together not in {"combination", "substitutes"}:
            reason = f"several therapies, and how they go together is {together or 'not told'}"
            raise Rejected("together", reason)
        if len(names) == 1 or together == "combination":
            yield (*self._drugs(names), "")
            return
        for name in names:
            drugs, setting = self._drugs((name,))
            yield drugs, setting, f"/{'+'.join(drugs)}"

    def _drugs(
        self, names: dict[str, None] | tuple[str]
    ) -> tuple[tuple[str, ...], Criterion | None]:
        drugs: list[str] = []
        settings: list[str] = []
        for name in names:
            medicine = self.drugs.read(name)
            if medicine.refused:
                raise Rejected("therapies", medicine.refused)
            drugs += medicine.drugs
            settings += [medicine.setting] if medicine.setting else []
        rule = parse(" and ".join(settings), self.vocabulary) if settings else None
        return tuple(dict.fromkeys(drugs)), rule


_TREATS = frozenset({Effect.BENEFIT, Effect.NO_BENEFIT, Effect.RESISTANCE, Effect.HARM})
_CONDITIONS = frozenset({Effect.DIAGNOSIS, Effect.PREDISPOSITION})


def _effect(item: Item) -> tuple[Effect, bool]:
    kind = item.kind.casefold()
    if kind in {"functional", "oncogenic"}:
        raise Rejected("kind", _NO_EFFECT[kind])
    supports = _DIRECTIONS.get(item.direction.casefold())
    meaning = "".join(ch for ch in item.significance.casefold() if ch.isalpha())
    found = _EFFECTS.get((kind, meaning, supports)) if supports is not None else None
    if found is None:
        told = _NO_EFFECT.get(kind, "")
        said = f"{item.direction or 'no direction'}, {item.significance or 'no significance'}"
        raise Rejected("significance", told or f"{kind or 'no type'}: {said}: no effect is told")
    return found


def _placed(
    profile: Criterion, belongs: Criterion | None, setting: Criterion | None
) -> tuple[Criterion, Criterion | None]:
    """The criterion with what the disease asks for; a word of the setting goes to the setting."""
    if isinstance(belongs, SettingIs):
        both = And(of=(belongs, setting)) if setting else belongs
        return profile, both
    if belongs is None:
        return profile, setting
    parts = belongs.of if isinstance(belongs, And) else (belongs,)
    own = profile.of if isinstance(profile, And) else (profile,)
    more = tuple(part for part in parts if part not in own)
    return And(of=(*own, *more)) if more else profile, setting


def _study(item: Item, positive: bool) -> Study:
    kind = _KINDS.get(item.level)
    if kind is None and item.id.startswith("AID"):
        raise Rejected("tier", f"{item.tier or 'no tier'}: an assertion without a tier of AMP")
    if kind is None:
        raise Rejected("level", f"{item.level or 'no level'} is no level of CIViC")
    trials = _NCT.findall(item.trials)
    year = _YEAR.search(item.citation)
    pubmed = item.source_type.casefold() == "pubmed" and item.citation_id.isdigit()
    doi = item.citation_id if item.citation_id.startswith("10.") else ""
    return Study(
        kind=kind,
        name=item.citation,
        nct=trials[0] if trials else "",
        pmid=int(item.citation_id) if pubmed else None,
        doi=doi,
        year=int(year.group()) if year else None,
        positive=positive,
        level=item.level,
        source="" if pubmed or doi else _abstract(item),
        note=_graded(item, trials),
        unverified=item.flagged,
    )


def _abstract(item: Item) -> str:
    number = f" abstract {item.abstract}" if item.abstract else f" source {item.citation_id}"
    return f"{item.source_type}{number}" if item.source_type else f"civicdb.org {item.id}"


def _graded(item: Item, trials: list[str]) -> str:
    rating = f", rating {item.rating}" if item.rating else ""
    parts = [f"AMP {item.tier}" if item.tier else f"CIViC level {item.level}{rating}"]
    parts += [f"also {', '.join(trials[1:])}"] if len(trials) > 1 else []
    parts += [f"variant origin {item.origin.casefold()}"] if item.origin else []
    return "; ".join((*parts, *item.remarks))


def _note(item: Item, term: DiseaseTerm) -> str:
    """What of the item has no field of its own: its words, and how the disease was placed."""
    code = f"DOID:{term.doid}, " if term.doid else ""
    parts = [f"profile: {item.profile}", f"disease: {term.name} ({code}{_PLACED[term.relation]})"]
    parts += [f"phenotypes: {item.phenotypes}" if item.phenotypes else ""]
    if item.significance.casefold().startswith("reduced"):
        parts.append("reduced sensitivity")
    parts += ["questioned in CIViC (flagged)"] if item.flagged else []
    return "; ".join(filter(None, parts))


_PLACED = {
    "exact": "the same here",
    "narrower": "fewer diseases here",
    "broader": "no node of its own here",
    "syndrome": "a syndrome",
    "not a tumour": "not a tumour",
}
