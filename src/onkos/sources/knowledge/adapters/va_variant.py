"""Variants of Cat-VRS: that of a statement, by its name and its allele, and those of none."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Any

from onkos.model import Criterion, Unread
from onkos.model.criterion import Mutation
from onkos.sources.knowledge.adapters.moa_feature import FeatureReader
from onkos.sources.knowledge.json_file import unread_entry
from onkos.sources.patient.tables import Rejected

Node = dict[str, Any]
_OF_MOA = re.compile(r"(\S+)(?: p\.(\S+))? \(([A-Za-z ]+)\)")
_VARIANTS = frozenset({"CategoricalVariant", "VariationDescriptor", "Allele"})
_OF_A_VARIANT = ("constraints", "members", "variation", "definingContext")
_SINGLE = re.compile(r"([A-Z])(\d+)([A-Z*])")


class VariantReader:
    """Reads variants by their names, and checks these against their alleles.

    Parameters
    ----------
    features : FeatureReader
    described : dict of str to node
        Descriptors of the drafts, by id.
    """

    def __init__(self, features: FeatureReader, described: dict[str, Node]) -> None:
        self.features, self.described = features, described

    def words(self, statement: Node) -> str:
        """The variant's name; its id where it has none."""
        node = self._node(statement)
        return str(node.get("name") or node.get("label") or node.get("id") or "")

    def codes(self, statement: Node) -> str:
        """Ids of Cat-VRS and VRS."""
        node = self._node(statement)
        ids = [str(node.get("id") or ""), *(str(one.get("id") or "") for one in _alleles(node))]
        return ", ".join(dict.fromkeys(filter(None, ids)))

    def named(self, statement: Node) -> tuple[str, ...]:
        """Ids by which a statement names its variant."""
        return tuple(filter(None, (str(self._node(statement).get("id") or ""),)))

    def read(self, statement: Node, germline: bool) -> Criterion:
        """The criterion of a variant.

        Raises
        ------
        Rejected
            Where its name cannot be said, or its gene or allele is another than the name's.
        """
        node = self._node(statement)
        words = self.words(statement).replace("--", "::")
        if not words:
            raise Rejected("variant", "names no variant")
        of_moa = _OF_MOA.fullmatch(words)
        if of_moa:
            gene, change, word = of_moa.groups()
            kind = "germline_variant" if germline else "somatic_variant"
            rule = self.features.read(
                {
                    "feature_type": kind,
                    "gene": gene,
                    "protein_change": change,
                    "variant_annotation": word,
                }
            )
        else:
            rule = self.features.profiles.read(words, germline)
        _same_gene(statement, node, words)
        _same_allele(node, rule)
        return rule

    def _node(self, statement: Node) -> Node:
        said = statement.get("proposition") or statement.get("target_proposition")
        node = (
            (said if isinstance(said, dict) else {}).get("subjectVariant")
            or statement.get("subject_descriptor")
            or {}
        )
        if isinstance(node, str):
            return self.described.get(node, {"id": node})
        return node if isinstance(node, dict) else {}


def _same_gene(statement: Node, node: Node, words: str) -> None:
    said = statement.get("proposition") or {}
    told = said.get("geneContextQualifier") or {}
    gene = str(told.get("name") or "") if isinstance(told, dict) else ""
    gene = gene or str(node.get("gene_context") or "").rpartition("gene:")[2]
    if (
        gene
        and not gene.startswith("civic.gid")
        and not re.search(rf"\b{re.escape(gene)}\b", words)
    ):
        raise Rejected("variant", f"the gene is {gene}, and the name of the variant has another")


def _same_allele(node: Node, rule: Criterion) -> None:
    """A single substitution must be that of the allele of the protein, where one is given."""
    named = _SINGLE.fullmatch(rule.change) if isinstance(rule, Mutation) else None
    if not named:
        return
    for allele in _alleles(node):
        place = allele.get("location") or {}
        state = allele.get("state") or {}
        end, start = _residue(place.get("end")), _residue(place.get("start"))
        if end is None or start is None or end != start + 1 or not _protein(node, allele):
            continue
        if end != int(named[2]) or state.get("sequence") not in {named[3], None}:
            raise Rejected("variant", "the allele is at another residue, or another, than named")


def _residue(value: object) -> int | None:
    """A place, also as the drafts and as YAML write one; None where it is a range or no number."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    return value if isinstance(value, int) else None


def _protein(node: Node, allele: Node) -> bool:
    """Whether an allele lies on a protein: its residue is told, and is that of no base."""
    place = allele.get("location") or {}
    reference = str(place.get("sequence") or node.get("vrs_ref_allele_seq") or "")
    return bool(reference) and node.get("structural_type") != "SO:0000159"


def without_statement(
    entries: Iterable[tuple[int, object]], named: Container[str], source: str
) -> Iterator[Unread]:
    """Entries that no statement speaks of: of a variant alone no claim can be made.

    Parameters
    ----------
    named : container of str
        Ids of variants of which statements speak.
    """
    for number, entry in entries:
        node = entry if isinstance(entry, dict) else {}
        name = str(node.get("id") or "")
        if name in named:
            continue
        kind = str(node.get("type") or "")
        variant = kind in _VARIANTS or any(word in node for word in _OF_A_VARIANT)
        why = Rejected(
            "type",
            "a variant of Cat-VRS, and no statement says what it means" if variant
            else "neither a statement of VA-Spec nor a variant of Cat-VRS",
            remedy="give the file of VA-Spec statements that name it together with it"
            if variant else "",
        )  # fmt: skip
        label = str(node.get("label") or node.get("name") or "")
        yield unread_entry(source, number, why, f"{name or kind or 'no id'}: {label}"[:80])


def _alleles(node: Node) -> Iterator[Node]:
    for constraint in node.get("constraints") or ():
        if isinstance(constraint, dict) and isinstance(constraint.get("allele"), dict):
            yield constraint["allele"]
    if isinstance(node.get("variation"), dict):
        yield node["variation"]
