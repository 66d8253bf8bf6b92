"""Companion diagnostics and the panels that guidelines ask for, from their entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onkos.criteria import subjects
from onkos.errors import VocabularyError
from onkos.model import (
    Answer,
    Claim,
    Diagnostic,
    DiagnosticKind,
    Effect,
    Knowledge,
    Panel,
    Vocabulary,
)
from onkos.model.names import name_key
from onkos.sources.knowledge.entries import (
    Entries,
    Problems,
    Table,
    check_codes,
    plain,
    rule,
    title,
)


def read_diagnostics(
    entries: Entries, vocabulary: Vocabulary, assays: Iterable[str], problems: Problems
) -> Iterator[Diagnostic]:
    """Every diagnostic, its words resolved; problems are noted with file and entry."""
    known = frozenset(assays)
    regulators = vocabulary.facts.get("regulators", ())
    for row, where in entries.get("diagnostic", []):
        place, before = f"{where} [{title(row)}]", len(problems)
        fields: dict[str, Any] = dict(row)
        for name in {"when", "setting"} & row.keys():
            fields[name] = plain(rule(row[name], place, vocabulary, problems))
        try:
            fields["therapies"] = [vocabulary.therapy(text) for text in row.get("therapies", [])]
        except VocabularyError as error:
            problems.add(place, error)
        if row.get("group") and name_key(row["group"]) not in vocabulary.drug_classes:
            problems.add(place, f"no class of drugs {row['group']!r}")
        for assay in row.get("assays", []):
            if assay not in known:
                problems.add(place, f"no assay {assay!r}")
        if row.get("regulator", "FDA") not in regulators:
            problems.add(place, f"regulator {row['regulator']!r} is not in facts.toml")
        check_codes(row, place, vocabulary, problems)
        if len(problems) == before:
            yield from _made(fields, Diagnostic, place, problems)


def read_panels(entries: Entries, vocabulary: Vocabulary, problems: Problems) -> Iterator[Panel]:
    """Every panel with its items; an item asks for one thing, or for any of several."""
    for row, where in entries.get("panel", []):
        place, before = f"{where} [{title(row)}]", len(problems)
        fields: dict[str, Any] = {k: v for k, v in row.items() if k != "item"}
        if "setting" in row:
            fields["setting"] = plain(rule(row["setting"], place, vocabulary, problems))
        fields["items"] = [_item(i, place, vocabulary, problems) for i in row.get("item", [])]
        fields["unverified"] = "verified_on" not in row
        check_codes(row, place, vocabulary, problems)
        if len(problems) == before:
            yield from _made(fields, Panel, place, problems)


def _item(row: Table, place: str, vocabulary: Vocabulary, problems: Problems) -> Table:
    where = f"{place} {row.get('name', '?')}"
    texts: str | list[str] = row["when"] if "when" in row else row.get("name", "")
    found = [
        rule(t, where, vocabulary, problems) for t in ([texts] if isinstance(texts, str) else texts)
    ]
    made = {**row, "when": [plain(one) for one in found]}
    if "only" in row:
        made["only"] = plain(rule(row["only"], where, vocabulary, problems))
    return made


def _made(fields: Table, noun: type[Any], place: str, problems: Problems) -> Iterator[Any]:
    try:
        yield msgspec.convert(fields, noun)
    except (msgspec.ValidationError, ValueError) as error:
        problems.add(place, error)


def diagnostics_unread_or_dated_wrong(knowledge: Knowledge) -> Iterator[str]:
    """Rows and panels read after this edition, on no page, or numbered on no page."""
    today = knowledge.pins[0].read_on if knowledge.pins else ""
    for one in knowledge.diagnostics:
        if one.verified_on and today and str(one.verified_on) > today:
            yield f"{one.id}: read on {one.verified_on}, later than this edition of {today}"
        if one.on and one.verified_on and one.on > one.verified_on:
            yield f"{one.id}: approved {one.on}, after it was read"
        for page in filter(None, (one.source_url, one.number_url, one.regimen_url)):
            if not page.startswith(("https://", "http://")):
                yield f"{one.id}: {page!r} is no address"
        if one.number and not one.number_url:
            yield f"{one.id}: number {one.number} without the page that says it"
    for panel in knowledge.panels:
        if panel.verified_on and not panel.source_url:
            yield f"{panel.id}: verified without a page"
        yield from _items_wrong(panel, today)


def _items_wrong(panel: Panel, today: str) -> Iterator[str]:
    for item in panel.items:
        if item.source_url and not item.source_url.startswith(("https://", "http://")):
            yield f"{panel.id}, {item.name}: {item.source_url!r} is no address"
        if item.verified_on and today and str(item.verified_on) > today:
            yield f"{panel.id}, {item.name}: read on {item.verified_on}, later than this edition"


# A note that takes back what `verified_on` says.
TAKEN_BACK = re.compile(
    r"\b(?:not|never) (?:seen|found|looked up)\b|\b(?:from|by) memory\b"
    r"|\bits use was\b|\bstands? as in\b"
)


def diagnostics_that_cannot_be_met(knowledge: Knowledge) -> Iterator[str]:
    """Devices that no report can be told to come from, and rows whose note unsays them.

    A report that names the device must be answered "that test": its name is a name of one of the
    row's `assays`, and of no other.
    """
    for one in knowledge.diagnostics:
        if not one.stands:
            continue
        if one.kind is not DiagnosticKind.IMAGING_DRUG:
            named = knowledge.assay_by_name.get(name_key(one.device))
            if named is None:
                yield f"{one.id}: no assay is named {one.device!r}, so that no report can be of it"
            elif named.id not in one.assays:
                yield f"{one.id}: {one.device!r} is a name of {named.id!r}, not one of its assays"
        taken_back = TAKEN_BACK.search(one.note)
        if taken_back:
            yield f"{one.id}: verified, and its note says {taken_back.group()!r}"


def without_claim(knowledge: Knowledge) -> list[Diagnostic]:
    """Diagnostics whose medicine, marker and disease meet in no claim of benefit."""
    return [
        one
        for one in knowledge.diagnostics
        if not one.gone and not any(_concerns(one, c, knowledge) for c in knowledge.claims)
    ]


def _concerns(one: Diagnostic, claim: Claim, knowledge: Knowledge) -> bool:
    words = knowledge.vocabulary
    if claim.effect is not Effect.BENEFIT or one not in knowledge.diagnostics_for(claim.therapy):
        return False
    if not subjects(one.when, words) & subjects(claim.when, words):
        return False
    tree = words.tree
    under = any(tree.covers(one.disease, code) is Answer.MET for code in claim.disease)
    return under or any(tree.covers(claim.disease, code) is Answer.MET for code in one.disease)
