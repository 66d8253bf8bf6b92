"""The built-in knowledge as a folder of pages to read offline: one per gene, drug and disease.

No network. The only script searches the index; without it every page is reached from the lists.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from onkos.model import ANY_MARKER, Claim, Disease, Drug, Effect, Gene, Knowledge, regimen_name
from onkos.model.criterion import genes_changed, genes_named
from onkos.report.claim_view import ApprovalFact, ClaimFacts, claim_facts
from onkos.report.html import environment
from onkos.report.links import address
from onkos.report.notice import NOTICE, SHORT
from onkos.report.phrases import AGAINST, EFFECTS
from onkos.report.site_lists import AGENTS, CLASSIFICATIONS, agent_views, scheme_views

if TYPE_CHECKING:
    from jinja2 import Template

SELECTED = "Therapies selected"
SECTIONS: tuple[tuple[str, frozenset[Effect]], ...] = (
    (SELECTED, frozenset({Effect.BENEFIT})),
    ("Evidence against therapies", AGAINST),
    ("Prognosis", frozenset({Effect.BETTER_PROGNOSIS, Effect.WORSE_PROGNOSIS})),
    ("Diagnosis", frozenset({Effect.DIAGNOSIS})),
    ("Predisposition", frozenset({Effect.PREDISPOSITION})),
)
ABSENT = "Where it must be absent"


class Link(NamedTuple):
    """Words that lead to another page of the site, from a page one folder down."""

    text: str
    href: str


class Change(NamedTuple):
    """What is known of a gene's changes, and on whose word."""

    standing: str
    rules: str
    papers: tuple[Link, ...]
    note: str
    unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A claim as it stands on a page: its facts, and where its words lead."""

    said: ClaimFacts
    anchor: str
    title: str
    setting: str
    diseases: tuple[Link, ...]
    excepted: tuple[Link, ...]
    drugs: tuple[Link, ...]
    genes: tuple[Link, ...]
    over: tuple[str, ...]

    @property
    def gone(self) -> bool:
        """Whether it was approved, and no approval stands."""
        return bool(self.said.approvals) and all(fact.withdrawn for fact in self.said.approvals)

    @property
    def doubtful(self) -> bool:
        """Whether no approval for the marker that stands was looked up."""
        return bool(self._asked) and all(fact.unverified for fact in self._asked)

    @property
    def lacks(self) -> str:
        """What a claim of benefit is short of, beside an approval that asks for the marker."""
        if self.said.effect != EFFECTS[Effect.BENEFIT] or (self._asked and not self.doubtful):
            return ""
        if self._asked:
            return "approval not verified"
        if not self.said.approvals:
            return "no approval recorded"
        return "approval withdrawn" if self.gone else f"approved {ANY_MARKER}"

    @property
    def _asked(self) -> tuple[ApprovalFact, ...]:
        facts = self.said.approvals
        return tuple(fact for fact in facts if not (fact.withdrawn or fact.any_marker))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One page: a gene, a drug or a disease, and the claims that speak of it."""

    kind: str
    name: str
    about: str
    path: str
    rows: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    sections: tuple[tuple[str, tuple[Entry, ...]], ...]

    @property
    def claims(self) -> int:
        """How many claims stand on the page."""
        return sum(len(entries) for _, entries in self.sections)

    @property
    def entries(self) -> Iterator[Entry]:
        """All of them."""
        return (entry for _, found in self.sections for entry in found)

    @property
    def approved(self) -> tuple[Entry, ...]:
        """Claims of benefit with an approval, standing or withdrawn."""
        chosen = (entries for title, entries in self.sections if title == SELECTED)
        return tuple(e for found in chosen for e in found if e.said.approvals)

    @property
    def any_marker(self) -> bool:
        """Whether one of these asks for no marker."""
        return any(fact.any_marker for entry in self.approved for fact in entry.said.approvals)


