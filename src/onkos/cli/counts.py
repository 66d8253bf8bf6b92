"""Counts of what the knowledge holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from onkos.model import DiseaseTree, Knowledge

Counts = dict[str, dict[str, int]]


def count(knowledge: Knowledge) -> Counts:
    """Entries by kind; claims by effect, branch of the tree, and regulator; facts unverified."""
    claims, words = knowledge.claims, knowledge.vocabulary
    facts = [fact for claim in claims for fact in claim.facts]
    branches = (b for c in claims for b in {_branch(code, words.tree) for code in c.disease})
    return {
        "entries": {
            "claims": len(claims),
            "classifications": sum(not scheme.helper for scheme in knowledge.schemes),
            "agents under investigation": len(knowledge.investigational),
            "genes": len(words.genes),
            "genes with known changes": sum(bool(gene.changes) for gene in words.genes),
            "drugs": len(words.drugs),
            "regimens": len(words.regimens),
            "diseases": len(words.diseases),
            "measures": len(words.measures),
            "assays": len(knowledge.assays),
            "tests": len(knowledge.tests),
            "companion diagnostics": sum(not d.gone for d in knowledge.diagnostics),
            "minimum panels": len(knowledge.panels),
        },
        "claims by effect": _sorted(str(claim.effect) for claim in claims),
        "claims by branch of the disease tree": _sorted(branches),
        "approvals by regulator": _sorted(a.regulator for c in claims for a in c.approvals),
        "facts": {
            "approvals": sum(len(c.approvals) for c in claims),
            "approvals withdrawn": sum(not a.stands for c in claims for a in c.approvals),
            "guidelines": sum(len(c.guidelines) for c in claims),
            "studies": sum(len(c.studies) for c in claims),
            "contrary studies": sum(not s.positive for c in claims for s in c.studies),
        },
        "not verified": {
            "facts": sum(fact.unverified for fact in facts),
            "claims with no verified fact": sum(claim.all_unverified for claim in claims),
            "companion diagnostics": sum(not (d.stands or d.gone) for d in knowledge.diagnostics),
            "minimum panels": sum(panel.unverified for panel in knowledge.panels),
            "assays": sum(assay.unverified for assay in knowledge.assays),
            "drugs": sum(drug.unverified for drug in words.drugs),
        },
    }


def _sorted(names: Iterable[str]) -> dict[str, int]:
    table = Counter(names)
    return dict(sorted(table.items(), key=lambda item: (-item[1], item[0])))


def _branch(code: str, tree: DiseaseTree) -> str:
    """The organ that a node lies under; a group is its own branch."""
    while (node := tree.by_code.get(code)) and (above := tree.by_code.get(node.parent)):
        if not above.parent:
            break
        code = above.code
    return tree.name(code)


def as_json(counts: Counts) -> str:
    """For programs."""
    return json.dumps(counts, indent=2, ensure_ascii=False)


def as_table(counts: Counts) -> str:
    """For people: one block for each count."""
    width = max(len(name) for block in counts.values() for name in block) + 2
    blocks = []
    for title, block in counts.items():
        rows = [f"  {name:<{width}}{number:>6}" for name, number in block.items()]
        blocks.append("\n".join([title.capitalize(), *rows]))
    return "\n\n".join(blocks)
