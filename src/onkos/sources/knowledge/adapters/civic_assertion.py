"""CIViC's assertions as tab-separated text, and its other lists, which state nothing."""

from __future__ import annotations

from pathlib import Path

from onkos.errors import Unreadable
from onkos.model import Vocabulary
from onkos.sources.knowledge.adapters.civic_old import profile_of_2021
from onkos.sources.knowledge.adapters.civic_row import Item
from onkos.sources.knowledge.maps import DrugMap
from onkos.sources.patient.tables import Rejected, Table, open_table

COLUMNS = {
    "id": ("assertion_id",),
    "profile": ("molecular_profile", "variant"),
    "gene": ("gene",),
    "disease": ("disease",),
    "doid": ("doid",),
    "phenotypes": ("phenotypes",),
    "therapies": ("therapies", "drugs"),
    "together": ("therapy_interaction_type", "drug_interaction_type"),
    "kind": ("assertion_type",),
    "direction": ("assertion_direction",),
    "significance": ("significance", "clinical_significance"),
    "tier": ("amp_category",),
    "guideline": ("nccn_guideline",),
    "edition": ("nccn_guideline_version",),
    "approved": ("regulatory_approval",),
    "test": ("fda_companion_test",),
    "items": ("evidence_item_ids", "evidence_items"),
    "origin": ("variant_origin",),
    "status": ("assertion_status",),
    "flagged": ("is_flagged",),
}
REQUIRED = tuple((name,) for name in ("id", "profile", "disease", "kind", "direction", "tier"))
# By which column a file of CIViC's is known, the first that it has; evidence names its variant too.
_LISTS = {
    "evidence": ("evidence_id",),
    "assertions": ("assertion_id",),
    "groups of variants": ("variant_group_id",),
    "variants": ("variant_id",),
    "genes": ("gene_id",),
    "drugs": ("drug_id",),
}
_NAMED = 6  # items of evidence that a note names
_STATE = ("evidence", "assertions")
_PLAIN = (
    "kind", "direction", "significance", "disease", "doid", "together", "origin", "phenotypes",
)  # fmt: skip


def is_of_assertions(path: Path) -> bool:
    """Whether a file lists assertions; False of evidence and of what is none of CIViC's.

    Raises
    ------
    Unreadable
        Of lists that state nothing: variants, groups of them, genes, drugs.
    """
    with open_table(path, _LISTS) as table:
        what = next((name for name in _LISTS if name in table.columns), "evidence")
    if what not in _STATE:
        raise Unreadable(
            path.name,
            [f"this is CIViC's list of {what}, which are named there and of which nothing is "
             "claimed; give its ClinicalEvidenceSummaries.tsv or AssertionSummaries.tsv"],
        )  # fmt: skip
    return what == "assertions"


def assertion_of(table: Table, drugs: DrugMap, vocabulary: Vocabulary, cells: list[str]) -> Item:
    """One row, whichever the year; a regulator's and a guideline's word stay CIViC's remark."""
    told = {name: table.cell(cells, name) for name in COLUMNS}
    if told["status"] not in {"", "accepted"}:
        text = f"AID{told['id']}"
        raise Rejected("status", f"{told['status']}, not accepted by CIViC's editors", text=text)
    profile = told["profile"]
    if "gene" in table.columns:
        profile = profile_of_2021(told["gene"], profile, vocabulary)
    return Item(
        id=f"AID{told['id']}",
        profile=profile,
        therapies=drugs.split(told["therapies"]),
        level=told["tier"][-1:],
        tier=told["tier"],
        citation=f"CIViC AID{told['id']}",
        remarks=_remarks(told),
        flagged=told["flagged"].casefold() == "true",
        **{name: told[name] for name in _PLAIN},
    )


def _remarks(told: dict[str, str]) -> tuple[str, ...]:
    guideline = " ".join(filter(None, (told["guideline"], told["edition"])))
    numbers = [n.strip().removeprefix("EID") for n in told["items"].split(",") if n.strip()]
    more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    items = ", ".join(f"EID{number}" for number in numbers[:_NAMED]) + more
    said = {
        "CIViC says: approved by a regulator": told["approved"].casefold() == "true",
        "CIViC says: FDA companion test": told["test"].casefold() == "true",
        f"CIViC says: NCCN {guideline}": bool(guideline),
        f"rests on {items}": bool(items),
    }
    return tuple(words for words, holds in said.items() if holds)
