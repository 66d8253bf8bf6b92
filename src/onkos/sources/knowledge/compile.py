"""TOML folder to Knowledge: every expression parsed, every name resolved, all problems at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from onkos import __version__
from onkos.criteria import parse
from onkos.errors import CriterionError, KnowledgeError, VocabularyError
from onkos.model import (
    AmbiguousName,
    Assay,
    Claim,
    Criterion,
    Disease,
    DiseaseGroup,
    Drug,
    Gene,
    GeneGroup,
    Investigational,
    Karyotype,
    Knowledge,
    Measure,
    Regimen,
    Setting,
    Snapshot,
    Test,
    Vocabulary,
)

Table = dict[str, Any]
T = TypeVar("T")
LICENCE = "Apache-2.0; names and tree of OncoTree, CC BY 4.0"


class Problems(list[str]):
    """What is wrong in the knowledge, one sentence each, with file and entry."""

    def add(self, where: str, what: object) -> None:
        """Note one problem."""
        self.append(f"{where}: {what}")


def compile_folder(folder: Path, sha256: str) -> Knowledge:
    """Read and check a whole knowledge folder.

    Raises
    ------
    KnowledgeError
        With every problem found.
    """
    problems = Problems()
    entries = read_entries(folder, problems)
    vocabulary = _vocabulary(entries, problems)
    claims = tuple(_claims(entries.get("claim", []), vocabulary, problems))
    investigational = tuple(_investigational(entries, vocabulary, problems))
    assays = _convert(entries, "assay", Assay, problems)
    tests = _convert(entries, "test", Test, problems)
    _no_twins([claim.id for claim in claims], "claim", problems)
    _no_twins([test.id for test in tests], "test", problems)
    _no_twins([one.id for one in investigational], "investigational", problems)
    if problems:
        raise KnowledgeError(
            f"{len(problems)} problems in the knowledge:\n  " + "\n  ".join(problems[:200])
        )
    edition = entries.get("edition", [({}, "")])[0][0]
    pin = Snapshot(
        source="onkos built-in knowledge",
        version=__version__,
        licence=LICENCE,
        sha256=sha256,
        read_on=str(edition.get("date", "")),
    )
    scales = {k: v for k, v in entries.get("scales", [({}, "")])[0][0].items() if k != "note"}
    return Knowledge(
        vocabulary=vocabulary,
        claims=claims,
        assays=assays,
        tests=tests,
        investigational=investigational,
        scales=scales,
        pins=(pin,),
    )


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


def _convert(
    entries: dict[str, list[tuple[Table, str]]], name: str, noun: type[T], problems: Problems
) -> tuple[T, ...]:
    found = []
    for row, where in entries.get(name, []):
        try:
            found.append(msgspec.convert(row, noun))
        except (msgspec.ValidationError, ValueError) as error:
            problems.add(f"{where} [{_title(row)}]", error)
    return tuple(found)


def _title(row: Table) -> str:
    words = (row.get(key) for key in ("id", "symbol", "name", "code", "term"))
    return next((str(word) for word in words if word), "?")


def _no_twins(ids: list[str], kind: str, problems: Problems) -> None:
    for one in sorted({i for i in ids if ids.count(i) > 1}):
        problems.add(kind, f"the id {one!r} stands twice")


def _vocabulary(entries: dict[str, list[tuple[Table, str]]], problems: Problems) -> Vocabulary:
    """First the words alone, then the rules that are written in them."""
    plain_genes = [
        ({k: v for k, v in r.items() if k != "changes"}, w) for r, w in entries.get("gene", [])
    ]
    plain_measures = [
        ({k: v for k, v in r.items() if k != "derived"}, w) for r, w in entries.get("measure", [])
    ]
    words = {**entries, "gene": plain_genes, "measure": plain_measures}
    vocabulary = Vocabulary(
        genes=_convert(words, "gene", Gene, problems),
        groups=_convert(words, "group", GeneGroup, problems),
        drugs=_convert(words, "drug", Drug, problems),
        regimens=_convert(words, "regimen", Regimen, problems),
        diseases=_convert(words, "disease", Disease, problems),
        disease_groups=_convert(words, "disease_group", DiseaseGroup, problems),
        ambiguous=_convert(words, "ambiguous", AmbiguousName, problems),
        measures=_convert(words, "measure", Measure, problems),
        settings=_convert(words, "setting", Setting, problems),
        karyotypes=_convert(words, "karyotype", Karyotype, problems),
        limits=entries.get("limits", [({}, "")])[0][0],
        facts=msgspec.convert(entries.get("facts", [({}, "")])[0][0], dict[str, tuple[str, ...]]),
    )
    genes = [
        ({**r, "changes": _changes(r, w, vocabulary, problems)}, w)
        for r, w in entries.get("gene", [])
    ]
    measures = [
        ({**r, "derived": _derived(r, w, vocabulary, problems)}, w)
        for r, w in entries.get("measure", [])
    ]
    ruled = {"gene": genes, "measure": measures}
    return msgspec.structs.replace(
        vocabulary,
        genes=_convert(ruled, "gene", Gene, problems),
        measures=_convert(ruled, "measure", Measure, problems),
    )


def _rule(text: str, where: str, vocabulary: Vocabulary, problems: Problems) -> Criterion | None:
    try:
        return parse(text, vocabulary)
    except CriterionError as error:
        problems.add(where, error)
        return None


def _plain(criterion: Criterion | None) -> Any:
    return msgspec.to_builtins(criterion)


def _changes(row: Table, where: str, vocabulary: Vocabulary, problems: Problems) -> list[Table]:
    symbol = row.get("symbol", "?")
    found = []
    for change in row.get("changes", []):
        rules = [
            _rule(_with_gene(symbol, text), f"{where} [{symbol}]", vocabulary, problems)
            for text in change.get("what", [])
        ]
        rest = {k: v for k, v in change.items() if k not in {"is", "what"}}
        if isinstance(rest.get("pmid"), int):
            rest["pmid"] = [rest["pmid"]]
        when = [_plain(rule) for rule in rules if rule is not None]
        found.append({"standing": change.get("is", "?"), "when": when, **rest})
    return found


def _with_gene(symbol: str, text: str) -> str:
    """``"L858R"`` to ``"EGFR L858R"``, ``"-ITD"`` to ``"FLT3-ITD"``."""
    return f"{symbol}{text}" if text.startswith("-") else f"{symbol} {text}"


def _derived(row: Table, where: str, vocabulary: Vocabulary, problems: Problems) -> Table:
    rules = {
        status: _rule(text, f"{where} [{row.get('name')}]", vocabulary, problems)
        for status, text in row.get("derived", {}).items()
    }
    return {status: _plain(rule) for status, rule in rules.items() if rule is not None}


def _claims(
    rows: list[tuple[Table, str]], vocabulary: Vocabulary, problems: Problems
) -> Iterator[Claim]:
    for row, where in rows:
        place = f"{where} [{_title(row)}]"
        therapies = row.get("therapy", "")
        several = isinstance(therapies, list)
        for text in therapies if several else [therapies]:
            claim = _claim({**row, "therapy": text}, place, vocabulary, problems)
            if claim is not None and several:
                name = text.replace(" ", "")
                claim = msgspec.structs.replace(claim, id=f"{claim.id}/{name}")
            if claim is not None:
                yield claim


def _claim(row: Table, place: str, vocabulary: Vocabulary, problems: Problems) -> Claim | None:
    before = len(problems)
    fields = {k: v for k, v in row.items() if k not in {"approval", "guideline", "study"}}
    try:
        fields["therapy"] = list(vocabulary.therapy(row["therapy"])) if row["therapy"] else []
        fields["over"] = [list(vocabulary.therapy(text)) for text in row.get("over", [])]
    except VocabularyError as error:
        problems.add(place, error)
    fields["when"] = _plain(_rule(row.get("when", ""), place, vocabulary, problems))
    for name in ("setting", "raise_when"):
        if name in row:
            fields[name] = _plain(_rule(row[name], place, vocabulary, problems))
    _check_codes(row, place, vocabulary, problems)
    fields["approvals"] = [
        _approval(a, place, vocabulary, problems) for a in row.get("approval", [])
    ]
    fields["guidelines"] = row.get("guideline", [])
    fields["studies"] = [_study(s) for s in row.get("study", [])]
    if len(problems) > before:
        return None
    try:
        return msgspec.convert(fields, Claim)
    except (msgspec.ValidationError, ValueError) as error:
        problems.add(place, error)
        return None


def _investigational(
    entries: dict[str, list[tuple[Table, str]]], vocabulary: Vocabulary, problems: Problems
) -> Iterator[Investigational]:
    for row, where in entries.get("investigational", []):
        place, before = f"{where} [{_title(row)}]", len(problems)
        fields = {k: v for k, v in row.items() if k != "study"}
        fields["studies"] = [_study(s) for s in row.get("study", [])]
        if "when" in row:
            fields["when"] = _plain(_rule(row["when"], place, vocabulary, problems))
        try:
            fields["therapy"] = list(vocabulary.therapy(row.get("therapy", "")))
        except VocabularyError as error:
            problems.add(place, error)
        _check_codes(row, place, vocabulary, problems)
        if len(problems) > before:
            continue
        try:
            yield msgspec.convert(fields, Investigational)
        except (msgspec.ValidationError, ValueError) as error:
            problems.add(place, error)


def _check_codes(row: Table, place: str, vocabulary: Vocabulary, problems: Problems) -> None:
    tree = vocabulary.tree
    for code in (*row.get("disease", []), *row.get("disease_except", [])):
        if code not in tree.by_code and code not in tree.groups:
            problems.add(place, f"{code!r} is not a code of OncoTree or a group")


def _approval(row: Table, place: str, vocabulary: Vocabulary, problems: Problems) -> Table:
    if "setting" not in row:
        return row
    rule = _rule(row["setting"], place, vocabulary, problems)
    return {**row, "setting": _plain(rule)}


def _study(row: Table) -> Table:
    months = row.get("median_months")
    return {**row, "median_months": [months]} if isinstance(months, (int, float)) else row
