"""TOML folder to Knowledge: every expression parsed, every name resolved, all problems at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from onkos import __version__
from onkos.errors import KnowledgeError, VocabularyError
from onkos.model import (
    AmbiguousName,
    Assay,
    Chromosome,
    Claim,
    Defining,
    Disease,
    DiseaseGroup,
    Drug,
    Gene,
    GeneGroup,
    Karyotype,
    Knowledge,
    Measure,
    Pharmacogene,
    Regimen,
    Setting,
    Snapshot,
    Source,
    Test,
    Vocabulary,
)
from onkos.sources.knowledge.biomarkers import read_biomarkers
from onkos.sources.knowledge.diagnostics import read_diagnostics, read_panels
from onkos.sources.knowledge.entries import (
    Entries,
    Problems,
    Table,
    check_codes,
    convert,
    no_twins,
    plain,
    read_entries,
    rule,
    study_row,
    title,
)
from onkos.sources.knowledge.investigational import read_investigational
from onkos.sources.knowledge.known_changes import read_known_changes
from onkos.sources.knowledge.oncogenicity import read_oncogenicity
from onkos.sources.knowledge.places import read_places
from onkos.sources.knowledge.schemes import read_schemes

LICENCE = "Apache-2.0; names and tree of OncoTree, CC BY 4.0; hotspots.toml, ODbL 1.0"


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
    schemes = tuple(read_schemes(entries, vocabulary, problems))
    investigational = tuple(read_investigational(entries, vocabulary, problems))
    biomarkers = read_biomarkers(entries, vocabulary, problems)
    changes = read_known_changes(entries, vocabulary.genes, problems)
    sources = convert(entries, "source", Source, problems)
    no_twins([source.id for source in sources], "source", problems)
    assays = convert(entries, "assay", Assay, problems)
    tests = convert(entries, "test", Test, problems)
    ids = [assay.id for assay in assays]
    diagnostics = tuple(read_diagnostics(entries, vocabulary, ids, problems))
    panels = tuple(read_panels(entries, vocabulary, problems))
    no_twins([one.id for one in diagnostics], "diagnostic", problems)
    no_twins([one.id for one in panels], "panel", problems)
    no_twins([claim.id for claim in claims], "claim", problems)
    no_twins([test.id for test in tests], "test", problems)
    no_twins([one.id for one in investigational], "investigational", problems)
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
        diagnostics=diagnostics,
        panels=panels,
        investigational=investigational,
        schemes=schemes,
        biomarkers=biomarkers,
        packed_changes=msgspec.Raw(msgspec.msgpack.encode(changes)),
        sources=sources,
        scales=scales,
        pins=(pin,),
    )


def _vocabulary(entries: Entries, problems: Problems) -> Vocabulary:
    """First the words alone, then the rules that are written in them."""
    plain_genes = [
        ({k: v for k, v in r.items() if k != "changes"}, w) for r, w in entries.get("gene", [])
    ]
    plain_measures = [
        ({k: v for k, v in r.items() if k != "derived"}, w) for r, w in entries.get("measure", [])
    ]
    words = {**entries, "gene": plain_genes, "measure": plain_measures}
    vocabulary = Vocabulary(
        genes=convert(words, "gene", Gene, problems),
        groups=convert(words, "group", GeneGroup, problems),
        drugs=convert(words, "drug", Drug, problems),
        regimens=convert(words, "regimen", Regimen, problems),
        diseases=convert(words, "disease", Disease, problems),
        disease_groups=convert(words, "disease_group", DiseaseGroup, problems),
        ambiguous=convert(words, "ambiguous", AmbiguousName, problems),
        defining=convert(words, "defining", Defining, problems),
        measures=convert(words, "measure", Measure, problems),
        settings=convert(words, "setting", Setting, problems),
        karyotypes=convert(words, "karyotype", Karyotype, problems),
        pharmacogenes=convert(words, "pharmacogene", Pharmacogene, problems),
        chromosomes=convert(words, "chromosome", Chromosome, problems),
        limits=entries.get("limits", [({}, "")])[0][0],
        limits_unverified=entries.get("limits_unverified", [({}, "")])[0][0],
        facts=msgspec.convert(entries.get("facts", [({}, "")])[0][0], dict[str, tuple[str, ...]]),
    )
    for name in vocabulary.limits_unverified.keys() - vocabulary.limits.keys():
        problems.add("limits_unverified", f"no limit {name!r}")
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
        genes=convert(ruled, "gene", Gene, problems),
        measures=convert(ruled, "measure", Measure, problems),
        oncogenicity=read_oncogenicity(entries, vocabulary.genes, problems),
        places=read_places(entries, vocabulary.genes, vocabulary.chromosomes, problems),
    )


def _changes(row: Table, where: str, vocabulary: Vocabulary, problems: Problems) -> list[Table]:
    symbol = row.get("symbol", "?")
    found = []
    for change in row.get("changes", []):
        rules = [
            rule(_with_gene(symbol, text), f"{where} [{symbol}]", vocabulary, problems)
            for text in change.get("what", [])
        ]
        rest = {k: v for k, v in change.items() if k not in {"is", "what"}}
        if isinstance(rest.get("pmid"), int):
            rest["pmid"] = [rest["pmid"]]
        when = [plain(rule) for rule in rules if rule is not None]
        found.append({"standing": change.get("is", "?"), "when": when, **rest})
    return found


def _with_gene(symbol: str, text: str) -> str:
    """``"L858R"`` to ``"EGFR L858R"``, ``"-ITD"`` to ``"FLT3-ITD"``."""
    return f"{symbol}{text}" if text.startswith("-") else f"{symbol} {text}"


def _derived(row: Table, where: str, vocabulary: Vocabulary, problems: Problems) -> Table:
    rules = {
        status: rule(text, f"{where} [{row.get('name')}]", vocabulary, problems)
        for status, text in row.get("derived", {}).items()
    }
    return {status: plain(rule) for status, rule in rules.items() if rule is not None}


def _claims(
    rows: list[tuple[Table, str]], vocabulary: Vocabulary, problems: Problems
) -> Iterator[Claim]:
    for row, where in rows:
        place = f"{where} [{title(row)}]"
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
    fields["when"] = plain(rule(row.get("when", ""), place, vocabulary, problems))
    for name in ("setting", "raise_when"):
        if name in row:
            fields[name] = plain(rule(row[name], place, vocabulary, problems))
    check_codes(row, place, vocabulary, problems)
    fields["approvals"] = [
        _approval(a, place, vocabulary, problems) for a in row.get("approval", [])
    ]
    fields["guidelines"] = row.get("guideline", [])
    fields["studies"] = [study_row(s) for s in row.get("study", [])]
    if len(problems) > before:
        return None
    try:
        return msgspec.convert(fields, Claim)
    except (msgspec.ValidationError, ValueError) as error:
        problems.add(place, error)
        return None


def _approval(row: Table, place: str, vocabulary: Vocabulary, problems: Problems) -> Table:
    if "setting" not in row:
        return row
    parsed = rule(row["setting"], place, vocabulary, problems)
    return {**row, "setting": plain(parsed)}
