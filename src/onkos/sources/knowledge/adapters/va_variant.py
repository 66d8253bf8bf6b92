"""The variant of a statement: a name in words, and what Cat-VRS says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onkos.model import Criterion
from onkos.model.criterion import Mutation
from onkos.sources.knowledge.adapters.moa_feature import FeatureReader
from onkos.sources.patient.tables import Rejected

Node = dict[str, Any]
_OF_MOA = re.compile(r"(\S+)(?: p\.(\S+))? \(([A-Za-z ]+)\)")
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
        end = place.get("end")
        end = end.get("value") if isinstance(end, dict) else end
        start = place.get("start")
        start = start.get("value") if isinstance(start, dict) else start
        one = isinstance(end, int) and isinstance(start, int) and end == start + 1
        if not one or not _protein(node, allele):
            continue
        if end != int(named[2]) or state.get("sequence") not in {named[3], None}:
            raise Rejected("variant", "the allele is at another residue, or another, than named")


def _protein(node: Node, allele: Node) -> bool:
    """Whether an allele lies on a protein: its residue is told, and is that of no base."""
    place = allele.get("location") or {}
    reference = str(place.get("sequence") or node.get("vrs_ref_allele_seq") or "")
    return bool(reference) and node.get("structural_type") != "SO:0000159"


def _alleles(node: Node) -> Iterator[Node]:
    for constraint in node.get("constraints") or ():
        if isinstance(constraint, dict) and isinstance(constraint.get("allele"), dict):
            yield constraint["allele"]
    if isinstance(node.get("variation"), dict):
        yield node["variation"]