def slug(name: str) -> str:
    """A name that can stand in a path.

    >>> slug("tegafur/gimeracil/oteracil")
    'tegafur-gimeracil-oteracil'
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")


def pages(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every page of the site as path and content, the index last.

    Genes and drugs have a page each; diseases those with a claim of their own.

    Raises
    ------
    ValueError
        Where two entries would share a page on a file system that does not tell cases apart.
    """
    book = _Book(knowledge)
    found = list(book.subjects())
    _no_shared_pages(found)
    entry = _template("subject")
    counts = _counts(knowledge, found)
    shared = {"notice": NOTICE, "short_notice": SHORT, "pin": knowledge.pins[0]}
    yield "style.css", _source("style.css") + _source("site/site.css")
    for subject in found:
        yield subject.path, entry.render(subject=subject, root="../", selected=SELECTED, **shared)
    schemes, groups = scheme_views(knowledge), tuple(agent_views(knowledge))
    yield CLASSIFICATIONS, _template("classifications").render(schemes=schemes, root="", **shared)
    yield AGENTS, _template("investigational").render(groups=groups, root="", **shared)
    search, digest = _script()
    lists = {kind: [s for s in found if s.kind == kind] for kind in ("Gene", "Drug", "Disease")}
    yield (
        "index.html",
        _template("index").render(
            lists=lists, counts=counts, root="", script=search, digest=digest,
            rows=_search_rows(found), schemes=schemes, agents=groups, **shared,
        ),
    )  # fmt: skip


def _no_shared_pages(found: Iterable[Subject]) -> None:
    owners: dict[str, str] = {}
    for subject in found:
        path = subject.path.casefold()
        if owners.setdefault(path, subject.name) != subject.name or path.endswith("/.html"):
            raise ValueError(f"{subject.name} and {owners[path]} would share the page {path}")


