"""Published classifications, from their entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from onkos.model import Scheme, Vocabulary
from onkos.sources.knowledge.entries import (
    Entries,
    Problems,
    Table,
    check_codes,
    plain,
    rule,
    title,
)

_WITH_RULES = ("unless", "rules", "remarks")


def read_schemes(entries: Entries, vocabulary: Vocabulary, problems: Problems) -> Iterator[Scheme]:
    """Every scheme, its rules parsed; problems are noted with file, scheme and rule."""
    for row, where in entries.get("scheme", []):
        place, before = f"{where} [{title(row)}]", len(problems)
        check_codes(row, place, vocabulary, problems)
        fields: dict[str, Any] = dict(row)
        if "setting" in row:
            fields["setting"] = plain(rule(row["setting"], place, vocabulary, problems))
        for name in _WITH_RULES:
            fields[name] = [_ruled(r, place, vocabulary, problems) for r in row.get(name, [])]
        fields["terms"] = [_term(t, place, vocabulary, problems) for t in row.get("terms", [])]
        if len(problems) > before:
            continue
        try:
            yield msgspec.convert(fields, Scheme)
        except (msgspec.ValidationError, ValueError) as error:
            problems.add(place, error)


def _ruled(row: Table, place: str, vocabulary: Vocabulary, problems: Problems) -> Table:
    where = f"{place} {row.get('name', '')}".rstrip()
    return {**row, "when": plain(rule(row.get("when", ""), where, vocabulary, problems))}


def _term(row: Table, place: str, vocabulary: Vocabulary, problems: Problems) -> Table:
    texts = row.get("when", [])
    where = f"{place} {row.get('name', '')}"
    found = [
        rule(t, where, vocabulary, problems) for t in ([texts] if isinstance(texts, str) else texts)
    ]
    return {**row, "when": [plain(one) for one in found]}
