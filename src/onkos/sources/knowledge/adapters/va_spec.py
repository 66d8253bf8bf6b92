"""Statements of GA4GH VA-Spec about variants of Cat-VRS: 1.0 and its drafts since 2022."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from onkos.errors import InputError, Unreadable
from onkos.model import Claim, Effect, Study, StudyKind, Unread, Vocabulary
from onkos.sources.knowledge.adapters.moa import AssertionReader
from onkos.sources.knowledge.adapters.statement import (
    Regimen,
    Statement,
    as_the_format_says,
    claims_of,
    regimen_of,
)
from onkos.sources.knowledge.adapters.va_variant import VariantReader, without_statement
from onkos.sources.knowledge.json_file import read_json, unread_entry
from onkos.sources.knowledge.maps import DiseaseTerm
from onkos.sources.knowledge.relayed import FORMAT_NAME, RELAYED, owner_of
from onkos.sources.patient.tables import Rejected

SOURCE = FORMAT_NAME
DEEPEST = 40  # statements hold lines of evidence, which hold statements
Node = dict[str, Any]
# What a strength assures, and no more: VICC's codes by name, CIViC's letters, MOAlmanac's words,
# and the letters of AMP, of which C and D each cover two designs: the weaker counts.
_KINDS = {
    "authoritative evidence": StudyKind.RETROSPECTIVE,
    "fda recognized evidence": StudyKind.RETROSPECTIVE,
    "professional guideline evidence": StudyKind.RETROSPECTIVE,
    "clinical evidence": StudyKind.RETROSPECTIVE,
    "clinical cohort evidence": StudyKind.RETROSPECTIVE,
    "interventional study evidence": StudyKind.SINGLE_ARM,
    "observational study evidence": StudyKind.RETROSPECTIVE,
    "case study evidence": StudyKind.CASE,
    "preclinical evidence": StudyKind.PRECLINICAL,
    "inferential evidence": StudyKind.INFERRED,
    "inferential association": StudyKind.INFERRED,
    "validated association": StudyKind.RETROSPECTIVE,
    "case study": StudyKind.CASE,
    "fda-approved": StudyKind.RETROSPECTIVE,
    "guideline": StudyKind.RETROSPECTIVE,
    "clinical trial": StudyKind.SINGLE_ARM,
    "level a": StudyKind.RETROSPECTIVE,
    "level b": StudyKind.RETROSPECTIVE,
    "level c": StudyKind.CASE,
    "level d": StudyKind.PRECLINICAL,
}
_EFFECTS = {
    "predictssensitivityto": Effect.BENEFIT,
    "predictsresistanceto": Effect.RESISTANCE,
    "predictsreducedsensitivityto": Effect.RESISTANCE,
    "associatedwithbetteroutcomefor": Effect.BETTER_PROGNOSIS,
    "associatedwithworseoutcomefor": Effect.WORSE_PROGNOSIS,
    "isprognosticofbetteroutcomefor": Effect.BETTER_PROGNOSIS,
    "isprognosticofworseoutcomefor": Effect.WORSE_PROGNOSIS,
    "isdiagnosticinclusioncriterionfor": Effect.DIAGNOSIS,
}
_TREATS = frozenset({Effect.BENEFIT, Effect.NO_BENEFIT, Effect.RESISTANCE})
_LETTERS = re.compile(r"[^a-z]")


def read(paths: Sequence[Path], vocabulary: Vocabulary) -> Iterator[Claim | Unread]:
    """Claims of all statements of some files, those inside other ones too, each once.

    Parameters
    ----------
    paths : sequence of Path
        Read together, since the drafts keep what a variant is in another file than its statements.

    Yields
    ------
    Claim or Unread
        Of every statement, and of every entry of which no statement speaks, such as a variant of
        Cat-VRS alone. Claims as ``va_spec:civic.eid:1409``, by the statement's own id; their
        source is the owner of the statement, whose voice is one whatever file passes it on.

    Raises
    ------
    Unreadable
        With the files that are neither JSON nor YAML, or hold too deep a nest.
    """
    contents = [(path.name, _content(path)) for path in paths]
    described: dict[str, Node] = {}
    found: list[tuple[str, int, Node]] = []
    for name, content in contents:
        for number, node in enumerate(_objects(content, name), 1):
            if node.get("type") == "VariationDescriptor" and isinstance(node.get("id"), str):
                described[node["id"]] = node
            elif _is_statement(node):
                found.append((name, number, node))
    reader = _Reader(vocabulary, described)
    seen: dict[str, Node] = {}
    for name, number, node in found:
        identity = str(node.get("id") or f"{name}#{number}")
        if seen.get(identity) == node:
            continue
        again = identity in seen
        seen.setdefault(identity, node)
        try:
            if again:
                raise Rejected("id", "another statement with this id was read before")
            with as_the_format_says():
                claims = list(reader.claims(identity, node))
            yield from claims
        except Rejected as why:
            yield unread_entry(name, number, why, f"{identity}: {reader.words(node)}"[:80])
    named = {name for *_, node in found for name in reader.variants.named(node)}
    for name, content in contents:
        yield from without_statement(_entries(content), named, name)


def _content(path: Path) -> Any:
    """What a file of JSON or YAML holds."""
    if path.suffix.casefold() not in {".yaml", ".yml"}:
        return read_json(path)
    from onkos.sources.knowledge.trials.safe_yaml import read_yaml

    try:
        return read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, InputError) as error:
        raise Unreadable(path.name, [str(error)]) from None


def _is_statement(node: Node) -> bool:
    return isinstance(node.get("proposition") or node.get("target_proposition"), dict)


def _entries(content: object) -> Iterator[tuple[int, object]]:
    """Entries of a file that hold no statement, by their number from 1."""
    for number, entry in enumerate(_listed(content), 1):
        if not any(_is_statement(node) for node in _objects(entry, "")):
            yield number, entry


def _listed(content: object) -> Iterator[object]:
    """What a file lists: one thing, several, or several by name."""
    if isinstance(content, dict) and not {"id", "type"} & content.keys():
        for value in content.values():
            yield from value if isinstance(value, list) else [value] * isinstance(value, dict)
    else:
        yield from content if isinstance(content, list) else (content,)


def _objects(content: object, name: str, depth: int = 0) -> Iterator[Node]:
    """All objects, outer ones first."""
    if depth > DEEPEST:
        raise Unreadable(name, ["statements are nested too deep"])
    if isinstance(content, dict):
        yield content
        for value in content.values():
            yield from _objects(value, name, depth + 1)
    elif isinstance(content, list):
        for value in content:
            yield from _objects(value, name, depth + 1)


class _Reader:
    """Makes claims of statements."""

    def __init__(self, vocabulary: Vocabulary, described: dict[str, Node]) -> None:
        self.vocabulary = vocabulary
        self.of_moa = AssertionReader(vocabulary)
        self.variants = VariantReader(self.of_moa.features, described)

    def words(self, node: Node) -> str:
        """The variant's name, by which a reader finds a statement."""
        return self.variants.words(node)

    def claims(self, identity: str, node: Node) -> Iterator[Claim]:
        said = _said(node)
        effect, positive = _effect(node, said)
        self.of_moa.refuse_risk(effect, str(node.get("description") or ""))
        germline = "germline" in _name(
            said.get("alleleOriginQualifier") or node.get("variation_origin")
        )
        term = self._term(node, said)
        regimens = self._regimens(node, said) if effect in _TREATS else (Regimen(),)
        yield from claims_of(
            Statement(
                id=f"{RELAYED}{identity.replace('/', '_')}",
                source=_source(identity, node),
                words=self.words(node),
                when=self.variants.read(node, germline),
                effect=effect,
                terms=term,
                regimens=regimens,
                studies=self._studies(node, positive),
                note=self.variants.codes(node),
            ),
            self.vocabulary,
        )

    def _term(self, node: Node, said: Node) -> tuple[DiseaseTerm, ...]:
        condition = (
            said.get("conditionQualifier")
            or said.get("objectCondition")
            or node.get("neoplasm_type_descriptor")
            or {}
        )
        members = _members(condition, "conditions")
        if members and _name(condition.get("membershipOperator")) != "or":
            raise Rejected("condition", "several diseases at once")
        return tuple(
            self.of_moa.term({"name": _label(one), "oncotree_code": _oncotree(one)})
            for one in members or (condition,)
        )

    def _studies(self, node: Node, positive: bool) -> tuple[Study, ...]:
        ongoing = self.of_moa.ongoing(str(node.get("description") or ""))
        return tuple(replace(study, ongoing=ongoing) for study in _studies(node, positive))

    def _regimens(self, node: Node, said: Node) -> tuple[Regimen, ...]:
        given = said.get("objectTherapeutic") or node.get("object_descriptor") or {}
        members = _members(given, "therapies", "components", "substitutes", "member_descriptors")
        drugs = self.of_moa.drugs
        if not members:
            return (regimen_of([_label(given)] if _label(given) else [], drugs, self.vocabulary),)
        told = (given.get("membershipOperator"), given.get("groupType"))
        of_draft = (given.get("therapeutic_collection") or {}).get("type")
        how = next((word for one in (*told, of_draft) if (word := _name(one))), "")
        names = [_label(one) for one in members]
        if how in {"and", "combinationtherapy", "combinationtherapeutics"} or given.get(
            "components"
        ):
            return (regimen_of(names, drugs, self.vocabulary),)
        if how in {"or", "therapeuticsubstitutegroup", "substitutetherapeutics"} or given.get(
            "substitutes"
        ):
            each = [regimen_of([name], drugs, self.vocabulary) for name in names]
            return tuple(one._replace(suffix=f"/{'+'.join(one.drugs)}") for one in each)
        raise Rejected("therapeutic", "several therapies, and how they go together is not told")