class _Book:
    """What all pages share: each claim's view once, and the pages that exist."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.vocabulary = knowledge.vocabulary
        self.genes = {gene.symbol for gene in self.vocabulary.genes}
        self.diseases = {code for claim in knowledge.claims for code in claim.disease}
        self.named = {claim.id: genes_named(claim.when) for claim in knowledge.claims}
        self.changed = {claim.id: genes_changed(claim.when) for claim in knowledge.claims}
        self._entries: dict[str, Entry] = {}

    def subjects(self) -> Iterator[Subject]:
        for gene in sorted(self.vocabulary.genes, key=lambda g: g.symbol):
            yield self._gene(gene)
        for drug in sorted(self.vocabulary.drugs, key=lambda d: d.name.casefold()):
            yield self._drug(drug)
        for code in sorted(self.diseases, key=lambda c: self.vocabulary.tree.name(c)):
            yield self._disease(code)

    def _gene(self, gene: Gene) -> Subject:
        names = ", ".join((*gene.aliases, *gene.former))
        rows = (
            ("HGNC", str(gene.hgnc or "")), ("Role", gene.role), ("Also", names),
            ("Place", gene.band or gene.chromosome),
            ("Transcript", ", ".join(filter(None, (gene.transcript, gene.refseq)))),
            ("Residues", str(gene.length or "")), ("Note", gene.note),
        )  # fmt: skip
        return self._subject(
            "Gene", gene.symbol, gene.name, rows,
            lambda claim: gene.symbol in self.changed[claim.id],
            changes=tuple(_changes(gene)),
            absent=lambda claim: gene.symbol in self.named[claim.id] - self.changed[claim.id],
        )  # fmt: skip

    def _drug(self, drug: Drug) -> Subject:
        kind = ", ".join(drug.drug_class) or drug.modality
        rows = (
            ("Brands", ", ".join(drug.brands)),
            ("Also", ", ".join((*drug.codes, *drug.synonyms))),
            ("Targets", ", ".join(drug.targets)), ("Kind", drug.modality),
            ("Source", drug.source), ("Note", drug.note),
        )  # fmt: skip
        return self._subject("Drug", drug.name, kind, rows, lambda c: drug.name in c.therapy)

    def _disease(self, code: str) -> Subject:
        tree = self.vocabulary.tree
        known: Disease | None = tree.by_code.get(code)
        above = [tree.name(c) for c in sorted(tree.ancestors(code) - {code})]
        rows = (
            ("Code", code), ("Kind of", ", ".join(above)),
            ("Also", ", ".join(known.synonyms) if known else ""),
        )  # fmt: skip
        return self._subject("Disease", code, tree.name(code), rows, lambda c: code in c.disease)

    def _subject(
        self,
        kind: str,
        name: str,
        about: str,
        rows: Iterable[tuple[str, str]],
        speaks: Callable[[Claim], bool],
        changes: tuple[Change, ...] = (),
        absent: Callable[[Claim], bool] = lambda _: False,
    ) -> Subject:
        mine = [claim for claim in self.knowledge.claims if speaks(claim)]
        sections = [
            (title, self._sorted(c for c in mine if c.effect in effects))
            for title, effects in SECTIONS
        ]
        sections.append((ABSENT, self._sorted(c for c in self.knowledge.claims if absent(c))))
        return Subject(
            kind=kind, name=name, about=about, path=_path(kind, name),
            rows=tuple((title, text) for title, text in rows if text),
            changes=changes, sections=tuple((t, found) for t, found in sections if found),
        )  # fmt: skip

    def _sorted(self, claims: Iterable[Claim]) -> tuple[Entry, ...]:
        entries = (self._entry(claim) for claim in claims)
        return tuple(sorted(entries, key=lambda e: (e.diseases[0].text, e.title, e.said.id)))

    def _entry(self, claim: Claim) -> Entry:
        kept = self._entries.get(claim.id)
        if kept is None:
            kept = self._entries[claim.id] = self._made(claim)
        return kept

    def _made(self, claim: Claim) -> Entry:
        said = claim_facts(claim)
        genes = sorted(self.named[claim.id] & self.genes)
        return Entry(
            said=said,
            anchor=f"c-{slug(claim.id)}",
            title=said.therapy or said.condition or said.effect,
            setting=str(claim.setting or ""),
            diseases=tuple(self._disease_link(code) for code in claim.disease),
            excepted=tuple(self._disease_link(code) for code in claim.disease_except),
            drugs=tuple(Link(d, f"../{_path('Drug', d)}") for d in claim.therapy),
            genes=tuple(Link(g, f"../{_path('Gene', g)}") for g in genes),
            over=tuple(regimen_name(regimen) for regimen in claim.over),
        )

    def _disease_link(self, code: str) -> Link:
        href = f"../{_path('Disease', code)}" if code in self.diseases else ""
        return Link(self.vocabulary.tree.name(code), href)


def _path(kind: str, name: str) -> str:
    return f"{kind.lower()}s/{slug(name)}.html"


def _changes(gene: Gene) -> Iterator[Change]:
    for change in gene.changes:
        papers = (f"PMID:{pmid}" for pmid in change.pmid)
        links = tuple(Link(paper, address(paper)) for paper in papers)
        rules = ", ".join(str(rule) for rule in change.when)
        yield Change(change.standing, rules, links, change.note, change.unverified)


def _counts(knowledge: Knowledge, found: Iterable[Subject]) -> tuple[tuple[int, str], ...]:
    facts = [fact for claim in knowledge.claims for fact in claim.facts]
    told = [subject for subject in found if subject.claims]
    return (
        (len(knowledge.claims), "claims"),
        (sum(s.kind == "Gene" for s in told), "genes with claims"),
        (sum(s.kind == "Drug" for s in told), "drugs with claims"),
        (len(facts), "facts"),
        (sum(fact.unverified for fact in facts), "facts not verified"),
    )


def _search_rows(found: Iterable[Subject]) -> str:
    """What is searched: path, kind, name, what it is, more words; JSON that may stand in a page."""
    rows: dict[str, list[str]] = {}
    for subject in found:
        words = " ".join(text for title, text in subject.rows if title in {"Also", "Brands"})
        rows[subject.path] = [subject.kind, subject.name, subject.about, words]
        for entry in subject.entries if subject.kind == "Disease" else ():
            where = f"{subject.path}#{entry.anchor}"
            studies = " ".join(s.name for s in entry.said.studies)
            sources = " ".join(source.text for source in entry.said.sources)
            about = f"{entry.said.effect} where {entry.said.criterion} in {subject.about}"
            doubt = "not verified" if entry.said.unverified else ""
            marks = "; ".join(filter(None, (entry.lacks, doubt)))
            about += f" ({marks})" if marks else ""
            rows[where] = ["Claim", entry.title, about, f"{entry.said.id} {studies} {sources}"]
    table = [[path, *row] for path, row in rows.items()]
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


@lru_cache(maxsize=1)
def _script() -> tuple[str, str]:
    """The script of the index, and the hash by which its page lets it run."""
    text = _source("site/search.js")
    return text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _source(name: str) -> str:
    """A file beside the templates, as it is."""
    return files("onkos.report").joinpath("templates", *name.split("/")).read_text("utf-8")


def _template(name: str) -> Template:
    return environment().get_template(f"site/{name}.html.j2")
