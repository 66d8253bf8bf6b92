"""What changed in a source, in sentences and in JSON's terms, counted and grouped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from onkos.model import Claim, DiseaseTree, regimen_name
from onkos.model.change import ChangeKind, ClaimChange, FieldChange
from onkos.model.criterion import genes_named
from onkos.report.phrases import EFFECTS

Json = dict[str, Any]
NO_GENE = "no gene"
_SIGN = {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "-", ChangeKind.CHANGED: "~"}
STILL_THERE = "the row is still in the source, and not understood"
THERE_BEFORE = "the row was in the source before, and not understood"


def counts(changes: Iterable[ClaimChange]) -> dict[str, int]:
    """How many claims were added, removed and changed, and by which part; withdrawals first."""
    told = list(changes)
    kinds = Counter(change.kind for change in told)
    found = {"approvals withdrawn": sum(change.withdrawn for change in told)}
    found |= {str(kind): kinds[kind] for kind in ChangeKind}
    found["changed in wording only"] = sum(change.wording for change in told)
    found["not understood any more"] = sum(
        bool(c.unread) for c in told if c.kind is ChangeKind.REMOVED
    )
    found["understood only now"] = sum(bool(c.unread) for c in told if c.kind is ChangeKind.ADDED)
    return found


def parts(changes: Iterable[ClaimChange]) -> dict[str, int]:
    """Changed claims by the part that differs, wording aside; most first."""
    found = Counter(
        part
        for change in changes
        for part in {_part(field.field) for field in change.fields if not field.wording}
    )
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _part(field: str) -> str:
    """``"study PMID:1: n"`` is about a study."""
    first = field.partition(" ")[0]
    return first if first in {"study", "guideline"} or ":" in field else field


def genes_of_change(change: ClaimChange) -> str:
    """The genes that it speaks of, as a heading."""
    genes = {gene for claim in change.sides for gene in genes_named(claim.when)}
    return ", ".join(sorted(genes)) or NO_GENE


def grouped(changes: Iterable[ClaimChange]) -> list[tuple[str, str, list[ClaimChange]]]:
    """Changes by gene and disease; groups with a withdrawn approval first, then by name."""
    table: dict[tuple[str, str], list[ClaimChange]] = {}
    for change in changes:
        key = (genes_of_change(change), ", ".join(change.claim.disease))
        table.setdefault(key, []).append(change)
    return sorted(
        ((gene, disease, found) for (gene, disease), found in table.items()),
        key=lambda group: (not any(c.withdrawn for c in group[2]), group[0], group[1]),
    )


def lines(changes: Iterable[ClaimChange], tree: DiseaseTree) -> Iterator[str]:
    """All changes, under their genes and diseases."""
    for gene, codes, found in grouped(changes):
        names = ", ".join(tree.name(code) for code in codes.split(", "))
        yield f"{gene} in {names}"
        for change in found:
            yield f"  {_SIGN[change.kind]} {sentence(change)}"


def sentence(change: ClaimChange) -> str:
    """One change in one sentence: which claim, what of it, and the facts with their years.

    The same words stand in the list of changes and as the reason of a changed plan.
    """
    claim = change.claim
    if change.kind is ChangeKind.CHANGED:
        fields = [f for f in change.fields if not f.wording] or change.fields
        told = "; ".join(map(_field, fields))
        return f"{claim.id} ({_said(claim)}): {told}"
    note = {ChangeKind.REMOVED: STILL_THERE, ChangeKind.ADDED: THERE_BEFORE}[change.kind]
    why = f"; {note}: {change.unread}" if change.unread else ""
    gone = "; its approval goes with it" if change.withdrawn else ""
    return f"{claim.id} {change.kind}: {_said(claim)}{_facts(claim)}{gone}{why}"


def _said(claim: Claim) -> str:
    therapy = f" of {regimen_name(claim.therapy)}" if claim.therapy else ""
    contrary = "contrary to " if claim.only_contradicted else ""
    what = f"{contrary}{EFFECTS[claim.effect]}{therapy}"
    condition = f" ({claim.condition})" if claim.condition else ""
    return f"{what}{condition} where {claim.when} in {', '.join(claim.disease)}"


def _facts(claim: Claim) -> str:
    told = [
        " ".join(filter(None, (fact.source_id, f"({year})" if (year := _year(fact)) else "")))
        for fact in claim.facts
    ]
    levels = ", ".join(sorted({s.level for s in claim.studies} - {""}))
    words = [*([f"level {levels}"] if levels else []), *told[:3]]
    if len(told) > 3:
        words.append(f"and {len(told) - 3} more")
    return f"; {', '.join(words)}"


def _year(fact: object) -> str:
    year = getattr(fact, "year", None)
    return str(year) if year and str(year) not in getattr(fact, "source_id", "") else ""


def _field(change: FieldChange) -> str:
    if change.before and change.after:
        return f"{change.field} {change.before} -> {change.after}"
    if change.before:
        return f"{change.field} {change.before} -> none"
    if change.after:
        return f"{change.field} none -> {change.after}"
    return change.field


def change_json(change: ClaimChange) -> Json:
    """One change."""
    claim = change.claim
    return {
        "kind": str(change.kind),
        "claim": claim.id,
        "withdrawn": change.withdrawn,
        "wording": change.wording,
        "genes": sorted({g for side in change.sides for g in genes_named(side.when)}),
        "disease": list(claim.disease),
        "therapy": list(claim.therapy),
        "effect": str(claim.effect),
        "criterion": str(claim.when),
        "fields": [
            {"field": f.field, "before": f.before or None, "after": f.after or None}
            for f in change.fields
        ],
        "unread": change.unread or None,
        "says": sentence(change),
    }