def _source(identity: str, node: Node) -> str:
    """Whose the statement is, by its id or else its method's; the format where neither tells."""
    method = node.get("specifiedBy") or node.get("specified_by") or {}
    told = method.get("id") if isinstance(method, dict) else method
    owner = owner_of(identity, str(told or ""))
    return owner.source if owner else SOURCE


def _said(node: Node) -> Node:
    found = node.get("proposition") or node.get("target_proposition")
    return found if isinstance(found, dict) else {}


def _effect(node: Node, said: Node) -> tuple[Effect, bool]:
    predicate = _LETTERS.sub("", str(said.get("predicate") or "").casefold())
    effect = _EFFECTS.get(predicate)
    if effect is None:
        raise Rejected("predicate", f"{said.get('predicate') or 'nothing'}: no effect is told")
    direction = str(node.get("direction") or "supports").casefold()
    if direction == "supports":
        return effect, True
    if direction not in {"disputes", "refutes", "opposes"}:
        raise Rejected("direction", f"{direction}: neither for nor against")
    return (Effect.NO_BENEFIT, True) if effect is Effect.BENEFIT else (effect, False)


def _studies(node: Node, positive: bool) -> Iterator[Study]:
    """One for each document; of a statement that rests on others, their documents."""
    kind, level = _level(node)
    own = _list(node.get("reportedIn") or node.get("is_reported_in"))
    documents = [one for one in own if isinstance(one, dict)]
    if not documents:
        lines = _list(node.get("hasEvidenceLines"))
        items = [i for line in lines if isinstance(line, dict)
                 for i in _list(line.get("hasEvidenceItems"))]  # fmt: skip
        nested = [d for item in items if isinstance(item, dict)
                  for d in _list(item.get("reportedIn"))]  # fmt: skip
        documents = [one for one in nested if isinstance(one, dict)]
    facts = {}
    for one in documents or [{}]:
        codes = dict(str(x).split(":", 1) for x in _list(one.get("xrefs")) if ":" in str(x))
        pmid = str(one.get("pmid") or codes.get("pmid") or "")
        doi = str(one.get("doi") or codes.get("doi") or "")
        page = next((str(url) for url in _list(one.get("urls"))), "")
        study = Study(
            kind=kind,
            name="" if pmid or doi else str(one.get("name") or one.get("id") or node.get("id")),
            pmid=int(pmid) if pmid.isdigit() else None,
            doi=doi if doi.startswith("10.") else "",
            positive=positive,
            level=level,
            source="" if pmid or doi else page or str(one.get("id") or node.get("id")),
            note=f"strength {level}",
        )
        facts[study.source_id] = study
    yield from facts.values()


