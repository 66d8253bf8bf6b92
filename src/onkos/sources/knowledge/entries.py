"""Entries of the knowledge files, and their words read against the vocabulary."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from onkos.criteria import parse
from onkos.errors import CriterionError
from onkos.model import Criterion, Vocabulary

Table = dict[str, Any]
Entries = dict[str, list[tuple[Table, str]]]
T = TypeVar("T")


class Problems(list[str]):
    """What is wrong in the knowledge, one sentence each, with file and entry."""

    def add(self, where: str, what: object) -> None:
        """Note one problem."""
        self.append(f"{where}: {what}")


def read_entries(folder: Path, problems: Problems) -> dict[str, list[tuple[Table, str]]]:
    """All tables of all files by their name, each with the file that it stands in."""
    entries: dict[str, list[tuple[Table, str]]] = {}
    for path in sorted(folder.rglob("*.toml")):
        where = str(path.relative_to(folder))
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.add(where, error)
            continue
        for name, value in content.items():
            rows = value if isinstance(value, list) else [value]
            entries.setdefault(name, []).extend((row, where) for row in rows)
    return entries


def convert(
    entries: dict[str, list[tuple[Table, str]]], name: str, noun: type[T], problems: Problems
) -> tuple[T, ...]:
    found = []
    for row, where in entries.get(name, []):
        try:
            found.append(msgspec.convert(row, noun))
        except (msgspec.ValidationError, ValueError) as error:
            problems.add(f"{where} [{title(row)}]", error)
    return tuple(found)


def title(row: Table) -> str:
    words = (row.get(key) for key in ("id", "symbol", "name", "code", "term"))
    return next((str(word) for word in words if word), "?")


def no_twins(ids: list[str], kind: str, problems: Problems) -> None:
    for one in sorted({i for i in ids if ids.count(i) > 1}):
        problems.add(kind, f"the id {one!r} stands twice")


def rule(text: str, where: str, vocabulary: Vocabulary, problems: Problems) -> Criterion | None:
    try:
        return parse(text, vocabulary)
    except CriterionError as error:
        problems.add(where, error)
        return None


def plain(criterion: Criterion | None) -> Any:
    return msgspec.to_builtins(criterion)


def check_codes(row: Table, place: str, vocabulary: Vocabulary, problems: Problems) -> None:
    tree = vocabulary.tree
    for code in (*row.get("disease", []), *row.get("disease_except", [])):
        if code not in tree.by_code and code not in tree.groups:
            problems.add(place, f"{code!r} is not a code of OncoTree or a group")


def study_row(row: Table) -> Table:
    months = row.get("median_months")
    return {**row, "median_months": [months]} if isinstance(months, (int, float)) else row
