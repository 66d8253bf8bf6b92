"""The Molecular Oncology Almanac: assertions as its harvester writes them, in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from onkos.criteria import parse
from onkos.errors import Unreadable, VocabularyError
from onkos.model import Claim, Criterion, Effect, Study, StudyKind, Unread, Vocabulary
from onkos.model.names import disease_key
from onkos.model.noun import Noun
from onkos.sources.knowledge.adapters.civic_profile import ProfileReader
from onkos.sources.knowledge.adapters.moa_feature import FeatureReader
from onkos.sources.knowledge.adapters.statement import (
    Regimen,
    Statement,
    as_the_format_says,
    claims_of,
    regimen_of,
    safe_term,
)
from onkos.sources.knowledge.json_file import read_json, unread_entry
from onkos.sources.knowledge.maps import DiseaseTerm, disease_map, drug_map
from onkos.sources.knowledge.maps import table as map_table
from onkos.sources.patient.tables import Rejected

SOURCE = "MOAlmanac"
Node = dict[str, Any]
# What a level assures, and no more. That a label or a guideline was cited is the source's word.
KINDS = {
    "fda-approved": StudyKind.RETROSPECTIVE,
    "guideline": StudyKind.RETROSPECTIVE,
    "clinical trial": StudyKind.SINGLE_ARM,
    "clinical evidence": StudyKind.RETROSPECTIVE,
    "preclinical": StudyKind.PRECLINICAL,
    "preclinical evidence": StudyKind.PRECLINICAL,
    "inferential": StudyKind.INFERRED,
    "inferential evidence": StudyKind.INFERRED,
}
_EFFECTS = {
    ("sensitivity", "1"): (Effect.BENEFIT, True),
    ("sensitivity", "0"): (Effect.NO_BENEFIT, True),
    ("resistance", "1"): (Effect.RESISTANCE, True),
    ("resistance", "0"): (Effect.RESISTANCE, False),
    ("prognosis", "1"): (Effect.BETTER_PROGNOSIS, True),
    ("prognosis", "0"): (Effect.WORSE_PROGNOSIS, True),
}
_NO_DRUG = {"surgery": "an operation is no drug"}
# The year before the volume ("2015;518(7540)": in brackets stands the issue), in brackets of its
# own, of a label's revision, or of a guideline's version.
_YEAR = re.compile(
    r"\b((?:19|20)\d\d)(?: [A-Z][a-z]{2}\.?(?: \d{1,2})?)? ?;|\(((?:19|20)\d\d)\b[^)]{0,12}\)"
    r"|Revised \w+,? ((?:19|20)\d\d)|V(?:ersion )?\.?\d+\.((?:19|20)\d\d)"
)


class Code(Noun, frozen=True, kw_only=True):
    """A code of the tree that stands for a name, and how the two are related."""

    code: str
    relation: str


class Words(Noun, frozen=True, kw_only=True):
    """The source's own words: ``knowledge/maps/moa.toml``.

    Attributes
    ----------
    contexts, contexts_of : dict
        Criteria by context; those of one disease, by its name, come first, and may ask for nothing.
    refused_contexts, refused_contexts_of : dict
        Why a context keeps its row unread, everywhere or in one disease.
    ongoing : tuple of str
        By which a description says that a trial runs and tells no result.
    risk : dict
        Words by which an outcome is the risk of getting a disease.
    """

    contexts: dict[str, str]
    contexts_of: dict[str, dict[str, str]]
    refused_contexts: dict[str, str]
    refused_contexts_of: dict[str, dict[str, str]]
    diseases: dict[str, str]
    risk: dict[str, tuple[str, ...]]
    codes: dict[str, Code]
    signatures: dict[str, float]
    ongoing: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Words:
    """The built-in words."""
    return msgspec.convert(map_table("moa.toml")["moa"], Words)


def read(path: Path, vocabulary: Vocabulary) -> Iterator[Claim | Unread]:
    """Claims of a harvested file: ``assertions`` with their features, and ``sources``.

    Yields
    ------
    Claim or Unread
        Claims as ``moa:1``, by the number of the assertion.

    Raises
    ------
    Unreadable
        Where the file is no such JSON.
    """
    content = read_json(path)
    found = content.get("assertions") if isinstance(content, dict) else None
    if not isinstance(found, list) or not found:
        raise Unreadable(path.name, ["no assertions; give the file of MOAlmanac's harvester"])
    listed = content.get("sources")
    sources = {
        str(one.get("id")): one
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict)
    }
    reader = AssertionReader(vocabulary)
    for number, node in enumerate(found, 1):
        try:
            with as_the_format_says():
                found_claims = list(reader.claims(node, sources))
            yield from found_claims
        except Rejected as why:
            yield unread_entry(path.name, number, why, said(node))


def said(node: object) -> str:
    """By what a reader finds an assertion."""
    if not isinstance(node, dict):
        return ""
    feature = node.get("variant")
    name = feature.get("feature", "") if isinstance(feature, dict) else ""
    return f"moa:{node.get('id')}: {name}"[:80]


class AssertionReader:
    """Makes claims of assertions."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary, self.words = vocabulary, words()
        self.features = FeatureReader(ProfileReader(vocabulary), words().signatures["share"])
        self.diseases, self.drugs = disease_map(vocabulary), drug_map(vocabulary)

    def claims(self, node: Node, sources: dict[str, Node]) -> Iterator[Claim]:
        """The claims of one assertion.

        Raises
        ------
        Rejected
            With the field that is to blame and the reason.
        """
        if not isinstance(node, dict) or not isinstance(node.get("variant"), dict):
            raise Rejected("variant", "no assertion with a feature")
        if node.get("deprecated") or node.get("validated") is False:
            raise Rejected("deprecated", "deprecated, or not validated, by its curators")
        effect, positive = _effect(node)
        self.refuse_risk(effect, _text(node, "description"))
        stated = Statement(
            id=f"moa:{node.get('id')}",
            source=SOURCE,
            words=_text(node["variant"], "feature"),
            when=self.features.read(node["variant"]),
            effect=effect,
            terms=(self.term(node.get("disease") or {}),),
            regimens=(self._regimen(node),),
            studies=(self._study(node, sources.get(str(node.get("source_id"))) or {}, positive),),
            setting=self._context(node),
            note=f"feature: {_text(node['variant'], 'feature_type').replace('_', ' ')}",
        )
        yield from claims_of(stated, self.vocabulary)

    def refuse_risk(self, effect: Effect, description: str) -> None:
        """The risk of getting a disease is no outcome of it.

        Raises
        ------
        Rejected
            Where the description tells such a risk.
        """
        told = description.casefold()
        prognosis = effect in {Effect.BETTER_PROGNOSIS, Effect.WORSE_PROGNOSIS}
        if prognosis and any(words in told for words in self.words.risk["words"]):
            reason = (
                "the risk of getting a disease is no outcome, and one that is uncertain no claim"
            )
            raise Rejected("favorable_prognosis", reason)

    def term(self, disease: Node) -> DiseaseTerm:
        """The code where it goes by the same name on the tree; else what the name means.

        Raises
        ------
        Rejected
            Where neither can stand for the disease.
        """
        name, code = _text(disease, "name"), _text(disease, "oncotree_code")
        if not name:
            raise Rejected("disease", "names no disease")
        known = self.vocabulary.tree.by_code.get(code)
        if known is not None and disease_key(known.name) == disease_key(name):
            return DiseaseTerm(name=name, oncotree=(code,), relation="exact")
        own = self.words.codes.get(name)
        if own is not None and own.code == code:
            return DiseaseTerm(name=name, oncotree=(code,), relation=own.relation)
        try:
            found = self.diseases.find(self.words.diseases.get(name, name))
        except VocabularyError:
            found = None
        return safe_term(found, name)

    def ongoing(self, description: str) -> bool:
        """Whether no more is said than that a trial runs."""
        told = description.casefold()
        return any(words in told for words in self.words.ongoing)

    def _study(self, node: Node, source: Node, positive: bool) -> Study:
        ongoing = self.ongoing(_text(node, "description"))
        return replace(_study(node, source, positive), ongoing=ongoing)

    def _context(self, node: Node) -> Criterion | None:
        key = _text(node, "context").rstrip(".")
        if not key:
            return None
        disease = _text(node.get("disease") or {}, "name")
        refused = self._of(self.words.refused_contexts, self.words.refused_contexts_of, disease)
        rules = self._of(self.words.contexts, self.words.contexts_of, disease)
        reason, rule = refused.get(key.casefold()), rules.get(key.casefold())
        if reason or rule is None:
            reason = reason or "a context that the language was not given words for"
            raise Rejected("context", reason, remedy="add the context to knowledge/maps/moa.toml")
        return parse(rule, self.vocabulary) if rule else None

    @staticmethod
    def _of(
        everywhere: dict[str, str], of_one: dict[str, dict[str, str]], disease: str
    ) -> dict[str, str]:
        """By words in small letters; those of the disease come before those of any."""
        both = everywhere | of_one.get(disease, {})
        return {words.casefold(): said for words, said in both.items()}

    def _regimen(self, node: Node) -> Regimen:
        therapy = node.get("therapy") or {}
        written = _text(therapy, "name")
        if not written:
            return Regimen()
        kind = _text(therapy, "type").casefold()
        parts = [part.strip() for part in written.split(" + ")]
        reason = next((_NO_DRUG[p.casefold()] for p in parts if p.casefold() in _NO_DRUG), "")
        if kind in _NO_DRUG or reason:
            raise Rejected("therapy", reason or _NO_DRUG[kind])
        return regimen_of(parts, self.drugs, self.vocabulary)


