"""Agents under investigation, from their entries."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from onkos.errors import VocabularyError
from onkos.model import Investigational, Vocabulary
from onkos.sources.knowledge.entries import (
    Entries,
    Problems,
    check_codes,
    plain,
    rule,
    study_row,
    title,
)


def read_investigational(
    entries: Entries, vocabulary: Vocabulary, problems: Problems
) -> Iterator[Investigational]:
    for row, where in entries.get("investigational", []):
        place, before = f"{where} [{title(row)}]", len(problems)
        fields = {k: v for k, v in row.items() if k != "study"}
        fields["studies"] = [study_row(s) for s in row.get("study", [])]
        for name in {"when", "setting"} & row.keys():
            fields[name] = plain(rule(row[name], place, vocabulary, problems))
        try:
            fields["therapy"] = list(vocabulary.therapy(row.get("therapy", "")))
        except VocabularyError as error:
            problems.add(place, error)
        check_codes(row, place, vocabulary, problems)
        if len(problems) > before:
            continue
        try:
            yield msgspec.convert(fields, Investigational)
        except (msgspec.ValidationError, ValueError) as error:
            problems.add(place, error)
