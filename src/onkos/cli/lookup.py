"""Finding entries of the knowledge by name or by words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onkos.cli import diagnostic_entries, entries, scheme_entries
from onkos.errors import VocabularyError
from onkos.model import (
    Assay,
    Claim,
    Diagnostic,
    Disease,
    Drug,
    Gene,
    Investigational,
    Knowledge,
    Panel,
    Scheme,
    entry_of,
    regimen_name,
)
from onkos.model.names import disease_key, name_key, nearest

Entry = Claim | Gene | Drug | Disease | Scheme | Investigational | Diagnostic | Panel


class Hit(NamedTuple):
    """An entry found by words: its kind, its name and one line about it."""

    kind: str
    name: str
    line: str


def named(name: str, knowledge: Knowledge) -> list[Entry]:
    """Every entry that the name means: claims, schemes and agents by id, genes, drugs, diseases.

    Raises
    ------
    VocabularyError
        Where nothing has that name, with the nearest names.
    """
    found = list(_named(name.strip(), knowledge))
    if not found:
        raise VocabularyError("entry", name, nearest(name, _all_names(knowledge)))
    return found


def _named(name: str, knowledge: Knowledge) -> Iterator[Entry]:
    words = knowledge.vocabulary
    yield from (c for c in knowledge.claims if name in {c.id, entry_of(c.id)})
    for scheme in knowledge.schemes:
        if name_key(name) in {name_key(scheme.id), name_key(scheme.name)}:
            yield scheme
    symbol = words.symbol_by_name.get(name.upper())
    gene = words.gene(symbol) if symbol else None
    drug = words.drug_by_name.get(name_key(name))
    if gene:
        yield gene
    if drug:
        yield drug
    for agent in knowledge.investigational:
        if name == agent.id or (drug and drug.name in agent.therapy):
            yield agent
    for one in knowledge.diagnostics:
        if name == one.id or name_key(name) == name_key(one.device):
            yield one
    yield from (panel for panel in knowledge.panels if name == panel.id)
    for disease in words.diseases:
        names = (disease.code, disease.name, *disease.synonyms)
        if disease_key(name) in map(disease_key, names):
            yield disease


def _all_names(knowledge: Knowledge) -> Iterator[str]:
    words = knowledge.vocabulary
    yield from (gene.symbol for gene in words.genes)
    yield from (name for drug in words.drugs for name in (drug.name, *drug.brands))
    yield from (name for d in words.diseases for name in (d.code, d.name))
    yield from (claim.id for claim in knowledge.claims)
    yield from (name for scheme in knowledge.schemes for name in (scheme.id, scheme.name))
    yield from (name for one in knowledge.diagnostics for name in (one.id, one.device))
    yield from (panel.id for panel in knowledge.panels)


def lines(entry: Entry, knowledge: Knowledge) -> Iterator[str]:
    """The entry's page."""
    match entry:
        case Claim():
            return entries.claim_lines(entry, knowledge)
        case Gene():
            return entries.gene_lines(entry, knowledge)
        case Drug():
            return entries.drug_lines(entry, knowledge)
        case Scheme():
            return scheme_entries.scheme_lines(entry, knowledge)
        case Investigational():
            return scheme_entries.agent_lines(entry, knowledge)
        case Diagnostic():
            return diagnostic_entries.diagnostic_lines(entry, knowledge)
        case Panel():
            return diagnostic_entries.panel_lines(entry, knowledge)
        case _:
            return entries.disease_lines(entry, knowledge)


def with_words(words: tuple[str, ...], knowledge: Knowledge) -> Iterator[Hit]:
    """Entries in whose text every word stands, in whatever case."""
    wanted = [word.casefold() for phrase in words for word in phrase.split()]
    for hit, text in _texts(knowledge):
        if all(word in text.casefold() for word in wanted):
            yield hit


def _texts(knowledge: Knowledge) -> Iterator[tuple[Hit, str]]:
    words = knowledge.vocabulary
    for claim in knowledge.claims:
        yield Hit("claim", claim.id, entries.claim_line(claim)), _claim_text(claim, knowledge)
    for gene in words.genes:
        names = ", ".join((gene.symbol, gene.name, *gene.aliases, *gene.former))
        yield Hit("gene", gene.symbol, f"{gene.symbol}: {gene.name or gene.role}"), names
    for drug in words.drugs:
        kind = ", ".join(drug.drug_class) or drug.modality
        names = ", ".join((drug.name, *drug.brands, *drug.codes, *drug.synonyms, kind))
        yield Hit("drug", drug.name, f"{drug.name}: {kind}"), names
    for disease in words.diseases:
        names = ", ".join((disease.code, disease.name, *disease.synonyms, *disease.former))
        yield Hit("disease", disease.code, f"{disease.code}: {disease.name}"), names
    for scheme in knowledge.schemes:
        text = ", ".join((scheme.id, scheme.name, scheme.title, *scheme.results))
        yield Hit("scheme", scheme.id, f"{scheme.id}: {scheme.name}"), text
    for agent in knowledge.investigational:
        line = f"{agent.id}: {regimen_name(agent.therapy)}, not approved, {agent.standing}"
        text = ", ".join((line, agent.target, agent.mechanism, agent.found, agent.status))
        yield Hit("agent", agent.id, line), text
    for one in knowledge.diagnostics:
        drugs = ", ".join(map(regimen_name, one.therapies)) or one.group
        text = f"{one.id}: {one.name} for {drugs} in {', '.join(one.disease)}"
        told = f"{text} {one.when} {diagnostic_entries.diagnostic_standing(one)}"
        yield Hit("diagnostic", one.id, text), told
    for panel in knowledge.panels:
        text = f"{panel.id}: {panel.name}"
        yield Hit("panel", panel.id, text), f"{text} {' '.join(i.name for i in panel.items)}"
    for assay in knowledge.assays:
        yield Hit("assay", assay.id, f"{assay.id}: {assay.name}"), _assay_text(assay)


def _assay_text(assay: Assay) -> str:
    return ", ".join((assay.id, assay.name, *assay.aliases, assay.kind))


def _claim_text(claim: Claim, knowledge: Knowledge) -> str:
    tree = knowledge.vocabulary.tree
    parts = [claim.id, str(claim.when), str(claim.effect), claim.condition, claim.note]
    parts += [regimen_name(claim.therapy), str(claim.setting or ""), claim.mechanism]
    parts += [word for code in claim.disease for word in (code, tree.name(code))]
    parts += [fact.source_id for fact in claim.facts]
    parts += [word for study in claim.studies for word in (study.name, study.nct, study.note)]
    return " ".join(parts)
