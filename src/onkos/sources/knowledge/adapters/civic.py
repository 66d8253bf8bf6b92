"""CIViC: accepted evidence and assertions, as tab-separated text or as answers of its API."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from onkos.errors import Unreadable
from onkos.model import Claim, FunctionalStudy, Unread, Vocabulary
from onkos.model.criterion import Mutation
from onkos.sources.knowledge.adapters import civic_assertion
from onkos.sources.knowledge.adapters.civic_old import profile_of_2021
from onkos.sources.knowledge.adapters.civic_row import Item, ItemReader
from onkos.sources.knowledge.json_file import read_json, unread_entry
from onkos.sources.knowledge.maps import DrugMap
from onkos.sources.patient.accounting import all_understood
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "id": ("evidence_id",),
    "profile": ("molecular_profile", "variant"),
    "gene": ("gene",),
    "disease": ("disease",),
    "doid": ("doid",),
    "phenotypes": ("phenotypes",),
    "therapies": ("therapies", "drugs"),
    "together": ("therapy_interaction_type", "drug_interaction_type"),
    "kind": ("evidence_type",),
    "direction": ("evidence_direction",),
    "level": ("evidence_level",),
    "significance": ("significance", "clinical_significance"),
    "citation": ("citation",),
    "citation_id": ("citation_id",),
    "source_type": ("source_type",),
    "abstract": ("asco_abstract_id",),
    "trials": ("nct_ids",),
    "rating": ("rating",),
    "status": ("evidence_status",),
    "origin": ("variant_origin",),
    "flagged": ("is_flagged",),
}
REQUIRED = tuple((name,) for name in ("id", "profile", "disease", "kind", "direction", "level"))
_DAMAGING = {"lossoffunction", "gainoffunction", "dominantnegative", "neomorphic"}


def read(path: Path, vocabulary: Vocabulary) -> Iterator[Claim | Unread]:
    """Claims of CIViC's ``ClinicalEvidenceSummaries.tsv``, ``AssertionSummaries.tsv``, or JSON.

    Every row is one or several claims, or is told as unread with its id and the reason. A
    criterion is never broader than its molecular profile, nor the diseases than the disease.

    Parameters
    ----------
    path : Path
        Tab-separated, plain or gzip, with columns of 2021 or of 2026; or ``.json``.

    Yields
    ------
    Claim or Unread
        Claims as ``civic:EID1409`` or ``civic:AID7``, with ``/drug`` where drugs may stand for one
        another.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    reader = ItemReader(vocabulary)
    if path.suffix == ".json":
        yield from _read_json(path, reader)
        return
    columns, required, row_of = COLUMNS, REQUIRED, item_of
    if civic_assertion.is_of_assertions(path):
        columns, required = civic_assertion.COLUMNS, civic_assertion.REQUIRED
        row_of = civic_assertion.assertion_of
    with open_table(path, columns, required) as table:
        item = partial(row_of, table, reader.drugs, vocabulary)
        yield from all_understood(table, lambda cells: reader.claims(item(cells)))


def item_of(table: Table, drugs: DrugMap, vocabulary: Vocabulary, cells: list[str]) -> Item:
    """One row, whichever the year."""
    told = {name: table.cell(cells, name) for name in COLUMNS}
    if told["status"] not in {"", "accepted"}:
        text = f"EID{told['id']}"
        raise Rejected("status", f"{told['status']}, not accepted by CIViC's editors", text=text)
    profile = told["profile"]
    if "gene" in table.columns:
        profile = profile_of_2021(told["gene"], profile, vocabulary)
    return Item(
        id=f"EID{told['id']}",
        profile=profile,
        therapies=drugs.split(told["therapies"]),
        remarks=(),
        flagged=told["flagged"].casefold() == "true",
        **{name: told[name] for name in _PLAIN},
    )


_PLAIN = (
    "kind", "direction", "significance", "level", "disease", "doid", "together", "origin",
    "rating", "citation", "citation_id", "source_type", "abstract", "trials", "phenotypes",
)  # fmt: skip