def _level(node: Node) -> tuple[StudyKind, str]:
    strength = node.get("strength") or node.get("evidence_level") or {}
    coding = strength.get("primaryCoding") or {}
    words = [
        str(strength.get("name") or strength.get("label") or ""),
        str(coding.get("code") or ""),
    ]
    for word in words:
        kind = _KINDS.get(word.casefold())
        if kind is not None:
            code = words[1] if len(words[1]) == 1 else ""
            return kind, f"{code} ({word})" if code and code != word else word
    told = ", ".join(filter(None, words)) or "none"
    raise Rejected("strength", f"{told}: no strength of evidence that is known")


def _members(node: Node, *names: str) -> list[Node]:
    found: object = next((node[name] for name in names if node.get(name)), [])
    return [one for one in _list(found) if isinstance(one, dict)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: object) -> str:
    """A word, or the name of a concept, in small letters."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("label") or ""
    return str(value or "").casefold()


def _label(node: Node) -> str:
    return str(node.get("name") or node.get("label") or "")


def _oncotree(node: Node) -> str:
    codes = [str(one) for one in _list(node.get("xrefs"))]
    for mapping in _list(node.get("mappings")):
        coding = mapping.get("coding") or {} if isinstance(mapping, dict) else {}
        exact = isinstance(mapping, dict) and mapping.get("relation") == "exactMatch"
        if exact and "oncotree" in str(coding.get("system", "")).casefold():
            codes.append(f"oncotree:{coding.get('code')}")
    return next((one.partition(":")[2] for one in codes if one.startswith("oncotree:")), "")
