"""What the compiler cannot see: claims that parse and are still wrong or unsafe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from onkos.model import (
    Answer,
    Claim,
    Criterion,
    Effect,
    Gene,
    Guideline,
    Knowledge,
    Study,
    StudyKind,
    regimen_name,
)
from onkos.model.criterion import Mutation, PhaseIs, atoms
from onkos.model.names import name_key

LAST_PMID = 50_000_000  # PubMed's counter passed 40 million in 2025
KEYWORDS_NOT_NAMES = "a symbol or alias equals a keyword of the language"


def lint(knowledge: Knowledge, proteins: Mapping[str, Iterable[str]] | None = None) -> list[str]:
    """All that is wrong in a compiled knowledge, one sentence each.

    Parameters
    ----------
    proteins : mapping of str to iterable of str, optional
        Reference sequences by gene; each residue named must agree with one of them.
    """
    # Reads rules, which to match a case needs nobody to.
    from onkos.sources.knowledge.diagnostics import (
        diagnostics_that_cannot_be_met,
        diagnostics_unread_or_dated_wrong,
    )

    checks: list[Callable[[Knowledge], Iterator[str]]] = [
        _bare_mutation_benefit,
        _names_clash_with_keywords,
        _names_point_at_two,
        _written_twice,
        _investigational_and_ranked,
        _over_without_study,
        _resistance_without_mechanism,
        _any_marker_elsewhere,
        _family_words_elsewhere,
        _identifiers_of_studies,
        _identifiers_malformed,
        _dates_out_of_order,
        _read_on_unlisted_pages,
        _residues_beyond_length,
        diagnostics_unread_or_dated_wrong,
        diagnostics_that_cannot_be_met,
        _unknown_words_in_facts,
    ]
    found = [problem for check in checks for problem in check(knowledge)]
    return found + list(_residues_disagree(knowledge, proteins or {}))


def _bare_mutation_benefit(knowledge: Knowledge) -> Iterator[str]:
    for claim in knowledge.claims:
        if claim.effect is Effect.BENEFIT:
            for leaf in atoms(claim.when):
                if isinstance(leaf, Mutation) and _bare(leaf):
                    yield f"{claim.id}: benefit for the bare '{leaf}'"


def _bare(leaf: Mutation) -> bool:
    return leaf.what == "mutation" and not (leaf.change or leaf.place)


def _names_clash_with_keywords(knowledge: Knowledge) -> Iterator[str]:
    from onkos.criteria.symbols import KEYWORDS

    words = {word.casefold() for word in KEYWORDS}
    vocabulary = knowledge.vocabulary
    names = [n for g in vocabulary.genes for n in (g.symbol, *g.aliases, *g.former)]
    names += [n for d in vocabulary.drugs for n in (d.name, *d.brands, *d.codes, *d.synonyms)]
    for name in names:
        if name.casefold() in words:
            yield f"{name}: {KEYWORDS_NOT_NAMES}"


def _names_point_at_two(knowledge: Knowledge) -> Iterator[str]:
    owner: dict[str, str] = {}
    for drug in knowledge.vocabulary.drugs:
        for name in {name_key(n) for n in (drug.name, *drug.brands, *drug.codes, *drug.synonyms)}:
            if owner.setdefault(name, drug.name) != drug.name:
                yield f"drug name {name!r} means {owner[name]} and {drug.name}"
    for assay in knowledge.assays:
        for name in {name_key(n) for n in (assay.id, assay.name, *assay.aliases)}:
            if owner.setdefault(f"assay {name}", assay.id) != assay.id:
                yield f"assay name {name!r} means {owner[f'assay {name}']} and {assay.id}"


def _investigational_and_ranked(knowledge: Knowledge) -> Iterator[str]:
    """Agents listed apart as under investigation stand in no claim of benefit for that disease."""
    tree = knowledge.vocabulary.tree
    for claim in knowledge.claims:
        if claim.effect is not Effect.BENEFIT or any(a.stands for a in claim.approvals):
            continue
        for agent in knowledge.investigational:
            same = any(tree.covers(agent.disease, d) is Answer.MET for d in claim.disease)
            if same and set(agent.therapy) <= set(claim.therapy):
                yield f"{claim.id}: {agent.id} is under investigation in this disease, not ranked"


def _written_twice(knowledge: Knowledge) -> Iterator[str]:
    """One thing under two entries: the later would hide the earlier."""
    words = knowledge.vocabulary
    kinds: dict[str, list[str]] = {
        "gene": [gene.symbol for gene in words.genes],
        "drug": [drug.name for drug in words.drugs],
        "measure": [measure.name for measure in words.measures],
        "setting": [setting.name for setting in words.settings],
        "karyotype": [word.name for word in words.karyotypes],
        "regimen": [regimen.name for regimen in words.regimens],
    }
    for kind, names in kinds.items():
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{kind} {name!r} has two entries"


def _over_without_study(knowledge: Knowledge) -> Iterator[str]:
    for claim in knowledge.claims:
        randomised = [s for s in claim.studies if s.kind is StudyKind.RANDOMISED and s.positive]
        if claim.over and not randomised:
            names = ", ".join(regimen_name(drugs) for drugs in claim.over)
            yield f"{claim.id}: over {names} without a randomised study"


def _resistance_without_mechanism(knowledge: Knowledge) -> Iterator[str]:
    for claim in knowledge.claims:
        if claim.effect is Effect.RESISTANCE and not claim.mechanism:
            yield f"{claim.id}: resistance without a mechanism"


def _any_marker_elsewhere(knowledge: Knowledge) -> Iterator[str]:
    for claim in knowledge.claims:
        if claim.effect is not Effect.BENEFIT and any(a.any_marker for a in claim.approvals):
            yield f"{claim.id}: any_marker belongs to approvals of a benefit"


def _family_words_elsewhere(knowledge: Knowledge) -> Iterator[str]:
    for claim in knowledge.claims:
        if claim.effect is not Effect.PREDISPOSITION and (claim.cascade or claim.raise_when):
            yield f"{claim.id}: cascade and raise_when belong to predisposition"


def _identifiers_malformed(knowledge: Knowledge) -> Iterator[str]:
    for claim in knowledge.claims:
        facts: tuple[Study | Guideline, ...] = (*claim.studies, *claim.guidelines)
        for fact in facts:
            if fact.pmid is not None and not 1 <= fact.pmid < LAST_PMID:
                yield f"{claim.id}: {fact.pmid} cannot be a PMID"
            prefix, _, suffix = fact.doi.partition("/")
            if fact.doi and not (
                prefix.startswith("10.") and prefix[3:].replace(".", "").isdigit() and suffix
            ):
                yield f"{claim.id}: {fact.doi!r} is not a DOI"


def _dates_out_of_order(knowledge: Knowledge) -> Iterator[str]:
    today = knowledge.pins[0].read_on if knowledge.pins else ""
    for claim in knowledge.claims:
        for approval in claim.approvals:
            who = f"{claim.id}: {approval.regulator} approval"
            if approval.on and today and str(approval.on) > today:
                yield f"{who} on {approval.on} is later than this edition of {today}"
            if approval.withdrawn_on and today and str(approval.withdrawn_on) > today:
                yield f"{who} withdrawn {approval.withdrawn_on}, later than this edition"
            if approval.on and approval.withdrawn_on and approval.withdrawn_on < approval.on:
                yield f"{who} withdrawn {approval.withdrawn_on}, before it was given"


_PAGE = re.compile(r"^(?:https?://)?([a-z0-9.-]+\.[a-z]{2,})(?:[/?#:,; ]|$)", re.IGNORECASE)


def _read_on_unlisted_pages(knowledge: Knowledge) -> Iterator[str]:
    """A fact that nothing but a page supports, where the page is not one that counts."""
    listed = knowledge.vocabulary.facts.get("pages", ())
    for claim in knowledge.claims:
        for fact in claim.facts:
            page = _PAGE.match(fact.source)
            known = isinstance(fact, (Study, Guideline)) and (
                fact.pmid or fact.doi or getattr(fact, "nct", "")
            )
            if page and not known and not fact.unverified and not _listed(page[1], listed):
                yield f"{claim.id}: {page[1]} is not in facts.toml: mark what it says unverified"


def _listed(host: str, listed: Iterable[str]) -> bool:
    return any(host.casefold() == one or host.casefold().endswith(f".{one}") for one in listed)


def _identifiers_of_studies(knowledge: Knowledge) -> Iterator[str]:
    regulators = knowledge.vocabulary.facts.get("regulators", ())
    for claim in knowledge.claims:
        for study in claim.studies:
            if not (study.pmid or study.nct or study.doi or study.source or study.unverified):
                yield f"{claim.id}: study {study.name!r} has no identifier and is not unverified"
        for guideline in claim.guidelines:
            label = bool(guideline.year) and guideline.body in regulators
            named = (
                guideline.pmid or guideline.doi or guideline.version or guideline.source or label
            )
            if not (named or guideline.unverified):
                yield f"{claim.id}: guideline {guideline.body!r} has no identifier"
        for approval in claim.approvals:
            if approval.on is None and not approval.unverified:
                yield f"{claim.id}: {approval.regulator} approval has no date and is not unverified"


def _unknown_words_in_facts(knowledge: Knowledge) -> Iterator[str]:
    regulators = knowledge.vocabulary.facts.get("regulators", ())
    endpoints = knowledge.vocabulary.facts.get("endpoints", ())
    for claim in knowledge.claims:
        for approval in claim.approvals:
            if approval.regulator not in regulators:
                yield f"{claim.id}: regulator {approval.regulator!r} is not in facts.toml"
        for study in claim.studies:
            if study.endpoint and study.endpoint not in endpoints:
                yield f"{claim.id}: endpoint {study.endpoint!r} is not in facts.toml"


def _named_residues(claim_id: str, rule: Criterion) -> Iterator[tuple[str, str, str, int]]:
    for leaf in atoms(rule):
        leaves = (leaf.first, leaf.second) if isinstance(leaf, PhaseIs) else (leaf,)
        for one in leaves:
            if isinstance(one, Mutation) and one.change[:1].isalpha():
                digits = "".join(c if c.isdigit() else " " for c in one.change).split()
                for symbol in one.genes if digits else ():
                    yield claim_id, symbol, one.change[0], int(digits[0])


def _rules(knowledge: Knowledge) -> Iterator[tuple[str, Criterion]]:
    for claim in knowledge.claims:
        rules = (claim.when, claim.setting, claim.raise_when)
        yield from ((claim.id, rule) for rule in rules if rule is not None)
    for gene in knowledge.vocabulary.genes:
        for known in gene.changes:
            for rule in known.when:
                yield gene.symbol, rule


def _residues_beyond_length(knowledge: Knowledge) -> Iterator[str]:
    for name, rule in _rules(knowledge):
        for where, symbol, _, position in _named_residues(name, rule):
            gene: Gene | None = knowledge.vocabulary.gene(symbol)
            if gene and gene.length and position > gene.length:
                yield f"{where}: {symbol} has {gene.length} residues, not {position}"


def _residues_disagree(
    knowledge: Knowledge, proteins: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    for name, rule in _rules(knowledge):
        for where, symbol, residue, position in _named_residues(name, rule):
            known = list(proteins.get(symbol, ()))
            if (
                known
                and residue != "X"
                and not any(len(p) >= position and p[position - 1] == residue for p in known)
            ):
                yield f"{where}: {symbol} has no {residue} at {position}"


class Residue(NamedTuple):
    """One residue that a source names: the letter that it gives to a position."""

    gene: str
    position: int
    letter: str


def residues(
    rules: Iterable[Criterion], proteins: Mapping[str, Iterable[str]]
) -> tuple[frozenset[Residue], frozenset[Residue]]:
    """Distinct residues that rules name, of genes with a protein at hand, against the proteins.

    Parameters
    ----------
    rules : iterable of Criterion
        Of any source.
    proteins : mapping of str to iterable of str
        Reference sequences by gene; one that agrees is enough.

    Returns
    -------
    agree, disagree : frozenset of Residue
    """
    named = {
        Residue(symbol, position, letter)
        for rule in rules
        for _, symbol, letter, position in _named_residues("", rule)
        if letter.isupper() and letter != "X" and symbol in proteins
    }
    agree = frozenset(one for one in named if _agrees(one, proteins[one.gene]))
    return agree, frozenset(named) - agree


def _agrees(one: Residue, sequences: Iterable[str]) -> bool:
    return any(len(p) >= one.position and p[one.position - 1] == one.letter for p in sequences)


def lint_claims(claims: Iterable[Claim], proteins: Mapping[str, Iterable[str]]) -> list[str]:
    """What is wrong in another source's claims: residues that the reference proteins do not have.

    One sentence for each claim and residue, such as ``civic:EID1234: BRAF has no G at 496``.
    """
    known = {gene: tuple(sequences) for gene, sequences in proteins.items()}
    found: list[str] = []
    for claim in claims:
        _, wrong = residues((claim.when,), known)
        found += [f"{claim.id}: {r.gene} has no {r.letter} at {r.position}" for r in sorted(wrong)]
    return found


def unverified(knowledge: Knowledge) -> list[Claim]:
    """Claims of which no fact was looked up."""
    return [claim for claim in knowledge.claims if claim.all_unverified]
