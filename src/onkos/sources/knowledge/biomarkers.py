"""Rules of the biomarkers from their tables; every gene and measure that they name is known."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import (
    BiomarkerRules,
    BurdenCohort,
    BurdenRules,
    Convention,
    ExpressionRules,
    InstabilityRules,
    InstabilityTool,
    SignatureRules,
    Vocabulary,
)
from onkos.sources.knowledge.entries import (
    Entries,
    Problems,
    Table,
    check_codes,
    convert,
    no_twins,
)


def read_biomarkers(entries: Entries, vocabulary: Vocabulary, problems: Problems) -> BiomarkerRules:
    """The rules of all biomarkers; one that has no table stays without rules."""
    conventions = convert(entries, "burden_convention", Convention, problems)
    no_twins([one.id for one in conventions], "burden_convention", problems)
    cohorts = convert(entries, "burden_cohort", BurdenCohort, problems)
    no_twins([one.name for one in cohorts], "burden_cohort", problems)
    for row, where in entries.get("burden_cohort", []):
        check_codes(row, f"{where} [{row.get('name')}]", vocabulary, problems)
    tools = convert(entries, "instability_tool", InstabilityTool, problems)
    rules = BiomarkerRules(
        burden=next(iter(convert(_with(entries, "burden"), "burden", BurdenRules, problems)), None),
        instability=next(iter(convert(entries, "instability", InstabilityRules, problems)), None),
        expression=next(
            iter(convert(entries, "expression_outlier", ExpressionRules, problems)), None
        ),
        signatures=next(iter(convert(entries, "signatures", SignatureRules, problems)), None),
    )
    rules = _filled(rules, conventions, cohorts, tools)
    for place, name in _strange(rules, vocabulary):
        problems.add(place, f"{name!r} is not in the vocabulary")
    for row, where in entries.get("assay", []):
        named = row.get("burden", "")
        if named and rules.burden and rules.burden.convention(named, "") is None:
            problems.add(f"{where} [{row.get('id')}]", f"no convention {named!r}")
    return rules


def _with(entries: Entries, name: str) -> Entries:
    rows: list[tuple[Table, str]] = entries.get(name, [])
    return {name: rows[:1]}


def _filled(
    rules: BiomarkerRules,
    conventions: tuple[Convention, ...],
    cohorts: tuple[BurdenCohort, ...],
    tools: tuple[InstabilityTool, ...],
) -> BiomarkerRules:
    from msgspec.structs import replace

    burden = rules.burden
    if burden:
        burden = replace(burden, conventions=conventions, cohorts=cohorts)
    instability = replace(rules.instability, tools=tools) if rules.instability else None
    return replace(rules, burden=burden, instability=instability)


def _strange(rules: BiomarkerRules, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    genes = set(vocabulary.symbol_by_name.values())
    measures = {measure.name for measure in vocabulary.measures}
    if rules.burden:
        for one in rules.burden.conventions:
            yield from (
                (f"burden_convention [{one.id}]", g) for g in one.not_genes if g not in genes
            )
        known = {one.id for one in rules.burden.conventions}
        for cohort in rules.burden.cohorts:
            if cohort.convention not in known:
                yield f"burden_cohort [{cohort.name}]", cohort.convention
    if rules.instability:
        yield from (("instability", g) for g in rules.instability.proofreading if g not in genes)
        for tool in rules.instability.tools:
            if tool.measure not in measures:
                yield "instability_tool", tool.measure