def functional_studies(path: Path, vocabulary: Vocabulary) -> Iterator[FunctionalStudy | Unread]:
    """Experiments on single protein changes: the rows of the type Functional.

    A study that finds no dominant-negative effect has not shown a neutral change, so that it
    comes out unread; one that finds the function unaltered has.

    Raises
    ------
    Unreadable
        With every problem of the file as a whole.
    """
    reader = ItemReader(vocabulary)
    with open_table(path, COLUMNS, REQUIRED) as table:

        def studies(cells: list[str]) -> Iterator[FunctionalStudy]:
            item = item_of(table, reader.drugs, vocabulary, cells)
            if item.kind.casefold() == "functional":
                yield _functional(item, reader)

        yield from all_understood(table, studies)


def _functional(item: Item, reader: ItemReader) -> FunctionalStudy:
    meaning = "".join(ch for ch in item.significance.casefold() if ch.isalpha())
    supports = item.direction.casefold() == "supports"
    if not supports or meaning not in _DAMAGING | {"unalteredfunction"}:
        reason = (
            f"{item.direction}, {item.significance}: shows neither damage nor a normal function"
        )
        raise Rejected("significance", reason, text=item.said)
    try:
        rule = reader.profiles.read(item.profile)
    except Rejected as problem:
        raise Rejected("profile", problem.reason, text=item.said) from None
    single = isinstance(rule, Mutation) and rule.change[-1:].isalpha() and "/" not in rule.change
    if not isinstance(rule, Mutation) or not single:
        raise Rejected("profile", "not one protein change", text=item.said)
    source = f"PMID:{item.citation_id}" if item.source_type == "PubMed" else item.citation
    return FunctionalStudy(
        gene=rule.genes[0], change=rule.change, damaging=meaning in _DAMAGING, source=source
    )


def _read_json(path: Path, reader: ItemReader) -> Iterator[Claim | Unread]:
    """Answers of the API: nodes of ``evidenceItems`` and of ``assertions``."""
    content = read_json(path)
    data = content.get("data", content) if isinstance(content, dict) else {}
    nodes = [
        (kind, node) for kind in ("evidenceItems", "assertions") for node in _nodes(data, kind)
    ]
    if not nodes:
        problem = "no nodes of evidenceItems or assertions; give an answer of CIViC's API"
        raise Unreadable(path.name, [problem])
    for number, (kind, node) in enumerate(nodes, 1):
        try:
            yield from reader.claims(_item_of_node(kind, node))
        except Rejected as why:
            yield unread_entry(path.name, number, why)


def _nodes(data: Any, kind: str) -> list[dict[str, Any]]:
    found = data.get(kind) if isinstance(data, dict) else None
    nodes = found.get("nodes") if isinstance(found, dict) else None
    return [node for node in nodes or [] if isinstance(node, dict)]


def _item_of_node(kind: str, node: dict[str, Any]) -> Item:
    """One node; the API's names and capitals as in the tables."""
    assertion = kind == "assertions"
    source = node.get("source") or {}
    disease = node.get("disease") or {}
    status = str(node.get("status") or "")
    identity = str(node.get("name") or node.get("id") or "")
    if status and status != "ACCEPTED":
        raise Rejected("status", f"{status.casefold()}, not accepted", text=identity)
    tier = str(node.get("ampLevel") or "")
    return Item(
        id=identity,
        profile=str((node.get("molecularProfile") or {}).get("name") or ""),
        kind=str(node.get("assertionType" if assertion else "evidenceType") or ""),
        direction=str(node.get("assertionDirection" if assertion else "evidenceDirection") or ""),
        significance=str(node.get("significance") or ""),
        level=tier[-1:] if assertion else str(node.get("evidenceLevel") or ""),
        disease=str(disease.get("displayName") or disease.get("name") or ""),
        doid=str(disease.get("doid") or ""),
        therapies=tuple(str(one.get("name") or "") for one in node.get("therapies") or ()),
        together=str(node.get("therapyInteractionType") or ""),
        origin=str(node.get("variantOrigin") or "").replace("_", " "),
        rating=str(node.get("evidenceRating") or ""),
        citation=str(source.get("citation") or ""),
        citation_id=str(source.get("citationId") or ""),
        source_type=str(source.get("sourceType") or ""),
        abstract=str(source.get("ascoAbstractId") or ""),
        trials=_names(source.get("clinicalTrials"), "nctId"),
        phenotypes=_names(node.get("phenotypes"), "name"),
        tier=tier,
        flagged=bool(node.get("flagged") or (node.get("flags") or {}).get("totalCount")),
    )


def _names(nodes: Any, field: str) -> str:
    return ", ".join(str(one.get(field) or "") for one in nodes or () if isinstance(one, dict))