def _effect(node: Node) -> tuple[Effect, bool]:
    therapy = node.get("therapy") or {}
    told = {
        "sensitivity": _text(therapy, "sensitivity"),
        "resistance": _text(therapy, "resistance"),
        "prognosis": _text(node, "favorable_prognosis"),
    }
    given = [(name, value) for name, value in told.items() if value]
    if len(given) != 1:
        reason = (
            "more than one effect" if given else "neither sensitivity nor resistance nor outcome"
        )
        raise Rejected("therapy", reason)
    found = _EFFECTS.get(given[0])
    if found is None:
        raise Rejected("therapy", f"{given[0][0]} {given[0][1]}: no effect is told")
    return found


def _study(node: Node, source: Node, positive: bool) -> Study:
    level = _text(node, "predictive_implication")
    kind = KINDS.get(level.casefold())
    if kind is None:
        raise Rejected("predictive_implication", f"{level or 'nothing'} is no level of MOAlmanac")
    pmid, doi, nct = (_text(source, name) for name in ("pmid", "doi", "nct"))
    year = _YEAR.search(_text(source, "citation"))
    of_kind = _text(source, "type")
    trial = re.search(r"NCT\d{8}", nct)
    return Study(
        kind=kind,
        name="" if pmid or doi else {"FDA": "FDA label"}.get(of_kind, of_kind or SOURCE),
        nct=trial[0] if trial else "",
        pmid=int(pmid) if pmid.isdigit() else None,
        doi=doi if doi.startswith("10.") else "",
        year=int(next(filter(None, year.groups()))) if year else None,
        positive=positive,
        level=level,
        source="" if pmid or doi else _text(source, "url") or "moalmanac.org",
        note=f"MOAlmanac {level}",
    )


def _text(node: Node, name: str) -> str:
    value = node.get(name)
    return "" if value is None else str(value).strip()
