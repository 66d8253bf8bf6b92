"""Vocabularies of others: what ours has and theirs does not, and the other way round.

Nothing of them enters a report; each difference is a sentence for those who keep the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onkos.errors import Unreadable
from onkos.model import Unread, Vocabulary
from onkos.model.names import disease_key, name_key
from onkos.sources.knowledge.json_file import read_json
from onkos.sources.patient.accounting import understood
from onkos.sources.patient.tables import Rejected, open_table

INTERACTIONS = {
    "gene": ("Gene", "gene_name"),
    "claimed": ("drug_claim_primary_name", "drug_claim_name"),
    "drug": ("drug_name",),
}
DEEPEST = 40


def oncotree(path: Path, vocabulary: Vocabulary) -> Iterator[str | Unread]:
    """How the built-in tree differs from a tree of OncoTree as JSON.

    Yields
    ------
    str or Unread
        Codes that it adds, drops, or calls by another name.

    Raises
    ------
    Unreadable
        Where the file is no such tree.
    """
    theirs = dict(_codes(read_json(path), path.name))
    if not theirs:
        raise Unreadable(path.name, ["no codes; give a tree as api/tumorTypes/tree gives it"])
    own = {code: node.name for code, node in vocabulary.tree.by_code.items()}
    for code in sorted(theirs.keys() - own.keys() - {"TISSUE"}):
        yield f"{code} ({theirs[code]}) is not in the built-in tree"
    for code in sorted(own.keys() - theirs.keys()):
        yield f"{code} ({own[code]}) of the built-in tree is not in {path.name}"
    for code in sorted(own.keys() & theirs.keys()):
        if disease_key(own[code]) != disease_key(theirs[code]):
            yield f"{code} is {own[code]} here and {theirs[code]} there"


def _codes(node: Any, name: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    if depth > DEEPEST:
        raise Unreadable(name, ["the tree is nested too deep"])
    for child in node.values() if isinstance(node, dict) else ():
        if isinstance(child, dict) and isinstance(child.get("code"), str):
            yield child["code"], str(child.get("name") or "")
            yield from _codes(child.get("children"), name, depth + 1)


def dgidb(path: Path, vocabulary: Vocabulary) -> Iterator[str | Unread]:
    """Drugs of ours that a table of interactions, or an answer of the API, does not have.

    Raises
    ------
    Unreadable
        Where the file is neither.
    """
    seen: set[str] = set()
    if path.suffix == ".json":
        seen = set(_of_answer(read_json(path)))
    else:
        with open_table(path, INTERACTIONS, (("gene",), ("drug", "claimed"))) as table:

            def names(cells: list[str]) -> tuple[str, ...]:
                found = tuple(name for n in ("drug", "claimed") if (name := table.cell(cells, n)))
                if not found:
                    raise Rejected("drug", "names no drug", text=table.cell(cells, "gene"))
                return found

            for row in understood(table, names):
                if isinstance(row, Unread):
                    yield row
                else:
                    seen.update(row)
    if not seen:
        raise Unreadable(path.name, ["no interaction with a drug"])
    theirs = {name_key(name) for name in seen}
    for drug in vocabulary.drugs:
        if not theirs & {
            name_key(n) for n in (drug.name, *drug.brands, *drug.codes, *drug.synonyms)
        }:
            yield f"{drug.name} is a drug here and not in {path.name}"


def _of_answer(content: Any) -> Iterator[str]:
    """Names of drugs, of the genes of an answer to GraphQL."""
    nodes = content
    for field in ("data", "genes", "nodes"):
        nodes = nodes.get(field) if isinstance(nodes, dict) else None
    for node in nodes if isinstance(nodes, list) else ():
        found = node.get("interactions") if isinstance(node, dict) else None
        for one in found if isinstance(found, list) else ():
            drug = one.get("drug") if isinstance(one, dict) else None
            if isinstance(drug, dict) and drug.get("name"):
                yield str(drug["name"])
